"""Which feeds a guide has, and which of its posts stand in each. Pure functions.

A feed is named by its path, in which ``{category}`` stands for each category that has posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.posts import Post, Selection, find_posts, is_post
from sphinx_fsp.source.slugs import slug_fault, slugify

#: Posts of a feed. Source: Pelican's ``FEED_MAX_ITEMS``.
LIMIT = 100
_CATEGORY = "{category}"
_RSS = re.compile(r"\brss\b", re.IGNORECASE)


class Feed(NamedTuple):
    """A feed, and what it holds."""

    #: Relative to the root of the site.
    path: str
    #: ``atom`` or ``rss``.
    format: str
    #: Name of the category as its pages write it, empty for the feed of all posts.
    category: str
    #: Newest first.
    posts: tuple[Post, ...]


def is_feed_path(path: str) -> bool:
    """Tell whether a text can be the path of a feed.

    >>> is_feed_path("feeds/{category}.atom.xml"), is_feed_path("../feed"), is_feed_path("a.html")
    (True, False, False)
    """
    name = path.replace(_CATEGORY, "x")
    hidden = any(part.startswith(".") for part in name.split("/"))
    page = name.lower().endswith((".html", ".htm"))
    return not (slug_fault(name) or hidden or page or set("{}") & set(name))


def format_of(path: str) -> str:
    """Return the format of a feed, by its name.

    >>> format_of("feeds/all.rss.xml"), format_of("feeds/all.atom.xml"), format_of("feed")
    ('rss', 'atom', 'atom')
    """
    return "rss" if _RSS.search(path.rpartition("/")[2]) else "atom"


def feed_paths(pages: Iterable[Page], patterns: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return pattern and slug of the category of each feed, by its path.

    :param pages: those that may stand in feeds
    """
    slugs = sorted({slugify(page.category) for page in pages if is_post(page)})
    paths: dict[str, tuple[str, str]] = {}
    for pattern in patterns if slugs else ():
        for slug in filter(None, slugs) if _CATEGORY in pattern else [""]:
            paths.setdefault(pattern.replace(_CATEGORY, slug), (pattern, slug))
    return paths


def plan_feeds(
    pages: Iterable[Page], patterns: Iterable[str], read: Callable[[Page], str]
) -> Iterator[Feed]:
    """Yield the feeds of a guide, in the order of their patterns.

    :param pages: those that may stand in feeds
    :param read: returns the text of a page's file
    """
    pages = [page for page in pages if is_post(page)]
    found: dict[str, tuple[str, tuple[Post, ...]]] = {}
    for path, (pattern, slug) in feed_paths(pages, patterns).items():
        if slug not in found:
            # Two categories of one slug share a feed, as they would share its address.
            of_feed = [page for page in pages if not slug or slugify(page.category) == slug]
            name = of_feed[0].header.get("category") if slug else ""
            found[slug] = name, find_posts(of_feed, Selection(limit=LIMIT), read)
        yield Feed(path, format_of(pattern), *found[slug])
