"""Writes what was put right: whole files or nothing, and nothing but the edits."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sphinx_fsp.check.fixes import Edit, Fix

_MARK = "\ufeff"
#: What ends a line for `sphinx_fsp.source.loading.read_file`.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Change(NamedTuple):
    """A file that is put right."""

    #: Relative to the source folder, with slashes.
    path: str
    #: Where it is in truth, with symbolic links followed.
    file: Path
    before: str
    after: str
    #: Encoding to write it in.
    encoding: str
    #: True when it was none of UTF-8.
    recoded: bool
    fixes: tuple[Fix, ...]


class Refusal(NamedTuple):
    """A file that stays as it is."""

    path: str
    why: str


def changes_of(folder: Path, fixes: Iterable[Fix]) -> tuple[list[Change], list[Refusal]]:
    """Return the files that *fixes* make; nothing is written yet."""
    by_path: dict[str, list[Fix]] = {}
    for fix in fixes:
        by_path.setdefault(fix.finding.path, []).append(fix)
    changes: list[Change] = []
    refusals: list[Refusal] = []
    for path, group in sorted(by_path.items()):
        made = _change(folder, path, group)
        if isinstance(made, Change):
            changes.append(made)
        elif made.why:
            refusals.append(made)
    return changes, refusals


def _change(folder: Path, path: str, fixes: list[Fix]) -> Change | Refusal:
    try:
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()):
            return Refusal(path, "is a link that leaves the folder")
        if not file.stat().st_mode & 0o222 or not os.access(file, os.W_OK):
            return Refusal(path, "is read-only")
        data = file.read_bytes()
    except OSError as error:
        return Refusal(path, error.strerror or "can't be read")
    recode = any(fix.edit is None for fix in fixes)
    try:
        before, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        try:
            before, encoding = data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return Refusal(path, "is neither UTF-8 nor Windows-1252")
    if recode and "\0" in before:
        return Refusal(path, "holds what is no text")
    done = [fix for fix in fixes if fix.edit is not None]
    after = edited(before, (fix.edit for fix in done if fix.edit))
    if after is None:
        return Refusal(path, "has changed since it was read")
    target = "utf-8" if recode else encoding
    return Change(path, file, before, after, target, encoding != target, tuple(fixes))


def edited(text: str, edits: Iterable[Edit]) -> str | None:
    """Return a text with edits made, or None when it isn't the text that they were made for."""
    mark = _MARK if text.startswith(_MARK) else ""
    lines = _LINE.findall(text.removeprefix(_MARK))
    # From the end, so that earlier columns stay true.
    for line, start, end, old, new in sorted(edits, reverse=True):
        if line > len(lines) or lines[line - 1][start:end] != old:
            return None
        lines[line - 1] = lines[line - 1][:start] + new + lines[line - 1][end:]
    return mark + "".join(lines)


def write(change: Change) -> str:
    """Write a file; return why that failed, or an empty text.

    The new file takes the place of the old one when it is whole.
    """
    scratch = ""
    try:
        handle, scratch = tempfile.mkstemp(dir=change.file.parent, prefix=".sphinx-fsp-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.after.encode(change.encoding))
        shutil.copymode(change.file, scratch)
        Path(scratch).replace(change.file)
    except (OSError, UnicodeEncodeError) as error:
        if scratch:
            Path(scratch).unlink(missing_ok=True)
        return getattr(error, "strerror", None) or "can't be written"
    return ""


def diff(change: Change, shown: str) -> str:
    """Return a change as a unified diff.

    :param shown: the path to name in it
    """
    before, after = (text.splitlines(keepends=True) for text in (change.before, change.after))
    lines = difflib.unified_diff(before, after, f"a/{shown}", f"b/{shown}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
