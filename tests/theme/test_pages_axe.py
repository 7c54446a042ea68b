"""axe finds nothing on any type of page: in both modes, on a phone and on a desktop.

All rules of axe-core run, those for WCAG 2.2 A and AA and its best practices.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from theme.conftest import Visit, axe_faults, wait_until
from theme.pagetypes import PAGE_TYPES, WIDTHS, PageType, every_page_type

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-axe")]

CONTENT = PAGE_TYPES[0]
SEARCH = next(kind for kind in PAGE_TYPES if kind.name == "search")


@every_page_type
def test_nothing_is_found_in_either_mode_at_any_width(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type)).page
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)
            if here := axe_faults(page):
                found[width, mode] = here
    assert found == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_nothing_is_found_in_the_mode_of_the_button(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], mode: str
) -> None:
    opposite = "dark" if mode == "light" else "light"
    page = visit(address_of(CONTENT), color_scheme=opposite).page
    for _ in range(3):
        if page.locator("html").get_attribute("data-theme") == mode:
            break
        page.locator("button.mode").click()
    assert page.locator("html").get_attribute("data-theme") == mode
    assert axe_faults(page) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_nothing_is_found_while_the_menu_is_open_on_a_phone(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], mode: str
) -> None:
    page = visit(address_of(CONTENT), width=360, color_scheme=mode).page
    page.locator("button[popovertarget=guide-menu]").first.click()
    assert page.locator("#guide-menu").is_visible()
    assert axe_faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_nothing_is_found_while_the_search_shows_results(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], mode: str, width: int
) -> None:
    page = visit(address_of(CONTENT), width=width, color_scheme=mode).page
    page.keyboard.press("/")
    wait_until(page, "!!globalThis.FspSearch")
    page.keyboard.type("moon")
    page.locator("a[href*='moon.html']:visible", has_text="Moon").last.wait_for()
    assert axe_faults(page) == []


@pytest.mark.parametrize("query", ["moon", "xylophone"])
def test_nothing_is_found_on_the_search_page_with_and_without_results(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], query: str
) -> None:
    page = visit(f"{address_of(SEARCH)}?q={query}").page
    page.locator(".fsp-results > li" if query == "moon" else "main [role=status]").first.wait_for()
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)
            if here := axe_faults(page):
                found[width, mode] = here
    assert found == {}
