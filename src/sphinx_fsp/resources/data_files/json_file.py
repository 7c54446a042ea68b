"""Resources in JSON. Pure functions.

``json.loads`` tells no lines. So the two outer levels are walked here, and the decoder of the
standard library reads one key or value at a time from where it stands, which copies nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import (
    RESOURCES,
    Pair,
    Source,
    fault,
    make_item,
    no_list,
    not_a_mapping,
)
from sphinx_fsp.resources.record import RawItem

#: Numbers stay the text that is written: 2020.10 is no 2020.1, and no number is too long.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


class _Object:
    """An object, with members of one key kept apart."""

    def __init__(self, members: list[tuple[str, Any]]) -> None:
        self.members = members


_ENTRIES = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Object
)
_BLANKS = re.compile(r"[ \t\n\r]*")


def read_json(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read a JSON file: a list of entries, or an object with the key ``resources``.

    What stands before a fault of syntax is kept.
    """
    items: list[RawItem] = []
    problems: list[Problem] = []
    try:
        end = _read_top(source, items, problems)
        if end < len(source.text):
            raise json.JSONDecodeError("Nothing more expected", source.text, end)
    except json.JSONDecodeError as error:
        line, column = source.place(error.pos)
        why = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        problems.append(fault(source, line, why, "correct the file", column))
    except RecursionError:
        line = items[-1].line if items else 1
        why = "the entry after this one is nested too deep" if items else "nested too deep"
        problems.append(fault(source, line, why, "write the values as texts"))
    return items, problems


def _read_top(source: Source, items: list[RawItem], problems: list[Problem]) -> int:
    text = source.text
    at = _skip(text, 0)
    if text.startswith("[", at):
        return _read_list(source, at, items, problems)
    if not text.startswith("{", at):
        value, end = _decode(text, at)
        problems.append(no_list(source, source.line(at)))
        return end
    top, found = at, 0
    members = _Members(text, at)
    for key, key_at, value_at in members:
        if key != RESOURCES:
            _, members.end = _decode(text, value_at)
            continue
        found += 1
        if found > 1:
            why, advice = f"{RESOURCES!r} stands twice", "join the two lists"
            problems.append(fault(source, source.line(key_at), why, advice))
        if text.startswith("[", value_at):
            members.end = _read_list(source, value_at, items, problems)
        else:
            value, members.end = _decode(text, value_at)
            if value is not None:
                problems.append(no_list(source, source.line(key_at)))
    if not found:
        problems.append(no_list(source, source.line(top)))
    return members.end


def _read_list(source: Source, at: int, items: list[RawItem], problems: list[Problem]) -> int:
    text = source.text
    at = _skip(text, at + 1)
    if text.startswith("]", at):
        return _skip(text, at + 1)
    while True:
        line = source.line(at)
        if text.startswith("{", at):
            pairs, at = _read_entry(source, at)
            item, found = make_item(pairs, line, source)
            items.append(item)
            problems += found
        else:
            _, at = _decode(text, at)
            problems.append(not_a_mapping(source, line))
        if text.startswith("]", at):
            return _skip(text, at + 1)
        at = _expect(text, at, ",")


def _read_entry(source: Source, at: int) -> tuple[list[Pair], int]:
    """Return the members of an entry, and where the next thing starts."""
    text = source.text
    try:
        # At once, which is several times as fast.
        entry, end = _ENTRIES.raw_decode(text, at)
    except json.JSONDecodeError:
        # One by one, so that the fault is said in the words of this module.
        members = _Members(text, at)
        pairs = []
        for key, key_at, value_at in members:
            value, members.end = _decode(text, value_at)
            pairs.append(Pair(key, value, source.line(key_at)))
        return pairs, members.end
    pairs = []
    for key, value in entry.members:
        match = re.compile(rf'"{re.escape(key)}"[ \t\n\r]*:').search(text, at, end)
        # A key that is written with escapes isn't found: it has the line of the one before.
        at = match.end() if match else at
        pairs.append(Pair(key, value, source.line(match.start() if match else at)))
    return pairs, _skip(text, end)


class _Members:
    """The members of an object: key, its offset, and the offset of the value.

    Whoever takes one sets *end* to the end of its value, before asking for the next.
    """

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.end = _skip(text, at + 1)

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        text = self.text
        if text.startswith("}", self.end):
            self.end = _skip(text, self.end + 1)
            return
        while True:
            at = self.end
            if not text.startswith('"', at):
                raise json.JSONDecodeError("Expecting a key in double quotes", text, at)
            key, end = _decode(text, at)
            yield str(key), at, _expect(text, end, ":")
            if text.startswith("}", self.end):
                self.end = _skip(text, self.end + 1)
                return
            self.end = _expect(text, self.end, ",")


def _decode(text: str, at: int) -> tuple[Any, int]:
    """Return the value at an offset, and where the next thing starts."""
    value, end = _DECODER.raw_decode(text, at)
    return value, _skip(text, end)


def _expect(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r}", text, at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at
