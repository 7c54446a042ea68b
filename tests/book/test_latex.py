"""What the LaTeX of a guide says: its parts, and what readers of paper need beside the text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import imagesize
import pytest
from conftest import ROOTS, Build, Site

MakeSite = Callable[..., Site]

OWL = """\
title: The Owl and Everything That Is Known of It
slug: owl
sortorder: 0201
sidebartitle: Owl

An owl: [one](https://a.example/1), [two](https://a.example/2), [one again](https://a.example/1),
and <https://a.example/written-out>. More in the [first post](/blog/first-post.html).

## At night

### In winter

Snow.
"""


def tex_of(build: Build) -> str:
    (path,) = build.outdir.glob("*.tex")
    return path.read_text(encoding="utf-8")


def book(make_site: MakeSite, files: Mapping[str, str] | None = None, **overrides: object) -> str:
    site = make_site("guide", files or {})
    return tex_of(site.build("latex", overrides=overrides))


def headings(tex: str) -> list[str]:
    """Return the headings of a book, indented by their level."""
    levels = ["chapter", "section", "subsection", "subsubsection"]
    found = re.findall(r"^\\(chapter|(?:sub)*section)\{(.*)\}$", tex, re.M)
    return ["  " * levels.index(level) + title for level, title in found]


@pytest.fixture(scope="module")
def tex(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the LaTeX of the small guide with posts, and with a longer page on owls."""
    folder = tmp_path_factory.mktemp("book") / "guide"
    shutil.copytree(ROOTS / "guide", folder)
    site = Site(folder, folder / "content")
    site.write("pages/02-birds/01-owl.markdown", OWL)
    site.edit(
        "pages/01-trees/00-trees.markdown", "don't.", "don't.\n\n## Why trees?\n\n### Wood\n\nYes."
    )
    return tex_of(site.build("latex", overrides={"fsp_book_exclude": ["talk"]}))


def test_chapters_have_pages_as_sections_and_posts_are_an_appendix(tex: str) -> None:
    assert headings(tex) == [
        "Trees",
        "    Why trees?",
        "      Wood",
        "  Oak",
        "    Acorns",
        "  Elm",
        "Birds",
        "  The Owl and Everything That Is Known of It",
        "    At night",
        "      In winter",
        "Blog",
        "  First Post",
    ]
    assert tex.index(r"\appendix") < tex.index(r"\chapter{Blog}")


def test_running_heads_have_the_short_title(tex: str) -> None:
    assert r"\sectionmark{Owl}" in tex
    # "1. Trees": the chapter has its number already.
    assert r"\chaptermark{1. Trees}" not in tex
    assert r"\sectionmark{Oak}" not in tex, "a title that is short needs no other"


def test_a_well_and_the_next_steps_say_on_which_page(tex: str) -> None:
    well = tex[tex.index(r"\begin{sphinxseealso}") : tex.index(r"\end{sphinxseealso}")]
    assert re.search(r"trees\}*\\fsppage\{\\detokenize\{trees::doc\}\}", well)
    steps = tex[tex.index("What next?") :]
    assert r"\fsppage{\detokenize{owl::doc}}" in steps[: steps.index(r"\end{sphinxtopic}")]
    assert tex.count(r"\fsppage") == 3


def test_each_address_is_a_note_of_its_chapter_once(tex: str) -> None:
    birds = tex[tex.index(r"\chapter{Birds}") : tex.index(r"\chapter{Blog}")]
    assert re.findall(r"\\sphinxhref\{[^}]*\}\{([^}]*)\}\\fspnote\{(\d)\}", birds) == [
        ("one", "1"),
        ("two", "2"),
        ("one again", "1"),
    ]
    notes = birds[birds.index(r"\begin{fspnotes}{Links}") : birds.index(r"\end{fspnotes}")]
    assert re.findall(r"\\fspnoteitem\{(\d)\}.*?\\sphinxurl\{(.*?)\}", notes, re.S) == [
        ("1", "https://a.example/1"),
        ("2", "https://a.example/2"),
        ("3", "https://a.example/written-out"),
    ]
    trees = tex[: tex.index(r"\chapter{Birds}")]
    assert r"\fspnote{1}" in trees
    assert r"\sphinxurl{https://acorn.example/}" in trees


def test_links_within_the_book_are_links_to_pages(tex: str) -> None:
    assert r"{\hyperref[\detokenize{blog/first-post::doc}]" in tex
    assert r"{\hyperref[\detokenize{oak:acorns}]" in tex
    assert "https://guide.example/blog" not in tex


def test_pages_are_in_the_index(tex: str) -> None:
    entries = re.findall(r"\\index\{(.*?)@", tex)
    assert entries == ["Trees", "Oak", "Elm", "Birds", "Owl", "First Post"]


def test_a_post_has_its_date_and_its_image(tex: str) -> None:
    post = tex[tex.index(r"\section{First Post}") :]
    assert r"\fspaside{Jan 31, 2020 · updated Feb 01, 2020}" in post
    assert re.search(r"\\fspimage\{[\d.]+bp\}\{1.000\}\{0.450\}\{\{leaf\}\.png\}", post)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        # Half a line at most, and no wider than its pixels at 150 to the inch.
        ("", r"\fspimage{%s}{0.500}{0.140}"),
        (":width: 100%", r"\fspimage{%s}{0.500}{0.140}"),
        (":width: 80%", r"\fspimage{%s}{0.800}{0.450}"),
        (":width: 300%", r"\fspimage{%s}{1.000}{0.450}"),
    ],
)
def test_a_logo_is_never_enlarged(make_site: MakeSite, options: str, shown: str) -> None:
    page = f":::{{logo}} /img/leaf.png\n:alt: A leaf\n:credit: By nobody.\n{options}\n:::\n"
    site = make_site("guide", {"logo.md": f"title: Logo\nslug: logo\nsortorder: 0103\n\n{page}"})
    tex = tex_of(site.build("latex"))
    width, _height = imagesize.get(site.root / "static/img/leaf.png")
    assert shown % f"{width * 72 / 150:.1f}bp" in tex[tex.index(r"\section{Logo}") :]
    assert r"\fspaside{By nobody.}" in tex


