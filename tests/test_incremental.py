"""After any edit, an incremental build leaves what a clean build would, and reads no more pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Build, Site

#: Not compared: the order of words in the search index depends on the order of reading.
_ASIDE = {"searchindex.js", ".buildinfo"}

OAK = "pages/01-trees/01-oak.markdown"
ELM = "pages/01-trees/02-elm.markdown"
OWL = "pages/02-birds/01-owl.markdown"


def edit_body(site: Site) -> None:
    site.edit(OAK, "older than", "much older than")


def edit_title(site: Site) -> None:
    site.edit(OAK, "title: Oak\ncategory", "title: The Oak\ncategory")


def edit_navigation_title(site: Site) -> None:
    site.edit(OAK, "sidebartitle: Oak", "sidebartitle: Oaks")


def change_slug(site: Site) -> None:
    site.edit(OAK, "slug: oak", "slug: oaks")


def move_file(site: Site) -> None:
    os.renames(site.content / OAK, site.content / "pages/elsewhere/oak.markdown")


def delete_page(site: Site) -> None:
    (site.content / OAK).unlink()


def add_page(site: Site) -> None:
    site.write(
        "pages/01-trees/03-fir.markdown",
        "title: Fir\nslug: fir\ncategory: page\nsortorder: 0103\n\nThe fir.\n",
    )


def change_order(site: Site) -> None:
    site.edit(OAK, "sortorder: 0101", "sortorder: 0109")


def move_to_other_chapter(site: Site) -> None:
    site.edit(OAK, "sortorder: 0101", "sortorder: 0202")


def add_missing_target(site: Site) -> None:
    site.write("posts/ash.markdown", "title: Ash\nslug: ash\ncategory: page\n\nThe ash.\n")


def add_missing_image(site: Site) -> None:
    shutil.copy(site.root / "static/img/leaf.png", site.root / "static/img/elm.png")


def change_redirects(site: Site) -> None:
    (site.root / "redirects.csv").write_text("from,to\n/eiche.html,/elm.html\n/a.html,/owl.html\n")


def remove_redirect(site: Site) -> None:
    (site.root / "redirects.csv").write_text("from,to\n/old-post.html,/blog/first-post.html\n")


def change_image(site: Site) -> None:
    shutil.copyfile(site.root / "static/img/bark.png", site.root / "static/img/leaf.png")


def remove_image(site: Site) -> None:
    (site.root / "static/img/leaf.png").unlink()


def change_next_steps(site: Site) -> None:
    path = site.root / "next-steps.yml"
    path.write_text(path.read_text().replace("What next?", "Where to?"))


def change_prompt(site: Site) -> None:
    path = site.root / "next-steps.yml"
    path.write_text(path.read_text().replace("Where does", "Why does"))


def rename_heading_that_is_linked(site: Site) -> None:
    site.edit(OAK, "## Acorns", "## Fruit")


def make_ordinary(site: Site) -> None:
    """Take the header from a page, so that it is a document under its path."""
    site.write(OAK, "# Oak\n\nNo header.\n")


#: Each change, and the documents that a build may read after it.
CHANGES: dict[Callable[[Site], None], set[str]] = {
    edit_body: {"oak"},
    edit_title: {"oak"},
    edit_navigation_title: {"oak", "trees", "index"},
    change_slug: {"oaks", "trees", "index", "blog/first-post", "oak"},
    move_file: {"oak"},
    delete_page: {"trees", "index", "blog/first-post"},
    add_page: {"fir", "trees", "index"},
    change_order: {"oak", "trees", "index"},
    move_to_other_chapter: {"oak", "trees", "birds", "index"},
    add_missing_target: {"ash", "elm"},
    add_missing_image: {"elm"},
    change_redirects: {"oak"},
    remove_redirect: {"oak"},
    change_image: {"oak"},
    remove_image: {"oak", "blog/first-post"},
    change_next_steps: {"oak"},
    change_prompt: {"oak"},
    rename_heading_that_is_linked: {"oak"},
    make_ordinary: {"pages/01-trees/01-oak", "trees", "index", "blog/first-post"},
}


def tree(build: Build) -> dict[str, bytes]:
    """Return the content of every file of an output."""
    return {
        name: (build.outdir / name).read_bytes()
        for name in build.files()
        if Path(name).name not in _ASIDE and not name.startswith(".doctrees")
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("theme", ["basic", "alabaster"])
def test_incremental_equals_clean(guide: Site, change: Callable[[Site], None], theme: str) -> None:
    settings = {"html_theme": theme}
    guide.build(overrides=settings)
    change(guide)
    incremental = guide.build(overrides=settings)
    clean = guide.build(out="_clean", overrides=settings)

    got, wanted = tree(incremental), tree(clean)
    assert sorted(got) == sorted(wanted)
    assert [name for name in wanted if got[name] != wanted[name]] == []
    assert set(incremental.read) <= CHANGES[change]
    assert incremental.read or change is delete_page


@pytest.mark.parametrize("builder", ["html", "dirhtml", "latex", "epub", "text", "man"])
def test_an_unchanged_build_reads_nothing(guide: Site, builder: str) -> None:
    first = guide.build(builder)
    assert any("unknown_image" in line for line in first.warnings)
    assert guide.build(builder).read == []


def test_parallel_equals_serial(guide: Site) -> None:
    serial = guide.build(out="_serial")
    parallel = guide.build(out="_parallel", jobs=2)
    assert tree(serial) == tree(parallel)
    assert sorted(serial.warnings) == sorted(parallel.warnings)


def test_an_edited_body_writes_one_page(guide: Site) -> None:
    guide.build()
    edit_body(guide)
    assert set(guide.build().written) <= {"oak", "trees", "index"}


def test_a_page_that_changes_says_again_what_is_wrong(guide: Site) -> None:
    guide.build()
    guide.edit(ELM, "does not exist yet", "isn't there")
    assert [line for line in guide.build().warnings if "/ash.html" in line] == [
        f"{ELM}:9: WARNING: no page /ash.html; add the page, or lead the address to another with "
        "fsp_redirects [fsp.unknown_page]"
    ]


def test_the_target_of_a_next_step_is_renamed(guide: Site) -> None:
    guide.build()
    guide.edit(ELM, "title: Elm\ncategory", "title: The Elm\ncategory")
    second = guide.build()
    assert set(second.read) == {"elm", "oak"}
    assert "The Elm" in second.html("oak.html")


def test_another_builder_in_between_loses_no_rewrite(guide: Site) -> None:
    """Read the Docs builds several outputs from one folder of doctrees."""
    guide.build("html")
    edit_title(guide)
    guide.build("dirhtml")
    assert "The Oak" in guide.build("html").html("elm.html")


def test_a_link_to_a_file_follows_it(guide: Site) -> None:
    """Two pages change slugs with one another: what is at either address looks the same."""
    guide.edit(
        OWL, "The owl sleeps", "[o]({filename}/pages/01-trees/01-oak.markdown) The owl sleeps"
    )
    guide.build()
    guide.edit(OAK, "slug: oak", "slug: elm")
    guide.edit(ELM, "slug: elm", "slug: oak")
    incremental = guide.build()
    clean = guide.build(out="_clean")
    assert tree(incremental) == tree(clean)
    assert 'href="elm.html">o</a>' in clean.html("owl.html")


def test_an_image_beside_a_page_goes_with_it(guide: Site) -> None:
    shutil.copy(guide.root / "static/img/bark.png", guide.content / "posts/bark.png")
    guide.edit("posts/first.markdown", "Written", "![Bark](bark.png) Written")
    assert "_images/bark.png" in guide.build().files()
    (guide.content / "posts/first.markdown").unlink()
    assert "_images/bark.png" not in guide.build().files()


def test_an_ordinary_document_follows_an_address(guide: Site) -> None:
    guide.edit(
        "index.md", "# A small guide", "# A small guide\n\n[Oak](/oak.html) [ash](/ash.html)"
    )
    guide.build()
    change_slug(guide)
    add_missing_target(guide)
    incremental = guide.build()
    clean = guide.build(out="_clean")
    assert incremental.html("index.html") == clean.html("index.html")
    assert 'href="ash.html"' in clean.html("index.html")
