"""The renderer of pages: from the tokens of Markdown to doctrees, with the guide's answers."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from docutils import nodes
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from sphinx_fsp.diagnostics import DROPPED_ATTRS, TOO_DEEP, UNCLOSED_LINK
from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.source.headings import html_headings, with_own_title, with_title
from sphinx_fsp.source.markdown import MAX_LEVELS, code_head, dedented
from sphinx_fsp.transforms.admonitions import AdmonitionRenderer
from sphinx_fsp.transforms.code import emphasised, known_language
from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.html import line_break, raw_html
from sphinx_fsp.transforms.images import image_node
from sphinx_fsp.transforms.links import (
    link_node,
    name_link,
)

#: What a link may have in braces; a browser's window is nothing that an output should choose.
_LINK_ATTRIBUTES = frozenset({"href", "title", "class", "id", "target", "rel"})
_OPEN_LINK = re.compile(r"\]\(\s*((?:https?://|/)\S*)")


class GuideRenderer(AdmonitionRenderer):
    """MyST's renderer, which asks the guide about links, images and code."""

    @property
    def context(self) -> PageContext:
        """What is known of the page."""
        context: PageContext = self.md.options["fsp_context"]
        return context

    def render(
        self, tokens: Sequence[Token], options: Any, md_env: MutableMapping[str, Any]
    ) -> nodes.document:
        """Render a page from its tokens, its title first."""
        title: str = options.get("fsp_title", "")
        adapted = list(tokens)
        if title:
            page = self.context.page
            line = page.header.line("title")
            adapted = html_headings(adapted, self.md)
            if page.lines is None:
                adapted = with_title(adapted, title, line)
            else:
                adapted = with_own_title(adapted, title, line, self.md)
        return super().render(adapted, options, md_env)

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link: to a place of the site, or to another."""
        self._check_attributes(token)
        href = str(token.attrGet("href") or "")
        text = self.md.normalizeLinkText(href)
        external = token.info == "auto" or "external" in str(token.attrs.get("class")).split()
        if external and not is_dangerous(text):
            return super().render_link(token)
        node = link_node(self.context, href, text, self._lines(token))
        if node is None:
            return super().render_link(token)
        self.add_line_and_source_path(node, token)
        self.copy_attributes(
            token, node, ("class", "id", "reftitle"), aliases={"title": "reftitle"}
        )
        with self.current_node_context(node, append=True):
            self.render_children(token)
        name_link(self.context, node)
        return None

    def _check_attributes(self, token: SyntaxTreeNode) -> None:
        """Say so when a link has attributes in braces that nothing shows."""
        dropped = {k: v for k, v in token.attrs.items() if k not in _LINK_ATTRIBUTES}
        if dropped:
            shown = " ".join(f'{key}="{value}"' for key, value in dropped.items())
            lines = self._lines(token)
            line = self.context.find_line(next(iter(dropped)), *lines)
            self.context.warn(DROPPED_ATTRS, line, attributes=shown)

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render an image: one of the site's files, or one from elsewhere."""
        parent = self.current_node
        before = len(parent)
        super().render_image(token)
        for node in parent[before:]:
            if isinstance(node, nodes.image):
                uri = self.md.normalizeLinkText(node["uri"])
                replacement = image_node(self.context, node, uri, self._lines(token))
                parent.replace(node, replacement)

    def render_text(self, token: SyntaxTreeNode) -> None:
        """Render text; say so when it is a link that was never closed."""
        if "](" in token.content:
            for match in _OPEN_LINK.finditer(token.content):
                start, end = self._lines(token)
                line = self.context.find_line(match[1], start, end)
                self.context.warn(UNCLOSED_LINK, line, target=match[1])
        super().render_text(token)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Keep HTML for `convert_html`, which needs what stands around it."""
        node = raw_html(token.content, self._lines(token))
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Keep HTML inside of a paragraph, too."""
        self.render_html_block(token)

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        """Render a line break for every output."""
        self.current_node.extend(line_break())

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Render a fence; one without a language, or with an unknown one, is plain text."""
        info = token.info.strip()
        first = info.split(maxsplit=1)[0] if info else ""
        if attributes := re.match(r"\{\s*[.#][^}]*\}?", info):
            # Python-Markdown's ``{ .python #id }``.
            names = [name for name in attributes[0].strip("{} ").split() if name.startswith(".")]
            self._render_code(token, names[0].removeprefix(".") if names else "")
        elif not first.startswith("{") and first not in self.md_config.fence_as_directive:
            self._render_code(token, first)
        elif first.startswith("{") and self.context.page.lines is not None:
            # On GitHub, a directive is code.
            self._render_code(token, "")
        else:
            super().render_fence(token)

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        """Render an indented code block."""
        nested = token.parent is not None and not token.parent.is_root
        head = code_head(dedented(token.content) if nested else token.content)
        self._render_code(token, head.language, head.code, head.marked)

    def render_s(self, token: SyntaxTreeNode) -> None:
        """Render text that is struck out, which only HTML can show."""
        self.current_node.append(nodes.raw("", "<s>", format="html"))
        self.render_children(token)
        self.current_node.append(nodes.raw("", "</s>", format="html"))

    def render_too_deep(self, token: SyntaxTreeNode) -> None:
        """Render text that is nested too deep."""
        self.context.warn(TOO_DEEP, self._lines(token)[0], limit=str(MAX_LEVELS))
        self.current_node.append(nodes.literal_block(token.content, token.content, language="text"))

    def _render_code(
        self,
        token: SyntaxTreeNode,
        language: str,
        code: str | None = None,
        emphasise: Sequence[int] = (),
    ) -> None:
        if not language:
            default = self.sphinx_env.config.highlight_language
            language = "text" if default == "default" else default
        marker = self.sphinx_env.config.fsp_code_marker
        code, marked = emphasised(token.content if code is None else code, marker)
        marked = sorted({*marked, *emphasise})
        node = self.create_highlighted_code_block(
            code,
            known_language(language.lower()),
            number_lines=language in self.md_config.number_code_blocks,
            source=self.document["source"],
            line=self._lines(token)[0],
            emphasize_lines=marked or None,
        )
        # Code that doesn't parse is shown all the same: no failure, and nothing to act on.
        node["force"] = True
        self.copy_attributes(token, node, ("class", "id"))
        self.current_node.append(node)

    def _lines(self, token: SyntaxTreeNode) -> tuple[int, int]:
        """Return the first line of the block a token stands in, and the one after its last."""
        node: SyntaxTreeNode | None = token
        while node is not None and not node.is_root:
            if node.map:
                # MyST counts them from 1 by the time it renders.
                return node.map[0], node.map[1]
            node = node.parent
        return 1, 1
