"""One page with everything, in every output: what readers must find, and what they must not."""

from __future__ import annotations

import re
import socket
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from bodycases import make_site
from bs4 import BeautifulSoup
from conftest import Build

CLUB = Path(__file__).parent / "root/static/img/logos/club.png"
PAGE = (Path(__file__).parent / "everything.md").read_text(encoding="utf-8")
_LINE = PAGE[: PAGE.index("![A lost")].count("\n") + 1
LOST = (
    f"everything.md:{_LINE}: WARNING: no image /img/lost.png; "
    "add it to a folder of fsp_static_path, or beside the page [fsp.unknown_image]"
)
#: What is in every output. Outputs break lines and mark words: blanks and marks don't count.
TEXTS = [
    "Everything is part of the trees chapter",
    "Trademark Club Foundation.",
    "Bird",
    "Sleeps",
    "Owl in a cell",
    "by day",
    "Outer item",
    "Inner item with",
    "Inmost acorns",
    "Left column",
    "Right column",
    "A lost picture",
    "marked = 1",
    "other = 2",
    "The end.",
    "100%",
    "done",
]
#: What stands for pictures and films where an output can't show them.
INSTEAD = ["A film of an owl", "A far picture", "A farther picture", "A lamp"]
#: What no reader of anything but HTML may find.
LEFT_OVER = ["~~", "<div", "<iframe", "<img", "<a ", "<table", "<td", "<em>", "fsp-file:", "\x01"]

Builder = Callable[..., Build]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail as soon as anything opens a connection."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the build opens a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Return a function that builds the page, and checks that nothing unexpected is said."""

    def run(builder: str, jobs: int = 1, **overrides: object) -> Build:
        site = make_site(tmp_path / "site")
        site.write("everything.md", PAGE)
        done = site.build(builder, jobs=jobs, overrides=overrides)
        assert done.warnings == [LOST]
        return done

    return run


def readable(text: str) -> str:
    """Return text without what outputs mark words with: commands of TeX, Texinfo and roff."""
    for command in (
        r"\\PYG\{[^}]*\}|\\PYGZ\w+\{\}|\\sphinxhref\{[^}]*\}|\\hyperref\[[^]]*\]",
        r"@ref\{[^,]*,,|@uref\{[^,]*,|@\w+(?=\{)",
        r"\\f[BIRP]|\\%|\\&|\\\w+",
    ):
        text = re.sub(command, "", text)
    return text


def missing(text: str, wanted: list[str]) -> list[str]:
    """Return what can't be read in *text*."""
    bare = re.sub(r"\W", "", readable(text))
    return [words for words in wanted if re.sub(r"\W", "", words) not in bare]


def main_text(html: str) -> BeautifulSoup:
    """Return the page's body."""
    soup = BeautifulSoup(html, "lxml")
    body = soup.select_one("section#everything")
    assert body is not None
    return BeautifulSoup(str(body), "lxml")


# Sites ---------------------------------------------------------------------------------------

SITES = {
    "html": ("everything.html", "", ".html"),
    "dirhtml": ("everything/index.html", "../", "/"),
}


def check_site_page(page: BeautifulSoup, up: str = "") -> None:
    """Check what readers of a site see."""
    assert missing(page.get_text(" "), [t for t in TEXTS if t != "A lost picture"]) == []
    assert page.select_one(".admonition.seealso.well a") is not None
    logo = page.select_one('a[href="https://club.example/"] > img.logo')
    assert logo is not None
    assert logo["src"] == f"{up}img/logos/club.png"
    # As large as it is, which some themes say.
    assert not logo.has_attr("style")
    assert page.select_one("p.credit") is not None
    film = page.select_one("iframe")
    assert film is not None
    assert film["title"] == "A film of an owl"
    assert "A film of an owl" not in page.get_text()
    alts = {str(image["alt"]): str(image["src"]) for image in page.select("img")}
    assert alts["A lost picture"] == "/img/lost.png"
    assert alts["A far picture"] == "https://far.example/x.png"
    assert alts["A lamp"] == f"{up}img/logos/lamp.svg"
    assert len(page.select(".sd-row > .sd-col")) == 2
    assert len(page.select("ul ul ul")) == 1
    marked = page.select_one(".highlight .hll")
    assert marked is not None
    assert marked.get_text() == "marked = 1\n"
    assert "~~" not in page.get_text()


@pytest.mark.parametrize("builder", SITES)
def test_site(builder: str, build: Builder) -> None:
    name, up, end = SITES[builder]
    done = build(builder)
    page = main_text(done.html(name))
    check_site_page(page, up)
    links = {a.get_text(): a["href"] for a in page.select("a.internal")}
    assert links["trees chapter"] == f"{up}trees{end}"
    assert links["acorns"] == f"{up}oak{end}#acorns"
    assert "img/logos/club.png" in done.files()
    assert not any(name.startswith("_images/") for name in done.files())


