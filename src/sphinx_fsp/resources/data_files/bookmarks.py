"""Bookmarks of a browser: the Netscape format that all of them export. Pure functions.

Folders, from the outermost, and ``TAGS`` are the tags of a bookmark, but not the folders that the
browser itself makes. ``ADD_DATE`` is *added*, and the text of ``<DD>`` the description. What else
is there (``LAST_MODIFIED``, icons, keywords) says nothing about the resource.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import Pair, Source, fault, make_item
from sphinx_fsp.resources.record import RawItem
from sphinx_fsp.transforms.html.dom import Tag, parse, text_of

_DOCTYPE = re.compile(r"\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
#: HTML makes such tags anew in every paragraph, in the square of their number. Browsers write none.
_FORMATTING = re.compile(
    r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>]", re.IGNORECASE
)
_MAX_FORMATTING = 300
#: Folders of the browser itself: its toolbar, and what was filed nowhere.
_BROWSER_FOLDERS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")


class _Reading:
    """What was read so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[tuple[list[Pair], int]] = []
        self.problems: list[Problem] = []
        self.folders: list[str] = []
        #: Name of a folder whose list comes next.
        self.folder = ""
        #: True while a <dd> would describe the last bookmark.
        self.describes = False


def read_bookmarks(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read the bookmarks of a browser."""
    if not _DOCTYPE.match(source.text):
        why = "no bookmarks: the file doesn't start with <!DOCTYPE NETSCAPE-Bookmark-file-1>"
        return [], [fault(source, 1, why, "export the bookmarks of a browser as HTML")]
    formatting = [match.start() for match in _FORMATTING.finditer(source.text)]
    if len(formatting) > _MAX_FORMATTING:
        line, column = source.place(formatting[_MAX_FORMATTING])
        why = "bookmarks with more formatting than a browser writes"
        return [], [fault(source, line, why, "export them again", column)]
    reading = _Reading(source)
    _walk(parse(source.text), reading)
    items = []
    problems = reading.problems
    for pairs, line in reading.found:
        item, faults = make_item(pairs, line, source)
        items.append(item)
        problems += faults
    return items, problems


def _walk(parent: Tag, reading: _Reading) -> None:
    """Read what is below an element; `parse` limits how deep that is."""
    if parent.cut:
        line = reading.source.line(parent.offset)
        why = "folders are nested too deep; the bookmarks from here on are left out"
        reading.problems.append(fault(reading.source, line, why, "move them up"))
    for tag in parent.tags:
        if tag.name == "h3":
            own = any(tag.get(name).lower() == "true" for name in _BROWSER_FOLDERS)
            reading.folder = "" if own else " ".join(text_of(tag).split())
            reading.describes = False
        elif tag.name == "dl":
            reading.folders.append(reading.folder)
            reading.folder, reading.describes = "", False
            _walk(tag, reading)
            reading.folders.pop()
            reading.describes = False
        elif tag.name == "a":
            reading.found.append(_bookmark(tag, reading))
            reading.describes = True
        elif tag.name == "dd":
            # Only its own text: the list of a folder may stand inside it.
            words = "".join(
                child if isinstance(child, str) else "" if child.name == "dl" else text_of(child)
                for child in tag.children
                if isinstance(child, (str, Tag)) and not (isinstance(child, Tag) and _lists(child))
            )
            if reading.describes and words.strip():
                pairs, line = reading.found[-1]
                pairs.append(Pair("description", " ".join(words.split()), line))
            reading.describes = False
            _walk(tag, reading)
        else:
            _walk(tag, reading)


def _lists(tag: Tag) -> bool:
    """Tell whether an element holds a list of bookmarks or a bookmark."""
    return tag.name in {"a", "dl", "dt", "h3"} or any(_lists(child) for child in tag.tags)


def _bookmark(tag: Tag, reading: _Reading) -> tuple[list[Pair], int]:
    source = reading.source
    line = source.line(tag.offset)
    pairs = [
        Pair("url", tag.get("href"), line),
        Pair("title", " ".join(text_of(tag).split()), line),
    ]
    tags = [*filter(None, reading.folders), *tag.get("tags").split(",")]
    if text := ", ".join(dict.fromkeys(name.strip() for name in tags if name.strip())):
        pairs.append(Pair("tags", text, line))
    added = tag.get("add_date").strip()
    # Chromium writes 0 where it doesn't know.
    if added.strip("0"):
        try:
            day = datetime.fromtimestamp(int(added), UTC).date().isoformat()
            pairs.append(Pair("added", day, line))
        except (ValueError, OverflowError, OSError):
            why = f"ADD_DATE {added[:40]!r} is no time"
            advice = "write it as seconds since 1970, or remove it"
            reading.problems.append(fault(source, line, why, advice))
    return pairs, line
