"""Everything that Sphinx, docutils, MyST and sphinx-design can show looks right.

The project ``kitchen-sink`` has one of each. Its pages are opened as files, in both modes, as wide
as a desktop and a phone.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sphinx.testing.util import SphinxTestApp

from theme.conftest import axe_faults
from theme.pagetypes import PROJECT

SOURCE = PROJECT / "tests" / "roots" / "kitchen-sink"
STYLES = PROJECT / "src" / "sphinx_fsp" / "theme" / "fsp" / "static" / "fsp-prose.css"
#: Bytes, compressed.
BUDGET = 4_000

#: Pages of the source folder, and those that Sphinx adds.
NAMES = [
    *(p.stem for p in sorted(SOURCE.glob("*.*")) if p.suffix in {".rst", ".md"}),
    "genindex",
    "py-modindex",
    "_modules/index",
    "_modules/kitchen",
]
#: Pages that need a program or a package that may be missing.
OPTIONAL = {"graphs", "mermaids"}

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-kitchen-sink")]
every_page = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return the output folder, and what Sphinx warned of."""
    warnings = io.StringIO()
    folder = tmp_path_factory.mktemp("kitchen-sink")
    app = SphinxTestApp("html", srcdir=SOURCE, builddir=folder, warning=warnings)
    app.build()
    outdir = Path(app.outdir)
    app.cleanup()
    return outdir, warnings.getvalue().splitlines()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a window that all tests of this module share."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def visit(built: tuple[Path, list[str]], context: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the kitchen sink."""
    page = context.new_page()

    def visit(name: str, width: int = 1280, mode: str = "light") -> Page:
        file = built[0] / f"{name}.html"
        if name in OPTIONAL and not file.exists():
            pytest.skip(f"{name} needs something that isn't installed")
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
        page.goto(file.as_uri())
        # Colours on their way from one mode to the other aren't those that are read.
        page.add_style_tag(content="* { transition: none !important }")
        return page

    yield visit
    page.close()


def colour(page: Page, selector: str, name: str = "color") -> str:
    """Return a colour of the first element that is found, as the browser computed it."""
    script = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
    return str(page.locator(selector).first.evaluate(script, name))


def test_builds_without_a_warning(built: tuple[Path, list[str]]) -> None:
    assert built[1] == []


def test_stylesheet_keeps_its_budget() -> None:
    assert len(gzip.compress(STYLES.read_bytes(), 9)) <= BUDGET


def test_stylesheet_knows_neither_left_nor_right() -> None:
    """Pages from right to left are laid out by the same rules."""
    rules = re.sub(r"/\*.*?\*/", "", STYLES.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = r"(?:[\w-]+-)?(?:left|right)\s*:|(?:float|clear|text-align):\s*(?:left|right)"
    assert re.findall(physical, rules) == []


@every_page
def test_axe_finds_nothing(visit: Callable[..., Page], name: str) -> None:
    page = visit(name)
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
            found += [(width, mode, fault) for fault in axe_faults(page)]
    assert found == []


@every_page
def test_page_is_never_wider_than_the_window(visit: Callable[..., Page], name: str) -> None:
    """At 640 pixels stands a desktop that is zoomed to 200%, at 320 one at 400%."""
    page = visit(name)
    wider = []
    for direction in ("ltr", "rtl"):
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        for width in (320, 360, 640, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if (needed := page.evaluate("document.scrollingElement.scrollWidth")) > width:
                wider.append((direction, width, needed))
    assert wider == []


@every_page
def test_no_page_needs_style_attributes(built: tuple[Path, list[str]], name: str) -> None:
    """A strict content security policy ignores them."""
    file = built[0] / f"{name}.html"
    if name not in OPTIONAL or file.exists():
        assert re.findall(r"<[^>]*\sstyle=[^>]*>", file.read_text(encoding="utf-8")) == []


def test_link_of_a_heading_shows_when_it_is_needed(visit: Callable[..., Page]) -> None:
    page = visit("text")
    link = page.locator("h1 > .headerlink")
    assert colour(page, "h1 > .headerlink", "opacity") == "0"
    page.locator("h1").hover()
    assert colour(page, "h1 > .headerlink", "opacity") == "1"
    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert colour(page, "h1 > .headerlink", "opacity") == "1"


def test_wide_things_scroll_and_can_be_reached_with_the_keyboard(
    visit: Callable[..., Page],
) -> None:
    page = visit("wide", 360)
    for selector in ("pre", "table.docutils"):
        wide = page.locator(selector).first
        wide.focus()
        assert wide.evaluate("element => element === document.activeElement")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert wide.evaluate("element => element.scrollLeft") > 0


def test_table_that_scrolls_is_still_a_table(visit: Callable[..., Page]) -> None:
    page = visit("tables", 360)
    assert page.get_by_role("table", name="As wide as it wants").count() == 1
    assert page.get_by_role("columnheader", name="Quantity").count() == 1


def test_table_scrolls_before_its_sentences_are_squeezed(visit: Callable[..., Page]) -> None:
    page = visit("tables", 360)
    table = page.locator("#sentences")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    widths = table.locator("td").evaluate_all("all => all.map(e => [e.innerText, e.clientWidth])")
    assert [text for text, width in widths if len(text) > 16 and width < 140] == []
    # What is short takes no more room than it needs.
    assert dict(widths)["Tea"] < 80


def test_diagrams_scroll_before_their_words_are_too_small(visit: Callable[..., Page]) -> None:
    page = visit("graphs", 360)
    picture = page.locator("div.graphviz > img").first
    width, whole = picture.evaluate("e => [e.clientWidth, e.naturalWidth]")
    assert width == min(whole, 640)
    # By the keyboard too.
    assert picture.locator("..").evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0")


def test_table_fills_the_width_that_it_is_given(visit: Callable[..., Page]) -> None:
    page = visit("tables")
    widths = page.evaluate(
        "['#list-table', 'article'].map(s => document.querySelector(s).clientWidth)"
    )
    assert widths[0] == widths[1]


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_keep_their_proportions(visit: Callable[..., Page], width: int) -> None:
    page = visit("figures", width)
    distorted = page.evaluate(
        "[...document.querySelectorAll('article img')].filter(i =>"
        " Math.abs(i.width / i.height * i.naturalHeight / i.naturalWidth - 1) > 0.05)"
        ".map(i => i.alt)"
    )
    assert page.locator("article img").count() > 10
    assert distorted == []


def test_emphasised_lines_reach_the_edges_of_the_code(visit: Callable[..., Page]) -> None:
    page = visit("code", 360)
    beyond = page.evaluate(
        "[...document.querySelectorAll('.hll')].map(e => [e, e.closest('pre')])"
        ".filter(([e, pre]) => e.offsetWidth < pre.clientWidth).length"
    )
    assert page.locator(".hll").count() > 3
    assert beyond == 0
    assert colour(page, ".hll", "background-color") != colour(page, "pre", "background-color")


def test_emphasised_lines_show_in_forced_colours(visit: Callable[..., Page]) -> None:
    page = visit("code")
    page.emulate_media(forced_colors="active")
    assert float(colour(page, ".hll", "border-inline-start-width").removesuffix("px")) > 2
    page.emulate_media(forced_colors="none")


def test_numbers_in_a_table_stand_beside_their_lines(
    built: tuple[Path, list[str]], visit: Callable[..., Page]
) -> None:
    """What Sphinx writes with ``html_codeblock_linenos_style = "table"``."""
    page = visit("code", 360)
    page.evaluate(
        """() => {
          const old = document.querySelector("#oven-code .highlight");
          const table = document.createElement("table");
          table.className = "highlighttable";
          const row = table.createTBody().insertRow();
          const cells = [row.insertCell(), row.insertCell()];
          cells[0].className = "linenos";
          cells[0].append(document.createElement("pre"));
          cells[0].firstChild.textContent = "1\\n2\\n3\\n4\\n5\\n6\\n";
          cells[1].className = "code";
          old.replaceWith(table);
          cells[1].append(old);
          for (const number of old.querySelectorAll(".linenos")) number.remove();
        }"""
    )
    boxes = page.locator(".highlighttable pre").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().top, e.clientHeight])"
    )
    assert boxes[0] == boxes[1]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_buttons_can_be_read_under_the_pointer(visit: Callable[..., Page], mode: str) -> None:
    """Their colours change then, which axe doesn't see."""
    page = visit("design", mode=mode)
    buttons = page.locator("a.sd-btn")
    assert buttons.count() > 15
    for index in range(buttons.count()):
        buttons.nth(index).hover()
        assert axe_faults(page, within="a.sd-btn:hover", rule="color-contrast") == []


