"""Addresses that a Pelican site has, and the permalinks that keep them. Pure functions.

Sources: ``Content.get_url_setting``, ``parse_path_metadata`` and ``DEFAULT_CONFIG`` of Pelican.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sphinx_fsp.config import OPTIONS
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.source.catalogue import Page, SourceFile, build_catalogue
from sphinx_fsp.source.slugs import DATE, slug_fault, slugify

SUFFIXES = (".markdown", ".md")
#: All that Pelican takes for Markdown.
PELICAN_SUFFIXES = (".markdown", ".mkd", ".mdown", ".md")
PAGE, ARTICLE = "page", "article"
_PATTERNS = {
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
}
_NAME = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_FILE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPTION = next(option for option in OPTIONS if option.name == "fsp_permalinks")
_DEFAULT: Mapping[str, str] = _OPTION.default


class Old(NamedTuple):
    """A page as Pelican has it."""

    page: Page
    #: `PAGE` or `ARTICLE`.
    kind: str
    #: Its address without ``.html``; empty when it has none that can be told.
    address: str
    #: True when the header says its category.
    has_category: bool


class Plan(NamedTuple):
    """The permalinks that keep most addresses, and what they don't keep."""

    #: None when the default does.
    permalinks: Mapping[str, str] | None
    pages: tuple[Page, ...]
    #: Old and new address, without ``.html``, with the path of the page.
    moved: tuple[tuple[str, str, str], ...]


def kind_of(path: str, settings: Settings) -> str:
    """Return what a file of the content folder is to Pelican; empty for what it leaves alone."""
    if any(_below(path, folder) for folder in settings.texts("PAGE_PATHS", ("pages",))):
        return PAGE
    articles = settings.texts("ARTICLE_PATHS", ("",))
    return ARTICLE if any(_below(path, folder) for folder in articles) else ""


def old_pages(files: Iterable[SourceFile], settings: Settings) -> list[Old]:
    """Return the pages of a site with the addresses that Pelican gives them."""
    pages = build_catalogue(files, _DEFAULT, SUFFIXES).pages
    return [
        Old(page, kind, _address(page, kind, settings), bool(page.header.get("category")))
        for page in pages
        if (kind := kind_of(page.path, settings))
    ]


def _below(path: str, folder: str) -> bool:
    folder = posixpath.normpath(folder) if folder else "."
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def category_of(page: Page, settings: Settings) -> str:
    """Return the category of an article, as Pelican names it."""
    if name := page.header.get("category"):
        return name
    folder = posixpath.basename(posixpath.dirname(page.path))
    as_category = settings.get("USE_FOLDER_AS_CATEGORY", True, (bool, int))
    return folder if folder and as_category else settings.get("DEFAULT_CATEGORY", "misc")


def date_of(page: Page) -> str:
    """Return the date of an article as ISO 8601, or an empty text: a file's name may tell it."""
    match = None if page.date else _FILE_DATE.match(_stem(page))
    return match[0] if match else page.date


def _stem(page: Page) -> str:
    return posixpath.splitext(posixpath.basename(page.path))[0]


def _address(page: Page, kind: str, settings: Settings) -> str:
    header = page.header
    if header.get("save_as"):
        name = header.get("save_as")
    else:
        default = settings.get("DEFAULT_LANG", "en").lower()
        lang = header.get("lang").lower() or default
        slug = page.slug
        stem = _stem(page)
        if not header.get("slug") and settings.get("SLUGIFY_SOURCE", "title") == "basename":
            slug = slugify(stem)
        pattern = _pattern(kind, settings, translated=lang != default)
        author = header.get("author") or header.get("authors").partition(",")[0]
        values = {
            "slug": slug,
            "lang": lang,
            "category": slugify(category_of(page, settings)),
            "author": slugify(author or settings.get("AUTHOR", "")),
        }
        name = filled(pattern, values, date_of(page))
    name = name.strip("/")
    stem = name.removesuffix(".html")
    return stem if name != stem and not slug_fault(stem) else ""


def _pattern(kind: str, settings: Settings, *, translated: bool = False) -> str:
    name = f"{kind.upper()}_{'LANG_' * translated}SAVE_AS"
    return str(settings.get(name, _PATTERNS[name]))


