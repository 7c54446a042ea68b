"""The EPUB of a guide: what is in it, in which order, and how it reads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS, Build, Site
from epubs import Book, book_of

MakeSite = Callable[..., Site]

PAGES = {
    "trees.md": "title: Trees\nslug: trees\ntoc: True\nsortorder: 0100\n\n"
    "[Oaks](/oak.html), [a post](/blog/first.html), [Wood](https://wood.example/) and "
    "[wood again](https://wood.example/); <https://plain.example/>.\n",
    "oak.md": "title: Oak trees in the park\nslug: oak\nsortorder: 0101\nsidebartitle: Oak\n\n"
    '<div class="well see-also">Oak is an implementation of the <a href="/trees.html">trees</a> '
    "concept.</div>\n\n![](/img/logos/oak.png) ![A leaf](/img/leaf.png)\n",
    "elm.md": "title: Elm\nslug: elm\nsortorder: 0102\n\n[Leaves](/oak.html#leaves)\n",
    "birds.md": "title: Birds\nslug: birds\ntoc: True\nsortorder: 0200\n\nText.\n",
    "first.md": "title: First post\nslug: first\ncategory: post\ndate: 2020-01-01\n\nA post.\n",
    "second.md": "title: Second post\nslug: second\ncategory: post\ndate: 2021-01-01\n\nText.\n",
    "extra.rst": "Extra\n=====\n\n:doc:`blog/first`, :doc:`oak`, :ref:`a place <there>`.\n",
}
INDEX = "# Home\n\n```{guide-contents}\n```\n\n```{toctree}\nextra\nblog/first\n```\n"

TABS = """\
Extra
=====

.. tab-set::

   .. tab-item:: One

      First.

   .. tab-item:: Two

      Second.

.. dropdown:: More

   Third.
