"""Curated lists from people nobody knows: nothing runs, is lost, or stops the build."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import myst_parser
import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site

#: The same with all versions: run once.
pytestmark = pytest.mark.once

MakeSite = Callable[..., Site]

CONF: dict[str, Any] = {
    "suppress_warnings": ["toc.not_included"],
    "version": "1",
    "copyright": "x",
    "smartquotes": False,
}
EXPORTS = (
    *("resources.json", "resources.csv", "resources.opml", "resources.bookmarks.html"),
    *("feeds/resources.atom.xml", "feeds/resources.json"),
)


def soup(build: Build, page: str = "p") -> BeautifulSoup:
    return BeautifulSoup(build.html(f"{page}.html"), "lxml")


def text(build: Build, page: str = "p") -> str:
    """Return the text of a page's body."""
    body = soup(build, page).select_one("[role=main]")
    assert body is not None
    return " ".join(body.get_text().split())


def records(build: Build) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(build.html("resources.json"))["resources"]
    return found


def subtypes(build: Build) -> list[str]:
    """Return what is said, by kind."""
    return [line.rpartition("[")[2].rstrip("]") for line in build.warnings]


# Titles and fields ----------------------------------------------------------------------------

HARD = [
    pytest.param("<b>Owls</b> & elms", id="tags"),
    pytest.param("</script><script>alert(1)</script>", id="end of a script"),
    pytest.param("<img src=x onerror=alert(1)>", id="event handler"),
    pytest.param("\"Owls\" and 'elms'", id="quotes"),
    pytest.param("&lt;b&gt; &amp; &#60;", id="entities"),
    pytest.param("البوم \u202eabc\u202c owl", id="right to left"),
    pytest.param("Owls 🦉 👩‍🚀 🏳️‍🌈", id="emoji"),
    pytest.param("=HYPERLINK(1)", id="formula"),
    pytest.param("{{ owls }} {% raw %} ${x} %s {0}", id="templates"),
    pytest.param("*owls* `elms` _ash_ [a](b) |x|", id="markup"),
    pytest.param("\\textbf{owls} \\input{x} $x^2$ #% ~", id="LaTeX"),
    pytest.param("x" * 5000, id="long"),
    pytest.param("a\u0301\u0301\u0301\u0301 \u200b\u200d z", id="combining"),
]


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize("view", ["list", "cards", "table"])
def test_any_text_of_a_data_file_is_text(make_site: MakeSite, hard: str, view: str) -> None:
    entry = {
        "url": "https://owl.example/",
        "title": hard,
        "description": hard,
        "author": [hard.replace(";", ",")],
        "publisher": hard,
        "tags": [re.sub("[,;]", "", hard)],
    }
    pages = {
        "d.json": json.dumps([entry]),
        "p.md": f"# P\n\n:::{{resources}}\n:file: d.json\n:view: {view}\n:group-by: author\n:::\n",
        "all.md": "# All\n\n:::{resource-index}\n:by: author\n:::\n",
    }
    build = make_site(pages=pages, **CONF).build()
    assert build.warnings == []
    clean = " ".join(hard.split())
    assert clean in text(build)
    assert clean in text(build, "all")
    for page in ("p", "all"):
        found = soup(build, page)
        assert found.select("[onerror], b") == []
        assert not any("alert(1)" in s.get_text() for s in found.select("script:not([type])"))
    (record,) = records(build)
    assert record["title"] == clean
    assert record["publisher"] == clean
    assert all((build.outdir / name).stat().st_size for name in EXPORTS)


@pytest.mark.parametrize("builder", ["latex", "epub", "text", "man", "texinfo"])
def test_any_text_in_any_output(make_site: MakeSite, builder: str) -> None:
    entries = [
        {"url": f"https://owl.example/{n}", "title": p.values[0], "publisher": p.values[0]}
        for n, p in enumerate(HARD)
    ]
    pages = {
        "d.json": json.dumps(entries),
        "p.md": "# P\n\n:::{resources}\n:file: d.json\n:view: table\n:::\n",
    }
    site = make_site(pages=pages, **CONF)
    site.write("index.md", "# Home\n\n```{toctree}\np\n```\n")
    assert site.build(builder).warnings == []


