"""Pages that are parts of one file: ``fsp_split``. Pure functions.

Each heading down to the level that ``fsp_split`` names starts a page. What stands before the first
of them is the lead page, and so are lists of links to places in the same file, as authors write
them for readers on GitHub. The file isn't changed, nor copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from sphinx_fsp.diagnostics import DUPLICATE_SLUG, SPLIT, Problem
from sphinx_fsp.source.addresses import nearest
from sphinx_fsp.source.catalogue import RESERVED, Page, SourceFile
from sphinx_fsp.source.front_matter import Field, Header, read_header
from sphinx_fsp.source.github import Heading, Reading, html_title, read_github, spellings
from sphinx_fsp.source.parts import parts_of, title_of, with_footnotes
from sphinx_fsp.source.slugs import permalink, slug_fault, slugify

#: What links to the top of a file say, where no heading has that anchor.
_TOP = frozenset({"", "top", "readme"})
#: Digits of a ``sortorder`` that name a chapter and a place in it: see `source.outline`.
_CHAPTER, _PLACE = 5, 4


class Place(NamedTuple):
    """Where an anchor of a file is."""

    docname: str
    #: Empty for the top of the page.
    id: str


class Split:
    """A file, and the pages that it holds."""

    def __init__(
        self, pages: Iterable[Page], reading: Reading, places: Mapping[str, Place]
    ) -> None:
        self.pages = tuple(pages)
        #: By anchor.
        self.anchors = dict(places)
        #: Identifiers of headings by line, counted from 1.
        self.ids = {heading.start + 1: heading.id for heading in reading.headings}
        self._references = reading.references

    @property
    def lead(self) -> Page:
        """The page of what stands before all others."""
        return self.pages[0]

    def place(self, fragment: str) -> Place | None:
        """Return where a link to ``#fragment`` in this file leads, or None."""
        for name in spellings(fragment):
            if found := self.anchors.get(name):
                return found
        # A heading that starts with an emoji has an anchor that starts with a hyphen.
        found = self._bare.get(fragment.lower().strip("-"))
        return found or (Place(self.lead.docname, "") if fragment.lower() in _TOP else None)

    def references(self, page: Page) -> dict[str, Mapping[str, Any]]:
        """Return the definitions of links that stand in other pages, and hold in all of them."""
        return {
            name: reference
            for name, reference in self._references.items()
            if not any(reference["map"][0] in lines for lines in page.lines or ())
        }

    @cached_property
    def _bare(self) -> dict[str, Place]:
        return {anchor.strip("-"): place for anchor, place in reversed(self.anchors.items())}


