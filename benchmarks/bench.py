"""Time the build of one guide with several site builders, side by side.

Run it with ``python benchmarks/bench.py``; ``--help`` lists the options and
README.md says what the columns mean.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from statistics import median

from bench_builders import (
    CANDIDATES,
    BuildError,
    Candidate,
    Figures,
    build,
    installed,
    prepare,
)
from bench_content import Guide, find_pages, multiply

DESCRIPTION = "Time the build of one guide with several site builders."
DEFAULT_CONTENT = Path(__file__).resolve().parent.parent / "example" / "content"
COLUMNS = (
    ("user CPU s", "user", 2),
    ("wall s", "wall", 2),
    ("peak MB", "memory", 0),
    ("output MB", "output", 1),
    ("HTML MB", "html", 1),
    ("HTML files", "files", 0),
)


class Run:
    """The guide's copy, and what each candidate did with it so far."""

    def __init__(self, guide: Guide, work: Path, jobs: str) -> None:
        """Start with no results; everything is built below ``work``."""
        self.guide = guide
        self.work = work
        self.jobs = jobs
        self.rounds: dict[str, list[Figures]] = {}
        self.failures: dict[str, str] = {}
        self.missing: set[str] = set()

    def measure(self, candidate: Candidate) -> None:
        """Build once from a clean state and note the figures or the failure."""
        name = candidate.name
        if name in self.failures or name in self.missing:
            return
        if not installed(candidate):
            self.missing.add(name)
            return
        output = self.output(candidate)
        shutil.rmtree(output, ignore_errors=True)
        try:
            source = self.guide.folder / name
            if not source.exists():
                prepare(candidate, self.guide, source)
            figures = build(candidate, source, output, self.work, self.jobs)
        except BuildError as error:
            self.failures[name] = str(error)
            self.rounds.pop(name, None)
        else:
            self.rounds.setdefault(name, []).append(figures)

    def output(self, candidate: Candidate) -> Path:
        """Say where the site of a candidate is built."""
        return self.work / "output" / candidate.name


def middle(rounds: list[Figures], field: str) -> float:
    """Give the median of one figure over the rounds."""
    return median(float(getattr(figures, field)) for figures in rounds)


def row(run: Run, name: str, first: str) -> list[str]:
    """Write the cells of one candidate: each median, then its ratio."""
    if name in run.missing:
        return [name, "not installed"]
    if name in run.failures:
        return [name, "failed"]
    cells = [name]
    for _, field, digits in COLUMNS:
        value = middle(run.rounds[name], field)
        base = middle(run.rounds[first], field) if first in run.rounds else 0.0
        ratio = f"{value / base:.2f}x" if base else "-"
        cells.append(f"{value:.{digits}f} {ratio:>6}")
    return cells


def table(run: Run, candidates: list[Candidate]) -> str:
    """Write the results as one plain table, in the order of the candidates."""
    first = candidates[0].name
    rows = [["candidate", *(title for title, _, _ in COLUMNS)]]
    rows += [row(run, candidate.name, first) for candidate in candidates]
    whole = [cells for cells in rows if len(cells) == len(rows[0])]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    widths[0] = max(len(cells[0]) for cells in rows)
    lines = []
    for cells in rows:
        line = cells[0].ljust(widths[0])
        if cells in whole:
            pairs = zip(cells[1:], widths[1:], strict=True)
            line += "".join(f"  {cell:>{width}}" for cell, width in pairs)
        else:
            line += f"  {cells[1]}"
        lines.append(line)
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join(lines)


def version(package: str) -> str:
    """Give the version of an installed package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def facts(pages: int, rounds: int, jobs: str) -> str:
    """Describe the machine and the run in one line."""
    return (
        f"Python {platform.python_version()}, Sphinx {version('sphinx')}, "
        f"myst-parser {version('myst-parser')}, {os.cpu_count()} cores, "
        f"{pages} pages, -j {jobs}, median of {rounds} round(s)"
    )


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def job_count(text: str) -> str:
    """Read what ``sphinx-build -j`` takes: a number or ``auto``."""
    return text if text == "auto" else str(positive(text))


def choose(text: str) -> list[Candidate]:
    """Find the candidates named in a list with commas, in that order."""
    known = {candidate.name: candidate for candidate in CANDIDATES}
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            message = f"unknown candidate {name!r}, choose from {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
    if not names:
        raise argparse.ArgumentTypeError("no candidate named")
    return [known[name] for name in dict.fromkeys(names)]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line and stop early on folders that don't fit."""
    parser = argparse.ArgumentParser(description=DESCRIPTION)
    add = parser.add_argument
    add(
        "--content",
        type=Path,
        default=DEFAULT_CONTENT,
        metavar="DIR",
        help="the guide's content folder (default: example/content)",
    )
    add(
        "--only",
        type=choose,
        default=list(CANDIDATES),
        metavar="A,B",
        dest="candidates",
        help="pick candidates; ratios are to the first one. All: "
        + ", ".join(candidate.name for candidate in CANDIDATES),
    )
    add("--rounds", type=positive, default=3, metavar="N", help="default: 3")
    add(
        "--scale",
        type=positive,
        default=1,
        metavar="N",
        help="build the guide N times over, as one guide (default: 1)",
    )
    add(
        "--jobs",
        type=job_count,
        default="1",
        metavar="N",
        help="passed to Sphinx as -j (default: 1)",
    )
    add(
        "--keep",
        type=Path,
        metavar="DIR",
        help="keep the sites of the last round in DIR, one folder each",
    )
    options = parser.parse_args(arguments)
    if not find_pages(options.content):
        parser.error(f"no pages in {options.content}")
    for candidate in options.candidates if options.keep else ():
        if (options.keep / candidate.name).exists():
            parser.error(f"{options.keep / candidate.name} already exists")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when a build failed, 0 otherwise."""
    options = parse(arguments)
    candidates: list[Candidate] = options.candidates
    with tempfile.TemporaryDirectory(prefix="fsp-bench-") as folder:
        work = Path(folder).resolve()
        guide = Guide.copy(options.content.resolve(), work / "guide")
        multiply(guide.content, options.scale)
        pages = len(find_pages(guide.content))
        print(facts(pages, options.rounds, options.jobs), flush=True)
        run = Run(guide, work, options.jobs)
        for number in range(1, options.rounds + 1):
            for candidate in candidates:
                note = f"round {number} of {options.rounds}: {candidate.name}"
                print(note, file=sys.stderr, flush=True)
                run.measure(candidate)
        print(table(run, candidates))
        for name, message in run.failures.items():
            print(f"\n{name} failed: {message}", file=sys.stderr)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            for candidate in candidates:
                if candidate.name in run.rounds:
                    target = options.keep / candidate.name
                    shutil.move(run.output(candidate), target)
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
