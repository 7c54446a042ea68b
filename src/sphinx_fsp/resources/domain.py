"""The domain ``resources``: what every document lists, and references to it.

Listings are noted while documents are read. All of them together make the records of the
resources, once in a build. A page that would show something else of the records - an index, the
place that a reference leads to, the copy of a dead page - is written again without being read
(`sphinx_fsp.source.rewrites`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinx_fsp.diagnostics import UNKNOWN_RESOURCE, Problem, warn
from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.entries import Entry, IndexSpec, entries_of
from sphinx_fsp.resources.history import History, read_history
from sphinx_fsp.resources.merge import Health, merge
from sphinx_fsp.resources.record import Listing, Resource
from sphinx_fsp.resources.site_files import read_site_files
from sphinx_fsp.source.addresses import nearest
from sphinx_fsp.source.document_data import DocumentData
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.slugs import slugify


class Records(NamedTuple):
    """All resources of a project."""

    resources: tuple[Resource, ...]
    by_key: dict[str, Resource]
    by_name: dict[str, Resource]
    problems: tuple[Problem, ...]
    #: Whether any is dead.
    has_dead: bool

    def named(self, name: str) -> Resource | None:
        """Return the resource of that name, or of that title."""
        return self.by_name.get(name) or self.by_name.get(slugify(name))


class ResourceRole(XRefRole):
    """``resource``: a reference to a resource by its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make a reference of this domain, also without the domain's name before the role's."""
        self.name = "resources:resource"
        return super().run()

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Note what the document refers to."""
        title, target = super().process_link(env, refnode, has_explicit_title, title, target)
        domain_of(env).note_reference(env.docname, target)
        return title, target


_ROLE = ResourceRole(warn_dangling=True, innernodeclass=nodes.inline)


