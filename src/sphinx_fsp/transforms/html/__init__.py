"""HTML in pages becomes part of the document, so that every output shows it.

CommonMark cuts HTML into pieces: an opening tag, Markdown between, a closing tag. The pieces that
have one parent are put together again (`joined`), with a comment in place of each node between
them, and parsed (`dom`). The tree is converted (`converter`), and the nodes take their places.
"""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.html.converter import Converter, line_break
from sphinx_fsp.transforms.html.dom import parse
from sphinx_fsp.transforms.html.grouping import inline_only, is_inline, shows_something
from sphinx_fsp.transforms.html.joined import JoinedHtml, is_html, raw_html

__all__ = ["convert_html", "line_break", "raw_html"]

_CREDIT = re.compile(r"trademark|copyright|©|licen[sc]e", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=\.)\s+|,\s+(?=(?i:copyright|trademark))")


def convert_html(document: nodes.document, context: PageContext) -> None:
    """Convert the HTML of a page, unless ``fsp_raw_html`` is ``keep``."""
    found = [node for node in document.findall(nodes.raw) if is_html(node)]
    if context.env.config.fsp_raw_html == "keep":
        for node in found:
            del node["fsp_lines"]
        return
    parents: dict[int, nodes.Element] = {id(n.parent): n.parent for n in found if n.parent}
    # Inner parents come later in the document: convert them first.
    for parent in reversed(parents.values()):
        _convert_children(parent, document, context)
    _credit_logos(document)


def _convert_children(
    parent: nodes.Element, document: nodes.document, context: PageContext
) -> None:
    """Convert the HTML right below a node."""
    marks = [n for n, child in enumerate(parent.children) if is_html(child)]
    first, last = marks[0], marks[-1] + 1
    lines = parent.children[first]["fsp_lines"]  # type: ignore[index]
    joined = JoinedHtml(parent.children[first:last], lines)
    converter = Converter(document, context, joined)
    converted = converter.convert(parse(joined.text))
    # A text area or the like may have swallowed a comment, and with it a node.
    placed = {id(node) for node in converter.placed}
    converted += [node for node in joined.nodes if id(node) not in placed]
    if not isinstance(parent, nodes.TextElement):
        parent[first:last] = converter.grouped(converted, lines[0])
        return
    content = [*parent.children[:first], *converted, *parent.children[last:]]
    if all(is_inline(node) for node in content):
        parent[:] = content
        if isinstance(parent, nodes.paragraph) and not any(map(shows_something, content)):
            parent.replace_self(content)
    elif isinstance(parent, nodes.paragraph) and parent.parent is not None:
        # A block in the text of a paragraph splits it.
        parent.replace_self(converter.grouped(content, lines[0], parent.rawsource))
    else:
        parent[:] = inline_only(content)


def _credit_logos(document: nodes.document) -> None:
    """Set the credit of a logo, which pages have in its alternative text, below it."""
    for image in list(document.findall(nodes.image)):
        if "logo" not in image["classes"]:
            continue
        sentences = _SENTENCE.split(image.get("alt", ""))[1:]
        credit = " ".join(sentence for sentence in sentences if _CREDIT.search(sentence))
        block = image.parent
        while isinstance(block, nodes.Inline) and not isinstance(block, nodes.document):
            block = block.parent  # type: ignore[attr-defined]
        if credit and isinstance(block, nodes.paragraph) and not _has_text(block):
            text = credit[0].upper() + credit[1:]
            note = nodes.paragraph(text, text, classes=["credit"])
            note.source, note.line = block.source, block.line
            block.parent.insert(block.parent.index(block) + 1, note)


def _has_text(node: nodes.Element) -> bool:
    """Tell whether a node holds text. That of an image is no text beside it."""
    return any(text.strip() for text in node.findall(nodes.Text))
