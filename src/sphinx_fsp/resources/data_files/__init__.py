"""Data files of resources: YAML, TOML, CSV, JSON, BibTeX and bookmarks of a browser.

`read_data` is a pure function over bytes; `read_data_file` reads a file first. Fields are taken as
they are written: `sphinx_fsp.resources.fields` checks them. What the formats have in common, and
which keys mean an address, a title or a description, is in `.entries`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.bookmarks import read_bookmarks
from sphinx_fsp.resources.data_files.csv_file import read_csv
from sphinx_fsp.resources.data_files.entries import Source, fault
from sphinx_fsp.resources.data_files.json_file import read_json
from sphinx_fsp.resources.data_files.toml_file import read_toml
from sphinx_fsp.resources.data_files.yaml_file import read_yaml_file
from sphinx_fsp.resources.record import RawItem

#: Larger files are not read: ten thousand entries with long descriptions take about 5 MB, and
#: parsers need some twenty times the size of a file as memory.
MAX_BYTES = 16 * 1024 * 1024

_Found: TypeAlias = tuple[list[RawItem], list[Problem]]


def _read_bib(source: Source) -> _Found:
    # The libraries that it takes are slow to import, and few projects have such a file.
    from sphinx_fsp.resources.data_files.bib_file import read_bib

    return read_bib(source)


READERS: Mapping[str, Callable[[Source], _Found]] = {
    ".yml": read_yaml_file,
    ".yaml": read_yaml_file,
    ".toml": read_toml,
    ".csv": read_csv,
    ".json": read_json,
    ".bib": _read_bib,
    ".html": read_bookmarks,
}


def read_data_file(path: Path, shown: str) -> _Found:
    """Read a data file.

    :param shown: the path as problems name it
    :returns: its entries in their order, and what is wrong with it
    """
    unread = Source(shown, "")
    advice = "correct its path"
    try:
        if not path.is_file():
            why = "is no file" if path.exists() else "isn't there"
            return [], [fault(unread, 1, f"the data file {why}", advice)]
        # The suffix first: a large file of another kind is not read at all.
        if path.suffix.lower() in READERS and path.stat().st_size <= MAX_BYTES:
            with path.open("rb") as file:
                # The file may have grown since.
                return read_data(file.read(MAX_BYTES + 1), path.suffix, shown)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        return [], [fault(unread, 1, f"the data file can't be read: {words}", advice)]
    if path.suffix.lower() in READERS:
        return [], [_too_large(unread)]
    return read_data(b"", path.suffix, shown)


def read_data(data: bytes, suffix: str, shown: str) -> _Found:
    """Read the content of a data file.

    :param suffix: what the name of the file ends in, with its dot; it decides on the format
    :param shown: the path as problems name it
    """
    unread = Source(shown, "")
    reader = READERS.get(suffix.lower())
    if reader is None:
        takes = ", ".join(READERS)
        why = f"{suffix!r} is no suffix of data files" if suffix else "the data file has no suffix"
        return [], [fault(unread, 1, why, f"name the file with one of {takes}")]
    if len(data) > MAX_BYTES:
        return [], [_too_large(unread)]
    try:
        text, good = data.decode("utf-8-sig"), len(data)
    except UnicodeDecodeError as error:
        text, good = "", error.start
    why = "not UTF-8"
    if b"\0" in data[: good + 1]:
        why, good = "a NUL byte, which no text has", data.index(b"\0")
    if good < len(data):
        before = _unix(data[:good].decode("utf-8", "replace").removeprefix("\ufeff"))
        line, column = Source(shown, before).place(len(before))
        return [], [fault(unread, line, why, "save the file as UTF-8", column)]
    text = _unix(text)
    if not text.strip():
        return [], []
    items, problems = reader(Source(shown, text))
    return items, sorted(problems, key=lambda problem: problem.line)


def _unix(text: str) -> str:
    """Return a text with line feeds alone at the ends of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_large(source: Source) -> Problem:
    limit = f"{MAX_BYTES // 1024 // 1024} MB"
    return fault(source, 1, f"the data file is larger than {limit}", "split it into several files")
