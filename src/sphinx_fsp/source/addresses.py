"""Addresses in pages: which of them mean a place of this site, and what to say of the others.

Pure functions. Addresses of the site are absolute paths: ``/django.html``, ``/img/x.png``, ``/``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
#: Schemes that run code or carry their content in themselves.
_DANGEROUS = frozenset({"javascript", "vbscript", "data", "livescript", "mocha"})
#: A host with a top-level domain, a path on localhost, or user@host.
_HOST = re.compile(
    r"^(?:[\w.+-]+@)?(?:localhost(?=[:/])|(?:[a-z0-9-]+\.)+(?P<tld>[a-z]{2,24}))(?::|/|$)", re.I
)
#: Endings of files that look like top-level domains of hosts.
_FILE_ENDINGS = frozenset(
    "html htm md markdown rst txt pdf png jpg jpeg gif svg webp py zip js css".split()
)


class SiteAddress(NamedTuple):
    """A place of this site."""

    #: Absolute path, decoded, without query and fragment.
    path: str
    fragment: str


#: An ending of a file, and of no page.
_FILE = re.compile(r"\.(?!html?$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)


def site_address(href: str, page: str, bases: Iterable[str]) -> SiteAddress | None:
    """Return the place of the site that *href* means, or None when it means another site.

    :param href: an address as it is written in a page
    :param page: the address of that page, for relative addresses
    :param bases: base addresses of the site, ``https://example.org/``
    """
    # Browsers drop tabs and line ends first, so this does too.
    href = re.sub(r"[\t\r\n]", "", href.strip())
    for base in bases:
        rest = _below(href, base)
        if rest is not None:
            href = "/" + rest.lstrip("/")
            break
    else:
        if href.startswith("//") or _SCHEME.match(href):
            return None
    parts = urlsplit(urljoin(page, href))
    if _climbs(urlsplit(href).path, page):
        # It works only where the site stands at the root of its host.
        return SiteAddress(f"/{unquote(urlsplit(href).path).lstrip('/')}", unquote(parts.fragment))
    # Web servers take repeated slashes for one.
    path = re.sub(r"/{2,}", "/", f"/{unquote(parts.path)}")
    return SiteAddress(path, unquote(parts.fragment))


def _climbs(path: str, page: str) -> bool:
    """Tell whether *path*, relative to *page*, goes higher than the root of the site."""
    depth = 0 if path.startswith("/") else page.count("/") - 1
    for part in unquote(path).split("/")[:-1]:
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def _below(href: str, base: str) -> str | None:
    """Return what follows *base* in *href*, whatever the scheme; None when it isn't below."""
    bare, bare_base = (re.sub(r"^(?:https?:)?//", "", text, flags=re.I) for text in (href, base))
    if bare == href:
        return None
    bare_base = bare_base.rstrip("/")
    if bare.lower().startswith(bare_base.lower()):
        rest = bare[len(bare_base) :]
        if not rest or rest[0] in "/#?":
            return rest
    return None


def is_dangerous(href: str) -> bool:
    """Tell whether *href* would run code or carry content in itself.

    Browsers drop control characters and blanks before they read the scheme, so this does too.
    """
    match = _SCHEME.match(_CONTROL.sub("", href))
    return bool(match) and match[1].lower() in _DANGEROUS if match else False


def lacks_scheme(href: str) -> bool:
    """Tell whether *href* is written like another site's address, without its ``https://``."""
    match = _HOST.match(href)
    return bool(match) and (match["tld"] or "").lower() not in _FILE_ENDINGS if match else False


def with_scheme(href: str) -> str:
    """Return the address that one without a scheme was most likely meant to be.

    >>> with_scheme("www.example.org"), with_scheme("me@example.org"), with_scheme("localhost:5000")
    ('https://www.example.org', 'mailto:me@example.org', 'http://localhost:5000')
    """
    if match := re.match(r"^git@([^:/]+):(.+)$", href):
        return f"https://{match[1]}/{match[2]}"
    if re.match(r"^[^/:]+@[^/:]+$", href):
        return f"mailto:{href}"
    return f"http://{href}" if href.startswith("localhost") else f"https://{href}"


def has_scheme(href: str) -> bool:
    """Tell whether *href* names another site: a scheme, or two slashes."""
    return href.startswith("//") or bool(_SCHEME.match(href))


def is_file(path: str) -> bool:
    """Tell whether an address is that of a file, by its ending, and no page's.

    >>> is_file("/img/moon.png"), is_file("/moon.html"), is_file("/python-3.13")
    (True, False, False)
    """
    return bool(_FILE.search(path))


def nearest(address: str, known: Iterable[str]) -> str | None:
    """Return the known address that *address* was most likely meant to be, or None."""
    return _nearest(address, tuple(known))


def nearest_anchor(fragment: str, known: Iterable[str]) -> str | None:
    """Return the anchor that *fragment* was most likely meant to be, or None.

    A heading is renamed by a word or two more often than by a letter.

    >>> nearest_anchor("ales", ["hops", "ales--lagers"]), nearest_anchor("ales", ["beer"])
    ('ales--lagers', None)
    """
    known = sorted(known)
    if near := nearest(fragment, known):
        return near
    words = _words(fragment)
    found: dict[str, str] = {}
    for anchor in known:
        fewer, more = sorted((words, _words(anchor)), key=len)
        if fewer and fewer <= more and 3 * len(fewer) >= len(more):
            # A heading with an emoji has a second anchor, its identifier.
            found.setdefault(anchor.strip("-"), anchor)
    return next(iter(found.values())) if len(found) == 1 else None


def _words(anchor: str) -> frozenset[str]:
    return frozenset(filter(None, anchor.lower().split("-")))


@lru_cache(maxsize=4096)
def _nearest(address: str, known: tuple[str, ...]) -> str | None:
    same = _by_bare(known).get(_bare(address), [])
    if len(same) == 1:
        return same[0]
    # A first letter that differs is rarely a typing error: skip those, for speed.
    # What all addresses end in makes none of them nearer.
    stem = _stem(address)
    candidates = {s: other for other in known if (s := _stem(other))[:1] == stem[:1]}
    near = difflib.get_close_matches(stem, candidates, n=5, cutoff=0.8)
    found = next((candidates[other] for other in near if _is_slip(stem, other)), None)
    if found is None:
        # The right name in another folder.
        name = address.rpartition("/")[2]
        same = [other for other in known if name and other.rpartition("/")[2] == name]
        found = same[0] if len(same) == 1 else None
    return found


@lru_cache(maxsize=8)
def _by_bare(known: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in known:
        found.setdefault(_bare(address), []).append(address)
    return found


def _bare(address: str) -> str:
    """Return an address as those compare that differ in case, or in how they end."""
    return re.sub(r"\.html?$|/$", "", address.lower())


def _is_slip(written: str, meant: str) -> bool:
    """Tell whether one is the other with a slip of the finger, or with words left off its end."""
    if meant.startswith(f"{written}-") or written.startswith(f"{meant}-"):
        return True
    changes = difflib.SequenceMatcher(None, written, meant, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal") <= 2


def _stem(address: str) -> str:
    return address.lstrip("./").removesuffix(".html").lower()
