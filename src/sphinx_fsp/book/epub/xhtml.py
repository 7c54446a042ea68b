"""What stands in a page, as XHTML that an EPUB takes. Pure functions.

Pages may hold HTML of their own that isn't XHTML, or that a book can't hold: scripts, forms, films
of other sites. It is converted where that loses nothing, and otherwise left out, except its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin
from xml.etree.ElementTree import Element

from sphinx.util.osutil import relative_uri

from sphinx_fsp.book.epub import xml
from sphinx_fsp.book.epub.addresses import external, identifier, is_external, local
from sphinx_fsp.book.epub.attributes import kept_attributes
from sphinx_fsp.book.epub.drawings import DRAWINGS, drawing
from sphinx_fsp.book.epub.notes import add_notes
from sphinx_fsp.book.epub.structure import BLOCKS, PARTS, PHRASES, Content, retagged, settled

#: Elements of old HTML, and what says the same.
_RENAMED = {
    **dict.fromkeys(
        "center header footer main hgroup menu dir-item fieldset search".split(), "div"
    ),
    **dict.fromkeys("font big nobr blink marquee acronym legend rb rtc".split(), "span"),
    **{"tt": "code", "strike": "s", "dir": "ul", "listing": "pre", "xmp": "pre"},
}
#: Left out with all that is in them.
_GONE = frozenset("script style template head title noscript noembed noframes".split())
#: Left out without a word: what they say of a page, its own head says.
_SILENT = frozenset("link meta base param source track col area map wbr basefont frameset".split())
#: Shown from elsewhere; a link leads there.
_FRAMES = frozenset("iframe frame embed object audio video".split())
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)


class Body(NamedTuple):
    """What stands in a page of the book."""

    text: str
    #: Names of elements of which something was left out, in order.
    left_out: tuple[str, ...]


class Place(NamedTuple):
    """Where a page stands on the site."""

    #: The address of the site, without a slash at the end; empty where it isn't known.
    site: str
    docname: str
    #: The documents of the book.
    held: Collection[str] = ()


NOWHERE = Place("", "")


def conform(text: str, *, place: Place = NOWHERE, with_notes: bool = False) -> Body:
    """Return the content of a page as XHTML, and what couldn't be kept.

    :param place: where the page is, to which links to what is no page of the book are relative
    :param with_notes: whether to list the addresses of its links at its end
    """
    page = _Page(place)
    root = Element("div")
    for child in settled("div", page.flow(xml.read(text), in_link=False)):
        xml.append(root, child)
    _drop_idle_references(root)
    if with_notes:
        add_notes(root)
    return Body(xml.write_inner(root), tuple(dict.fromkeys(page.left_out)))


class _Page:
    """What is known of a page while it is converted."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.left_out: list[str] = []
        self.identifiers: set[str] = set()

    def flow(self, parent: Element, *, in_link: bool) -> list[Content]:
        """Return the content of an element, converted."""
        found: list[Content] = []
        for child in xml.children(parent):
            found += [child] if isinstance(child, str) else self.element(child, in_link)
        return found

    def element(self, element: Element, in_link: bool) -> list[Content]:
        """Return what becomes of an element."""
        name = str(element.tag).lower()
        if name in DRAWINGS:
            self._removed_within(element)
            return [drawing(element, self._unique)]
        name = _RENAMED.get(name, name)
        if name in _GONE:
            self.left_out += [] if name == "title" else [name]
            return []
        if name in _SILENT and name not in {"wbr", "col"}:
            return []
        if name in _FRAMES:
            return self._frame(element, name, in_link)
        if name == "input":
            return self._input(element, in_link)
        if name == "img":
            return self._image(element, in_link)
        if name not in PHRASES and name not in BLOCKS and name not in PARTS:
            self.left_out.append(name)
            return self.flow(element, in_link=in_link)
        return [self._kept(element, name, in_link)]

    def _kept(self, element: Element, name: str, in_link: bool) -> Element:
        """Return an element that an EPUB may hold, with its content."""
        href = self._address(element.get("href") or "") if name == "a" else ""
        if name == "a" and (in_link or element.get("href") is not None) and (in_link or not href):
            # A link in a link, or to nowhere.
            name = "span"
        attributes = self._attributes(element, name)
        content = self.flow(element, in_link=in_link or (name == "a" and bool(href)))
        if name == "a" and href:
            attributes["href"] = href
            content = _named(content, href)
        made = Element(name, attributes)
        for child in settled(name, content):
            xml.append(made, child)
        return retagged(made)

    def _attributes(self, element: Element, name: str) -> dict[str, str]:
        """Return the attributes that an element keeps; each identifier once in a page."""
        self.left_out += ["on…" for key in element.attrib if key.lower().startswith("on")][:1]
        attributes = kept_attributes(name, element.attrib)
        if "id" in attributes and not self._unique(attributes["id"]):
            del attributes["id"]
        return attributes

    def _address(self, address: str) -> str:
        """Return where a link leads, or an empty text when it leads nowhere."""
        address = address.strip()
        if is_external(address):
            return external(address)
        path = address.partition("#")[0].partition("?")[0]
        if not path or (path.endswith(".xhtml") and not path.startswith("/")):
            # To a place in the book. Whether it is there is known when all pages are written.
            return local(address) or "#"
        found = urljoin(f"/{self.place.docname}", quote(address, safe="/%#?&=:;,+@!~")).lstrip("/")
        path, mark, fragment = found.partition("#")
        docname = unquote(path.partition("?")[0]).removesuffix(".html")
        if path.endswith(".html") and docname in self.place.held:
            # A page of the site, as HTML of a page may name it.
            name = relative_uri(f"{quote(self.place.docname)}.xhtml", f"{quote(docname)}.xhtml")
            return local(f"{name}{mark}{fragment}") or "#"
        return external(f"{self.place.site}/{found}") if self.place.site else ""

    def _unique(self, name: str) -> bool:
        """Take an identifier; return False when it is taken."""
        if name in self.identifiers:
            return False
        self.identifiers.add(name)
        return True

    def _removed_within(self, element: Element) -> None:
        """Note what a drawing loses."""
        if any(str(inner.tag).lower() == "script" for inner in element.iter()):
            self.left_out.append("script")

    def _frame(self, element: Element, name: str, in_link: bool) -> list[Content]:
        """Return what stands for something that is shown from elsewhere: a link, or an image."""
        inner = (child.get("src") for child in element if child.get("src"))
        source = element.get("src") or element.get("data") or next(inner, None) or ""
        text = " ".join(xml.text_of(element).split())
        if name == "object" and _IMAGE.search(source) and not is_external(source):
            return [Element("img", {"src": local(source), "alt": text})]
        title = element.get("title") or text
        self.left_out.append(name)
        address = self._address(source)
        if not address or in_link:
            return [title] if title else []
        link = Element("a", {"class": "frame", "href": address})
        link.text = title or source.split("//")[-1]
        return [link]

    def _input(self, element: Element, in_link: bool) -> list[Content]:
        """Return the box of a task, or of a set of tabs, and nothing for any other."""
        kind = element.get("type", "text")
        if kind == "checkbox" and "disabled" in element.attrib and not in_link:
            mark = "\N{BALLOT BOX WITH CHECK}" if "checked" in element.attrib else "\N{BALLOT BOX}"
            return [f"{mark}\N{NO-BREAK SPACE}"]
        if kind not in {"hidden", "radio"}:
            self.left_out.append("input")
        return []

    def _image(self, element: Element, in_link: bool) -> list[Content]:
        """Return an image of the book; a link in place of one that another site has."""
        source = element.get("src", "").strip()
        alt = element.get("alt", "")
        if source.lower().startswith("data:"):
            # Readers of books don't show them.
            self.left_out.append("img")
            return [alt] if alt else []
        if is_external(source) or not source:
            address = external(source)
            if not address or in_link:
                return [alt] if alt else []
            link = Element("a", {"class": "frame", "href": address})
            link.text = alt or source
            return [link]
        attributes = self._attributes(element, "img")
        return [Element("img", {**attributes, "src": local(source), "alt": alt})]


def _named(content: list[Content], href: str) -> list[Content]:
    """Return the content of a link with something for readers to hear."""
    texts: list[str] = []
    images: list[Element] = []
    for child in content:
        if isinstance(child, str):
            texts.append(child)
        else:
            texts += [xml.text_of(child)]
            images += child.iter("img")
            texts += [inner.get("aria-label", "") for inner in child.iter()]
    texts += [image.get("alt", "") for image in images]
    if "".join(texts).strip():
        return content
    if images:
        images[0].set("alt", href)
        return content
    return [*content, href]


def _drop_idle_references(root: Element) -> None:
    """Remove what refers to an element of the page that isn't there."""
    known = {element.get("id") for element in root.iter()}
    for element in root.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"):
            if name in element.attrib:
                found = [i for i in map(identifier, element.attrib[name].split()) if i in known]
                if found and name != "for":
                    element.attrib[name] = " ".join(found)
                elif name != "for" or not found:
                    del element.attrib[name]
