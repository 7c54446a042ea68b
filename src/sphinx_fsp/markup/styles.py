"""The stylesheet of the directives, on pages that use one, in every theme."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

NAME = "fsp-content.css"
_FILE = Path(__file__).parents[1] / "static" / NAME
_MARK = "fsp_styles"


def note_styles(env: BuildEnvironment) -> None:
    """Note that the document that is being read needs the stylesheet."""
    env.metadata[env.docname][_MARK] = "1"


def copy_styles(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Copy the stylesheet to an output that needs it, before its pages are written."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return []
    target = Path(app.outdir) / "_static" / NAME
    if any(_MARK in metadata for metadata in env.metadata.values()):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_FILE, target)
    else:
        target.unlink(missing_ok=True)
    return []


def add_styles(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Link the stylesheet from a page that needs it."""
    if _MARK in app.env.metadata.get(pagename, {}):
        # Before those of themes, so that theirs win.
        app.add_css_file(NAME, priority=100)


def setup(app: Sphinx) -> None:
    """Connect to the pages."""
    app.connect("env-updated", copy_styles)
    app.connect("html-page-context", add_styles)
