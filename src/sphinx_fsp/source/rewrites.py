"""Which pages are written again although they were not read again.

A page shows more than its own text: the titles of its neighbours, the table of contents in a
theme's sidebar, links to places in other pages. Sphinx writes only what was read. What every page
showed of the others is kept by builder, and a page that would show something else is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_fsp.source.domain import GuideDomain, domain_of
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.project import guide_of


def changed_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents that show something else than in the last build of this output."""
    guide = guide_of(env)
    if not guide.catalogue.pages:
        return []
    domain = domain_of(env)
    navigation = _navigation(env)
    now = {
        docname: navigation + _fragments(domain, docname) + _addresses(domain, guide, docname)
        for docname in env.found_docs
    }
    before = domain.shown.get(app.builder.name, {})
    domain.shown[app.builder.name] = now
    return [docname for docname, shown in now.items() if before.get(docname, shown) != shown]


def _navigation(env: BuildEnvironment) -> str:
    """Return a digest of all that navigation is made of: titles and toctrees."""
    digest = sha256()
    for docname in sorted(env.found_docs):
        title = env.titles.get(docname)
        digest.update(f"{docname}\0{title.astext() if title else ''}\0".encode())
        toc = env.tocs.get(docname)
        for toctree in toc.findall(addnodes.toctree) if toc is not None else ():
            digest.update(repr(sorted(toctree.attributes.items(), key=str)).encode())
    return digest.hexdigest()


def _fragments(domain: GuideDomain, docname: str) -> str:
    """Return which of the places that a page links to exist."""
    links = sorted(domain.fragments.get(docname, ()))
    return "".join(f"\0{target}#{domain.anchor(target, fragment)}" for target, fragment in links)


def _addresses(domain: GuideDomain, guide: Guide, docname: str) -> str:
    """Return what is at the addresses that an ordinary document links to."""
    paths = domain.addresses.get(docname, ())
    return "".join(f"\0{path} {guide.find_document(path)}" for path in paths)


def setup(app: Sphinx) -> None:
    """Connect to the end of reading."""
    app.connect("env-updated", changed_pages)
