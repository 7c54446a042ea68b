"""What a page of the guide says, and what of it another output lost. Pure functions over data.

The words of a PDF come in one flow: that a row of them is a list item isn't written there. So a
heading, a well, an item or a cell of the HTML is looked for in that flow. What TeX puts between its
words (the number of a note, a reference to a page) is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: Rows of words that are looked for, by their names in `PageContent`.
KINDS = ("headings", "wells", "items", "cells", "frames")
#: So many words may stand between two of a row: a note's number, a reference to a page.
GAP = 6

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        # Soft hyphens, what joins and parts letters unseen, and emoji's choice of a picture.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f", ""),
    }
)
#: At the end of the first piece of a word that a hyphen parts at the end of a line.
SOFT = "\u00ad"
#: Marks that only say where a line of code was wrapped.
WRAP_MARKS = "↪→⏎↩⤷␣"
_NOT_COMPARED = re.compile(rf"[\s\-{WRAP_MARKS}]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class PageContent:
    """The content of one page of the guide, as an output shows it."""

    words: tuple[str, ...] = ()
    #: The letters and signs of the page, as `signs` writes them.
    text: str = ""
    headings: tuple[str, ...] = ()
    wells: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    #: Titles of films and other frames, in whose place a book has links.
    frames: tuple[str, ...] = ()
    #: Lines of code, without those that are empty.
    code: tuple[str, ...] = ()
    images: int = 0
    #: Links to pages of the book: each with all names of its target, as in ``django#resources``,
    #: and with the address on the site, if that would do as well.
    links: tuple[frozenset[str], ...] = ()
    #: Addresses of links that leave the book.
    addresses: tuple[str, ...] = ()
    #: Addresses of those whose text is the address, as that of a note is.
    written: tuple[str, ...] = ()
    #: True when the rows of words and the code stand in the text alone.
    flat: bool = field(default=False, compare=False)


class Loss(NamedTuple):
    """Something that a page of one output has and that of the other lacks."""

    kind: str
    what: str


def plain(text: str) -> str:
    """Return *text* with one form for what typography varies.

    >>> plain("“A ﬁrst — so­called…”")
    '"a first - socalled..."'
    """
    return unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text.

    >>> words_of("Don't use e_mail, it's 2.0")
    ['don', 't', 'use', 'e', 'mail', 'it', 's', '2', '0']
    """
    return _WORD.findall(plain(text))


def signs(text: str) -> str:
    """Return letters and signs, without what a line break may have added or taken.

    >>> signs("for x in range(10):↪ print(- x)")
    'forxinrange(10):print(x)'
    """
    return _NOT_COMPARED.sub("", plain(text))


