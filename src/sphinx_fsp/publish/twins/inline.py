"""What stands in a line of a page, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import join
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.publish.twins.raw_html import html_inline
from sphinx_fsp.publish.twins.text import (
    Place,
    code_span,
    escape,
    image,
    link,
    wrapped,
)

#: Nodes that stand in a line. Images may be blocks too, and are a paragraph of their own then.
INLINE = (nodes.Text, nodes.Inline, nodes.image)
_EMPHASIS = (nodes.emphasis, nodes.title_reference, addnodes.literal_emphasis, addnodes.manpage)
_STRONG = (nodes.strong, addnodes.literal_strong)
#: Classes of an image for dark pages, and of what is said of a resource.
_DARK = "only-dark"
_BADGES = "resource-badges"
_SCRIPTS = {nodes.superscript: "sup", nodes.subscript: "sub"}


class Inline:
    """Writes what stands in lines of one page."""

    def __init__(self, place: Place) -> None:
        self._place = place

    code = staticmethod(code_span)

    def text(self, node: nodes.Element) -> str:
        """Return the content of a node."""
        return self.run(node.children)

    def run(self, children: Iterable[nodes.Node]) -> str:
        """Return nodes that follow one another."""
        children = list(children)
        written: list[str] = []
        before = ""
        for n, node in enumerate(children):
            mark = "**" if isinstance(node, _STRONG) else "*" if isinstance(node, _EMPHASIS) else ""
            if mark and isinstance(node, nodes.Element):
                after = children[n + 1].astext()[:1] if n + 1 < len(children) else ""
                part = self._marked(node, mark, before, after)
            else:
                part = self._one(node)
            written.append(part)
            before = part[-1:] or before
        return "".join(written)

    def _marked(self, node: nodes.Element, mark: str, before: str, after: str) -> str:
        r"""Return emphasised text, without marks where they would be read as asterisks.

        Source: CommonMark, "Emphasis": a mark between a letter and a punctuation opens nothing.
        """
        text = self.text(node)
        inner = text.strip()
        undone = (
            not inner
            or isinstance(node.parent, _STRONG if mark == "**" else _EMPHASIS)
            or before == "*"
            or (before.isalnum() and text == text.lstrip() and not inner[0].isalnum())
            or (after.isalnum() and text == text.rstrip() and not inner[-1].isalnum())
        )
        return text if undone else wrapped(mark, text)

    def _one(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return escape(str(node))
        if not isinstance(node, nodes.Element):
            return ""
        if isinstance(node, nodes.target):
            return self.text(node)
        if isinstance(node, nodes.Invisible):
            return ""
        if isinstance(node, nodes.literal):
            return code_span(node.astext())
        if isinstance(node, nodes.math):
            return f"${code_span(node.astext())}$"
        if isinstance(node, nodes.image):
            if _DARK in node["classes"]:
                # The one before it shows the same.
                return ""
            address = str(node.get("uri", ""))
            return image(str(node.get("alt", "")), self._place.resolve(address))
        if isinstance(node, nodes.raw):
            return self._raw(node)
        if isinstance(node, nodes.footnote_reference):
            return f"[^{escape(node.astext())}]"
        if isinstance(node, nodes.reference) and "refuri" in node:
            return link(self.text(node), self._place.resolve(str(node["refuri"])))
        if isinstance(node, nodes.reference) and "refid" in node:
            return link(self.text(node), self._place.resolve(f"#{node['refid']}"))
        if isinstance(node, addnodes.download_reference):
            return link(self.text(node), self._download(node))
        if isinstance(node, nodes.abbreviation) and node.get("explanation"):
            return f"{self.text(node)} ({escape(str(node['explanation']))})"
        if _BADGES in node["classes"]:
            words = (
                escape(badge.astext()) for badge in node.findall(nodes.inline) if badge is not node
            )
            return f" ({', '.join(words)})"
        for kind, tag in _SCRIPTS.items():
            if isinstance(node, kind):
                return f"<{tag}>{self.text(node)}</{tag}>"
        return self.text(node)

    def _download(self, node: addnodes.download_reference) -> str:
        if "refuri" in node:
            return self._place.resolve(str(node["refuri"]))
        if "filename" in node:
            return self._place.resolve(join(self._place.downloads, quote(str(node["filename"]))))
        return ""

    def _raw(self, node: nodes.raw) -> str:
        if "html" not in node.get("format", "").split():
            return ""
        return html_inline(node.astext(), self._place)
