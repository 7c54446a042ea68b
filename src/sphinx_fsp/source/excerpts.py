"""What a page is about, in the words with which its Markdown begins. Pure functions over text.

`sphinx_fsp.source.descriptions` does the same for a page that is parsed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_fsp.source.descriptions import is_text
from sphinx_fsp.source.front_matter import Header, blank_header
from sphinx_fsp.source.markdown import python_markdown
from sphinx_fsp.source.names import plain

#: Words of an excerpt. Source: Pelican's ``SUMMARY_MAX_LENGTH``.
MAX_WORDS = 50
#: Letters of an excerpt, for languages that part no words by blanks.
MAX_LETTERS = 500
_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>(.*?)(?:</p\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.S | re.I)
_LINK = re.compile(r"<a\b[^>]*>.*?</a\s*>", re.S | re.I)
_CLOSED = re.compile(r"</a\s*>", re.I)


def excerpt(header: Header, read: Callable[[], str]) -> str:
    """Return what a page is about in at most `MAX_WORDS` words.

    Its ``summary`` (Markdown, as for Pelican), else its ``meta`` (plain text), else the first
    paragraph of its body.

    :param read: returns the text of the page, header and all
    """
    if summary := header.get("summary"):
        return shortened(summary_text(summary) or summary)
    if meta := header.get("meta"):
        return shortened(meta)
    return shortened(first_paragraph(blank_header(read(), header)))


def shortened(text: str) -> str:
    """Return the first words of a text.

    >>> shortened("one  two")
    'one two'
    """
    text = plain(text)
    words = text.split(" ")
    short = " ".join(words[:MAX_WORDS])
    if len(short) > MAX_LETTERS:
        short = short[:MAX_LETTERS]
        short = short.rpartition(" ")[0] or short
    return short if short == text else f"{short.rstrip('.,;: ')}…"


def summary_text(summary: str) -> str:
    """Return the plain text of the first paragraph of a ``summary``, or an empty string.

    Its author means it to be shown, even if it is only a link.
    """
    return next((plain(text) for text, _ in _paragraphs(summary) if text.strip()), "")


def first_paragraph(markdown: str) -> str:
    """Return the plain text of the first paragraph that is text, or an empty string.

    Only paragraphs of the page itself: none of a list, a quote, a table or a directive. One that
    holds only links, images or symbols says nothing of a page.
    """
    return next((plain(text) for text, own in _paragraphs(markdown) if is_text(own)), "")


def _paragraphs(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each paragraph, and what of it is in no link."""
    parser = _parser()
    env: dict[str, Any] = {}
    try:
        tokens = parser.parse(markdown, env)
    except RecursionError:
        return
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if token.type == "html_block" and token.level == 0:
            if match := _PARAGRAPH.match(token.content):
                own = _without_links(match[1])
                yield html.unescape(_TAG.sub("", match[1])), html.unescape(_TAG.sub("", own))
        elif before.type == "paragraph_open" and before.level == 0:
            inline: list[Token] = []
            parser.inline.parse(token.content, parser, env, inline)
            yield _text_of(inline), _text_of(_outside_links(inline))


def _without_links(text: str) -> str:
    """Return HTML without its links."""
    # What is never closed is looked for once, not from each opening tag to the end.
    closed = list(_CLOSED.finditer(text))
    end = closed[-1].end() if closed else 0
    return _LINK.sub("", text[:end]) + text[end:]


def _outside_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of a line that are in no link, of Markdown or of HTML."""
    depth = 0
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            depth += token.nesting
        elif token.type == "html_inline" and (match := re.match(r"<(/?)a\b", token.content, re.I)):
            depth = max(depth + (-1 if match[1] else 1), 0)
        elif not depth:
            yield token


def _text_of(tokens: Iterable[Token]) -> str:
    """Return what readers see of a line of Markdown, without images and the marks of footnotes."""
    texts = []
    for token in tokens:
        if token.type in {"text", "text_special", "code_inline"}:
            texts.append(token.content)
        elif token.type == "myst_role":
            # The title of ``{doc}`title <page>```.
            texts.append(re.sub(r"(?<=\S)\s*<[^<>]*>$", "", token.content))
        elif token.type in {"softbreak", "hardbreak"}:
            texts.append(" ")
    return "".join(texts)


@cache
def _parser() -> MarkdownIt:
    """Return a parser that knows what MyST and Python-Markdown do, and stops at blocks."""
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (
        colon_fence_plugin,
        myst_block_plugin,
        myst_role_plugin,
        footnote_plugin,
        deflist_plugin,
        attrs_plugin,
    ):
        parser.use(plugin)
    python_markdown(parser)
    # Only the text of links is taken: one that leads where none may lead is no text, either.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # One paragraph is read to its end, not the whole page.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
