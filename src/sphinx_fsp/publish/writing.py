"""Writes a file of the output: whole or not at all, and only if it changes."""

from __future__ import annotations

from pathlib import Path


def write_text(file: Path, text: str) -> None:
    """Write a file, and the folders it needs.

    :raises OSError: when it can't be written; what was there before is still there
    """
    data = text.encode("utf-8")
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".part")
    partial.write_bytes(data)
    partial.replace(file)
