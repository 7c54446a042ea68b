"""Fields as authors write them, checked. Pure functions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from sphinx_fsp.diagnostics import (
    ARCHIVE_MISMATCH,
    BAD_DATE,
    BAD_SCHEME,
    BAD_URL,
    BAD_VALUE,
    UNKNOWN_FIELD,
    UNKNOWN_KIND,
    Problem,
)
from sphinx_fsp.resources.address import archived_address, fault_of, record_key
from sphinx_fsp.resources.record import KINDS, LEVELS, PRICES, Fields, RawField
from sphinx_fsp.source.dates import iso_date

#: Fields that a list gives to all of its items.
DEFAULT_FIELDS = tuple(name for name in Fields._fields if name not in {"name", "archive"})
_LISTS = {"author": ";", "tags": ",;"}
_PLURALS = {"authors": "author", "tag": "tags", "language": "lang", "type": "kind"}
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$", re.IGNORECASE)


def read_fields(
    raw: Iterable[RawField], kinds: Iterable[str], path: str, url: str = ""
) -> tuple[Fields, list[Problem]]:
    """Check fields as they are written.

    :param kinds: those that the project adds to `sphinx_fsp.resources.record.KINDS`
    :param path: the file that they stand in, for problems
    :param url: the resource's address, to compare an archived copy with
    """
    problems: list[Problem] = []
    values: dict[str, object] = {}
    known_kinds = (*KINDS, *kinds)
    for name, text, line in raw:
        field = _PLURALS.get(name.lower(), name.lower())
        text = " ".join(text.split())

        def report(subtype: str, near: str | None = None, at: int = line, **details: str) -> None:
            suggestion = {"suggestion": near} if near else {}
            problems.append(Problem(subtype, path, at, details | suggestion))

        if field not in Fields._fields:
            report(UNKNOWN_FIELD, _nearest(field, Fields._fields), field=name)
        elif field in values:
            report(BAD_VALUE, field=field, takes="one value", value=text)
        elif field in _LISTS:
            parts = re.split(f"[{_LISTS[field]}]", text)
            values[field] = tuple(dict.fromkeys(p.strip() for p in parts if p.strip()))
        elif not text:
            continue
        elif field == "kind":
            values[field] = text.lower()
            if text.lower() not in known_kinds:
                report(UNKNOWN_KIND, _nearest(text.lower(), known_kinds), kind=text)
        elif field in {"date", "added"}:
            values[field] = read_date(text)
            if not values[field]:
                report(BAD_DATE, field=field, value=text)
        elif field == "archive":
            if fault := fault_of(text):
                subtype = BAD_SCHEME if fault.dangerous else BAD_URL
                report(subtype, target=text[:60], why=fault.why, advice=fault.advice)
                continue
            values[field] = text
            original = archived_address(text)
            if url and original and record_key(original) != record_key(url):
                report(ARCHIVE_MISMATCH, archive=original, url=url)
        else:
            values[field] = text.lower() if field in {"level", "price"} else text
            takes = _fault_of_value(field, str(values[field]))
            if takes:
                report(BAD_VALUE, field=field, value=text, takes=takes)
    return Fields(**values), problems  # type: ignore[arg-type]


def _nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that *word* was most likely meant to be: both are short."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def _fault_of_value(field: str, value: str) -> str:
    """Return what a field takes if *value* is none of it, and an empty string otherwise."""
    if field == "level" and value not in LEVELS:
        return "beginner, intermediate or advanced"
    if field == "price" and value not in PRICES:
        return "free, freemium or paid"
    if field == "lang" and not _LANGUAGE.match(value):
        return "a language tag such as en or pt-BR"
    return ""


def read_date(text: str) -> str:
    """Return a date as ``2026``, ``2026-01`` or ``2026-01-31``; an empty string if it is none.

    >>> read_date("2026"), read_date("2026-1"), read_date("31 January 2026"), read_date("soon")
    ('2026', '2026-01', '2026-01-31', '')
    """
    if match := _DATE.match(text):
        month = int(match[2] or 1)
        if not 1 <= month <= 12 or match[1] == "0000":
            return ""
        return f"{match[1]}-{month:02}" if match[2] else match[1]
    return iso_date(text)[:10]
