"""Filters of lists and indexes: what they mean, and that nothing in them is ever run."""

from __future__ import annotations

import contextlib
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.resources.filters import MAX_LENGTH, FilterError, Value, parse_filter

NAMES = frozenset({"kind", "level", "title", "tags", "author", "date", "host"})
ITEM: dict[str, Value] = {
    "kind": "book",
    "level": "",
    "title": "The Owl's “Night”",
    "tags": ("python", "web"),
    "author": (),
    "date": "2021-03",
    "host": "owl.example",
}


def passes(text: str) -> bool:
    return parse_filter(text, NAMES)(ITEM)


def refused(text: str) -> FilterError:
    with pytest.raises(FilterError) as caught:
        parse_filter(text, NAMES)
    return caught.value


# What they mean -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kind == "book"', True),
        ("kind == 'book'", True),
        ('"book" == kind', True),
        ('kind == "talk"', False),
        ('kind != "talk"', True),
        ('kind == "book" and level != "advanced"', True),
        ('kind == "talk" or date', True),
        ('kind == "talk" or kind == "book" and level', False),
        ('not kind == "talk"', True),
        ('(kind == "talk" or kind == "book") and not level', True),
        # A name alone asks whether the field is given.
        ("kind", True),
        ("level", False),
        ("author", False),
        ("tags", True),
        # One of several.
        ('kind in ["book", "talk"]', True),
        ('kind in ("talk", "video")', False),
        ('kind not in ["book"]', False),
        ('kind in {"book"}', True),
        # A field of several values has one, or has not.
        ('tags == "web"', True),
        ('"web" in tags', True),
        ('"we" in tags', False),
        ('tags != "web"', False),
        ('tags != "java"', True),
        ('"java" not in tags', True),
        ('tags in ["java", "web"]', True),
        ('author == ""', True),
        ('level == ""', True),
        # Part of a text.
        ('"Owl" in title', True),
        ('"owl" in title', False),
        # Dates are texts; a year needs no quotes. Nothing is before or after no date.
        ('date >= "2020"', True),
        ("date >= 2020", True),
        ('date < "2021"', False),
        ('date <= "2021-03"', True),
        ('date > "2021-03"', False),
        ('"2020" < date < "2022"', True),
        ('level < "z"', False),
        ('level >= ""', False),
        ('title == "The Owl\'s “Night”"', True),
    ],
)
def test_filter(text: str, expected: bool) -> None:
    assert passes(text) is expected


def test_blanks_and_line_ends_around_it() -> None:
    assert passes('  kind == "book"\n')


def test_an_expression_over_two_lines() -> None:
    """As an option of a directive may be continued."""
    assert passes('kind == "book"\nand not level')


# What they are not ----------------------------------------------------------------------------

CODE = [
    '__import__("os")',
    '__import__("os").system("touch owned")',
    'kind == __import__("os")',
    "kind.__class__",
    "kind == kind.__class__",
    'kind["x"]',
    "lambda: 1",
    "(lambda: 1)()",
    'f"{kind}"',
    'kind == f"{kind}"',
    'kind == "a" + "b"',
    "10**10**10",
    "kind == 10**10**10",
    'kind == "a" * 10**9',
    "[k for k in kind]",
    "{k for k in kind}",
    "kind if kind else level",
    "(kind := 'x')",
    "kind, level",
    '"book"',
    "1",
    "True",
    "None",
    "...",
    "kind == None",
    "kind == True",
    "kind == b'book'",
    "kind == 1.5",
    "kind == -1",
    "kind is 'book'",
    "kind is not level",
    "~kind",
    "await kind",
    'kind == ["a", ["b"]]',
    'kind in [*"ab"]',
    'kind in ["a", level]',
    '{"a": 1} == kind',
    "print(kind)",
    "open('x')",
]


@pytest.mark.parametrize("text", CODE)
def test_code_is_refused(text: str) -> None:
    assert refused(text).why.startswith("takes ")


@pytest.mark.parametrize(
    "text",
    ["", " ", "kind ==", "kind = 'book'", 'kind == "book', "import os", "a b", "\0", "kind;level",
     "yield kind", "*kind", "\ud800", "'\ud800' ==", "('kind'"],
)  # fmt: skip
def test_what_is_no_expression(text: str) -> None:
    assert refused(text).why == "can't be read"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 400 + "kind" + ")" * 400,
        "not " * 240 + "kind",
        "-" * 990 + "1",
        "[" * 490 + "]" * 490,
        "1<1or(" * 140 + "kind" + ")" * 140,
        "kind" + ".x" * 480,
        "kind" + "()" * 480,
        "kind == 0x" + "f" * 900,
        "kind == " + "9" * 900,
    ],
)
def test_depth_and_size_are_no_trouble(text: str) -> None:
    assert len(text) <= MAX_LENGTH
    try:
        found = parse_filter(text, NAMES)
    except FilterError:
        return
    assert found(ITEM) in {True, False}


def test_length_has_an_end() -> None:
    assert refused("kind or " * 200 + "kind").why == f"is longer than {MAX_LENGTH} characters"


@pytest.mark.parametrize(
    ("text", "why", "column"),
    [
        ('colour == "red"', "asks for 'colour'; there are author, date, host, kind", 1),
        ('kind == "book" and colour', "asks for 'colour'", 20),
        ('kind == "a" and kind.x', "takes comparisons", 17),
        ('title == "é" and kind.x', "takes comparisons", 18),
        ('title == "🦉" and colour', "asks for 'colour'", 18),
        ('kind == "a" and\ncolour', "asks for 'colour'", 17),
        ('kind in ["a", 1]', "takes lists of texts only", 15),
        ("kind == == 'x'", "can't be read", 9),
    ],
)
def test_fault_has_a_column(text: str, why: str, column: int) -> None:
    error = refused(text)
    assert error.why.startswith(why)
    assert error.column == column


@pytest.mark.parametrize("text", [r'title == "\d"', "1or kind", 'kind is "book"'])
def test_python_says_nothing_of_its_own(text: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with contextlib.suppress(FilterError):
            parse_filter(text, NAMES)
    assert said == []


@given(
    st.text(alphabet=st.sampled_from(list("kind ==!<>()[]{}\"'andornotin,.:*\n\\é1")), max_size=60)
)
def test_any_text_is_a_filter_or_a_fault(text: str) -> None:
    with warnings.catch_warnings(), contextlib.suppress(FilterError):
        warnings.simplefilter("ignore")
        assert passes(text) in {True, False}
