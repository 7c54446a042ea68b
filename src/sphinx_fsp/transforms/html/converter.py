"""Walks through HTML and makes docutils nodes of it.

Here are the elements that only group others; those that become a node of their own are in
`sphinx_fsp.transforms.html.elements`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.diagnostics import RAW_HTML, TOO_DEEP
from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.html.columns import grid, is_column
from sphinx_fsp.transforms.html.dom import MAX_DEPTH, Comment, Tag
from sphinx_fsp.transforms.html.grouping import blocks, is_inline
from sphinx_fsp.transforms.html.joined import JoinedHtml

INLINE: dict[str, type[nodes.TextElement]] = {
    **dict.fromkeys("em i cite dfn var".split(), nodes.emphasis),
    **dict.fromkeys(["b", "strong"], nodes.strong),
    **dict.fromkeys("code tt kbd samp".split(), nodes.literal),
    **dict.fromkeys(
        "small u ins mark del s strike big font time bdi bdo data ruby rt rp".split(),
        nodes.inline,
    ),
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}
#: Blocks that only hold others.
PLAIN_BLOCKS = frozenset(
    "div section article main header footer aside nav figure figcaption center details "
    "address hgroup search dialog fieldset legend".split()
)
#: Inline elements that only hold others.
PLAIN_INLINE = frozenset("span wbr nobr label output picture source track noscript".split())

_BLANKS = re.compile(r"[ \t\n\r\f]+")


def _one_blank(match: re.Match[str]) -> str:
    """Return what a run of blanks is to readers of HTML: one, or the end of a line."""
    return "\n" if "\n" in match[0] else " "


#: Makes the nodes of an element.
Handler: TypeAlias = "Callable[[Converter, Tag], list[nodes.Node]]"


class Converter:
    """Converts the tree of one joined piece of HTML."""

    def __init__(
        self,
        document: nodes.document,
        context: PageContext,
        joined: JoinedHtml,
        handler_of: Callable[[Tag], Handler | None],
    ) -> None:
        """:param handler_of: what makes the nodes of an element, if it is one of its own"""
        self.document = document
        self.context = context
        self.safe = context.env.config.fsp_raw_html == "safe"
        #: Nodes between the pieces of HTML that have found their places.
        self.placed: list[nodes.Node] = []
        self._joined = joined
        self._handler_of = handler_of

    def convert(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element's content."""
        if tag.cut:
            self.context.warn(TOO_DEEP, self.line(tag), limit=str(MAX_DEPTH))
        found: list[nodes.Node] = []
        for child in tag.children:
            if isinstance(child, str):
                found.append(nodes.Text(_BLANKS.sub(_one_blank, child)))
            elif isinstance(child, Comment):
                node = self._joined.node_of(child)
                if node is None:
                    node = nodes.comment(child.text, child.text)
                    # The parser doesn't tell where comments stand.
                    offset = max(self._joined.text.find(f"<!--{child.text}"), 0)
                    node.line = self._joined.lines_at(offset)[0]
                else:
                    self.placed.append(node)
                found.append(node)
            else:
                found += self._element(child)
        return found

    def blocks(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element's content, with its text in paragraphs."""
        return self.grouped(self.convert(tag), self.line(tag))

    def grouped(
        self, content: Iterable[nodes.Node], line: int, source: str = ""
    ) -> list[nodes.Node]:
        """Return *content* with its text in paragraphs."""
        return blocks(content, self.document.get("source"), line, source)

    def lines(self, tag: Tag) -> tuple[int, int]:
        """Return the line of an element, and the one after the block it stands in."""
        return self._joined.lines_at(tag.offset)

    def line(self, tag: Tag) -> int:
        """Return the line of an element."""
        return self.lines(tag)[0]

    def exact_line(self, tag: Tag) -> int:
        """Return the line of an element, found in the page's text, for a warning."""
        return self.context.find_line(f"<{tag.name}", *self.lines(tag))

    def _element(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element."""
        name = tag.name
        if handler := self._handler_of(tag):
            return handler(self, tag)
        content = self.convert(tag)
        if name in INLINE:
            return self._inline(INLINE[name], tag, content)
        if name in PLAIN_BLOCKS:
            return self._block(tag, content)
        if name in PLAIN_INLINE:
            return self._inline(nodes.inline, tag, content) if tag.classes else content
        advice = f"write &lt;{name}&gt; if it is text"
        what = "is no HTML element"
        self.context.warn(RAW_HTML, self.exact_line(tag), tag=name, what=what, advice=advice)
        return content

    def described(self, node: nodes.Element, tag: Tag) -> nodes.Element:
        """Give a node what its element has: classes, and an identifier unless it is taken."""
        node["classes"] += [c for c in tag.classes if c not in node["classes"]]
        name = tag.get("id") or (tag.get("name") if tag.name == "a" else "")
        if name and name not in self.document.ids:
            node["ids"].append(name)
            self.document.ids[name] = node
        if not node.line:
            node.source, node.line = self.document.get("source"), self.line(tag)
        return node

    def anchor(self, tag: Tag) -> list[nodes.Node]:
        """Return a place to link to, for an identifier that nothing else has taken."""
        target = self.described(nodes.target(), tag)
        return [target] if target["ids"] else []

    def _inline(
        self, kind: type[nodes.TextElement], tag: Tag, content: list[nodes.Node]
    ) -> list[nodes.Node]:
        if not all(is_inline(node) for node in content):
            return content
        if not content:
            # An icon, or an element that was closed at once: no mark without text.
            kind = nodes.inline
        node = kind("", "", *content)
        if kind is nodes.inline and tag.name != "span" and content:
            node["classes"].append(tag.name)
        return [self.described(node, tag)]

    def _block(self, tag: Tag, content: list[nodes.Node]) -> list[nodes.Node]:
        found = self.grouped(content, self.line(tag))
        if "see-also" in tag.classes and found:
            # The same node as Sphinx's seealso directive, in the well of old pages.
            well = self.described(addnodes.seealso("", *found), tag)
            well["classes"] = ["well", *(c for c in tag.classes if c not in {"well", "see-also"})]
            return [well]
        if "row" in tag.classes and found and all(map(is_column, found)):
            return [self.described(grid(found), tag)]
        if tag.classes and found:
            container = self.described(nodes.container("", *found), tag)
            container["classes"] = tag.classes
            return [container]
        return [*self.anchor(tag), *found]
