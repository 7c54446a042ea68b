"""Every type of page is built, and has the landmarks that the others of these tests rely on.

Needs no browser, so it runs with every version of Sphinx.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from theme.pagetypes import PAGE_TYPES, PageType, every_page_type

pytestmark = pytest.mark.xdist_group("theme-pages-smoke")

#: Pages on which nothing comes before or after.
ALONE = {
    "table of contents",
    "search",
    "404",
    "general index",
    "module index",
    "source code",
    "list of source code",
}


def page_of(site_of: Callable[[PageType], Path], page_type: PageType) -> BeautifulSoup:
    text = (site_of(page_type) / page_type.path).read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


@every_page_type
def test_a_page_has_a_language_a_title_a_description_and_one_top_heading(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    page = page_of(site_of, page_type)
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.html["dir"] == "ltr"
    assert "data-content_root" in page.html.attrs
    assert page.title is not None
    assert page.title.get_text(strip=True)
    assert len(page.select("h1")) == 1
    (description,) = page.select("meta[name=description]")
    assert description["content"]


@every_page_type
def test_a_page_has_the_landmarks(site_of: Callable[[PageType], Path], page_type: PageType) -> None:
    page = page_of(site_of, page_type)
    assert len(page.select("main")) == 1
    assert len(page.select("main#content > article")) == 1
    assert len(page.select("body > header")) == 1
    assert len(page.select("body > footer")) == 1
    assert len(page.select("nav[aria-label=Guide] a[href]")) >= 2
    names = [nav.get("aria-label") for nav in page.select("nav")]
    assert None not in names, "a nav without a name"
    assert len(names) == len(set(names)), "two landmarks of the same name"


@every_page_type
def test_the_first_thing_in_the_body_skips_to_the_content(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    page = page_of(site_of, page_type)
    assert page.body is not None
    if page.base is not None:
        # Its addresses start from its base: such a link would lead away from the page.
        assert page.select("a.skip") == []
        return
    first = page.body.find(True)
    assert first is not None
    assert (first.name, first.get("href")) == ("a", "#content")  # type: ignore[union-attr]


@every_page_type
def test_an_id_names_one_element(site_of: Callable[[PageType], Path], page_type: PageType) -> None:
    page = page_of(site_of, page_type)
    ids = [element["id"] for element in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    "page_type", [kind for kind in PAGE_TYPES if kind.name not in ALONE], ids=lambda kind: kind.name
)
def test_a_page_of_content_has_neighbours(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    page = page_of(site_of, page_type)
    assert page.select("nav[aria-label=Neighbours] a[href]")


@every_page_type
def test_the_sidebar_marks_the_page_and_nothing_else(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    page = page_of(site_of, page_type)
    marked = page.select("nav[aria-label=Guide] [aria-current=page]")
    assert len(marked) <= 1
    if page_type.name in {"content page", "chapter page", "code example", "API"}:
        assert len(marked) == 1
