"""Pages at old addresses, which lead to new ones."""

from __future__ import annotations

from collections.abc import Set
from html import escape
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from sphinx_fsp.diagnostics import BAD_REDIRECT, warn
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.redirects import output_file

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
<meta name="robots" content="noindex">
</head>
<body>
<p><a href="{target}">{title}</a></p>
</body>
</html>
"""


def write_redirects(app: Sphinx, guide: Guide, outdir: Path, taken: Set[str]) -> set[str]:
    """Write a page for each redirect, and return the names of all.

    :param taken: files that the site has already
    """
    written = set()
    for redirect in guide.redirects.values():
        name = output_file(redirect.source)
        if name in taken:
            details = {
                "source": redirect.source,
                "why": f"stands over {name}",
                "advice": "remove it",
            }
            warn(BAD_REDIRECT, guide.settings.redirects or outdir, None, **details)
            continue
        target, title = _target(app, guide, redirect.target, name)
        base = app.config.html_baseurl.rstrip("/")
        canonical = target
        if base and redirect.target.startswith("/"):
            canonical = base + _address(app, guide, redirect.target)
        text = _PAGE.format(
            language=escape(app.config.language or "en"),
            title=escape(title),
            canonical=escape(canonical),
            target=escape(target),
        )
        file = outdir / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        written.add(name)
    return written


def _address(app: Sphinx, guide: Guide, target: str) -> str:
    """Return the address, from the site's root, that this output gives a place of the site."""
    path, _, fragment = target.partition("#")
    docname = guide.find_document(path)
    uri = app.builder.get_target_uri(docname) if docname else quote(path.lstrip("/"))
    return f"/{uri}" + (f"#{quote(fragment)}" if fragment else "")


def _target(app: Sphinx, guide: Guide, target: str, name: str) -> tuple[str, str]:
    """Return the address to go to from the file *name*, and what to call it."""
    if not target.startswith("/"):
        return target, target
    docname = guide.find_document(target.partition("#")[0])
    title = app.env.titles[docname].astext() if docname in app.env.titles else target
    address = _address(app, guide, target).lstrip("/")
    uri, mark, fragment = address.partition("#")
    return relative_uri(name, uri) + mark + fragment or "./", title
