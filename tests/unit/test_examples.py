"""Code-example pages: which pages are, and what each is about."""

from __future__ import annotations

import pytest

from sphinx_fsp.source.catalogue import Page, SourceFile, build_catalogue
from sphinx_fsp.source.examples import Example, Name, find_examples, name_of
from sphinx_fsp.source.settings import Settings


def pages_of(*titles: str, folder: str = "examples", **more: str) -> tuple[Page, ...]:
    """Return pages of these titles."""
    fields = "".join(f"{key}: {value}\n" for key, value in more.items())
    files = [
        SourceFile(f"{folder}/{n:02}.md", f"title: {title}\n{fields}\nText.\n")
        for n, title in enumerate(titles)
    ]
    return build_catalogue(files, Settings().permalinks, (".md",)).pages


def index(*pages: Page, prefix: str = "") -> list[tuple[str, list[str]]]:
    """Return the modules of an index, with the objects of each, or the titles of pages."""
    return [
        (group.module, [e.name.object if group.module else e.title for e in group.examples])
        for group in find_examples(pages, prefix)
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("sky.stars Star Example Code", Name("sky.stars", "Star", "")),
        ("sky.stars Star Python Code Examples", Name("sky.stars", "Star", "")),
        ("sky.stars find_star code examples", Name("sky.stars", "find_star", "")),
        ("sky.stars Star", Name("sky.stars", "Star", "")),
        ("sky.stars Star.rise() Example", Name("sky.stars", "Star.rise", "")),
        ("sky.stars Star and Planet Example Code", Name("sky.stars", "Star", "and Planet")),
        ("sky.stars Example Code", Name("sky.stars", "", "")),
        ("sky look Example Code", Name("sky", "look", "")),
        ("Star.Images open Example Code", Name("Star.Images", "open", "")),
        ("Sky Example Projects and Code", Name("", "", "Sky Example Projects and Code")),
        ("Sky Extensions", Name("", "", "Sky Extensions")),
        ("sky Example Code", Name("", "", "sky Example Code")),
        ("sky at night Example", Name("", "", "sky at night Example")),
        ("sky.stars: what they are", Name("", "", "sky.stars: what they are")),
        ("sky..stars Star", Name("", "", "sky..stars Star")),
        ("3.11 Release Example Code", Name("", "", "3.11 Release Example Code")),
        ("Example Code", Name("", "", "Example Code")),
        ("", Name("", "", "")),
    ],
)
def test_what_a_title_names(title: str, expected: Name) -> None:
    assert name_of(title) == expected


def test_modules_are_in_order_and_their_classes_first() -> None:
    pages = pages_of(
        "sky.stars find_star Example Code",
        "sky.stars Star Example Code",
        "sky.stars Galaxy Example Code",
        "sky look Example Code",
        "Sky Extensions",
        "bird.owl hoot Example Code",
    )
    assert index(*pages) == [
        ("", ["Sky Extensions"]),
        ("bird.owl", ["hoot"]),
        ("sky", ["look"]),
        ("sky.stars", ["Galaxy", "Star", "find_star"]),
    ]


def test_pages_of_no_module_keep_the_order_of_the_outline() -> None:
    files = [
        SourceFile("examples/1.md", "title: Sky Extensions\nsortorder: 500010002\n\n"),
        SourceFile("examples/2.md", "title: Sky Example Code\nsortorder: 500010001\n\n"),
    ]
    pages = build_catalogue(files, Settings().permalinks, (".md",)).pages
    assert index(*pages) == [("", ["Sky Example Code", "Sky Extensions"])]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("sky", [("", ["SKY Extensions"]), ("sky", ["look"]), ("sky.stars", ["Star"])]),
        ("Sky.Stars", [("sky.stars", ["Star"])]),
        ("sk", []),
        ("skyline", [("skyline.towers", ["Tower"])]),
    ],
)
def test_a_prefix_is_a_module(prefix: str, expected: list[tuple[str, list[str]]]) -> None:
    pages = pages_of("SKY Extensions", "sky look", "sky.stars Star", "skyline.towers Tower")
    assert index(*pages, prefix=prefix) == expected


@pytest.mark.parametrize(
    ("folder", "title", "fields", "is_example"),
    [
        ("examples", "Any title", {}, True),
        ("pages/Examples/sky", "Any title", {}, True),
        ("pages", "sky.stars Star Example Code", {}, True),
        ("pages", "Stars", {"sidebartitle": "sky.stars Star", "slug": "star-examples"}, True),
        ("pages", "sky.stars Star", {}, False),
        ("pages", "Example Projects", {}, False),
        ("pages", "Learning by example", {}, False),
        ("pages", "sky.stars Counterexamples", {}, False),
        ("examples-of-old", "Any title", {}, False),
        ("examples", "Any title", {"status": "hidden"}, False),
        ("examples", "Any title", {"status": "draft"}, False),
    ],
)
def test_which_pages_are_examples(
    folder: str, title: str, fields: dict[str, str], is_example: bool
) -> None:
    assert bool(index(*pages_of(title, folder=folder, **fields))) == is_example


def test_the_navigation_title_counts() -> None:
    pages = pages_of("How to find a star", sidebartitle="sky.stars  Star", slug="star")
    (group,) = find_examples(pages)
    assert group.examples == (Example("star", "sky.stars Star", Name("sky.stars", "Star", "")),)


def test_two_pages_about_one_object_stand_both() -> None:
    pages = pages_of("sky.stars Star Example Code", "sky.stars Star at night")
    assert index(*pages) == [("sky.stars", ["Star", "Star"])]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Star", "class"), ("_Star", "class"), ("find", "function"), ("_", "function"), ("", "")],
)
def test_a_class_starts_with_a_capital_letter(name: str, kind: str) -> None:
    assert Example("x", "X", Name("sky", name, "")).kind == kind
