"""``sitemap.xml``: the addresses of all pages, for search engines (https://www.sitemaps.org).

Our own, since sphinx-sitemap 2.9 lists the pages that this build wrote: after an edit, that is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_fsp.publish.files import is_given, write_beside
from sphinx_fsp.publish.resources import site_of
from sphinx_fsp.resources.exports.feeds import rfc3339
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import address, document
from sphinx_fsp.source.catalogue import RESERVED, Page
from sphinx_fsp.source.domain import PAGE_BUILDERS
from sphinx_fsp.source.posts import moment_of
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.site_files import SITEMAP

#: Addresses of one file. Source: https://www.sitemaps.org/protocol.html
LIMIT = 50_000
#: Key of a document's metadata: search engines are asked to leave it out.
NOINDEX = "fsp-noindex"

_NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}


class Place(NamedTuple):
    """A page of the site."""

    #: Absolute.
    address: str
    #: A day or a moment as W3C-DTF writes them, or an empty string.
    changed: str


def sitemaps(places: Iterable[Place], base_url: str, limit: int = LIMIT) -> dict[str, bytes]:
    """Return the files of a site map by name: one, or an index of several.

    :param base_url: address of the folder that they are in, with a slash at its end
    :param limit: how many addresses a file may hold
    """
    places = list(places)
    if len(places) <= limit:
        return {SITEMAP: _file("urlset", "url", places)}
    parts = [places[start : start + limit] for start in range(0, len(places), limit)]
    files = {
        f"sitemap-{number}.xml": _file("urlset", "url", part)
        for number, part in enumerate(parts, 1)
    }
    index = [Place(base_url + name, "") for name in files]
    return {SITEMAP: _file("sitemapindex", "sitemap", index), **files}


def changed(page: Page, committed: str = "") -> str:
    """Return when a page was changed; an empty string when that isn't known.

    :param committed: the moment of its last commit, which says more than its first day
    """
    date = page.modified or (not committed and page.date)
    if not date:
        return committed
    try:
        # A day without a time was read as its first moment.
        is_day = date.endswith("T00:00:00")
        return date[:10] if is_day else rfc3339(moment_of(date))
    except OverflowError:
        return date[:10]


def _file(root_name: str, name: str, places: Iterable[Place]) -> bytes:
    root = ET.Element(root_name, _NAMESPACE)
    for place in places:
        element = ET.SubElement(root, name)
        ET.SubElement(element, "loc").text = place.address
        if place.changed:
            ET.SubElement(element, "lastmod").text = place.changed
    return document(root)


def note_robots(app: Sphinx, doctree: nodes.document) -> None:
    """Note that a document asks search engines to leave it out."""
    for node in doctree.findall(nodes.meta):
        if node.get("name", "").lower() == "robots":
            words = node.get("content", "").lower().replace(",", " ").split()
            if not {"noindex", "none"}.isdisjoint(words):
                app.env.metadata[app.env.docname][NOINDEX] = True


def write_sitemap(app: Sphinx, outdir: Path, taken: Set[str]) -> set[str]:
    """Write the site map of a guide, and return the names of its files.

    :param taken: files that the site has already
    """
    site = site_of(app)
    if "sphinx_sitemap" in app.extensions or is_given(app, SITEMAP):
        # Another's file, which is no leftover of ours.
        return {SITEMAP} if (outdir / SITEMAP).is_file() else set()
    is_guide = bool(guide_of(app.env).catalogue.pages)
    if not is_guide or app.builder.name not in PAGE_BUILDERS or not site.absolute(""):
        return set()
    files = sitemaps(_places(app, site), site.absolute(""))
    return {name for name, data in files.items() if write_beside(app, name, data, taken)}


def _places(app: Sphinx, site: Site) -> list[Place]:
    """Return all pages that search engines may show, in the order of their names."""
    env, guide = app.env, guide_of(app.env)
    # Of sphinx-last-updated-by-git: a time and a flag by docname.
    from_git = getattr(env, "git_last_updated", {})
    places = []
    for docname in sorted(env.found_docs):
        page = guide.page(docname)
        if guide.is_hidden(docname) or docname in RESERVED or docname == "404":
            continue
        if NOINDEX in env.metadata.get(docname, {}):
            continue
        found = from_git.get(docname)
        committed = (
            rfc3339(datetime.fromtimestamp(int(found[0]), UTC)) if found and found[0] else ""
        )
        moment = changed(page, committed) if page else committed
        uri = app.builder.get_target_uri(docname)
        places.append(Place(address(site.absolute(uri)), moment))
    return places


def setup(app: Sphinx) -> None:
    """Connect to the reading of documents."""
    # After Sphinx has collected their metadata.
    app.connect("doctree-read", note_robots, priority=900)
