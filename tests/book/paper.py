"""A guide's pages on paper: TeX's log, the PDF and its text. Needs TeX and poppler."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Build, Site
from texlog import TexLog, read_log, words_outside

PROGRAMS = ("latexmk", "xelatex", "pdftotext")


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


def needs_tex() -> None:
    """Skip a test where TeX is missing."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing and not os.environ.get("FSP_REQUIRE_SYSTEM"):
        pytest.skip(f"needs {', '.join(missing)} (Debian: latexmk texlive-xetex poppler-utils)")
    assert not missing


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
    run = subprocess.run(
        ["make", "all-pdf", "LATEXMKOPTS=-interaction=nonstopmode -quiet"],
        cwd=build.outdir,
        capture_output=True,
        text=True,
        check=False,
    )
    (log,) = build.outdir.glob("*.log")
    assert run.returncode == 0, read_log(log).errors or run.stdout[-2000:]
    (pdf,) = build.outdir.glob("*.pdf")
    shown = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    # A line that TeX broke with a hyphen goes on without it.
    text = shown.stdout.replace("\u00ad", "").replace("\u2010\n", "").replace("-\n", "-")
    return Paper(build, read_log(log), pdf, "".join(text.split()))
