"""Files that the site gets beside its pages: written whole, and never over those of an author."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_fsp.diagnostics import SITE_FILE, warn


def write_file(file: Path, data: bytes) -> None:
    """Write a file if that changes it: whole, or not at all.

    :raises OSError: when it can't be written; what was there before is still there
    """
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".part")
    try:
        partial.write_bytes(data)
        partial.replace(file)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def encoded(text: str) -> bytes:
    """Return a text as UTF-8; half of a pair that UTF-8 can't hold becomes a question mark."""
    return text.encode("utf-8", errors="replace")


def write_text(file: Path, text: str) -> None:
    """Write a file as UTF-8.

    :raises OSError: when it can't be written
    """
    write_file(file, encoded(text))


def write_beside(app: Sphinx, name: str, data: bytes, taken: Set[str] = frozenset()) -> bool:
    """Write a file of the site, unless there is no place for it; return False then, and say so.

    :param name: relative to the output folder
    :param taken: files that the site has already: one of that name stays, as its author wants
    """
    if name in taken:
        return True
    if not has_place(app, name, taken):
        return False
    try:
        write_file(Path(app.outdir, name), data)
    except OSError as error:
        _warn(app, name, f"can't be written: {error.strerror}")
        return False
    return True


def has_place(app: Sphinx, name: str, taken: Set[str]) -> bool:
    """Tell whether there is a place for a file of the site, and say so if there is none."""
    other = stands_in_the_way(name, taken)
    if other:
        _warn(app, name, f"has no place beside {other}")
    return not other


def _warn(app: Sphinx, name: str, why: str) -> None:
    warn(SITE_FILE, Path(app.confdir, "conf.py"), None, target=name, why=why)


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
