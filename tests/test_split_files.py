"""``fsp_split``: the sections of one file are pages, and the file stays as it is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOTS, Build, Site
from test_incremental import tree

from sphinx_fsp.check.run import check

CONF = """
extensions = ["sphinx_fsp"]
html_theme = {theme!r}
html_baseurl = "https://bread.example/"
fsp_split = {split!r}
"""

Make = Callable[..., Site]


@pytest.fixture
def make_list(make_site: Make) -> Callable[..., Site]:
    """Return a function that makes a project of an awesome list."""

    def make(
        root: str = "awesome-bread",
        split: Mapping[str, int] | None = None,
        theme: str = "sphinx_fsp",
        more: str = "",
    ) -> Site:
        site = make_site()
        (site.content / "index.md").unlink()
        shutil.copytree(ROOTS / root, site.content, dirs_exist_ok=True)
        values = CONF.format(theme=theme, split=dict(split or {"README.md": 2}))
        site.write("conf.py", values + more)
        return site

    return make


@pytest.fixture
def bread(make_list: Make) -> Site:
    """Return a list with its sections as pages."""
    return make_list()


def pages(build: Build) -> set[str]:
    """Return the pages of a site that the project has, and Sphinx doesn't make."""
    made = {"404.html", "genindex.html", "search.html", "resources.bookmarks.html"}
    return {name for name in build.files() if name.endswith(".html")} - made


def links(build: Build, name: str) -> list[tuple[str, str]]:
    """Return the links in the text of a page, as text and address."""
    soup = BeautifulSoup(build.html(name), "lxml")
    found = soup.select("main a.reference, div.body a.reference")
    return [(a.get_text(), str(a["href"])) for a in found]


def one(soup: BeautifulSoup, selector: str) -> Tag:
    """Return the first element that a selector finds."""
    found = soup.select_one(selector)
    assert found is not None
    return found


def test_each_section_is_a_page(bread: Site) -> None:
    build = bread.build()
    assert build.warnings == []
    assert pages(build) == {
        "index.html",
        "flour.html",
        "sourdough-yeast.html",
        "ovens.html",
        # Sphinx writes search.html itself.
        "search-1.html",
        "resources.html",
        "books.html",
        # The second section of that name, as its anchor on GitHub.
        "flour-1.html",
        "contributing.html",
    }


def test_links_lead_to_the_page_that_has_the_place(bread: Site) -> None:
    bread.edit("README.md", "[ovens](#ovens)", "[ovens](#ovens) [steam](#steam) [top](#readme)")
    build = bread.build()
    found = links(build, "index.html")
    assert found[2:] == [
        ("Awesome Bread", "index.html"),
        ("Flour", "flour.html"),
        ("Sourdough & Yeast", "sourdough-yeast.html"),
        ("Ovens", "ovens.html"),
        ("Search", "search-1.html"),
        ("Resources", "resources.html"),
        ("Books", "books.html"),
        ("Flour", "flour-1.html"),
        ("Contributing", "contributing.html"),
    ]
    found = links(build, "flour.html")
    assert found[:3] == [
        ("ovens", "ovens.html"),
        ("steam", "ovens.html#steam"),
        ("top", "index.html"),
    ]
    assert found[-1] == ("⬆ back to top", "index.html")
    # Its address is defined at the end of the file.
    assert ("Spelt Farm", "https://spelt-farm.example/") in found


def test_a_page_has_one_heading_of_the_first_level(bread: Site) -> None:
    build = bread.build()
    for name in pages(build):
        soup = BeautifulSoup(build.html(name), "lxml")
        assert len(soup.find_all("h1")) == 1, name
    ovens = BeautifulSoup(build.html("ovens.html"), "lxml")
    steam = ovens.find("section", id="steam")
    assert steam is not None
    assert steam.find("h2") is not None
    # A list needs no blank line before it, as on GitHub.
    dome = ovens.find("a", href="https://dome.example/")
    assert dome is not None
    assert dome.find_parent("li") is not None


def test_chapters_stand_as_in_the_file(bread: Site) -> None:
    text = bread.build("latex").outdir.glob("*.tex")
    book = next(text).read_text("utf-8")
    titles = re.findall(r"\\(chapter|(?:sub)?section)\{(.+?)\}\n\\label", book)
    assert titles == [
        ("chapter", "Flour"),
        ("chapter", "Sourdough \\& Yeast"),
        ("chapter", "Ovens"),
        ("subsection", "Steam"),
        ("chapter", "Search"),
        ("chapter", "Resources"),
        ("section", "Books"),
        ("section", "Flour"),
        ("chapter", "Contributing"),
    ]


