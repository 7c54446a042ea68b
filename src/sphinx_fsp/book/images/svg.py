"""SVG files, and what of them goes into a book. Pure functions over bytes.

A drawing is shown as a browser shows one in ``<img>``: scripts don't run, and nothing is fetched
from elsewhere.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser, tostring
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

#: Pixels of CSS per inch.
DPI = 96.0
MAX_BYTES = 20_000_000
MAX_DEPTH = 200
MAX_ELEMENTS = 200_000
MAX_ENTITY = 1000

HOLDS_HTML = (
    "has HTML in it (foreignObject), which is not drawn",
    "write its text as SVG text",
)
_SAVE_IT_AGAIN = "save it again as SVG, or as PNG"
MAKE_IT_SIMPLER = "make it simpler, or save it as PNG"

#: Elements that do something, which a picture in ``<img>`` can't, or that show nothing.
_REMOVED = frozenset(
    "script handler listener animate animateColor animateMotion animateTransform set discard "
    "metadata audio video iframe canvas object embed".split()
)
#: Elements that an EPUB may hold as they are.
_PLAIN = frozenset(
    "svg g defs symbol use title desc switch path rect circle ellipse line polyline polygon text "
    "tspan textPath image a linearGradient radialGradient stop pattern clipPath mask marker filter "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
    "feSpotLight feTile view".split()
)
_UNITS: Mapping[str, float] = {
    "": 1,
    "px": 1,
    "pt": DPI / 72,
    "pc": DPI / 6,
    "in": DPI,
    "cm": DPI / 2.54,
    "mm": DPI / 25.4,
    "em": 16,
    "ex": 8,
}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})([a-z]*)\s*")
_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif);base64,", re.I)
_NAME = re.compile(r"[^\W\d][\w.-]*")
_FOREIGN_URL = re.compile(r"url\(\s*[\"']?\s*[^#\s\"']|\\|@|image-set|expression", re.I)


class BadSvgError(Exception):
    """A drawing that can't be shown."""

    def __init__(self, why: str, advice: str = _SAVE_IT_AGAIN) -> None:
        super().__init__(why)
        self.why = why
        self.advice = advice


class Drawing(NamedTuple):
    """An SVG file without what could run or fetch anything."""

    text: str
    #: In CSS pixels; None where the file doesn't say.
    size: tuple[float, float] | None
    #: True when it needs no change before it goes into an EPUB.
    plain: bool
    #: What it holds that isn't shown, and what to do about it.
    lost: tuple[str, str] | None


def looks_like_svg(data: bytes) -> bool:
    """Tell whether the content of a file means to be SVG."""
    if data.startswith(b"\x1f\x8b"):
        return True
    # UTF-16 has a zero beside each letter.
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and (b"<svg" in start or b":svg" in start or b"<?xml" in start)


def read(data: bytes) -> Drawing:
    """Read the content of an SVG file, compressed or not.

    :raises BadSvgError: when it is broken, or too much
    """
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    if len(data) > MAX_BYTES:
        raise BadSvgError(f"has more than {MAX_BYTES // 1_000_000} MB", MAKE_IT_SIMPLER)
    try:
        _check(data)
        parser = XMLParser()  # noqa: S314 - _check() has refused what it warns of
        parser.feed(data)
        root = parser.close()
    except (expat.ExpatError, ParseError, LookupError, ValueError) as error:
        raise BadSvgError(f"is broken ({error})") from None
    if root.tag not in {f"{{{SVG}}}svg", "svg"}:
        raise BadSvgError("is no SVG")
    cleaner = _Cleaner()
    cleaner.clean(root)
    size = _size(root)
    root.set("xmlns", SVG)
    root.set("xmlns:xlink", XLINK)
    plain = cleaner.is_plain() and len(data) < 1_000_000 and (size is None or max(size) < 10_000)
    return Drawing(tostring(root, encoding="unicode"), size, plain, cleaner.lost)


def _unpacked(data: bytes) -> bytes:
    """Return what a compressed file holds, or the start of it that is too long already."""
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadSvgError(f"is broken ({error})") from None


