"""Curated lists after edits: what an incremental build leaves is what a clean one would."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import Build, Site

MakeSite = Callable[..., Site]

#: Not compared: the order of words in the search index depends on the order of reading.
_ASIDE = {"searchindex.js", ".buildinfo"}


def page(slug: str, body: str, header: str = "") -> str:
    """Return a page of the guide."""
    return f"title: The {slug}\nslug: {slug}\ncategory: page\n{header}\n{body}\n"


FAILURES = ["2026-01-01", "2026-01-05", "2026-01-12"]


def history(*dead: str) -> str:
    """Return a history of links in which some hosts are dead."""
    links = {
        f"{name}.example": {
            "url": f"https://{name}.example/",
            **({"result": "404", "failures": FAILURES} if name in dead else {"result": "ok"}),
        }
        for name in ("ash", "elm", "owl")
    }
    return json.dumps({"version": 1, "checked": "2026-01-12", "links": links})


PAGES = {
    "trees.md": page(
        "trees",
        "## Books\n\n:::{resources}\n* [Ash](https://ash.example/)\n  :kind: book\n\n"
        "* [Elms](https://elm.example/)\n  :kind: gaem\n:::",
        "sidebartitle: Trees\n",
    ),
    "birds.rst": "Birds\n=====\n\n.. resources::\n\n   * `Owls <https://owl.example/>`_\n",
    "elms.md": page("elms", ":::{resources}\n* [Elms](http://www.elm.example)\n:::"),
    "files.md": page("files", ":::{resources}\n:file: data/list.yml\n:view: cards\n:::"),
    "data/list.yml": "- {url: https://fir.example/, title: Fir, kind: book}\n",
    "data/site.csv": "url,title,kind\nhttps://oak.example/,Oak,book\n",
    "refers.md": page("refers", "See {resource}`ash` and {resource}`oak`."),
    "kinds.md": page("kinds", ":::{resource-index}\n:by: kind\n:::"),
    "books.md": page("books", ':::{resource-index}\n:filter: kind == "book"\n:::'),
    "topics.md": page("topics", ":::{resource-index}\n:by: topic\n:::"),
    "status.md": page("status", ':::{resource-index}\n:filter: status == "dead"\n:::'),
    "plain.md": page("plain", "Text, and an [owl](https://owl.example/)."),
    "recognised.md": page(
        "recognised",
        "## Resources\n\n* [Yew](https://yew.example/) is a book on yews.\n"
        "* [Elms](https://elm.example/) is a talk.\n",
    ),
    "fsp-links.json": history(),
}
INDEXES = {"kinds", "books", "topics", "status"}


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with lists, indexes, references and data files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    conf: dict[str, Any] = {
        "fsp_resource_files": ["data/site.csv"],
        "suppress_warnings": ["toc.not_included"],
        "html_baseurl": "https://guide.example/",
        "version": "1",
        "copyright": "x",
    }
    return make_site(pages=PAGES, **conf)


class Change(NamedTuple):
    """An edit, and what a build may read and write after it."""

    edit: Callable[[Site], None]
    read: set[str]
    #: Beside those that are read.
    written: set[str]


def edit_metadata(site: Site) -> None:
    site.edit("trees.md", ":kind: book", ":kind: talk")


def edit_metadata_in_rst(site: Site) -> None:
    site.edit("birds.rst", "example/>`_\n", "example/>`_\n\n     :price: paid\n")


def move_item(site: Site) -> None:
    site.edit("trees.md", "* [Ash](https://ash.example/)\n  :kind: book\n\n", "")
    site.edit("elms.md", ":::{resources}\n", ":::{resources}\n* [Ash](https://ash.example/)\n\n")


def edit_data_file(site: Site) -> None:
    site.write("data/list.yml", "- {url: https://fir.example/, title: Firs, kind: book}\n")


def edit_file_of_the_site(site: Site) -> None:
    site.write("data/site.csv", "url,title,kind\nhttps://oak.example/,The oak,talk\n")


def empty_file_of_the_site(site: Site) -> None:
    site.write("data/site.csv", "url,title,kind\n")


def add_kind(site: Site) -> None:
    site.edit("conf.py", "fsp_resource_files", "fsp_resource_kinds = ['gaem']\nfsp_resource_files")


def change_title(site: Site) -> None:
    site.edit("elms.md", "title: The elms", "title: All elms")


def change_navigation_title(site: Site) -> None:
    site.edit("trees.md", "sidebartitle: Trees", "sidebartitle: Wood")


def change_title_in_rst(site: Site) -> None:
    site.edit("birds.rst", "Birds\n=====", "Fowls\n=====")


def rename_heading(site: Site) -> None:
    site.edit("trees.md", "## Books", "## Reading")


def change_history(site: Site) -> None:
    site.write("fsp-links.json", history("elm"))


def remove_history(site: Site) -> None:
    (site.content / "fsp-links.json").unlink()


def rename_resource(site: Site) -> None:
    site.edit("trees.md", "[Ash]", "[Ash trees]")


def give_name(site: Site) -> None:
    site.edit("trees.md", "  :kind: book\n", "  :kind: book\n  :name: ashes\n")


def remove_page(site: Site) -> None:
    (site.content / "trees.md").unlink()


def add_text_above_a_list(site: Site) -> None:
    site.edit("trees.md", "## Books", "Text.\n\n## Books")


def edit_text_elsewhere(site: Site) -> None:
    site.edit("plain.md", "Text", "More text")


def archive_in_another_page(site: Site) -> None:
    """Have a page give the copy that others show too."""
    copy = "https://web.archive.org/web/2020/https://elm.example/"
    site.write("fsp-links.json", history("elm"))
    site.edit("trees.md", ":kind: gaem", f":kind: gaem\n  :archive: {copy}")


def remove_list_that_was_recognised(site: Site) -> None:
    site.edit("recognised.md", "## Resources\n\n", "## Features\n\nFeatures include:\n\n")


EVERYTHING = {Path(name).stem for name in PAGES} | {"index"}
ELM = {"trees", "elms", "recognised"}
CHANGES = [
    Change(edit_metadata, {"trees"}, INDEXES),
    Change(edit_metadata_in_rst, {"birds"}, INDEXES),
    Change(move_item, {"trees", "elms"}, INDEXES | {"refers"}),
    Change(edit_data_file, {"files"}, INDEXES),
    Change(edit_file_of_the_site, set(), INDEXES | {"refers"}),
    Change(empty_file_of_the_site, set(), INDEXES | {"refers"}),
    Change(add_kind, EVERYTHING, set()),
    # Pages show the titles of others around them, without any resource.
    Change(change_title, {"elms"}, EVERYTHING),
    Change(change_navigation_title, {"trees"}, INDEXES),
    Change(change_title_in_rst, {"birds"}, EVERYTHING),
    Change(rename_heading, {"trees"}, INDEXES | {"refers"}),
    Change(change_history, set(), INDEXES | ELM),
    Change(remove_history, set(), INDEXES | ELM),
    Change(rename_resource, {"trees"}, INDEXES | {"refers"}),
    Change(give_name, {"trees"}, INDEXES | {"refers"}),
    Change(remove_page, set(), EVERYTHING),
    Change(add_text_above_a_list, {"trees"}, INDEXES | {"refers"}),
    Change(edit_text_elsewhere, {"plain"}, set()),
    Change(archive_in_another_page, {"trees"}, INDEXES | ELM),
    Change(remove_list_that_was_recognised, {"recognised"}, INDEXES),
]


def tree(build: Build) -> dict[str, bytes]:
    """Return the content of every file of an output."""
    return {
        name: (build.outdir / name).read_bytes()
        for name in build.files()
        if Path(name).name not in _ASIDE and not name.startswith(".doctrees")
    }


def differing(build: Build, other: Build) -> list[str]:
    """Return the names of the files that two outputs don't have in common."""
    one, two = tree(build), tree(other)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.edit.__name__)