def filled(pattern: str, values: Mapping[str, str], date: str) -> str:
    """Return a pattern with its names filled in, or an empty text when one isn't known."""
    unknown = False

    def fill(match: re.Match[str]) -> str:
        nonlocal unknown
        try:
            if match[1] == "date" and date:
                return datetime.fromisoformat(date).strftime(match[2] or "%Y-%m-%d %H:%M:%S")
            if value := values.get(match[1]):
                return value
        except ValueError:
            # No code of a date.
            pass
        unknown = True
        return ""

    text = _NAME.sub(fill, pattern)
    return "" if unknown else text


def as_permalink(pattern: str) -> str:
    """Return Pelican's pattern as one of ``fsp_permalinks``, or an empty text if it can't be.

    >>> as_permalink("{date:%Y}/{slug}/index.html"), as_permalink("{author}/{slug}.html")
    ('{date:%Y}/{slug}/index', '')
    """
    found = pattern.strip("/").removesuffix(".html")
    rest = DATE.sub("0", found.replace("{slug}", "s").replace("{category}", "c"))
    sound = found != pattern.strip("/") and "{slug}" in found and not set("{}") & set(rest)
    return found if sound and not slug_fault(rest) else ""


def plan_permalinks(files: Iterable[SourceFile], settings: Settings, taken: Iterable[str]) -> Plan:
    """Return the permalinks under which the fewest pages move.

    :param taken: docnames of documents that are no guide pages
    """
    files = list(files)
    taken = list(taken)
    old = old_pages(files, settings)
    wanted = {one.page.path: one.address for one in old if one.address}
    tried: list[tuple[int, int, Mapping[str, str], list[tuple[str, str, str]]]] = []
    for permalinks in _candidates(old, settings):
        moved = _moved(files, permalinks, wanted, taken)
        tried.append((len(moved), len(tried), permalinks, moved))
    _, number, permalinks, moved = min(tried, key=lambda one: one[:2])
    # What no rule covers is named by its file.
    slugs = {one.page.path: one.page.slug for one in old}
    for address, _, path in moved:
        before, slug, after = address.rpartition(slugs[path])
        one = {path: f"{before}{{slug}}{after}"}
        if slug and _OPTION.accepts(one):
            permalinks = {**permalinks, **one}
    if len(permalinks) > len(tried[number][2]):
        moved = _moved(files, permalinks, wanted, taken)
    pages = build_catalogue(files, permalinks, SUFFIXES, taken).pages
    same = dict(permalinks) == dict(_DEFAULT)
    return Plan(None if same else permalinks, pages, tuple(moved))


def _candidates(old: Iterable[Old], settings: Settings) -> Iterable[Mapping[str, str]]:
    old = list(old)
    yield _DEFAULT
    page, article = (as_permalink(_pattern(kind, settings)) for kind in (PAGE, ARTICLE))
    page, article = page or "{slug}", article or "{slug}"
    yield {"page": page, "*": article}
    folders: dict[str, str] = {}
    for one in old:
        folder = posixpath.dirname(one.page.path)
        if one.kind == PAGE:
            top = next(
                f for f in settings.texts("PAGE_PATHS", ("pages",)) if _below(one.page.path, f)
            )
            if inner := posixpath.normpath(top).strip("./"):
                folders[f"{inner}/"] = page.replace("{category}", "misc")
        elif "{category}" in article and folder and not one.has_category:
            name = slugify(category_of(one.page, settings))
            folders[f"{folder}/"] = article.replace("{category}", name)
    rest = slugify(settings.get("DEFAULT_CATEGORY", "misc"))
    yield {
        "page": article.replace("{category}", rest),
        "*": article,
        **dict(sorted(folders.items())),
    }


def _moved(
    files: Iterable[SourceFile],
    permalinks: Mapping[str, str],
    wanted: Mapping[str, str],
    taken: Iterable[str],
) -> list[tuple[str, str, str]]:
    """Return old and new address of the pages that don't keep theirs."""
    return [
        (wanted[page.path], page.docname, page.path)
        for page in build_catalogue(files, permalinks, SUFFIXES, taken).pages
        if wanted.get(page.path, page.docname) != page.docname
    ]
