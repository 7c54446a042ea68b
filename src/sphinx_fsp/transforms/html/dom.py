"""A tree of HTML, as a well-kept HTML parser reads it: what is left open is closed as in a browser.

Pure functions. The rest of the package knows `Tag`, `Comment` and text, not the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple, TypeAlias

from justhtml import JustHTML
from justhtml import Node as ParserNode

from sphinx_fsp.source.addresses import is_dangerous

#: Levels of elements inside one another that are kept. Text alone is taken from below, so that
#: no later walk through the tree meets the end of Python's stack.
MAX_DEPTH = 60

#: Elements whose text is no text for readers.
CODE = frozenset("script style template".split())
#: Elements whose text is written as it is, without entities.
RAW_TEXT = frozenset("script style xmp iframe noembed noframes plaintext".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
URL_ATTRIBUTES = frozenset("href src action formaction poster data xlink:href srcset".split())


class Comment(NamedTuple):
    """A comment."""

    text: str


@dataclass
class Tag:
    """An element."""

    name: str
    attrs: dict[str, str]
    #: Where it starts in the text that was parsed.
    offset: int
    parent: str
    children: list[HtmlNode] = field(default_factory=list)
    #: True when elements below were left out, and only their text is here.
    cut: bool = False
    #: True for elements of SVG and MathML.
    foreign: bool = False

    def get(self, name: str) -> str:
        """Return an attribute, or an empty string."""
        return self.attrs.get(name, "")

    @property
    def classes(self) -> list[str]:
        """The element's classes."""
        return self.get("class").split()

    @property
    def tags(self) -> Iterator[Tag]:
        """The elements right below this one."""
        return (child for child in self.children if isinstance(child, Tag))


HtmlNode: TypeAlias = "Tag | Comment | str"


def parse(text: str) -> Tag:
    """Return the root of the tree of an HTML fragment."""
    document = JustHTML(
        text, fragment=True, sanitize=False, track_node_locations=True, scripting_enabled=False
    )
    root = Tag("", {}, 0, "")
    # No recursion: a page may hold a thousand elements inside one another.
    stack: list[tuple[ParserNode, Tag, int]] = [
        (child, root, 0) for child in reversed(document.root.children or ())
    ]
    while stack:
        node, parent, depth = stack.pop()
        if node.name == "#text":
            parent.children.append(str(node.data))
            continue
        if node.name == "#comment":
            parent.children.append(Comment(str(node.data)))
            continue
        if node.name.startswith(("#", "!")):
            continue
        into = parent
        if depth <= MAX_DEPTH:
            attrs = {name: value or "" for name, value in (node.attrs or {}).items()}
            into = Tag(node.name, attrs, node.origin_offset or parent.offset, parent.name)
            into.foreign = (node.namespace or "html") != "html"
            parent.children.append(into)
        else:
            parent.cut = True
        content = getattr(node, "template_content", None) or node
        stack += [(child, into, depth + 1) for child in reversed(content.children or ())]
    return root


def text_of(tag: Tag) -> str:
    """Return all text of an element that is text for readers."""
    return "".join(
        child if isinstance(child, str) else text_of(child)
        for child in tag.children
        if isinstance(child, str) or (isinstance(child, Tag) and child.name not in CODE)
    )


def start_tag(tag: Tag, without: frozenset[str] = frozenset()) -> str:
    """Return the opening tag of an element, without addresses that run code."""
    attributes = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}"
        for name, value in tag.attrs.items()
        if name not in without and not (name in URL_ATTRIBUTES and is_dangerous(value))
    )
    return f"<{tag.name}{attributes}>"


def serialise(tag: Tag, without: frozenset[str] = frozenset()) -> str:
    """Return an element as HTML, without some attributes and without comments."""
    if tag.name in VOID:
        return start_tag(tag, without)
    inner = "".join(
        (child if tag.name in RAW_TEXT and not tag.foreign else escape(child, quote=False))
        if isinstance(child, str)
        else serialise(child, without)
        for child in tag.children
        if not isinstance(child, Comment)
    )
    if tag.name in {"pre", "textarea", "listing"} and inner.startswith("\n"):
        inner = "\n" + inner
    return f"{start_tag(tag, without)}{inner}</{tag.name}>"
