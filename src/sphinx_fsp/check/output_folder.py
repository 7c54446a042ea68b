"""The addresses of a site that is a folder, such as Pelican's ``output``: one for each file.

Left out is what belongs to the look of the site or to the tool that made it, and what readers
aren't led to.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

#: Folders of the tool, wherever they are.
_TOOLS = frozenset({"_static", "_sources"})
#: Pelican's, at the top: the files of its theme, and pages with ``Status: draft``.
_TOP = frozenset({"theme", "drafts"})
#: Styles and scripts, and the maps that lead from these to what they were made of.
_LOOK = frozenset({".css", ".js", ".map"})
#: What a host of certificates, mail or apps asks for: the one hidden folder that is meant.
_WELL_KNOWN = ".well-known"


def output_addresses(folder: Path) -> tuple[list[tuple[str, Path]], str]:
    """Return the address of each file, and in words what was left out; an empty text for nothing.

    >>> output_addresses(Path("no-such-folder"))
    ([], '')
    """
    found: list[tuple[str, Path]] = []
    left: Counter[str] = Counter()
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(parent, name)
            path = file.relative_to(folder)
            if why := _left_out(path):
                left[why] += 1
            elif file.is_file():
                # It is a file's name, in which % and ? stand for themselves.
                text = f"/{path.as_posix()}"
                text = text.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
                found.append((re.sub(r"(?<=/)index\.html$", "", text), file))
    files = ", ".join(f"{count} {why}" for why, count in sorted(left.items()))
    return found, f"{left.total()} not compared: {files}" if left else ""


def _left_out(path: Path) -> str:
    """Say why a file of a site is no address of it, or return an empty text."""
    top = path.parts[0] if len(path.parts) > 1 else ""
    if top in _TOP:
        return f"in /{top}/"
    if tool := next((part for part in path.parts[:-1] if part in _TOOLS), ""):
        return f"in {tool}/"
    if any(part.startswith(".") and part != _WELL_KNOWN for part in path.parts):
        return "hidden"
    return path.suffix.lower() if path.suffix.lower() in _LOOK else ""
