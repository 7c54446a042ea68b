"""Atom (RFC 4287): what is new. Pure functions.

Written with the standard library. feedgen asks for lxml, has had no release since 2023 and fails
at control characters. feedgenerator takes the clock for a feed without entries, and can't leave
out the link of a site without address.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from sphinx_fsp.resources.exports.feeds import Entry, entry_id, feed_id, rfc3339
from sphinx_fsp.resources.exports.site import AddressOf, Site, listed_in
from sphinx_fsp.resources.exports.texts import address, document, one_line, title_of
from sphinx_fsp.source.languages import language_tag

ATOM_FEED = "feeds/resources.atom.xml"


def atom_feed(entries: Sequence[Entry], site: Site, address_of: AddressOf) -> bytes:
    """Return ``feeds/resources.atom.xml``.

    Its date is that of the newest entry, and without entries that of the site. Without a base
    address it has no links to itself and to the site, which may both be missing.
    """
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    if language := language_tag(site.language):
        root.set("xml:lang", language)
    _add(root, "id", feed_id(site, ATOM_FEED))
    _add(root, "title", one_line(site.title))
    _add(root, "updated", rfc3339(entries[0].added if entries else site.updated))
    # A feed has an author; where nobody is named, it is the site or the program.
    names = map(one_line, (site.author, site.title, site.generator))
    _add(ET.SubElement(root, "author"), "name", next(filter(None, names), ""))
    if site.absolute(""):
        _link(root, "self", site.absolute(ATOM_FEED))
        _link(root, "alternate", site.absolute(""))
    _add(root, "generator", one_line(site.generator))
    for entry in entries:
        _add_entry(root, entry, site, address_of)
    return document(root)


def _add_entry(root: ET.Element, entry: Entry, site: Site, address_of: AddressOf) -> None:
    resource, added = entry
    element = ET.SubElement(root, "entry")
    _add(element, "id", entry_id(resource, site))
    _add(element, "title", title_of(resource))
    _add(element, "published", rfc3339(added))
    _add(element, "updated", rfc3339(added))
    link = _link(element, "alternate", resource.url)
    if language := language_tag(resource.fields.lang):
        link.set("hreflang", language)
    for place in listed_in(resource, address_of):
        if site.absolute(place):
            _link(element, "related", site.absolute(place))
    for term in dict.fromkeys(filter(None, (resource.fields.kind, *resource.fields.tags))):
        ET.SubElement(element, "category", {"term": one_line(term)})
    if description := one_line(resource.description):
        _add(element, "summary", description)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, url: str) -> ET.Element:
    return ET.SubElement(parent, "link", {"rel": relation, "href": address(url)})
