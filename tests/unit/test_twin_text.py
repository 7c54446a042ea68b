"""Text as Markdown is read as the text that it was."""

from __future__ import annotations

import doctest
import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_fsp.publish.twins import text

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: Letters that mean something to Markdown come more often than by chance.
TEXTS = st.text(st.one_of(st.sampled_from("\\`*_[]()<>#+-=.!|~&;:{}$ \n\t1ax"), st.characters()))
ADDRESSES = (
    st.text(st.sampled_from("abc/?&=;#()<> \"'\\%[]*_amp"), min_size=1).map(str.strip).filter(bool)
)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(text).failed == 0


def words(shown: str) -> list[str]:
    # markdown-it takes every kind of blank from the ends of a paragraph.
    return re.split(r"[ \t\n]+", shown.strip())


@given(TEXTS)
def test_a_paragraph_is_read_as_its_text(source: str) -> None:
    lines = text.paragraph(text.escape(source))
    html = READER.render("\n".join(lines))
    assert re.findall(r"</?(\w+)", html) == (["p", "p"] if lines else [])
    shown = unescape(re.sub(r"</?p>", "", html))
    assert words(shown) == words(text.plain(source).replace("\r", "\n"))


@given(TEXTS, st.integers(1, 8))
def test_a_heading_is_read_as_its_text(source: str, level: int) -> None:
    html = READER.render(text.heading(level, text.escape(source)))
    tag = f"h{min(level, 6)}"
    assert re.findall(r"</?(\w+)", html) == [tag, tag]
    assert words(unescape(re.sub(r"</?h\d>", "", html))) == words(
        " ".join(text.plain(source).split())
    )


@given(TEXTS)
def test_code_within_a_line_is_read_as_it_was(source: str) -> None:
    code = text.plain(source).replace("\r", "\n").replace("\n", " ")
    tokens = READER.parseInline(f"x {text.code_span(source.replace(chr(13), chr(10)))} x")
    if code.strip():
        assert [t.content for t in tokens[0].children or [] if t.type == "code_inline"] == [code]


@given(TEXTS, st.integers(0, 3))
def test_a_block_of_code_is_read_as_it_was(source: str, depth: int) -> None:
    lines = text.fence(source, "python")
    for _ in range(depth):
        lines = text.hung("- ", [lines])
    found = [t.content for t in READER.parse("\n".join(lines)) if t.type == "fence"]
    # A reader of Markdown has another letter for the null character.
    code = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert found == [code.removesuffix("\n") + "\n"]


@given(ADDRESSES)
def test_a_link_leads_to_its_address(address: str) -> None:
    tokens = READER.parseInline(text.link("text", address))[0].children or []
    assert [t.type for t in tokens] == ["link_open", "text", "link_close"]
    href = str(tokens[0].attrs["href"])
    assert unquoted(href) == unquoted(READER.normalizeLink(address))


def unquoted(address: str) -> str:
    """Return an address with one way to write each letter."""
    return re.sub(r"%([2-7][0-9A-F])", lambda m: chr(int(m[1], 16)), address)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_table_has_its_cells(rows: list[list[str]]) -> None:
    shown = [[text.cell_text([[text.escape(cell)]]) for cell in row] for row in rows]
    tokens = READER.parse("\n".join(text.pipe_table(shown)))
    cells = [
        "".join(c.content for c in t.children or [])
        for before, t in pairwise(tokens)
        if before.type in {"th_open", "td_open"}
    ]
    assert [" ".join(cell.split()) for cell in cells] == [
        " ".join(text.plain(cell).split()) for row in rows for cell in row
    ]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("x.html#a", "https://g.example/blog/x.html#a"),
        ("../img/x.png", "https://g.example/img/x.png"),
        ("#a", "https://g.example/blog/p.html#a"),
        ("//other.example/", "//other.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("java\nscript:x", ""),
        (" data:text/html,x", ""),
    ],
)
def test_where_an_address_leads(address: str, leads: str) -> None:
    assert text.Place("https://g.example/blog/p.html").resolve(address) == leads
