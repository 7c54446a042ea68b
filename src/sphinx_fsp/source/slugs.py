"""Slugs and permalinks, as Pelican makes them. Pure functions."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from text_unidecode import unidecode

#: What a docname must not hold: it is a file name on every system and a part of an address.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*#%\ud800-\udfff]')
_TAG = re.compile(r"<[^>]*>")
#: Source: Pelican's default of ``SLUG_REGEX_SUBSTITUTIONS``.
SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"\A\s*", ""), (r"\s*\Z", ""), (r"[-\s]+", "-"))
#: A part of the date, in digits: names of months would depend on a language.
DATE = re.compile(r"\{date:((?:%[YymdjHM]|[^{}%])+)\}")


def slugify(
    title: str,
    substitutions: Iterable[tuple[str, str]] = SUBSTITUTIONS,
    *,
    ascii_only: bool = True,
    lower: bool = True,
) -> str:
    """Return the slug that Pelican makes of *title*, by default with its default settings.

    Source: ``pelican.utils.slugify``.

    :param substitutions: regular expressions, and what takes the place of what they match
    :raises re.error: when one of them is no regular expression
    """
    text = unicodedata.normalize("NFKC", html.unescape(" ".join(_TAG.sub("", title).split())))
    text = unidecode(text) if ascii_only else text
    for pattern, new in substitutions:
        text = re.sub(pattern, new, text, flags=re.IGNORECASE)
    return (text.lower() if lower else text).strip()


def slug_fault(slug: str) -> str:
    """Say why *slug* can't be an address, or return an empty string when it can."""
    if not slug:
        return "it is empty"
    if match := _FORBIDDEN.search(slug):
        return f"it holds {match[0]!r}"
    parts = slug.split("/")
    if any(part in {".", ".."} for part in parts):
        return "it leaves its folder"
    if any(not part.strip() or part != part.strip() for part in parts):
        return "it has an empty part"
    if len(slug.encode()) > 200:
        return "it is longer than 200 bytes"
    return ""


def page_fault(slug: str) -> str:
    """Say why *slug* can't be that of a page, or return an empty string when it can.

    >>> page_fault("moon.html/x"), page_fault("moon")
    ('a folder in it has the name of a page', '')
    """
    if any(part.lower().endswith((".html", ".htm", ".md")) for part in slug.split("/")[:-1]):
        return "a folder in it has the name of a page"
    return slug_fault(slug)


def permalink(
    slug: str,
    category: str,
    permalinks: Mapping[str, str],
    path: str = "",
    date: str = "",
    lang: str = "",
) -> str:
    """Return the docname of a page: its pattern, filled in.

    The pattern is that of its file, of the innermost folder that has one, of its category, or of
    ``*``.

    :param path: its file in the source folder, with slashes
    :param date: ISO 8601; without it a pattern with a date gives way to ``{slug}``
    :param lang: the language of the page
    """
    folders = [key for key in permalinks if key.endswith("/") and path.startswith(key)]
    keys = [path, *sorted(folders, key=len, reverse=True), category, "*"]
    pattern = next((permalinks[key] for key in keys if permalinks.get(key)), "{slug}")
    if DATE.search(pattern):
        if not date:
            pattern = "{slug}"
        else:
            moment = datetime.fromisoformat(date)
            pattern = DATE.sub(lambda match: moment.strftime(match[1]), pattern)
    values = {"{slug}": slug, "{category}": slugify(category), "{lang}": lang}
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return pattern.strip("/")
