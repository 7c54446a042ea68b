"""Words of the search, and how the index holds them."""

from __future__ import annotations

import json

import pytest

from sphinx_fsp.theme.search.index import Found, Heading, Page, packed, script
from sphinx_fsp.theme.search.words import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Web Frameworks", "web frameworks"),
        ("add_url_rule() in flask.Flask", "add url rule in flask flask"),
        ("requirements.txt, full-stack", "requirements txt full stack"),
        ("Café Größe Ελλάδα", "cafe große ελλαδα"),
        ("\uff26\uff35\uff2c\uff2c \ufb01nd", "full find"),
        ("हिन्दी", "हिन्दी"),
        ("Python 3で検索", "python 3 で検 検索"),
        ("字", "字"),
        ("한국어 검색", "한국어 검색"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("", ""),
    ],
)
def test_words(text: str, found: str) -> None:
    assert words(text) == found.split()


def test_numbers_of_units_are_packed() -> None:
    assert packed([]) == ""
    assert packed([(0, 1)]) == "A"
    # Twice the distance; one more, and the count less two.
    assert packed([(3, 1), (4, 2)]) == "GDA"
    # 32 and more take a second digit.
    assert packed([(16, 1)]) == "gB"


def read(text: str) -> dict[str, object]:
    """Return the data of an index."""
    found: dict[str, object] = json.loads(
        text.removeprefix("globalThis.fspSearchIndex=").removesuffix(";\n")
    )
    return found


def test_index() -> None:
    page = Page(
        "moon.html",
        "The Moon",
        "Moon",
        "Sky",
        "it is the nearest",
        (Heading("craters", "Craters", "many"),),
        (Found("Atlas", "https://example.org/"),),
        (Found("moon.phase", "#moon.phase", "Python function"),),
    )
    found = read(script([page], ["Sky"], "en", frozenset({"the", "it", "is"})))
    assert found["pages"] == [["moon.html", "The Moon", 0, "Moon"]]
    assert found["headings"] == [["craters", "Craters"]]
    assert found["resources"] == [["Atlas", "https://example.org/"]]
    assert found["objects"] == [["moon.phase", "#moon.phase", 0]]
    # Stop words are found in names alone.
    assert found["words"] == "atlas craters many moon nearest phase the"
    # "moon" twice in the name of the page, and in that of the function.
    assert str(found["names"]).split(" ")[3] == "BAG"


def test_index_can_stand_in_a_script() -> None:
    page = Page("a.html", "\u2028 </script>", "", "", "")
    text = script([page], [], "en", frozenset())
    assert "\u2028" not in text
    assert read(text)["pages"] == [["a.html", "\u2028 </script>", -1]]
