"""Pages that say the same in several languages. Pure functions.

Source: ``process_translations`` of Pelican.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.front_matter import Header


def marked(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return the pages, with those marked that are translations of another one.

    Of the pages of one slug the original is that in the language of the site. Where none is, all
    are originals, and so are those of one slug in one language. ``translation: true`` in a header
    says that a page isn't the original, unless all of its slug say so.
    """
    pages = tuple(pages)
    originals = {page.docname for group in _groups(pages) for page in _originals(group)}
    return tuple(
        page if page.docname in originals else page._replace(is_translation=True) for page in pages
    )


def versions_of(pages: Iterable[Page]) -> dict[str, tuple[Page, ...]]:
    """Return the versions of each page that has several, itself among them, by its docname.

    The one in the language of the site comes first. Where two pages of one slug are in one
    language, nobody knows which of them a third one translates.
    """
    found: dict[str, tuple[Page, ...]] = {}
    for group in _groups(pages):
        if len(group) > 1 and len({page.lang.lower() for page in group}) == len(group):
            versions = tuple(sorted(group, key=lambda page: page.lang.lower()))
            found |= dict.fromkeys((page.docname for page in versions), versions)
    return found


def _groups(pages: Iterable[Page]) -> Iterable[list[Page]]:
    found: dict[tuple[str, bool, bool, bool], list[Page]] = {}
    for page in pages:
        # Parts of files are no versions of anything.
        is_part = page.lines is not None
        name = page.docname if is_part else page.slug
        found.setdefault((name, is_part, page.category == "page", page.hidden), []).append(page)
    return found.values()


def _originals(group: list[Page]) -> list[Page]:
    candidates = [page for page in group if not _says_translation(page.header)] or group
    return [page for page in candidates if not page.lang] or candidates


def _says_translation(header: Header) -> bool:
    return header.get("translation").lower() not in {"", "false"}
