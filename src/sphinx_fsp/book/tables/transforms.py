"""Tables of the book: widths for their columns, and what is too wide, too tall or too deep.

LaTeX knows no width for the columns of most tables, and then breaks words or leaves the page.
Each table gets widths by its content, and may break over pages between its rows. What its author
says of widths and columns stays. A table that can't be set as it is becomes several, or a list.
"""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex.nodes import footnotetext
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size

from sphinx_fsp.book.tables.cells import NARROWER, Grid, columns_of, grid_of
from sphinx_fsp.book.tables.parts import as_list, part_of
from sphinx_fsp.book.tables.tall import PAGE_LINES, TALLEST, row_lines, split_row
from sphinx_fsp.book.tables.widths import PAGE, PARTED, Layout, groups, layout_of, plan
from sphinx_fsp.diagnostics import BOOK_TABLE, warn
from sphinx_fsp.source.project import guide_of, has_pages

STYLE = "fsptables"

#: A table of fewer lines than this isn't broken over pages.
_SHORT = 15
#: Classes by which authors choose how a table is set.
_CHOSEN = {"longtable", "tabular", "tabulary", "colwidths-given"}
_ALIGNED = {"text-left": "left", "text-center": "centre", "text-right": "right"}


class TablesWithoutRows(SphinxPostTransform):
    """Gives a body to tables of a head alone, which end Sphinx with a traceback in any project."""

    # Before LaTeXFootnoteTransform, which looks for the body.
    default_priority = 590
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Make the head of such a table its body."""
        for group in self.document.findall(nodes.tgroup):
            head = next((c for c in group.children if isinstance(c, nodes.thead)), None)
            if not any(isinstance(c, nodes.tbody) for c in group.children):
                body = nodes.tbody("", *(head.children if head is not None else ()))
                if head is not None:
                    group.remove(head)
                group += body


class BookTables(SphinxPostTransform):
    """Sets the tables of a guide for pages of paper."""

    # After LaTeXFootnoteTransform: the text of footnotes is where LaTeX needs it.
    default_priority = 700
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Set each table, those inside of others first."""
        if not guide_of(self.env).catalogue.pages:
            return
        tables = list(self.document.findall(nodes.table))
        for table in reversed(tables):
            self._set(table)

    def _set(self, table: nodes.table) -> None:
        grid = grid_of(table)
        if grid is None:
            return
        if _is_inside(table, nodes.table):
            self._say(table, "is inside of another: it is shown as a list")
            table.parent[_place(table)] = as_list(grid)
            return
        if not _is_author_s(table):
            self._lay_out(grid)

    def _lay_out(self, grid: Grid) -> None:
        """Give a table the widths of its columns; make several of it, or a list, if it must be."""
        table = grid.table
        room = _room(table)
        columns = columns_of(grid, self._image_width)
        layout = plan(columns, room)
        if layout is not None:
            self._finish(grid, layout)
            return
        parts = groups(columns, grid.barred, room)
        if parts is None:
            self._say(table, f"of {grid.columns} columns is too wide: it is shown as a list")
            table.parent[_place(table)] = as_list(grid)
            return
        self._say(table, f"of {grid.columns} columns is too wide: it is shown as {len(parts)}")
        tables = [part_of(grid, part, is_first=n == 0) for n, part in enumerate(parts)]
        table.parent[_place(table)] = tables
        for one in tables:
            made = grid_of(one)
            if made is not None:
                needs = columns_of(made, self._image_width)
                least = [column.least for column in needs]
                found = plan(needs, room, [PARTED]) or layout_of(needs, PARTED, least)
                self._finish(made, found)

    def _finish(self, grid: Grid, layout: Layout) -> None:
        """Write down what LaTeX needs to know of a table."""
        table = grid.table
        lines = self._lines(grid, layout)
        if max(lines, default=0) > TALLEST:
            if any(cell.rows > 1 or cell.columns > 1 for cell in grid.cells):
                self._say(table, "has a row too tall for a page: it is shown as a list")
                table.parent[_place(table)] = as_list(grid)
                return
            grid = self._split_rows(grid, layout, lines)
            lines = self._lines(grid, layout)
            if max(lines) > PAGE_LINES:
                self._say(table, "has a cell too tall for a page: it is shown as a list")
                table.parent[_place(table)] = as_list(grid)
                return
        can_break = not _is_inside(table, nodes.footnote, footnotetext)
        if can_break and sum(lines) > _SHORT:
            table["classes"].append("longtable")
        elif not can_break and (sum(lines) > 2 * TALLEST or len(grid.body) > 30):
            self._say(table, "is too long for a footnote: it is shown as a list")
            table.parent[_place(table)] = as_list(grid)
            return
        spec = "".join(
            rf"\fspcol{{{side}}}{{{share:.4f}}}{{{limit / layout.size.scale:.2f}}}"
            for side, share, limit in zip(_sides(grid), layout.shares, layout.limits, strict=True)
        )
        before: list[nodes.Node] = [addnodes.tabular_col_spec(spec=spec)]
        after: list[nodes.Node] = []
        is_loose = "longtable" in table["classes"] and grid.title is None
        if layout.size.name or is_loose:
            kind = "loose" if is_loose else "numbered"
            start = rf"\begin{{fsptable}}{{{layout.size.name}}}{{{kind}}}"
            end = r"\end{fsptable}"
            before.insert(0, nodes.raw("", start, format="latex"))
            after.append(nodes.raw("", end, format="latex"))
        place = _place(table)
        table.parent[place] = [*before, table, *after]

    def _lines(self, grid: Grid, layout: Layout) -> list[int]:
        """Return how many lines each row takes."""
        lines = [1] * (len(grid.head) + len(grid.body))
        for cell in grid.cells:
            width = sum(layout.widths[cell.column : cell.column + cell.columns])
            need = row_lines(cell, width / layout.size.scale, self._image_width)
            lines[cell.row] = max(lines[cell.row], ceil(need / cell.rows))
        return lines

    def _split_rows(self, grid: Grid, layout: Layout, lines: list[int]) -> Grid:
        """Make several rows of each that is too tall, and return the table anew."""
        widths = [width / layout.size.scale for width in layout.widths]
        for row, count in zip([*grid.head, *grid.body], lines, strict=True):
            if count > TALLEST:
                rows = split_row(row, widths, self._image_width)
                row.parent[_place(row)] = rows
        # Stripes would part what belongs together.
        grid.table["classes"].append("nocolorrows")
        return grid_of(grid.table) or grid

    def _image_width(self, image: nodes.image) -> float:
        """Return the width of an image in em of the text."""
        size = get_image_size(str(Path(self.env.srcdir, str(image["uri"]).lstrip("/"))))
        # 120 pixels make an inch, as elsewhere in the book, and an em is 10 points.
        return min(size[0] * 7.2 / 120, PAGE / 2) if size else PAGE / 4

    def _say(self, table: nodes.table, what: str) -> None:
        """Say that a table isn't set as it was written."""
        # Directives don't say where their table is: its first text does.
        lines = [node.line for node in table.findall(nodes.Element) if node.line]
        line = table.line or min(lines, default=None)
        node: nodes.Element | None = table
        while node is not None and not (node.source and (line or node.line)):
            node = node.parent
        source = (node.source if node is not None else "") or self.document.get("source", "")
        line = line or (node.line if node is not None else None)
        path = str(source).partition(":docstring of ")[0]
        warn(BOOK_TABLE, path, line, what=what)


