"""Each case of ``cases.md``: a page, and its twin.

``FSP_REGENERATE=1`` writes what is built now into the cases; look at the difference after that.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOTS, Build, Site

CASES = Path(__file__).parent / "cases.md"
_CASE = re.compile(r"^## ([^\n]+)\n((?:\w+ = [^\n]+\n)*)\.\n(.*?)^\.\n(.*?)^\.\n", re.M | re.S)
REGENERATE = bool(os.environ.get("FSP_REGENERATE"))


class Case(NamedTuple):
    """A page and its twin, without titles."""

    title: str
    settings: tuple[tuple[str, object], ...]
    page: str
    twin: str

    @property
    def slug(self) -> str:
        """The page's docname."""
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))


def read_cases() -> list[Case]:
    """Return the cases of the file."""
    text = CASES.read_text(encoding="utf-8")
    found = []
    for title, settings, page, twin in _CASE.findall(text):
        lines = (line.split(" = ", 1) for line in settings.splitlines())
        values = tuple((name, ast.literal_eval(value)) for name, value in lines)
        found.append(Case(title, values, page, twin))
    assert len(found) == text.count("\n## ") - _inside(found)
    return found


def _inside(cases: list[Case]) -> int:
    """Return how many headings stand in pages and twins."""
    return sum(f"\n{part}".count("\n## ") for case in cases for part in (case.page, case.twin))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Build]:
    """Return a function that builds all cases that have the settings of one, once."""
    done: dict[str, Build] = {}

    def build(case: Case) -> Build:
        key = repr(case.settings)
        if key not in done:
            root = tmp_path_factory.mktemp("twins") / "guide"
            shutil.copytree(ROOTS / "guide", root)
            site = Site(root, root / "content")
            site.write("oak.markdown", (site.content / OAK).read_text(encoding="utf-8"))
            (site.content / OAK).unlink()
            (root / "static/paper.txt").write_text("Paper.\n")
            for other in read_cases():
                if other.settings == case.settings:
                    header = f"title: {other.title}\nslug: {other.slug}\n\n"
                    site.write(f"{other.slug}.markdown", header + other.page)
            done[key] = site.build(overrides=dict(case.settings))
        return done[key]

    return build


OAK = "pages/01-trees/01-oak.markdown"


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.slug)
def test_twin(case: Case, built: Callable[[Case], Build]) -> None:
    twin = built(case).html(f"{case.slug}.html.md")
    blocks = twin.split("\n\n", 1 if "html_baseurl" in dict(case.settings) else 2)
    actual = blocks[-1]
    assert blocks[0].startswith("# ")
    if REGENERATE and actual != case.twin:
        text = CASES.read_text(encoding="utf-8")
        start = text.index(f".\n{case.page}.\n{case.twin}.\n", text.index(f"## {case.title}\n"))
        old = f".\n{case.page}.\n{case.twin}.\n"
        new = f".\n{case.page}.\n{actual}.\n"
        CASES.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
        return
    assert actual == case.twin
