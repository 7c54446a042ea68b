"""The navigation of real projects: guides and toctrees, three builders, and after edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Build, Site

Make = Callable[..., Site]

INDEX = """# Home

```{toctree}
:caption: First steps
:maxdepth: 1

install
Begin here <begin>
```

Text between.

```{toctree}
:hidden:
:numbered:
:caption: Reference

self
api/index
Sphinx <https://www.sphinx-doc.org/>
genindex
```

```{only} nothing
```{toctree}
never
```
```
"""
PAGES = {
    "index.md": INDEX,
    "install.md": "# Install `it`\n\n## On a phone\n\n## At home\n",
    "begin.md": "# A title that isn't shown\n\n```{toctree}\n:glob:\n:titlesonly:\nsteps/*\n```\n",
    "steps/one.md": "# One\n",
    "steps/two.md": "# Two\n\n```{toctree}\n/api/shared\n```\n",
    "api/index.md": "# API\n\n## A\n\n```{toctree}\nshared\n```\n"
    "\n## B\n\n```{toctree}\nlast\n```\n",
    "api/shared.md": "# Shared \\<b>\n",
    "api/last.md": "# Last\n",
    "never.md": "# Never\n",
    "alone.md": "---\norphan: true\n---\n# Alone\n",
}


def nav(build: Build, page: str, label: str = "Guide") -> Tag:
    """Return a navigation of a page."""
    soup = BeautifulSoup(build.html(page), "lxml")
    found = soup.select_one(f'nav[aria-label="{label}"]')
    assert found is not None, label
    return found


def links(found: Tag) -> list[tuple[str, str]]:
    """Return the text and the address of each link."""
    return [(a.get_text(" ", strip=True), str(a["href"])) for a in found.select("a")]


@pytest.fixture
def project(make_site: Make) -> Site:
    """Return an ordinary project with all kinds of toctrees."""
    return make_site(pages=PAGES, html_theme="sphinx_fsp", project="P", html_domain_indices=False)


def test_every_kind_of_toctree(project: Site) -> None:
    build = project.build()
    assert build.warnings == []
    found = nav(build, "index.html")
    assert links(found) == [
        ("Install it", "install.html"),
        ("Begin here", "begin.html"),
        ("Home", "index.html"),
        ("1. API", "api/index.html"),
        ("Sphinx", "https://www.sphinx-doc.org/"),
        ("Index", "genindex.html"),
    ]
    assert [p.get_text() for p in found.select("p.caption")] == ["First steps", "Reference"]
    assert found.select_one("code") is not None


def test_the_open_branch(project: Site) -> None:
    build = project.build()
    found = nav(build, "steps/two.html")
    assert [text for text, _ in links(found)][1:5] == ["Begin here", "One", "Two", "Shared <b>"]
    here = found.select_one("[aria-current]")
    assert here is not None
    assert here.get_text() == "Two"
    above = links(nav(build, "steps/two.html", "Breadcrumb"))
    assert above == [("Home", "../index.html"), ("Begin here", "../begin.html")]


def test_a_page_in_two_toctrees_stands_where_sphinx_puts_it(project: Site) -> None:
    build = project.build()
    above = [text for text, _ in links(nav(build, "api/shared.html", "Breadcrumb"))]
    assert above == ["Home", "Begin here", "Two"]
    around = links(nav(build, "api/shared.html", "Neighbours"))
    assert around == [("Before Two", "../steps/two.html"), ("Next API", "../api/index.html")]


def test_a_page_in_no_toctree_shows_the_top(project: Site) -> None:
    build = project.build()
    assert len(links(nav(build, "alone.html"))) == 6
    assert "aria-current" not in str(nav(build, "alone.html"))
    assert 'aria-label="Neighbours"' not in build.html("alone.html")


def test_generated_pages_are_current_too(project: Site) -> None:
    here = nav(project.build(), "genindex.html").select_one("[aria-current]")
    assert here is not None
    assert here.get_text() == "Index"


def test_headings_of_the_page(project: Site) -> None:
    build = project.build()
    assert links(nav(build, "install.html", "On this page")) == [
        ("On a phone", "#on-a-phone"),
        ("At home", "#at-home"),
    ]


def test_dirhtml(project: Site) -> None:
    build = project.build("dirhtml")
    assert links(nav(build, "steps/two/index.html"))[2] == ("One", "../../steps/one/")
    assert links(nav(build, "index.html"))[2] == ("Home", "./")
    assert links(nav(build, "install/index.html", "Breadcrumb")) == [("Home", "../")]


def test_singlehtml(project: Site) -> None:
    build = project.build("singlehtml")
    found = links(nav(build, "index.html"))
    assert found[0] == ("Install it", "#document-install")
    soup = BeautifulSoup(build.html("index.html"), "lxml")
    for _text, address in found:
        if address.startswith("#document-"):
            assert soup.find(id=address[1:]) is not None, address


HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def test_hostile_titles_are_text(make_site: Make) -> None:
    header = f"title: {HOSTILE}\nslug: bad\nsortorder: 0200\ntoc: True\nsidebartitle: {HOSTILE}\n"
    site = make_site(
        pages={
            "index.md": "# Home\n\n```{guide-contents}\n```\n",
            "bad.markdown": f"{header}\n\n## `{HOSTILE}`\n\n## Other\n",
            "good.markdown": "title: Good\nslug: good\nsortorder: 0100\ntoc: True\n\n\nText.\n",
        },
        html_theme="sphinx_fsp",
        project=HOSTILE,
        html_title=HOSTILE,
        html_baseurl="https://guide.example/",
    )
    build = site.build()
    for name in ("bad.html", "good.html", "index.html", "search.html", "404.html", "genindex.html"):
        soup = BeautifulSoup(build.html(name), "html.parser")
        assert [i for i in soup.select("img") if i.get("src") == "x"] == [], name
        assert soup.select("[onerror]") == [], name
    assert (HOSTILE, "bad.html") in links(nav(build, "good.html"))
    title = BeautifulSoup(build.html("good.html"), "html.parser").title
    assert title is not None
    assert title.get_text() == f"Good \u2013 {HOSTILE}"


def written_files(build: Build) -> dict[str, bytes]:
    """Return the pages of an output."""
    return {p.name: p.read_bytes() for p in build.outdir.rglob("*.html")}


def move_two(site: Site) -> None:
    """Name a page in an earlier toctree, and read another page as well."""
    site.edit("index.md", "install\n", "install\nsteps/two\n")
    site.write("steps/one.md", "# One\n\n[](/install.md)\n")


Edit = Callable[[Site], Any]
EDITS: Mapping[str, tuple[Edit, set[str]]] = {
    # The top of the tree is on every page.
    "a chapter renamed": (
        lambda s: s.edit("api/index.md", "# API", "# Interface"),
        set(PAGES),
    ),
    # A page of a closed branch is shown on its own branch. Sphinx adds the pages whose toctrees
    # name one that is written: index.md and api/index.md.
    "a page of a branch renamed": (
        lambda s: s.edit("steps/one.md", "# One", "# Uno"),
        {"begin.md", "steps/one.md", "steps/two.md", "api/shared.md", "index.md", "api/index.md"},
    ),
    "text edited": (
        lambda s: s.edit("steps/one.md", "# One", "# One\n\nText."),
        {"begin.md", "steps/one.md"},
    ),
    "a page added": (
        lambda s: s.write("steps/three.md", "# Three\n"),
        {"begin.md", "steps/one.md", "steps/two.md", "api/shared.md", "index.md", "api/index.md"}
        | {"steps/three.md"},
    ),
    "a page moved to another branch": (
        move_two,
        set(PAGES),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_only_what_changes_is_written(project: Site, make_site: Make, name: str) -> None:
    edit, expected = EDITS[name]
    project.build()
    edit(project)
    build = project.build()
    assert {f"{d}.md" for d in build.written} <= expected, "more is written than what changes"
    clean = project.build(out="clean")
    assert written_files(build) == written_files(clean)
    changed = {d for d in build.written if not d.endswith("index")}
    assert changed, "something was written"


def test_titles_that_references_show_are_fresh(make_site: Make) -> None:
    site = make_site(
        pages={
            "index.md": "# Home\n\n```{toctree}\na\nb\n```\n",
            "a.md": "(place)=\n# A\n",
            "b.md": "# B\n\n{doc}`a`, {ref}`place`, [](a.md), {doc}`mine <a>`\n",
        },
        html_theme="sphinx_fsp",
    )
    site.build()
    site.edit("a.md", "# A", "# Changed")
    build = site.build()
    assert build.html("b.html").count("Changed") >= 4
    assert written_files(build) == written_files(site.build(out="clean"))


def test_parallel_is_the_same(project: Site) -> None:
    serial, parallel = project.build(), project.build(out="parallel", jobs=2)
    assert written_files(serial) == written_files(parallel)


def test_unlisted_chapters_show_beside_their_own_pages(guide: Site) -> None:
    build = guide.build(overrides={"html_theme": "sphinx_fsp"})
    assert Path(build.outdir / "index.html").is_file()
    for page in build.outdir.rglob("*.html"):
        if 'id="guide-menu"' in page.read_text(encoding="utf-8"):
            assert BeautifulSoup(page.read_bytes(), "lxml").select("#guide-menu a")
