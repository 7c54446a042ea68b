"""The directive ``see-also``: the well that says how a page belongs to the others."""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import UNKNOWN_PAGE, warn
from sphinx_fsp.markup.contents import page_paragraph
from sphinx_fsp.markup.options import place_of
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.catalogue import Page, without_number
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.project import guide_of

_ = get_translation("sphinx_fsp")

_PART = re.compile(r"\{(\w+)\}")


class SeeAlso(SphinxDirective):
    """``see-also``: a free text, or the sentence that guides repeat, made from names of pages.

    Options: ``concept``, the page of what this page is an implementation of; ``chapter``, the
    page that opens a chapter, which is taken from the outline if it isn't given.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "concept": directives.unchanged_required,
        "chapter": directives.unchanged_required,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the well.

        :raises DirectiveError: when it has neither a text nor a concept
        """
        if not self.content and "concept" not in self.options:
            raise self.error("see-also needs a text, or the option concept.")
        well = addnodes.seealso(classes=["well", *self.options.get("class", ())])
        self.set_source_info(well)
        if "concept" in self.options:
            well += self._sentence()
        if self.content:
            well += self.parse_content_to_nodes()
        self.add_name(well)
        return [well]

    def _sentence(self) -> nodes.paragraph:
        """Return the sentence that says where this page belongs."""
        guide = guide_of(self.env)
        docname = self.env.docname
        page = guide.page(docname)
        subject = page.nav_title if page else self._document_title()
        texts = [_("{page} is an implementation of the {concept} concept.")]
        links = {"concept": self._page(self.options["concept"])}
        ask(self.env, Question("belongs", docname))
        chapter = guide.outline.chapter_of(docname)
        if chapter is None and links["concept"]:
            chapter = guide.outline.chapter_of(links["concept"].docname)
        head = chapter.head if chapter else None
        if head == links["concept"]:
            # The first sentence leads there.
            head = None
        if "chapter" in self.options:
            head = self._page(self.options["chapter"])
        contents = ask(self.env, Question("structure", ""))
        if head and contents:
            texts.append(
                _("Learn more in the {chapter} chapter, or view the {contents} for all topics.")
            )
        elif head:
            texts.append(_("Learn more in the {chapter} chapter."))
        paragraph = nodes.paragraph()
        paragraph.source, paragraph.line = place_of(self)
        for number, part in enumerate(_PART.split(" ".join(map(str, texts)))):
            if number % 2 == 0:
                paragraph += nodes.Text(part)
            elif part == "page":
                paragraph += nodes.Text(subject)
            elif part == "contents":
                paragraph += _document_link(contents, str(_("table of contents")), docname)
            else:
                target = links.get(part) or (head if part == "chapter" else None)
                if target is None:
                    name = self.options[part]
                    paragraph += nodes.Text(name.replace("-", " "))
                else:
                    text = self._in_sentence(target.nav_title)
                    paragraph += page_paragraph(target, text, docname).children
        paragraph.rawsource = paragraph.astext()
        return paragraph

    def _in_sentence(self, title: str) -> str:
        """Return a title as it stands in a sentence of the project's language."""
        title = without_number(title)
        return in_sentence(title) if self.config.language.startswith("en") else title

    def _document_title(self) -> str:
        """Return the title of an ordinary document, as far as it was read."""
        title = self.state.document.next_node(nodes.title)
        return title.astext() if title is not None else self.env.docname

    def _page(self, name: str) -> Page | None:
        """Return the page of a name, and say so if there is none."""
        guide = guide_of(self.env)
        ask(self.env, Question("belongs", name))
        page = guide.page_named(name.strip().strip("/").removesuffix(".html"))
        if page is None:
            near = guide.suggest_page(f"/{name}.html")
            path, line = place_of(self)
            warn(UNKNOWN_PAGE, path, line, target=name, **({"suggestion": near} if near else {}))
        return page


def _document_link(docname: str, text: str, fromdocname: str) -> addnodes.pending_xref:
    """Return a link to a document of the project."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refdoc=fromdocname,
        refexplicit=True,
        refwarn=False,
    )


def in_sentence(title: str) -> str:
    """Return an English title as it stands in a sentence: without capitals that only titles have.

    >>> in_sentence("Web Frameworks"), in_sentence("WSGI Servers"), in_sentence("PostgreSQL")
    ('web frameworks', 'WSGI servers', 'PostgreSQL')
    """
    words = title.split()
    return " ".join(word.lower() if word[1:].islower() else word for word in words)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("see-also", SeeAlso)