def test_resources_name_the_page_and_the_place(bread: Site) -> None:
    found = json.loads(bread.build().html("resources.json"))["resources"]
    listed = {resource["title"]: resource["listed_in"] for resource in found}
    assert listed["Rye Mill"] == ["flour.html"]
    assert listed["Spelt Farm"] == ["flour.html"]
    assert listed["Lava"] == ["ovens.html#steam"]
    assert listed["Mill Talk"] == ["flour-1.html"]
    # Below another item.
    assert listed["Bubbles Club"] == ["sourdough-yeast.html"]


def test_links_that_are_grouped_below_items(make_site: Make) -> None:
    groups = (
        "* General\n    * [A](https://a.example/) - First.\n    * [B](https://b.example/)\n"
        "* Steps\n    * `c` is [here](https://c.example/)\n    * [look](#all) up\n"
    )
    site = make_site(
        pages={
            "README.md": f"# Tools\n\n## All\n\n{groups}",
            "page.md": f"title: Page\nslug: page\nsortorder: 0100\n\n{groups}",
        },
        fsp_split={"README.md": 2},
        suppress_warnings=["toc.not_included", "myst.xref_missing"],
    )
    found = json.loads(site.build().html("resources.json"))["resources"]
    assert {r["title"]: r["listed_in"] for r in found} == {"A": ["all.html"], "B": ["all.html"]}


def test_a_page_is_edited_where_it_is_written(make_list: Make) -> None:
    options = {"repository": "https://github.com/loaf/awesome-bread", "branch": "master"}
    site = make_list(more=f"html_theme_options = {options!r}\n")
    address = "https://github.com/loaf/awesome-bread/edit/master/README.md"
    assert address in site.build().html("flour.html")


def test_the_source_is_published_once(bread: Site) -> None:
    sources = {name for name in bread.build().files() if name.startswith("_sources/")}
    assert sources == {"_sources/index.md.txt"}


def test_warnings_have_the_lines_of_the_file(bread: Site) -> None:
    bread.edit("README.md", "Plans for a garden oven.", "See [that](#stem).")
    lines = (bread.content / "README.md").read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, 1) if "#stem" in text)
    assert bread.build().warnings == [
        f"README.md:{line}: WARNING: page /index.html has no #stem; did you mean #steam? "
        "[fsp.unknown_anchor]"
    ]
    (finding,) = check(bread.content).findings
    assert (finding.path, finding.line, finding.kind) == ("README.md", line, "unknown_anchor")


def test_a_check_counts_files(bread: Site) -> None:
    result = check(bread.content)
    assert (result.findings, result.pages) == ((), 1)


def test_headings_of_the_third_level(make_list: Make) -> None:
    split = {"README.md": 3, "not-free.md": 0, ".github/CONTRIBUTING.md": 0}
    build = make_list("awesome-garden", split, more=f"include_patterns = {list(split)!r}\n").build()
    assert build.warnings == []
    assert pages(build) == {
        "index.html",
        "plants.html",
        "herbs.html",
        "fruit-berries.html",
        "vegetables-annual.html",
        "list-of-licenses.html",
        "license.html",
        "not-free.html",
        "contributing.html",
    }
    assert links(build, "plants.html") == [
        ("Herbs", "herbs.html"),
        ("Fruit / Berries", "fruit-berries.html"),
        ("Vegetables (annual)", "vegetables-annual.html"),
    ]
    assert links(build, "herbs.html")[0][1] == "index.html"
    assert ("vegetables", "vegetables-annual.html") in links(build, "fruit-berries.html")
    assert links(build, "not-free.html")[1:3] == [
        ("herbs", "herbs.html"),
        ("these", "#herbs"),
    ]
    assert ("list", "plants.html") in links(build, "contributing.html")
    (licence,) = (href for text, href in links(build, "license.html") if text == "MIT")
    assert (build.outdir / licence).read_text() == "MIT\n"