"""


@pytest.fixture
def guide_site(make_site: MakeSite) -> MakeSite:
    """Return a function that makes a guide of two chapters and two posts."""

    def make(**conf: object) -> Site:
        values = {
            "project": "A Guide",
            "author": "Ada",
            "fsp_static_path": ["static"],
            "html_baseurl": "https://site.example/",
            **conf,
        }
        site = make_site(pages=PAGES, **values)
        site.write("index.md", INDEX)
        for name in ("leaf.png", "logos/oak.png"):
            path = site.content / "static/img" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOTS / "guide/static/img/leaf.png", path)
        return site

    return make


def html_of(book: Book, page: str, selector: str) -> str:
    """Return an element as it is written, without the namespaces that the parser repeats."""
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", str(book.element(page, selector)))


def test_pages_are_those_of_the_plan_in_their_order(guide_site: MakeSite) -> None:
    book = book_of(guide_site().build("epub"))
    assert book.spine() == ["fsp-title", "index", "trees", "oak", "elm", "birds", "extra"]
    assert book.navigation() == [
        "Home index.xhtml",
        "Trees trees.xhtml",
        "  Oak oak.xhtml",
        "  Elm elm.xhtml",
        "Birds birds.xhtml",
        "Extra extra.xhtml",
    ]
    points = book.page("nav").select("ol ol a")
    assert [point.get_text() for point in points] == ["Oak", "Elm"]
    assert "First post" not in book.text("toc.ncx")


def test_an_appendix_has_a_page_of_its_own(guide_site: MakeSite) -> None:
    book = book_of(guide_site(fsp_book_exclude=["talk"], html_baseurl="").build("epub"))
    assert book.spine()[-4:] == ["extra", "blog/first", "fsp-appendix-1", "blog/second"]
    assert book.element("fsp-appendix-1", "h1").get_text() == "Blog"
    assert book.navigation()[-2:] == [
        "Blog fsp-appendix-1.xhtml",
        "  Second post blog/second.xhtml",
    ]


def test_links_to_what_is_left_out_lead_to_the_site(guide_site: MakeSite) -> None:
    site = guide_site()
    site.edit("first.md", "A post.", "A post.\n\n```{eval-rst}\n.. _there:\n```\n\n## There\n")
    book = book_of(site.build("epub"))
    links = {a.get_text(): a["href"] for a in book.page("trees").select("section > p > a")}
    assert links["a post"] == "https://site.example/blog/first.html"
    assert links["Oaks"] == "oak.xhtml"
    links = {a.get_text(): a["href"] for a in book.page("extra").select("section > p > a")}
    assert links["First post"] == "https://site.example/blog/first.html"
    assert links["Oak trees in the park"] == "oak.xhtml"
    assert links["a place"] == "https://site.example/blog/first.html#there"


def test_without_a_site_they_are_text(guide_site: MakeSite) -> None:
    book = book_of(guide_site(html_baseurl="").build("epub"))
    assert "a post" in book.element("trees", "section > p").get_text()
    assert "a post" not in [a.get_text() for a in book.page("trees").select("a")]


def test_toctrees_list_what_the_book_holds(guide_site: MakeSite) -> None:
    book = book_of(guide_site().build("epub"))
    listed = [a.get_text() for a in book.page("index").select("li a")]
    assert listed == ["Trees", "Oak", "Elm", "Birds", "Extra"]


def test_addresses_are_notes(guide_site: MakeSite) -> None:
    """Each stands once, with the way back to every link; one that is written out has none."""
    book = book_of(guide_site(html_baseurl="").build("epub"))
    notes = book.page("trees").select('section[role="doc-endnotes"] > ol > li')
    assert [note.find("a").get_text() for note in notes] == ["https://wood.example/"]  # type: ignore[union-attr]
    assert [a["href"] for a in notes[0].select('a[role="doc-backlink"]')] == [
        "#fsp-mark-1-1",
        "#fsp-mark-1-2",
    ]
    marks = book.page("trees").select('a[role="doc-noteref"]')
    assert [(a["id"], a["href"], a["epub:type"]) for a in marks] == [
        ("fsp-mark-1-1", "#fsp-note-1", "noteref"),
        ("fsp-mark-1-2", "#fsp-note-1", "noteref"),
    ]
    assert book.page("birds").select('[role="doc-endnotes"]') == []


def test_the_user_chooses_how_addresses_are_shown(guide_site: MakeSite) -> None:
    book = book_of(guide_site(epub_show_urls="inline").build("epub"))
    assert "Wood [https://wood.example/]" in book.element("trees", "section").get_text()
    assert book.page("trees").select('[role="doc-endnotes"]') == []


def test_wells_and_logos(guide_site: MakeSite) -> None:
    book = book_of(guide_site().build("epub"))
    well = book.element("oak", ".admonition.seealso.well")
    assert well.get_text(" ", strip=True).endswith("concept.")
    logo = book.element("oak", "img.logo")
    assert not {"width", "height", "style"} & set(logo.attrs)
    assert [image["alt"] for image in book.page("oak").select("img")] == ["", "A leaf"]


def test_frames_are_links_with_their_title(guide_site: MakeSite) -> None:
    site = guide_site()
    frame = '<iframe title="An owl" src="https://v.example/o"></iframe>'
    site.write("film.rst", f"Film\n====\n\n.. raw:: html\n\n   {frame}\n")
    site.write("index.md", INDEX.replace("extra\n", "extra\nfilm\n"))
    book = book_of(site.build("epub"))
    shown = html_of(book, "film", "a.frame")
    assert shown == '<a class="frame" href="https://v.example/o">An owl</a>'


def test_a_project_and_an_author_are_enough(guide_site: MakeSite) -> None:
    site = guide_site(html_baseurl="")
    build = site.build("epub")
    assert [line for line in build.warnings if "EPUB" in line] == []
    book = book_of(build)
    assert book.metadata("title") == ["A Guide"]
    assert book.metadata("creator") == ["Ada"]
    assert book.metadata("language") == ["en"]
    (identifier,) = book.metadata("identifier")
    assert identifier.startswith("urn:uuid:")
    assert book.metadata("identifier") == book_of(site.build("epub", out="again")).metadata(
        "identifier"
    )
    assert book.metadata("contributor") == book.metadata("ibooks:version") == []
    assert "<head>" in book.text("trees.xhtml")
    assert '<html xmlns="http://www.w3.org/1999/xhtml"' in book.text("trees.xhtml")
    assert 'lang="en" xml:lang="en"' in book.text("trees.xhtml")


def test_the_book_says_how_it_can_be_read(guide_site: MakeSite) -> None:
    book = book_of(guide_site().build("epub"))
    assert book.metadata("schema:accessMode") == ["textual", "visual"]
    features = book.metadata("schema:accessibilityFeature")
    assert {"tableOfContents", "readingOrder", "structuralNavigation"} <= set(features)
    # One image says nothing to who doesn't see it.
    assert "alternativeText" not in features
    assert book.metadata("schema:accessModeSufficient") == ["textual,visual"]
    assert book.metadata("schema:accessibilityHazard") == ["none"]
    # Nobody has read it for that.
    assert book.metadata("dcterms:conformsTo") == []


def test_values_of_the_user_hold(guide_site: MakeSite) -> None:
    values = {"epub_identifier": "urn:isbn:1", "epub_publisher": "P", "epub_tocdepth": 1}
    values |= {"version": "2", "release": "2.1", "language": "ar"}
    site = guide_site(**values, epub_exclude_files=["elm.xhtml"])
    book = book_of(site.build("epub"))
    assert book.metadata("identifier") == ["urn:isbn:1"]
    assert book.metadata("publisher") == ["P"]
    assert book.metadata("ibooks:version") == ["2"]
    assert book.navigation()[1:3] == ["Trees trees.xhtml", "Birds birds.xhtml"]
    assert "elm" not in book.spine()
    assert "2.1" in book.element("fsp-title", ".fsp-edition").get_text()
    assert book.element("trees", "html")["dir"] == "rtl"


def test_a_cover(guide_site: MakeSite) -> None:
    site = guide_site(fsp_book_cover="static/img/leaf.png")
    book = book_of(site.build("epub"))
    assert book.spine()[:3] == ["fsp-cover", "fsp-title", "index"]
    assert book.element("fsp-cover", "img")["alt"] == "Cover of A Guide"
    assert 'href="fsp-cover.png" media-type="image/png" properties="cover-image"' in book.text(
        "content.opf"
    )
    assert book.element("fsp-title", "h1").get_text() == "A Guide"


def test_no_script_gets_in(guide_site: MakeSite) -> None:
    site = guide_site(
        extensions=["sphinx_fsp", "sphinx_copybutton", "sphinx_design"],
        html_js_files=["mine.js", "https://cdn.example/x.js"],
        html_css_files=["https://cdn.example/x.css"],
        html_static_path=["_static"],
    )
    site.write("_static/mine.js", "alert(1)")
    site.write("extra.rst", TABS)
    book = book_of(site.build("epub"))
    assert {Path(name).suffix for name in book.names()} <= {
        "", ".xml", ".opf", ".ncx", ".xhtml", ".css", ".png",
    }  # fmt: skip
    text = "".join(book.text(name) for name in book.names() if name.endswith(".xhtml"))
    assert "<script" not in text
    assert "cdn.example" not in text
    # What a click would show is there.
    assert (
        book.element("extra", ".sd-tab-set").get_text(" ", strip=True) == "One First. Two Second."
    )
    assert [name for name in book.names() if name.endswith(".css")] == ["_static/fsp-epub.css"]


def test_the_reader_chooses_the_colours(guide_site: MakeSite) -> None:
    styles = book_of(guide_site().build("epub")).text("_static/fsp-epub.css")
    assert "@media (prefers-color-scheme: dark)" in styles
    body = "".join(re.findall(r"(?:^|\n)\s*(?:html|body|main|p)\s*\{([^}]*)\}", styles))
    assert set(re.findall(r"(?:color|background):\s*(\w+)", body)) <= {"Canvas", "CanvasText"}


def test_the_same_every_time(guide_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = guide_site()
    one, two = book_of(site.build("epub")), book_of(site.build("epub", out="other", jobs=2))
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.metadata("dcterms:modified") == ["2023-11-14T22:13:20Z"]


# Builds after builds -------------------------------------------------------------------------


def exclude_elm(site: Site) -> None:
    site.edit("elm.md", "sortorder", "category: talk\nsortorder")


def rename_oak(site: Site) -> None:
    site.edit("oak.md", "sidebartitle: Oak", "sidebartitle: Oaks")


def delete_oak(site: Site) -> None:
    (site.content / "oak.md").unlink()


def drop_image(site: Site) -> None:
    site.edit("oak.md", "![A leaf](/img/leaf.png)", "")


def make_post_a_page(site: Site) -> None:
    site.edit("first.md", "category: post", "category: page\nsortorder: 0103")


CHANGES = [exclude_elm, rename_oak, delete_oak, drop_image, make_post_a_page]


@pytest.mark.parametrize("change", CHANGES)
def test_incremental_equals_clean(
    guide_site: MakeSite, monkeypatch: pytest.MonkeyPatch, change: Callable[[Site], None]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = guide_site()
    site.build("epub")
    change(site)
    again, clean = book_of(site.build("epub")), book_of(site.build("epub", out="clean"))
    assert again.names() == clean.names()
    assert [n for n in again.names() if again.text_bytes(n) != clean.text_bytes(n)] == []


def test_a_page_comes_into_the_book_and_leaves_it(
    guide_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = guide_site()
    with_posts = {"fsp_book_exclude": ["talk"]}
    first = book_of(site.build("epub")).path.read_bytes()
    second = site.build("epub", overrides=with_posts)
    assert "blog/second.xhtml" in book_of(second).names()
    clean = site.build("epub", out="clean", overrides=with_posts)
    assert book_of(second).path.read_bytes() == book_of(clean).path.read_bytes()
    assert book_of(site.build("epub")).path.read_bytes() == first


def test_after_html_from_the_same_doctrees(
    guide_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Read the Docs does it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = guide_site(html_theme="sphinx_fsp")
    site.build("html", jobs=2)
    after = site.build("epub", jobs=2)
    assert after.read == []
    clean = site.build("epub", out="clean")
    assert book_of(after).path.read_bytes() == book_of(clean).path.read_bytes()
    # A page that HTML has read is as new for the book.
    site.edit("birds.md", "Text.", "Other text.")
    site.build("html")
    assert "Other text." in book_of(site.build("epub")).text("birds.xhtml")
    assert site.build("html").read == []


@pytest.mark.parametrize("extension", [[], ["sphinx_fsp"]], ids=["without", "with"])
def test_an_ordinary_project_keeps_its_epub(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, extension: list[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    settings = {"version": "1", "epub_copyright": "x"}
    site = make_site("ordinary")

    def built(out: str, **overrides: object) -> Build:
        return site.build("epub", out=out, overrides={**settings, **overrides})

    plain = built("plain", extensions=["myst_parser", "sphinx_design"])
    other = built("other", extensions=[*extension, "myst_parser", "sphinx_design"])
    assert book_of(plain).names() == book_of(other).names()
    for name in book_of(plain).names():
        assert book_of(plain).text_bytes(name) == book_of(other).text_bytes(name)
