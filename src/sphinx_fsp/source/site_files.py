"""Files that a site gets beside its pages, and that pages may link to. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

#: The site map, for search engines.
SITEMAP = "sitemap.xml"
#: The list of Markdown twins, and all of them in one file.
TWINS = ("llms.txt", "llms-full.txt")
#: All resources, in the forms that other programs read.
EXPORTS = (
    "resources.json",
    "resources.csv",
    "resources.opml",
    "resources.bookmarks.html",
    "feeds/resources.json",
    "feeds/resources.atom.xml",
)
#: Icon and web manifest, by the names that browsers and generators of icons use, the best first.
ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
MANIFESTS = ("site.webmanifest", "manifest.webmanifest")


def given_files(places: Iterable[Path]) -> Iterator[str]:
    """Yield the names of files that Sphinx copies to the root of a site.

    :param places: the files and folders of ``html_extra_path``
    """
    for place in places:
        if place.is_dir():
            for file in place.rglob("*"):
                if file.is_file():
                    yield file.relative_to(place).as_posix()
        elif place.is_file():
            yield place.name
