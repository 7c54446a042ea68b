"""The guide as a manual page: one page that holds the book, in section 7.

A manual page has two levels of headings: chapters take the first, their pages the second. The
headings within a page are lines of bold type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.manpage import ManualPageBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import make_filename_from_project

from sphinx_fsp.book.contents import appendix_title, plan_of
from sphinx_fsp.book.notes import is_external
from sphinx_fsp.book.plain_text import (
    emphasised_blocks,
    fit_tables,
    set_code,
    show_plainly,
    swap,
)
from sphinx_fsp.book.plan import Plan
from sphinx_fsp.book.posts import add_opening
from sphinx_fsp.book.tables.cells import Grid, grid_of
from sphinx_fsp.book.tables.parts import as_list
from sphinx_fsp.config import values_said
from sphinx_fsp.source.catalogue import without_number
from sphinx_fsp.source.project import guide_of, has_pages

_ = get_translation("sphinx_fsp")

#: That of overviews and conventions: a guide is no command.
SECTION = 7
#: Stands before the docname in the address of a page of the book, until links are shown.
_PAGE = "%"
#: How wide a table may be: a terminal has 80 columns, and manuals have margins.
_TABLE = 64


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open, for a guide."""
    if not has_pages(app.srcdir, config):
        return
    said = values_said(config)
    if "man_pages" not in said:
        name = make_filename_from_project(config.project)
        authors = [config.author] if "author" in said else []
        title = f"{config.project} {config.release}".strip()
        config["man_pages"] = [(config.root_doc, name, title, authors, SECTION)]
    if "man_show_urls" not in said:
        # What lists resources is no use without their addresses.
        config["man_show_urls"] = True


class BookManBuilder(ManualPageBuilder):
    """Sphinx's builder, which knows what the book of a guide holds."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document.

        :raises NoUri: for a document that the book leaves out
        """
        plan = _plan(self.env)
        if plan is None:
            return super().get_target_uri(docname, typ)
        if docname not in plan.docnames:
            raise NoUri(docname, typ)
        return _PAGE + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a document, which is the same from everywhere."""
        return self.get_target_uri(to, typ)


def _plan(env: BuildEnvironment) -> Plan | None:
    """Return what is in the book; None for no guide, and when the author says what pages hold."""
    return None if "man_pages" in values_said(env.config) else plan_of(env)


class BookContents(SphinxPostTransform):
    """Has the page hold what the book holds."""

    # Before references are resolved.
    default_priority = 1
    builders = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Take out what the book leaves out, and add its appendices."""
        for file in self.document.findall(addnodes.start_of_file):
            # Sphinx moves the content of a document here without telling it.
            for child in file.children:
                child.parent = file
        plan = _plan(self.env)
        root = self.document.next_node(nodes.section)
        if plan is None or root is None:
            return
        shown = {self.env.config.root_doc}
        for file in list(self.document.findall(addnodes.start_of_file)):
            if file["docname"] in plan.docnames:
                shown.add(file["docname"])
            else:
                file.parent.remove(file)
        for appendix in plan.appendices:
            if docnames := [name for name in appendix.docnames if name not in shown]:
                title = appendix_title(self.env, appendix)
                root += nodes.section("", nodes.title(title, title), *self._files(docnames))

    def _files(self, docnames: Iterable[str]) -> Iterator[addnodes.start_of_file]:
        """Yield documents as parts of the page."""
        for docname in docnames:
            tree = self.env.get_doctree(docname)
            section = tree.next_node(nodes.section)
            if section is not None:
                add_opening(self.env, docname, section)
            yield addnodes.start_of_file("", *tree.children, docname=docname)