def test_what_only_github_has_is_linked_there(make_list: Make) -> None:
    split = {"readme.md": 2, "contributing.md": 0}
    options = {"repository": "https://github.com/leaf/awesome-tea", "branch": "master"}
    more = f"include_patterns = {list(split)!r}\nhtml_theme_options = {options!r}\n"
    site = make_list("awesome-tea", split, more=more)
    build = site.build()
    assert build.warnings == []
    there = "https://github.com/leaf/awesome-tea/"
    assert links(build, "contribution-guidelines.html")[:6] == [
        ("list", "index.html"),
        ("the leaves", "leaves.html"),
        ("below", "#style"),
        ("issue", f"{there}issues"),
        ("licence", f"{there}blob/master/license"),
        ("code of conduct", f"{there}blob/master/code-of-conduct.md"),
    ]
    # Another address of the repository is seen without a change of any page.
    site.edit("conf.py", "leaf/awesome-tea", "pot/awesome-tea")
    assert "https://github.com/pot/awesome-tea/issues" in site.build().html(
        "contribution-guidelines.html"
    )


def test_without_the_repository_its_option_is_named(make_site: Make) -> None:
    text = "[issues](../../issues), [notes](notes), [gone](gone), [out](../../../x)"
    site = make_site(
        pages={"README.md": f"# Tea\n\n{text}\n\n## Pots\n\nRound.\n", "notes/a.txt": "A"},
        fsp_split={"README.md": 2},
    )
    (site.content / "index.md").unlink()
    option = 'for what only GitHub has, set html_theme_options["repository"]'
    otherwise = "add the page, or lead the address to another with fsp_redirects"
    assert site.build().warnings == [
        f"README.md:3: WARNING: no page {target}; {hint} [fsp.unknown_page]"
        for target, hint in [
            ("/../../issues", option),
            ("/notes", option),
            ("/gone", otherwise),
            ("/../../../x", otherwise),
        ]
    ]


def test_a_title_can_be_an_image(make_list: Make) -> None:
    build = make_list("awesome-tea", {"readme.md": 2}).build()
    soup = BeautifulSoup(build.html("index.html"), "lxml")
    assert one(soup, "h1").find(string=True) == "Awesome Tea"
    assert one(soup, "main img")["src"] == "_images/logo.svg"
    assert {"cpp.html", "pots.html"} <= pages(build)
    assert ("🫖 Pots", "pots.html") in links(build, "index.html")


def test_the_front_page_shows_the_pages_where_nothing_else_does(make_site: Make) -> None:
    site = make_site(
        pages={"README.md": "# Ponds\n\nText.\n\n## Frogs\n\nGreen.\n\n## Newts\n\nSpotted.\n"},
        fsp_split={"README.md": 2},
    )
    (site.content / "index.md").unlink()
    build = site.build("text")
    assert build.warnings == []
    assert build.html("index.txt") == "Ponds\n*****\n\nText.\n\n* Frogs\n\n* Newts\n"


def test_a_project_with_a_front_page_of_its_own(make_site: Make) -> None:
    site = make_site(
        pages={
            "index.md": "# Home\n\n```{guide-contents}\n```\n",
            "README.md": "# Ponds\n\nSee [newts](#newts).\n\n## Frogs\n\n## Newts\n\nNo.\n",
            "toad.md": "title: Toads\nslug: toads\nsortorder: 0100\ntoc: True\n\n"
            "[Newts](README.md#newts), [frogs](/ponds.html#frogs), [ponds](README.md)\n",
            "other.md": "---\norphan: true\n---\n\n# Other\n\n[Frogs](README.md#frogs)\n",
        },
        fsp_split={"README.md": 2},
    )
    build = site.build()
    assert build.warnings == []
    assert links(build, "index.html") == [
        ("Ponds", "ponds.html"),
        ("Frogs", "frogs.html"),
        ("Newts", "newts.html"),
        ("Toads", "toads.html"),
    ]
    assert links(build, "toads.html") == [
        ("Newts", "newts.html"),
        ("frogs", "frogs.html"),
        ("ponds", "ponds.html"),
    ]
    assert links(build, "other.html") == [("Frogs", "frogs.html")]
    site.edit("README.md", "## Newts", "## Newts and efts")
    build = site.build()
    assert build.warnings == [
        "README.md:3: WARNING: page /ponds.html has no #newts; did you mean #newts-and-efts? "
        "[fsp.unknown_anchor]",
        "toad.md:6: WARNING: page /ponds.html has no #newts; did you mean #newts-and-efts? "
        "[fsp.unknown_anchor]",
    ]


