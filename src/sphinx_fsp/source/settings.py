"""What ``conf.py`` says about the guide, without Sphinx: made by `sphinx_fsp.source.project`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sphinx_fsp.source.languages import ENGLISH, Languages
from sphinx_fsp.source.metadata import PathMetadata


class Settings(NamedTuple):
    """What ``conf.py`` says about the guide."""

    permalinks: Mapping[str, str] = {"page": "{slug}", "*": "blog/{slug}"}
    languages: Languages = ENGLISH
    #: Levels of headings that start a page, by file.
    split: Mapping[str, int] = {}
    metadata: PathMetadata = PathMetadata()
    #: Base addresses of the site, ``html_baseurl`` first.
    bases: tuple[str, ...] = ()
    #: Folders, absolute.
    static_path: tuple[Path, ...] = ()
    #: Where they are published, without slashes around it; at the root when it isn't said.
    static_at: Mapping[Path, str] = {}
    #: A file or folder, absolute.
    redirects: Path | None = None
    next_steps: Path | None = None
    #: Paths of feeds, with ``{category}`` and the like.
    feeds: tuple[str, ...] = ()
    #: ``author`` and ``lang`` of pages that name none in their header.
    otherwise: Mapping[str, str] = {}
    #: Files that the site of a guide has beside pages, static files and feeds.
    made: frozenset[str] = frozenset()
    root_doc: str = "index"
    #: The source folder, absolute.
    srcdir: Path = Path()
    #: The folder of ``conf.py``, absolute.
    confdir: Path = Path()
    #: The time of the build, with its time zone.
    now: datetime = datetime(9999, 1, 1, tzinfo=UTC)
    #: Folders that Sphinx writes to: nothing in them is published.
    written: tuple[Path, ...] = ()
    #: Where files of the source folder are on GitHub, with a slash at its end, or empty.
    repository: str = ""
