"""Headings of a file as GitHub shows them, and the anchors that links to them have.

Pure functions over text. Files are read as on GitHub: CommonMark, without the habits of
Python-Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from emoji import emojize
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from sphinx_fsp.source.headings import HTML_HEADING, alts, text_of, title_in

#: Elements that can't be cut in two: what is between their tags belongs together. All others, such
#: as ``<details>``, end with their page.
_WHOLE = re.compile(r"<(/?)(table|blockquote|ul|ol|dl)\b[^>]*>", re.IGNORECASE)
_NAMED = re.compile(
    r"""<[a-z][\w-]*\b[^>]*?\s(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.I
)
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
#: Changes how an emoji looks. Authors write anchors with it, and without.
_VARIANT = "\ufe0f"


class Heading(NamedTuple):
    """A heading that GitHub gives an anchor."""

    #: Its first line, counted from 0, and the one after its last.
    start: int
    end: int
    level: int
    #: What readers see, without images.
    text: str
    #: The alternative text of its images.
    alt: str
    #: GitHub's anchor, without ``#``.
    anchor: str
    #: The identifier of its section: the anchor, where XML takes it for one.
    id: str
    #: True inside of an HTML element that can't be cut in two, such as ``<table>``.
    nested: bool

    @property
    def title(self) -> str:
        """What stands for the heading in a table of contents; empty when it shows nothing."""
        return self.text or self.alt


class Leaf(NamedTuple):
    """A block of text, of HTML or of code."""

    #: Counted from 0.
    line: int
    #: The type of its token.
    kind: str
    content: str
    in_list: bool


class Reading(NamedTuple):
    """A file, read as GitHub does."""

    #: How many lines it has.
    length: int
    #: Lines of YAML at its top.
    head: int
    headings: tuple[Heading, ...]
    #: Identifiers that HTML in it has, with their lines, counted from 0.
    named: tuple[tuple[str, int], ...]
    #: Definitions of links, ``[name]: address``, as markdown-it keeps them.
    references: Mapping[str, Mapping[str, Any]]
    #: Labels of footnotes, each with the lines of its text.
    footnotes: tuple[tuple[str, range], ...]
    #: In order.
    leaves: tuple[Leaf, ...]


def read_github(text: str) -> Reading:
    """Read the headings of a file, and all that links can lead to."""
    md = MarkdownIt("commonmark").enable("table")
    md.use(front_matter_plugin).use(footnote_plugin)
    md.core.ruler.enableOnly(["normalize", "block"])
    env: dict[str, Any] = {}
    try:
        tokens = md.parse(text, env)
    except RecursionError:
        tokens = []
    head = next((t.map[1] for t in tokens if t.type == "front_matter" and t.map), 0)
    return Reading(
        text.count("\n") + 1,
        head,
        tuple(_headings(tokens, md, env)),
        tuple(_identifiers(tokens)),
        env.get("references", {}),
        tuple(
            (str(token.meta["label"]), range(*token.map))
            for token in tokens
            if token.type == "footnote_reference_open" and token.map and not token.level
        ),
        tuple(_leaves(tokens)),
    )


def _leaves(tokens: Iterable[Token]) -> Iterator[Leaf]:
    depth = 0
    for token in tokens:
        if token.type in {"list_item_open", "list_item_close"}:
            depth += token.nesting
        if token.content and token.map:
            yield Leaf(token.map[0], token.type, token.content, depth > 0)


def anchor_of(text: str) -> str:
    """Return the anchor that GitHub gives a heading of that text, before repeats are counted.

    Source: the table of contents filter of GitHub's html-pipeline.

    >>> anchor_of("C/C++ Tools"), anchor_of("\N{ROCKET} Tools")
    ('cc-tools', '-tools')
    """
    return re.sub(rf"[^\w\- {_VARIANT}]", "", text.lower()).replace(" ", "-")


def spellings(fragment: str) -> Iterator[str]:
    """Yield the anchors that a fragment may mean, as GitHub looks for them."""
    for name in (fragment, fragment.lower()):
        yield name
        yield name.removeprefix("user-content-")
        yield name.replace(_VARIANT, "")


