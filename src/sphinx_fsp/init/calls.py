"""Functions and methods that settings may call: those of texts, lists, dictionaries and paths.

Nothing that reads a file, knows the time, or takes more memory than there is to a setting.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

#: Elements or letters of a value: ``+`` in a loop of names could fill the memory.
LARGEST = 100_000
PLAIN = "isn't a plain value"
TOO_LARGE = "is too large"
_OF_TEXTS = frozenset(
    "strip lstrip rstrip lower upper title capitalize split rsplit splitlines startswith endswith "
    "removeprefix removesuffix partition rpartition".split()
)
_FIELD = re.compile(r"\{(\w*)\}|\{\{|\}\}")
_PERCENT = re.compile(r"%(?:\((\w+)\))?[sd]|%%")


class NotUnderstood(Exception):  # noqa: N818  (it never leaves ``init``)
    """Why an expression has no value here."""


def bounded(value: Any) -> Any:
    """Return a value that is small enough to be a setting.

    :raises NotUnderstood: when it isn't
    """
    if isinstance(value, str | list | tuple | dict) and len(value) > LARGEST:
        raise NotUnderstood(TOO_LARGE)
    if isinstance(value, int) and abs(value) > 10**18:
        raise NotUnderstood(TOO_LARGE)
    return value


def as_text(value: Any) -> str:
    """Return a text, a number or a path as text.

    :raises NotUnderstood: when it is none
    """
    if not isinstance(value, str | int | float | PurePosixPath):
        raise NotUnderstood(PLAIN)
    return str(value)


def joined(between: str, parts: list[str]) -> str:
    """Return texts as one.

    :raises NotUnderstood: when it would be too large
    """
    if sum(map(len, parts)) + len(parts) * len(between) > LARGEST:
        raise NotUnderstood(TOO_LARGE)
    return between.join(parts)


def dirname(path: str) -> str:
    """Return the folder of a path, as seen from the settings' own folder.

    :raises NotUnderstood: when it is outside of that
    """
    if path in {"", "."}:
        raise NotUnderstood("leads out of the folder of the settings")
    return posixpath.dirname(path)


def percented(text: str, right: Any) -> str:
    """Return ``text % right``, with plain fields only.

    :raises NotUnderstood: when there are others
    """
    values = list(right) if isinstance(right, tuple) else [right]

    def fill(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        return as_text(right[match[1]] if match[1] else values.pop(0))

    return _filled(_PERCENT, fill, text, "%")


def _formatted(text: str, values: tuple[Any, ...], names: Mapping[str, Any]) -> str:
    rest = [*values]

    def fill(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        if not match[1]:
            return as_text(rest.pop(0))
        return as_text(values[int(match[1])] if match[1].isdigit() else names[match[1]])

    return _filled(_FIELD, fill, text, "{}")


def _filled(
    field: re.Pattern[str], fill: Callable[[re.Match[str]], str], text: str, marks: str
) -> str:
    if set(marks) & set(field.sub("", text)):
        raise NotUnderstood(PLAIN)
    parts: list[str] = []
    size = end = 0
    for match in field.finditer(text):
        parts += [text[end : match.start()], fill(match)]
        end = match.end()
        size += len(parts[-1])
        if size > LARGEST:
            raise NotUnderstood(TOO_LARGE)
    return "".join([*parts, text[end:]])


def _replaced(text: str, old: str, new: str) -> str:
    if (len(text) + 1) * (len(new) + 1) > LARGEST:
        raise NotUnderstood(TOO_LARGE)
    return text.replace(old, new)


#: By name, without ``os.path.``.
_OF_PATHS: Mapping[str, Callable[..., str]] = {
    "join": posixpath.join,
    "dirname": dirname,
    "basename": posixpath.basename,
    "normpath": posixpath.normpath,
    "abspath": posixpath.normpath,
    "realpath": posixpath.normpath,
    "expanduser": str,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "os.getenv": lambda _name, default=None: default,
    "Path": lambda *parts: PurePosixPath(*map(as_text, parts)),
    "pathlib.Path": lambda *parts: PurePosixPath(*map(as_text, parts)),
    "dict": lambda *pairs, **more: {**dict(*pairs), **more},
    "list": lambda *items: list(*items),
    "tuple": lambda *items: tuple(*items),
    "set": lambda *items: list(*items),
    "sorted": lambda items: sorted(items),
    "str": as_text,
    "bool": lambda value=False: bool(value),
    "int": lambda value=0: int(value) if len(as_text(value)) < 20 else 0,
    "len": lambda value: len(value),
}


def function_named(name: str) -> Callable[..., Any] | None:
    """Return a function of ``os.path`` or of Python itself, ``Path`` or ``os.getenv``."""
    short = re.sub(r"^(?:os\.)?path\.", "", name)
    if short not in _OF_PATHS:
        return _FUNCTIONS.get(name)

    def call(*parts: Any) -> str:
        texts = [as_text(part) for part in parts]
        joined("/", texts)
        return _OF_PATHS[short](*texts)

    return call


def method_of(value: Any, name: str) -> Callable[..., Any] | None:
    """Return a method, where it is one of those that are known."""
    found: Callable[..., Any] | None = None
    if isinstance(value, PurePosixPath):
        if name in {"resolve", "absolute", "expanduser"}:
            return lambda *_, **__: value
        found = getattr(value, name) if name in {"joinpath", "as_posix"} else None
    elif isinstance(value, str):
        own: Mapping[str, Callable[..., Any]] = {
            "format": lambda *values, **names: _formatted(value, values, names),
            "join": lambda parts: joined(value, [as_text(part) for part in parts]),
            "replace": lambda old, new: _replaced(value, old, new),
        }
        found = own.get(name) or (getattr(value, name) if name in _OF_TEXTS else None)
    elif isinstance(value, dict) and name in {"items", "keys", "values"}:
        return lambda: list(getattr(value, name)())
    elif isinstance(value, dict) and name == "get":
        found = value.get
    elif isinstance(value, dict | list) and name == "copy":
        found = value.copy
    return found