def test_other_pages_keep_their_addresses(make_site: Make) -> None:
    site = make_site(
        pages={
            "README.md": "# Ponds\n\n## Frogs\n\nGreen.\n\n## Toads\n\nBrown.\n",
            "toad.md": "title: Toads\nslug: toads\nsortorder: 0100\n\nBrown.\n",
            "frogs.md": "# Frogs\n",
        },
        fsp_split={"README.md": 2},
        fsp_permalinks={"page": "{slug}", "README.md": "{slug}"},
        suppress_warnings=["toc.not_included"],
    )
    build = site.build()
    assert build.warnings == [
        "README.md:3: WARNING: the address 'frogs' is taken by frogs.md; this page is published as "
        "'frogs-1'; give one of the two another slug, "
        "or a translation its lang [fsp.duplicate_slug]",
        "README.md:7: WARNING: the address 'toads' is taken by toad.md; this page is published as "
        "'toads-1'; give one of the two another slug, "
        "or a translation its lang [fsp.duplicate_slug]",
    ]
    assert {"frogs.html", "frogs-1.html", "toads.html", "toads-1.html"} <= build.files()


@pytest.mark.parametrize(
    ("split", "warning"),
    [
        (
            {"readme.md": 2},
            "conf.py:1: WARNING: fsp_split: readme.md is no Markdown file of the project; "
            "did you mean README.md? [fsp.split]",
        ),
        (
            {"README.md": 4},
            "",
        ),
        (
            {"README.md": 1},
            "README.md:1: WARNING: fsp_split: README.md has no heading down to level 1 that could "
            "start a page; write 2 [fsp.split]",
        ),
    ],
)
def test_a_wrong_value_is_said(split: Mapping[str, int], warning: str, make_site: Make) -> None:
    site = make_site(
        pages={"README.md": "# Ponds\n\n## Frogs\n\n### Green\n"},
        fsp_split=split,
        suppress_warnings=["toc.not_included"],
    )
    assert site.build().warnings == ([warning] if warning else [])


# Incremental builds ---------------------------------------------------------------------------


def edit_a_section(site: Site) -> None:
    site.edit("README.md", "Stone ground.", "Ground by stones.")


def rename_a_section(site: Site) -> None:
    site.edit("README.md", "## Ovens", "## Fires")


def rename_a_section_and_its_links(site: Site) -> None:
    text = (site.content / "README.md").read_text("utf-8")
    site.write("README.md", text.replace("## Ovens", "## Fires").replace("#ovens", "#fires"))


def add_a_section(site: Site) -> None:
    site.edit(
        "README.md", "# Resources\n", "## Knives\n\n* [K](https://k.example/)\n\n# Resources\n"
    )


def remove_a_section(site: Site) -> None:
    text = (site.content / "README.md").read_text("utf-8")
    start, end = text.index("## Search"), text.index("# Resources")
    site.write("README.md", text[:start] + text[end:])


def move_a_section(site: Site) -> None:
    text = (site.content / "README.md").read_text("utf-8")
    start, end = text.index("## Flour\n"), text.index("## Sourdough")
    moved = text[:start] + text[end:]
    site.write("README.md", moved.replace("# Resources\n", f"{text[start:end]}# Resources\n"))


def add_a_front_page(site: Site) -> None:
    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")


CHANGES = [
    edit_a_section,
    rename_a_section,
    rename_a_section_and_its_links,
    add_a_section,
    remove_a_section,
    move_a_section,
    add_a_front_page,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp"])
def test_incremental_equals_clean(
    make_list: Make, change: Callable[[Site], None], theme: str
) -> None:
    site = make_list(theme=theme)
    site.write("other.md", "---\norphan: true\n---\n\n# Other\n\n[Ovens](README.md#ovens)\n")
    site.build()
    change(site)
    incremental = site.build()
    clean = site.build(out="_clean")
    got, wanted = tree(incremental), tree(clean)
    assert sorted(got) == sorted(wanted)
    assert [name for name in wanted if got[name] != wanted[name]] == []
    assert site.build().read == []


def test_parallel_equals_serial(bread: Site) -> None:
    serial = bread.build(out="_serial")
    parallel = bread.build(out="_parallel", jobs=2)
    assert tree(serial) == tree(parallel)


BUILDERS = ["dirhtml", "singlehtml", "epub", "text", "man", "gettext", "xml", "json", "dummy"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_writes_the_pages(bread: Site, builder: str) -> None:
    build = bread.build(builder)
    assert build.warnings == []
    assert "flour-1" in build.read


def test_addresses_that_end_in_a_slash(bread: Site) -> None:
    build = bread.build("dirhtml")
    assert ("Flour", "flour-1/") in links(build, "index.html")
    assert ("ovens", "../ovens/") in links(build, "flour/index.html")
