"""The search, as readers use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import Site
from playwright.sync_api import Browser, Page, expect

from sphinx_fsp.theme.search.words import words
from theme.conftest import is_of_the_page

#: The same with all versions: run once.
pytestmark = pytest.mark.once

HEADER = "title: {0}\nslug: {1}\ncategory: page\nsortorder: {2}\ntoc: {3}\nsidebartitle: {0}\n"

PAGES = {
    "sky.md": HEADER.format("The Sky", "sky", "0100", "True") + "\nAll that is up there.\n",
    "moon.md": HEADER.format("The Moon", "moon", "0101", "False")
    + """
Look at the moon through a telescope.

## Craters & \\<b>seas\\</b>

Copernicus is the crater to begin with.

```{resources}
* [Lunar Atlas](https://example.org/atlas) every crater
* [\\<img src=x onerror=alert(1)> tricks](https://example.org/tricks) a title that is text
```
""",
    "stars.md": HEADER.format("Stars", "stars", "0102", "False") + "\nOnly a telescope helps.\n",
    "garden.md": HEADER.format("The Garden", "garden", "0200", "True")
    + "\nUnder the moon nothing grows.\n",
    "soil.md": HEADER.format("Soil", "soil", "0201", "False") + "\nIt holds water.\n",
    "code.md": "# Code\n\n```{py:function} telescope_angle()\n\nHow high to look.\n```\n",
    "hidden.md": "title: Hidden\nslug: hidden\ncategory: page\nstatus: hidden\n\nunseen\n",
    "index.md": "# Home\n\n```{guide-contents}\n```\n\n```{only} latex\nprintedonly\n```\n",
}
CONF = {"html_theme": "sphinx_fsp", "exclude_patterns": ["_build"]}


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(pages=PAGES, **CONF)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, build_once: Callable[..., Path]) -> Path:
    content = tmp_path_factory.mktemp("search")
    for name, text in PAGES.items():
        (content / name).write_text(text, encoding="utf-8")
    conf = {"extensions": ["sphinx_fsp"], "html_use_opensearch": "https://example.org", **CONF}
    (content / "conf.py").write_text("".join(f"{k} = {v!r}\n" for k, v in conf.items()))
    return build_once(content)


@pytest.fixture
def moon(page: Page, built: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """Return a page of the site, under the strictest policy; whatever goes wrong in it fails."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(f"{message.text} {message.location['url']}"))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.goto(f"{serve(built)}/moon.html")
    yield page
    assert [text for text in wrong if is_of_the_page(text)] == []


def ask(page: Page, query: str) -> None:
    """Open the search with its key, and type."""
    if not page.locator("dialog.fsp-search[open]").count():
        page.keyboard.press("/")
        page.wait_for_selector(".fsp-filters")
    page.fill("dialog.fsp-search input", query)


def titles(page: Page, inside: str = "#fsp-hits") -> list[str]:
    """Return what is found."""
    return page.locator(f"{inside} .fsp-hit-title").all_text_contents()


def index_of(outdir: Path) -> dict[str, Any]:
    """Return the data of an index."""
    text = (outdir / "_static/fsp-search-index.js").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text.partition("=")[2].removesuffix(";\n"))
    return data


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_opens_by_key_and_closes_by_escape(moon: Page, keys: str) -> None:
    moon.keyboard.press(keys)
    expect(moon.get_by_role("combobox", name="Search this site")).to_be_focused()
    moon.keyboard.press("Escape")
    expect(moon.locator("dialog.fsp-search")).to_be_hidden()


def test_nothing_is_loaded_before_the_first_use(
    page: Page, built: Path, serve: Callable[[Path], str]
) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    page.goto(f"{serve(built)}/moon.html")
    lazy = {"fsp-search.js", "fsp-search-engine.js", "fsp-search.css", "minisearch.js"}
    lazy.add("fsp-search-index.js")
    assert lazy.isdisjoint(loaded)
    ask(page, "moon")
    assert lazy <= set(loaded)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("moon", "The Moon"),
        ("mon", "The Moon"),
        ("teles", "telescope_angle"),
        ("telescpe star", "Stars"),
        ("water", "Soil"),
        ("gardens", "The Garden"),
    ],
)
def test_finds(moon: Page, query: str, first: str) -> None:
    ask(moon, query)
    # The page of a definition stands above it.
    assert first in titles(moon)[:2]


