"""Attributes of elements as an EPUB takes them. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_fsp.book.epub.addresses import identifier
from sphinx_fsp.book.epub.xml import clean

_GLOBAL = frozenset(
    "id class lang xml:lang dir title role hidden style epub:type translate".split()
)
_OWN = {
    "a": frozenset({"rel", "hreflang"}),
    "img": frozenset({"width", "height"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "meter": frozenset({"value", "min", "max", "low", "high", "optimum"}),
    "progress": frozenset({"value", "max"}),
    "data": frozenset({"value"}),
}
#: Attributes that are numbers, and the least they may be.
_LEAST = {"colspan": 1, "rowspan": 1, "span": 1, "width": 0, "height": 0}
_WHOLE = frozenset({"start", "value"})
_DECIMAL = frozenset("min max low high optimum".split())
#: More rows or columns than that no table of a book has, and a reader may run out of memory.
_MOST = 1000
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_OTHERS = re.compile(r"(?:aria|data)-[a-z][a-z0-9-]*")
_ROLES = frozenset(
    "alert article complementary definition doc-backlink doc-endnotes doc-footnote doc-noteref "
    "doc-toc doc-tip doc-notice figure group heading img list listitem math navigation none note "
    "presentation region separator status table term tooltip".split()
)
#: What readers of books go by where browsers go by the role.
_TYPES = {
    "doc-noteref": "noteref",
    "doc-footnote": "footnote",
    "doc-endnotes": "endnotes",
    "doc-backlink": "backlink",
}
#: Properties of a style that say more than colours: those are the reader's.
_STYLES = frozenset(
    "width height max-width text-align vertical-align font-style font-weight list-style-type "
    "white-space text-decoration".split()
)
_STYLE_VALUE = re.compile(r"[\w.%+ -]+")
_PERCENT = re.compile(r"\d+(?:\.\d+)?%")


def kept_attributes(name: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that an element of a book keeps.

    >>> kept_attributes("td", {"colspan": "x", "bgcolor": "white", "id": "1"})
    {'id': 'id-1'}
    """
    kept: dict[str, str] = {}
    styles = ""
    for key, value in attributes.items():
        key, value = key.lower(), clean(value)
        if key in {"width", "height"} and key in _OWN.get(name, ()) and _PERCENT.fullmatch(value):
            styles += f"{key}: {value}; "
        elif _is_known(name, key) and (held := _held(name, key, value)) is not None:
            kept[key] = held
    if styles:
        kept["style"] = (styles + kept.get("style", "")).strip("; ")
    language = kept.get("lang") or kept.get("xml:lang")
    if language:
        kept["lang"] = kept["xml:lang"] = language
    if kept.get("role") in _TYPES:
        kept["epub:type"] = _TYPES[kept["role"]]
    if kept.get("role") == "heading":
        kept.setdefault("aria-level", "2")
    return kept


def _is_known(name: str, key: str) -> bool:
    return key in _GLOBAL or key in _OWN.get(name, ()) or bool(_OTHERS.fullmatch(key))


def _held(name: str, key: str, value: str) -> str | None:
    """Return the value of an attribute as an EPUB takes it, or None when it can't."""
    if key == "id":
        return identifier(value.strip()) if value.strip() else None
    if key in {"lang", "xml:lang"}:
        return value if _LANGUAGE.fullmatch(value) else None
    if key == "role":
        return value if value in _ROLES and not _is_said(name, value) else None
    if key == "dir":
        return value if value in {"ltr", "rtl", "auto"} else None
    if key == "style":
        return _style(value) or None
    if key in {"hidden", "open", "reversed"}:
        return key
    if key in _LEAST:
        return value if value.isdecimal() and _LEAST[key] <= int(value) <= _MOST * 100 else None
    if key in _WHOLE and name in {"ol", "li"}:
        return value if re.fullmatch(r"-?\d{1,9}", value) else None
    if key in _DECIMAL or key == "value":
        return value if name == "data" or re.fullmatch(r"-?\d+(?:\.\d+)?", value) else None
    if key == "type":
        return value if value in {"1", "a", "A", "i", "I"} else None
    if key == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    if key == "class":
        return " ".join(value.split())
    if key.startswith("aria-") or key == "title":
        return value if value.strip() else None
    return value


def _is_said(name: str, role: str) -> bool:
    """Tell whether an element has a role by itself, or one that its content doesn't fit."""
    return (name, role) in {("ul", "list"), ("div", "list"), ("nav", "navigation")}


def _style(value: str) -> str:
    """Return the properties of a style that a book keeps."""
    said = []
    for declaration in value.split(";"):
        name, _, text = declaration.partition(":")
        name, text = name.strip().lower(), text.strip()
        if name in _STYLES and _STYLE_VALUE.fullmatch(text):
            said.append(f"{name}: {text}")
    return "; ".join(said)
