"""What is in the book, and in which order. Pure functions over the guide's data.

Chapters are what the toctrees of the site lead to, in their order. Pages that stand in no toctree
(posts, for one), and those of chapters that the contents don't list (code examples), are
appendices.
``fsp_book_exclude`` leaves out either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page, outline_order

#: The name of all code-example pages in ``fsp_book_exclude``, whatever their category is.
EXAMPLES = "examples"
#: The name of the appendix of pages that belong nowhere else.
OTHERS = "page"


class Appendix(NamedTuple):
    """A part of the book after its chapters."""

    #: A category, or the docname of the page that opens it.
    name: str
    #: Its pages in order, without the one that opens it.
    docnames: tuple[str, ...]
    #: True when a page of the guide opens it.
    has_head: bool = False


class Plan(NamedTuple):
    """What is in the book."""

    #: Documents that the toctrees lead to, the root document first.
    chapters: tuple[str, ...]
    appendices: tuple[Appendix, ...]

    @property
    def docnames(self) -> frozenset[str]:
        """All documents of the book."""
        heads = {a.name for a in self.appendices if a.has_head}
        others = {docname for a in self.appendices for docname in a.docnames}
        return frozenset({*self.chapters, *heads, *others})


def is_left_out(page: Page, exclude: Iterable[str], examples: Collection[str]) -> bool:
    """Tell whether the book leaves a page out.

    :param exclude: categories, ``examples``, slugs, files, and patterns of docnames with ``*``,
        ``?``, ``[...]``
    :param examples: docnames of the code-example pages
    """
    return any(_is_meant(page, name, examples) for name in exclude)


def _is_meant(page: Page, name: str, examples: Collection[str]) -> bool:
    if name == EXAMPLES and page.docname in examples:
        return True
    is_named = name in {page.slug, page.path} or fnmatchcase(page.docname, name)
    return is_named or name.lower() == page.category.lower()


def unknown_names(
    pages: Sequence[Page], exclude: Iterable[str], examples: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield each name that means no page, and the name that it was most likely meant to be.

    The second is empty when none is near.
    """
    known = sorted({EXAMPLES, *(n for p in pages for n in (p.category, p.slug, p.docname) if n)})
    for name in exclude:
        if not any(_is_meant(page, name, examples) for page in pages):
            yield name, next(iter(get_close_matches(name.lower(), known, n=1)), "")


def make_plan(
    root: str,
    toctrees: Mapping[str, Sequence[str]],
    unlisted: Collection[str],
    pages: Sequence[Page],
    examples: Collection[str],
    exclude: Sequence[str],
) -> Plan:
    """Return what is in the book.

    :param root: docname of the document that opens the book
    :param toctrees: what the toctrees of a document lead to, by its docname
    :param unlisted: docnames that the root's toctree holds for the structure alone
    :param pages: all pages of the guide; every other document is in the book if a toctree says so
    :param examples: docnames of the code-example pages
    :param exclude: the value of ``fsp_book_exclude``
    """
    by_docname = {page.docname: page for page in pages}
    left_out = {p.docname for p in pages if is_left_out(p, exclude, examples)}
    chapters = tuple(_walk(root, toctrees, left_out | set(unlisted)))
    seen = {*chapters, *left_out}
    appendices: list[Appendix] = []
    loose: dict[str, list[str]] = {}
    for docname in unlisted:
        if docname in seen:
            continue
        below = [d for d in _walk(docname, toctrees, seen) if d != docname]
        seen |= {docname, *below}
        if toctrees.get(docname):
            appendices.append(Appendix(docname, tuple(below), has_head=True))
        else:
            category = by_docname[docname].category if docname in by_docname else OTHERS
            loose.setdefault(category or OTHERS, []).append(docname)
    rest = [page for page in pages if page.docname not in seen and not page.hidden]
    for page in sorted(rest, key=_appendix_order):
        loose.setdefault(page.category or OTHERS, []).append(page.docname)
    # Pages of no category of their own come first, then the others by name.
    names = sorted(loose, key=lambda name: (name != OTHERS, name))
    return Plan(chapters, (*appendices, *(Appendix(name, tuple(loose[name])) for name in names)))


def _walk(
    start: str, toctrees: Mapping[str, Sequence[str]], without: Collection[str]
) -> Iterator[str]:
    """Yield a document and all that its toctrees lead to, each once, in the order of the book."""
    seen = set(without)
    waiting = [start]
    while waiting:
        docname = waiting.pop()
        if docname not in seen:
            seen.add(docname)
            yield docname
            waiting += reversed(toctrees.get(docname, ()))


def _appendix_order(page: Page) -> tuple[object, ...]:
    """Return the key of a page's place: posts by date, the oldest first, and others by outline."""
    return (page.date, *outline_order(page))
