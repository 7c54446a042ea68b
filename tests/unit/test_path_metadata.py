"""What pages get by their path: for whole folders, for single files, and from names of files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.config import OPTIONS
from sphinx_fsp.source.catalogue import SourceFile, build_catalogue
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.metadata import PathMetadata

DATED = r"(?:.*/)?(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>[^/]*)"
FOLDER = r"(?:.*/)?(?P<category>[^/]+)/[^/]+"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("pond.md", {"category": "notes", "author": "Ada"}),
        ("walks/pond.md", {"category": "walks", "author": "Ada"}),
        ("pages/pond.md", {"category": "page", "author": "Ada"}),
        ("pages/en/pond.md", {"category": "page", "author": "Ada", "lang": "en"}),
        ("walks/hill.md", {"category": "hills", "author": "Ada"}),
        (
            "walks/2024-05-06-The Pond.md",
            {"category": "walks", "author": "Ada", "date": "2024-05-06", "slug": "the-pond"},
        ),
    ],
)
def test_what_is_nearest_goes_first(path: str, found: dict[str, str]) -> None:
    by_path = {
        "*": {"category": "notes", "author": "Ada"},
        "pages/": {"category": "page"},
        "pages/en/": {"lang": "en"},
        "walks/hill.md": {"category": "hills"},
    }
    assert PathMetadata(by_path, (DATED, FOLDER)).of(path) == found


def test_the_first_pattern_that_names_a_value_counts() -> None:
    patterns = (r"(?P<lang>\w+)/", r"(?P<lang>..)(?P<slug>.*)")
    assert PathMetadata({}, patterns).of("de/hallo.md")["lang"] == "de"


def test_a_slug_in_a_path_is_made_one_folder_by_folder() -> None:
    metadata = PathMetadata({}, (r"(?P<slug>.*)",))
    assert metadata.of("News/2014-05-06_Fête.md") == {"slug": "news/2014-05-06_fete"}


def test_headers_go_before_paths_and_empty_values_dont() -> None:
    header = read_header("title: A\ncategory:\nslug: a\n\nText.", {"category": "b", "slug": "c"})
    assert header is not None
    assert (header.get("category"), header.get("slug")) == ("b", "a")
    assert header.line("category") == 2


def test_a_yaml_header_with_a_title_is_one_where_the_folder_says_the_rest() -> None:
    text = "---\ntitle: A\ndate: 2024-05-06\n---\n\nText."
    assert read_header(text) is None
    assert read_header(text, {"category": "notes"}) is not None
    assert read_header("---\norphan: true\n---\n\n# Blog", {"category": "notes"}) is None


def test_drafts_by_folder() -> None:
    files = [
        SourceFile("a.md", "title: A\nstatus: published\n\nText."),
        SourceFile("b.md", "title: B\n\nText."),
    ]
    metadata = PathMetadata({"*": {"status": "draft"}})
    catalogue = build_catalogue(files, {}, (".md",), (), metadata)
    assert [page.path for page in catalogue.pages] == ["a.md"]
    assert catalogue.drafts == ("b.md",)


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("fsp_metadata", {"*": {"status": "draft"}, "a/": {}}, True),
        ("fsp_metadata", {"*": "draft"}, False),
        ("fsp_metadata", {"*": {"Status": "draft"}}, False),
        ("fsp_metadata", {"*": {"sortorder": 1}}, False),
        ("fsp_metadata", [], False),
        ("fsp_path_metadata", [DATED], True),
        ("fsp_path_metadata", DATED, False),
        ("fsp_path_metadata", ["("], False),
        ("fsp_path_metadata", [".*"], False),
    ],
)
def test_values_of_the_wrong_kind_are_refused(name: str, value: object, *, good: bool) -> None:
    (option,) = (option for option in OPTIONS if option.name == name)
    assert option.accepts(value) is good


@given(st.text(max_size=80))
def test_any_path_has_values(path: str) -> None:
    found = PathMetadata({"*": {"a": "b"}}, (DATED, FOLDER)).of(path)
    assert found["a"] == "b"
    assert not re.search(r"[A-Z\s]", found.get("slug", ""))