def _place(node: nodes.Node) -> slice:
    at = node.parent.index(node)
    return slice(at, at + 1)


def _is_inside(node: nodes.Node, *kinds: type[nodes.Element]) -> bool:
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


def _is_author_s(table: nodes.table) -> bool:
    """Tell whether its author says how a table is set."""
    at = table.parent.index(table)
    before = table.parent[at - 1] if at else None
    return isinstance(before, addnodes.tabular_col_spec) or bool(_CHOSEN & set(table["classes"]))


def _room(table: nodes.table) -> float:
    """Return the width of the line that a table stands on, in em."""
    room = PAGE
    parent: nodes.Element | None = table.parent
    while parent is not None:
        room -= sum(less for kind, less in NARROWER if isinstance(parent, kind))
        parent = parent.parent
    return max(room, PAGE / 3)


def _sides(grid: Grid) -> list[str]:
    """Return at which side of each column its text stands, as Markdown says it."""
    sides: list[set[str]] = [set() for _ in range(grid.columns)]
    for cell in grid.cells:
        chosen = next((_ALIGNED[c] for c in cell.entry["classes"] if c in _ALIGNED), "left")
        sides[cell.column].add(chosen)
    return [side.pop() if len(side) == 1 else "left" for side in sides]


def use_style(app: Sphinx) -> None:
    """Have LaTeX load the macros of tables and long words, for guides."""
    if app.builder.name == "latex" and has_pages(app.srcdir, app.config):
        app.add_latex_package(STYLE, after_hyperref=True)


def setup(app: Sphinx) -> None:
    """Register what works on the tables of a book."""
    app.add_post_transform(TablesWithoutRows)
    app.add_post_transform(BookTables)
    app.connect("builder-inited", use_style)
