"""Addresses of resources: which are one and the same, and which can't be published.

Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from sphinx_fsp.source.addresses import has_scheme, is_dangerous, lacks_scheme, with_scheme

#: Query parameters that say where a reader came from, not what is at an address.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|_hsenc|_hsmi|igshid|icid|mkt_tok|"
    r"ref_src|ref_url",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_WAYBACK = re.compile(r"^https?://web\.archive\.org/web/\d+\w*/(.+)$", re.IGNORECASE)
#: Cyrillic and Greek letters that look like Latin ones.
_LOOKALIKES = frozenset("асԁеһіјӏорԛѕԝхуɑοαυνк")
#: What stands in a path as it is. Source: RFC 3986, pchar.
_SAFE = "/~!$&'()*+,;=:@"
_BLANKS = re.compile(r"[\x00-\x20\x7f\u00a0\u2028\u2029]")


class Fault(NamedTuple):
    """Why an address can't be that of a resource, and what to do."""

    #: True when following it could run code: it is not published.
    dangerous: bool
    why: str
    advice: str


@lru_cache(maxsize=32768)
def record_key(url: str) -> str:
    """Return what addresses of the same resource have in common.

    Scheme, ``www.``, case of the host, a default port, ``index.html``, a slash at the end and
    tracking parameters don't make it another resource.

    >>> record_key("http://www.Example.org:80/a/index.html?utm_source=x#top")
    'example.org/a#top'
    """
    if lacks_scheme(url):
        url = with_scheme(url)
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    host = host.removeprefix("www.")
    if port and port not in (80, 443):
        host += f":{port}"
    path = _INDEX.sub("/", parts.path).rstrip("/")
    if "%" in path or not path.isascii():
        # %7E is a tilde, but %2F isn't the slash between two parts.
        pieces = re.split("%2F", path, flags=re.IGNORECASE)
        path = "%2F".join(quote(unquote_to_bytes(_whole(p)), safe=_SAFE) for p in pieces)
    query = parts.query
    if query and _TRACKING.search(query):
        kept = (p for p in query.split("&") if not _TRACKING.fullmatch(p.partition("=")[0]))
        query = "&".join(kept)
    fragment = parts.fragment.partition(":~:")[0]
    return host + path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _whole(text: str) -> str:
    """Return a text without halves of characters, which JSON can write."""
    return text.encode("utf-8", "replace").decode()


def host_of(url: str) -> str:
    """Return the host of an address, without ``www.``.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def fault_of(url: str) -> Fault | None:
    """Return what is wrong with the address of a resource; None for a good one."""
    if is_dangerous(url):
        return Fault(True, "is not allowed", "link to a page instead")
    if _BLANKS.search(url):
        advice = "write a blank as %20 and remove line ends"
        return Fault(False, "holds blanks or control characters", advice)
    if not has_scheme(url):
        return Fault(False, "has no scheme", f"did you mean {with_scheme(url)}?")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return Fault(False, "can't be read", "correct its host and port")
    if parts.scheme not in {"http", "https", "ftp", ""}:
        return Fault(False, f"has the scheme {parts.scheme}", "use http or https")
    if not host:
        return Fault(False, "has no host", "write it as https://example.org/page")
    if parts.username is not None:
        return Fault(False, "names a user before its host", "remove what stands before the @")
    if any(map(_is_lookalike, _as_shown(host).split("."))):
        why = f"has a host that only looks like another ({_as_sent(host)})"
        return Fault(False, why, "type the host again")
    return None


def archived_address(archive: str) -> str:
    """Return the address that a copy in the Wayback Machine is of, or an empty string."""
    match = _WAYBACK.match(archive)
    return match[1] if match else ""


def _as_shown(host: str) -> str:
    """Return a host as browsers may show it: ``xn--`` labels decoded."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _as_sent(host: str) -> str:
    """Return a host in ASCII, as it is looked up."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ascii(host)


def _is_lookalike(label: str) -> bool:
    """Tell whether a part of a host mixes alphabets, or is made of letters that look Latin."""
    letters = [c for c in label if c.isalpha()]
    scripts = {unicodedata.name(c, "?").split()[0] for c in letters}
    if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN"}:
        return True
    return bool(letters) and not any(c.isascii() for c in letters) and set(letters) <= _LOOKALIKES
