"""How well one colour is read on another.

Pure functions over colours written ``#rgb`` or ``#rrggbb``. The formulas are those of the Web
Content Accessibility Guidelines (WCAG) 2.2, terms "relative luminance" and "contrast ratio":
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
"""

from __future__ import annotations

import colorsys
import re

#: What WCAG 2.2 asks for text of ordinary size (success criterion 1.4.3, level AA).
TEXT = 4.5

_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
#: How finely shades are tried; finer than the 256 steps that a colour has.
_STEPS = 1024


def is_colour(text: str) -> bool:
    """Tell whether *text* is a colour that this module reads."""
    return bool(_COLOUR.fullmatch(text))


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, each from 0 to 1.

    :raises ValueError: when it isn't written ``#rgb`` or ``#rrggbb``
    """
    if not is_colour(colour):
        raise ValueError(f"a colour is written #rgb or #rrggbb, not {colour!r}")
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, whichever comes first."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, background: str, ratio: float = TEXT) -> str:
    """Return the shade of *colour* nearest to it whose contrast on *background* is *ratio*.

    Hue and saturation stay, the lightness changes no more than it must. A ratio that no shade
    reaches gives black or white, whichever is read better.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    if contrast(colour, background) >= ratio:
        return _written(*channels(colour))
    for step in range(1, _STEPS + 1):
        # A shade is lighter or darker by the same step: the first that reaches it is the nearest.
        shades = [
            _written(*colorsys.hls_to_rgb(hue, other, saturation))
            for other in (lightness - step / _STEPS, lightness + step / _STEPS)
            if 0 <= other <= 1
        ]
        for shade in sorted(shades, key=lambda shade: -contrast(shade, background)):
            if contrast(shade, background) >= ratio:
                return shade
    return max("#000000", "#ffffff", key=lambda shade: contrast(shade, background))


def mixed(colour: str, background: str, part: float) -> str:
    """Return *background* with *part* of *colour* in it, from 0 to 1."""
    pairs = zip(channels(colour), channels(background), strict=True)
    red, green, blue = (part * ours + (1 - part) * theirs for ours, theirs in pairs)
    return _written(red, green, blue)


def _written(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
