"""What templates show on each page: navigation, neighbours, headings, links to the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.locale import get_translation

from sphinx_fsp.source.descriptions import beginning
from sphinx_fsp.source.languages import direction
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.trail import folder_page
from sphinx_fsp.theme.below import Below
from sphinx_fsp.theme.navigation import Entry, Navigation, Words, addresses, sidebar
from sphinx_fsp.theme.post_header import PostHeader, post_header, post_neighbours
from sphinx_fsp.theme.site import Link, Site, site_of
from sphinx_fsp.theme.toctrees import build_navigation, document_entry, headings
from sphinx_fsp.theme.versions import Version, own_language, versions

t = get_translation("sphinx_fsp")

_TAG = re.compile(r"<[^>]*>")


class Parts(NamedTuple):
    """What a page shows beside its content; ``fsp`` in templates."""

    direction: str
    site_title: str
    head_title: str
    #: For search engines, where the page says none itself; empty otherwise.
    description: str
    on_read_the_docs: bool
    sidebar: bool
    #: HTML.
    navigation: str
    breadcrumb: tuple[Link, ...]
    #: HTML, or empty.
    headings: str
    before: Link | None
    after: Link | None
    post: PostHeader | None
    versions: tuple[Version, ...]
    #: Attributes of HTML, for what stands in a text that isn't in the language of the site.
    own_language: str
    header_links: tuple[Link, ...]
    announcement: str
    accent: str
    dark_logo: str
    #: Attributes of HTML.
    logo_size: str
    #: The general index, where it has entries, and those of domains.
    indices: tuple[Link, ...]
    edit: str
    source: str
    #: Address of the page's twin in Markdown; empty for none.
    markdown: str
    updated: str


class Pages:
    """The pages of the build that is running."""

    def __init__(self) -> None:
        self._navigation = Navigation(Entry(""))
        self._targets: Mapping[str, str] = {}
        self._posts: Mapping[str, tuple[Entry | None, Entry | None]] = {}
        self._site: Site | None = None

    def prepare(self, app: Sphinx, env: BuildEnvironment) -> Mapping[str, str] | None:
        """Read the tree once, and return what each page shows of others; None for other themes."""
        self._site = site_of(app)
        if self._site is None:
            return None
        tags = app.builder.tags
        self._navigation = build_navigation(env, tags)
        self._targets = _targets(app, self._navigation)
        self._posts = post_neighbours(guide_of(env))
        below = Below(env, tags)
        # The footer names the indices that there are.
        indices = f"{has_index(env)}\0{bool(env.domains.python_domain.modules)}"
        return {
            docname: f"{self._shown(env, docname)}\0{below.shown(docname)}\0{indices}"
            for docname in sorted(env.found_docs)
        }

    def _shown(self, env: BuildEnvironment, docname: str) -> str:
        """Return a digest of what the navigation of a page shows."""
        texts = [self._sidebar(env, docname, addresses(self._targets, ""))]
        for entry in (*self._above(env, docname), *self._neighbours(docname)):
            texts.append(f"{entry.text}\0{entry.docname}" if entry else "")
        return sha256("\0".join(texts).encode()).hexdigest()

    def _sidebar(self, env: BuildEnvironment, pagename: str, address: Callable[[str], str]) -> str:
        below = folder_page(env, pagename)
        return sidebar(self._navigation, pagename, address, words(), below)

    def _neighbours(self, docname: str) -> tuple[Entry | None, Entry | None]:
        if docname in self._posts:
            return self._posts[docname]
        return self._navigation.neighbours(docname)

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Give the templates what they show."""
        site, env, builder = self._site, app.env, app.builder
        if site is None:
            return
        # Where the page is seen from: relative, but for a page that is shown at any address.
        root = context["pathto"]("_static/x", True).removesuffix("_static/x")
        address = addresses(self._targets, "" if builder.name == "singlehtml" else root)

        def link(entry: Entry) -> Link:
            return Link(entry.text, entry.address or address(entry.docname))

        before, after = self._neighbours(pagename)
        is_document = pagename in env.all_docs
        context["t"] = t
        context["fsp"] = Parts(
            direction=direction(app.config.language or "en"),
            site_title=site.title,
            head_title=site.head_title,
            description=_description(context, doctree),
            on_read_the_docs=site.on_read_the_docs,
            sidebar=context.get("sidebars") != [],
            navigation=self._sidebar(env, pagename, address),
            breadcrumb=self._breadcrumb(env, pagename, context, link),
            headings=headings(env, pagename, builder.tags) if is_document else "",
            before=link(before) if before else None,
            after=link(after) if after else None,
            post=post_header(env, pagename, context) if is_document else None,
            versions=versions(env, pagename, context) if is_document else (),
            own_language=own_language(env, pagename),
            header_links=tuple(seen_from(root, x) for x in site.header_links),
            announcement=site.options.announcement,
            accent=site.options.accent,
            dark_logo=site.dark_logo,
            logo_size=site.logo_size,
            indices=_indices(env, context),
            edit=site.edit_address(env, pagename) if is_document else "",
            source=_source(context),
            markdown=str(context.get("fsp_markdown", "")),
            updated=str(context.get("last_updated") or ""),
        )

    def _breadcrumb(
        self,
        env: BuildEnvironment,
        pagename: str,
        context: Mapping[str, Any],
        link: Callable[[Entry], Link],
    ) -> tuple[Link, ...]:
        """Return the links to what a page stands below."""
        above = tuple(map(link, self._above(env, pagename)))
        if pagename in env.all_docs:
            return above
        # Extensions say what the pages that they make stand below.
        parents = context.get("parents") or ()
        return above + tuple(
            Link(unescape(_TAG.sub("", str(p["title"]))), str(p["link"])) for p in parents
        )

    def _above(self, env: BuildEnvironment, pagename: str) -> list[Entry]:
        """Return what a page stands below, from the root document on."""
        navigation = self._navigation
        root = env.config.root_doc
        if pagename == root or root not in navigation.places:
            return []
        if pagename not in navigation.places:
            folder = folder_page(env, pagename)
            if folder:
                place = navigation.places.get(folder) or document_entry(env, folder)
                return [navigation.places[root], *navigation.ancestors(folder), place]
        return [navigation.places[root], *navigation.ancestors(pagename)]