def test_control_characters_are_said(make_site: MakeSite) -> None:
    entry = json.dumps([{"url": "https://owl.example/", "title": "Owls\x00\x1b[31m\ud800"}])
    page = "# P\n\n:::{resources}\n:file: d.json\n:::\n"
    build = make_site(pages={"d.json": entry, "p.md": page}, **CONF).build()
    assert subtypes(build) == ["fsp.data_file"]
    assert "\x1b" not in build.html("p.html")
    assert records(build)[0]["title"].startswith("Owls")


def test_fields_in_markup_are_text(make_site: MakeSite) -> None:
    page = (
        "# P\n\n:::{resources}\n:view: cards\n* [Owls](https://owl.example/)\n"
        "  :author: <script>alert(1)</script>\n  :publisher: *Owl* & `Sons` {resource}`x`\n:::\n"
    )
    build = make_site(pages={"p.md": page}, **CONF).build()
    assert build.warnings == []
    assert "<script>alert(1)</script> · *Owl* & `Sons` {resource}`x`" in text(build)


# Addresses ------------------------------------------------------------------------------------

DANGEROUS = "javascript:alert(1)"
LISTS = {
    "guide.md": "title: T\nslug: p\ncategory: page\n\n"
    f":::{{resources}}\n* [Owls]({DANGEROUS})\n:::\n",
    "myst.md": f"# T\n\n:::{{resources}}\n* [Owls]({DANGEROUS})\n:::\n",
    "rst.rst": f"T\n=\n\n.. resources::\n\n   * `Owls <{DANGEROUS}>`_\n",
    "yml": f"- url: '{DANGEROUS}'\n  title: Owls\n",
    "json": f'[{{"url": "{DANGEROUS}", "title": "Owls"}}]',
    "toml": f'[[resources]]\nurl = "{DANGEROUS}"\ntitle = "Owls"\n',
    "csv": f"url,title\n{DANGEROUS},Owls\n",
    "bib": f"@misc{{x, url = {{{DANGEROUS}}}, title = {{Owls}}}}\n",
    "html": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
    f'<DT><A HREF="{DANGEROUS}">Owls</A>\n</DL><p>\n',
}


def dangerous(text: str) -> list[str]:
    """Return the same list, with other addresses that browsers run."""
    others = ["JAVASCRIPT:alert(1)", "data:text/html", "vbscript:x"]
    return [text, *(text.replace(DANGEROUS, other) for other in others)]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", range(4))
def test_an_address_that_runs_code(make_site: MakeSite, name: str, number: int) -> None:
    written = dangerous(LISTS[name])[number]
    pages = {"all.md": "# All\n\n:::{resource-index}\n:::\n\n:::{resource-index}\n:by: host\n:::\n"}
    if "." in name:
        pages[f"p.{name.partition('.')[2]}"] = written
    else:
        pages |= {f"d.{name}": written}
        pages["p.md"] = f"# T\n\n:::{{resources}}\n:file: d.{name}\n:::\n"
    build = make_site(pages=pages, **CONF).build()
    # The text stays; the link is gone, and that is said, with the line.
    assert "Owls" in text(build)
    for page in ("p", "all"):
        links = [str(a["href"]).lower() for a in soup(build, page).select("a[href]")]
        assert not any(href.startswith(("javascript", "data", "vbscript")) for href in links)
    assert [line for line in build.warnings if re.match(r"[pd]\.\w+:\d+: WARNING: ", line)]
    assert not set(EXPORTS) & build.files()


@pytest.mark.parametrize("suffix", ["yml", "json", "toml", "csv", "bib", "html"])
def test_an_address_that_runs_code_in_a_file_of_the_site(make_site: MakeSite, suffix: str) -> None:
    pages = {f"d.{suffix}": LISTS[suffix], "p.md": "# P\n\n:::{resource-index}\n:::\n"}
    build = make_site(pages=pages, fsp_resource_files=[f"d.{suffix}"], **CONF).build()
    assert subtypes(build) == ["fsp.bad_scheme"]
    assert build.warnings[0].startswith(f"d.{suffix}:")
    assert not set(EXPORTS) & build.files()


