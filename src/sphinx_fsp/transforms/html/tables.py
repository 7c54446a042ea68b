"""HTML tables as docutils tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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
    #: Columns that each row fills.
    filled: list[tuple[nodes.row, set[int]]] = []
    for row, in_head in _rows(element):
        cells = [cell for cell in row.tags if cell.name in {"td", "th"}]
        if not cells:
            continue
        # A table without thead has its head where all cells of the first rows are th.
        is_head = in_head or (not body and all(cell.name == "th" for cell in cells))
        node = nodes.row()
        column = 0
        taken = set(reach)
        for cell in cells:
            while reach.get(column, 0) > 0:
                column += 1
            entry = nodes.entry("", *_flat(convert(cell)))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across > 1:
                entry["morecols"] = across - 1
            if down > 1:
                entry["morerows"] = down - 1
            if cell.name == "th" and not is_head:
                entry["classes"].append("stub")
            for covered in range(column, column + across):
                reach[covered] = down
                taken.add(covered)
            column += across
            node += entry
        columns = max(columns, column, *(c + 1 for c, n in reach.items() if n > 0))
        reach = {c: n - 1 for c, n in reach.items() if n > 1}
        filled.append((node, taken))
        (head if is_head and not body else body).append(node)
    if not head and not body:
        return None
    if not body:
        head, body = [], head
    for node, taken in filled:
        # LaTeX needs every cell of every row.
        node += [nodes.entry() for _ in range(columns - len(taken))]
    for rows in (head, body):
        _end_with(rows)
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


def _flat(content: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return the content of a cell, with what is in the cells of an inner table instead of it.

    Text and LaTeX can't show a table in a table.
    """
    found: list[nodes.Node] = []
    for node in content:
        if isinstance(node, nodes.table):
            entries = [entry.children for entry in node.findall(nodes.entry)]
            found += [child for children in entries for child in children]
        else:
            found.append(node)
    return found


def _end_with(rows: list[nodes.row]) -> None:
    """Let no cell reach further down than the last row."""
    for n, row in enumerate(rows):
        for entry in row.children:
            if isinstance(entry, nodes.entry) and entry.get("morerows", 0) > len(rows) - n - 1:
                entry["morerows"] = len(rows) - n - 1
                if not entry["morerows"]:
                    del entry["morerows"]


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
