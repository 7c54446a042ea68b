"""The theme speaks the language of the site, in the direction of its script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sphinx_fsp.theme.site import FOLDER
from theme.conftest import Visit
from theme.pagetypes import SITES, PageType

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-words")]

TEMPLATES = sorted(FOLDER.rglob("*.html"))
STYLES = sorted(FOLDER.rglob("*.css"))
SCRIPTS = [path for path in sorted(FOLDER.rglob("*.js")) if path.name != "minisearch.js"]

ARABIC = SITES / "arabic"

#: Properties and values that say left or right, where they should say start or end.
PHYSICAL = re.compile(
    r"""(?<![\w-])(
        (?:(?:margin|padding|border|scroll-margin|scroll-padding)-)(?:left|right)[\w-]*
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?:left|right)\s*:
      | (?:float|clear|text-align|caption-side|justify-\w+|resize)\s*:\s*(?:left|right)\b
    )""",
    re.VERBOSE,
)
#: Four values that differ left and right, as in `margin: 0 1rem 0 0`.
FOUR = re.compile(
    r"(?<![\w-])(?P<name>margin|padding|inset|border-width|border-style|border-color)\s*:"
    r"\s*(?P<values>[^;{}]+)"
)
#: A rule may name the direction itself, and then say left or right.
DIRECTED = re.compile(r"""[^{}]*(?:\[dir=|:dir\()[^{}]*\{[^{}]*\}""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def sides_that_differ(css: str) -> Iterator[str]:
    """Yield the declarations of four values whose second and fourth aren't the same."""
    for match in FOUR.finditer(css):
        values = re.findall(r"(?:[^\s()]+|\((?:[^()]|\([^()]*\))*\))+", match["values"])
        values = [value for value in values if value != "!important"]
        if len(values) == 4 and values[1] != values[3]:
            yield match[0]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_say_start_and_end(path: Path) -> None:
    css = DIRECTED.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
    found = [match[0] for match in PHYSICAL.finditer(css)]
    assert found + list(sides_that_differ(css)) == []


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a { margin-left: 1rem }", True),
        ("a { left: 0 }", True),
        ("a { text-align: right }", True),
        ("a { margin: 0 1rem 0 0 }", True),
        ("a { margin: 0 1rem }", False),
        ("a { margin-inline-start: 1rem; text-align: start }", False),
        ("a { background: linear-gradient(to left, red, blue) }", False),
    ],
)
def test_the_search_for_left_and_right_finds_it(css: str, found: bool) -> None:
    assert bool(PHYSICAL.search(css) or list(sides_that_differ(css))) is found


@pytest.mark.parametrize("width", [360, 640, 1280])
@pytest.mark.parametrize("name", ["index.html", "moon.html", "stars.html", "search.html"])
def test_a_page_from_right_to_left_does_not_spill(
    visit: Callable[..., Visit],
    build_once: Callable[..., Path],
    serve: Callable[[Path], str],
    arabic: str,
    name: str,
    width: int,
) -> None:
    page = visit(f"{arabic}/{name}", width=width).page
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main :is(p, li, h1, h2, h3, td, th), header a")]
          .filter((element) => element.checkVisibility())
          .filter((element) => {
            const box = element.getBoundingClientRect();
            return box.left < -1 || box.right > innerWidth + 1;
          }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.fixture(scope="module")
def arabic(build_once: Callable[..., Path], serve: Callable[[Path], str]) -> str:
    """Return the address of a site in Arabic."""
    return serve(build_once(ARABIC))


def test_a_page_from_right_to_left_is_mirrored(visit: Callable[..., Visit], arabic: str) -> None:
    page = visit(f"{arabic}/moon.html", width=1400).page

    def left(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        return box["x"]

    assert left("nav#guide-menu") > left("main") > left("nav#on-this-page")
    assert left(".brand") > left("button.mode")
    assert left("nav.neighbours .before") > left("nav.neighbours .after")


def test_the_menu_comes_from_the_right_in_such_a_language(
    visit: Callable[..., Visit], arabic: str
) -> None:
    page = visit(f"{arabic}/moon.html", width=360).page
    page.locator("button[popovertarget=guide-menu]").first.click()
    box = page.locator("nav#guide-menu").bounding_box()
    assert box is not None
    assert round(box["x"] + box["width"]) == 360


def test_code_runs_from_left_to_right_in_any_language(
    visit: Callable[..., Visit], arabic: str
) -> None:
    page = visit(f"{arabic}/moon.html").page
    pre = page.locator("pre").first
    assert pre.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert pre.evaluate("element => getComputedStyle(element).textAlign") in {"left", "start"}


class Words(HTMLParser):
    """Collects the words of a template that readers would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]{2}", data):
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            shown = name in {"title", "alt", "placeholder", "label", "aria-label"}
            if shown and re.search(r"[^\W\d_]{2}", value or ""):
                self.found.append(f"{name}={value}")


def bare_words(template: str) -> list[str]:
    """Return the words of a template that no translation can change."""
    template = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    template = re.sub(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", "", template, flags=re.DOTALL)
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    words = Words()
    words.feed(template)
    words.close()
    return words.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


def test_a_word_that_can_not_be_translated_is_found() -> None:
    assert bare_words('<p>{{ t("Menu") }}</p><p title="Close">Open</p>') == ["title=Close", "Open"]
    assert bare_words("{% trans n=1 %}All {{ n }}{% endtrans %}") == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_have_no_sentences_of_their_own(path: Path) -> None:
    script = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    assert re.findall(r"""["'`]([A-Z][a-z]+(?: [a-z]+)+[.…]?)["'`]""", script) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_put_text_in_as_text(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    for risk in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert risk not in script


def test_the_words_of_a_german_site_are_german(
    build_once: Callable[..., Path], site_of: Callable[[PageType], Path]
) -> None:
    from bs4 import BeautifulSoup

    from theme.pagetypes import PAGE_TYPES, SOURCES

    german = build_once(SOURCES["api"], language="de")
    same: set[str] = set()
    for page_type in PAGE_TYPES:
        if page_type.site != "api":
            continue
        texts = []
        for folder in (site_of(page_type), german):
            text = (folder / page_type.path).read_text(encoding="utf-8")
            page = BeautifulSoup(text, "html.parser")
            texts.append(
                {
                    str(value)
                    for element in page.select("button, nav[aria-label], .skip, input, form, aside")
                    for value in (
                        element.get("aria-label"),
                        element.get("placeholder"),
                        element.get_text(" ", strip=True) if element.name != "nav" else None,
                        *(v for k, v in element.attrs.items() if k.startswith("data-")),
                    )
                    if value
                }
            )
        english, other = texts
        assert english
        same |= english & other
    assert same == set()
