"""Data of a page for search engines, in JSON-LD: how it is written, and its lists of resources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.exports.texts import address, one_line
from sphinx_fsp.resources.record import Listing
from sphinx_fsp.source.addresses import is_dangerous

#: Kinds that are a type of schema.org, whatever the resource. The others are left out: a talk may
#: be a video or slides, a project may be anything.
TYPES: Mapping[str, str] = {
    "article": "Article",
    "book": "Book",
    "course": "Course",
    "newsletter": "Periodical",
    "paper": "ScholarlyArticle",
    "podcast": "PodcastSeries",
    "tool": "SoftwareApplication",
    "tutorial": "LearningResource",
    "video": "VideoObject",
}
#: What could end a script element or start a comment in it, and the line ends that JavaScript
#: knows and JSON doesn't.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def item_list(listings: Iterable[Listing], page_url: str, name: str) -> str:
    """Return the text of a ``<script type="application/ld+json">`` for a page, safe as it stands.

    A resource that the page lists twice stands in it once, as search engines ask.

    :param page_url: the absolute address of the page, or an empty string
    :param name: the title of the page or of its list, or an empty string
    :returns: an empty string where nothing is listed
    """
    listed: dict[str, Listing] = {}
    for listing in listings:
        if not is_dangerous(listing.url):
            listed.setdefault(record_key(address(listing.url)), listing)
    if not listed:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        **({"name": one_line(name)} if name.strip() else {}),
        **({"url": address(page_url)} if page_url else {}),
        "numberOfItems": len(listed),
        "itemListElement": [_element(n, one) for n, one in enumerate(listed.values(), 1)],
    }
    return json_ld(data)


def json_ld(data: object) -> str:
    r"""Return data as the text of a ``<script type="application/ld+json">``, safe as it stands.

    >>> json_ld({"name": "</script>"})
    '{"name": "\u003c/script\u003e"}'
    """
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)


def script_element(text: str) -> str:
    """Return the element that holds data of a page, for its head.

    :param text: from `item_list` or `json_ld`
    """
    return f'<script type="application/ld+json">{text}</script>\n'


def _element(position: int, listing: Listing) -> dict[str, object]:
    url = address(listing.url)
    what: dict[str, object] = {"name": one_line(listing.title) or url, "url": url}
    element: dict[str, object] = {"@type": "ListItem", "position": position, **what}
    kind = TYPES.get(listing.fields.kind or listing.kind)
    return element | ({"item": {"@type": kind, **what}} if kind else {})
