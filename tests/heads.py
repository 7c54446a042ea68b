"""The head of a page, as machines read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import schemaorg
from bs4 import BeautifulSoup
from conftest import Build


class Head:
    """The head of a page."""

    def __init__(self, build: Build, name: str) -> None:
        self.soup = BeautifulSoup(build.html(name), "lxml")

    @property
    def tags(self) -> dict[str, str]:
        """What the meta elements say, by their names; each name is there once."""
        found = [
            (str(tag.get("property") or tag.get("name")), str(tag["content"]))
            for tag in self.soup.select("head meta[content]")
            if tag.get("name") != "viewport"
        ]
        assert len(dict(found)) == len(found), found
        return dict(found)

    @property
    def data(self) -> list[dict[str, Any]]:
        """The structured data."""
        scripts = self.soup.select('head script[type="application/ld+json"]')
        return [json.loads(script.get_text()) for script in scripts]

    @property
    def canonical(self) -> list[str]:
        """The canonical links."""
        return [str(link["href"]) for link in self.soup.select('link[rel="canonical"]')]


def names(build: Build) -> Iterator[str]:
    """Yield the pages that were written from documents."""
    for docname in build.written:
        dirhtml = not (build.outdir / f"{docname}.html").is_file()
        yield f"{docname}/index.html" if dirhtml else f"{docname}.html"


def said(build: Build, name: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return all that is said in the head of a page."""
    head = Head(build, name)
    return head.tags, head.data


def check_head(build: Build, name: str) -> None:
    """Check a page: what it has to have, once each, and what it says in terms of schema.org."""
    head = Head(build, name)
    wanted = {"description", "og:title", "og:type", "og:url", "og:description", "og:site_name"}
    assert not wanted - head.tags.keys() - {"og:description"}, name
    assert head.canonical == [head.tags["og:url"]], name
    assert len(head.soup("h1")) == 1, name
    assert all(schemaorg.faults(data) == [] for data in head.data), name
    if head.tags["og:type"] == "article":
        assert [data["@type"] for data in head.data][-2:] in (
            ["Article", "BreadcrumbList"],
            ["BlogPosting", "BreadcrumbList"],
        ), name
