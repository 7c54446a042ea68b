"""Files that are published as they are: those of ``fsp_static_path``, by their addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path

from sphinx_fsp.diagnostics import STATIC_FILE, STATIC_PATH, Problem
from sphinx_fsp.source.settings import Settings

#: In the source folder, files with these endings are pages, or drafts.
DOCUMENTS = (".md", ".markdown", ".rst")


def read_static(settings: Settings) -> tuple[dict[str, Path], list[Problem]]:
    """Return the files to publish by address; the first folder that has one wins."""
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in settings.static_path:
        at = settings.static_at.get(path)
        if at is not None and path.is_file():
            files.setdefault("/" + (at or path.name), path)
            continue
        fault = ("isn't there", "correct the path in conf.py") if not path.is_dir() else None
        if settings.srcdir.is_relative_to(path):
            fault = ("holds conf.py and the pages", "name the folders of the files instead")
        if fault:
            details = {"target": str(path), "why": fault[0], "advice": fault[1]}
            problems.append(Problem(STATIC_PATH, "conf.py", 1, details))
            continue
        for file in _files(path, settings, problems):
            name = posixpath.join(at or "", file.relative_to(path).as_posix())
            files.setdefault("/" + name, file)
    return files, problems


def _files(folder: Path, settings: Settings, problems: list[Problem]) -> Iterable[Path]:
    root = folder.resolve()
    has_pages = folder.is_relative_to(settings.srcdir)
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if not file.is_file() or any(part.startswith(".") for part in relative.parts):
            continue
        if any(file.is_relative_to(written) for written in settings.written):
            continue
        if has_pages and file.name.endswith(DOCUMENTS):
            continue
        if not file.resolve().is_relative_to(root):
            # A link in a pull request must not publish what lies outside of the project.
            details = {"target": str(relative), "why": "is a link that leaves its folder"}
            problems.append(Problem(STATIC_FILE, str(file), 1, details))
            continue
        yield file
