"""Text of an XHTML page to a tree and back. Pure functions.

What Sphinx writes is XML already, unless a page holds HTML of its own that isn't: that is read as
browsers read it. Prefixes stay parts of names, as in ``epub:type``.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sphinx_fsp.transforms.html.dom import VOID, Comment, Tag, parse

#: Elements inside one another; deeper ones are read as HTML, where text alone is kept of them.
_DEEPEST = 150
#: What XML has no way to write. Source: Extensible Markup Language 1.0, production Char.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][\w.:-]*", re.ASCII)


def clean(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return _NOT_XML.sub("", text)


def escape(text: str) -> str:
    """Return a text as it stands in XML, between tags or in an attribute."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def read(text: str) -> Element:
    """Return the tree of what stands in the body of a page."""
    text = clean(text)
    tree = _read_xml(text)
    return _element(parse(text)) if tree is None else tree


def _read_xml(text: str) -> Element | None:
    """Return the tree of a text that is XML, and None for any other."""
    builder = TreeBuilder()
    depth = deepest = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(depth, deepest)
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(f"<div>{text}</div>", True)
    except expat.ExpatError:
        return None
    return builder.close() if deepest <= _DEEPEST else None


def _element(tag: Tag) -> Element:
    """Return the element of one that was read as HTML."""
    attributes = {name: value for name, value in tag.attrs.items() if _NAME.fullmatch(name)}
    element = Element(tag.name or "div", attributes)
    for child in tag.children:
        if isinstance(child, str):
            append(element, child)
        elif not isinstance(child, Comment):
            append(element, _element(child))
    return element


def append(parent: Element, child: Element | str) -> None:
    """Add an element or a text at the end of an element."""
    if not isinstance(child, str):
        child.tail = None
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child
    else:
        parent.text = (parent.text or "") + child


def children(element: Element) -> list[Element | str]:
    """Return what stands in an element: elements, and the texts between them."""
    found: list[Element | str] = [element.text] if element.text else []
    for child in element:
        found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def text_of(element: Element) -> str:
    """Return all text of an element."""
    return "".join(element.itertext())


def write(element: Element) -> str:
    """Return an element as XHTML that browsers read as HTML too."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    inner = write_inner(element)
    if not inner and element.tag in VOID:
        return f"<{element.tag}{attributes} />"
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def write_inner(element: Element) -> str:
    """Return what stands in an element as XHTML."""
    return "".join(
        escape(child) if isinstance(child, str) else write(child) for child in children(element)
    )
