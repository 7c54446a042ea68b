"""The sources of pages, which Sphinx publishes beside them under a name of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_fsp.source.project import guide_of


def source_name(app: Sphinx, docname: str) -> str:
    """Return the name under which a document's source is published."""
    # A file that holds several pages is published once.
    if (page := guide_of(app.env).page(docname)) and page.lines is not None:
        docname = guide_of(app.env).splits[page.path].lead.docname
    suffix = Path(app.env.doc2path(docname)).suffix
    link_suffix: str = app.config.html_sourcelink_suffix
    return docname + suffix + ("" if suffix == link_suffix else link_suffix)


def name_sources(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Correct the name of a page's source.

    Sphinx cuts the suffix from the file's path by the length of the docname, which is another
    name here.
    """
    if guide_of(app.env).page(pagename) is None:
        return
    context["page_source_suffix"] = Path(app.env.doc2path(pagename)).suffix
    if context.get("sourcename"):
        context["sourcename"] = source_name(app, pagename)
