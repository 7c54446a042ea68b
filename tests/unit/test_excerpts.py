"""What is said of a page in listings: how its Markdown begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_fsp.source.excerpts import (
    MAX_LETTERS,
    MAX_WORDS,
    excerpt,
    first_paragraph,
    shortened,
)
from sphinx_fsp.source.front_matter import read_header

BODY = "\n\n## Heading\n\nThe *first* paragraph.\n\nThe second.\n"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("meta: Meta.\nsummary: A *summary*.", "A summary.", id="summary is Markdown"),
        pytest.param("summary: # Short", "# Short", id="summary that is no paragraph"),
        pytest.param("summary: [A link](/x.html)", "A link", id="summary that is a link"),
        pytest.param("meta: *As* is.", "*As* is.", id="meta is plain text"),
        pytest.param("date: 2020-01-01", "The first paragraph.", id="body"),
    ],
)
def test_an_excerpt(fields: str, expected: str) -> None:
    text = f"title: T\n{fields}{BODY}"
    header = read_header(text)
    assert header is not None
    assert excerpt(header, lambda: text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text over\ntwo lines.", "Text over two lines."),
        ("A [link](/x.html), `code`, a <b>tag</b> &amp; <https://x.example>.", None),
        ("A [link][ref].\n\nMore.\n\n[ref]: /x.html", "A link."),
        ("![Image](x.png)\n\nText.", "Text."),
        ("![Image](x.png){.wide} Text.", "Text."),
        ("##Tight heading\nText.", "Text."),
        ("* A list\n\nText.", "Text."),
        ("> A quote\n\nText.", "Text."),
        ("    code\n\nText.", "Text."),
        ("```python\ncode\n```\nText.", "Text."),
        (":::{see-also}\n\nIn a directive.\n\n:::\n\nText.", "Text."),
        ("| a |\n| - |\n| b |\n\nText.", "Text."),
        ("(label)=\n\nText with a note[^1].\n\n[^1]: Note.", "Text with a note."),
        ("Text with {doc}`a title <page>` and {kbd}`Ctrl`.", "Text with a title and Ctrl."),
        ('<div class="well">HTML</div>\n\nText.', "Text."),
        ("<p>Text in <b>HTML</b> &lt;3</p>", "Text in HTML <3"),
        ("<!-- <p>no</p> -->\n\nText.", "Text."),
        ("# Only a heading", ""),
        ("[Archives](/a.html) · **[Tags](/t.html)**\n\nText.", "Text."),
        ("[![Badge](b.svg)](/b.html) <br />\\\nText.", "Text."),
        ('<p><a href="/a.html">Archives</a> | <img alt="x"></p>\n\nText.', "Text."),
        ('<a href="/a.html">Archives</a> <A HREF="/t.html">Tags</a>\n\nText.', "Text."),
        (
            "<p>A <a>first</A > and a <a>link that is never closed</p>",
            "A first and a link that is never closed",
        ),
        pytest.param("<p>" + "<a>" * 100_000 + "</p>\n\nText.", "Text.", id="open"),
        ("* * *\n\n⬆ 1 …\n\nText.", "Text."),
        ("[Only a link](/a.html)", ""),
        ("[x](javascript:x)\n\nA [link](javascript:x).", "A link."),
        ("", ""),
    ],
)
def test_the_first_paragraph(body: str, expected: str | None) -> None:
    if expected is None:
        expected = "A link, code, a tag & https://x.example."
    assert first_paragraph(body) == expected


def test_an_excerpt_ends_at_a_word() -> None:
    words = [f"word{n}," for n in range(MAX_WORDS)]
    assert shortened(" ".join(words)) == " ".join(words)
    assert shortened(" ".join([*words, "more"])) == " ".join(words).rstrip(",") + "…"


def test_an_excerpt_without_blanks_ends_too() -> None:
    assert shortened("月" * 1000) == "月" * MAX_LETTERS + "…"


@given(st.text(st.sampled_from("ab1 \n#*_`~[]()<>!|:{}&;-\\\"'\x00\x0b\ufffe月"), max_size=200))
@settings(max_examples=200)
def test_any_text_has_an_excerpt(text: str) -> None:
    found = shortened(first_paragraph(text))
    assert len(found.split()) <= MAX_WORDS + 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", found)
