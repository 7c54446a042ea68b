"""Readers can open the EPUB, whatever is in the pages: epubcheck says nothing, and neither axe.

The book of the real guide is checked in ``test_everything_is_there``.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import ROOTS, Build, Site
from epubs import Book, book_of, faults
from playwright.sync_api import Browser
from theme.conftest import Server

EXAMPLE = Path(__file__).parents[2] / "example"


class BookHandler(SimpleHTTPRequestHandler):
    """Serves the pages of a book as readers of books take them."""

    extensions_map: dict[str, str] = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".xhtml": "application/xhtml+xml",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def site_of(source: Path, folder: Path) -> Site:
    """Copy a project."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("_build", "*.mo"))
    content = folder / "content"
    return Site(folder, content if content.is_dir() else folder)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return site_of(EXAMPLE, tmp_path_factory.mktemp("epub") / "example").build("epub")


@pytest.fixture(scope="module")
def kitchen_sink(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return everything that Sphinx can show, in a project that one page makes a guide."""
    site = site_of(ROOTS / "kitchen-sink", tmp_path_factory.mktemp("epub") / "sink")
    site.write("a-page.md", "title: A page\nslug: a-page\nsortorder: 0100\n\nText of *it*.\n")
    return site.build("epub")


def test_the_example(example: Build) -> None:
    assert example.warnings == []
    assert faults(book_of(example)) == []


@pytest.mark.once
def test_the_kitchen_sink(kitchen_sink: Build) -> None:
    assert faults(book_of(kitchen_sink)) == []


def test_the_kitchen_sink_holds_no_script(kitchen_sink: Build) -> None:
    book = book_of(kitchen_sink)
    assert [name for name in book.names() if name.endswith(".js")] == []
    pages = [name for name in book.names() if name.endswith(".xhtml")]
    assert [name for name in pages if "<script" in book.text(name)] == []


#: Bodies of pages, by what is wrong with them.
HOSTILE = {
    "control characters": "A\x01b \x0c c\x1b[0m `x\x02y` [l\x03](https://e.example/\x04)\n",
    "addresses": (
        "[a](<https://e.example/a b[1]{2}|3^4`5>) [b](https://e.example/ü/中文?q=é#ß) "
        f"[c](https://e.example/{'x' * 2000}) [d](javascript:alert(1)) [e](https://ünï.example/) "
        "[f](https://[bad/) [g](http:///x) [h](https://e.example:port/) [i](file:///etc/passwd) "
        "[j](mailto:a@b.example) [k](<mailto:a b>) [l](%zz) [m](https://e.example/%zz) "
        "[n](//e.example/x) [o](tel:+123) [p](data:text/html,x) [q](https://e.example/a%20b) "
        "[r](https://u:p@e.example/) [s](http://-bad-.example) [t](https://e..example/) "
        "[u](https://e.example\\x) [v](git@e.example:x/y.git) [w](https://) [x](#) [y](#none) "
        "[z](foo:bar) [1](localhost:5000/x) [2](foo:) [3](irc://h) [4](1:2) [5](a.html)\n\n"
        "<https://e.example/auto> https://e.example/bare\n"
    ),
    "identifiers": (
        '<h2 id="1 a">One</h2><h2 id="1 a">Two</h2><p id="é:ü">x</p><p id="">y</p>\n\n'
        "[one](#1-a) [u](#é:ü) [z](#zzz)\n\n## Same\n\n## Same\n\n## 2024\n\n[y](#2024)\n"
    ),
    "old HTML": (
        "<center><font color=red size=7>Red<br>text &nbsp; &copy; &bogus; &</font></center>\n\n"
        "<table border=1 width=100% bgcolor=#fff><tr><td colspan=x nowrap>a<td>b</table>\n\n"
        "<marquee>m</marquee> <tt>t</tt> <strike>s</strike> <u>u</u> <big>b</big> <nobr>n</nobr>\n"
        "\n"
        '<dl><dd>alone</dl><ul>text<li>item</ul><ol start="x" type="Q"><li value="y">v</ol>\n\n'
        "<p align=center>p<div>in p</div></p><span><p>p in span</p></span><b><div>d</div></b>\n\n"
        "<h2><div>div in heading</div></h2><li>loose</li><td>loose</td><o:p>word</o:p>\n\n"
        "<unknown-element attr=1>u</unknown-element><p style='color:#000;background:url(x)'>s</p>\n"
    ),
    "active HTML": (
        '<form action="/x"><input type="text" name="q"><select><option>o</select>'
        '<button onclick="x()">b</button><textarea>t</textarea></form>\n\n'
        '<p onclick="alert(1)">on</p><script>alert("<")</script><style>p{color:red}</style>\n\n'
        '<iframe src="https://e.example/v"></iframe>'
        '<video src="v.mp4" controls></video><object data="x.swf"><embed src="x.swf"></object>\n\n'
        '<img src=x onerror=alert(1)><a href="javascript:x()">j</a><base href="/x"><meta name=a>\n'
    ),
    "drawings": (
        '<svg width="10" height="10" onload="x()" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<script>x()</script><circle id="c" r="5"/><use xlink:href="#c"/>'
        '<a xlink:href="javascript:x()"><text>t</text></a>'
        '<image xlink:href="https://e.example/x.png"/><foreignObject><p>f</p></foreignObject></svg>'
        "\n\n<math><mi>x</mi><mo>=</mo><mn>1</mn></math>\n\n<canvas>c</canvas>\n"
    ),
    "links": (
        "[a [b](https://e.example/b) c](https://e.example/a)\n\n"
        '<a href="https://e.example/o">o <a href="https://e.example/i">i</a></a>\n\n'
        "## [A heading](https://e.example/h) that is a link\n\n## [Alone](https://e.example/l)\n\n"
        "[](https://e.example/empty) [![](/img/leaf.png)](https://e.example/image)\n\n"
        '<a name="old">old</a> <a>none</a> <a href="">empty</a>\n'
    ),
    "images": (
        "![](/img/leaf.png) ![x](/img/none.png) ![y](https://e.example/y.png) "
        '![z](data:image/png;base64,xx) <img src="/img/none2.png"> <img> '
        '<img src="/img/leaf.png" width="50%" height="x" align="left">\n'
    ),
    "tables": (
        f"|{'|'.join(f'h{n}' for n in range(40))}|\n|{'---|' * 40}\n"
        f"|{'|'.join('averylongwordinacell' for _ in range(40))}|\n\n"
        "| a | b |\n|---|---|\n| `x` | [l](https://e.example/t) |\n"
    ),
    "nesting": "<div>" * 400 + "deep" + "</div>" * 400 + "\n\n" + "> " * 30 + "q\n",
    "lists": (
        "* a\n  1. b\n     * c\n       1. d\n          * e\n            * f\n              * g\n\n"
        "- [ ] to do\n- [x] done\n\nTerm[^1]\n\n[^1]: A note.\n"
    ),
    "code": f"```python\n~~x = 1\ny = '{'z' * 10000}'\n```\n\n`{'w' * 500}`\n",
    "nothing": "",
}


@pytest.fixture(scope="module", params=["convert", "safe", "keep"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a guide of pages that each hold something that no EPUB may."""
    site = site_of(ROOTS / "guide", tmp_path_factory.mktemp("epub") / "hostile")
    for number, (name, body) in enumerate(HOSTILE.items(), 1):
        site.write(
            f"{number}.markdown",
            f'title: {name} & <b>"x"</b> \x05 {{{{ y }}}}\nslug: hostile-{number}\n'
            f"sortorder: 07{number:02}\n{'toc: True' if number == 1 else ''}\n\n{body}",
        )
        raw = "".join(f"   {line}\n" for line in body.split("\n"))
        text = f"Page {number}\n======\n\n.. raw:: html\n\n{raw}\n"
        site.write(f"raw {number} ü.rst", f":orphan:\n\n{text}")
    names = "\n".join(f"raw {number} ü" for number in range(1, len(HOSTILE) + 1))
    site.write(
        "index.md", f"# Home\n\n```{{guide-contents}}\n```\n\n```{{toctree}}\n{names}\n```\n"
    )
    overrides = {"fsp_raw_html": request.param, "fsp_static_path": ["../static"]}
    return site.build("epub", overrides=overrides)


@pytest.mark.once
def test_hostile_pages(hostile: Build) -> None:
    assert faults(book_of(hostile)) == []


def test_what_no_epub_holds_is_said(hostile: Build) -> None:
    """Once by the page that is read, or else when the book is written."""
    said = [line for line in hostile.warnings if "[fsp.epub_html]" in line]
    for element in ("form", "script", "iframe", "unknown-element"):
        assert any(f"<{element}> can't be in an EPUB; left out" in line for line in said)
    number = list(HOSTILE).index("active HTML") + 1
    line = f"raw {number} ü.rst:6: WARNING: <form> can't be in an EPUB; left out; "
    assert any(found.startswith(line) for found in said)


def test_text_is_never_lost(hostile: Build) -> None:
    book = book_of(hostile)
    number = list(HOSTILE).index("old HTML") + 1
    text = book.page(f"raw-{number}-u").get_text(" ", strip=True)
    for word in (
        "Red text",
        "alone",
        "item",
        "in p",
        "p in span",
        "div in heading",
        "loose",
        "word",
    ):
        assert word in text


def axe(
    browser: Browser, address: str, names: list[str], options: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield what axe finds on pages, in both modes."""
    for mode in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": 600, "height": 900},
            color_scheme=mode,
        )
        page = context.new_page()
        for name in names:
            page.goto(f"{address}/{name}")
            page.evaluate(AXE_SCRIPT)
            found = page.evaluate(f"axe.run({{resultTypes: ['violations']{options}}})")
            for rule in found["violations"]:
                for node in rule["nodes"]:
                    yield f"{mode} {name}", (rule["id"], node["html"][:150])
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{mode} {name}", "wider than its window"
        context.close()


@pytest.fixture
def serve_book(tmp_path: Path) -> Iterator[Callable[[Book], tuple[str, list[str]]]]:
    """Return a function that serves a book, and tells where, and the names of its pages."""
    servers: list[Server] = []

    def start(book: Book) -> tuple[str, list[str]]:
        names = book.unpack(tmp_path / "book")
        server = Server(("127.0.0.1", 0), partial(BookHandler, directory=str(tmp_path / "book")))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", names

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.once
def test_axe_on_the_example(
    example: Build, browser: Browser, serve_book: Callable[[Book], tuple[str, list[str]]]
) -> None:
    assert list(axe(browser, *serve_book(book_of(example)))) == []


@pytest.mark.once
def test_axe_on_the_kitchen_sink(
    kitchen_sink: Build, browser: Browser, serve_book: Callable[[Book], tuple[str, list[str]]]
) -> None:
    assert list(axe(browser, *serve_book(book_of(kitchen_sink)))) == []