@pytest.mark.parametrize(
    "text",
    [
        "Flask's add_url_rule() in requirements.txt",
        "Caf\u00e9 Gr\u00f6\u00dfe \u0395\u03bb\u03bb\u03ac\u03b4\u03b1 \uff26\uff35",
        "\u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22 \ud55c\uad6d\uc5b4",
        "Python 3\u3067\u5168\u6587\u691c\u7d22 \u5b57",
    ],
)
def test_readers_and_the_index_agree_on_words(moon: Page, text: str) -> None:
    ask(moon, "")
    assert moon.evaluate("text => FspSearch.words(text)", text) == words(text)


def test_kinds(moon: Page) -> None:
    ask(moon, "crater atlas")
    assert titles(moon)[:3] == ["The Moon", "Craters & <b>seas</b>", "Lunar Atlas"]
    moon.get_by_label("Kind").select_option("resource")
    assert titles(moon) == ["Lunar Atlas"]
    expect(moon.locator("#fsp-hits > a")).to_have_attribute("href", "https://example.org/atlas")
    expect(moon.locator("dialog").get_by_role("status")).to_have_text("1 result")


def test_chapters(moon: Page) -> None:
    ask(moon, "moon")
    assert "The Garden" in titles(moon)
    moon.get_by_label("Chapter").select_option("The Sky")
    assert titles(moon)[0] == "The Moon"
    assert "The Garden" not in titles(moon)


def test_arrow_keys_choose_and_enter_opens(moon: Page) -> None:
    ask(moon, "crater")
    field = moon.get_by_role("combobox", name="Search this site")
    expect(field).to_have_attribute("aria-expanded", "true")
    moon.keyboard.press("ArrowDown")
    moon.keyboard.press("ArrowDown")
    chosen = moon.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(chosen).to_contain_text("Craters")
    moon.keyboard.press("Enter")
    expect(moon).to_have_url(moon.url.partition("#")[0] + "#craters-b-seas-b")
    expect(moon.locator("dialog.fsp-search")).to_be_hidden()


def test_enter_alone_leads_to_all_results(moon: Page) -> None:
    ask(moon, "telescope")
    moon.keyboard.press("Enter")
    moon.wait_for_url("**/search.html?q=telescope**")
    assert {"The Moon", "Stars"} <= {*titles(moon, ".fsp-results")}


def test_titles_are_text(moon: Page) -> None:
    ask(moon, "tricks")
    assert "<img src=x onerror=alert(1)> tricks" in titles(moon)
    assert moon.locator("dialog img").count() == 0
    assert moon.locator("dialog mark").all_text_contents() == ["tricks"]


def test_nothing_found(moon: Page) -> None:
    ask(moon, "xylophone")
    expect(moon.locator("dialog").get_by_role("status")).to_have_text("Nothing found")
    expect(moon.locator("#fsp-hits > *")).to_have_count(0)


def test_page_keeps_its_state_in_the_address(
    page: Page, built: Path, serve: Callable[[Path], str]
) -> None:
    address = f"{serve(built)}/search.html"
    page.goto(f"{address}?q=telescope&kind=object")
    assert titles(page, ".fsp-results") == ["telescope_angle"]
    page.fill("[data-fsp-search-page] input", "moon")
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Chapter").select_option("The Sky")
    page.reload()
    assert page.input_value("[data-fsp-search-page] input") == "moon"
    assert titles(page, ".fsp-results")[0] == "The Moon"
    assert "The Garden" not in titles(page, ".fsp-results")


@pytest.mark.parametrize(
    "query",
    [
        "%3Cimg%20src=x%20onerror=alert(1)%3E",
        "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "%E0%A4%A",
        "[",
    ],
)
def test_hostile_queries_are_text(moon: Page, query: str) -> None:
    moon.goto(f"{moon.url.rpartition('/')[0]}/search.html?q={query}&kind=%3Cb%3E&chapter=99")
    moon.wait_for_selector(".fsp-filters")
    assert moon.locator("main :is(img, script, b)").count() == 0


def test_files_without_a_server(browser: Browser, built: Path) -> None:
    page = browser.new_page()
    page.goto((built / "moon.html").as_uri())
    ask(page, "soil")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soil.html")
    page.goto((built / "search.html").as_uri() + "?q=stars")
    assert titles(page, ".fsp-results")[0] == "Stars"
    page.close()


