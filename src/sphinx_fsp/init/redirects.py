"""Old addresses that lead to new ones, found in a folder. Pure functions over its texts."""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Iterable, Iterator, Mapping

from sphinx_fsp.init.look import Folder
from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.redirects import Rule, read_csv, read_stub
from sphinx_fsp.source.slugs import slug_fault

#: Bytes of a stub page.
_LONGEST = 64_000
NAMES = ("redirects.csv",)
#: Folders that people keep their stub pages in.
_FOLDERS = ("redirects", "redirect")


def find_file(folder: Folder, content: str) -> str:
    """Return the CSV file of redirects that is there already, or an empty text."""
    places = ("", content)
    for path in dict.fromkeys(posixpath.join(p, n) for p in places for n in NAMES):
        if folder.has(path):
            return path
    return ""


def stubs(folder: Folder, content: str, published: Mapping[str, str]) -> list[Rule]:
    """Return the redirects of stub pages: HTML with ``<meta http-equiv="refresh">``.

    :param published: folders of the project that the old site published, and at which path
    """
    found = []
    places = dict(published) | {posixpath.join(at, n): "" for at in ("", content) for n in _FOLDERS}
    for path in folder.files:
        place = next((p for p in places if path == p or path.startswith(f"{p}/")), None)
        if place is None or not path.endswith((".html", ".htm")):
            continue
        rest = path[len(place) :].strip("/") if path != place else ""
        address = "/" + posixpath.join(places[place], rest).strip("/")
        text = folder.text(path)
        rule = read_stub(text, path, address) if len(text) < _LONGEST else None
        if rule:
            found.append(rule)
    return found


def are_stubs(folder: Folder, path: str) -> bool:
    """Tell whether a folder holds stub pages and nothing else."""
    names = folder.below(path)
    return bool(names) and all(
        name.endswith((".html", ".htm"))
        and read_stub(folder.text(f"{path}/{name}")[:_LONGEST], name, "") is not None
        for name in names
    )


def of_headers(files: Iterable[tuple[str, str]], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return the old addresses that headers name, each with the path of its file.

    :param files: paths and texts
    :param keys: of the header, in lower case
    """
    keys = tuple(keys)
    for path, text in files:
        if header := read_header(text):
            for key in keys:
                for old in header.get(key).split(","):
                    if old.strip():
                        yield old.strip(), path


def sound(rules: Iterable[tuple[str, str]], taken: Iterable[str]) -> list[tuple[str, str]]:
    """Return the rules that can be redirects, each old address once.

    :param taken: addresses that the site has, without ``.html``
    """
    has = set(taken)
    found: dict[str, str] = {}
    for old, new in rules:
        path = old.strip("/")
        address = path.removesuffix(".html")
        if address in has or f"{address}/index" in has or slug_fault(path) or is_dangerous(new):
            continue
        found.setdefault(f"/{path}" if old.rstrip("/") == old else f"/{path}/", new)
    return sorted(found.items())


def missing(rules: Iterable[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """Return the rules that a CSV file doesn't have."""
    there = {rule.source.strip("/") for rule in read_csv(text, "")[0]}
    return [rule for rule in rules if rule[0].strip("/") not in there]


def as_csv(rules: Iterable[tuple[str, str]]) -> str:
    """Return rules as the text of a CSV file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("from", "to"))
    writer.writerows(rules)
    return stream.getvalue()
