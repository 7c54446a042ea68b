"""The catalogue: what is read from the pages of a guide, and where they are published."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.source.catalogue import (
    RESERVED,
    Catalogue,
    Page,
    SourceFile,
    build_catalogue,
    first_heading,
    other_keys,
)
from sphinx_fsp.source.dates import iso_date
from sphinx_fsp.source.front_matter import read_header

PERMALINKS = {"page": "{slug}", "*": "blog/{slug}"}
SUFFIXES = (".markdown", ".md")


def page_file(path: str, *header: str, body: str = "Text.") -> SourceFile:
    return SourceFile(path, "\n".join([*header, "", body, ""]))


def catalogue_of(*files: SourceFile, ordinary: tuple[str, ...] = ()) -> Catalogue:
    return build_catalogue(files, PERMALINKS, SUFFIXES, ordinary)


def page_with(*header: str, body: str = "Text.") -> Page:
    (page,) = catalogue_of(page_file("sky/moon.md", *header, body=body)).pages
    return page


def docnames(catalogue: Catalogue) -> dict[str, str]:
    return {page.path: page.docname for page in catalogue.pages}


def test_a_page_has_what_its_header_says() -> None:
    page = page_with(
        "title: The Moon and its phases",
        "slug: moon",
        "category: Page",
        "sidebartitle: The Moon",
        "sortorder: 0203",
        "toc: True",
        "date: 2026-01-31",
        "modified: 2026-02-01T10:30:00+00:00",
    )
    assert page._replace(header=page.header._replace(fields={})) == Page(
        path="sky/moon.md",
        docname="moon",
        slug="moon",
        title="The Moon and its phases",
        nav_title="The Moon",
        category="page",
        sortorder="0203",
        opens_chapter=True,
        date="2026-01-31T00:00:00",
        modified="2026-02-01T10:30:00+00:00",
        hidden=False,
        header=page.header._replace(fields={}),
    )


def test_a_page_needs_little() -> None:
    page = page_with("slug: moon", "title: The Moon")
    assert (page.nav_title, page.category, page.sortorder) == ("The Moon", "page", "")
    assert (page.opens_chapter, page.hidden, page.date, page.modified) == (False, False, "", "")


def test_ordinary_documents_are_no_pages() -> None:
    assert catalogue_of(SourceFile("index.md", "# Sky\n\nText.\n")) == Catalogue((), (), ())


@pytest.mark.parametrize(
    ("header", "docname"),
    [
        pytest.param(["title: The Moon", "slug: luna"], "luna", id="slug"),
        pytest.param(["title: The Moon", "slug: /luna/"], "luna", id="slug between slashes"),
        pytest.param(["title: The Moon"], "the-moon", id="title"),
        pytest.param(["title: The Moon", "slug:"], "the-moon", id="empty slug"),
        pytest.param(["title: ?!", "slug:"], "skymoonmd", id="title without letters"),
        pytest.param(["slug: luna", "category: post"], "blog/luna", id="category"),
        pytest.param(["slug: luna", "save_as: moon/full.html"], "moon/full", id="save_as"),
        pytest.param(["slug: luna", "save_as: /full.html"], "full", id="save_as with a slash"),
    ],
)
def test_a_page_is_published_at_its_permalink(header: list[str], docname: str) -> None:
    assert page_with(*header).docname == docname


@pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param("# The Moon\n\nText.", "The Moon", id="heading"),
        pytest.param("\n\n# The Moon\n\nText.", "The Moon", id="heading after blank lines"),
        pytest.param("##The Moon##\n\nText.", "The Moon", id="heading without blanks"),
        pytest.param("The Moon\n========\n\nText.", "The Moon", id="underlined heading"),
        pytest.param("The Moon\n---\n\nText.", "The Moon", id="underlined by hyphens"),
        pytest.param("Text.\n\n# The Moon", "luna", id="heading after text"),
        pytest.param("Text only.", "luna", id="no heading"),
        pytest.param("", "luna", id="no body"),
    ],
)
def test_a_page_without_title_is_named_by_its_first_heading_or_slug(body: str, title: str) -> None:
    assert page_with("slug: luna", body=body).title == title


def test_a_page_without_title_and_slug_is_named_by_its_file() -> None:
    assert page_with("slug:").title == "moon"


def test_a_long_first_heading_is_found_at_once() -> None:
    """Blanks inside a heading must not be tried in all combinations."""
    text = f"slug: luna\n\n# The {' ' * 1500}Moon\n"
    header = read_header(text)
    assert header is not None
    start = process_time()
    assert first_heading(text, header).split() == ["The", "Moon"]
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("value", "opens"),
    [("True", True), ("yes", True), ("1", True), ("False", False), ("no", False), ("", False)],
)
def test_toc_says_whether_a_page_opens_a_chapter(value: str, opens: bool) -> None:
    assert page_with("slug: luna", f"toc: {value}").opens_chapter is opens


def test_drafts_are_left_out() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "slug: a", "status: Draft"),
        page_file("b.md", "title: B", "slug: b"),
    )
    assert (docnames(catalogue), catalogue.drafts) == ({"b.md": "b"}, ("a.md",))


def test_a_draft_takes_no_address() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "slug: moon", "status: draft"),
        page_file("b.md", "title: B", "slug: moon"),
    )
    assert (docnames(catalogue), catalogue.problems) == ({"b.md": "moon"}, ())


def test_hidden_pages_are_published() -> None:
    page = page_with("title: A", "slug: a", "status: hidden")
    assert (page.docname, page.hidden) == ("a", True)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2026-01-31", "2026-01-31T00:00:00"),
        ("2026-01-31 12:30", "2026-01-31T12:30:00"),
        ("2026-01-31T12:30:00+01:00", "2026-01-31T12:30:00+01:00"),
        ("2026-01-31T12:30:00Z", "2026-01-31T12:30:00+00:00"),
        ("31 January 2026", "2026-01-31T00:00:00"),
        ("Jan 31, 2026", "2026-01-31T00:00:00"),
        ("2026", "2026-01-01T00:00:00"),
        ("", ""),
        ("soon", ""),
        ("January 31", ""),
        ("2026-02-31", ""),
        ("2026-13-01", ""),
        ("1" * 101, ""),
    ],
)
def test_dates_are_read_as_pelican_reads_them(value: str, date: str) -> None:
    assert iso_date(value) == date


@given(st.one_of(st.text(), st.from_regex(r"\A[0-9 :./+TZ-]{4,30}\Z"), st.dates().map(str)))
def test_no_date_is_too_bad(value: str) -> None:
    assert isinstance(iso_date(value), str)


def test_other_keys_are_kept() -> None:
    assert other_keys(page_with("slug: a", "Twitter: @a", "meta: x", "audience: all").header) == [
        "audience",
        "twitter",
    ]


PATHS = st.sampled_from(["a.md", "b.md", "moon.md", "search.md", "sky/moon.md", "sky/a.markdown"])
SLUGS = st.sampled_from(
    ["", "a", "b", "moon", "moon-2", "search", "sky/moon", "sky/a", "../x", "?"]
)
FILES = st.dictionaries(PATHS, SLUGS).map(
    lambda found: [page_file(path, "title: Moon", f"slug: {slug}") for path, slug in found.items()]
)


@given(FILES, st.sets(st.sampled_from(["index", "a", "moon", "sky/moon"])))
def test_every_page_has_an_address_of_its_own(files: list[SourceFile], ordinary: set[str]) -> None:
    catalogue = build_catalogue(files, PERMALINKS, SUFFIXES, ordinary)
    found = [page.docname for page in catalogue.pages]
    assert len(found) == len(files)
    assert len({*found, *ordinary, *RESERVED}) == len(found) + len(ordinary) + len(RESERVED)
