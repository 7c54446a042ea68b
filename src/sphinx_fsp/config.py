"""Every ``fsp_*`` configuration value, once: its default, what it takes, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from sphinx_fsp.accepts import (
    has_groups,
    is_levels,
    is_metadata,
    is_path_or_none,
    is_patterns,
    is_places,
    is_texts,
)
from sphinx_fsp.source.feeds import is_feed_path
from sphinx_fsp.source.names import plain

RAW_HTML_MODES = ("convert", "safe", "keep")
RESOURCE_MODES = ("auto", "report", "off")
REDIRECT_HOSTS = ("netlify", "cloudflare")


class Option(NamedTuple):
    """A configuration value."""

    name: str
    default: Any
    #: What Sphinx does when it changes: read everything again, write everything again,
    #: or write the EPUB again.
    rebuild: Literal["env", "html", "epub"]
    #: What it takes, in words.
    takes: str
    accepts: Callable[[Any], bool]
    help: str


OPTIONS = (
    Option(
        "fsp_permalinks",
        {"page": "{slug}", "*": "blog/{slug}"},
        "env",
        "a dictionary of patterns by category, which hold {slug} and may hold {category} or "
        "{lang}, without .html or a slash at the end",
        is_patterns,
        "The docname of a page, by the category in its header; ``*`` stands for every other "
        "category. A key that ends with a slash is a folder, and one that is the path of a page "
        "is that page; both go before categories. ``{category}``, ``{lang}`` and ``{date:%Y/%m}`` "
        "may be used too. Write ``{slug}/index`` for ``/slug/``.",
    ),
    Option(
        "fsp_lang_permalinks",
        {},
        "env",
        "a dictionary of patterns as in fsp_permalinks, such as {'*': '{slug}-{lang}'}",
        is_patterns,
        "The same for pages whose ``lang`` isn't the language of the site. Without ``*`` in it, "
        "what it doesn't name is as in ``fsp_permalinks``. The path of a page in that goes first.",
    ),
    Option(
        "fsp_split",
        {},
        "env",
        "a dictionary of levels of headings, 0 to 6, by the path of a Markdown file",
        is_levels,
        'Files that hold several pages, such as ``{"README.md": 2}``: each heading down to that '
        "level starts a page. They are read as on GitHub, and need no headers. 0 makes the whole "
        "file one page. Paths are relative to the source folder.",
    ),
    Option(
        "fsp_metadata",
        {},
        "env",
        "a dictionary of dictionaries: keys of headers and texts, by '*', by folder with a slash "
        "at its end, or by file; a timezone is a name such as 'Europe/Berlin'",
        is_metadata,
        "Values for pages whose header doesn't have them, by the path of the page in the source "
        "folder. ``*`` stands for every page. The key of a folder ends with a slash; the innermost "
        'goes first, and the path of a page before all. ``{"*": {"timezone": "Europe/Berlin"}}`` '
        "says what dates mean that name no time zone.",
    ),
    Option(
        "fsp_path_metadata",
        [],
        "env",
        "a list of regular expressions with named groups",
        lambda v: isinstance(v, list | tuple) and all(map(has_groups, v)),
        "Values in the names of files and folders. Each is matched with the path of a page without "
        r"its ending, from the start: ``(?:.*/)?(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>[^/]*)``. "
        "Headers, and folders of ``fsp_metadata``, go first.",
    ),
    Option(
        "fsp_static_path",
        [],
        "env",
        "a list of folders, or a dictionary of addresses, relative to the root of the site, by "
        "folder or file",
        lambda v: is_places(v) if isinstance(v, dict) else is_texts(v),
        "Folders, relative to ``conf.py``, that are published at the root of the site, or, in a "
        "dictionary, at the addresses that it names. ``/img/x.png`` in a page is looked up there. "
        "Each file is published once, at its old address.",
    ),
    Option(
        "fsp_site_urls",
        [],
        "env",
        "a list of addresses that start with http:// or https://",
        lambda v: is_texts(v) and all(u.startswith(("http://", "https://")) for u in v),
        "Other base addresses that mean this site. ``html_baseurl`` always does.",
    ),
    Option(
        "fsp_redirects",
        None,
        "html",
        "the path of a CSV file or of a folder, or None",
        is_path_or_none,
        "Old addresses: a CSV file with the columns ``from`` and ``to``, or a folder of Pelican's "
        'redirect pages (HTML with ``<meta http-equiv="refresh">``).',
    ),
    Option(
        "fsp_feeds",
        ["feeds/all.atom.xml", "feed"],
        "html",
        "a list of paths, relative to the root of the site, which may hold {category}, {tag}, "
        "{author} or {lang}",
        lambda v: (
            isinstance(v, list | tuple)
            and all(isinstance(path, str) and is_feed_path(path) for path in v)
        ),
        "Feeds of the posts: RSS where the name of the file has the word ``rss``, and Atom "
        "otherwise. ``{category}`` makes one for each category, and so do ``{tag}``, ``{author}`` "
        "and ``{lang}``. They need ``html_baseurl``. "
        "An empty list makes none.",
    ),
    Option(
        "fsp_redirects_for",
        None,
        "html",
        "'netlify', 'cloudflare' or None",
        lambda v: v is None or v in REDIRECT_HOSTS,
        "The host for which the site has its redirects as a file, ``_redirects``, beside the pages "
        "at the old addresses. No other host needs one.",
    ),
    Option(
        "fsp_next_steps",
        None,
        "html",
        "the path of a YAML file, or None",
        is_path_or_none,
        "Where to go after each page: ``prompts: {page: text}`` and "
        "``pages: {page: {question: text, next: [pages]}}``.",
    ),
    Option(
        "fsp_raw_html",
        "convert",
        "env",
        "'convert', 'safe' or 'keep'",
        lambda v: v in RAW_HTML_MODES,
        "What becomes of HTML in pages. ``convert`` makes it part of the document, so that every "
        "output shows it. ``safe`` does too, and removes what could run code. ``keep`` leaves it "
        "to HTML, as MyST does.",
    ),
    Option(
        "fsp_code_marker",
        "~~",
        "env",
        "a text, empty to turn it off",
        lambda v: isinstance(v, str),
        "Marks a line of code to emphasise, when the line starts with it.",
    ),
    Option(
        "fsp_resources",
        "auto",
        "env",
        "'auto', 'report' or 'off'",
        lambda v: v in RESOURCE_MODES,
        "Whether lists of links in guide pages are recognised as resources. ``report`` says which "
        "would be, and marks none.",
    ),
    Option(
        "fsp_resource_kinds",
        [],
        "env",
        "a list of words in lower case",
        lambda v: is_texts(v) and all(re.fullmatch(r"[a-z][a-z0-9-]*", k) for k in v),
        "Kinds of resources beside those that are built in.",
    ),
    Option(
        "fsp_resource_files",
        [],
        "html",
        "a list of paths",
        is_texts,
        "Data files, relative to ``conf.py``, that hold resources of the whole site: ``.yml``, "
        "``.toml``, ``.csv``, ``.json``, ``.bib``, or a browser's bookmarks as ``.html``.",
    ),
    Option(
        "fsp_links",
        "fsp-links.json",
        "html",
        "the path of a JSON file",
        lambda v: isinstance(v, str) and bool(v),
        "The history of link checks, relative to ``conf.py``. ``sphinx-build -b linkcheck`` "
        "writes it; every other build reads it if it is there.",
    ),
    Option(
        "fsp_links_ttl",
        14,
        "html",
        "a number of days",
        lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0,
        "Days for which the result of a link check holds: within them an address isn't asked "
        "again.",
    ),
    Option(
        "fsp_links_wayback",
        False,
        "html",
        "True or False",
        lambda v: isinstance(v, bool),
        "Whether ``sphinx-build -b linkcheck`` looks up archived copies of dead resources in the "
        "Wayback Machine: ``-D fsp_links_wayback=1``. No other build opens a connection.",
    ),
    Option(
        "fsp_markdown",
        True,
        "html",
        "True or False",
        lambda v: isinstance(v, bool),
        "Whether each page of a guide has a twin in Markdown beside its HTML, and the site "
        "``llms.txt`` and ``llms-full.txt``. A project without guide pages has none.",
    ),
    Option(
        "fsp_book_exclude",
        ["post", "talk", "examples"],
        "epub",
        "a list of categories, and of pages by slug, docname or file",
        is_texts,
        "What the PDF and the EPUB leave out: categories, ``examples`` for the code-example pages, "
        "and docnames, in which ``*`` stands for any letters. Links to what is left out lead to "
        "the site. Pages that are neither left out nor in a chapter are appendices.",
    ),
    Option(
        "fsp_book_cover",
        None,
        "epub",
        "the path of an image, or None",
        is_path_or_none,
        "The image on the cover of the PDF and the EPUB, relative to ``conf.py``.",
    ),
)


def validate(app: Sphinx, config: Config) -> None:
    """Stop the build when a value is wrong.

    :raises ConfigError: naming the value, what it got, and what it takes
    """
    for option in OPTIONS:
        value = config[option.name]
        if not option.accepts(value):
            raise ConfigError(f"{option.name} takes {option.takes}, not {value!r}")


def values_said(config: Config) -> set[str]:
    """Return the names of the values that the user set, in ``conf.py`` or by ``-D``.

    Sphinx has no public way to tell a value that was set from its default. When it has, this is
    the place for it.
    """
    return set(getattr(config, "_raw_config", {})) | set(config.overrides)


def site_name(config: Config) -> str:
    """Return the name of the site, ``project``; an empty text where nobody gave one."""
    return config.project if "project" in values_said(config) else ""


def default_author(config: Config) -> str:
    """Return who wrote what names nobody, ``author``; an empty text where nobody is named."""
    return plain(config.author) if "author" in values_said(config) else ""


def setup(app: Sphinx) -> None:
    """Register the configuration values."""
    for option in OPTIONS:
        # Types are checked by validate(), which says more than Sphinx's own warning. Where a list
        # or a dictionary will do, Sphinx has to know.
        types = (list, tuple, dict) if isinstance(option.default, list) else ()
        app.add_config_value(option.name, option.default, option.rebuild, types=types)
    app.connect("config-inited", validate, priority=400)
