"""HTML in pages becomes part of the document, so that every output shows it.

CommonMark cuts HTML into pieces: an opening tag, Markdown between, a closing tag. The pieces that
have one parent are put together again (`joined`), with a comment in place of each node between
them, and parsed (`dom`). The tree is converted (`converter`, `elements`), and the nodes take
their places.
"""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.html.converter import Converter
from sphinx_fsp.transforms.html.dom import parse
from sphinx_fsp.transforms.html.elements import LINE_BREAK, handler_of, line_break
from sphinx_fsp.transforms.html.embedded import raw
from sphinx_fsp.transforms.html.grouping import inline_only, is_inline, shows_something
from sphinx_fsp.transforms.html.joined import JoinedHtml, is_html, raw_html

__all__ = ["convert_html", "line_break", "raw_html"]

_CREDIT = re.compile(r"trademark|copyright|©|licen[sc]e", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=\.)\s+|,\s+(?=(?i:copyright|trademark))")


def convert_html(document: nodes.document, context: PageContext) -> None:
    """Convert the HTML of a page, unless ``fsp_raw_html`` is ``keep``."""
    if context.env.config.fsp_raw_html == "safe":
        _distrust_directives(document)
    found = [node for node in document.findall(nodes.raw) if is_html(node)]
    if context.env.config.fsp_raw_html == "keep":
        for node in found:
            del node["fsp_lines"]
        return
    parents: dict[int, nodes.Element] = {id(n.parent): n.parent for n in found if n.parent}
    # Inner parents come later in the document: convert them first.
    for parent in reversed(parents.values()):
        _convert_children(parent, document, context)
    _settle_rules(document)
    _credit_logos(document)


def _distrust_directives(document: nodes.document) -> None:
    """Have the HTML of ``raw`` directives converted too: it could run code as well."""
    for node in document.findall(nodes.raw):
        if "html" in node["format"].split() and node.astext() != LINE_BREAK:
            line = node.line or 1
            node.setdefault("fsp_lines", (line, line + node.astext().count("\n") + 1))


def _convert_children(
    parent: nodes.Element, document: nodes.document, context: PageContext
) -> None:
    """Convert the HTML right below a node."""
    children = parent.children
    first = next(n for n, child in enumerate(children) if is_html(child))
    # What is left open ends with its parent, or where a section starts that it can't hold.
    rest = range(first, len(children))
    last = next((n for n in rest if isinstance(children[n], nodes.section)), len(children))
    lines = children[first]["fsp_lines"]  # type: ignore[index]
    joined = JoinedHtml(children[first:last], lines)
    converter = Converter(document, context, joined, handler_of)
    converted = converter.convert(joined.restore(parse(joined.text)))
    # A text area or the like may have swallowed a comment, and with it a node.
    placed = {id(node) for node in (*converter.placed, *joined.restored)}
    converted += [node for node in joined.nodes if id(node) not in placed]
    if not isinstance(parent, nodes.TextElement):
        parent[first:last] = converter.grouped(converted, lines[0])
        return
    content = [*parent.children[:first], *converted, *parent.children[last:]]
    if all(is_inline(node) for node in content):
        parent[:] = content
        if isinstance(parent, nodes.paragraph) and not any(map(shows_something, content)):
            parent.replace_self(converter.grouped(content, lines[0]))
    elif isinstance(parent, nodes.paragraph) and parent.parent is not None:
        # A block in the text of a paragraph splits it.
        parent.replace_self(converter.grouped(content, lines[0], parent.rawsource))
    else:
        parent[:] = inline_only(content)


def _settle_rules(document: nodes.document) -> None:
    """Keep a rule for HTML alone where docutils can't have one.

    A transition stands between two blocks of a section; anywhere else it would be a warning that
    an author can't act on.
    """
    for rule in list(document.findall(nodes.transition)):
        parent = rule.parent
        at = parent.index(rule)
        beside = (parent.children[max(at - 1, 0)], parent.children[min(at + 1, len(parent) - 1)])
        apart = nodes.Titular | nodes.transition | nodes.section | nodes.meta
        inside = isinstance(parent, nodes.section | nodes.document) and 0 < at < len(parent) - 1
        if not inside or any(isinstance(node, apart) for node in beside):
            parent.replace(rule, raw('<hr class="docutils" />', block=True))


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
        after = block.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.Element) and "credit" in after["classes"]:
            continue
        if credit and isinstance(block, nodes.paragraph) and not _has_text(block):
            text = credit[0].upper() + credit[1:]
            note = nodes.paragraph(text, text, classes=["credit"])
            note.source, note.line = block.source, block.line
            block.parent.insert(block.parent.index(block) + 1, note)


def _has_text(node: nodes.Element) -> bool:
    """Tell whether a node holds text. That of an image is no text beside it."""
    return any(text.strip() for text in node.findall(nodes.Text))
