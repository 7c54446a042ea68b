"""What Pelican takes from settings and paths where a header says nothing. Pure functions.

Sources: ``default_metadata``, ``path_metadata`` and ``parse_path_metadata`` of Pelican.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sphinx_fsp.init.addresses import ARTICLE, PAGE, kind_of, page_folders
from sphinx_fsp.init.found import Fact, Gap, shown
from sphinx_fsp.init.patterns import is_quick
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.source.catalogue import SourceFile
from sphinx_fsp.source.dates import is_zone, iso_date
from sphinx_fsp.source.front_matter import KNOWN_KEYS, Header, read_header
from sphinx_fsp.source.metadata import ALL, PathMetadata

#: Pelican's own ``FILENAME_METADATA``.
_DATED = r"(?P<date>\d{4}-\d{2}-\d{2}).*"
_FOLDER = r"(?:.*/)?(?P<category>[^/]+)/[^/]*"
_BASENAME = r"(?:.*/)?(?P<slug>[^/]+)"
#: The ending of a file's name in a pattern: ``\.md``, ``.rst``, ``\..*``.
_ENDING = re.compile(r"\\?\.(?:\w+|\.?\*|\([^()]*\))\$?$")
#: What isn't said of pages in common, or is said elsewhere.
_OF_FILES = frozenset({"url", "slug", "category"})
#: With this, each YAML header with a title is read: Pelican takes it, too.
_ANY = {"newsletter": ""}


class Said(NamedTuple):
    """What paths and settings say of pages."""

    metadata: PathMetadata
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


class _Page(NamedTuple):
    path: str
    kind: str
    #: As it is in the file.
    header: Header
    text: str


def said_by_paths(files: Iterable[SourceFile], settings: Settings) -> Said:
    """Return what headers leave out and Pelican knows, where some header does leave it out."""
    pages = [
        _Page(file.path, kind, header, file.text)
        for file in files
        if (kind := kind_of(file.path, settings)) and (header := read_header(file.text, _ANY))
    ]
    facts: list[Fact] = []
    gaps: list[Gap] = []
    by_path = _of_settings(pages, settings, facts)
    _add_zone(by_path, settings, facts, gaps)
    patterns = _in_names(pages, settings, facts, gaps)
    known = PathMetadata(by_path, tuple(patterns))
    wanted = {page.path: _category(page, known, settings) for page in pages}
    if any(page.kind == ARTICLE and not _has(page, "category", known) for page in pages):
        _add_categories(pages, wanted, settings, by_path, patterns, facts)
    metadata = PathMetadata(by_path, tuple(patterns))
    for page in pages:
        # What no rule covers is named by its file.
        header = read_header(page.text, metadata.of(page.path))
        if header is None or (header.get("category") or PAGE) != wanted[page.path]:
            by_path.setdefault(page.path, {})["category"] = wanted[page.path]
    return Said(metadata, tuple(facts), tuple(gaps))


def _has(page: _Page, key: str, known: PathMetadata) -> bool:
    return bool(page.header.get(key) or known.of(page.path).get(key))


def _category(page: _Page, known: PathMetadata, settings: Settings) -> str:
    said = page.header.get("category") or known.of(page.path).get("category", "")
    if said or page.kind == PAGE:
        return said or PAGE
    folder = posixpath.basename(posixpath.dirname(page.path))
    return folder if folder and _by_folder(settings) else _default(settings)


def _by_folder(settings: Settings) -> bool:
    return bool(settings.get("USE_FOLDER_AS_CATEGORY", True, (bool, int)))


def _default(settings: Settings) -> str:
    return settings.get("DEFAULT_CATEGORY", "misc") or "misc"


def _of_settings(
    pages: list[_Page], settings: Settings, facts: list[Fact]
) -> dict[str, dict[str, str]]:
    """Return ``DEFAULT_METADATA``, and what ``EXTRA_PATH_METADATA`` says of pages."""
    found: dict[str, dict[str, str]] = {}
    said = settings.get("DEFAULT_METADATA", {}, (dict, list, tuple))
    try:
        everywhere = _texts(dict(said))
    except (TypeError, ValueError):
        everywhere = {}
    if everywhere:
        found[ALL] = everywhere
        place = settings.place("DEFAULT_METADATA")
        facts.append(Fact("DEFAULT_METADATA", shown(everywhere), place, "fsp_metadata"))
    undated = any(page.kind == ARTICLE and not page.header.get("date") for page in pages)
    if undated and (date := _date(settings.get("DEFAULT_DATE", "", (str, list, tuple)))):
        found.setdefault(ALL, {}).setdefault("date", date)
        facts.append(Fact("DEFAULT_DATE", date, settings.place("DEFAULT_DATE"), "fsp_metadata"))
    paths = [page.path for page in pages]
    for path, values in settings.get("EXTRA_PATH_METADATA", {}, dict).items():
        texts = _texts(values) if isinstance(values, dict) else {}
        folder = posixpath.join(str(path), "")
        if texts and path in paths:
            found[str(path)] = texts
        elif texts and any(other.startswith(folder) for other in paths):
            found[folder] = texts
    return found


def _add_zone(
    by_path: dict[str, dict[str, str]], settings: Settings, facts: list[Fact], gaps: list[Gap]
) -> None:
    """Add the time zone of all pages, where it isn't the one that counts anyway."""
    zone, place = settings.get("TIMEZONE", ""), settings.place("TIMEZONE")
    if not zone:
        return
    if not is_zone(zone):
        hint = 'it is no name of a time zone; write {"*": {"timezone": ...}} into fsp_metadata'
        gaps.append(Gap(f"TIMEZONE {shown(zone)}", place, hint))
    elif zone == "UTC":
        facts.append(Fact("TIMEZONE", zone, place, "the default"))
    else:
        by_path.setdefault(ALL, {}).setdefault("timezone", zone)
        facts.append(Fact("TIMEZONE", zone, place, "fsp_metadata"))


