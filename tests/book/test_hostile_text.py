"""A guide of text that TeX has trouble with, built by each engine as Read the Docs does it."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from conftest import Build, Site
from hostile_text import FAR, NOWHERE, SCRIPTS, SHAPED, SPECIAL, pages
from paper import needs_tex, text_of, typeset
from texlog import TexLog, read_log, words_outside

#: What pdflatex has in its fonts.
LATIN = "Polish"


@dataclass
class Book:
    """A PDF, and what was said on the way."""

    engine: str
    build: Build
    log: TexLog

    @property
    def pdf(self) -> Path:
        (pdf,) = self.build.outdir.glob("*.pdf")
        return pdf

    @cached_property
    def text(self) -> str:
        return text_of(self.pdf)


def make_book(site: Site, engine: str) -> Book:
    """Build a guide, and its PDF by Sphinx's own Makefile."""
    needs_tex(engine)
    build = site.build("latex", out=engine, overrides={"latex_engine": engine})
    typeset(build.outdir)
    (log,) = build.outdir.glob("*.log")
    return Book(engine, build, read_log(log))


def _png() -> bytes:
    """Return a green square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    lines = (b"\0" + b"\x14\x70\x2c" * 40) * 40
    head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("hostile")
    site = Site(root, root / "content")
    (root / "static/img").mkdir(parents=True)
    (root / "static/img/a_b #%.png").write_bytes(_png())
    conf = {
        "extensions": ["sphinx_fsp"],
        "project": SPECIAL,
        "author": SPECIAL,
        "release": "1_0 %",
        "fsp_static_path": ["../static"],
    }
    site.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in conf.items()))
    for name, text in pages().items():
        site.write(name, text)
    return site


@pytest.fixture(
    scope="module",
    params=[
        "xelatex",
        pytest.param("lualatex", marks=pytest.mark.once),
        pytest.param("pdflatex", marks=pytest.mark.once),
    ],
)
def book(request: pytest.FixtureRequest, site: Site) -> Book:
    return make_book(site, request.param)


def test_tex_has_nothing_to_say(book: Book) -> None:
    assert not book.log.errors
    assert not book.log.undefined
    assert not book.log.missing


def test_what_is_special_stands_as_it_was_written(book: Book) -> None:
    code = re.sub(r"\s+", " ", book.text)
    assert r"""\ { } # $ % & _ ^ ~ < > | " ' ` -- --- ?` !` [ ] @ *""" in code
    assert "A line that ends with % and goes on. 50%" in code
    assert r"\end{sphinxVerbatim}" in code
    assert "[starts with a bracket" in code


def test_scripts_are_found_back(book: Book) -> None:
    wanted = {name: word for name, word in SCRIPTS.items() if book.engine != "pdflatex"}
    wanted[LATIN] = SCRIPTS[LATIN]
    for name, word in wanted.items():
        # In the text, bold, italic, as code, as a link, in a listing, a quote and a list.
        assert book.text.count(word) >= 8, name


def test_scripts_far_away(book: Book) -> None:
    """Each character is shown, or its number is, and Sphinx has said so."""
    said = "\n".join(book.build.warnings)
    for word in (*FAR.values(), *SHAPED.values()):
        if book.engine == "pdflatex":
            first = f"U+{ord(word[0]):04X}"
            assert first in book.text
        elif word in FAR.values() and "[fsp.book_character]" in said:
            # A font can have one of two emoji.
            for character in word.replace(" ", ""):
                number = f"U+{ord(character):04X}"
                assert book.text.count(character) >= 8 or number in book.text


def test_no_font_has_it(book: Book) -> None:
    assert NOWHERE not in book.text
    assert f"U+{ord(NOWHERE):X}" in book.text
    (said,) = [line for line in book.build.warnings if "[fsp.book_character]" in line]
    assert said.startswith("conf.py:1: WARNING: the PDF has no font for ")
    hint = "install a font" if book.engine != "pdflatex" else 'set latex_engine = "xelatex"'
    assert hint in said


def test_control_characters_are_shown_and_said(book: Book) -> None:
    said = [line for line in book.build.warnings if "[fsp.control_character]" in line]
    assert (
        "controls.markdown:6: WARNING: the text has the control character U+0001; remove it "
        "[fsp.control_character]" in said
    )
    assert "U+202E" in book.text
    if book.engine != "pdflatex":
        assert "a␁b␇c␛d␡e" in book.text


def test_long_lines_are_wrapped(book: Book) -> None:
    letters = re.sub(r"[^x]", "", book.text)
    assert len(letters) >= 10_000
    assert (
        book.text.count("汉") >= 300 or book.engine == "pdflatex" or FAR["Chinese"] not in book.text
    )


def test_nothing_stands_off_the_page(book: Book) -> None:
    # The line below the text is that of the page's number.
    assert not words_outside(book.pdf, side=40, foot=20)
    assert not book.log.taller_than(20)


def test_deep_lists_are_all_there(book: Book) -> None:
    for text in ("level 40", "level 45", "quote 40", "note 8", "code 9", "mixed 18"):
        assert text in " ".join(book.text.split()), text
    assert "Heading 299" in book.text
