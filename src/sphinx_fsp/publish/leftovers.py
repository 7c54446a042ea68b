"""Pages and files that an earlier build wrote, and that the site has no more.

Sphinx deletes nothing: a page that was removed or renamed would stay on the site. A list of what
was written is kept in the output, as Sphinx keeps ``.buildinfo`` there, and only files of that
list are ever removed.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

#: The list, one name in a line.
LIST_NAME = ".fsp-files"


def remove_leftovers(outdir: Path, written: Set[str]) -> None:
    """Remove what an earlier build wrote and this one didn't, and write the new list."""
    record = outdir / LIST_NAME
    before = set(record.read_text(encoding="utf-8").splitlines()) if record.is_file() else set()
    root = outdir.resolve()
    for name in sorted(before - written):
        file = outdir / name
        if file.is_file() and file.resolve().is_relative_to(root):
            file.unlink()
            _remove_empty(file.parent, outdir)
    text = "".join(f"{name}\n" for name in sorted(written))
    if not record.is_file() or record.read_text(encoding="utf-8") != text:
        record.write_text(text, encoding="utf-8")


def _remove_empty(folder: Path, outdir: Path) -> None:
    """Remove folders that hold nothing any more."""
    while folder != outdir and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
