"""All pages of a guide, known before the first of them is parsed. Pure functions.

A page's docname is its permalink. Whatever is wrong with a header is collected as a `Problem`,
and the page stays in the guide: under its own address if it can have it, and otherwise under
the docname that its file would have without this extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sphinx_fsp.diagnostics import (
    BAD_DATE,
    BAD_HEADER,
    BAD_SLUG,
    BAD_SORTORDER,
    DUPLICATE_SLUG,
    MISSING_TITLE,
    Problem,
)
from sphinx_fsp.source.dates import in_zone, is_zone, iso_date
from sphinx_fsp.source.front_matter import KNOWN_KEYS, NO_HEADER, Header, read_header
from sphinx_fsp.source.languages import ENGLISH, Languages, language_tag
from sphinx_fsp.source.metadata import NOTHING, PathMetadata
from sphinx_fsp.source.slugs import page_fault, permalink, slugify

#: Documents that Sphinx writes itself: a page of that name would be overwritten.
RESERVED = frozenset({"search", "genindex", "py-modindex", "modindex"})

TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0", ""})
#: "3.", "4.2" and the like, and not a year.
_NUMBER = re.compile(r"^(?:\d{1,2}\.|\d{1,2}(?:\.\d+)+\.?)\s+(?=\S)")
_ATX = re.compile(r"^ {0,3}#{1,6}(.*)$")
#: An address of the site, or an identifier for the whole world. Source: RFC 4287, 4.2.6.
_IDENTIFIER = re.compile(r"/[^\s/]\S*|(?:tag|urn|https?):\S+", re.IGNORECASE)
_SETEXT = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")


class SourceFile(NamedTuple):
    """A file of the source folder, read."""

    #: Path in the source folder, with slashes.
    path: str
    text: str
    #: False when the bytes are no UTF-8 and were read as Windows-1252.
    utf8: bool = True


class Page(NamedTuple):
    """One page of the guide."""

    path: str
    docname: str
    slug: str
    title: str
    #: The short title, for navigation and running heads (``sidebartitle``).
    nav_title: str
    category: str
    #: Digits; empty for a page that stands in no chapter.
    sortorder: str = ""
    opens_chapter: bool = False
    #: ISO 8601, or an empty string.
    date: str = ""
    modified: str = ""
    hidden: bool = False
    header: Header = NO_HEADER
    #: Of a page of a split file, lines of the file from 0; None for a page that is a file.
    lines: tuple[range, ...] | None = None
    #: Code of its language; empty for that of the site.
    lang: str = ""
    #: True for what the original of another language says, too. See `translations.marked`.
    is_translation: bool = False


def without_number(title: str) -> str:
    """Return a title without the number that guides write before those of their chapters.

    >>> without_number("3. Web Development"), without_number("2020 in Review")
    ('Web Development', '2020 in Review')
    """
    return _NUMBER.sub("", title)


class Catalogue(NamedTuple):
    """Every page of the guide, and what is wrong with their headers."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    #: Paths of pages that aren't published: ``status: draft``, or a date that hasn't come.
    drafts: tuple[str, ...]


def build_catalogue(
    files: Iterable[SourceFile],
    permalinks: Mapping[str, str],
    suffixes: Iterable[str],
    ordinary: Iterable[str] = (),
    metadata: PathMetadata = NOTHING,
    languages: Languages = ENGLISH,
) -> Catalogue:
    """Return the catalogue of all guide pages among *files*.

    *suffixes* are those of ``source_suffix``, longest first; *ordinary* are docnames that other
    documents of the project have already: no page takes one of them. *metadata* is what pages get
    by their path. *languages* are those of the site.
    """
    taken, suffixes = {docname: docname for docname in ordinary}, tuple(suffixes)
    pages: list[Page] = []
    problems: list[Problem] = []
    drafts: list[str] = []
    # So that of moon.md and moon-de.md the first keeps the address, should both want it.
    for file in sorted(files, key=lambda file: (_without_suffix(file.path, suffixes), file.path)):
        header = read_header(file.text, metadata.of(file.path))
        if header is None:
            continue
        if header.get("status").lower() == "draft":
            drafts.append(file.path)
            continue
        page, found = _page(file, header, permalinks, languages)
        problems += found
        fallback = _without_suffix(file.path, suffixes)
        docname = page.docname
        while fallback in taken or fallback in RESERVED:
            fallback += "-2"
        if docname in taken:
            problems.append(
                Problem(
                    DUPLICATE_SLUG,
                    page.path,
                    header.line("slug"),
                    {"slug": page.slug, "other": taken[docname], "docname": fallback},
                )
            )
            docname = fallback
        elif docname in RESERVED:
            why = f"Sphinx writes {docname}.html itself"
            problems.append(
                Problem(
                    BAD_SLUG,
                    page.path,
                    header.line("slug"),
                    {"slug": page.slug, "why": why, "used": fallback},
                )
            )
            docname = fallback
        taken[docname] = page.path
        pages.append(page._replace(docname=docname))
    problems += _equal_orders(pages)
    return Catalogue(tuple(pages), tuple(problems), tuple(drafts))


