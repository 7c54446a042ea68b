"""The theme ``sphinx_fsp``: for now Sphinx's ``basic``, with what pages of a guide need."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the theme."""
    app.add_html_theme("sphinx_fsp", str(Path(__file__).parent / "fsp"))
