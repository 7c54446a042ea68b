"""What authors write into files of ``fsp_split``: headings, HTML and encodings of all kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_split_files import Make, links, one, pages

ODD = """\
<div align="center">

# Odd *things* `here`

</div>

Intro with a [link](#c).

<a name="alpha"></a>
<a id="first"></a>
## [Alpha](https://alpha.example/) ![New](https://badges.example/new.svg)

To [itself](#alpha), [the same](#first), [second](#second-1), [HTML](#by-hand), [caps](#Second).

##No blank

```text
## In code
```

```{note}
No note.
```

Second
------

* One
* Two

## Second

## \N{ROCKET}

<h2 id="by-hand">By <em>hand</em> &amp; foot</h2>

Text.

<table><tr><td>

## In a cell

</td></tr></table>

##

## <img src="https://badges.example/only.svg" alt="Only an image">

Last. A [link](javascript:alert%281%29) and <b onclick="x()">bold</b>.
"""


def test_odd_headings(make_site: Make) -> None:
    site = make_site(pages={"README.md": ODD}, fsp_split={"README.md": 2}, fsp_raw_html="safe")
    (site.content / "index.md").unlink()
    build = site.build()
    assert pages(build) == {
        "index.html",
        "alpha.html",
        "second.html",
        "second-1.html",
        "readme.html",
        "by-hand-foot.html",
        "only-an-image.html",
    }
    assert [line.rpartition("[")[2] for line in build.warnings] == [
        "fsp.bad_scheme]",
        "fsp.raw_html]",
        "fsp.unknown_anchor]",
    ]
    index = BeautifulSoup(build.html("index.html"), "lxml")
    assert "Odd things here" in one(index, "title").get_text()
    assert [tag.name for tag in index.select("h1 em, h1 code")] == ["em", "code"]
    alpha = BeautifulSoup(build.html("alpha.html"), "lxml")
    assert one(alpha, "h1 a.external")["href"] == "https://alpha.example/"
    assert alpha.select("h1 img") == []
    assert one(alpha, "div.body img")["alt"] == "New"
    assert links(build, "alpha.html")[1:] == [
        ("itself", "alpha.html"),
        ("the same", "#first"),
        ("second", "second-1.html"),
        ("HTML", "by-hand-foot.html"),
        ("caps", "second.html"),
    ]
    assert "## In code" in one(alpha, "div.body pre").get_text()
    # A directive is code on GitHub.
    assert "No note." in alpha.select("div.body pre")[1].get_text()
    assert "In a cell" in build.html("by-hand-foot.html")
    assert "Only an image" in build.html("only-an-image.html")


BADGE = '<a href="https://b.example/"><img src="https://b.example/b.svg" alt="B"></a>'


@pytest.mark.parametrize(
    ("top", "title", "rest", "images"),
    [
        pytest.param(
            f'<div align="center">\n<h1>Best <b>Bread</b></h1>\n{BADGE}\n<p>Crumbs.</p>\n</div>',
            *("Best <strong>Bread</strong>", "Crumbs.", 1),
            id="in a block",
        ),
        pytest.param(
            f'<h1 align="center">\n  {BADGE}<br>\n  Best Bread\n  <br>\n</h1>\n'
            '<h4 align="center">Crumbs.</h4>',
            *("Best Bread", "Crumbs.", 1),
            id="with images in it",
        ),
        pytest.param(
            f'<h1 align="center">{BADGE}<br>Best Bread</h1>\n\nCrumbs.',
            *("Best Bread", "Crumbs.", 1),
            id="alone",
        ),
        pytest.param(
            '<div align="center">\n<h1><a href="https://h.example/">Best</a> Bread</h1>\n\n'
            "*Crumbs.*\n\n</div>",
            *(
                '<a class="reference external" href="https://h.example/">Best</a> Bread',
                "Crumbs.",
                0,
            ),
            id="with a link",
        ),
        pytest.param(
            '<p align="center"><img src="https://b.example/b.svg" alt="B"></p>\n'
            '<a href="https://h.example/"><h1>Best Bread</h1></a>',
            *("Best Bread", "", 1),
            id="in a link",
        ),
        pytest.param(
            '<div><h1><img src="https://b.example/b.svg" alt="Best Bread"></h1>\n</div>\n\nCrumbs.',
            *("Best Bread", "Crumbs.", 1),
            id="image only",
        ),
    ],
)
def test_a_title_in_html_is_there_once(
    make_site: Make, top: str, title: str, rest: str, images: int
) -> None:
    site = make_site(
        pages={"README.md": f"{top}\n\n## Flour\n\nRye.\n\nOr [spelt](#best-bread).\n"},
        fsp_split={"README.md": 2},
    )
    (site.content / "index.md").unlink()
    soup = BeautifulSoup(site.build().html("index.html"), "lxml")
    for made in soup.select("a.headerlink, .toctree-wrapper"):
        made.extract()
    body = one(soup, "div.body")
    (heading,) = body.select("h1")
    assert heading.extract().decode_contents() == title
    assert body.get_text().strip() == rest
    assert len(body.select("img")) == images
    assert all(link.find("img") for link in body.select("a"))


def test_an_identifier_of_a_title_in_html_stays(make_site: Make) -> None:
    lead = '<div>\n<h1 id="start">Bread</h1>\n</div>'
    site = make_site(
        pages={"README.md": f"{lead}\n\n## Flour\n\nRye.\n\n[Up](#start)\n\n<h1>Bread</h1><p>x\n"},
        fsp_split={"README.md": 2},
    )
    (site.content / "index.md").unlink()
    build = site.build()
    assert build.warnings == []
    assert ("Up", "index.html#start") in links(build, "flour.html")
    assert BeautifulSoup(build.html("index.html"), "lxml").find(id="start")
    # On other pages it is no title.
    assert "rubric" in build.html("flour.html")


def test_four_hundred_sections(make_site: Make) -> None:
    parts = [f"## Part {n}\n\n* [P{n}](https://p{n}.example/) - It is.\n" for n in range(400)]
    site = make_site(
        pages={"README.md": "# Many\n\n" + "\n".join(parts)}, fsp_split={"README.md": 2}
    )
    (site.content / "index.md").unlink()
    build = site.build("dummy")
    assert build.warnings == []
    assert len(build.read) == 401


def test_a_file_in_another_encoding(make_site: Make, tmp_path: Path) -> None:
    site = make_site(fsp_split={"README.md": 2})
    (site.content / "index.md").unlink()
    text = "# Caf\xe9\r\n\r\n## Th\xe9\r\n\r\nGr\xfcn.\r\n\r\n## Kaffee\r\n\r\nBraun.\r\n"
    (site.content / "README.md").write_bytes(text.encode("cp1252"))
    build = site.build()
    # Sphinx 8 says it in words of its own, too.
    found = [line for line in build.warnings if "undecodable source characters" not in line]
    assert [line.rpartition("[")[2] for line in found] == ["fsp.bad_encoding]"]
    assert "Grün." in build.html("the.html")
