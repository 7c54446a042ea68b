"""What only a check looks for: alternative texts, orphans, http, and old addresses.

Pure functions: from facts to problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sphinx_fsp.check.facts import Image, Link
from sphinx_fsp.diagnostics import (
    INSECURE_URL,
    MISSING_ALT,
    OLD_ADDRESS,
    ORPHAN_PAGE,
    Problem,
)
from sphinx_fsp.resources.address import host_of, record_key
from sphinx_fsp.source.catalogue import Page

#: The category of dated pages, which an index lists and no chapter holds.
_POST = "post"


class Secure(NamedTuple):
    """What of the guide is known to be served with https."""

    #: Addresses by what makes them one resource: see `record_key`.
    addresses: Mapping[str, Sequence[Link]]
    #: The first link to each host.
    hosts: Mapping[str, Link]


def secure_addresses(links: Iterable[Link]) -> Secure:
    """Return what is known to be served with https."""
    addresses: dict[str, list[Link]] = {}
    hosts: dict[str, Link] = {}
    for link in sorted(links):
        if link.address.lower().startswith("https://"):
            addresses.setdefault(record_key(link.address), []).append(link)
            hosts.setdefault(host_of(link.address), link)
    return Secure(addresses, hosts)


def insecure_urls(
    links: Iterable[Link], secure: Secure, place: Callable[[Link], str]
) -> list[Problem]:
    """Find addresses with http on a host that the guide has with https as well.

    :param place: says where a link stands, for the message
    """
    problems = []
    for link in links:
        host = host_of(link.address)
        if link.address.lower().startswith("http://") and host in secure.hosts:
            # The same address elsewhere is the best proof that https works.
            known = secure.addresses.get(record_key(link.address), ())
            other = known[0] if known else secure.hosts[host]
            details = {"target": link.address, "place": place(other), "host": host}
            problems.append(Problem(INSECURE_URL, link.path, link.line, details))
    return problems


def old_addresses(links: Iterable[Link], redirects: Mapping[str, str]) -> list[Problem]:
    """Find links that work through a redirect.

    :param redirects: where each old address leads
    """
    problems = []
    for link in links:
        path, _, fragment = link.address.partition("#")
        if target := redirects.get(path):
            new, _, other = target.partition("#")
            fragment = fragment or other
            details = {
                "target": link.address,
                "suggestion": f"{new}#{fragment}" if fragment else new,
            }
            problems.append(Problem(OLD_ADDRESS, link.path, link.line, details))
    return problems


def missing_alts(
    images: Iterable[Image], is_decorative: Callable[[Image, int], bool]
) -> list[Problem]:
    """Find images without alternative text.

    :param is_decorative: tells whether the page says in HTML, with an empty ``alt``, that an image
        is decoration; that is no fault, and a doctree doesn't know it. The number counts images
        of one address in one block.
    """
    problems = []
    seen: Counter[Image] = Counter()
    for image in images:
        if not is_decorative(image, seen[image]):
            details = {"target": image.address[:100]}
            problems.append(Problem(MISSING_ALT, image.path, image.line, details))
        seen[image] += 1
    return problems


def orphans(
    pages: Iterable[Page],
    in_outline: AbstractSet[str],
    reached: AbstractSet[str],
    *,
    posts_listed: bool,
) -> list[Problem]:
    """Find pages that readers have no way to.

    Those with ``status: hidden`` are meant to be.

    :param in_outline: docnames of pages in chapters
    :param reached: docnames that another document, a redirect or a next step leads to
    :param posts_listed: whether the site has an index of its posts
    """
    return [
        Problem(ORPHAN_PAGE, page.path, 1, {"target": f"/{page.docname}.html"})
        for page in pages
        if not page.hidden
        and page.docname not in in_outline
        and page.docname not in reached
        and not (posts_listed and page.category == _POST)
    ]
