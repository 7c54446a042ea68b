"""What pages are told about the rest of the guide, and that it differs when they must change."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_fsp.source.answers import Question, answer
from sphinx_fsp.source.catalogue import SourceFile, build_catalogue
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.next_steps import Choice, NextSteps
from sphinx_fsp.source.redirects import Rule
from sphinx_fsp.source.settings import Settings

SKY = "title: The night sky\nslug: sky\nsidebartitle: Sky\nsortorder: 0200\ntoc: True\n"
MOON = "title: The Moon\nslug: moon\nsortorder: 0201\n"
MARS = "title: Mars\nslug: mars\nsortorder: 0202\n"


def guide_of(*texts: str, contents: str = "index", srcdir: Path = Path()) -> Guide:
    files = [SourceFile(f"pages/{n}.md", text) for n, text in enumerate(texts)]
    settings = Settings(srcdir=srcdir)
    return Guide(
        build_catalogue(files, settings.permalinks, (".md",)),
        ["index"],
        settings,
        static_files={"/img/moon.png": Path("/static/img/moon.png")},
        rules=[Rule("/luna.html", "/moon.html#top", "old.csv", 1)],
        next_steps={"sky": NextSteps("Where to?", (Choice("moon", ""), Choice("pluto", "")), 1)},
        contents=contents,
    )


GUIDE = guide_of(SKY, MOON)


@pytest.mark.parametrize(
    ("kind", "about", "expected"),
    [
        ("address", "/moon.html", "document:moon"),
        ("address", "/", "document:index"),
        ("address", "/img/moon.png", "file:"),
        ("address", "/luna.html", "redirect:/moon.html#top"),
        ("address", "/pluto.html", ""),
        ("file", "/img/moon.png", "/static/img/moon.png"),
        ("file", "/img/mars.png", ""),
        ("page", "moon", "pages/1.md"),
        ("page", "index", ""),
        ("children", "sky", "[('moon', 'The Moon')]"),
        ("children", "moon", ""),
        ("source", "missing.png", ""),
        ("structure", "", "index"),
        ("contents", "", "[(('02', True, ('sky', 'Sky')), [('moon', 'The Moon')])]"),
        ("steps", "moon", ""),
        ("steps", "index", ""),
    ],
)
def test_an_answer(kind: str, about: str, expected: str) -> None:
    assert answer(GUIDE, Question(kind, about)) == expected


def test_a_source_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "moon.png").touch()
    assert answer(guide_of(srcdir=tmp_path), Question("source", "moon.png")) == "found"


def test_steps_tell_the_question_and_the_titles() -> None:
    told = answer(GUIDE, Question("steps", "sky"))
    assert "Where to?" in told
    assert "The Moon" in told
    assert "pluto" in told


def test_a_guide_without_contents_has_no_children() -> None:
    assert answer(guide_of(SKY, MOON, contents=""), Question("children", "sky")) == ""


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(ValueError, match="weather"):
        answer(GUIDE, Question("weather", "tonight"))


def rename(text: str) -> str:
    return text.replace("The Moon", "Our Moon")


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        pytest.param(Question("address", "/mars.html"), [MOON], [MOON, MARS], id="new target"),
        pytest.param(Question("address", "/moon.html"), [MOON], [], id="target gone"),
        pytest.param(Question("page", "moon"), [MOON], [SKY, MOON], id="file moved"),
        pytest.param(Question("children", "sky"), [SKY, MOON], [SKY, MOON, MARS], id="new page"),
        pytest.param(Question("children", "sky"), [SKY, MOON], [SKY, rename(MOON)], id="renamed"),
        pytest.param(Question("contents", ""), [SKY], [SKY, MARS], id="new page in the contents"),
        pytest.param(
            Question("contents", ""),
            [SKY, MOON],
            [SKY.replace("toc: True", ""), MOON],
            id="chapter no longer listed",
        ),
        pytest.param(Question("steps", "sky"), [SKY, MOON], [SKY, rename(MOON)], id="step renamed"),
    ],
)
def test_a_change_that_a_page_shows_changes_its_answer(
    question: Question, before: list[str], after: list[str]
) -> None:
    assert answer(guide_of(*before), question) != answer(guide_of(*after), question)


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        pytest.param(
            Question("address", "/moon.html"), [MOON], [rename(MOON)], id="renamed target"
        ),
        pytest.param(Question("children", "moon"), [MOON], [MOON, MARS], id="no chapter"),
        pytest.param(Question("contents", ""), [SKY], [f"{SKY}meta: x\n"], id="description"),
    ],
)
def test_a_change_that_a_page_does_not_show_changes_nothing(
    question: Question, before: list[str], after: list[str]
) -> None:
    assert answer(guide_of(*before), question) == answer(guide_of(*after), question)