def _date(value: str | list[Any] | tuple[Any, ...]) -> str:
    """Return what ``DEFAULT_DATE`` says as ISO 8601; ``"fs"`` is the date of each file."""
    if isinstance(value, str):
        return iso_date(value)
    try:
        return datetime(*value).isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {
        key.lower(): value
        for key, value in values.items()
        if isinstance(key, str) and isinstance(value, str) and value
        if key.lower() in KNOWN_KEYS - _OF_FILES
    }


def _in_names(
    pages: Iterable[_Page], settings: Settings, facts: list[Fact], gaps: list[Gap]
) -> list[str]:
    """Return the patterns that find something in a path that a header doesn't say."""
    pages = list(pages)
    found: list[str] = []
    slugs = _BASENAME if settings.get("SLUGIFY_SOURCE", "title") == "basename" else ""
    tried: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("FILENAME_METADATA", settings.get("FILENAME_METADATA", _DATED), _of_filename),
        ("PATH_METADATA", settings.get("PATH_METADATA", ""), lambda p: _ENDING.sub("", p)),
        ("SLUGIFY_SOURCE", slugs, str),
    )
    for name, said, ours in tried:
        if not said:
            continue
        place = settings.place(name)
        if not is_quick(said) or not re.compile(said).groupindex:
            hint = "it isn't understood; write one like it into fsp_path_metadata"
            gaps.append(Gap(f"{name} {shown(said)}", place, hint))
            continue
        pattern = ours(said)
        before, after = PathMetadata({}, tuple(found)), PathMetadata({}, (*found, pattern))
        if any(
            not page.header.get(key)
            for page in pages
            for key in after.of(page.path).keys() - before.of(page.path).keys()
        ):
            found.append(pattern)
            if place:
                shows = "basename" if name == "SLUGIFY_SOURCE" else said
                facts.append(Fact(name, shown(shows), place, "fsp_path_metadata"))
    return found


def _of_filename(pattern: str) -> str:
    """Return a pattern for the name of a file as one for its path."""
    if pattern == _DATED:
        return rf"(?:.*/)?{_DATED.removesuffix('.*')}[^/]*$"
    return rf"(?:.*/)?(?=[^/]*$){pattern}"


def _add_categories(
    pages: Iterable[_Page],
    wanted: Mapping[str, str],
    settings: Settings,
    by_path: dict[str, dict[str, str]],
    patterns: list[str],
    facts: list[Fact],
) -> None:
    """Add where the category of an article comes from: its folder, or the default."""
    folders = page_folders(settings)
    is_rest = "" in folders
    lacking = [page for page in pages if not page.header.get("category")]
    articles = [page for page in lacking if page.kind == ARTICLE]
    by_path.setdefault(ALL, {})["category"] = PAGE if is_rest else _default(settings)
    inner = sorted({posixpath.dirname(page.path) for page in articles} - {""})
    if is_rest:
        for folder in inner:
            name = posixpath.basename(folder) if _by_folder(settings) else _default(settings)
            by_path.setdefault(f"{folder}/", {})["category"] = name
    elif inner and _by_folder(settings):
        patterns.append(_FOLDER)
        place = settings.place("USE_FOLDER_AS_CATEGORY")
        facts.append(Fact("categories", "names of folders", place, "fsp_path_metadata"))
    if not is_rest:
        place = settings.place("DEFAULT_CATEGORY")
        facts.append(Fact("DEFAULT_CATEGORY", shown(_default(settings)), place, "fsp_metadata"))
        for folder in folders:
            if any(page.kind == PAGE and page.path.startswith(f"{folder}/") for page in pages):
                by_path.setdefault(f"{folder}/", {})["category"] = PAGE
