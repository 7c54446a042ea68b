"""How wide text is on paper, and how a table's width is shared by its columns. Pure functions.

Widths are in em, the size of the font. They are estimates for fonts of usual proportions: whoever
uses them leaves TeX the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple
from unicodedata import combining, east_asian_width

#: The width of the text on a page of a guide's book.
PAGE = 37.0
#: The width of each character of a fixed-width font.
MONO = 0.55
#: Where long words may be broken: a character that has no width.
BREAK = "\u200b"

_NARROW = frozenset("iljtfrI.,;:'|!()[]/\\-` ")
_WIDE = frozenset("mwMW@%—…")

#: A column is never planned for a longer word than this: such a word is hyphenated.
_LONGEST_WORD = 10.0
#: A column that is narrower than this is hard to read, unless its text is short.
_COMFORT = 7.0


class Run(NamedTuple):
    """A piece of text in one font."""

    text: str
    mono: bool = False
    #: How much wider than usual: bold, for one.
    scale: float = 1.0


class Size(NamedTuple):
    """A size of type for a table."""

    #: Its name in LaTeX; empty for that of the text.
    name: str
    scale: float
    #: The space between two columns, in em of the text.
    gap: float


SIZES = (Size("", 1.0, 1.2), Size("small", 0.9, 0.9), Size("footnotesize", 0.8, 0.6))
SMALLEST = SIZES[-1]
#: That of a table that is parted.
PARTED = SIZES[1]


class Column(NamedTuple):
    """What a column of a table needs."""

    #: The width of its longest word.
    least: float
    #: The width that it takes when no line of it is broken.
    natural: float

    @property
    def comfort(self) -> float:
        """The width from which it is easy to read."""
        return min(self.natural, max(self.least, _COMFORT))


class Layout(NamedTuple):
    """How a table is set."""

    size: Size
    #: The width of each column, in em of the text.
    widths: tuple[float, ...]
    #: What each takes where the line is wider than was thought.
    limits: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The part of the line that each column takes at most, with the space around it."""
        outer = [width + self.size.gap for width in self.widths]
        # Cut off, not rounded: the sum may not be more than the line.
        return tuple(int(width / sum(outer) * 10000) / 10000 for width in outer)


def char_width(char: str, mono: bool = False) -> float:
    """Return the width of a character."""
    if char == BREAK or combining(char):
        return 0.0
    if east_asian_width(char) in {"W", "F"}:
        return 1.0
    if mono:
        return MONO
    if char in _NARROW:
        return 0.32
    if char in _WIDE:
        return 0.87
    if char.isupper():
        return 0.7
    if char.isascii():
        return 0.515
    return 0.58


def text_width(text: str, mono: bool = False) -> float:
    """Return the width of text on one line.

    >>> text_width("WWW") > text_width("iii")
    True
    """
    return sum(char_width(char, mono) for char in text)


def needs_of(runs: Iterable[Run]) -> tuple[float, float]:
    """Return the width of the longest word of a text, and of the whole text on one line."""
    word = longest = total = 0.0
    for text, mono, scale in runs:
        for char in text:
            width = char_width(char, mono) * scale
            total += width
            if char.isspace() or char == BREAK:
                word = 0.0
                continue
            # Chinese and Japanese are broken anywhere.
            word = width if width >= scale else word + width
            longest = max(longest, word)
            if char in "\u2013\u2014":
                word = 0.0
    return longest, total


def column_of(least: float, natural: float) -> Column:
    """Return a column, with a limit to what a word may ask for, and some air."""
    least = min(least, _LONGEST_WORD)
    return Column(least * 1.03 + 0.2, max(natural, least) * 1.04 + 0.3)


def plan(columns: Sequence[Column], room: float, sizes: Sequence[Size] = SIZES) -> Layout | None:
    """Return the widths of a table's columns; None where its words find no room.

    The largest size of type is taken in which the columns are easy to read, and else the largest
    in which the words fit. A table whose lines all fit isn't stretched.
    """
    for need in ("natural", "comfort", "least"):
        for size in sizes[:1] if need == "natural" else sizes:
            inner = room - size.gap * len(columns)
            if size.scale * sum(getattr(c, need) for c in columns) <= inner:
                return layout_of(columns, size, _shared(columns, inner, size.scale))
    return None


def layout_of(columns: Sequence[Column], size: Size, widths: Iterable[float]) -> Layout:
    """Return how a table is set whose columns have these widths."""
    # TeX can't hold a width of thousands of em.
    limits = tuple(min(column.natural * size.scale, 3 * PAGE) for column in columns)
    return Layout(size, tuple(widths), limits)


def _shared(columns: Sequence[Column], room: float, scale: float) -> tuple[float, ...]:
    """Return the width of each column: what it needs, and its part of what is left."""
    naturals = [column.natural * scale for column in columns]
    if sum(naturals) <= room:
        return tuple(naturals)
    comforts = [column.comfort * scale for column in columns]
    widths = [column.least * scale for column in columns]
    if sum(comforts) <= room:
        widths = comforts
    # A column gets no more than it has use for; what it leaves goes to the others. The root keeps
    # a column of long text from taking all.
    while (left := room - sum(widths)) > 0.01:
        wants = [max(n - w, 0.0) ** 0.5 for n, w in zip(naturals, widths, strict=True)]
        total = sum(wants)
        widths = [
            min(n, w + left * want / total)
            for n, w, want in zip(naturals, widths, wants, strict=True)
        ]
    return tuple(widths)


def groups(columns: Sequence[Column], barred: frozenset[int], room: float) -> list[range] | None:
    """Return how the columns of a wide table are shared by several; the first stands in each.

    :param barred: columns before which no new table may start, for a cell reaches over there
    :returns: ranges of columns without the first; None when there is no such way
    """
    if len(columns) < 2 or 1 in barred:
        return None
    found: list[range] = []
    start = 1
    size = PARTED

    def width(stop: int) -> float:
        chosen = [columns[0], *columns[start:stop]]
        return sum(c.comfort * size.scale + size.gap for c in chosen)

    while start < len(columns):
        ends = [n for n in range(start + 1, len(columns) + 1) if n not in barred]
        fits = [n for n in ends if width(n) <= room]
        stop = fits[-1] if fits else ends[0]
        if not fits and plan([columns[0], *columns[start:stop]], room, [PARTED]) is None:
            return None
        found.append(range(start, stop))
        start = stop
    return found


def lines_of(width: float, column: float) -> int:
    """Return how many lines a text takes in a column."""
    # A line is filled to nine tenths, for words aren't broken.
    return max(ceil(width / max(column * 0.9, 0.5)), 1)
