"""What Python-Markdown does and CommonMark doesn't, as rules for markdown-it.

Pages were written for Pelican, which renders them with Python-Markdown and its extensions
``extra``, ``codehilite`` and ``admonition``. These rules keep what authors came to rely on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock, html_block, list_block
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin

from sphinx_fsp.source.headings import heading_tokens

#: Levels of lists and quotes inside one another that are kept. More is no text that a person
#: wrote, and every writer's recursion has an end.
MAX_LEVELS = 40

_TIGHT_HEADING = re.compile(r"(#{1,6})([^#\s].*?)[ \t]*#*[ \t]*$")
_BLOCK_HTML = re.compile(
    rf"<(?:/?(?:{'|'.join(block_names)}|script|pre|style|textarea)(?=[\s/>]|$)|!|\?)", re.IGNORECASE
)
_NAME_WITH_BLANKS = re.compile(
    r"\[(?P<text>[^\[\]\n]*)\]\([ \t]*"
    r"(?P<name>[{|](?:tag|category|author)[}|][^()<>\"'\n]*)\)"
)
_SHEBANG = re.compile(
    r"\A(?:::+|#!)(?P<path>(?:/[\w.-]+)*[/ ])?(?P<lang>[\w#.+-]+)[ \t]*"
    r"(?:hl_lines=([\"'])(?P<marked>[\d ]*)\3)?[^\n]*\n"
)


def python_markdown(md: MarkdownIt) -> None:
    """Add the habits of Python-Markdown to a parser."""
    # Comments and block breaks are MyST's own: to Python-Markdown these lines are text.
    md.disable(["myst_line_comment", "myst_block_break"], ignoreInvalid=True)
    alt = ["paragraph", "reference", "blockquote"]
    md.block.ruler.after("heading", "tight_heading", _tight_heading, {"alt": alt})
    md.block.ruler.at("list", _list_after_blank, {"alt": alt})
    md.block.ruler.at("html_block", _block_level_html, {"alt": alt})
    md.use(admon_plugin)
    md.inline.ruler.before("link", "name_with_blanks", _name_with_blanks)
    keep_deep(md)


def keep_deep(md: MarkdownIt) -> None:
    """Have what is nested too deep kept as text."""
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.options["maxNesting"] = 2 * MAX_LEVELS + 20


def _tight_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``##Heading``. Source: Python-Markdown's HashHeaderProcessor."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _TIGHT_HEADING.match(line)
    if match is None:
        return False
    if silent:
        return True
    state.line = start + 1
    tag = f"h{len(match[1])}"
    for token in heading_tokens(tag, match[2], start):
        token.level = state.level + (token.nesting == 0)
        state.tokens.append(token)
    return True


def _list_after_blank(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Start a list only after a blank line: elsewhere the line goes on with its paragraph.

    A list inside a list item needs no blank line. Source: Python-Markdown splits a page at
    blank lines first, and looks for a list at the start of each part.
    """
    if silent and state.parentType == "paragraph" and state.listIndent < 0:
        return False
    return list_block(state, start, end, silent)


def _block_level_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of HTML only where a block-level element starts it.

    CommonMark takes any tag that stands alone on its line, an image for one, and the lines after
    it for HTML. Source: Python-Markdown's list of block-level elements.
    """
    at = state.bMarks[start] + state.tShift[start]
    line = state.src[at : state.eMarks[start]]
    if line.startswith("<!--") and "-->" not in state.src[at:]:
        # A comment that never ends would swallow the rest of the page.
        return False
    return bool(_BLOCK_HTML.match(line)) and html_block(state, start, end, silent)


def _name_with_blanks(state: StateInline, silent: bool) -> bool:
    """Read a link to a name of several words, ``[text]({tag}night sky)``.

    CommonMark wants it in angle brackets. Source: ``getLink`` of Python-Markdown.
    """
    match = _NAME_WITH_BLANKS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        end = state.posMax
        state.push("link_open", "a", 1).attrSet("href", state.md.normalizeLink(match["name"]))
        state.pos, state.posMax = match.span("text")
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keep as text what is nested too deep: markdown-it would drop it without a word."""
    if silent or state.level <= 2 * MAX_LEVELS:
        return False
    token = state.push("too_deep", "", 0)
    last = start
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent):
        last += 1
    token.content = state.getLines(start, last, state.blkIndent, False)
    token.map = [start, last]
    state.line = last
    return True


class CodeHead(NamedTuple):
    """What the first line of an indented code block says."""

    language: str
    #: The code that is shown.
    code: str
    #: Lines to emphasise, counted from 1.
    marked: list[int]


def code_head(text: str) -> CodeHead:
    """Read the first line of a code block, which may name a language and lines to emphasise.

    ``:::python`` and ``#!python`` aren't shown; ``#!/usr/bin/python`` is part of the code.
    Source: Python-Markdown's codehilite.
    """
    match = _SHEBANG.match(text)
    if match is None:
        return CodeHead("", text, [])
    code = text if match["path"] else text[match.end() :]
    marked = [int(number) for number in (match["marked"] or "").split()]
    return CodeHead(match["lang"].lower(), code, marked)


def dedented(code: str) -> str:
    """Return the code of an indented block in a list, as far left as it can stand.

    Python-Markdown takes four blanks for each level, CommonMark as many as the marker needs.
    """
    lines = [line for line in code.split("\n") if line.strip()]
    extra = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
    if not 0 < extra < 4:
        return code
    return "\n".join(line[extra:] for line in code.split("\n"))
