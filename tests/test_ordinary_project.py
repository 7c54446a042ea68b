"""A project that is no guide builds the same pages with ``sphinx_fsp`` as without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Build, Site
from sphinx.testing.util import SphinxTestApp

OTHERS = ["sphinx.ext.autodoc", "myst_parser", "sphinx_design", "sphinx.ext.viewcode"]
_ENVIRONMENT = re.compile(rb'"envversion":\{[^}]*\}')


def outputs(build: Build) -> dict[str, bytes]:
    """Return every file that readers get.

    The search index says which versions of which domains made it: that part is left out.
    """
    return {
        name: _ENVIRONMENT.sub(b"", (build.outdir / name).read_bytes())
        for name in build.files()
        if not name.startswith((".doctrees", ".buildinfo"))
    }


@pytest.mark.parametrize("place", ["first", "last", "between"])
@pytest.mark.parametrize("builder", ["html", "dirhtml", "latex", "text", "man"])
def test_same_pages(make_site: Callable[..., Site], builder: str, place: str) -> None:
    at = {"first": 0, "last": len(OTHERS), "between": 2}[place]
    extensions = [*OTHERS[:at], "sphinx_fsp", *OTHERS[at:]]
    site = make_site("ordinary")
    without = site.build(builder, out="_without")
    added = site.build(builder, out="_added", overrides={"extensions": extensions})

    assert outputs(added) == outputs(without)
    assert added.warnings == without.warnings


def test_alone_it_brings_what_it_stands_on(make_site: Callable[..., Site]) -> None:
    site = make_site("ordinary")
    extensions = ["sphinx_fsp", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
    assert outputs(site.build(out="_alone", overrides={"extensions": extensions})) == outputs(
        site.build(out="_all")
    )


def test_toctrees_of_a_project_are_kept(make_site: Callable[..., Site]) -> None:
    site = make_site()
    site.write("index.md", "# Home\n\n```{toctree}\nb\na\n```\n")
    for name, order in (("a", "0100"), ("b", "0101")):
        head = "True" if name == "a" else "False"
        site.write(
            f"{name}.markdown",
            f"title: {name.upper()}\nslug: {name}\nsortorder: {order}\ntoc: {head}\n\nText.\n",
        )
    app = SphinxTestApp("html", srcdir=site.content, builddir=site.root / "_build")
    try:
        app.build()
        assert app.env.toctree_includes == {"index": ["b", "a"]}
    finally:
        app.cleanup()


def test_the_latex_engine_changes_for_guides_only(
    make_site: Callable[..., Site], guide: Site
) -> None:
    ordinary = make_site("ordinary")
    engines = {}
    for name, site in (("ordinary", ordinary), ("guide", guide)):
        extensions = [*OTHERS, "sphinx_fsp"] if name == "ordinary" else ["sphinx_fsp"]
        app = SphinxTestApp(
            "latex",
            srcdir=site.content,
            builddir=Path(site.root) / "_engine",
            confoverrides={"extensions": extensions},
        )
        engines[name] = app.config.latex_engine
        app.cleanup()
    assert engines == {"ordinary": "pdflatex", "guide": "xelatex"}


def test_an_engine_that_was_chosen_stays(guide: Site) -> None:
    app = SphinxTestApp(
        "latex",
        srcdir=guide.content,
        builddir=guide.root / "_engine",
        confoverrides={"latex_engine": "lualatex"},
    )
    try:
        assert app.config.latex_engine == "lualatex"
    finally:
        app.cleanup()


@pytest.mark.parametrize(
    ("builder", "said"),
    [
        ("html", ["search.html", "genindex.html", "py-modindex.html"]),
        ("dirhtml", ["search/index.html", "genindex/index.html", "py-modindex/index.html"]),
        ("singlehtml", []),
        ("text", []),
        ("latex", []),
    ],
)
def test_documents_that_sphinx_overwrites_are_said(
    make_site: Callable[..., Site], builder: str, said: list[str]
) -> None:
    text = "\n\nText of an author.\n"
    names = ["search", "genindex", "py-modindex"]
    pages = {f"{name}.md": f"---\norphan: true\n---\n\n# {name}{text}" for name in names}
    pages["api.md"] = "---\norphan: true\n---\n\n# API\n\n```{py:module} owls\n```\n"
    found = make_site(pages=pages).build(builder).warnings
    assert [line for line in found if "fsp" in line] == [
        f"{name}.md:1: WARNING: Sphinx writes {page} itself, over this page; "
        "give the file another name [fsp.overwritten]"
        for name, page in zip(names, said, strict=False)
    ]


def test_a_page_that_sphinx_does_not_write_is_the_authors(
    make_site: Callable[..., Site],
) -> None:
    names = ["genindex", "py-modindex", "modindex"]
    pages = {f"{name}.md": f"---\norphan: true\n---\n\n# {name}\n\nText.\n" for name in names}
    build = make_site(pages=pages, html_use_index=False).build()
    assert build.warnings == []
    assert all("Text." in build.html(f"{name}.html") for name in names)
