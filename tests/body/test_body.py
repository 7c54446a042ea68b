"""Each case of ``fixtures``: a page's body, and what becomes of it.

``FSP_REGENERATE=1`` writes what is built now into the cases; look at the difference after that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from bodycases import FIXTURES, Built, Case, read_cases, write_expected

FILES = sorted(FIXTURES.glob("*.md"))
CASES = [(path, case) for path in FILES for case in read_cases(path)]
REGENERATE = bool(os.environ.get("FSP_REGENERATE"))

Builder = Callable[[Case], Built]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Return a function that builds all cases that have the settings of one, once."""
    done: dict[str, Built] = {}

    def build(case: Case) -> Built:
        key = repr(case.settings)
        if key not in done:
            cases = [other for _, other in CASES if other.settings == case.settings]
            done[key] = Built(tmp_path_factory.mktemp("cases"), cases, case.settings)
        return done[key]

    return build


def test_no_warning_is_about_anything_else(built: Builder) -> None:
    assert built(Case("", 0)).other_warnings() == []


def test_no_title_stands_twice() -> None:
    slugs = [case.slug for _, case in CASES]
    assert [slug for slug in slugs if slugs.count(slug) > 1] == []


@pytest.mark.parametrize(
    ("path", "case"), [pytest.param(p, c, id=f"{p.stem}:{c.slug}") for p, c in CASES]
)
def test_case(path: Path, case: Case, built: Builder) -> None:
    result = built(case)
    expected = {"warnings": "", **case.expected}
    actual = {kind: result.result(case, kind) for kind in expected}
    if REGENERATE:
        for kind in expected:
            if actual[kind] != expected[kind]:
                write_expected(path, case, kind, actual[kind])
        return
    for kind, text in expected.items():
        assert actual[kind] == text, f"{path.name}:{case.line}: {case.title}: {kind}"
