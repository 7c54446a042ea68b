"""Which element of a page may stand in which, and what becomes of others. Pure functions.

Source: the content models of the HTML standard, as far as pages meet them.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from sphinx_fsp.book.epub import xml
from sphinx_fsp.book.epub.attributes import kept_attributes
from sphinx_fsp.book.epub.drawings import DRAWINGS

Content = Element | str

#: Elements that stand in a line of text.
PHRASES = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img input ins kbd label mark math meter "
    "progress q ruby s samp small span strong sub sup svg time u var wbr".split()
)
#: Elements that no paragraph holds.
BLOCKS = frozenset(
    "address article aside blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr nav ol p pre "
    "section table ul".split()
)
#: Elements that stand in certain others alone.
PARTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "rt": {"ruby"},
    "rp": {"ruby"},
}
#: What stands right inside of an element with parts, and what other content is put into.
_STRUCTURE = {
    "ul": ({"li"}, "li"),
    "ol": ({"li"}, "li"),
    "dl": ({"dt", "dd"}, "dd"),
    "table": ({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}, "tr"),
    "thead": ({"tr"}, "tr"),
    "tbody": ({"tr"}, "tr"),
    "tfoot": ({"tr"}, "tr"),
    "tr": ({"td", "th"}, "td"),
}
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
#: Elements that may hold whatever the one around them may.
_TRANSPARENT = frozenset({"a", "ins", "del"})


def settled(name: str, content: list[Content]) -> list[Content]:
    """Return what stands in an element, each part where it belongs."""
    content = [_placed(child, name) for child in content]
    if name in _STRUCTURE:
        content = list(_structured(name, content))
    if name == "dl":
        content = _paired(content)
    if name in {"table"} and not any(
        isinstance(c, Element) and c.tag != "caption" for c in content
    ):
        content += _wrapped("tr", [""])
    if name in {"ul", "ol"} and not content:
        content = [Element("li")]
    if name in {"summary", "dt", "th", "caption"} | _HEADINGS:
        content = [_in_phrase(child) for child in content]
    if name == "details" and not any(
        isinstance(c, Element) and c.tag == "summary" for c in content
    ):
        summary = Element("summary")
        summary.text = "\N{HORIZONTAL ELLIPSIS}"
        content.insert(0, summary)
    return content


def _placed(child: Content, parent: str) -> Content:
    """Return an element under a name that it may have there."""
    if isinstance(child, Element) and parent not in PARTS.get(str(child.tag), {parent}):
        child.tag = "div" if child.tag not in {"rt", "rp"} else "span"
        return retagged(child)
    return child


def _is_named(child: Content, *names: str) -> bool:
    return isinstance(child, Element) and child.tag in names


def _structured(name: str, content: Iterable[Content]) -> Iterable[Content]:
    """Yield the parts of a list or a table; what is none of them is put into one."""
    parts, wrapper = _STRUCTURE[name]
    loose: list[Content] = []
    for child in content:
        if isinstance(child, Element) and child.tag in parts:
            if loose:
                yield from _wrapped(wrapper, loose)
                loose = []
            yield child
        elif not isinstance(child, str) or child.strip() or loose:
            loose.append(child)
        else:
            yield child
    if loose:
        yield from _wrapped(wrapper, loose)


def _wrapped(name: str, content: list[Content]) -> list[Content]:
    """Return content in an element, and in all that must stand between them."""
    made = Element(name)
    for child in settled(name, content) if name != "tr" else _wrapped("td", content):
        xml.append(made, child)
    return [retagged(made)]


def _paired(content: list[Content]) -> list[Content]:
    """Return the terms of a list with what is said of them; terms alone and texts alone stay."""
    names = [str(child.tag) for child in content if isinstance(child, Element)]
    if not names:
        return [*content, Element("dt"), Element("dd")]
    if names[0] != "dt":
        content = [Element("dt"), *content]
    if names[-1] != "dd":
        content = [*content, Element("dd")]
    return content


def _is_block(child: Content) -> bool:
    """Tell whether a paragraph can't hold this."""
    if isinstance(child, str):
        return False
    if child.tag in _TRANSPARENT:
        return any(map(_is_block, child))
    return child.tag in BLOCKS


def retagged(element: Element) -> Element:
    """Return an element under a name that allows for what is in it."""
    name = str(element.tag)
    may_hold_blocks = name in PARTS or name in _TRANSPARENT or name in DRAWINGS
    is_phrase = name in PHRASES or name in {"p", "pre"}
    if is_phrase and not may_hold_blocks and any(map(_is_block, element)):
        element.tag = "div"
        element.attrib = kept_attributes("div", element.attrib)
    return element


def _in_phrase(child: Content) -> Content:
    """Return what stands in a heading or a term, where no block may be."""
    if isinstance(child, Element):
        if child.tag in BLOCKS or child.tag in PARTS:
            child.tag = "span"
            child.attrib = kept_attributes("span", child.attrib)
        if child.tag not in DRAWINGS:
            for inner in child:
                _in_phrase(inner)
    return child
