"""The tree of a site, from its toctrees.

A guide has them from ``guide-contents``, any other project from its authors. They are read as data,
once per build, and never resolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util.tags import Tags

from sphinx_fsp.markup.contents import UNLISTED
from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.theme.navigation import Entry, Navigation

#: Elements of a title that navigation keeps, by node.
_INLINE: Mapping[type[nodes.Node], str] = {
    nodes.literal: "code",
    nodes.emphasis: "em",
    nodes.strong: "strong",
    nodes.subscript: "sub",
    nodes.superscript: "sup",
}


def build_navigation(env: BuildEnvironment, tags: Tags) -> Navigation:
    """Return the tree below the root document."""
    root_doc = env.config.root_doc
    root = document_entry(env, root_doc, "")
    waiting = [(root, root_doc)]
    expanded: set[str] = set()
    # Depth first: a page that stands in two toctrees has the parent that Sphinx gives it.
    while waiting:
        parent, docname = waiting.pop()
        if docname in expanded:
            continue
        expanded.add(docname)
        for toctree in _toctrees(env, docname, tags):
            for n, entry in enumerate(_entries(env, docname, toctree)):
                entry.parent = parent
                if n == 0:
                    entry.caption = toctree.get("caption") or ""
                parent.children.append(entry)
        waiting += [(e, e.docname) for e in reversed(parent.children) if e.docname]
    return Navigation(root)


def _toctrees(env: BuildEnvironment, docname: str, tags: Tags) -> Iterator[addnodes.toctree]:
    """Yield the toctrees of a document that this output has, in order."""
    toc = env.tocs.get(docname)
    if toc is None:
        return
    for toctree in toc.findall(addnodes.toctree):
        node: nodes.Node | None = toctree
        while node is not None and not (
            isinstance(node, addnodes.only) and not tags.eval_condition(node["expr"])
        ):
            node = node.parent
        if node is None:
            yield toctree


def _entries(env: BuildEnvironment, docname: str, toctree: addnodes.toctree) -> Iterator[Entry]:
    """Yield the entries of a toctree."""
    generated = _generated()
    for title, ref in toctree["entries"]:
        if "://" in ref or ref.startswith("mailto:") or (":" in ref and is_dangerous(ref)):
            if not is_dangerous(ref):
                yield Entry(title or ref, address=ref)
        elif ref == "self":
            yield document_entry(env, docname, title or "")
        elif ref in generated and ref not in env.found_docs:
            yield Entry(title or generated[ref], docname=ref, generated=True)
        elif ref in env.titles:
            entry = document_entry(env, ref, title or "")
            entry.listed = not toctree.get(UNLISTED)
            if toctree.get("numbered"):
                entry.number = _number(env, ref)
            yield entry


def _generated() -> Mapping[str, str]:
    """Return the pages that Sphinx makes and that toctrees may name."""
    return {"genindex": _("Index"), "modindex": _("Module Index"), "search": _("Search Page")}


def document_entry(env: BuildEnvironment, docname: str, title: str = "") -> Entry:
    """Return the entry of a document, under the title that a toctree gives it or under its own."""
    if not title and (page := guide_of(env).page(docname)):
        title = page.nav_title
    if title or docname not in env.titles:
        return Entry(title or docname, docname=docname)
    node = env.titles[docname]
    return Entry(plain(node), markup=inline(node), docname=docname)


def _number(env: BuildEnvironment, docname: str) -> str:
    numbers = env.toc_secnumbers.get(docname, {}).get("", ())
    return ".".join(map(str, numbers)) + "." if numbers else ""


def headings(env: BuildEnvironment, docname: str, tags: Tags, depth: int = 2) -> str:
    """Return the headings of a document below its title as HTML, or an empty text.

    *depth* is the number of levels; ``:tocdepth:`` of the document may ask for fewer or more.
    """
    toc = env.tocs.get(docname)
    if toc is None:
        return ""
    asked = env.metadata.get(docname, {}).get("tocdepth")
    if isinstance(asked, int) and asked > 0:
        depth = asked - 1
    numbers: Mapping[str, Any] = env.toc_secnumbers.get(docname, {})
    items = list(_items(toc, tags))
    # The title of the document is the only item at the top, except where there are several.
    if len(items) == 1:
        items = [item for below in _lists(items[0]) for item in _items(below, tags)]
    html, count = _heading_list(items, depth, numbers, tags)
    return html if count > 1 else ""


def _heading_list(
    items: list[nodes.list_item], depth: int, numbers: Mapping[str, Any], tags: Tags
) -> tuple[str, int]:
    if depth < 1:
        return "", 0
    parts = []
    total = 0
    for item in items:
        reference = item.next_node(nodes.reference)
        if reference is None or not isinstance(item[0], addnodes.compact_paragraph):
            continue
        anchor = reference.get("anchorname", "")
        number = numbers.get(anchor)
        prefix = f'<span class="number">{".".join(map(str, number))}.</span> ' if number else ""
        children = [below for part in _lists(item) for below in _items(part, tags)]
        inner, count = _heading_list(children, depth - 1, numbers, tags)
        total += count + 1
        link = f'<a href="{escape(anchor) or "#"}">{prefix}{inline(reference)}</a>'
        parts.append(f"<li>{link}{inner}</li>")
    return ("<ul>" + "\n".join(parts) + "</ul>" if parts else ""), total


def _lists(item: nodes.Element) -> Iterator[nodes.Element]:
    yield from (child for child in item.children if isinstance(child, nodes.bullet_list))


def _items(listing: nodes.Element, tags: Tags) -> Iterator[nodes.list_item]:
    """Yield the items of a list, those among them that this output has."""
    for child in listing.children:
        if isinstance(child, nodes.list_item):
            yield child
        elif isinstance(child, addnodes.only):
            if tags.eval_condition(child["expr"]):
                yield from _items(child, tags)
        elif isinstance(child, nodes.bullet_list):
            yield from _items(child, tags)


def inline(node: nodes.Node) -> str:
    """Return the text of a title as HTML, with code and emphasis; nothing else is kept.

    >>> inline(nodes.title("", "", nodes.Text("a < "), nodes.literal("", "b")))
    'a &lt; <code>b</code>'
    """
    if isinstance(node, nodes.Text):
        return escape(str(node))
    if isinstance(node, nodes.image):
        return escape(node.get("alt", ""))
    if not isinstance(node, nodes.Element) or isinstance(
        node, nodes.footnote_reference | nodes.raw
    ):
        return ""
    inner = "".join(inline(child) for child in node.children)
    tag = _INLINE.get(type(node))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def plain(node: nodes.Node) -> str:
    """Return a title as text."""
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    if isinstance(node, nodes.footnote_reference | nodes.raw):
        return ""
    if not isinstance(node, nodes.Element):
        return str(node)
    return "".join(plain(child) for child in node.children)
