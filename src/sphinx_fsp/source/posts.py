"""The posts of a guide: which of them a listing shows, in which order, and what it says of each.

Pure functions over text and headers.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_fsp.source.catalogue import TRUE, Catalogue, Page
from sphinx_fsp.source.descriptions import is_text
from sphinx_fsp.source.front_matter import Header, blank_header
from sphinx_fsp.source.markdown import python_markdown
from sphinx_fsp.source.names import authors_of, name_key, plain, tags_of

#: Words of an excerpt. Source: Pelican's ``SUMMARY_MAX_LENGTH``.
MAX_WORDS = 50
#: Letters of an excerpt, for languages that part no words by blanks.
MAX_LETTERS = 500
#: A day without a time zone begins so much earlier than in Greenwich where it begins first.
_FIRST_ZONE = timedelta(hours=14)
_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>(.*?)(?:</p\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.S | re.I)
_LINK = re.compile(r"<a\b[^>]*>.*?</a\s*>", re.S | re.I)
_CLOSED = re.compile(r"</a\s*>", re.I)


class Selection(NamedTuple):
    """Which posts a listing shows."""

    #: In lower case; none for every category that isn't ``page``.
    categories: tuple[str, ...] = ()
    #: Only those of the newsletter, or only the others; None for both.
    newsletter: bool | None = None
    year: int | None = None
    limit: int | None = None
    #: Docname of the page that the listing stands in: none lists itself.
    without: str = ""
    #: As `name_key` returns them; none for any.
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    #: Who wrote what names nobody in its header.
    author: str = ""

    def dump(self) -> str:
        """Return the selection as text."""
        return json.dumps(self)

    @classmethod
    def load(cls, text: str) -> Selection:
        """Return the selection that `dump` made a text of."""
        values = json.loads(text)
        return cls._make(tuple(value) if isinstance(value, list) else value for value in values)


class Post(NamedTuple):
    """What a listing shows of a post; everything as plain text."""

    docname: str
    title: str
    #: ISO 8601, or an empty string.
    date: str
    author: str
    author_link: str
    excerpt: str
    image: str
    image_alt: str


def is_post(page: Page) -> bool:
    """Tell whether a page is what Pelican calls an article, and is shown in listings."""
    return bool(page.date) and page.category != "page" and not page.hidden


def is_future(date: str, now: datetime) -> bool:
    """Tell whether a date hasn't come: without a time zone, when it hasn't come anywhere.

    :param date: ISO 8601
    :param now: with its time zone
    """
    here = datetime.fromisoformat(date).tzinfo is not None
    return moment_of(date) > now + (timedelta() if here else _FIRST_ZONE)


def hold_back(catalogue: Catalogue, now: datetime) -> Catalogue:
    """Return a catalogue in which posts are drafts until their date has come.

    A page with ``status: published`` isn't held back: the announcement of an event, for example.
    Source: Pelican with ``WITH_FUTURE_DATES = False``.
    """
    early = {page.path for page in catalogue.pages if _is_early(page, now)}
    return Catalogue(
        tuple(page for page in catalogue.pages if page.path not in early),
        tuple(problem for problem in catalogue.problems if problem.path not in early),
        (*catalogue.drafts, *sorted(early)),
    )


def _is_early(page: Page, now: datetime) -> bool:
    said = page.header.get("status").lower() == "published"
    return is_post(page) and not said and is_future(page.date, now)


def select_pages(pages: Iterable[Page], selection: Selection) -> tuple[Page, ...]:
    """Return the posts of a selection, newest first; those of one moment by file.

    Posts are what Pelican calls articles: pages with a date, of a category that isn't ``page``.
    A category that is asked for by name is shown whole, what has no date at its end.
    """
    found = sorted((p for p in pages if _is_selected(p, selection)), key=lambda p: p.path)
    found.sort(key=lambda p: moment_of(p.date), reverse=True)
    return tuple(found[: selection.limit])


def find_posts(
    pages: Iterable[Page], selection: Selection, read: Callable[[Page], str]
) -> tuple[Post, ...]:
    """Return what a listing shows of the posts of a selection, in the order of `select_pages`.

    :param read: returns the text of a page's file
    """
    return tuple(_post(page, read) for page in select_pages(pages, selection))


def _is_selected(page: Page, selection: Selection) -> bool:
    if page.hidden or page.docname == selection.without:
        return False
    if selection.categories:
        if page.category not in selection.categories:
            return False
    elif page.category == "page" or not page.date:
        return False
    if selection.year is not None and page.date[:4] != f"{selection.year:04}":
        return False
    if selection.tags and not _has(tags_of(page), selection.tags):
        return False
    if selection.authors and not _has(authors_of(page) or (selection.author,), selection.authors):
        return False
    return selection.newsletter in (None, page.header.get("newsletter").lower() in TRUE)


def _has(names: Iterable[str], keys: tuple[str, ...]) -> bool:
    return any(name_key(name) in keys for name in names)


def moment_of(date: str) -> datetime:
    """Return a date for comparison: in UTC where neither it nor a ``timezone`` says."""
    moment = datetime.fromisoformat(date) if date else datetime.min
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _post(page: Page, read: Callable[[Page], str]) -> Post:
    header = page.header
    return Post(
        page.docname,
        plain(page.title),
        page.date,
        plain(header.get("author") or header.get("authors")),
        header.get("authorlink"),
        excerpt(header, lambda: read(page)),
        header.get("headerimage"),
        plain(header.get("headeralt")),
    )


def excerpt(header: Header, read: Callable[[], str]) -> str:
    """Return what a page is about in at most `MAX_WORDS` words.

    Its ``summary`` (Markdown, as for Pelican), else its ``meta`` (plain text), else the first
    paragraph of its body.

    :param read: returns the text of the page, header and all
    """
    if summary := header.get("summary"):
        return shortened(written(summary) or summary)
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


def written(summary: str) -> str:
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
