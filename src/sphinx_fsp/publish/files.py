"""Files that the site gets beside its pages: written whole, and never over those of an author."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from sphinx.application import Sphinx


def write_file(file: Path, data: bytes) -> None:
    """Write a file if that changes it: whole, or not at all.

    :raises OSError: when it can't be written; what was there before is still there
    """
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".part")
    partial.write_bytes(data)
    partial.replace(file)


def write_text(file: Path, text: str) -> None:
    """Write a file as UTF-8; half of a pair that UTF-8 can't hold becomes a question mark.

    :raises OSError: when it can't be written
    """
    write_file(file, text.encode("utf-8", errors="replace"))


def is_given(app: Sphinx, name: str) -> bool:
    """Tell whether Sphinx copies a file of that name from ``html_extra_path``."""
    places = (Path(app.confdir, entry) for entry in app.config.html_extra_path)
    return any(
        (place / name).is_file() or (place.name == name and place.is_file()) for place in places
    )


def folders_of(name: str) -> list[str]:
    """Return the folders that a file is in, the outermost first.

    >>> folders_of("a/b/c.html")
    ['a', 'a/b']
    """
    return [name[:at] for at, letter in enumerate(name) if letter == "/"]


def stands_in_the_way(name: str, taken: Set[str]) -> str:
    """Return the file of the site that leaves no place for another, or an empty string.

    >>> stands_in_the_way("feed", {"feed/index.html"}), stands_in_the_way("feed", {"feeds"})
    ('feed/index.html', '')
    """
    above = {name, *folders_of(name)}
    return min((file for file in taken if file in above or file.startswith(f"{name}/")), default="")
