"""Lists of resources: what their items list, and how they are shown.

A list is marked while its document is parsed: by the directive ``resources``, by a comment, or by
recognition (`sphinx_fsp.resources.marks`). Later, when its text has been translated, its items
are read and noted in the domain, and it takes the view that its author chose.
"""

from __future__ import annotations

from html import unescape
from typing import Any, NamedTuple

from docutils import nodes
from myst_parser import __version__ as myst_version
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from sphinx_fsp.diagnostics import (
    ARCHIVE_MISMATCH,
    BAD_SCHEME,
    BAD_URL,
    EMPTY_LIST,
    MISSING_URL,
    Problem,
)
from sphinx_fsp.resources.address import archived_address, fault_of, host_of, record_key
from sphinx_fsp.resources.badges import field_classes
from sphinx_fsp.resources.domain import domain_of, report, shown_path
from sphinx_fsp.resources.filters import parse_filter
from sphinx_fsp.resources.items import ItemParts, item_parts
from sphinx_fsp.resources.kinds import infer_kind
from sphinx_fsp.resources.merge import duplicates
from sphinx_fsp.resources.record import Fields, Listing
from sphinx_fsp.resources.views import ListSpec, Row, ordered, show
from sphinx_fsp.source.addresses import is_dangerous, lacks_scheme
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.slugs import slugify
from sphinx_fsp.transforms.links import REMOVED

#: Attributes that marked lists and their items have until they are read: a `ListSpec`, `Fields`,
#: and an `Entry`.
LIST, FIELDS, ENTRY = "fsp_list", "fsp_fields", "fsp_entry"
#: MyST 4 writes ``&`` in addresses as HTML does, which HTML then writes once more.
_MYST_ESCAPES = myst_version.startswith("4.")
#: What a filter may ask for.
FILTER_NAMES = frozenset({*Fields._fields, "title", "host"})


class Entry(NamedTuple):
    """What a data file says of an item that was made from it."""

    path: str
    line: int
    title: str
    description: str


