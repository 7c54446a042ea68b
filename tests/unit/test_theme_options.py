"""The theme's options: what they take, and what they say of what they don't."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.theme.contrast import contrast
from sphinx_fsp.theme.options import (
    DARK,
    LIGHT,
    OptionError,
    ThemeOptions,
    accent_stylesheet,
    read_options,
    shades,
)
from sphinx_fsp.theme.site import FOLDER

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LINKS = (("Forum", "https://forum.example/?a=1,2"), ("Feed", "/feed.xml"))


def test_defaults_are_those_of_the_theme() -> None:
    theme = tomllib.loads((FOLDER / "theme.toml").read_text(encoding="utf-8"))
    assert read_options(theme["options"]) == ThemeOptions() == read_options({})
    assert set(ThemeOptions._fields) == set(theme["options"])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(list(LINKS), id="pairs"),
        pytest.param([list(pair) for pair in LINKS], id="lists"),
        pytest.param(dict(LINKS), id="a dictionary"),
        pytest.param("Forum|https://forum.example/?a=1,2, Feed|/feed.xml", id="text, as of -D"),
    ],
)
def test_header_links(value: object) -> None:
    assert read_options({"header_links": value}).header_links == LINKS


@pytest.mark.parametrize("value", ["", " ", [], (), {}, None])
def test_no_header_links(value: object) -> None:
    assert read_options({"header_links": value}).header_links == ()


def test_a_repository_becomes_links() -> None:
    options = read_options({"repository": "https://github.com/sky/guide", "folder": "/content/"})
    assert options.repository
    assert options.repository.address == "https://github.com/sky/guide"
    assert (options.branch, options.folder) == ("main", "content")


def test_other_options_are_left_to_sphinx() -> None:
    assert read_options({"sidebar_width": 12}) == ThemeOptions()


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("logo_dark", 3, "the path of an image"),
        ("header_links", 3, "a list of (text, address) pairs"),
        ("header_links", "Forum", "'Text|address, Text|address'"),
        ("header_links", ["Forum"], "a list of (text, address) pairs"),
        ("header_links", [("Forum", "")], "a list of (text, address) pairs"),
        ("header_links", [("Forum", 3)], "a list of (text, address) pairs"),
        ("header_links", [("", "/feed.xml")], "a list of (text, address) pairs"),
        ("header_links", [("Forum", "javascript:alert(1)")], "addresses that run no code"),
        ("header_links", {"Forum": "JAVA\nscript:alert(1)"}, "addresses that run no code"),
        ("header_links", "Forum|data:text/html,x", "addresses that run no code"),
        ("repository", "https://git.example.org/a/b", "https://HOST/OWNER/NAME"),
        ("repository", 3, "an address"),
        ("branch", "", "the name of a branch"),
        ("branch", "two words", "the name of a branch"),
        ("folder", "../elsewhere", "without .."),
        ("announcement", ["<b>New</b>"], "HTML as text"),
        ("accent", "green", "a colour, #rrggbb or #rgb"),
        ("accent", "#12345", "a colour, #rrggbb or #rgb"),
        ("accent", 0x23B24B, "a colour, #rrggbb or #rgb"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_taken(name: str, value: Any, takes: str) -> None:
    with pytest.raises(OptionError) as error:
        read_options({name: value})
    said = str(error.value)
    assert said.startswith(f"html_theme_options[{name!r}] takes ")
    assert takes in said
    assert said.endswith(f", not {value!r}")


def test_an_accent_that_can_be_read_stays() -> None:
    found = shades("#0b57a4")
    assert (found.light, found.faint) == ("#0b57a4", "")
    assert found.dark != "#0b57a4"


def test_an_accent_that_is_too_faint_on_white_is_named_with_the_shade_used() -> None:
    found = shades("#23b24b")
    assert found.faint == "#23b24b"
    assert found.light != "#23b24b"
    assert contrast(found.light, LIGHT) >= 4.5


def test_accent_stylesheet() -> None:
    css = accent_stylesheet("#0b57a4")
    assert "--fsp-accent: light-dark(#0b57a4, " in css
    assert re.findall(r"--[\w-]+", css) == [
        "--fsp-accent",
        "--fsp-link",
        "--fsp-accent-surface",
    ]


def test_no_accent_needs_no_stylesheet() -> None:
    assert accent_stylesheet("") == ""


@given(COLOURS)
def test_every_accent_can_be_read_on_the_page_and_in_the_well(accent: str) -> None:
    colours = re.findall(r"light-dark\((\S+), (\S+)\)", accent_stylesheet(accent))
    assert len(colours) == 3
    for mode, page in enumerate((LIGHT, DARK)):
        well = colours[2][mode]
        for one in (colours[0][mode], colours[1][mode]):
            assert contrast(one, page) >= 4.5
            assert contrast(one, well) >= 4.5
