"""Every warning of this package, once: its subtype, what it says, and its hint.

A warning is shown as ``file:line: WARNING: message; hint [fsp.subtype]`` and can be silenced with
``suppress_warnings = ["fsp.subtype"]`` (or ``["fsp"]`` for all).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from sphinx.util import logging

logger = logging.getLogger("sphinx_fsp")


class Diagnostic(NamedTuple):
    """A kind of problem."""

    #: What the warning says, with ``{names}`` for the details.
    message: str
    #: What to do about it, with the same names.
    hint: str
    #: When it is given, for the manual.
    help: str
    #: What to do when nothing near enough is known to name in the hint.
    otherwise: str = ""


class Problem(NamedTuple):
    """A problem found by a pure function, to be reported later."""

    subtype: str
    path: str
    line: int
    details: Mapping[str, str]


BAD_HEADER = "bad_header"
BAD_ENCODING = "bad_encoding"
MISSING_TITLE = "missing_title"
BAD_SLUG = "bad_slug"
DUPLICATE_SLUG = "duplicate_slug"
BAD_SORTORDER = "bad_sortorder"
BAD_DATE = "bad_date"
UNKNOWN_PAGE = "unknown_page"
UNKNOWN_FILE = "unknown_file"
UNKNOWN_ANCHOR = "unknown_anchor"
UNKNOWN_IMAGE = "unknown_image"
BAD_URL = "bad_url"
BAD_SCHEME = "bad_scheme"
UNCLOSED_LINK = "unclosed_link"
RAW_HTML = "raw_html"
TOO_DEEP = "too_deep"
BAD_REDIRECT = "bad_redirect"
STATIC_FILE = "static_file"
STATIC_PATH = "static_path"
EMPTY_CONTENTS = "empty_contents"
NEXT_STEPS = "next_steps"

DIAGNOSTICS: Mapping[str, Diagnostic] = {
    BAD_HEADER: Diagnostic(
        "bad header: {why}",
        "a header holds key: value lines up to the first blank line",
        "A line of a header can't be read, a key stands twice, or a value isn't one of those "
        "that its key takes.",
    ),
    BAD_ENCODING: Diagnostic(
        "the file is not UTF-8; read as Windows-1252",
        "save it as UTF-8",
        "A page holds bytes that are no UTF-8.",
    ),
    MISSING_TITLE: Diagnostic(
        "the page has no title; used {title!r}",
        "add a line 'title: ...' to its header",
        "A header has a slug and no title. The first heading is used, or else the slug.",
    ),
    BAD_SLUG: Diagnostic(
        "{slug!r} can't be an address: {why}; used {used!r}",
        "change the slug to words joined by hyphens",
        "A slug, or a save_as, can't be the name of a page on every system, or Sphinx writes a "
        "page of that name itself.",
    ),
    DUPLICATE_SLUG: Diagnostic(
        "the address {slug!r} is taken by {other}; this page is published as {docname!r}",
        "give one of the two another slug",
        "Two pages have one address. The first by path keeps it.",
    ),
    BAD_SORTORDER: Diagnostic(
        "sortorder {value} {problem}",
        "give it a number of its own",
        "A sortorder is no number (the page is left out of the outline), or an earlier page has "
        "the same one (the two are ordered by file name).",
    ),
    BAD_DATE: Diagnostic(
        "{field} {value!r} is no date",
        "write it as 2026-01-31 or 2026-01-31T12:00:00+00:00",
        "A date of the header can't be read.",
    ),
    UNKNOWN_PAGE: Diagnostic(
        "no page {target}",
        "did you mean {suggestion}?",
        "A link to an address of this site that no page, redirect or static file has. "
        "The link stays as it was written.",
        "add the page, or lead the address to another with fsp_redirects",
    ),
    UNKNOWN_FILE: Diagnostic(
        "no page in the file {target}",
        "did you mean {suggestion}?",
        "A link with {filename} to a file of the source folder that isn't there. "
        "The link stays as it was written.",
        "name a file of the source folder",
    ),
    UNKNOWN_ANCHOR: Diagnostic(
        "page {target} has no #{fragment}",
        "did you mean #{suggestion}?",
        "A link to a place in a page that the page doesn't have. The link goes to the page.",
        "link to a heading that the page has",
    ),
    UNKNOWN_IMAGE: Diagnostic(
        "no image {target}",
        "did you mean {suggestion}?",
        "An image that is in no folder of fsp_static_path, nor beside the page. "
        "Its alternative text stays.",
        "add it to a folder of fsp_static_path, or beside the page",
    ),
    BAD_URL: Diagnostic(
        "the address {target} has no scheme",
        "did you mean {meant}?",
        "A link that looks like the address of another site, but is relative to this page.",
    ),
    BAD_SCHEME: Diagnostic(
        "the address {target} is not allowed",
        "link to a page instead; the text stays, the link is gone",
        "A link that would run code or carry its content in itself (javascript:, data:).",
    ),
    UNCLOSED_LINK: Diagnostic(
        "the link {target} is not closed",
        "end its address with ), and write ( and ) inside it as %28 and %29",
        "Text that starts like a link and has no end, so that readers see the brackets.",
    ),
    RAW_HTML: Diagnostic(
        "<{tag}> {what}",
        "{advice}",
        "HTML that is in no output but HTML, that was removed, or that isn't known.",
    ),
    TOO_DEEP: Diagnostic(
        "nested deeper than {limit} levels; shown as plain text from here on",
        "write it with fewer levels",
        "Lists or quotes inside one another beyond what the outputs can show.",
    ),
    BAD_REDIRECT: Diagnostic(
        "redirect {source}: {why}",
        "{advice}",
        "A redirect that leads nowhere or to itself, stands over a page, or can't be a file.",
    ),
    STATIC_FILE: Diagnostic(
        "static file {target} {why}",
        "rename or remove it",
        "A file of fsp_static_path that can't be published at its address.",
    ),
    STATIC_PATH: Diagnostic(
        "fsp_static_path: {target} {why}",
        "{advice}",
        "A folder of fsp_static_path that isn't there, or that holds conf.py.",
    ),
    EMPTY_CONTENTS: Diagnostic(
        "guide-contents is empty: no page has a sortorder",
        "add 'sortorder: 0100' and 'toc: True' to the header of the page that opens a chapter, "
        "or write a toctree",
        "The directive has nothing to show, so that the PDF and the EPUB are empty too.",
    ),
    NEXT_STEPS: Diagnostic(
        "fsp_next_steps: {why}",
        "{advice}",
        "The file of next steps can't be read, or names a page that doesn't exist.",
    ),
}


def text_of(subtype: str, details: Mapping[str, str]) -> str:
    """Return the sentence of a warning, with its hint where there is one to give."""
    message, hint, _, otherwise = DIAGNOSTICS[subtype]
    if otherwise and "suggestion" not in details:
        hint = otherwise
    return f"{message.format(**details)}; {hint.format(**details)}"


def warn(subtype: str, path: str | PurePath, line: int | None, **details: str) -> None:
    """Give a warning.

    :param subtype: a key of `DIAGNOSTICS`
    :param path: the file at fault, absolute, as it is to be shown
    :param line: its line, counted from 1; None only where a file has no lines
    :param details: values for the names in the message and the hint
    """
    # Without a line Sphinx would take the path for a docname.
    location = f"{path}:{line or 1}"
    logger.warning(
        "%s",
        text_of(subtype, details),
        location=location,
        type="fsp",
        subtype=subtype,
    )
