"""Groups of an archive: which posts are in each, in which order, and what a link names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_posts import catalogue_of

from sphinx_fsp.source.groups import KINDS, group_pages
from sphinx_fsp.source.posts import Selection, select_pages


def groups_of(
    kind: str, *headers: str, otherwise: str = "", taken: tuple[str, ...] = ()
) -> list[tuple[str, str, list[str]]]:
    """Return name, identifier and slugs of the posts of each group."""
    pages = select_pages(catalogue_of(*headers).pages, Selection(("post", "talk")))
    groups = group_pages(pages, kind, otherwise, taken)
    return [(g.name, g.id, [page.slug for page in g.pages]) for g in groups]


def tagged(*tags: str) -> list[str]:
    """Return headers of posts, the newest first."""
    return [
        f"slug: p{n}; category: post; date: 20{50 - n}-01-01; tags: {tag}"
        for n, tag in enumerate(tags)
    ]


POSTS = (
    "slug: a; category: post; date: 2024-05-31T23:00:00-05:00; author: Zoë",
    "slug: b; category: Talk; date: 2024-05-02; authors: adam, Zoe",
    "slug: c; category: post; date: 2023-05-02",
    "slug: d; category: post",
)


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("year", [("2024", "2024", ["a", "b"]), ("2023", "2023", ["c"]), ("", "year", ["d"])]),
        (
            "month",
            [
                ("2024-05", "2024-05", ["a", "b"]),
                ("2023-05", "2023-05", ["c"]),
                ("", "month", ["d"]),
            ],
        ),
        ("category", [("post", "post", ["a", "c", "d"]), ("Talk", "talk", ["b"])]),
        ("author", [("adam", "adam", ["b"]), ("Zoë", "zoe", ["a", "b"])]),
        ("tag", []),
    ],
)
def test_groups(kind: str, groups: list[tuple[str, str, list[str]]]) -> None:
    assert groups_of(kind, *POSTS) == groups


def test_who_names_no_author_is_the_default() -> None:
    found = groups_of("author", *POSTS, otherwise="The club")
    assert ("The club", "the-club", ["c", "d"]) in found


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        pytest.param(
            ["b, C, ähre, Ahorn"], ["Ahorn", "ähre", "b", "C"], id="in alphabetical order"
        ),
        pytest.param(["Night  Sky", "night-sky"], ["Night Sky"], id="one slug, one tag"),
        pytest.param(["Sky, sky"], ["Sky"], id="twice in a header"),
        pytest.param(
            ["\N{FULL MOON SYMBOL}, !, ?"], ["!", "?", "\N{FULL MOON SYMBOL}"], id="no slug"
        ),
        pytest.param([",, ,"], [], id="none"),
        pytest.param(["<b>x</b>, a/b, ]]>"], ["<b>x</b>", "]]>", "a/b"], id="markup is text"),
    ],
)
def test_names_are_shown_as_written(tags: list[str], names: list[str]) -> None:
    found = groups_of("tag", *tagged(*tags))
    assert [name for name, _, _ in found] == names
    assert all(slugs == sorted(set(slugs)) for _, _, slugs in found)


def test_an_identifier_is_the_slug_or_a_free_one() -> None:
    found = groups_of("tag", *tagged("Tags, tag tags, !, content, ?, moon"), taken=("tags",))
    assert {name: identifier for name, identifier, _ in found} == {
        "tag tags": "tag-tags",
        "Tags": "tag-tags-2",
        "content": "tag-content",
        "moon": "moon",
        "!": "tag",
        "?": "tag-2",
    }


@given(
    st.sampled_from(KINDS), st.lists(st.text(st.characters(exclude_characters="\n\r;")), max_size=4)
)
def test_any_name_has_a_place_of_its_own(kind: str, names: list[str]) -> None:
    headers = [
        f"slug: p{n}; category: post; date: 2024-01-0{n + 1}; tags: {name}; author: {name}"
        for n, name in enumerate(names)
    ]
    found = groups_of(kind, *headers)
    identifiers = [identifier for _, identifier, _ in found]
    assert len(set(identifiers)) == len(found)
    assert all(re.fullmatch(r"[\w-]+", identifier, re.ASCII) for identifier in identifiers)
    assert found == groups_of(kind, *headers)
