"""What the formats have in common: entries from pairs of a key and a value.

Keys are the same in any case. ``url`` (also ``link`` and ``href``), ``title`` and ``description``
(also ``summary`` and ``note``) have a place of their own; every other key is a field. In a bib
file and in bookmarks keys mean what the format says; see there.

Values are texts. Numbers and dates become the text that they are written as. A list is joined: by
semicolons for authors, as names hold commas, and by commas for all others. ``null`` means that
nothing is given. What else there is (a mapping, true and false, a list as a title) is reported,
and the rest of the entry is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import accumulate
from typing import NamedTuple

from sphinx_fsp.diagnostics import DATA_FILE, Problem
from sphinx_fsp.resources.record import FOUND, RawField, RawItem

_ALIASES = {"link": "url", "href": "url", "summary": "description", "note": "description"}
_AUTHORS = frozenset({"author", "authors"})
#: The key of the list of entries, in a file that holds a mapping.
RESOURCES = "resources"
#: Control characters, halves of characters and what XML can't hold: JSON can write them all.
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Source:
    """The text of a data file, with its path as problems name it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, counted from 1."""
        if self._starts is None:
            lines = self.text.split("\n")
            self._starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """Return the line of an offset, counted from 1."""
        return self.place(offset)[0]


class Pair(NamedTuple):
    """A key of an entry with its value."""

    key: str
    #: As it is read: a text, a number, a list ...
    value: object
    line: int


class NoText(NamedTuple):
    """A value that is no text, with the words for it."""

    words: str


def fault(source: Source, line: int, why: str, advice: str, column: int = 0) -> Problem:
    """Return a problem of a data file.

    :param column: counted from 1, for faults of syntax; then *why* names both
    """
    if column:
        why = f"line {line}, column {column}: {why}"
    return Problem(DATA_FILE, source.path, line, {"why": why, "advice": advice})


def not_a_mapping(source: Source, line: int) -> Problem:
    """Return the problem of an entry that has no keys."""
    return fault(source, line, "the entry has no keys", "write it as url, title and other keys")


def no_list(source: Source, line: int) -> Problem:
    """Return the problem of a file without a list of entries."""
    advice = f"write a list of entries, or one below the key {RESOURCES}"
    return fault(source, line, "the data file holds no list of resources", advice)


def make_item(pairs: Iterable[Pair], line: int, source: Source) -> tuple[RawItem, list[Problem]]:
    """Return an entry from its keys and values."""
    problems: list[Problem] = []
    own = {"url": "", "title": "", "description": ""}
    fields: list[RawField] = []
    seen: dict[str, str] = {}
    for key, value, at in pairs:
        name = key.lower().strip()
        name = _ALIASES.get(name, name)
        if name in FOUND:
            continue
        if name in seen:
            first = f" beside {seen[name]}" if seen[name] != key else " twice"
            why = f"{_short(key)} stands{first} in this entry; the first is kept"
            problems.append(fault(source, at, why, "remove one of the two"))
            continue
        seen[name] = key
        text = _text(value, "" if name in own else "; " if name in _AUTHORS else ", ")
        if isinstance(text, NoText):
            why = f"{_short(key)} is {text.words}, not a text"
            problems.append(fault(source, at, why, "write it as a text in quotes"))
            continue
        if text is None:
            continue
        if _UNSHOWABLE.search(text):
            text = _UNSHOWABLE.sub("\ufffd", text)
            why = f"{_short(key)} holds characters that can't be shown"
            problems.append(fault(source, at, why, "remove them"))
        if name in own:
            own[name] = text.strip() if name == "url" else " ".join(text.split())
        else:
            fields.append(RawField(_UNSHOWABLE.sub("\ufffd", key), text, at))
    return RawItem(own["url"], own["title"], own["description"], tuple(fields), line), problems


def make_items(
    entries: Sequence[tuple[Iterable[Pair] | None, int]], source: Source
) -> tuple[list[RawItem], list[Problem]]:
    """Return all entries.

    :param entries: the pairs of each with its line; None for one that is no mapping
    """
    items: list[RawItem] = []
    problems: list[Problem] = []
    for pairs, line in entries:
        if pairs is None:
            problems.append(not_a_mapping(source, line))
            continue
        item, found = make_item(pairs, line, source)
        items.append(item)
        problems += found
    return items, problems


def _text(value: object, separator: str) -> str | NoText | None:
    """Return a value as text; None where nothing is given.

    :param separator: stands between the parts of a list; empty where none is allowed
    """
    match value:
        case None | str() | NoText():
            return value
        case bool():
            return NoText("true or false")
        case int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list():
            if not separator:
                return NoText("a list")
            parts = [NoText("a list") if isinstance(v, list) else _text(v, "") for v in value]
            if bad := next((part for part in parts if isinstance(part, NoText)), None):
                return NoText(f"a list that holds {bad.words}")
            return separator.join(part for part in parts if isinstance(part, str) and part)
    return NoText("a mapping")


def _short(key: str) -> str:
    return repr(key[:40])
