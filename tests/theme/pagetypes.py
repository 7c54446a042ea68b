"""The types of page that the theme makes, and where one of each is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SITES = Path(__file__).parent / "sites"

#: Source folders by name: the example guide, a project of toctrees with an API, and a guide in
#: several languages.
SOURCES = {
    "guide": PROJECT / "example" / "content",
    "api": SITES / "api",
    "languages": SITES / "languages",
}
#: Widths of a phone and of a desktop, in CSS pixels.
WIDTHS = (360, 1280)


@dataclass(frozen=True)
class PageType:
    """A type of page, by one page of it."""

    name: str
    #: A key of ``SOURCES``.
    site: str
    path: str


PAGE_TYPES = (
    PageType("content page", "guide", "constellations.html"),
    PageType("chapter page", "guide", "night-sky.html"),
    PageType("index", "guide", "index.html"),
    PageType("blog index", "guide", "blog.html"),
    PageType("post", "guide", "blog/what-is-that-light.html"),
    PageType("translated post", "languages", "blog/rain-ar.html"),
    PageType("code example", "guide", "sky-time-julian-date-examples.html"),
    PageType("table of contents", "guide", "table-of-contents.html"),
    PageType("lists of resources", "guide", "resources.html"),
    PageType("resource index", "guide", "all-resources.html"),
    PageType("search", "guide", "search.html"),
    PageType("404", "api", "404.html"),
    PageType("general index", "api", "genindex.html"),
    PageType("module index", "api", "py-modindex.html"),
    PageType("API", "api", "api.html"),
    PageType("source code", "api", "_modules/weather.html"),
    PageType("list of source code", "api", "_modules/index.html"),
)

#: Runs a test once for each type of page.
every_page_type = pytest.mark.parametrize(
    "page_type", PAGE_TYPES, ids=[kind.name.replace(" ", "-") for kind in PAGE_TYPES]
)