@pytest.mark.parametrize(
    "url",
    [
        "https://owl.example/a%20b",
        "https://user:secret@owl.example/",
        "https://g\u043e\u043egle.com/",
        "https://xn--80ak6aa92e.com/",
        "https://owl.example:99999/",
        "https://[owl/",
        "https://",
        "http:owl.example",
        "mailto:owl@owl.example",
        "file:///etc/passwd",
        "owl.example",
        "//",
        "?",
        "#",
        # Longer names of files stop MyST itself.
        "x" * 200,
        "https://owl.example/" + "%41" * 3000,
    ],
)
@pytest.mark.parametrize("place", ["file", "site", "myst", "rst", "guide"])
def test_odd_addresses_stop_nothing(make_site: MakeSite, url: str, place: str) -> None:
    pages = {"d.json": json.dumps([{"url": url, "title": "Owls"}])}
    files = ["d.json"] if place == "site" else []
    header = "title: T\nslug: p\ncategory: page\n" if place == "guide" else "# P\n"
    content = {
        "file": "# P\n\n:::{resources}\n:file: d.json\n:::\n\n:::{resource-index}\n:::\n",
        "site": "# P Owls\n\n:::{resource-index}\n:::\n",
        "rst": f"P\n=\n\n.. resources::\n\n   * `Owls <{url}>`_\n\n.. resource-index::\n",
    }.get(
        place, f"{header}\n:::{{resources}}\n* [Owls](<{url}>)\n:::\n\n:::{{resource-index}}\n:::\n"
    )
    pages["p.rst" if place == "rst" else "p.md"] = content
    build = make_site(pages=pages, fsp_resource_files=files, **CONF).build()
    assert "Owls" in text(build)
    assert not any("rror" in line and "WARNING" not in line for line in build.warnings)


# Filters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    [
        '__import__("os").mkdir("owned")',
        "kind.__class__.__mro__",
        "(lambda: 1)()",
        'f"{kind}" == "x"',
        "kind == 10**10**10",
        "(" * 300 + "kind" + ")" * 300,
        "kind" + " or kind" * 500,
        'open("owned", "w")',
        "kind == 'book",
        "colour == 'red'",
        "{{ kind }}",
    ],
)
@pytest.mark.parametrize("directive", ["resources", "resource-index"])
def test_a_filter_that_is_code(
    make_site: MakeSite, expression: str, directive: str, tmp_path: Path
) -> None:
    item = "* [Owls](https://owl.example/)\n"
    rst_item = "   * `Owls <https://owl.example/>`_\n"
    if directive == "resource-index":
        listed, listed_rst = f":::{{resources}}\n{item}:::\n\n", f".. resources::\n\n{rst_item}\n"
        item = rst_item = ""
    else:
        listed = listed_rst = ""
    pages = {
        "p.md": f"# P\n\n{listed}:::{{{directive}}}\n:filter: {expression}\n\n{item}:::\n",
        "q.rst": f"Q\n=\n\n{listed_rst}.. {directive}::\n   :filter: {expression}\n\n{rst_item}",
    }
    site = make_site(pages=pages, **CONF)
    build = site.build()
    # Everything is shown, and each of the two filters is said.
    assert "Owls" in text(build)
    assert "Owls" in text(build, "q")
    assert subtypes(build) == ["fsp.bad_filter"] * 2
    # The line of the option.
    line = 8 if directive == "resource-index" else 4
    assert sorted(warning.partition(": ")[0] for warning in build.warnings) == [
        *(f"p.md:{line}", f"q.rst:{line + 1}")
    ]
    assert not list(tmp_path.rglob("owned"))
    assert not Path("owned").exists()


# Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../../secret.yml", "/../../secret.yml", "x/../../../secret.yml", "link.yml",
     "link/secret.yml", "/etc/passwd", "data", ".", "", "a\x00b.yml", "x" * 300 + ".yml",
     "no-suffix", "p.md", "https://owl.example/x.yml", "~/secret.yml", "loop.yml"],
)  # fmt: skip
@pytest.mark.parametrize("markup", ["myst", "rst"])
def test_a_data_file_that_is_none(
    make_site: MakeSite, tmp_path: Path, name: str, markup: str
) -> None:
    entry = "- {url: https://secret.example/, title: Secret}\n"
    site = make_site(**CONF)
    # Two levels above the source folder, which stands beside other files of its project.
    folder = site.root / "guide" / "content"
    folder.mkdir(parents=True)
    for file in ("conf.py", "index.md"):
        (site.content / file).rename(folder / file)
    site.content = folder
    (site.root / "secret.yml").write_text(entry)
    (tmp_path / "secret.yml").write_text(entry)
    site.write("data/x.txt", "")
    site.write("no-suffix", entry)
    (folder / "link.yml").symlink_to(site.root / "secret.yml")
    (folder / "link").symlink_to(site.root)
    (folder / "loop.yml").symlink_to("loop.yml")
    if markup == "myst":
        site.write(
            "p.md",
            f"# P\n\n:::{{resources}}\n:file: {name}\n\n* [Owls](https://owl.example/)\n:::\n",
        )
    else:
        site.write(
            "p.rst",
            f"P\n=\n\n.. resources::\n   :file: {name}\n\n   * `Owls <https://owl.example/>`_\n\nAfter.\n",
        )
    build = site.build()
    assert "Secret" not in build.html("p.html")
    assert build.warnings
    if name:
        # Without a value the directive is at fault, as docutils and MyST have it.
        assert "Owls" in text(build)


