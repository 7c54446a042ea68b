"""Posts of a listing: which, in which order, and what is said of each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_fsp.source.catalogue import Catalogue, SourceFile, build_catalogue
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.posts import (
    MAX_LETTERS,
    MAX_WORDS,
    Post,
    Selection,
    excerpt,
    find_posts,
    first_paragraph,
    shortened,
)
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


# Excerpts ------------------------------------------------------------------------------------

BODY = "\n\n## Heading\n\nThe *first* paragraph.\n\nThe second.\n"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("meta: Meta.\nsummary: A *summary*.", "A summary.", id="summary is Markdown"),
        pytest.param("summary: # Short", "# Short", id="summary that is no paragraph"),
        pytest.param("summary: [A link](/x.html)", "A link", id="summary that is a link"),
        pytest.param("meta: *As* is.", "*As* is.", id="meta is plain text"),
        pytest.param("date: 2020-01-01", "The first paragraph.", id="body"),
    ],
)
def test_an_excerpt(fields: str, expected: str) -> None:
    text = f"title: T\n{fields}{BODY}"
    header = read_header(text)
    assert header is not None
    assert excerpt(header, lambda: text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text over\ntwo lines.", "Text over two lines."),
        ("A [link](/x.html), `code`, a <b>tag</b> &amp; <https://x.example>.", None),
        ("A [link][ref].\n\nMore.\n\n[ref]: /x.html", "A link."),
        ("![Image](x.png)\n\nText.", "Text."),
        ("![Image](x.png){.wide} Text.", "Text."),
        ("##Tight heading\nText.", "Text."),
        ("* A list\n\nText.", "Text."),
        ("> A quote\n\nText.", "Text."),
        ("    code\n\nText.", "Text."),
        ("```python\ncode\n```\nText.", "Text."),
        (":::{see-also}\n\nIn a directive.\n\n:::\n\nText.", "Text."),
        ("| a |\n| - |\n| b |\n\nText.", "Text."),
        ("(label)=\n\nText with a note[^1].\n\n[^1]: Note.", "Text with a note."),
        ("Text with {doc}`a title <page>` and {kbd}`Ctrl`.", "Text with a title and Ctrl."),
        ('<div class="well">HTML</div>\n\nText.', "Text."),
        ("<p>Text in <b>HTML</b> &lt;3</p>", "Text in HTML <3"),
        ("<!-- <p>no</p> -->\n\nText.", "Text."),
        ("# Only a heading", ""),
        ("[Archives](/a.html) · **[Tags](/t.html)**\n\nText.", "Text."),
        ("[![Badge](b.svg)](/b.html) <br />\\\nText.", "Text."),
        ('<p><a href="/a.html">Archives</a> | <img alt="x"></p>\n\nText.', "Text."),
        ('<a href="/a.html">Archives</a> <A HREF="/t.html">Tags</a>\n\nText.', "Text."),
        (
            "<p>A <a>first</A > and a <a>link that is never closed</p>",
            "A first and a link that is never closed",
        ),
        pytest.param("<p>" + "<a>" * 100_000 + "</p>\n\nText.", "Text.", id="open"),
        ("* * *\n\n⬆ 1 …\n\nText.", "Text."),
        ("[Only a link](/a.html)", ""),
        ("[x](javascript:x)\n\nA [link](javascript:x).", "A link."),
        ("", ""),
    ],
)
def test_the_first_paragraph(body: str, expected: str | None) -> None:
    if expected is None:
        expected = "A link, code, a tag & https://x.example."
    assert first_paragraph(body) == expected


def test_an_excerpt_ends_at_a_word() -> None:
    words = [f"word{n}," for n in range(MAX_WORDS)]
    assert shortened(" ".join(words)) == " ".join(words)
    assert shortened(" ".join([*words, "more"])) == " ".join(words).rstrip(",") + "…"


def test_an_excerpt_without_blanks_ends_too() -> None:
    assert shortened("月" * 1000) == "月" * MAX_LETTERS + "…"


@given(st.text(st.sampled_from("ab1 \n#*_`~[]()<>!|:{}&;-\\\"'\x00\x0b\ufffe月"), max_size=200))
@settings(max_examples=200)
def test_any_text_has_an_excerpt(text: str) -> None:
    found = shortened(first_paragraph(text))
    assert len(found.split()) <= MAX_WORDS + 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", found)
