"""The content of the guide's pages as a PDF shows it.

TeX's ``.aux`` file says which named destination a label of Sphinx stands for (``django::doc`` opens
the page ``django``). From there to the next such destination all words, pictures and links belong
to the page. Words come from poppler in the order in which TeX set them, the rest from pikepdf.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from pagecontent import PageContent, is_written
from pdfwords import Place, Word, flow, margins, read_words, text_of, without_note_numbers

_LABEL = re.compile(r"^\\newlabel\{([^{}]*)\}\{(.*)\}$", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """A link where it stands: to an address, or to a named destination."""

    place: Place
    left: float
    right: float
    address: str = ""
    destination: str = ""


@dataclass
class Book:
    """A PDF that Sphinx and LaTeX made, and what it shows of each document."""

    pdf: Path
    #: Docnames that may be in the book.
    docnames: frozenset[str]
    #: The document that opens it. Its title is on the cover.
    root: str
    words: list[Word] = field(init=False)
    heights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        """Read the words, without running heads and page numbers."""
        words, self.heights = read_words(self.pdf)
        marks = margins(words)
        self.words = [word for word in words if round(word.bottom) not in marks]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The destination of each label of Sphinx: ``django:resources`` to ``section.1.2``."""
        aux = self.pdf.with_suffix(".aux").read_text(encoding="utf-8")
        return {m[1]: last_but_one(m[2]) for m in _LABEL.finditer(aux)}

    @cached_property
    def destinations(self) -> dict[str, Place]:
        """Where each named destination is."""
        with pikepdf.open(self.pdf) as pdf:
            numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(pdf.pages)}
            names = pikepdf.NameTree(pdf.Root.Names.Dests)
            found = {}
            for name, target in names.items():
                array = target if isinstance(target, pikepdf.Array) else target.D
                page = numbers[array[0].objgen]
                found[str(name)] = Place(page, self.heights[page] - float(array[3]))
            return found

    @cached_property
    def starts(self) -> list[tuple[Place, str]]:
        """Where each document starts or goes on, in the order of the book.

        A chapter may go on after its pages.
        """
        found: set[tuple[Place, str]] = set()
        for label, destination in self.labels.items():
            docname = label.partition(":")[0]
            if docname in self.docnames and destination in self.destinations:
                # A heading is a little above its destination at times.
                page, y = self.destinations[destination]
                found.add((Place(page, y - 1), docname))
        return sorted(found)

    @cached_property
    def chapters(self) -> list[list[str]]:
        """The documents of each chapter or appendix: ``section.4.2`` is one of chapter 4's."""
        documents = dict.fromkeys(docname for _place, docname in self.starts)
        return [list(group) for _number, group in groupby(documents, self._chapter_of)]

    def _chapter_of(self, docname: str) -> str:
        """Return the number of a document's chapter, or the letter of its appendix."""
        return ([*self.labels.get(f"{docname}::doc", "").split("."), ""])[1]

    def document_at(self, place: Place) -> str:
        """Return the document that a place of the book belongs to, or nothing before the first."""
        if place.page == 0:
            return self.root
        n = bisect_right(self.starts, (place, "\U0010ffff"))
        return self.starts[n - 1][1] if n else ""

    @cached_property
    def pages(self) -> dict[str, PageContent]:
        """The content of each document."""
        words: dict[str, list[Word]] = {docname: [] for _place, docname in self.starts}
        for word in self.words:
            words.setdefault(self.document_at(word.place), []).append(word)
        images, links = self._drawn
        pictures = Counter(self.document_at(place) for place in images)
        names: dict[str, set[str]] = {}
        for label, destination in self.labels.items():
            docname, _, anchor = label.partition(":")
            if docname in self.docnames:
                name = docname if anchor == ":doc" else f"{docname}#{anchor}"
                names.setdefault(destination, set()).add(name)
        content = {}
        for docname, own in words.items():
            mine = whole_links((x for x in links if self.document_at(x.place) == docname), own)
            out = [(link, text) for link, text in mine if link.address]
            content[docname] = PageContent(
                words=tuple(flow(list(without_note_numbers(own)))),
                text=text_of(own),
                images=pictures[docname],
                links=tuple(
                    frozenset(names.get(x.destination, {x.destination}))
                    for x, _text in mine
                    if x.destination
                ),
                addresses=tuple(x.address for x, t in out if not is_written(x.address, t)),
                written=tuple(x.address for x, t in out if is_written(x.address, t)),
                flat=True,
            )
        return content

    @cached_property
    def _drawn(self) -> tuple[list[Place], list[Link]]:
        """All pictures and all links, each where it is."""
        images: list[Place] = []
        links: list[Link] = []
        with pikepdf.open(self.pdf) as pdf:
            for n, page in enumerate(pdf.pages):
                height = self.heights[n]
                images += [Place(n, height - y) for y in pictures_of(page)]
                links += (link for a in page.get("/Annots", ()) for link in link_of(a, n, height))
        return images, links


