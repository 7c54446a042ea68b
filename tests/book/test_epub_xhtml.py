"""HTML of pages, and what an EPUB makes of it."""

from __future__ import annotations

import pytest

from sphinx_fsp.book.epub.about import Entry, numbered
from sphinx_fsp.book.epub.addresses import external, identifier
from sphinx_fsp.book.epub.package import Names
from sphinx_fsp.book.epub.xhtml import Place, conform

SITE = Place("https://site.example", "blog/page", {"oak", "blog/elm"})

CASES = {
    # What is open is closed, and entities are characters.
    "a<br>b &nbsp;c": "a<br />b \xa0c",
    "<p>one<p>two": "<p>one</p><p>two</p>",
    # What old HTML says, new HTML says otherwise.
    "<center><font color=red>x</font></center>": "<div><span>x</span></div>",
    "<p align=center bgcolor=#fff style='color:#000;width:50%'>x</p>": (
        '<p style="width: 50%">x</p>'
    ),
    '<img src=a.png width="50%">': '<img style="width: 50%" src="a.png" alt="" />',
    # Parts without a whole get one, and blocks stand where blocks may.
    "<ul>a<li>b</li></ul>": "<ul><li>a</li><li>b</li></ul>",
    "<li>a</li>": "<div>a</div>",
    "<dl><dd>a</dd></dl>": "<dl><dt></dt><dd>a</dd></dl>",
    "<b><div>a</div></b>": "<div><div>a</div></div>",
    "<h2><div>a</div></h2>": "<h2><span>a</span></h2>",
    "<table><tr><td>a</table>": "<table><tbody><tr><td>a</td></tr></tbody></table>",
    # Each identifier once, and such as XML allows.
    '<p id="1 a">a</p><p id="1 a">b</p><a href="#1 a">c</a>': (
        '<p id="id-1_20a">a</p><p>b</p><a href="#id-1_20a">c</a>'
    ),
    # Links lead somewhere, and stand in no other link.
    '<a href="javascript:x()">a</a>': "<span>a</span>",
    '<a href="x.html">a</a>': '<a href="https://site.example/blog/x.html">a</a>',
    '<a href="/x.html">a</a>': '<a href="https://site.example/x.html">a</a>',
    '<a href="/oak.html#b">a</a><a href="elm.html">b</a><a href="../../oak.html">c</a>': (
        '<a href="../oak.xhtml#b">a</a><a href="elm.xhtml">b</a><a href="../oak.xhtml">c</a>'
    ),
    '<a href="other.xhtml#b:c">a</a>': '<a href="other.xhtml#b-c">a</a>',
    '<a href="https://e.example/"><img src="a.png" alt=""/></a>': (
        '<a href="https://e.example/"><img src="a.png" alt="https://e.example/" /></a>'
    ),
    # What is shown from elsewhere is a link.
    '<img src="https://e.example/x.png" alt="X">': (
        '<a class="frame" href="https://e.example/x.png">X</a>'
    ),
    '<input type="checkbox" disabled checked> done': "\u2611\xa0 done",
    # Drawings have their namespace, and nothing that runs.
    '<svg onload="x()"><circle r="1"/></svg>': (
        '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"></circle></svg>'
    ),
    "<details>a</details>": "<details><summary>\u2026</summary>a</details>",
    "a\x01b\ufffec": "abc",
}


@pytest.mark.parametrize("html", CASES)
def test_conversion(html: str) -> None:
    found = conform(html, place=SITE)
    assert found.text == CASES[html]


LEFT_OUT = {
    "<form><button>Go</button></form>": ("Go", ("form", "button")),
    "<script>x()</script>a": ("a", ("script",)),
    '<iframe src="//e.example/v" title="A film"></iframe>': (
        '<a class="frame" href="https://e.example/v">A film</a>',
        ("iframe",),
    ),
    '<p onclick="x()">a</p>': ("<p>a</p>", ("on…",)),
}


@pytest.mark.parametrize("html", LEFT_OUT)
def test_what_is_left_out(html: str) -> None:
    assert tuple(conform(html)) == LEFT_OUT[html]


def test_xhtml_stays_as_it_is() -> None:
    text = '<p class="a">b <em>c</em><br /></p><pre>  d\n</pre>'
    assert conform(text).text == text


def test_elements_without_end() -> None:
    assert "deep" in conform("<div>" * 5000 + "deep").text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://e.example/a b[1]", "https://e.example/a%20b%5B1%5D"),
        ("https://ünï.example/é", "https://xn--n-nga1b.example/%C3%A9"),
        ("//e.example/x", "https://e.example/x"),
        ("https://e.example/100%", "https://e.example/100%25"),
        ("localhost:5000/x", "http://localhost:5000/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        *((bad, "") for bad in ("https://[x/", "http://", "file:///x", "data:,x", "foo:x")),
    ],
)
def test_addresses(address: str, expected: str) -> None:
    assert external(address) == expected


def test_identifiers_are_the_same_wherever_they_are_used() -> None:
    assert [identifier(i) for i in ("a", "a:b", "2024", "é", "中文")] == [
        "a", "a-b", "id-2024", "é", "中文",
    ]  # fmt: skip


def test_names_that_any_file_system_holds() -> None:
    names = Names()
    given = ["é b.xhtml", "e-b.xhtml", "E-B.xhtml", "中.xhtml", "a/x..xhtml", "nav.xhtml"]
    assert [names.of(name) for name in given] == [
        "e-b.xhtml", "e-b-2.xhtml", "E-B-3.xhtml", "-.xhtml", "a/x.xhtml", "nav-2.xhtml",
    ]  # fmt: skip
    assert names.of("é b.xhtml") == "e-b.xhtml"


def test_navigation_is_numbered_in_reading_order() -> None:
    entries = numbered([Entry("A", "a", [Entry("B", "b")]), Entry("C", "c")], str.upper)
    assert [(e.href, e.number) for e in (entries[0], *entries[0].children, entries[1])] == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
    ]
