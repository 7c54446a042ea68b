"""Resources in CSV. Pure functions.

The first row names the columns. Cells stand between commas; semicolons (what spreadsheets write
where the comma is the decimal sign) and tabs are recognised by the first row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import Pair, Source, fault, make_item
from sphinx_fsp.resources.exports.spreadsheet import plain
from sphinx_fsp.resources.record import RawItem

_DELIMITERS = ",;\t"
#: One of these is in every header.
_COLUMNS = frozenset({"url", "link", "href", "title"})
_HEADER = "start with a row that names the columns, such as url,title,description"
_CELLS = "write as many cells as the first row has, and texts with a delimiter in quotes"
_QUOTES = 'write a text with quotes as "a ""b"" c"'


def read_csv(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read a CSV file."""
    items: list[RawItem] = []
    rows = _Rows(source)
    problems = rows.problems
    header: list[str] = []
    known: set[str] = set()
    for row, line in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [cell.strip() for cell in row]
            if not _COLUMNS & {cell.lower() for cell in header}:
                problems.append(fault(source, line, "the first row names no column url", _HEADER))
                return items, problems
            _, twice = make_item([Pair(n, "", line) for n in header if n], line, source)
            problems += twice
            known = {problem.details["why"] for problem in twice}
            continue
        if len(row) != len(header):
            why = f"the row has {len(row)} cells, and the first row has {len(header)}"
            problems.append(fault(source, line, why, _CELLS))
        pairs = []
        for name, cell in zip(header, row, strict=False):
            if name:
                pairs.append(Pair(name, plain(cell), line))
            elif cell.strip():
                why = "a cell stands in a column without a name"
                problems.append(fault(source, line, why, "name the column in the first row"))
        item, found = make_item(pairs, line, source)
        items.append(item)
        # Columns of one name are reported once, for the first row.
        problems += [problem for problem in found if problem.details["why"] not in known]
    return items, problems


class _Rows:
    """The rows with their lines. What can't be read is left out and reported."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._lines = re.findall(r"[^\n]*\n|[^\n]+", source.text)
        self._next = 0

    def __iter__(self) -> Iterator[tuple[list[str], int]]:
        first = next((line for line in self._lines if line.strip(" ,;\t\n")), "")
        reader: Any = csv.reader(self._feed(), delimiter=_delimiter(first), strict=True)
        resumed = False
        while self._next < len(self._lines):
            start = self._next
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                at_end = self._next >= len(self._lines) and start + 1 < len(self._lines)
                why = "not CSV: quotes are not closed" if at_end else f"not CSV: {error}"
                self.problems.append(fault(self.source, start + 1, why, _QUOTES))
                if at_end:
                    # The rest of the file was taken for one cell. It is read again, but once
                    # only, so that no file takes the square of its length.
                    if resumed:
                        return
                    resumed, self._next = True, start + 1
                    reader = csv.reader(self._feed(), delimiter=_delimiter(first), strict=True)
                continue
            yield row, start + 1

    def _feed(self) -> Iterator[str]:
        while self._next < len(self._lines):
            self._next += 1
            yield self._lines[self._next - 1]


def _delimiter(header: str) -> str:
    """Return what stands between the cells of the first row; in doubt a comma."""

    def cells(delimiter: str) -> int:
        try:
            return len(next(csv.reader([header], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=cells)
