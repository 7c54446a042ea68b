"""The content of the guide's pages as an EPUB shows it, and what in it leads nowhere."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from htmlcontent import Resolver, epub_page
from lxml import etree
from pagecontent import PageContent

#: Stands for the folder of the pages.
BOOK = "http://book.invalid/"


def unpack(epub: Path, folder: Path) -> Path:
    """Unpack an EPUB, and return the folder of its pages."""
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder)
    (package,) = folder.rglob("*.opf")
    return package.parent


def pages_of(folder: Path, docnames: Collection[str], base: str) -> dict[str, PageContent]:
    """Return the content of those documents that have a page in an unpacked EPUB."""
    documents = {
        path.relative_to(folder).as_posix(): path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.xhtml")
    }
    return {
        docname: epub_page(folder / name, Resolver(name, documents, docnames, base))
        for name, docname in documents.items()
        if docname in docnames
    }


def dangling(folder: Path) -> list[str]:
    """Return all links of an unpacked EPUB that lead to nothing in it, and all missing files."""
    trees = {path: etree.parse(path).getroot() for path in folder.rglob("*.xhtml")}
    places = {
        path: {e.get("id") for e in tree.iter(etree.Element) if e.get("id")}
        for path, tree in trees.items()
    }
    found = []
    for path, tree in trees.items():
        page = path.relative_to(folder).as_posix()
        for uri in _uris(tree):
            parts = urlsplit(urljoin(f"{BOOK}{page}", uri))
            if parts.netloc != urlsplit(BOOK).netloc:
                continue
            target = folder / unquote(parts.path).lstrip("/")
            fragment = unquote(parts.fragment)
            if not target.is_file() or (fragment and fragment not in places.get(target, ())):
                found.append(f"{page}: {uri}")
    return sorted(found)


def _uris(tree: etree._Element) -> Iterator[str]:
    """Yield what the elements of a page lead to, or load."""
    for element in tree.iter(etree.Element):
        for name in ("href", "src", "{http://www.w3.org/1999/xlink}href"):
            if element.get(name):
                yield element.get(name)
