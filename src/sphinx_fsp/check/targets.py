"""Where in a page's Markdown the addresses of its links and images stand.

markdown-it says which links a block has, but not at which column. So each block is searched for
what looks like a link, and what is found counts only when the block has as many links to that
address as the search found: code, comments and escaped brackets can't be mistaken for links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

MARKDOWN = "markdown"
HTML = "html"

#: Directives whose body is Markdown. What any other holds could be code.
_PROSE = frozenset(
    "admonition attention caution danger error hint important note tip warning seealso see-also "
    "resources next-steps div card dropdown grid grid-item grid-item-card tab-set tab-item".split()
)
#: Characters of a block that is searched: no person wrote a longer one, and time has to end.
_LONGEST = 50_000
_DIRECTIVE = re.compile(r"\{([\w-]+)\}")

_INLINE = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\(\s*(?:<(?P<angle>[^<>\n]*)>|"
    r"(?P<bare>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*))"
)
#: A link around an image: ``[![text](image)](address)``.
_AROUND = re.compile(r"\)\]\(\s*(?P<bare>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)")
_AUTO = re.compile(r"<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*<?(?P<bare>[^\s<>]+)")
_TAG = re.compile(
    r"<(?P<name>[A-Za-z][\w-]*)(?P<attrs>(?:\s+(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)/?>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=<>\"'/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|"
    r"(?P<plain>[^\s\"'<>]+)))?"
)
_QUOTINGS = ("double", "single", "plain")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HTML_CODE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(pre|code|script|style|textarea)\b[^>]*>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


class Target(NamedTuple):
    """The address of a link or an image, at its place in a page."""

    #: Counted from 1.
    line: int
    #: Columns in that line, counted from 0.
    start: int
    end: int
    #: As it stands there.
    raw: str
    #: Without escapes and entities.
    address: str
    #: `MARKDOWN` or `HTML`.
    syntax: str
    is_image: bool = False
    #: What an image shows; None where nothing is said, which in HTML differs from an empty text.
    alt: str | None = None


def link_targets(text: str, parser: MarkdownIt, first: int = 0) -> list[Target]:
    """Return the addresses in a page whose place is certain, in order.

    :param text: the page, with line feeds and with its header blanked
    :param first: lines before *text*, in its file
    """
    lines = text.split("\n")
    env: dict[str, object] = {}
    found: list[Target] = []
    for token in parser.parse(text, env):
        if not token.map:
            continue
        start, end = token.map
        if token.type == "inline":
            found += _in_block(lines, start, end, _expected(token, parser), parser)
        elif token.type == "html_block":
            found += _in_block(lines, start, end, None, parser)
        elif token.level == 0 and _is_prose(token):
            # In a list or a quote its lines would start with what isn't its own.
            body = "\n".join(lines[start + 1 : end - 1])
            found += link_targets(body, parser, start + 1)
    references = env.get("references")
    if isinstance(references, dict):
        for reference in references.values():
            found += _definition(lines, reference, parser)
    return sorted(target._replace(line=target.line + first) for target in found)


def _is_prose(token: Token) -> bool:
    """Tell whether a token is a directive whose body is Markdown."""
    match = _DIRECTIVE.match(token.info.strip())
    is_block = token.type in {"fence", "colon_fence"}
    return is_block and match is not None and match[1] in _PROSE


def _expected(token: Token, parser: MarkdownIt) -> Counter[str]:
    """Return how often a block links to each address, as markdown-it reads it."""
    found: Counter[str] = Counter()
    waiting = list(token.children or ())
    while waiting:
        child = waiting.pop()
        waiting += child.children or ()
        if child.type == "link_open":
            found[str(child.attrGet("href") or "")] += 1
        elif child.type == "image":
            found[str(child.attrGet("src") or "")] += 1
        elif child.type == "html_inline":
            found.update(
                parser.normalizeLink(target.address) for target in _attributes(child.content)
            )
    return found


class _Span(NamedTuple):
    """An address in a block, by offset."""

    start: int
    end: int
    address: str
    syntax: str
    is_image: bool = False
    alt: str | None = None


def _in_block(
    lines: list[str], start: int, end: int, expected: Counter[str] | None, parser: MarkdownIt
) -> Iterator[Target]:
    """Return the addresses of a block.

    :param expected: how often it has each; None for a block of HTML, which markdown-it leaves
    """
    block = "\n".join(lines[start:end])
    if len(block) > _LONGEST:
        return
    text = _HTML_CODE.sub(_blank, block)
    if expected is None:
        spans = list(_attributes(text))
    else:
        text = _CODE_SPAN.sub(_blank, text)
        spans = [*_markdown(text), *_attributes(text)]
    counts = Counter(parser.normalizeLink(span.address) for span in spans)
    for span in spans:
        address = parser.normalizeLink(span.address)
        if expected is not None and counts[address] != expected[address]:
            continue
        raw = block[span.start : span.end]
        if "\n" in raw or not raw:
            continue
        line = block.count("\n", 0, span.start)
        column = span.start - (block.rfind("\n", 0, span.start) + 1)
        yield Target(
            start + line + 1,
            column,
            column + len(raw),
            raw,
            span.address,
            span.syntax,
            span.is_image,
            span.alt,
        )


def _markdown(text: str) -> Iterator[_Span]:
    for match in _INLINE.finditer(text):
        group = "bare" if match["bare"] is not None else "angle"
        start, end = match.span(group)
        address = unescapeAll(match[group])
        yield _Span(start, end, address, MARKDOWN, bool(match["image"]), match["text"])
    for match in _AROUND.finditer(text):
        start, end = match.span("bare")
        yield _Span(start, end, unescapeAll(match["bare"]), MARKDOWN)
    for match in _AUTO.finditer(text):
        start, end = match.span("auto")
        yield _Span(start, end, match["auto"], MARKDOWN)


def _attributes(text: str) -> Iterator[_Span]:
    """Return the addresses in HTML tags."""
    for tag in _TAG.finditer(text):
        offset = tag.start("attrs")
        values: dict[str, tuple[int, int]] = {}
        for match in _ATTRIBUTE.finditer(tag["attrs"]):
            start, end = next((s for g in _QUOTINGS if (s := match.span(g)) != (-1, -1)), (0, 0))
            values.setdefault(match["name"].lower(), (offset + start, offset + end))
        alt = unescape(text[slice(*values["alt"])]) if "alt" in values else None
        for name in ("href", "src"):
            start, end = values.get(name, (0, 0))
            if start < end:
                is_image = tag["name"].lower() == "img"
                yield _Span(start, end, unescape(text[start:end]), HTML, is_image, alt)


def _definition(
    lines: list[str], reference: dict[str, object], parser: MarkdownIt
) -> Iterable[Target]:
    """Return the address of a definition, ``[name]: address``, when it stands in one line."""
    place = reference.get("map")
    if not isinstance(place, list):
        return
    match = _DEFINITION.match(lines[place[0]])
    if match and parser.normalizeLink(address := unescapeAll(match["bare"])) == reference["href"]:
        start, end = match.span("bare")
        yield Target(place[0] + 1, start, end, match["bare"], address, MARKDOWN)


def _blank(match: re.Match[str]) -> str:
    """Return as many blanks, so that every offset stays."""
    return re.sub(r"[^\n]", " ", match[0])
