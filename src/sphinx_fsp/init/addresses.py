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
from sphinx_fsp.init.slugs import SLUG, slugs_of
from sphinx_fsp.init.sources import SUFFIXES
from sphinx_fsp.source.catalogue import Catalogue, Page, SourceFile, build_catalogue
from sphinx_fsp.source.languages import ENGLISH, Languages, language_tag
from sphinx_fsp.source.metadata import NOTHING, PathMetadata
from sphinx_fsp.source.slugs import DATE, slug_fault
from sphinx_fsp.source.translations import marked

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
_OPTION = next(option for option in OPTIONS if option.name == "fsp_permalinks")
DEFAULT_PERMALINKS: Mapping[str, str] = _OPTION.default


class Old(NamedTuple):
    """A page as Pelican has it."""

    page: Page
    #: `PAGE` or `ARTICLE`.
    kind: str
    #: Its address without ``.html``; empty when it has none that can be told.
    address: str


class Plan(NamedTuple):
    """The permalinks that keep most addresses, and what they don't keep."""

    #: None when the default does.
    permalinks: Mapping[str, str] | None
    #: Of translations; empty when there are none, or theirs aren't others.
    lang_permalinks: Mapping[str, str]
    #: With the addresses of pages that no permalink gives.
    metadata: PathMetadata
    pages: tuple[Page, ...]
    #: Old and new address, without ``.html``, with the path of the page.
    moved: tuple[tuple[str, str, str], ...]
    #: How many pages aren't published.
    drafts: int


def page_folders(settings: Settings) -> tuple[str, ...]:
    """Return the folders of pages, relative to the content; an empty one is all of it."""
    return _folders(settings, "PAGE", "pages")


def _folders(settings: Settings, kind: str, default: str) -> tuple[str, ...]:
    # PAGE_DIR was its name before Pelican 3.4.
    old = settings.get(f"{kind}_DIR", default)
    found = settings.texts(f"{kind}_PATHS", (old,))
    return tuple("" if (path := posixpath.normpath(f or ".")) == "." else path for f in found)


def kind_of(path: str, settings: Settings) -> str:
    """Return what a file of the content folder is to Pelican; empty for what it leaves alone."""
    pages, articles = page_folders(settings), _folders(settings, "ARTICLE", "")
    for kind, own, others in ((PAGE, pages, articles), (ARTICLE, articles, pages)):
        left = {*settings.texts(f"{kind.upper()}_EXCLUDES"), *others} - {"", *own}
        if any(_below(path, f) for f in own) and not any(_below(path, f) for f in left):
            return kind
    return ""


def old_pages(files: Iterable[SourceFile], settings: Settings, metadata: PathMetadata) -> list[Old]:
    """Return the pages of a site with the addresses that Pelican gives them."""
    languages = Languages(_own_language(settings))
    found = build_catalogue(files, DEFAULT_PERMALINKS, SUFFIXES, (), metadata, languages)
    pages = marked(page for page in found.pages if kind_of(page.path, settings))
    return [
        Old(page, kind, _address(page, kind, settings))
        for page in pages
        if (kind := kind_of(page.path, settings))
    ]


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _address(page: Page, kind: str, settings: Settings) -> str:
    header = page.header
    name = header.get("save_as")
    if not name:
        default = settings.get("DEFAULT_LANG", "en").lower()
        lang = header.get("lang") or default
        author = header.get("author") or header.get("authors").partition(",")[0]
        category = header.get("category")
        if not category or (kind == PAGE and category == PAGE):
            category = settings.get("DEFAULT_CATEGORY", "misc") or "misc"
        values = {
            # Any key of a header may be part of an address.
            **{key: field.value for key, field in header.fields.items()},
            "slug": page.slug if header.get("slug") else slugs_of(settings, SLUG).of(page.title),
            "lang": lang,
            "category": slugs_of(settings, "category").of(category),
            "author": slugs_of(settings, "author").of(author or settings.get("AUTHOR", "")),
            "path": page.path,
        }
        pattern = _pattern(kind, settings, translated=lang != default)
        name = filled(pattern, values, page.date)
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
    rest = DATE.sub("0", found)
    for name in ("{slug}", "{category}", "{lang}"):
        rest = rest.replace(name, "x")
    sound = found != pattern.strip("/") and "{slug}" in found and not set("{}") & set(rest)
    return found if sound and not slug_fault(rest) else ""


