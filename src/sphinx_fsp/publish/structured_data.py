"""What search engines read of a page: an article, and where it stands, in terms of schema.org.

Pure functions. Source: https://schema.org/BlogPosting, https://schema.org/Article and
https://schema.org/BreadcrumbList.
"""

from __future__ import annotations

from typing import Any

from sphinx_fsp.publish.facts import Facts, Place

_CONTEXT = "https://schema.org"


def structured_data(facts: Facts) -> list[dict[str, Any]]:
    """Return the objects that describe a page: none for an ordinary document."""
    if not facts.is_article:
        return []
    return [_article(facts), *_breadcrumbs(facts)]


def _article(facts: Facts) -> dict[str, Any]:
    site = {"@type": "Organization", "name": facts.site_name}
    said: dict[str, Any] = {
        "headline": facts.title,
        "description": facts.description,
        "inLanguage": facts.language,
        "datePublished": facts.published,
        "dateModified": facts.modified,
        "author": [_person(name, facts.author_link) for name in facts.authors],
        "image": facts.image,
        "mainEntityOfPage": facts.address,
        "publisher": site if facts.site_name else None,
    }
    kind = "BlogPosting" if facts.is_post else "Article"
    return {"@context": _CONTEXT, "@type": kind} | {k: v for k, v in said.items() if v}


def _person(name: str, link: str) -> dict[str, str]:
    return {"@type": "Person", "name": name} | ({"url": link} if link else {})


def _breadcrumbs(facts: Facts) -> list[dict[str, Any]]:
    """Return the way from the start page to this one; nothing where addresses aren't known."""
    if not facts.address or not facts.above:
        return []
    way = (*facts.above, Place(facts.title, facts.address))
    items = [
        {"@type": "ListItem", "position": n, "name": place.title, "item": place.address}
        for n, place in enumerate(way, 1)
    ]
    return [{"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}]