def _page(
    file: SourceFile, header: Header, permalinks: Mapping[str, str], languages: Languages
) -> tuple[Page, list[Problem]]:
    problems: list[Problem] = []

    def report(diagnostic: str, key: str, **details: str) -> None:
        problems.append(Problem(diagnostic, file.path, header.line(key), details))

    for line in header.stray_lines:
        problems.append(Problem(BAD_HEADER, file.path, line, {"why": "no key: value line"}))
    for key, line in header.repeated:
        problems.append(Problem(BAD_HEADER, file.path, line, {"why": f"{key} stands twice"}))

    title = header.get("title") or first_heading(file.text, header)
    if not title:
        title = header.get("slug") or file.path.rsplit("/", 1)[-1].split(".")[0]
    if not header.get("title"):
        report(MISSING_TITLE, "title", title=title)

    slug = header.get("slug").strip("/") or slugify(title) or slugify(file.path)
    if fault := page_fault(slug):
        used = slugify(title) or slugify(file.path) or "page"
        report(BAD_SLUG, "slug", slug=slug, why=fault, used=used)
        slug = used

    category = header.get("category").lower() or "page"
    date = iso_date(header.get("date"))
    lang = languages.other(header.get("lang"))
    if header.get("lang") and not language_tag(header.get("lang")):
        why = f"lang takes a code such as de or pt-BR, not {header.get('lang')!r}"
        report(BAD_HEADER, "lang", why=why)
    patterns = languages.patterns(permalinks, file.path, lang)
    shown_lang = languages.in_address(header.get("lang"))
    docname = permalink(slug, category, patterns, file.path, date, shown_lang)
    save_as = header.get("save_as").strip("/")
    if save_as:
        if save_as.endswith(".html") and not (why := page_fault(save_as.removesuffix(".html"))):
            docname = save_as.removesuffix(".html")
        else:
            why = "it doesn't end in .html" if not save_as.endswith(".html") else why
            report(BAD_SLUG, "save_as", slug=save_as, why=why, used=docname)

    sortorder = header.get("sortorder")
    if sortorder and not (sortorder.isascii() and sortorder.isdigit()):
        report(BAD_SORTORDER, "sortorder", value=sortorder, problem="is not a number")
        sortorder = ""
    toc = header.get("toc").lower()
    if toc not in TRUE | _FALSE:
        report(BAD_HEADER, "toc", why=f"toc takes True or False, not {header.get('toc')!r}")
    if (own_id := header.get("feed_id")) and not _IDENTIFIER.fullmatch(own_id):
        why = f"feed_id takes an address such as /old.html or tag:..., not {own_id!r}"
        report(BAD_HEADER, "feed_id", why=why)
    zone = header.get("timezone")
    if zone and not is_zone(zone):
        why = f"timezone takes a name such as Europe/Berlin, not {zone!r}"
        report(BAD_HEADER, "timezone", why=why)
        zone = ""
    dates = {}
    for key in ("date", "modified"):
        value = header.get(key)
        dates[key] = iso_date(value)
        if value and not dates[key]:
            report(BAD_DATE, key, field=key, value=value)
        if zone:
            dates[key] = in_zone(dates[key], zone)

    page = Page(
        path=file.path,
        docname=docname,
        slug=slug,
        title=title,
        nav_title=header.get("sidebartitle") or title,
        category=category,
        sortorder=sortorder,
        opens_chapter=toc in TRUE,
        date=dates["date"],
        modified=dates["modified"],
        hidden=header.get("status").lower() == "hidden",
        lang=lang,
        header=header,
    )
    return page, problems


def ordinary_page(path: str, docname: str) -> Page:
    """Return what an ordinary document has in common with a page: its file and its address."""
    return Page(path, docname, slug=docname, title=docname, nav_title=docname, category="")


def feed_id(page: Page) -> str:
    """Return the ``feed_id`` of a page's header, or an empty string where it says none."""
    own_id = page.header.get("feed_id")
    return own_id if _IDENTIFIER.fullmatch(own_id) else ""


def first_heading(text: str, header: Header) -> str:
    """Return the text of the heading that the body starts with, or an empty string."""
    lines = text.split("\n", header.lines + 50)[header.lines :]
    body = [line for line in lines if line.strip()][:2]
    if body and (match := _ATX.match(body[0])):
        return match[1].strip().rstrip("#").rstrip()
    if len(body) == 2 and _SETEXT.match(body[1]):
        return body[0].strip()
    return ""


def other_keys(header: Header) -> list[str]:
    """Return the keys of a header that this package gives no meaning."""
    return sorted(header.fields.keys() - KNOWN_KEYS)


def _without_suffix(path: str, suffixes: Iterable[str]) -> str:
    return next((path.removesuffix(s) for s in suffixes if path.endswith(s)), path)


def _equal_orders(pages: Iterable[Page]) -> list[Problem]:
    """Report every page whose ``sortorder`` an earlier one has, with both places."""
    first: dict[tuple[str, str], Page] = {}
    problems = []
    for page in sorted(pages, key=outline_order):
        if not page.sortorder:
            continue
        other = first.setdefault((page.sortorder, page.lang.lower()), page)
        if other is not page:
            place = f"{other.path}:{other.header.line('sortorder')}"
            details = {"value": page.sortorder, "problem": f"is also that of {place}"}
            line = page.header.line("sortorder")
            problems.append(Problem(BAD_SORTORDER, page.path, line, details))
    return problems


def outline_order(page: Page) -> tuple[str, str, str]:
    """Return the key that pages are ordered by.

    ``sortorder`` as text, as the original sidebar compared it; among equals the file's name, as
    Pelican orders pages by default (``PAGE_ORDER_BY = 'basename'``).
    """
    return (page.sortorder, page.path.rsplit("/", 1)[-1], page.path)
