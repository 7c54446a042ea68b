"""What feeds say of a post, whatever their format. Pure functions."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import address, one_line
from sphinx_fsp.source.catalogue import Page, feed_id
from sphinx_fsp.source.names import authors_of, plain, tags_of
from sphinx_fsp.source.posts import Post, moment_of


class Entry(NamedTuple):
    """A post in a feed; everything as plain text, but for its content."""

    id: str
    title: str
    #: Absolute, as all addresses here.
    link: str
    published: datetime
    updated: datetime
    #: One or more.
    authors: tuple[str, ...]
    #: The address of the author; empty for none, or for several authors.
    author_link: str
    categories: tuple[str, ...]
    summary: str
    #: HTML.
    content: str
    #: The code of its language; empty for that of the site.
    language: str = ""


class Channel(NamedTuple):
    """A feed as a whole."""

    id: str
    title: str
    #: The address of the feed.
    own_link: str
    entries: tuple[Entry, ...]

    @property
    def language(self) -> str:
        """The language of all entries; empty for that of the site, and for several."""
        languages = {entry.language for entry in self.entries}
        return languages.pop() if len(languages) == 1 else ""

    @property
    def updated(self) -> datetime:
        """When the newest change of a post was."""
        return max(entry.updated for entry in self.entries)


def entry_of(page: Page, post: Post, site: Site, address_of_page: str, content: str) -> Entry:
    """Return what feeds say of a post.

    :param address_of_page: relative to the root of the site
    :param content: HTML, with absolute addresses
    """
    published = _utc(page.date)
    authors = authors_of(page) or (one_line(site.author or site.title or site.generator),)
    link = post.author_link
    return Entry(
        id=entry_id(page, site.base_url),
        title=post.title,
        link=address(site.absolute(address_of_page)),
        published=published,
        updated=max(published, _utc(page.modified)) if page.modified else published,
        authors=authors,
        author_link=address(link) if _is_web(link) and len(authors) == 1 else "",
        categories=categories_of(page),
        summary=post.excerpt,
        content=content,
        language=page.lang,
    )


def entry_id(page: Page, base_url: str, *, own: bool = True) -> str:
    """Return the identifier of a post: as Pelican makes it, or what ``feed_id`` says.

    A subscriber's program takes an entry with another identifier for another post. Pelican's is
    made of host, date and address, so a post that moves says its old address.

    Source: ``get_tag_uri`` of Pelican's feedgenerator; RFC 4151.

    :param base_url: the address of the site
    :param own: whether ``feed_id`` counts
    """
    said = feed_id(page) if own else ""
    if said and not said.startswith("/"):
        return address(said)
    base = urlsplit(base_url)
    # Pelican's address of a page in a folder of its own ends with the folder.
    path = said or re.sub(r"(?<=/)index\.html$", "", f"/{page.docname}.html")
    return address(f"tag:{base.hostname},{page.date[:10]}:{base.path.rstrip('/')}{path}")


def categories_of(page: Page) -> tuple[str, ...]:
    """Return the category of a post and its tags, each once."""
    terms = (plain(page.header.get("category")), *tags_of(page))
    return tuple(dict.fromkeys(filter(None, terms)))


def _utc(date: str) -> datetime:
    """Return a date in UTC, as feeds write it."""
    moment = moment_of(date)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # The first or the last day that a calendar has.
        return moment.replace(tzinfo=UTC)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))
