"""Pages are light, ask nobody else for anything, and don't move while they load."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Route

from theme.conftest import PAINTED, Visit, wait_until
from theme.pagetypes import WIDTHS, PageType, every_page_type

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-weight")]

#: Bytes of styles and scripts together, each compressed as a good server does.
BUDGET = 19_000
#: What the page of the search loads because it is the search; other pages wait for a reader.
SEARCH = {
    "_static/minisearch.js",
    "_static/fsp-search-index.js",
    "_static/fsp-search-engine.js",
    "_static/fsp-search.js",
    "_static/fsp-strings.js",
}
#: Components of sphinx-design bring their own style, to pages that have some.
DESIGN = {"_static/sphinx-design.min.css", "_static/design-tabs.js"}
#: Bytes of a script that holds up the page.
BLOCKING = 1_000
SHIFT = 0.05


@every_page_type
def test_styles_and_scripts_are_light(
    visit: Callable[..., Visit],
    address_of: Callable[[PageType], str],
    site_of: Callable[[PageType], Path],
    page_type: PageType,
) -> None:
    seen = visit(address_of(page_type))
    names = {urlsplit(address).path.lstrip("/") for address in seen.requests}
    sizes = {
        name: len(gzip.compress((site_of(page_type) / name).read_bytes(), 9))
        for name in sorted(names)
        if name.endswith((".css", ".js")) and not (page_type.name == "search" and name in SEARCH)
    }
    assert "_static/fsp.css" in sizes
    for name in DESIGN & sizes.keys():
        del sizes[name]
    assert sum(sizes.values()) <= BUDGET, sizes


@every_page_type
def test_no_other_host_is_asked(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    seen = visit(address_of(page_type))
    seen.page.locator("header").hover()
    seen.page.keyboard.press("/")
    wait_until(seen.page, "!!globalThis.FspSearch")
    hosts = {urlsplit(address).netloc for address in seen.requests}
    assert hosts == {urlsplit(address_of(page_type)).netloc}


@every_page_type
def test_nothing_large_holds_up_a_page(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    path = site_of(page_type) / page_type.path
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for script in page.select("script"):
        if script.get("type", "text/javascript") not in {"text/javascript", "module"}:
            continue
        assert script.get("src"), f"inline script: {script}"
        if {"defer", "async"} & script.attrs.keys() or script.get("type") == "module":
            continue
        name = urlsplit(str(script["src"])).path
        file = site_of(page_type) / name.lstrip("/") if name.startswith("/") else path.parent / name
        assert file.stat().st_size <= BLOCKING, script


@every_page_type
def test_images_say_how_large_they_are(
    site_of: Callable[[PageType], Path], page_type: PageType
) -> None:
    text = (site_of(page_type) / page_type.path).read_text(encoding="utf-8")
    without = [
        str(image)
        for image in BeautifulSoup(text, "html.parser").select("img")
        if not {"width", "height"} <= image.attrs.keys()
    ]
    assert without == []


@every_page_type
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_stays_where_it_is_while_it_loads(
    visit: Callable[..., Visit],
    address_of: Callable[[PageType], str],
    page_type: PageType,
    width: int,
) -> None:
    """Images and deferred scripts come after the page was painted, as on a slow line."""
    page = visit(width=width).page
    waiting: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        late = route.request.resource_type == "image" or (
            route.request.resource_type == "script"
            and not route.request.url.partition("?")[0].endswith("fsp-mode.js")
        )
        if late and not painted:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/*", hold)
    page.goto(address_of(page_type), wait_until="commit")
    wait_until(page, PAINTED)
    painted = True
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("load")
    # Images that load when they come into sight do so now.
    page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
            scrollTo({ top, behavior: "instant" });
            await frame();
          }
          await frame();
        }"""
    )
    shifts = page.evaluate("fspShifts")
    assert sum(shift["value"] for shift in shifts) < SHIFT, shifts