def _check(data: bytes) -> None:
    """Refuse a file that would take too much time or memory to read.

    :raises BadSvgError: when it would
    :raises ExpatError: when it is no XML
    """
    depth = count = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > MAX_DEPTH:
            raise BadSvgError(f"is nested deeper than {MAX_DEPTH} levels", MAKE_IT_SIMPLER)
        if count > MAX_ELEMENTS:
            raise BadSvgError(f"has more than {MAX_ELEMENTS} elements", MAKE_IT_SIMPLER)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _parameter: bool, value: str | None, *_rest: object) -> None:
        # Editors write namespaces as entities. Those of files, or of others, are attacks.
        if value is None or "&" in value or "%" in value or len(value) > MAX_ENTITY:
            raise BadSvgError(f"declares an entity ({name}) that is not allowed")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.Parse(data, True)


class _Cleaner:
    """Removes what could run or fetch anything, and all that isn't SVG."""

    def __init__(self) -> None:
        self.lost: tuple[str, str] | None = None
        self._plain = True
        self._ids: list[str] = []
        self._targets: set[str] = set()

    def is_plain(self) -> bool:
        """Tell whether an EPUB may hold what is left."""
        return (
            self._plain
            and self.lost is None
            and len(set(self._ids)) == len(self._ids)
            and all(_NAME.fullmatch(name) for name in self._ids)
            and self._targets <= set(self._ids)
        )

    def clean(self, element: Element, in_switch: bool = False) -> None:
        """Clean an element and all below it."""
        element.tag = name = _local(element.tag)
        self._plain &= name in _PLAIN
        if name == "foreignObject" and not in_switch and "".join(element.itertext()).strip():
            self.lost = HOLDS_HTML
        self._clean_attributes(element)
        for child in list(element):
            local = _local(child.tag)
            if not local or local in _REMOVED:
                _remove(element, child)
            elif name != "foreignObject":
                self.clean(child, in_switch=name == "switch")
            else:
                _remove(element, child)

    def _clean_attributes(self, element: Element) -> None:
        """Keep the attributes of SVG, and of references those to the file itself."""
        attributes = dict(element.attrib)
        element.attrib.clear()
        for key, value in attributes.items():
            space, _, name = key.rpartition("}")
            space = space.lstrip("{")
            if name.lower().startswith("on") or space not in {"", XLINK, XML}:
                continue
            if name == "href":
                key = f"xlink:{name}"
                if element.tag == "a" or not self._is_inside(value):
                    continue
            elif space == XLINK or (space == XML and name not in {"space", "lang"}):
                continue
            elif name == "id":
                self._ids.append(value)
            elif name != "d":
                self._plain &= not _FOREIGN_URL.search(value)
                self._targets.update(re.findall(r"url\(\s*[\"']?#([^\"')\s]*)", value))
            element.set(key, value)

    def _is_inside(self, target: str) -> bool:
        """Tell whether a reference leads to the file itself, or holds an image of pixels."""
        if target.startswith("#"):
            self._targets.add(target[1:])
            return True
        return bool(_DATA.match(target))


def _local(tag: object) -> str:
    """Return the name of an element of SVG; nothing for those of other languages."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if space in {"", "{" + SVG} else ""


def _remove(parent: Element, child: Element) -> None:
    """Remove an element, and keep the text after it."""
    if child.tail:
        before = list(parent)[: list(parent).index(child)]
        if before:
            before[-1].tail = (before[-1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _size(root: Element) -> tuple[float, float] | None:
    """Return the size of a drawing in CSS pixels, None when only what it draws has one."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [float(n) for n in re.findall(_NUMBER, root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if width is None and height is None:
            width, height = box[2:]
        elif width is None and height is not None:
            width = height * box[2] / box[3]
        elif height is None and width is not None:
            height = width * box[3] / box[2]
    if width is None or height is None:
        return None
    if not (0 < width < 1e12 and 0 < height < 1e12):
        raise BadSvgError("has no size")
    return width, height


def _length(value: str | None) -> float | None:
    """Return a length in CSS pixels; None for none, or a part of something unknown."""
    match = _LENGTH.fullmatch(value or "")
    if not match or match[2] not in _UNITS:
        return None
    return float(match[1]) * _UNITS[match[2]]
