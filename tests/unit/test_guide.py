"""The guide answers what pages ask: what is at an address, and where a name leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_fsp.source.addresses import SiteAddress
from sphinx_fsp.source.catalogue import Page, SourceFile, build_catalogue
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.redirects import Rule
from sphinx_fsp.source.settings import Settings

SETTINGS = Settings(bases=("https://sky.example/",))
SOURCES = [
    SourceFile("pages/02-sky/00-sky.md", "title: The sky\nslug: sky\n"),
    SourceFile("pages/02-sky/01-moon.md", "title: The Moon\nslug: moon\n"),
    SourceFile("posts/first.md", "title: First light\nslug: first\ncategory: post\n"),
    SourceFile("pages/café.md", "title: Café\nslug: café\n"),
]
RULES = [
    Rule("/luna.html", "/moon.html#top", "old.csv", 1),
    Rule("/gone.html", "https://other.example/", "old.csv", 2),
    Rule("/bad.html", "/nowhere.html", "old.csv", 3),
]


def guide_with(
    documents: tuple[str, ...] = ("index", "about/index"), root_doc: str = "index"
) -> Guide:
    catalogue = build_catalogue(SOURCES, SETTINGS.permalinks, (".md",), documents)
    return Guide(
        catalogue,
        documents,
        SETTINGS._replace(root_doc=root_doc),
        static_files={"/img/moon.png": Path("static/img/moon.png")},
        rules=RULES,
    )


GUIDE = guide_with()


def page_named(name: str) -> Page:
    page = GUIDE.page_named(name)
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("path", "docname"),
    [
        ("/", "index"),
        ("/index.html", "index"),
        ("/moon.html", "moon"),
        ("/moon", "moon"),
        ("/moon/", "moon"),
        ("/blog/first.html", "blog/first"),
        ("/blog/first/", "blog/first"),
        ("/café.html", "café"),
        ("/about/", "about/index"),
        ("/about/index.html", "about/index"),
        ("/search.html", "search"),
        ("/genindex.html", "genindex"),
        ("/Moon.html", None),
        ("/first.html", None),
        ("/blog/", None),
        ("/img/moon.png", None),
        ("/luna.html", None),
        ("/../moon.html", None),
        ("", None),
    ],
)
def test_the_document_at_an_address(path: str, docname: str | None) -> None:
    assert GUIDE.find_document(path) == docname


def test_the_start_is_the_root_document() -> None:
    assert guide_with(("contents",), root_doc="contents").find_document("/") == "contents"


@pytest.mark.parametrize(
    ("path", "file"), [("/img/moon.png", "static/img/moon.png"), ("/img/mars.png", None)]
)
def test_the_file_at_an_address(path: str, file: str | None) -> None:
    assert GUIDE.find_file(path) == (Path(file) if file else None)


@pytest.mark.parametrize(
    ("name", "docname"),
    [
        pytest.param("moon", "moon", id="slug"),
        pytest.param("first", "blog/first", id="slug of a post"),
        pytest.param("blog/first", "blog/first", id="docname"),
        pytest.param("luna", "moon", id="old name"),
        pytest.param("gone", None, id="old name that leads to another site"),
        pytest.param("bad", None, id="old name that leads nowhere"),
        pytest.param("index", None, id="ordinary document"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_page_of_a_name(name: str, docname: str | None) -> None:
    page = GUIDE.page_named(name)
    assert (page and page.docname) == docname


def test_the_page_of_a_file() -> None:
    assert GUIDE.page_of_file("posts/first.md") == page_named("first")
    assert GUIDE.page_of_file("index.md") is None


@pytest.mark.parametrize(
    ("href", "path"),
    [
        pytest.param("{filename}/pages/02-sky/01-moon.md", "/moon.html", id="from the top"),
        pytest.param("{filename}01-moon.md", "/moon.html", id="beside the page"),
        pytest.param("{filename}../../posts/first.md", "/blog/first.html", id="one up"),
        pytest.param("|filename|01-moon.md", "/moon.html", id="old form"),
        pytest.param("{filename}/pages/caf%C3%A9.md", "/café.html", id="percent-encoded"),
        pytest.param("{filename}/missing.md", "/missing.md", id="no page"),
        pytest.param("{static}/img/moon.png", "/img/moon.png", id="static"),
        pytest.param("{attach}/img/moon.png", "/img/moon.png", id="attach"),
        pytest.param("{static}moon.png", "/pages/02-sky/moon.png", id="static beside the page"),
        pytest.param("/moon.html", "/moon.html", id="address"),
        pytest.param("https://sky.example/moon.html", "/moon.html", id="full address"),
        pytest.param("moon.html", "/moon.html", id="relative to the permalink"),
        pytest.param("{author}/ada", "/{author}/ada", id="other braces"),
    ],
)
def test_where_a_link_of_a_page_leads(href: str, path: str) -> None:
    assert GUIDE.locate(href, page_named("sky")) == SiteAddress(path, "")


def test_relative_links_start_at_the_permalink_of_a_page() -> None:
    assert GUIDE.locate("second.html", page_named("first")) == SiteAddress("/blog/second.html", "")


@pytest.mark.parametrize(
    ("href", "fragment"),
    [
        ("{filename}01-moon.md#phases", "phases"),
        ("/moon.html#phases", "phases"),
        ("/moon.html#caf%C3%A9", "café"),
        ("{filename}01-moon.md#caf%C3%A9", "café"),
    ],
)
def test_a_link_keeps_its_fragment(href: str, fragment: str) -> None:
    assert GUIDE.locate(href, page_named("sky")) == SiteAddress("/moon.html", fragment)


@pytest.mark.parametrize("href", ["https://other.example/moon.html", "mailto:ada@sky.example"])
def test_a_link_that_leaves_the_site(href: str) -> None:
    assert GUIDE.locate(href, page_named("sky")) is None


def test_redirects_lead_to_pages_with_their_fragment() -> None:
    targets = {source: redirect.target for source, redirect in GUIDE.redirects.items()}
    assert targets == {"/luna.html": "/moon.html#top", "/gone.html": "https://other.example/"}


def test_a_redirect_that_leads_nowhere_is_a_problem() -> None:
    assert [(p.path, p.line) for p in GUIDE.problems] == [("old.csv", 3)]


@pytest.mark.parametrize(
    ("path", "near"),
    [("/mon.html", "/moon.html"), ("/blog/frist.html", "/blog/first.html"), ("/x.html", None)],
)
def test_the_page_that_was_likely_meant(path: str, near: str | None) -> None:
    assert GUIDE.suggest_page(path) == near


@pytest.mark.parametrize(
    ("path", "near"), [("/img/mon.png", "/img/moon.png"), ("/moon.html", None)]
)
def test_the_file_that_was_likely_meant(path: str, near: str | None) -> None:
    assert GUIDE.suggest_file(path) == near


def test_a_file_of_the_source_folder(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "moon.png").touch()
    (tmp_path / "secret.png").touch()
    guide = Guide(GUIDE.catalogue, settings=Settings(srcdir=tmp_path / "content"))
    assert guide.has_source("moon.png")
    assert not guide.has_source("mars.png")
    assert not guide.has_source("../secret.png")
    assert not guide.has_source(str(tmp_path / "secret.png"))


@pytest.mark.parametrize("path", ["x" * 300, "a\0b", "", "."])
def test_a_name_that_no_file_can_have_is_no_file(path: str, tmp_path: Path) -> None:
    guide = Guide(GUIDE.catalogue, settings=Settings(srcdir=tmp_path))
    assert not guide.has_source(path)
