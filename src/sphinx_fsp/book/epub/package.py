"""The files of an EPUB, from its pages to the archive. Pure functions over what was written.

Rule 2 of the architecture, that nothing reads HTML which was just written, has its exception here:
an EPUB lists every file that its pages use, and what is in each page.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote
from xml.parsers import expat

from sphinx.util.osutil import relative_uri

from sphinx_fsp.book.epub.addresses import external, identifier, is_external
from sphinx_fsp.book.epub.xhtml import conform
from sphinx_fsp.book.epub.xml import clean, escape

XHTML = "application/xhtml+xml"
_TYPES = {
    ".xhtml": XHTML,
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
#: How files of a type begin. Source: Media Types registry, and the file formats' documents.
_BEGINNINGS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_TAG = re.compile(r"<(a|img|image|link)\b([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body>|$)", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r'<[^<>]*?\sid="([^"]*)"')
_CSS_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._/-]")


class Found(NamedTuple):
    """What is known of the files of a book."""

    #: The name in the book of every page, by that in the output.
    pages: Mapping[str, str]
    #: Identifiers of every page, by its name in the output.
    identifiers: Mapping[str, frozenset[str]]
    #: Tells whether the output has a file.
    has_file: Callable[[str], bool]
    #: Where the site is, without a slash at the end; may be empty.
    site: str


@dataclass
class Settled:
    """A page whose links are those of the book."""

    text: str
    #: Names in the output of the files that the page uses.
    uses: list[str] = field(default_factory=list)
    #: Names in the output of the pages that it leads to.
    leads: list[str] = field(default_factory=list)
    #: Addresses of images that the output doesn't have.
    lost: list[str] = field(default_factory=list)


class Names:
    """Names of files in the book: such as any reader's file system can hold, each once."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._taken: set[str] = {"content.opf", "nav.xhtml", "toc.ncx", "mimetype"}

    def of(self, name: str) -> str:
        """Return the name in the book of a file of the output."""
        if name not in self._by_name:
            letters = unicodedata.normalize("NFKD", name)
            letters = "".join(c for c in letters if not unicodedata.combining(c))
            base, ending = posixpath.splitext(_NOT_IN_NAME.sub("-", letters))
            base = re.sub(r"\.+(?=/|$)", "", base) or "page"
            found, number = base + ending, 2
            while found.casefold() in self._taken:
                found, number = f"{base}-{number}{ending}", number + 1
            self._taken.add(found.casefold())
            self._by_name[name] = found
        return self._by_name[name]


def well_formed(text: str, language: str) -> str:
    """Return a page as XML: as it is if it is that, and else what a browser would make of it.

    A template of the user's may have made it.
    """
    text = clean(text)
    try:
        expat.ParserCreate().Parse(text, True)
    except expat.ExpatError:
        title = unescape(match[1]) if (match := _TITLE.search(text)) else ""
        body = conform(match[1] if (match := _BODY.search(text)) else text).text
        return (
            '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{escape(language)}" '
            f'xml:lang="{escape(language)}"><head><meta charset="utf-8" />'
            f"<title>{escape(title)}</title></head><body>{body}</body></html>"
        )
    return text


def identifiers_of(text: str) -> frozenset[str]:
    """Return the identifiers of a page."""
    return frozenset(unescape(name) for name in _ID.findall(text))


def settle(name: str, text: str, found: Found, names: Names) -> Settled:
    """Make the links of a page lead to what the book holds, and else to the site or nowhere.

    :param name: the page's name in the output
    """
    page = Settled("")

    def change(match: re.Match[str]) -> str:
        tag, inner, end = match.groups()
        attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(inner)}
        if tag == "a":
            if "href" in attributes:
                _settle_link(name, attributes, page, found)
        elif not _settle_file(name, tag, attributes, page, found, names):
            return escape(attributes.get("alt", ""))
        said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        return f"<{tag}{said}{' /' if end else ''}>"

    page.text = _TAG.sub(change, text)
    return page


def _settle_link(name: str, attributes: dict[str, str], page: Settled, found: Found) -> None:
    """Change where a link leads."""
    href = attributes["href"]
    if is_external(href):
        attributes["href"] = external(href)
    else:
        path, _, fragment = href.partition("#")
        target = _resolved(name, path)
        fragment = identifier(unquote(fragment)) if fragment else ""
        if fragment not in found.identifiers.get(target, ()):
            fragment = ""
        if target in found.pages:
            page.leads.append(target)
            uri = relative_uri(quote(found.pages[name]), quote(found.pages[target]))
            if not uri and not fragment:
                uri = quote(posixpath.basename(found.pages[name]))
            attributes["href"] = uri + (f"#{quote(fragment)}" if fragment else "")
        elif found.site and not found.has_file(target) and not target.startswith(".."):
            site_path = re.sub(r"\.xhtml$", ".html", target)
            attributes["href"] = external(f"{found.site}/{site_path}")
        else:
            attributes["href"] = ""
    if not attributes["href"]:
        for key in ("href", "rel", "hreflang"):
            attributes.pop(key, None)


def _settle_file(
    name: str,
    tag: str,
    attributes: dict[str, str],
    page: Settled,
    found: Found,
    names: Names,
) -> bool:
    """Change the address of an image or a stylesheet; return False if there is no such file."""
    keys = {"img": ("src",), "link": ("href",)}.get(tag, ("href", "xlink:href"))
    for key in keys:
        source = attributes.get(key, "")
        if not source:
            continue
        target = _resolved(name, source)
        if is_external(source) or not media_type(target) or not found.has_file(target):
            page.lost += [source] if tag == "img" else []
            return False
        page.uses.append(target)
        attributes[key] = relative_uri(quote(found.pages[name]), quote(names.of(target)))
    return True


def _resolved(name: str, path: str) -> str:
    """Return the name in the output of what a page refers to."""
    if not path:
        return name
    # The root of a book is the folder of its files.
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))).lstrip("/")


def settle_styles(name: str, text: str, found: Found, names: Names) -> Settled:
    """Make the addresses in a stylesheet those of the book."""
    page = Settled("")

    def change(match: re.Match[str]) -> str:
        target = _resolved(name, match[2].partition("#")[0].partition("?")[0])
        if is_external(match[2]) or not media_type(target) or not found.has_file(target):
            return "none"
        page.uses.append(target)
        return f'url("{relative_uri(quote(names.of(name)), quote(names.of(target)))}")'

    page.text = _CSS_URL.sub(change, text)
    return page


def media_type(name: str, data: bytes = b"") -> str:
    """Return the type of a file, by how it begins, or else by its ending; may be empty."""
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning):
            return found
    return _TYPES.get(posixpath.splitext(name)[1].lower(), "")


def properties(text: str) -> str:
    """Return what a page holds beside plain XHTML, as the list of files says it."""
    held = (("mathml", "<math"), ("svg", "<svg"), ("scripted", "<script"))
    return " ".join(name for name, mark in held if mark in text)