class _Anchors:
    """Counts anchors, so that each is given once."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._ids: set[str] = set()

    def anchor(self, text: str) -> str:
        """Return the anchor of the next heading of that text: ``tools``, ``tools-1``."""
        first = anchor = anchor_of(text)
        while anchor in self._seen:
            self._seen[first] += 1
            anchor = f"{first}-{self._seen[first]}"
        self._seen[anchor] = 0
        return anchor

    def id(self, anchor: str) -> str:
        """Return an identifier of XML for an anchor, which may start with a digit."""
        first = name = re.sub(r"^[^A-Za-z]+", "", anchor.replace(_VARIANT, "")) or "section"
        if anchor[:1].isalpha():
            first = name = anchor.replace(_VARIANT, "")
        count = 0
        while name in self._ids:
            count += 1
            name = f"{first}-{count}"
        self._ids.add(name)
        return name


def _headings(tokens: list[Token], md: MarkdownIt, env: dict[str, Any]) -> Iterator[Heading]:
    inside = list(_regions(tokens))
    anchors = _Anchors()
    for n, token in enumerate(tokens):
        if token.level or not token.map:
            continue
        start, end = token.map
        if token.type == "heading_open":
            level = int(token.tag[1])
            children: list[Token] = []
            md.inline.parse(tokens[n + 1].content, md, env, children)
            whole = "".join(_texts(children, images=False))
            _show_emojis(children)
            shown = "".join(_texts(children, images=False))
            alt = "".join(_texts(children, images=True))
        elif token.type == "html_block" and (match := HTML_HEADING.match(token.content)):
            level = int(match[1])
            whole = shown = text_of(match[3])
            alt = alts(match[3])
        else:
            continue
        anchor = anchors.anchor(whole.strip())
        yield Heading(
            start,
            end,
            level,
            " ".join(shown.split()),
            " ".join(alt.split()),
            anchor,
            anchors.id(anchor),
            any(first < start < last for first, last in inside),
        )


def _texts(tokens: Iterable[Token], *, images: bool) -> Iterator[str]:
    """Yield what readers see of a heading; or the alternative text of its images."""
    for token in tokens:
        if token.type == "image":
            if images:
                yield f" {token.content}"
        elif token.type == "html_inline":
            if images and token.content.startswith("<img"):
                yield f" {alts(token.content)}"
        elif not images:
            yield " " if token.type in {"softbreak", "hardbreak"} else token.content


def html_title(leaves: Iterable[Leaf]) -> str:
    """Return the text of the first ``<h1>`` that stands in a block with other HTML."""
    titles = (title_in(leaf.content) for leaf in leaves if leaf.kind == "html_block")
    return next((title for title in titles if title is not None), "")


def _show_emojis(tokens: Iterable[Token]) -> None:
    """Put emojis in the place of their names, ``:books:``."""
    for token in tokens:
        if token.type == "text" and token.content.count(":") > 1:
            token.content = emojize(token.content, language="alias")


def _regions(tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Yield the lines of opening and closing tags that stand in blocks of their own."""
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.type != "html_block" or token.level or not token.map:
            continue
        for match in _WHOLE.finditer(token.content):
            name = match[2].lower()
            if not match[1]:
                opened.append((name, token.map[0]))
            elif name in (names := [name for name, _ in opened]):
                at = len(names) - 1 - names[::-1].index(name)
                yield opened[at][1], token.map[0] + 1
                del opened[at:]


def _identifiers(tokens: Iterable[Token]) -> Iterator[tuple[str, int]]:
    """Yield the identifiers that HTML gives, ``<a name="tools">``, with their lines."""
    for token in tokens:
        if token.type not in {"inline", "html_block"} or "<" not in token.content or not token.map:
            continue
        text = token.content
        if token.type == "inline":
            text = _CODE_SPAN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for match in _NAMED.finditer(text):
            yield (
                match[1] or match[2] or match[3],
                token.map[0] + text.count("\n", 0, match.start()),
            )


def as_on_github(md: MarkdownIt) -> None:
    """Have a parser of MyST read Markdown as GitHub does, as far as it can, and nothing of MyST's.

    Source: https://github.github.com/gfm/, and GitHub's alerts.
    """
    md.disable(["myst_line_comment", "myst_block_break", "myst_target", "myst_role"], True)
    md.enable(["strikethrough", "linkify"])
    md.options["linkify"] = True
    if md.linkify is not None:
        # Whole addresses only: README.md would be one, too.
        md.linkify.set({"fuzzy_link": False, "fuzzy_email": False}).add("//", None)
    # Older versions of markdown-it know nothing of alerts.
    md.options["alerts"] = True
    md.core.ruler.push("emojis", _name_emojis)


def _name_emojis(state: StateCore) -> None:
    for token in state.tokens:
        _show_emojis(token.children or ())