class ResourceDomain(DocumentData):
    """Keeps what every document lists."""

    name = "resources"
    label = "Resources"
    data_version = 1
    object_types: ClassVar[dict[str, ObjType]] = {"resource": ObjType("resource", "resource")}
    roles: ClassVar = {"resource": _ROLE}
    initial_data: ClassVar[dict[str, Any]] = {
        "listings": {},
        "named": {},
        "indexes": {},
    }

    def __init__(self, env: BuildEnvironment) -> None:
        """Start without records: they are made when all documents were read."""
        super().__init__(env)
        self._records: Records | None = None
        self._site: tuple[list[Listing], list[Problem]] | None = None
        self._history: History | None = None
        self._entries: dict[IndexSpec, tuple[Entry, ...]] = {}

    @property
    def listings(self) -> dict[str, tuple[Listing, ...]]:
        """What documents list, by docname."""
        return cast(dict[str, tuple[Listing, ...]], self.data["listings"])

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Names that documents refer to, by docname."""
        return cast(dict[str, tuple[str, ...]], self.data["named"])

    @property
    def indexes(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """By what documents have indexes, and with which filters, by docname."""
        return cast(dict[str, tuple[tuple[str, str], ...]], self.data["indexes"])

    @property
    def records(self) -> Records:
        """The records of all listings, made once in a build."""
        if self._records is None:
            found, problems = merge(listings_of(self.env), self.health)
            by_name = {resource.name: resource for resource in found}
            by_key = {resource.key: resource for resource in found}
            self._entries = {}
            dead = any(resource.status == "dead" for resource in found)
            self._records = Records(found, by_key, by_name, tuple(problems), dead)
        return self._records

    @property
    def site_listings(self) -> list[Listing]:
        """What the files of ``fsp_resource_files`` list."""
        if self._site is None:
            settings = guide_of(self.env).settings
            self._site = read_site_files(self.env.config, settings.confdir, settings.srcdir)
            report(self.env, self._site[1])
        return self._site[0]

    def entries(self, spec: IndexSpec) -> tuple[Entry, ...]:
        """Return what an index shows, made once in a build."""
        resources = self.records.resources
        if spec not in self._entries:
            self._entries[spec] = entries_of(resources, spec, self.page_title, self._chapter)
        return self._entries[spec]

    def page_title(self, docname: str) -> str:
        """Return the short title of a document."""
        page = guide_of(self.env).page(docname)
        return page.nav_title if page else self.env.titles[docname].astext()

    def _chapter(self, docname: str) -> str:
        """Return the title of the chapter that a document stands in, or an empty string."""
        chapter = guide_of(self.env).outline.chapter_of(docname)
        return chapter.head.nav_title if chapter and chapter.head else ""

    def health(self, key: str) -> Health:
        """Return what the history of links knows of an address."""
        if self._history is None:
            folder = guide_of(self.env).settings.confdir
            self._history, problems = read_history(folder / self.env.config.fsp_links)
            report(self.env, problems)
        history = self._history
        return Health(history.status(key), history.archive(key), history.first_seen(key))

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self._records = None
        super().clear_doc(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        self._records = None
        super().merge_domaindata(docnames, otherdata)

    def note(self, docname: str, listings: Iterable[Listing]) -> None:
        """Note what a document lists."""
        self._records = None
        self.listings[docname] = (*self.listings.get(docname, ()), *listings)

    def note_index(self, docname: str, spec: tuple[str, str]) -> None:
        """Note that a document has an index: by what, and with which filter."""
        self.indexes[docname] = (*self.indexes.get(docname, ()), (spec[0], spec[1]))

    def note_reference(self, docname: str, name: str) -> None:
        """Note that a document refers to a resource."""
        names = self.named.get(docname, ())
        if name not in names:
            self.named[docname] = tuple(sorted((*names, name)))

    def check_consistency(self) -> None:
        """Say where places contradict one another."""
        report(self.env, self.records.problems)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Make the reference to a resource: to where it is listed, or else to itself."""
        resource = self.records.named(target)
        if resource is None:
            return None
        text = contnode.astext() if node.get("refexplicit") else resource.title
        contnode = nodes.inline(text, text)
        place = next((p for p in resource.listings if p.docname in env.found_docs), None)
        if place is None:
            return nodes.reference("", "", contnode, internal=False, refuri=resource.url)
        return make_refnode(builder, fromdocname, place.docname, place.item, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Find nothing: titles are words, and would match what means something else."""
        return []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Return what other projects can refer to."""
        for resource in self.records.resources:
            for place in resource.listings[:1]:
                yield resource.name, resource.title, "resource", place.docname, place.item, -1

    def shown_of_others(self, env: BuildEnvironment) -> dict[str, str]:
        """Return what each page shows of the records."""
        showing = {*self.listings, *self.named, *self.indexes} & env.found_docs
        return {docname: self._shown_by(docname) for docname in sorted(showing)}

    def _shown_by(self, docname: str) -> str:
        parts = []
        for listing in self.listings.get(docname, ()):
            resource = self.records.by_key.get(record_key(listing.url))
            if resource and resource.status == "dead":
                parts.append(f"{listing.item} {resource.fields.archive}")
        for name in self.named.get(docname, ()):
            resource = self.records.named(name)
            places = [(p.docname, p.item) for p in resource.listings[:1]] if resource else []
            parts.append(f"{name} {resource and (resource.title, resource.url)} {places}")
        for spec in self.indexes.get(docname, ()):
            entries = self.entries(IndexSpec(*spec))
            docnames = {place.docname for entry in entries for place in entry.resource.listings}
            titles = sorted(map(self.page_title, docnames))
            parts.append(repr((entries, titles)))
        return "\0".join(parts)


def domain_of(env: BuildEnvironment) -> ResourceDomain:
    """Return the domain of resources."""
    return cast(ResourceDomain, env.get_domain("resources"))


def listings_of(env: BuildEnvironment) -> Iterable[Listing]:
    """Return every listing of the project: those of data files for the whole site first."""
    domain = domain_of(env)
    yield from domain.site_listings
    for docname in sorted(domain.listings):
        yield from domain.listings[docname]


def shown_path(env: BuildEnvironment, file: str) -> str:
    """Return a path as problems name it: relative to the source folder, where it is in there.

    Older docutils names files from the current folder.
    """
    root = Path(str(env.srcdir))
    path = Path(os.path.abspath(file))  # noqa: PTH100 (resolves no links)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def report(env: BuildEnvironment, problems: Sequence[Problem]) -> None:
    """Give the warnings of problems, whose paths are relative to the source folder."""
    for subtype, path, line, details in problems:
        warn(subtype, Path(str(env.srcdir)) / path, line, **details)


def warn_unknown(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say that a resource isn't known, with the nearest name, instead of Sphinx."""
    if not isinstance(domain, ResourceDomain):
        return None
    target = str(node["reftarget"])
    name, names = slugify(target), tuple(domain.records.by_name)
    # Resources of one title have more than it in their names.
    near = nearest(name, names) or next((n for n in names if n.startswith(f"{name}-")), None)
    details = {"suggestion": near} if near else {}
    path = Path(node.source or app.env.doc2path(node["refdoc"]))
    warn(UNKNOWN_RESOURCE, path, _line_of(target, path, node.line or 1), target=target, **details)
    return True


def _line_of(target: str, path: Path, start: int) -> int:
    """Return the line of a role, whose paragraph starts at *start*."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return start
    for number, line in enumerate(lines[start - 1 :], start):
        if f"`{target}`" in line or f"<{target}>`" in line:
            return number
        if not line.strip():
            break
    return start


def setup(app: Sphinx) -> None:
    """Register the domain and its role."""
    app.add_domain(ResourceDomain)
    app.add_role("resource", _ROLE)
    app.connect("warn-missing-reference", warn_unknown)
