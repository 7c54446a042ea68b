"""What was found in a folder, and what of it can't be carried over. Data, and paths as text."""

from __future__ import annotations

import posixpath
import re
import reprlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.metadata import NOTHING, PathMetadata
from sphinx_fsp.source.posts import is_post

PELICAN, JEKYLL, HUGO, MKDOCS, PLAIN = "Pelican", "Jekyll", "Hugo", "MkDocs", "Markdown"
AWESOME = "awesome list"

_LINK = re.compile(r"""(?:\]\(\s*<?|\bhref\s*=\s*["']?)([^\s)>"']+)""")


class Fact(NamedTuple):
    """What was found."""

    name: str
    value: str
    #: ``file:line``, or empty for what wasn't written anywhere.
    place: str
    #: What it becomes.
    becomes: str


class Gap(NamedTuple):
    """What isn't carried over, or isn't understood."""

    what: str
    place: str
    hint: str


class Listing(NamedTuple):
    """A document with posts."""

    docname: str
    title: str
    #: What it is an archive of, as in `sphinx_fsp.source.groups`; empty for a list of all posts.
    kind: str


class Found(NamedTuple):
    """All that is known of the site that is moved."""

    kind: str
    #: The folder of the pages, relative to the folder that is moved; empty when it is the same.
    content: str
    name: str
    author: str = ""
    #: With a slash at its end, or empty.
    url: str = ""
    language: str = ""
    permalinks: Mapping[str, str] | None = None
    #: Of pages in another language.
    lang_permalinks: Mapping[str, str] = {}
    metadata: PathMetadata = NOTHING
    #: Paths of feeds, with ``{category}``; None for the default.
    feeds: tuple[str, ...] | None = None
    #: Addresses by folder or file; these are relative to the content, as are all that follow.
    static: Mapping[str, str] = {}
    extra: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    redirects: str = ""
    next_steps: str = ""
    #: The builder that gives pages the addresses that they had: ``dirhtml`` writes ``/page/``.
    builder: str = "html"
    #: Redirects that are written nowhere yet: old address and new one.
    rules: tuple[tuple[str, str], ...] = ()
    #: Documents with lists of posts, which the old site made from templates.
    listings: tuple[Listing, ...] = ()
    pages: tuple[Page, ...] = ()
    #: Docnames of the documents that are no guide pages.
    documents: tuple[str, ...] = ()
    #: Addresses of the site that pages link to, without ``.html``.
    linked: frozenset[str] = frozenset()
    #: Paths of source files in the content that are documents.
    sources: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: How many posts the front page lists; 0 for all.
    limit: int = 0
    #: ``fsp_split``; the files in it are all that the site has.
    split: Mapping[str, int] | None = None
    #: Its address on GitHub, and its branch.
    repository: str = ""
    branch: str = ""
    #: What it is, in a sentence; empty for the number of its pages.
    summary: str = ""


def shown(value: Any) -> str:
    """Return a value for people: on one line, and short.

    >>> shown(["a", "b"]), shown("a text")
    ("['a', 'b']", 'a text')
    """
    if isinstance(value, str):
        text = plain(value)
        return text if len(text) <= 60 else f"{text[:57]}..."
    short = reprlib.Repr()
    short.maxlist = short.maxtuple = short.maxdict = 4
    short.maxlevel = 2
    short.maxstring = 40
    return plain(short.repr(value))


def plain(text: str) -> str:
    """Return a text on one line, without what would command a terminal."""
    text = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def inside(path: str) -> str | None:
    """Return a path normalized and relative to the project, or None when it leads out of it.

    >>> inside("content/"), inside("a/../../b"), inside("."), inside("/etc")
    ('content', None, '', None)
    """
    if "\\" in path or "\0" in path or posixpath.isabs(path) or re.match(r"^[A-Za-z]:", path):
        return None
    path = posixpath.normpath(path or ".")
    if path == ".." or path.startswith("../"):
        return None
    return "" if path == "." else path


def relative(path: str, content: str) -> str:
    """Return a path of the project as seen from its content folder.

    >>> relative("static", "content"), relative("content/extra", "content"), relative("static", "")
    ('../static', 'extra', 'static')
    """
    return posixpath.relpath(path or ".", content or ".")


def links_of(texts: Iterable[str], url: str) -> frozenset[str]:
    """Return the addresses of the site that texts link to, without ``.html`` and slashes."""
    found = set()
    for text in texts:
        for match in _LINK.finditer(text):
            href = match[1].partition("#")[0]
            if url and href.startswith(url):
                href = "/" + href.removeprefix(url)
            if href.startswith("/") and not href.startswith("//"):
                found.add(href.strip("/").removesuffix(".html"))
    return frozenset(found)


def web_address(value: str) -> str:
    """Return a base address with a slash at its end, or an empty text when it is none."""
    value = value.strip()
    if value.startswith("//"):
        value = f"https:{value}"
    return value.rstrip("/") + "/" if re.fullmatch(r"https?://[^\s\"'<>\\{}]+", value) else ""


def public_address(value: str) -> str:
    """Return a base address, or an empty text for none, or for one of the author's computer.

    >>> public_address("https://a.example"), public_address("http://localhost:8000")
    ('https://a.example/', '')
    """
    url = web_address(value)
    host = (urlsplit(url).hostname or "") if url else ""
    local = re.fullmatch(r"localhost|127\.[\d.]+|0\.0\.0\.0|.*\.(?:test|local|localhost)", host)
    return "" if local or not host else url


def language_code(value: str) -> str:
    """Return the code of a language as Sphinx writes it, or an empty text; English is default."""
    code = value.strip().replace("-", "_")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:_[A-Za-z]{2,8})?", code):
        return ""
    first, mark, rest = code.partition("_")
    code = first.lower() + mark + (rest.upper() if len(rest) == 2 else rest)
    return "" if code in {"en", "en_US"} else code


def has_posts(found: Found) -> bool:
    """Tell whether the directive ``posts`` has something to list."""
    return any(is_post(page) for page in found.pages)
