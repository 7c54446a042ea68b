"""A guide's pages on paper: TeX's log, the PDF and its text. Needs TeX and poppler."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Build, Site
from texlog import TexLog, read_log, words_outside

#: The book of the real guide takes two minutes on a busy machine.
MOST_SECONDS = 600


@dataclass(frozen=True)
class Paper:
    """What came of a project."""

    build: Build
    log: TexLog
    pdf: Path
    #: The text of the PDF, without any blanks.
    letters: str

    def holds(self, text: str) -> bool:
        """Tell whether the PDF has a text, whatever lines it is broken into."""
        return "".join(text.split()) in self.letters

    def assert_sound(self) -> None:
        """Fail when TeX complained, or words stand in the margins."""
        assert self.log.errors == []
        assert self.log.undefined == []
        assert self.log.missing == []
        assert self.log.wider_than(20) == []
        assert self.log.taller_than(20) == []
        # The margins are 110 points at the side and 90 below; a word may stand out by 6.
        assert words_outside(self.pdf, 104, 45) == []


def needs(*programs: str, debian: str) -> None:
    """Skip a test where a program is missing; with ``FSP_REQUIRE_SYSTEM`` it fails instead."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and not os.environ.get("FSP_REQUIRE_SYSTEM"):
        pytest.skip(f"needs {', '.join(missing)} (Debian: {debian})")
    assert not missing


def needs_tex(engine: str = "xelatex") -> None:
    """Skip a test where TeX is missing."""
    packages = "latexmk texlive-xetex texlive-luatex poppler-utils"
    needs("latexmk", engine, "pdftotext", debian=packages)


def typeset(folder: Path, options: str = "", **variables: str) -> str:
    """Make the PDF of a folder with Sphinx's own Makefile, and return what was said.

    TeX that doesn't end is stopped: it would keep a processor busy for ever.
    """
    run = subprocess.Popen(
        ["make", "all-pdf", f"LATEXMKOPTS=-interaction=nonstopmode -quiet {options}"],
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said = run.communicate(timeout=MOST_SECONDS)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        pytest.fail(f"no PDF after {MOST_SECONDS} seconds")
    errors = [error for log in folder.glob("*.log") for error in read_log(log).errors]
    assert run.returncode == 0, errors or said[-2000:]
    return said


def text_of(pdf: Path, layout: str = "-raw") -> str:
    """Return the text of a PDF, in the order in which it was set."""
    run = subprocess.run(
        ["pdftotext", layout, str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return run.stdout


def project(folder: Path, pages: Mapping[str, str], **conf: object) -> Site:
    """Return a guide of some pages, each a chapter."""
    content = folder / "content"
    content.mkdir(parents=True)
    site = Site(folder, content)
    values = {
        "extensions": ["sphinx_fsp"],
        "html_theme": "basic",
        "myst_enable_extensions": ["colon_fence", "deflist", "fieldlist"],
        **conf,
    }
    site.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in values.items()))
    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
    for n, (slug, text) in enumerate(pages.items(), 1):
        head = f"title: {slug.title()}\nslug: {slug}\nsortorder: {n:02}00\ntoc: True\n\n"
        site.write(f"{slug}.md", head + text)
    return site


def print_out(site: Site) -> Paper:
    """Build a project's PDF."""
    needs_tex()
    build = site.build("latex")
    typeset(build.outdir)
    (log,) = build.outdir.glob("*.log")
    (pdf,) = build.outdir.glob("*.pdf")
    # A line that TeX broke with a hyphen goes on without it.
    text = text_of(pdf).replace("\u00ad", "").replace("\u2010\n", "").replace("-\n", "-")
    return Paper(build, read_log(log), pdf, "".join(text.split()))
