"""HTML tables as docutils tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes

from sphinx_fsp.transforms.html.dom import Tag

#: A browser's limit of ``colspan``.
_MAX_SPAN = 1000


def table_node(element: Tag, convert: Callable[[Tag], list[nodes.Node]]) -> nodes.table | None:
    """Return a table; None when the element has no cells.

    :param convert: makes the content of a cell
    """
    head: list[nodes.row] = []
    body: list[nodes.row] = []
    columns = 0
    #: Rows that a cell above still reaches into, by column.
    reach: dict[int, int] = {}
    for row, in_head in _rows(element):
        cells = [cell for cell in row.tags if cell.name in {"td", "th"}]
        if not cells:
            continue
        # A table without thead has its head where all cells of the first rows are th.
        is_head = in_head or (not body and all(cell.name == "th" for cell in cells))
        node = nodes.row()
        column = 0
        for cell in cells:
            while reach.get(column, 0) > 0:
                column += 1
            entry = nodes.entry("", *convert(cell))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across > 1:
                entry["morecols"] = across - 1
            if down > 1:
                entry["morerows"] = down - 1
            if cell.name == "th" and not is_head:
                entry["classes"].append("stub")
            for covered in range(column, column + across):
                reach[covered] = down
            column += across
            node += entry
        columns = max(columns, column, *(c + 1 for c, n in reach.items() if n > 0))
        reach = {c: n - 1 for c, n in reach.items() if n > 1}
        (head if is_head and not body else body).append(node)
    if not head and not body:
        return None
    if not body:
        head, body = [], head
    group = nodes.tgroup(cols=columns)
    group += [nodes.colspec(colwidth=max(100 // columns, 1)) for _ in range(columns)]
    if head:
        group += nodes.thead("", *head)
    group += nodes.tbody("", *body)
    table = nodes.table("", group)
    table["classes"].append("colwidths-auto")
    caption = next((c for c in element.tags if c.name == "caption"), None)
    if caption is not None:
        content = [n for block in convert(caption) for n in block.children]
        table.insert(0, nodes.title("", "", *content))
    return table


def _rows(element: Tag) -> Iterator[tuple[Tag, bool]]:
    """Yield each row of a table, and whether it stands in its head."""
    for child in element.tags:
        if child.name == "tr":
            yield child, False
        elif child.name in {"thead", "tbody", "tfoot"}:
            for row in child.tags:
                if row.name == "tr":
                    yield row, child.name == "thead"


def _span(cell: Tag, name: str) -> int:
    value = cell.get(name).strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() else 1
