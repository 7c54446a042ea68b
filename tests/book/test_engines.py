"""Engines, languages and fonts of a guide's PDF."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Build, Site
from paper import needs_tex, text_of, typeset
from texlog import TexLog, read_log

from sphinx_fsp.book.latex import fonts

MakeSite = Callable[..., Site]

# ruff: noqa: RUF001
#: Words of a guide in each language: its title, and its text.
LANGUAGES = {
    "zh_CN": ("中文指南", "你好世界，这是一个很长的段落。"),
    "zh_TW": ("指南", "繁體中文，鬱龜。"),
    "ja": ("日本語の案内", "こんにちは、世界。これは長い段落です。"),
    "ru": ("Руководство", "Привет, мир. Это длинный абзац. "),
    "el": ("Οδηγός", "Γεια σου κόσμε. "),
    "ar": ("دليل", "مرحبا بالعالم هذا نص طويل. "),
    "he": ("מדריך", "שלום עולם זה טקסט ארוך. "),
    "hi": ("गाइड", "नमस्ते दुनिया "),
    "fr": ("Guide", "Bonjour : « ça va ? » 😀 : oui ! "),
}
#: Languages whose letters pdftotext gives back as they were written.
PLAIN = {"zh_CN", "zh_TW", "ja", "ru", "el", "fr"}


def page(title: str, text: str) -> str:
    return (
        f"title: {title}\nslug: page\nsortorder: 0100\ntoc: True\n\n"
        f"## {title} 2\n\n{text * 12}\n\n**{text.strip()}** `{text}` English ✓\n\n"
        f"```python\n# {text}\n```\n\n:::{{note}}\n{text}\n:::\n"
    )


def make_guide(make_site: MakeSite, title: str, text: str, **conf: object) -> Site:
    conf = {"project": title, "author": title, **conf}
    pages = {"index.md": "# Home\n\n```{guide-contents}\n```\n", "page.markdown": page(title, text)}
    return make_site(pages=pages, **conf)


def tex_of(build: Build) -> str:
    (path,) = build.outdir.glob("*.tex")
    return path.read_text(encoding="utf-8")


def run_tex(build: Build, engine: str = "xelatex", **env: str) -> tuple[TexLog, str]:
    """Make the PDF; return the log and the text."""
    needs_tex(engine)
    typeset(build.outdir, **env)
    (log,), (pdf,) = build.outdir.glob("*.log"), build.outdir.glob("*.pdf")
    return read_log(log), text_of(pdf)


def needs_font(name: str) -> None:
    if not subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout:
        assert not os.environ.get("FSP_REQUIRE_SYSTEM"), name
        pytest.skip(f"needs the font {name}")


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_in_other_languages(make_site: MakeSite, language: str) -> None:
    """The engine is the usual one, and nothing is to be set."""
    title, text = LANGUAGES[language]
    if language[:2] in {"zh", "ja"}:
        needs_font("FandolSong-Regular.otf")
    build = make_guide(make_site, title, text, language=language).build("latex")
    log, shown = run_tex(build)
    assert [log.errors, log.missing, log.undefined] == [[], [], []]
    assert not log.wider_than(20)
    if language in PLAIN and "[fsp.book_character]" not in " ".join(build.warnings):
        assert shown.replace("\n", "").count(text.strip()[:3]) >= 12


@pytest.mark.once
def test_bare_installation(make_site: MakeSite, tmp_path: Path) -> None:
    """Without TeX Gyre, DejaVu and any font for Chinese: FreeSerif, and numbers for the rest."""
    needs_font("FreeSerif.otf")
    folder = tmp_path / "fonts"
    folder.mkdir()
    # LaTeX itself needs Latin Modern.
    for name, pattern in {"FreeSerif.otf": "Free*.otf", "lmroman10-regular.otf": "lm*.otf"}.items():
        found = subprocess.run(["kpsewhich", name], capture_output=True, text=True, check=True)
        for path in Path(found.stdout.strip()).parent.glob(pattern):
            (folder / path.name).symlink_to(path)
    build = make_guide(make_site, "Guide", "Text, Привет, ✓ and 你好. ").build("latex")
    only = f"{folder}//"
    log, shown = run_tex(build, OPENTYPEFONTS=only, TTFONTS=only, OSFONTDIR=str(folder))
    assert [log.errors, log.missing] == [[], []]
    assert "Привет, ✓ and U+4F60" in shown


def test_pdflatex_says_what_it_lacks(make_site: MakeSite) -> None:
    site = make_guide(make_site, "Guide", "Café — Привет ✓ ", latex_engine="pdflatex")
    build = site.build("latex")
    assert build.warnings == [
        "conf.py:1: WARNING: the PDF has no font for 6 characters: П U+041F, в U+0432, е U+0435, "
        'и U+0438, р U+0440, т U+0442; set latex_engine = "xelatex", which takes any '
        "[fsp.book_character]"
    ]
    assert r"\fspcharacter{041F}{П}" in tex_of(build)


def test_pdflatex_with_cyrillic(make_site: MakeSite) -> None:
    site = make_guide(
        make_site,
        "Guide",
        "Привет ",
        latex_engine="pdflatex",
        latex_elements={"fontenc": r"\usepackage[T2A,T1]{fontenc}"},
    )
    assert site.build("latex").warnings == []


def test_fonts_of_the_user(make_site: MakeSite) -> None:
    """Fonts that the user set stay, and have the fallback fonts as well."""
    needs_font("FreeSans.otf")
    site = make_guide(
        make_site,
        "Guide",
        "Text ✓ Привет ",
        latex_elements={"fontpkg": r"\setmainfont{texgyrepagella-regular.otf}"},
    )
    tex = tex_of(site.build("latex"))
    assert "\\usepackage{fspchars}\n\\fspgroup" in tex
    assert "\\fspcharacters\n\\setmainfont{texgyrepagella-regular.otf}" in tex


def test_ordinary_projects_have_the_fonts_of_sphinx(make_site: MakeSite) -> None:
    site = make_site(pages={"index.md": "# Home\n\n✓ a\x07b\n"}, latex_engine="xelatex")
    build = site.build("latex")
    assert "fspchars" not in tex_of(build)
    assert build.warnings == []


@pytest.mark.parametrize(
    ("engine", "language", "given", "expected"),
    [
        ("xelatex", "en", {}, {"fontpkg": r"\usepackage[fonts,latin]{fspchars}"}),
        ("lualatex", "ru", {}, {"fontpkg": r"\usepackage[fonts]{fspchars}"}),
        ("xelatex", "ar", {}, {"polyglossia": "", "babel": ""}),
        ("xelatex", "ar", {"babel": "mine"}, {"babel": "mine"}),
        ("xelatex", "zh_CN", {}, {"fontenc": r"\IfFileExists{xeCJK.sty}"}),
        ("xelatex", "zh_CN", {"fontenc": "mine"}, {"fontenc": "mine"}),
        ("pdflatex", "en", {}, {"extrapackages": r"\usepackage{fspchars}"}),
        ("uplatex", "ja", {}, {}),
    ],
)
def test_elements(
    engine: str, language: str, given: Mapping[str, str], expected: Mapping[str, str]
) -> None:
    found = fonts.elements(engine, language, given)
    assert {name: found[name][: len(value)] for name, value in expected.items()} == expected
    assert bool(found) == (engine != "uplatex")


def test_every_engine_names_its_characters(make_site: MakeSite) -> None:
    site = make_guide(make_site, "Guide", "Café ✓ ")
    tex = tex_of(site.build("latex"))
    codes = re.findall(r"^\\fspgroup.*\{([0-9A-F,]+)\}$", tex, re.MULTILINE)
    assert ",".join(codes).split(",") == ["E9", "2713"]
