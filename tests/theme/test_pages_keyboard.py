"""Everything can be done with a keyboard, and by readers who change how pages look."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from theme.conftest import Visit
from theme.pagetypes import PAGE_TYPES, PageType, every_page_type

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-keyboard")]

CONTENT = PAGE_TYPES[0]

#: What the Tab key is to reach, in the order of the page, each by a number that it keeps.
EXPECTED = """() => {
  const all = [...document.querySelectorAll("*")];
  globalThis.fspNumber = (element) => all.indexOf(element);
  globalThis.fspName = (element) => element.outerHTML.slice(0, 120);
  return all.filter((element) =>
    element.matches("a[href], button, input:not([type=hidden]), select, textarea, summary,"
      + "[tabindex]")
    && element.tabIndex >= 0 && !element.disabled
    && element.checkVisibility({ visibilityProperty: true })
    && !element.closest("details:not([open]) > :not(summary)")
  ).map((element) => [fspNumber(element), fspName(element)]);
}"""

#: Where the focus is, and what a reader sees of it.
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element);
  let opacity = 1;
  for (let at = element; at; at = at.parentElement) opacity *= getComputedStyle(at).opacity;
  // A link around something that floats has no size of its own.
  const boxes = [element, ...element.querySelectorAll("*")]
    .flatMap((part) => [...part.getClientRects()]).filter((box) => box.width && box.height);
  const covered = boxes.every((box) => {
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 0), innerHeight - 1);
    const there = document.elementFromPoint(x, y);
    return !(there && (element.contains(there) || there.contains(element)));
  });
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
    && !/^rgba\\(.*, 0\\)$|^transparent$/.test(style.outlineColor);
  return { number: fspNumber(element), name: fspName(element), outline, opacity, covered };
}"""

#: What is wider than the window, or is cut off. What scrolls by itself, is off the page until it
#: has the focus, or is there for screen readers alone, is neither.
SPILLED = """() => {
  const wide = document.documentElement.scrollWidth;
  const found = wide > innerWidth ? [`the page: ${wide} > ${innerWidth}`] : [];
  const name = (element) => element.outerHTML.slice(0, 120);
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(element);
    if (style.clipPath !== "none" || element.closest(".skip, [style*=absolute] mjx-assistive-mml"))
      continue;
    const scrolls = (at) => /auto|scroll/.test(getComputedStyle(at).overflowX);
    let scroller = element;
    while (scroller && !scrolls(scroller)) scroller = scroller.parentElement;
    if (scroller && scroller !== document.documentElement && scroller !== document.body) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)) {
        found.push(`beyond the window: ${name(element)}`);
        break;
      }
    if (/hidden|clip/.test(style.overflow) && element.clientWidth > 1
        && (element.scrollWidth > element.clientWidth + 1
            || element.scrollHeight > element.clientHeight + 1))
      found.push(`cut: ${name(element)}`);
  }
  return found;
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the start of a page to its end, and return what had the focus."""
    steps: list[dict[str, Any]] = []
    for _ in range(3000):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUSED)
        if step is None or (steps and step["number"] == steps[0]["number"]):
            return steps
        if steps and step["number"] == steps[-1]["number"]:
            pytest.fail(f"the focus is caught: {step['name']}")
        steps.append(step)
    pytest.fail("the walk has no end")


@every_page_type
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), reduced_motion="reduce").page
    expected = page.evaluate(EXPECTED)
    steps = walk(page)
    names = dict(expected) | {step["number"]: step["name"] for step in steps}
    passed = [step["number"] for step in steps]
    wanted = [number for number, _name in expected]
    assert [names[n] for n in wanted if n not in passed] == [], "never reached"
    in_order = [n for n in passed if n in set(wanted)]
    out_of_order = [names[b] for a, b in itertools.pairwise(in_order) if b < a]
    assert out_of_order == []
    assert [s["name"] for s in steps if not s["outline"]] == [], "no outline"
    assert [s["name"] for s in steps if s["opacity"] < 0.5] == [], "can't be seen"
    assert [s["name"] for s in steps if s["covered"]] == [], "behind something else"


@every_page_type
def test_the_first_tab_leads_to_the_content(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type)).page
    if page.locator("base").count():
        pytest.skip("a link to its own content would lead away from a page with a base")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "Tab went elsewhere"


