"""All listings of one address are one resource. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sphinx_fsp.diagnostics import CONFLICTING_METADATA, DUPLICATE_IN_LIST, ID_CLASH, Problem
from sphinx_fsp.resources.address import host_of, record_key
from sphinx_fsp.resources.record import Fields, Listing, Resource
from sphinx_fsp.source.slugs import slugify

#: Fields of which every place may know some more.
_GATHERED = ("author", "tags")


class Health(NamedTuple):
    """What the history of links knows of an address."""

    status: str = ""
    archive: str = ""
    first_seen: str = ""


def merge(
    listings: Iterable[Listing], health_of: Callable[[str], Health] = lambda key: Health()
) -> tuple[tuple[Resource, ...], list[Problem]]:
    """Return a resource for each address, and what its places contradict one another in.

    The result doesn't depend on the order of *listings*: those of data files come first, the
    others by document and line. What comes first wins.

    :param health_of: what is known of an address, by its key
    """
    ordered = sorted(listings, key=lambda listing: (listing.docname, listing.path, listing.line))
    by_key: dict[str, list[Listing]] = {}
    for listing in ordered:
        by_key.setdefault(record_key(listing.url), []).append(listing)
    problems: list[Problem] = []
    names = _names(by_key, problems)
    resources = []
    for key, places in by_key.items():
        fields = _merged(places, problems)
        health = health_of(key)
        if health.archive and not fields.archive:
            fields = fields._replace(archive=health.archive)
        resources.append(
            Resource(
                key=key,
                url=next((p.url for p in places if p.url.startswith("https:")), places[0].url),
                title=places[0].title,
                description=next((p.description for p in places if p.description), ""),
                fields=fields,
                name=names[key],
                listings=tuple(p for p in places if p.docname),
                status=health.status,
                first_seen=health.first_seen,
            )
        )
    return tuple(resources), problems


def _merged(places: Sequence[Listing], problems: list[Problem]) -> Fields:
    """Return the fields that the places of one address give together."""
    values: dict[str, Any] = {}
    given_by: dict[str, Listing] = {}
    for place in places:
        for field, value in place.fields.given().items():
            if field in _GATHERED:
                values[field] = tuple(dict.fromkeys((*values.get(field, ()), *value)))
            elif field not in values:
                values[field], given_by[field] = value, place
            elif values[field] != value and field not in {"added", "name"}:
                first = given_by[field]
                details = {
                    "field": field,
                    "url": place.url,
                    "value": value,
                    "other": values[field],
                    "place": f"{first.path}:{first.line}",
                }
                problems.append(Problem(CONFLICTING_METADATA, place.path, place.line, details))
    if "kind" not in values:
        # Places may read differently: take what most of them say, and nothing when they differ.
        guesses = Counter(place.kind for place in places if place.kind).most_common(2)
        if guesses and (len(guesses) == 1 or guesses[0][1] > guesses[1][1]):
            values["kind"] = guesses[0][0]
    return Fields(**values)


def _names(by_key: dict[str, list[Listing]], problems: list[Problem]) -> dict[str, str]:
    """Return the name of each resource, by its key.

    It is the field ``name``, or else the title as a slug. Resources of one title get their host
    added, and if that doesn't tell them apart, a number.
    """
    names: dict[str, str] = {}
    taken: dict[str, Listing] = {}
    for key, places in by_key.items():
        place = next((p for p in places if p.fields.name), None)
        if place is None:
            continue
        name = place.fields.name
        if other := taken.get(name):
            details = {"name": name, "other": f"{other.url} ({other.path}:{other.line})"}
            problems.append(Problem(ID_CLASH, place.path, place.line, details))
            continue
        names[key], taken[name] = name, place
    unnamed = {key: places for key, places in by_key.items() if key not in names}
    titles = {key: slugify(places[0].title) or "resource" for key, places in unnamed.items()}
    often = Counter(titles.values())
    for key, places in unnamed.items():
        name = titles[key]
        if often[name] > 1 or name in taken:
            name = f"{name}-{slugify(host_of(places[0].url).replace('.', '-'))}"
        base, number = name, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        names[key], taken[name] = name, places[0]
    return names


def duplicates(listings: Iterable[Listing]) -> list[Problem]:
    """Return a problem for each listing of one list whose address stands there already."""
    first: dict[str, Listing] = {}
    problems = []
    for listing in listings:
        other = first.setdefault(record_key(listing.url), listing)
        if other is not listing:
            details = {"url": listing.url, "other": str(other.line)}
            problems.append(Problem(DUPLICATE_IN_LIST, listing.path, listing.line, details))
    return problems
