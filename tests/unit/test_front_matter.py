"""Headers of pages: which there are, and what is read from them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from pelican_itself import DEFAULT_CONFIG, MarkdownReader

from sphinx_fsp.source.front_matter import Header, blank_header, read_header

FIXTURES = Path(__file__).parent / "fixtures"


class Case(NamedTuple):
    name: str
    text: str
    expected: list[str]


def cases(file: str) -> list[Case]:
    found = []
    for part in (FIXTURES / file).read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, expected = rest.partition(">>>\n")
        text = text.replace("·", " ").replace("→", "\t")
        found.append(Case(name, text, expected.split("\n")))
    return found


def described(header: Header) -> list[str]:
    lines = [f"{key} @{field.line} {field.value}".strip() for key, field in header.fields.items()]
    lines.append(f"{header.lines} lines")
    if header.stray_lines:
        lines.append(f"stray {' '.join(map(str, header.stray_lines))}")
    return lines


def header_of(text: str) -> Header:
    header = read_header(text)
    assert header is not None
    return header


@pytest.mark.parametrize("case", cases("headers.txt"), ids=lambda case: case.name)
def test_a_header_is_read(case: Case) -> None:
    assert described(header_of(case.text)) == [line for line in case.expected if line]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty file"),
        pytest.param("\n\n", id="blank lines"),
        pytest.param("Only a sentence.\n", id="text"),
        pytest.param("# A heading\n\nAnd text.\n", id="heading"),
        pytest.param("Note: bring a torch.\n\nAnd text.\n", id="sentence with a colon"),
        pytest.param("Note: bring a torch.\ntorch: a red one\n", id="no title and no slug"),
        pytest.param("\ntitle: Orion\nslug: orion\n", id="after a blank line"),
        pytest.param("Intro\ntitle: Orion\nslug: orion\n", id="after text"),
        pytest.param("    title: Orion\n    slug: orion\n", id="code block"),
        pytest.param("---\ntitle: Orion\n---\n", id="YAML with a title"),
        pytest.param("---\ntitle: Orion\ndate: 2026-01-31\n---\n", id="YAML with title and date"),
        pytest.param("---\ntitle: Orion\nauthor: Ada\ntags: [a]\n---\n", id="YAML for a blog"),
        pytest.param("---\nmyst:\n  html_meta: {}\n---\n", id="YAML for MyST"),
        pytest.param("---\ncategory: page\ntoc: true\n---\n", id="YAML without title and slug"),
        pytest.param("---\n- slug\n- title\n---\n", id="YAML list"),
        pytest.param("---\nslug: orion\n", id="YAML without an end"),
        pytest.param("---\n---\ntext\n", id="YAML without content"),
        pytest.param("----\nslug: orion\n----\n", id="rule of four hyphens"),
    ],
)
def test_an_ordinary_document_has_no_guide_header(text: str) -> None:
    assert read_header(text) is None


@pytest.mark.parametrize(
    "key",
    [
        "category",
        "sortorder",
        "toc",
        "sidebartitle",
        "status",
        "save_as",
        "url",
        "headerimage",
        "newsletter",
    ],
)
def test_yaml_with_a_title_and_a_key_of_guides_is_a_guide_header(key: str) -> None:
    assert header_of(f"---\ntitle: Orion\n{key}: x\n---\n").get(key) == "x"


@pytest.mark.parametrize("key", ["title", "slug"])
def test_one_key_is_enough(key: str) -> None:
    assert header_of(f"{key}: Orion\n\nText.\n").get(key) == "Orion"


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert header_of("\ufefftitle: Orion\n\nText.\n").get("title") == "Orion"


def test_a_byte_order_mark_before_yaml() -> None:
    assert header_of("\ufeff---\nslug: orion\n---\n").get("slug") == "orion"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("title: Orion\r\nslug: orion\r\n\r\nText.\r\n", 3),
        ("---\r\ntitle: Orion\r\nslug: orion\r\n---\r\nText.\r\n", 4),
    ],
    ids=["Pelican", "YAML"],
)
def test_lines_may_end_as_on_windows(text: str, lines: int) -> None:
    header = header_of(text)
    assert (header.get("title"), header.get("slug"), header.lines) == ("Orion", "orion", lines)


@pytest.mark.parametrize("text", ["title: Orion\nslug: orion", "---\nslug: orion\n---"])
def test_a_file_may_end_with_its_header(text: str) -> None:
    header = header_of(text)
    assert header.get("slug") == "orion"
    assert blank_header(text, header).strip() == ""


def test_a_missing_key_is_empty_and_stands_in_line_one() -> None:
    header = header_of("title: Orion\nslug: orion\n")
    assert (header.get("meta"), header.line("meta")) == ("", 1)


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        pytest.param("title: A\nslug: a\ntitle: B\n", ("title", 3), id="Pelican"),
        pytest.param("---\ntitle: A\nslug: a\ntitle: B\n---\n", ("title", 4), id="YAML"),
        pytest.param("---\ntitle: A: x\nslug: a\ntitle: B\n---\n", ("title", 4), id="bad YAML"),
    ],
)
def test_a_key_that_stands_twice_is_noted(text: str, repeated: tuple[str, int]) -> None:
    assert header_of(text).repeated == (repeated,)


def test_blank_header_leaves_every_line_of_the_body_where_it_was() -> None:
    text = "title: Orion\nslug: orion\n\nFirst.\n\nSecond.\n"
    assert blank_header(text, header_of(text)) == "\n\n\nFirst.\n\nSecond.\n"


def test_a_yaml_bomb_is_read_at_once() -> None:
    """Aliases of aliases would be more than 10**12 words when written out."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 13)]
    text = "\n".join(["---", "slug: orion", "a0: &a0 [x]", *levels, "---"])
    assert header_of(text).fields.keys() == {"slug", "a0"}


def test_yaml_that_holds_itself_does_no_harm() -> None:
    assert header_of("---\nslug: orion\nme: &me [*me]\n---\n").get("slug") == "orion"


def test_yaml_tags_make_no_objects() -> None:
    header = header_of("---\nslug: !!python/object/apply:os.getcwd []\ntitle: A\ntoc: x\n---\n")
    assert header.get("slug") == ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("title: Winter stars\nslug: winter\n", id="plain"),
        pytest.param("TITLE: Winter stars\nSlug: winter\n", id="case"),
        pytest.param("title:Winter stars\nslug:winter\n", id="no blank after the colon"),
        pytest.param("   title: Winter stars\nslug:\twinter  \n", id="blanks and tabs"),
        pytest.param("---\ntitle: Winter stars\nslug: winter\n---\n", id="three hyphens"),
    ],
)
def test_pelican_reads_the_same(text: str, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(f"{text}\nThe body.\n", encoding="utf-8")
    _, metadata = MarkdownReader(DEFAULT_CONFIG | {"MARKDOWN": {}}).read(str(file))
    header = read_header(file.read_text(encoding="utf-8"))
    assert {"title": metadata["title"], "slug": metadata["slug"]} == (
        header and {"title": header.get("title"), "slug": header.get("slug")}
    )
