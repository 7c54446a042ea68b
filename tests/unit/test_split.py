"""Files that are split: headings, anchors, and which lines are which page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.config import OPTIONS
from sphinx_fsp.source.catalogue import SourceFile
from sphinx_fsp.source.github import anchor_of, read_github
from sphinx_fsp.source.outline import build_outline
from sphinx_fsp.source.parts import is_contents, links_of
from sphinx_fsp.source.split import Split, part_of, split_files, split_levels

PERMALINKS = {"page": "{slug}"}
NAME = "README.md"


def split(text: str, level: int = 2, taken: Mapping[str, str] | None = None) -> Split:
    """Return a file, split."""
    files = {NAME: SourceFile(NAME, text)}
    return split_files(files, {NAME: level}, PERMALINKS, taken or {}, "index").files[NAME]


def names(text: str, level: int = 2) -> list[str]:
    """Return the docnames of a file's pages."""
    return [page.docname for page in split(text, level).pages]


# Source: what GitHub shows for headings of these texts.
@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Web Frameworks", "web-frameworks"),
        ("Sourdough & Yeast", "sourdough--yeast"),
        ("C/C++", "cc"),
        ("What's new?", "whats-new"),
        ("snake_case and-hyphens", "snake_case-and-hyphens"),
        ("Überblick", "überblick"),
        ("工具", "工具"),
        ("\N{ROCKET} Tools", "-tools"),
        ("3.2 Numbers", "32-numbers"),
    ],
)
def test_anchors(text: str, anchor: str) -> None:
    assert anchor_of(text) == anchor


def test_repeated_headings_have_numbers() -> None:
    found = read_github("# A\n\n## A\n\n## A 1\n\n## A\n").headings
    assert [heading.anchor for heading in found] == ["a", "a-1", "a-1-1", "a-2"]


def test_emojis_by_name() -> None:
    (heading,) = read_github("## :books: Books: `:x:` :nothing:\n").headings
    assert heading.text == "\N{BOOKS} Books: :x: :nothing:"
    # GitHub makes the anchor of the name.
    assert heading.anchor == "books-books-x-nothing"


def test_identifiers_are_those_of_xml() -> None:
    found = read_github("## 3D\n\n## \N{ROCKET}\n\n## \N{ROCKET} D\n\n## Ü\n").headings
    assert [heading.id for heading in found] == ["d", "section", "d-1", "ü"]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("## A\n\nB\n---\n\n<h2>C</h2>\n", ["A", "B", "C"]),
        ("```\n## A\n```\n\n    ## B\n\n> ## C\n\n- ## D\n", []),
        ("---\ntitle: x\n---\n\n## A\n", ["A"]),
        ("## `a` *b* [c](d) ![e](f) <b>g</b>\n", ["a b c g"]),
        ("## [a][b]\n\n[b]: https://b.example/\n", ["a"]),
        ("<!-- ## A\n\n## B\n-->\n\n## C\n", ["C"]),
        ("## A &amp; B\n\n<h2>C &amp; <i>D</i></h2>\n", ["A & B", "C & D"]),
    ],
)
def test_headings(markdown: str, texts: list[str]) -> None:
    assert [heading.text for heading in read_github(markdown).headings] == texts


@pytest.mark.parametrize(
    ("level", "docnames"),
    [
        (0, ["index"]),
        (1, ["index", "c"]),
        (2, ["index", "a", "b", "c", "d"]),
        (3, ["index", "a", "a1", "b", "c", "d", "d1"]),
    ],
)
def test_levels(level: int, docnames: list[str]) -> None:
    text = "# T\n\n## A\n\n### A1\n\n## B\n\n# C\n\n## D\n\n### D1\n"
    assert names(text, level) == docnames


def test_chapters() -> None:
    pages = split("# T\n\n## A\n\n## B\n\n# C\n\n## D\n\n### E\n\n# F\n", 3).pages
    outline = build_outline(pages)
    assert [
        (chapter.head.docname, [page.docname for page in chapter.pages])
        for chapter in outline.chapters
        if chapter.head and chapter.listed
    ] == [("a", []), ("b", []), ("c", ["d", "e"]), ("f", [])]


def test_a_file_that_is_no_front_page_is_a_chapter() -> None:
    pages = split("# Ponds\n\n## A\n\n# B\n\n## C\n", taken={"index": "index.md"}).pages
    (chapter,) = build_outline(pages).chapters
    assert chapter.head
    assert chapter.head.docname == "ponds"
    assert [page.docname for page in chapter.pages] == ["a", "b", "c"]


def test_several_files_keep_their_order() -> None:
    files = {
        "a.md": SourceFile("a.md", "# A\n\n## B\n\n## C\n"),
        "z/d.md": SourceFile("z/d.md", "# D\n\n## E\n"),
        "f.md": SourceFile("f.md", "# F\n"),
    }
    found = split_files(files, {"a.md": 2, "z/d.md": 2, "f.md": 0}, PERMALINKS, {}, "index")
    order = [page.docname for page in build_outline(found.pages).order]
    assert order == ["b", "c", "d", "e", "f"]
    assert found.problems == ()