def test_what_the_book_leaves_out_is_linked_on_the_site(make_site: MakeSite) -> None:
    tex = book(make_site, {"pages/02-birds/01-owl.markdown": OWL})
    assert "First Post" not in headings(tex)
    assert r"\sphinxhref{https://guide.example/blog/first-post.html}{first post}\fspnote" in tex


def test_without_an_address_of_the_site_such_a_link_is_text(make_site: MakeSite) -> None:
    tex = book(make_site, {"pages/02-birds/01-owl.markdown": OWL}, html_baseurl="")
    assert "first post" in tex
    assert "blog/first" not in tex


def test_the_cover_has_its_image(make_site: MakeSite) -> None:
    site = make_site("guide")
    build = site.build("latex", overrides={"fsp_book_cover": "../static/img/leaf.png"})
    assert r"\fspcover{fspcover.png}" in tex_of(build)
    assert (build.outdir / "fspcover.png").read_bytes() == (
        site.root / "static/img/leaf.png"
    ).read_bytes()


@pytest.mark.parametrize(
    ("language", "release", "name"),
    [
        ("en", "2.1", "Edition"),
        ("de", "2.1", "Ausgabe"),
        ("en", "Third edition", r"\ignorespaces"),
        ("en", "", ""),
    ],
)
def test_the_edition_on_the_cover(
    make_site: MakeSite, language: str, release: str, name: str
) -> None:
    build = make_site("guide").build("latex", overrides={"language": language, "release": release})
    assert rf"\renewcommand{{\releasename}}{{{name}}}" in tex_of(build)