class Splits(NamedTuple):
    """All files of ``fsp_split``, by path, and what is wrong with them."""

    files: Mapping[str, Split]
    problems: tuple[Problem, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of all files, in order."""
        return tuple(page for split in self.files.values() for page in split.pages)


def split_files(
    files: Mapping[str, SourceFile],
    levels: Mapping[str, int],
    permalinks: Mapping[str, str],
    taken: Mapping[str, str],
    root_doc: str,
) -> Splits:
    """Split the files that *levels* names.

    :param files: all Markdown files of the project, by path
    :param levels: by path, the deepest level of headings that start a page; 0 for none
    :param taken: docnames that other pages and documents have, with their paths
    :param root_doc: docname of the first lead page, if nothing else has it
    """
    names = _Names(permalinks, taken)
    found: dict[str, Split] = {}
    problems: list[Problem] = []
    chapter = 1
    for path, level in levels.items():
        file = files.get(path)
        if file is None:
            problems.append(_missing(path, files))
            continue
        split, faults = _split_file(file, level, names, "" if found else root_doc, chapter)
        chapter += sum(page.opens_chapter for page in split.pages)
        problems += faults
        found[path] = split
    return Splits(found, tuple(problems))


def part_of(text: str, page: Page) -> str:
    """Return *text* with all lines but those of a page empty, so that each keeps its number."""
    if page.lines is None:
        return text
    lines = text.split("\n")
    kept = [""] * len(lines)
    for part in page.lines:
        kept[part.start : part.stop] = lines[part.start : part.stop]
    return "\n".join(kept)


class _Names:
    """Gives each page a docname that no other has."""

    def __init__(self, permalinks: Mapping[str, str], taken: Mapping[str, str]) -> None:
        self._permalinks = permalinks
        self._others = {docname.lower(): path for docname, path in taken.items()}
        # Names that differ in case are one file on many systems.
        self._taken = {*self._others, *RESERVED}

    def take(self, docname: str) -> bool:
        """Give a docname, if it is free."""
        is_free = docname.lower() not in self._taken
        self._taken.add(docname.lower())
        return is_free

    def give(self, slug: str, path: str) -> tuple[str, str]:
        """Return a slug that is free, and its docname: ``tools``, or else ``tools-1``."""
        first, count = slug, 0
        while not self.take(docname := permalink(slug, "page", self._permalinks, path)):
            count += 1
            slug = f"{first}-{count}"
        return slug, docname

    def other(self, slug: str, path: str) -> str:
        """Return the path of what has the docname of a slug and is in no split file, or ''."""
        return self._others.get(permalink(slug, "page", self._permalinks, path).lower(), "")


def _split_file(
    file: SourceFile, level: int, names: _Names, root_doc: str, chapter: int
) -> tuple[Split, list[Problem]]:
    reading = read_github(file.text)
    header = read_header(file.text) or Header({}, reading.head, yaml=False, stray_lines=())
    title, headings = title_of(reading, level, header.lines)
    starts = [heading for heading in headings if heading.level <= level]
    problems: list[Problem] = []
    if level and not starts:
        problems.append(_no_sections(file.path, level, headings))
    own, parts = parts_of(reading, starts, file.text.split("\n"), header.lines)
    stem = file.path.rsplit("/", 1)[-1].rpartition(".")[0]
    name = header.get("title") or (title.title if title else html_title(reading.leaves))
    if not name:
        name = stem
        details = {"target": file.path, "why": f"has no title; used {stem!r}"}
        problems.append(
            Problem(SPLIT, file.path, 1, {**details, "advice": "start it with # Title"})
        )

    def address(title: str, line: int) -> tuple[str, str]:
        wanted = _slug(title, stem)
        slug, docname = names.give(wanted, file.path)
        if other := names.other(wanted, file.path):
            details = {"slug": wanted, "other": other, "docname": docname}
            problems.append(Problem(DUPLICATE_SLUG, file.path, line, details))
        return slug, docname

    line = title.start + 1 if title else 1
    lead = _page(file.path, name, line, own, header)
    if root_doc and names.take(root_doc):
        lead = lead._replace(docname=root_doc, slug=root_doc)
    else:
        slug, docname = address(name, line)
        order, chapter = _order(chapter, 0), chapter + 1
        lead = lead._replace(docname=docname, slug=slug, sortorder=order, opens_chapter=True)
    pages = [lead]
    place = head = 0
    for heading, part in parts:
        slug, docname = address(heading.title, heading.start + 1)
        # All parts of a file that isn't the front page are one chapter.
        opens = not lead.opens_chapter and (heading.level <= head or pages == [lead])
        if opens:
            chapter, place, head = chapter + 1, 0, heading.level
        else:
            place += 1
        page = _page(file.path, heading.title, heading.start + 1, (part,))
        order = _order(chapter - 1, place)
        page = page._replace(docname=docname, slug=slug, sortorder=order, opens_chapter=opens)
        pages.append(page)
    places = _places(pages, reading)
    lines = with_footnotes(reading, file.text.split("\n"), [page.lines or () for page in pages])
    pages = [page._replace(lines=own) for page, own in zip(pages, lines, strict=True)]
    return Split(pages, reading, places), problems


def _order(chapter: int, place: int) -> str:
    return f"{chapter:0{_CHAPTER}}{place:0{_PLACE}}"


def _page(
    path: str, title: str, line: int, lines: tuple[range, ...], header: Header | None = None
) -> Page:
    """Return a page that has no address yet.

    :param line: of its title, counted from 1
    """
    fields = {"title": Field(title, line), **(header.fields if header else {})}
    return Page(
        path=path,
        docname="",
        slug="",
        title=title,
        nav_title=title,
        category="page",
        header=Header(fields, header.lines if header else 0, yaml=False, stray_lines=()),
        lines=lines,
    )


def _slug(title: str, stem: str) -> str:
    """Return the slug of a title; where it has no letters, that of the file.

    >>> _slug("C++", "README"), _slug("C#", "README")
    ('cpp', 'c-sharp')
    """
    title = re.sub(r"(?<=\w)#", "-sharp", title.replace("++", "pp"))
    slug = slugify(title)[:100].strip("-_") or slugify(stem) or "page"
    return "page" if slug_fault(slug) else slug


def _places(pages: list[Page], reading: Reading) -> dict[str, Place]:
    """Return where each anchor of a file is."""
    owner: dict[int, Page] = {}
    for page in pages:
        for part in page.lines or ():
            owner |= dict.fromkeys(part, page)
    places: dict[str, Place] = {}
    of_line: dict[int, Place] = {}
    for heading in reading.headings:
        page = owner.get(heading.start, pages[0])
        own = page.header.line("title") == heading.start + 1
        place = Place(page.docname, "" if own else heading.id)
        of_line |= dict.fromkeys(range(heading.start, heading.end), place)
        if heading.anchor:
            places.setdefault(heading.anchor, place)
    for name, line in reading.named:
        inside = Place(owner.get(line, pages[0]).docname, name)
        # An identifier of a heading, or in it, means the heading.
        places.setdefault(name, of_line.get(line, inside))
    return places


def _missing(path: str, files: Iterable[str]) -> Problem:
    near = nearest(path, sorted(files)) or next(
        (name for name in sorted(files) if name.lower() == path.lower()), ""
    )
    advice = f"did you mean {near}?" if near else "name a Markdown file of the source folder"
    details = {"target": path, "why": "is no Markdown file of the project", "advice": advice}
    return Problem(SPLIT, "conf.py", 1, details)


def _no_sections(path: str, level: int, headings: list[Heading]) -> Problem:
    below = [heading.level for heading in headings]
    advice = f"write {min(below)}" if below else "write 0 to have it as one page"
    why = f"has no heading down to level {level} that could start a page"
    return Problem(SPLIT, path, 1, {"target": path, "why": why, "advice": advice})


def split_levels(value: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield the paths of ``fsp_split`` as files are named, with their levels."""
    for path, level in value.items():
        yield path.replace("\\", "/").removeprefix("./"), level
