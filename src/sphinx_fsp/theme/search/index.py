"""The index of the search, as a script. Pure functions.

It is an inverted index, made for `MiniSearch <https://lucaong.github.io/minisearch/>`_, in a third
of the room of MiniSearch's own format: ``fsp-search-engine.js`` unpacks it. A *unit* is what can be
found: a page, a heading, a resource, an object of a programming language. Each has the words of its
name and of its text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from sphinx_fsp.theme.search.words import words

#: Number of the format.
FORMAT = 1
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#: How often a word stands in a text: more than that says nothing more.
_MOST = 9
#: Longer words are keys and hashes, which nobody types.
_LONGEST = 40


class Heading(NamedTuple):
    """A section of a page."""

    anchor: str
    title: str
    #: Words, with blanks between them.
    text: str


class Found(NamedTuple):
    """A resource, or an object of a programming language."""

    title: str
    #: Of the resource; or of a place in its page, with ``#`` before it.
    address: str
    #: For example "Python function"; empty for a resource.
    type: str = ""
    #: More words to find it by.
    text: str = ""


class Page(NamedTuple):
    """A page of the site."""

    address: str
    title: str
    #: Its title in navigation, if that is another.
    nav_title: str
    chapter: str
    text: str
    headings: Sequence[Heading] = ()
    resources: Sequence[Found] = ()
    objects: Sequence[Found] = ()


def script(
    pages: Sequence[Page], chapters: Sequence[str], language: str, stop_words: Set[str]
) -> str:
    """Return the index as a script; the same pages give the same script.

    *chapters* are in the order in which readers see them.
    """
    types = sorted({found.type for page in pages for found in page.objects})
    names = [words(f"{page.title} {page.nav_title}") for page in pages]
    texts = [page.text for page in pages]
    for page in pages:
        names += [words(heading.title) for heading in page.headings]
        texts += [heading.text for heading in page.headings]
    for kind in ("resources", "objects"):
        found = [f for page in pages for f in getattr(page, kind)]
        names += [words(f.title) for f in found]
        texts += [" ".join(words(f.text)) for f in found]
    vocabulary, in_names, in_texts = _postings(names, texts, stop_words)
    data = {
        "format": FORMAT,
        "language": language,
        "stopWords": " ".join(sorted(stop_words)),
        "chapters": list(chapters),
        "types": types,
        "pages": [
            [
                p.address,
                p.title,
                _place(p.chapter, chapters),
                *([p.nav_title] if p.nav_title else ()),
            ]
            for p in pages
        ],
        "headings": [[v for h in p.headings for v in (h.anchor, h.title)] for p in pages],
        "resources": [[v for r in p.resources for v in (r.title, r.address)] for p in pages],
        "objects": [
            [v for o in p.objects for v in (o.title, o.address, types.index(o.type))] for p in pages
        ],
        "words": vocabulary,
        "names": in_names,
        "texts": in_texts,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Both end a line in scripts, but not in JSON, for readers of before 2019.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"globalThis.fspSearchIndex={text};\n"


def _place(chapter: str, chapters: Sequence[str]) -> int:
    return chapters.index(chapter) if chapter in chapters else -1


def _postings(
    names: Iterable[Sequence[str]], texts: Iterable[str], stop_words: Set[str]
) -> tuple[str, str, str]:
    """Return all words in order, and for each the units that have it in their name, and text."""
    in_names: dict[str, list[tuple[int, int]]] = {}
    in_texts: dict[str, list[tuple[int, int]]] = {}
    for unit, name in enumerate(names):
        for word, count in Counter(name).items():
            in_names.setdefault(word, []).append((unit, count))
    for unit, text in enumerate(texts):
        for word, count in Counter(text.split()).items():
            in_texts.setdefault(word, []).append((unit, count))
    vocabulary = sorted(
        word
        for word in in_names.keys() | in_texts.keys()
        if word in in_names or _is_searched(word, stop_words)
    )
    return (
        " ".join(vocabulary),
        " ".join(packed(in_names.get(word, ())) for word in vocabulary),
        " ".join(
            packed(in_texts.get(word, ())) if word not in stop_words else "" for word in vocabulary
        ),
    )


def _is_searched(word: str, stop_words: Set[str]) -> bool:
    """Tell whether a word is worth its place, if it stands in texts alone."""
    return 1 < len(word) <= _LONGEST and word not in stop_words


def packed(places: Iterable[tuple[int, int]]) -> str:
    """Return numbers of units, and how often each has the word, in few letters.

    Each number is its distance to the one before, twice, and one more when a count follows. Digits
    are of 64; 32 and more say that the number goes on, in digits that each count 32 times as much.

    >>> packed([(0, 1), (1, 3), (60, 1)])
    'ADB2D'
    """
    digits = []
    last = 0
    for unit, count in places:
        numbers = [(unit - last) * 2 + (count > 1)]
        if count > 1:
            numbers.append(min(count, _MOST) - 2)
        last = unit
        for number in numbers:
            while number > 31:
                digits.append(_DIGITS[number % 32 + 32])
                number //= 32
            digits.append(_DIGITS[number])
    return "".join(digits)


def chapters_in_order(chapter_of: Mapping[str, str], order: Iterable[str]) -> list[str]:
    """Return the chapters of some documents, in the order of these, each once."""
    return list(dict.fromkeys(chapter_of[d] for d in order if chapter_of.get(d)))
