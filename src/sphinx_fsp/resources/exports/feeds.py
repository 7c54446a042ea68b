"""What is new, for feeds: which resources, since when, and by which identifier. Pure functions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import address
from sphinx_fsp.resources.record import Resource

#: Readers ask for a feed again and again: it holds what is new, not all there is.
LIMIT = 100


class Entry(NamedTuple):
    """A resource in a feed."""

    resource: Resource
    added: datetime


def added_at(resource: Resource) -> datetime | None:
    """Return when a resource came into the guide: as its author says, or else when first seen.

    A year or a month is its first day. A day starts as it does in Greenwich.
    """
    return _start_of(resource.fields.added or resource.first_seen)


@lru_cache(maxsize=1000)
def _start_of(date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{date}-01-01"[:10]).replace(tzinfo=UTC) if date else None
    except ValueError:
        return None


def newest(resources: Iterable[Resource], limit: int = LIMIT) -> list[Entry]:
    """Return the entries of a feed, newest first; of one day, in the order given."""
    dated = ((resource, added_at(resource)) for resource in resources)
    entries = [Entry(resource, added) for resource, added in dated if added]
    return sorted(entries, key=lambda entry: entry.added, reverse=True)[:limit]


def entry_id(resource: Resource, site: Site) -> str:
    """Return an identifier for a resource that no other site uses, as RFC 4287, 4.2.6 asks.

    It stays when the resource moves to another page, when its address is written in another way
    and when the site moves to https.
    """
    return _identifier(f"{record_key(site.absolute(''))} {resource.key}")


def feed_id(site: Site, name: str) -> str:
    """Return an identifier for a feed: its address, or one made of its title."""
    return address(site.absolute(name)) or _identifier(f"{site.title} {name}")


def rfc3339(moment: datetime) -> str:
    """Return a moment as both feeds write it.

    >>> rfc3339(datetime(2026, 1, 31, tzinfo=UTC))
    '2026-01-31T00:00:00Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _identifier(text: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, address(text)).urn
