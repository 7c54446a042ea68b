"""What a check takes from doctrees: addresses, images, and which pages lead to which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from docutils import nodes
from sphinx import addnodes

_WEB = re.compile(r"https?://", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


class Link(NamedTuple):
    """An address in a page."""

    #: Absolute.
    path: str
    #: First line of the block that it stands in.
    line: int
    address: str


class Image(NamedTuple):
    """An image without alternative text."""

    path: str
    line: int
    address: str


class Facts(NamedTuple):
    """What was found in one document."""

    #: ``http`` and ``https`` addresses of links and images.
    web: tuple[Link, ...] = ()
    #: Links to addresses of the site that lead on; the address is that path.
    old: tuple[Link, ...] = ()
    #: Images without alternative text.
    bare: tuple[Image, ...] = ()
    #: Addresses, in HTML that stays HTML, to be looked up.
    raw: frozenset[str] = frozenset()


def facts_of(document: nodes.document, path: str) -> Facts:
    """Return what a doctree tells before its references are resolved.

    :param path: the document's file, absolute
    """
    web: list[Link] = []
    old: list[Link] = []
    bare: list[Image] = []
    raw: set[str] = set()
    for node in document.findall():
        if isinstance(node, nodes.reference):
            if _WEB.match(address := str(node.get("refuri") or "")):
                web.append(Link(*place_of(node, path), address))
        elif isinstance(node, addnodes.pending_xref):
            if (node.get("refdomain"), node.get("reftype")) == ("fsp", "redirect"):
                fragment = f"#{node['reffragment']}" if node.get("reffragment") else ""
                old.append(Link(*place_of(node, path), str(node["reftarget"]) + fragment))
        elif isinstance(node, nodes.image):
            address = str(node.get("fsp_address") or node.get("uri") or "")
            if _WEB.match(address):
                web.append(Link(*place_of(node, path), address))
            if not str(node.get("alt") or "").strip():
                bare.append(Image(*place_of(node, path), address))
        elif isinstance(node, nodes.raw) and "html" in str(node.get("format", "")).split():
            raw |= set(hrefs(node.astext()))
    return Facts(tuple(web), tuple(old), tuple(bare), frozenset(raw))


def hrefs(html: str) -> Iterator[str]:
    """Return the addresses of links in a piece of HTML."""
    for match in _HREF.finditer(html):
        yield unescape(next(filter(None, match.groups()), ""))


def place_of(node: nodes.Node, path: str) -> tuple[str, int]:
    """Return the file and the line of a node, from the nearest node that knows."""
    at: nodes.Node | None = node
    while at is not None and not at.line:
        at = at.parent
    return (str(at.source or path), at.line or 0) if at else (path, 0)


def leads_of(document: nodes.document, address: str, docnames: Mapping[str, str]) -> set[str]:
    """Return the documents that a resolved doctree leads to.

    :param address: that of the document in the output
    :param docnames: documents by their address in the output
    """
    uris = (str(node.get("refuri") or "") for node in document.findall(nodes.reference))
    inside = (uri for uri in uris if uri and not _ELSEWHERE.match(uri))
    paths = {unquote(urljoin(address, uri).partition("#")[0]) for uri in inside}
    return {docnames[path] for path in paths if path in docnames}
