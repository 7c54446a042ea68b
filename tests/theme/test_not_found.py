"""The page for addresses that nothing has, in a browser, on a server that shows it at any depth."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from theme.conftest import Visit, axe_faults, wait_until
from theme.pagetypes import PROJECT, WIDTHS

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-not-found")]

EXAMPLE = PROJECT / "example" / "content"
NEAREST = "[data-fsp-nearest] a"
#: What a browser says of the page itself, which is the point of it.
MISSING = "404 (Not Found)"


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def site(
    request: pytest.FixtureRequest,
    build_once: Callable[..., Path],
    serve: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Return the address of the example, served from a folder of its host."""
    base = "https://night-sky-guide.example/guide/"
    output = build_once(EXAMPLE, request.param, html_baseurl=base)
    host = tmp_path_factory.mktemp("host")
    shutil.copytree(output, host / "guide")
    return f"{serve(host)}/guide"


def suggested(visit: Callable[..., Visit], address: str, **options: object) -> list[str]:
    """Return what the page shows at an address, once its scripts have run."""
    page = visit(address, **options).page
    page.wait_for_load_state("networkidle")
    return page.locator(NEAREST).all_inner_texts()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/constelations.html", "Constellations"),
        ("/Constellation", "Constellations"),
        ("/old/place/constellations.html", "Constellations"),
        ("/a-year-of-meteor.html?utm_source=x#top", "Make a Date with the Meteors"),
        ("/blog/a-year-of-the-meteors", "Make a Date with the Meteors"),
        ("/binocula%72/", "Binoculars for Astronomy"),
        ("//binoculers.html", "Binoculars for Astronomy"),
    ],
)
def test_the_page_that_was_meant_comes_first(
    visit: Callable[..., Visit], site: str, path: str, title: str
) -> None:
    found = suggested(visit, site + path)
    assert found[0] == title
    assert len(found) <= 3


@pytest.mark.parametrize("path", ["/zzzz/qqqq.html", "/%E0%A4%A", "/%01", "/404.html", "/☃"])
def test_nothing_is_shown_where_nothing_is_near(
    visit: Callable[..., Visit], site: str, path: str
) -> None:
    seen = visit(site + path)
    seen.page.wait_for_load_state("networkidle")
    assert seen.page.locator("[data-fsp-nearest]").is_hidden()
    assert [error for error in seen.errors if MISSING not in error] == []


@pytest.mark.parametrize("path", ["/telescope", "/a/b/c/telescope.html"])
def test_its_links_styles_and_search_work_at_any_depth(
    visit: Callable[..., Visit], site: str, path: str
) -> None:
    seen = visit(site + path)
    page = seen.page
    wait_until(page, f"!!document.querySelector('{NEAREST}')")
    assert seen.violations() == []
    assert [error for error in seen.errors if MISSING not in error] == []
    assert all(url.startswith(f"{site}/") for url in seen.requests)
    links = page.eval_on_selector_all("article a, nav a", "all => all.map((a) => a.href)")
    assert len(links) > 5
    for link in {link.partition("#")[0] for link in links}:
        assert page.request.get(link).status == 200, link
    page.locator("article input[name=q]").fill("moon")
    page.locator("article input[name=q]").press("Enter")
    wait_until(page, "document.querySelectorAll('.fsp-results li').length > 0")
    assert page.url.startswith(f"{site}/search")


def test_a_suggestion_leads_to_its_page(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}/deep/er/constelations.html").page
    page.locator(NEAREST).first.click()
    page.wait_for_url("**/guide/constellations**")
    assert page.locator("h1").inner_text().startswith("Constellations")


def test_a_hostile_address_runs_nothing(visit: Callable[..., Visit], site: str) -> None:
    seen = visit()
    seen.page.on("dialog", lambda dialog: seen.errors.append(dialog.message))
    seen.page.goto(f"{site}/moon<img src=x onerror=alert(1)>.html?q=<script>alert(1)</script>")
    seen.page.wait_for_load_state("networkidle")
    assert [error for error in seen.errors if MISSING not in error] == []
    assert seen.page.locator("article img").count() == 0


def test_it_helps_without_javascript(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}/a/b/constelations.html", java_script_enabled=False).page
    assert page.locator("h1").inner_text() == "Page not found"
    assert page.locator("[data-fsp-nearest]").is_hidden()
    page.locator("article a").first.click()
    assert page.url in {f"{site}/", f"{site}/index.html"}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(visit: Callable[..., Visit], site: str, mode: str, width: int) -> None:
    page = visit(f"{site}/constelations.html", width=width, color_scheme=mode).page
    wait_until(page, f"!!document.querySelector('{NEAREST}')")
    assert axe_faults(page) == []


def test_what_it_shows_late_moves_the_footer_alone(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}/constelations.html").page
    wait_until(page, f"!!document.querySelector('{NEAREST}')")
    moved = [text for shift in page.evaluate("fspShifts") for text in shift["moved"]]
    # The elements around what moved.
    assert [text for text in moved if not text.startswith("<body")] == []
