"""Writes new files, and never touches one that is there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sphinx_fsp.init.files import Planned


class CannotWrite(Exception):  # noqa: N818  (it is no error of the program)
    """Why the project can't be written, in a line; nothing of it stays behind."""


def write_all(root: Path, files: Iterable[Planned]) -> None:
    """Write all files, or none.

    Each is written beside its place first, and takes it when all of them are whole: a link to a
    name that something else has taken meanwhile fails, so that nothing is ever overwritten.

    :raises CannotWrite: when one can't be written; those that were are taken back
    """
    root = root.resolve()
    folders: list[Path] = []
    scratches: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    target = root
    try:
        for file in files:
            target = root / file.path
            _make_folders(root, target.parent, folders)
            handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=".sphinx-fsp-")
            scratches.append((Path(scratch), target))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(file.text)
            Path(scratch).chmod(0o666 & ~_mask())
        for source, target in scratches:
            _place(source, target)
            placed.append(target)
    except BaseException as error:
        for path in placed:
            path.unlink(missing_ok=True)
        _clean(scratches)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError | UnicodeEncodeError):
            why = getattr(error, "strerror", None) or "it can't be written"
            raise CannotWrite(f"can't write {target}: {why}; nothing was written") from error
        raise
    _clean(scratches)


def _place(source: Path, target: Path) -> None:
    """Give a file its name, if nothing has it."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: the name is taken first, and then the text is written.
        with target.open("xb") as stream:
            try:
                stream.write(source.read_bytes())
            except OSError:
                target.unlink(missing_ok=True)
                raise


def _make_folders(root: Path, folder: Path, made: list[Path]) -> None:
    if not folder.resolve().is_relative_to(root):
        raise OSError(0, "a link leads out of the project")
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


def _clean(scratches: Iterable[tuple[Path, Path]]) -> None:
    for source, _ in scratches:
        source.unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
