"""Fields at the ends of list items: what is cut out of the text, and what stays in it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.resources.field_lists import SplitText, split_fields

FIRST = 11


def split(text: str, *, needs_blank: bool = False) -> SplitText:
    """Split a text whose first line is the eleventh of its file."""
    lines = textwrap.dedent(text).strip("\n").split("\n")
    return split_fields(lines, FIRST, "a.md", needs_blank=needs_blank)


def fields(text: str, *, needs_blank: bool = False) -> list[list[str]]:
    """Return the fields of each item that has some, as ``line name=text``."""
    found = split(text, needs_blank=needs_blank)
    assert found.problems == ()
    return [[f"{f.line} {f.name}={f.text}" for f in item] for item in found.fields]


def dangling(text: str, *, needs_blank: bool = False) -> list[str]:
    """Return the fields that belong to no item, with their line and what to do."""
    found = split(text, needs_blank=needs_blank)
    assert {p.subtype for p in found.problems} <= {"dangling_fields"}
    return [f"{p.line} {p.details['fields']}: {p.details['advice']}" for p in found.problems]


# Fields ---------------------------------------------------------------------------------------


def test_fields_at_the_end_of_an_item() -> None:
    text = """
        * [Owls](https://owl.example/) is about owls.
          :kind: book
          :author: Ada; Bob
        * [Elms](https://elm.example/)

        * [Oaks](https://oak.example/) is about
          oaks.

          :kind: talk
    """
    assert fields(text) == [["12 kind=book", "13 author=Ada; Bob"], ["19 kind=talk"]]
    # Blank lines take their places, so that every other line keeps its number.
    assert split(text).lines == (
        "* [Owls](https://owl.example/) is about owls.",
        "",
        "",
        "* [Elms](https://elm.example/)",
        "",
        "* [Oaks](https://oak.example/) is about",
        "  oaks.",
        "",
        "",
    )


@pytest.mark.parametrize("bullet", ["*", "-", "+", "*  ", "-   ", "*\t"])
def test_any_bullet(bullet: str) -> None:
    assert fields(f"{bullet} [Owls](x)\n    :kind: book") == [["12 kind=book"]]


def test_values_are_taken_as_they_are() -> None:
    text = """
        * [Owls](x)
          :archive: https://web.archive.org/web/2023*/https://owl.example/_a_?b=<c>
          :publisher: *Owl* & `Sons`
          :tags:
          :license:   CC BY
    """
    assert fields(text) == [
        [
            "12 archive=https://web.archive.org/web/2023*/https://owl.example/_a_?b=<c>",
            "13 publisher=*Owl* & `Sons`",
            "14 tags=",
            "15 license=CC BY",
        ]
    ]


def test_a_value_over_several_lines() -> None:
    text = """
        * [Owls](x)
          :author: Ada Lovelace;
             Grace Hopper
          :kind: book
    """
    assert fields(text) == [["12 author=Ada Lovelace; Grace Hopper", "14 kind=book"]]


def test_a_name_that_is_no_field_is_read_all_the_same() -> None:
    """It is reported as unknown, with the nearest name, where fields are checked."""
    assert fields("* [Owls](x)\n  :autor: Ada\n  :kind: book") == [["12 autor=Ada", "13 kind=book"]]


def test_an_item_with_inner_items_has_fields_after_them() -> None:
    text = """
        * [Owls](x)
          * part one
          * part two

          :kind: book
        * [Elms](x)
    """
    # Deeper than the item's text they would be those of part two.
    assert fields(text) == [["15 kind=book"]]


def test_lists_after_one_another() -> None:
    text = """
        * [Owls](x)
          :kind: book

        Trees:

        - [Elms](x)
          :kind: talk
    """
    assert fields(text) == [["12 kind=book"], ["17 kind=talk"]]


def test_an_indented_list() -> None:
    assert fields("  * [Owls](x)\n    :kind: book\n  * [Elms](x)\n    :level: beginner") == [
        ["12 kind=book"],
        ["14 level=beginner"],
    ]


def test_in_restructuredtext() -> None:
    text = """
        * `Owls <x>`_ is about owls.

          :kind: book
          :price: paid

        * `Elms <x>`_
    """
    assert fields(text, needs_blank=True) == [["13 kind=book", "14 price=paid"]]


# What is none ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No list.",
        "* [Owls](x)",
        "* [Owls](x) :kind: book",
        "* [Owls](x)\n  has :kind: book in it",
        "* [Owls](x)\n  :kind:book",
        "* [Owls](x)\n  :doc:`kind`",
        "* [Owls](x)\n  ```\n  :kind: book\n  ```",
        "* [Owls](x)\n  ~~~~\n  :kind: book\n  ~~~\n  :kind: book\n  ~~~~",
        "* [Owls](x)\n  12:30: noon",
    ],
)
def test_text_stays(text: str) -> None:
    found = split_fields(text.split("\n"), FIRST, "a.md", needs_blank=False)
    assert found == SplitText(tuple(text.split("\n")), (), ())


@pytest.mark.parametrize(
    "text",
    [
        # Options of directives within an item.
        "* `Owls <x>`_\n\n  .. image:: owl.png\n     :alt: An owl\n     :name: owl",
        "* [Owls](x)\n\n  :::{image} owl.png\n  :alt: An owl\n  :name: owl\n  :::",
        "* [Owls](x)\n\n  ```{image} owl.png\n  :alt: An owl\n  :name: owl\n  ```",
    ],
    ids=["reStructuredText", "MyST with colons", "MyST with a fence"],
)
def test_options_of_a_directive_stay(text: str) -> None:
    found = split_fields(text.split("\n"), FIRST, "a.md", needs_blank="::" in text)
    assert found == SplitText(tuple(text.split("\n")), (), ())


def test_fields_after_code() -> None:
    text = "* [Owls](x)\n\n  ```\n  * no item\n  :kind: talk\n  ```\n\n  :kind: book"
    assert fields(text) == [["18 kind=book"]]
    assert "  :kind: talk" in split(text).lines


def test_a_rule_is_no_item() -> None:
    text = "* [Owls](x)\n  :kind: book\n\n* * *\n\n* [Elms](x)\n  :kind: talk"
    assert fields(text) == [["12 kind=book"], ["17 kind=talk"]]


# Dangling -------------------------------------------------------------------------------------

BLANK = "put a blank line before them"
INDENT = "put them at the end of an item, and indent them like its text"
INNER = "move them to the end of an item that is in no other"


def test_before_the_list() -> None:
    assert dangling(":kind: book\n\n* [Owls](x)") == [f"11 kind: {INDENT}"]


def test_not_indented() -> None:
    assert dangling("* [Owls](x)\n:kind: book\n:price: paid") == [
        f"12 kind: {INDENT}",
        f"13 price: {INDENT}",
    ]


def test_in_the_middle_of_an_item() -> None:
    text = "* [Owls](x)\n  :kind: book\n\n  More of owls."
    assert dangling(text) == [f"12 kind: {INDENT}"]
    assert split(text).fields == ()
    assert split(text).lines == tuple(text.split("\n"))


def test_of_an_inner_item() -> None:
    text = "* [Owls](x)\n  * part one\n    :kind: book\n    :name: one\n* [Elms](x)"
    assert dangling(text) == [f"13 kind, name: {INNER}"]
    assert split(text).lines == tuple(text.split("\n"))


def test_no_blank_line_in_restructuredtext() -> None:
    text = "* `Owls <x>`_ is about owls.\n  :kind: book\n  :price: paid\n* `Elms <x>`_"
    assert dangling(text, needs_blank=True) == [f"12 kind, price: {BLANK}"]
    assert split(text, needs_blank=True).lines == tuple(text.split("\n"))


def test_a_name_that_is_no_field_is_text_elsewhere() -> None:
    assert dangling(":note: this list is short\n\n* [Owls](x)") == []


# Anything -------------------------------------------------------------------------------------

PIECES = ["* ", "- ", "  ", "    ", ":kind: book", ":x:", "```", "~~~", "text", "\n", "\n\n", "\t"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.booleans())
def test_no_line_is_lost(text: str, needs_blank: bool) -> None:
    lines = text.split("\n")
    found = split_fields(lines, FIRST, "a.md", needs_blank=needs_blank)
    cut = {field.line - FIRST for item in found.fields for field in item}
    assert len(found.lines) == len(lines)
    for number, (line, kept) in enumerate(zip(lines, found.lines, strict=True)):
        # What isn't as it was is a field, or goes on with one.
        assert kept == line or (kept == "" and any(at <= number for at in cut))
    assert all(FIRST <= p.line < FIRST + len(lines) for p in found.problems)
