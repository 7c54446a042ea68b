"""The three views of a list of resources: list, cards and table.

All are made of nodes that every writer knows, with the classes of sphinx-design.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from docutils import nodes
from sphinx.locale import get_translation
from sphinx_design.shared import create_component

from sphinx_fsp.resources.address import host_of
from sphinx_fsp.resources.badges import badges, group_title, label
from sphinx_fsp.resources.record import LEVELS, Fields, Listing

VIEWS = ("list", "cards", "table")
SORTS = ("none", "title", "date", "kind")
GROUPS = ("kind", "level", "price", "author", "publisher", "lang", "tags", "date", "host")

_ = get_translation("sphinx_fsp")


class ListSpec(NamedTuple):
    """What the author says of a list."""

    defaults: Fields = Fields()
    #: False for a list that was recognised: nothing of it is shown in another way.
    explicit: bool = True
    view: str = "list"
    sort: str = "none"
    group_by: str = ""
    limit: int = 0
    #: As it is written; empty for all items.
    filter: str = ""
    classes: tuple[str, ...] = ()


class Row(NamedTuple):
    """An item of a list, and what it lists."""

    item: nodes.list_item
    #: None for an item without address.
    listing: Listing | None
    #: Its own, and those that its list gives.
    fields: Fields
    #: The link to the resource.
    link: nodes.Element | None


def show(bullets: nodes.bullet_list, rows: Sequence[Row], spec: ListSpec) -> None:
    """Put what readers see in the place of a list."""
    bullets["classes"] += ["resources", *spec.classes]
    for row in rows:
        row.item["classes"].insert(0, "resource")
    if not spec.explicit:
        return
    replacement: list[nodes.Node] = []
    view = {"list": _as_list, "cards": _as_cards, "table": _as_table}[spec.view]
    for title, group in _groups(rows, spec.group_by):
        if title:
            replacement.append(nodes.rubric(title, title, classes=["resource-group"]))
        if group:
            shown = view(group)
            shown["classes"] = [*bullets["classes"], *shown["classes"]]
            shown["ids"] += bullets["ids"]
            bullets["ids"] = []
            shown.source, shown.line = bullets.source, bullets.line
            replacement.append(shown)
    at = bullets.parent.index(bullets)
    bullets.parent[at : at + 1] = replacement


def ordered(rows: Sequence[Row], sort: str) -> Sequence[Row]:
    """Return rows in the order that the author wants; those that are equal stay in theirs."""
    keys: dict[str, Callable[[Row], object]] = {
        "title": _title,
        "kind": lambda row: (not _kind(row), _kind(row), _title(row)),
    }
    if sort == "date":
        return sorted(rows, key=lambda row: row.fields.date, reverse=True)
    return sorted(rows, key=keys[sort]) if sort in keys else rows  # type: ignore[arg-type]


def _title(row: Row) -> str:
    return (row.listing.title if row.listing else row.item.astext()).casefold()


def _kind(row: Row) -> str:
    return row.listing.shown_kind if row.listing else row.fields.kind


def _groups(rows: Sequence[Row], group_by: str) -> Iterable[tuple[str, Sequence[Row]]]:
    """Return rows by what they have in common; those that lack it come last."""
    if not group_by:
        return [("", rows)]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_group(row, group_by), []).append(row)

    def order(name: str) -> tuple[bool, int, str]:
        place = LEVELS.index(name) if group_by == "level" and name in LEVELS else len(LEVELS)
        return (not name, place, name.casefold())

    names = sorted(groups, key=order, reverse=False)
    if group_by == "date":
        names = sorted((n for n in names if n), reverse=True) + [n for n in names if not n]
    return [(group_title(name, group_by), groups[name]) for name in names]


def _group(row: Row, group_by: str) -> str:
    if group_by == "kind":
        return _kind(row)
    if group_by == "host":
        return host_of(row.listing.url) if row.listing else ""
    if group_by == "date":
        return row.fields.date[:4]
    value = getattr(row.fields, group_by)
    if isinstance(value, tuple):
        # An item is shown once.
        return value[0] if value else ""
    return str(value)


def _as_list(rows: Sequence[Row]) -> nodes.Element:
    """Return rows as a bullet list, with badges after the first paragraph of each."""
    bullets = nodes.bullet_list(bullet="*")
    for row in rows:
        first = next((c for c in row.item.children if isinstance(c, nodes.paragraph)), None)
        if first is not None:
            first += badges(row.fields)
        bullets += row.item
    return bullets


def _as_cards(rows: Sequence[Row]) -> nodes.Element:
    """Return rows as a grid of cards: title, text, and badges at the foot."""
    classes = ["sd-container-fluid", "sd-sphinx-override", "sd-mb-4"]
    container = create_component("grid-container", classes)
    line = create_component("grid-row", ["sd-row", "sd-row-cols-1", "sd-row-cols-sm-2", "sd-g-3"])
    for row in rows:
        column = create_component("grid-item", ["sd-col", "sd-d-flex-row"])
        card_classes = ["sd-card", "sd-sphinx-override", "sd-w-100", "sd-shadow-sm"]
        card = create_component("card", [*card_classes, *row.item["classes"]])
        card["ids"] = row.item["ids"]
        body = create_component("card-body", ["sd-card-body"])
        body += _card_title(row)
        body += row.item.children
        for paragraph in body.findall(nodes.paragraph):
            if "sd-card-title" not in paragraph["classes"]:
                paragraph["classes"].append("sd-card-text")
        card += body
        foot = _byline(row.fields)
        if foot:
            footer = create_component("card-footer", ["sd-card-footer"])
            footer += nodes.paragraph("", "", *foot, classes=["sd-card-text"])
            card += footer
        column += card
        line += column
    container += line
    return container


def _card_title(row: Row) -> list[nodes.Node]:
    """Take the link to a resource out of the text that only repeats it, to stand above it."""
    first = next((c for c in row.item.children if isinstance(c, nodes.paragraph)), None)
    if row.listing is None or first is None or row.link is None:
        return []
    title = nodes.paragraph(classes=["sd-card-title", "sd-font-weight-bold"])
    link = row.link.deepcopy()
    title += link
    at = first.index(row.link) if row.link in first.children else -1
    rest = "".join(node.astext() for node in first.children[at + 1 :]).strip()
    if at == 0 and (not rest or not rest[0].isalnum()):
        # "Title - what it is": the text goes on without the title.
        del first[0]
        if first.children and isinstance(first[0], nodes.Text):
            first[0] = nodes.Text(str(first[0]).lstrip(" -\u2013\u2014:,;."))
        if not first.astext().strip():
            row.item.remove(first)
    return [title]


def _byline(fields: Fields) -> list[nodes.Node]:
    """Return who made a resource and when, and its badges."""
    parts = [", ".join(fields.author), fields.publisher, fields.date]
    text = " · ".join(part for part in parts if part)
    shown: list[nodes.Node] = [nodes.Text(text)] if text else []
    return shown + badges(fields, lead=" " if text else "")


def _as_table(rows: Sequence[Row]) -> nodes.Element:
    """Return rows as a table: the item as it is written, and a column for each field given."""
    names = ["kind", "level", "price", "author", "publisher", "date", "lang"]
    columns = [name for name in names if any(getattr(row.fields, name) for row in rows)]
    headings = {
        "kind": _("Kind"),
        "level": _("Level"),
        "price": _("Price"),
        "author": _("Author"),
        "publisher": _("Publisher"),
        "date": _("Date"),
        "lang": _("Language"),
    }
    width = 100 - 12 * len(columns)
    table = nodes.table()
    group = nodes.tgroup(cols=len(columns) + 1)
    group += nodes.colspec(colwidth=max(width, 30))
    group += [nodes.colspec(colwidth=12) for _name in columns]
    head = nodes.row()
    for text in (_("Resource"), *(headings[name] for name in columns)):
        head += nodes.entry("", nodes.paragraph("", str(text)))
    body = nodes.tbody()
    for row in rows:
        cells = nodes.row(classes=row.item["classes"])
        first = nodes.entry("", *row.item.children)
        _identify(first, row.item["ids"])
        cells += first
        for name in columns:
            value = getattr(row.fields, name)
            text = ", ".join(value) if isinstance(value, tuple) else label(value)
            cells += nodes.entry("", nodes.paragraph("", text)) if text else nodes.entry()
        body += cells
    group += [nodes.thead("", head), body]
    table += group
    return table


def _identify(entry: nodes.entry, ids: list[str]) -> None:
    """Give a cell identifiers that every writer can lead to: writers forget those of cells."""
    paragraph = entry.next_node(nodes.paragraph)
    if ids and paragraph is not None:
        paragraph.insert(0, nodes.target("", "", ids=ids))
