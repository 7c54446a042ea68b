"""Fields at the end of an item of a list that has no directive, where they are text."""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_fsp.resources.record import Fields, RawField

_FIELD = re.compile(rf"\s*:({'|'.join(Fields._fields)}):\s+(\S.*)")


def trailing_fields(item: nodes.list_item) -> tuple[RawField, ...]:
    """Return the fields that the last lines of an item's text look like."""
    found = []
    for number, line in enumerate(_last_lines(item)):
        if match := _FIELD.fullmatch(line):
            found.append(RawField(match[1], match[2].strip(), _line(item) + number))
    return tuple(found)


def remove_trailing_fields(item: nodes.list_item) -> None:
    """Take those lines from the text."""
    paragraph = _paragraph(item)
    lines = _last_lines(item)
    if paragraph is None or not lines:
        return
    # Translators don't see them either.
    paragraph.rawsource = "\n".join(paragraph.rawsource.split("\n")[: -len(lines)])
    count = sum(len(line) + 1 for line in lines)
    while count > 0 and isinstance(paragraph.children[-1], nodes.Text):
        last = paragraph.pop()
        rest = str(last)[: max(len(str(last)) - count, 0)]
        count -= len(str(last))
        if rest:
            paragraph += nodes.Text(rest)
            return


def _paragraph(item: nodes.list_item) -> nodes.paragraph | None:
    paragraphs = [child for child in item.children if isinstance(child, nodes.paragraph)]
    return paragraphs[-1] if paragraphs else None


def _last_lines(item: nodes.list_item) -> list[str]:
    """Return the lines at the end of an item that are fields."""
    paragraph = _paragraph(item)
    if paragraph is None:
        return []
    text = ""
    for child in reversed(paragraph.children):
        if not isinstance(child, nodes.Text):
            break
        text = str(child) + text
    lines = text.split("\n")[1:]
    start = len(lines)
    while start and _FIELD.fullmatch(lines[start - 1]):
        start -= 1
    return lines[start:]


def _line(item: nodes.list_item) -> int:
    """Return the line of the first field, as far as that is known."""
    paragraph = _paragraph(item)
    first = (paragraph.line if paragraph is not None else None) or item.line or 1
    fields = _last_lines(item)
    before = paragraph.rawsource.count("\n") if paragraph is not None else 0
    return first + max(before - len(fields) + 1, 0)
