"""What is known of a resource: its fields, the places it is listed in, and the record of both.

Pure data. A list item, or an entry of a data file, is a `Listing`. All listings of one address
together are a `Resource`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

KINDS = (
    "article",
    "book",
    "course",
    "documentation",
    "example",
    "newsletter",
    "paper",
    "podcast",
    "project",
    "reference",
    "talk",
    "tool",
    "tutorial",
    "video",
)
#: What a build says of a resource in its exports, and no author does: nothing to read back.
FOUND = ("status", "listed_in")
LEVELS = ("beginner", "intermediate", "advanced")
PRICES = ("free", "freemium", "paid")


class Fields(NamedTuple):
    """The fields of a resource, checked. Empty ones are not given."""

    kind: str = ""
    level: str = ""
    price: str = ""
    #: Names; written with semicolons between them.
    author: tuple[str, ...] = ()
    publisher: str = ""
    #: ``2026``, ``2026-01`` or ``2026-01-31``.
    date: str = ""
    #: A language tag such as ``en`` or ``pt-BR``.
    lang: str = ""
    #: Written with commas between them.
    tags: tuple[str, ...] = ()
    license: str = ""
    #: Date on which it came into the list, as *date*.
    added: str = ""
    #: Address of an archived copy.
    archive: str = ""
    #: Name to refer to it by.
    name: str = ""

    def over(self, others: Fields) -> Fields:
        """Return these fields, with those of *others* where one is not given here."""
        return self._replace(**(others.given() | self.given()))

    def given(self) -> dict[str, Any]:
        """Return the fields that are given, by name."""
        return {name: value for name, value in self._asdict().items() if value}


class RawField(NamedTuple):
    """A field as it is written."""

    name: str
    text: str
    line: int


class RawItem(NamedTuple):
    """An entry of a data file, as it is written there."""

    url: str
    title: str
    description: str
    fields: tuple[RawField, ...]
    #: Line of the entry in its file, counted from 1.
    line: int


class Listing(NamedTuple):
    """A resource as one list, or one data file, has it."""

    #: As it is written.
    url: str
    title: str
    #: Plain text, without the title.
    description: str
    #: Given by the author, for the item or for its list.
    fields: Fields
    #: Inferred from what the text says; empty where that isn't clear.
    kind: str
    #: Empty for an entry of ``fsp_resource_files``.
    docname: str
    #: Identifier of the section that the list stands in, or an empty string.
    section: str
    #: Identifier of the item.
    item: str
    #: Where it is written: relative to the source folder, with slashes.
    path: str
    line: int
    #: Title of the section that the list stands in.
    heading: str = ""
    #: Which list of its document it stands in, counted from 0.
    number: int = 0

    @property
    def shown_kind(self) -> str:
        """The kind that an author gave, or else the inferred one."""
        return self.fields.kind or self.kind

    def filter_values(self) -> dict[str, str | tuple[str, ...]]:
        """Return what a filter of a list may ask for, by name."""
        return {**self.fields._asdict(), "kind": self.shown_kind, "title": self.title}


class Resource(NamedTuple):
    """A resource: all that is known of one address."""

    #: What its addresses have in common; see `sphinx_fsp.resources.address.record_key`.
    key: str
    url: str
    title: str
    description: str
    #: Those of all listings together, with an inferred kind where no author gave one.
    fields: Fields
    #: What authors refer to it by; unique.
    name: str
    listings: tuple[Listing, ...]
    #: ``""`` (never checked), ``ok``, ``failing`` or ``dead``: see `sphinx_fsp.resources.health`.
    status: str = ""
    #: Day on which the history of links first saw it, ``2026-01-31``, or an empty string.
    first_seen: str = ""
