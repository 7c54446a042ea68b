"""What values in ``conf.py`` have to be. Pure functions."""

from __future__ import annotations

import re
from typing import Any

from sphinx_fsp.source.dates import is_zone
from sphinx_fsp.source.slugs import DATE, slug_fault


def is_patterns(value: Any) -> bool:
    """Tell whether this is a dictionary of patterns for addresses."""
    return isinstance(value, dict) and all(
        isinstance(k, str) and isinstance(v, str) and is_pattern(v) for k, v in value.items()
    )


def is_pattern(value: str) -> bool:
    """Tell whether this is a pattern for addresses."""
    rest = DATE.sub("", value)
    for name in ("{slug}", "{category}", "{lang}"):
        rest = rest.replace(name, "")
    return "{slug}" in value and not set("{}") & set(rest) and not value.endswith(("/", ".html"))


def is_texts(value: Any) -> bool:
    """Tell whether this is a list of texts that aren't empty."""
    return isinstance(value, list | tuple) and all(isinstance(v, str) and v for v in value)


def is_places(value: dict[Any, Any]) -> bool:
    """Tell whether these are addresses by path."""
    return all(
        isinstance(path, str)
        and path
        and isinstance(at, str)
        and (not at.strip("/") or not slug_fault(at.strip("/")))
        for path, at in value.items()
    )


def is_levels(value: Any) -> bool:
    """Tell whether these are levels of headings by path."""
    return isinstance(value, dict) and all(
        isinstance(k, str) and bool(k) and type(v) is int and 0 <= v <= 6 for k, v in value.items()
    )


def is_metadata(value: Any) -> bool:
    """Tell whether this is a dictionary of keys and values of headers, by path."""
    return isinstance(value, dict) and all(
        isinstance(path, str)
        and isinstance(values, dict)
        and all(
            isinstance(k, str)
            and k == k.lower()
            and isinstance(v, str)
            and (k != "timezone" or not v or is_zone(v))
            for k, v in values.items()
        )
        for path, values in value.items()
    )


def has_groups(value: Any) -> bool:
    """Tell whether this is a regular expression with named groups."""
    try:
        return isinstance(value, str) and bool(re.compile(value).groupindex)
    except (re.error, OverflowError, RecursionError):
        return False


def is_path_or_none(value: Any) -> bool:
    """Tell whether this is a path, or None."""
    return value is None or (isinstance(value, str) and bool(value))
