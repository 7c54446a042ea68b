"""Which lines of a file are which page. Pure functions over what `source.github` reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from sphinx_fsp.source.github import Heading, Leaf, Reading

#: What names an anchor that stands right before its heading.
_ANCHORS = re.compile(r"\s*(?:<(a|span|div)\b[^>]*\b(?:id|name)\s*=[^>]*(?:/>|>\s*</\1\s*>)\s*)+")
#: Share of a list's items that lead to places in the same file, where it is a table of contents.
_INSIDE = 0.75
_LINK = re.compile(r"""\]\(\s*<?([^\s)>]*)|\bhref\s*=\s*["']?([^\s"'>]*)|\]\[[^\]]+\]|https?://""")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>", re.IGNORECASE)


def title_of(reading: Reading, level: int, first: int) -> tuple[Heading | None, list[Heading]]:
    """Return the heading that is the title of a file, and all others that could start a page.

    Headings inside of a table of HTML and the like can't: a page would end in the middle of it.

    :param level: the deepest level of headings that start a page
    :param first: the first line below the file's header
    """
    headings = [heading for heading in reading.headings if heading.start >= first]
    title = next((h for h in headings if h.level <= max(level, 1)), None)
    if title and title.level > 1:
        title = None
    return title, [h for h in headings if h != title and h.title and not h.nested]


def parts_of(
    reading: Reading, starts: list[Heading], lines: list[str], first: int
) -> tuple[tuple[range, ...], list[tuple[Heading, range]]]:
    """Return the lines of the lead page, and the other pages with theirs.

    :param first: the first line below the header
    """
    bounds = [*(_start(heading, lines) for heading in starts), reading.length]
    lead = [range(first, bounds[0])]
    parts = []
    deeper = [after.level > before.level for before, after in pairwise(starts)] + [False]
    for heading, (start, end), has_parts in zip(starts, pairwise(bounds), deeper, strict=False):
        if not has_parts and is_contents(_leaves(reading, heading.end, end)):
            lead.append(range(start, end))
        else:
            parts.append((heading, range(start, end)))
    return tuple(lead), parts


def with_footnotes(
    reading: Reading, lines: list[str], parts: list[tuple[range, ...]]
) -> list[tuple[range, ...]]:
    """Return the lines of pages, each with the footnotes that it refers to, and no others."""
    notes = {line for _, part in reading.footnotes for line in part}
    for label, note in reading.footnotes:
        mark = f"[^{label}]"
        texts = ("\n".join(lines[n] for p in part for n in p if n not in notes) for part in parts)
        referring = [mark in text for text in texts]
        if any(referring):
            parts = [
                (*_without(part, note), note) if refers else _without(part, note)
                for part, refers in zip(parts, referring, strict=True)
            ]
    return parts


def _without(parts: tuple[range, ...], note: range) -> tuple[range, ...]:
    """Return lines without those of a note."""
    halves = (
        half
        for part in parts
        for half in (
            range(part.start, min(part.stop, note.start)),
            range(max(part.start, note.stop), part.stop),
        )
    )
    return tuple(half for half in halves if half)


def _start(heading: Heading, lines: list[str]) -> int:
    """Return the first line of a part: that of its heading, or of an anchor right before it."""
    start = at = heading.start
    while at and (not lines[at - 1].strip() or _ANCHORS.fullmatch(lines[at - 1])):
        at -= 1
        if lines[at].strip():
            start = at
    return start


def _leaves(reading: Reading, start: int, end: int) -> Iterable[Leaf]:
    """Return the blocks between two lines."""
    first, last = (bisect_left(reading.leaves, (line,)) for line in (start, end))
    return reading.leaves[first:last]


def is_contents(leaves: Iterable[Leaf]) -> bool:
    """Tell whether the text of a section is nothing but links to places in the same file."""
    total = inside = 0
    for leaf in leaves:
        if leaf.kind not in {"inline", "html_block"}:
            return False
        links = links_of(leaf.content)
        if any(not link.startswith("#") for link in links):
            return False
        if leaf.kind == "inline" or links:
            total += 1
            inside += bool(links)
    return inside > 0 and inside >= _INSIDE * total


def links_of(text: str) -> list[str]:
    """Return the addresses of the links in a piece of text, without those of images.

    What isn't written at its place, or in no link, is ``elsewhere``.
    """
    found = _LINK.finditer(_IMAGE.sub("", text))
    return [match[1] or match[2] or "elsewhere" for match in found]
