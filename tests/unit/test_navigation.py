"""What navigation shows of a tree."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.theme.navigation import (
    LENGTH,
    Entry,
    Navigation,
    Words,
    addresses,
    sidebar,
)

WORDS = Words("{count} earlier", "{count} further")


def tree(shape: dict[str, object], name: str = "index") -> Navigation:
    """Return a navigation from nested dictionaries of docnames."""

    def entry(docname: str, below: object) -> Entry:
        made = Entry(docname.title(), docname=docname)
        for child, rest in below.items() if isinstance(below, dict) else ():
            made.children.append(entry(child, rest))
            made.children[-1].parent = made
        return made

    return Navigation(entry(name, shape))


def shown(navigation: Navigation, docname: str) -> list[str]:
    """Return the texts of the links that a page's navigation shows."""
    address = addresses({d: f"{d}.html" for d in navigation.places}, "")
    html = sidebar(navigation, docname, address, WORDS)
    assert html.count("<ul>") == html.count("</ul>")
    assert html.count("<li") == html.count("</li>")
    return [unescape(re.sub("<[^>]*>", "", text)) for text in re.findall("<a .*?</a>", html)]


GUIDE = tree(
    {"start": {"install": {}, "first": {}}, "data": {"sql": {"joins": {}}, "nosql": {}}, "end": {}}
)


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        ("index", "Start Data End"),
        ("start", "Start Install First Data End"),
        ("first", "Start Install First Data End"),
        ("sql", "Start Data Sql Joins Nosql End"),
        ("joins", "Start Data Sql Joins Nosql End"),
        ("nosql", "Start Data Sql Nosql End"),
        ("in-no-toctree", "Start Data End"),
    ],
)
def test_the_open_branch_is_shown_and_no_other(docname: str, expected: str) -> None:
    assert shown(GUIDE, docname) == expected.split()


def test_neighbours_follow_the_tree() -> None:
    order = "index start install first data sql joins nosql end".split()
    assert GUIDE.order == order
    before, after = GUIDE.neighbours("nosql")
    assert before is not None
    assert after is not None
    assert (before.docname, after.docname) == ("joins", "end")
    assert GUIDE.neighbours("index")[0] is None
    assert GUIDE.neighbours("end")[1] is None
    assert GUIDE.neighbours("in-no-toctree") == (None, None)


def test_ancestors_start_below_the_root_document() -> None:
    assert [e.docname for e in GUIDE.ancestors("joins")] == ["data", "sql"]
    assert GUIDE.ancestors("start") == []
    chapter = GUIDE.chapter("joins")
    assert chapter is not None
    assert chapter.docname == "data"


def test_the_current_page_is_marked_once() -> None:
    html = sidebar(GUIDE, "sql", addresses({}, ""), WORDS)
    assert re.findall(r'aria-current="page">(\w+)', html) == ["Sql"]


def test_a_page_outside_is_shown_below_another() -> None:
    html = sidebar(GUIDE, "data/extra", addresses({}, ""), WORDS, below="data")
    assert re.findall(r">(\w+)</a>", html) == ["Start", "Data", "Sql", "Nosql", "End"]
    assert "aria-current" not in html
    assert '<li class="open">' in html


def test_a_long_level_is_a_window_whose_ends_lead_on() -> None:
    navigation = tree({f"p{n}": {} for n in range(1000)})
    texts = shown(navigation, "p500")
    assert texts[0].endswith(" earlier")
    assert texts[-1].endswith(" further")
    assert "P500" in texts
    # Every page is reached by following the ends.
    page, seen = "p500", set()
    address = addresses({f"p{n}": f"p{n}" for n in range(1000)}, "")
    while True:
        html = sidebar(navigation, page, address, WORDS)
        seen |= set(re.findall(r'href="(p\d+)"', html))
        after = re.search(r'href="(p\d+)">\d+ further', html)
        if after is None:
            break
        page = after[1]
    assert seen >= {f"p{n}" for n in range(500, 1000)}


@given(
    st.lists(st.text(max_size=300), min_size=1, max_size=300),
    st.lists(st.text(max_size=300), max_size=300),
    st.integers(0, 299),
)
def test_it_is_never_long_and_always_text(top: list[str], below: list[str], n: int) -> None:
    root = Entry("root", docname="index")
    root.children = [Entry(t, docname=f"a{i}", parent=root) for i, t in enumerate(top)]
    chapter = root.children[n % len(top)]
    chapter.children = [Entry(t, docname=f"b{i}", parent=chapter) for i, t in enumerate(below)]
    html = sidebar(Navigation(root), chapter.docname, addresses({}, "../"), WORDS)
    # Few long titles may be over it, never many.
    assert len(html) < LENGTH + 13 * 800
    assert set(re.findall(r"</?(\w+)", html)) <= {"ul", "li", "a"}
