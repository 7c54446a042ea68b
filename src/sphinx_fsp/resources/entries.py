"""What an index of resources shows, and in which order. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sphinx_fsp.resources.address import host_of
from sphinx_fsp.resources.filters import parse_filter
from sphinx_fsp.resources.record import Fields, Resource

BY = ("kind", "topic", "chapter", "author", "host", "added", "status")
#: What a filter may ask for.
FILTER_NAMES = frozenset({*Fields._fields, "title", "host", "status", "topic", "chapter"})


class IndexSpec(NamedTuple):
    """What an index is to show."""

    #: One of `BY`, or empty for an index without groups.
    by: str
    #: As it is written; empty for all resources.
    filter: str


class Entry(NamedTuple):
    """A resource in a group of an index."""

    group: str
    resource: Resource


def entries_of(
    resources: Iterable[Resource],
    spec: IndexSpec,
    topic_of: Callable[[str], str],
    chapter_of: Callable[[str], str],
) -> tuple[Entry, ...]:
    """Return what an index shows, in order.

    :param topic_of: the title of a document, by its docname
    :param chapter_of: the title of the chapter that a document stands in, or an empty string
    """
    passes = parse_filter(spec.filter, FILTER_NAMES) if spec.filter else None
    found: list[Entry] = []
    for resource in resources:
        docnames = dict.fromkeys(place.docname for place in resource.listings)
        values: dict[str, Any] = {
            **resource.fields._asdict(),
            "topic": tuple(dict.fromkeys(map(topic_of, docnames))),
            "chapter": tuple(dict.fromkeys(map(chapter_of, docnames))),
            "title": resource.title,
            "host": host_of(resource.url),
            "status": resource.status,
            "added": resource.fields.added or resource.first_seen,
        }
        if passes and not passes(values):
            continue
        groups = values[spec.by] if spec.by else ""
        if spec.by == "added":
            groups = groups[:7]
        groups = groups if isinstance(groups, tuple) else (groups,)
        found += [Entry(group, resource) for group in groups or ("",)]
    found.sort(key=lambda entry: (entry.resource.title.casefold(), entry.resource.key))
    # Groups that differ in case alone are two.
    found.sort(key=lambda entry: (entry.group.casefold(), entry.group), reverse=spec.by == "added")
    # Those without what the index is made by come last.
    found.sort(key=lambda entry: not entry.group)
    return tuple(found)
