"""Posts as Atom (RFC 4287). Pure functions."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sphinx_fsp.publish.feeds.entries import Channel, Entry
from sphinx_fsp.resources.exports.feeds import rfc3339
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import document, one_line, xml_text
from sphinx_fsp.source.languages import language_tag


def atom(channel: Channel, site: Site) -> bytes:
    """Return a feed as Atom."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    if language := channel.language or language_tag(site.language):
        root.set("xml:lang", language)
    _add(root, "id", channel.id)
    _add(root, "title", channel.title)
    _add(root, "updated", rfc3339(channel.updated))
    ET.SubElement(root, "link", {"rel": "self", "href": channel.own_link})
    ET.SubElement(root, "link", {"rel": "alternate", "href": site.absolute("")})
    _add(root, "generator", one_line(site.generator))
    for entry in channel.entries:
        _add_entry(root, entry, language)
    return document(root)


def _add_entry(root: ET.Element, entry: Entry, language: str) -> None:
    element = ET.SubElement(root, "entry")
    if entry.language and entry.language != language:
        element.set("xml:lang", entry.language)
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", rfc3339(entry.published))
    _add(element, "updated", rfc3339(entry.updated))
    for name in entry.authors:
        author = ET.SubElement(element, "author")
        _add(author, "name", name)
        if entry.author_link:
            _add(author, "uri", entry.author_link)
    ET.SubElement(element, "link", {"rel": "alternate", "href": entry.link})
    for term in entry.categories:
        ET.SubElement(element, "category", {"term": term})
    if entry.summary:
        _add(element, "summary", entry.summary)
    if entry.content:
        _add(element, "content", xml_text(entry.content)).set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element
