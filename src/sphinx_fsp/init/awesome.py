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

from sphinx_fsp.init.addresses import SUFFIXES
from sphinx_fsp.init.found import AWESOME, PLAIN, Fact, Found, plain
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.others import kind_of
from sphinx_fsp.source.catalogue import SourceFile
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.github import Leaf, Reading, read_github
from sphinx_fsp.source.parts import links_of
from sphinx_fsp.source.split import Split, split_files

#: Sections with links that a list has at least.
_SECTIONS = 3
#: Share of a README's items, paragraphs and code that links to other sites begin.
_MOSTLY = 0.5
#: Share of the links in one section from which on its own sections are pages.
_ONE_HOLDS = 0.6
_DEEPEST = 4
_PERMALINKS = {"page": "{slug}", "*": "blog/{slug}"}
_ELSEWHERE = re.compile(
    r"^[^\w\[<]*\[[^\]]*\]\(\s*<?https?://|^\W*\[[^\]]+\]\[[^\]]*\]|\]\(<?https?://"
)
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
    facts += [Fact(path, "linked from it", "", "a page") for path in levels if path != found.path]
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
    leaves = [leaf for leaf in reading.leaves if leaf.line not in titles]
    items = [leaf for leaf in leaves if _is_item(leaf)]
    links = [leaf for leaf in items if _ELSEWHERE.search(leaf.content)]
    # A table of contents says nothing of what a file is.
    inside = [leaf for leaf in items if any(n.startswith("#") for n in links_of(leaf.content))]
    rest = len(leaves) - sum(leaf.kind == "html_block" for leaf in leaves) - len(inside)
    level = _level(path, text, reading, links)
    if not level or len(links) < _MOSTLY * rest:
        return None
    return _List(path, text, level, len(links))


def _is_item(leaf: Leaf) -> bool:
    return leaf.kind == "inline" and leaf.in_list


def _level(path: str, text: str, reading: Reading, links: list[Leaf]) -> int:
    """Return the level of the headings that start pages; 0 where there are too few."""
    first = 0
    for level in range(1, _DEEPEST + 1):
        if not any(heading.level == level for heading in reading.headings):
            continue
        files = {path: SourceFile(path, text)}
        split = split_files(files, {path: level}, _PERMALINKS, {}, "index").files[path]
        held = [count for count in _counts(split, links) if count]
        if len(held) >= _SECTIONS:
            if max(held) < _ONE_HOLDS * len(links):
                return level
            first = first or level
    return first


def _counts(split: Split, links: list[Leaf]) -> Iterator[int]:
    """Yield how many links the pages of a file have, without the first."""
    for page in split.pages[1:]:
        yield sum(any(leaf.line in lines for lines in page.lines or ()) for leaf in links)


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
