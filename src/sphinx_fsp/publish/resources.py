"""Resources as files that other programs read."""

from __future__ import annotations

from collections.abc import Set
from datetime import UTC, datetime

from sphinx.application import Sphinx

from sphinx_fsp.config import default_author
from sphinx_fsp.publish.files import write_beside
from sphinx_fsp.resources.domain import domain_of
from sphinx_fsp.resources.exports import Site, export_all
from sphinx_fsp.resources.record import Listing
from sphinx_fsp.source.clock import said_time


def write_exports(app: Sphinx, taken: Set[str]) -> set[str]:
    """Write the exports of a project that has resources, and return the names of all.

    :param taken: files that the site has already: an author's own file stays
    """
    resources = domain_of(app.env).records.resources
    if not resources:
        return set()

    def address_of(listing: Listing) -> str:
        if not listing.docname:
            return ""
        uri = app.builder.get_target_uri(listing.docname)
        return f"{uri}#{listing.section}" if listing.section else uri

    files = export_all(resources, site_of(app), address_of)
    return {name for name, data in files.items() if write_beside(app, name, data, taken)}


def site_of(app: Sphinx) -> Site:
    """Return what exports and feeds say of the site."""
    config, domain = app.config, domain_of(app.env)
    # A feed without entries has to say when it was updated: never, and the same in every build.
    updated = said_time() or datetime.fromtimestamp(0, UTC)
    return Site(
        title=config.project,
        base_url=config.html_baseurl,
        author=default_author(config),
        language=config.language or "en",
        updated=updated,
        generator=f"sphinx_fsp {app.extensions['sphinx_fsp'].version}",
        page_titles={name: domain.page_title(name) for name in app.env.found_docs},
    )
