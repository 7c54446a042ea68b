"""On Read the Docs: versions, languages and downloads in the footer, and its search.

The data in ``readthedocs/`` have the shape of Read the Docs' addons data, API version 1.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sphinx_fsp.theme.site import FOLDER
from theme.conftest import Visit
from theme.pagetypes import PROJECT

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-readthedocs")]

DATA = Path(__file__).parent / "readthedocs"
SITE = "https://night-sky-guide.example"
#: What Read the Docs' server adds to each page, and what its script does when it is ready.
INJECTED = """<meta name="readthedocs-project-slug" content="night-sky-guide">
<meta name="readthedocs-resolver-filename" content="{file}">
<meta name="readthedocs-http-status" content="{status}">
"""
MINIMAL = """<!DOCTYPE html>
<html lang="en" data-theme="{mode}"><head><meta charset="utf-8"><title>Moon</title>
<meta name="readthedocs-addons-api-version" content="1">
{injected}
<link rel="stylesheet" href="fsp.css"><link rel="stylesheet" href="fsp-readthedocs.css">
{early}<script defer src="fsp-readthedocs.js"></script></head>
<body><main><h1>Moon</h1></main><footer class="site-footer">
<div class="rtd-versions" data-versions="Versionen" data-fsp-chrome hidden></div></footer>
</body></html>
"""
SEND = """data => {
  globalThis.opened = 0;
  document.addEventListener("readthedocs-search-show", () => globalThis.opened++);
  const flyout = document.createElement("readthedocs-flyout");
  flyout.append("Read the Docs");
  document.body.append(flyout);
  document.dispatchEvent(new CustomEvent("readthedocs-addons-data-ready",
    {detail: {data: () => data}}));
}"""

Open = Callable[..., Page]


def data_of(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def faults(seen: Visit) -> list[str]:
    """Return what scripts and the policy say; browsers ask for an icon that isn't there."""
    missing = "Failed to load resource"
    return [*seen.violations(), *(said for said in seen.errors if not said.startswith(missing))]


@pytest.fixture
def opened(
    tmp_path: Path, serve: Callable[[Path], str], visit: Callable[..., Visit]
) -> Callable[..., Page]:
    """Return a function that opens a small page, and sends it data as Read the Docs does."""

    def start(
        name: str,
        file: str = "/moon.html",
        status: int = 200,
        mode: str = "light",
        late: bool = False,
    ) -> Page:
        for asset in ("fsp.css", "fsp-readthedocs.css", "fsp-readthedocs.js"):
            shutil.copy(FOLDER / "static" / asset, tmp_path)
        data = json.dumps(data_of(name))
        (tmp_path / "early.js").write_text(
            f"globalThis.ReadTheDocsEventData = {{data: () => ({data})}};", encoding="utf-8"
        )
        page = MINIMAL.format(
            injected=INJECTED.format(file=file, status=status),
            mode=mode,
            early='<script src="early.js"></script>' if late else "",
        )
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        seen = visit(f"{serve(tmp_path)}/index.html")
        if not late:
            seen.page.evaluate(SEND, data_of(name))
        assert faults(seen) == []
        return seen.page

    return start


def lists(page: Page) -> dict[str, dict[str, str]]:
    """Return the links of each list, by what the list is called."""
    found: dict[str, dict[str, str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".rtd-versions details")].map(
          (list) => [list.querySelector("summary").textContent, Object.fromEntries(
            [...list.querySelectorAll("li a")].map((link) => [link.textContent, link.href]))]))"""
    )
    return found


@pytest.mark.parametrize("late", [False, True], ids=["by its event", "loaded after it"])
def test_everything(opened: Open, late: bool) -> None:
    """Each link keeps the page, and says what is read now; words are the site's."""
    page = opened("everything", late=late)
    found = lists(page)
    assert list(found) == ["Versionen: latest", "Languages: English", "Downloads"]
    assert found["Versionen: latest"] == {
        slug: f"{SITE}/en/{slug}/moon.html" for slug in ("latest", "stable", "v2.0", "v1.0")
    }
    assert found["Languages: English"] == {
        "Brazilian Portuguese": f"{SITE}/pt-br/latest/moon.html",
        "English": f"{SITE}/en/latest/moon.html",
        "German": f"{SITE}/de/latest/moon.html",
    }
    assert list(found["Downloads"]) == ["PDF", "EPUB", "HTML"]
    assert found["Downloads"]["PDF"].endswith(
        "//night-sky-guide.example/_/downloads/en/latest/pdf/"
    )
    assert page.locator(".rtd-versions [aria-current]").all_text_contents() == ["latest", "English"]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("versions", ["Versionen: latest"]),
        ("languages", ["Languages: English"]),
        ("downloads", ["Downloads"]),
        ("nothing", []),
        ("search", []),
    ],
)
def test_what_is_not_there_has_no_list(opened: Open, name: str, titles: list[str]) -> None:
    page = opened(name)
    assert list(lists(page)) == titles
    assert page.locator(".rtd-versions").is_visible() == bool(titles)


@pytest.mark.parametrize("name", ["everything", "nothing"])
def test_there_is_our_list_or_the_flyout_but_never_both(opened: Open, name: str) -> None:
    page = opened(name)
    ours, theirs = page.locator(".rtd-versions"), page.locator("readthedocs-flyout")
    assert ours.is_visible() != theirs.is_visible()
    assert ours.is_visible() == (name == "everything")


