"""The file ``_redirects``, from which Netlify and Cloudflare Pages answer old addresses.

They send readers on before a page is loaded, where a redirect page does so after. Pure functions.

Sources: https://docs.netlify.com/manage/routing/redirects/overview/ and
https://developers.cloudflare.com/pages/configuration/redirects/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from sphinx_fsp.config import REDIRECT_HOSTS

#: The file, at the root of the output.
NAME = "_redirects"
NETLIFY, CLOUDFLARE = REDIRECT_HOSTS

#: What Cloudflare reads: so many lines, each so long.
_CLOUDFLARE_LINES = 2000
_CLOUDFLARE_LENGTH = 1000

#: Letters that an address has as they are. A blank would end it, and ``*``
#: would stand for any text. Old addresses have neither ``*`` nor ``:``, targets may.
_PATH = "/-._~!$&'()+,;=@"
_URL = _PATH + ":?%#[]"
#: What a host leaves out at the end of a page's address.
_PAGE_END = re.compile(r"(?:/index\.html|\.html)(?=[?#]|$)")


class Move(NamedTuple):
    """An old address, and where it leads."""

    #: An absolute path of the site, decoded.
    source: str
    #: An absolute path of the site, as an address is written, or a URL.
    target: str


class HostFile(NamedTuple):
    """The file for a host."""

    text: str
    #: Old addresses that it hasn't: the host doesn't read as many, or none as long.
    left_out: tuple[str, ...]


def host_file(moves: Iterable[Move], host: str) -> HostFile:
    r"""Return the file ``_redirects``.

    :param host: one of `REDIRECT_HOSTS`

    >>> host_file([Move("/the moon.html", "/moon.html#phases")], NETLIFY).text
    '/the%20moon.html /moon.html#phases 301!\n'
    """
    lines: list[str] = []
    left_out: list[str] = []
    for move in moves:
        if _served_there(move):
            continue
        new = [
            f"{quote(source, safe=_PATH)} {_target(move.target)} {_status(host)}"
            for source in _sources(move.source, host)
        ]
        full = host == CLOUDFLARE and len(lines) + len(new) > _CLOUDFLARE_LINES
        long = host == CLOUDFLARE and max(map(len, new)) > _CLOUDFLARE_LENGTH
        if full or long:
            left_out.append(move.source)
        else:
            lines += new
    return HostFile("".join(f"{line}\n" for line in lines), tuple(left_out))


def _served_there(move: Move) -> bool:
    """Tell whether a host shows the target there by itself, as ``/moon.html`` at ``/moon``.

    Both hosts send ``/moon.html`` on to ``/moon``: a rule from there would lead in a circle.
    Source: https://developers.cloudflare.com/pages/configuration/serving-pages/
    """
    end = _PAGE_END.search(move.target)
    source = quote(move.source.rstrip("/"), safe=_PATH)
    return end is not None and source == move.target[: end.start()]


def _target(target: str) -> str:
    """Return a target in which no name is taken for a placeholder: ``/:name``."""
    return quote(target, safe=_URL).replace("/:", "/%3A")


def _status(host: str) -> str:
    """Return the status that means "moved for good".

    Netlify would rather serve the redirect page at the old address, if there weren't the ``!``.
    Cloudflare knows no ``!``, and takes the redirect first anyway.
    """
    return "301!" if host == NETLIFY else "301"


def _sources(source: str, host: str) -> list[str]:
    """Return an old address as a host compares it: Cloudflare tells ``/a`` from ``/a/``."""
    if host == NETLIFY or source.endswith((".html", ".htm")):
        return [source]
    bare = source.rstrip("/")
    return [bare, f"{bare}/"] if bare else ["/"]
