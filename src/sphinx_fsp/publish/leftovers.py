"""Pages and files that an earlier build wrote, and that the site has no more.

Sphinx deletes nothing: a page that was removed or renamed would stay on the site. A list of what
was written is kept in the output, as Sphinx keeps ``.buildinfo`` there, and only files of that
list are ever removed.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from sphinx_fsp.publish.files import folders_of

#: The list, one name in a line.
LIST_NAME = ".fsp-files"


def remove_leftovers(outdir: Path, written: Set[str]) -> None:
    """Remove what an earlier build wrote and this one didn't, and write the new list."""
    record = outdir / LIST_NAME
    _remove(outdir, _listed(outdir) - written)
    text = "".join(f"{name}\n" for name in sorted(written))
    if not record.is_file() or record.read_text(encoding="utf-8") != text:
        record.write_text(text, encoding="utf-8")


def make_way(outdir: Path, coming: Set[str]) -> None:
    """Remove a file of an earlier build where this one needs a folder, and the other way round.

    :param coming: files that this build is going to write
    """
    folders = {folder for name in coming for folder in folders_of(name)}
    _remove(
        outdir,
        {
            name
            for name in _listed(outdir)
            if name in folders or not coming.isdisjoint(folders_of(name))
        },
    )


def _listed(outdir: Path) -> set[str]:
    """Return what an earlier build wrote."""
    record = outdir / LIST_NAME
    return set(record.read_text(encoding="utf-8").splitlines()) if record.is_file() else set()


def _remove(outdir: Path, names: Set[str]) -> None:
    """Remove files of the output, and folders that are empty then."""
    root = outdir.resolve()
    for name in sorted(names):
        file = outdir / name
        if file.is_file() and file.resolve().is_relative_to(root):
            file.unlink()
            _remove_empty(file.parent, outdir)


def _remove_empty(folder: Path, outdir: Path) -> None:
    """Remove folders that hold nothing any more."""
    while folder != outdir and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
