"""A page's Markdown is one link away, and one press of a button on the clipboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from theme.conftest import Visit, axe_faults, wait_until
from theme.pagetypes import PROJECT

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-markdown")]

SAYS = "document.querySelector('.page-footer [role=status]').textContent"


@pytest.fixture
def address(example: Path, serve: Callable[[Path], str]) -> str:
    """Return the address of a page in a folder of the example."""
    return f"{serve(example)}/blog/a-year-of-meteors.html"


def test_the_link_needs_no_script(visit: Callable[..., Visit], address: str, example: Path) -> None:
    page = visit(address, java_script_enabled=False).page
    link = page.get_by_role("link", name="View as Markdown")
    assert link.get_attribute("href") == "a-year-of-meteors.html.md"
    assert (example / "blog/a-year-of-meteors.html.md").is_file()
    assert page.get_by_role("button", name="Copy as Markdown").count() == 0


def test_the_button_copies_the_twin(
    visit: Callable[..., Visit], address: str, example: Path
) -> None:
    seen = visit(address, permissions=["clipboard-read", "clipboard-write"])
    page = seen.page
    button = page.get_by_role("button", name="Copy as Markdown")
    button.focus()
    page.keyboard.press("Enter")
    wait_until(page, SAYS)
    assert page.evaluate(SAYS) == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (example / "blog/a-year-of-meteors.html.md").read_text(encoding="utf-8")
    assert seen.errors == []
    assert seen.violations() == []
    assert axe_faults(page, ".page-footer") == []


def test_a_failure_is_said(visit: Callable[..., Visit], address: str) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"]).page
    page.route("**/*.md", lambda route: route.fulfill(status=404, body="Not found"))
    page.get_by_role("button", name="Copy as Markdown").click()
    wait_until(page, SAYS)
    assert page.evaluate(SAYS) == "Not copied: open it and copy it there"


def test_without_twins_there_is_neither(build_once: Callable[..., Path]) -> None:
    out = build_once(PROJECT / "example" / "content", fsp_markdown=False)
    assert "Markdown" not in (out / "moon.html").read_text(encoding="utf-8").split("</main>")[1]


def test_both_are_in_german_too(build_once: Callable[..., Path], tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "tests/roots/guide", tmp_path / "guide")
    overrides = {"language": "de", "html_theme": "sphinx_fsp"}
    out = build_once(tmp_path / "guide/content", **overrides)
    footer = BeautifulSoup((out / "oak.html").read_text("utf-8"), "lxml").select_one(".page-footer")
    assert footer is not None
    assert "Als Markdown ansehen" in footer.get_text()
    assert "Als Markdown kopieren" in footer.get_text()
    assert "\n## Beiträge\n" in (out / "llms.txt").read_text(encoding="utf-8")
