"""Posts of a listing: which, in which order, and what is said of each."""

from __future__ import annotations

import pytest

from sphinx_fsp.source.catalogue import Catalogue, SourceFile, build_catalogue
from sphinx_fsp.source.posts import Post, Selection, find_posts
from sphinx_fsp.source.settings import Settings


def catalogue_of(*headers: str) -> Catalogue:
    """Return a catalogue of pages; each is its header, on one line with semicolons."""
    files = [
        SourceFile(f"{number}.md", "\n".join(part.strip() for part in header.split(";")) + "\n\n")
        for number, header in enumerate(headers)
    ]
    return build_catalogue(files, Settings().permalinks, (".md",))


def slugs(selection: Selection, *headers: str) -> list[str]:
    """Return the slugs of the posts that a listing shows."""
    found = find_posts(catalogue_of(*headers).pages, selection, lambda page: "")
    return [post.docname.rpartition("/")[2] for post in found]


PAGES = (
    "slug: moon; category: page; date: 2020-01-01",
    "slug: new; category: post; date: 2021-05-01; newsletter: True",
    "slug: old; category: post; date: 2019-05-01; newsletter: False",
    "slug: talk; category: Talk; date: 2020-05-01",
    "slug: undated; category: post",
    "slug: secret; category: post; date: 2020-06-01; status: hidden",
    "slug: draft; category: post; date: 2020-06-01; status: draft",
)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param(Selection(), ["new", "talk", "old"], id="Pelican's articles"),
        pytest.param(Selection(("talk",)), ["talk"], id="a category"),
        pytest.param(Selection(("post",)), ["new", "old", "undated"], id="no date comes last"),
        pytest.param(Selection(("post", "talk"), limit=2), ["new", "talk"], id="limit"),
        pytest.param(Selection(newsletter=True), ["new"], id="newsletter"),
        pytest.param(Selection(newsletter=False), ["talk", "old"], id="no newsletter"),
        pytest.param(Selection(year=2020), ["talk"], id="year"),
        pytest.param(Selection(("post",), year=2020), [], id="nothing"),
        pytest.param(Selection(("page",)), ["moon"], id="pages, when asked for"),
        pytest.param(Selection(without="blog/new"), ["talk", "old"], id="not the page itself"),
    ],
)
def test_a_selection(selection: Selection, expected: list[str]) -> None:
    assert slugs(selection, *PAGES) == expected
    assert Selection.load(selection.dump()) == selection


def test_posts_of_one_day_are_ordered_by_file() -> None:
    day = "category: post; date: 2020-01-01"
    assert slugs(Selection(), f"slug: b; {day}", f"slug: a; {day}") == ["b", "a"]


def test_dates_are_compared_in_utc() -> None:
    """A date without a zone is one in UTC, as for Pelican."""
    dates = {
        "first": "2020-01-01T23:00:00-05:00",
        "second": "2020-01-02 03:00",
        "third": "2020-01-02T03:00:00+01:00",
        "long-ago": "0001-01-01T00:00:00+23:59",
    }
    pages = [f"slug: {slug}; category: post; date: {date}" for slug, date in dates.items()]
    assert slugs(Selection(), *pages) == list(dates)


def test_the_year_is_that_which_the_author_wrote() -> None:
    page = "slug: party; category: post; date: 2019-12-31T23:30:00-05:00"
    assert slugs(Selection(year=2019), page) == ["party"]
    assert slugs(Selection(year=2020), page) == []


def test_what_is_said_of_a_post() -> None:
    header = (
        "title: The  Moon\x07 <b>; slug: moon; category: post; date: 2020-01-31; author: Ada; "
        "authorlink: /ada.html; meta: All about it.; headerimage: /img/moon.png; headeralt: Full"
    )
    assert find_posts(catalogue_of(header).pages, Selection(), lambda page: "") == (
        Post(
            "blog/moon",
            "The Moon <b>",
            "2020-01-31T00:00:00",
            "Ada",
            "/ada.html",
            "All about it.",
            "/img/moon.png",
            "Full",
        ),
    )
