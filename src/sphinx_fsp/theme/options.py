"""The theme's options, once: what each takes, and what becomes of it.

Pure functions over the values of ``html_theme_options``; their defaults are in ``theme.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.theme.contrast import TEXT, contrast, is_colour, mixed, readable
from sphinx_fsp.theme.edit_links import Repository, repository

#: What accents are read on: ``--fsp-background`` of both modes.
LIGHT = "#ffffff"
DARK = "#16181a"
#: How much of the accent is in the surface of the well, in light and dark mode.
_IN_SURFACE = (0.07, 0.12)

#: A comma between two links, not one of an address.
_BETWEEN = re.compile(r",(?=[^,|]*\|)")


class OptionError(ValueError):
    """A value that an option of the theme doesn't take."""


class ThemeOptions(NamedTuple):
    """The options of a site, as far as they are given."""

    #: A path, relative to the folder of ``conf.py``; empty for none.
    logo_dark: str = ""
    #: Text and address.
    header_links: tuple[tuple[str, str], ...] = ()
    repository: Repository | None = None
    branch: str = "main"
    folder: str = ""
    #: HTML by the owner of the site.
    announcement: str = ""
    #: ``#rrggbb`` or ``#rgb``; empty for the theme's own.
    accent: str = ""


class Accent(NamedTuple):
    """An accent in the shades in which it can be read."""

    light: str
    dark: str
    #: For warnings: the colour as it was given, when it can't be read on white; empty otherwise.
    faint: str


def read_options(values: Mapping[str, Any]) -> ThemeOptions:
    """Return the options in *values*, the theme's part of ``html_theme_options``.

    Values of other options are left alone.

    :raises OptionError: naming the option, what it got, and what it takes
    """
    return ThemeOptions(
        **{name: _read(name, values[name]) for name in _READERS if values.get(name) is not None}
    )


def nearest_option(name: str, known: Iterable[str]) -> str:
    """Return the option that someone may have meant, or an empty text.

    >>> nearest_option("acent", ["logo_dark", "accent"])
    'accent'
    """
    return next(iter(get_close_matches(name, [*_READERS, *known], n=1)), "")


def _read(name: str, value: Any) -> Any:
    try:
        return _READERS[name](value)
    except ValueError as takes:
        what = f"html_theme_options[{name!r}]"
        raise OptionError(f"{what} takes {takes}, not {value!r}") from None


def _path(value: Any) -> str:
    return _text(value, "the path of an image, relative to conf.py")


def _announcement(value: Any) -> str:
    return _text(value, "HTML as text")


def _text(value: Any, takes: str) -> str:
    if not isinstance(value, str):
        raise ValueError(takes)
    return value.strip()


def _branch(value: Any) -> str:
    takes = "the name of a branch"
    if not (name := _text(value, takes)) or re.search(r"\s|\.\.", name):
        raise ValueError(takes)
    return name


def _folder(value: Any) -> str:
    takes = "the folder of the pages in the repository, with / between folders and without .."
    folder = _text(value, takes).strip("/")
    if "\\" in folder or ".." in folder.split("/"):
        raise ValueError(takes)
    return folder


def _repository(value: Any) -> Repository | None:
    return repository(address) if (address := _text(value, "an address as text")) else None


def _accent(value: Any) -> str:
    takes = "a colour, #rrggbb or #rgb"
    colour = _text(value, takes)
    if colour and not is_colour(colour):
        raise ValueError(takes)
    return colour


def _header_links(value: Any) -> tuple[tuple[str, str], ...]:
    takes = (
        "a list of (text, address) pairs, a dictionary of addresses by text, or "
        "'Text|address, Text|address', with addresses that run no code"
    )
    pairs: list[Any]
    if isinstance(value, str):
        pairs = [part.split("|", 1) for part in _BETWEEN.split(value)] if value.strip() else []
    elif isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, list | tuple):
        pairs = list(value)
    else:
        raise ValueError(takes)
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise ValueError(takes)
        if not all(isinstance(part, str) and part.strip() for part in pair):
            raise ValueError(takes)
        if is_dangerous(pair[1]):
            raise ValueError(takes)
    return tuple((text.strip(), address.strip()) for text, address in pairs)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "logo_dark": _path,
    "header_links": _header_links,
    "repository": _repository,
    "branch": _branch,
    "folder": _folder,
    "announcement": _announcement,
    "accent": _accent,
}


def shades(accent: str) -> Accent:
    """Return an accent as it can be read in both modes, on the page and in the well."""
    return Accent(
        _shade(accent, LIGHT, _IN_SURFACE[0]),
        _shade(accent, DARK, _IN_SURFACE[1]),
        accent if contrast(accent, LIGHT) < TEXT else "",
    )


def _shade(accent: str, background: str, part: float) -> str:
    # The well is nearer to the accent than the page: what is read there is read on both.
    return readable(readable(accent, background), mixed(accent, background, part))


def accent_stylesheet(accent: str) -> str:
    """Return the stylesheet that gives a site its own accent; empty for the theme's."""
    if not accent:
        return ""
    light, dark, _ = shades(accent)
    surfaces = (
        mixed(accent, background, part)
        for background, part in zip((LIGHT, DARK), _IN_SURFACE, strict=True)
    )
    return (
        "@layer fsp.base { :root {\n"
        f"  --fsp-accent: light-dark({light}, {dark});\n"
        f"  --fsp-link: light-dark({light}, {dark});\n"
        f"  --fsp-accent-surface: light-dark({', '.join(surfaces)});\n"
        "} }\n"
    )
