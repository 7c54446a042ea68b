"""What the EPUB of a guide needs of the configuration, where the user says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translation

from sphinx_fsp.config import values_said
from sphinx_fsp.source.project import guide_of, has_pages

THEME = "sphinx_fsp_epub"
FOLDER = Path(__file__).parent / "theme"
_NONE = "unknown"

_ = get_translation("sphinx_fsp")


def defaults(config: Config) -> dict[str, Any]:
    """Return the values that a guide needs, by name."""
    author = config.author
    # The same in every build, and another one for every guide.
    urn = f"urn:uuid:{uuid5(NAMESPACE_URL, f'sphinx_fsp {config.project} {author}')}"
    return {
        "epub_theme": THEME,
        "epub_uid": "book-id",
        "epub_identifier": config.html_baseurl or urn,
        "epub_description": f"{config.project} \N{EN DASH} {author}",
        "epub_contributor": _NONE,
        "epub_copyright": config.copyright or author,
        # Our own notes show where links lead.
        "epub_show_urls": "no",
        # Made for pages of another theme.
        "epub_css_files": [],
    }


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open."""
    if not has_pages(app.srcdir, config):
        # Not a guide: the project keeps the EPUB that it has.
        return
    said = values_said(config)
    for name, value in defaults(config).items():
        if name not in said:
            config[name] = value


def has_own_notes(config: Config) -> bool:
    """Tell whether addresses become notes: unless the user chose how Sphinx shows them."""
    return "epub_show_urls" not in values_said(config)


class Version:
    """Keeps Sphinx from asking for a version, which a book doesn't need.

    Only while it asks: a version that is set would be on the pages of some themes.
    """

    def __init__(self) -> None:
        self._lacks = False

    def before(self, app: Sphinx) -> None:
        """Set a version for the check of the EPUB's configuration."""
        is_guide = bool(guide_of(app.env).catalogue.pages)
        self._lacks = app.builder.name == "epub" and is_guide and not app.config.version
        if self._lacks:
            app.config.version = _NONE

    def after(self, app: Sphinx) -> None:
        """Take it away."""
        if self._lacks:
            app.config.version = ""


def setup(app: Sphinx) -> None:
    """Register the theme, and connect to the configuration before it looks there."""
    version = Version()
    app.add_html_theme(THEME, str(FOLDER))
    app.connect("config-inited", set_defaults, priority=300)
    app.connect("builder-inited", version.before, priority=490)
    app.connect("builder-inited", version.after, priority=510)
