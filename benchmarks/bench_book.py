"""Time a guide's HTML, PDF and EPUB, one after another from the same doctrees.

That is how Read the Docs builds them. Run it with ``python benchmarks/bench_book.py``; ``--help``
lists the options. The exit status is 1 when a build failed or took more than it may.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench_builders import (
    MEGABYTE,
    MEMORY_UNIT,
    BuildError,
    files_below,
    fsp_settings,
    measured,
    settings,
)
from bench_content import Guide, find_pages, fsp_copy

DESCRIPTION = "Time a guide's HTML, PDF and EPUB from the same doctrees."
DEFAULT_CONTENT = Path(__file__).resolve().parent.parent / "example" / "content"
#: What all of them together may take: seconds on the clock, and megabytes.
LIMIT_WALL = 5 * 60
LIMIT_MEMORY = 2000
PAGES = re.compile(rb"Output written on \S+ \((\d+) pages?")
COLUMNS = ("step", "wall s", "user CPU s", "peak MB", "result")


class Step(NamedTuple):
    """What a step took, and what came out of it."""

    name: str
    wall: float
    user: float
    #: Most memory held at once by the largest single process, in megabytes.
    memory: float
    result: str


def sphinx(builder: str, source: Path, work: Path) -> list[str]:
    """Return the command that Read the Docs runs."""
    output = work / "output" / builder
    options = ["-q", "-T", "-b", builder, "-d", str(work / "doctrees")]
    return [sys.executable, "-m", "sphinx", *options, str(source), str(output)]


def steps(source: Path, work: Path) -> list[Step]:
    """Build all outputs, and return what each step took."""
    output = work / "output"
    latex = output / "latex"
    make = ["make", "all-pdf", "LATEXMKOPTS=-interaction=nonstopmode"]
    plan = (
        ("html", sphinx("html", source, work), work),
        ("latex", sphinx("latex", source, work), work),
        ("pdf", make, latex),
        ("epub", sphinx("epub", source, work), work),
    )
    found = []
    for name, command, cwd in plan:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            wall, usage = measured(command, cwd, work)
        except BuildError as error:
            raise BuildError(f"{name}: {error}") from error
        memory = usage.ru_maxrss * MEMORY_UNIT / MEGABYTE
        found.append(Step(name, wall, usage.ru_utime, memory, result(name, output)))
    return found


def result(name: str, output: Path) -> str:
    """Say what a step wrote, and how much of it."""
    if name == "html":
        pages = list((output / "html").rglob("*.html"))
        return f"{len(pages)} files of HTML, {megabytes(files_below(output / 'html'))} in all"
    if name == "latex":
        return megabytes(list((output / "latex").glob("*.tex")))
    if name == "pdf":
        (log,) = (output / "latex").glob("*.log")
        found = PAGES.search(log.read_bytes().replace(b"\n", b" "))
        pages_of_pdf = found[1].decode() if found else "?"
        return f"{pages_of_pdf} pages, {megabytes(list((output / 'latex').glob('*.pdf')))}"
    return megabytes(list((output / "epub").glob("*.epub")))


def megabytes(paths: list[Path]) -> str:
    """Write the size of files."""
    return f"{sum(path.stat().st_size for path in paths) / MEGABYTE:.1f} MB"


def together(found: list[Step]) -> Step:
    """Return what all steps took, one after another."""
    wall = sum(step.wall for step in found)
    user = sum(step.user for step in found)
    memory = max(step.memory for step in found)
    limits = f"may take {LIMIT_WALL} s and {LIMIT_MEMORY} MB"
    return Step("together", wall, user, memory, limits)


def table(found: list[Step]) -> str:
    """Write the results as one plain table."""
    rows = [
        COLUMNS,
        *((s.name, f"{s.wall:.1f}", f"{s.user:.1f}", f"{s.memory:.0f}", s.result) for s in found),
    ]
    lines = [
        f"{name:8}  {wall:>7}  {user:>10}  {memory:>8}  {text}"
        for name, wall, user, memory, text in rows
    ]
    rule = "-" * max(map(len, lines))
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])


def main() -> int:
    """Build the guide in a temporary folder, and print what that took."""
    parser = argparse.ArgumentParser(description=DESCRIPTION)
    parser.add_argument("--content", type=Path, default=DEFAULT_CONTENT, help="the content folder")
    parser.add_argument("--keep", type=Path, help="keep the outputs in this new folder")
    parser.add_argument(
        "--with-posts", action="store_true", help="put posts into the book, as an appendix"
    )
    options = parser.parse_args()
    if shutil.which("latexmk") is None:
        parser.error("needs TeX (Debian: latexmk texlive-xetex)")
    with tempfile.TemporaryDirectory(prefix="bench-book-") as folder:
        work = Path(folder)
        guide = Guide.copy(options.content.resolve(), work / "guide")
        source = guide.folder / "source"
        fsp_copy(guide.content, source)
        values = fsp_settings(guide, "sphinx_fsp")
        if options.with_posts:
            values["fsp_book_exclude"] = ["examples"]
        (source / "conf.py").write_text(settings(values), encoding="utf-8")
        print(f"{len(find_pages(guide.content))} pages of {options.content}\n")
        try:
            found = steps(source, work)
        except BuildError as error:
            print(error)
            return 1
        if options.keep:
            shutil.copytree(work / "output", options.keep)
    whole = together(found)
    print(table([*found, whole]))
    return int(whole.wall > LIMIT_WALL or whole.memory > LIMIT_MEMORY)


if __name__ == "__main__":
    raise SystemExit(main())