def whole_links(links: Iterable[Link], words: Sequence[Word]) -> list[tuple[Link, str]]:
    """Return links and their text: one that goes on in the next line is two links in the PDF."""
    lines: dict[tuple[int, int], list[int]] = {}
    for n, word in enumerate(words):
        lines.setdefault((word.page, round(word.place.y) // 10), []).append(n)
    found: list[tuple[Link, list[int]]] = []
    for link in links:
        page, y = link.place
        near = sorted(n for d in (-1, 0, 1) for n in lines.get((page, round(y) // 10 + d), ()))
        covered = [n for n in near if _covers(link, words[n])]
        if covered and found and _goes_on(*found[-1], link, covered):
            found[-1] = (link, found[-1][1] + covered)
        else:
            found.append((link, covered))
    return [(link, " ".join(words[n].text for n in covered)) for link, covered in found]


def _goes_on(before: Link, its: Sequence[int], link: Link, covered: Sequence[int]) -> bool:
    """Tell whether a link is the rest of the one before it, on the next line."""
    same = (before.address, before.destination) == (link.address, link.destination)
    new_line = before.place.page != link.place.page or link.left < before.right
    return same and new_line and bool(its) and covered[0] - its[-1] == 1


def _covers(link: Link, word: Word) -> bool:
    """Tell whether the middle of a word is in a link."""
    middle = (word.left + word.right) / 2
    at_its_height = abs(word.place.y - link.place.y) < 6
    return at_its_height and link.left - 1 <= middle <= link.right + 1


def link_of(annotation: pikepdf.Object, page: int, height: float) -> Iterator[Link]:
    """Yield the link that an annotation makes."""
    if annotation.get("/Subtype") != "/Link":
        return
    left, low, right, high = (float(n) for n in annotation.Rect)
    place = Place(page, height - (low + high) / 2)
    action = annotation.get("/A", pikepdf.Dictionary())
    uri, target = action.get("/URI"), action.get("/D", annotation.get("/Dest"))
    if uri is not None:
        yield Link(place, left, right, address=_decoded(bytes(uri)))
    elif target is not None:
        yield Link(place, left, right, destination=str(target))


def _decoded(uri: bytes) -> str:
    """Return an address as text: TeX writes it as UTF-8."""
    return uri.decode("utf-8", errors="replace")


def pictures_of(page: pikepdf.Page) -> Iterator[float]:
    """Yield the height of the middle of each picture above the foot of the page."""
    objects = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    if not objects:
        return
    identity = pikepdf.Matrix()
    now, saved = identity, []
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(now)
        elif operator == "Q" and saved:
            now = saved.pop()
        elif operator == "cm":
            now = pikepdf.Matrix(*(float(n) for n in instruction.operands)) @ now
        elif operator == "Do":
            drawn = objects[str(instruction.operands[0])]
            box = [float(n) for n in drawn.get("/BBox", [0, 0, 1, 1])]
            yield now.transform(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))[1]


def last_but_one(groups: str) -> str:
    r"""Return the destination in what ``\newlabel`` says.

    >>> last_but_one("{1.2}{33}{A {title}}{section.1.2}{}")
    'section.1.2'
    """
    depth, start, found = 0, 0, []
    for n, char in enumerate(groups):
        if char == "{" and groups[n - 1 : n] != "\\":
            depth += 1
            start = n + 1 if depth == 1 else start
        elif char == "}" and groups[n - 1 : n] != "\\":
            depth -= 1
            if depth == 0:
                found.append(groups[start:n])
    return found[-2] if len(found) > 1 else ""
