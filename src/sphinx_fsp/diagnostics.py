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
SPLIT = "split"
BAD_SORTORDER = "bad_sortorder"
BAD_DATE = "bad_date"
UNKNOWN_PAGE = "unknown_page"
UNKNOWN_FILE = "unknown_file"
UNKNOWN_GROUP = "unknown_group"
UNKNOWN_ANCHOR = "unknown_anchor"
UNKNOWN_IMAGE = "unknown_image"
BAD_URL = "bad_url"
BAD_SCHEME = "bad_scheme"
UNCLOSED_LINK = "unclosed_link"
RAW_HTML = "raw_html"
TOO_DEEP = "too_deep"
BAD_REDIRECT = "bad_redirect"
FEED = "feed"
REDIRECTS_FILE = "redirects_file"
SITE_FILE = "site_file"
STATIC_FILE = "static_file"
STATIC_PATH = "static_path"
EMPTY_CONTENTS = "empty_contents"
NEXT_STEPS = "next_steps"
MISSING_URL = "missing_url"
BAD_VALUE = "bad_value"
UNKNOWN_FIELD = "unknown_field"
UNKNOWN_KIND = "unknown_kind"
UNKNOWN_RESOURCE = "unknown_resource"
DANGLING_FIELDS = "dangling_fields"
DROPPED_ATTRS = "dropped_attrs"
DUPLICATE_IN_LIST = "duplicate_in_list"
CONFLICTING_METADATA = "conflicting_metadata"
ID_CLASH = "id_clash"
BAD_FILTER = "bad_filter"
DATA_FILE = "data_file"
ARCHIVE_MISMATCH = "archive_mismatch"
EMPTY_LIST = "empty_list"
LOGO_ALT = "logo_alt"
LINK_HISTORY = "link_history"
ACCENT_CONTRAST = "accent_contrast"
THEME_OPTION = "theme_option"
OVERWRITTEN = "overwritten"
BOOK_COVER = "book_cover"
BOOK_EXCLUDE = "book_exclude"
BOOK_TABLE = "book_table"
BOOK_CHARACTER = "book_character"
BOOK_IMAGE = "book_image"
CONTROL_CHARACTER = "control_character"
EPUB_HTML = "epub_html"
MISSING_ALT = "missing_alt"
ORPHAN_PAGE = "orphan_page"
INSECURE_URL = "insecure_url"
OLD_ADDRESS = "old_address"
LOST_ADDRESS = "lost_address"
ADDRESS_LIST = "address_list"

