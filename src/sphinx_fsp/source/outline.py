"""The outline: chapters, their pages, and each page's neighbours. Pure functions.

Pages are ordered by ``sortorder``, which holds the chapter and the place in it: ``0402`` is the
second page of chapter ``04``. A long number has a section between the two: ``500011086`` stands
in chapter ``50001``. Source: the sidebar template of the site that the format comes from.
A page with ``toc: True`` opens a chapter that is listed on every page; a chapter that no such
page opens is opened by the page whose place is all zeros, if there is one, and is shown only
beside its own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page, outline_order

#: Digits of ``sortorder`` that name the chapter, by the length of the number.
_CHAPTER_DIGITS = 2
_LONG = 9
_LONG_CHAPTER_DIGITS = 5


class Chapter(NamedTuple):
    """A chapter: the page that opens it, and the pages in it."""

    key: str
    head: Page | None
    #: True when the chapter is part of the site's table of contents.
    listed: bool
    pages: tuple[Page, ...]


class Outline:
    """The chapters of a guide, in order."""

    def __init__(self, chapters: Iterable[Chapter] = ()) -> None:
        self.chapters = tuple(chapters)

    @cached_property
    def order(self) -> tuple[Page, ...]:
        """All pages in reading order."""
        return tuple(
            page
            for chapter in self.chapters
            for page in ((chapter.head,) if chapter.head else ()) + chapter.pages
        )

    @cached_property
    def _chapter_of(self) -> dict[str, Chapter]:
        found = {page.docname: c for c in self.chapters for page in c.pages}
        return found | {c.head.docname: c for c in self.chapters if c.head}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {page.docname: n for n, page in enumerate(self.order)}

    def chapter_of(self, docname: str) -> Chapter | None:
        """Return the chapter that a page opens or stands in, or None."""
        return self._chapter_of.get(docname)

    def children(self, docname: str) -> tuple[Page, ...]:
        """Return the pages of the chapter that this page opens; none for any other page."""
        chapter = self._chapter_of.get(docname)
        if chapter and chapter.head and chapter.head.docname == docname:
            return chapter.pages
        return ()

    def parent(self, docname: str) -> Page | None:
        """Return the page that opens the chapter in which this page stands, or None."""
        chapter = self._chapter_of.get(docname)
        if chapter and chapter.head and chapter.head.docname != docname:
            return chapter.head
        return None

    def neighbours(self, docname: str) -> tuple[Page | None, Page | None]:
        """Return the pages before and after this one in reading order."""
        n = self._position.get(docname)
        if n is None:
            return None, None
        before = self.order[n - 1] if n else None
        return before, self.order[n + 1] if n + 1 < len(self.order) else None


def chapter_key(sortorder: str) -> str:
    """Return the part of a ``sortorder`` that names its chapter.

    >>> chapter_key("0402"), chapter_key("500011086"), chapter_key("7")
    ('04', '50001', '')
    """
    if len(sortorder) >= _LONG:
        return sortorder[:_LONG_CHAPTER_DIGITS]
    return sortorder[:_CHAPTER_DIGITS] if len(sortorder) > _CHAPTER_DIGITS else ""


def build_outline(pages: Iterable[Page]) -> Outline:
    """Return the outline of all *pages* that have an order or open a chapter."""
    chapters: list[Chapter] = []
    unordered = sorted(
        (p for p in pages_shown(pages) if not p.sortorder and p.opens_chapter),
        key=lambda p: (p.nav_title.casefold(), p.path),
    )
    for page in sorted((p for p in pages_shown(pages) if p.sortorder), key=outline_order):
        key = chapter_key(page.sortorder)
        last = chapters[-1] if chapters else None
        if page.opens_chapter:
            chapters.append(Chapter(key, page, True, ()))
        elif last and last.key == key:
            chapters[-1] = last._replace(pages=(*last.pages, page))
        elif page.sortorder.removeprefix(key).strip("0") == "" and key:
            chapters.append(Chapter(key, page, False, ()))
        else:
            chapters.append(Chapter(key, None, False, (page,)))
    chapters += [Chapter("", page, True, ()) for page in unordered]
    return Outline(chapters)


def pages_shown(pages: Iterable[Page]) -> list[Page]:
    """Return the pages that take part in navigation.

    These are all but those with ``status: hidden`` and translations, to which their originals lead.
    """
    return [page for page in pages if not (page.hidden or page.is_translation)]
