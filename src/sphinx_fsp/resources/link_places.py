"""What there is to check: addresses, the places they stand in, and the resources they are of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from docutils import nodes
from sphinx.builders.linkcheck import Hyperlink, HyperlinkCollector
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import get_node_line, get_node_source

from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.record import Listing

HTTP = ("http://", "https://")
#: Attributes of HTML that hold the address of something that readers see or follow.
_ATTRIBUTES = {
    **dict.fromkeys(("a", "area"), "href"),
    **dict.fromkeys(("img", "iframe", "audio", "video", "source", "embed"), "src"),
}


class Place(NamedTuple):
    """Where an address stands."""

    #: Relative to the source folder, with slashes.
    path: str
    line: int

    def __str__(self) -> str:
        """Return it as messages show it."""
        return f"{self.path}:{self.line}" if self.line > 0 else self.path


class Links:
    """All addresses of a project, or of the documents that are checked."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        #: Where each address stands, with the docname, which is empty for a data file.
        self.places: dict[str, dict[Place, str]] = {}
        #: Addresses that only raw HTML has.
        self._embedded: dict[str, Place] = {}
        self._collected: set[str] = set()
        self._processed: dict[str, str] = {}
        #: Keys of resources by address, as `address.record_key` gives them.
        self.keys: dict[str, str] = {}
        #: Addresses of all resources by key, also of those that aren't checked now.
        self.urls: dict[str, str] = {}
        #: Keys of resources whose author gives an archived copy.
        self.archived: set[str] = set()

    @property
    def are_all(self) -> bool:
        """Whether all documents are checked."""
        return self._collected >= self._env.found_docs

    def collect(self, doctree: nodes.document, docname: str) -> None:
        """Note every place of a document that an address stands in."""
        self._collected.add(docname)
        finder = HyperlinkCollector(doctree)
        for node in doctree.findall(nodes.Element):
            if not isinstance(node, nodes.reference | nodes.image | nodes.raw):
                continue
            place = self._place_of(node, docname)
            if uri := finder.find_uri(node):
                self.places.setdefault(self._process(uri), {})[place] = docname
            elif isinstance(node, nodes.raw) and "html" in node.get("format", "").split():
                for url, line in addresses_in(node.astext()):
                    uri = self._process(url)
                    at = place._replace(line=place.line + line) if place.line > 0 else place
                    self.places.setdefault(uri, {})[at] = docname
                    self._embedded.setdefault(uri, at)

    def add_listings(
        self,
        hyperlinks: MutableMapping[str, Hyperlink],
        listings: Iterable[Listing],
        excluded: Iterable[re.Pattern[str]],
    ) -> None:
        """Add to what Sphinx found: addresses of raw HTML, and those that are listed elsewhere.

        :param excluded: patterns for documents whose links aren't checked
        """
        for uri, place in self._embedded.items():
            hyperlinks.setdefault(uri, self._hyperlink(uri, place, self.places[uri][place]))
        spelled = {unquote(uri): uri for uri in hyperlinks}
        for listing in listings:
            if not listing.url.startswith(HTTP):
                continue
            key = record_key(listing.url)
            self.urls.setdefault(key, listing.url)
            if listing.fields.archive:
                self.archived.add(key)
            if not self.are_all and listing.docname not in self._collected:
                continue
            uri = self._process(listing.url)
            if uri not in hyperlinks:
                # MyST writes it percent-encoded into a document.
                uri = spelled.get(unquote(uri), uri)
            self.keys[uri] = key
            place = Place(listing.path, listing.line)
            hyperlinks.setdefault(uri, self._hyperlink(uri, place, listing.docname))
            places = self.places.setdefault(uri, {})
            if listing.path not in {known.path for known in places}:
                places[place] = listing.docname
        patterns = list(excluded)
        for uri, link in hyperlinks.items():
            # The same resource in another spelling, or in the middle of a text.
            if uri.startswith(HTTP) and (key := record_key(uri)) in self.urls:
                self.keys.setdefault(uri, key)
            if any(pattern.match(link.docname) for pattern in patterns):
                # It is checked when it stands in a document that isn't excluded, too.
                for place, docname in self.places.get(uri, {}).items():
                    if not any(pattern.match(docname) for pattern in patterns):
                        hyperlinks[uri] = self._hyperlink(uri, place, docname)
                        break

    def shown(self, uri: str) -> list[str]:
        """Return the places of an address, as ``path:line``."""
        return [str(place) for place in self.places.get(uri, ())]

    def _hyperlink(self, uri: str, place: Place, docname: str) -> Hyperlink:
        # A data file is no document: its path stands in the place of the docname.
        path = self._env.doc2path(docname) if docname else self._env.srcdir / place.path
        return Hyperlink(uri, docname or place.path, path, place.line)

    def _process(self, uri: str) -> str:
        """Return what other extensions make of an address."""
        if uri not in self._processed:
            new = self._env.events.emit_firstresult("linkcheck-process-uri", uri)
            self._processed[uri] = new or uri
        return self._processed[uri]

    def _place_of(self, node: nodes.Element, docname: str) -> Place:
        path, line = Path(self._env.doc2path(docname)), -1
        with suppress(ValueError):
            line = get_node_line(node)
        with suppress(ValueError, OSError):
            # An included file, or a data file, has places of its own.
            source = Path(get_node_source(node))
            path = source if source.is_file() else path
        return Place(Path(os.path.relpath(path, self._env.srcdir)).as_posix(), line)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        value = (dict(attrs).get(_ATTRIBUTES.get(tag, "")) or "").strip()
        if value.startswith(HTTP):
            self.found.append((value, self.getpos()[0] - 1))


def addresses_in(html: str) -> Iterator[tuple[str, int]]:
    r"""Yield the addresses in HTML, with the number of lines before each.

    >>> list(addresses_in('<p>\n<a href="https://example.org/">x</a> <a href="/page">y</a>'))
    [('https://example.org/', 1)]
    """
    parser = _Addresses()
    parser.feed(html)
    parser.close()
    yield from parser.found
