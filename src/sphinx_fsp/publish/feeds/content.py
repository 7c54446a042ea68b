"""The text of a post as feed readers show it: without what belongs to the page. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from sphinx_fsp.publish.feeds.reading import ATTRIBUTE, NAME, read
from sphinx_fsp.transforms.html.dom import HtmlNode, Tag, serialise

#: Elements that run code, or that are nothing without the page.
_LEFT_OUT = frozenset(
    "script style template link meta base embed button select textarea input".split()
)
#: Elements of which what they hold is kept: text for readers, or what stands for the element.
_UNWRAPPED = frozenset("form object applet noscript dialog".split())
#: Elements of a page of another site: a link to it takes their place.
_FRAMES = frozenset({"iframe", "frame"})
#: Attributes for the styles and scripts of the page, and for links to its places: elsewhere these
#: lead to the page. With the spans of coloured code they are a third of the text.
_OF_THE_PAGE = frozenset("class id for tabindex srcset srcdoc nonce contenteditable".split())
#: Classes of titles that only the styles of the page show as such: of notes, cards and tabs.
_TITLES = frozenset({"admonition-title", "sd-card-title", "sd-tab-label"})
#: An image for dark pages, beside the one for all others.
_DARK = "only-dark"
#: Code with nothing in it but coloured words.
_COLOURED = re.compile(
    r"""(<(pre|code)\b[^<>]*>)((?:[^<]|<span(?: class="[^"]*")?>|</span>)*)(?=</\2>)"""
)
_SPAN = re.compile(r"</?span[^>]*>")
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "xlink:href"})


def feed_content(body: str, page_url: str) -> str:
    """Return the body of a page, ready to be read elsewhere.

    Left out are its title, which the feed has, the marks by which one links to a heading, what
    only the styles of the page need, and all that runs code. Addresses become absolute.

    :param body: HTML, as Sphinx wrote it
    :param page_url: the absolute address of the page
    """
    # Half of all elements, and of the time that it takes to read a page.
    root = read(_COLOURED.sub(_without_spans, body))
    _without_title(root)
    _clean(root, page_url)
    content = serialise(Tag("div", {}, 0, "", root.children))
    return content.removeprefix("<div>").removesuffix("</div>").strip()


def _without_spans(code: re.Match[str]) -> str:
    start, name, text = code.groups()
    plain = _SPAN.sub("", text)
    # Browsers leave out a line end right after the tag: one that comes there now stays.
    guard = name == "pre" and plain.startswith("\n") and not text.startswith("\n")
    return start + ("\n" if guard else "") + plain


def _without_title(tag: Tag) -> bool:
    """Take the first heading of the first level away, and tell whether there was one."""
    for child in tag.tags:
        if child.name == "h1":
            tag.children.remove(child)
            return True
        if _without_title(child):
            return True
    return False


def _clean(tag: Tag, page_url: str) -> None:
    """Clean an element, and all below it."""
    kept: list[HtmlNode] = []
    for child in tag.children:
        if not isinstance(child, Tag):
            kept.append(child)
        elif child.name == "input" and child.get("type") == "checkbox":
            # A task of a list: done or not.
            kept.append("\u2611" if "checked" in child.attrs else "\u2610")
        elif child.name not in _LEFT_OUT and not {"headerlink", _DARK} & set(child.classes):
            element = _link_to(child) if child.name in _FRAMES else child
            if not _TITLES.isdisjoint(child.classes):
                element.children = [Tag("strong", {}, 0, child.name, child.children)]
            element.attrs = _attributes(element, page_url)
            _clean(element, page_url)
            # A name such as ``i<script`` is one for browsers, and code for simpler readers.
            is_known = NAME.fullmatch(element.name) and element.name not in _UNWRAPPED
            is_bare = element.name == "span" and not element.attrs
            kept += [element] if is_known and not is_bare else element.children
    tag.children = kept


def _link_to(frame: Tag) -> Tag:
    """Return a link to what a frame shows."""
    source = frame.get("src")
    text = frame.get("title") or source
    return Tag("a", {"href": source} if source else {}, 0, frame.parent, [text])


def _attributes(tag: Tag, page_url: str) -> dict[str, str]:
    """Return the attributes of an element that mean something elsewhere, without code."""
    attributes = {}
    for name, value in tag.attrs.items():
        lower = name.lower()
        if not ATTRIBUTE.fullmatch(name):
            continue
        # Of several images, that of ``src`` is enough.
        if lower.startswith(("on", "data-")) or lower in _OF_THE_PAGE:
            continue
        attributes[name] = absolute(value, page_url) if lower in _ADDRESSES else value
    return attributes


def absolute(address: str, page_url: str) -> str:
    """Return the absolute address of what a page refers to; one that can't be right as it is.

    >>> absolute("../img/a.png#x", "https://example.org/blog/post.html")
    'https://example.org/img/a.png#x'
    """
    try:
        return urljoin(page_url, address)
    except ValueError:
        return address
