"""Redirects: rows of a table or stub pages, followed to their end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import Problem, text_of
from sphinx_fsp.source.redirects import Rule, output_file, read_csv, read_stub, resolve

PAGES = {"/", "/moon.html", "/mars.html", "/blog/first.html"}


def said(problems: list[Problem]) -> list[str]:
    return [f"{p.path}:{p.line}: {text_of(p.subtype, p.details)}" for p in problems]


def rows(text: str) -> list[tuple[str, str, int]]:
    rules, problems = read_csv(text, "old.csv")
    assert problems == []
    return [(rule.source, rule.target, rule.line) for rule in rules]


def followed(text: str) -> tuple[dict[str, str], list[str]]:
    """Return where each old address leads to in the end, and what is said of the others."""
    rules, _ = read_csv(text, "old.csv")
    found, problems = resolve(
        rules,
        ("https://sky.example/",),
        PAGES.__contains__,
        lambda path: "/moon.html" if path == "/mon.html" else None,
    )
    return {source: redirect.target for source, redirect in found.items()}, said(problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("/a,/b\n/c,/d\n", [("/a", "/b", 1), ("/c", "/d", 2)], id="rows"),
        pytest.param("from,to\n/a,/b\n", [("/a", "/b", 2)], id="heading"),
        pytest.param("From, To\n/a,/b\n", [("/a", "/b", 2)], id="heading in any case"),
        pytest.param("\ufefffrom,to\n/a,/b\n", [("/a", "/b", 2)], id="byte order mark"),
        pytest.param("from,to\r\n/a,/b\r\n", [("/a", "/b", 2)], id="lines as on Windows"),
        pytest.param('"/a, b","/c"\n', [("/a, b", "/c", 1)], id="quotes"),
        pytest.param(" /a , /b \n", [("/a", "/b", 1)], id="blanks"),
        pytest.param("# old\n\n/a,/b\n", [("/a", "/b", 3)], id="comments and blank lines"),
        pytest.param("# old\nfrom,to\n/a,/b\n", [("/a", "/b", 3)], id="heading after a comment"),
        pytest.param("/a,/b,moved in May\n", [("/a", "/b", 1)], id="more columns"),
        pytest.param("/a,/b", [("/a", "/b", 1)], id="no line end"),
        pytest.param("", [], id="empty file"),
    ],
)
def test_a_table_is_read(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("row", ["/a", "/a,", "/a, ", '"/a"'])
def test_a_row_without_target_is_said(row: str) -> None:
    rules, problems = read_csv(f"/x,/y\n{row}\n", "old.csv")
    assert [rule.source for rule in rules] == ["/x"]
    assert said(problems) == ["old.csv:2: redirect /a: has no target; write from,to in each row"]


def test_a_row_without_old_address_is_said() -> None:
    assert len(read_csv(",/b\n", "old.csv")[1]) == 1


@given(st.text(st.one_of(st.sampled_from('",\n\r#/'), st.characters()), max_size=40))
def test_no_table_is_too_bad(text: str) -> None:
    rules, problems = read_csv(text, "old.csv")
    count = text.count("\n") + text.count("\r") + 1
    lines = [rule.line for rule in rules] + [problem.line for problem in problems]
    assert all(1 <= line <= count for line in lines)
    assert all(rule.source and rule.target for rule in rules)


@pytest.mark.parametrize(
    "tag",
    [
        '<meta http-equiv="refresh" content="0; url=/moon.html">',
        "<META HTTP-EQUIV='Refresh' CONTENT='0;URL=/moon.html' />",
        '<meta http-equiv=refresh content="5; url=&quot;/moon.html&quot;">'.replace("&quot;", "'"),
        '<meta name="a" http-equiv="refresh"\n content="0; url = /moon.html">',
    ],
)
def test_a_stub_page_leads_where_its_meta_tag_says(tag: str) -> None:
    text = f"<!DOCTYPE html>\n<head>\n{tag}\n</head>\n"
    assert read_stub(text, "stubs/old.html", "/old.html") == Rule(
        "/old.html", "/moon.html", "stubs/old.html", 3
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>url=/moon.html</p>",
        '<meta charset="utf-8">',
        '<meta http-equiv="refresh" content="30">',
        '<meta http-equiv="refresh',
    ],
)
def test_a_page_that_leads_nowhere_is_no_stub(text: str) -> None:
    assert read_stub(text, "stubs/old.html", "/old.html") is None


@pytest.mark.parametrize(
    ("target", "end"),
    [
        pytest.param("/moon.html", "/moon.html", id="page"),
        pytest.param("moon.html", "/moon.html", id="relative to the root"),
        pytest.param("https://sky.example/moon.html", "/moon.html", id="full address"),
        pytest.param("/moon.html#phases", "/moon.html#phases", id="fragment"),
        pytest.param("/", "/", id="start"),
        pytest.param("https://other.example/x?y#z", "https://other.example/x?y#z", id="other site"),
        pytest.param("//other.example/x", "https://other.example/x", id="other site, no scheme"),
    ],
)
def test_a_redirect_leads_to(target: str, end: str) -> None:
    assert followed(f"/old.html,{target}") == ({"/old.html": end}, [])


def test_the_old_address_may_be_full() -> None:
    found, _ = followed("https://sky.example/old.html,/moon.html")
    assert found == {"/old.html": "/moon.html"}


def test_a_chain_is_followed_to_its_end() -> None:
    found, problems = followed("/a.html,/b.html\n/b.html,/c.html\n/c.html,/moon.html")
    assert found == dict.fromkeys(["/a.html", "/b.html", "/c.html"], "/moon.html")
    assert problems == []


def test_a_chain_may_leave_the_site() -> None:
    found, _ = followed("/a.html,/b.html\n/b.html,https://other.example/")
    assert found["/a.html"] == "https://other.example/"


def test_a_chain_keeps_the_fragment() -> None:
    found, _ = followed("/a.html,/b.html#phases\n/b.html,/moon.html")
    assert found == {"/a.html": "/moon.html#phases", "/b.html": "/moon.html"}


@pytest.mark.parametrize(
    ("table", "warning"),
    [
        pytest.param(
            "/a.html,/a.html",
            "old.csv:1: redirect /a.html: leads back to itself; lead one of the circle to a page",
            id="to itself",
        ),
        pytest.param(
            "/a.html,/mon.html",
            "old.csv:1: redirect /a.html: leads to /mon.html, which doesn't exist; "
            "did you mean /moon.html?",
            id="to nowhere, with a suggestion",
        ),
        pytest.param(
            "/a.html,/pluto.html",
            "old.csv:1: redirect /a.html: leads to /pluto.html, which doesn't exist; "
            "lead it to a page",
            id="to nowhere",
        ),
        pytest.param(
            "/mars.html,/moon.html",
            "old.csv:1: redirect /mars.html: stands over a page that exists; remove it",
            id="over a page",
        ),
        pytest.param(
            "https://other.example/a.html,/moon.html",
            "old.csv:1: redirect https://other.example/a.html: "
            "can't be a file: it is no address of this site; correct the old address",
            id="from another site",
        ),
        pytest.param(
            "/a:b.html,/moon.html",
            "old.csv:1: redirect /a:b.html: can't be a file: it holds ':'; correct the old address",
            id="no file name",
        ),
        pytest.param(
            "/../a.html,/moon.html",
            "old.csv:1: redirect /../a.html: can't be a file: it leaves its folder; "
            "correct the old address",
            id="out of the site",
        ),
        pytest.param(
            "/a.html,javascript:alert(1)",
            "old.csv:1: redirect /a.html: leads to javascript:alert(1); lead it to a page",
            id="to code",
        ),
        pytest.param(
            "/a.html,ftp://other.example/",
            "old.csv:1: redirect /a.html: leads to ftp://other.example/; lead it to a page",
            id="to another protocol",
        ),
        pytest.param(
            "/a.html,http://[other",
            "old.csv:1: redirect /a.html: leads to http://[other; lead it to a page",
            id="to a host that can't be",
        ),
    ],
)
def test_a_redirect_that_does_not_work_is_said(table: str, warning: str) -> None:
    assert followed(table) == ({}, [warning])


@pytest.mark.parametrize(
    ("table", "warnings"),
    [
        pytest.param(
            "/a.html,/b.html\n/b.html,/c.html\n/c.html,/a.html",
            ["old.csv:1: redirect /a.html: leads back to itself by /b.html, /c.html"],
            id="three",
        ),
        pytest.param(
            "/x.html,/b.html\n/a.html,/b.html\n/b.html,/a.html\n/y.html,/x.html",
            [
                "old.csv:1: redirect /x.html: leads to /b.html, which leads back to itself",
                "old.csv:2: redirect /a.html: leads back to itself by /b.html",
                "old.csv:4: redirect /y.html: leads to /b.html, which leads back to itself",
            ],
            id="two, and two that lead there",
        ),
        pytest.param(
            "".join(f"/{n}.html,/{(n + 1) % 6}.html\n" for n in range(6)),
            [
                "old.csv:1: redirect /0.html: leads back to itself by "
                "/1.html, /2.html, /3.html and 2 more"
            ],
            id="six",
        ),
    ],
)
def test_a_circle_is_said_once(table: str, warnings: list[str]) -> None:
    advice = "; lead one of the circle to a page"
    assert followed(table) == ({}, [warning + advice for warning in warnings])


def test_a_long_chain_costs_no_more_than_its_length() -> None:
    """Looks at each redirect a few times: 20,000 of them would else be 200 million looks."""
    looks = 0

    def exists(path: str) -> bool:
        nonlocal looks
        looks += 1
        return path == "/20000.html"

    rules = [Rule(f"/{n}.html", f"/{n + 1}.html", "old.csv", n + 1) for n in range(20000)]
    found, problems = resolve(rules, (), exists, lambda path: None)
    assert (len(found), problems) == (20000, [])
    assert {redirect.target for redirect in found.values()} == {"/20000.html"}
    assert looks == 2 * 20000


def test_the_nearest_address_is_looked_up_for_the_first_only() -> None:
    asked: list[str] = []
    rules = [Rule(f"/{n}.html", f"/{n}x.html", "old.csv", n + 1) for n in range(1000)]
    _, problems = resolve(rules, (), lambda path: False, asked.append)
    assert (len(problems), len(asked)) == (1000, 100)


@pytest.mark.parametrize("again", ["/old", "https://sky.example/old", "/old#x", "/old/"])
def test_of_two_redirects_at_one_address_the_first_counts(again: str) -> None:
    found, problems = followed(f"/old,/moon.html\n{again},/mars.html")
    assert found == {"/old": "/moon.html"}
    assert problems == [f"old.csv:2: redirect {again}: stands in line 1 too; remove one of them"]


NAMES = st.sampled_from(["/a.html", "/b.html", "/c.html", "/d.html", "/moon.html", "/pluto.html"])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_every_rule_works_or_is_said(pairs: list[tuple[str, str]]) -> None:
    found, problems = followed("\n".join(map(",".join, pairs)))
    assert set(found.values()) <= PAGES
    # Of a circle one redirect is said, with the names of the others.
    about = "\n".join(problems)
    assert all(source in found or source in about for source, _ in pairs)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/old.html", "old.html"),
        ("/old.htm", "old.htm"),
        ("/old", "old/index.html"),
        ("/old/", "old/index.html"),
        ("/blog/old.html", "blog/old.html"),
        ("/feeds/all.atom.xml", "feeds/all.atom.xml/index.html"),
    ],
)
def test_the_file_at_an_old_address(address: str, file: str) -> None:
    assert output_file(address) == file