class ResourceLists(SphinxTransform):
    """Reads the items of marked lists, and shows them as their authors want them."""

    # After translation (20) and the resolution of links in reStructuredText (640), and before
    # typographic quotes (750), which titles are to be free of.
    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        """Read every marked list."""
        marked = [node for node in self.document.findall(nodes.bullet_list) if LIST in node]
        found = [
            listing
            for number, bullets in enumerate(marked)
            for listing in self._read(bullets, number)
        ]
        if found:
            domain_of(self.env).note(self.env.docname, found)

    def _read(self, bullets: nodes.bullet_list, number: int) -> list[Listing]:
        """Read a list, give it the view its author chose, and return what it lists."""
        spec: ListSpec = bullets.attributes.pop(LIST)
        place = _section_of(bullets)
        problems: list[Problem] = []
        rows = [
            self._row(item, spec, place, number, problems)
            for item in bullets.children
            if isinstance(item, nodes.list_item)
        ]
        if spec.filter:
            passes = parse_filter(spec.filter, FILTER_NAMES)
            rows = [row for row in rows if passes(_values(row))]
            if not rows:
                path, line = self._place(bullets)
                advice = f"its filter {spec.filter!r} leaves none"
                details = {"what": "the list of resources", "advice": advice}
                problems.append(Problem(EMPTY_LIST, path, line, details))
        rows = list(ordered(rows, spec.sort))
        if spec.limit:
            rows = rows[: spec.limit]
        listings = [row.listing for row in rows if row.listing]
        problems += duplicates(listings)
        report(self.env, problems)
        if spec.explicit:
            # "Editors", with the links below it: what has no link only groups those that do.
            inner = spec._replace(view="list", sort="none", group_by="", limit=0)
            for row in rows:
                if row.listing is None:
                    lists = [n for n in row.item.children if isinstance(n, nodes.bullet_list)]
                    listings += [
                        new for one in lists for new in self._read_below(one, inner, number)
                    ]
        show(bullets, rows, spec)
        return listings

    def _read_below(self, bullets: nodes.bullet_list, spec: ListSpec, number: int) -> list[Listing]:
        """Read a list below an item."""
        bullets[LIST] = spec
        return self._read(bullets, number)

    def _row(
        self,
        item: nodes.list_item,
        spec: ListSpec,
        section: tuple[str, str],
        number: int,
        problems: list[Problem],
    ) -> Row:
        """Return an item with what it lists, and note what is wrong with it."""
        fields: Fields = item.attributes.pop(FIELDS, Fields()).over(spec.defaults)
        entry: Entry | None = item.attributes.pop(ENTRY, None)
        path, line = (entry.path, entry.line) if entry else self._place(item)
        dangerous = self._disarmed(item, path, line)
        problems += dangerous
        if entry:
            # As it is written there: no prose to read.
            link = next(item.findall(nodes.reference), None)
            parts = ItemParts(link, entry.title, entry.description, (), ())
        else:
            parts = item_parts(item, self._own_hosts, explicit=spec.explicit)
        listing = None
        if parts.link is None:
            if spec.explicit and not dangerous:
                problems += _without_link(item, parts, path, line)
        else:
            url = str(parts.link["refuri"])
            if _MYST_ESCAPES and not entry and self._is_ordinary_markdown():
                url = parts.link["refuri"] = unescape(url)
            fault = fault_of(url)
            # In guide pages, a link without its scheme was reported as one of the page.
            if fault and not (lacks_scheme(url) and guide_of(self.env).page(self.env.docname)):
                details = {"target": url[:60], "why": fault.why, "advice": fault.advice}
                subtype = BAD_SCHEME if fault.dangerous else BAD_URL
                problems.append(Problem(subtype, path, line, details))
            original = archived_address(fields.archive)
            if original and record_key(original) != record_key(url):
                details = {"archive": original, "url": url}
                problems.append(Problem(ARCHIVE_MISMATCH, path, line, details))
            listing = Listing(
                url=url,
                title=parts.title,
                description=parts.description,
                fields=fields,
                kind="" if fields.kind else infer_kind(parts.title, parts.description, url),
                docname=self.env.docname,
                section=section[0],
                item=self._identifier(item, parts.title),
                path=path,
                line=line,
                heading=section[1],
                number=number,
            )
            parts.link["classes"].append("resource-link")
        shown = fields._replace(kind=listing.shown_kind) if listing else fields
        item["classes"] += field_classes(shown)
        return Row(item, listing, fields, parts.link)

    @staticmethod
    def _disarmed(item: nodes.list_item, path: str, line: int) -> list[Problem]:
        """Take away links that would run code, and return a problem for each."""
        problems = []
        for link in list(item.findall(nodes.reference)):
            url = str(link.get("refuri", ""))
            if is_dangerous(url):
                link.replace_self(nodes.inline("", "", *link.children))
                problems.append(Problem(BAD_SCHEME, path, line, {"target": url[:60]}))
        return problems

    @property
    def _own_hosts(self) -> frozenset[str]:
        """The hosts of this site."""
        return frozenset(host_of(base) for base in guide_of(self.env).settings.bases)

    def _is_ordinary_markdown(self) -> bool:
        """Tell whether MyST alone read the document."""
        name = str(self.env.doc2path(self.env.docname))
        page = guide_of(self.env).page(self.env.docname)
        return page is None and not name.endswith(".rst")

    def _identifier(self, item: nodes.list_item, title: str) -> str:
        """Give an item an identifier, unless it has one, and return it."""
        if not item["ids"]:
            base = f"resource-{slugify(title)[:60].strip('-')}".rstrip("-")
            name, number = base, 2
            while name in self.document.ids:
                name, number = f"{base}-{number}", number + 1
            item["ids"].append(name)
            self.document.ids[name] = item
        return str(item["ids"][0])

    def _place(self, node: nodes.Element) -> tuple[str, int]:
        """Return the file, relative to the source folder, and the line of a node."""
        file, line = None, None
        for inner in node.findall(nodes.Element):
            file, line = file or inner.source, line or inner.line
            if file and line:
                break
        return shown_path(self.env, file or str(self.env.doc2path(self.env.docname))), line or 1


def _without_link(item: nodes.list_item, parts: ItemParts, path: str, line: int) -> list[Problem]:
    """Return what is wrong with an item that has no address of another site."""
    if parts.others:
        # "This series:", with its parts below.
        return []
    if any(REMOVED in text["classes"] for text in item.findall(nodes.inline)):
        # Its address was reported as one of the page.
        return []
    title = parts.title or item.astext()[:60]
    return [Problem(MISSING_URL, path, line, {"title": title})]


def _values(row: Row) -> dict[str, str | tuple[str, ...]]:
    """Return what a filter may ask of an item, by name."""
    values = dict(row.fields._asdict())
    if row.listing:
        values |= {"kind": row.listing.shown_kind, "title": row.listing.title}
        values["host"] = host_of(row.listing.url)
    return values


def _section_of(node: nodes.Element) -> tuple[str, str]:
    """Return the identifier and the title of the section that a node stands in.

    The identifier is empty in a page's first section: that is the page itself.
    """
    section: nodes.Element | None = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    if section is None:
        return "", ""
    title = section.next_node(nodes.title)
    text = title.astext() if title is not None else ""
    outermost = isinstance(section.parent, nodes.document)
    return "" if outermost else str(section["ids"][0]), text


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(ResourceLists)
