"""The addresses of a page, as numbered notes at its end. Pure functions.

A link to elsewhere is no use to who reads on paper, or on a device that only shows books. Each
address stands once in the notes of a page, and a number behind every link leads there and back.

This works on the page as it will be, since some of its links were HTML all along: those of an
index of resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sphinx.locale import get_translation

from sphinx_fsp.book.epub import xml
from sphinx_fsp.book.epub.drawings import DRAWINGS

_ = get_translation("sphinx_fsp")

SCHEMES = ("http://", "https://", "ftp://")


class Note(NamedTuple):
    """An address, and how often a page leads there."""

    address: str
    times: int


def add_notes(body: Element) -> None:
    """Put a number behind each link of a page that leads out of the book, and list them."""
    times: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for parent, link in list(_links(body)):
        address = link.get("href", "")
        if not address.startswith(SCHEMES) or _is_written_out(xml.text_of(link), address):
            continue
        number = numbers.setdefault(address, len(numbers) + 1)
        times[address] = times.get(address, 0) + 1
        made = mark(number, times[address])
        made.tail, link.tail = link.tail, None
        parent.insert(list(parent).index(link) + 1, made)
    if numbers:
        body.append(notes(Note(address, times[address]) for address in numbers))


def _links(parent: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each link in order, and the element that it stands in."""
    for child in parent:
        if child.tag == "a":
            yield parent, child
        elif child.tag not in DRAWINGS:
            yield from _links(child)


def _is_written_out(text: str, address: str) -> bool:
    """Tell whether readers see the address anyway."""
    return address in text or text.strip() == address.rstrip("/")


def mark(number: int, time: int) -> Element:
    """Return the number behind a link.

    >>> xml.write(mark(3, 2))
    '<sup class="fsp-mark"><a epub:type="noteref" role="doc-noteref" id="fsp-mark-3-2" \
href="#fsp-note-3">3</a></sup>'
    """
    place = {"id": f"fsp-mark-{number}-{time}", "href": f"#fsp-note-{number}"}
    link = Element("a", {"epub:type": "noteref", "role": "doc-noteref", **place})
    link.text = str(number)
    made = Element("sup", {"class": "fsp-mark"})
    made.append(link)
    return made


def notes(found: Iterable[Note]) -> Element:
    """Return the notes of a page."""
    made = Element("section", {"class": "fsp-notes", "epub:type": "endnotes"})
    made.attrib |= {"role": "doc-endnotes", "aria-labelledby": "fsp-notes"}
    heading = Element("h2", {"id": "fsp-notes"})
    heading.text = str(_("Links"))
    listed = Element("ol")
    made.extend([heading, listed])
    for number, note in enumerate(found, 1):
        item = Element("li", {"id": f"fsp-note-{number}", "epub:type": "endnote"})
        link = Element("a", {"href": note.address})
        link.text = note.address
        item.append(link)
        for time in range(1, note.times + 1):
            xml.append(item, " ")
            item.append(_way_back(number, time))
        listed.append(item)
    return made


def _way_back(number: int, time: int) -> Element:
    """Return the link from a note to one of its marks."""
    words = str(_("Back to link {number} in the text")).format(number=number)
    made = Element("a", {"epub:type": "backlink", "role": "doc-backlink"})
    made.attrib |= {"href": f"#fsp-mark-{number}-{time}", "aria-label": words}
    made.text = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
    return made
