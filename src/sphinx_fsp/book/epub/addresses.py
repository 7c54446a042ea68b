"""Addresses and identifiers as an EPUB takes them. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from sphinx_fsp.source.addresses import is_dangerous, lacks_scheme, with_scheme

#: Schemes that a reader of books knows what to do with.
SCHEMES = frozenset({"http", "https", "ftp", "mailto", "tel", "sms", "xmpp", "irc", "urn"})
_WITH_HOST = frozenset({"http", "https", "ftp"})
#: What stays as it is in an address. Source: RFC 3986, reserved and unreserved, and percent.
_SAFE = "!$&'()*+,;=:@/?-._~%"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?!-)[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]")
#: The names that XML allows for identifiers, without colons. Source: Namespaces in XML, NCName.
_START = r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_NCNAME = re.compile(f"[{_START}][{_START}0-9.\u00b7\u0300-\u036f-]*")
_NOT_NAME = re.compile(f"[^{_START}0-9.\u00b7\u0300-\u036f-]")


def identifier(text: str) -> str:
    """Return an identifier as XML takes it, the same one wherever it is used.

    Colons become hyphens, as Sphinx does it.

    >>> identifier("a:b"), identifier("2024"), identifier("a b")
    ('a-b', 'id-2024', 'a_20b')
    """
    text = text.replace(":", "-")
    if _NCNAME.fullmatch(text):
        return text
    text = _NOT_NAME.sub(lambda match: f"_{ord(match[0]):x}", text)
    return text if _NCNAME.fullmatch(text) else f"id-{text}"


def is_external(address: str) -> bool:
    """Tell whether an address leads out of the book."""
    return address.startswith("//") or bool(_SCHEME.match(address))


def external(address: str) -> str:
    """Return an address of another place as an EPUB takes it; an empty text if there is no way.

    >>> external("https://e.example/a b[1]?q=ü"), external("javascript:alert(1)")
    ('https://e.example/a%20b%5B1%5D?q=%C3%BC', '')
    """
    address = re.sub(r"[\x00-\x1f\x7f]", "", address.strip())
    if is_dangerous(address):
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    elif lacks_scheme(address):
        # What stands before its colon is a host, and no scheme that anyone knows.
        address = with_scheme(address)
    match = _SCHEME.match(address)
    if match is None or match[1].lower() not in SCHEMES:
        return ""
    scheme, rest = match[1].lower(), address[match.end() :]
    if scheme not in _WITH_HOST:
        return f"{scheme}:{_quoted(rest)}" if rest else ""
    try:
        parts = urlsplit(f"{scheme}:{rest.replace(chr(92), '/')}")
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port is not None else ""
    except (ValueError, UnicodeError):
        return ""
    if not host:
        return ""
    user = f"{_quoted(parts.netloc.rpartition('@')[0])}@" if "@" in parts.netloc else ""
    path = _quoted(parts.path) or ("/" if parts.query or parts.fragment else "")
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    fragment = f"#{_quoted(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{user}{host}{port}{path}{query}{fragment}"


def _host(name: str) -> str:
    """Return a host as it is asked for, or an empty text for what is none.

    :raises UnicodeError: for what is none
    """
    host = f"[{name}]" if ":" in name else name
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _quoted(text: str) -> str:
    """Return a part of an address with what isn't allowed in it written as percents."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(text.encode("utf-8", "replace"), safe=_SAFE)


def local(address: str) -> str:
    """Return an address within the book as its files are named: path, and fragment if any."""
    path, mark, fragment = address.strip().partition("#")
    path = quote(unquote(path.partition("?")[0]), safe="/!$&'()*+,;=:@-._~")
    return f"{path}#{identifier(unquote(fragment))}" if mark and fragment else path
