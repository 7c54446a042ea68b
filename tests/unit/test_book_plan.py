"""What is in the book: chapters, appendices, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.book.plan import Plan, is_left_out, make_plan, unknown_names
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.front_matter import Header


def page(docname: str, category: str = "page", date: str = "", *, hidden: bool = False) -> Page:
    slug = docname.rpartition("/")[2]
    header = Header({}, 1, False, ())
    return Page(
        f"{slug}.md", docname, slug, slug, slug, category, "", False, date, "", hidden, header
    )


PAGES = [
    page("sky"),
    page("moon"),
    page("stars"),
    page("astropy"),
    page("astropy-time"),
    page("lost"),
    page("blog/newest", "post", "2026-02-01"),
    page("blog/oldest", "post", "2020-01-01"),
    page("blog/a-talk", "talk", "2021-01-01"),
    page("secret", hidden=True),
]
TOCTREES = {
    "index": ["sky", "stars", "astropy", "lost"],
    "sky": ["moon"],
    "astropy": ["astropy-time"],
}
#: What the root's toctree holds out of sight.
UNLISTED = ("astropy", "lost")
EXAMPLES = {"astropy", "astropy-time"}


def plan(*exclude: str, toctrees: Mapping[str, Sequence[str]] = TOCTREES) -> Plan:
    return make_plan("index", toctrees, UNLISTED, PAGES, EXAMPLES, exclude)


def shown(found: Plan) -> list[str]:
    """Write the chapters, then each appendix as ``name: pages``; ``+`` when a page opens it."""
    lines = [" ".join(found.chapters)]
    for appendix in found.appendices:
        mark = "+" if appendix.has_head else ""
        lines.append(f"{mark}{appendix.name}: {' '.join(appendix.docnames)}".strip())
    return lines


def test_all_that_is_not_left_out_is_a_chapter_or_an_appendix() -> None:
    assert shown(plan()) == [
        "index sky moon stars",
        "+astropy: astropy-time",
        "page: lost",
        "post: blog/oldest blog/newest",
        "talk: blog/a-talk",
    ]


def test_the_default_leaves_out_posts_talks_and_examples() -> None:
    assert shown(plan("post", "talk", "examples")) == ["index sky moon stars", "page: lost"]


@pytest.mark.parametrize(
    ("exclude", "gone"),
    [
        (["post"], {"blog/oldest", "blog/newest"}),
        (["Post"], {"blog/oldest", "blog/newest"}),
        (["blog/*"], {"blog/oldest", "blog/newest", "blog/a-talk"}),
        (["examples"], {"astropy", "astropy-time"}),
        (["moon", "st?rs"], {"moon", "stars"}),
        # The pages of its chapter stay.
        (["sky"], {"sky"}),
    ],
)
def test_what_exclude_names_is_left_out(exclude: list[str], gone: set[str]) -> None:
    assert plan().docnames - plan(*exclude).docnames == gone


def test_a_page_of_a_chapter_that_is_left_out_is_not_lost() -> None:
    assert shown(plan("sky", "post", "talk", "examples")) == ["index stars", "page: lost moon"]


def test_a_hidden_page_is_in_no_book() -> None:
    assert "secret" not in plan().docnames


def test_a_guide_with_toctrees_of_its_own() -> None:
    toctrees = {"index": ["stars", "intro"], "stars": ["moon"]}
    found = make_plan("index", toctrees, (), PAGES, (), ["post", "talk", "page"])
    assert found.chapters == ("index", "intro")
    found = make_plan("index", toctrees, (), PAGES, (), ["post", "talk"])
    assert found.chapters == ("index", "stars", "moon", "intro")


def test_toctrees_that_go_in_circles_end() -> None:
    found = plan(toctrees={"index": ["sky"], "sky": ["moon", "index"], "moon": ["sky"]})
    assert found.chapters == ("index", "sky", "moon")


def test_a_pattern_is_no_category() -> None:
    assert not is_left_out(page("moon"), ["mo"], ())
    assert is_left_out(page("moon"), ["mo*"], ())


def test_a_page_is_named_by_slug_or_file() -> None:
    post = page("blog/oldest")._replace(slug="oldest", path="posts/1.md")
    for name in ("oldest", "posts/1.md", "blog/oldest"):
        assert is_left_out(post, [name], ())
    assert not is_left_out(post, ["1.md"], ())


def test_names_that_mean_nothing() -> None:
    names = ["Posts", "st*", "examples", "moons", "x"]
    assert list(unknown_names(PAGES, names, EXAMPLES)) == [
        ("Posts", "post"),
        ("moons", "moon"),
        ("x", ""),
    ]


NAMES = st.sampled_from([p.docname for p in PAGES])


@given(
    st.dictionaries(st.just("index") | NAMES, st.lists(NAMES, max_size=4), max_size=6),
    st.lists(NAMES, max_size=3, unique=True),
    st.lists(st.sampled_from(["post", "talk", "examples", "m*", "sky"]), max_size=3),
)
def test_every_page_is_in_the_book_once_or_left_out(
    toctrees: dict[str, list[str]], unlisted: list[str], exclude: list[str]
) -> None:
    found = make_plan("index", toctrees, unlisted, PAGES, EXAMPLES, exclude)
    heads = [a.name for a in found.appendices if a.has_head]
    everywhere = [*found.chapters, *heads, *(d for a in found.appendices for d in a.docnames)]
    assert len(everywhere) == len(set(everywhere))
    for known in PAGES:
        left_out = is_left_out(known, exclude, EXAMPLES)
        if left_out:
            assert known.docname not in everywhere
        elif not known.hidden:
            assert known.docname in everywhere
