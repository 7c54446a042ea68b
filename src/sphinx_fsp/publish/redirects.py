"""Pages at old addresses, which lead to new ones."""

from __future__ import annotations

from collections.abc import Set
from html import escape
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_fsp.diagnostics import BAD_REDIRECT, REDIRECTS_FILE, warn
from sphinx_fsp.publish.files import folders_of, is_given, write_text
from sphinx_fsp.publish.host_redirects import NAME, Move, host_file
from sphinx_fsp.resources.exports.texts import address
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.redirects import Redirect, output_file

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
    """Write a page for each redirect, and the file for the host; return the names of all.

    :param taken: files that the site has already
    """
    written: set[str] = set()
    folders = {folder for name in taken for folder in folders_of(name)}
    moves = []
    for redirect in guide.redirects.values():
        name = output_file(redirect.source)
        over = next((n for n in (name, *folders_of(name)) if n in taken or n in written), "")
        if over == name == _file(app, guide, redirect.target):
            # Another address of that page, which this output has.
            continue
        if over or name in folders:
            _say(guide, outdir, redirect, f"stands over {over or name}", "remove it")
            continue
        try:
            write_text(outdir / name, _page(app, guide, redirect, name))
        except OSError as error:
            why = f"{name} can't be written: {error.strerror}"
            _say(guide, outdir, redirect, why, "change the old address")
            continue
        written.add(name)
        folders.update(folders_of(name))
        target = redirect.target
        inside = target.startswith("/")
        moves.append(Move(redirect.source, _address(app, guide, target) if inside else target))
    if app.config.fsp_redirects_for and moves:
        written |= _write_host_file(app, guide, outdir, taken, moves)
    return written


def _write_host_file(
    app: Sphinx, guide: Guide, outdir: Path, taken: Set[str], moves: list[Move]
) -> set[str]:
    """Write the file for the host, unless the author has one, and return its name."""
    place = guide.settings.redirects or outdir
    if NAME in taken or is_given(app, NAME):
        why, advice = "is a file of yours, too; it stays", "remove it, or unset fsp_redirects_for"
        warn(REDIRECTS_FILE, place, None, target=NAME, why=why, advice=advice)
        return set()
    file = host_file(moves, app.config.fsp_redirects_for)
    if file.left_out:
        count = len(file.left_out)
        why = f"has no room for {count} old address{'es' * (count > 1)}, such as {file.left_out[0]}"
        advice = "their pages lead on; order the list by how often each is asked for"
        warn(REDIRECTS_FILE, place, None, target=NAME, why=why, advice=advice)
    if not file.text:
        return set()
    try:
        write_text(outdir / NAME, file.text)
    except OSError as error:
        why, advice = f"can't be written: {error.strerror}", "look at the output folder"
        warn(REDIRECTS_FILE, place, None, target=NAME, why=why, advice=advice)
        return set()
    return {NAME}


def _say(guide: Guide, outdir: Path, redirect: Redirect, why: str, advice: str) -> None:
    place = guide.settings.redirects or outdir
    warn(BAD_REDIRECT, place, None, source=redirect.source, why=why, advice=advice)


def _page(app: Sphinx, guide: Guide, redirect: Redirect, name: str) -> str:
    """Return the page at an old address."""
    target, title = _target(app, guide, redirect.target, name)
    base = app.config.html_baseurl.rstrip("/")
    canonical = target
    if base and redirect.target.startswith("/"):
        canonical = base + _address(app, guide, redirect.target)
    return _PAGE.format(
        language=escape(app.config.language or "en"),
        title=escape(title),
        # Of a page, not of a place in it. Source: RFC 6596, section 5.
        canonical=escape(canonical.partition("#")[0]),
        target=escape(target),
    )


def _address(app: Sphinx, guide: Guide, target: str) -> str:
    """Return the address, from the site's root, that this output gives a place of the site."""
    path, _, fragment = target.partition("#")
    docname = guide.find_document(path)
    uri = app.builder.get_target_uri(docname) if docname else quote(path.lstrip("/"))
    return f"/{uri}" + (f"#{quote(fragment)}" if fragment else "")


def _file(app: Sphinx, guide: Guide, target: str) -> str:
    """Return the file of the document that a redirect leads to, or an empty string."""
    docname = guide.find_document(target.partition("#")[0])
    if not docname or not isinstance(app.builder, StandaloneHTMLBuilder):
        return ""
    return Path(app.builder.get_outfilename(docname)).relative_to(app.outdir).as_posix()


def _target(app: Sphinx, guide: Guide, target: str, name: str) -> tuple[str, str]:
    """Return the address to go to from the file *name*, and what to call it."""
    if not target.startswith("/"):
        return address(target), target
    docname = guide.find_document(target.partition("#")[0])
    title = app.env.titles[docname].astext() if docname in app.env.titles else target
    uri, mark, fragment = _address(app, guide, target).lstrip("/").partition("#")
    return relative_uri(name, uri) + mark + fragment or "./", title
