"""The words of a PDF that TeX made, each where it stands, as poppler reads them."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import NamedTuple

from pagecontent import SOFT, signs, words_of

_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    r'|<page width="[\d.]+" height="([\d.]+)"',
    re.DOTALL,
)
#: The mark that a line of code goes on: poppler may read the hook of its arrow as a comma.
_WRAPPED = re.compile("^[,˓↪→⤷⏎]+")
#: What Sphinx puts where a block of code goes on on the next page.
PAGE_BREAKS = ("(continues on next page)", "(continued from previous page)")


class Place(NamedTuple):
    """A place in the book. The later one is the greater one."""

    page: int
    #: Points below the top of the page.
    y: float


@dataclass(frozen=True)
class Word:
    """A word where it stands; heights and widths are in points."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def place(self) -> Place:
        return Place(self.page, (self.top + self.bottom) / 2)

    @property
    def height(self) -> float:
        return self.bottom - self.top


def read_words(pdf: Path) -> tuple[list[Word], list[float]]:
    """Return the words of a PDF, and the height of each page."""
    run = subprocess.run(
        ["pdftotext", "-raw", "-bbox", "-nopgbrk", str(pdf), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    words: list[Word] = []
    heights: list[float] = []
    for left, top, right, bottom, text, height in _WORD.findall(run.stdout):
        if height:
            heights.append(float(height))
        else:
            box = (float(left), float(top), float(right), float(bottom))
            words.append(Word(unescape(text), len(heights) - 1, *box))
    return words, heights


def margins(words: Sequence[Word]) -> set[int]:
    """Return where running heads and page numbers end: at one height on most pages, and set off."""
    by_page: dict[int, dict[int, float]] = {}
    for word in words:
        lines = by_page.setdefault(word.page, {})
        lines[round(word.bottom)] = min(word.top, lines.get(round(word.bottom), word.top))
    count: Counter[int] = Counter()
    for lines in by_page.values():
        heights = sorted(lines)
        for at, near in ((0, 1), (-1, -2)):
            if len(heights) > 2:
                upper, lower = sorted((heights[at], heights[near]))
                if lines[lower] - upper > 8:
                    count[heights[at]] += 1
    # A rounded height may differ by one where a word has no letter below the line.
    often = {y for y in count if sum(count[y + d] for d in (-1, 0, 1)) > len(by_page) * 0.25}
    return {y + d for y in often for d in (-1, 0, 1)}


def without_note_numbers(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words, without the small raised numbers that lead to notes."""
    before: Word | None = None
    for word in words:
        if before and word.text.isdigit() and _is_raised(word, before):
            continue
        yield word
        before = word


def _is_raised(word: Word, before: Word) -> bool:
    """Tell whether a word is small, and stands above the line of the one before it."""
    raised = before.bottom - word.bottom
    return word.height < before.height * 0.85 and 0.2 < raised / before.height < 1


def text_of(words: Sequence[Word]) -> str:
    """Return the signs of words, without what says that a block of code goes on."""
    shown = [
        _WRAPPED.sub("", word.text) if _starts_line(words, n) else word.text
        for n, word in enumerate(words)
    ]
    text = signs(" ".join(shown))
    for phrase in PAGE_BREAKS:
        text = text.replace(signs(phrase), "")
    return text


def _starts_line(words: Sequence[Word], n: int) -> bool:
    """Tell whether a word is the first of a line."""
    if n == 0:
        return True
    before, word = words[n - 1], words[n]
    return word.page != before.page or word.place.y > before.bottom


def flow(words: Sequence[Word]) -> Iterator[str]:
    """Yield words as they are compared, with a mark where a hyphen at a line's end parts one."""
    for n, word in enumerate(words):
        texts = words_of(word.text)
        at_end = n + 1 < len(words) and _starts_line(words, n + 1)
        if texts and word.text[-1] in "-\u2010" and at_end:
            texts[-1] += SOFT
        yield from texts
