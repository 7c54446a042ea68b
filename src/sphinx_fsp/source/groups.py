"""The groups of an archive: posts by year, month, category, tag or author. Pure functions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.names import authors_of, name_key, plain, tags_of
from sphinx_fsp.source.slugs import slugify

YEAR, MONTH, CATEGORY, TAG, AUTHOR = "year", "month", "category", "tag", "author"
#: What an archive can be of.
KINDS = (YEAR, MONTH, CATEGORY, TAG, AUTHOR)
#: Not of an archive, but of a feed.
LANGUAGE = "lang"
#: Those that have names, and that pages refer to.
NAMED = (CATEGORY, TAG, AUTHOR)
#: Identifiers of the theme's own.
_OF_THE_THEME = frozenset({"content", "guide-menu", "on-this-page"})


class Group(NamedTuple):
    """Posts that have something in common."""

    #: What a name is compared by; of a year and a month ``2024`` and ``2024-05``.
    key: str
    #: As the newest of its posts writes it; empty for posts without a date.
    name: str
    #: What a link names: no other element of the page has it.
    id: str
    #: In the order that they were given in.
    pages: tuple[Page, ...]


def names_of(page: Page, kind: str, otherwise: str = "") -> tuple[str, ...]:
    """Return the names of the groups that a page is in.

    :param kind: one of `KINDS`, or `LANGUAGE`
    :param otherwise: the author, or the language, of a page that names none in its header
    """
    names: tuple[str, ...]
    match kind:
        case "year":
            return (page.date[:4],)
        case "month":
            return (page.date[:7],)
        case "category":
            return (plain(page.header.get("category")) or page.category,)
        case "tag":
            return tags_of(page)
        case "lang":
            names = (page.lang,) if page.lang else ()
        case _:
            names = authors_of(page)
    return names or ((otherwise,) if otherwise else ())


def groups_of(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of the category and the tags of a post."""
    for kind in (CATEGORY, TAG):
        yield from ((kind, name) for name in names_of(page, kind))


def group_pages(
    pages: Iterable[Page], kind: str, otherwise: str = "", taken: Iterable[str] = ()
) -> tuple[Group, ...]:
    """Return the groups of pages: by date the newest first, and others by name.

    :param pages: newest first
    :param kind: one of `KINDS`, or `LANGUAGE`
    :param otherwise: the author, or the language, of a page that names none in its header
    :param taken: identifiers that the document has already
    """
    names: dict[str, str] = {}
    found: dict[str, dict[str, Page]] = {}
    for page in pages:
        for name in names_of(page, kind, otherwise):
            key = name_key(name)
            names.setdefault(key, name)
            # Two spellings of a tag may stand in one header.
            found.setdefault(key, {}).setdefault(page.path, page)
    by_name = kind not in {YEAR, MONTH}
    order = sorted(found, key=lambda key: _order(names[key]) if by_name else (key, key))
    if not by_name:
        order.reverse()
    used = {*taken, *_OF_THE_THEME}
    # Those that have a slug come first: links of the old site name them.
    ids: dict[str, str] = {}
    for key in sorted(order, key=lambda key: not slugify(names[key])):
        ids[key] = _free_id(slugify(names[key]), kind, used)
        used.add(ids[key])
    return tuple(Group(key, names[key], ids[key], tuple(found[key].values())) for key in order)


def _order(name: str) -> tuple[str, str]:
    """Return the key of a name's place: letters with accents stand beside those without."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)), name


def _free_id(slug: str, kind: str, used: set[str]) -> str:
    """Return the slug, or what comes nearest to it that isn't used."""
    base = f"{kind}-{slug}".rstrip("-")
    names = chain([slug] if slug else [], [base], (f"{base}-{n}" for n in count(2)))
    return next(name for name in names if name not in used)