def test_names_that_differ_in_case_are_one_file_on_many_systems() -> None:
    found = split("# T\n\n## Frogs\n", taken={"FROGS": "FROGS.md"})
    assert [page.docname for page in found.pages] == ["index", "frogs-1"]


def test_lines_are_those_of_the_file() -> None:
    text = "# T\nintro\n## A\na\n## Contents\n- [A](#a)\n## B\nb"
    pages = split(text).pages
    assert [page.header.line("title") for page in pages] == [1, 3, 7]
    assert part_of(text, pages[0]) == "# T\nintro\n\n\n## Contents\n- [A](#a)\n\n"
    assert part_of(text, pages[1]) == "\n\n## A\na\n\n\n\n"
    assert part_of(text, pages[2]) == "\n\n\n\n\n\n## B\nb"


@pytest.mark.parametrize(
    ("markdown", "is_one"),
    [
        ("- [A](#a)\n- [B](#b)\n", True),
        ("- Lists\n  - [A](#a)\n  - [B](#b)\n  - [C](#c)\n", True),
        ("<ul><li><a href='#a'>A</a></li></ul>\n", True),
        ("<details>\n<summary>All</summary>\n\n1. [A](#a)\n\n</details>\n", True),
        ("[A](#a) | [B](#b) | [C](#c)\n", True),
        ("- [A](#a)\n- [B](https://b.example/)\n", False),
        ("- [A](#a)\n- <https://b.example/>\n", False),
        ("Some text.\n\n- [A](#a)\n", False),
        ("- [A](#a)\n\n```\ncode\n```\n", False),
        ("Text.\n", False),
        ("", False),
    ],
)
def test_contents(markdown: str, is_one: bool) -> None:
    assert is_contents(read_github(markdown).leaves) is is_one


def test_links() -> None:
    text = "[a](#a) ![b](c) [d][e] <a href='f'>g</a> [![h](i)](j) https://k.example/"
    assert links_of(text) == ["#a", "elsewhere", "f", "j", "elsewhere"]


@pytest.mark.parametrize(
    ("fragment", "place"),
    [
        ("tools", ("tools", "")),
        ("Tools", ("tools", "")),
        ("user-content-tools", ("tools", "")),
        ("small", ("tools", "small")),
        ("-bags", ("bags", "")),
        ("bags", ("bags", "")),
        ("gear", ("tools", "gear")),
        ("readme", ("index", "")),
        ("", ("index", "")),
        ("t", ("index", "")),
        ("nothing", None),
    ],
)
def test_places(fragment: str, place: tuple[str, str] | None) -> None:
    text = "# T\n\n<a name='gear'></a>\n\n## Tools\n\n### Small\n\n## \N{HANDBAG} Bags\n"
    assert split(text).place(fragment) == place


def test_definitions_of_links_hold_in_all_pages() -> None:
    found = split("# T\n\n## A\n\n[x]: https://x.example/\n\n## B\n\n[y]: https://y.example/\n")
    lead, a, b = found.pages
    assert set(found.references(lead)) == {"X", "Y"}
    assert set(found.references(a)) == {"Y"}
    assert set(found.references(b)) == {"X"}


def test_footnotes_go_where_they_are_referred_to() -> None:
    text = (
        "# T\n\n## A\n\na[^1]\n\n## B\n\nb[^2] [^1]\n\n## C\n\nc\n\n[^1]: One\n[^2]: Two\n[^3]: No"
    )
    _, a, b, c = split(text).pages
    assert part_of(text, a).split() == ["##", "A", "a[^1]", "[^1]:", "One"]
    assert part_of(text, b).split("\n")[-3:] == ["[^1]: One", "[^2]: Two", ""]
    assert part_of(text, c).split() == ["##", "C", "c", "[^3]:", "No"]


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# A",
            "## B",
            "## B",
            "### [C](#b)",
            "Text",
            "===",
            "---",
            "```",
            "- [x](https://x.example/)",
            "<a name='n'></a>",
            "<table>",
            "</table>",
            "",
            "",
            "> q",
            "    code",
            "[r]: https://r.example/",
        ]
    ),
    max_size=30,
).map("\n".join)


@given(MARKDOWN, st.integers(0, 6))
def test_each_line_is_in_one_page(text: str, level: int) -> None:
    pages = split(text, level).pages
    lines = sorted(line for page in pages for part in page.lines or () for line in part)
    header = pages[0].header.lines
    assert lines == list(range(header, text.count("\n") + 1))
    assert len({page.docname for page in pages}) == len(pages)


@given(st.text(max_size=200), st.integers(0, 6))
def test_any_text_can_be_split(text: str, level: int) -> None:
    assert split(text, level).pages[0].docname == "index"


@pytest.mark.parametrize(
    "value",
    [{"a.md": -1}, {"a.md": 7}, {"a.md": True}, {"a.md": "2"}, {"": 2}, {2: 2}, ["a.md"], None],
)
def test_values_that_are_wrong(value: object) -> None:
    (option,) = (option for option in OPTIONS if option.name == "fsp_split")
    assert not option.accepts(value)
    assert option.accepts({"a.md": 0, "b.md": 6})


def test_paths_may_be_written_in_two_ways() -> None:
    assert dict(split_levels({"./a.md": 1, "b\\c.md": 2})) == {"a.md": 1, "b/c.md": 2}
