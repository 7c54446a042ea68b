"""The navigation of a site, from data. Pure functions.

A page shows the top of the tree, and below it only the branch that it stands in. A long level is
shown as a window around the branch, whose ends lead on. So the cost of a page doesn't grow with
the number of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

#: Entries of a level that are shown at most, and at least.
MOST, LEAST = 60, 6
#: Length of a page's navigation, in characters.
LENGTH = 14_000
#: Letters of a title. A longer one ends in an ellipsis; its page has all of it.
LETTERS = 100


@dataclass(slots=True, eq=False)
class Entry:
    """A place in the tree: a document, or an address outside of it."""

    #: The title as text, and as HTML where it is more than text.
    text: str
    markup: str = ""
    #: Empty for an address.
    docname: str = ""
    address: str = ""
    number: str = ""
    #: What stands above the entry, when it is the first of its group.
    caption: str = ""
    #: False for a branch that only its own pages show.
    listed: bool = True
    #: True for a page that Sphinx makes: an index, the search.
    generated: bool = False
    parent: Entry | None = None
    children: list[Entry] = field(default_factory=list)
    #: The children that every page shows, and the place among them. Set by `Navigation`, as is
    #: the HTML of the title: what is needed for each page is made once.
    shown: list[Entry] = field(default_factory=list)
    place: int = 0
    title: str = ""


class Words(NamedTuple):
    """What the ends of a window say."""

    earlier: str
    later: str


class Navigation:
    """The tree of a site, below its root document."""

    def __init__(self, root: Entry) -> None:
        self.root = root
        #: The first place of each document; another one only links to it.
        self.places: dict[str, Entry] = {}
        #: Documents in reading order.
        self.order: list[str] = []
        for entry in _walk(root):
            entry.shown = [child for child in entry.children if child.listed]
            for n, child in enumerate(entry.shown):
                child.place = n
            entry.title = _title(entry)
            if entry.docname and entry.docname not in self.places:
                self.places[entry.docname] = entry
                if not entry.generated:
                    self.order.append(entry.docname)
        self._position = {docname: n for n, docname in enumerate(self.order)}

    def neighbours(self, docname: str) -> tuple[Entry | None, Entry | None]:
        """Return the documents before and after one in reading order."""
        n = self._position.get(docname)
        if n is None:
            return None, None
        before = self.places[self.order[n - 1]] if n else None
        after = self.places[self.order[n + 1]] if n + 1 < len(self.order) else None
        return before, after

    def ancestors(self, docname: str) -> list[Entry]:
        """Return the documents above one, the topmost first, without the root document."""
        found: list[Entry] = []
        entry = self.places.get(docname)
        while entry is not None and entry.parent is not None:
            entry = entry.parent
            found.append(entry)
        return found[-2::-1]

    def chapter(self, docname: str) -> Entry | None:
        """Return the topmost document of the branch in which a document stands."""
        return next(iter([*self.ancestors(docname), self.places.get(docname)]), None)


def _walk(root: Entry) -> Iterator[Entry]:
    waiting = [root]
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(entry.children))


def sidebar(
    navigation: Navigation,
    docname: str,
    address: Callable[[str], str],
    words: Words,
    below: str = "",
) -> str:
    """Return the navigation of a page as HTML.

    *address* gives the address of a document as the page refers to it. A page that is not in the
    tree is shown *below* another one.
    """
    place = navigation.places.get(docname) or navigation.places.get(below)
    branch = [*navigation.ancestors(place.docname), place] if place else []
    most = MOST
    while True:
        html = _level(navigation.root, [e for e in branch if e], most, address, words, docname)
        if len(html) <= LENGTH or most <= LEAST:
            return html
        # So that a few steps reach what fits.
        most = max(LEAST, int(most * 0.9 * LENGTH / len(html)))


def _level(
    parent: Entry,
    branch: Sequence[Entry],
    most: int,
    address: Callable[[str], str],
    words: Words,
    docname: str,
) -> str:
    """Return what is below an entry as a list, with the levels below on the open *branch*."""
    here = branch[0] if branch else None
    entries = parent.shown
    if here is not None and not here.listed:
        # Shown beside its own pages only, after the others.
        entries, focus = [*entries[-most:], here], most
    else:
        focus = here.place if here is not None else 0
    if not entries:
        return ""
    first, last = _window(len(entries), focus, most)
    parts = ["<ul>"]
    if first:
        parts.append(_more(entries[first - 1], words.earlier.format(count=first), address))
    for entry in entries[first:last]:
        if entry.caption:
            # The list that was begun holds nothing yet, or is done.
            parts[-1:] = [] if parts[-1] == "<ul>" else [parts[-1], "</ul>"]
            parts.append(f'<p class="caption">{escape(entry.caption)}</p><ul>')
        if entry is here:
            below = _level(entry, branch[1:], most, address, words, docname)
            link = _link(entry, address, current=entry.docname == docname)
            parts.append(f'<li class="open">{link}{below}</li>')
        else:
            parts.append(f"<li>{_link(entry, address)}</li>")
    if rest := len(entries) - last:
        parts.append(_more(entries[last], words.later.format(count=rest), address))
    parts.append("</ul>")
    return "\n".join(parts)


def _window(length: int, focus: int, most: int) -> tuple[int, int]:
    """Return the first entry to show and the one after the last.

    >>> _window(5, 4, 10), _window(100, 50, 10), _window(100, 99, 10)
    ((0, 5), (45, 55), (90, 100))
    """
    if length <= most:
        return 0, length
    first = min(max(0, focus - most // 2), length - most)
    return first, first + most


def _link(entry: Entry, address: Callable[[str], str], *, current: bool = False) -> str:
    if entry.address:
        return f'<a class="external" href="{escape(entry.address)}">{entry.title}</a>'
    here = ' aria-current="page"' if current else ""
    return f'<a href="{escape(address(entry.docname))}"{here}>{entry.title}</a>'


def _more(entry: Entry, text: str, address: Callable[[str], str]) -> str:
    href = entry.address or address(entry.docname)
    return f'<li class="more"><a href="{escape(href)}">{escape(text)}</a></li>'


def _title(entry: Entry) -> str:
    """Return the title of an entry as HTML, cut when it is too long for navigation."""
    number = f'<span class="number">{escape(entry.number)}</span> ' if entry.number else ""
    if len(entry.text) > LETTERS:
        return number + escape(entry.text[: LETTERS - 1].rstrip() + "…")
    return number + (entry.markup or escape(entry.text))


def addresses(targets: Mapping[str, str], root: str) -> Callable[[str], str]:
    """Return the function that gives addresses for a page.

    *targets* are the addresses of documents seen from the top of the site; *root* leads from the
    page to that top (``../``).
    """

    def address(docname: str) -> str:
        return root + targets.get(docname, "") or "./"

    return address
