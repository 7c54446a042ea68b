"""Light, dark and paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from theme.conftest import PAINTED, Visit, wait_until
from theme.pagetypes import PAGE_TYPES, PageType, every_page_type

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-modes")]

BY_NAME = {kind.name: kind for kind in PAGE_TYPES}
CONTENT = BY_NAME["content page"]
BUTTON = "button.mode"


def looks_dark(page: Page) -> bool:
    """Return true when the background is darker than the text on it."""
    dark: bool = page.evaluate(
        """() => {
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const style = getComputedStyle(document.body);
          return light(style.backgroundColor) < light(style.color);
        }"""
    )
    return dark


def press_until(page: Page, mode: str | None) -> None:
    """Press the button until a mode is set."""
    for _ in range(3):
        if page.locator("html").get_attribute("data-theme") == mode:
            return
        page.locator(BUTTON).click()
    assert page.locator("html").get_attribute("data-theme") == mode


@every_page_type
def test_a_page_follows_the_system(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), color_scheme="dark").page
    assert looks_dark(page)
    page.emulate_media(color_scheme="light")
    assert not looks_dark(page)


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_the_button_overrules_the_system_and_is_remembered(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], system: str, chosen: str
) -> None:
    page = visit(address_of(CONTENT), color_scheme=system).page
    press_until(page, chosen)
    assert looks_dark(page) == (chosen == "dark")
    page.reload()
    assert looks_dark(page) == (chosen == "dark")
    page.goto(address_of(BY_NAME["post"]))
    assert looks_dark(page) == (chosen == "dark")


def test_the_button_leads_back_to_the_system(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), color_scheme="dark").page
    press_until(page, "light")
    press_until(page, None)
    assert looks_dark(page)
    page.reload()
    page.emulate_media(color_scheme="light")
    assert not looks_dark(page)


def test_the_button_says_which_mode_there_is(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT)).page
    names: dict[str | None, str] = {}
    for _ in range(3):
        mode = page.locator("html").get_attribute("data-theme")
        names[mode] = page.locator(BUTTON).get_attribute("aria-label") or ""
        page.locator(BUTTON).click()
    assert names.keys() == {None, "light", "dark"}
    assert "light" in names["light"]
    assert "dark" in names["dark"]
    assert len(set(names.values())) == 3
    page.reload()
    assert page.locator(BUTTON).get_attribute("aria-label") == names[None]


def test_the_button_is_pressed_with_the_keyboard(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT)).page
    page.locator(BUTTON).focus()
    before = page.locator("html").get_attribute("data-theme")
    page.keyboard.press("Enter")
    between = page.locator("html").get_attribute("data-theme")
    page.keyboard.press("Space")
    after = page.locator("html").get_attribute("data-theme")
    assert len({before, between, after}) == 3


@pytest.mark.parametrize("kind", ["content page", "post", "404", "source code"])
def test_the_chosen_mode_is_there_before_the_first_paint(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], kind: str
) -> None:
    """Nothing but the small script in the head may be needed for it."""
    page = visit(address_of(BY_NAME[kind]), color_scheme="light").page
    press_until(page, "dark")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.resource_type == "script" and "fsp-mode.js" not in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/*", hold)
    page.reload(wait_until="commit")
    wait_until(page, PAINTED)
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert looks_dark(page)
    for route in held:
        route.abort()
    head = page.evaluate(
        """() => {
          const script = document.head.querySelector("script[src*='fsp-mode.js']");
          const style = document.head.querySelector("link[rel=stylesheet]");
          return script !== null && !script.defer && !script.async && script.type !== "module"
            && !!(script.compareDocumentPosition(style) & Node.DOCUMENT_POSITION_FOLLOWING);
        }"""
    )
    assert head, "the script that sets the mode waits for something"


@every_page_type
def test_paper_has_no_navigation_and_no_dark_background(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), color_scheme="dark").page
    press_until(page, "dark")
    page.emulate_media(media="print")
    shown = page.locator("nav, body > header, button, .skip, dialog")
    visible = shown.evaluate_all(
        "all => all.filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 100))"
    )
    assert visible == []
    assert page.locator("main article").is_visible()
    assert not looks_dark(page)


def test_paper_shows_the_addresses_of_resources(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(BY_NAME["lists of resources"])).page
    page.emulate_media(media="print")
    link = page.locator("ul.resources li a[href^=http]").first
    shown = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert link.get_attribute("href") in shown or "attr(href)" in shown
