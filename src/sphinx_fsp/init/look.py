"""Reads the folder that is moved: names of its files, and their texts."""

from __future__ import annotations

import os
import re
import tokenize
from pathlib import Path

#: Folders that hold no source: outputs, installed packages, histories.
_SKIPPED = frozenset(
    "output public site _site build _build dist node_modules venv env __pycache__".split()
)
#: Files of a repository: more than that is no guide.
_MOST = 50_000
#: Bytes of a settings file.
_LARGEST = 1_000_000


class Folder:
    """A folder of the user; links that lead out of it aren't followed."""

    def __init__(self, root: Path) -> None:
        """Look at a folder.

        :raises OSError: when it can't be read
        """
        self.root = root.resolve()
        self.files: tuple[str, ...] = tuple(sorted(self._names()))
        self._set = frozenset(self.files)

    def _names(self) -> list[str]:
        def fail(error: OSError) -> None:
            if Path(error.filename).resolve() == self.root:
                raise error

        found: list[str] = []
        for place, folders, names in os.walk(self.root, onerror=fail):
            folders[:] = sorted(
                name
                for name in folders
                if name not in _SKIPPED and (not name.startswith(".") or name == ".github")
            )
            relative = Path(place).relative_to(self.root)
            found += [(relative / name).as_posix() for name in names if self.holds(place, name)]
            if len(found) > _MOST:
                break
        return found[:_MOST]

    def holds(self, place: str | Path, name: str) -> bool:
        """Tell whether a file is one, and lies in the folder."""
        path = Path(place, name)
        try:
            return path.is_file() and path.resolve().is_relative_to(self.root)
        except (OSError, RuntimeError):
            return False

    def has(self, path: str) -> bool:
        """Tell whether there is a file."""
        return path in self._set

    def has_folder(self, path: str) -> bool:
        """Tell whether there is a folder that holds a file."""
        return path in {"", "."} or any(name.startswith(f"{path}/") for name in self.files)

    def below(self, path: str) -> tuple[str, ...]:
        """Return the files of a folder and of those in it, by their path in it."""
        start = f"{path}/" if path not in {"", "."} else ""
        return tuple(name[len(start) :] for name in self.files if name.startswith(start))

    def text(self, path: str) -> str:
        """Return a file's text: UTF-8, or else as Windows-1252; empty when it can't be read."""
        try:
            return self.strict(path)
        except UnicodeDecodeError:
            return (self.root / path).read_bytes().decode("cp1252", errors="replace")
        except OSError:
            return ""

    def strict(self, path: str) -> str:
        """Return the text of a file in UTF-8.

        :raises OSError: when it isn't there, or lies elsewhere
        :raises UnicodeDecodeError: when it is no UTF-8
        """
        if not self.holds(self.root, path):
            raise FileNotFoundError(path)
        return (self.root / path).read_text(encoding="utf-8-sig")

    def python(self, path: str) -> str:
        """Return the text of a Python file, in the encoding that it names.

        :raises OSError: when it isn't there, lies elsewhere, or is too large for settings
        :raises UnicodeDecodeError: when it isn't in its encoding
        :raises SyntaxError: when it names no encoding that there is
        """
        if not self.holds(self.root, path):
            raise FileNotFoundError(path)
        if (self.root / path).stat().st_size > _LARGEST:
            raise OSError(0, "is too large")
        with tokenize.open(self.root / path) as stream:
            return stream.read()


def excluded(folder: Folder, content: str, theme: str = "") -> tuple[str, ...]:
    """Return what isn't to be read, where the pages lie beside everything else."""
    if content:
        return ()
    usual = ("output", "public", "_build", "node_modules", "venv", "env", ".*", "README.*")
    names = (
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE.md",
        "themes",
        "plugins",
        theme.strip("./"),
    )
    more = [n for n in names if n and (folder.has(n) or folder.has_folder(n))]
    return (*usual, *dict.fromkeys(more))


def as_pattern(path: str) -> str:
    """Return a path for ``exclude_patterns``, in which brackets and stars mean something."""
    return re.sub(r"[\[\]*]", "?", path)


def is_excluded(name: str, exclude: tuple[str, ...]) -> bool:
    """Tell whether a file is named by a pattern, itself or by a folder that it is in."""
    parts = name.split("/")
    tops = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
    patterns = [re.escape(p).replace(r"\*", "[^/]*").replace(r"\?", "[^/]") for p in exclude]
    return any(re.fullmatch(pattern, top) for pattern in patterns for top in tops)
