"""Every kind of warning: its file, line, message, hint and subtype, and how to silence it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Build, Site
from warned import CONF, KINDS, SOUND, page

from sphinx_fsp.diagnostics import CHECK_ONLY, DIAGNOSTICS

MakeSite = Callable[..., Site]

BROKEN = "[broken](/nowhere.html)"
LINK = '<a href="/nowhere.html">broken</a>'
UNKNOWN = (
    "no page /nowhere.html; add the page, or lead the address to another with fsp_redirects "
    "[fsp.unknown_page]"
)


def build_all(folder: Path, files: Mapping[str, str | bytes], conf: Mapping[str, object]) -> Build:
    """Build a project of these files."""
    site = Site(folder, folder)
    site.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in conf.items()))
    for name, content in files.items():
        path = site.write(name, "")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return site.build()


@pytest.fixture(scope="module")
def warnings(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return all warnings of a project in which everything is wrong that can be."""
    files: dict[str, str | bytes] = {**SOUND}
    for kind in KINDS.values():
        files |= kind.files
    found = build_all(tmp_path_factory.mktemp("site"), files, CONF).warnings
    # Sphinx 8 says itself that a file isn't UTF-8.
    return [line for line in found if "undecodable source characters" not in line]


def about(warnings: list[str], files: Mapping[str, object]) -> list[str]:
    """Return the warnings about some files."""
    return [line for line in warnings if re.split(r":(?:\d+:)? WARNING", line)[0] in files]


# Each kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize("subtype", KINDS)
def test_says_where_and_what_and_how(subtype: str, warnings: list[str]) -> None:
    kind = KINDS[subtype]
    places = dict.fromkeys([*kind.files, "conf.py"] if subtype == "static_path" else kind.files)
    assert sorted(about(warnings, places)) == sorted(kind.expected)


def test_every_kind_has_a_case() -> None:
    shown = {re.findall(r"\[fsp\.(\w+)\]$", line)[0] for k in KINDS.values() for line in k.expected}
    # What only ``sphinx-fsp check`` says is tested with it.
    elsewhere = {
        # It needs a project without chapters.
        "empty_contents",
        # About conf.py: tests/test_theme.py.
        "accent_contrast",
        "theme_option",
        # Said of books alone: tests/book.
        "book_character",
        "book_cover",
        "book_exclude",
        "book_image",
        "book_table",
        "control_character",
        "epub_html",
        # Said of files beside the pages: tests/test_feeds.py, test_redirect_files.py and
        # test_hostile_input.py.
        "feed",
        "redirects_file",
        "site_file",
        # About files that conf.py names: tests/test_split_files.py.
        "split",
    }
    assert shown | elsewhere == KINDS.keys() | elsewhere == DIAGNOSTICS.keys() - CHECK_ONLY


def test_empty_contents(make_site: Callable[..., Site]) -> None:
    site = make_site(pages={"x.md": page("x", "Text.")})
    site.write("index.md", "# Home\n\nText.\n\n```{guide-contents}\n```\n")
    assert site.build().warnings == [
        "index.md:5: WARNING: guide-contents is empty: no page has a sortorder; "
        "add 'sortorder: 0100' and 'toc: True' to the header of the page that opens a chapter, "
        "or write a toctree [fsp.empty_contents]"
    ]


def test_every_warning_has_a_hint(warnings: list[str]) -> None:
    assert [line for line in warnings if "; " not in line] == []


def test_nothing_else_is_said(warnings: list[str]) -> None:
    expected = [line for kind in KINDS.values() for line in kind.expected]
    assert sorted(warnings) == sorted(expected)


# Line numbers --------------------------------------------------------------------------------

HEADERS = {
    "pelican": "title: T\nslug: x\n\n",
    "yaml": "---\ntitle: T\nslug: x\n---\n",
    "yaml with an end of dots": "---\ntitle: T\nslug: x\n...\n\n",
    "continued lines": "title: T\n    goes on\nslug: x\nmeta: One\n\ttwo\n    three\n\n",
    "key lines in a fence": "---\ntitle: T: U\nslug: x\n---\n",
    "blank lines after it": "title: T\nslug: x\n\n\n\n",
}

