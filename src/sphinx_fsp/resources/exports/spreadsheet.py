"""Cells of CSV that a spreadsheet takes for text, never for a formula. Pure functions.

After OWASP, "CSV Injection": a cell that starts with one of ``= + - @``, or with a tab or a line
end, gets an apostrophe before it, by which spreadsheets mark text. Blanks, quotes and invisible
characters before the sign don't make it harmless. A spreadsheet may also part a row at semicolons
(Excel does where the comma is the decimal sign), and then at line ends too: what would start such
a cell gets an apostrophe as well.

`plain` undoes exactly what `neutral` does, whatever the text, because the apostrophe is itself
one of the characters that are skipped on the way to the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Signs that start a formula; the wide and the small ones are those of East Asian keyboards.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
#: What may stand between the start of a cell and a sign: blanks, control characters, invisible
#: ones (zero width, marks of direction), quotes, and the ends of other cells.
_SKIPPED = "\\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff'\";"
_RUN = re.compile(f"[{_SKIPPED}]*+")
#: From the end of a cell to where text goes on. It matches wherever it starts, so that a long
#: run is read once.
_NEXT_CELLS = re.compile(f"[;\r\n][{_SKIPPED}]*+")
_SIGN = re.compile(f"[{_SIGNS}]")
_CELL_END = re.compile("[;\r\n]")
#: Most cells: they start with a letter or the like, and hold no end of a cell.
_HARMLESS = re.compile(f"[^{_SKIPPED}{_SIGNS}][^;\r\n]*+\\Z|\\Z")


def neutral(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("C++ = fun"), neutral("'=1"), neutral("a; -b")
    ("'=1+1", 'C++ = fun', "''=1", "a;' -b")
    """
    if _HARMLESS.match(text):
        return text
    parts, last = [], 0
    for position in _starts(text):
        parts += [text[last:position], "'"]
        last = position
    return "".join(parts) + text[last:]


def plain(text: str) -> str:
    """Return the text that a cell was made of: the inverse of `neutral`.

    >>> plain("'=1+1"), plain("'quoted'")
    ('=1+1', "'quoted'")
    """
    if _HARMLESS.match(text):
        return text
    parts, last = [], 0
    for position in _starts(text):
        if text.startswith("'", position):
            parts.append(text[last:position])
            last = position + 1
    return "".join(parts) + text[last:]


def _starts(text: str) -> Iterator[int]:
    """Yield where a spreadsheet may see a cell that starts a formula."""
    first = _RUN.match(text)
    end = first.end() if first else 0
    if _SIGN.match(text, end) or any(blank in text[:end] for blank in "\t\r\n"):
        yield 0
    for run in _NEXT_CELLS.finditer(text):
        if _SIGN.match(text, run.end()):
            for cell_end in _CELL_END.finditer(text, *run.span()):
                yield cell_end.end()
