"""What is said about headers: file, line, and a sentence with the fix."""

from __future__ import annotations

import pytest

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.source.catalogue import Catalogue, SourceFile, build_catalogue

PERMALINKS = {"page": "{slug}", "*": "blog/{slug}"}


def page_file(path: str, *header: str) -> SourceFile:
    return SourceFile(path, "\n".join([*header, "", "Text.", ""]))


def catalogue_of(*files: SourceFile, ordinary: tuple[str, ...] = ()) -> Catalogue:
    return build_catalogue(files, PERMALINKS, (".markdown", ".md"), ordinary)


def said(catalogue: Catalogue) -> list[str]:
    return [
        f"{p.path}:{p.line}: {text_of(p.subtype, p.details)} [{p.subtype}]"
        for p in catalogue.problems
    ]


def docnames(catalogue: Catalogue) -> dict[str, str]:
    return {page.path: page.docname for page in catalogue.pages}


def test_a_good_page_is_no_problem() -> None:
    page = page_file("a.md", "title: A", "slug: a", "sortorder: 0101", "date: 2026-01-31")
    assert said(catalogue_of(page)) == []


@pytest.mark.parametrize(
    ("header", "warning"),
    [
        pytest.param(
            ["slug: a"],
            "a.md:1: the page has no title; used 'a'; "
            "add a line 'title: ...' to its header [missing_title]",
            id="no title",
        ),
        pytest.param(
            ["title: A", "what is this", "slug: a"],
            "a.md:2: bad header: no key: value line; "
            "a header holds key: value lines up to the first blank line [bad_header]",
            id="line that is no field",
        ),
        pytest.param(
            ["title: A", "slug: a", "meta: x", "META: y"],
            "a.md:4: bad header: meta stands twice; "
            "a header holds key: value lines up to the first blank line [bad_header]",
            id="key that stands twice",
        ),
        pytest.param(
            ["title: A", "slug: a", "toc: perhaps"],
            "a.md:3: bad header: toc takes True or False, not 'perhaps'; "
            "a header holds key: value lines up to the first blank line [bad_header]",
            id="toc",
        ),
        pytest.param(
            ["title: First Light", "slug: first?"],
            "a.md:2: 'first?' can't be an address: it holds '?'; used 'first-light'; "
            "change the slug to words joined by hyphens [bad_slug]",
            id="slug",
        ),
        pytest.param(
            ["title: A", "slug: a", "save_as: a.php"],
            "a.md:3: 'a.php' can't be an address: it doesn't end in .html; used 'a'; "
            "change the slug to words joined by hyphens [bad_slug]",
            id="save_as that is no page",
        ),
        pytest.param(
            ["title: A", "slug: a", "save_as: ../a.html"],
            "a.md:3: '../a.html' can't be an address: it leaves its folder; used 'a'; "
            "change the slug to words joined by hyphens [bad_slug]",
            id="save_as that leaves its folder",
        ),
        pytest.param(
            ["title: A", "slug: a", "sortorder: first"],
            "a.md:3: sortorder first is not a number; give it a number of its own [bad_sortorder]",
            id="sortorder",
        ),
        pytest.param(
            ["title: A", "slug: a", "sortorder: -1"],
            "a.md:3: sortorder -1 is not a number; give it a number of its own [bad_sortorder]",
            id="negative sortorder",
        ),
        pytest.param(
            ["title: A", "slug: a", "sortorder: ٣"],
            "a.md:3: sortorder ٣ is not a number; give it a number of its own [bad_sortorder]",
            id="sortorder in other digits",
        ),
        pytest.param(
            ["title: A", "slug: a", "date: soon"],
            "a.md:3: date 'soon' is no date; "
            "write it as 2026-01-31 or 2026-01-31T12:00:00+00:00 [bad_date]",
            id="date",
        ),
        pytest.param(
            ["title: A", "slug: a", "modified: 2026-02-30"],
            "a.md:3: modified '2026-02-30' is no date; "
            "write it as 2026-01-31 or 2026-01-31T12:00:00+00:00 [bad_date]",
            id="modified",
        ),
        pytest.param(
            ["title: A", "slug: a", "timezone: ../Berlin"],
            "a.md:3: bad header: timezone takes a name such as Europe/Berlin, not '../Berlin'; "
            "a header holds key: value lines up to the first blank line [bad_header]",
            id="timezone",
        ),
    ],
)
def test_what_is_wrong_with_a_header_is_said_with_its_line(header: list[str], warning: str) -> None:
    assert said(catalogue_of(page_file("a.md", *header))) == [warning]


