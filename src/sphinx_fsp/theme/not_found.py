"""The page that a server shows at addresses that nothing has: ``404.html``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx

from sphinx_fsp.theme.site import is_used

NAME = "404"


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page, unless the project has one of its own or another extension makes it."""
    if NAME in app.env.found_docs or "notfound.extension" in app.extensions or not is_used(app):
        return
    if app.builder.name == "singlehtml":
        return
    # Its relative addresses start at its own place, wherever it is shown.
    top = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    place = app.builder.get_target_uri(NAME).removesuffix(f"{NAME}.html")
    yield NAME, {"fsp_base": top + place}, "404.html"


def setup(app: Sphinx) -> None:
    """Connect to the pages that extensions add."""
    app.connect("html-collect-pages", pages)
