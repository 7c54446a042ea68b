"""Colours on a terminal, and nowhere else."""

from __future__ import annotations

import os
from typing import IO

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
ALWAYS, NEVER, AUTO = "always", "never", "auto"


class Palette:
    """Colours text, or leaves it as it is."""

    def __init__(self, *, on: bool) -> None:
        self._on = on

    def __call__(self, style: str, text: str) -> str:
        """Return *text* in a style."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._on and text else text


def palette_for(stream: IO[str], when: str) -> Palette:
    """Return the colours for a stream.

    :param when: what ``--color`` says. Unless it says, ``NO_COLOR`` (https://no-color.org) and
        ``FORCE_COLOR`` decide, and then whether the stream is a terminal.
    """
    if when != AUTO:
        return Palette(on=when == ALWAYS)
    if os.environ.get("NO_COLOR"):
        return Palette(on=False)
    if os.environ.get("FORCE_COLOR"):
        return Palette(on=True)
    return Palette(on=stream.isatty() and os.environ.get("TERM") != "dumb")
