"""The directive ``resource-index``: all resources of the project, and where each is listed.

What it shows is known when every document was read. Until then an empty block stands in its
place, which is filled when its page is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import BAD_FILTER, warn
from sphinx_fsp.markup.options import option_line, place_of
from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.resources.badges import badges_html, badges_text, classes, dead_note, group_title
from sphinx_fsp.resources.directive import one_of
from sphinx_fsp.resources.domain import domain_of
from sphinx_fsp.resources.entries import BY, FILTER_NAMES, IndexSpec
from sphinx_fsp.resources.filters import FilterError, parse_filter
from sphinx_fsp.resources.record import Listing, Resource
from sphinx_fsp.source.slugs import slugify

#: Attribute of the block that is filled later: an `IndexSpec`.
INDEX = "fsp_index"
#: Attribute of an index as HTML: the groups that it was made of.
GROUPS = "fsp_groups"

_ = get_translation("sphinx_fsp")


class Place(NamedTuple):
    """A place of the project that lists a resource."""

    text: str
    #: Empty where this output doesn't hold it.
    uri: str


class Shown(NamedTuple):
    """A resource as an index shows it."""

    resource: Resource
    places: list[Place]


class Group(NamedTuple):
    """Resources under one heading."""

    #: Empty for an index that isn't grouped.
    title: str
    identifier: str
    entries: list[Shown]


class ResourceIndex(SphinxDirective):
    """``resource-index``: every resource, grouped (``by``) and chosen (``filter``)."""

    option_spec: ClassVar[OptionSpec] = {
        "by": one_of(*BY),
        "filter": directives.unchanged_required,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the block that the index will stand in."""
        text = self.options.get("filter", "")
        try:
            if text:
                parse_filter(text, FILTER_NAMES)
        except FilterError as error:
            path, line = place_of(self)[0], option_line(self, "filter")
            details = {"expression": text, "why": error.why, "column": str(error.column)}
            warn(BAD_FILTER, path, line, **details)
            text = ""
        classes = ["resource-index", *self.options.get("class", ())]
        block = nodes.compound(classes=classes)
        block[INDEX] = IndexSpec(self.options.get("by", ""), text)
        self.set_source_info(block)
        self.add_name(block)
        note_styles(self.env)
        domain_of(self.env).note_index(self.env.docname, block[INDEX])
        return [block]


def fill_indexes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill the blocks of indexes.

    After all transforms, which would walk through every node of an index of thousands.
    """
    if not domain_of(app.env).indexes:
        return
    for block in list(doctree.findall(nodes.compound)):
        spec = block.attributes.pop(INDEX, None)
        if spec is None:
            continue
        groups = _grouped(app, IndexSpec(*spec), docname)
        if app.builder.format == "html":
            block += nodes.raw("", as_html(groups), format="html", **{GROUPS: groups})
        else:
            block += as_nodes(groups)
        if not block.children:
            block.parent.remove(block)


def _grouped(app: Sphinx, spec: IndexSpec, docname: str) -> list[Group]:
    """Return the groups of an index, for the output that is being written."""
    domain = domain_of(app.env)
    pages: dict[str, str] = {}

    def place(listing: Listing) -> Place:
        text = domain.page_title(listing.docname)
        if listing.docname not in pages:
            try:
                pages[listing.docname] = app.builder.get_relative_uri(docname, listing.docname)
            except NoUri:
                pages[listing.docname] = ""
        uri = pages[listing.docname]
        if listing.section:
            text = f"{text}: {listing.heading}"
            uri = uri and f"{uri.partition('#')[0]}#{listing.section}"
        return Place(text, uri or (listing.docname == docname and "#") or "")

    groups = []
    taken: set[str] = set()
    for name, entries in groupby(domain.entries(spec), lambda entry: entry.group):
        base = f"{spec.by}-{slugify(name) or 'other'}"
        identifier, number = base, 2
        while identifier in taken:
            identifier, number = f"{base}-{number}", number + 1
        taken.add(identifier)
        shown = []
        for entry in entries:
            # One place of each section.
            places = {(p.docname, p.section): p for p in reversed(entry.resource.listings)}
            shown.append(Shown(entry.resource, [place(p) for p in reversed(places.values())]))
        groups.append(Group(_title(spec.by, name) if spec.by else "", identifier, shown))
    return groups


def _title(by: str, group: str) -> str:
    """Return the heading of a group."""
    if by == "status":
        states = {
            "ok": _("Working"),
            "failing": _("Failing"),
            "dead": _("Dead"),
            "": _("Not checked"),
        }
        return str(states.get(group, group))
    return group_title(group, by)


def _address(resource: Resource) -> tuple[str, str]:
    """Return where a resource's link leads, and what is said of it."""
    if resource.status != "dead":
        return resource.url, ""
    return resource.fields.archive or resource.url, dead_note(resource.url, resource.fields.archive)


def as_html(groups: Iterable[Group]) -> str:
    """Return an index as HTML.

    From docutils nodes, an index of ten thousand takes Sphinx ten seconds to write.
    """
    parts = []
    for title, identifier, entries in groups:
        if title:
            parts.append(
                f'<p class="resource-group rubric" id="{escape(identifier)}">{escape(title)}</p>\n'
            )
        parts.append('<ul class="resources">\n')
        for resource, places in entries:
            url, note = _address(resource)
            parts.append(
                f'<li class="{escape(" ".join(classes(resource)))}"><p><a class="resource-link '
                f'reference external" href="{escape(url)}">{escape(resource.title)}</a>'
            )
            if note:
                parts.append(f'<span class="resource-status"> ({escape(note)})</span>')
            parts.append(badges_html(resource.fields))
            parts.append("</p>")
            if places:
                links = ", ".join(
                    f'<a class="reference internal" href="{escape(uri)}">{escape(text)}</a>'
                    if uri
                    else escape(text)
                    for text, uri in places
                )
                listed = escape(str(_("Listed in")))
                parts.append(f'\n<p class="resource-places">{listed} {links}</p>')
            parts.append("</li>\n")
        parts.append("</ul>\n")
    return "".join(parts)


def as_nodes(groups: Iterable[Group]) -> list[nodes.Node]:
    """Return an index for every other output."""
    found: list[nodes.Node] = []
    for title, identifier, entries in groups:
        if title:
            rubric = nodes.rubric(title, title, classes=["resource-group"], ids=[identifier])
            found.append(rubric)
        bullets = nodes.bullet_list(bullet="*", classes=["resources"])
        for resource, places in entries:
            url, note = _address(resource)
            link = nodes.reference("", resource.title, refuri=url, internal=False)
            text = (f" ({note})" if note else "") + badges_text(resource.fields)
            item = nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(text)))
            item["classes"] = classes(resource)
            if places:
                line = nodes.paragraph("", str(_("Listed in")) + " ", classes=["resource-places"])
                for number, (name, uri) in enumerate(places):
                    line += nodes.Text(", " if number else "")
                    inner = nodes.Text(name)
                    line += (
                        nodes.reference("", "", inner, refuri=uri, internal=True) if uri else inner
                    )
                item += line
            bullets += item
        found.append(bullets)
    return found


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("resource-index", ResourceIndex)
    app.connect("doctree-resolved", fill_indexes)
