"""Rows of a table that are too tall for a page.

LaTeX breaks a table between its rows, never within one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes

from sphinx_fsp.book.tables.cells import Cell, ImageWidth, blocks

#: A row of more lines than this is set as several.
TALLEST = 24
#: The lines that fit on a page.
PAGE_LINES = 40
#: The lines of each of these.
_LINES = 10
#: The letters that a line of a narrow column holds, for each em of its width.
_LETTERS = 2.1
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def row_lines(cell: Cell, width: float, image_width: ImageWidth) -> int:
    """Return how many lines a cell takes."""
    return sum(b.lines(width) for b in blocks(cell.entry, image_width, is_bold=cell.is_head))


def split_row(row: nodes.row, widths: list[float], image_width: ImageWidth) -> list[nodes.row]:
    """Return several rows with the content of one, whose cells are one column wide each."""
    pieces: list[list[nodes.entry]] = []
    entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    for entry, width in zip(entries, widths, strict=True):
        parts = [p for child in entry.children for p in _parts(child, width)]
        made = [nodes.entry("", **entry.attributes)]
        filled = 0
        for part in parts:
            holder = nodes.entry("", part)
            lines = sum(b.lines(width) for b in blocks(holder, image_width))
            if filled and filled + lines > _LINES:
                made.append(nodes.entry("", classes=list(entry["classes"])))
                filled = 0
            made[-1] += part
            filled += lines
        pieces.append(made)
    count = max(len(made) for made in pieces)
    rows = []
    for n in range(count):
        new = nodes.row("", **(row.attributes if n == 0 else {}))
        new += [made[n] if n < len(made) else nodes.entry() for made in pieces]
        rows.append(new)
    return rows


def _parts(node: nodes.Node, width: float) -> Iterator[nodes.Node]:
    """Yield a part of a cell in pieces between which a page may end."""
    letters = int(_LINES * width * _LETTERS)
    if isinstance(node, nodes.paragraph) and len(node.astext()) > letters:
        yield from _split_paragraph(node, letters)
    elif isinstance(node, nodes.bullet_list | nodes.enumerated_list) and len(node) > 1:
        for n, item in enumerate(list(node.children)):
            part: nodes.Element = node.copy()
            part["ids"] = node["ids"] if n == 0 else []
            if isinstance(node, nodes.enumerated_list):
                part["start"] = node.get("start", 1) + n
            part += item
            yield part
    elif isinstance(node, nodes.literal_block) and node.rawsource == node.astext():
        yield from _split_code(node)
    else:
        yield node


def _split_paragraph(paragraph: nodes.paragraph, letters: int) -> Iterator[nodes.paragraph]:
    """Yield a paragraph in pieces of some lines, each the end of a sentence where there is one."""
    current = paragraph.copy()
    for child in list(paragraph.children):
        texts = _split_text(str(child), letters // 2) if isinstance(child, nodes.Text) else [child]
        for text in texts:
            piece = nodes.Text(text) if isinstance(text, str) else text
            if current.children and len(current.astext()) + len(piece.astext()) > letters:
                yield current
                current = nodes.paragraph()
            current += piece
    yield current


def _split_text(text: str, letters: int) -> Iterator[str]:
    """Yield a text in pieces, whose lengths are near a number of letters."""
    current = ""
    for sentence in _SENTENCE.split(text):
        words = [sentence] if len(sentence) <= letters else re.split(r"(?<=\s)", sentence)
        for word in words:
            if current and len(current) + len(word) > letters:
                yield current
                current = ""
            current += word
        current += " "
    yield current if text[-1:].isspace() else current.removesuffix(" ")


def _split_code(node: nodes.literal_block) -> Iterator[nodes.literal_block]:
    """Yield code in pieces of some lines."""
    lines = node.astext().split("\n")
    given: dict[str, Any] = node.get("highlight_args", {})
    for start in range(0, len(lines), _LINES):
        chosen = lines[start : start + _LINES]
        code = "\n".join(chosen)
        one = node.copy()
        one.rawsource = code
        one += nodes.Text(code)
        one["ids"] = node["ids"] if start == 0 else []
        args = dict(given)
        marked = given.get("hl_lines", [])
        args["hl_lines"] = [n - start for n in marked if start < n <= start + len(chosen)]
        if node.get("linenos"):
            args["linenostart"] = args.get("linenostart", 1) + start
        one["highlight_args"] = args
        yield one
