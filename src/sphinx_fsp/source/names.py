"""The names in headers: tags and authors, and what they are compared by. Pure functions."""

from __future__ import annotations

import re

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.slugs import slugify

#: What no output can hold: HTML and EPUB are not well-formed with it.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def authors_of(page: Page) -> tuple[str, ...]:
    """Return who wrote a page: its ``author``, or its ``authors``."""
    if author := plain(page.header.get("author")):
        return (author,)
    return names_in(page.header.get("authors"))


def tags_of(page: Page) -> tuple[str, ...]:
    """Return the tags of a page."""
    return names_in(page.header.get("tags"))


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a list, which commas part, or semicolons where there are some.

    Source: ``ensure_metadata_list`` of Pelican.

    >>> names_in("moon, night sky,"), names_in("Doe, Jane; Doe, John")
    (('moon', 'night sky'), ('Doe, Jane', 'Doe, John'))
    """
    names = map(plain, text.split(";" if ";" in text else ","))
    return tuple(dict.fromkeys(name for name in names if name))


def name_key(name: str) -> str:
    """Return what tags, categories and authors are compared by: two of one key are one.

    It is the slug, as for Pelican. A name that has none, such as an emoji, is its own.

    >>> name_key("Night  Sky"), name_key("night-sky"), name_key("\N{CRESCENT MOON}")
    ('night-sky', 'night-sky', '\N{CRESCENT MOON}')
    """
    return slugify(name) or name.casefold()


def plain(text: str) -> str:
    """Return a text for a listing: on one line, without control characters."""
    return _CONTROL.sub("", " ".join(text.split()))
