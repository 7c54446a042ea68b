"""Where to go after a page: the file of ``fsp_next_steps``. Pure functions."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from sphinx_fsp.diagnostics import NEXT_STEPS, Problem
from sphinx_fsp.source.yaml_text import read_yaml


class Choice(NamedTuple):
    """A page to go to."""

    page: str
    #: What the reader wants who goes there; empty for the page's title.
    prompt: str


class NextSteps(NamedTuple):
    """The question at the end of a page, and its choices."""

    question: str
    choices: tuple[Choice, ...]
    #: Line of the page's entry in the file.
    line: int


def read_next_steps(text: str, path: str) -> tuple[dict[str, NextSteps], list[Problem]]:
    """Read ``prompts: {page: text}`` and ``pages: {page: {question, next}}``."""
    problems: list[Problem] = []
    # YAML has more ends of lines than editors have.
    last = text.count("\n") + 1

    def report(why: str, line: int, advice: str) -> None:
        details = {"why": why, "advice": advice}
        problems.append(Problem(NEXT_STEPS, path, min(line, last), details))

    try:
        data, tree = read_yaml(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "not YAML"
        report(f"not YAML: {why}", mark.line + 1 if mark else 1, "correct the file")
        return {}, problems
    form = "write prompts: {page: text} and pages: {page: {question: text, next: [pages]}}"
    if not isinstance(data, dict) or not isinstance(data.get("pages", {}), dict):
        report("no pages", 1, form)
        return {}, problems
    prompts = data.get("prompts") or {}
    if not isinstance(prompts, dict):
        report("prompts is no mapping", 1, form)
        prompts = {}
    for name in [name for name, text in prompts.items() if not isinstance(text, str)]:
        report(f"the prompt of {name} is no text", 1, form)
        del prompts[name]
    lines = _lines_of_pages(tree)
    found: dict[str, NextSteps] = {}
    for page, entry in (data.get("pages") or {}).items():
        line = min(lines.get(str(page), 1), last)
        targets = entry.get("next") if isinstance(entry, dict) else None
        if not isinstance(targets, list) or not all(isinstance(t, str) for t in targets):
            report(f"{page} has no list of pages", line, form)
            continue
        question = entry.get("question", "")
        if not isinstance(question, str):
            report(f"{page} has no text for its question", line, form)
            continue
        choices = tuple(Choice(t, str(prompts.get(t, ""))) for t in targets)
        found[str(page)] = NextSteps(str(question), choices, line)
    return found, problems


def _lines_of_pages(tree: yaml.Node | None) -> dict[str, int]:
    """Return the line of each page's entry."""
    if not isinstance(tree, yaml.MappingNode):
        return {}
    for key, value in tree.value:
        if key.value == "pages" and isinstance(value, yaml.MappingNode):
            return {str(k.value): k.start_mark.line + 1 for k, _ in value.value}
    return {}
