"""The PDF, made by latexmk as Read the Docs makes it. Needs TeX."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOTS, Site
from paper import needs_tex, text_of, typeset

EXAMPLE = Path(__file__).parents[2] / "example"


@pytest.fixture(autouse=True)
def _needs_tex() -> None:
    needs_tex()


def make_pdf(site: Site) -> str:
    """Build a PDF with Sphinx's own Makefile, and return its text."""
    outdir = site.build("latex").outdir
    typeset(outdir)
    (log,) = outdir.glob("*.log")
    text = log.read_text(encoding="utf-8", errors="replace")
    assert "There were undefined references" not in text
    assert "Missing character" not in text
    (pdf,) = outdir.glob("*.pdf")
    return text_of(pdf, "-layout")


def test_example(tmp_path: Path) -> None:
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build", "*.mo"))
    text = make_pdf(Site(root, root / "content"))
    assert "See also" in text
    assert re.search(r"Constellations are the map on which everything else in the sky", text)
    assert "~~" not in text
    # Chapters from the outline, in its order.
    places = [text.index(t) for t in ("Start Here", "The Sky Above You", "Binoculars")]
    assert places == sorted(places)


def test_what_tex_finds_special(tmp_path: Path) -> None:
    shutil.copytree(ROOTS / "guide", tmp_path / "guide")
    site = Site(tmp_path / "guide", tmp_path / "guide/content")
    site.write(
        "special.markdown",
        "title: 100% & #1_{x} ~ ^ \\ $5 <b>\nslug: special\nsortorder: 0109\n"
        "sidebartitle: % & # _ { } ~ ^ \\ $\n\n"
        "Здравствуй — 100% & #1_{x}~^\\$. [a_b](https://example.org/a%20b?c=d&e=f#g_h)\n",
    )
    assert "100% & #1_{x}" in make_pdf(site)