def plan_permalinks(
    files: Iterable[SourceFile],
    settings: Settings,
    taken: Iterable[str],
    metadata: PathMetadata = NOTHING,
) -> Plan:
    """Return the permalinks under which the fewest pages move.

    :param taken: docnames of documents that are no guide pages
    :param metadata: what pages get by their path
    """
    files, taken = list(files), list(taken)
    old = old_pages(files, settings, metadata)
    wanted = {one.page.path: one.address for one in old if one.address}

    def made(permalinks: Mapping[str, str], more: PathMetadata) -> Catalogue:
        return build_catalogue(files, permalinks, SUFFIXES, taken, more, languages)

    def moved(permalinks: Mapping[str, str], more: PathMetadata) -> list[tuple[str, str, str]]:
        """Return old and new address of the pages that don't keep theirs."""
        return [
            (wanted[page.path], page.docname, page.path)
            for page in made(permalinks, more).pages
            if wanted.get(page.path, page.docname) != page.docname
        ]

    languages = _languages(old, settings)
    permalinks = min(_candidates(settings), key=lambda one: len(moved(one, metadata)))
    # A folder that has no pattern of its own needs none here.
    needed = {k: v for k, v in languages.permalinks.items() if k in permalinks or k[-1] != "/"}
    languages = languages._replace(permalinks=needed)
    # What no rule covers is named by its file: as a permalink where that has a slug.
    slugs = {one.page.path: one.page.slug for one in old}
    for address, _, path in moved(permalinks, metadata):
        before, slug, after = address.rpartition(slugs[path])
        one = {path: f"{before}{{slug}}{after}"}
        if slug and _OPTION.accepts(one):
            permalinks = {**permalinks, **one}
    by_path = {path: dict(values) for path, values in metadata.by_path.items()}
    for address, _, path in moved(permalinks, metadata):
        by_path.setdefault(path, {})["save_as"] = f"{address}.html"
    metadata = metadata._replace(by_path=by_path)
    still = moved(permalinks, metadata)
    new = made(permalinks, metadata)
    kept = None if dict(permalinks) == dict(DEFAULT_PERMALINKS) else permalinks
    return Plan(
        kept,
        languages.permalinks,
        metadata,
        marked(new.pages),
        tuple(still),
        len(new.drafts),
    )


def _own_language(settings: Settings) -> str:
    return language_tag(settings.get("DEFAULT_LANG", "")) or ENGLISH.own


def _languages(old: Iterable[Old], settings: Settings) -> Languages:
    """Return what the settings say of languages, as far as pages are in several."""
    own = _own_language(settings)
    if not any(one.page.lang for one in old):
        return Languages(own)
    page, article = (as_permalink(_pattern(k, settings, translated=True)) for k in (PAGE, ARTICLE))
    return Languages(own, _by_kind(page or "{slug}-{lang}", article or "{slug}-{lang}", settings))


def _candidates(settings: Settings) -> Iterable[Mapping[str, str]]:
    yield DEFAULT_PERMALINKS
    page, article = (as_permalink(_pattern(kind, settings)) for kind in (PAGE, ARTICLE))
    page, article = page or "{slug}", article or "{slug}"
    yield {"page": page, "*": article}
    # Pages may have a category in their header, too.
    yield _by_kind(page, article, settings)


def _by_kind(page: str, article: str, settings: Settings) -> dict[str, str]:
    """Return the patterns of pages, by category and by folder, and of all else."""
    folders = {f"{folder}/": page for folder in page_folders(settings) if folder}
    return {"page": page, "*": article, **folders}
