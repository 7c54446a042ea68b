"""The guide as plain text: what readers find who see nothing but letters.

`show_plainly` is for manual pages too: images become their alternative text, cards a list, and
tables fit a terminal. In text files, each link has a number, and its address stands at the end of
the page: that of another site, or the name of a file.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from docutils import nodes
from docutils.utils import column_width
from sphinx.application import Sphinx
from sphinx.builders.text import TextBuilder
from sphinx.locale import _ as sphinx_text
from sphinx.locale import get_translation

from sphinx_fsp.book.notes import is_external, numbers
from sphinx_fsp.book.posts import add_opening
from sphinx_fsp.book.tables.cells import Grid, grid_of
from sphinx_fsp.book.tables.parts import as_list
from sphinx_fsp.book.tables.widths import Column, Size, plan
from sphinx_fsp.source.addresses import has_scheme
from sphinx_fsp.source.project import guide_of

_ = get_translation("sphinx_fsp")

#: How wide a table may be: a terminal has 80 columns.
_TABLE = 78
#: A table's column has a line at its side, and two blanks.
_SIZES = (Size("", 1.0, 3.0),)
#: A longer word of a table may be broken.
_LONGEST_WORD = 24
_MARKED = (nodes.strong, nodes.emphasis, nodes.literal, nodes.title_reference)


class PlainTextBuilder(TextBuilder):
    """Sphinx's text builder, which knows where a link to another page leads."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the file of a document. Sphinx's writer doesn't show it."""
        return docname + self.out_suffix