def test_a_bad_sortorder_leaves_the_page_out_of_the_outline() -> None:
    (page,) = catalogue_of(page_file("a.md", "title: A", "sortorder: first")).pages
    assert page.sortorder == ""


def test_of_two_pages_with_one_slug_the_first_by_path_has_it() -> None:
    catalogue = catalogue_of(
        page_file("sky/b.md", "title: B", "slug: moon"),
        page_file("sky/a.md", "title: A", "slug: moon"),
    )
    assert docnames(catalogue) == {"sky/a.md": "moon", "sky/b.md": "sky/b"}
    assert said(catalogue) == [
        "sky/b.md:2: the address 'moon' is taken by sky/a.md; this page is published as 'sky/b'; "
        "give one of the two another slug, or a translation its lang [duplicate_slug]"
    ]


def test_one_slug_in_two_categories_is_no_problem() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "slug: moon"),
        page_file("b.md", "title: B", "slug: moon", "category: post"),
    )
    assert (docnames(catalogue), said(catalogue)) == ({"a.md": "moon", "b.md": "blog/moon"}, [])


def test_an_ordinary_document_keeps_its_name() -> None:
    catalogue = catalogue_of(page_file("sky/a.md", "title: A", "slug: index"), ordinary=("index",))
    assert docnames(catalogue) == {"sky/a.md": "sky/a"}
    assert "the address 'index' is taken by index" in said(catalogue)[0]


def test_a_name_that_is_taken_too_gets_a_number() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "slug: b"),
        page_file("b.md", "title: B", "slug: b"),
    )
    assert docnames(catalogue) == {"a.md": "b", "b.md": "b-2"}


def test_the_warning_names_the_address_with_its_number() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "slug: b"),
        page_file("b.md", "title: B", "slug: b"),
    )
    assert "this page is published as 'b-2'" in said(catalogue)[0]


@pytest.mark.parametrize("slug", ["search", "genindex", "py-modindex", "modindex"])
def test_no_page_is_written_over_one_that_sphinx_makes(slug: str) -> None:
    catalogue = catalogue_of(page_file("sky/a.md", "title: A", f"slug: {slug}"))
    assert docnames(catalogue) == {"sky/a.md": "sky/a"}
    assert said(catalogue) == [
        f"sky/a.md:2: '{slug}' can't be an address: Sphinx writes {slug}.html itself; "
        "used 'sky/a'; change the slug to words joined by hyphens [bad_slug]"
    ]


def test_a_file_with_a_reserved_name_gets_a_number() -> None:
    catalogue = catalogue_of(page_file("search.md", "title: Search the sky", "slug: search"))
    assert docnames(catalogue) == {"search.md": "search-2"}


def test_equal_sortorders_are_said_with_both_places() -> None:
    catalogue = catalogue_of(
        page_file("sky/02.md", "title: B", "sortorder: 0101"),
        page_file("sky/01.md", "title: A", "slug: a", "sortorder: 0101"),
    )
    assert said(catalogue) == [
        "sky/02.md:2: sortorder 0101 is also that of sky/01.md:3; "
        "give it a number of its own [bad_sortorder]"
    ]


def test_sortorders_are_compared_as_text() -> None:
    catalogue = catalogue_of(
        page_file("a.md", "title: A", "sortorder: 0101"),
        page_file("b.md", "title: B", "sortorder: 101"),
    )
    assert said(catalogue) == []
