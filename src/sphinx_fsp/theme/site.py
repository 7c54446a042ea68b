"""What is the same on every page of a site: its title, its links, its repository."""

from __future__ import annotations

import os
from html import unescape
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util.images import get_image_size

from sphinx_fsp.config import values_said
from sphinx_fsp.diagnostics import THEME_OPTION, warn
from sphinx_fsp.theme.edit_links import source_links
from sphinx_fsp.theme.options import OptionError, ThemeOptions, nearest_option, read_options

FOLDER = Path(__file__).parent / "fsp"


class Link(NamedTuple):
    """A link of the page's frame, as text."""

    text: str
    address: str


class Site(NamedTuple):
    """What every page shows."""

    title: str
    #: The title of the site in that of a page.
    head_title: str
    options: ThemeOptions
    on_read_the_docs: bool
    #: Attributes of HTML.
    logo_size: str = ""

    @property
    def header_links(self) -> tuple[Link, ...]:
        """Return the links of the header."""
        return tuple(Link(*pair) for pair in self.options.header_links)

    @property
    def dark_logo(self) -> str:
        """Return where the logo for the dark mode is published, or an empty text."""
        logo = self.options.logo_dark
        return f"_static/{Path(logo).name}" if logo else ""

    def edit_address(self, env: BuildEnvironment, docname: str) -> str:
        """Return where the file of a page can be edited, or an empty text."""
        options = self.options
        if options.repository is None:
            return ""
        path = str(env.doc2path(docname, base=False))
        links = source_links(options.repository, options.branch, options.folder, path)
        return links.edit if links else ""


def is_used(app: Sphinx) -> bool:
    """Tell whether this theme, or one that inherits it, makes the pages of this output."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.embedded:
        return False
    # Builders of data, such as json, keep what templates would show, and render none.
    if hasattr(builder, "dump_context"):
        return False
    return str(FOLDER) in map(str, builder.theme.get_theme_dirs())


def site_of(app: Sphinx) -> Site | None:
    """Return what every page shows; None when another theme makes the pages.

    :raises ConfigError: naming an option that takes something else
    """
    builder = app.builder
    if not is_used(app) or not isinstance(builder, StandaloneHTMLBuilder):
        return None
    try:
        options = read_options(builder.theme.get_options({}) | builder.theme_options)
    except OptionError as error:
        raise ConfigError(str(error)) from error
    if options.logo_dark and not Path(app.confdir, options.logo_dark).is_file():
        raise ConfigError(f"html_theme_options['logo_dark']: no file {options.logo_dark!r}")
    config = app.config
    said = values_said(config)
    title = config.html_title if "html_title" in said else config.project
    short = config.html_short_title if "html_short_title" in said else title
    size = get_image_size(Path(app.confdir, config.html_logo)) if config.html_logo else None
    return Site(
        title=unescape(short),
        head_title=unescape(title),
        options=options,
        on_read_the_docs=os.environ.get("READTHEDOCS") == "True",
        logo_size=f' width="{size[0]}" height="{size[1]}"' if size else "",
    )


def check_options(app: Sphinx) -> None:
    """Stop a build before it reads pages, when an option takes something else.

    Options that the theme doesn't have are said, with the nearest that it has.
    """
    site_of(app)
    builder = app.builder
    if not is_used(app) or not isinstance(builder, StandaloneHTMLBuilder):
        return
    known = builder.theme.get_options({})
    given = builder.theme_options
    for option in sorted(given.keys() - known.keys()):
        details = {"option": option, "options": ", ".join(sorted(ThemeOptions._fields))}
        if near := nearest_option(option, known):
            details["suggestion"] = near
        warn(THEME_OPTION, Path(app.confdir, "conf.py"), None, **details)
    # Sphinx would say them again, without a hint.
    builder.theme_options = {name: value for name, value in given.items() if name in known}
