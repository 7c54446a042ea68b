"""HTML lists as docutils lists."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_fsp.transforms.html.dom import Tag
from sphinx_fsp.transforms.html.grouping import is_blank

_STYLES = {"a": "loweralpha", "A": "upperalpha", "i": "lowerroman", "I": "upperroman"}


def list_node(tag: Tag, content: Iterable[nodes.Node]) -> nodes.Element | None:
    """Return a list of the blocks that an ``ul`` or ``ol`` holds; None when it holds nothing."""
    items: list[nodes.list_item] = []
    for node in content:
        if isinstance(node, nodes.list_item):
            items.append(node)
        elif not is_blank(node):
            # What stands between items belongs to the one before.
            if not items:
                items.append(nodes.list_item())
            items[-1] += node
    if not items:
        return None
    if tag.name != "ol":
        return nodes.bullet_list("", *items, bullet="*")
    style = _STYLES.get(tag.get("type"), "arabic")
    listing = nodes.enumerated_list("", *items, enumtype=style, prefix="", suffix=".")
    if tag.get("start").isdigit():
        listing["start"] = int(tag.get("start"))
    return listing


def definition_list_node(content: Iterable[nodes.Node]) -> nodes.definition_list | None:
    """Return a list of terms, definitions and other blocks; None when there are none."""
    listing = nodes.definition_list()
    item: nodes.definition_list_item | None = None
    definition: nodes.definition | None = None
    for node in content:
        if is_blank(node):
            continue
        if isinstance(node, nodes.term):
            if item is None or definition is not None:
                item, definition = nodes.definition_list_item(), None
                listing += item
            item += node
            continue
        if item is None:
            item = nodes.definition_list_item("", nodes.term())
            listing += item
        if definition is None:
            definition = nodes.definition()
            item += definition
        definition += node.children if isinstance(node, nodes.definition) else [node]
    return listing if listing.children else None