def finish_man(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Make the page fit to be read in a terminal."""
    if app.builder.name != "man" or not guide_of(app.env).catalogue.pages:
        return
    show_plainly(document, app.config.html_baseurl.rstrip("/"))
    for block, marked in emphasised_blocks(document):
        set_code(block, *_with_bold(block.astext(), marked))
    _set_tables(document)
    _set_links(document, app.env)
    _set_headings(document)
    for text in list(document.findall(nodes.Text)):
        if len(text) == 0:
            # docutils looks at the first letter of what it has written.
            text.parent.remove(text)
    root = document.next_node(nodes.section)
    if root is not None:
        # Lines of one length would tear words apart beside addresses, and no hyphen may stand in
        # these.
        start = ".ad l\n.nh\n.nr HY 0\n"
        if _has_text(root):
            description = str(_("Description")).upper()
            start = f".SH {description}\n{start}"
        root.insert(1, nodes.raw("", start, format="manpage"))


def _with_bold(code: str, marked: set[int]) -> list[nodes.Node]:
    """Return code with its emphasised lines in bold."""
    found: list[nodes.Node] = []
    for n, line in enumerate(code.split("\n"), 1):
        found.append(nodes.Text("\n" if n > 1 else ""))
        found.append(nodes.strong(line, line) if n in marked and line else nodes.Text(line))
    return found


def _set_tables(document: nodes.document) -> None:
    """Make lists of the tables that a manual page can't show: columns have no widths there."""
    for table in list(document.findall(nodes.table)):
        grid = grid_of(table)
        if grid is None:
            continue
        if "resources" in table["classes"]:
            swap(table, _resources(grid))
        elif grid.has_spans or any(map(is_external, _links(table))):
            swap(table, *as_list(grid))
    fit_tables(document, _TABLE)


def _resources(grid: Grid) -> nodes.bullet_list:
    """Return a table of resources as a list: what each is, and a line of what else is known."""
    bullets = nodes.bullet_list(bullet="*")
    for row in grid.body:
        first, *others = row.children
        item = nodes.list_item("", *first.children)
        if known := ", ".join(text for cell in others if (text := cell.astext().strip())):
            item += nodes.paragraph("", f"({known})")
        bullets += item
    return bullets


def _links(node: nodes.Element) -> Iterator[nodes.reference]:
    return node.findall(nodes.reference)


def _set_links(document: nodes.document, env: BuildEnvironment) -> None:
    """Show the links within the page as text, and the addresses of those in headings."""
    for link in list(_links(document)):
        target = str(link.get("refuri", ""))
        if is_external(link):
            if isinstance(link.parent, nodes.title):
                swap(link, *link.children, nodes.Text(f" <{target}>"))
            continue
        shown = link.children or [nodes.Text(target)]
        docname = target.removeprefix(_PAGE).partition("#")[0]
        if _is_next_step(link) and docname in env.titles:
            title = _page_title(env, docname)
            if title != link.astext():
                shown = [*shown, nodes.Text(f" ({title})")]
        swap(link, *shown)


def _is_next_step(link: nodes.reference) -> bool:
    above = link.parent
    while above is not None and not isinstance(above, nodes.topic):
        above = above.parent
    return above is not None and "next-steps" in above["classes"]


def _page_title(env: BuildEnvironment, docname: str) -> str:
    return without_number(env.titles[docname].astext())


def _set_headings(document: nodes.document) -> None:
    """Leave headings to chapters and pages."""
    for title in list(document.findall(nodes.title)):
        section = title.parent
        if isinstance(section, nodes.topic) or (
            isinstance(section, nodes.section)
            and not isinstance(section.parent, addnodes.start_of_file)
            and _level(section) > 1
        ):
            swap(title, *_bold(title))
    for rubric in list(document.findall(nodes.rubric)):
        swap(rubric, *_bold(rubric))


def _level(section: nodes.Element) -> int:
    """Return how deep a section stands; 0 for that of the whole page."""
    level = 0
    above = section.parent
    while above is not None:
        level += isinstance(above, nodes.section)
        above = above.parent
    return level


def _bold(heading: nodes.Element) -> list[nodes.Node]:
    """Return a heading as a line of its own."""
    line = nodes.paragraph("", "", nodes.strong("", "", *heading.children))
    # The writer leaves no space above what comes first. This is a request to do nothing.
    return [nodes.raw("", ".\n", format="manpage"), line]


def _has_text(root: nodes.section) -> bool:
    """Tell whether something stands before the first chapter."""
    for child in root.children[1:]:
        if child.next_node(addnodes.start_of_file, include_self=True) is not None:
            return False
        if isinstance(child, nodes.section):
            return False
        if child.astext().strip():
            return True
    return False


def setup(app: Sphinx) -> None:
    """Register the builder, and connect to the build."""
    app.add_builder(BookManBuilder, override=True)
    app.add_post_transform(BookContents)
    app.connect("config-inited", set_defaults, priority=300)
    app.connect("doctree-resolved", finish_man, priority=900)