def finish_text(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Make a page of a guide fit to be read as a text file."""
    if app.builder.name != "text" or not guide_of(app.env).catalogue.pages:
        return
    section = document.next_node(nodes.section)
    if section is not None:
        add_opening(app.env, docname, section)
    base = app.config.html_baseurl.rstrip("/")
    show_plainly(document, base)
    for block, marked in emphasised_blocks(document):
        set_code(block, nodes.Text(with_marks(block.astext(), marked)))
    _number_links(document, base)
    fit_tables(document)


def show_plainly(document: nodes.document, base: str) -> None:
    """Put text in the place of what text can't show.

    :param base: address of the site without a slash at its end; empty where it isn't known
    """
    for image in list(document.findall(nodes.image)):
        swap(image, _shown(image, base))
    for grid in list(document.findall(nodes.container)):
        if "resources" in grid["classes"] and (cards := _cards(grid)):
            swap(grid, nodes.bullet_list("", *cards, bullet="*", classes=grid["classes"]))


def swap(node: nodes.Element, *new: nodes.Node) -> None:
    """Put other nodes in the place of one. Names and classes of text have no use any more."""
    at = node.parent.index(node)
    node.parent[at : at + 1] = new


def _shown(image: nodes.image, base: str) -> nodes.Node:
    """Return the alternative text of an image, as a link where its address is known."""
    alt = str(image.get("alt", "")).strip()
    text = str(sphinx_text("[image: %s]")) % alt if alt else str(sphinx_text("[image]"))
    address = str(image["uri"])
    if base and "fsp_address" in image:
        address = base + quote(str(image["fsp_address"]))
    shown: nodes.Node = nodes.inline(text, text)
    # The drawing that an address may carry in itself is no address.
    if has_scheme(address) and not address.lower().startswith("data:"):
        shown = nodes.reference(text, text, refuri=address)
    parent = image.parent
    if isinstance(parent, nodes.reference):
        return nodes.Text(text)
    return shown if isinstance(parent, nodes.TextElement) else nodes.paragraph("", "", shown)


def _cards(grid: nodes.container) -> list[nodes.list_item]:
    """Return the cards of a grid of resources as items of a list."""
    return [
        nodes.list_item("", *(n for part in card.children for n in part.children), ids=card["ids"])
        for card in grid.findall(nodes.container)
        if "sd-card" in card["classes"]
    ]


def emphasised_blocks(document: nodes.document) -> list[tuple[nodes.literal_block, set[int]]]:
    """Return the blocks of code that have emphasised lines, with the numbers of these."""
    found = []
    for block in document.findall(nodes.literal_block):
        options: dict[str, Any] = block.get("highlight_args", {})
        if marked := options.get("hl_lines"):
            found.append((block, {int(line) for line in marked}))
    return found


def with_marks(code: str, marked: set[int]) -> str:
    r"""Return code with a mark before each emphasised line, and room for it before the others.

    >>> with_marks("a = 1\nb = 2", {2})
    '  a = 1\n> b = 2'
    """
    lines = enumerate(code.split("\n"), 1)
    return "\n".join((("> " if n in marked else "  ") + line).rstrip() for n, line in lines)


def set_code(block: nodes.literal_block, *content: nodes.Node) -> None:
    """Replace the content of a block of code."""
    block.children = []
    block += content
    block.rawsource = block.astext()


def _number_links(document: nodes.document, base: str) -> None:
    """Give each link a number, and list their addresses at the end of the page."""
    addresses = {
        link: address
        for link in document.findall(nodes.reference)
        if (address := _address(link, base)) and not _is_written_out(link, address)
    }
    if not addresses:
        return
    # Footnotes have numbers in brackets, too.
    labels = [note[0].astext() for note in document.findall(nodes.footnote) if note.children]
    first = max((int(label) for label in labels if label.isdigit()), default=0)
    known = {address: first + n for address, n in numbers(addresses.values()).items()}
    for link, address in addresses.items():
        link += nodes.Text(f" [{known[address]}]")
    width = len(str(max(known.values()))) + 2
    lines = [f"[{number}]".rjust(width) + f" {address}" for address, number in known.items()]
    title = str(_("Links"))
    # After footnotes, which stand at the end of the page, too.
    document += [nodes.rubric(title, title), nodes.raw("", "\n".join(lines), format="text")]


def _address(link: nodes.reference, base: str) -> str:
    """Return where a link of a text file leads; nothing for a place of the same page."""
    target = str(link.get("refuri", ""))
    if is_external(link):
        return target
    if target.startswith("/"):
        # What the site hasn't, as it was written.
        return base + target
    if "resource-places" in getattr(link.parent, "attributes", {}).get("classes", ()):
        # The index of resources says in words where each is listed.
        return ""
    return target.partition("#")[0]


def _is_written_out(link: nodes.reference, address: str) -> bool:
    return link.astext() in {address, address.removeprefix("mailto:")}


def fit_tables(document: nodes.document, room: int = _TABLE) -> None:
    """Give the columns of tables widths by their content, and make lists of what doesn't fit."""
    for table in reversed(list(document.findall(nodes.table))):
        grid = grid_of(table)
        if grid is None:
            continue
        widths = None if _is_in_table(table) else _widths(grid, room)
        if widths is None:
            swap(table, *as_list(grid))
            continue
        specs = [child for child in grid.group.children if isinstance(child, nodes.colspec)]
        for spec, width in zip(specs, widths, strict=True):
            spec["colwidth"] = width


def _is_in_table(node: nodes.Element) -> bool:
    """Tell whether a table stands in another, where writers of text end in a traceback."""
    above = node.parent
    while above is not None and not isinstance(above, nodes.entry):
        above = above.parent
    return above is not None


def _widths(grid: Grid, room: int) -> list[int] | None:
    """Return the width of each column in letters; None when they find no room."""
    least, natural = [1] * grid.columns, [1] * grid.columns
    for cell in grid.cells:
        if cell.columns > 1:
            continue
        # Marks of what is emphasised or code take up to two letters before, and two after.
        marks = 4 * any(isinstance(node, _MARKED) for node in cell.entry.findall())
        for line in cell.entry.astext().split("\n"):
            longest = min(max(map(column_width, line.split()), default=0), _LONGEST_WORD)
            least[cell.column] = max(least[cell.column], longest)
            natural[cell.column] = max(natural[cell.column], column_width(line) + marks)
    columns = [Column(a, max(a, b)) for a, b in zip(least, natural, strict=True)]
    layout = plan(columns, room, _SIZES)
    return [max(int(width), 1) for width in layout.widths] if layout else None


def setup(app: Sphinx) -> None:
    """Register the builder, and connect to pages when all else that works on them has run."""
    app.add_builder(PlainTextBuilder, override=True)
    app.connect("doctree-resolved", finish_text, priority=900)