def test_each_kind_of_admonition_has_its_colour(visit: Callable[..., Page]) -> None:
    page = visit("admonitions")
    kinds = {
        ("note",),
        ("warning", "caution", "attention"),
        ("danger", "error"),
        ("tip", "hint", "seealso"),
    }
    hues = [
        {colour(page, f".admonition.{name}", "border-inline-start-color") for name in kind}
        for kind in kinds
    ]
    assert [len(hue) for hue in hues] == [1, 1, 1, 1]
    assert len(set.union(*hues)) == 4


def test_a_tip_is_no_warning_whatever_the_accent(visit: Callable[..., Page]) -> None:
    page = visit("admonitions")
    names = ("tip", "seealso")
    before = [colour(page, f".{name}", "border-inline-start-color") for name in names]
    page.add_style_tag(content=":root { --fsp-accent: #c81e1e; --fsp-accent-surface: #fdefee }")
    tip, well = (colour(page, f".{name}", "border-inline-start-color") for name in names)
    assert (tip, well) == (before[0], "rgb(200, 30, 30)")


def test_admonition_in_another_keeps_its_colour(visit: Callable[..., Page]) -> None:
    page = visit("admonitions")
    inner = colour(page, ".admonition .admonition.tip", "background-color")
    assert inner == colour(page, "section > .admonition.tip", "background-color")
    assert inner != colour(page, ".admonition:has(> .tip)", "background-color")


def test_code_is_read_from_left_to_right_on_any_page(visit: Callable[..., Page]) -> None:
    page = visit("api")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert colour(page, "article p", "direction") == "rtl"
    for selector in ("pre", "article p code", "dt.sig"):
        assert colour(page, selector, "direction") == "ltr"


def test_paper_has_addresses_and_no_dark_ground(visit: Callable[..., Page]) -> None:
    page = visit("text", mode="dark")
    page.locator("p a.reference.external").first.evaluate(
        "link => link.classList.add('resource-link')"
    )
    page.emulate_media(media="print", color_scheme="dark")
    after = "link => getComputedStyle(link, '::after').content"
    assert "https://example.org/" in page.locator(".resource-link").first.evaluate(after)
    assert colour(page, ".headerlink", "display") == "none"
    assert colour(page, "body", "background-color") in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert colour(page, "pre", "background-color") == "rgba(0, 0, 0, 0)"
    assert colour(page, "pre", "white-space-collapse") == "preserve"
    assert colour(page, "pre", "text-wrap-mode") == "wrap"
    page.emulate_media(media="screen")
