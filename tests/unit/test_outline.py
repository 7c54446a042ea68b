"""The outline: chapters and neighbours, from the sortorder of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.front_matter import Header
from sphinx_fsp.source.outline import Outline, build_outline, chapter_key


def page(name: str, sortorder: str = "", *, toc: bool = False, hidden: bool = False) -> Page:
    header = Header({}, 1, False, ())
    title = name.title()
    return Page(
        f"{name}.md", name, name, title, title, "page", sortorder, toc, "", "", hidden, header
    )


def shown(outline: Outline) -> list[str]:
    """Write each chapter as ``key head: pages``, in brackets when it isn't listed."""
    lines = []
    for chapter in outline.chapters:
        head = chapter.head.docname if chapter.head else "-"
        line = f"{chapter.key} {head}: {' '.join(p.docname for p in chapter.pages)}".strip()
        lines.append(line if chapter.listed else f"({line})")
    return lines


def names(*pages: Page | None) -> list[str]:
    return [found.docname if found else "-" for found in pages]


SKY = [
    page("start", "0100", toc=True),
    page("charts", "0102"),
    page("first-night", "0101"),
    page("sky", "0200", toc=True),
    page("moon", "0201"),
    page("examples", "9000"),
    page("julian-date", "9001"),
    page("lost", "9901"),
    page("about"),
    page("secret", "0103", hidden=True),
]


def test_pages_stand_in_the_chapter_that_their_number_starts_with() -> None:
    assert shown(build_outline(SKY)) == [
        "01 start: first-night charts",
        "02 sky: moon",
        "(90 examples: julian-date)",
        "(99 -: lost)",
    ]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([], [], id="no pages"),
        pytest.param([page("about")], [], id="no order"),
        pytest.param([page("about", toc=True)], ["about:"], id="a chapter without order"),
        pytest.param(
            [page("b", toc=True), page("a", toc=True), page("sky", "0100", toc=True)],
            ["01 sky:", "a:", "b:"],
            id="chapters without order come last, by title",
        ),
        pytest.param(
            [page("a", "0100", hidden=True, toc=True), page("b", "0101")],
            ["(01 -: b)"],
            id="a hidden page opens nothing",
        ),
        pytest.param(
            [page("zero", "0100"), page("a", "0101")],
            ["(01 zero: a)"],
            id="the page at zero opens a chapter that isn't listed",
        ),
        pytest.param(
            [page("a", "0101"), page("b", "0102")], ["(01 -: a b)"], id="a chapter nobody opens"
        ),
        pytest.param(
            [page("a", "500011086"), page("b", "500012000"), page("c", "500021000")],
            ["(50001 -: a b)", "(50002 -: c)"],
            id="long numbers",
        ),
        pytest.param(
            [page("zero", "500010000"), page("a", "500011086")],
            ["(50001 zero: a)"],
            id="long zeros",
        ),
        pytest.param([page("a", "7"), page("b", "8")], ["(-: a b)"], id="short numbers"),
        pytest.param(
            [page("a", "0100", toc=True), page("b", "0150", toc=True), page("c", "0151")],
            ["01 a:", "01 b: c"],
            id="two chapters with one number",
        ),
        pytest.param(
            [page("a", "0100", toc=True), page("late", "02"), page("b", "0101")],
            ["01 a: b", "(-: late)"],
            id="order is that of text",
        ),
    ],
)
def test_chapters(pages: list[Page], expected: list[str]) -> None:
    assert shown(build_outline(pages)) == expected


def test_equal_numbers_are_ordered_by_file_name() -> None:
    pages = [page("sky/b", "0101"), page("z/a", "0101"), page("sky/c", "0101")]
    assert shown(build_outline(pages)) == ["(01 -: z/a sky/b sky/c)"]


@pytest.mark.parametrize(
    ("sortorder", "key"),
    [("0402", "04"), ("04001", "04"), ("50001108", "50"), ("500011086", "50001"), ("12", "")],
)
def test_the_first_digits_name_the_chapter(sortorder: str, key: str) -> None:
    assert chapter_key(sortorder) == key


def test_reading_order_goes_through_all_chapters() -> None:
    assert names(*build_outline(SKY).order) == [
        "start",
        "first-night",
        "charts",
        "sky",
        "moon",
        "examples",
        "julian-date",
        "lost",
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("start", "-", "first-night"),
        ("first-night", "start", "charts"),
        ("charts", "first-night", "sky"),
        ("lost", "julian-date", "-"),
        ("about", "-", "-"),
        ("secret", "-", "-"),
        ("unknown", "-", "-"),
    ],
)
def test_neighbours(name: str, before: str, after: str) -> None:
    assert names(*build_outline(SKY).neighbours(name)) == [before, after]


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("moon", "sky"),
        ("julian-date", "examples"),
        ("sky", "-"),
        ("lost", "-"),
        ("about", "-"),
    ],
)
def test_the_parent_opens_the_chapter(name: str, parent: str) -> None:
    assert names(build_outline(SKY).parent(name)) == [parent]


@pytest.mark.parametrize(
    ("name", "children"),
    [
        ("start", ["first-night", "charts"]),
        ("examples", ["julian-date"]),
        ("moon", []),
        ("lost", []),
        ("about", []),
    ],
)
def test_children_are_the_pages_of_the_chapter_that_a_page_opens(
    name: str, children: list[str]
) -> None:
    assert names(*build_outline(SKY).children(name)) == children


@pytest.mark.parametrize(("name", "key"), [("start", "01"), ("moon", "02"), ("lost", "99")])
def test_chapter_of(name: str, key: str) -> None:
    chapter = build_outline(SKY).chapter_of(name)
    assert chapter is not None
    assert chapter.key == key


def test_a_page_without_order_stands_in_no_chapter() -> None:
    assert build_outline(SKY).chapter_of("about") is None


@st.composite
def pages_with_numbers(draw: st.DrawFn) -> list[Page]:
    numbers = draw(st.lists(st.from_regex(r"\A[0-3]{1,10}\Z"), max_size=12))
    return [page(f"p{n}", number, toc=draw(st.booleans())) for n, number in enumerate(numbers)]


@given(pages_with_numbers())
def test_every_page_with_a_number_stands_in_one_place(pages: list[Page]) -> None:
    outline = build_outline(pages)
    assert sorted(names(*outline.order)) == sorted(p.docname for p in pages)
    assert [p.sortorder for p in outline.order] == sorted(p.sortorder for p in pages)
    for found in pages:
        chapter = outline.chapter_of(found.docname)
        assert chapter is not None
        assert chapter.key == chapter_key(found.sortorder)
