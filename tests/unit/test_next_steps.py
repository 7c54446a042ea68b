"""Next steps: a question and pages to go to, for each page."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.source.next_steps import Choice, NextSteps, read_next_steps

FORM = "write prompts: {page: text} and pages: {page: {question: text, next: [pages]}}"
GOOD = """\
prompts:
  moon: I want to see the Moon.
pages:
  sky:
    question: Where to look first?
    next: [moon, mars]
  1984:
    next:
      - moon
"""


def said(text: str) -> list[str]:
    _, problems = read_next_steps(text, "next.yml")
    return [f"{p.path}:{p.line}: {text_of(p.subtype, p.details)}" for p in problems]


def test_questions_and_choices_are_read_with_their_line() -> None:
    assert read_next_steps(GOOD, "next.yml") == (
        {
            "sky": NextSteps(
                "Where to look first?",
                (Choice("moon", "I want to see the Moon."), Choice("mars", "")),
                4,
            ),
            "1984": NextSteps("", (Choice("moon", "I want to see the Moon."),), 7),
        },
        [],
    )


def test_prompts_may_be_missing() -> None:
    found, problems = read_next_steps("pages: {sky: {next: [moon]}}", "next.yml")
    assert (found, problems) == ({"sky": NextSteps("", (Choice("moon", ""),), 1)}, [])


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        pytest.param("", f"next.yml:1: fsp_next_steps: no pages; {FORM}", id="empty file"),
        pytest.param("- sky", f"next.yml:1: fsp_next_steps: no pages; {FORM}", id="list"),
        pytest.param("pages:", f"next.yml:1: fsp_next_steps: no pages; {FORM}", id="no pages"),
        pytest.param("pages: [a]", f"next.yml:1: fsp_next_steps: no pages; {FORM}", id="pages"),
        pytest.param(
            "prompts: [a]\npages: {}",
            f"next.yml:1: fsp_next_steps: prompts is no mapping; {FORM}",
            id="prompts",
        ),
        pytest.param(
            "pages:\n  sky: moon",
            f"next.yml:2: fsp_next_steps: sky has no list of pages; {FORM}",
            id="page that is no mapping",
        ),
        pytest.param(
            "pages:\n  moon: {next: [a]}\n  sky: {next: moon}",
            f"next.yml:3: fsp_next_steps: sky has no list of pages; {FORM}",
            id="next that is no list",
        ),
        pytest.param(
            "pages:\n  sky: {next: [[moon]]}",
            f"next.yml:2: fsp_next_steps: sky has no list of pages; {FORM}",
            id="next that is a list of lists",
        ),
        pytest.param(
            "pages:\n  sky:\n    question: What?",
            f"next.yml:2: fsp_next_steps: sky has no list of pages; {FORM}",
            id="no next",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, warning: str) -> None:
    assert said(text) == [warning]


def test_one_bad_page_leaves_the_others() -> None:
    found, _ = read_next_steps("pages:\n  sky: x\n  moon: {next: [mars]}\n", "next.yml")
    assert found.keys() == {"moon"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("pages:\n  sky: {question: [a], next: [moon]}\n", id="question"),
        pytest.param("prompts: {moon: [a]}\npages:\n  sky: {next: [moon]}\n", id="prompt"),
    ],
)
def test_text_that_is_none_is_said_and_not_shown(text: str) -> None:
    found, problems = read_next_steps(text, "next.yml")
    shown = [text for s in found.values() for text in (s.question, *(c.prompt for c in s.choices))]
    assert (len(problems), "".join(shown)) == (1, "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("pages:\n  sky: {next: [moon}\n", id="brackets"),
        pytest.param("pages:\n\tsky: x\n", id="tab"),
        pytest.param("\n" + "[" * 2000, id="very deep"),
    ],
)
def test_what_is_no_yaml_is_said(text: str) -> None:
    """The words are those of the YAML library, with or without its C part."""
    (warning,) = said(text)
    assert re.fullmatch(r"next.yml:\d: fsp_next_steps: not YAML: .+; correct the file", warning)


@example("pages:\n\x85\n0")
@given(
    st.lists(
        st.sampled_from(
            ["pages:", "prompts:", "  a:", "    next:", "    - b", " [", " x", "&a", "*a"]
        )
        | st.text(max_size=8)
    ).map("\n".join)
)
def test_no_file_is_too_bad(text: str) -> None:
    found, problems = read_next_steps(text, "next.yml")
    count = text.count("\n") + 1
    assert all(1 <= steps.line <= count for steps in found.values())
    assert all(1 <= problem.line <= count for problem in problems)
