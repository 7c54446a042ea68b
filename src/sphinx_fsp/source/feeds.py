"""Which feeds a guide has, and which of its posts stand in each. Pure functions.

A feed is named by its path, in which ``{category}`` stands for each category that has posts, and
``{tag}``, ``{author}`` and ``{lang}`` likewise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.groups import LANGUAGE, NAMED, Group, group_pages
from sphinx_fsp.source.posts import EVERY, Post, Selection, find_posts, is_post
from sphinx_fsp.source.redirects import Redirect
from sphinx_fsp.source.slugs import slug_fault, slugify

#: Posts of a feed. Source: Pelican's ``FEED_MAX_ITEMS``.
LIMIT = 100
_NAME = re.compile(rf"\{{({'|'.join((*NAMED, LANGUAGE))})\}}")
_RSS = re.compile(r"\brss\b", re.IGNORECASE)


class Feed(NamedTuple):
    """A feed, and what it holds."""

    #: Relative to the root of the site.
    path: str
    #: ``atom`` or ``rss``.
    format: str
    #: Name of the category, tag, author or language; empty for the feed of all posts.
    group: str
    #: Newest first.
    posts: tuple[Post, ...]


def is_feed_path(path: str) -> bool:
    """Tell whether a text can be the path of a feed.

    >>> is_feed_path("feeds/{category}.atom.xml"), is_feed_path("../feed"), is_feed_path("a.html")
    (True, False, False)
    """
    name = _NAME.sub("x", path, count=1)
    hidden = any(part.startswith(".") for part in name.split("/"))
    page = name.lower().endswith((".html", ".htm"))
    return not (slug_fault(name) or hidden or page or set("{}") & set(name))


def format_of(path: str) -> str:
    """Return the format of a feed, by its name.

    >>> format_of("feeds/all.rss.xml"), format_of("feeds/all.atom.xml"), format_of("feed")
    ('rss', 'atom', 'atom')
    """
    return "rss" if _RSS.search(path.rpartition("/")[2]) else "atom"


def feed_paths(
    pages: Iterable[Page], patterns: Iterable[str], otherwise: Mapping[str, str]
) -> dict[str, tuple[str, Group | None]]:
    """Return pattern and group of each feed, by its path; None for a feed of all posts.

    :param pages: those that may stand in feeds
    :param otherwise: ``author`` and ``lang`` of pages that name none in their header
    """
    posts = [page for page in pages if is_post(page)]
    # As for Pelican, other feeds have the translations, too.
    originals = [page for page in posts if not page.is_translation]
    paths: dict[str, tuple[str, Group | None]] = {}
    for pattern in patterns if posts else ():
        match = _NAME.search(pattern)
        if match is None:
            paths.setdefault(pattern, (pattern, None))
            continue
        grouped = posts if match[1] == LANGUAGE else originals
        for group in group_pages(grouped, match[1], otherwise.get(match[1], "")):
            if slugify(group.name):
                name = _spelling(group) if match[1] == LANGUAGE else ""
                paths.setdefault(pattern.replace(match[0], name or group.key), (pattern, group))
    return paths


def _spelling(group: Group) -> str:
    """Return a language as its pages write it: Pelican's feeds have that in their names."""
    return group.pages[0].header.get("lang") if group.pages[0].lang else ""


def plan_feeds(
    pages: Iterable[Page],
    patterns: Iterable[str],
    read: Callable[[Page], str],
    otherwise: Mapping[str, str] | None = None,
) -> Iterator[Feed]:
    """Yield the feeds of a guide, in the order of their patterns.

    :param pages: those that may stand in feeds
    :param read: returns the text of a page's file
    :param otherwise: ``author`` and ``lang`` of pages that name none in their header
    """
    pages = [page for page in pages if is_post(page)]
    found: dict[tuple[str, ...], tuple[Post, ...]] = {}
    for path, (pattern, group) in feed_paths(pages, patterns, otherwise or {}).items():
        of_feed = group.pages if group else pages
        paths = tuple(page.path for page in of_feed)
        if paths not in found:
            found[paths] = find_posts(of_feed, Selection(limit=LIMIT, lang=EVERY), read)
        yield Feed(path, format_of(pattern), group.name if group else "", found[paths])


def copied_feeds(redirects: Iterable[Redirect], feeds: Set[str]) -> dict[str, str]:
    """Return the feed that stands at an old address, too, by the name of the file there.

    Programs that read feeds would follow no page that leads on.

    :param feeds: absolute paths of the feeds
    """
    return {
        source[1:]: target[1:]
        for source, target in redirects
        if target in feeds
        and not source.endswith(("/", ".html", ".htm"))
        and not any(feed.startswith(f"{source}/") for feed in feeds)
    }
