"""The page that a server shows at addresses that nothing has: ``404.html``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_fsp.theme.site import is_used

NAME = "404"


def write(app: Sphinx) -> list[Any]:
    """Write the page, unless the project has one of its own or another extension makes it."""
    builder = app.builder
    if not is_used(app) or not isinstance(builder, StandaloneHTMLBuilder):
        return []
    taken = NAME in app.env.found_docs or "notfound.extension" in app.extensions
    if not taken and builder.name != "singlehtml":
        # Its relative addresses start at its own place, wherever it is shown.
        top = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
        place = builder.get_target_uri(NAME).removesuffix(f"{NAME}.html")
        # Servers look for a file of this name, in dirhtml too.
        file = Path(app.outdir) / f"{NAME}.html"
        builder.handle_page(NAME, {"fsp_base": top + place}, "404.html", outfilename=file)
    return []


def setup(app: Sphinx) -> None:
    """Connect to the pages that extensions add."""
    app.connect("html-collect-pages", write)
