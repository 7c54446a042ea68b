"""The content of the guide's pages as HTML and EPUB show it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from pagecontent import PageContent, is_written, signs, words_of

#: What isn't content of a page: what a theme adds, what only HTML can show, and the contents,
#: in whose place the book has the pages themselves.
NO_ELEMENTS = frozenset("button script style template nav".split())
NO_CLASSES = frozenset(
    "headerlink linenos lineno toctree-wrapper visually-hidden sr-only only-dark backrefs".split()
)
#: Elements that are part of a line. All others part words.
INLINE = frozenset(
    "a abbr acronym b bdi bdo cite code del dfn em font i ins kbd label mark q s samp small span "
    "strong sub sup tt u var wbr".split()
)
_HEADING = re.compile(r"h[1-6]$")
_REDIRECT = re.compile(r'http-equiv="refresh" content="\d+; *url=([^"]+)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def html_page(path: Path, resolve: Resolver) -> PageContent:
    """Return the content of a page of the site.

    :param resolve: returns what a link means, as `Resolver` does
    """
    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    found = tree.xpath("//article") or tree.xpath("//div[@class='body']")
    body = found[0]
    for image in list(body.iter("img")):
        source = image.get("src") or ""
        if not _SCHEME.match(source) and not (path.parent / unquote(source)).exists():
            # An image that isn't there: its alternative text stands for it.
            image.tag, image.text = "span", image.get("alt")
    for part in list(body.iter(etree.Element)):
        added = part.tag in NO_ELEMENTS or NO_CLASSES & {*classes(part)}
        if added or "data-fsp-chrome" in part.attrib:
            part.drop_tree()
    return content_of(body, resolve)


def epub_page(path: Path, resolve: Resolver) -> PageContent:
    """Return the content of a page of an EPUB, which is well-formed XML."""
    tree = etree.parse(path).getroot()
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    (body,) = tree.iter("body")
    return content_of(body, resolve)


def content_of(body: etree._Element, resolve: Resolver) -> PageContent:
    """Return the content of an element."""
    printed = signs(text_of(body))
    for part in list(body.iter(etree.Element)):
        if _is_note_number(part):
            part.tail, part.text = part.tail, ""
            for child in list(part):
                part.remove(child)
    anchors = [a for a in body.iter("a") if _is_link(a)]
    outer = {a.get("href") for a in anchors if "external" in classes(a)}
    links = [(resolve(a.get("href")), text_of(a), a.get("href")) for a in anchors]
    frames = list(body.iter("iframe", "embed", "object"))
    media = [*frames, *body.iter("video", "audio", "source")]
    sources = [f.get("src") or f.get("data") or "" for f in media]
    images = [img.get("src") or "" for img in body.iter("img")]
    # No book fetches the image of another site: it has a link to it.
    sources += [source for source in images if _SCHEME.match(source)]
    links += [(resolve(source), "", source) for source in sources if source]
    code = [text_of(pre, raw=True) for pre in body.iter("pre")]
    out = [(target, text) for target, text, _href in links if not target.startswith("#")]
    return PageContent(
        words=tuple(words_of(_prose(body))),
        text=printed,
        headings=tuple(text_of(h) for h in body.iter(etree.Element) if _HEADING.match(h.tag)),
        wells=tuple(text_of(e) for e in body.iter(etree.Element) if "well" in classes(e)),
        items=tuple(_own_text(li) for li in body.iter("li", "dt", "dd")),
        cells=tuple(text_of(cell) for cell in body.iter("td", "th")),
        frames=tuple(f.get("title") or "" for f in frames),
        code=tuple(line.rstrip() for block in code for line in block.split("\n") if line.strip()),
        images=sum(1 for source in images if not _SCHEME.match(source)),
        links=tuple(
            # A link that Sphinx doesn't know as one of the guide may lead to the site, too.
            frozenset([target[1:], *([resolve.address(href)] if href in outer else ())])
            for target, _text, href in links
            if target.startswith("#")
        ),
        addresses=tuple(t for t, text in out if not is_written(t, text)),
        written=tuple(t for t, text in out if is_written(t, text)),
    )


def classes(element: etree._Element) -> Collection[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def _is_link(a: etree._Element) -> bool:
    """Tell whether an element is a link that an author wrote."""
    href = a.get("href")
    # Sphinx links an image that it shrinks to the file of that image.
    to_its_image = any(img.get("src") == href for img in a.iter("img"))
    return bool(href) and not to_its_image and not _is_note_number(a)


def _is_note_number(element: etree._Element) -> bool:
    """Tell whether an element only leads to a note, or back from it, or repeats an address."""
    if element.get("role") in {"doc-noteref", "doc-backlink"}:
        return True
    return bool({"footnote-reference", "link-target", "fn-backref"} & {*classes(element)})


def text_of(element: etree._Element, raw: bool = False) -> str:
    """Return the text of an element: words that are set apart are apart there too."""
    text = "".join(_texts(element))
    return text if raw else " ".join(text.split())


def _texts(element: etree._Element, without: Collection[str] = ()) -> Iterator[str]:
    """Yield the text of an element, without that of some elements in it."""
    apart = "" if element.tag in INLINE or element.tag == "pre" else " "
    yield apart + (element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in without:
            yield from _texts(child, without)
        yield child.tail or ""
    yield apart


def _prose(body: etree._Element) -> str:
    """Return the text without blocks of code, whose lines are compared as they are."""
    return "".join(_texts(body, {"pre", "iframe"}))


def _own_text(item: etree._Element) -> str:
    """Return the text of a list item, without the lists, tables and code in it."""
    return " ".join("".join(_texts(item, {"ul", "ol", "dl", "pre", "table", "iframe"})).split())


def documents_of(site: Path) -> dict[str, str]:
    """Return the docname of each page of a built site, and where its redirects lead."""
    pages = {path: path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    found = {name: name.removesuffix(".html") for name in pages.values()}
    for path, name in pages.items():
        moved = _REDIRECT.search(path.read_text(encoding="utf-8")[:1000])
        if moved:
            page, _, fragment = urljoin(f"/{name}", unescape(moved[1])).lstrip("/").partition("#")
            found[name] = page.removesuffix(".html") + (f"#{fragment}" if fragment else "")
    return found


class Resolver:
    """What the links of a page mean: targets in the book, or addresses."""

    def __init__(
        self, page: str, documents: Mapping[str, str], book: Collection[str], base: str
    ) -> None:
        """Take the page's path in the output, and what the book holds.

        :param documents: what is at a path of the output: a docname, and its fragment if any
        :param book: docnames of the documents in the book
        :param base: address of the site, for what the book leaves out
        """
        self.page = page
        self.documents = documents
        self.book = book
        self.base = base

    def __call__(self, href: str) -> str:
        """Return ``#`` and the name of a target in the book, or an address."""
        href = href.strip()
        if _SCHEME.match(href) or href.startswith("//"):
            return href
        parts = urlsplit(urljoin(f"/{self.page}", href))
        path = unquote(parts.path).lstrip("/")
        docname, _, moved = self.documents.get(path, "").partition("#")
        if docname not in self.book:
            return self.address(href)
        fragment = unquote(parts.fragment) or moved
        return f"#{docname}#{fragment}" if fragment else f"#{docname}"

    def address(self, href: str) -> str:
        """Return the address on the site that a relative link means."""
        return urljoin(self.base, urljoin(f"/{self.page}", href))
