"""What finds losses must find each kind of them. See `pagecontent`."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pagecontent
import pdfcontent
import pytest
from htmlcontent import Resolver, documents_of, html_page
from pagecontent import Loss, PageContent, losses, signs, unprinted, words_of
from pdfcontent import Link, whole_links
from pdfwords import Place, Word, flow, margins, text_of, without_note_numbers

PAGE = """
<article>
<div data-fsp-chrome>Written last year</div>
<h1>The Moon<a class="headerlink" href="#moon">¶</a></h1>
<p>It&rsquo;s the <a class="reference internal" href="sky.html#sky">sky</a>&rsquo;s
brightest lamp, says
<a class="reference external" href="https://moon.example/a%20b">its page</a>, and so does
<a class="reference internal" href="blog/news.html">a post</a>.</p>
<div class="admonition seealso well"><p>See also</p><p>The <a class="reference internal"
href="night-sky.html">night sky</a> chapter.</p></div>
<img src="moon.png" alt="The Moon"><img src="gone.png" alt="Crater map">
<ul><li>Full moon<ul><li>every month</li></ul></li></ul>
<pre>if full:
    look("up")
</pre>
<table><tr><td>Distance</td><td>384,400 km</td></tr></table>
<iframe src="https://film.example/1" title="A film"></iframe>
</article>
"""


@pytest.fixture
def moon(tmp_path: Path) -> PageContent:
    """Return the content of the page above, in a book with two pages."""
    (tmp_path / "moon.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "moon.png").touch()
    moved = '<meta http-equiv="refresh" content="0; url=night-sky.html">'
    (tmp_path / "sky.html").write_text(moved, encoding="utf-8")
    for name in ("night-sky.html", "blog/news.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    documents = documents_of(tmp_path)
    book = {"moon", "night-sky"}
    return html_page(
        tmp_path / "moon.html", Resolver("moon.html", documents, book, "https://sky.example/")
    )


def flat(page: PageContent) -> PageContent:
    """Return a page as a PDF has it: words in a row, and no other order."""
    rows = [
        *page.headings, "it's the sky's brightest lamp, says its page, and so does a post",
        *page.wells, *page.items, *page.code, *page.cells, *page.frames, "Crater map",
    ]  # fmt: skip
    text = " ".join(rows)
    words = tuple(words_of(text))
    return PageContent(
        words=words, text=signs(text), images=page.images, links=page.links,
        addresses=page.addresses, flat=True,
    )  # fmt: skip


def test_content_of_html(moon: PageContent) -> None:
    assert moon.headings == ("The Moon",)
    assert moon.wells == ("See also The night sky chapter.",)
    assert moon.items == ("Full moon", "every month")
    assert moon.cells == ("Distance", "384,400 km")
    assert moon.code == ("if full:", '    look("up")')
    assert moon.frames == ("A film",)
    # The book has no page for the post, and a link in the place of the film.
    assert moon.links == (frozenset({"night-sky#sky"}), frozenset({"night-sky"}))
    assert moon.addresses == (
        "https://moon.example/a%20b",
        "https://sky.example/blog/news.html",
        "https://film.example/1",
    )
    # An image that isn't there is its alternative text.
    assert moon.images == 1
    assert {"crater", "map"} <= {*moon.words}
    assert not {"written", "film"} & {*moon.words}


@pytest.mark.parametrize("got", ["as in EPUB", "as in a PDF"])
def test_nothing_is_lost(moon: PageContent, got: str) -> None:
    epub = replace(moon, words=(*moon.words, "a", "film"), frames=())
    assert losses(moon, epub if got == "as in EPUB" else flat(moon)) == []


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("headings", "The Moon"),
        ("wells", "See also The night sky chapter."),
        ("items", "every month"),
        ("cells", "384,400 km"),
        ("frames", "A film"),
        ("code", '    look("up")'),
        ("addresses", "https://moon.example/a b"),
        ("links", "night-sky#sky"),
        ("images", "0 of 1"),
        ("words", "brightest"),
    ],
)
@pytest.mark.parametrize("as_pdf", [False, True])
def test_each_loss_is_found(moon: PageContent, kind: str, what: str, as_pdf: bool) -> None:
    got = flat(moon) if as_pdf else replace(moon, words=(*moon.words, "a", "film"))
    if kind == "images":
        got = replace(got, images=0)
    elif kind == "links":
        got = replace(got, links=got.links[1:])
    elif kind == "addresses":
        got = replace(got, addresses=got.addresses[1:])
    elif kind == "words":
        got = replace(got, words=tuple(w for w in got.words if w != what))
    elif as_pdf or kind == "frames":
        # The words are there, one by one and in other places: not as a row.
        lost = words_of(what)
        left = [w for w in got.words if w not in lost]
        apart = [x for w in reversed(lost) for x in (w, *["other"] * 7)]
        text = got.text.replace(signs(what), "")
        got = replace(got, words=(*left, *apart), text=text)
    else:
        left_over: Any = {kind: tuple(x for x in getattr(got, kind) if x != what)}
        got = replace(got, **left_over)
    assert Loss(kind, what) in losses(moon, got)


def test_what_is_there_once_too_few() -> None:
    twice = PageContent(
        words=("moon", "moon"),
        links=(frozenset({"moon"}), frozenset({"moon"})),
        addresses=("https://moon.example/", "https://moon.example"),
        images=2,
    )
    once = PageContent(
        words=("moon",),
        links=(frozenset({"moon", "moon#moon"}),),
        addresses=("https://moon.example",),
        images=1,
    )
    assert losses(twice, once) == [
        Loss("words", "moon"),
        Loss("images", "1 of 2"),
        Loss("links", "moon"),
        Loss("addresses", "https://moon.example"),
    ]


def test_a_link_that_may_lead_to_the_site(tmp_path: Path) -> None:
    page = '<article><a class="reference external" href="../moon.html">Moon</a></article>'
    (tmp_path / "sky.html").write_text(page, encoding="utf-8")
    resolver = Resolver("sky.html", {"moon.html": "moon"}, {"moon"}, "https://sky.example/")
    wanted = replace(html_page(tmp_path / "sky.html", resolver), words=())
    got = PageContent(links=(frozenset({"moon"}),))
    got_too = PageContent(addresses=("https://sky.example/moon.html",))
    assert losses(wanted, got) == []
    assert losses(wanted, got_too) == []
    assert losses(wanted, PageContent()) == [Loss("links", "https://sky.example/moon.html or moon")]
    two = replace(wanted, links=(*wanted.links, frozenset({"moon"})))
    assert losses(two, PageContent(links=got.links, addresses=got_too.addresses)) == []


def test_an_address_that_only_readers_understand() -> None:
    wanted = PageContent(written=("localhost:5000/4/",))
    assert losses(wanted, PageContent(text="openlocalhost:5000/4/.")) == []
    assert losses(wanted, PageContent()) == [Loss("written", "localhost:5000/4")]


def test_a_mark_that_is_left_in_code() -> None:
    wanted = PageContent(code=("a = 1",), text="a=1")
    assert losses(wanted, PageContent(text="x~~a=1", flat=True)) == [Loss("code", "a = 1")]
    assert losses(wanted, PageContent(code=("~~a = 1",))) == [Loss("code", "a = 1")]


def test_what_tex_puts_between_words() -> None:
    wanted = PageContent(words=("see", "the", "moon"), items=("See the moon",))
    noted = PageContent(words=("see", "the", "page", "12", "moon"), flat=True)
    assert losses(wanted, noted) == []


def test_addresses_that_are_not_printed() -> None:
    text = signs("Links 1. https://moon.example/a-long-\nad\ndress")
    wanted = ["https://moon.example/a-long-address/", "https://mars.example"]
    assert unprinted(wanted, text) == [Loss("notes", "https://mars.example")]


def line(text: str, y: float = 100, page: int = 0, left: float = 50) -> list[Word]:
    """Return the words of a line, ten points high."""
    found = []
    for part in re.findall(r"\S+", text):
        width = 5.0 * len(part)
        found.append(Word(part, page, left, y - 10, left + width, y))
        left += width + 5
    return found


def test_words_that_a_line_parts() -> None:
    words = [*line("A self-made exam-", 100), *line("ple of well-", 112), *line("known stars", 124)]
    page = PageContent(words=tuple(flow(words)), flat=True)
    wanted = words_of("A self-made example of well-known stars")
    assert losses(PageContent(words=tuple(wanted)), page) == []
    assert losses(PageContent(words=("exams",)), page) == [Loss("words", "exams")]


def test_code_that_a_line_parts() -> None:
    words = [*line("print(1, 2,"), *line(",→ 3)", 112), *line("(continues on next page)", 124)]
    assert text_of(words) == "print(1,2,3)"


def test_links_that_a_line_parts() -> None:
    words = [*line("See the Full Moon"), *line("Atlas of (the atlas)", 112)]
    atlas = [
        Link(Place(0, 95), words[2].left, words[3].right, address="https://a.example"),
        Link(Place(0, 107), words[4].left, words[4].right, address="https://a.example"),
        Link(Place(0, 107), words[6].left, words[7].right, address="https://a.example"),
    ]
    assert [text for _link, text in whole_links(atlas, words)] == ["Full Moon Atlas", "(the atlas)"]


def test_running_heads_and_page_numbers() -> None:
    pages = [
        [
            *line("The Moon", 40, n),
            *(w for y in range(70, 700, 12 + n) for w in line("It is bright", y, n)),
            *line(str(n), 740, n),
        ]
        for n in range(6)
    ]
    marks = margins([word for page in pages for word in page])
    assert {40, 740} <= marks
    assert not {70, 82} & marks


def test_numbers_of_notes() -> None:
    words = line("the Moon 12 is 12 parts")
    words[2] = replace(words[2], bottom=words[2].top + 6)
    shown = [word.text for word in without_note_numbers(words)]
    assert shown == ["the", "Moon", "is", "12", "parts"]


def test_examples_of_the_comparison() -> None:
    for module in (pagecontent, pdfcontent):
        found = doctest.testmod(module)
        assert found.attempted
        assert not found.failed
