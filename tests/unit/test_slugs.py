"""Slugs and permalinks are those of Pelican."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pelican_itself import DEFAULT_CONFIG
from pelican_itself import slugify as pelican_slugify

from sphinx_fsp.source.slugs import permalink, slug_fault, slugify

PERMALINKS = {"page": "{slug}", "*": "blog/{slug}"}
#: Letters, digits, marks of punctuation and blanks of Latin, Greek and Cyrillic text. Left out are
#: those that HTML is made of, which have their own cases, and the few for which text-unidecode
#: and Pelican's Unidecode have different letters.
EUROPEAN = st.characters(
    max_codepoint=0x4FF,
    categories=["L", "N", "P", "S", "Zs"],
    exclude_characters="<>&\u02ff\u03ff\u0404\u04ff",
)


def by_pelican(title: str) -> str:
    return str(pelican_slugify(title, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("First Light", "first-light"),
        ("  First   Light  ", "first-light"),
        ("What's up, tonight?", "whats-up-tonight"),
        ("Moon & Mars", "moon-mars"),
        ("Moon &amp; Mars", "moon-mars"),
        ("Reading &quot;Cosmos&quot;", "reading-cosmos"),
        ("f/2.8 or f/4?", "f28-or-f4"),
        ("C++ and C#", "c-and-c"),
        ("snake_case stays", "snake_case-stays"),
        ("a -- b", "a-b"),
        ("-Zenith-", "-zenith-"),
        ("<em>Bright</em> stars", "bright-stars"),
        ("Magnitude < 6", "magnitude-6"),
        ("Tycho's “rays”", "tychos-rays"),
        ("Käufer & Straße", "kaufer-strasse"),
        ("Ångström, Çelik, Łódź", "angstrom-celik-lodz"),
        ("ﬁeld № ½", "field-no-12"),
        ("Ελλάδα", "ellada"),
        ("Звёзды", "zviozdy"),
        ("non\u00a0breaking", "non-breaking"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_a_title_makes_the_slug_that_pelican_makes(title: str, slug: str) -> None:
    assert (slugify(title), by_pelican(title)) == (slug, slug)


@settings(max_examples=300)
@given(st.text(EUROPEAN))
@example("a - -b")
def test_any_european_title_makes_the_slug_that_pelican_makes(title: str) -> None:
    assert slugify(title) == by_pelican(title)


@given(st.text())
def test_the_slug_of_any_title_is_an_address(title: str) -> None:
    slug = slugify(title)
    assert slug == "" or slug_fault(slug[:200]) == ""


@pytest.mark.parametrize(
    "slug",
    ["orion", "django-4.2", "first_light", "posts/first-light", "étoiles", "v1.0", "a" * 200],
)
def test_a_slug_that_can_be_an_address(slug: str) -> None:
    assert slug_fault(slug) == ""


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("", "it is empty"),
        ("a:b", "it holds ':'"),
        ("what?", "it holds '?'"),
        ("a#b", "it holds '#'"),
        ("100%", "it holds '%'"),
        ("a\\b", r"it holds '\\'"),
        ("a\tb", r"it holds '\t'"),
        ("a\x7fb", r"it holds '\x7f'"),
        ("<a>", "it holds '<'"),
        ("..", "it leaves its folder"),
        ("../orion", "it leaves its folder"),
        ("a/../../orion", "it leaves its folder"),
        ("./orion", "it leaves its folder"),
        ("a//b", "it has an empty part"),
        ("/orion", "it has an empty part"),
        ("orion/", "it has an empty part"),
        ("a/ /b", "it has an empty part"),
        ("a /b", "it has an empty part"),
        ("a" * 201, "it is longer than 200 bytes"),
        ("é" * 101, "it is longer than 200 bytes"),
    ],
)
def test_a_slug_that_can_not_be_an_address(slug: str, why: str) -> None:
    assert slug_fault(slug) == why


@given(st.lists(st.sampled_from(["..", ".", "a", "b ", " ", "", "/"]), max_size=6).map("/".join))
def test_no_slug_leaves_the_folder(slug: str) -> None:
    path = PurePosixPath(slug)
    if not slug_fault(slug):
        assert not path.is_absolute()
        assert ".." not in path.parts


@pytest.mark.parametrize(
    ("category", "permalinks", "docname"),
    [
        pytest.param("page", PERMALINKS, "orion", id="of its category"),
        pytest.param("post", PERMALINKS, "blog/orion", id="of all others"),
        pytest.param("post", {"page": "{slug}"}, "orion", id="no pattern"),
        pytest.param("Sky Notes", {"*": "{category}/{slug}"}, "sky-notes/orion", id="category"),
        pytest.param("page", {"page": "/{slug}/"}, "orion", id="slashes"),
        pytest.param("page", {"page": "{slug}/index"}, "orion/index", id="folder"),
    ],
)
def test_a_permalink_is_the_pattern_filled_in(
    category: str, permalinks: dict[str, str], docname: str
) -> None:
    assert permalink("orion", category, permalinks) == docname


BY_PLACE = {
    "post": "blog/{slug}",
    "news/": "n/{slug}",
    "news/old/": "{date:%Y/%m}/{slug}",
    "news/hallo.md": "{slug}-de",
}


@pytest.mark.parametrize(
    ("path", "date", "docname"),
    [
        pytest.param("news/a.md", "", "n/orion", id="of its folder, before its category"),
        pytest.param("news/old/a.md", "2024-05-06", "2024/05/orion", id="of the innermost"),
        pytest.param("news/old/a.md", "", "orion", id="without a date"),
        pytest.param("news/hallo.md", "", "orion-de", id="of its file"),
        pytest.param("newsletter/a.md", "", "blog/orion", id="of a folder by its whole name"),
    ],
)
def test_a_permalink_by_place(path: str, date: str, docname: str) -> None:
    assert permalink("orion", "post", BY_PLACE, path, date) == docname
