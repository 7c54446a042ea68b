"""The filter of resource lists: what readers see, choose, hear, and send to others."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from theme.conftest import PAINTED, Visit, wait_until

#: The same with all versions: run once.
pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-lists")]

CONF = """
project = "Lists"
extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
"""

#: A list with everything, one below a heading, a nested one; eleven resources.
LISTS = """
# Lists

## Books

:::{resources}
* [Zenith](https://zenith.example/) is about the point above you.
  :kind: book
  :level: beginner
  :price: paid
  :date: 2019

* [Élan](https://elan.example/) makes it move.
  :kind: book
  :level: advanced
  :price: free
  :date: 2024-05

* [Atlas 10](https://atlas10.example/) has ten maps.
  :kind: book
  :level: intermediate

* [Atlas 9](https://atlas9.example/) has nine maps.
  :kind: book
:::

## Others

Text of the section.

:::{resources} By kind
:group-by: kind

* [Moving Moon](https://moon.example/) shows the Moon.
  :kind: video
  :level: beginner
  :price: free

* [Slow Stars](https://stars.example/) shows stars.
  :kind: video

* [Sky Map](https://map.example/) is a program.
  :kind: tool
  :level: beginner
  :price: free
:::

:::{resources}
* Editors of maps
  * [Pen](https://pen.example/) draws.
  * [Ink](https://ink.example/) paints.
* [Paper](https://paper.example/) is enough.
* [Chalk](https://chalk.example/) is white.
:::
"""

#: The same resources as cards and as a table.
VIEWS = """
# Views

:::{resources} Cards
:view: cards

* [Cedar](https://cedar.example/) - A card.
  :author: Ada Quill
  :kind: book
  :date: 2020

* [Birch](https://birch.example/) - A card.
  :kind: video
  :date: 2024-02

* [Aspen](https://aspen.example/) - A card.
  :kind: book
  :date: 2022

* [Date](https://date.example/) - A card.
  :kind: book
:::

:::{resources} Table
:view: table

* [Walnut](https://walnut.example/) in a row.
  :kind: book
  :date: 2021

* [Oak](https://oak.example/) in a row.
  :kind: video
  :date: 2023-01

* [Maple](https://maple.example/) in a row.
  :kind: book
  :date: 2022-12-31

* [Yew](https://yew.example/) in a row.
  :kind: book
:::
"""

FEW = "# Few\n\n:::{resources}\n" + "\n".join(
    f"* [Few {n}](https://few{n}.example/)" for n in range(7)
)

LOGOS = """
# Logos

:::{logo} small.png
:alt: The small logo
:width: 60%
:::

:::{logo} large.png
:alt: The large logo
:::

:::{logo} small.png
:alt: The logo of two modes
:dark: large.png
:::
"""

#: The addresses of the scripts that offer a filter, and that filter.
LISTS_SCRIPTS = "**/fsp-lists*.js*"

#: What may stand in a page and in an address, and must stay text.
HOSTILE = "<img src=x onerror=alert(1)>"


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.fixture(scope="session")
def lists(
    tmp_path_factory: pytest.TempPathFactory,
    build_once: Callable[..., Path],
    serve: Callable[[Path], str],
) -> str:
    """Return the address of a site with lists of resources."""
    source = tmp_path_factory.mktemp("lists")
    kinds, levels = ("book", "video", "course"), ("beginner", "advanced")
    big = "\n".join(
        f"* [Resource {n} of {'django' if n % 5 == 0 else 'flask'}](https://big{n}.example/)\n"
        f"  :kind: {kinds[n % 3]}\n  :level: {levels[n % 2]}\n"
        for n in range(2500)
    )
    hostile = "\n".join(
        f"* [`{HOSTILE}` {n}](https://hostile{n}.example/)\n"
        f"  :kind: {'constructor' if n % 2 else 'book'}\n"
        for n in range(8)
    )
    pages = {
        "lists": LISTS,
        "views": VIEWS,
        "few": FEW + "\n:::\n",
        "big": f"# Big\n\n:::{{resources}}\n{big}\n:::\n",
        "hostile": f"# Hostile\n\n:::{{resources}}\n{hostile}\n:::\n",
        "logos": LOGOS,
        "every": "# Every\n\n:::{resource-index}\n:by: kind\n:filter: not level\n:::\n",
        "small": '# Small\n\n:::{resource-index}\n:filter: kind == "constructor"\n:::\n',
        "below": f"{FEW}\n:::\n\n:::{{resource-index}}\n:filter: not level\n:::\n",
    }
    toctree = "\n".join(pages)
    pages["index"] = f"# Index\n\n```{{toctree}}\n{toctree}\n```\n"
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in pages.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    for name, size in (("small", (120, 60)), ("large", (3000, 60))):
        (source / f"{name}.png").write_bytes(png(*size))
    return serve(build_once(source, fsp_kinds=["constructor"]))


def opened(page: Page, address: str) -> Page:
    """Open a page, and its filter by a click."""
    page.goto(address)
    page.locator(".resource-filter summary").click()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()
    return page


def titles(page: Page) -> list[str]:
    """Return the titles of the resources that a reader sees."""
    links = page.locator(".resource-link").all()
    return [link.inner_text() for link in links if link.is_visible()]


def query(page: Page) -> dict[str, list[str]]:
    """Return the parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def status(page: Page) -> str:
    """Return what a screen reader is told."""
    return page.locator(".resource-count[role=status]").inner_text()


def test_stays_closed_until_asked(page: Page, lists: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{lists}/lists.html")
    summary = page.locator(".resource-filter summary")
    assert summary.inner_text() == "Filter the 11 resources of this page"
    assert len(titles(page)) == 11
    assert not any("fsp-lists-filter.js" in url for url in requests)
    # Above the first list, below the heading of its section.
    assert page.locator("#books > h2 + .resource-filter + ul.resources").count() == 1
    summary.click()
    expect(page.get_by_label("Kind")).to_be_visible()
    assert len([url for url in requests if "fsp-lists-filter.js" in url]) == 1


def test_few_resources_need_no_filter(page: Page, lists: str) -> None:
    page.goto(f"{lists}/few.html")
    assert len(titles(page)) == 7
    assert page.locator(".resource-filter").count() == 0


def test_without_scripts_all_is_shown(browser: Browser, lists: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lists}/lists.html?kind=tool&text=nothing")
    assert len(titles(page)) == 11
    assert page.locator(".resource-filter").count() == 0
    context.close()


def test_filter_by_text(page: Page, lists: str) -> None:
    field = opened(page, f"{lists}/lists.html").get_by_label("Text", exact=True)
    field.fill("SHOWS moon")
    assert titles(page) == ["Moving Moon"]
    assert status(page) == "1 of 11 resources"
    # Accents and capitals don't matter.
    field.fill("elan")
    assert titles(page) == ["Élan"]
    field.fill("no such thing")
    assert titles(page) == []
    assert status(page) == "0 of 11 resources"


def test_filters_are_combined(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    page.get_by_label("Level").select_option("beginner")
    assert titles(page) == ["Zenith", "Sky Map", "Moving Moon"]
    page.get_by_label("Price").select_option("free")
    assert titles(page) == ["Sky Map", "Moving Moon"]
    page.get_by_label("Kind").select_option("tool")
    assert titles(page) == ["Sky Map"]
    assert status(page) == "1 of 11 resources"


def test_choices_and_their_counts(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    levels = page.get_by_label("Level").locator("option")
    # In the order of learning, and only what occurs.
    assert levels.all_inner_texts() == [
        "All",
        "beginner (3)",
        "intermediate (1)",
        "advanced (1)",
    ]
    page.get_by_label("Kind").select_option("video")
    # What each choice would show with the others as they are.
    assert levels.all_inner_texts()[1:] == ["beginner (1)", "intermediate (0)", "advanced (0)"]
    kinds = page.get_by_label("Kind").locator("option").all_inner_texts()
    assert {"book (4)", "video (2)", "tool (1)"} <= set(kinds)


def test_a_choice_that_would_change_nothing_is_not_offered(page: Page, lists: str) -> None:
    opened(page, f"{lists}/big.html")
    assert page.get_by_label("Kind").count() == 1
    assert page.get_by_label("Price").count() == 0


def test_sort_and_back(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    before = page.locator("main .resources").evaluate_all("all => all.map(e => e.innerHTML)")
    written = titles(page)
    order = page.get_by_label("Order")
    order.select_option("title")
    # Within each list, by the rules of the language: accents and numbers.
    assert titles(page)[:4] == ["Atlas 9", "Atlas 10", "Élan", "Zenith"]
    assert titles(page)[-4:] == ["Chalk", "Ink", "Pen", "Paper"]
    order.select_option("newest")
    # Those without a date come last, as they are written.
    assert titles(page)[:4] == ["Élan", "Zenith", "Atlas 10", "Atlas 9"]
    order.select_option("")
    assert titles(page) == written
    after = page.locator("main .resources").evaluate_all("all => all.map(e => e.innerHTML)")
    assert after == before


def test_groups_and_lists_without_items(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    page.get_by_label("Kind").select_option("video")
    headings = page.locator(".resource-group, .resources-title")
    assert [h.inner_text() for h in headings.all() if h.is_visible()] == ["By kind", "Video"]
    # A list without a heading of its own says so: the section keeps its text.
    none = page.locator(".resource-none:visible")
    assert none.all_inner_texts() == ["Nothing in this list matches."] * 2
    assert page.get_by_text("Text of the section.").is_visible()
    page.get_by_label("Kind").select_option("book")
    assert [h.inner_text() for h in headings.all() if h.is_visible()] == []


def test_a_nested_list_shows_what_holds_it(page: Page, lists: str) -> None:
    field = opened(page, f"{lists}/lists.html").get_by_label("Text", exact=True)
    field.fill("paints")
    assert titles(page) == ["Ink"]
    assert page.get_by_text("Editors of maps").is_visible()
    field.fill("editors")
    assert titles(page) == ["Pen", "Ink"]
    field.fill("chalk")
    assert not page.get_by_text("Editors of maps").is_visible()


def test_cards_and_tables(page: Page, lists: str) -> None:
    opened(page, f"{lists}/views.html")
    page.get_by_label("Kind").select_option("video")
    assert titles(page) == ["Birch", "Oak"]
    # No gap stays in the grid of cards.
    assert page.locator(".sd-col:visible").count() == 1
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Order").select_option("newest")
    assert titles(page) == ["Birch", "Aspen", "Cedar", "Date", "Oak", "Maple", "Walnut", "Yew"]
    page.get_by_label("Order").select_option("title")
    assert titles(page) == ["Aspen", "Birch", "Cedar", "Date", "Maple", "Oak", "Walnut", "Yew"]
    page.get_by_label("Text", exact=True).fill("card")
    assert not page.locator("table.resources").is_visible()


def test_the_address_says_what_is_chosen(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html?from=mail#others")
    page.get_by_label("Kind").select_option("book")
    page.get_by_label("Order").select_option("title")
    page.get_by_label("Text", exact=True).fill("maps & more")
    page.get_by_label("Text", exact=True).press("Tab")
    wanted = {"kind": ["book"], "sort": ["title"], "text": ["maps & more"], "from": ["mail"]}
    assert query(page) == wanted
    assert urlsplit(page.url).fragment == "others"
    page.get_by_role("button", name="Show all").click()
    assert query(page) == {"from": ["mail"]}
    assert len(titles(page)) == 11
    # The button is gone, and the keyboard isn't lost.
    expect(page.get_by_label("Text", exact=True)).to_be_focused()


def test_the_address_follows_typing(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    page.get_by_label("Text", exact=True).press_sequentially("map")
    page.wait_for_url("**?text=map")


def test_the_address_is_read(page: Page, lists: str) -> None:
    page.goto(f"{lists}/lists.html?kind=book&text=maps&sort=title")
    expect(page.get_by_label("Kind")).to_have_value("book")
    assert titles(page) == ["Atlas 9", "Atlas 10"]
    assert status(page) == "2 of 11 resources"


def test_back_and_forward(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    page.get_by_label("Kind").select_option("book")
    page.goto(f"{lists}/few.html")
    page.go_back()
    expect(page.locator(".resource-count")).to_have_text("4 of 11 resources")
    # A link within the page shows what was hidden; the way back leads to what was chosen.
    page.evaluate("location.hash = 'resource-sky-map'")
    expect(page.locator("#resource-sky-map")).to_be_visible()
    page.go_back()
    expect(page.locator("#resource-sky-map")).to_be_hidden()
    expect(page.get_by_label("Kind")).to_have_value("book")
    assert query(page) == {"kind": ["book"]}


@pytest.mark.parametrize("target", ["resource-sky-map", "resource-pen"])
def test_a_link_to_a_hidden_item_shows_it(page: Page, lists: str, target: str) -> None:
    page.goto(f"{lists}/lists.html?kind=book#{target}")
    expect(page.get_by_label("Kind")).to_have_value("")
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    assert len(titles(page)) == 11
    # The same link again, after another choice: the address doesn't change by it.
    page.get_by_label("Kind").select_option("video")
    page.evaluate(
        "id => { const a = document.createElement('a'); a.href = `#${id}`; a.append('again');"
        " document.querySelector('h1').after(a); }",
        target,
    )
    page.get_by_text("again").click()
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_keyboard_alone(page: Page, lists: str) -> None:
    page.goto(f"{lists}/lists.html")
    page.locator(".resource-filter summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kind")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("shows")
    # Enter in the field sends nothing anywhere.
    page.keyboard.press("Enter")
    assert titles(page) == ["Moving Moon", "Slow Stars"]
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kind")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("b")
    assert page.get_by_label("Level").input_value() == "beginner"
    assert titles(page) == ["Moving Moon"]
    for _press in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Space")
    assert len(titles(page)) == 11


def test_readers_who_listen_are_told(page: Page, lists: str) -> None:
    opened(page, f"{lists}/lists.html")
    line = page.get_by_role("status").filter(has_text="resources")
    # Nothing is said before anything was chosen.
    assert line.count() == 0
    page.get_by_label("Kind").select_option("book")
    assert line.inner_text() == "4 of 11 resources"
    page.get_by_label("Kind").select_option("")
    assert line.inner_text() == "11 of 11 resources"
    assert page.get_by_label("Kind").get_attribute("name") == "kind"


@pytest.mark.parametrize(
    "parameters",
    [
        f"kind={HOSTILE}&level={HOSTILE}&price=__proto__&sort=constructor",
        "kind=%E0%A4%A&sort=%00",
        "kind&level=&kind=book",
        "sort=title)&kind=[&level=*",
    ],
)
def test_hostile_choices_choose_nothing(page: Page, lists: str, parameters: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.goto(f"{lists}/lists.html?{parameters}")
    if page.locator(".resource-filter[open]").count() == 0:
        page.locator(".resource-filter summary").click()
    for name in ("Kind", "Level", "Price"):
        expect(page.get_by_label(name).locator("option:checked")).to_have_text("All")
    assert len(titles(page)) == 11
    assert page.locator(".resource-filter img, .resource-count img").count() == 0
    assert problems == []


def test_hostile_text_is_text(page: Page, lists: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{lists}/hostile.html?text={HOSTILE}")
    expect(page.get_by_label("Text", exact=True)).to_have_value(HOSTILE)
    assert len(titles(page)) == 8
    kinds = page.get_by_label("Kind").locator("option").all_inner_texts()
    assert kinds == ["All", "book (4)", "constructor (4)"]
    assert page.locator("main img").count() == 0
    page.goto(f"{lists}/hostile.html?text={'(' * 5000}")
    expect(page.locator(".resource-count")).to_have_text("0 of 8 resources")
    assert problems == []


def test_thousands(page: Page, lists: str) -> None:
    field = opened(page, f"{lists}/big.html").get_by_label("Text", exact=True)
    field.fill("django")
    # All of them, though those below the first screen come a little later.
    expect(page.locator(".resource:not([hidden])")).to_have_count(500)
    assert status(page) == "500 of 2500 resources"
    page.get_by_label("Kind").select_option("book")
    page.get_by_label("Level").select_option("beginner")
    wanted = [n for n in range(2500) if n % 5 == 0 and n % 3 == 0 and n % 2 == 0]
    shown = page.locator(".resource:not([hidden]) .resource-link")
    expect(shown).to_have_count(len(wanted))
    assert shown.all_inner_texts() == [f"Resource {n} of django" for n in wanted]
    # A reader who types on doesn't wait for what was wanted before.
    page.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(2500)
    field.evaluate(
        """field => {
        for (const text of ["zzz", "d", "flask", "2499"]) {
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        }"""
    )
    expect(shown).to_have_count(1)
    # Longer than all that was put off would have taken.
    page.wait_for_timeout(500)
    assert shown.all_inner_texts() == ["Resource 2499 of flask"]


def test_an_index(page: Page, lists: str) -> None:
    page.goto(f"{lists}/every.html")
    page.locator(".resource-filter summary").click()
    page.get_by_label("Kind").select_option("constructor")
    expect(page.locator(".resource-count")).to_contain_text("4 of")
    groups = page.locator(".resource-group:visible")
    assert groups.all_inner_texts() == ["Constructor"]


def test_nothing_moves_when_an_index_gets_its_filter(page: Page, lists: str) -> None:
    page.goto(f"{lists}/every.html")
    group = page.locator(".resource-group").first
    place = group.bounding_box()
    page.locator(".resource-filter").evaluate("e => e.remove()")
    assert group.bounding_box() == place


@pytest.mark.parametrize("name", ["small", "below"])
def test_an_index_without_a_filter_of_its_own_leaves_no_room_for_one(
    page: Page, lists: str, name: str
) -> None:
    """One of few entries has none; on a page with a list above it, the filter is above the list."""
    page.goto(f"{lists}/{name}.html")
    index = page.locator(".resource-index")
    assert index.locator(".resource-filter").count() == 0
    assert index.evaluate("e => getComputedStyle(e).paddingBlockStart") == "0px"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("place", ["big.html?text=2499", "every.html?kind=constructor"])
def test_nothing_moves_when_the_address_has_a_filter(
    visit: Callable[..., Visit], lists: str, place: str, width: int
) -> None:
    """What it will move isn't painted before, however late the scripts come."""
    page = visit(width=width).page
    waiting: list[Route] = []
    late = True

    def hold(route: Route) -> None:
        if late:
            waiting.append(route)
        else:
            route.continue_()

    page.route(LISTS_SCRIPTS, hold)
    page.goto(f"{lists}/{place}", wait_until="commit")
    hidden = "getComputedStyle(document.querySelector('.resource')).visibility === 'hidden'"
    wait_until(page, f"{PAINTED} && {hidden}")
    # However slow this machine is.
    page.evaluate("document.getAnimations().forEach(a => a.pause())")
    assert page.locator("h1").is_visible()
    late = False
    for route in waiting:
        route.continue_()
    expect(page.locator(".resource-count")).to_contain_text(" of ")
    expect(page.locator(".resource:visible").first).to_be_visible()
    shifts = page.evaluate("fspShifts")
    assert sum(shift["value"] for shift in shifts) < 0.05, shifts


def test_lists_show_though_their_scripts_do_not_come(page: Page, lists: str) -> None:
    page.route("**/fsp-lists-filter.js*", lambda route: route.abort())
    page.goto(f"{lists}/lists.html?kind=book")
    expect(page.locator(".resource").first).to_be_visible()
    page.route(LISTS_SCRIPTS, lambda route: route.abort())
    page.goto(f"{lists}/lists.html?kind=book")
    expect(page.locator(".resource").first).to_be_hidden()
    # For a while only: three seconds, which go by at once here.
    page.evaluate(
        "document.getAnimations().filter(a => a.animationName === 'fsp-wait')"
        ".forEach(a => a.finish())"
    )
    expect(page.locator(".resource").first).to_be_visible()


def test_print_shows_what_is_shown(page: Page, lists: str) -> None:
    page.goto(f"{lists}/lists.html?kind=tool")
    expect(page.locator(".resource-count")).to_have_text("1 of 11 resources")
    page.emulate_media(media="print")
    assert page.locator(".resource:visible").count() == 1
    assert not page.locator(".resource-filter").is_visible()
    assert page.locator(".resource-count").is_visible()


def test_from_a_folder(
    page: Page,
    example: Path,
) -> None:
    page.goto(f"{(example / 'resources.html').as_uri()}?level=beginner")
    expect(page.locator(".resource-count")).to_contain_text("of 13 resources")
    page.get_by_label("Level").select_option("")
    assert len(titles(page)) == 13


@pytest.mark.parametrize(("name", "width"), [("small", 120), ("large", 0)])
def test_a_logo_is_never_larger_than_itself_or_the_column(
    page: Page, lists: str, name: str, width: int
) -> None:
    page.goto(f"{lists}/logos.html")
    box = page.get_by_alt_text(f"The {name} logo").bounding_box()
    column = page.locator("article > section").first.bounding_box()
    assert box is not None
    assert column is not None
    assert box["width"] == (width or column["width"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_logo_has_a_light_surface(browser: Browser, lists: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{lists}/logos.html")
    colour = page.get_by_alt_text("The small logo").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert colour == {"light": "rgba(0, 0, 0, 0)", "dark": "rgb(255, 255, 255)"}[scheme]
    # One that is drawn for dark pages takes the place of the other, as the system wishes.
    both = page.get_by_alt_text("The logo of two modes").all()
    shown = [logo.get_attribute("src") for logo in both if logo.is_visible()]
    assert [Path(src or "").stem for src in shown] == [{"light": "small", "dark": "large"}[scheme]]
    context.close()
