"""The archive of an EPUB: what describes the book, and all of its files, in one zip.

Nothing here depends on the day or the machine: the same files make the same archive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sphinx_fsp.book.epub.about import Entry, depth_of
from sphinx_fsp.book.epub.defaults import FOLDER
from sphinx_fsp.book.epub.xml import clean

#: The first day that a zip can hold.
_DAY = (1980, 1, 1, 0, 0, 0)
_PACKAGE = FOLDER / "package"


class Item(NamedTuple):
    """A file of the book."""

    id: str
    #: Its name in the book.
    name: str
    media_type: str
    data: bytes
    properties: str = ""

    @property
    def href(self) -> str:
        """The name as an address."""
        return quote(self.name)


class Place(NamedTuple):
    """A page in reading order."""

    id: str
    #: False for a page that only links lead to.
    linear: bool = True


class Landmark(NamedTuple):
    """A part of the book that readers may want to go to."""

    #: Its name in EPUB 3, and that in the guide of EPUB 2.
    type: str
    guide: str
    title: str
    href: str


class Described(NamedTuple):
    """What a book says of itself."""

    uid: str
    identifier: str
    title: str
    language: str
    #: ``ltr`` or ``rtl``.
    direction: str
    #: When it was made, as the EPUB standard writes it.
    modified: str
    version: str
    #: Elements of Dublin Core, by name, none of them empty.
    described: Sequence[tuple[str, str]]
    #: Properties of schema.org.
    accessible: Sequence[tuple[str, str]]


class Contents(NamedTuple):
    """All that an archive is made from."""

    book: Described
    items: Sequence[Item]
    spine: Sequence[Place]
    entries: Sequence[Entry]
    landmarks: Sequence[Landmark]
    #: The identifier of the cover's image, or an empty text.
    cover: str
    contents_title: str
    landmarks_title: str


def describe(contents: Contents) -> dict[str, bytes]:
    """Return the files that describe a book, by name."""
    styles = [item.href for item in contents.items if item.media_type == "text/css"]
    context: dict[str, Any] = {
        **contents._asdict(),
        "styles": styles,
        "depth": depth_of(contents.entries),
    }
    environment = Environment(
        loader=FileSystemLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        # No text of a page or of conf.py brings in what XML can't hold.
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    names = ("content.opf", "nav.xhtml", "toc.ncx")
    found = {
        name: environment.get_template(f"{name}.jinja").render(context).encode() for name in names
    }
    container = (_PACKAGE / "container.xml").read_bytes()
    return {"META-INF/container.xml": container, **found}


def write_archive(path: Path, described: Mapping[str, bytes], items: Sequence[Item]) -> None:
    """Write a book: its type first, uncompressed, as readers look for it there."""
    with ZipFile(path, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", ZIP_STORED)
        for name, data in described.items():
            _add(archive, name, data, ZIP_DEFLATED)
        for item in items:
            _add(archive, item.name, item.data, ZIP_DEFLATED)


def _add(archive: ZipFile, name: str, data: bytes, compression: int) -> None:
    """Add a file that everyone may read, made on no day in particular."""
    info = ZipInfo(name, _DAY)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
