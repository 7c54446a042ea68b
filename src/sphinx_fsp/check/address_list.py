"""Reads a list of a site's addresses: a sitemap, a text, or the folder of a site.

Sitemaps come from strangers: they are refused beyond the sizes that the format allows, and with a
document type, in which entities would be declared. Nothing is fetched.

Source: https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

# Entities are refused, see `_Sitemap`.
from xml.parsers import expat

from sphinx_fsp.check.output_folder import output_addresses
from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.diagnostics import ADDRESS_LIST, Problem

#: What a sitemap may have, uncompressed, and so do we ask of a text.
_MOST_BYTES = 50 * 2**20
#: In all parts together.
_MOST_ADDRESSES = 1_000_000
#: Elements in one another: a sitemap's are five at most, with its extensions.
_DEEPEST = 20
#: A sitemap's addresses are shorter.
_LONGEST = 2048

_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Listed(NamedTuple):
    """An address as it is listed."""

    text: str
    #: The file that lists it.
    path: Path
    #: Counted from 1; 0 for a file that is itself the address.
    line: int


class AddressList(NamedTuple):
    """All that a list holds."""

    addresses: tuple[Listed, ...]
    #: Lines that are no addresses.
    problems: tuple[Problem, ...]
    #: What of it isn't meant, in words.
    left_out: str = ""


def read_addresses(path: Path) -> AddressList:
    """Read a list of addresses.

    :param path: a sitemap, a sitemap index whose parts are beside it, a text with an address in
        each line, or a folder in which each file is an address; lists may be gzipped
    :raises CannotCheck: when it is nothing of this, or holds no address
    """
    problems: list[Problem] = []
    left_out = ""
    if path.is_dir():
        pairs, left_out = output_addresses(path)
        found = [Listed(address, file, 0) for address, file in pairs]
    else:
        found, problems = _read_file(path)
    kept = []
    for listed in found:
        if why := _fault(listed.text):
            shown = listed.text if len(listed.text) <= 100 else f"{listed.text[:100]}..."
            problems.append(_problem(listed.path, listed.line, shown, why, "correct the line"))
        else:
            kept.append(listed)
    if not kept and not problems:
        what = "no file of a site" if path.is_dir() else "no address"
        raise CannotCheck(f"{path} holds {what}")
    return AddressList(tuple(kept), tuple(problems), left_out)


def _read_file(path: Path) -> tuple[list[Listed], list[Problem]]:
    data = _bytes(path)
    if not _is_xml(data):
        return _lines(data, path), []
    sitemap = _Sitemap(data, path)
    found = list(sitemap.pages)
    problems: list[Problem] = []
    seen: set[Path] = set()
    for part in sitemap.parts:
        file = _beside(path, part.text)
        if file is None:
            why = "is no file beside the index"
            advice = "save it there, under its own name"
            problems.append(_problem(path, part.line, part.text, why, advice))
            continue
        if file in seen:
            continue
        seen.add(file)
        inner = _Sitemap(_bytes(file), file)
        for deeper in inner.parts:
            why, advice = "is in an index inside an index", "name it in the first index"
            problems.append(_problem(file, deeper.line, deeper.text, why, advice))
        found += inner.pages
        if len(found) > _MOST_ADDRESSES:
            raise CannotCheck(f"{path} holds more than {_MOST_ADDRESSES} addresses")
    return found, problems


def _bytes(path: Path) -> bytes:
    """Return a file, unpacked."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
        if data.startswith(_GZIP):
            with gzip.open(path) as packed:
                data = packed.read(_MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CannotCheck(f"{path} is a broken gzip file: {error}") from error
    except OSError as error:
        raise CannotCheck(f"can't read {path}: {error.strerror}") from error
    if len(data) > _MOST_BYTES:
        raise CannotCheck(f"{path} is larger than {_MOST_BYTES // 2**20} MiB, as no sitemap may be")
    if data.startswith(_UTF16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise CannotCheck(f"{path} is neither a sitemap nor a text: {error}") from error
    return data.removeprefix(b"\xef\xbb\xbf")


def _is_xml(data: bytes) -> bool:
    return data[:1000].lstrip().startswith(b"<")


def _lines(data: bytes, path: Path) -> list[Listed]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotCheck(f"{path} is neither a sitemap nor a text in UTF-8") from error
    if "\0" in text:
        raise CannotCheck(f"{path} is neither a sitemap nor a text in UTF-8")
    found = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        # A fragment has no blank before it.
        address = re.sub(r"(?:^|\s)#(?:\s.*|$)", "", line).strip()
        if address and not line.lstrip().startswith("#"):
            found.append(Listed(address, path, number))
    return found


class _Sitemap:
    """A sitemap's addresses, or the parts of a sitemap index."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.pages: list[Listed] = []
        self.parts: list[Listed] = []
        self._path = path
        #: Names of the open elements, without their namespaces.
        self._open: list[str] = []
        self._text: list[str] = []
        self._line = 0
        # What was UTF-16 has been read already.
        utf8 = "utf-8" if re.match(rb"<\?xml[^>]*utf-?16", data, re.IGNORECASE) else None
        self._parser = expat.ParserCreate(utf8, namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            line, why = error.lineno, expat.ErrorString(error.code)
            raise CannotCheck(f"{path}:{line}: the sitemap can't be read: {why}") from error
        except (ValueError, LookupError) as error:
            raise CannotCheck(f"{path}: the sitemap can't be read: {error}") from error

    def _doctype(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise CannotCheck(f"{self._path}:{line}: a sitemap has no <!DOCTYPE>; remove it")

    def _start(self, name: str, _: object) -> None:
        name = name.rpartition(" ")[2]
        if not self._open and name not in {"urlset", "sitemapindex"}:
            raise CannotCheck(f"{self._path} is no sitemap: it starts with <{name}>")
        if len(self._open) > _DEEPEST:
            raise CannotCheck(f"{self._path} is no sitemap: its elements are too deep")
        self._open.append(name)
        self._text.clear()
        self._line = self._parser.CurrentLineNumber

    def _characters(self, text: str) -> None:
        if self._open[-1] == "loc":
            self._text.append(text)

    def _end(self, _: str) -> None:
        within = tuple(self._open[-2:])
        listed = Listed("".join(self._text).strip(), self._path, self._line)
        # Images and films have addresses of their own, which are no pages.
        if within == ("url", "loc"):
            self.pages.append(listed)
        elif within == ("sitemap", "loc"):
            self.parts.append(listed)
        if max(len(self.pages), len(self.parts)) > _MOST_ADDRESSES:
            raise CannotCheck(f"{self._path} holds more than {_MOST_ADDRESSES} addresses")
        self._open.pop()


def _beside(index: Path, address: str) -> Path | None:
    """Return the file of a sitemap index's part: of its path below the index, or of its name."""
    try:
        path = unquote(urlsplit(address).path).strip("/")
    except ValueError:
        return None
    folder = index.parent
    for name in (path, path.rpartition("/")[2]):
        try:
            file = (folder / name).resolve()
            if name and file.is_file() and file.is_relative_to(folder.resolve()):
                return file if file != index.resolve() else None
        except (OSError, ValueError):
            continue
    return None


def _fault(address: str) -> str:
    """Say why a text can't be an address, or return an empty text when it can."""
    if not address:
        return "is empty"
    if len(address) > _LONGEST:
        return f"is longer than {_LONGEST} letters"
    if _CONTROL.search(address):
        return "holds control characters"
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return "is no address"
    return f"is no address of a page: {scheme}:" if scheme not in {"", "http", "https"} else ""


def _problem(path: Path, line: int, target: str, why: str, advice: str) -> Problem:
    return Problem(
        ADDRESS_LIST, str(path), line, {"target": target or "<loc>", "why": why, "advice": advice}
    )