def test_without_javascript_the_page_says_why_not(built: Path) -> None:
    soup = BeautifulSoup((built / "search.html").read_text(encoding="utf-8"), "lxml")
    note = soup.select_one("main noscript")
    assert note is not None
    assert "needs JavaScript" in note.get_text()
    assert [link["href"] for link in note.select("a")] == ["index.html", "genindex.html"]


def test_only_what_is_published_is_in_the_index(built: Path) -> None:
    index = index_of(built)
    assert "hidden.html" not in [page[0] for page in index["pages"]]
    assert {"unseen", "printedonly"}.isdisjoint(index["words"].split())
    assert index["chapters"] == ["The Sky", "The Garden"]


def test_sphinx_makes_its_own_index_too(built: Path) -> None:
    assert (built / "searchindex.js").is_file()
    assert "https://example.org/search.html?q={searchTerms}" in (
        built / "_static/opensearch.xml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("builder", "address"),
    [("html", "moon.html"), ("dirhtml", "moon/"), ("singlehtml", "index.html#document-moon")],
)
def test_addresses(site: Site, builder: str, address: str) -> None:
    build = site.build(builder)
    assert address in [page[0] for page in index_of(build.outdir)["pages"]]
    assert {"search.html", "search/index.html"} & build.files()


def test_later_builds_make_what_a_clean_one_makes(site: Site) -> None:
    site.build()
    site.write("stars.md", PAGES["stars.md"].replace("helps", "shows a nebula"))
    (site.content / "code.md").unlink()
    later = site.build()
    assert later.read == ["stars"]
    clean = site.build(out="_clean")
    parallel = site.build(out="_parallel", jobs=2)
    name = "_static/fsp-search-index.js"
    assert "nebula" in later.html(name)
    assert later.html(name) == clean.html(name) == parallel.html(name)


def test_unchanged_index_is_not_written(site: Site) -> None:
    file = site.build().outdir / "_static/fsp-search-index.js"
    before = file.stat().st_mtime_ns
    site.build()
    assert file.stat().st_mtime_ns == before


def test_documents_that_were_read_for_another_theme(site: Site) -> None:
    clean = index_of(site.build(out="_clean").outdir)
    site.build(overrides={"html_theme": "basic"})
    later = site.build(overrides={"html_theme": "sphinx_fsp"})
    assert later.read == []
    assert index_of(later.outdir) == clean


def test_other_themes_keep_their_search(site: Site) -> None:
    build = site.build(overrides={"html_theme": "basic"})
    assert "searchindex.js" in build.files()
    assert "_static/fsp-search-index.js" not in build.files()


def test_addresses_of_resources_are_those_of_the_page(make_site: Callable[..., Site]) -> None:
    lines = ["* [Gone](https://example.org/gone) it was", "* [File](ftp://example.org/f) kept"]
    page = "\n".join(["# A", "", "```{resources}", *lines, "```", ""])
    site = make_site(pages={"a.md": page}, **CONF)
    found = index_of(site.build().outdir)["resources"][0]
    assert found[:3] == ["Gone", "https://example.org/gone", "File"]
    # No other scheme: the result leads to the place in the page.
    assert found[3].startswith("#")


def test_posts_are_a_chapter(make_site: Callable[..., Site]) -> None:
    """That of the page which they stand below; where there is none, of their category."""
    posts = {
        f"{name}.md": f"title: {name}\nslug: {name}\ncategory: {category}\n\nText.\n"
        for name, category in (("light", "post"), ("dark", "talk"))
    }
    site = make_site(
        pages={"sky.md": PAGES["sky.md"], "moon.md": PAGES["moon.md"], **posts}, **CONF
    )

    def chapters() -> dict[str, str]:
        index = index_of(site.build().outdir)
        return {
            page[0]: index["chapters"][page[2]] if page[2] >= 0 else "" for page in index["pages"]
        }

    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
    of_sky = {"index.html": "", "sky.html": "The Sky", "moon.html": "The Sky"}
    assert chapters() == {**of_sky, "blog/light.html": "Blog", "blog/dark.html": "Talk"}
    site.write("blog.md", "title: News of the sky\nslug: blog\nsidebartitle: News\n\nText.\n")
    news = ("blog.html", "blog/light.html", "blog/dark.html")
    assert chapters() == {**of_sky, **dict.fromkeys(news, "News")}
