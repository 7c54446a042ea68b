"""Colours of code: one stylesheet for both modes, in which every token can be read."""

from __future__ import annotations

import gzip
import re
import tomllib
from typing import ClassVar

import pytest
from pygments.style import Style
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Comment, Error, Keyword, Name, Number

from sphinx_fsp.theme.code_colours import DARK, LIGHT, stylesheet
from sphinx_fsp.theme.contrast import contrast
from sphinx_fsp.theme.site import FOLDER


class Day(Style):
    styles: ClassVar = {
        Comment: "italic #555555",
        Keyword: "bold #6600aa",
        Keyword.Type: "nobold #884400",
        Number: "#884400",
        Error: "bg:#aa0000 #ffffff",
    }


class Night(Style):
    styles: ClassVar = {
        Comment: "#aaaaaa",
        Keyword: "#ccaaff",
        Keyword.Type: "#ffbb66",
        Number: "#ffbb66",
        Name.Tag: "#66ddff",
    }


def pair_of_theme() -> tuple[type[Style], type[Style]]:
    theme = tomllib.loads((FOLDER / "theme.toml").read_text(encoding="utf-8"))["theme"]
    names = theme["pygments_style"]
    return get_style_by_name(names["default"]), get_style_by_name(names["dark"])


def rules(css: str) -> dict[str, str]:
    """Return what each class says."""
    found = {}
    for selector, said in re.findall(r"\.highlight ([^{]+) \{ ([^}]+); \}", css):
        for name in re.findall(r"\.(\w+)", selector):
            assert name not in found, "a class stands in one rule"
            found[name] = said
    return found


def colours(css: str, mode: int) -> dict[str, str]:
    pattern = re.compile(r"light-dark\((\S+), (\S+)\)")
    found = {name: pattern.search(said) for name, said in rules(css).items()}
    return {name: match[1 + mode] for name, match in found.items() if match}


def test_one_rule_says_both_colours() -> None:
    said = rules(stylesheet(Day, Night))
    assert said["c"] == "color: light-dark(#555555, #aaaaaa); font-style: italic"
    assert said["k"] == "color: light-dark(#6600aa, #ccaaff); font-weight: 700"


def test_equal_looks_share_a_rule() -> None:
    css = stylesheet(Day, Night)
    assert rules(css)["kt"] == rules(css)["m"] == "color: light-dark(#884400, #ffbb66)"
    assert css.count("#884400, #ffbb66") == 1


def test_a_token_has_what_its_parent_has() -> None:
    """Pygments writes ``class="kd"`` alone, without the class of keywords."""
    said = rules(stylesheet(Day, Night))
    assert said["kd"] == said["k"]


def test_a_colour_of_one_style_alone_is_text_in_the_other() -> None:
    assert rules(stylesheet(Day, Night))["nt"] == "color: light-dark(var(--fsp-text), #66ddff)"


def test_what_looks_like_text_has_no_rule() -> None:
    said = rules(stylesheet(Day, Night))
    assert "p" not in said
    assert "n" not in said


def test_backgrounds_of_a_style_are_not_used_and_white_on_red_is_still_read() -> None:
    css = stylesheet(Day, Night)
    assert "background" not in css
    assert contrast(colours(css, 0)["err"], LIGHT[0]) >= 4.5


def test_no_colour_stands_outside_the_layer_of_content() -> None:
    css = stylesheet(Day, Night)
    assert css.startswith("@layer fsp.prose {")
    assert css.rstrip().endswith("}")


@pytest.mark.parametrize(("mode", "backgrounds"), [(0, LIGHT), (1, DARK)], ids=["light", "dark"])
@pytest.mark.parametrize(
    "pair",
    [pytest.param(None, id="the theme's"), ("default", "monokai"), ("tango", "native")],
)
def test_every_token_can_be_read(
    pair: tuple[str, str] | None, mode: int, backgrounds: tuple[str, ...]
) -> None:
    styles = tuple(map(get_style_by_name, pair)) if pair else pair_of_theme()
    found = colours(stylesheet(*styles), mode)
    assert len(found) > 20
    for name, colour in found.items():
        for background in backgrounds:
            if not colour.startswith("var"):
                assert contrast(colour, background) >= 4.5, f"{name}: {colour} on {background}"


@pytest.mark.parametrize(("mode", "backgrounds"), [(0, LIGHT), (1, DARK)], ids=["light", "dark"])
def test_the_theme_shows_its_styles_as_they_are(mode: int, backgrounds: tuple[str, ...]) -> None:
    """They were chosen because no token of theirs needs another shade."""
    style = pair_of_theme()[mode]
    for token in STANDARD_TYPES:
        colour = style.style_for_token(token)["color"]
        for background in backgrounds:
            assert not colour or contrast(f"#{colour}", background) >= 4.5, token


@pytest.mark.parametrize("name", ["--fsp-surface", "--fsp-mark"])
def test_the_backgrounds_are_those_of_the_theme(name: str) -> None:
    css = (FOLDER / "static/fsp.css").read_text(encoding="utf-8")
    match = re.search(rf"{name}: light-dark\((\S+), (\S+)\)", css)
    assert match
    at = ["--fsp-surface", "--fsp-mark"].index(name)
    assert (match[1], match[2]) == (LIGHT[at], DARK[at])


def test_it_is_small() -> None:
    css = stylesheet(*pair_of_theme())
    assert len(gzip.compress(css.encode(), 9)) <= 800
