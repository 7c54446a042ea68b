"""The order and the navigation of an EPUB, from the plan of the book. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sphinx_fsp.book.epub.about import Entry
from sphinx_fsp.book.plan import Appendix, Plan


class Opening(NamedTuple):
    """A page that is made to open an appendix which no page of the guide opens."""

    #: Its name in the output, without an ending.
    name: str
    title: str
    docnames: tuple[str, ...]


def openings(plan: Plan, title_of: Callable[[Appendix], str]) -> list[Opening]:
    """Return the pages that open appendices."""
    without_head = [appendix for appendix in plan.appendices if not appendix.has_head]
    return [
        Opening(f"fsp-appendix-{number}", title_of(appendix), appendix.docnames)
        for number, appendix in enumerate(without_head, 1)
    ]


def reading_order(plan: Plan, opened: Iterable[Opening]) -> list[str]:
    """Return the names of all pages of a book in order, documents and others."""
    waiting = list(opened)
    names = list(plan.chapters)
    for appendix in plan.appendices:
        names.append(appendix.name if appendix.has_head else waiting.pop(0).name)
        names += appendix.docnames
    return names


class Outline:
    """Makes the navigation of a book."""

    def __init__(
        self,
        toctrees: Mapping[str, Sequence[str]],
        title_of: Callable[[str], str],
        deepest: int,
    ) -> None:
        self.toctrees = toctrees
        self.title_of = title_of
        self.deepest = max(deepest, 1)

    def entries(self, root: str, plan: Plan, opened: Iterable[Opening]) -> list[Entry]:
        """Return the navigation: the first page, the chapters, and the appendices."""
        waiting = list(opened)
        left = set(plan.chapters) - {root}
        found = [Entry(self.title_of(root), root)]
        found += self._below(root, left, 1)
        for appendix in plan.appendices:
            left = set(appendix.docnames)
            if appendix.has_head:
                below = self._below(appendix.name, left, 2)
                found.append(Entry(self.title_of(appendix.name), appendix.name, below))
            else:
                opening = waiting.pop(0)
                below = [Entry(self.title_of(name), name) for name in appendix.docnames]
                found.append(Entry(opening.title, opening.name, below if self.deepest > 1 else ()))
        return found

    def _below(self, docname: str, left: set[str], level: int) -> list[Entry]:
        """Return the entries of what a document's toctrees lead to, each document once."""
        found = []
        for name in self.toctrees.get(docname, ()):
            if name in left:
                left.discard(name)
                below = self._below(name, left, level + 1)
                if level <= self.deepest:
                    found.append(Entry(self.title_of(name), name, below))
        return found


def relations(plan: Plan, toctrees: Mapping[str, Sequence[str]]) -> dict[str, list[str | None]]:
    """Return the document above each one, the one before and the one after, as Sphinx does."""
    held = plan.docnames
    order = [*plan.chapters]
    for appendix in plan.appendices:
        order += [appendix.name] if appendix.has_head else []
        order += appendix.docnames
    above = {
        child: parent
        for parent in reversed(order)
        for child in toctrees.get(parent, ())
        if child in held and child != parent
    }
    before = [None, *order[:-1]]
    after = [*order[1:], None]
    return {name: [above.get(name), before[at], after[at]] for at, name in enumerate(order)}


def without(entries: Iterable[Entry], is_held: Callable[[str], bool]) -> list[Entry]:
    """Return the navigation without pages that aren't in the book; what is below them stays."""
    found: list[Entry] = []
    for entry in entries:
        below = without(entry.children, is_held)
        found += [Entry(entry.title, entry.href, below)] if is_held(entry.href) else below
    return found
