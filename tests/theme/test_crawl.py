"""On no page does a crawler find a broken link, or a browser a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crawling import crawl
from playwright.sync_api import ConsoleMessage, Page

from theme.conftest import is_of_the_page
from theme.pagetypes import PROJECT

pytestmark = [pytest.mark.xdist_group("theme-crawl"), pytest.mark.once]


def pages_of(site: Path) -> list[str]:
    """Return all pages but those that lead on at once."""
    pages = [p for p in site.rglob("*.html") if 'http-equiv="refresh"' not in p.read_text("utf-8")]
    return sorted(page.relative_to(site).as_posix() for page in pages)


@pytest.fixture(scope="module")
def manual(build_once: Callable[..., Path]) -> Path:
    """Return the output of the manual."""
    return build_once(PROJECT / "docs")


def test_no_link_of_the_example_is_broken(example: Path) -> None:
    found = crawl(example)
    assert found.broken == []
    assert "resources.html" in found.seen


def test_no_link_of_the_manual_is_broken(manual: Path) -> None:
    found = crawl(manual)
    assert found.broken == []
    assert "old-addresses.html" in found.seen


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """Else the tests above could not fail."""
    folder = tmp_path / "site"
    folder.mkdir()
    page = '<a href="moon.html#faces">1</a> <a href="mon.html">2</a> <a href="old.html">3</a>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "moon.html").write_text('<h2 id="phases">Phases</h2>', encoding="utf-8")
    redirect = '<meta http-equiv="refresh" content="0; url=gone.html">'
    (folder / "old.html").write_text(redirect, encoding="utf-8")
    assert [(page, address) for page, address, _ in crawl(folder).broken] == [
        ("index.html", "mon.html"),
        ("index.html", "moon.html#faces"),
        ("old.html", "gone.html"),
    ]


def test_every_page_opens_without_a_fault(
    example: Path, serve: Callable[[Path], str], page: Page
) -> None:
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith("Framing 'https://"):
            # The example frames a film, which the policy of the test server doesn't allow.
            return
        own = is_of_the_page(message.text) and is_of_the_page(message.location["url"])
        if message.type == "error" and own:
            faults.append(f"{page.url}: {message.text}")

    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", note)
    address = serve(example)
    names = pages_of(example)
    assert "moon.html" in names
    for name in names:
        answer = page.goto(f"{address}/{name}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, name
    assert faults == []
