"""What pages show of resources beyond their text: data for machines, and copies of dead pages."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_fsp.head import add_to_head
from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.badges import dead_note
from sphinx_fsp.resources.domain import domain_of
from sphinx_fsp.resources.exports import item_list, script_element
from sphinx_fsp.source.domain import publishes_files


def mark_dead(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lead readers to the archived copy of a resource that is dead, and say so."""
    domain = domain_of(app.env)
    if not domain.records.has_dead:
        return
    for link in list(doctree.findall(nodes.reference)):
        if "resource-link" not in link["classes"] or not link.get("refuri"):
            continue
        url = str(link["refuri"])
        health = domain.health(record_key(url))
        if health.status == "dead":
            resource = domain.records.by_key.get(record_key(url))
            archive = resource.fields.archive if resource else health.archive
            link["refuri"] = archive or url
            text = f" ({dead_note(url, archive)})"
            note = nodes.inline(text, text, classes=["resource-status"])
            link.parent.insert(link.parent.index(link) + 1, note)


class ItemLabels(SphinxPostTransform):
    """Moves identifiers from list items, where some writers lose them, into their text."""

    default_priority = 60
    formats = ("latex", "texinfo")

    def run(self, **kwargs: Any) -> None:
        """Move the identifiers of every resource."""
        for item in self.document.findall(nodes.list_item):
            paragraph = item.next_node(nodes.paragraph)
            if item["ids"] and "resource" in item["classes"] and paragraph is not None:
                paragraph.insert(0, nodes.target("", "", ids=item["ids"]))
                item["ids"] = []


def add_item_lists(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the lists of a page as data (JSON-LD) to its head."""
    listings = domain_of(app.env).listings.get(pagename, ())
    if doctree is None or not listings or not publishes_files(app.builder):
        return
    page_url = context.get("pageurl") or ""
    scripts = []
    for _number, group in groupby(listings, key=lambda listing: listing.number):
        items = list(group)
        name = items[0].heading
        if data := item_list(items, page_url, name):
            scripts.append(script_element(data))
    add_to_head(context, "".join(scripts))


def setup(app: Sphinx) -> None:
    """Register the transforms, and connect to the pages."""
    app.add_post_transform(ItemLabels)
    app.connect("doctree-resolved", mark_dead)
    app.connect("html-page-context", add_item_lists)
