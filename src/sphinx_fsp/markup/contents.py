"""The table of contents: the outline as Sphinx's toctree.

The directive ``guide-contents`` stands in one document, mostly ``index``. Its toctree holds the
chapters; each page that opens a chapter gets a hidden toctree of that chapter's pages. So LaTeX,
EPUB, the pages before and after, and every theme have the structure. A project without the
directive keeps the toctrees that it wrote itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import EMPTY_CONTENTS, warn
from sphinx_fsp.markup.options import place_of
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.outline import Outline
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.transforms.context import PageContext

VIEWS = ("list", "columns")
#: Attribute of a toctree whose pages navigation shows only beside one another.
UNLISTED = "fsp_unlisted"


class GuideContents(SphinxDirective):
    """``guide-contents``: the guide's table of contents.

    Options: ``depth``, the levels to show (1 or 2); ``view``, ``list`` or ``columns``.
    """

    option_spec: ClassVar[OptionSpec] = {
        "depth": lambda value: int(directives.choice(value, ("1", "2"))),
        "view": lambda value: directives.choice(value, VIEWS),
    }

    def run(self) -> list[nodes.Node]:
        """Return the table of contents."""
        guide = guide_of(self.env)
        docname = self.env.docname
        if not guide.outline.chapters:
            path, line = place_of(self)
            warn(EMPTY_CONTENTS, path, line)
        structural = ask(self.env, Question("structure", "")) == docname
        ask(self.env, Question("contents", ""))
        depth = self.options.get("depth", 2)
        wrapper = nodes.compound(classes=["toctree-wrapper", "guide-contents"])
        if self.options.get("view") == "columns":
            wrapper["classes"].append("columns")
        self.set_source_info(wrapper)
        if not structural:
            wrapper["classes"].remove("toctree-wrapper")
            wrapper += _listing(guide.outline, depth, docname)
            return [wrapper] if guide.outline.chapters else []
        listed, others = _entries(guide.outline)
        for entries, hidden in ((listed, False), (others, True)):
            if entries:
                node = toctree(docname, entries, depth=depth, hidden=hidden)
                node[UNLISTED] = hidden
                wrapper += node
        return [wrapper]


def toctree(docname: str, entries: Iterable[Page], *, depth: int, hidden: bool) -> nodes.Element:
    """Return Sphinx's toctree of some pages, under their navigation titles."""
    entries = list(entries)
    return addnodes.toctree(
        parent=docname,
        entries=[(page.nav_title, page.docname) for page in entries],
        includefiles=[page.docname for page in entries],
        maxdepth=depth,
        caption=None,
        rawcaption="",
        rawentries=[page.nav_title for page in entries],
        glob=False,
        hidden=hidden,
        includehidden=True,
        numbered=0,
        titlesonly=True,
    )


def _entries(outline: Outline) -> tuple[list[Page], list[Page]]:
    """Return the pages that the contents show, and those that only belong to the structure."""
    listed = [c.head for c in outline.chapters if c.listed and c.head]
    others: list[Page] = []
    for chapter in outline.chapters:
        if not chapter.listed:
            others += [chapter.head] if chapter.head else chapter.pages
    return listed, others


def _listing(outline: Outline, depth: int, docname: str) -> nodes.bullet_list:
    """Return the contents as a list of links."""
    listing = nodes.bullet_list(bullet="*")
    for chapter in outline.chapters:
        if chapter.listed and chapter.head:
            item = nodes.list_item(
                "", page_paragraph(chapter.head, chapter.head.nav_title, docname)
            )
            if depth > 1 and chapter.pages:
                pages = [
                    nodes.list_item("", page_paragraph(p, p.nav_title, docname))
                    for p in chapter.pages
                ]
                item += nodes.bullet_list("", *pages, bullet="*")
            listing += item
    return listing


def page_paragraph(page: Page, text: str, docname: str) -> nodes.paragraph:
    """Return a paragraph of the document *docname* that holds a link to a page."""
    link = addnodes.pending_xref(
        refdomain="fsp",
        reftype="page",
        reftarget=page.docname,
        reffragment="",
        refline=0,
        refdoc=docname,
        refexplicit=True,
        refwarn=False,
    )
    link += nodes.Text(text)
    return nodes.paragraph("", "", link)


def add_children(document: nodes.document, context: PageContext) -> None:
    """Add the toctree of a chapter's pages to the page that opens it.

    It is hidden, but in a page of a split file that has no links to them: nobody can write one
    there. The first page of such a file has the table of contents where nothing else has it.
    """
    page = context.page
    docname = page.docname
    section = document.next_node(nodes.section)
    if section is None:
        return
    is_split = page.lines is not None
    is_front = is_split and ask(context.env, Question("structure", "")) == docname
    if is_front:
        ask(context.env, Question("contents", ""))
        listed, others = _entries(context.guide.outline)
    elif ask(context.env, Question("children", docname)):
        listed, others = [], list(context.guide.outline.children(docname))
        if is_split:
            listed, others = others, listed
    else:
        return
    links = document.findall(addnodes.pending_xref)
    linked = {node["reftarget"] for node in links if node.get("refdomain") == "fsp"}
    is_linked = 2 * len(linked & {entry.docname for entry in listed}) >= len(listed)
    wrapper = nodes.compound(classes=["toctree-wrapper"])
    for entries, hidden, depth in ((listed, is_linked, 2), (others, True, -1)):
        if entries:
            node = toctree(docname, entries, depth=depth, hidden=hidden)
            if is_front and entries is others:
                node[UNLISTED] = True
            wrapper += node
    section += wrapper


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("guide-contents", GuideContents)