@pytest.mark.parametrize(
    ("file", "path"),
    [
        pytest.param("/moon.html", "moon.html", id="a page"),
        pytest.param("/index.html", "", id="the start"),
        pytest.param("/moon/index.html", "moon/", id="a folder"),
        pytest.param("/old-index.html", "old-index.html", id="another name that ends alike"),
        pytest.param("/a%20b.html", "a%20b.html", id="percent-encoded"),
        pytest.param("javascript:alert(1)", "javascript:alert(1)", id="no page of the site"),
        pytest.param("//elsewhere.example/", "elsewhere.example/", id="another host"),
    ],
)
def test_the_page_is_kept(opened: Open, file: str, path: str) -> None:
    found = lists(opened("versions", file=file))
    assert found["Versionen: latest"]["v1.0"] == f"{SITE}/en/v1.0/{path}"


def test_a_page_that_is_not_there_leads_to_the_start(opened: Open) -> None:
    found = lists(opened("versions", file="/gone.html", status=404))
    assert found["Versionen: latest"]["v1.0"] == f"{SITE}/en/v1.0/"


def test_hostile_names_are_text_and_addresses_only_those_of_the_web(opened: Open) -> None:
    found = lists(opened("hostile"))
    versions = found["Versionen: latest"]
    assert versions["<img src=x onerror=alert(1)>"] == f"{SITE}/en/odd/moon.html"
    assert not {"script", "data", "without an address"} & versions.keys()
    assert "</summary><script>alert(1)</script>" in found["Languages: English"]
    assert found["Downloads"] == {"<B>ZIP</B>": f"{SITE}/x.zip"}
    for links in found.values():
        assert all(address.startswith(("https://", "http://")) for address in links.values())


def test_nothing_of_hostile_names_becomes_an_element(opened: Open) -> None:
    page = opened("hostile")
    elements = "[...document.querySelectorAll('.rtd-versions *')].map((one) => one.localName)"
    assert sorted(set(page.evaluate(elements))) == ["a", "details", "li", "summary", "ul"]


@pytest.mark.parametrize(
    ("name", "theirs"), [("everything", True), ("search", True), ("nothing", False)]
)
def test_the_search_of_read_the_docs_opens_where_it_is_enabled(
    opened: Open, name: str, theirs: bool
) -> None:
    page = opened(name)
    assert page.evaluate("!!FspReadTheDocs.opensSearch()") == theirs
    assert page.evaluate("opened") == int(theirs)


def test_before_there_are_data_the_search_is_ours(opened: Open) -> None:
    page = opened("nothing")
    page.reload()
    assert page.evaluate("!!FspReadTheDocs.opensSearch()") is False


def test_data_that_come_again_replace_the_lists(opened: Open) -> None:
    """Read the Docs sends them again when the address changes."""
    page = opened("everything")
    page.evaluate(SEND, data_of("downloads"))
    assert list(lists(page)) == ["Downloads"]
    page.evaluate(SEND, data_of("nothing"))
    assert page.locator(".rtd-versions").is_hidden()


def test_there_is_one_place_for_notifications_in_the_page(opened: Open) -> None:
    assert opened("everything").locator("main readthedocs-notification").count() == 1


def test_the_lists_open_with_the_keyboard(opened: Open) -> None:
    page = opened("everything")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="v1.0").is_visible()
    assert page.get_by_role("link", name="German").is_hidden()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_in_the_lists(opened: Open, mode: str) -> None:
    page = opened("everything", mode=mode)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    found = Axe().run(page, context=".rtd-versions")
    assert found.response["violations"] == []


def test_colours_are_those_of_the_theme_for_what_read_the_docs_shows() -> None:
    css = (FOLDER / "static/fsp-readthedocs.css").read_text(encoding="utf-8")
    ours = (FOLDER / "static/fsp.css").read_text(encoding="utf-8")
    found = re.findall(r"--readthedocs-(notification|search|flyout)-[\w-]+: var\((--[\w-]+)\)", css)
    assert {kind for kind, _ in found} == {"notification", "search", "flyout"}
    assert all(f"{name}:" in ours for _, name in found)


@pytest.mark.parametrize(
    ("name", "most"), [("fsp-readthedocs.js", 1229), ("fsp-readthedocs.css", 410)]
)
def test_size(name: str, most: int) -> None:
    assert len(gzip.compress((FOLDER / "static" / name).read_bytes(), 9)) <= most


@pytest.fixture
def hosted(
    monkeypatch: pytest.MonkeyPatch,
    build_once: Callable[..., Path],
) -> Path:
    """Return the example as Read the Docs builds it."""
    monkeypatch.setenv("READTHEDOCS", "True")
    return build_once(PROJECT / "example/content", html_context={"hosted": "there"})


def test_a_site_built_there_shows_them(
    hosted: Path, serve: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    assert 'name="readthedocs-addons-api-version" content="1"' in (hosted / "index.html").read_text(
        encoding="utf-8"
    )
    seen = visit(f"{serve(hosted)}/index.html")
    seen.page.evaluate(SEND, data_of("everything"))
    assert list(lists(seen.page)) == ["Versions: latest", "Languages: English", "Downloads"]
    assert faults(seen) == []


@pytest.mark.parametrize(("name", "theirs"), [("everything", 1), ("nothing", 0)])
def test_slash_opens_the_search_that_is_enabled(
    hosted: Path, serve: Callable[[Path], str], visit: Callable[..., Visit], name: str, theirs: int
) -> None:
    page = visit(f"{serve(hosted)}/index.html").page
    page.evaluate(SEND, data_of(name))
    page.keyboard.press("/")
    assert page.evaluate("opened") == theirs


def test_a_site_built_elsewhere_has_nothing_of_it(example: Path) -> None:
    assert "readthedocs" not in (example / "index.html").read_text(encoding="utf-8")
