"""Code blocks: marked lines, and languages that can be highlighted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.transforms.code import emphasised, known_language


@pytest.mark.parametrize(
    ("code", "shown", "lines"),
    [
        pytest.param("a\n~~b\nc\n", "a\nb\nc\n", [2], id="one line"),
        pytest.param("~~a\n~~b", "a\nb", [1, 2], id="all lines"),
        pytest.param("~~    a\n", "    a\n", [1], id="indented code"),
        pytest.param("~~\ta\n", "  a\n", [1], id="a tab ends where it did with the marker"),
        pytest.param("~~\n", "\n", [1], id="empty line"),
        pytest.param("~~~~a\n", "~~a\n", [1], id="two markers"),
        pytest.param("a = ~~b\n", "a = ~~b\n", [], id="inside a line"),
        pytest.param(" ~~a\n", " ~~a\n", [], id="after a blank"),
        pytest.param("\tb\n~~a\n", "\tb\na\n", [2], id="tabs of other lines stay"),
        pytest.param("", "", [], id="no code"),
    ],
)
def test_the_marker_goes_and_its_line_is_kept_in_mind(
    code: str, shown: str, lines: list[int]
) -> None:
    assert emphasised(code, "~~") == (shown, lines)


def test_another_marker() -> None:
    assert emphasised("a\n>> b\n~~c\n", ">> ") == ("a\nb\n~~c\n", [2])


def test_an_empty_marker_marks_nothing() -> None:
    assert emphasised("~~a\n", "") == ("~~a\n", [])


@given(st.lists(st.tuples(st.booleans(), st.text(st.sampled_from("ab =(~#")))))
def test_code_is_shown_as_it_was(parts: list[tuple[bool, str]]) -> None:
    code = "\n".join(("~~" if marked else "") + text for marked, text in parts)
    shown, lines = emphasised(code, "~~")
    numbered = list(enumerate(code.split("\n"), 1))
    assert lines == [n for n, line in numbered if line.startswith("~~")]
    assert shown == "\n".join(line.removeprefix("~~") for _, line in numbered)


@pytest.mark.parametrize("name", ["python", "py3", "bash", "html+jinja", "none", "pycon3", "text"])
def test_a_language_that_can_be_highlighted(name: str) -> None:
    assert known_language(name) == name


@pytest.mark.parametrize("name", ["", "moonscript-9000", "Python, please", "../x", "\0"])
def test_any_other_language_is_text(name: str) -> None:
    assert known_language(name) == "text"
