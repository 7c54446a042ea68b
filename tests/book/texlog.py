"""What TeX says in its log about a book.

``python tests/book/texlog.py LOG...`` prints it, for a look by hand.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_PAGES = re.compile(r"Output written on \S+ \((\d+) pages?")
_WIDE = re.compile(
    r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\)(?P<where>[^\n]*)\n(?P<text>[^\n]*)", re.M
)
_TALL = re.compile(r"^Overfull \\vbox \((?P<points>[\d.]+)pt too high\)(?P<where>[^\n]*)", re.M)
_UNDEFINED = re.compile(r"(?:Reference|Citation|Hyper reference) `([^']*)'[^\n]*undefined")
_MISSING = re.compile(r"^Missing character: ([^\n]*)", re.M)
_BBOX = re.compile(r"<(page|word) ([^>]*)>(?:([^<]*)</word>)?")
_VALUE = re.compile(r'(\w+)="([\d.-]+)"')
_ERROR = re.compile(r"^!  ?(.*(?:\n.*){0,4})", re.M)


@dataclass(frozen=True)
class Box:
    """A line that is too wide, or a page or cell that is too tall."""

    points: float
    where: str
    text: str = ""


@dataclass(frozen=True)
class TexLog:
    """What a log says."""

    pages: int
    errors: list[str]
    undefined: list[str]
    missing: list[str]
    wide: list[Box]
    tall: list[Box]

    def wider_than(self, points: float) -> list[Box]:
        """Return the lines that stand out by more than so much."""
        return [box for box in self.wide if box.points > points]

    def taller_than(self, points: float) -> list[Box]:
        """Return the boxes that are too tall by more than so much."""
        return [box for box in self.tall if box.points > points]


def read_log(path: Path) -> TexLog:
    """Read the log of TeX's last run."""
    text = path.read_text(encoding="utf-8", errors="replace")
    pages = _PAGES.search(text)
    return TexLog(
        pages=int(pages[1]) if pages else 0,
        errors=_ERROR.findall(text),
        undefined=_UNDEFINED.findall(text),
        missing=_MISSING.findall(text),
        wide=[Box(float(m["points"]), m["where"].strip(), m["text"]) for m in _WIDE.finditer(text)],
        tall=[Box(float(m["points"]), m["where"].strip()) for m in _TALL.finditer(text)],
    )


def words_outside(pdf: Path, side: float, foot: float) -> list[str]:
    """Return the words of a PDF that stand in its margins. Boxes in cells can hide from the log.

    :param side: the width of the right margin in points, less what words may stand out
    :param foot: the height of the lower margin below the page's number
    """
    run = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    found: list[str] = []
    width = height = 0.0
    page = 0
    for tag, attributes, word in _BBOX.findall(run.stdout):
        values = {name: float(value) for name, value in _VALUE.findall(attributes)}
        if tag == "page":
            width, height = values["width"], values["height"]
            page += 1
        elif values["xMax"] > width - side or values["yMax"] > height - foot or values["yMin"] < 0:
            found.append(f"page {page}: {word}")
    return found


if __name__ == "__main__":
    for name in sys.argv[1:]:
        log = read_log(Path(name))
        print(
            f"{name}: {log.pages} pages, {len(log.errors)} errors, {len(log.undefined)} undefined, "
            f"{len(log.missing)} missing characters, {len(log.wide)} overfull lines, "
            f"{len(log.wider_than(20))} of them over 20 pt, "
            f"{len(log.taller_than(20))} boxes too tall by over 20 pt"
        )
        for found in log.wider_than(20):
            print(f"  {found.points:8.1f} pt {found.where}: {found.text[:90]}")
