"""Where a directive and its options stand."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

#: No directive has more lines of options.
_MOST_LINES = 40


def place_of(directive: SphinxDirective) -> tuple[str, int]:
    """Return the file of a directive, and its line."""
    file, line = directive.get_source_info()
    # docutils allows for directives that stand nowhere.
    return file or "", line or 1


def option_line(directive: SphinxDirective, option: str) -> int:
    """Return the line of a directive's option in its file, or else that of the directive.

    MyST doesn't tell a directive all of its text, so this looks into the file.
    """
    file, first = place_of(directive)
    try:
        lines = Path(file).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return first
    pattern = re.compile(rf"[\s>]*:?{re.escape(option)}:(?:\s|$)")
    nearby = enumerate(lines[first - 1 : first + _MOST_LINES], first)
    return next((number for number, line in nearby if pattern.match(line)), first)