def _targets(app: Sphinx, navigation: Navigation) -> dict[str, str]:
    """Return the addresses of all documents, seen from the top of the site."""
    targets = {}
    for docname in {*app.env.found_docs, *navigation.places}:
        try:
            targets[docname] = app.builder.get_target_uri(docname)
        except NoUri:
            targets[docname] = ""
    if app.builder.name == "singlehtml":
        # The only document that has no anchor of its own: the page starts with it.
        targets[app.config.root_doc] = "#"
    return targets


def seen_from(root: str, link: Link) -> Link:
    """Return a link as a page refers to it; a relative address starts at the top of the site."""
    parts = urlsplit(link.address)
    if parts.scheme or link.address.startswith(("/", "#")):
        return link
    return Link(link.text, root + link.address)


def words() -> Words:
    """Return what the ends of a long level say."""
    return Words(str(t("{count} earlier pages")), str(t("{count} further pages")))


def has_index(env: BuildEnvironment) -> bool:
    """Tell whether the general index has entries; Sphinx writes it in any case."""
    return any(env.domains.index_domain.entries.values())


def _indices(env: BuildEnvironment, context: Mapping[str, Any]) -> tuple[Link, ...]:
    """Return links to the indices that Sphinx makes."""
    general = has_index(env)
    return tuple(
        Link(str(title), context["pathto"](name))
        for name, title, key, _short in context.get("rellinks", ())
        # Beside them stand the pages before and after.
        if key not in ("N", "P") and (name != "genindex" or general)
    )


def _description(context: Mapping[str, Any], doctree: nodes.document | None) -> str:
    """Return how a page begins, unless it is described already."""
    if doctree is None or 'name="description"' in str(context.get("metatags", "")):
        return ""
    return beginning(doctree)


def _source(context: Mapping[str, Any]) -> str:
    """Return the address of a page's source, when it is published and linked."""
    name = context.get("sourcename")
    if not (name and context.get("show_source") and context.get("has_source")):
        return ""
    return str(context["pathto"](f"_sources/{name}", True))
