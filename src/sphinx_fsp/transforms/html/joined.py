"""Pieces of HTML that have one parent, put together again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes

from sphinx_fsp.transforms.html.dom import Comment, HtmlNode, Tag
from sphinx_fsp.transforms.html.grouping import is_inline

#: Starts the comments that stand for nodes. A page can't hold it: it is taken out of HTML.
_MARK = "\x01"
_COMMENT = re.compile(rf"<!--{_MARK}(\d+)-->")


class Piece(NamedTuple):
    """A child of the parent, and where it starts in the joined text."""

    offset: int
    #: Its lines in the page: the first, and the one after the last.
    start: int
    end: int


class JoinedHtml:
    """The HTML of one parent, with comments in place of the nodes between."""

    def __init__(self, children: Sequence[nodes.Node], lines: tuple[int, int]) -> None:
        """:param lines: lines of the parent, for children that know none"""
        #: The nodes between.
        self.nodes: list[nodes.Node] = []
        #: Those whose text is now part of the tree.
        self.restored: list[nodes.Node] = []
        self._pieces: list[Piece] = []
        parts: list[str] = []
        ends = any("</p" in child.astext() for child in children if is_html(child))
        offset = 0
        for child in children:
            if isinstance(child, nodes.raw) and is_html(child):
                start, end = child["fsp_lines"]
                text = child.astext().replace("\x00", "\ufffd").replace(_MARK, "\ufffd")
            else:
                start, end = lines
                text = f"<!--{_MARK}{len(self.nodes)}-->"
                if not is_inline(child) and not ends and any("<p" in part for part in parts):
                    # As in a browser, a block ends the paragraph that was left open before it.
                    text = f"</p>{text}"
                self.nodes.append(child)
            self._pieces.append(Piece(offset, start, end))
            parts.append(text)
            offset += len(text)
        self.text = "".join(parts)

    def node_of(self, comment: Comment) -> nodes.Node | None:
        """Return the node for which a comment stands; None for a comment of the author's."""
        if comment.text.startswith(_MARK):
            return self.nodes[int(comment.text.removeprefix(_MARK))]
        return None

    def restore(self, tag: Tag) -> Tag:
        """Put the text of Markdown back into a tree: nodes of text, and what code swallowed."""
        children: list[HtmlNode] = []
        for child in tag.children:
            if isinstance(child, Tag):
                children.append(self.restore(child))
            elif isinstance(child, str):
                children.append(_COMMENT.sub(self._text, child))
            elif isinstance(self.node_of(child), nodes.Text):
                children.append(_COMMENT.sub(self._text, f"<!--{child.text}-->"))
            else:
                children.append(child)
        tag.children = children
        return tag

    def _text(self, match: re.Match[str]) -> str:
        node = self.nodes[int(match[1])]
        self.restored.append(node)
        return node.astext()

    def lines_at(self, offset: int) -> tuple[int, int]:
        """Return the line of the page at an offset, and the line after the piece it is in."""
        piece = self._pieces[max(bisect_right(self._pieces, offset, key=_offset) - 1, 0)]
        line = piece.start + self.text.count("\n", piece.offset, offset)
        return min(line, max(piece.end - 1, piece.start)), piece.end


def _offset(piece: Piece) -> int:
    return piece.offset


def is_html(node: nodes.Node) -> bool:
    """Tell whether a node is HTML that an author wrote, and that isn't converted yet."""
    return isinstance(node, nodes.raw) and "fsp_lines" in node


def raw_html(text: str, lines: tuple[int, int]) -> nodes.raw:
    """Return a node for HTML of a page, to be converted when the whole page is read."""
    node = nodes.raw("", text, format="html")
    node["fsp_lines"] = lines
    return node
