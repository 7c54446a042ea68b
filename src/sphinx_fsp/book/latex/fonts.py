"""The fonts of a guide's PDF, and what is said about characters that they lack."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.book.latex import characters, scripts
from sphinx_fsp.config import values_said
from sphinx_fsp.diagnostics import BOOK_CHARACTER, warn
from sphinx_fsp.source.project import has_pages

#: Where the characters of the document are to be named.
MARK = r"\fspcharacters"

#: Languages whose letters the text fonts of a guide lack, so that all is set in FreeSerif.
NOT_LATIN = frozenset("ar be bg bn el fa he hi hy ka kk mk mn ne ru sr ta te th uk ur".split())
#: Languages for which polyglossia needs more than Debian's texlive-xetex brings.
WITHOUT_POLYGLOSSIA = frozenset("ar fa he ja ko ur".split())
#: xeCJK spaces Chinese and Japanese better than TeX alone, and isn't in every installation.
XECJK: Mapping[str, str] = {
    "fontenc": r"\IfFileExists{xeCJK.sty}{\usepackage{xeCJK}}{\usepackage{fontspec}}",
    "fvset": "\\fvset{fontsize=auto}\n"
    r"\ifdefined\xeCJKVerbAddon\fvset{formatcom=\xeCJKVerbAddon}\fi",
}
GREEK = r"""
\newfontfamily\greekfont{FreeSerif.otf}
\newfontfamily\greekfontsf{FreeSans.otf}
\newfontfamily\greekfonttt{FreeMono.otf}"""

#: In the index, words in letters that makeindex doesn't know stand in one group, without a heading.
NO_SYMBOLS = r"""
\AtBeginDocument{\def\sphinxsymbolsname{}}"""


def elements(engine: str, language: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for ``latex_elements`` that bring fonts for any character.

    :param given: what the user set there, which stays
    """
    if engine not in {"pdflatex", "xelatex", "lualatex"}:
        return {}
    language = language[:2]
    if engine == "pdflatex":
        return {"extrapackages": _with_mark(given.get("extrapackages", ""))}
    found: dict[str, Any] = {}
    if engine == "xelatex" and language in {"ja", "zh"}:
        found |= XECJK
    if language in WITHOUT_POLYGLOSSIA:
        found |= {"polyglossia": "", "babel": ""}
    found |= given
    if "fontpkg" in given:
        found["fontpkg"] = _with_mark(given["fontpkg"])
    else:
        option = "fonts" if language in NOT_LATIN else "fonts,latin"
        greek = GREEK if language == "el" else ""
        found["fontpkg"] = f"\\usepackage[{option}]{{fspchars}}\n{MARK}{greek}"
        if language in NOT_LATIN or language in {"ja", "ko", "zh"}:
            found["fontpkg"] += NO_SYMBOLS
    return found


def _with_mark(given: str) -> str:
    return f"\\usepackage{{fspchars}}\n{MARK}\n{given}"


def set_fonts(app: Sphinx, config: Config) -> None:
    """Set the fonts of a guide where the user set none. Comes after the engine is set."""
    if not has_pages(app.srcdir, config):
        return
    given = config.latex_elements
    config["latex_elements"] = {**given, **elements(config.latex_engine, config.language, given)}
    unicode = config.latex_engine in {"xelatex", "lualatex"}
    if unicode and config.language == "ja" and "latex_docclass" not in values_said(config):
        # Sphinx takes Japanese classes, which only platex knows.
        config["latex_docclass"] = {"manual": "report", "howto": "article"}


def finish(tex: str, engine: str, language: str, words: str = "") -> str:
    """Return the text of a guide's book with its characters named, and none that TeX can't take.

    :param words: what stands in other files that the book reads
    """
    tex = characters.tidy(tex)
    if MARK not in tex:
        return tex
    chars = characters.used(tex + words)
    if engine == "pdflatex":
        lines = characters.pdflatex_declarations(chars)
    else:
        lines = characters.declarations(chars, language)
    return tex.replace(MARK, f"{lines}\n{MARK}" if lines else MARK, 1)


# What to say about characters that aren't shown.


def report(tex: str, config: Config, path: Path, encodings: Iterable[str] = ()) -> None:
    """Warn of characters in the text of a book that no font here has.

    Only where TeX is: elsewhere nobody can tell.
    """
    chars = characters.used(tex)
    if config.latex_engine == "pdflatex":
        unknown = characters.unknown_to_pdflatex(chars, encodings)
        advice = 'set latex_engine = "xelatex", which takes any'
    else:
        unknown = _without_font(chars, config.language)
        groups = scripts.groups_of(unknown, config.language)
        packages = ", ".join(dict.fromkeys(group.package for group in groups if group.package))
        advice = f"install a font that has them; on Debian {packages}"
        if not packages:
            advice = "write others: these are in no font that is known here"
    if unknown:
        count = "a character" if len(unknown) == 1 else f"{len(unknown)} characters"
        warn(
            BOOK_CHARACTER,
            path,
            None,
            count=count,
            characters=characters.named(unknown),
            advice=advice,
        )


def _without_font(chars: Iterable[str], language: str) -> list[str]:
    """Return the characters that none of the fonts has which the book looks in."""
    rare = [char for char in sorted(chars) if not COMMON(ord(char))]
    if not rare or not shutil.which("kpsewhich") or not shutil.which("fc-query"):
        return []
    names = {n for g in scripts.groups_of(rare, language) for fonts in g.fonts for n in fonts}
    covers = coverage(tuple(sorted(names | OWN)))
    return [char for char in rare if not any(has(ord(char)) for has in covers)]


#: The fonts of the text itself.
OWN = frozenset({"texgyrepagella-regular.otf", "texgyreheros-regular.otf"})
#: What any font has that the book could be set in.
COMMON = characters.ranges("a0-17f 2013-2014 2018-201a 201c-201e 2020-2022 2026 2030 20ac 2122")


@lru_cache(maxsize=4)
def coverage(names: tuple[str, ...]) -> list[Callable[[int], bool]]:
    """Return a test for each font that is installed: whether it has a character."""
    files = _output_of("kpsewhich", *names).split("\n")
    lines = _output_of("fc-query", "--format=%{charset}\n", *filter(None, files)).split("\n")
    return [characters.ranges(line) for line in lines if line]


def _output_of(*command: str) -> str:
    try:
        run = subprocess.run(  # noqa: S603 (names of fonts, all from this package)
            command, capture_output=True, text=True, check=False, timeout=60, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout


def encodings_in(fontenc: str) -> list[str]:
    """Return the names of the font encodings that a document loads."""
    return re.findall(r"\b(T2A|X2|LGR)\b", fontenc)


def setup(app: Sphinx) -> None:
    """Set the fonts after the engine is chosen, and before Sphinx looks there."""
    app.connect("config-inited", set_fonts, priority=310)
