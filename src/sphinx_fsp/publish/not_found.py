"""The page that a server shows at addresses that nothing has: ``404.html``."""

from __future__ import annotations

import json
import os
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _ as sphinx_text
from sphinx.locale import get_translation

from sphinx_fsp.config import site_name
from sphinx_fsp.publish.files import write_beside
from sphinx_fsp.source.domain import PAGE_BUILDERS
from sphinx_fsp.source.project import guide_of

t = get_translation("sphinx_fsp")

NAME = "404"
#: The theme, whose template of that name adds what helps to find the page that was meant.
THEME = Path(__file__).parents[1] / "theme" / "fsp"
#: The addresses and titles of all pages, which that template's script reads.
INDEX = "_static/fsp-pages.json"
_HEAD = """<base href="{base}">
<meta name="robots" content="noindex">
"""
_BODY = """<h1>{heading}</h1>
<p>{text}</p>
{form}<ul class="simple">
{links}</ul>
"""
_FORM = """<div class="fsp-search-page">
<form role="search" action="{address}" method="get" aria-label="{label}">
<div class="fsp-field">
<input type="search" name="q" aria-label="{label}">
<button type="submit">{label}</button>
</div>
</form>
</div>
"""


def write_page(app: Sphinx) -> list[Any]:
    """Write the page, unless the project has one of its own or another extension makes it."""
    builder = app.builder
    if is_written(app) and isinstance(builder, StandaloneHTMLBuilder):
        # Its relative addresses start at its own place, wherever it is shown.
        base = site_path(app) + builder.get_target_uri(NAME).removesuffix(f"{NAME}.html")
        context = {
            "title": escape(str(t("Page not found"))),
            "body": _body(app, builder),
            "metatags": _HEAD.format(base=escape(base)),
            # It has no address that others may link to.
            "pageurl": None,
        }
        template = f"{NAME}.html" if _has_theme(app) else "page.html"
        # Servers look for a file of this name, in dirhtml too.
        file = Path(app.outdir) / f"{NAME}.html"
        builder.handle_page(NAME, context, template, outfilename=file)
    return []


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the addresses and titles of all pages, for the script of the page."""
    if exception is not None or not is_written(app) or not _has_theme(app):
        return
    guide = guide_of(app.env)
    pages = [
        [app.builder.get_target_uri(docname), app.env.titles[docname].astext()]
        for docname in sorted(app.env.found_docs)
        if docname in app.env.titles and not guide.is_hidden(docname)
    ]
    data = json.dumps(pages, separators=(",", ":")).encode()
    write_beside(app, INDEX, data)


def written_files(app: Sphinx) -> set[str]:
    """Return the names of the files that are written here."""
    if not is_written(app):
        return set()
    return {f"{NAME}.html", *((INDEX,) if _has_theme(app) else ())}


def is_written(app: Sphinx) -> bool:
    """Tell whether this output gets the page: a guide does, and every project in our theme."""
    builder = app.builder
    return (
        builder.name in PAGE_BUILDERS
        and (_has_theme(app) or bool(guide_of(app.env).catalogue.pages))
        and NAME not in app.env.found_docs
        and NAME not in app.config.html_additional_pages
        and "notfound.extension" not in app.extensions
    )


def site_path(app: Sphinx) -> str:
    """Return where the site starts on its host: a path with a slash at both ends.

    Read the Docs says it in the environment, with the language and the version. Elsewhere it is
    the path of ``html_baseurl``. Source: https://docs.readthedocs.com/platform/stable/reference/
    environment-variables.html
    """
    url: str = app.config.html_baseurl
    if os.environ.get("READTHEDOCS") == "True":
        url = os.environ.get("READTHEDOCS_CANONICAL_URL") or url
    return f"/{urlsplit(url).path.strip('/')}/".replace("//", "/")


def _has_theme(app: Sphinx) -> bool:
    """Tell whether our theme, or one that inherits it, makes the pages."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return False
    return str(THEME) in map(str, builder.theme.get_theme_dirs())


def _body(app: Sphinx, builder: StandaloneHTMLBuilder) -> str:
    """Return what the page says, as HTML."""
    text = t("{site} has no page at this address. It may have moved, or the link may be wrong.")
    search = escape(sphinx_text("Search"))
    form = ""
    if builder.search:
        form = _FORM.format(address=_address(builder, "search"), label=search)
    links = {app.config.root_doc: str(t("Start page"))}
    for contents in ("table-of-contents", guide_of(app.env).contents):
        if len(links) == 1 and contents in app.env.found_docs:
            links.setdefault(contents, sphinx_text("Table of Contents"))
    items = (
        f'<li><a href="{_address(builder, name)}">{escape(title)}</a></li>\n'
        for name, title in links.items()
    )
    return _BODY.format(
        heading=escape(str(t("Page not found"))),
        text=escape(str(text).format(site=site_name(app.config) or t("This site"))),
        form=form,
        links="".join(items),
    )


def _address(builder: StandaloneHTMLBuilder, name: str) -> str:
    return escape(builder.get_relative_uri(NAME, name) or "./")


def setup(app: Sphinx) -> None:
    """Connect to the pages that extensions add, and to the end of the build."""
    app.connect("html-collect-pages", write_page)
    app.connect("build-finished", write_index)
