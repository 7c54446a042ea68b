"""Where in a page the addresses of links and images stand, and what is no link at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_fsp.check.targets import HTML, link_targets
from sphinx_fsp.source.markdown import python_markdown


def found(text: str) -> list[tuple[int, str]]:
    """Return line and address of each, and check that it stands where it is said to."""
    parser = MarkdownIt("commonmark")
    python_markdown(parser)
    targets = link_targets(text, parser)
    lines = text.split("\n")
    for target in targets:
        assert lines[target.line - 1][target.start : target.end] == target.raw
    return [(target.line, target.address) for target in targets]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param("A [x](/a.html) b.", "/a.html", id="link"),
        pytest.param('A [x]( /a.html "T" ) b.', "/a.html", id="with a title"),
        pytest.param("A [x](</a b.html>) b.", "/a b.html", id="in angle brackets"),
        pytest.param("A [x](/a_(b).html) b.", "/a_(b).html", id="with brackets"),
        pytest.param(r"A [x](/a\_b.html) b.", "/a_b.html", id="with an escape"),
        pytest.param("A [x](/a?b&amp;c) b.", "/a?b&c", id="with an entity"),
        pytest.param("A <https://a.org/x> b.", "https://a.org/x", id="autolink"),
        pytest.param("![x](/a.png)", "/a.png", id="image"),
        pytest.param("* item\n    * [x](/a.html)", "/a.html", id="in a nested list"),
        pytest.param("> [x](/a.html)", "/a.html", id="in a quotation"),
        pytest.param("# H [x](/a.html)", "/a.html", id="in a heading"),
        pytest.param("A [two\nlines](/a.html) b.", "/a.html", id="text over two lines"),
        pytest.param("A [x][y].\n\n[y]: /a.html", "/a.html", id="definition"),
        pytest.param('A <a href="/a.html?x&amp;y">x</a> b.', "/a.html?x&y", id="HTML"),
        pytest.param("<div>\n<a class=x href=/a.html>x</a>\n</div>", "/a.html", id="HTML block"),
        pytest.param("<div><img\n  src='/a.png'\n></div>", "/a.png", id="tag over lines"),
        pytest.param(":::{note}\n[x](/a.html)\n:::", "/a.html", id="colons are text here"),
        pytest.param("```{note}\n:class: x\n\n[x](/a.html)\n```", "/a.html", id="directive"),
    ],
)
def test_links(text: str, address: str) -> None:
    assert [a for _, a in found(text)] == [address]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n[x](/a.html)\n```", id="fence"),
        pytest.param("```{code-block} md\n[x](/a.html)\n```", id="code directive"),
        pytest.param("```{unknown}\n[x](/a.html)\n```", id="directive that could hold code"),
        pytest.param("Text.\n\n    [x](/a.html)", id="indented code"),
        pytest.param("A `[x](/a.html)` b.", id="code span"),
        pytest.param("A ``[x](/a.html) ` `` b.", id="longer code span"),
        pytest.param("A `over\n[x](/a.html)` b.", id="code span over lines"),
        pytest.param("<pre>\n[x](/a.html) <a href='/a.html'>x</a>\n</pre>", id="pre"),
        pytest.param("<p><code><a href='/a.html'>x</a></code></p>", id="code in HTML"),
        pytest.param("<!-- <a href='/a.html'>x</a> -->", id="comment"),
        pytest.param("<script>\nx = '<a href=\"/a.html\">'\n</script>", id="script"),
        pytest.param(r"A \[x](/a.html) b.", id="escaped"),
        pytest.param("A <b title='href=\"/a.html\"'>x</b>.", id="attribute in an attribute"),
    ],
)
def test_no_links(text: str) -> None:
    assert found(text) == []


def test_in_doubt_none() -> None:
    # The same address once as a link, and once as what only looks like one.
    assert found(r"A \[x](/a.html) and [y](/a.html).") == []


def test_lines_and_order() -> None:
    text = "One\n[a](/a) [b](/b)\n[a](/a)\n\nTwo `[c](/c)`\n[d](/d)"
    assert found(text) == [(2, "/a"), (2, "/b"), (3, "/a"), (6, "/d")]


@pytest.mark.parametrize(
    ("tag", "alt"),
    [
        ('<img src="/a.png">', None),
        ('<img src="/a.png" alt="">', ""),
        ("<img alt src=/a.png>", ""),
        ("<img alt='A &amp; B' src='/a.png'>", "A & B"),
        ('<img src="/a.png" title="the alt text">', None),
        ('<img src="/a.png" data-alt="x">', None),
    ],
)
def test_alternative_text_in_html(tag: str, alt: str | None) -> None:
    (target,) = link_targets(f"<div>{tag}</div>", MarkdownIt())
    assert (target.syntax, target.is_image, target.alt) == (HTML, True, alt)


@given(st.text(alphabet="[]()<>!`\\\"'=/a \n&;*#:{}", max_size=80))
def test_whatever_is_written_targets_stand_where_they_are_said_to(text: str) -> None:
    found(text)
