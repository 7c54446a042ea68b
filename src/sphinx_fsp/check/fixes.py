"""What can be put right with certainty, and how: from findings to edits. Pure functions.

An address is replaced only where it stands in the reported line as the address of a link or an
image, and only by one that the guide itself proves.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from html import escape
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from docutils.nodes import make_id

from sphinx_fsp.check.facts import Link
from sphinx_fsp.check.finding import Finding
from sphinx_fsp.check.rules import Secure
from sphinx_fsp.check.targets import HTML, Target
from sphinx_fsp.diagnostics import (
    BAD_ENCODING,
    BAD_URL,
    INSECURE_URL,
    OLD_ADDRESS,
    UNKNOWN_IMAGE,
    UNKNOWN_PAGE,
)
from sphinx_fsp.resources.address import host_of, record_key
from sphinx_fsp.source.addresses import has_scheme, lacks_scheme
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.guide import Guide

#: Endings that a page's address may have been written with.
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".markdown", ".md", ".rst")


class Edit(NamedTuple):
    """A piece of a line, and what is to stand there."""

    line: int
    #: Columns, counted from 0.
    start: int
    end: int
    old: str
    new: str


class Fix(NamedTuple):
    """How a problem is put right."""

    finding: Finding
    #: None where the whole file is written anew as UTF-8.
    edit: Edit | None


class Site(NamedTuple):
    """What the guide proves."""

    guide: Guide
    secure: Secure
    #: Schemes with which the guide has an address, by `record_key`.
    schemes: Mapping[str, AbstractSet[str]]
    #: Schemes with which the guide has a host.
    host_schemes: Mapping[str, AbstractSet[str]]
    #: Addresses of documents and published files, by what is left without case and ending.
    alike: Mapping[str, AbstractSet[str]]
    #: Identifiers in each page, by docname.
    anchors: Mapping[str, AbstractSet[str]]


def know_site(
    guide: Guide,
    documents: Iterable[str],
    links: Iterable[Link],
    secure: Secure,
    anchors: Mapping[str, AbstractSet[str]],
) -> Site:
    """Return what the guide proves.

    :param documents: docnames of all documents
    :param links: the web addresses of all documents
    """
    schemes: dict[str, set[str]] = {}
    host_schemes: dict[str, set[str]] = {}
    for link in links:
        scheme = link.address.partition(":")[0].lower()
        schemes.setdefault(record_key(link.address), set()).add(scheme)
        host_schemes.setdefault(host_of(link.address), set()).add(scheme)
    alike: dict[str, set[str]] = {}
    for address in (*map(guide.address, documents), *guide.static_files):
        alike.setdefault(_loose(address), set()).add(address)
    return Site(guide, secure, schemes, host_schemes, alike, anchors)


def plan(
    findings: Iterable[Finding], site: Site, targets: Callable[[str], list[Target]]
) -> list[Fix]:
    """Return how findings are put right; those for which nothing is certain are left out.

    :param targets: returns the addresses in a page, by its path
    """
    fixes: list[Fix] = []
    taken: set[tuple[str, int, int]] = set()
    lines: dict[tuple[str, int], list[Target]] = {}
    opened: set[str] = set()
    for finding in findings:
        if finding.kind == BAD_ENCODING:
            fixes.append(Fix(finding, None))
        replace = _REPLACEMENTS.get(finding.kind)
        page = site.guide.page_of_file(finding.path)
        if replace is None or page is None or not _is_proven(finding, site):
            continue
        if finding.path not in opened:
            opened.add(finding.path)
            for target in targets(finding.path):
                lines.setdefault((finding.path, target.line), []).append(target)
        for target in lines.get((finding.path, finding.line), ()):
            place = (finding.path, target.line, target.start)
            new = None if place in taken else replace(finding, target, page, site)
            if new and new != target.raw:
                taken.add(place)
                edit = Edit(target.line, target.start, target.end, target.raw, new)
                fixes.append(Fix(finding, edit))
                # The next finding of the same line may mean the next link in it.
                break
    return fixes


def _is_proven(finding: Finding, site: Site) -> bool:
    """Tell whether the guide has what a finding could be put right with.

    That is known before its page is opened again.
    """
    target = finding.details["target"]
    if finding.kind == INSECURE_URL:
        return record_key(target) in site.secure.addresses
    if finding.kind == UNKNOWN_PAGE:
        return len(site.alike.get(_loose(target), ())) == 1
    return True


def _old_address(finding: Finding, target: Target, page: Page, site: Site) -> str | None:
    place = site.guide.locate(target.address, page)
    if place is None or place.path != finding.details["target"].partition("#")[0]:
        return None
    redirect = site.guide.redirects.get(place.path)
    new, _, fragment = redirect.target.partition("#") if redirect else ("", "", "")
    return _to_page(target, page, site, new, place.fragment or fragment)


def _unknown_page(finding: Finding, target: Target, page: Page, site: Site) -> str | None:
    place = site.guide.locate(target.address, page)
    if place is None or place.path != finding.details["target"]:
        return None
    near = site.alike.get(_loose(place.path), frozenset())
    return _to_page(target, page, site, min(near), place.fragment) if len(near) == 1 else None


def _unknown_image(finding: Finding, target: Target, page: Page, site: Site) -> str | None:
    if not target.is_image or not _same(target.address, finding.details["target"]):
        return None
    place = site.guide.locate(target.address, page)
    if place is None:
        return None
    near = [
        address
        for address in site.alike.get(_loose(place.path), frozenset())
        if address.casefold() == place.path.casefold()
    ]
    # A relative one may mean a file beside the page, which no address of the site tells of.
    if len(near) != 1 or not target.address.startswith("/"):
        return None
    return _written(quote(near[0]), target)


def _insecure_url(finding: Finding, target: Target, page: Page, site: Site) -> str | None:
    if not _same(target.address, finding.details["target"]):
        return None
    known = {link.address for link in site.secure.addresses.get(record_key(target.address), ())}
    parts = urlsplit(target.address)
    if any(urlsplit(address).netloc.lower() == parts.netloc.lower() for address in known):
        # All but the scheme stays as it is written.
        return f"https{target.raw[len('http') :]}"
    # With and without www: what else differs is a matter of taste.
    alike = {a for a in known if urlsplit(a)[2:] == parts[2:]}
    return _written(min(alike), target) if len(alike) == 1 else None


def _bad_url(finding: Finding, target: Target, page: Page, site: Site) -> str | None:
    address = target.address
    is_host = lacks_scheme(address) and "@" not in address.partition("/")[0]
    if not is_host or not _same(address, finding.details["target"]):
        return None
    url = f"https://{address}"
    schemes = site.schemes.get(record_key(url)) or site.host_schemes.get(host_of(url))
    # "https" is the later of the two in the alphabet, and the better one.
    return f"{max(schemes)}://{target.raw}" if schemes else None


_REPLACEMENTS: Mapping[str, Callable[[Finding, Target, Page, Site], str | None]] = {
    OLD_ADDRESS: _old_address,
    UNKNOWN_PAGE: _unknown_page,
    UNKNOWN_IMAGE: _unknown_image,
    INSECURE_URL: _insecure_url,
    BAD_URL: _bad_url,
}


def _to_page(target: Target, page: Page, site: Site, path: str, fragment: str) -> str | None:
    """Return a link to a page of the site, in the form in which *target* is written."""
    docname = site.guide.find_document(path) if path.startswith("/") else None
    is_file = path in site.guide.static_files
    if (docname is None and not is_file) or "?" in target.address:
        return None
    if fragment and docname:
        anchors = site.anchors.get(docname, frozenset())
        if not {fragment, make_id(fragment)} & anchors:
            return None
    new = quote(path) + (f"#{quote(fragment)}" if fragment else "")
    if target.address.startswith("/") and not target.address.startswith("//"):
        return _written(new, target)
    for base in site.guide.settings.bases:
        start = base.rstrip("/")
        if target.address.lower().startswith(f"{start.lower()}/"):
            return _written(target.address[: len(start)] + new, target)
    if has_scheme(target.address) or target.address.startswith(("{", "|")):
        return None
    beside = posixpath.dirname(site.guide.address(page.docname))
    return _written(posixpath.relpath(new, beside), target)


def _written(address: str, target: Target) -> str:
    """Return an address as it is written at the place of *target*."""
    if target.syntax == HTML:
        return escape(address)
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _same(written: str, reported: str) -> bool:
    return unquote(written) == unquote(reported)


def _loose(path: str) -> str:
    """Return an address without its case, and without the ending of a page."""
    path = path.casefold().rstrip("/")
    return next((path.removesuffix(e) for e in _PAGE_ENDINGS if path.endswith(e)), path)
