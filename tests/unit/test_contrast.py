"""Contrast of colours, and the nearest shade that can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.theme.contrast import channels, contrast, is_colour, luminance, mixed, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000000", "#ffffff", 21, id="black on white"),
        pytest.param("#fff", "#000", 21, id="short"),
        pytest.param("#23b24b", "#23b24b", 1, id="on itself"),
        # Published for these pairs by WebAIM and by the W3C's understanding documents.
        pytest.param("#767676", "#ffffff", 4.54, id="the lightest grey on white"),
        pytest.param("#777777", "#ffffff", 4.48, id="a grey that falls short"),
        pytest.param("#ff0000", "#ffffff", 4.00, id="red on white"),
        pytest.param("#0000ff", "#ffffff", 8.59, id="blue on white"),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_luminance_weighs_green_most() -> None:
    assert luminance("#00f") < luminance("#f00") < luminance("#0f0") < luminance("#fff") == 1


@pytest.mark.parametrize("text", ["green", "#12", "#1234", "#12345g", "123456", "#12345678", ""])
def test_other_ways_to_write_a_colour_are_refused(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(ValueError, match="a colour is written #rgb or #rrggbb, not "):
        channels(text)


def test_a_colour_that_can_be_read_stays() -> None:
    assert readable("#10662B", "#ffffff") == "#10662b"


@pytest.mark.parametrize(
    ("colour", "background", "shade"),
    [
        pytest.param("#23b24b", "#ffffff", "#1b8839", id="darker on white"),
        pytest.param("#0b57a4", "#16181a", "#1280ef", id="lighter on black"),
        pytest.param("#fff", "#ffffff", "#767676", id="a grey stays grey"),
        pytest.param("#888888", "#808080", "#171717", id="the way that leads there"),
    ],
)
def test_the_nearest_shade(colour: str, background: str, shade: str) -> None:
    found = readable(colour, background)
    assert contrast(found, background) >= 4.5
    assert found == shade


def test_a_ratio_that_no_shade_reaches_gives_black_or_white() -> None:
    assert readable("#2266aa", "#777777", 15) == "#000000"
    assert readable("#2266aa", "#666666", 15) == "#ffffff"


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(COLOURS, COLOURS, st.floats(1, 4.5))
def test_what_comes_out_can_be_read(colour: str, background: str, ratio: float) -> None:
    """Black or white reaches 4.5 on every background."""
    found = readable(colour, background, ratio)
    assert contrast(found, background) >= ratio
    assert readable(found, background, ratio) == found


@given(COLOURS, COLOURS)
def test_the_hue_stays(colour: str, background: str) -> None:
    found = readable(colour, background)
    before, after = (colorsys.rgb_to_hls(*channels(one)) for one in (colour, found))
    # Near black, white and grey, the 256 steps of a channel leave little of a hue.
    if 0.2 < after[1] < 0.8 and before[2] > 0.3 and after[2] > 0.3 and 0.1 < before[1] < 0.9:
        apart = abs(before[0] - after[0])
        assert min(apart, 1 - apart) < 0.03


@given(COLOURS, COLOURS)
def test_a_mixture_lies_between(one: str, other: str) -> None:
    assert mixed(one, other, 1) == one
    assert mixed(one, other, 0) == other
    assert all(
        min(pair) - 0.003 <= part <= max(pair) + 0.003
        for part, *pair in zip(
            channels(mixed(one, other, 0.5)), channels(one), channels(other), strict=True
        )
    )