def joined(found: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """Return words in which pieces that stand side by side are put together, where that is needed.

    A PDF hyphenates words, and parts them where the font changes.

    >>> joined(["an", "exam\u00ad", "ple", "self\u00ad", "made"], ["an", "example", "self", "made"])
    ['an', 'example', 'self', 'made']
    >>> joined(["bold", "er", "is", "bold"], ["bolder", "is", "bold"])
    ['bolder', 'is', 'bold']
    """
    known = Counter(wanted)
    needed = known - Counter(word.rstrip(SOFT) for word in found)
    result: list[str] = []
    for word in found:
        before = result[-1] if result else ""
        if before.endswith(SOFT):
            result[-1] = before.rstrip(SOFT)
            whole = result[-1] + word.rstrip(SOFT)
            if needed[whole] > 0:
                needed[whole] -= 1
                word = result.pop() + word
        result.append(word)
    return list(_put_together([word.rstrip(SOFT) for word in result], known))


def _put_together(found: Sequence[str], known: Counter[str]) -> Iterator[str]:
    """Yield words, and those that are missing in the place of their two to four pieces."""
    needed = known - Counter(found)
    # A piece isn't a word of its own: there is one more than is known.
    spare = Counter(found) - known
    n = 0
    while n < len(found):
        length = 1
        for pieces in (4, 3, 2):
            parts = found[n : n + pieces]
            if needed["".join(parts)] > 0 and any(spare[part] > 0 for part in parts):
                needed["".join(parts)] -= 1
                spare.subtract(parts)
                length = len(parts)
                break
        yield "".join(found[n : n + length])
        n += length


class Flow:
    """Words in the order in which they are read, in which rows of words are looked for."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.letters = "".join(words)
        self.places: Mapping[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            self.places[word].append(place)

    def has(self, row: Sequence[str], gap: int = GAP) -> bool:
        """Tell whether all words of a row follow one another, with no more between than *gap*."""
        if "".join(row) in self.letters:
            # Whatever it was that parted its words.
            return True
        ends = self.places.get(row[0], [])
        for word in row[1:]:
            places = self.places.get(word)
            if not places or not ends:
                return False
            ends = _followers(ends, places, gap)
        return bool(ends)


def _followers(ends: Sequence[int], places: Sequence[int], gap: int) -> list[int]:
    """Return the places that are at most *gap* words after one of the ends. Both are sorted."""
    found: list[int] = []
    n = 0
    for place in places:
        while n < len(ends) and ends[n] + gap + 1 < place:
            n += 1
        if n < len(ends) and ends[n] < place:
            found.append(place)
    return found


def losses(wanted: PageContent, got: PageContent) -> list[Loss]:
    """Return what *wanted* has and *got* has not, or has less often."""
    words = joined(got.words, wanted.words)
    found = [Loss("words", w) for w in _missing(wanted.words, words)]
    flow = Flow(words)
    for kind in KINDS:
        rows: tuple[str, ...] = getattr(wanted, kind)
        if got.flat or kind == "frames":
            found += [Loss(kind, row) for row in rows if not flow.has(words_of(row))]
        else:
            there = Counter(" ".join(words_of(row)) for row in getattr(got, kind))
            for row in rows:
                there[" ".join(words_of(row))] -= 1
                if there[" ".join(words_of(row))] < 0:
                    found.append(Loss(kind, row))
    found += [Loss("code", line) for line in _lost_code(wanted, got)]
    if wanted.images > got.images:
        found.append(Loss("images", f"{got.images} of {wanted.images}"))
    links = (*got.links, *(frozenset([uri]) for uri in got.addresses))
    found += [Loss("links", name) for name in _lost_links(wanted.links, links)]
    for kind in ("addresses", "written"):
        missing = _missing(*(map(address, getattr(page, kind)) for page in (wanted, got)))
        # What no program can open needs no link, if readers see it.
        found += [Loss(kind, m) for m in missing if "//" in m or signs(m) not in got.text]
    return found


def is_written(uri: str, text: str) -> bool:
    """Tell whether the text of a link is its address.

    >>> is_written("https://a.example/", "https://a.example"), is_written("https://a.example", "a")
    (True, False)
    """
    shown = signs(text).rstrip("/")
    # Signs around it may be in one word with it.
    return signs(address(uri)) in shown and len(shown) < len(signs(uri)) + 4


def unprinted(addresses: Iterable[str], text: str) -> list[Loss]:
    """Return the addresses that can't be read in a text of `signs`."""
    return [
        Loss("notes", one)
        for one in sorted({*addresses})
        if signs(one).rstrip("/") not in text and signs(address(one)) not in text
    ]


def address(uri: str) -> str:
    """Return an address in the form in which it is compared.

    >>> address("https://example.org/a%20b?x=%C3%A9"), address("https://example.org/")
    ('https://example.org/a b?x=é', 'https://example.org')
    """
    try:
        decoded = re.sub(
            r"(?:%[0-9A-Fa-f]{2})+", lambda m: bytes.fromhex(m[0].replace("%", "")).decode(), uri
        )
    except UnicodeDecodeError:
        decoded = uri
    return decoded.strip().rstrip("/")


def _missing(wanted: Iterable[str], got: Iterable[str]) -> list[str]:
    """Return what is wanted more often than it was found."""
    return sorted((Counter(wanted) - Counter(got)).elements())


def _lost_code(wanted: PageContent, got: PageContent) -> list[str]:
    """Return lines of code that aren't there, and those whose mark for emphasis was left."""
    if not got.flat:
        return _missing(wanted.code, got.code)
    return [
        line
        for line in wanted.code
        if signs(line) not in got.text
        or (f"~~{signs(line)}" in got.text and f"~~{signs(line)}" not in wanted.text)
    ]


def _lost_links(wanted: Iterable[frozenset[str]], got: Iterable[frozenset[str]]) -> list[str]:
    """Return the links for whose target there is none left among those that were found."""
    left = Counter(got)
    lost = []
    # Those with one name first: the others have more to choose from.
    for names in sorted(wanted, key=len):
        fitting = next((n for n in left if left[n] > 0 and names & n), None)
        if fitting is None:
            lost.append(" or ".join(sorted(names)))
        else:
            left[fitting] -= 1
    return sorted(lost)
