"""The guide: everything that is known before the first page is parsed.

It answers the questions that pages ask while they are read: what is at this address, which pages
follow, where to go next. Made by `sphinx_fsp.source.loading`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.source.addresses import SiteAddress, has_scheme, nearest, site_address
from sphinx_fsp.source.catalogue import Catalogue, Page
from sphinx_fsp.source.examples import Group, find_examples
from sphinx_fsp.source.feeds import copied_feeds, feed_paths
from sphinx_fsp.source.groups import Group as PostGroup
from sphinx_fsp.source.groups import group_pages
from sphinx_fsp.source.next_steps import NextSteps
from sphinx_fsp.source.outline import Outline, build_outline
from sphinx_fsp.source.posts import Post, Selection, find_posts, select_pages
from sphinx_fsp.source.redirects import Redirect, Rule, resolve
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.source.site_files import ICONS, MANIFESTS
from sphinx_fsp.source.split import Place, Split, part_of
from sphinx_fsp.source.translations import versions_of

#: Pages that Sphinx makes, at the same addresses in every theme.
_MADE_BY_SPHINX = {"/genindex.html": "genindex", "/search.html": "search"}
_INTRASITE = re.compile(r"^[{|](?:filename|static|attach)[}|](.*)$")
_INDEX = re.compile(r"^[{|]index[}|]$")


class Guide:
    """All that is known of a guide; made once per build, never changed."""

    def __init__(
        self,
        catalogue: Catalogue,
        documents: Iterable[str] = (),
        settings: Settings | None = None,
        *,
        static_files: Mapping[str, Path] | None = None,
        rules: Iterable[Rule] = (),
        next_steps: Mapping[str, NextSteps] | None = None,
        problems: Iterable[Problem] = (),
        contents: str = "",
        legacy_files: Iterable[str] = (),
        splits: Mapping[str, Split] | None = None,
    ) -> None:
        """Put a guide together.

        :param catalogue: its pages
        :param documents: docnames of the project's other documents
        :param static_files: published files by address
        :param rules: redirects as they are written
        :param next_steps: by slug or docname
        :param problems: what was found wrong so far, beside the catalogue's own
        :param legacy_files: paths of source files that are no UTF-8
        :param splits: files that hold several pages, by path
        :param contents: docname of the document whose ``guide-contents`` makes the toctree
        """
        self.settings = settings or Settings()
        self.catalogue = catalogue
        self.outline: Outline = build_outline(catalogue.pages)
        self.static_files = dict(static_files or {})
        self.next_steps = dict(next_steps or {})
        self.contents = contents
        self.legacy_files = frozenset(legacy_files)
        self.splits = dict(splits or {})
        self._pages = {page.docname: page for page in catalogue.pages}
        self._versions = versions_of(catalogue.pages)
        #: What listings were told, until the next build.
        self._posts: dict[Selection, tuple[Post, ...]] = {}
        self._examples: dict[str, tuple[Group, ...]] = {}
        # Of a file that holds several pages, the first.
        self._by_path = {page.path: page for page in reversed(catalogue.pages)}
        self._documents = {self.address(d): d for d in (*documents, *self._pages)}
        self._documents["/"] = self.settings.root_doc
        self._documents |= _MADE_BY_SPHINX
        feeds = {
            f"/{path}"
            for path in feed_paths(catalogue.pages, self.settings.feeds, self.settings.otherwise)
        }
        rules = tuple(rules)
        feeds -= {f"/{rule.source.strip('/')}" for rule in rules}
        #: What stands at an address of its own, and is made when all else is.
        self._made = feeds | {f"/{name}" for name in self.settings.made if catalogue.pages}
        self.redirects: dict[str, Redirect]
        self.redirects, faults = resolve(
            rules,
            self.settings.bases,
            self._has,
            lambda path: nearest(path, self._known),
            self._is_same_page,
        )
        #: The feed that stands at an old address too, by the name of the file there.
        self.copied_feeds = copied_feeds(self.redirects.values(), feeds)
        for name in self.copied_feeds:
            del self.redirects[f"/{name}"]
            self._made.add(f"/{name}")
        self.problems = (*catalogue.problems, *problems, *faults)

    def page(self, docname: str) -> Page | None:
        """Return the page of that docname; None for an ordinary document."""
        return self._pages.get(docname)

    def versions(self, page: Page) -> tuple[Page, ...]:
        """Return the pages that say the same in several languages, *page* among them, or none."""
        return self._versions.get(page.docname, ())

    def page_of_file(self, path: str) -> Page | None:
        """Return the page that this file (relative to the source folder) holds."""
        return self._by_path.get(path)

    def page_named(self, name: str) -> Page | None:
        """Return the page of that slug or docname, or the one that its old name leads to."""
        page = self._pages.get(name) or self._by_slug.get(name)
        if page is None and (redirect := self.redirects.get(f"/{name}.html")):
            page = self._pages.get(self.find_document(redirect.target.partition("#")[0]) or "")
        return page

    def document_named(self, name: str) -> str | None:
        """Return the ordinary document of that docname, or None."""
        if name in self._pages or name in _MADE_BY_SPHINX.values():
            return None
        return name if self._documents.get(self.address(name)) == name else None

    @staticmethod
    def address(docname: str) -> str:
        """Return the address of a document, as Pelican published it."""
        return f"/{docname}.html"

    def locate(self, href: str, page: Page) -> SiteAddress | None:
        """Return the place of the site that *href* in *page* means; None for another site.

        Pelican's ``{filename}``, ``{static}`` and ``{attach}`` name files of the source folder,
        relative to the page's own or, with a leading slash, to the whole.
        """
        if _INDEX.match(href):
            return SiteAddress("/", "")
        if meant := self.split_meant(href, page):
            split, fragment = self.splits[meant[0]], meant[1]
            found = split.place(fragment) or Place(split.lead.docname, fragment)
            return SiteAddress(self.address(found.docname), found.id)
        if path := self.intrasite_path(href, page):
            other = self._by_path.get(path)
            fragment = unquote(href.partition("#")[2])
            file = self._published.get(path, f"/{path}")
            return SiteAddress(self.address(other.docname) if other else file, fragment)
        return site_address(href, self.address(page.docname), self.settings.bases)

    def split_meant(self, href: str, page: Page) -> tuple[str, str] | None:
        """Return the file of several pages that *href* in *page* names, and the anchor in it."""
        if not self.splits:
            return None
        name, _, fragment = href.partition("#")
        fragment = unquote(fragment)
        path = self.intrasite_path(href, page)
        if not path and not has_scheme(href):
            name = unquote(name.partition("?")[0])
            # On GitHub, a leading slash is the top of the repository.
            beside = posixpath.join("/", posixpath.dirname(page.path), name)
            path = posixpath.normpath(beside).lstrip("/") if name else page.path
        if path in self.splits and (name or page.lines is not None):
            return path, fragment
        if not fragment:
            return None
        # The address of its first page, with an anchor that another one may have.
        place = site_address(href, self.address(page.docname), self.settings.bases)
        found = self.split_at(place.path) if place else None
        return (found.lead.path, fragment) if found else None

    def split_at(self, address: str) -> Split | None:
        """Return the file of several pages whose first is at an address of the site, or None."""
        name = self.find_document(address)
        return next((s for s in self.splits.values() if s.lead.docname == name), None)

    @staticmethod
    def intrasite_path(href: str, page: Page) -> str:
        """Return the path in the source folder that ``{filename}`` and the like name, or ''."""
        match = _INTRASITE.match(href)
        place = site_address(match[1].partition("#")[0], f"/{page.path}", ()) if match else None
        return place.path.lstrip("/") if place else ""

    def find_document(self, path: str) -> str | None:
        """Return the docname of the document at an address of the site, or None."""
        return (
            self._documents.get(path)
            or self._documents.get(f"{path.rstrip('/')}.html")
            or (self._documents.get(f"{path}index.html") if path.endswith("/") else None)
        )

    def is_hidden(self, docname: str) -> bool:
        """Tell whether a document is a page with ``status: hidden``."""
        page = self.page(docname)
        return page is not None and page.hidden

    def find_file(self, path: str) -> Path | None:
        """Return the published file at an address of the site, or None."""
        return self.static_files.get(path)

    def makes(self, path: str) -> bool:
        """Tell whether a feed or another file that is made is at an address of the site."""
        return path in self._made

    def has_source(self, path: str) -> bool:
        """Tell whether a file is in the source folder, symbolic links followed."""
        return self._has_below(path, Path.is_file)

    def has_folder(self, path: str) -> bool:
        """Tell whether a folder is in the source folder, symbolic links followed."""
        return self._has_below(path, Path.is_dir)

    def _has_below(self, path: str, is_kind: Callable[[Path], bool]) -> bool:
        root = self.settings.srcdir.resolve()
        try:
            return is_kind(root / path) and (root / path).resolve().is_relative_to(root)
        except OSError:
            return False

    def has_file(self, path: str) -> bool:
        """Tell whether there is a file, wherever it is.

        :param path: relative to the source folder
        """
        try:
            return (self.settings.srcdir / path).is_file()
        except OSError:
            return False

    def steps(self, page: Page) -> NextSteps | None:
        """Return where to go after a page."""
        return self.next_steps.get(page.slug) or self.next_steps.get(page.docname)

    def steps_of(self, name: str) -> NextSteps | None:
        """Return where to go after the page of that slug or docname, or an ordinary document."""
        page = self.page_named(name)
        return self.steps(page) if page else self.next_steps.get(name)

    def text_of(self, page: Page) -> str:
        """Return the text of a page; an empty one when its file can't be read."""
        encoding = "cp1252" if page.path in self.legacy_files else "utf-8-sig"
        try:
            file = self.settings.srcdir / page.path
            return part_of(file.read_text(encoding=encoding, errors="replace"), page)
        except OSError:
            return ""

    def posts(self, selection: Selection) -> tuple[Post, ...]:
        """Return the posts of a selection, newest first."""
        if selection not in self._posts:
            self._posts[selection] = find_posts(self.catalogue.pages, selection, self.text_of)
        return self._posts[selection]

    def archive(
        self, selection: Selection, kind: str, taken: Iterable[str] = ()
    ) -> tuple[PostGroup, ...]:
        """Return the posts of a selection by year, month, category, tag or author.

        :param taken: identifiers that the document has already
        """
        pages = select_pages(self.catalogue.pages, selection)
        return group_pages(pages, kind, selection.author, taken)

    def examples(self, prefix: str) -> tuple[Group, ...]:
        """Return the code-example pages below a module, grouped; all of them for no module."""
        if prefix not in self._examples:
            self._examples[prefix] = find_examples(self.catalogue.pages, prefix)
        return self._examples[prefix]

    def suggest_page(self, path: str) -> str | None:
        """Return the address of the page or file that *path* was most likely meant to be."""
        return nearest(path, self._known)

    def suggest_source(self, path: str) -> str | None:
        """Return the path of the page that *path* was most likely meant to be."""
        return nearest(path, tuple(sorted(self._by_path)))

    def suggest_file(self, path: str) -> str | None:
        """Return the address of the published file that *path* was most likely meant to be."""
        return nearest(path, self._known_files)

    @cached_property
    def icon(self) -> str:
        """The name of the site's icon at its root, or an empty string."""
        return self._first_of(ICONS)

    @cached_property
    def manifest(self) -> str:
        """The name of the web manifest at the root of the site, or an empty string."""
        return self._first_of(MANIFESTS)

    def _first_of(self, names: Iterable[str]) -> str:
        has = (name for name in names if self.find_file(f"/{name}") or self.makes(f"/{name}"))
        return next(has, "")

    @cached_property
    def _published(self) -> dict[str, str]:
        """The addresses of published files by their path in the source folder."""
        srcdir = self.settings.srcdir
        inside = ((a, f) for a, f in self.static_files.items() if f.is_relative_to(srcdir))
        found: dict[str, str] = {}
        for address, file in inside:
            found.setdefault(file.relative_to(srcdir).as_posix(), address)
        return found

    @cached_property
    def _by_slug(self) -> dict[str, Page]:
        return {page.slug: page for page in reversed(self.catalogue.pages)}

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(sorted({*self._documents, *self.static_files}))

    @cached_property
    def _known_files(self) -> tuple[str, ...]:
        return tuple(sorted(self.static_files))

    def _has(self, path: str) -> bool:
        return self.find_document(path) is not None or path in self.static_files or self.makes(path)

    def _is_same_page(self, path: str, other: str) -> bool:
        """Tell whether two addresses are different ones of the same document."""
        docname = self.find_document(path)
        return path != other and docname is not None and docname == self.find_document(other)
