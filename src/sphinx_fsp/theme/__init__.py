"""The theme ``sphinx_fsp``."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_fsp.source.rewrites import NAVIGATION_SHOWN
from sphinx_fsp.theme import assets, copy_button, html, search
from sphinx_fsp.theme.pages import Pages
from sphinx_fsp.theme.site import FOLDER, check_options


def setup(app: Sphinx) -> None:
    """Register the theme, and connect to its pages."""
    app.add_html_theme("sphinx_fsp", str(FOLDER))
    app.connect("builder-inited", check_options)
    pages = Pages()
    app.connect(NAVIGATION_SHOWN, pages.prepare)
    # After extensions that change how a page refers to others.
    app.connect("html-page-context", pages.add, priority=900)
    for part in (assets, html, copy_button, search):
        part.setup(app)
