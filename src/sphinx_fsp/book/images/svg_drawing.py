"""SVG as pixels.

resvg draws it, in a process of its own: a hostile file can take any time and memory, or end the
process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sphinx_fsp.book.images.svg import MAKE_IT_SIMPLER, BadSvgError, Drawing

#: Pixels drawn for one of CSS: 288 dpi in print.
SCALE = 3
#: Seconds that drawing may take.
TIMEOUT = 20

_WORKER = Path(__file__).with_name("svg_worker.py")

NO_FONT = (
    "has text that no installed font shows",
    "install a font such as DejaVu or Liberation, or turn the text into paths",
)


def draw(drawing: Drawing, limit: int, timeout: float = TIMEOUT) -> tuple[bytes, bool]:
    """Return a drawing as a PNG file, and whether there is text that no font has.

    :param limit: pixels of the longest side. The file of a drawing that doesn't say its size may
        have more
    :param timeout: seconds that it may take
    :raises BadSvgError: when it can't be drawn
    """
    box: list[str] = []
    if drawing.size:
        scale = min(SCALE, limit / max(drawing.size))
        box = [str(max(1, round(side * scale))) for side in drawing.size]
    # Not -I: resvg may be installed for one user. -P: modules beside the script aren't looked at.
    command = [sys.executable, "-P", str(_WORKER), str(SCALE), *box]
    try:
        run = subprocess.run(  # noqa: S603 - our own script
            command,
            input=drawing.text.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        why = f"takes longer than {timeout:g} seconds to draw"
        raise BadSvgError(why, MAKE_IT_SIMPLER) from None
    except OSError as error:
        raise BadSvgError(f"can't be drawn ({error})") from None
    if run.returncode or not run.stdout:
        lines = run.stderr.decode(errors="replace").strip().splitlines()
        detail = f" ({lines[-1][:100]})" if lines and run.returncode == 1 else ""
        raise BadSvgError(f"can't be drawn{detail}", MAKE_IT_SIMPLER)
    return run.stdout, b"no font" in run.stderr