#: Bodies with one broken link, each with its line.
BODIES = {
    "first line": (1, BROKEN),
    "third line of a paragraph": (3, f"One\ntwo\nthree {BROKEN}\nfour"),
    "list item": (3, f"* one\n* two\n* {BROKEN}\n"),
    "second line of a list item": (4, f"* one\n\n* two\n  and {BROKEN}"),
    "nested list item": (3, f"* one\n    * two\n    * {BROKEN}"),
    "quote": (2, f"> one\n> {BROKEN}"),
    "heading": (3, f"Text\n\n## To {BROKEN}"),
    "table": (3, f"| a | b |\n| - | - |\n| {BROKEN} | c |"),
    "footnote": (3, f"Text[^1].\n\n[^1]: {BROKEN}"),
    "reference": (1, "See [broken].\n\n[broken]: /nowhere.html"),
    "line of HTML": (3, f"Text\n\n<p>{LINK}</p>"),
    "block of HTML": (4, f'<div class="well see-also">\none\ntwo\n{LINK}\n</div>'),
    "split HTML": (5, f'<div class="a">\n\nText\n\n{BROKEN}\n\n</div>'),
    "second piece of split HTML": (6, f"<ul>\n<li>a</li>\n\n<li>b</li>\n\n<li>{LINK}</li>\n</ul>"),
    "HTML in a paragraph": (2, f"Text\n{LINK}"),
    "HTML in a list item": (4, f'* one\n\n  <div class="a">\n  {LINK}</div>'),
    "cell of an HTML table": (
        3,
        f"<table>\n<tr><td>a</td></tr>\n<tr><td>{LINK}</td></tr>\n</table>",
    ),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_line_after_a_header(make_site: MakeSite, header: str) -> None:
    build = make_site(pages={"x.md": f"{header}Text.\n\n{BROKEN}\n"}).build()
    assert build.warnings == [f"x.md:{header.count(chr(10)) + 3}: WARNING: {UNKNOWN}"]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the warnings of a project of all `BODIES`."""
    pages = {f"x{n}.md": page(f"x{n}", body) for n, (_, body) in enumerate(BODIES.values())}
    conf = {"extensions": ["sphinx_fsp"], "html_theme": "basic"}
    return build_all(tmp_path_factory.mktemp("lines"), SOUND | pages, conf).warnings


@pytest.mark.parametrize("place", BODIES)
def test_line_in_a_body(place: str, lines: list[str]) -> None:
    file = f"x{list(BODIES).index(place)}.md"
    line = BODIES[place][0] + 3
    assert about(lines, {file: None}) == [f"{file}:{line}: WARNING: {UNKNOWN}"]


# Silence -------------------------------------------------------------------------------------

FAULTS = {
    "x.md": page("x", f"{BROKEN}\n\n![Lost](/lost.png)\n\n<script>go()</script>", "toc: so\n")
}


def subtypes(build: Build) -> set[str]:
    """Return the subtypes of all warnings."""
    return {line.rpartition("[")[2].rstrip("]") for line in build.warnings}


@pytest.mark.parametrize(
    ("suppressed", "left"),
    [
        ([], {"fsp.unknown_page", "fsp.unknown_image", "fsp.raw_html", "fsp.bad_header"}),
        (["fsp.unknown_page"], {"fsp.unknown_image", "fsp.raw_html", "fsp.bad_header"}),
        (["fsp"], set()),
        (["fsp.*"], set()),
    ],
)
def test_silence(make_site: MakeSite, suppressed: list[str], left: set[str]) -> None:
    build = make_site(pages=FAULTS, suppress_warnings=suppressed).build()
    assert subtypes(build) == left


def test_html_that_is_kept_is_not_looked_at(make_site: MakeSite) -> None:
    body = '<script>go()</script>\n\n<a href="/nowhere.html" onclick="go()">x</a> <spam>'
    build = make_site(pages={"x.md": page("x", body)}, fsp_raw_html="keep").build()
    assert build.warnings == []


def test_safe_mode_says_that_it_removed(make_site: MakeSite) -> None:
    build = make_site(
        pages={"x.md": page("x", "<script>go()</script>")}, fsp_raw_html="safe"
    ).build()
    assert build.warnings == [
        "x.md:4: WARNING: <script> is removed; fsp_raw_html is 'safe' [fsp.raw_html]"
    ]


@pytest.mark.parametrize(
    "body",
    ["# One\n\n# Two", "### Three\n\nText", "## Two\n\n##### Five\n\n# One", "#### Four\n\n## Two"],
)
def test_levels_of_headings_are_no_fault(make_site: MakeSite, body: str) -> None:
    assert make_site(pages={"x.md": page("x", body)}).build().warnings == []


def test_warning_is_given_once_for_two_outputs(make_site: MakeSite) -> None:
    site = make_site(pages={"x.md": page("x", BROKEN)})
    assert len(site.build().warnings) == 1
    assert site.build("text").warnings == []
