"""The addresses of a book in print: numbered notes at the end of each chapter.

A link is no use on paper. Each address stands once in a chapter's notes, however often the chapter
links to it, and its number stands behind every link to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation

_ = get_translation("sphinx_fsp")

SCHEMES = ("http://", "https://", "ftp://", "mailto:")


def is_external(reference: nodes.reference) -> bool:
    """Tell whether a link leads out of the book."""
    return str(reference.get("refuri", "")).lower().startswith(SCHEMES)


def numbers(addresses: Iterable[str]) -> dict[str, int]:
    """Return the number of each address: in the order in which they come, equal ones once.

    >>> numbers(["https://b.example", "https://a.example", "https://b.example"])
    {'https://b.example': 1, 'https://a.example': 2}
    """
    found: dict[str, int] = {}
    for address in addresses:
        found.setdefault(address, len(found) + 1)
    return found


def add_notes(book: nodes.document) -> None:
    """Put a number behind the links of a book, and a list of addresses behind each chapter."""
    root = book.next_node(nodes.section)
    chapters = list(_chapters(book))
    for chapter in [*([_front(root)] if root is not None else []), *chapters]:
        links = [link for link in chapter.findall(nodes.reference) if is_external(link)]
        known = numbers(str(link["refuri"]) for link in links)
        for link in links:
            # An address that is written out needs no number to be found.
            if link.astext() != link["refuri"]:
                mark = rf"\fspnote{{{known[link['refuri']]}}}"
                at = link.parent.index(link) + 1
                link.parent.insert(at, nodes.raw("", mark, format="latex"))
        if known:
            chapter += _notes(known)


def _front(root: nodes.section) -> nodes.Element:
    """Return what stands before the chapters, put into an element of its own."""
    front = nodes.compound()
    for child in root.children[1:]:
        is_chapter = isinstance(child, nodes.section | addnodes.start_of_file)
        if is_chapter or child.next_node(addnodes.start_of_file) is not None:
            break
        root.remove(child)
        front += child
    root.insert(1, front)
    return front


def _chapters(book: nodes.document) -> Iterator[nodes.section]:
    """Yield the sections of a book that LaTeX makes chapters of."""
    root = book.next_node(nodes.section)
    for section in book.findall(nodes.section):
        above = section.parent
        while above is not None and not isinstance(above, nodes.section):
            above = above.parent
        if section is not root and above is root:
            yield section


def _notes(known: dict[str, int]) -> nodes.compound:
    """Return the list of a chapter's addresses."""
    notes = nodes.compound(classes=["book-notes"])
    title = _("Links")
    notes += nodes.raw("", rf"\begin{{fspnotes}}{{{title}}}", format="latex")
    for address, number in known.items():
        item = nodes.paragraph("", "", nodes.raw("", rf"\fspnoteitem{{{number}}}", format="latex"))
        item += nodes.reference("", address, refuri=address)
        notes += item
    notes += nodes.raw("", r"\end{fspnotes}", format="latex")
    return notes


def index_pages(book: nodes.document, titles: dict[str, str]) -> None:
    """Put each page into the index of the book, under its short title.

    :param titles: by docname
    """
    for file in book.findall(addnodes.start_of_file):
        title = titles.get(file["docname"])
        section = file.next_node(nodes.section)
        if title and section is not None and section.parent is file:
            # A semicolon would part an entry from what stands below it.
            entry = ("single", title.replace(";", ","), "", "", None)
            section.insert(1, addnodes.index(entries=[entry]))
