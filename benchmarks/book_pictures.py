"""Make the picture of the book in the manual and the README, from the PDF of the example.

Run it with ``python benchmarks/book_pictures.py``. It needs TeX and ``pdftoppm`` (poppler-utils).
The picture is in ``docs/static/screenshots``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from sphinx.cmd.build import main as sphinx_build

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "static" / "screenshots" / "book.png"
#: Pages that are shown, by a text on them; the first page that has it.
SHOWN = ("Night Sky Guide contributors", "Contents", "Chapter 2", "Links")
WIDTH = 400
GAP = 12
GREY = (214, 217, 220)


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page."""
    run = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"],  # noqa: S607 (from the PATH, as TeX is)
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split("\f")


def picture_of(pdf: Path, number: int, folder: Path) -> Image.Image:
    """Return a page as a picture."""
    name = folder / f"page-{number}"
    options = ["-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    place = ["-f", str(number), "-l", str(number)]
    subprocess.run(["pdftoppm", *options, *place, str(pdf), str(name)], check=True)  # noqa: S607
    with Image.open(name.with_suffix(".png")) as page:
        return page.convert("RGB")


def main(arguments: list[str]) -> int:
    """Make the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PICTURE)
    out: Path = parser.parse_args(arguments).out
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = ROOT / "example" / "content"
        if sphinx_build(["-M", "latexpdf", str(source), str(folder), "-q"]):
            return 1
        (pdf,) = (folder / "latex").glob("*.pdf")
        texts = pages_of(pdf)
        numbers = [
            next(n for n, text in enumerate(texts, 1) if any(w == shown for w in lines(text)))
            for shown in SHOWN
        ]
        pages = [picture_of(pdf, number, folder) for number in numbers]
    height = max(page.height for page in pages)
    size = (len(pages) * (WIDTH + GAP) + GAP, height + 2 * GAP)
    sheet = Image.new("RGB", size, GREY)
    for n, page in enumerate(pages):
        sheet.paste(page, (GAP + n * (WIDTH + GAP), GAP))
    sheet.quantize(64).save(out, optimize=True)
    print(f"{out.name}: pages {', '.join(map(str, numbers))}, {out.stat().st_size:,} bytes")
    return 0


def lines(text: str) -> list[str]:
    """Return the lines of a page."""
    return [line.strip() for line in text.splitlines()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
