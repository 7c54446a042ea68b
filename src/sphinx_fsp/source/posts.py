"""The posts of a guide: which of them a listing shows, in which order, and what it says of each.

Pure functions over text and headers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sphinx_fsp.source.catalogue import TRUE, Catalogue, Page
from sphinx_fsp.source.excerpts import excerpt
from sphinx_fsp.source.names import authors_of, name_key, plain, tags_of

#: All languages.
EVERY = "*"
#: A day without a time zone begins so much earlier than in Greenwich where it begins first.
_FIRST_ZONE = timedelta(hours=14)


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
    #: Code of a language, empty for that of the site; `EVERY` for all. None for the originals: in
    #: whatever language they are, without their translations.
    lang: str | None = None

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
    #: Code of its language; empty for that of the site.
    lang: str = ""


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
    if page.hidden or page.docname == selection.without or not _speaks(page, selection.lang):
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


def _speaks(page: Page, lang: str | None) -> bool:
    if lang is None:
        return not page.is_translation
    return lang == EVERY or lang.lower() == page.lang.lower()


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
        page.lang,
    )
