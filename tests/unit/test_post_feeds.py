"""Feeds of posts: which there are, what stands in them, and what readers' programs make of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sphinx_fsp.publish.feeds.atom import atom
from sphinx_fsp.publish.feeds.content import feed_content
from sphinx_fsp.publish.feeds.entries import Channel, entry_id, entry_of
from sphinx_fsp.publish.feeds.reading import read
from sphinx_fsp.publish.feeds.rss import rss
from sphinx_fsp.publish.files import stands_in_the_way
from sphinx_fsp.resources.exports import Site
from sphinx_fsp.source.catalogue import Page, SourceFile, build_catalogue
from sphinx_fsp.source.feeds import LIMIT, Feed, is_feed_path, plan_feeds
from sphinx_fsp.source.posts import is_future
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.transforms.html.dom import parse, text_of

ATOM = Path(__file__).parent / "fixtures" / "exports" / "atom.rng"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = Site("The sky", "https://sky.example/", "Ada Example", "en", NOON, "sphinx_fsp 1")
WRITERS = pytest.mark.parametrize("write", [atom, rss])


def pages_of(*headers: str) -> tuple[Page, ...]:
    """Return pages; each is its header, on one line with bars between its keys."""
    files = [
        SourceFile(f"{number:04}.md", "\n".join(part.strip() for part in header.split("|")) + "\n")
        for number, header in enumerate(headers)
    ]
    return build_catalogue(files, Settings().permalinks, (".md",)).pages


OTHERWISE = {"author": "The club", "lang": "en"}


def feeds_of(patterns: list[str], *headers: str) -> dict[str, list[str]]:
    """Return the names of the posts in each feed, by its path."""
    return {
        feed.path: [post.docname.removeprefix("blog/") for post in feed.posts]
        for feed in plan_feeds(pages_of(*headers), patterns, lambda page: "", OTHERWISE)
    }


def channel_of(header: str, content: str = "<p>Text.</p>", site: Site = SITE) -> Channel:
    """Return a feed with one post."""
    pages = pages_of(header)
    (feed,) = plan_feeds(pages, ["feed"], lambda page: "")
    entry = entry_of(pages[0], feed.posts[0], site, f"{pages[0].docname}.html", content)
    return Channel("https://sky.example/", site.title, "https://sky.example/feed", (entry,))


POSTS = (
    "slug: moon | category: post | date: 2024-05-01 | tags: near us",
    "slug: mars | category: Talk | date: 2025-05-01 | author: Ada | lang: de | "
    "tags: Red, !, Near us",
    "slug: page | category: page | date: 2025-06-01",
    "slug: hidden | category: post | date: 2025-06-01 | status: hidden",
    "slug: undated | category: post",
    "slug: wrong | category: post | date: soon 2025",
)


@pytest.mark.parametrize(
    ("patterns", "feeds"),
    [
        ([], {}),
        (["feed"], {"feed": ["mars", "moon"]}),
        (["a.rss.xml", "feed"], {"a.rss.xml": ["mars", "moon"], "feed": ["mars", "moon"]}),
        (["f/{category}.xml"], {"f/post.xml": ["moon"], "f/talk.xml": ["mars"]}),
        (["f/{tag}.xml"], {"f/red.xml": ["mars"], "f/near-us.xml": ["mars", "moon"]}),
        (["f/{author}.xml"], {"f/ada.xml": ["mars"], "f/the-club.xml": ["moon"]}),
        (["f-{lang}.xml"], {"f-en.xml": ["moon"], "f-de.xml": ["mars"]}),
    ],
)
def test_feeds_of_a_guide(patterns: list[str], feeds: dict[str, list[str]]) -> None:
    assert feeds_of(patterns, *POSTS) == feeds


def test_a_guide_without_posts_has_no_feed() -> None:
    assert feeds_of(["feed", "feeds/{category}.xml"], POSTS[2], POSTS[4]) == {}


def test_posts_of_one_date_are_in_the_order_of_their_files() -> None:
    same = [f"slug: p{number} | category: post | date: 2024-05-01" for number in (3, 1, 2)]
    assert feeds_of(["feed"], *same) == {"feed": ["p3", "p1", "p2"]}


def test_dates_are_compared_as_moments() -> None:
    late, early = "2024-05-01T23:00:00-05:00", "2024-05-02T01:00:00+00:00"
    headers = [f"slug: {n} | category: post | date: {d}" for n, d in (("b", early), ("a", late))]
    assert feeds_of(["feed"], *headers) == {"feed": ["a", "b"]}


def test_two_categories_of_one_slug_share_a_feed() -> None:
    headers = [f"slug: p{n} | category: {c} | date: 2024-05-0{n}" for n, c in ((1, "C"), (2, "C!"))]
    assert feeds_of(["{category}.xml"], *headers) == {"c.xml": ["p2", "p1"]}


def test_a_feed_of_many_posts_holds_the_newest_and_reads_no_others() -> None:
    headers = [
        f"slug: p{n} | category: post | date: {2000 + n // 300}-{n % 300 // 25 + 1:02}-"
        f"{n % 25 + 1:02}"
        for n in range(5000)
    ]
    read: list[str] = []

    def text(page: Page) -> str:
        read.append(page.slug)
        return ""

    (feed,) = plan_feeds(pages_of(*headers), ["feed"], text)
    assert [post.docname for post in feed.posts] == [f"blog/p{4999 - n}" for n in range(LIMIT)]
    assert len(read) == LIMIT


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("feed", True),
        ("feeds/all.atom.xml", True),
        ("feeds/{category}.rss.xml", True),
        ("", False),
        ("/feed", False),
        ("feeds/", False),
        ("../feed.xml", False),
        ("feeds/../../x", False),
        ("C:\\feed", False),
        ("{slug}.xml", False),
        ("index.html", False),
        (".fsp-files", False),
    ],
)
def test_paths_of_feeds(path: str, right: bool) -> None:
    assert is_feed_path(path) == right


@given(st.text())
def test_no_path_leaves_the_site(path: str) -> None:
    if is_feed_path(path):
        assert (Path("/site") / path).resolve().is_relative_to("/site")


@pytest.mark.parametrize(
    ("date", "future"),
    [
        ("2026-03-01", False),
        ("2026-03-01T12:00:00+00:00", False),
        ("2026-03-01T12:00:01+00:00", True),
        ("2026-03-01T13:30:00+02:00", False),
        # It has begun on Kiritimati.
        ("2026-03-02", False),
        ("2026-03-03", True),
        ("9999-12-31T23:59:59-12:00", True),
        ("0001-01-01T00:00:00+14:00", False),
    ],
)
def test_a_date_that_has_not_come(date: str, future: bool) -> None:
    assert is_future(date, NOON) == future


@pytest.mark.parametrize(
    ("header", "identifier"),
    [
        ("", "tag:sky.example,2024-05-01:/blog/moon.html"),
        ("date: 2024-05-01T23:30:00-11:00", "tag:sky.example,2024-05-01:/blog/moon.html"),
        ("save_as: moon/index.html", "tag:sky.example,2024-05-01:/moon/"),
        ("feed_id: /old.html", "tag:sky.example,2024-05-01:/old.html"),
        ("feed_id: tag:old.example,2001:1", "tag:old.example,2001:1"),
        ("feed_id: https://old.example/1", "https://old.example/1"),
        ("feed_id: javascript:alert(1)", "tag:sky.example,2024-05-01:/blog/moon.html"),
    ],
)
def test_identifiers(header: str, identifier: str) -> None:
    date = "" if "date" in header else "date: 2024-05-01"
    (page,) = pages_of(f"slug: moon | category: post | {header} | {date}".replace("|  |", "|"))
    assert entry_id(page, "https://Sky.example/") == identifier


def test_identifiers_are_those_of_pelican() -> None:
    from feedgenerator import get_tag_uri

    (page,) = pages_of("slug: moon | category: post | date: 2024-05-01 09:30")
    for base in ("https://sky.example", "http://www.sky.example:8000/guide"):
        url = f"{base}/blog/moon.html"
        assert entry_id(page, base) == get_tag_uri(url, datetime(2024, 5, 1, 9, 30))


def test_a_feed_id_that_is_none_is_said() -> None:
    text = "title: A\nslug: a\ndate: 2024-05-01\nfeed_id: an old one\n"
    (problem,) = build_catalogue(
        [SourceFile("a.md", text)], Settings().permalinks, (".md",)
    ).problems
    assert (problem.subtype, problem.line) == ("bad_header", 4)
    assert "not 'an old one'" in problem.details["why"]


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2024-05-01", "2024-05-01T00:00:00Z"),
        ("2024-05-01 09:30", "2024-05-01T09:30:00Z"),
        ("2024-05-01T00:30:00+02:00", "2024-04-30T22:30:00Z"),
        ("1 May 2024", "2024-05-01T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"),
    ],
)
def test_dates_have_a_time_zone(date: str, written: str) -> None:
    data = atom(channel_of(f"slug: a | category: post | date: {date}"), SITE).decode()
    assert f"<published>{written}</published>" in data
    assert f"<updated>{written}</updated>" in data


def test_an_older_modification_changes_nothing() -> None:
    channel = channel_of("slug: a | category: post | date: 2024-05-02 | modified: 2024-05-01")
    assert channel.updated == datetime(2024, 5, 2, tzinfo=UTC)


@WRITERS
@pytest.mark.parametrize(
    ("header", "authors"),
    [
        ("", ["Ada Example"]),
        ("author: Ben, Jr.", ["Ben, Jr."]),
        ("authors: Ben, Eve", ["Ben", "Eve"]),
        ("authors: Ben, Jr.; Eve", ["Ben, Jr.", "Eve"]),
        ("authors: ;", ["Ada Example"]),
    ],
)
def test_authors(write: Callable[[Channel, Site], bytes], header: str, authors: list[str]) -> None:
    channel = channel_of(f"slug: a | category: post | date: 2024-05-01 | {header}")
    entry = feedparser.parse(write(channel, SITE)).entries[0]
    assert [author["name"] for author in entry.authors] == authors


def test_only_addresses_of_the_web_lead_to_an_author() -> None:
    for link, said in (("https://ben.example/", True), ("javascript:alert(1)", False)):
        header = f"slug: a | category: post | date: 2024-05-01 | author: B | authorlink: {link}"
        assert (link in atom(channel_of(header), SITE).decode()) == said


HARD = ["a ]]> b", "a & b <c>", "</script><b>", "bell \x07", "nul \0", "\ufffe", "🌒 القمر", "é"]


@WRITERS
@pytest.mark.parametrize("text", HARD)
def test_any_text_is_read_back(write: Callable[[Channel, Site], bytes], text: str) -> None:
    header = f"title: {text} | slug: a | category: {text} | date: 2024-05-01 | meta: {text}"
    content = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    data = write(channel_of(header, content), SITE._replace(title=text))
    root = etree.fromstring(data)
    shown = re.sub(r"[\0\x07\ufffe]", "", text)
    texts = {element.text for element in root.iter() if element.text}
    assert any(title.strip() == shown.strip() for title in texts)
    assert (
        content.replace("\0", "\ufffd").replace("\x07", "\ufffd").replace("\ufffe", "\ufffd")
        in texts
    )


@pytest.mark.parametrize("content", ["", "<p>Text ]]> &amp;</p>"])
@pytest.mark.parametrize("text", HARD)
def test_atom_is_valid(text: str, content: str) -> None:
    header = f"title: {text} | slug: a | category: {text} | date: 2024-05-01 | tags: x, y, x"
    header += " | lang: de"
    data = atom(channel_of(header, content), SITE._replace(language="pt_BR"))
    etree.RelaxNG(etree.parse(ATOM)).assertValid(etree.fromstring(data))


def test_atom_is_read_by_programs() -> None:
    header = (
        "title: The Moon | slug: moon | category: Post | date: 2024-05-01T10:00:00+02:00 | "
        "modified: 2024-06-01 | tags: sky, night | author: Ben | meta: About it."
    )
    read = feedparser.parse(atom(channel_of(header), SITE))
    (entry,) = read.entries
    assert not read.bozo
    assert (read.feed.title, read.feed.id) == ("The sky", "https://sky.example/")
    assert entry.id == "tag:sky.example,2024-05-01:/blog/moon.html"
    assert (entry.title, entry.summary, entry.author) == ("The Moon", "About it.", "Ben")
    assert (entry.published, entry.updated) == ("2024-05-01T08:00:00Z", "2024-06-01T00:00:00Z")
    assert entry.link == "https://sky.example/blog/moon.html"
    assert [tag.term for tag in entry.tags] == ["Post", "sky", "night"]
    assert entry.content[0].value == "<p>Text.</p>"


def test_tags_are_read_as_those_of_an_archive() -> None:
    header = "title: a | slug: a | category: post | date: 2024-05-01 | tags: red; near, not far"
    (entry,) = feedparser.parse(atom(channel_of(header), SITE)).entries
    assert [tag.term for tag in entry.tags] == ["post", "red", "near, not far"]


def test_rss_has_what_it_must() -> None:
    header = (
        "title: The Moon | slug: moon | category: Post | date: 2024-05-01T10:00:00+02:00 | "
        "author: Ben | meta: About it."
    )
    data = rss(channel_of(header), SITE)
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    required = {"title", "link", "description"}
    assert required <= {str(element.tag) for element in channel}
    read = feedparser.parse(data)
    (entry,) = read.entries
    assert not read.bozo
    assert read.version == "rss20"
    assert entry.id == "tag:sky.example,2024-05-01:/blog/moon.html"
    assert not entry.guidislink
    assert entry.published == "Wed, 01 May 2024 08:00:00 GMT"
    assert (entry.title, entry.author, entry.summary) == ("The Moon", "Ben", "About it.")
    assert entry.content[0].value == "<p>Text.</p>"


PAGE = "https://sky.example/blog/moon.html"


@pytest.mark.parametrize(
    ("body", "content"),
    [
        pytest.param(
            '<section id="m"><h1>Moon<a class="headerlink" href="#m">¶</a></h1><p>Text</p>'
            "</section>",
            "<section><p>Text</p></section>",
            id="title",
        ),
        pytest.param(
            '<h2>Phases<a class="headerlink" href="#p" title="Link">¶</a></h2>',
            "<h2>Phases</h2>",
            id="mark of a heading",
        ),
        pytest.param(
            '<a href="../mars.html#x">m</a><a href="#y">y</a><a href="mailto:a@b.example">a</a>',
            '<a href="https://sky.example/mars.html#x">m</a>'
            '<a href="https://sky.example/blog/moon.html#y">y</a>'
            '<a href="mailto:a@b.example">a</a>',
            id="links",
        ),
        pytest.param(
            '<img alt="M" src="../img/m.png" srcset="../img/m2.png 2x">',
            '<img alt="M" src="https://sky.example/img/m.png">',
            id="image",
        ),
        pytest.param("a<script>x()</script><style>p{}</style>b", "ab", id="code"),
        pytest.param(
            '<p onclick="x()"><a href="javascript:x()">a</a></p>', "<p><a>a</a></p>", id="handlers"
        ),
        pytest.param(
            '<iframe src="//film.example/1" title="A film"></iframe>',
            '<a href="https://film.example/1">A film</a>',
            id="frame",
        ),
        pytest.param(
            '<iframe src="javascript:x()"></iframe>', "<a>javascript:x()</a>", id="frame of code"
        ),
        pytest.param(
            '<form action="/x">Name <input name="n"><button>Go</button></form>', "Name", id="form"
        ),
        pytest.param(
            '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
            "<ul><li>\u2611 a</li><li>\u2610 b</li></ul>",
            id="tasks",
        ),
        pytest.param(
            '<div class="c"><pre><span></span><span class="k">\n\nif</span> &lt; b</pre></div>',
            "<div><pre>\n\n\nif &lt; b</pre></div>",
            id="code block",
        ),
        pytest.param(
            '<div class="admonition note"><p class="admonition-title">Note</p><p>a</p></div>',
            "<div><p><strong>Note</strong></p><p>a</p></div>",
            id="title of a note",
        ),
        pytest.param("<pre>\na</pre>", "<pre>a</pre>", id="line end right after the tag"),
        pytest.param(
            '<span style="color: red" class="x">a</span><span lang="de">b</span>',
            '<span style="color: red">a</span><span lang="de">b</span>',
            id="spans that mean something",
        ),
        pytest.param(
            '<img class="only-light" src="/a.png"><img class="logo only-dark" src="/b.png">',
            '<img src="https://sky.example/a.png">',
            id="image for dark pages",
        ),
        pytest.param('<a href="http://[">x</a>', None, id="an address that is none"),
        pytest.param("<!-- a --><p>]]&gt; &amp;</p>", "<p>]]&gt; &amp;</p>", id="signs"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_content(body: str, content: str | None) -> None:
    assert feed_content(body, PAGE) == (body if content is None else content)


@given(st.text(alphabet="<>/=\"' aschriptonlk:&;#\n"))
def test_cleaned_content_stays_as_it_is(body: str) -> None:
    once = feed_content(body, PAGE)
    assert "<script" not in once
    assert feed_content(f"<h1>x</h1>{once}", PAGE) == once


@pytest.mark.parametrize(
    ("name", "taken", "other"),
    [
        ("feed", {"feed"}, "feed"),
        ("feed", {"feed/index.html"}, "feed/index.html"),
        ("feeds/all.xml", {"feeds"}, "feeds"),
        ("feed", {"feeds", "feed.html", "a/feed"}, ""),
    ],
)
def test_a_file_in_the_way(name: str, taken: set[str], other: str) -> None:
    assert stands_in_the_way(name, taken) == other


def test_format_is_in_the_name() -> None:
    formats = {
        feed.path: feed.format
        for feed in plan_feeds(
            pages_of(POSTS[0]), ["feed", "a.rss.xml", "rss", "press.xml"], lambda page: ""
        )
    }
    assert formats == {"feed": "atom", "a.rss.xml": "rss", "rss": "rss", "press.xml": "atom"}
    assert Feed._fields[0] == "path"


PARTS = st.sampled_from(
    (
        "<p> </p> <b> </b> <br> <br/> <pre> </pre> a&lt;b &amp;c <script> </script> <!--x--> "
        "<svg> </svg> <a\thref=x> </a> <li/> <iframe> </iframe> <i <table> </table> <td> \r "
        "<textarea>\n <?x> \n"
    ).split(" ")
)


@given(st.lists(PARTS).map("".join))
def test_the_quick_reader_loses_no_text_and_lets_no_code_in(body: str) -> None:
    assert "<script" not in feed_content(body, PAGE)
    quick, slow = (text_of(reader(body)) for reader in (read, parse))
    assert quick == slow
