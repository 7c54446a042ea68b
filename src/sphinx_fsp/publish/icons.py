"""The icon and the web manifest of a guide that has them at the root of its site."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_fsp.head import add_to_head
from sphinx_fsp.source.domain import publishes_files
from sphinx_fsp.source.project import guide_of


def add_links(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Link a page to the icon, unless ``html_favicon`` names one, and to the manifest."""
    guide = guide_of(app.env)
    if not guide.catalogue.pages or not publishes_files(app.builder) or "pathto" not in context:
        return
    if guide.icon and not context.get("favicon_url"):
        context["favicon_url"] = context["pathto"](guide.icon, 1)
    if guide.manifest:
        href = escape(context["pathto"](guide.manifest, 1))
        add_to_head(context, f'<link rel="manifest" href="{href}">\n')


def setup(app: Sphinx) -> None:
    """Connect to the pages, after Sphinx has found its own icon."""
    app.connect("html-page-context", add_links, priority=840)
