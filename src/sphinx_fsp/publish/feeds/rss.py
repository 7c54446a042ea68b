"""Posts as RSS 2.0 (https://www.rssboard.org/rss-specification). Pure functions.

What RSS has no element for is said with those that readers know: the whole text
(``content:encoded``), an author without an address for mail (``dc:creator``), and the address of
the feed itself (``atom:link``).
"""

from __future__ import annotations

from email.utils import format_datetime
from xml.etree import ElementTree as ET

from sphinx_fsp.publish.feeds.entries import Channel, Entry
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import document, one_line, xml_text
from sphinx_fsp.source.languages import language_tag

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss(channel: Channel, site: Site) -> bytes:
    """Return a feed as RSS."""
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    top = ET.SubElement(root, "channel")
    _add(top, "title", channel.title)
    _add(top, "link", site.absolute(""))
    # It has to have one.
    _add(top, "description", channel.title)
    ET.SubElement(
        top,
        "atom:link",
        {"rel": "self", "type": "application/rss+xml", "href": channel.own_link},
    )
    if language := channel.language or language_tag(site.language):
        _add(top, "language", language)
    _add(top, "lastBuildDate", format_datetime(channel.updated, usegmt=True))
    _add(top, "generator", one_line(site.generator))
    for entry in channel.entries:
        _add_item(top, entry)
    return document(root)


def _add_item(top: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(top, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.link)
    _add(item, "guid", entry.id).set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(entry.published, usegmt=True))
    for name in entry.authors:
        _add(item, "dc:creator", name)
    for term in entry.categories:
        _add(item, "category", term)
    if entry.summary:
        _add(item, "description", entry.summary)
    if entry.content:
        _add(item, "content:encoded", xml_text(entry.content))


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element