def test_the_menu_of_a_phone_is_walked_and_left_with_escape(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), width=360, reduced_motion="reduce").page
    button = page.locator("button[popovertarget=guide-menu]").first
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#guide-menu")
    assert menu.is_visible()
    page.evaluate(EXPECTED)
    links = menu.locator("a[href]:visible").count()
    inside = 0
    for _ in range(links + 5):
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.closest('#guide-menu') !== null"):
            break
        assert page.evaluate(FOCUSED)["outline"]
        inside += page.evaluate("document.activeElement.matches('a[href]')")
    assert inside == links
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    assert menu.is_hidden()
    assert button.evaluate("element => element === document.activeElement")


def test_the_page_below_the_open_menu_doesn_t_take_part(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), width=360).page
    page.locator("button[popovertarget=guide-menu]").first.click()
    assert page.locator("#guide-menu").is_visible()
    page.mouse.click(355, 450)
    assert page.locator("#guide-menu").is_hidden(), "a click beside the menu closes it"


@every_page_type
def test_forced_colours_leave_borders_and_outlines(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), forced_colors="active").page
    bare = page.evaluate(
        """() => [...document.querySelectorAll("input, select, textarea")]
          .filter((element) => element.checkVisibility({ visibilityProperty: true })
                  && !["checkbox", "radio"].includes(element.type))
          .filter((element) => {
            for (let at = element; at && !at.matches("header, main, nav, dialog");
                 at = at.parentElement) {
              const style = getComputedStyle(at);
              if (parseFloat(style.borderBlockEndWidth) && style.borderBlockEndStyle !== "none")
                return false;
            }
            return true;
          }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert bare == [], "fields without a border"
    page.keyboard.press("Tab")
    assert page.evaluate(EXPECTED)
    assert page.evaluate(FOCUSED)["outline"]


def test_forced_colours_leave_the_mark_of_the_page_in_the_sidebar(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str]
) -> None:
    page = visit(address_of(CONTENT), forced_colors="active").page
    looks = """element => {
      const style = getComputedStyle(element);
      return [style.fontWeight, style.textDecorationLine, style.borderInlineStartWidth,
              style.outlineStyle, style.fontStyle].join();
    }"""
    here = page.locator("#guide-menu [aria-current=page]").first.evaluate(looks)
    other = page.locator("#guide-menu a:not([aria-current])").last.evaluate(looks)
    assert here != other, "the page that is open looks like any other"


@every_page_type
def test_nothing_moves_for_those_who_asked_for_less_motion(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    page = visit(address_of(page_type), reduced_motion="reduce").page
    moving = page.evaluate(
        """() => {
          const found = [];
          const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
          for (const element of document.querySelectorAll("*"))
            for (const part of [null, "::before", "::after", "::backdrop"]) {
              const style = getComputedStyle(element, part);
              if (long(style.transitionDuration)
                  || (style.animationName !== "none" && long(style.animationDuration)))
                found.push(element.outerHTML.slice(0, 120) + (part || ""));
            }
          if (getComputedStyle(document.documentElement).scrollBehavior === "smooth")
            found.push("smooth scrolling");
          const rules = (list) => {
            for (const rule of list) {
              if (rule.constructor.name === "CSSViewTransitionRule") found.push(rule.cssText);
              else if (rule.cssRules && (!rule.media || matchMedia(rule.media.mediaText).matches))
                rules(rule.cssRules);
            }
          };
          for (const sheet of document.styleSheets) rules(sheet.cssRules);
          return found;
        }"""
    )
    assert moving == []


@every_page_type
def test_a_zoomed_or_widely_spaced_page_neither_spills_nor_is_cut(
    visit: Callable[..., Visit], address_of: Callable[[PageType], str], page_type: PageType
) -> None:
    """Zoom of 200% and 400% on a desktop, and what WCAG 2.2 calls text spacing (1.4.12)."""
    page = visit(address_of(page_type), width=640, height=450, bypass_csp=True).page
    spilled = {"200%": page.evaluate(SPILLED)}
    page.set_viewport_size({"width": 320, "height": 256})
    spilled["400%"] = page.evaluate(SPILLED)
    page.set_viewport_size({"width": 360, "height": 800})
    page.add_style_tag(
        content="""* { line-height: 1.5 !important; letter-spacing: .12em !important;
          word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
    )
    spilled["spaced"] = page.evaluate(SPILLED)
    assert spilled == {"200%": [], "400%": [], "spaced": []}
