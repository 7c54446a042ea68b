"""Where the options of a directive stand."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

#: No directive has more lines of options.
_MOST_LINES = 40


def option_line(directive: SphinxDirective, option: str) -> int:
    """Return the line of a directive's option in its file, or else that of the directive.

    MyST doesn't tell a directive all of its text, so this looks into the file.
    """
    file, first = directive.get_source_info()
    try:
        lines = Path(file).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return first
    pattern = re.compile(rf"[\s>]*:?{re.escape(option)}:(?:\s|$)")
    nearby = enumerate(lines[first - 1 : first + _MOST_LINES], first)
    return next((number for number, line in nearby if pattern.match(line)), first)
