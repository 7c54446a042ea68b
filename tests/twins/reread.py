"""What a page and its twin hold, each read by a library that knows nothing of the other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

#: What a theme adds to an article, what twins say otherwise, and images of dark pages.
_ASIDE = (
    "a.headerlink, button, script, style, [data-fsp-chrome], .only-dark, .linenos, template, "
    ".resource-filter, .footnote-backref, a.footnote-reference, sup.footnote-ref"
)


@dataclass
class Facts:
    """What readers find in a page."""

    headings: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    #: Absolute address and text.
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Absolute address and alternative text.
    images: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Texts of the cells of tables.
    cells: list[str] = field(default_factory=list)
    items: int = 0
    words: Counter[str] = field(default_factory=Counter)


def read_page(html: str, address: str) -> Facts:
    """Return what the article of a page holds."""
    page = BeautifulSoup(html, "lxml")
    article = (
        page.select_one("article") or page.select_one("[role=main]") or page.select_one("body")
    )
    assert article is not None
    return _facts(article, address)


def read_twin(markdown: str, address: str) -> Facts:
    """Return what a twin holds."""
    html = parser().render(markdown)
    body = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    assert body is not None
    return _facts(body, address)


def parser() -> MarkdownIt:
    """Return a reader of CommonMark, with the tables and footnotes of GitHub's Markdown."""
    return MarkdownIt("commonmark").enable("table").use(footnote_plugin)


def squeeze(text: str) -> str:
    return " ".join(text.split())


def _facts(article: Tag, address: str) -> Facts:
    for node in article.select(_ASIDE):
        node.decompose()
    found = Facts()
    for frame in article.select("iframe[src]"):
        name = frame.get("title") or str(frame["src"]).split("//")[-1]
        found.links[_absolute(frame["src"], address), squeeze(str(name))] += 1
    for link in article.select("a[href]"):
        found.links[_absolute(link["href"], address), squeeze(link.get_text())] += 1
    for image in article.select("img"):
        place = _absolute(image.get("src"), address)
        found.images[place, squeeze(str(image.get("alt") or ""))] += 1
    for block in article.select("pre"):
        # Pygments takes empty lines from both ends.
        found.code.append(block.get_text().strip("\n"))
        block.decompose()
    found.headings = [squeeze(h.get_text()) for h in article.select("h1, h2, h3, h4, h5, h6")]
    found.cells = [squeeze(cell.get_text(" ")) for cell in article.select("th, td")]
    found.items = len(article.select("li"))
    found.words = Counter(re.findall(r"\w+", article.get_text(" ").lower()))
    return found


def _absolute(address: object, page: str) -> str:
    return unquote(urljoin(page, str(address or "")))


def losses(page: Facts, twin: Facts) -> dict[str, object]:
    """Return what the page holds and its twin doesn't, by kind; nothing when nothing is lost."""
    lost: dict[str, object] = {
        "headings": None if page.headings == twin.headings else (page.headings, twin.headings),
        "code": None if page.code == twin.code else (page.code, twin.code),
        "links": page.links - twin.links,
        "images": page.images - twin.images,
        "cells": Counter(page.cells) - Counter(twin.cells),
        "items": max(0, page.items - twin.items),
        "words": page.words - twin.words,
    }
    return {kind: what for kind, what in lost.items() if what}
