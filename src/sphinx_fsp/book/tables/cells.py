"""The cells of a docutils table: where each stands, and how much room its content needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex.nodes import footnotetext

from sphinx_fsp.book.latex.breaks import with_breaks
from sphinx_fsp.book.tables.widths import MONO, Column, Run, column_of, lines_of, needs_of

#: How much narrower the line is inside of each of these, in em.
NARROWER: tuple[tuple[type, float], ...] = (
    (nodes.list_item, 2.2),
    (nodes.definition, 2.2),
    (nodes.field_body, 2.2),
    (nodes.block_quote, 3.0),
    (nodes.line_block, 1.0),
    (nodes.Admonition, 2.0),
    (addnodes.desc_content, 2.2),
)
#: What is no text of the cell.
_ASIDE = (
    nodes.footnote,
    nodes.raw,
    nodes.comment,
    footnotetext,
    nodes.label,
    addnodes.index,
    nodes.system_message,
)
_BOLD = (nodes.strong, nodes.title, nodes.term, nodes.rubric)
_MONO = (nodes.literal, addnodes.literal_strong, addnodes.literal_emphasis)
#: The space that code has at its sides, in em.
_CODE_MARGIN = 1.5
#: Code is wrapped: it needs no more than this.
_CODE_LEAST = 9.0

#: The natural width of an image, in em.
ImageWidth = Callable[[nodes.image], float]


class Block(NamedTuple):
    """A part of a cell that starts on a line of its own."""

    least: float
    natural: float
    indent: float = 0.0

    def lines(self, column: float) -> int:
        """Return how many lines it takes in a column."""
        return lines_of(self.natural, column - self.indent)


class Cell(NamedTuple):
    """A cell of a table, and its place."""

    entry: nodes.entry
    row: int
    column: int
    columns: int
    rows: int
    is_head: bool


class Grid(NamedTuple):
    """A table with all its cells in their places."""

    table: nodes.table
    group: nodes.tgroup
    columns: int
    #: Rows of the head, and those below.
    head: list[nodes.row]
    body: list[nodes.row]
    cells: list[Cell]

    @property
    def title(self) -> nodes.title | None:
        """The caption."""
        return next((c for c in self.table.children if isinstance(c, nodes.title)), None)

    @property
    def has_spans(self) -> bool:
        """Whether a cell takes more than one place."""
        return any(cell.columns > 1 or cell.rows > 1 for cell in self.cells)

    @property
    def barred(self) -> frozenset[int]:
        """Columns that a cell of an earlier column reaches into."""
        return frozenset(c.column + n for c in self.cells for n in range(1, c.columns))

    def headings(self) -> list[str]:
        """Return the text of the last head row above each column."""
        found = [""] * self.columns
        for cell in self.cells:
            if cell.is_head and cell.columns == 1 and cell.entry.astext().strip():
                found[cell.column] = cell.entry.astext().strip()
        return found


def grid_of(table: nodes.table) -> Grid | None:
    """Return a table's cells, with places filled that its rows lack; None for one without rows.

    Cells that would lie over one another, or reach out of the table, are made smaller: the LaTeX
    writer ends in a traceback there.
    """
    group = next((c for c in table.children if isinstance(c, nodes.tgroup)), None)
    if group is None:
        return None
    columns = sum(isinstance(c, nodes.colspec) for c in group.children)
    head = [r for t in group.children if isinstance(t, nodes.thead) for r in _rows(t)]
    body = [r for t in group.children if isinstance(t, nodes.tbody) for r in _rows(t)]
    cells: list[Cell] = []
    if not columns or not body:
        return None
    for rows, first in ((head, 0), (body, len(head))):
        taken: set[tuple[int, int]] = set()
        for n, row in enumerate(rows):
            column = 0
            for entry in [e for e in row.children if isinstance(e, nodes.entry)]:
                while (n, column) in taken:
                    column += 1
                if column >= columns:
                    # Beyond the table: its content goes to the last cell that is in it.
                    row.remove(entry)
                    if cells:
                        cells[-1].entry.extend(entry.children)
                    continue
                wide = min(int(entry.get("morecols", 0)) + 1, columns - column)
                while any((n, column + k) in taken for k in range(wide)):
                    wide -= 1
                high = min(int(entry.get("morerows", 0)) + 1, len(rows) - n)
                _set_span(entry, wide, high)
                taken |= {(n + i, column + k) for i in range(high) for k in range(wide)}
                is_head = rows is head
                cells.append(Cell(entry, first + n, column, wide, high, is_head))
                column += wide
            for free in range(columns):
                if (n, free) not in taken:
                    taken.add((n, free))
                    entry = nodes.entry()
                    row += entry
                    cells.append(Cell(entry, first + n, free, 1, 1, rows is head))
    return Grid(table, group, columns, head, body, cells)


def _rows(part: nodes.Element) -> list[nodes.row]:
    return [row for row in part.children if isinstance(row, nodes.row)]


def _set_span(entry: nodes.entry, wide: int, high: int) -> None:
    for name, value in (("morecols", wide), ("morerows", high)):
        if value > 1:
            entry[name] = value - 1
        elif name in entry:
            del entry[name]


def columns_of(grid: Grid, image_width: ImageWidth) -> list[Column]:
    """Return what each column needs."""
    least = [0.0] * grid.columns
    natural = [0.0] * grid.columns
    wide: list[tuple[Cell, float, float]] = []
    for cell in grid.cells:
        content = list(blocks(cell.entry, image_width, is_bold=cell.is_head))
        need = max((b.least + b.indent for b in content), default=0.0)
        want = max((b.natural + b.indent for b in content), default=0.0)
        if cell.columns > 1:
            wide.append((cell, need, want))
            continue
        least[cell.column] = max(least[cell.column], need)
        natural[cell.column] = max(natural[cell.column], want)
    for cell, need, want in wide:
        span = slice(cell.column, cell.column + cell.columns)
        for values, value in ((least, need), (natural, want)):
            lack = value - sum(values[span])
            if lack > 0:
                values[span] = [v + lack / cell.columns for v in values[span]]
    return [column_of(a, b) for a, b in zip(least, natural, strict=True)]


def blocks(
    node: nodes.Element, image_width: ImageWidth, indent: float = 0.0, is_bold: bool = False
) -> Iterator[Block]:
    """Yield the parts of a cell, one below the other."""
    for child in node.children:
        if isinstance(child, _ASIDE) or not isinstance(child, nodes.Element):
            continue
        if isinstance(child, nodes.literal_block):
            for line in child.astext().split("\n"):
                width = len(line) * MONO + _CODE_MARGIN
                yield Block(min(width, _CODE_LEAST), width, indent)
        elif isinstance(child, nodes.image):
            width = image_width(child)
            # As high as a picture of usual proportions.
            yield from [Block(min(width, 4.0), width, indent)] * max(ceil(width / 2.4), 1)
        elif isinstance(child, nodes.TextElement):
            needs = needs_of(_runs(child, is_bold))
            yield Block(*needs, indent)
            for image in child.findall(nodes.image):
                width = image_width(image)
                yield Block(min(width, 4.0), width, indent)
        else:
            more = sum(less for kind, less in NARROWER if isinstance(child, kind))
            yield from blocks(child, image_width, indent + more, is_bold)


def _runs(node: nodes.Element, bold: bool = False, mono: bool = False) -> Iterator[Run]:
    """Yield the text of a paragraph, piece by piece."""
    bold = bold or isinstance(node, _BOLD)
    mono = mono or isinstance(node, _MONO)
    for child in node.children:
        if isinstance(child, nodes.Text):
            text = str(child)
            if isinstance(node, nodes.reference) and node.get("refuri") == text:
                # TeX breaks addresses.
                text = with_breaks(text)
            yield Run(text, mono, 1.1 if bold else 1.0)
        elif isinstance(child, nodes.Element) and not isinstance(child, _ASIDE):
            yield from _runs(child, bold, mono)
    if isinstance(node, nodes.reference) and not node.get("internal"):
        # The number of its note.
        yield Run("000", scale=0.8)
