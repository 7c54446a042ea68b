"""A table in another form: several with some of its columns each, or a list."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.book.tables.cells import Cell, Grid

#: What may not be repeated in a copy of a cell.
_NAMED = (nodes.target, addnodes.index, nodes.footnote)


def part_of(grid: Grid, columns: range, is_first: bool) -> nodes.table:
    """Return a table of some columns of another, with the first column before them."""
    table = grid.table.copy()
    # One stands below the other, with their first columns in line.
    table.setdefault("align", "left")
    title = grid.title
    if not is_first:
        table["ids"], table["names"] = [], []
    elif title is not None:
        table += title.deepcopy()
    specs = [c for c in grid.group.children if isinstance(c, nodes.colspec)]
    group = nodes.tgroup(cols=len(columns) + 1)
    group += [specs[n].deepcopy() for n in (0, *columns)]
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.column == 0 or cell.column in columns:
            by_row.setdefault(cell.row, []).append(cell)
    for kind, rows, first in (
        (nodes.thead, grid.head, 0),
        (nodes.tbody, grid.body, len(grid.head)),
    ):
        if not rows:
            continue
        part: nodes.Element = kind()
        if is_first and rows[0].parent is not None:
            part += [c for c in rows[0].parent.children if not isinstance(c, nodes.row)]
        for n, row in enumerate(rows):
            new = nodes.row("", **(row.attributes if is_first else {"classes": row["classes"]}))
            for cell in sorted(by_row.get(first + n, []), key=lambda c: c.column):
                is_copy = cell.column == 0 and not is_first
                new += _copy_of(cell.entry) if is_copy else cell.entry
            part += new
        group += part
    table += group
    return table


def _copy_of(entry: nodes.entry) -> nodes.entry:
    """Return a copy of a cell that may stand beside the cell: without its names and footnotes."""
    copy = entry.deepcopy()
    for node in list(copy.findall(nodes.Element)):
        node["ids"] = []
        node["names"] = []
        if isinstance(node, _NAMED) and node.parent is not None:
            node.parent.remove(node)
    return copy


def as_list(grid: Grid) -> list[nodes.Node]:
    """Return a table as a list: an item for each row, its cells with their headings."""
    headings = grid.headings()
    found: list[nodes.Node] = []
    ids = [*grid.table["ids"], *(grid.title["ids"] if grid.title else [])]
    if grid.title or ids:
        lead = nodes.paragraph()
        if ids:
            lead += nodes.target("", "", ids=ids)
        if grid.title:
            lead += nodes.strong("", "", *grid.title.children)
        found.append(lead)
    bullets = nodes.bullet_list(bullet="-")
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if not cell.is_head or cell.columns > 1 or not cell.entry.astext().strip():
            rows.setdefault(cell.row, []).append(cell)
        elif cell.entry.astext().strip() != headings[cell.column]:
            # A head of several rows: only the last names the column.
            rows.setdefault(cell.row, []).append(cell)
    for _n, cells in sorted(rows.items()):
        item = nodes.list_item()
        for cell in cells:
            heading = "" if cell.is_head else headings[cell.column]
            item += _with_heading(cell.entry, heading)
        if item.children:
            bullets += item
    found += [n for part in grid.group.children for n in _asides(part)]
    return [*found, bullets]


def _asides(part: nodes.Node) -> list[nodes.Node]:
    """Return what stands between the rows of a table: the text of footnotes."""
    if not isinstance(part, nodes.thead | nodes.tbody):
        return []
    return [child for child in part.children if not isinstance(child, nodes.row)]


def _with_heading(entry: nodes.entry, heading: str) -> list[nodes.Node]:
    """Return the content of a cell, with what its column is called before it."""
    content = list(entry.children)
    if not content or not heading:
        return content
    label = nodes.strong("", f"{heading}: ")
    if isinstance(content[0], nodes.paragraph):
        content[0].insert(0, label)
        return content
    return [nodes.paragraph("", "", label), *content]