def test_single_page(build: Builder) -> None:
    page = main_text(build("singlehtml").html("index.html"))
    check_site_page(page)
    links = {a.get_text(): str(a["href"]) for a in page.select("a.internal")}
    assert links["trees chapter"].endswith("#document-trees")
    assert links["Owl in a cell"].endswith("#document-owl")


@pytest.mark.parametrize("theme", ["alabaster", "furo", "sphinx_fsp"])
def test_theme(theme: str, build: Builder) -> None:
    done = build("html", html_theme=theme)
    check_site_page(main_text(done.html("everything.html")))


def test_two_processes(build: Builder) -> None:
    check_site_page(main_text(build("html", jobs=2).html("everything.html")))


# Every other output --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("builder", "file"),
    [
        ("latex", "aguideofcases.tex"),
        ("text", "everything.txt"),
        ("man", "aguideofcases.7"),
        ("texinfo", "aguideofcases.texi"),
    ],
)
def test_no_web_site(builder: str, file: str, build: Builder) -> None:
    text = build(builder).html(file)
    # Outputs of the whole guide hold other pages, too.
    start = text.index("Everything is part")
    # LaTeX shows the drawing itself.
    instead = INSTEAD[:-1] if builder == "latex" else INSTEAD
    assert missing(text, TEXTS + instead) == []
    assert [mark for mark in LEFT_OVER if mark in text[start:]] == []


def test_text(build: Builder) -> None:
    text = build("text").html("everything.txt")
    assert "See also: Everything is part of the trees chapter [1]." in text
    assert "\n   > marked = 1\n     other = 2\n" in text
    assert "    * Inmost acorns" in text
    assert "Really — 100% & all_of it #1 ~ ^ \\ {so} **done**." in text


def test_book(build: Builder) -> None:
    done = build("latex")
    text = done.html("aguideofcases.tex")
    assert r"\sphinxhref{https://film.example/embed/1}{A film of an owl}" in text
    assert r"\sphinxhref{https://far.example/x.png}{A far picture}" in text
    assert re.search(r"\{\{lamp-\w+\}\.png\}", text)
    assert r"{{club}.png}" in text
    assert r"\sphinxhref{https://club.example/}" in text
    assert "club.png" in done.files()
    # A line break where no line is stops LaTeX.
    assert not re.search(r"\n\n\s*\\\\", text)


def test_book_shows_an_image_that_carries_itself(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    image = f"data:image/png;base64,{b64encode(CLUB.read_bytes()).decode()}"
    site.write(
        "dot.md", f'title: Dot\nslug: dot\nsortorder: 0104\n\n<img src="{image}" alt="A dot">'
    )
    done = site.build("latex")
    assert "data:image" not in done.html("aguideofcases.tex")
    assert [name for name in done.files() if name.endswith(".png")] != []


def test_book_for_readers(build: Builder) -> None:
    done = build("epub")
    (archive,) = done.outdir.glob("*.epub")
    with zipfile.ZipFile(archive) as book:
        page = main_text(book.read("everything.xhtml").decode())
        names = book.namelist()
    text = page.get_text(" ")
    shown = {str(image.get("alt")) for image in page.select("img")}
    assert missing(text, [t for t in TEXTS + INSTEAD if t != "A lamp"]) == []
    assert shown == {"Club logo. Trademark Club Foundation.", "A lamp"}
    assert "_images/club.png" in names
    assert page.select("iframe") == []
    links = {a.get_text(): a["href"] for a in page.select("a")}
    assert links["trees chapter"] == "trees.xhtml"
    assert links["A film of an owl"] == "https://film.example/embed/1"
    assert links["A far picture"] == "https://far.example/x.png"


def test_xml(build: Builder) -> None:
    text = build("xml").html("everything.xml")
    page = BeautifulSoup(text, "xml")
    assert missing(page.get_text(" "), TEXTS) == []
    assert "~~" not in text
    alts = {str(image["alt"]) for image in page.find_all("image")}
    assert {"A far picture", "A farther picture", "A lamp"} <= alts
    assert {a["refuri"] for a in page.find_all("reference")} >= {
        "https://club.example/",
        "https://film.example/embed/1",
    }


def test_messages_of_translators(build: Builder) -> None:
    text = build("gettext").html("everything.pot")
    assert 'msgid "Everything is part of the [trees chapter](/trees.html)."' in text
    assert 'msgid "Inmost [acorns](/oak.html#acorns)"' in text
    assert "<div" not in text
