"""A quick reader for the HTML that Sphinx writes. Pure functions.

The parser of `sphinx_fsp.transforms.html.dom` reads whatever a browser reads. That takes it eight
times as long, and nearly all pages are in order.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sphinx_fsp.transforms.html.dom import MAX_DEPTH, RAW_TEXT, VOID, Comment, Tag, parse

#: Elements whose content browsers read in ways of their own.
_SPECIAL = (RAW_TEXT - {"iframe"}) | frozenset(
    "svg math template noscript textarea title select frameset html head body".split()
)
NAME = re.compile(r"[a-z][a-z0-9-]*")
ATTRIBUTE = re.compile(r"[A-Za-z_:][\w:.-]*")


class _Reader(HTMLParser):
    """Reads elements that are all closed, each by its own end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("", {}, 0, "")
        self.open = [self.root]
        #: False for anything that a browser might read otherwise.
        self.in_order = True

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        known = NAME.fullmatch(name) and all(ATTRIBUTE.fullmatch(key) for key, _ in attrs)
        if not known or name in _SPECIAL or len({key for key, _ in attrs}) < len(attrs):
            self.in_order = False
        parent = self.open[-1]
        tag = Tag(name, {key: value or "" for key, value in attrs}, 0, parent.name)
        parent.children.append(tag)
        if name not in VOID:
            self.open.append(tag)
            self.in_order &= len(self.open) <= MAX_DEPTH and parent.name != "iframe"

    def handle_startendtag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_order &= name in VOID
        self.handle_starttag(name, attrs)

    def handle_endtag(self, name: str) -> None:
        if len(self.open) > 1 and self.open[-1].name == name:
            self.open.pop()
        else:
            self.in_order = False

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if parent.name == "iframe":
            self.in_order = False
        if parent.name in {"pre", "listing"} and not parent.children:
            # Browsers leave out a line end there.
            data = data.removeprefix("\n")
        if data:
            parent.children.append(data)

    def handle_comment(self, data: str) -> None:
        self.open[-1].children.append(Comment(data))

    def handle_decl(self, decl: str) -> None:
        self.in_order = False

    def unknown_decl(self, data: str) -> None:
        self.in_order = False

    def handle_pi(self, data: str) -> None:
        self.in_order = False


def read(body: str) -> Tag:
    """Return the root of the tree of an HTML fragment, as `parse` does."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    in_order = reader.in_order and len(reader.open) == 1 and "\0" not in body and "\r" not in body
    return reader.root if in_order else parse(body)