def test_incremental_equals_clean(site: Site, change: Change) -> None:
    site.build()
    change.edit(site)
    incremental = site.build()
    assert differing(incremental, site.build(out="_clean")) == []
    assert set(incremental.read) <= change.read
    assert set(incremental.written) <= change.read | change.written


@pytest.mark.parametrize(
    "edit", [edit_file_of_the_site, change_history, change_title, rename_resource]
)
@pytest.mark.parametrize("builder", ["text", "singlehtml", "dirhtml"])
def test_another_output_follows_too(site: Site, edit: Callable[[Site], None], builder: str) -> None:
    """Read the Docs builds several outputs from one folder of doctrees."""
    site.build("html")
    site.build(builder)
    edit(site)
    # Whichever comes first sees the change; the other must not miss it.
    site.build("html")
    second = site.build(builder)
    assert differing(second, site.build(builder, out="_clean")) == []


def test_an_output_alone_follows_too(site: Site) -> None:
    site.build("html")
    site.build("text")
    edit_file_of_the_site(site)
    text = site.build("text")
    assert differing(text, site.build("text", out="_clean")) == []


def test_changes_after_one_another(site: Site) -> None:
    site.build()
    for edit in (edit_file_of_the_site, change_history, rename_resource, remove_page):
        edit(site)
        incremental = site.build()
        clean = site.build(out=f"_clean-{edit.__name__}")
        assert (edit.__name__, differing(incremental, clean)) == (edit.__name__, [])


