"""OPML 2.0 (http://opml.org/spec2.opml): resources as an outline of links. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from sphinx_fsp.resources.exports.feeds import added_at
from sphinx_fsp.resources.exports.site import Site, by_page
from sphinx_fsp.resources.exports.texts import address, document, one_line, title_of
from sphinx_fsp.resources.record import Resource


def opml(resources: Sequence[Resource], site: Site) -> bytes:
    """Return ``resources.opml``: a folder per page, and in it links.

    The head has no date: it could only be that of the build.
    """
    root = ET.Element("opml", {"version": "2.0"})
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = one_line(site.title)
    if site.author:
        ET.SubElement(head, "ownerName").text = one_line(site.author)
    if base := site.absolute(""):
        ET.SubElement(head, "ownerId").text = address(base)
    body = ET.SubElement(root, "body")
    for title, listed in by_page(resources, site).items():
        folder = ET.SubElement(body, "outline", {"text": one_line(title)}) if title else body
        for resource in listed:
            ET.SubElement(folder, "outline", _link(resource))
    if not resources:
        # The body holds one outline or more.
        ET.SubElement(body, "outline", {"text": one_line(site.title)})
    return document(root)


def _link(resource: Resource) -> dict[str, str]:
    attributes = {
        "text": title_of(resource),
        "type": "link",
        "url": address(resource.url),
        "description": one_line(resource.description),
        # Categories without slashes are what the specification calls tags.
        "category": one_line(",".join(filter(None, (resource.fields.kind, *resource.fields.tags)))),
    }
    if added := added_at(resource):
        attributes["created"] = format_datetime(added, usegmt=True)
    return {name: value for name, value in attributes.items() if value}
