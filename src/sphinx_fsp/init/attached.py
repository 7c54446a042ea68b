"""Files that Pelican publishes because a page links to them, and where. Pure functions.

``{attach}`` puts a file beside the first page that links to it, ``{static}`` leaves it at its path
in the content folder, and neither asks whether it lies in one of ``STATIC_PATHS``.

Sources: ``Static.attach_to``, ``get_static_links`` and ``StaticGenerator`` of Pelican.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from sphinx_fsp.init.addresses import ARTICLE, Old
from sphinx_fsp.init.found import Fact, Gap
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.sources import DOCUMENTS, count
from sphinx_fsp.source.slugs import slug_fault

#: A link to a file, up to what ends an address in Markdown or HTML. Names may have blanks.
_LINK = re.compile(r"""[{|](static|attach)[}|]([^\n"'<>)#?]+)""")


class Attached(NamedTuple):
    """What is published, with the files that only a link publishes."""

    #: Addresses by folder or file, relative to the project: the first that names a file counts.
    places: Mapping[str, str]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]


def attached(
    old: Iterable[Old],
    texts: Mapping[str, str],
    folder: Folder,
    content: str,
    places: Mapping[str, str],
    extra: Iterable[str] = (),
) -> Attached:
    """Return what is published, with the files that pages link to at their old addresses.

    :param old: the pages, with their old addresses
    :param texts: all Markdown by its path, drafts too
    :param content: the folder of the pages
    :param places: what is published, as `fsp_static_path` names it
    :param extra: files that have a place of their own
    """
    own = {*extra, *(path for path in places if folder.has(path))}
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for path, where, name in _links(old, texts):
        for file in _meant(path, name):
            whole = posixpath.join(content, file)
            if folder.has(whole) and not file.endswith(DOCUMENTS):
                if whole not in own and whole not in found:
                    found[whole] = _beside(where, path, file) if where is not None else file
                    first[whole] = posixpath.join(content, path)
                break
    bad = [whole for whole, address in found.items() if slug_fault(address)]
    gaps = [
        Gap(f"linked file {whole}", first[whole], "publish it: it has no name for fsp_static_path")
        for whole in bad
    ]
    new = {
        whole: address
        for whole, address in found.items()
        if whole not in bad and published_at(whole, places) != address
    }
    facts: tuple[Fact, ...] = ()
    if new:
        what = count(new, "linked file")
        facts = (Fact("{attach}, {static}", what, first[next(iter(new))], "fsp_static_path"),)
    linked = _by_folder(new, folder, content)
    # A file of a folder goes before its folder.
    rest = {path: at for path, at in places.items() if path not in linked}
    return Attached({**linked, **rest}, facts, tuple(gaps))


def published_at(path: str, places: Mapping[str, str]) -> str | None:
    """Return the address at which a file is published, or None.

    >>> published_at("content/a/b.txt", {"content/a": "x"})
    'x/b.txt'
    """
    for place, at in places.items():
        if path == place:
            return at
        if path.startswith(f"{place}/"):
            return posixpath.join(at, path[len(place) + 1 :])
    return None


def _links(old: Iterable[Old], texts: Mapping[str, str]) -> Iterator[tuple[str, str | None, str]]:
    """Return page, folder that the file goes to (None for its own) and name of each link.

    In the order in which Pelican writes pages: what is attached twice stays with the first.
    """
    pages = sorted(old, key=lambda one: one.page.date, reverse=True)
    pages.sort(key=lambda one: one.kind != ARTICLE)
    known = {one.page.path: one.address for one in pages}
    for path in dict.fromkeys((*known, *texts)):
        for match in _LINK.finditer(texts.get(path, "")):
            if match[1] == "static":
                yield path, None, match[2]
            elif address := known.get(path):
                yield path, posixpath.dirname(address), match[2]


def _meant(page: str, name: str) -> Iterator[str]:
    """Return the paths in the content folder that a link of a page may mean."""
    name = name.strip()
    for text in dict.fromkeys((name, unquote(name), unescape(name), name.split(" ")[0])):
        beside = "" if text.startswith("/") else posixpath.dirname(page)
        path = posixpath.normpath(posixpath.join(beside, text.lstrip("/")))
        if not path.startswith("../"):
            yield path


def _beside(where: str, page: str, file: str) -> str:
    """Return the address of a file that is attached: below the page's folder it stays so."""
    tail = posixpath.relpath(file, posixpath.dirname(page) or ".")
    return posixpath.join(where, posixpath.basename(file) if tail.startswith("../") else tail)


def _by_folder(new: Mapping[str, str], folder: Folder, content: str) -> dict[str, str]:
    """Return one entry for a folder of which every file goes to the same place."""
    #: Where each folder goes as a whole; None when it doesn't.
    whole: dict[str, str | None] = {"": None, content: None}
    found: dict[str, str] = {}
    for path, address in new.items():
        parent, at = posixpath.dirname(path), posixpath.dirname(address)
        if parent not in whole:
            names = [name for name in folder.below(parent) if not name.endswith(DOCUMENTS)]
            same = (new.get(posixpath.join(parent, n)) == posixpath.join(at, n) for n in names)
            whole[parent] = at if len(names) > 1 and all(same) else None
        place = whole[parent]
        if place is None:
            found[path] = address
        else:
            found[parent] = place
    return found