@pytest.mark.parametrize("builder", ["latex", "epub"])
def test_a_name_to_leave_out_that_means_nothing_is_said(make_site: MakeSite, builder: str) -> None:
    names = ["post", "examples", "onk", "nothing-like-it"]
    build = make_site("guide").build(builder, overrides={"fsp_book_exclude": names})
    said = (
        "conf.py:1: WARNING: fsp_book_exclude: {} is no category and no page; {} [fsp.book_exclude]"
    )
    otherwise = "name a category, or a page by its slug, its address without .html, or its file"
    assert [line for line in build.warnings if "book_exclude" in line] == [
        said.format("onk", "did you mean oak?"),
        said.format("nothing-like-it", otherwise),
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../static/img/none.png", "isn't there"),
        ("index.md", "is no PNG or JPEG"),
        ("broken.png", "can't be read as an image"),
    ],
)
def test_a_cover_that_can_not_be_used_is_said(make_site: MakeSite, name: str, why: str) -> None:
    build = make_site("guide", {"broken.png": "no image"}).build(
        "latex", overrides={"fsp_book_cover": name}
    )
    assert (
        f"conf.py:1: WARNING: fsp_book_cover: {name} {why}; "
        "name a PNG or JPEG file, relative to conf.py [fsp.book_cover]" in build.warnings
    )
    assert r"\fspcover" not in tex_of(build)


def test_what_conf_py_says_holds(make_site: MakeSite) -> None:
    tex = book(
        make_site,
        latex_elements={"maketitle": r"\mytitle", "papersize": "a5paper", "preamble": "%mine"},
        latex_show_urls="footnote",
        latex_table_style=[],
    )
    assert r"\mytitle" in tex
    assert "a5paper" in tex
    assert "%mine" in tex
    assert r"\begin{fspnotes}" not in tex
    assert r"\begin{footnote}" in tex
    # What it doesn't say stays ours.
    assert "openany" in tex
    assert r"{booktabs}" not in tex


def test_appendices_of_the_author(make_site: MakeSite) -> None:
    tex = book(make_site, latex_appendices=["blog/first-post"])
    assert headings(tex)[-1] == "First Post"


def test_an_ordinary_project_keeps_its_look(make_site: MakeSite) -> None:
    site = make_site(
        pages={
            "index.md": "# Home\n\n```{toctree}\na\n```\n\n[x](https://x.example/)\n",
            "a.md": "# A\n\n## B\n\n![A leaf](leaf.png)\n",
        }
    )
    image = (ROOTS / "guide" / "static" / "img" / "leaf.png").read_bytes()
    Path(site.content, "leaf.png").write_bytes(image)
    tex = tex_of(site.build("latex"))
    assert headings(tex) == ["A", "  B"]
    assert r"\usepackage{fspbook}" in tex, "for directives, which it may have"
    assert r"\fspnote" not in tex
    assert r"\sphinxmaketitle" in tex
    assert r"\sphinxincludegraphics{{leaf}.png}" in tex


def test_what_the_first_document_says_stands_before_the_chapters(make_site: MakeSite) -> None:
    home = "# Home\n\nFirst.\n\n```{guide-contents}\n```\n\nSee [it](https://a.example/).\n"
    tex = book(make_site, {"index.md": home, "pages/02-birds/01-owl.markdown": OWL})
    front = tex[: tex.index(r"\chapter{Trees}")]
    assert front.index("First.") < front.index(r"\fspnote{1}")
    assert r"\fspnoteitem{1}\sphinxurl{https://a.example/}" in front.replace("\n", "")
    assert headings(tex)[0] == "Trees"


def test_an_ordinary_document_leads_to_the_site_too(make_site: MakeSite) -> None:
    about = "# About\n\n[A](/blog/first-post.html), [](/blog/first-post.html).\n"
    home = "# Home\n\n```{guide-contents}\n```\n\n```{toctree}\nabout\n```\n"
    tex = book(make_site, {"index.md": home, "about.md": about})
    links = tex[tex.index(r"\chapter{About}") : tex.rindex(r"\begin{fspnotes}")]
    assert links.count(r"\sphinxhref{https://guide.example/blog/first-post.html}") == 2
    assert "First Post" in links


def test_an_address_that_the_guide_lacks_is_one_of_the_site(make_site: MakeSite) -> None:
    header = "title: Ash\nslug: ash\nsortorder: 0103\n\n"
    text = "[A](/none.html#x), [B](../oak.html), [C](<d e.html>)\n"
    tex = book(make_site, {"ash.markdown": header + text})
    ash = tex[tex.index(r"\section{Ash}") :]
    assert r"\sphinxhref{https://guide.example/none.html\#x}{A}\fspnote" in ash
    assert r"{\hyperref[\detokenize{oak::doc}]" in ash
