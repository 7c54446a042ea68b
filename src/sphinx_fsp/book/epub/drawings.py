"""Drawings and formulas that stand in a page: SVG and MathML. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from sphinx_fsp.book.epub import xml
from sphinx_fsp.book.epub.addresses import external, identifier, is_external

DRAWINGS = {
    "svg": "http://www.w3.org/2000/svg",
    "math": "http://www.w3.org/1998/Math/MathML",
}
_XLINK = "http://www.w3.org/1999/xlink"
#: What runs code, or holds HTML again.
_GONE = frozenset(
    "script foreignobject handler listener iframe audio video canvas annotation-xml "
    "animate set animatemotion animatetransform".split()
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
#: Styles that ask for something elsewhere.
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression|javascript", re.IGNORECASE)


def drawing(element: Element, is_free: Callable[[str], bool]) -> Element:
    """Return a drawing or a formula without what runs code, and with its namespace.

    :param is_free: takes an identifier, and tells whether the page didn't have it yet
    """
    name = str(element.tag).lower()
    made = _copied(element, is_free)
    made.tag = name
    made.attrib = {"xmlns": DRAWINGS[name], **made.attrib}
    if any("xlink:href" in inner.attrib for inner in made.iter()):
        made.attrib["xmlns:xlink"] = _XLINK
    return made


def _copied(element: Element, is_free: Callable[[str], bool]) -> Element:
    """Return a copy of an element of a drawing."""
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "id":
            if is_free(identifier(value)):
                attributes["id"] = identifier(value)
        elif key in {"href", "xlink:href"}:
            if address := _address(str(element.tag), value):
                attributes[key] = address
        elif key == "xml:space" or _is_harmless(key, value):
            attributes[key] = value
    made = Element(str(element.tag), attributes)
    for child in xml.children(element):
        if isinstance(child, str):
            xml.append(made, child)
        elif _is_kept(child):
            xml.append(made, _copied(child, is_free))
    return made


def _is_kept(element: Element) -> bool:
    """Tell whether a part of a drawing is kept."""
    name = str(element.tag)
    if name.lower() in _GONE or not _NAME.fullmatch(name):
        return False
    return name != "style" or not _ELSEWHERE.search(xml.text_of(element))


def _address(name: str, value: str) -> str:
    """Return an address as a drawing of a book may hold it, or an empty text."""
    value = value.strip()
    if value.startswith("#"):
        return f"#{identifier(value[1:])}" if len(value) > 1 else ""
    # Nothing is loaded from elsewhere; links may lead there.
    return external(value) if name == "a" and is_external(value) else ""


def _is_harmless(key: str, value: str) -> bool:
    """Tell whether an attribute is kept."""
    if not _ATTRIBUTE.fullmatch(key) or key.lower().startswith(("on", "xmlns", "data-")):
        return False
    return key not in {"src", "action"} and not _ELSEWHERE.search(value)
