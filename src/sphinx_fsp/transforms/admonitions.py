"""Admonitions of Python-Markdown (``!!! note "Title"``), as docutils has them."""

from __future__ import annotations

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

#: Those that every writer knows, by their names in the language of the site.
_KNOWN: dict[str, type[nodes.Element]] = {
    "attention": nodes.attention,
    "caution": nodes.caution,
    "danger": nodes.danger,
    "error": nodes.error,
    "hint": nodes.hint,
    "important": nodes.important,
    "note": nodes.note,
    "tip": nodes.tip,
    "warning": nodes.warning,
}


class AdmonitionRenderer(SphinxRenderer):
    """Renders what the plugin ``admon`` of mdit-py-plugins reads."""

    def render_admonition(self, token: SyntaxTreeNode) -> None:
        """Render an admonition: one that docutils knows, or one with a title of its own."""
        kind = str(token.attrGet("class")).split()[1].lower()
        title = next((c for c in token.children if c.type == "admonition_title"), None)
        text = title.children[0].content if title is not None and title.children else ""
        if kind in _KNOWN and text.lower() in {"", kind}:
            node = _KNOWN[kind]()
        else:
            node = nodes.admonition(classes=[nodes.make_id(kind) or "note"])
            if title is None:
                node += nodes.title(kind, kind.capitalize())
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_admonition_title(self, token: SyntaxTreeNode) -> None:
        """Render a title; those that docutils knows have theirs."""
        if isinstance(self.current_node, nodes.admonition):
            title = nodes.title()
            self.add_line_and_source_path(title, token)
            with self.current_node_context(title, append=True):
                self.render_children(token)
