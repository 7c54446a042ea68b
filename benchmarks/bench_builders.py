"""The candidates: how each is configured, run and measured."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from bench_content import Guide, fsp_copy, pelican_copy, plain_copy

MEGABYTE = 1_000_000
# What ru_maxrss counts in: bytes on macOS, kilobytes elsewhere.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
TAIL = 25


@dataclass(frozen=True)
class Candidate:
    """One way to build the guide."""

    name: str
    kind: Literal["plain", "fsp", "pelican"]
    theme: str
    modules: tuple[str, ...]


SPHINX = ("sphinx", "myst_parser")
CANDIDATES = (
    Candidate("basic", "plain", "basic", SPHINX),
    Candidate("furo", "plain", "furo", (*SPHINX, "furo")),
    Candidate(
        "pydata",
        "plain",
        "pydata_sphinx_theme",
        (*SPHINX, "pydata_sphinx_theme"),
    ),
    Candidate("shibuya", "plain", "shibuya", (*SPHINX, "shibuya")),
    Candidate("pelican", "pelican", "simple", ("pelican", "markdown")),
    Candidate("fsp-basic", "fsp", "basic", (*SPHINX, "sphinx_fsp")),
    Candidate("fsp", "fsp", "sphinx_fsp", (*SPHINX, "sphinx_fsp")),
)


@dataclass(frozen=True)
class Figures:
    """What one build took, in seconds and megabytes, and what it wrote."""

    user: float
    wall: float
    memory: float
    output: float
    html: float
    files: int


class BuildError(Exception):
    """A build that failed, with the last lines it printed."""


def installed(candidate: Candidate) -> bool:
    """Say whether all that the candidate needs can be imported."""
    return all(find_spec(module) is not None for module in candidate.modules)


def settings(values: dict[str, object]) -> str:
    """Write a Python settings file."""
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())


def plain_settings(guide: Guide, theme: str) -> dict[str, object]:
    """Configure plain MyST, with the static files copied as they are."""
    return {
        "project": "Guide",
        "extensions": ["myst_parser"],
        "source_suffix": {
            ".md": "markdown",
            ".markdown": "markdown",
            ".rst": "restructuredtext",
        },
        "suppress_warnings": ["myst", "image", "toc", "ref", "docutils", "misc"],
        "html_theme": theme,
        "html_extra_path": ["../static"] if guide.has("static") else [],
    }


def fsp_settings(guide: Guide, theme: str) -> dict[str, object]:
    """Configure sphinx_fsp the way its users are told to."""
    values: dict[str, object] = {
        "project": "Guide",
        "author": "Guide authors",
        "extensions": ["sphinx_fsp"],
        "html_theme": theme,
        "html_baseurl": "https://www.fullstackpython.com/",
    }
    if guide.has("static"):
        values["fsp_static_path"] = ["../static"]
    if guide.has("redirects.csv"):
        values["fsp_redirects"] = "../redirects.csv"
    if guide.has("next-steps.yml"):
        values["fsp_next_steps"] = "../next-steps.yml"
    return values


def pelican_settings(static: list[str], theme: str) -> dict[str, object]:
    """Configure Pelican: the guide's addresses, and nothing but its pages."""
    values: dict[str, object] = {
        "SITENAME": "Guide",
        "AUTHOR": "Guide authors",
        "SITEURL": "",
        "TIMEZONE": "UTC",
        "DEFAULT_DATE": "fs",
        "THEME": theme,
        "PLUGINS": [],
        "PAGE_PATHS": ["pages"],
        "ARTICLE_PATHS": ["posts"],
        "STATIC_PATHS": static,
        "ARTICLE_URL": "blog/{slug}.html",
        "ARTICLE_SAVE_AS": "blog/{slug}.html",
        "PAGE_URL": "{slug}.html",
        "PAGE_SAVE_AS": "{slug}.html",
        "DIRECT_TEMPLATES": ["index"],
    }
    for name in ("AUTHOR", "CATEGORY", "TAG"):
        values[f"{name}_SAVE_AS"] = ""
    for name in ("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM"):
        values[name] = None
    for name in ("AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS"):
        values[name] = None
    return values


def prepare(candidate: Candidate, guide: Guide, source: Path) -> None:
    """Make the source folder of a candidate, beside the guide's siblings."""
    name = "conf.py"
    if candidate.kind == "plain":
        plain_copy(guide.content, source)
        values = plain_settings(guide, candidate.theme)
    elif candidate.kind == "fsp":
        fsp_copy(guide.content, source)
        values = fsp_settings(guide, candidate.theme)
    else:
        name = "pelicanconf.py"
        static = pelican_copy(guide, source)
        values = pelican_settings(static, candidate.theme)
    (source / name).write_text(settings(values), encoding="utf-8")


def command(
    candidate: Candidate, source: Path, output: Path, doctrees: Path, jobs: str
) -> list[str]:
    """Give the command that builds a candidate's site from scratch."""
    python = [sys.executable, "-m"]
    if candidate.kind == "pelican":
        conf = str(source / "pelicanconf.py")
        options = ["-q", "--fatal", "errors", "-s", conf, "-o", str(output)]
        return [*python, "pelican", *options, str(source)]
    options = ["-q", "-E", "-b", "html", "-j", jobs, "-d", str(doctrees)]
    return [*python, "sphinx", *options, str(source), str(output)]


def build(candidate: Candidate, source: Path, output: Path, work: Path, jobs: str) -> Figures:
    """Build a candidate's site and measure the build and the site.

    The figures of the process are those of ``wait4``: its own and those of
    all child processes it waited for, memory being that of the largest one.
    """
    doctrees = work / "doctrees"
    shutil.rmtree(doctrees, ignore_errors=True)
    wall, usage = measured(command(candidate, source, output, doctrees, jobs), work, work)
    sizes = {path: path.stat().st_size for path in files_below(output)}
    html = [size for path, size in sizes.items() if path.suffix == ".html"]
    if not html:
        raise BuildError("no HTML files were written")
    return Figures(
        user=usage.ru_utime,
        wall=wall,
        memory=usage.ru_maxrss * MEMORY_UNIT / MEGABYTE,
        output=sum(sizes.values()) / MEGABYTE,
        html=sum(html) / MEGABYTE,
        files=len(html),
    )


def measured(arguments: list[str], cwd: Path, work: Path) -> tuple[float, resource.struct_rusage]:
    """Run a command, and return its seconds on the clock and what it used.

    What it prints goes to a file in ``work``.
    """
    log = work / "build.log"
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments,
            cwd=cwd,
            env={**os.environ, "TMPDIR": str(work)},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        ending = "\n".join(lines[-TAIL:])
        raise BuildError(f"exit status {process.returncode}\n{ending}")
    return wall, usage


def files_below(folder: Path) -> list[Path]:
    """List all files of a built site."""
    return [path for path in folder.rglob("*") if path.is_file()]
