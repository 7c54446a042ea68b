"""How a table's width is shared by its columns, and where long words may be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.book.latex.breaks import LONG, with_breaks
from sphinx_fsp.book.latex.code import with_breaks_in_code
from sphinx_fsp.book.tables.widths import (
    BREAK,
    PAGE,
    SIZES,
    Column,
    Run,
    column_of,
    groups,
    lines_of,
    needs_of,
    plan,
)


def columns(*needs: tuple[float, float]) -> list[Column]:
    return [column_of(least, natural) for least, natural in needs]


def test_short_columns_take_what_they_need() -> None:
    layout = plan(columns((3, 3), (4, 4)), PAGE)
    assert layout is not None
    assert layout.size.name == ""
    assert sum(layout.widths) < PAGE / 3


def test_long_text_takes_what_short_columns_leave() -> None:
    layout = plan(columns((3, 3), (5, 200), (4, 6)), PAGE)
    assert layout is not None
    name, text, level = layout.widths
    assert name == pytest.approx(column_of(3, 3).natural)
    assert level == pytest.approx(column_of(4, 6).natural)
    assert name + text + level == pytest.approx(PAGE - 3 * layout.size.gap, abs=0.1)


def test_words_are_not_broken_for_the_text_of_others() -> None:
    # "beginner" is 4.3 em wide; one column has a thousand words.
    layout = plan(columns((4, 2000), (4.3, 4.3), (3, 9), (4.3, 4.3), (3, 60)), PAGE)
    assert layout is not None
    assert layout.widths[1] >= 4.3
    assert layout.widths[3] >= 4.3


def test_type_is_smaller_before_words_are_broken() -> None:
    sizes = [plan(columns(*[(4, 20)] * n), PAGE) for n in (4, 7, 9, 40)]
    assert [s.size.name if s else None for s in sizes] == ["", "small", "footnotesize", None]


def test_many_columns_are_parted_and_none_is_lost() -> None:
    parts = groups(columns(*[(4, 4)] * 40), frozenset(), PAGE)
    assert parts is not None
    assert [n for part in parts for n in part] == list(range(1, 40))
    assert max(len(part) for part in parts) <= 7


def test_no_part_begins_within_a_cell() -> None:
    barred = frozenset(n for n in range(2, 40) if n % 3)
    parts = groups(columns(*[(4, 4)] * 40), barred, PAGE)
    assert parts is not None
    assert not {part.start for part in parts} & barred
    assert groups(columns(*[(4, 4)] * 40), frozenset({1}), PAGE) is None


NEEDS = st.tuples(st.floats(0, 30), st.floats(0, 5000))


@given(st.lists(NEEDS, min_size=1, max_size=30), st.floats(10, 60))
def test_no_table_is_wider_than_the_line(needs: list[tuple[float, float]], room: float) -> None:
    wanted = columns(*needs)
    layout = plan(wanted, room)
    if layout is not None:
        assert sum(layout.widths) + layout.size.gap * len(needs) <= room + 0.1
        assert sum(layout.shares) <= 1
        for column, width in zip(wanted, layout.widths, strict=True):
            assert width >= column.least * layout.size.scale - 0.001 or width >= (
                column.natural * layout.size.scale - 0.001
            )
    else:
        size = SIZES[-1]
        assert sum(c.least * size.scale + size.gap for c in wanted) > room


def test_needs_of_a_text() -> None:
    word, whole = needs_of([Run("a bb ccc")])
    assert word < whole
    # A word goes on in another font, and ends where it may be broken.
    assert needs_of([Run("aa"), Run("bb")])[0] == pytest.approx(needs_of([Run("aabb")])[0])
    assert needs_of([Run(f"aa{BREAK}bb")])[0] == pytest.approx(needs_of([Run("aa")])[0])
    assert needs_of([Run("你好世界")]) == (1.0, 4.0)
    assert needs_of([Run("x", mono=True)])[1] > needs_of([Run("i")])[1]


def test_lines() -> None:
    assert lines_of(0, 10) == 1
    assert lines_of(9, 10) == 1
    assert lines_of(90, 10) == 10
    assert lines_of(5, -3) == 10


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("internationalization", "internationalization"),
        ("and/or", "and/or"),
        ("2022-04-01", "2022-04-01"),
        ("example.org/a-long/address", "example. org/ a- long/ address"),
        ("SomeVeryLongClassName", "Some Very Long Class Name"),
        ("x" * 25, "xxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("x" * 31, f"{'x' * 11} {'x' * 11} {'x' * 9}"),
        (
            "很长的中文句子没有空格因为中文不需要空格所以很长",
            "很长的中文句子没有空格因为中文不需要空格所以很长",
        ),
    ],
)
def test_long_words(word: str, parts: str) -> None:
    assert with_breaks(word) == parts.replace(" ", BREAK)
    assert with_breaks(f"see {word}, or") == with_breaks(f"see {word},") + " or"


@given(st.text(max_size=80))
def test_nothing_but_breaks_is_added(text: str) -> None:
    assert with_breaks(text).replace(BREAK, "") == text.replace(BREAK, "")
    assert with_breaks_in_code(text) == text
    if len(text) <= LONG:
        assert with_breaks(text) == text


def test_words_of_code_that_tex_cannot_measure() -> None:
    code = f"a = 1\n{'y' * 10_000}\nb = '{'z' * 400}'\n"
    broken = with_breaks_in_code(code)
    assert broken.replace(BREAK, "") == code
    assert max(len(part) for part in broken.split(BREAK)) <= 1000
    assert broken.endswith(f"\nb = '{'z' * 400}'\n")
