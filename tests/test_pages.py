"""Pages as documents of Sphinx: addresses, sources, metadata, contents, and other outputs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Site
from sphinx.testing.util import SphinxTestApp

MakeSite = Callable[..., Site]


def page(title: str, slug: str, body: str = "Text.", **header: str) -> str:
    lines = [f"title: {title}", f"slug: {slug}", "category: page"]
    lines += [f"{key}: {value}" for key, value in header.items()]
    return "\n".join([*lines, "", body, ""])


def select(html: str, selector: str) -> Tag:
    found = BeautifulSoup(html, "lxml").select_one(selector)
    assert isinstance(found, Tag)
    return found


# Which files are pages -----------------------------------------------------------------------


def test_draft_is_left_out(make_site: MakeSite) -> None:
    build = make_site(pages={"x.markdown": page("X", "x", status="draft")}).build()
    assert "x.html" not in build.files()
    assert build.warnings == []


def test_hidden_page_is_there_and_not_listed(make_site: MakeSite) -> None:
    pages = {"x.markdown": page("X", "x", status="hidden", sortorder="0100", toc="True")}
    build = make_site(pages=pages).build()
    assert "x.html" in build.files()
    assert 'href="x.html"' not in build.html("index.html")
    assert build.warnings == []


def test_page_of_no_chapter_is_no_noise(make_site: MakeSite) -> None:
    assert make_site(pages={"x.markdown": page("X", "x")}).build().warnings == []


def test_yaml_header(make_site: MakeSite) -> None:
    text = '---\ntitle: "A: b"\nslug: x\ncategory: page\nsortorder: 0100\n---\nText.\n'
    build = make_site(pages={"x.md": text}).build()
    assert select(build.html("x.html"), "h1").get_text().startswith("A: b")


def test_yaml_header_that_is_no_yaml(make_site: MakeSite) -> None:
    text = "---\ntitle: A: b: c\nslug: x\nmeta: Learn about X: it is fun.\n---\nText.\n"
    build = make_site(pages={"x.md": text}).build()
    assert select(build.html("x.html"), "h1").get_text().startswith("A: b: c")
    assert build.warnings == []


def test_page_without_slug_gets_the_one_of_pelican(make_site: MakeSite) -> None:
    text = "Title: My Fine Post!\nDate: 2010-12-03\nCategory: Python\n\nText.\n"
    assert "blog/my-fine-post.html" in make_site(pages={"x.md": text}).build().files()


def test_markdown_without_header_keeps_its_address(make_site: MakeSite) -> None:
    build = make_site(pages={"notes/x.md": "---\norphan: true\n---\n# X\n"}).build()
    assert "notes/x.html" in build.files()


def test_permalinks_by_category(make_site: MakeSite) -> None:
    site = make_site(fsp_permalinks={"page": "p/{slug}", "*": "{category}/{slug}"})
    site.write("x.md", page("X", "x"))
    site.write("y.md", "title: Y\nslug: y\ncategory: My News\n\nText.\n")
    assert {"p/x.html", "my-news/y.html"} <= site.build().files()


# Titles and metadata -------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["# The Title", "## the  title", "The Title\n========="])
def test_title_that_the_body_repeats_is_shown_once(make_site: MakeSite, first: str) -> None:
    build = make_site(
        pages={"x.md": page("The Title", "x", f"{first}\n\nText.\n\n## Next")}
    ).build()
    headings = BeautifulSoup(build.html("x.html"), "lxml").select(".body :is(h1, h2)")
    assert [h.get_text().rstrip("\xb6") for h in headings] == ["The Title", "Next"]
    assert build.warnings == []


def test_headings_skip_no_level(make_site: MakeSite) -> None:
    body = "#### Four\n\n# One\n\n### Three\n\n###### Six\n"
    build = make_site(pages={"x.md": page("T", "x", body)}).build()
    headings = BeautifulSoup(build.html("x.html"), "lxml").select(
        ".body :is(h1, h2, h3, h4, h5, h6)"
    )
    assert [h.name for h in headings] == ["h1", "h2", "h2", "h3", "h4"]
    assert build.warnings == []


def test_title_is_plain_text(make_site: MakeSite) -> None:
    title = '<script>alert(1)</script> *not* `code` & "more"'
    build = make_site(pages={"x.md": page(title, "x")}).build()
    assert select(build.html("x.html"), "h1").get_text().rstrip("\xb6") == title.replace(
        '"', "\u201c", 1
    ).replace('"', "\u201d")


def test_meta_is_the_description(make_site: MakeSite) -> None:
    build = make_site(pages={"x.md": page("T", "x", meta='All about "x".')}).build()
    assert select(build.html("x.html"), 'meta[name="description"]')["content"] == 'All about "x".'


def test_header_is_metadata(guide: Site) -> None:
    app = SphinxTestApp("dummy", srcdir=guide.content, builddir=guide.root / "_meta")
    try:
        app.build()
        assert app.env.metadata["blog/first-post"]["headeralt"] == "A leaf."
        assert app.env.metadata["oak"]["sortorder"] == "0101"
    finally:
        app.cleanup()


# Sources and includes ------------------------------------------------------------------------


def test_source_is_published_under_the_docname(guide: Site) -> None:
    build = guide.build(overrides={"html_theme": "alabaster"})
    link = select(build.html("blog/first-post.html"), 'a[href*="_sources"]')
    assert link["href"] == "../_sources/blog/first-post.markdown.txt"
    assert "_sources/blog/first-post.markdown.txt" in build.files()


def test_included_page_comes_without_its_header(guide: Site) -> None:
    guide.write(
        "parts.md", "---\norphan: true\n---\n# Parts\n\n```{include} posts/first.markdown\n```\n"
    )
    text = guide.build("text").html("parts.txt")
    assert "Written about the" in text
    assert "slug:" not in text


def test_one_file_can_be_built(guide: Site) -> None:
    app = SphinxTestApp("html", srcdir=guide.content, builddir=guide.root / "_one")
    try:
        app.build(filenames=[guide.content / "pages/01-trees/01-oak.markdown"])
        assert (app.outdir / "oak.html").is_file()
    finally:
        app.cleanup()


# Links and files in each kind of site --------------------------------------------------------


def test_links_in_folders(guide: Site) -> None:
    build = guide.build("dirhtml")
    post = build.html("blog/first-post/index.html")
    assert 'href="../../oak/#acorns"' in post
    oak = build.html("oak/index.html")
    assert 'src="../img/leaf.png"' in oak
    # An old address stays a file, and leads to the new one.
    assert 'href="../eiche.html"' in oak
    assert 'url=oak/"' in build.html("eiche.html")


def test_links_in_a_single_page(guide: Site) -> None:
    html = guide.build("singlehtml").html("index.html")
    assert 'src="img/leaf.png"' in html
    assert 'href="#document-trees"' in html


def test_link_of_a_page_to_itself(make_site: MakeSite) -> None:
    build = make_site(pages={"x.md": page("X", "x", "[here](/x.html)")}).build()
    assert '<a class="reference internal" href="x.html">here</a>' in build.html("x.html")


def test_link_without_text_of_its_own(make_site: MakeSite) -> None:
    pages = {"x.md": page("X", "x", "[](/y.html) end"), "y.md": page("The Y", "y")}
    build = make_site(pages=pages).build()
    assert '<a class="reference internal" href="y.html">The Y</a> end' in build.html("x.html")


def test_link_of_an_ordinary_document_to_an_address(guide: Site) -> None:
    guide.edit(
        "index.md", "# A small guide", "# A small guide\n\nStart with [it](/oak.html#acorns)."
    )
    build = guide.build("dirhtml")
    assert 'href="oak/#acorns"' in build.html("index.html")
    assert not [line for line in build.warnings if line.startswith("index.md")]


def test_pelican_names_files(make_site: MakeSite) -> None:
    site = make_site()
    site.write("posts/x.md", page("X", "x", "[a]({filename}y.md#t) [b](|filename|/posts/y.md)"))
    site.write("posts/y.md", page("Y", "y", "## T"))
    site.write("posts/z.md", page("Z", "z", "[i]({index}) [t]({tag}green)"))
    build = site.build()
    assert 'href="index.html">i</a>' in build.html("z.html")
    assert any("no list of posts has the tag green" in line for line in build.warnings)
    html = build.html("x.html")
    assert 'href="y.html#t">a</a>' in html
    assert 'href="y.html">b</a>' in html


def test_book_links_to_the_site_for_what_it_leaves_out(guide: Site) -> None:
    """Posts are in no toctree, and so not in the PDF."""
    tex = guide.build("latex").html("asmallguide.tex")
    assert r"\sphinxhref{https://guide.example/blog/first-post.html}{First post}" in tex


def test_image_is_published_once(guide: Site) -> None:
    files = guide.build().files()
    assert [name for name in files if name.endswith("leaf.png")] == ["img/leaf.png"]


def test_static_file_never_replaces_a_page(guide: Site) -> None:
    (guide.root / "static/oak.html").write_text("not the oak")
    build = guide.build()
    assert "An oak leaf." in build.html("oak.html")
    assert any("oak.html has the address of a page" in line for line in build.warnings)


def test_user_files_in_the_output_stay(guide: Site) -> None:
    outdir = guide.build().outdir
    (outdir / "CNAME").write_text("guide.example")
    guide.edit("pages/01-trees/01-oak.markdown", "slug: oak", "slug: oaks")
    files = guide.build().files()
    assert "CNAME" in files
    assert "oak.html" not in files


# Contents ------------------------------------------------------------------------------------


def links(html: str) -> list[str]:
    contents = select(html, ".guide-contents")
    return [str(link["href"]) for link in contents.select("a")]


def test_contents(guide: Site) -> None:
    expected = ["trees.html", "oak.html", "elm.html", "birds.html", "owl.html"]
    assert links(guide.build().html("index.html")) == expected


def test_contents_of_one_level(guide: Site) -> None:
    guide.write("index.md", "# Home\n\n```{guide-contents}\n:depth: 1\n:view: columns\n```\n")
    html = guide.build().html("index.html")
    assert links(html) == ["trees.html", "birds.html"]
    assert "columns" in select(html, ".guide-contents")["class"]


def test_contents_in_two_places(guide: Site) -> None:
    """One makes the toctree; the other shows the same."""
    guide.write("toc.md", "---\norphan: true\n---\n# All\n\n```{guide-contents}\n```\n")
    build = guide.build()
    assert links(build.html("toc.html")) == links(build.html("index.html"))
    assert not [line for line in build.warnings if "toctree" in line]


def test_contents_in_restructuredtext(guide: Site) -> None:
    (guide.content / "index.md").unlink()
    guide.write("index.rst", "Home\n====\n\n.. guide-contents::\n   :depth: 1\n")
    assert links(guide.build().html("index.html")) == ["trees.html", "birds.html"]


def test_wrong_depth_is_an_error_of_the_directive(guide: Site) -> None:
    guide.write("index.md", "# Home\n\n```{guide-contents}\n:depth: 3\n```\n")
    assert any('"3" unknown; choose from "1"' in line for line in guide.build().warnings)


def test_chapter_that_is_not_listed_has_its_place(guide: Site) -> None:
    guide.write("x.md", page("Examples", "examples", sortorder="500010000", toc="False"))
    guide.write("y.md", page("One", "one", sortorder="500010001", toc="False"))
    build = guide.build()
    assert "one.html" not in links(build.html("index.html"))
    assert 'rel="next" title="One"' in build.html("examples.html")
    assert not [line for line in build.warnings if "toctree" in line]


@pytest.mark.parametrize(
    ("builder", "name", "address", "image"),
    [
        ("html", "blog/news.html", "../oak.html#leaves", "../img/leaf.png"),
        ("dirhtml", "blog/news/index.html", "../../oak/#leaves", "../../img/leaf.png"),
        ("json", "blog/news.fjson", "/oak.html#leaves", "/img/leaf.png"),
    ],
)
def test_html_that_runs_code_refers_to_the_site(
    guide: Site, builder: str, name: str, address: str, image: str
) -> None:
    """Below the path of a project at GitHub, /oak.html would be another site."""
    body = '<a href="/oak.html#leaves" onclick="x()">Oak</a> <img src="/img/leaf.png" onload="x()">'
    guide.write("news.md", f"title: News\nslug: news\ncategory: post\n\n{body}\n")
    text = guide.build(builder).html(name).replace("\\", "")
    assert f'<a href="{address}" onclick="x()">Oak</a>' in text
    assert f'<img src="{image}" onload="x()">' in text
