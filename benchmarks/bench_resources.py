"""Time what thousands of resources in a data file add to a build.

Run it with ``python benchmarks/bench_resources.py``. Every number of resources is built in turn,
in several rounds, beside the same project without any; the table gives medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

COUNTS = (0, 2500, 5000, 10000)
CONF = """
project = "Many resources"
extensions = ["sphinx_fsp"]
html_theme = "basic"
html_baseurl = "https://example.org/"
fsp_resource_files = ["many.json"]
"""
INDEX = "# Home\n\n```{resource-index}\n:by: kind\n```\n"
#: Read in a child process, so that each build starts from nothing.
BUILD = "import sys; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"


class Figures(NamedTuple):
    """What one build took."""

    #: Seconds of the processor in user mode.
    user: float
    #: Peak memory in MB.
    memory: float


def entry(number: int) -> dict[str, str]:
    """Return a made-up resource."""
    return {
        "url": f"https://host{number % 700}.example/path/{number}",
        "title": f"Resource number {number} on a subject of its own",
        "description": "A text of some length that says what it is about and for whom.",
        "kind": ("book", "article", "video", "course")[number % 4],
        "level": ("beginner", "advanced")[number % 2],
        "author": f"Author {number % 300}",
        "date": str(2000 + number % 25),
    }


def build(count: int, folder: Path) -> Figures:
    """Build a project with so many resources from a clean state."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    entries = [entry(number) for number in range(count)]
    (folder / "many.json").write_text(json.dumps(entries, indent=1), encoding="utf-8")
    arguments = [sys.executable, "-c", BUILD, "-q", "-E", "-b", "html", folder, folder / "_out"]
    process = subprocess.Popen([str(argument) for argument in arguments])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build of {count} resources failed")
    return Figures(usage.ru_utime, usage.ru_maxrss / 1024)


def main() -> None:
    """Build everything, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="builds of each number (5)")
    rounds = parser.parse_args().rounds
    found: dict[int, list[Figures]] = {count: [] for count in COUNTS}
    with tempfile.TemporaryDirectory() as folder:
        for _round in range(rounds):
            for count in COUNTS:
                found[count].append(build(count, Path(folder) / "site"))
    base = Figures(*map(median, zip(*found[0], strict=True)))
    print("| resources | user CPU s | added s | peak MB | added MB |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for count, figures in found.items():
        user, memory = map(median, zip(*figures, strict=True))
        added = f"{user - base.user:.2f} | {memory:.0f} | {memory - base.memory:.0f}"
        print(f"| {count} | {user:.2f} | {added} |")


if __name__ == "__main__":
    main()
