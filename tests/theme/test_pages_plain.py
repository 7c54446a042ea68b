"""Pages work without scripts, under a strict policy, and from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from theme.conftest import POLICY, Visit, wait_until
from theme.pagetypes import PAGE_TYPES, PageType, every_page_type

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-plain")]

BY_NAME = {kind.name: kind for kind in PAGE_TYPES}
CONTENT = BY_NAME["content page"]


def reachable(folder: Path, start: str) -> set[str]:
    """Return the pages that one comes to from a page by links alone."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found or not (folder / name).is_file():
            continue
        found.add(name)
        text = (folder / name).read_text(encoding="utf-8")
        for link in BeautifulSoup(text, "html.parser").select("a[href]"):
            address = urlsplit(urldefrag(urljoin(f"http://host/{name}", str(link["href"]))).url)
            if address.netloc == "host" and address.path.endswith(".html"):
                waiting.append(unquote(address.path).lstrip("/"))
    return found


@pytest.mark.parametrize("kind", ["index", "API"])
def test_links_alone_lead_to_every_page(site_of: Callable[[PageType], Path], kind: str) -> None:
    folder = site_of(BY_NAME[kind])
    pages = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        # What has no main is a redirect, or no page for readers.
        if "<main" in path.read_text(encoding="utf-8")
    }
    if "index-entries" not in (folder / "genindex.html").read_text(encoding="utf-8"):
        # Sphinx writes the index in any case; nothing leads to one that is empty.
        pages.remove("genindex.html")
    # The form leads to the search, and a wrong address to the page that says so.
    unreached = pages - reachable(folder, "index.html") - {"search.html", "404.html"}
    assert sorted(unreached) == []


def test_the_menu_opens_on_a_phone_without_scripts(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), width=360, java_script_enabled=False).page
    menu = page.locator("nav#guide-menu")
    assert menu.is_hidden()
    page.locator("button[popovertarget=guide-menu]").first.click()
    assert menu.is_visible()
    link = menu.locator("a[href$='moon.html']").first
    link.click()
    assert page.url.endswith("/moon.html")
    assert page.locator("nav#guide-menu").is_hidden()


def test_the_headings_of_a_page_open_on_a_phone_without_scripts(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), width=360, java_script_enabled=False).page
    headings = page.locator("nav#on-this-page")
    assert headings.is_hidden()
    page.locator("button[popovertarget=on-this-page]").first.click()
    assert headings.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_search_says_why_it_needs_scripts(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], width: int
) -> None:
    page = visit(address_of(CONTENT), width=width, java_script_enabled=False).page
    form = page.locator("header form[role=search]")
    if width > 600:
        form.locator("input[name=q]").fill("moon")
    form.locator("button[type=submit]").click()
    assert urlsplit(page.url).path == "/search.html"
    assert "JavaScript" in page.locator("main").inner_text()


@every_page_type
def test_nothing_that_needs_scripts_shows_without_them(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), java_script_enabled=False).page
    assert page.locator("button.mode").is_hidden(), "a colour mode that can't be changed"
    assert page.locator("main article").is_visible()
    assert page.locator("button.copybtn:visible").count() == 0
    alive = "button[popovertarget], button[type=submit]"
    others = page.locator(f"button:visible:not({alive})")
    assert others.evaluate_all("all => all.map((button) => button.outerHTML)") == []


@every_page_type
def test_the_strictest_policy_is_kept(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    seen = visit()
    answer = seen.page.goto(address_of(page_type))
    assert answer is not None
    assert answer.headers["content-security-policy"] == POLICY
    seen.page.locator("button.mode").click()
    seen.page.keyboard.press("/")
    wait_until(seen.page, "!!globalThis.FspSearch")
    seen.page.keyboard.type("moon")
    seen.page.wait_for_timeout(100)
    seen.page.keyboard.press("Escape")
    seen.page.set_viewport_size({"width": 360, "height": 900})
    seen.page.wait_for_timeout(50)
    assert seen.violations() == []
    assert seen.errors == []


def test_a_folder_is_read_without_a_server(
    visit: Callable[..., Visit], site_of: Callable[[PageType], Path]
) -> None:
    seen = visit((site_of(CONTENT) / "index.html").as_uri())
    page = seen.page
    page.locator("nav#guide-menu a[href$='night-sky.html']").first.click()
    assert page.url.startswith("file://")
    page.wait_for_url("**/night-sky.html")
    page.locator("nav#guide-menu a[href$='constellations.html']").first.click()
    page.locator("nav[aria-label=Breadcrumb] a").first.click()
    page.wait_for_url("**/index.html")
    styled = page.evaluate("getComputedStyle(document.body).marginBlockStart")
    assert styled == "0px"
    assert seen.errors == []


def test_a_folder_keeps_the_colour_mode(
    visit: Callable[..., Visit], site_of: Callable[[PageType], Path]
) -> None:
    page = visit((site_of(CONTENT) / "index.html").as_uri(), color_scheme="light").page
    while page.locator("html").get_attribute("data-theme") != "dark":
        page.locator("button.mode").click()
    page.locator("nav#guide-menu a[href$='night-sky.html']").first.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_folder_is_searched(
    visit: Callable[..., Visit], site_of: Callable[[PageType], Path]
) -> None:
    seen = visit((site_of(CONTENT) / "blog" / "what-is-that-light.html").as_uri())
    page = seen.page
    page.keyboard.press("/")
    wait_until(page, "!!globalThis.FspSearch")
    page.keyboard.type("moon")
    page.locator("a[href*='moon.html']:visible", has_text="Moon").last.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moon.html*")
    assert seen.errors == []
