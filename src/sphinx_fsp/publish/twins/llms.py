"""``llms.txt``, the list of a guide's twins, and ``llms-full.txt``, all of them in one file.

Source of the format: https://llmstxt.org
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sphinx_fsp.publish.twins.text import escape, heading, link, one_line, paragraph
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.excerpts import shortened
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.names import plain
from sphinx_fsp.source.posts import EVERY, Selection
from sphinx_fsp.source.site_files import TWINS

#: The file that lists the twins, and the one that holds them.
LIST, FULL = TWINS


class Entry(NamedTuple):
    """A document in the list; texts are plain."""

    docname: str
    title: str
    description: str = ""


class Section(NamedTuple):
    """A heading of the list, and what stands below it."""

    title: str
    entries: tuple[Entry, ...]


def sections(guide: Guide, documents: Iterable[Entry], posts: str) -> Iterator[Section]:
    """Yield the sections of the list: chapters, posts, and the rest as ``Optional``.

    Pages with ``status: hidden`` are listed nowhere. ``Optional`` is a word of the format: readers
    that have little room leave that section out.

    :param documents: every document that has a twin
    :param posts: title of the section of posts
    """
    known = {entry.docname: entry for entry in documents}
    rest: list[Entry] = []
    for chapter in guide.outline.chapters:
        pages = (*((chapter.head,) if chapter.head else ()), *chapter.pages)
        entries = tuple(_entry(p) for p in pages if known.pop(p.docname, None))
        if chapter.head and chapter.listed and entries:
            yield Section(plain(chapter.head.nav_title), entries)
        else:
            rest += entries
    found = guide.posts(Selection(lang=EVERY))
    entries = tuple(
        Entry(post.docname, post.title, post.excerpt)
        for post in found
        if known.pop(post.docname, None)
    )
    if entries:
        yield Section(posts, entries)
    for docname, entry in known.items():
        page = guide.page(docname)
        if page is None or not page.hidden:
            rest.append(_entry(page) if page else entry)
    if rest:
        yield Section("Optional", tuple(rest))


def _entry(page: Page) -> Entry:
    return Entry(page.docname, plain(page.title), shortened(page.header.get("meta")))


def list_of_twins(
    title: str, summary: str, found: Iterable[Section], addresses: dict[str, str]
) -> str:
    """Return ``llms.txt``.

    :param title: of the site
    :param summary: what the site is about; may be empty
    :param addresses: of the twins, by docname
    """
    blocks = [[heading(1, escape(plain(title)))]]
    if summary:
        blocks.append([f"> {line}" for line in paragraph(escape(summary))])
    for section in found:
        blocks.append([heading(2, escape(section.title))])
        blocks.append([_line(entry, addresses[entry.docname]) for entry in section.entries])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _line(entry: Entry, address: str) -> str:
    text = f"- {link(one_line(escape(entry.title)) or entry.docname, address)}"
    return f"{text}: {one_line(escape(entry.description))}" if entry.description else text


def write_all(file: Path, twins: Iterable[tuple[str, Path]]) -> None:
    """Write one file of many, of which only one line is in memory at a time.

    :param twins: address and file of each, in order
    """
    partial = file.with_name(file.name + ".part")
    with partial.open("wb") as target:
        for number, (address, twin) in enumerate(twins):
            if twin.is_file():
                opening = "\n" if number else ""
                target.write(f"{opening}<!-- {address} -->\n\n".encode())
                with twin.open("rb") as source:
                    shutil.copyfileobj(source, target)
    if file.is_file() and filecmp.cmp(file, partial, shallow=False):
        partial.unlink()
    else:
        partial.replace(file)
