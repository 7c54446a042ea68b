"""The ``meta`` and ``link`` elements of a page: description, OpenGraph, and other languages.

Pure functions. Source of the names: https://ogp.me and the documentation of X's cards, which read
OpenGraph for all that they don't find under a name of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from sphinx_fsp.publish.facts import Facts

_NAMED = re.compile(r"""<meta\b[^>]*?\b(?:name|property)\s*=\s*["']?([^\s"'>]+)""", re.I)


def meta_tags(facts: Facts, head: str) -> str:
    """Return the elements that a page lacks, a line each.

    :param head: HTML of the head so far: what it has, from the author or from another extension,
        is not said again
    """
    have = {name.lower() for name in _NAMED.findall(head)}
    if "og:image" in have:
        # Another image than ours, which our text doesn't describe.
        have.add("og:image:alt")
    return "".join(
        f'<meta {attribute}="{name}" content="{escape(content)}">\n'
        for attribute, name, content in _tags(facts)
        if content and name not in have
    )


def version_links(facts: Facts) -> str:
    """Return links to all versions of a page, a line each.

    Source: https://html.spec.whatwg.org/multipage/links.html#rel-alternate; search engines ask
    that a page names itself, too.
    """
    return "".join(
        f'<link rel="alternate" hreflang="{escape(tag)}" href="{escape(address)}">\n'
        for tag, address in facts.versions
    )


def _tags(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield the attribute that holds the name of an element, the name, and what it says."""
    yield "name", "description", facts.description
    yield "property", "og:title", facts.title
    yield "property", "og:type", "article" if facts.is_article else "website"
    yield "property", "og:url", facts.address
    yield "property", "og:description", facts.description
    yield "property", "og:site_name", facts.site_name
    if facts.image:
        yield "property", "og:image", facts.image
        yield "property", "og:image:alt", facts.image_alt
    if facts.is_article:
        yield "property", "article:published_time", facts.published
        yield "property", "article:modified_time", facts.modified
    yield "name", "twitter:card", "summary_large_image" if facts.image else "summary"
