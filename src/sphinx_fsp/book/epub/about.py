"""What an EPUB says of itself: how it can be read, and where its parts are. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Accessibility(NamedTuple):
    """What is known of how a book can be read."""

    #: How many images it has.
    images: int
    #: How many of them say nothing to who doesn't see them.
    silent: int
    #: True when one of them might move.
    moves: bool
    has_index: bool
    #: What is said to readers of it, in their language.
    summary: str


_IMG = re.compile(r"<img\b[^<>]*>")


def count_images(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many images pages have, and how many of them have no words."""
    images = [tag for text in texts for tag in _IMG.findall(text)]
    return len(images), sum('alt=""' in tag for tag in images)


def accessible_metadata(known: Accessibility) -> list[tuple[str, str]]:
    """Return what the book says of itself in the words of schema.org.

    Only what holds for every page. That it conforms to a standard, a person has to say who has
    read it.
    """
    said = [("accessMode", "textual")]
    if known.images:
        said.append(("accessMode", "visual"))
    if not known.silent:
        said.append(("accessModeSufficient", "textual"))
    if known.images:
        said.append(("accessModeSufficient", "textual,visual"))
    features = [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    ]
    features += ["alternativeText"] if known.images and not known.silent else []
    features += ["index"] if known.has_index else []
    said += [("accessibilityFeature", feature) for feature in features]
    said.append(("accessibilityHazard", "unknown" if known.moves else "none"))
    said.append(("accessibilitySummary", known.summary))
    return said


class Entry(NamedTuple):
    """An entry of the navigation."""

    title: str
    #: The name of its page in the output; an address in the book once it is numbered.
    href: str
    children: Sequence[Entry] = ()
    number: int = 0


def numbered(entries: Iterable[Entry], href: Callable[[str], str]) -> list[Entry]:
    """Return the navigation with addresses, each entry with its number in reading order."""
    count = 0

    def take(found: Iterable[Entry]) -> list[Entry]:
        nonlocal count
        made = []
        for entry in found:
            count += 1
            number = count
            made.append(Entry(entry.title, href(entry.href), tuple(take(entry.children)), number))
        return made

    return take(entries)


def depth_of(entries: Iterable[Entry]) -> int:
    """Return how many levels a navigation has."""
    return max((1 + depth_of(entry.children) for entry in entries), default=0)