def test_an_unchanged_build_does_nothing(site: Site) -> None:
    site.build()
    second = site.build()
    assert (second.read, second.written) == ([], [])


def test_a_data_file_that_is_missing_and_comes(site: Site) -> None:
    (site.content / "data/list.yml").unlink()
    assert any("fsp.data_file" in line for line in site.build().warnings)
    # Said once; the page isn't out of date for ever.
    assert site.build().read == []
    site.write("data/list.yml", "- {url: https://fir.example/, title: Fir}\n")
    third = site.build()
    assert third.read == ["files"]
    assert differing(third, site.build(out="_clean")) == []


def test_parallel_equals_serial(site: Site) -> None:
    serial = site.build(out="_serial")
    parallel = site.build(out="_parallel", jobs=2)
    assert differing(serial, parallel) == []
    assert sorted(serial.warnings) == sorted(parallel.warnings)


def test_parallel_and_incremental(site: Site) -> None:
    site.build(jobs=2)
    for name in ("trees.md", "elms.md", "refers.md", "plain.md", "kinds.md", "books.md"):
        site.edit(name, "The ", "A ")
    change_history(site)
    incremental = site.build(jobs=2)
    assert differing(incremental, site.build(out="_clean")) == []


@pytest.mark.parametrize("kind", ["guide", "ordinary"])
def test_exports_go_with_the_last_resource(make_site: MakeSite, kind: str) -> None:
    body = ":::{resources}\n* [Owls](https://owl.example/)\n:::"
    text = page("owls", body) if kind == "guide" else f"# Owls\n\n{body}\n"
    site = make_site(pages={"owls.md": text}, suppress_warnings=["toc.not_included"])
    assert "resources.json" in site.build().files()
    site.edit("owls.md", body, "Text.")
    incremental = site.build()
    assert not {name for name in incremental.files() if "resources" in name}
    assert differing(incremental, site.build(out="_clean")) == []


# Dead links -----------------------------------------------------------------------------------


def test_a_dead_resource_shows_its_copy_and_where_it_was(site: Site) -> None:
    archive_in_another_page(site)
    build = site.build()
    copy = "https://web.archive.org/web/2020/https://elm.example/"
    for name in ("trees", "recognised", "topics", "status"):
        html = build.html(f"{name}.html")
        assert f'href="{copy}">Elms</a>' in html
        assert "archived copy; it was at https://elm.example/" in html
    # As this page has it.
    assert "it was at http://www.elm.example)" in build.html("elms.html")
    # No other is touched.
    assert 'href="https://ash.example/">Ash</a>' in build.html("trees.html")
    # Every output says it.
    assert "Elms [2] (archived copy; it was at https://elm.example/)" in site.build("text").html(
        "trees.txt"
    )
    record = next(
        one
        for one in json.loads(build.html("resources.json"))["resources"]
        if one["title"] == "Elms"
    )
    assert (record["status"], record["archive"]) == ("dead", copy)


def test_a_dead_resource_without_a_copy(site: Site) -> None:
    change_history(site)
    html = site.build().html("trees.html")
    assert 'href="https://elm.example/">Elms</a><span class="resource-status"> (dead link)' in html


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2, "links": {}}', "\0", '{"links": 1}']
)
def test_a_history_that_can_not_be_read(site: Site, text: str) -> None:
    site.write("fsp-links.json", text)
    build = site.build()
    said = [line for line in build.warnings if "fsp.link_history" in line]
    assert len(said) == 1
    assert said[0].startswith("fsp-links.json:1: WARNING: ")
    assert 'href="https://elm.example/">Elms</a>' in build.html("trees.html")
    assert (site.content / "fsp-links.json").read_text() == text
