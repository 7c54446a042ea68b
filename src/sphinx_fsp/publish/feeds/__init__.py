"""Feeds of the posts, at Pelican's addresses.

The content of a post is what Sphinx wrote into its page. It is kept beside the doctrees when the
page is written, because later builds write only what changed, and processes of a parallel build
share nothing else. A post that comes into a feed without being written is written once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sphinx_fsp.config import values_said
from sphinx_fsp.diagnostics import FEED, warn
from sphinx_fsp.head import add_to_head
from sphinx_fsp.publish.feeds.atom import atom
from sphinx_fsp.publish.feeds.content import feed_content
from sphinx_fsp.publish.feeds.entries import Channel, Entry, entry_id, entry_of
from sphinx_fsp.publish.feeds.rss import rss
from sphinx_fsp.publish.files import is_given, stands_in_the_way, write_file
from sphinx_fsp.publish.resources import site_of
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import address, one_line
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.domain import PAGE_BUILDERS
from sphinx_fsp.source.feeds import Feed, plan_feeds
from sphinx_fsp.source.posts import Post, is_post
from sphinx_fsp.source.project import guide_of

logger = logging.getLogger(__name__)

_WRITERS = {"atom": atom, "rss": rss}
_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


class Feeds:
    """The feeds of the build that is running."""

    def __init__(self) -> None:
        self._feeds: list[Feed] = []
        #: Old addresses of feeds, as `Guide.copied_feeds` has them.
        self._copies: dict[str, str] = {}
        self._posts: set[str] = set()
        self._links = ""

    @property
    def paths(self) -> list[str]:
        """The paths of all feeds."""
        return [*(feed.path for feed in self._feeds), *self._copies]

    def plan(self, app: Sphinx, env: BuildEnvironment) -> Set[str]:
        """Find out which feeds there are, and return the pages to write for them."""
        self._feeds, self._copies, self._posts, self._links = [], {}, set(), ""
        if app.builder.name not in PAGE_BUILDERS:
            return set()
        if _is_possible(app):
            guide = guide_of(env)
            pages = [page for page in guide.catalogue.pages if page.docname in env.found_docs]
            self._copies = guide.copied_feeds
            found = plan_feeds(pages, app.config.fsp_feeds, guide.text_of, guide.settings.otherwise)
            self._feeds = [feed for feed in found if feed.path not in self._copies]
        self._posts = {post.docname for feed in self._feeds for post in feed.posts}
        self._links = _links(self._feeds, app.config.project, site_of(app))
        kept = {_kept(app, docname) for docname in self._posts}
        for file in _store(app).glob("*.body"):
            if file not in kept:
                file.unlink()
        before = _store(app) / "links"
        if before.is_file() and before.read_text(encoding="utf-8") != self._links:
            return env.found_docs
        return {docname for docname in self._posts if not _kept(app, docname).is_file()}

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Tell readers' programs of the feeds, and keep the content of a post that is in one."""
        if self._links:
            add_to_head(context, self._links)
        if pagename in self._posts and doctree is not None:
            content = feed_content(context.get("body", ""), context.get("pageurl") or "")
            write_file(_kept(app, pagename), content.encode("utf-8", "replace"))

    def write(self, app: Sphinx, outdir: Path, taken: Set[str]) -> set[str]:
        """Write the feeds, and return the names of all.

        :param taken: files that the site has already
        """
        if not self._feeds and not _store(app).is_dir():
            return set()
        site = site_of(app)
        written: set[str] = set()
        entries = dict(_entries(app, self._feeds, site))
        for feed in self._feeds:
            copies = (name for name, path in self._copies.items() if path == feed.path)
            channel = Channel(
                id=address(site.absolute(feed.path if feed.group else "")),
                title=_title(feed, site.title),
                own_link=address(site.absolute(feed.path)),
                entries=tuple(entries[post.docname] for post in feed.posts),
            )
            data = _WRITERS[feed.format](channel, site)
            for name in (feed.path, *copies):
                if is_given(app, name):
                    written.add(name)
                elif other := stands_in_the_way(name, taken | written):
                    if name in self._copies or "fsp_feeds" in values_said(app.config):
                        _warn(app, name, f"has no place beside {other}", "give it another name")
                else:
                    write_file(outdir / name, data)
                    written.add(name)
        write_file(_store(app) / "links", self._links.encode())
        return written


def _is_possible(app: Sphinx) -> bool:
    """Tell whether a guide can have feeds, and say it when those that it asked for can't be."""
    pages = guide_of(app.env).catalogue.pages
    if not app.config.fsp_feeds or not any(map(is_post, pages)):
        return False
    if site_of(app).absolute(""):
        return True
    why, advice = "needs the address of the site", "set html_baseurl to https://..."
    if "fsp_feeds" in values_said(app.config):
        _warn(app, app.config.fsp_feeds[0], why, advice)
    else:
        logger.info("sphinx_fsp: a feed %s; %s", why, advice)
    return False


def _entries(app: Sphinx, feeds: list[Feed], site: Site) -> Iterator[tuple[str, Entry]]:
    """Yield what feeds say of each post, by docname; every identifier once."""
    guide = guide_of(app.env)
    posts: dict[str, Post] = {post.docname: post for feed in feeds for post in feed.posts}
    pages = {docname: guide.page(docname) for docname in posts}
    seen: dict[str, Page] = {}
    for docname, page in sorted(pages.items()):
        if page is None:
            continue
        file = _kept(app, docname)
        content = file.read_text(encoding="utf-8") if file.is_file() else ""
        uri = app.builder.get_target_uri(docname)
        entry = entry_of(page, posts[docname], site, uri, content)
        other = seen.setdefault(entry.id, page)
        if other is not page:
            why = f"has the identifier {entry.id} of {other.path} too"
            details = {"target": docname, "why": why, "advice": "give it another feed_id"}
            warn(FEED, Path(app.srcdir, page.path), page.header.line("feed_id"), **details)
            entry = entry._replace(id=entry_id(page, site.base_url, own=False))
        yield docname, entry


def _links(feeds: list[Feed], title: str, site: Site) -> str:
    """Return the links to feeds in the head of every page: one for each format."""
    formats: dict[str, Feed] = {}
    for feed in feeds:
        if not feed.group:
            formats.setdefault(feed.format, feed)
    return "".join(
        f'<link rel="alternate" type="{_TYPES[name]}" title="{escape(_title(feed, title))}" '
        f'href="{escape(address(site.absolute(feed.path)))}">\n'
        for name, feed in formats.items()
    )


def _title(feed: Feed, title: str) -> str:
    return one_line(f"{title} - {feed.group}" if feed.group else title)


def _store(app: Sphinx) -> Path:
    """Return the folder in which the content of posts is kept."""
    return Path(app.doctreedir) / f"fsp-feeds-{app.builder.name}"


def _kept(app: Sphinx, docname: str) -> Path:
    """Return the file in which the content of a post is kept."""
    return _store(app) / f"{sha256(docname.encode()).hexdigest()[:32]}.body"


def _warn(app: Sphinx, path: str, why: str, advice: str) -> None:
    warn(FEED, Path(app.confdir, "conf.py"), None, target=path, why=why, advice=advice)


def connect(app: Sphinx, feeds: Feeds) -> None:
    """Connect feeds to the build; `Feeds.write` is called at its end."""
    app.connect("env-get-updated", feeds.plan)
    # Before other extensions put what belongs to a page into its body.
    app.connect("html-page-context", feeds.add, priority=400)
