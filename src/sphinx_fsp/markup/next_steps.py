"""Where to go after a page: a question and its choices.

They stand in the file of ``fsp_next_steps``, and then at the end of the page; or where an author
puts the directive ``next-steps``, from the same file or from the directive's own list.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import EMPTY_LIST, UNKNOWN_PAGE, warn
from sphinx_fsp.markup.contents import page_paragraph
from sphinx_fsp.markup.options import place_of
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.names import plain
from sphinx_fsp.source.next_steps import NextSteps
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.transforms.context import PageContext

#: Class of the topic, and of the list in it.
NAME = "next-steps"


class NextStepsDirective(SphinxDirective):
    """``next-steps``: a question, and the pages to go to.

    The argument is the question. The body is a list of links, or of pages by their slugs or
    docnames. Without a body the steps are those of this page in the file of ``fsp_next_steps``,
    or of the page that the option ``page`` names.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {"page": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the topic."""
        if self.content and "page" in self.options:
            raise self.error("next-steps takes a list in its body or the option page, not both.")
        path, line = place_of(self)
        if self.content:
            children = self.parse_content_to_nodes()
            self._name_pages(children)
        else:
            steps = self._steps(path, line)
            listing = _listing(self.env, steps, path, line) if steps else None
            children = [listing] if listing else []
        if not children:
            advice = "write a list of pages into it, or name this page in fsp_next_steps"
            warn(EMPTY_LIST, path, line, what=NAME, advice=advice)
            return []
        topic = nodes.topic(classes=[NAME])
        self.set_source_info(topic)
        messages: list[nodes.system_message] = []
        if self.arguments:
            texts, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
            title = nodes.title(self.arguments[0], "", *texts)
            title.source, title.line = path, line
            topic += title
        elif not self.content and steps and steps.question:
            topic += _title(steps.question, path, line)
        topic += children
        return [topic, *messages]

    def _steps(self, path: str, line: int) -> NextSteps | None:
        """Return the steps from the file: of the page that is named, or else of this one."""
        guide = guide_of(self.env)
        name = _bare(self.options.get("page", self.env.docname))
        ask(self.env, Question("steps", name))
        if "page" in self.options and not ask(self.env, Question("named", name)):
            _warn_unknown(self.env, name, path, line)
        return guide.steps_of(name)

    def _name_pages(self, children: list[nodes.Node]) -> None:
        """Turn each item that is the name of a page into a link to it."""
        for listing in children:
            if not isinstance(listing, nodes.bullet_list):
                continue
            listing["classes"].append(NAME)
            for item in listing:
                paragraph = item.children[0] if item.children else None
                if not isinstance(paragraph, nodes.paragraph):
                    continue
                if len(paragraph) == 1 and isinstance(paragraph[0], nodes.Text):
                    path, line = place_of(self)
                    source, at = paragraph.source or path, paragraph.line or line
                    name = _bare(paragraph.astext())
                    if link := _page_link(self.env, name, "", source, at):
                        paragraph.replace_self(link)
                    else:
                        _warn_unknown(self.env, name, source, at)


def add_next_steps(document: nodes.document, context: PageContext) -> None:
    """Add the next steps of a page at its end, when the guide has some for it.

    A page that has the directive shows them where it wants to.
    """
    section = document.next_node(nodes.section)
    if section is None or not ask(context.env, Question("steps", context.page.docname)):
        return
    steps = context.guide.steps(context.page)
    if steps is None or any(NAME in topic["classes"] for topic in document.findall(nodes.topic)):
        return
    listing = _listing(context.env, steps, document["source"], 1)
    if listing is None:
        return
    topic = nodes.topic(classes=[NAME])
    if steps.question:
        topic += _title(steps.question, document["source"], 1)
    topic += listing
    section += topic


def _title(question: str, path: str, line: int) -> nodes.title:
    title = nodes.title(question, question)
    title.source, title.line = path, line
    return title


def _listing(
    env: BuildEnvironment, steps: NextSteps, path: str, line: int
) -> nodes.bullet_list | None:
    """Return the choices as a list of links; None when none of their pages exists."""
    links = (_page_link(env, choice.page, choice.prompt, path, line) for choice in steps.choices)
    items = [nodes.list_item("", link) for link in links if link]
    return nodes.bullet_list("", *items, bullet="*", classes=[NAME]) if items else None


def _page_link(
    env: BuildEnvironment, name: str, text: str, path: str, line: int
) -> nodes.paragraph | None:
    """Return a paragraph with a link to the page or document of a name; None when none has it.

    :param text: what it says; empty for the title of the page
    """
    guide = guide_of(env)
    ask(env, Question("named", name))
    if page := guide.page_named(name):
        text = plain(text or page.title)
        paragraph = page_paragraph(page, text, env.docname)
        docname = page.docname
    elif docname := guide.document_named(name) or "":
        link = addnodes.pending_xref(
            refdomain="std",
            reftype="doc",
            reftarget=f"/{docname}",
            refdoc=env.docname,
            # Sphinx puts the title of the document in the place of its name.
            refexplicit=bool(text),
            refwarn=True,
        )
        link += nodes.inline(text or docname, plain(text) or docname)
        paragraph = nodes.paragraph("", "", link)
    else:
        return None
    # What translators see of it is a link in the markup of the document.
    if path.endswith(".rst"):
        paragraph.rawsource = f":doc:`{text} </{docname}>`" if text else f":doc:`/{docname}`"
    else:
        paragraph.rawsource = f"[{text}](/{docname}.html)"
    paragraph.source, paragraph.line = path, line
    return paragraph


def _bare(name: str) -> str:
    """Return the slug or docname that was written, without the form of an address around it."""
    return name.strip().strip("/").removesuffix(".html")


def _warn_unknown(env: BuildEnvironment, name: str, path: str, line: int) -> None:
    """Say that no page has a name."""
    near = guide_of(env).suggest_page(f"/{name}.html")
    details = {"suggestion": _bare(near)} if near else {}
    warn(UNKNOWN_PAGE, path, line, target=name, **details)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive(NAME, NextStepsDirective)
