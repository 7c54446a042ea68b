"""Checks structured data against the types and properties of schema.org, without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_FIXTURE = Path(__file__).parent / "fixtures" / "schema-org.json"
TYPES: dict[str, dict[str, Any]] = json.loads(_FIXTURE.read_text(encoding="utf-8"))["types"]


def faults(data: dict[str, Any]) -> list[str]:
    """Return what is wrong with a whole object of JSON-LD; nothing for a good one."""
    found = [] if data.get("@context") == "https://schema.org" else ["no @context"]
    return found + list(_faults({k: v for k, v in data.items() if k != "@context"}))


def _lineage(name: str) -> Iterator[str]:
    while name:
        yield name
        name = TYPES.get(name, {}).get("is", "")


def _faults(data: dict[str, Any]) -> Iterator[str]:
    kind = str(data.get("@type"))
    if kind not in TYPES:
        yield f"no type {kind}"
        return
    known = {k: v for name in _lineage(kind) for k, v in TYPES[name].items() if k != "is"}
    for key, value in data.items():
        if key == "@type":
            continue
        if key not in known:
            yield f"{kind} has no {key}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _faults(one)
            if not any(_is(one, expected) for expected in known.get(key, ())):
                yield f"{kind}.{key} is {one!r}"


def _is(value: object, expected: str) -> bool:
    if isinstance(value, dict):
        return expected in _lineage(str(value.get("@type")))
    if expected == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str) or not value.strip():
        return False
    if expected in {"Date", "DateTime"}:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return False
        return ("T" in value) == (expected == "DateTime")
    if expected == "URL":
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.netloc)
    return expected == "Text"
