"""The tree of HTML: closed as browsers close it, no deeper than it may be, and written again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_fsp.transforms.html.dom import (
    MAX_DEPTH,
    Comment,
    Tag,
    parse,
    serialise,
    start_tag,
    text_of,
)


def written(text: str) -> str:
    """Parse HTML and write it again."""
    return serialise(parse(text)).removeprefix("<>").removesuffix("</>")


def first(text: str) -> Tag:
    return next(parse(text).tags)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        pytest.param("<p>a", "<p>a</p>", id="open paragraph"),
        pytest.param("<p>a<p>b", "<p>a</p><p>b</p>", id="paragraph after paragraph"),
        pytest.param("<p>a<div>b</div>", "<p>a</p><div>b</div>", id="block in a paragraph"),
        pytest.param("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", id="open items"),
        pytest.param("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>", id="crossed tags"),
        pytest.param("a</div>b", "ab", id="end without start"),
        pytest.param("a<br>b<br/>c", "a<br>b<br>c", id="no end"),
        pytest.param("<DIV Class=A>x</DIV>", '<div class="A">x</div>', id="upper case"),
        pytest.param("a &lt; b &amp; c", "a &lt; b &amp; c", id="entities"),
        pytest.param("a < b & c", "a &lt; b &amp; c", id="signs without entities"),
        pytest.param('<a title="&quot;x&quot;">', '<a title="&quot;x&quot;"></a>', id="quotes"),
        pytest.param("<input disabled>", "<input disabled>", id="attribute without value"),
        pytest.param("<script>a < b</script>", "<script>a < b</script>", id="script"),
    ],
)
def test_html_is_closed_as_in_a_browser(text: str, closed: str) -> None:
    assert written(text) == closed


def test_the_tree_knows_tags_comments_and_text() -> None:
    root = parse('a<b class="x y">c</b><!-- d -->')
    text, tag, comment = root.children
    assert text == "a"
    assert isinstance(tag, Tag)
    assert (tag.name, tag.classes, tag.get("class"), tag.get("id")) == ("b", ["x", "y"], "x y", "")
    assert comment == Comment(" d ")


def test_a_tag_knows_where_it_starts_and_what_it_stands_in() -> None:
    (row,) = first("text <div>more <em>x</em></div>").tags
    assert (row.name, row.offset, row.parent) == ("em", 15, "div")


def test_the_content_of_a_template_is_kept() -> None:
    assert text_of(first("<template><p>a</p>b</template>")) == "ab"


def test_the_text_of_an_element_is_all_text_below_it() -> None:
    assert text_of(first("<p>a<b>b<i>c</i></b><!-- x -->d</p>")) == "abcd"


def nested(depth: int) -> str:
    """Return elements inside one another, each with its number before and after the next."""
    start = "".join(f"<div>{n} " for n in range(depth))
    return start + "".join(f" {n}</div>" for n in reversed(range(depth)))


@pytest.mark.parametrize("depth", [1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2, 2000])
def test_deep_html_keeps_all_text_in_order(depth: int) -> None:
    numbers = list(map(str, range(depth)))
    assert text_of(parse(nested(depth))).split() == [*numbers, *reversed(numbers)]


@pytest.mark.parametrize(
    ("depth", "kept", "cut"),
    [
        (MAX_DEPTH, MAX_DEPTH, False),
        (MAX_DEPTH + 1, MAX_DEPTH + 1, False),
        (MAX_DEPTH + 2, MAX_DEPTH + 1, True),
        (2000, MAX_DEPTH + 1, True),
    ],
)
def test_deep_html_is_cut_and_says_so(depth: int, kept: int, cut: bool) -> None:
    tag, levels = parse(nested(depth)), 0
    while inner := next(tag.tags, None):
        tag, levels = inner, levels + 1
    assert (levels, tag.cut) == (kept, cut)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="/moon.html">', '<a href="/moon.html">'),
        ('<a href="javascript:alert(1)" title="x">', '<a title="x">'),
        ('<a href=" Java\nScript:alert(1)">', "<a>"),
        ('<a href="javascript&colon;alert(1)">', "<a>"),
        ('<img src="data:image/png;base64,x">', "<img>"),
        ('<form action="javascript:x">', "<form>"),
        ('<button formaction="javascript:x">', "<button>"),
        ('<object data="data:text/html,x">', "<object>"),
        ('<svg><a xlink:href="javascript:x">', "<svg>"),
        ('<a title="javascript:x">', '<a title="javascript:x">'),
        ('<p title="a &quot; b">', '<p title="a &quot; b">'),
    ],
)
def test_an_address_that_runs_code_is_dropped(text: str, expected: str) -> None:
    assert start_tag(first(text)) == expected


def test_a_link_in_a_drawing_loses_an_address_that_runs_code() -> None:
    assert written('<svg><a xlink:href="javascript:x">a</a></svg>') == "<svg><a>a</a></svg>"


def test_attributes_can_be_left_out() -> None:
    tag = first('<p class="a" onclick="x"><b onclick="y">t</b></p>')
    assert serialise(tag, frozenset({"onclick"})) == '<p class="a"><b>t</b></p>'


def test_comments_are_not_written() -> None:
    assert written("<p>a<!-- b -->c</p>") == "<p>ac</p>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<p>a <b>b</b><br>c</p>", id="text"),
        pytest.param("<table><tbody><tr><td>a</td></tr></tbody></table>", id="table"),
        pytest.param("<script>if (a < b && c) {}</script>", id="script"),
        pytest.param("<style>a > b {}</style>", id="style"),
        pytest.param("<pre>\n\nfirst line is empty</pre>", id="line end after pre"),
        pytest.param("<textarea>\n\nx</textarea>", id="line end after textarea"),
        pytest.param("<template>&lt;b&gt;a</template>", id="text of a template"),
        pytest.param("<iframe>a &amp; <b></iframe>", id="text of a frame"),
        pytest.param("<xmp>a < b</xmp>", id="old element for code"),
        pytest.param("<svg><style>&lt;img src=x onerror=y&gt;</style></svg>", id="style in SVG"),
    ],
)
def test_html_that_is_written_is_read_as_the_same(text: str) -> None:
    again = written(text)
    assert text_of(parse(again)) == text_of(parse(text))
    assert written(again) == again


def test_text_of_a_drawing_does_not_become_html() -> None:
    """In SVG, unlike in HTML, the text of a style element may hold entities."""
    text = "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>"
    assert [tag.name for tag in parse(written(text)).tags] == ["svg"]


#: Small pieces of HTML with everything closed.
HTML = st.recursive(
    st.text(st.sampled_from("ab <>&\"'\n"), max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "section", "blockquote", "span", "em"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=10,
)
#: Pieces of HTML in any order, as they stand in pages that were never checked.
PIECES = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</i>", "<li>", "<table>", "<td>", "<br/>", "&lt", "'>"])
    | st.sampled_from(
        ["<a href='", "</a>", "<!--", "-->", "<script>", "</script>", "<svg>", "<![CD"]
    )
    | st.text(max_size=5),
    max_size=15,
).map("".join)


@given(HTML)
def test_well_formed_html_comes_back_as_it_was(text: str) -> None:
    assert written(written(text)) == written(text)
    assert text_of(parse(written(text))) == text_of(parse(text))


@given(PIECES)
def test_no_html_is_too_bad(text: str) -> None:
    assert isinstance(written(text), str)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<li>", "</ul>", "word "])))
def test_no_text_is_lost(parts: list[str]) -> None:
    assert text_of(parse("".join(parts))).count("word") == parts.count("word ")
