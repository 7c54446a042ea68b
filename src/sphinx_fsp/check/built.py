"""A built site, as a web server sees it: its files, and what their pages say of themselves."""

from __future__ import annotations

import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.source.redirects import read_refresh


class BuiltPage(NamedTuple):
    """What a page says of itself."""

    #: Where it sends readers on to, or an empty text.
    refresh: str
    #: Its canonical address, or an empty text.
    canonical: str
    #: What a fragment may name: every ``id``, and the ``name`` of links.
    places: frozenset[str]


class Built(NamedTuple):
    """A built site."""

    #: Names of all files, relative to its folder, with slashes; in true case on every system.
    files: frozenset[str]
    #: Reads a page of it.
    page: Callable[[str], BuiltPage]


def read_built(folder: Path) -> Built:
    """Look at a folder of built HTML. Pages are read when they are asked for, once.

    :raises CannotCheck: when it is none
    """
    if not folder.is_dir():
        raise CannotCheck(f"{folder} is no folder of built HTML; build it first")
    files = frozenset(
        Path(parent, name).relative_to(folder).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
    )
    if "index.html" not in files:
        hint = "; name the folder that the build writes to" if "conf.py" in files else ""
        raise CannotCheck(f"{folder} has no index.html{hint}")
    pages: dict[str, BuiltPage] = {}

    def page(name: str) -> BuiltPage:
        if name not in pages:
            try:
                text = (folder / name).read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                raise CannotCheck(f"can't read {folder / name}: {error.strerror}") from error
            pages[name] = read_page(text)
        return pages[name]

    return Built(files, page)


def read_page(text: str) -> BuiltPage:
    """Read a page. A pure function."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return BuiltPage(reader.refresh, reader.canonical, frozenset(reader.places))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.refresh = ""
        self.canonical = ""
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a tag says."""
        values = {name: value or "" for name, value in reversed(attrs)}
        if "id" in values:
            self.places.add(values["id"])
        if tag == "a" and "name" in values:
            self.places.add(values["name"])
        elif tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            self.refresh = self.refresh or read_refresh(values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.canonical = self.canonical or values.get("href", "").strip()
