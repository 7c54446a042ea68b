"""Resources in TOML. Pure functions.

The standard library reads TOML and tells no lines. `_Scan` finds them: it goes over strings,
comments and brackets, and notes where ``[[resources]]`` headers and keys stand outside of them.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import (
    RESOURCES,
    Pair,
    Source,
    fault,
    make_items,
    no_list,
)
from sphinx_fsp.resources.record import RawItem

#: Brackets inside one another, and parts of a key with dots. tomllib takes the square of their
#: number, and Python's stack has an end.
MAX_DEPTH = 50
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_NAME = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_TOKEN = re.compile(
    rf"""
    (?P<dots>(?:{_NAME}[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}})
    # Strings end at the end of the file when nothing else ends them, so that no part of the file
    # is looked at twice.
    | \"\"\"(?:[^"\\]++|\\.|"(?!""))*+(?:"{{3,5}}|\\?\Z)
    | '''(?:[^']++|'(?!''))*+(?:'{{3,5}}|\Z)
    | (?P<name>{_NAME})
    | \#[^\n]*+
    | (?P<line>\n)
    | (?P<open>[\[{{])
    | (?P<close>[\]}}])
    | (?P<equals>=)
    """,
    re.VERBOSE | re.DOTALL,
)
_ARRAY_HEADER = re.compile(rf"\[\[[ \t]*({_NAME})[ \t]*\]\]")


class _Place(NamedTuple):
    """Where an entry stands, with the lines of its keys."""

    line: int
    keys: dict[str, int]


class _Scan:
    """Where things stand in a TOML text.

    :param places: those of the entries, in their order
    :param too_deep: offset of what is nested too deep, or None
    """

    def __init__(self, source: Source) -> None:
        self.places: list[_Place] = []
        self.too_deep: int | None = None
        self._source = source
        self._run()

    def _run(self) -> None:
        text = self._source.text
        depth, fresh, skip = 0, True, 0
        #: Name of the key whose value is read, and the name read last with its offset.
        key, last, last_at = "", "", 0
        place: _Place | None = None
        top = True
        for match in _TOKEN.finditer(text):
            at = match.start()
            if at < skip:
                continue
            kind = match.lastgroup
            if kind == "dots" or depth > MAX_DEPTH:
                self.too_deep = at
                return
            if kind == "line":
                fresh = fresh or not depth
                key = key if depth else ""
            elif kind == "name":
                if fresh or depth:
                    last, last_at = match[0], at
            elif kind == "equals" and not depth:
                key = _plain(last)
                if place is not None:
                    place.keys.setdefault(key, self._source.line(last_at))
            elif kind == "equals" and depth == 2 and top and key == RESOURCES and self.places:
                self.places[-1].keys.setdefault(_plain(last), self._source.line(last_at))
            elif kind == "open":
                if fresh and not depth and not key:
                    # A header: the entries' own, or one that ends what belongs to an entry.
                    header = _ARRAY_HEADER.match(text, at)
                    top, place = False, None
                    if header and _plain(header[1]) == RESOURCES:
                        place = _Place(self._source.line(at), {})
                        self.places.append(place)
                    if header:
                        skip = header.end()
                        fresh = False
                        continue
                elif depth == 1 and top and key == RESOURCES and match[0] == "{":
                    self.places.append(_Place(self._source.line(at), {}))
                depth += 1
            elif kind == "close":
                depth = max(depth - 1, 0)
            if kind != "line" and not match[0].startswith("#"):
                fresh = False


def read_toml(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read a TOML file: ``[[resources]]`` tables, or ``resources = [{...}, ...]``."""
    scan = _Scan(source)
    if scan.too_deep is not None:
        line, column = source.place(scan.too_deep)
        return [], [fault(source, line, "nested too deep", "write the values as texts", column)]
    try:
        # Fractions stay as they are written: 2020.10 is no 2020.1.
        data = tomllib.loads(source.text, parse_float=str)
    except (ValueError, RecursionError) as error:
        return [], [_syntax_fault(source, error)]
    if not data:
        return [], []
    entries = data.get(RESOURCES)
    if not isinstance(entries, list):
        return [], [no_list(source, 1)]
    places = iter(scan.places)
    located: list[tuple[list[Pair] | None, int]] = []
    line = 1
    for entry in entries:
        if not isinstance(entry, dict):
            located.append((None, line))
            continue
        line, keys = next(places, _Place(line, {}))
        located.append((_pairs(entry, line, keys), line))
    return make_items(located, source)


def _pairs(entry: dict[str, Any], line: int, keys: dict[str, int]) -> list[Pair]:
    return [Pair(key, value, keys.get(key, line)) for key, value in entry.items()]


def _syntax_fault(source: Source, error: Exception) -> Problem:
    words = str(error) or "nested too deep"
    if match := _PLACE.search(words):
        line, column = int(match[1]), int(match[2])
        words = words[: match.start()]
    elif words.endswith(" (at end of document)"):
        line, column = source.place(len(source.text))
        words = words.removesuffix(" (at end of document)")
    else:
        line, column = 1, 0
    why = f"not TOML: {words[:1].lower()}{words[1:]}"
    return fault(source, line, why, "correct the file", column)


def _plain(name: str) -> str:
    """Return a key without its quotes."""
    if name.startswith(('"', "'")):
        try:
            return next(iter(tomllib.loads(f"{name} = 1")))
        except (ValueError, StopIteration):
            return name
    return name
