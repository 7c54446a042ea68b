"""Inline nodes and blocks: which may stand where, and paragraphs around text that has none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes


def is_inline(node: nodes.Node) -> bool:
    """Tell whether a node may stand in a paragraph."""
    if isinstance(node, addnodes.only):
        return all(is_inline(child) for child in node.children)
    if isinstance(node, nodes.raw):
        return not node.get("block")
    return isinstance(node, nodes.Text | nodes.Inline | nodes.image)


def is_blank(node: nodes.Node) -> bool:
    """Tell whether readers see nothing of a node."""
    return isinstance(node, nodes.comment) or (isinstance(node, nodes.Text) and not node.strip())


def shows_something(node: nodes.Node) -> bool:
    """Tell whether a paragraph of this node alone would show something."""
    if isinstance(node, nodes.image | nodes.reference | addnodes.pending_xref | addnodes.only):
        return True
    if isinstance(node, nodes.raw | nodes.comment | nodes.target):
        return False
    if node.astext().strip():
        return True
    return isinstance(node, nodes.Element) and any(True for _ in node.findall(nodes.image))


def blocks(
    content: Iterable[nodes.Node], file: str | None, line: int, source: str = ""
) -> list[nodes.Node]:
    """Return *content* with every run of inline nodes made a paragraph.

    :param file: the page's file, for warnings and translators
    :param line: the line of the first paragraph
    :param source: what translators see of the first paragraph; made from the nodes if empty
    """
    grouped: list[nodes.Node] = []
    run: list[nodes.Node] = []

    def close() -> None:
        nonlocal source
        if any(map(shows_something, run)):
            grouped.append(_paragraph(run, file, line, source))
            source = ""
        else:
            # A line break or a place to link to stands well without a paragraph.
            grouped.extend(n for n in run if isinstance(n, nodes.target) or _is_html(n))
        run.clear()

    for node in content:
        if is_inline(node):
            run.append(node)
        elif not (run and isinstance(node, nodes.comment)):
            # A comment inside of a sentence says nothing to readers.
            close()
            grouped.append(node)
    close()
    return grouped


def _is_html(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and node["format"] == "html"


def inline_only(content: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return the inline nodes of *content*; blocks give what is in them."""
    found: list[nodes.Node] = []
    for node in content:
        if is_inline(node):
            found.append(node)
        elif isinstance(node, nodes.Element) and node.children:
            found += [*inline_only(node.children), nodes.Text(" ")]
    return found


def _paragraph(
    content: Iterable[nodes.Node], file: str | None, line: int, source: str
) -> nodes.Node:
    """Return a paragraph without blanks at its ends; what shows nothing needs none around it."""
    content = list(content)
    while isinstance(content[0], nodes.Text) and is_blank(content[0]):
        del content[0]
    while isinstance(content[-1], nodes.Text) and is_blank(content[-1]):
        del content[-1]
    if isinstance(content[0], nodes.Text):
        content[0] = nodes.Text(content[0].lstrip())
    if isinstance(content[-1], nodes.Text):
        content[-1] = nodes.Text(content[-1].rstrip())
    paragraph = nodes.paragraph(source or "".join(map(markdown_of, content)), "", *content)
    paragraph.source, paragraph.line = file, line
    return paragraph


def markdown_of(node: nodes.Node) -> str:
    """Return what translators see of a node, and write again in their language: Markdown."""
    if isinstance(node, nodes.Text):
        return re.sub(r"\s+", " ", str(node))
    if isinstance(node, nodes.raw | nodes.comment) or not isinstance(node, nodes.Element):
        return "<br>" if "<br" in node.astext() else ""
    inner = "".join(map(markdown_of, node.children))
    if isinstance(node, nodes.image):
        return f"![{node.get('alt', '')}]({node.get('fsp_address') or node.get('uri', '')})"
    if isinstance(node, nodes.reference):
        return f"[{inner}]({node.get('refuri') or '#' + node.get('refid', '')})"
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "fsp":
        page = node["reftype"] == "page"
        path = f"/{node['reftarget']}.html" if page else node["reftarget"]
        fragment = f"#{node['reffragment']}" if page and node["reffragment"] else ""
        return f"[{inner}]({path}{fragment})"
    for kind, mark in ((nodes.emphasis, "*"), (nodes.strong, "**"), (nodes.literal, "`")):
        if isinstance(node, kind):
            return f"{mark}{inner}{mark}"
    return inner
