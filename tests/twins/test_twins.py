"""Twins in whole projects: where they are, what they hold, and that they are as new as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site
from docutils import nodes
from docutils.utils import new_document
from markdown_it import MarkdownIt
from reread import losses, parser, read_page, read_twin

from sphinx_fsp.publish.twins.blocks import page_as_markdown
from sphinx_fsp.publish.twins.text import Place

MakeSite = Callable[..., Site]
OAK = "pages/01-trees/01-oak.markdown"
BASE = "https://guide.example/"


def twins(build: Build) -> dict[str, str]:
    """Return everything for machines in an output, by name."""
    return {
        name: build.html(name)
        for name in sorted(build.files())
        if name.endswith((".html.md", "llms.txt", "llms-full.txt"))
    }


def page(slug: str, text: str, **header: str) -> str:
    """Return a page of a guide."""
    lines = {"title": slug.title(), "slug": slug, "category": "page"} | header
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"\n{text}\n"


# Where they are ------------------------------------------------------------------------------


def test_each_page_has_a_twin_beside_it(guide: Site) -> None:
    assert sorted(twins(guide.build())) == [
        "birds.html.md",
        "blog/first-post.html.md",
        "elm.html.md",
        "index.html.md",
        "llms-full.txt",
        "llms.txt",
        "oak.html.md",
        "owl.html.md",
        "trees.html.md",
    ]


def test_a_folder_has_its_twin_in_it(guide: Site) -> None:
    build = guide.build("dirhtml")
    found = twins(build)
    assert "oak/index.html.md" in found
    assert "index.html.md" in found
    assert "<https://guide.example/oak/>" in found["oak/index.html.md"]
    assert "[owl](https://guide.example/owl/)" in found["oak/index.html.md"]
    assert f"]({BASE}oak/index.html.md): The oak." in found["llms.txt"]
    assert alternate(build, "oak/index.html") == "index.html.md"


@pytest.mark.parametrize("theme", ["basic", "furo", "sphinx_fsp"])
def test_a_page_names_its_twin_in_every_theme(guide: Site, theme: str) -> None:
    build = guide.build(overrides={"html_theme": theme})
    assert alternate(build, "oak.html") == "oak.html.md"
    assert alternate(build, "blog/first-post.html") == "first-post.html.md"
    assert alternate(build, "genindex.html") == ""


def alternate(build: Build, name: str) -> str:
    """Return the address of the twin that a page names in its head."""
    head = BeautifulSoup(build.html(name), "lxml").head
    found = head.select('link[rel="alternate"][type="text/markdown"]') if head else []
    assert len(found) <= 1
    return str(found[0]["href"]) if found else ""


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex", "json", "man"])
def test_other_outputs_have_none(guide: Site, builder: str) -> None:
    assert twins(guide.build(builder)) == {}


def test_a_project_that_is_no_guide_has_none(make_site: MakeSite) -> None:
    build = make_site("ordinary").build()
    assert twins(build) == {}
    assert "text/markdown" not in build.html("index.html")


# What they hold ------------------------------------------------------------------------------


def test_a_twin(guide: Site) -> None:
    assert guide.build().html("oak.html.md") == (
        f"# Oak\n\n> The oak.\n\n<{BASE}oak.html>\n\n"
        f"![An oak leaf.]({BASE}img/leaf.png)\n\n"
        f"The oak is older than the [owl]({BASE}owl.html) in it. "
        f"See the [old page]({BASE}eiche.html).\n\n"
        f"> **See also**\n>\n> An oak is one of the [trees]({BASE}trees.html).\n\n"
        "## Acorns\n\n"
        "- [Acorn](https://acorn.example/) is a fruit.\n  - Part one\n\n"
        "> **What next?**\n>\n"
        f"> - [Where does the owl live?]({BASE}owl.html)\n> - [Elm]({BASE}elm.html)\n"
    )


def test_the_list_of_twins(guide: Site) -> None:
    guide.write("index.md", "# Home\n\nOf *trees* and birds.\n\n```{guide-contents}\n```\n")
    guide.write("pages/hidden.markdown", page("hidden", "Text.", status="hidden"))
    build = guide.build()
    assert build.html("llms.txt") == (
        "# A small guide\n\n> Of trees and birds.\n\n"
        "## 1. Trees\n\n"
        f"- [Trees]({BASE}trees.html.md)\n"
        f"- [Oak]({BASE}oak.html.md): The oak.\n"
        f"- [Elm]({BASE}elm.html.md)\n\n"
        "## 2. Birds\n\n"
        f"- [Birds]({BASE}birds.html.md)\n"
        f"- [Owl]({BASE}owl.html.md)\n\n"
        "## Posts\n\n"
        f"- [First Post]({BASE}blog/first-post.html.md): The first post.\n\n"
        "## Optional\n\n"
        f"- [Home]({BASE}index.html.md)\n"
    )
    assert "hidden.html.md" in build.files()


def test_one_file_holds_all_in_the_order_of_the_list(guide: Site) -> None:
    build = guide.build()
    names = re.findall(rf"\({BASE}(.*?)\)", build.html("llms.txt"))
    assert len(names) == 7
    assert build.html("llms-full.txt") == "\n".join(
        f"<!-- {BASE}{name} -->\n\n{build.html(name)}" for name in names
    )


def test_nothing_of_the_example_is_lost(tmp_path: Path) -> None:
    build = example(tmp_path).build()
    base = "https://night-sky-guide.example/"
    names = [name for name in twins(build) if name.endswith(".md")]
    assert len(names) > 20
    for name in names:
        address = base + name.removesuffix(".md")
        whole = read_page(build.html(name.removesuffix(".md")), address)
        twin = read_twin(build.html(name), address)
        assert losses(whole, twin) == {}, name
        # And nothing but the page's own address is added.
        assert set(twin.links - whole.links) <= {(address, address)}
        assert twin.images == whole.images
        written = re.findall(r"\]\((.*?)\)", build.html(name))
        assert [link for link in written if not re.match(r"https?://", link)] == []


def example(folder: Path) -> Site:
    """Return a copy of the example."""
    from test_example import copy_of_example

    return copy_of_example(folder)


# As new as the pages -------------------------------------------------------------------------


def test_two_processes_write_the_same(guide: Site) -> None:
    guide.write("all.md", "---\norphan: true\n---\n\n# All\n\n```{resource-index}\n```\n")
    guide.write("x.markdown", page("x", ":::{resources}\n* [A](https://a.example/)\n:::\n"))
    assert twins(guide.build(out="_one")) == twins(guide.build(out="_two", jobs=2))


def edit_text(site: Site) -> None:
    site.edit(OAK, "older than", "much older than")


def edit_title(site: Site) -> None:
    site.edit(OAK, "title: Oak\ncategory", "title: The Oak\ncategory")


def edit_description(site: Site) -> None:
    site.edit(OAK, "meta: The oak.", "meta: All about the oak.")


def change_slug(site: Site) -> None:
    site.edit(OAK, "slug: oak", "slug: oaks")


def delete_page(site: Site) -> None:
    (site.content / OAK).unlink()


def change_base(site: Site) -> None:
    site.edit("conf.py", "https://guide.example/", "https://new.example/docs/")


def turn_off(site: Site) -> None:
    with (site.content / "conf.py").open("a") as conf:
        conf.write("fsp_markdown = False\n")


@pytest.mark.parametrize(
    "edit",
    [
        edit_text,
        edit_title,
        edit_description,
        change_slug,
        delete_page,
        change_base,
        turn_off,
    ],
)
def test_incremental_equals_clean(guide: Site, edit: Callable[[Site], None]) -> None:
    guide.write("list.md", "---\norphan: true\n---\n\n# List\n\n{doc}`/oak`, [x](/oak.html).\n")
    before = twins(guide.build(out="_old"))
    edit(guide)
    after = twins(guide.build(out="_old"))
    assert after == twins(guide.build(out="_new"))
    assert after != before
    assert bool(after) == (edit is not turn_off)


def test_an_unchanged_twin_is_not_written_again(guide: Site) -> None:
    def times(build: Build) -> dict[str, int]:
        return {name: (build.outdir / name).stat().st_mtime_ns for name in twins(build)}

    first = times(guide.build())
    assert times(guide.build()) == first
    guide.edit(OAK, "older than", "much older than")
    now = times(guide.build())
    assert {name for name in now if now[name] != first[name]} == {"oak.html.md", "llms-full.txt"}


# An author's own files -----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["fsp_static_path", "html_extra_path"])
@pytest.mark.parametrize("name", ["llms.txt", "llms-full.txt"])
def test_an_own_file_wins(guide: Site, way: str, name: str) -> None:
    guide.build()
    folder = guide.root / "own"
    folder.mkdir()
    (folder / name).write_text("My own.\n")
    paths = ["../static", "../own"] if way == "fsp_static_path" else ["../own"]
    for on in (True, False, True):
        build = guide.build(overrides={way: paths, "fsp_markdown": on})
        assert build.html(name) == "My own.\n"
    (folder / name).unlink()
    assert guide.build(overrides={way: paths}).html(name).startswith(("# A small", "<!-- "))


# Bad input -----------------------------------------------------------------------------------

HOSTILE = "Evil](javascript:x) <script>alert(1)</script> `*_# \x1b[31m & ](//evil.example)"


def test_hostile_titles_stay_text(make_site: MakeSite) -> None:
    text = page("evil", f"# {HOSTILE}\n", title=HOSTILE, meta=HOSTILE, toc="True", sortorder="0100")
    build = make_site(pages={"evil.markdown": text}, project=HOSTILE, html_baseurl=BASE).build()
    for name, found in twins(build).items():
        assert "\x1b" not in found, name
        tokens = MarkdownIt("commonmark").parse(found)
        kinds = [t.type for token in tokens for t in (token, *(token.children or []))]
        assert "html_inline" not in kinds, name
        links = [
            str(t.attrs["href"])
            for token in tokens
            for t in token.children or []
            if t.type == "link_open"
        ]
        assert links
        assert all(link.startswith(BASE) for link in links), name


def test_a_page_without_a_body(make_site: MakeSite) -> None:
    build = make_site(pages={"x.markdown": "title: Nothing\nslug: x"}).build()
    assert build.html("x.html.md") == "# Nothing\n"


def test_a_document_without_a_title(make_site: MakeSite) -> None:
    pages = {"x.markdown": page("x", "Text."), "bare.md": "---\norphan: true\n---\n\nBare text.\n"}
    build = make_site(pages=pages).build()
    assert build.html("bare.html.md") == "# bare\n\nBare text.\n"


@pytest.mark.parametrize(
    "text",
    [
        "".join("    " * n + f"* item{n}\n" for n in range(40)),
        "".join("> " * n + f"quote{n}\n\n" for n in range(1, 40)),
        "<div>" * 400 + "deepest" + "</div>" * 400,
        "<ul><li>item" * 60 + "</li></ul>" * 60,
        "<b><i>" * 200 + "deepest" + "</i></b>" * 200,
    ],
    ids=["lists", "quotes", "boxes", "HTML lists", "emphasis"],
)
def test_deep_nesting(make_site: MakeSite, text: str) -> None:
    build = make_site(pages={"x.markdown": page("x", text)}).build()
    whole = BeautifulSoup(build.html("x.html"), "lxml").select_one("[role=main], .body")
    assert whole is not None
    shown = set(re.findall(r"[a-z]+\d+|deepest", whole.get_text()))
    assert shown <= set(re.findall(r"[a-z]+\d+|deepest", build.html("x.html.md")))


def test_what_is_nested_deeper_than_pythons_stack_is_text() -> None:
    document = new_document("x.md")
    parent: nodes.Element = document
    for _ in range(5000):
        parent += nodes.block_quote()
        parent = parent[0]  # type: ignore[assignment]
    parent += nodes.paragraph("", "Deep *down*")
    twin = page_as_markdown(document, "T", [["About"]], Place("x.html"))
    assert twin == "# T\n\nAbout\n\nDeep \\*down\\*\n"


@pytest.mark.once
def test_a_page_of_ten_megabytes(make_site: MakeSite) -> None:
    code = "x = `1`  # *y*\n" * 700_000
    build = make_site(pages={"x.markdown": page("x", f"```text\n{code}```\n\nThe end.")}).build()
    assert build.html("x.html.md") == f"# X\n\n```\n{code}```\n\nThe end.\n"


def test_an_index_of_resources_is_a_list(make_site: MakeSite) -> None:
    pages = {
        "x.markdown": page("x", ":::{resources}\n* [A](https://a.example/) is *a*.\n:::\n"),
        "all.md": "---\norphan: true\n---\n\n# All\n\n```{resource-index}\n```\n",
    }
    build = make_site(pages=pages).build()
    twin = build.html("all.html.md")
    assert twin == "# All\n\n- [A](https://a.example/)\n\n  Listed in [X](x.html)\n"
    assert parser().parse(twin)[3].type == "bullet_list_open"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_twins_in_the_source_folder_are_no_documents(guide: Site, builder: str) -> None:
    """Many a project builds into its own folder: an output isn't read as pages."""
    inside = guide.content.relative_to(guide.root).as_posix() + "/_build"
    first = guide.build(builder, out=inside)
    guide.build("html", out=inside + "/another")
    (guide.content / OAK).touch()
    again = guide.build(builder, out=inside)
    assert (guide.content / "_build").is_dir()
    assert not [name for name in again.read if "_build" in name]
    assert twins(again) == twins(first)
    assert not [line for line in again.warnings if "_build" in line]