@pytest.mark.parametrize("suffix", ["yml", "json", "toml", "csv", "bib", "html"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\0", b"[", b"{" * 5000, b"x: &a [*a]", b"<", b'"']
)
def test_a_data_file_that_can_not_be_read(make_site: MakeSite, suffix: str, data: bytes) -> None:
    page = f"# P\n\n:::{{resources}}\n:file: d.{suffix}\n\n* [Owls](https://owl.example/)\n:::\n"
    site = make_site(pages={"p.md": page}, fsp_resource_files=[f"d.{suffix}"], **CONF)
    (site.content / f"d.{suffix}").write_bytes(data)
    build = site.build()
    assert "Owls" in text(build)
    assert [r["title"] for r in records(build)] == ["Owls"]


# Options --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "option",
    ["colour: red", "view: gallery", "sort: colour", "group-by: colour", "limit: 0", "limit: x",
     "limit: -1", "level: easy", "kind: zebra", "price: 5", "date: soon", "added: soon",
     "lang: English!", "tags:", "class: 1a <b>", "filter: colour"],
)  # fmt: skip
def test_an_option_at_fault(make_site: MakeSite, option: str) -> None:
    page = f"# P\n\n:::{{resources}}\n:{option}\n* [Owls](https://owl.example/)\n:::\n"
    header = "title: T\nslug: g\ncategory: page\n"
    build = make_site(pages={"p.md": page, "g.md": page.replace("# P\n", header)}, **CONF).build()
    if option != "class: 1a <b>":
        assert any(line.startswith("p.md:") for line in build.warnings)
        assert any(line.startswith("g.md:") for line in build.warnings)
    # Content isn't lost.
    assert "Owls" in text(build)
    assert "Owls" in text(build, "g")


# Places ---------------------------------------------------------------------------------------

MYST = ":::{resources}\n* [Owls](https://owl.example/)\n  :kind: book\n* [Elms](elm.example)\n:::"
RST = ".. resources::\n\n   * `Owls <https://owl.example/>`_\n\n     :kind: book\n   * Elms\n"


def indented(text: str, first: str, rest: str) -> str:
    """Return a text with something before its first line and its others."""
    return first + "".join(
        f"{rest if n else ''}{line}\n" if line or rest.strip() else "\n"
        for n, line in enumerate(text.rstrip("\n").split("\n"))
    )


IN_MYST = {
    "a list": (indented(MYST, "* ", "  "), 8),
    "an ordered list": (indented(MYST, "1. ", "   "), 8),
    "a quote": (indented(MYST, "> ", "> "), 8),
    "an admonition": (f"::::{{note}}\n\n{MYST}\n::::\n", 10),
    "an admonition with options": (f"::::{{note}}\n:class: x\n\n{MYST}\n::::\n", 11),
    "a table of lists": ("::::{list-table}\n" + indented(MYST, "* - ", "    ") + "::::\n", 9),
    "a section": (f"## Two\n\nText.\n\n{MYST}\n", 12),
    "a fence with backticks": (MYST.replace(":::", "```"), 8),
}


@pytest.mark.parametrize("place", IN_MYST)
@pytest.mark.parametrize("header", ["title: T\nslug: p\ncategory: page\n\n", "# P\n\n\n\n"])
def test_a_list_inside_other_markup(make_site: MakeSite, place: str, header: str) -> None:
    content, line = IN_MYST[place]
    build = make_site(pages={"p.md": header + content}, **CONF).build()
    shown = text(build)
    assert "Owls book" in shown
    assert "Elms" in shown
    assert ":kind:" not in shown
    fields = {r["title"]: r["kind"] for r in records(build)}
    assert fields.pop("Owls") == "book"
    assert set(fields.values()) <= {""}
    assert [w.partition(" WARNING")[0] for w in build.warnings if "fsp." in w] == [f"p.md:{line}:"]


IN_RST = {
    "a list": (indented(RST, "* ", "  "), 9),
    "a quote": (indented(RST, "   ", "   "), 9),
    "an admonition": (".. note::\n\n" + indented(RST, "   ", "   "), 11),
    "a grid table": (
        "+------------------------------------------+\n"
        + "".join(f"| {line:<40} |\n" for line in RST.rstrip("\n").split("\n"))
        + "+------------------------------------------+\n",
        10,
    ),
    "a table of lists": (".. list-table::\n\n" + indented(RST, "   * - ", "       "), 11),
}


@pytest.mark.parametrize("place", IN_RST)
def test_a_list_inside_other_markup_of_restructuredtext(make_site: MakeSite, place: str) -> None:
    content, line = IN_RST[place]
    build = make_site(pages={"p.rst": f"P\n=\n\n{content}"}, **CONF).build()
    shown = text(build)
    assert "Owls book" in shown
    assert "Elms" in shown
    assert ":kind:" not in shown
    assert [w.partition(" WARNING")[0] for w in build.warnings] == [f"p.rst:{line}:"]


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_list_in_a_file_that_is_included(make_site: MakeSite, suffix: str) -> None:
    lists = {"md": f"Text.\n\n{MYST}\n", "rst": f"Text.\n\n{RST}"}[suffix]
    include = {"md": "```{include} part.inc\n```\n", "rst": ".. include:: part.inc\n"}[suffix]
    title = {"md": "# P\n\nOne.\n\nTwo.\n\n", "rst": "P\n=\n\nOne.\n\nTwo.\n\n"}[suffix]
    pages = {"part.inc": lists, f"p.{suffix}": title + include, f"q.{suffix}": title + include}
    build = make_site(pages=pages, **CONF).build()
    for page in ("p", "q"):
        assert "Owls book" in text(build, page)
        assert ":kind:" not in text(build, page)
    (record,) = [r for r in records(build) if r["title"] == "Owls"]
    assert record["listed_in"] == ["p.html", "q.html"]
    # The line is one of the file that has the list.
    line = {"md": 6, "rst": 8}[suffix]
    if suffix == "md" and myst_parser.__version__ < "5":
        line += 1  # MyST 4 counts from 2 in files that are included.
    places = {w.partition(" WARNING")[0] for w in build.warnings if "fsp." in w}
    assert places == {f"part.inc:{line}:"}


def test_a_page_with_a_list_that_another_includes(make_site: MakeSite) -> None:
    pages = {
        "a.md": f"title: A\nslug: a\ncategory: page\n\n{MYST}\n",
        "b.md": "title: B\nslug: b\ncategory: page\n\n```{include} a.md\n```\n",
        "c.md": "# C\n\n```{include} a.md\n```\n",
    }
    build = make_site(pages=pages, **CONF).build()
    for page in "abc":
        assert "Owls book" in text(build, page)
    (record,) = [r for r in records(build) if r["title"] == "Owls"]
    assert record["listed_in"] == ["a.html", "b.html", "c.html"]


# Names ----------------------------------------------------------------------------------------


def test_names_that_stand_twice(make_site: MakeSite) -> None:
    one = ":::{resources} Books\n:name: books\n* [Owls](https://owl.example/)\n:::\n"
    other = one.replace("owl.example", "owls.example")
    page = f"# P\n\n{one}\n{other}\n(resource-owls)=\n\n## Owls\n\n{{ref}}`books`\n"
    build = make_site(pages={"p.md": page}, **CONF).build()
    ids = [tag["id"] for tag in soup(build).select("[role=main] [id]")]
    assert len(ids) == len(set(ids))
    assert len(records(build)) == 2
    for record in records(build):
        assert record["listed_in"] == ["p.html"]


def test_items_with_one_title(make_site: MakeSite) -> None:
    items = "".join(f"* [Owls](https://owl.example/{n})\n" for n in range(3))
    page = f"# P\n\n:::{{resources}}\n{items}:::\n\n## Resource-owls\n\nText.\n"
    build = make_site(pages={"p.md": page}, **CONF).build()
    assert build.warnings == []
    ids = [tag["id"] for tag in soup(build).select("[role=main] [id]")]
    assert len(ids) == len(set(ids)) == 5
    assert [r["name"] for r in records(build)] == [
        *("owls-owl-example", "owls-owl-example-2", "owls-owl-example-3")
    ]


@pytest.mark.parametrize("title", ["🦉", "???", "《》", "…"])
def test_a_title_without_letters(make_site: MakeSite, title: str) -> None:
    page = f"# P\n\n:::{{resources}}\n* [{title}](https://owl.example/)\n:::\n\n{{resource}}`resource`\n"
    build = make_site(pages={"p.md": page}, **CONF).build()
    assert build.warnings == []
    (item,) = soup(build).select("li.resource")
    assert re.fullmatch(r"resource[\w-]*", str(item["id"]))
    (link,) = soup(build).select("p > a.internal")
    assert link["href"] == f"#{item['id']}"


# Logos ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "option",
    ["width: wide\" onload=\"alert(1)", "width: 10%; background: url(x)", "width: -5",
     "height: tall", "scale: big", "align: inside", "target: javascript:alert(1)",
     "dark: javascript:alert(1)",
     "dark: /nowhere.png", "alt: <b onclick=x>", "class: 1 <b>", "loading: now"],
)  # fmt: skip
@pytest.mark.parametrize("header", ["title: T\nslug: p\ncategory: page\n", "# P\n"])
def test_a_logo_with_an_option_at_fault(make_site: MakeSite, option: str, header: str) -> None:
    alt = "" if option.startswith("alt") else ":alt: An owl\n"
    page = f"{header}\n:::{{logo}} owl.png\n{alt}:{option}\n:::\n\nAfter.\n"
    site = make_site(pages={"owl.png": "x", "p.md": page}, **CONF)
    build = site.build()
    body = soup(build).select_one("[role=main]")
    assert body is not None
    assert "After." in body.get_text()
    assert body.select("[onload], [onclick], script") == []
    assert not any(str(a["href"]).startswith("javascript") for a in body.select("a"))
    assert not any(str(i["src"]).startswith("javascript") for i in body.select("img"))
    assert "url(x)" not in str(body.select("[style]"))
    for builder in ("latex", "text"):
        site.build(builder)


def test_html_in_a_credit_is_removed_where_it_is_not_trusted(make_site: MakeSite) -> None:
    credit = "Owl <script>alert(1)</script>"
    header = "title: T\nslug: p\ncategory: page\n"
    page = f"{header}\n:::{{logo}} owl.png\n:alt: x\n:credit: {credit}\n:::\n"
    site = make_site(pages={"owl.png": "x", "p.md": page}, fsp_raw_html="safe", **CONF)
    build = site.build()
    assert soup(build).select("[role=main] script") == []
    assert subtypes(build) == ["fsp.raw_html"]
