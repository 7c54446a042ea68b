"""The page for addresses that nothing has: ``404.html``, for guides in any theme."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site

Make = Callable[..., Site]
THEMES = pytest.mark.parametrize("theme", ["basic", "furo", "sphinx_fsp"])


def page_of(build: Build, name: str = "404.html") -> BeautifulSoup:
    return BeautifulSoup(build.html(name), "lxml")


def base_of(build: Build) -> str:
    base = page_of(build).select_one("head base")
    assert base is not None
    return str(base["href"])


@THEMES
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_it_helps_on(guide: Site, theme: str, builder: str) -> None:
    guide.write("table-of-contents.md", "---\norphan: true\n---\n\n# Contents\n\nAll of it.\n")
    build = guide.build(builder, overrides={"html_theme": theme})
    page = page_of(build)
    assert [h1.get_text() for h1 in page("h1")] == ["Page not found"]
    (robots,) = page.select('head meta[name="robots"]')
    assert robots["content"] == "noindex"
    assert page.select('link[rel="canonical"]') == []
    assert "A small guide has no page at this address." in page.get_text()
    (form,) = page.select(".fsp-search-page form")
    links = [str(form["action"]), *(str(a["href"]) for a in page.select(".fsp-search-page ~ ul a"))]
    # Seen from the base, wherever the page is shown.
    place = "404/" if builder == "dirhtml" else ""
    assert base_of(build) == f"/{place}"
    for link, name in zip(links, ("search", "index", "table-of-contents"), strict=True):
        file = (build.outdir / place / link).resolve()
        assert file in {build.outdir / f"{name}.html", build.outdir / name, build.outdir}


@THEMES
def test_its_base_comes_before_all_addresses(guide: Site, theme: str) -> None:
    head = page_of(guide.build(overrides={"html_theme": theme})).head
    assert head is not None
    first = head.select_one("[href], [src]")
    assert first is not None
    assert first.name == "base"


@pytest.mark.parametrize(
    ("base", "environment", "path"),
    [
        ("https://x.example/", {}, "/"),
        ("https://x.example", {}, "/"),
        ("", {}, "/"),
        ("https://x.example/guide", {}, "/guide/"),
        (
            "https://x.example/",
            {
                "READTHEDOCS": "True",
                "READTHEDOCS_CANONICAL_URL": "https://x.readthedocs.io/en/latest/",
            },
            "/en/latest/",
        ),
        ("https://x.example/a/", {"READTHEDOCS": "True"}, "/a/"),
        ("https://x.example/", {"READTHEDOCS_CANONICAL_URL": "https://x.example/en/"}, "/"),
    ],
)
def test_where_the_site_starts(
    guide: Site,
    monkeypatch: pytest.MonkeyPatch,
    base: str,
    environment: dict[str, str],
    path: str,
) -> None:
    for name in ("READTHEDOCS", "READTHEDOCS_CANONICAL_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert base_of(guide.build(overrides={"html_baseurl": base})) == path


def test_the_script_and_its_index_are_on_this_page_alone(guide: Site) -> None:
    guide.write("pages/x.md", "title: Secret\nslug: secret\nstatus: hidden\n\nText.\n")
    build = guide.build(overrides={"html_theme": "sphinx_fsp"})
    with_script = {
        name
        for name in build.files()
        if name.endswith(".html") and "fsp-not-found.js" in build.html(name)
    }
    assert with_script == {"404.html"}
    index = json.loads(build.html("_static/fsp-pages.json"))
    assert ["oak.html", "Oak"] in index
    assert ["blog/first-post.html", "First Post"] in index
    # Hidden pages are listed nowhere.
    assert "secret.html" not in dict(index)


def test_another_theme_gets_no_script(guide: Site) -> None:
    build = guide.build()
    assert "fsp-not-found" not in build.html("404.html")
    assert "_static/fsp-pages.json" not in build.files()


def test_the_index_follows_the_pages(guide: Site) -> None:
    values = {"html_theme": "sphinx_fsp"}
    guide.build(overrides=values)
    oak = next(guide.content.rglob("*oak.markdown"))
    oak.write_text(oak.read_text().replace("title: Oak\n", "title: The Oak\n"))
    next(guide.content.rglob("*elm.markdown")).unlink()
    incremental = guide.build(overrides=values).html("_static/fsp-pages.json")
    assert incremental == guide.build(out="_clean", overrides=values).html("_static/fsp-pages.json")
    assert dict(json.loads(incremental))["oak.html"] == "The Oak"
    assert "elm.html" not in dict(json.loads(incremental))


@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp"])
def test_the_page_of_the_author_wins(guide: Site, theme: str) -> None:
    values = {"html_theme": theme}
    assert "Page not found" in guide.build(overrides=values).html("404.html")
    file = guide.write("lost.md", "title: Lost\nslug: 404\n\nTurn round.\n")
    html = guide.build(overrides=values).html("404.html")
    assert "Turn round." in html
    assert "Page not found" not in html
    file.unlink()
    assert "Page not found" in guide.build(overrides=values).html("404.html")


def test_a_static_file_of_the_author_wins(guide: Site) -> None:
    (guide.root / "static" / "404.html").write_text("<h1>Ours</h1>")
    for _ in range(2):
        assert guide.build().html("404.html") == "<h1>Ours</h1>"
        guide.edit("index.md", "# A small guide", "# A small guide!")
        guide.edit("index.md", "# A small guide!", "# A small guide")


def test_sphinx_notfound_page_makes_its_own(guide: Site) -> None:
    values = {"extensions": ["sphinx_fsp", "notfound.extension"], "notfound_urls_prefix": "/x/"}
    html = guide.build(overrides=values).html("404.html")
    assert "<base" not in html
    assert "/x/_static/" in html


def test_the_search_does_not_find_it(guide: Site) -> None:
    build = guide.build(overrides={"html_theme": "sphinx_fsp"})
    index = build.html("searchindex.js")
    assert '"404"' not in index
    assert "Page not found" not in index + build.html("_static/fsp-search-index.js")
    assert "Page not found" not in build.html("genindex.html")


def test_an_ordinary_project_has_none(make_site: Make) -> None:
    assert "404.html" not in make_site("ordinary").build().files()
    # One in our theme has it.
    site = make_site(html_theme="sphinx_fsp")
    assert "Page not found" in site.build().html("404.html")


def test_a_guide_that_is_none_any_more_loses_it(make_site: Make) -> None:
    site = make_site()
    page = site.write("oak.md", "title: Oak\nslug: oak\n\nText.\n")
    assert "404.html" in site.build().files()
    page.unlink()
    assert "404.html" not in site.build().files()


@pytest.mark.parametrize("builder", ["singlehtml", "json", "latex", "epub", "text"])
def test_other_outputs_have_none(guide: Site, builder: str) -> None:
    build = guide.build(builder, overrides={"html_theme": "sphinx_fsp"})
    assert not any("404" in name for name in build.files())


def test_hostile_names_stay_text(guide: Site) -> None:
    name = '</title><script>alert(1)</script> {x} & "y"'
    page = page_of(
        guide.build(overrides={"project": name, "html_baseurl": 'https://x.example/"><b>/'})
    )
    assert "alert(1)" not in [script.get_text() for script in page("script")]
    assert f"{name} has no page" in page.get_text()
    assert page("b") == []


def test_it_speaks_the_language_of_the_site(guide: Site) -> None:
    page = page_of(guide.build(overrides={"language": "de", "html_theme": "sphinx_fsp"}))
    assert "Seite nicht gefunden" in page.get_text()
    assert "A small guide hat unter dieser Adresse keine Seite." in page.get_text()
    assert "Meinten Sie eine von diesen?" in page.get_text()
