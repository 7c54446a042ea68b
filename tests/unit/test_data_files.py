"""Data files of resources: one reading for every format, and what is said of bad ones."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import DATA_FILE, Problem, text_of
from sphinx_fsp.resources import data_files
from sphinx_fsp.resources.data_files import MAX_BYTES, READERS, read_data, read_data_file
from sphinx_fsp.resources.data_files.latex import to_text, to_url
from sphinx_fsp.resources.fields import read_fields
from sphinx_fsp.resources.record import Fields, RawField, RawItem

TWINS = Path(__file__).parent / "fixtures" / "resources"
DOCTYPE = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"


def good(suffix: str, text: str) -> list[RawItem]:
    items, problems = read_data(text.encode(), suffix, "data" + suffix)
    assert problems == []
    return items


def said(suffix: str, text: str | bytes) -> list[str]:
    """Return what is said of a file, without the advice."""
    data = text.encode() if isinstance(text, str) else text
    _, problems = read_data(data, suffix, "data")
    return [f"{p.line}: {p.details['why']}" for p in problems]


def titles(suffix: str, text: str) -> list[str]:
    return [item.title for item in read_data(text.encode(), suffix, "data")[0]]


def fields_of(item: RawItem) -> dict[str, str]:
    return {field.name: field.text for field in item.fields}


# The same in every format


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("stars.yml", [3, 12, 16, 25]),
        ("stars.toml", [2, 12, 17, 27]),
        ("stars.json", [3, 13, 14, 23]),
        ("stars.csv", [2, 3, 4, 5]),
        ("stars.bib", [4, 16, 22, 31]),
        ("stars.html", [13, 16, 18, 22]),
    ],
)
def test_the_same_resources_in_every_format(name: str, lines: list[int]) -> None:
    items, problems = read_data_file(TWINS / name, name)
    assert problems == []
    assert [item.line for item in items] == lines
    assert [(item.url, item.title, item.description) for item in items] == [
        (
            "https://sky.example/moon?a=1&b=2",
            '"The Moon" & its <phases> 🌙',
            "All you see of the Moon without a telescope.",
        ),
        ("https://sky.example/stars", "كتاب النجوم", ""),
        (
            "https://sky.example/naïve/100%25",
            "It's 100% naïve; really?",
            "Two lines of text, with a comma.",
        ),
        ("https://sky.example/mars", 'Mars, "the red one"', ""),
    ]
    fields = [read_fields(item.fields, (), name, item.url) for item in items]
    assert [faults for _, faults in fields] == [[], [], [], []]
    expected = [
        Fields(
            kind="book",
            author=("Ada Lovelace", "Kepler, Johannes"),
            date="2020-10",
            tags=("moon", "beginners"),
            lang="en",
        ),
        Fields(tags=("stars",)),
        Fields(kind="paper", publisher="Søren & Sons", date="1999"),
        Fields(),
    ]
    if name == "stars.html":
        # Bookmarks have tags, and no other of these fields.
        expected = [Fields(tags=fields.tags) for fields in expected]
    assert [found for found, _ in fields] == expected


def test_fields_have_their_own_lines() -> None:
    for suffix, text in [
        (".yml", "- url: a\n  kind: book\n"),
        (".toml", "[[resources]]\nkind = 'book'\n"),
        (".toml", "resources = [\n{ 'kind' = 'book' } ]"),
        (".json", '[{"url": "a",\n "kind": "book"}]'),
        (".bib", "@misc{a,\n kind = {book}}"),
        (".csv", "url,kind\na,book\n"),
    ]:
        (item,) = good(suffix, text)
        assert (suffix, item.fields) == (suffix, (RawField("kind", "book", 2),))


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_holds_nothing(suffix: str, text: str) -> None:
    assert good(suffix, text) == []


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", "- title: A\n"),
        (".toml", "[[resources]]\ntitle = 'A'\n"),
        (".json", '[{"title": "A"}]'),
        (".csv", "title\nA\n"),
        (".bib", "@misc{a, title = {A}}"),
        (".html", DOCTYPE + "<DL><DT><A>A</A></DL>"),
    ],
)
def test_an_entry_without_address_is_kept(suffix: str, text: str) -> None:
    assert [(item.url, item.title) for item in good(suffix, text)] == [("", "A")]


@pytest.mark.parametrize(
    ("key", "place"),
    [("link", "url"), ("href", "url"), ("URL", "url"), ("summary", "description")],
)
def test_other_names_of_keys(key: str, place: str) -> None:
    (item,) = good(".json", json.dumps([{key: "x"}]))
    assert (getattr(item, place), item.fields) == ("x", ())


def test_note_is_a_description() -> None:
    assert good(".yml", "- Note: x")[0].description == "x"


def test_name_is_a_field() -> None:
    assert fields_of(good(".yml", "- name: x")[0]) == {"name": "x"}


def test_lists_are_joined() -> None:
    (item,) = good(".json", '[{"authors": ["A, B", "C"], "tags": ["a", 1, null], "kind": []}]')
    assert fields_of(item) == {"authors": "A, B; C", "tags": "a, 1", "kind": ""}


def test_numbers_and_dates_are_the_text_that_is_written() -> None:
    assert fields_of(good(".json", '[{"a": 2020.10, "b": 1e5, "c": 7}]')[0]) == {
        "a": "2020.10",
        "b": "1e5",
        "c": "7",
    }
    assert fields_of(good(".yml", "- {a: 0402, b: 2020-01-31, c: no, d: ~}")[0]) == {
        "a": "0402",
        "b": "2020-01-31",
        "c": "no",
        "d": "~",
    }
    text = "[[resources]]\na = 2020.10\nb = 2020-01-31\nc = 2020-01-31T10:00:00Z\nd = 7"
    assert fields_of(good(".toml", text)[0]) == {
        "a": "2020.10",
        "b": "2020-01-31",
        "c": "2020-01-31T10:00:00+00:00",
        "d": "7",
    }


def test_null_means_that_nothing_is_given() -> None:
    assert good(".json", '[{"title": null, "kind": null}]') == [RawItem("", "", "", (), 1)]


# What is wrong with entries


@pytest.mark.parametrize(
    ("suffix", "text", "warnings"),
    [
        (".json", '[{"title": ["A"]}]', ["1: 'title' is a list, not a text"]),
        (".json", '[{"kind": {"a": "b"}}]', ["1: 'kind' is a mapping, not a text"]),
        (".json", '[{"kind": true}]', ["1: 'kind' is true or false, not a text"]),
        (".json", '[{\n"tags": [["a"]]}]', ["2: 'tags' is a list that holds a list, not a text"]),
        (".json", '[{"tags": [{}]}]', ["1: 'tags' is a list that holds a mapping, not a text"]),
        (
            ".json",
            '[{"title": "a\\u0000\\ud800"}]',
            ["1: 'title' holds characters that can't be shown"],
        ),
        (".yml", "- title: [A]", ["1: 'title' is a list, not a text"]),
        (".yml", "- url: x\n  kind: {a: b}", ["2: 'kind' is a mapping, not a text"]),
        (".yml", "- [a]: b", ["1: '?' is named by no text, not a text"]),
        (".toml", "[[resources]]\n[resources.kind]\na=1", ["1: 'kind' is a mapping, not a text"]),
        (".toml", "[[resources]]\n\ntitle = ['A']", ["3: 'title' is a list, not a text"]),
    ],
)
def test_what_is_no_text_is_said_and_the_entry_kept(
    suffix: str, text: str, warnings: list[str]
) -> None:
    items, _ = read_data(text.encode(), suffix, "data")
    assert (said(suffix, text), len(items)) == (warnings, 1)


@pytest.mark.parametrize(
    ("suffix", "text", "line"),
    [
        (".yml", "- title: A\n- x\n- title: B\n", 2),
        (".yml", "- title: A\n- [x]\n- title: B\n", 2),
        (".json", '[{"title": "A"},\nnull, {"title": "B"}]', 2),
        (".json", '[{"title": "A"},\n[7], {"title": "B"}]', 2),
        (".toml", "resources = [\n{title = 'A'}, 7,\n{title = 'B'}]", 2),
    ],
)
def test_an_entry_that_is_no_mapping_leaves_the_others(suffix: str, text: str, line: int) -> None:
    assert said(suffix, text) == [f"{line}: the entry has no keys"]
    assert titles(suffix, text) == ["A", "B"]


@pytest.mark.parametrize(
    ("suffix", "text", "warning"),
    [
        (".yml", "- title: A\n  title: B", "2: 'title' stands twice in this entry"),
        (".json", '[{"title": "A",\n"title": "B"}]', "2: 'title' stands twice in this entry"),
        (".json", '[{"title": "A", "kind": "a",\n"Kind": "b"}]', "2: 'Kind' stands beside kind in"),
        (".json", '[{"title": "A", "url": "", "link": ""}]', "1: 'link' stands beside url in"),
        (".csv", "title,url,title\nA,,B\n", "1: 'title' stands twice in this entry"),
        (".bib", "@misc{a, title = {A},\nTitle = {B}}", "2: 'Title' stands twice in this entry"),
        (".toml", "[[resources]]\ntitle = 'A'\ntitle = 'B'", "3: line 3, column 12: not TOML: "),
    ],
)
def test_a_key_that_stands_twice_is_said(suffix: str, text: str, warning: str) -> None:
    (found,) = said(suffix, text)
    assert found.startswith(warning)
    assert titles(suffix, text) == ([] if suffix == ".toml" else ["A"])


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", "just a text"),
        (".yml", "a: b"),
        (".yml", "resources: text"),
        (".json", '"text"'),
        (".json", "7"),
        (".json", '{"a": []}'),
        (".json", '{"resources": {}}'),
        (".toml", "a = 1"),
        (".toml", "resources = 1"),
    ],
)
def test_a_file_without_a_list_is_said(suffix: str, text: str) -> None:
    assert said(suffix, text) == ["1: the data file holds no list of resources"]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", "resources:\n- title: A\nresources:\n- title: B\n"),
        (
            ".json",
            '{"resources": [{"title": "A"}],\n"x": {"y": [1]},\n\n"resources": [{"title": "B"}]}',
        ),
    ],
)
def test_two_lists_are_both_read(suffix: str, text: str) -> None:
    assert said(suffix, text) == ["4: 'resources' stands twice"]
    assert titles(suffix, text) == ["A", "B"]


# What is wrong with files


@pytest.mark.parametrize(
    ("suffix", "text", "place", "kept"),
    [
        (".yml", "- title: A\n- title: 'B\n", "line 3, column 1: not YAML: ", []),
        (".yml", "- title: A\n\t- x", "line 2, column 1: not YAML: ", []),
        (".toml", "[[resources]]\ntitle = A", "line 2, column 9: not TOML: invalid value", []),
        (".toml", "a = '''", "line 1, column 8: not TOML: ", []),
        (".json", '[{"title": "A"},\n{"title": }]', "line 2, column 11: not JSON: ", ["A"]),
        (".json", '[{"title": "A"}\n{}]', "line 2, column 1: not JSON: expecting ','", ["A"]),
        (".json", '[{"title": "A"}', "line 1, column 16: not JSON: expecting ','", ["A"]),
        (".json", '[{"title": "A"}] x', "line 1, column 18: not JSON: nothing more", ["A"]),
        (".json", "[{title: 1}]", "line 1, column 3: not JSON: expecting a key", []),
        (".bib", '@misc{a,\n title = {A} year = 1}', "line 2, column 14: not BibTeX: ", ["A"]),
        (".bib", "@misc{a, title = {A}}\n@misc{b, title = {B\n@misc{c, title = {C}}",
         "line 2, column 19: not BibTeX: premature end", ["A", "", "C"]),
        (".bib", "@misc{a, title = {A}, year = soon}", "line 1, column 34: not BibTeX: un", ["A"]),
    ],
)  # fmt: skip
def test_faults_of_syntax_have_line_and_column(
    suffix: str, text: str, place: str, kept: list[str]
) -> None:
    (found,) = said(suffix, text)
    assert found.partition(": ")[2].startswith(place)
    assert found.startswith(place.split()[1].strip(",") + ":")
    assert titles(suffix, text) == kept


def test_a_problem_says_what_to_do() -> None:
    _, (problem,) = read_data(b"[1]", ".json", "data/stars.json")
    assert problem == Problem(
        DATA_FILE,
        "data/stars.json",
        1,
        {"why": "the entry has no keys", "advice": "write it as url, title and other keys"},
    )
    assert text_of(problem.subtype, problem.details) == (
        "the entry has no keys; write it as url, title and other keys"
    )


@pytest.mark.parametrize("suffix", READERS)
def test_what_is_no_utf8_is_said(suffix: str) -> None:
    assert said(suffix, b"a\n\xc3\xbc\xff") == ["2: line 2, column 2: not UTF-8"]


@pytest.mark.parametrize("suffix", READERS)
def test_a_nul_byte_is_said(suffix: str) -> None:
    assert said(suffix, b"\xef\xbb\xbfa\r\nb\0") == [
        "2: line 2, column 2: a NUL byte, which no text has"
    ]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", "[" * 100_000),
        (".yml", "- " * 100_000),
        (".yml", "{a: " * 100_000),
        (".toml", "a = " + "[" * 100_000),
        (".toml", ".".join("a" * 100_000) + " = 1"),
        (".toml", "[[resources]]\na = {" + '"a" . ' * 100_000),
        (".json", "[" * 100_000),
        (".json", '[{"a":' + '{"a":' * 100_000),
    ],
)
def test_what_is_nested_too_deep_is_said(suffix: str, text: str) -> None:
    (found,) = said(suffix, text)
    assert "nested too deep" in found


@pytest.mark.parametrize(
    "value", ["{" * 90 + "}" * 90, r"\emph" * 5000, r"\emph{" * 60 + "}" * 60, "$" * 999, "\\"]
)
def test_latex_that_is_nested_too_deep_stays_text(value: str) -> None:
    assert len(read_data(f'@misc{{a, title = "{value}"}}'.encode(), ".bib", "")[0]) == 1


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)
    (problem,) = read_data_file(path, "large.csv")[1]
    assert problem.details["why"] == "the data file is larger than 16 MB"
    assert said(".csv", b"x" * (MAX_BYTES + 1)) == ["1: the data file is larger than 16 MB"]


def test_a_file_that_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def why(path: Path) -> str:
        items, (problem,) = read_data_file(path, path.name)
        assert (items, problem.path, problem.line) == ([], path.name, 1)
        return problem.details["why"]

    (tmp_path / "folder.yml").mkdir()
    assert why(tmp_path / "folder.yml") == "the data file is no file"
    assert why(tmp_path / "none.yml") == "the data file isn't there"
    assert why(tmp_path / "a\0b.yml") in {
        "the data file isn't there",
        "the data file can't be read: embedded null byte",
    }

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "secret.yml").write_text("")
    monkeypatch.setattr(Path, "open", refuse)
    assert why(tmp_path / "secret.yml") == "the data file can't be read: Permission denied"


def test_an_unknown_suffix_is_said(tmp_path: Path) -> None:
    (tmp_path / "stars.xls").write_text("x")
    _, (problem,) = read_data_file(tmp_path / "stars.xls", "stars.xls")
    assert text_of(problem.subtype, problem.details) == (
        "'.xls' is no suffix of data files; "
        "name the file with one of .yml, .yaml, .toml, .csv, .json, .bib, .html"
    )
    assert said("", "x") == ["1: the data file has no suffix"]


def test_the_suffix_may_be_in_capitals() -> None:
    assert titles(".JSON", '[{"title": "A"}]') == ["A"]


# YAML


def test_tags_of_yaml_are_not_acted_on(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    text = f"- title: !!python/object/apply:os.mkdir ['{mark}']\n- title: !!python/name:os.mkdir B"
    assert said(".yml", text) == ["1: 'title' is a list, not a text"]
    assert titles(".yml", text) == ["", "B"]
    assert not mark.exists()


def test_aliases_of_yaml_are_followed() -> None:
    text = "- &a {title: A, tags: &t [x, y]}\n- {title: B, tags: *t}\n- *a\n"
    items = good(".yml", text)
    assert [(item.title, fields_of(item), item.line) for item in items] == [
        ("A", {"tags": "x, y"}, 1),
        ("B", {"tags": "x, y"}, 2),
        ("A", {"tags": "x, y"}, 3),
    ]


def test_aliases_that_grow_without_end_are_refused() -> None:
    lines = ["- &a0 [x, x]", *(f"- &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 30))]
    assert said(".yml", "\n".join(lines)) == [
        "6: line 6, column 20: aliases repeat too many values"
    ]
    text = f"- tags: &t [{'x,' * 1000}]\n" + "- tags: *t\n" * 1000
    assert said(".yml", text) == ["101: line 101, column 9: aliases repeat too many values"]


@pytest.mark.parametrize("text", ["&a [*a]", "- title: *a", "- &a {title: *a}"])
def test_an_alias_of_nothing_is_said(text: str) -> None:
    assert said(".yml", text)[0].endswith(": nothing above is named &a")


def test_a_second_document_of_yaml_is_said() -> None:
    assert said(".yml", "- title: A\n---\n- title: B\n") == [
        "2: line 2, column 1: a second document starts, and a data file is one"
    ]


def test_characters_that_yaml_does_not_take_are_said() -> None:
    (found,) = said(".yml", "- title: A\n- title: ü\x01")
    assert found.startswith("2: line 2, column ")


def test_lines_are_those_of_editors() -> None:
    """YAML ends lines at U+2028 too, and no editor does."""
    assert [item.line for item in good(".yml", "- title: 'a\u2028b\x85c'\n- title: x")] == [1, 2]
    assert [item.line for item in good(".yml", "- title: a\r\n\r- title: x")] == [1, 3]


# TOML


def test_headers_in_texts_and_comments_of_toml_are_none() -> None:
    text = '''\
# [[resources]]
[[resources]]
title = "A" # [[resources]]
description = """
[[resources]]
title = \\"""
"""
tags = [
[["x"],
["resources"]],
]
[[resources]]
title = \'\'\'
[[resources]]\'\'\'
[[resources.more]]
[other]
title = "x"
[["resources"]]
title = "C"
'''
    items, _ = read_data(text.encode(), ".toml", "data")
    assert [item.line for item in items] == [2, 12, 18]
    assert [item.title for item in items] == ["A", "[[resources]]", "C"]


def test_inline_tables_of_toml() -> None:
    items = good(
        ".toml", "x = [{a = 1}]\nresources = [\n {title = 'A'},\n {title = 'B', kind='x'}]"
    )
    assert [(item.title, item.line) for item in items] == [("A", 3), ("B", 4)]


def test_a_number_of_any_length_in_toml() -> None:
    (found,) = said(".toml", "[[resources]]\na = " + "1" * 10_000)
    assert "not TOML" in found


# CSV


@pytest.mark.parametrize(
    "text",
    [
        "url,title\nu,A\n",
        "url;title\nu;A\n",
        "url\ttitle\nu\tA\n",
        "\ufeffurl,title\r\nu,A\r\n",
        "\n,\nUrl , Title \nu,A",
        '"url";"title"\n"u";"A"\n\n',
        "link,title\nu,A\n",
        "url,title,\nu,A,\n,,\n",
    ],
)
def test_tables_of_all_kinds(text: str) -> None:
    assert [(item.url, item.title) for item in good(".csv", text)] == [("u", "A")]


def test_rows_have_the_line_that_they_start_in() -> None:
    text = 'url,title\n\na,"two\nlines"\nb,B\n'
    assert [(i.title, i.line) for i in good(".csv", text)] == [("two lines", 3), ("B", 5)]


@pytest.mark.parametrize(
    ("text", "warnings", "kept"),
    [
        ("https://a.example,A\n", ["1: the first row names no column url"], []),
        ("title,url\nA\n", ["2: the row has 1 cells, and the first row has 2"], ["A"]),
        ("title,url\nA,b,c\n", ["2: the row has 3 cells, and the first row has 2"], ["A"]),
        ("title,\nA,b\n", ["2: a cell stands in a column without a name"], ["A"]),
        ('title,url\n"A"x,a\nB,b\n', ["2: not CSV: ',' expected after '\"'"], ["B"]),
        ('title,url\n"A,a\nB,b\n', ["2: not CSV: quotes are not closed"], ["B"]),
        ('title,url\nA,"', ["2: not CSV: unexpected end of data"], []),
        (
            f"title,url\nA,a\nB,{'b' * 200_000}\nC,c\n",
            ["3: not CSV: field larger than field limit (131072)"],
            ["A", "C"],
        ),
    ],
)
def test_bad_tables_are_said(text: str, warnings: list[str], kept: list[str]) -> None:
    assert (said(".csv", text), titles(".csv", text)) == (warnings, kept)


# BibTeX


def test_an_entry_of_bibtex() -> None:
    text = r"""
@string{sky = "Sky"}
@InProceedings{x,
  author = "van Gogh, Vincent and Ada {\'A}ngel and King, Jr., Martin and others",
  title = "The " # {{DNA}} # " of " # sky,
  year = 2020, month = 2, day = 7,
  doi = {10.1000/a\_b},
  journal = sky # { Journal},
  publisher = {},
  language = {ngerman},
  pages = {1--2},
  level = {beginner},
  levle = {oops},
}"""
    (item,) = good(".bib", text)
    assert (item.url, item.title) == ("https://doi.org/10.1000/a_b", "The DNA of Sky")
    assert fields_of(item) == {
        "author": "Vincent van Gogh; Ada Ángel; Martin King Jr.",
        "date": "2020-02-07",
        "publisher": "Sky Journal",
        "lang": "de",
        "kind": "paper",
        "level": "beginner",
        "levle": "oops",
    }


@pytest.mark.parametrize(
    ("entry", "name", "text"),
    [
        ("@book{a, kind = {video}}", "kind", "video"),
        ("@manual{a, title = {A}}", "kind", "documentation"),
        ("@online{a, title = {A}, type = {page}}", "kind", None),
        ("@misc{a, date = {2020-01-31/2020-02-03}, year = 1999}", "date", "2020-01-31"),
        ("@misc{a, year = 2020, month = {Sept.}}", "date", "2020-09"),
        ("@misc{a, year = 2020, month = {spring}}", "date", "2020"),
        ("@misc{a, year = {in press}}", "date", "in press"),
        ("@misc{a, author = {{Sky and Sons, Ltd.}}}", "author", "Sky and Sons, Ltd."),
        ("@misc{a, editor = {Lovelace, Ada}}", "author", "Ada Lovelace"),
        ("@misc{a, archive = {arXiv}}", "archive", None),
        ("@misc{a, archive = {https://a.example/~x}}", "archive", "https://a.example/~x"),
        ("@misc(a, license = {MIT})", "license", "MIT"),
        ("@misc{, license = {MIT}}", "license", "MIT"),
        ("@misc{license = {MIT}}", "license", "MIT"),
    ],
)
def test_fields_of_bibtex(entry: str, name: str, text: str | None) -> None:
    assert fields_of(good(".bib", entry)[0]).get(name) == text


def test_entries_in_one_line_and_text_between_them() -> None:
    text = "Notes\n@comment{x}\n@preamble{{y}} @misc{a, title={A}} @misc{b,title={B}}\n% end"
    assert [(i.title, i.line) for i in good(".bib", text)] == [("A", 3), ("B", 3)]


def test_strings_that_grow_without_end_are_refused() -> None:
    strings = "".join(f"@string{{s{n} = {'#'.join([f's{n - 1}'] * 10)}}}\n" for n in range(1, 20))
    text = '@string{s0 = "x"}\n' + strings + "@misc{a, title = {A}}\n@misc{b, note = s19}"
    assert titles(".bib", text)[0] == "A"
    assert "strings expand to too much text" in said(".bib", text)[0]


def test_a_bib_file_without_entries_is_said() -> None:
    assert said(".bib", "nothing") == ["1: the data file holds no entry"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'E}mile \& na\"{\i}ve M\'{\i}a \v{S}koda", "Émile & naïve Mía Škoda"),
        (r"\o re stra\ss e \c{c}a \H{o}", "øre straße ça ő"),
        (r"A \emph{word} and \unknown{another}", "A word and another"),
        (r"\LaTeX{} at 50% & more", "LaTeX at 50% & more"),
        (r"\texttt{a\_b} costs \$5", "a_b costs $5"),
        ("``a'' -- b --- c~d", "“a” \N{EN DASH} b — c d"),
        (r"see \url{https://a.example/b}", "see https://a.example/b"),
        ("100 % {Python}", "100 % Python"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert to_text(latex) == text


@pytest.mark.parametrize(
    ("latex", "url"),
    [
        (r"https://a.example/~b?c=1\&d=50\%25", "https://a.example/~b?c=1&d=50%25"),
        (r"\url{https://a.example/b_c}", "https://a.example/b_c"),
        (r"See \href{https://a.example/}{this}.", "https://a.example/"),
        (r"{https://a.example/\~{}b}", "https://a.example/~b"),
    ],
)
def test_addresses_in_latex(latex: str, url: str) -> None:
    assert to_url(latex) == url


# Bookmarks


def test_folders_tags_and_dates_of_bookmarks() -> None:
    text = DOCTYPE + (
        "<DL><p><DT><H3 PERSONAL_TOOLBAR_FOLDER='true'>Bar</H3><DD>ignored\n<DL><p>"
        "<DT><H3>Sky</H3><DL><p><DT><H3>Moon</H3><DL><p>\n"
        '<DT><A HREF="a" ADD_DATE="1600000000" LAST_MODIFIED="1" ICON="data:x" TAGS="x,Moon">A</A>'
        "\n</DL><p></DL><p></DL><p>\n<DT><A HREF='b'>B <b>b</b></A><DD>About b\n</DL>"
    )
    a, b = good(".html", text)
    assert fields_of(a) == {"tags": "Sky, Moon, x", "added": "2020-09-13"}
    assert (a.url, a.title, a.description, a.line) == ("a", "A", "", 4)
    assert (b.url, b.title, b.description, b.fields) == ("b", "B b", "About b", ())


@pytest.mark.parametrize("time", ["soon", "9" * 30, "-99999999999999"])
def test_a_time_that_is_none_is_said(time: str) -> None:
    text = f'{DOCTYPE}<DL><DT>\n<A HREF="a" ADD_DATE="{time}">A</A></DL>'
    assert said(".html", text) == [f"3: ADD_DATE '{time}' is no time"]
    assert titles(".html", text) == ["A"]


def test_folders_that_are_too_deep_are_said() -> None:
    text = DOCTYPE + "<DL><DT>" * 100 + "<A HREF=a>A</A>"
    assert "folders are nested too deep" in said(".html", text)[0]


def test_formatting_that_grows_without_end_is_refused() -> None:
    text = DOCTYPE + "<DL>" + "".join(f"<b id={n}><p>\n" for n in range(100_000))
    assert said(".html", text) == [
        "302: line 302, column 1: bookmarks with more formatting than a browser writes"
    ]


def test_another_page_is_no_bookmarks() -> None:
    assert said(".html", "<!DOCTYPE html><a href=x>X</a>")[0].startswith("1: no bookmarks: ")


def test_bookmarks_come_without_their_last_tags() -> None:
    assert titles(".html", DOCTYPE + "<DL><DT><A HREF=a>A</A><DT><A HREF=b>B") == ["A", "B"]


# Properties

#: Texts that all formats can hold, without blanks at their ends.
TEXTS = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: "\ufeff" not in text)
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"url": TEXTS, "title": TEXTS.filter(bool), "kind": TEXTS, "tags": TEXTS}
    ),
    min_size=1,
    max_size=5,
)


def as_written(items: list[RawItem]) -> list[dict[str, str]]:
    return [{"url": item.url, "title": item.title, **fields_of(item)} for item in items]


@given(ENTRIES, st.sampled_from([None, 1]))
def test_json_comes_back(entries: list[dict[str, str]], indent: int | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(entries, indent=indent, ensure_ascii=ascii_only)
        items = good(".json", text)
        assert as_written(items) == entries
        assert [item.line for item in items] == [
            2 + 6 * n if indent else 1 for n in range(len(entries))
        ]
        assert as_written(good(".json", json.dumps({"x": 1, "resources": entries}))) == entries


@given(ENTRIES, st.sampled_from(",;\t"))
def test_csv_comes_back(entries: list[dict[str, str]], delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(entries[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(entries)
    items = good(".csv", file.getvalue())
    assert as_written(items) == entries
    assert [item.line for item in items] == [n + 2 for n in range(len(entries))]


@given(ENTRIES, st.booleans())
def test_yaml_comes_back(entries: list[dict[str, str]], flow: bool) -> None:
    text = yaml.safe_dump(entries, default_flow_style=flow, allow_unicode=True, width=10_000)
    items = good(".yaml", text)
    assert as_written(items) == entries
    if not flow:
        assert [item.line for item in items] == [1 + 4 * n for n in range(len(entries))]


@given(ENTRIES)
def test_toml_comes_back(entries: list[dict[str, str]]) -> None:
    # What JSON writes as a text is one in TOML too.
    tables = (
        "[[resources]]\n"
        + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in entry.items())
        for entry in entries
    )
    items = good(".toml", "".join(tables))
    assert as_written(items) == entries
    assert [item.line for item in items] == [1 + 5 * n for n in range(len(entries))]


PIECES = st.sampled_from("\n|\r|\t| |  |: |\n- |\ufeff|\x01|é|\u2028".split("|")) | st.sampled_from(
    "[[resources]] resources : = "
    " [ ] { } , \" ' \"\"\" ''' # \\ - ? | > & * ! % @ @misc{a, @string{ "
    "title url author and { month=jan & &a *a <DL> <DT> <A <H3> <DD> </DL> HREF=a ADD_DATE=9 "
    "\\url{ \\'e $ \\emph null true 1 2020-01-01 url,title".split()
)


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=200)
@given(
    data=st.binary(max_size=60) | st.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode())
)
@example(data=b"\xff")
def test_no_file_is_too_bad(suffix: str, data: bytes) -> None:
    for start in (b"", DOCTYPE.encode(), b"[[resources]]\n", b"url,title\n", b"@misc{a,title="):
        items, problems = read_data(start + data, suffix, "data")
        lines = (start + data).replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        places = [item.line for item in items] + [problem.line for problem in problems]
        places += [field.line for item in items for field in item.fields]
        assert all(1 <= place <= lines for place in places)
        for problem in problems:
            assert text_of(problem.subtype, problem.details).encode()
        for item in items:
            assert str(item).encode()


def test_every_reader_is_in_the_manual_of_the_package() -> None:
    assert data_files.__doc__
    for name in ("YAML", "TOML", "CSV", "JSON", "BibTeX", "bookmarks"):
        assert name in data_files.__doc__
