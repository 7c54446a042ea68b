"""Colours of code for both modes, from two styles of Pygments, as one stylesheet.

Pure over Pygments. The theme asks for ``a11y-high-contrast-light`` and ``a11y-dark``: keywords,
strings, names and numbers have the same hue in both, a comment is the quietest of all, and every
token reaches 4.5 on the background of code and on an emphasised line. (In
``a11y-high-contrast-dark`` comments are the brightest yellow, as loud as what they explain;
GitHub's high-contrast pair just reaches 4.5 on emphasised lines, Gotthard's doesn't.)

Other styles may be chosen in
``conf.py``: a colour that is too faint for the theme's backgrounds becomes its nearest shade that
isn't.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from pygments.style import Style
from pygments.token import STANDARD_TYPES, Token, _TokenType

from sphinx_fsp.theme.contrast import contrast, readable

#: Surface and emphasised line, ``--fsp-surface`` and ``--fsp-mark``. Backgrounds of the styles
#: themselves aren't used.
LIGHT = ("#f6f6f3", "#fdf3c4")
DARK = ("#202326", "#45401f")

#: What a token without a colour has.
_TEXT = "var(--fsp-text)"


class Look(NamedTuple):
    """How a style shows a token; an empty colour is that of text."""

    colour: str
    bold: bool
    italic: bool
    underline: bool


def look(style: type[Style], token: _TokenType, backgrounds: tuple[str, ...]) -> Look:
    """Return how *style* shows a token on each of *backgrounds*."""
    said = style.style_for_token(token)
    colour = said["color"] or ""
    # The colour of all text is the theme's.
    if colour in ("", style.style_for_token(Token.Text)["color"]):
        colour = ""
    else:
        colour = f"#{colour}"
        # The hardest to read on comes last: what is read there is read on the others.
        for background in sorted(backgrounds, key=lambda other: -contrast(colour, other)):
            colour = readable(colour, background)
    return Look(colour, bool(said["bold"]), bool(said["italic"]), bool(said["underline"]))


def declarations(light: Look, dark: Look) -> str:
    """Return what a rule says; what only one of the styles makes bold or italic is so in both."""
    said = []
    if light.colour or dark.colour:
        said.append(f"color: light-dark({light.colour or _TEXT}, {dark.colour or _TEXT})")
    if light.bold or dark.bold:
        said.append("font-weight: 700")
    if light.italic or dark.italic:
        said.append("font-style: italic")
    if light.underline or dark.underline:
        said.append("text-decoration: underline")
    return "; ".join(said)


def stylesheet(light: type[Style], dark: type[Style]) -> str:
    """Return one stylesheet for both styles."""
    classes: dict[str, list[str]] = defaultdict(list)
    for token, name in STANDARD_TYPES.items():
        # What Pygments writes for each token is its own class alone, without its parents'.
        if name and (said := declarations(look(light, token, LIGHT), look(dark, token, DARK))):
            classes[said].append(f".{name}")
    rules = [_rule(names, said) for said, names in classes.items()]
    return "".join(("@layer fsp.prose {\n", *rules, "}\n"))


def _rule(names: list[str], said: str) -> str:
    selector = names[0] if len(names) == 1 else f":is({', '.join(names)})"
    return f"  .highlight {selector} {{ {said}; }}\n"
