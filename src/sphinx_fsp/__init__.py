"""Publish a curated Markdown guide, as it was written for Pelican, with Sphinx."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from sphinx_fsp import book, config, parser, publish, theme
from sphinx_fsp.markup import contents, examples, logo, next_steps, posts, see_also, styles
from sphinx_fsp.resources import directive, index, linkcheck, listing, marks, pages
from sphinx_fsp.resources import domain as resource_domain
from sphinx_fsp.source import domain, post_domain, project, rewrites
from sphinx_fsp.transforms import images, languages

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension: each stage in the order in which pages pass them.

    :raises ConfigError: when only the theme is named, which Sphinx loads too late for an extension
    """
    if getattr(app, "env", None) is not None:
        raise ConfigError('html_theme = "sphinx_fsp" needs extensions = ["sphinx_fsp"] as well')
    for extension in ("myst_parser", "sphinx_design"):
        app.setup_extension(extension)
    app.add_message_catalog("sphinx_fsp", str(Path(__file__).parent / "locale"))
    for stage in (
        config,
        project,
        parser,
        rewrites,
        domain,
        post_domain,
        images,
        languages,
        contents,
        styles,
        see_also,
        logo,
        next_steps,
        posts,
        examples,
        resource_domain,
        marks,
        directive,
        listing,
        index,
        pages,
        linkcheck,
        theme,
        book,
        publish,
    ):
        stage.setup(app)
    return {
        "version": __version__,
        "env_version": 3,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
