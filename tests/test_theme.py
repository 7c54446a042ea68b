"""The theme's pages without a browser: options, generated pages, edit links, dates, outputs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site
from sphinx.errors import ConfigError

Make = Callable[..., Site]

PAGES = {
    "index.md": "# Home\n\n```{guide-contents}\n```\n",
    "pages/stars.markdown": (
        "title: All about stars\nslug: stars\nsidebartitle: Stars\nsortorder: 0100\ntoc: True\n\n\n"
        "Text.\n\n```python\n>>> 1\n```\n\n```{index} Sun, Moon\n```\n"
    ),
    "posts/one.md": (
        "title: First light\nslug: first-light\ncategory: post\ndate: 2024-02-03\n"
        "author: Vera\nauthorlink: https://vera.example/\n\n\nText.\n"
    ),
    "posts/two.md": "title: Second\nslug: second\ncategory: post\ndate: 2024-03-04\n\n\nText.\n",
}


def soup_of(build: Build, page: str) -> BeautifulSoup:
    """Return a page of the output."""
    return BeautifulSoup(build.html(page), "html.parser")


@pytest.fixture
def theme_site(make_site: Make) -> Callable[..., Site]:
    """Return a function that makes a small guide with this theme."""

    def make(**conf: object) -> Site:
        values = {"project": "Sky", "html_baseurl": "https://sky.example/guide/", **conf}
        return make_site(pages=PAGES, html_theme="sphinx_fsp", **values)

    return make


def test_edit_links_follow_the_files(theme_site: Make) -> None:
    options = {"repository": "https://github.com/o/r", "branch": "trunk", "folder": "docs"}
    build = theme_site(html_theme_options=options).build()
    (link,) = soup_of(build, "stars.html").find_all("a", string="Edit this page")
    assert link["href"] == "https://github.com/o/r/edit/trunk/docs/pages/stars.markdown"
    assert soup_of(build, "genindex.html").find("a", string="Edit this page") is None


def test_source_links_lead_to_the_source(theme_site: Make) -> None:
    build = theme_site().build()
    (link,) = soup_of(build, "blog/first-light.html").find_all("a", string="Show Source")
    assert (build.outdir / "blog" / str(link["href"])).resolve().is_file()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("accent", "green"),
        ("repository", "https://example.org/x"),
        ("header_links", [("Text", "javascript:alert(1)")]),
        ("folder", "../out"),
        ("logo_dark", "nowhere.png"),
    ],
)
def test_a_wrong_option_stops_the_build(theme_site: Make, option: str, value: object) -> None:
    with pytest.raises(ConfigError, match=option):
        theme_site(html_theme_options={option: value}).build()


def test_an_accent_that_is_too_light_is_darkened(theme_site: Make) -> None:
    build = theme_site(html_theme_options={"accent": "#23b24b"}).build()
    assert len(build.warnings) == 1
    assert "conf.py" in build.warnings[0]
    assert "[fsp.accent_contrast]" in build.warnings[0]
    assert "fsp-accent.css" in build.html("stars.html")
    css = (build.outdir / "_static" / "fsp-accent.css").read_text()
    assert "#23b24b" not in css.partition(",")[0]


def test_header_links_and_announcement(theme_site: Make) -> None:
    options = {
        "header_links": {"Shop <3": "https://shop.example/?a=1&b"},
        "announcement": "<b>Hi</b>",
    }
    soup = soup_of(theme_site(html_theme_options=options).build(), "stars.html")
    links = soup.select(".header-links a")
    assert {(a.get_text(), a["href"]) for a in links} == {
        ("Shop <3", "https://shop.example/?a=1&b")
    }
    assert soup.select_one("aside.announcement b") is not None


def test_a_post_has_date_author_and_neighbours(theme_site: Make) -> None:
    build = theme_site().build()
    head = soup_of(build, "blog/first-light.html").select_one(".post-header")
    assert head is not None
    assert head.has_attr("data-fsp-chrome")
    assert head.get_text(" ", strip=True) == "Feb 03, 2024 Vera"
    around = soup_of(build, "blog/second.html").select_one('nav[aria-label="Neighbours"]')
    assert around is not None
    assert [a["href"] for a in around.select("a")] == ["../blog/first-light.html"]


@pytest.mark.parametrize(
    ("modified", "shown"),
    [
        ("2025-04-01", "Feb 03, 2024 updated Apr 01, 2025 Vera"),
        ("2024-02-03 18:00", "Feb 03, 2024 Vera"),
    ],
)
def test_a_post_tells_when_it_was_changed(theme_site: Make, modified: str, shown: str) -> None:
    site = theme_site()
    site.edit("posts/one.md", "author: Vera", f"modified: {modified}\nauthor: Vera")
    head = soup_of(site.build(), "blog/first-light.html").select_one(".post-header")
    assert head is not None
    assert head.get_text(" ", strip=True) == shown


def test_the_navigation_title_is_used_for_navigation(theme_site: Make) -> None:
    soup = soup_of(theme_site().build(), "index.html")
    assert soup.select_one('nav[aria-label="Guide"] a').get_text() == "Stars"  # type: ignore[union-attr]
    assert soup_of(theme_site().build(), "stars.html").h1 is not None


def test_not_found_starts_from_the_base(theme_site: Make) -> None:
    soup = soup_of(theme_site().build(), "404.html")
    assert soup.base is not None
    assert soup.base["href"] == "/guide/"
    assert soup_of(theme_site().build("dirhtml"), "404.html").base["href"] == "/guide/404/"  # type: ignore[index]


def test_a_page_named_404_is_kept(theme_site: Make) -> None:
    site = theme_site()
    site.write("404.md", "# Lost\n")
    assert "Lost" in site.build().html("404.html")


def test_copy_buttons_are_loaded_where_code_is(theme_site: Make) -> None:
    build = theme_site().build()
    assert "copybutton.js" in build.html("stars.html")
    assert "copybutton" not in build.html("blog/second.html")
    script = (build.outdir / "_static" / "copybutton.js").read_text(encoding="utf-8")
    assert ".linenos, .gp, .go" in script


def test_copy_button_settings_of_the_project_win(theme_site: Make) -> None:
    build = theme_site(copybutton_prompt_text="% ").build()
    script = (build.outdir / "_static" / "copybutton.js").read_text(encoding="utf-8")
    assert '"% "' in script or "'% '" in script


def test_scripts_of_sphinx_stay_for_other_extensions(theme_site: Make) -> None:
    plain = theme_site().build().html("blog/second.html")
    assert "doctools.js" not in plain
    other = theme_site(html_js_files=["mine.js"]).build().html("blog/second.html")
    assert "doctools.js" in other


def test_index_pages_have_no_inline_style(theme_site: Make) -> None:
    for split in (False, True):
        build = theme_site(html_split_index=split).build()
        for page in build.outdir.glob("genindex*.html"):
            soup = BeautifulSoup(page.read_bytes(), "html.parser")
            assert soup.select("[style]") == []
            assert soup.h1 is not None
    assert "Sun" in build.html("genindex-S.html")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "json", "pickle", "epub", "latex"])
def test_other_outputs(theme_site: Make, builder: str) -> None:
    build = theme_site(version="1", epub_copyright="x").build(builder)
    assert build.warnings == []


def test_last_updated_from_git(theme_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = theme_site(extensions=["sphinx_last_updated_by_git", "sphinx_fsp"])
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2024-05-06T12:00:00Z")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=site.root, check=True)
    build = site.build()
    assert "Last updated on" in build.html("stars.html")
    assert "2024" in soup_of(build, "stars.html").select_one(".page-footer").get_text()  # type: ignore[union-attr]


def test_templates_of_a_project_may_fill_blocks(theme_site: Make) -> None:
    site = theme_site(templates_path=["templates"])
    site.write(
        "templates/layout.html",
        '{% extends "!layout.html" %}{% block extrahead %}<meta name="mine">{% endblock %}',
    )
    assert '<meta name="mine">' in site.build().html("stars.html")


def test_a_theme_that_inherits_this_one(theme_site: Make, tmp_path: Path) -> None:
    child = tmp_path / "themes" / "child"
    child.mkdir(parents=True)
    (child / "theme.toml").write_text('[theme]\ninherit = "sphinx_fsp"\n')
    site = theme_site(html_theme_path=[str(tmp_path / "themes")])
    build = site.build(overrides={"html_theme": "child"})
    assert soup_of(build, "stars.html").select_one("#guide-menu") is not None


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("acent", "did you mean accent?"),
        ("source_repository", "did you mean repository?"),
        (
            "xyzzy",
            "the options are accent, announcement, branch, folder, header_links, logo_dark, "
            "repository",
        ),
    ],
)
def test_an_option_that_does_not_exist_is_said_once(
    theme_site: Make, option: str, hint: str
) -> None:
    site = theme_site(html_theme_options={option: "x"})
    assert site.build().warnings == [
        f"conf.py:1: WARNING: html_theme_options has no option {option!r} in this theme; {hint} "
        "[fsp.theme_option]"
    ]
    # Options of other themes are for Sphinx to say.
    other = site.build(out="_other", overrides={"html_theme": "basic"}).warnings
    assert [line for line in other if option in line and "fsp" in line] == []
