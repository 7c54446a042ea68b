"""An awesome list: one README.md on GitHub, mostly lists of links to other sites.

It becomes a site with a page for each of its sections (``fsp_split``). The file, and those that it
links to, stay as they are. Nothing is run.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from sphinx_fsp.init.found import AWESOME, PLAIN, Fact, Found, plain
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.others import kind_of
from sphinx_fsp.init.sources import SUFFIXES
from sphinx_fsp.source.catalogue import Page, SourceFile
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.github import Leaf, Reading, read_github
from sphinx_fsp.source.parts import links_of
from sphinx_fsp.source.split import split_files

#: Sections with links that a list has at least.
_SECTIONS = 3
#: Share of a README's items, paragraphs and code that links to other sites begin.
_MOSTLY = 0.5
#: Share of the links in one section from which on its own sections are pages.
_ONE_HOLDS = 0.6
_DEEPEST = 4
_PERMALINKS = {"page": "{slug}", "*": "blog/{slug}"}
_TAG = re.compile(r"<[^>]*>")
_GITHUB = re.compile(
    r"^\s*url\s*=\s*(?:https://|git@|ssh://git@)github\.com[:/]"
    r"([\w.-]+/[\w.-]+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)


class _List(NamedTuple):
    """A README that is an awesome list."""

    path: str
    text: str
    #: Of the headings that start pages.
    level: int
    #: How many links to other sites its lists have.
    links: int


def find(folder: Folder) -> Found | None:
    """Return what is known of an awesome list; None for any other folder."""
    if kind_of(folder) != PLAIN or folder.has("pelicanconf.py"):
        return None
    found = _read(folder)
    if found is None or any(read_header(t) for n, t in _others(folder, found.path)):
        return None
    levels = {found.path: found.level} | dict.fromkeys(_linked(folder, found), 0)
    files = {path: SourceFile(path, folder.text(path)) for path in levels}
    splits = split_files(files, levels, _PERMALINKS, {}, "index")
    count = len(splits.files[found.path].pages) - 1
    facts = [Fact(found.path, f"{count} sections", "", "a page each, by fsp_split")]
    if linked := [path for path in levels if path != found.path]:
        facts.append(Fact("linked from it", ", ".join(linked), "", "a page each"))
    if left := sorted({n for n, _ in _others(folder, found.path)} - levels.keys()):
        facts.append(Fact("other Markdown", ", ".join(left[:4]), "", "no page: include_patterns"))
    repository, branch = _repository(folder)
    if repository:
        facts.append(Fact("repository", repository, ".git/config", "html_theme_options"))
    name = splits.files[found.path].lead.title
    return Found(
        kind=AWESOME,
        content="",
        name=plain(folder.root.name) if name == posixpath.splitext(found.path)[0] else plain(name),
        pages=splits.pages,
        sources=tuple(levels),
        facts=tuple(facts),
        split=levels,
        repository=repository,
        branch=branch,
        summary=f"An awesome list: {count} sections, {found.links} links.",
    )


def _read(folder: Folder) -> _List | None:
    path = next((n for n in folder.files if n.lower() in {"readme.md", "readme.markdown"}), "")
    text = folder.text(path) if path else ""
    reading = read_github(text)
    titles = {heading.start for heading in reading.headings}
    leaves = [leaf for leaf in reading.leaves if leaf.line not in titles and _says(leaf)]
    links = [leaf for leaf in leaves if leaf.in_list and _leads_elsewhere(leaf)]
    split = _split(path, text, reading, links)
    if split is None:
        return None
    level, pages = split
    # What stands before the sections can be long, and says nothing of what they are.
    rest = [leaf for leaf in leaves if not any(leaf.line in n for n in pages[0].lines or ())]
    if len(links) < _MOSTLY * len(rest):
        return None
    return _List(path, text, level, len(links))


def _says(leaf: Leaf) -> bool:
    """Tell whether a block is text or code, and no way to a place in the same file."""
    is_way = any(link.startswith("#") for link in links_of(leaf.content))
    return leaf.kind != "html_block" and not is_way and bool(_TAG.sub("", leaf.content).strip())


def _leads_elsewhere(leaf: Leaf) -> bool:
    return any(link.startswith(("http", "elsewhere")) for link in links_of(leaf.content))


def _split(
    path: str, text: str, reading: Reading, links: list[Leaf]
) -> tuple[int, tuple[Page, ...]] | None:
    """Return the level of the headings that start pages, and the pages; None if it has too few."""
    first = None
    for level in sorted(
        {heading.level for heading in reading.headings if heading.level <= _DEEPEST}
    ):
        files = {path: SourceFile(path, text)}
        pages = split_files(files, {path: level}, _PERMALINKS, {}, "index").pages
        counts = [sum(any(k.line in n for n in p.lines or ()) for k in links) for p in pages[1:]]
        if sum(map(bool, counts)) >= _SECTIONS:
            if max(counts) < _ONE_HOLDS * len(links):
                return level, pages
            first = first or (level, pages)
    return first


def _others(folder: Folder, readme: str) -> Iterator[tuple[str, str]]:
    """Yield the other Markdown files of a folder, with their texts."""
    for name in folder.files:
        if name.endswith(SUFFIXES) and name != readme:
            yield name, folder.text(name)


def _linked(folder: Folder, found: _List) -> list[str]:
    """Return the Markdown files that a list links to, and those that they link to in turn.

    Not its translations: each would be one more list, as one long page.
    """
    paths: list[str] = []
    waiting: list[tuple[str, str]] = [(found.path, found.text)]
    while waiting:
        path, text = waiting.pop(0)
        for leaf in read_github(text).leaves:
            for link in links_of(leaf.content) if leaf.kind in {"inline", "html_block"} else ():
                name = unquote(link.partition("#")[0])
                place = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), name))
                name = place.lstrip("/")
                is_known = name in paths or name.lower().startswith("readme")
                if name.endswith(SUFFIXES) and folder.has(name) and not is_known:
                    paths.append(name)
                    waiting.append((name, folder.text(name)))
    return paths


def _repository(folder: Folder) -> tuple[str, str]:
    """Return where a folder's repository is on GitHub, and its branch, as git has written them.

    What an address has before its host, which can be a password, is never taken over.
    """
    match = _GITHUB.search(folder.text(".git/config"))
    head = re.match(r"ref: refs/heads/([\w./-]+)\s*$", folder.text(".git/HEAD"))
    if not match:
        return "", ""
    return f"https://github.com/{match[1]}", head[1] if head else ""


def theme_options(found: Found) -> Mapping[str, str]:
    """Return what the theme has to know for links to the repository."""
    if not found.repository:
        return {}
    # Its default.
    branch = {} if found.branch in {"", "main"} else {"branch": found.branch}
    return {"repository": found.repository, **branch}
