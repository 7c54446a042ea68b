"""Tables as GitHub's Markdown has them, and as a list where a cell holds more than text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from docutils import nodes

from sphinx_fsp.publish.twins.inline import Inline
from sphinx_fsp.publish.twins.text import cell_text, hung, paragraph, pipe_table, wrapped

#: What no cell of a Markdown table can hold.
_LARGE = (nodes.literal_block, nodes.table, nodes.Admonition, nodes.math_block, nodes.doctest_block)
#: A row has no more, whatever a page says that a cell takes.
_COLUMNS = 1000

#: Cells, each with the columns that it takes.
Row: TypeAlias = list[tuple[nodes.Element, int]]
Blocks = Callable[[nodes.Element], list[list[str]]]


def table(node: nodes.table, inline: Inline, blocks: Blocks) -> Iterator[list[str]]:
    """Yield the blocks of a table.

    :param blocks: returns those of a cell
    """
    for child in node.children:
        if isinstance(child, (nodes.title, nodes.caption)):
            yield paragraph(wrapped("**", inline.text(child)))
    large = any(True for n in node.findall(lambda n: isinstance(n, _LARGE)) if n is not node)
    for group in node.children:
        if not isinstance(group, nodes.tgroup):
            continue
        head = _rows(group, nodes.thead)
        body = _rows(group, nodes.tbody)
        if large:
            yield from _as_list(head + body, blocks)
        elif head or body:
            yield _as_table(head, body, blocks)


def _rows(group: nodes.tgroup, kind: type[nodes.Element]) -> list[Row]:
    """Return the rows of a table's head or body."""
    return [_cells(row) for part in group.children if isinstance(part, kind) for row in part]


def _cells(row: nodes.Node) -> Row:
    """Return the cells of a row, each with the columns that it takes."""
    return [
        (cell, min(int(cell.get("morecols", 0)) + 1, _COLUMNS))
        for cell in row.children
        if isinstance(cell, nodes.Element)
    ]


def _as_table(
    head: list[Row],
    body: list[Row],
    blocks: Blocks,
) -> list[str]:
    rows = []
    below: dict[int, int] = {}
    for row in head + body:
        texts: list[str] = []

        def skip(texts: list[str] = texts) -> None:
            # A cell of a row above reaches down to here.
            while below.get(len(texts), 0) > 0:
                below[len(texts)] -= 1
                texts.append("")

        for cell, columns in row:
            skip()
            for column in range(len(texts), len(texts) + columns):
                below[column] = int(cell.get("morerows", 0))
            texts += [cell_text(blocks(cell)), *[""] * (columns - 1)]
        skip()
        rows.append(texts)
    return pipe_table(rows, head=bool(head))


def _as_list(rows: list[Row], blocks: Blocks) -> Iterator[list[str]]:
    """Yield the rows of a table as items of a list, and in each its cells."""
    for row in rows:
        shown = [block for cell, _ in row for block in blocks(cell) if block]
        yield hung("- ", shown)
