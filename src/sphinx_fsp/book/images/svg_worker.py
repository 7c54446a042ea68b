"""Draws one SVG file as PNG, as a program of its own: ``svg_worker.py SCALE [WIDTH HEIGHT]``.

It reads SVG from its input and writes PNG to its output. It imports nothing of this package, to
start fast. `sphinx_fsp.book.images.svg` says why it is a program.
"""

from __future__ import annotations

import os
import sys
import tempfile

#: Bytes of memory that drawing may take.
MEMORY = 2 << 30

#: Fonts for sans-serif, serif and monospace, in the order in which they are tried. resvg knows
#: families by name only. The first is what it takes itself.
FAMILIES: tuple[tuple[str, str, str] | None, ...] = (
    None,
    ("Liberation Sans", "Liberation Serif", "Liberation Mono"),
    ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"),
    ("Noto Sans", "Noto Serif", "Noto Sans Mono"),
    ("FreeSans", "FreeSerif", "FreeMono"),
    ("TeX Gyre Heros", "TeX Gyre Termes", "TeX Gyre Cursor"),
    ("Arial", "Times New Roman", "Courier New"),
    ("Helvetica", "Times", "Menlo"),
)


def main(arguments: list[str]) -> int:
    """Draw the file on standard input."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        # A hostile file can make it crash: that need leave no file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass  # Windows has no such limits, and macOS not all.
    import resvg_py

    text = sys.stdin.buffer.read().decode()
    scale, *sides = arguments  # a whole number, for old versions of resvg_py
    width, height = map(int, sides) if sides else (None, None)
    result = os.dup(1)
    # resvg writes to standard output what it has no font for.
    with tempfile.TemporaryFile() as log, os.fdopen(result, "wb") as out:
        os.dup2(log.fileno(), 1)
        has_text = "<text" in text
        png, missing = b"", False
        for families in FAMILIES if has_text else FAMILIES[:1]:
            sans, serif, mono = families or (None, None, None)
            start = log.seek(0, os.SEEK_END)
            try:
                drawn = resvg_py.svg_to_bytes(
                    svg_string=text,
                    skip_system_fonts=not has_text,
                    log_information=has_text,
                    font_family=sans,
                    sans_serif_family=sans,
                    serif_family=serif,
                    monospace_family=mono,
                    cursive_family=sans,
                    fantasy_family=sans,
                    zoom=None if sides else int(scale),
                    width=width,
                    height=height,
                )
            except ValueError as error:
                sys.stderr.write(f"{error}\n")
                return 1
            log.seek(start)
            said = log.read()
            if not png or b"No match for" not in said:
                png, missing = drawn, b"No fonts with a" in said
            if b"No match for" not in said:
                break
        else:
            missing = has_text
        out.write(png)
    if missing:
        sys.stderr.write("no font\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
