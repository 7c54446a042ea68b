"""What the index holds of a project, from what was noted while its documents were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util.tags import Tags

from sphinx_fsp.resources.address import host_of, record_key
from sphinx_fsp.resources.domain import ResourceDomain, domain_of
from sphinx_fsp.resources.record import Listing
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.theme.search.collect import Piece, noted
from sphinx_fsp.theme.search.index import Found, Heading, Page
from sphinx_fsp.theme.toctrees import plain

ChapterOf = Callable[[str], str]

#: Schemes of addresses that results lead to.
_SCHEMES = ("http://", "https://", "mailto:")


def pages_of(
    env: BuildEnvironment, builder: StandaloneHTMLBuilder, tags: Tags, chapter_of: ChapterOf
) -> list[Page]:
    """Return all pages that readers may find, in the order of their names."""
    resources = _resources(env)
    objects = _objects(env)
    pages = []
    for docname in sorted(env.found_docs):
        known = guide_of(env).page(docname)
        if known and known.hidden:
            continue
        try:
            address = _address(builder, docname)
        except NoUri:
            continue
        pieces = _pieces(env, docname, tags)
        title, text, headings = _sections(pieces)
        title = plain(env.titles[docname]) if docname in env.titles else title
        pages.append(
            Page(
                address,
                title,
                known.nav_title if known and known.nav_title != title else "",
                chapter_of(docname),
                text,
                headings,
                resources.get(docname, ()),
                objects.get(docname, ()),
            )
        )
    return pages


def _address(builder: StandaloneHTMLBuilder, docname: str) -> str:
    """Return the address of a document, from the root of the site."""
    address = builder.get_target_uri(docname)
    if isinstance(builder, SingleFileHTMLBuilder):
        return f"{builder.config.root_doc}{builder.out_suffix}#{address.partition('#')[2]}"
    return address


def _pieces(env: BuildEnvironment, docname: str, tags: Tags) -> Iterator[Piece]:
    """Yield the pieces of a document that this output has."""
    metadata = env.metadata.get(docname, {})
    if "no-search" in metadata or "nosearch" in metadata:
        return
    for piece in noted(env, docname):
        if all(tags.eval_condition(condition) for condition in piece.conditions):
            yield piece


def _sections(pieces: Iterable[Piece]) -> tuple[str, str, list[Heading]]:
    """Return the title of a page, its text before the first heading, and its sections."""
    title, at_top = "", {""}
    texts: list[str] = []
    sections: dict[str, tuple[str, list[str]]] = {}
    for piece in pieces:
        if piece.title and not title:
            title = piece.title
            at_top.add(piece.anchor)
        elif piece.title and piece.anchor not in at_top:
            sections.setdefault(piece.anchor, (piece.title, []))
        into = sections[piece.anchor][1] if piece.anchor in sections else texts
        into.append(piece.text)
    return (
        title,
        " ".join(texts),
        [Heading(anchor, name, " ".join(parts)) for anchor, (name, parts) in sections.items()],
    )


def _resources(env: BuildEnvironment) -> dict[str, list[Found]]:
    """Return the resources of each page, each once."""
    domain = domain_of(env)
    found: dict[str, dict[str, Found]] = {}
    # What the files of the whole site list is shown where their indexes are.
    of_site = sorted(domain.indexes.keys() & env.found_docs)[:1]
    for docname in of_site:
        for listing in domain.site_listings:
            found.setdefault(docname, {})[record_key(listing.url)] = _resource(domain, listing)
    for docname in sorted(domain.listings.keys() & env.found_docs):
        for listing in domain.listings[docname]:
            on_page = found.setdefault(docname, {})
            on_page.setdefault(record_key(listing.url), _resource(domain, listing))
    return {docname: list(on_page.values()) for docname, on_page in found.items()}


def _resource(domain: ResourceDomain, listing: Listing) -> Found:
    """Return a resource, with the address that its page shows."""
    url = listing.url
    if domain.records.has_dead:
        resource = domain.records.by_key.get(record_key(url))
        if resource and resource.status == "dead":
            url = resource.fields.archive or url
    if not url.lower().startswith(_SCHEMES):
        url = f"#{listing.item}"
    fields = listing.fields
    text = " ".join((host_of(listing.url), *fields.author, fields.publisher, *fields.tags))
    return Found(listing.title, url, text=text)


def _objects(env: BuildEnvironment) -> dict[str, list[Found]]:
    """Return what Sphinx's domains describe, by document: that which Sphinx's own search has."""
    found: dict[str, list[Found]] = {}
    for domain in env.domains.sorted():
        if domain.name == "resources":
            continue
        for name, shown, kind, docname, anchor, priority in sorted(domain.get_objects()):
            if priority < 0 and kind != "term":
                continue
            object_type = domain.object_types.get(kind)
            label = str(domain.get_type_name(object_type)) if object_type else kind
            more = name if name != shown else ""
            found.setdefault(docname, []).append(Found(str(shown), f"#{anchor}", label, more))
    return found