#: What ``sphinx-fsp check`` looks for beside the warnings of a build.
CHECK_ONLY = frozenset(
    {MISSING_ALT, ORPHAN_PAGE, INSECURE_URL, OLD_ADDRESS, LOST_ADDRESS, ADDRESS_LIST}
)

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
        "give one of the two another slug, or a translation its lang",
        "Two pages have one address. The first by path keeps it.",
    ),
    SPLIT: Diagnostic(
        "fsp_split: {target} {why}",
        "{advice}",
        "A file of fsp_split isn't there, or has no heading that could start a page.",
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
    UNKNOWN_GROUP: Diagnostic(
        "no list of posts has the {kind} {target}",
        "did you mean {suggestion}?",
        "A link with {tag}, {category} or {author} to what no archive of posts shows. "
        "The text stays, the link is gone.",
        "write a document with the directive posts and :archive: {kind}, or correct the name",
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
        "the address {target} {why}",
        "{advice}",
        "A link whose address can't be right. It looks like that of another site and has no "
        "scheme, so that it is relative to this page; or it is that of a resource, and has blanks, "
        "a user, or letters that only look like those of a known host. The link stays as it was "
        "written.",
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
    FEED: Diagnostic(
        "feed {target} {why}",
        "{advice}",
        "A feed of fsp_feeds can't be made, or two posts of one have the same feed_id.",
    ),
    REDIRECTS_FILE: Diagnostic(
        "the file {target} {why}",
        "{advice}",
        "The file that fsp_redirects_for asks for can't be written, or can't hold all redirects. "
        "The redirect pages are written all the same.",
    ),
    SITE_FILE: Diagnostic(
        "the file {target} {why}",
        "rename the page or the file in its place",
        "A file that the site has beside its pages, such as sitemap.xml or the Markdown of a page, "
        "can't be written: a page or a folder has its name. All else is written.",
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
    MISSING_URL: Diagnostic(
        "the resource {title!r} has no address",
        "write it as [title](https://...), or as url in a data file",
        "An item of a list of resources has no link to another site. It is shown, and is in no "
        "index and no export.",
    ),
    BAD_VALUE: Diagnostic(
        "{field} takes {takes}, not {value!r}",
        "change it, or leave it out",
        "A field of a resource has a value that it doesn't take. The value is kept.",
    ),
    UNKNOWN_FIELD: Diagnostic(
        "resources have no field {field!r}",
        "did you mean {suggestion}?",
        "A field of a resource that doesn't exist. It is left out.",
        "the fields are kind, level, price, author, publisher, date, lang, tags, license, added, "
        "archive and name",
    ),
    UNKNOWN_KIND: Diagnostic(
        "there is no kind {kind!r} of resources",
        "did you mean {suggestion}?",
        "A kind that is neither built in nor in fsp_resource_kinds. It is kept.",
        "add it to fsp_resource_kinds",
    ),
    UNKNOWN_RESOURCE: Diagnostic(
        "no resource {target!r}",
        "did you mean {suggestion}?",
        "A resource role that names no resource. The name stays as text.",
        "name a resource by its title in lower case with hyphens, or by its field name",
    ),
    DANGLING_FIELDS: Diagnostic(
        "the fields {fields} belong to no item",
        "{advice}",
        "Fields in a list of resources that stand at no item's end, so that they are text.",
    ),
    DROPPED_ATTRS: Diagnostic(
        "the attributes {attributes} of a link have no meaning",
        "write them as fields below the item of a list of resources",
        "Attributes in braces after a link, other than classes and identifiers. "
        "No output shows them.",
    ),
    DUPLICATE_IN_LIST: Diagnostic(
        "{url} stands in this list already, in line {other}",
        "remove one of the two",
        "The same resource twice in one list. On two pages it is normal.",
    ),
    CONFLICTING_METADATA: Diagnostic(
        "{field} of {url} is {value!r} here and {other!r} in {place}",
        "write the same in both, or leave one out",
        "Two places that list a resource give one of its fields different values. The first is "
        "kept.",
    ),
    ID_CLASH: Diagnostic(
        "the name {name!r} is that of {other} too",
        "give one of the two another name",
        "Two resources have the same field name. It stands for the first.",
    ),
    BAD_FILTER: Diagnostic(
        "the filter {expression!r} {why} (column {column})",
        'write it like kind == "book" and level != "advanced"',
        "A filter that can't be read. Everything is shown.",
    ),
    DATA_FILE: Diagnostic(
        "{why}",
        "{advice}",
        "A data file that can't be read, or an entry of it. The rest of it is kept.",
    ),
    ARCHIVE_MISMATCH: Diagnostic(
        "the archived copy is one of {archive}, not of {url}",
        "look for a copy of the address itself",
        "The field archive leads to a copy of another address.",
    ),
    EMPTY_LIST: Diagnostic(
        "{what} has nothing to show",
        "{advice}",
        "A directive that lists resources, posts, examples or next steps, and finds none.",
    ),
    LOGO_ALT: Diagnostic(
        "the logo {target} has no alternative text",
        "add :alt: with what it shows",
        "A logo directive without alt. Readers who don't see it, and books, need it.",
    ),
    LINK_HISTORY: Diagnostic(
        "{why}",
        "{advice}",
        "The file of fsp_links can't be read. Resources are shown as if it weren't there.",
    ),
    ACCENT_CONTRAST: Diagnostic(
        "the accent {colour} has a contrast of {ratio} on white, where text needs 4.5",
        "{used}, a darker shade of it, is used; write that to choose it yourself",
        "The theme's option ``accent`` is a colour that can't be read on white.",
    ),
    THEME_OPTION: Diagnostic(
        "html_theme_options has no option {option!r} in this theme",
        "did you mean {suggestion}?",
        "An option that the theme doesn't have. It changes nothing.",
        "the options are {options}",
    ),
    OVERWRITTEN: Diagnostic(
        "Sphinx writes {name} itself, over this page",
        "give the file another name",
        "An ordinary document with the name of a page that Sphinx makes: ``search``, or that of an "
        "index. Readers don't see its text. A document with nothing but a title is no fault: it "
        "only keeps a place in a toctree.",
    ),
    BOOK_COVER: Diagnostic(
        "fsp_book_cover: {target} {why}",
        "name a PNG or JPEG file, relative to conf.py",
        "The image for the cover of the book can't be used. The cover has none.",
    ),
    BOOK_EXCLUDE: Diagnostic(
        "fsp_book_exclude: {target} is no category and no page",
        "did you mean {suggestion}?",
        "A name of fsp_book_exclude means nothing of the guide: the book leaves out nothing by it.",
        "name a category, or a page by its slug, its address without .html, or its file",
    ),
    BOOK_TABLE: Diagnostic(
        "the table {what} in the PDF",
        "write it with fewer columns, with less in a cell, or outside of another table",
        "A table that LaTeX can't set as it is: of more columns than a page is wide, with cells "
        "taller than a page, or in another table. All of its text is in the PDF.",
    ),
    BOOK_CHARACTER: Diagnostic(
        "the PDF has no font for {count}: {characters}",
        "{advice}",
        "Characters that the PDF shows by their numbers only: pdflatex doesn't know them, or no "
        "font of the machine has them. The text of a guide may have any character, and fonts are "
        "looked for in those of Debian's packages for TeX.",
    ),
    BOOK_IMAGE: Diagnostic(
        "the image {target} {why}",
        "{advice}",
        "An image that LaTeX or EPUB can't show, or not all of it: broken, too large, or of an "
        "unknown type. Where it can't be shown, its alternative text stands for it, with a link "
        "to the image if html_baseurl is set.",
    ),
    CONTROL_CHARACTER: Diagnostic(
        "the text has the control character {character}",
        "remove it",
        "A character that nobody sees, and that no text needs. In the PDF its picture or its "
        "number is shown.",
    ),
    EPUB_HTML: Diagnostic(
        "<{element}> can't be in an EPUB; left out",
        "what it holds for readers stays, as text or as a link; say it in Markdown to choose how",
        "HTML in a page that only a site can show: scripts, forms, films of other sites.",
    ),
    MISSING_ALT: Diagnostic(
        "the image {target} has no alternative text",
        "write what it shows: ![text](image), or alt in HTML",
        "An image without text for those who don't see it. Only said by sphinx-fsp check.",
    ),
    ORPHAN_PAGE: Diagnostic(
        "nothing leads to the page {target}",
        "link to it, or give it a sortorder",
        "A page in no chapter that no other page links to. Only said by sphinx-fsp check.",
    ),
    INSECURE_URL: Diagnostic(
        "{target} is http, and {place} has {host} as https",
        "write https://",
        "An address with http on a host that other pages of the "
        "guide link to with https. Only said by sphinx-fsp check.",
    ),
    OLD_ADDRESS: Diagnostic(
        "{target} is an old address",
        "link to {suggestion}",
        "A link that works through a redirect. Only said by sphinx-fsp check.",
    ),
    LOST_ADDRESS: Diagnostic(
        "{target} {why}",
        "{advice}",
        "An address of the old site that the new one doesn't have, not even through a redirect. "
        "Only said by sphinx-fsp check --urls.",
    ),
    ADDRESS_LIST: Diagnostic(
        "{target} {why}",
        "{advice}",
        "A line of the list of old addresses that can't be checked. "
        "Only said by sphinx-fsp check --urls.",
    ),
}


def words_of(subtype: str, details: Mapping[str, str]) -> tuple[str, str]:
    """Return the message of a warning, and its hint."""
    message, hint, _, otherwise = DIAGNOSTICS[subtype]
    if otherwise and "suggestion" not in details:
        hint = details.get("otherwise", otherwise)
    return message.format(**details), hint.format(**details)


def text_of(subtype: str, details: Mapping[str, str]) -> str:
    """Return the sentence of a warning, with its hint."""
    return "; ".join(words_of(subtype, details))


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
        # For `sphinx-fsp check`, which shows the same problems in its own ways.
        extra={"fsp_problem": Problem(subtype, str(path), line or 1, details)},
    )
