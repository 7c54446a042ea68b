"""Code blocks: lines that authors marked with ``~~`` are emphasised. Pure functions."""

from __future__ import annotations

from functools import lru_cache

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.highlighting import lexer_classes


def emphasised(code: str, marker: str) -> tuple[str, list[int]]:
    r"""Return *code* without the marker, and the lines it marked, counted from 1.

    >>> emphasised("a = 1\n~~b = 2\n", "~~")
    ('a = 1\nb = 2\n', [2])
    """
    if not marker or marker not in code:
        return code, []
    lines = code.split("\n")
    marked = []
    for n, line in enumerate(lines):
        if line.startswith(marker):
            marked.append(n + 1)
            # Python-Markdown turns tabs into blanks first, while the marker still counts.
            lines[n] = line.expandtabs(4).removeprefix(marker)
    return "\n".join(lines), marked


@lru_cache(maxsize=256)
def known_language(name: str) -> str:
    """Return *name* when Sphinx can highlight it, and ``text`` otherwise."""
    if name in lexer_classes or name in {"default", "none", "guess", "pycon3"}:
        return name
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return "text"
    return name
