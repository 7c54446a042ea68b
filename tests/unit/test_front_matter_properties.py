"""Headers: what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_fsp.source.front_matter import blank_header, read_header

KEYS = st.sampled_from(["title", "slug", "Toc", "meta", "sort-order", "a_b"])
#: Text of one line without blanks at its ends.
VALUES = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=30)
    .filter(lambda text: text != "-")
    .filter(lambda text: not text.startswith("\ufeff"))
)
#: Lines as they stand in headers, good and bad ones.
HEADER_LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, VALUES),
    st.sampled_from(
        [
            "title: Orion",
            "slug: orion",
            "    more",
            "\tmore",
            "",
            "  ",
            "---",
            "...",
            "# comment",
            "- item",
            "a: &a [*a]",
            "b: *unknown",
            "? [a, b]",
            "? {a: b}",
            "<<: {title: x}",
            "%YAML 1.2",
            "!!python/name:os.system : x",
            "q: 'open",
            'q: "\\u12"',
            "t: >9",
            "t: |-",
            "{",
            "\0",
        ]
    ),
    st.text(max_size=20),
)
FILES = st.builds(
    lambda start, lines, end: start + end.join(lines),
    st.sampled_from(["", "\ufeff", "---\n", "title: Orion\n", "---\nslug: orion\n"]),
    st.lists(HEADER_LINES, max_size=12),
    st.sampled_from(["\n", "\n", "\r\n"]),
)
BODIES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), max_size=6)


@settings(max_examples=300)
@given(FILES)
def test_no_text_is_too_bad(text: str) -> None:
    header = read_header(text)
    if header is not None:
        count = text.count("\n") + 1
        assert 1 <= header.lines <= count
        assert all(1 <= field.line <= header.lines for field in header.fields.values())
        assert all(1 <= line <= header.lines + 1 for line in header.stray_lines)


@given(FILES, BODIES)
def test_no_line_of_the_body_moves(top: str, body: list[str]) -> None:
    text = "\n".join([top, *body])
    if header := read_header(text):
        lines = blank_header(text, header).split("\n")
        assert lines[: header.lines] == [""] * header.lines
        assert lines[header.lines :] == text.split("\n")[header.lines :]


@given(st.lists(st.tuples(KEYS.map(str.lower), VALUES), unique_by=lambda pair: pair[0]), BODIES)
def test_what_was_written_is_read(pairs: list[tuple[str, str]], body: list[str]) -> None:
    header_lines = ["slug: orion", *(f"{k}: {v}" for k, v in pairs if k != "slug")]
    header = read_header("\n".join([*header_lines, "", *body]))
    assert header is not None
    fields = {key: field.value for key, field in header.fields.items()}
    assert fields == {"slug": "orion"} | {k: v for k, v in pairs if k != "slug"}
    assert header.lines == len(header_lines) + 1


@settings(max_examples=50)
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_a_continued_value_is_one_value(parts: list[str]) -> None:
    header = read_header("title: " + "\n    ".join(parts) + "\n\n")
    assert header is not None
    assert header.get("title") == " ".join(parts)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30)))
def test_text_that_no_key_starts_is_no_header(lines: list[str]) -> None:
    assert read_header("\n".join(["Some text.", "title: Orion", *lines])) is None


@pytest.mark.parametrize("size", [10, 10_000])
def test_a_long_header_keeps_its_lines(size: int) -> None:
    """A header beyond the limit of what is searched keeps the body's lines too."""
    text = "\n".join(["title: Orion", *["    more"] * size, "", "The body."])
    header = read_header(text)
    assert header is not None
    assert blank_header(text, header).count("\n") == text.count("\n")
