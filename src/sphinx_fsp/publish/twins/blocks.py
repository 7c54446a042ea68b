"""A page's doctree as Markdown: CommonMark, with the tables and footnotes of GitHub's.

It is what the HTML of the page was made of, so it holds what readers of that see: links that lead
somewhere, directives as the lists and texts that they gave. Nodes that aren't known here are
written as the text and blocks that they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from sphinx_fsp.publish.twins.inline import INLINE, Inline
from sphinx_fsp.publish.twins.raw_html import html_blocks
from sphinx_fsp.publish.twins.tables import table
from sphinx_fsp.publish.twins.text import (
    Block,
    Place,
    escape,
    fence,
    heading,
    hung,
    paragraph,
    quoted,
    stacked,
    wrapped,
)
from sphinx_fsp.resources.index import GROUPS, as_nodes

#: What readers don't see.
_UNSEEN = (
    nodes.Invisible,
    nodes.colspec,
    nodes.label,
    nodes.meta,
    nodes.substitution_definition,
    nodes.system_message,
    addnodes.index,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
)
#: Titles of cards and tabs (sphinx-design).
_LABELS = frozenset({"sd-card-title", "sd-tab-label"})


def page_as_markdown(
    document: nodes.document, title: str, about: Iterable[Block], place: Place
) -> str:
    """Return a page as Markdown.

    :param title: of the page, as text, where the document has none
    :param about: blocks that follow the title
    """
    writer = _Writer(place)
    try:
        section = next((n for n in document.children if isinstance(n, nodes.section)), None)
        first = section.children[0] if section is not None and section.children else None
        writer.title = first if isinstance(first, nodes.title) else None
        shown = writer.inline.text(writer.title) if writer.title is not None else escape(title)
        body = list(writer.blocks(document, 1))
    except RecursionError:
        # Nested deeper than Python's stack: the text, at least.
        shown = escape(title)
        body = [paragraph(escape(text)) for text in _texts(document)]
    blocks = [[heading(1, shown)], *about, *body]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _texts(document: nodes.document) -> Iterator[str]:
    """Yield every text of a document, without recursion."""
    stack: list[nodes.Node] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.raw):
            yield str(node)
        elif not isinstance(node, _UNSEEN):
            stack += reversed(node.children)


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, place: Place) -> None:
        self.inline = Inline(place)
        self._place = place
        #: Written already: the title of the page.
        self.title: nodes.Node | None = None

    def blocks(self, parent: nodes.Element, level: int) -> Iterator[Block]:
        """Yield the blocks of a node's content.

        :param level: of the headings right below it
        """
        loose: list[nodes.Node] = []
        before: nodes.Node | None = None
        other = False
        for child in parent.children:
            is_block = isinstance(child, nodes.raw) and not isinstance(parent, nodes.TextElement)
            if isinstance(child, INLINE) and not is_block:
                loose.append(child)
                continue
            if loose:
                yield paragraph(self.inline.run(loose))
                loose = []
            if isinstance(child, (nodes.bullet_list, nodes.enumerated_list)):
                # Two lists one after the other have other marks, or they would be one.
                other = type(before) is type(child) and not other
                found = [self._list(child, level, other)]
            elif isinstance(child, nodes.raw):
                found = list(self._raw(child, level))
            elif isinstance(child, nodes.Element) and not isinstance(child, _UNSEEN):
                found = list(self._block(child, level))
            else:
                continue
            yield from found
            before = child if any(found) else before
        if loose:
            yield paragraph(self.inline.run(loose))

    def _block(self, node: nodes.Element, level: int) -> Iterator[Block]:
        if isinstance(node, nodes.section):
            yield from self.blocks(node, level + 1)
        elif isinstance(node, nodes.title):
            yield from self._title(node, level)
        elif isinstance(node, nodes.rubric):
            text = self.inline.text(node)
            depth = node.get("heading-level")
            yield [heading(int(depth), text)] if depth else paragraph(wrapped("**", text))
        elif isinstance(node, (nodes.literal_block, nodes.doctest_block)):
            language = (
                "pycon" if isinstance(node, nodes.doctest_block) else node.get("language", "")
            )
            yield fence(node.astext(), str(language))
        elif isinstance(node, nodes.math_block):
            # Code for readers who know no formulas; HTML in one stays text.
            yield fence(node.astext().strip("\n"), "math")
        elif isinstance(node, nodes.transition):
            yield ["---"]
        elif isinstance(node, (nodes.Admonition, nodes.topic, nodes.sidebar, nodes.block_quote)):
            yield self._quote(node, level)
        elif isinstance(node, nodes.table):
            yield from table(node, self.inline, lambda cell: list(self.blocks(cell, level)))
        elif isinstance(node, nodes.line_block):
            yield self._lines(node)
        elif isinstance(node, (nodes.footnote, nodes.citation)):
            yield self._note(node, level)
        elif isinstance(node, (nodes.definition_list, nodes.field_list, nodes.option_list)):
            yield stacked(self._defined(item, level) for item in node.children)
        elif isinstance(node, addnodes.desc):
            yield self._defined(node, level)
        elif isinstance(node, nodes.attribution):
            yield paragraph("— " + self.inline.text(node))
        elif "sd-card" in node["classes"]:
            yield hung("- ", list(self._inside(node, level)))
        elif isinstance(node, nodes.caption):
            yield paragraph(wrapped("*", self.inline.text(node)))
        elif not _LABELS.isdisjoint(node["classes"]):
            yield paragraph(wrapped("**", self.inline.text(node).strip()))
        else:
            yield from self._inside(node, level)

    def _inside(self, node: nodes.Element, level: int) -> Iterator[Block]:
        """Yield a node as the text or the blocks that it holds."""
        if isinstance(node, nodes.TextElement) and all(
            isinstance(n, INLINE) for n in node.children
        ):
            yield paragraph(self.inline.text(node))
        else:
            yield from self.blocks(node, level)

    def _raw(self, node: nodes.raw, level: int) -> Iterator[Block]:
        if (groups := node.get(GROUPS)) is not None:
            yield from self.blocks(nodes.compound("", *as_nodes(groups)), level)
        elif "html" in node.get("format", "").split():
            yield from html_blocks(node.astext(), self._place)

    def _title(self, node: nodes.title, level: int) -> Iterator[Block]:
        if node is self.title:
            return
        text = self.inline.text(node)
        if isinstance(node.parent, nodes.section):
            yield [heading(level - 1, text)]
        else:
            yield paragraph(wrapped("**", text))

    def _list(self, node: nodes.Element, level: int, other: bool) -> Block:
        items = []
        number = int(node.get("start", 1))
        for item in node.children:
            if not isinstance(item, nodes.Element) or isinstance(item, _UNSEEN):
                continue
            mark = "*" if other else "-"
            if isinstance(node, nodes.enumerated_list):
                # Source: CommonMark, "List items": at most nine digits.
                mark = f"{max(number, 0) % 10**9}{')' if other else '.'}"
                number += 1
            items.append(hung(f"{mark} ", list(self.blocks(item, level))))
        # Items of one block each stand close together.
        close = not any("" in item for item in items)
        return [line for item in items for line in (item if close else [*item, ""])][
            : None if close else -1
        ]

    def _defined(self, node: nodes.Node, level: int) -> Block:
        """Return a term and what it means, as an item of a list."""
        terms: list[str] = []
        meaning: list[Block] = []
        for child in node.children if isinstance(node, nodes.Element) else ():
            if isinstance(child, (nodes.term, nodes.field_name)):
                terms.append(wrapped("**", self.inline.text(child)))
            elif isinstance(child, nodes.classifier):
                terms.append(wrapped("*", self.inline.text(child)))
            elif isinstance(child, (nodes.option_group, addnodes.desc_signature)):
                terms.append(self.inline.code(" ".join(child.astext().split())))
            elif isinstance(child, nodes.Element):
                meaning += self.blocks(child, level)
        return hung("- ", [paragraph(" : ".join(terms)), *meaning])

    def _quote(self, node: nodes.Element, level: int) -> Block:
        blocks = list(self.blocks(node, level))
        label = admonitionlabels.get(node.tagname)
        if label and not any(isinstance(child, nodes.title) for child in node.children):
            blocks.insert(0, [f"**{escape(str(label))}**"])
        return quoted(blocks)

    def _lines(self, node: nodes.Element) -> Block:
        lines: Block = []
        for child in node.children:
            if isinstance(child, nodes.line_block):
                lines += self._lines(child)
            elif isinstance(child, nodes.Element):
                lines += [" ".join(paragraph(self.inline.text(child)))]
        lines = [line.removesuffix("\\") for line in lines if line]
        return [f"{line}\\" for line in lines[:-1]] + lines[-1:]

    def _note(self, node: nodes.Element, level: int) -> Block:
        label = node.children[0].astext() if node.children else ""
        if isinstance(node, nodes.citation):
            return hung("- ", [[f"\\[{escape(label)}\\]"], *self.blocks(node, level)])
        return hung(f"[^{escape(label)}]: ", list(self.blocks(node, level)), indent=4)
