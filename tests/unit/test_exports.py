"""Exports: what other programs read of the resources is what was put in."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.exports import Site, export_all, item_list
from sphinx_fsp.resources.exports.feeds import LIMIT
from sphinx_fsp.resources.exports.spreadsheet import neutral, plain
from sphinx_fsp.resources.exports.tables import COLUMNS
from sphinx_fsp.resources.record import KINDS, Fields, Listing, Resource
from sphinx_fsp.source.site_files import EXPORTS
from sphinx_fsp.transforms.html.dom import Tag, parse, text_of

FIXTURES = Path(__file__).parent / "fixtures" / "exports"
ATOM = "{http://www.w3.org/2005/Atom}"
BUILT = datetime(2026, 3, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))
SITE = Site(
    title="The sky",
    base_url="https://sky.example/",
    author="Ada Example",
    language="en",
    updated=BUILT,
    generator="sphinx_fsp 1",
    page_titles={"moon": "The moon", "mars": "Mars & its moons"},
)
NOWHERE = SITE._replace(base_url="")

HARD_TITLES = [
    pytest.param("\"Moons\" and 'craters'", id="quotes"),
    pytest.param("Moons < planets & stars > dust", id="signs of markup"),
    pytest.param("&amp; &lt;b&gt; &#10;", id="entities that are text"),
    pytest.param("<b>Moons</b> <!-- for --> all", id="tags that are text"),
    pytest.param("Craters ]]> of the moon", id="end of CDATA"),
    pytest.param("</script><script>alert(1)</script>", id="end of a script"),
    pytest.param("</A><DT><H3>Folder</H3>", id="tags of bookmarks"),
    pytest.param("Moons 🌒🌓 👩‍🚀", id="emoji"),
    pytest.param("القمر والنجوم (moon)", id="right to left"),
    pytest.param("Lune\u00a0: « cratères »", id="no-break space"),
    pytest.param("Moons; craters, and\u2028more", id="separators"),
    pytest.param("=1+1", id="formula"),
    pytest.param("'=1+1'", id="formula in quotes"),
    pytest.param('C++ @ home -- \\"', id="signs and backslash"),
    pytest.param("https://example.org/?a=1&b=2", id="address"),
]


def address_of(listing: Listing) -> str:
    return f"{listing.docname}.html#{listing.section}" if listing.docname else ""


def listing(
    title: str = "Craters",
    url: str = "https://example.org/craters",
    docname: str = "moon",
    kind: str = "",
) -> Listing:
    path = f"{docname}.md" if docname else "resources.yml"
    return Listing(
        url=url,
        title=title,
        description="",
        fields=Fields(),
        kind=kind,
        docname=docname,
        section="books",
        item="item",
        path=path,
        line=9,
    )


def resource(
    title: str = "Craters",
    url: str = "https://example.org/craters",
    description: str = "",
    pages: tuple[str, ...] = ("moon",),
    status: str = "",
    first_seen: str = "",
    **fields: Any,
) -> Resource:
    places = tuple(listing(title, url, docname) for docname in pages)
    known = Fields(**fields)
    key = record_key(halves_out(url))
    return Resource(key, url, title, description, known, "craters", places, status, first_seen)


def halves_out(text: str) -> str:
    return "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in text)


FULL = resource(
    description="All craters of the moon.",
    kind="book",
    level="beginner",
    price="free",
    author=("Ada Example", "Bob Example"),
    publisher="Sky Press",
    date="2020-07",
    lang="en",
    tags=("moon", "maps"),
    license="CC-BY-4.0",
    added="2026-01-31",
    archive="https://web.archive.org/web/2023/https://example.org/craters",
    status="ok",
    pages=("moon", "mars"),
)


def exported(*resources: Resource, site: Site = SITE) -> dict[str, bytes]:
    return export_all(resources, site, address_of)


def test_pages_may_link_to_each() -> None:
    assert set(EXPORTS) == set(export_all([], SITE, lambda listing: ""))


# What other programs read


def read_json(data: bytes) -> list[tuple[str, str]]:
    return [(r["url"], r["title"]) for r in json.loads(data)["resources"]]


def rows(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def read_csv(data: bytes) -> list[tuple[str, str]]:
    return [(plain(row["url"]), plain(row["title"])) for row in rows(data)]


def read_opml(data: bytes) -> list[tuple[str, str]]:
    links = xml(data).iterfind(".//outline[@type='link']")
    return [(link.get("url"), link.get("text")) for link in links]


def read_bookmarks(data: bytes) -> list[tuple[str, str]]:
    links = (tag for tag in tags_below(parse(data.decode())) if tag.name == "a")
    return [(link.get("href"), text_of(link)) for link in links]


def read_json_feed(data: bytes) -> list[tuple[str, str]]:
    return [(item["url"], item["title"]) for item in json.loads(data)["items"]]


def read_atom(data: bytes) -> list[tuple[str, str]]:
    return [
        (entry.find(f"{ATOM}link[@rel='alternate']").get("href"), entry.findtext(f"{ATOM}title"))
        for entry in xml(data).iterfind(f"{ATOM}entry")
    ]


def read_atom_as_readers_do(data: bytes) -> list[tuple[str, str]]:
    feed = feedparser.parse(data)
    assert not feed.bozo
    return [(entry.link, entry.title) for entry in feed.entries]


READERS: dict[str, list[Callable[[bytes], list[tuple[str, str]]]]] = {
    "resources.json": [read_json],
    "resources.csv": [read_csv],
    "resources.opml": [read_opml],
    "resources.bookmarks.html": [read_bookmarks],
    "feeds/resources.json": [read_json_feed],
    "feeds/resources.atom.xml": [read_atom, read_atom_as_readers_do],
}
#: Formats that hold a text to the letter, and those that hold it on one line.
EXACT = {"resources.json", "resources.csv"}


def xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def tags_below(tag: Tag) -> Iterator[Tag]:
    for child in tag.tags:
        yield child
        yield from tags_below(child)


def validate_feeds(files: dict[str, bytes]) -> None:
    schema = json.loads((FIXTURES / "json-feed.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(files["feeds/resources.json"]), schema)
    feed = xml(files["feeds/resources.atom.xml"])
    etree.RelaxNG(etree.parse(FIXTURES / "atom.rng")).assertValid(feed)
    # What RFC 4287 asks for beside its grammar: 4.1.1, 4.1.2, 4.2.6.
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(re.match(r"[a-z]+:\S+$", identifier) for identifier in ids)
    for entry in feed.iterfind(f"{ATOM}entry"):
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1


# Every export


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("title", HARD_TITLES)
def test_a_title_survives(title: str, name: str) -> None:
    files = exported(resource(title, added="2026"), resource("Next", "https://example.org/next"))
    for read in READERS[name]:
        assert read(files[name])[0] == ("https://example.org/craters", title)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("A bell\x07", "A bell\ufffd", id="control character"),
        pytest.param("No\x00thing", "No\ufffdthing", id="null"),
        pytest.param("Half \ud83d of it", "Half \ufffd of it", id="half a pair"),
        pytest.param("No\ufffecharacter", "No\ufffdcharacter", id="no character"),
        pytest.param("Two\n lines", "Two lines", id="line end"),
        pytest.param("", "https://example.org/craters", id="none"),
    ],
)
def test_a_title_that_a_format_cant_hold_is_replaced_in_part(title: str, shown: str) -> None:
    files = exported(resource(title, added="2026"))
    for name, readers in READERS.items():
        expected = to_the_letter(title, name) if name in EXACT else shown
        for read in readers:
            assert [title for _, title in read(files[name])] == [expected], name


@pytest.mark.parametrize(
    ("url", "written"),
    [
        pytest.param("https://example.org/a?b=1&c=%20#d", None, id="as it is"),
        pytest.param("https://example.org/mond/größe", None, id="letters beyond ASCII"),
        pytest.param("https://example.org/a\"b'<c>", None, id="quotes and brackets"),
        pytest.param("https://example.org/a b", "https://example.org/a%20b", id="blank"),
        pytest.param("https://example.org/a\x07", "https://example.org/a%07", id="control"),
        pytest.param("https://example.org/a\n", "https://example.org/a", id="line end"),
    ],
)
def test_an_address_survives(url: str, written: str | None) -> None:
    files = exported(resource("Craters", url, added="2026"))
    for name, readers in READERS.items():
        expected = url if name in EXACT else written or url
        assert readers[0](files[name]) == [(expected, "Craters")], name


def test_an_address_that_could_run_code_is_nowhere() -> None:
    files = exported(resource("Run", "javascript:alert(1)", added="2026"), FULL)
    for name, data in files.items():
        assert READERS[name][0](data) == [(FULL.url, FULL.title)]
        assert b"javascript" not in data


def test_the_same_resources_give_the_same_bytes() -> None:
    later = SITE._replace(updated=BUILT + timedelta(days=1))
    assert exported(FULL) == exported(FULL, site=later)


def test_without_resources_every_file_is_whole() -> None:
    files = exported()
    assert files.keys() == READERS.keys()
    for name, readers in READERS.items():
        for read in readers:
            assert read(files[name]) == []
    validate_feeds(files)


#: Any text, half surrogate pairs too.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)
BLANKS = " \t\n\r\f\v"
URLS = st.builds("https://example.org/{}".format, TEXTS)


@settings(max_examples=150)
@given(st.lists(st.tuples(URLS, TEXTS), max_size=4), TEXTS, st.sampled_from([SITE, NOWHERE]))
def test_any_text_leaves_every_export_readable(
    pairs: list[tuple[str, str]], other: str, site: Site
) -> None:
    resources = [
        resource(title, url, other, added="2026", lang=other, tags=(other,), kind=other)._replace(
            key=str(n)
        )
        for n, (url, title) in enumerate(pairs)
    ]
    site = site._replace(title=other, author=other, language=other, page_titles={"moon": other})
    files = exported(*resources, site=site)
    validate_feeds(files)
    for name, readers in READERS.items():
        found = readers[0](files[name])
        if name in EXACT:
            assert found == [
                (to_the_letter(url, name), to_the_letter(title, name)) for url, title in pairs
            ]
            continue
        assert [unquote(url) for url, _ in found] == [
            unquote(halves_out(url.strip())) for url, _ in pairs
        ]
        for (_, shown), (_, title) in zip(found, pairs, strict=True):
            assert letters(shown) == letters(title) or not title.strip(BLANKS)


def to_the_letter(text: str, name: str) -> str:
    """Return a text as JSON and CSV hold it: all that UTF-8 has, and in CSV no NUL."""
    return halves_out(text if name.endswith(".json") else text.replace("\0", "\ufffd"))


def letters(text: str) -> str:
    """Return what every format must hold of a text."""
    left_out = {"Cc", "Cs", "Cn", "Zs"}
    return "".join(c for c in text if unicodedata.category(c) not in left_out and c != "\ufffd")


# JSON and CSV


def test_json_has_what_is_given_in_a_fixed_order() -> None:
    bare = resource("Größe", "https://example.org/size", pages=())
    assert exported(FULL, bare)["resources.json"].decode() == (
        """\
{"resources": [
 {
  "url": "https://example.org/craters",
  "title": "Craters",
  "description": "All craters of the moon.",
  "kind": "book",
  "level": "beginner",
  "price": "free",
  "author": ["Ada Example", "Bob Example"],
  "publisher": "Sky Press",
  "date": "2020-07",
  "lang": "en",
  "tags": ["moon", "maps"],
  "license": "CC-BY-4.0",
  "added": "2026-01-31",
  "archive": "https://web.archive.org/web/2023/https://example.org/craters",
  "name": "craters",
  "status": "ok",
  "listed_in": ["moon.html#books", "mars.html#books"]
 },
 {
  "url": "https://example.org/size",
  "title": "Größe",
  "description": "",
  "kind": "",
  "name": "craters",
  "listed_in": []
 }
]}
"""
    )


def test_a_place_is_listed_once_and_a_data_file_is_none() -> None:
    twice = resource(pages=("moon", "moon", "", "mars"))
    record = json.loads(exported(twice)["resources.json"])["resources"][0]
    assert record["listed_in"] == ["moon.html#books", "mars.html#books"]


def test_csv_has_a_column_per_field() -> None:
    data = exported(FULL)["resources.csv"]
    assert data.startswith(b'\xef\xbb\xbf"url","title","description","kind",')
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert list(rows(data)[0]) == list(COLUMNS)
    assert rows(data)[0] == {
        "url": "https://example.org/craters",
        "title": "Craters",
        "description": "All craters of the moon.",
        "kind": "book",
        "level": "beginner",
        "price": "free",
        "author": "Ada Example; Bob Example",
        "publisher": "Sky Press",
        "date": "2020-07",
        "lang": "en",
        "tags": "moon, maps",
        "license": "CC-BY-4.0",
        "added": "2026-01-31",
        "archive": "https://web.archive.org/web/2023/https://example.org/craters",
        "name": "craters",
        "status": "ok",
        "listed_in": "moon.html#books mars.html#books",
    }


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff20x", "'\uff20x"),
        ("  =1", "'  =1"),
        ("\u200b\u00a0=1", "'\u200b\u00a0=1"),
        ('"=1', "'\"=1"),
        ("\ttext", "'\ttext"),
        ("\rtext", "'\rtext"),
        # What looks like a neutral cell already.
        ("'=1", "''=1"),
        # Where a spreadsheet parts cells at semicolons.
        ("moon;=1", "moon;'=1"),
        ('moon";"=1', 'moon";\'"=1'),
        ("moon\n=1", "moon\n'=1"),
    ],
)
def test_a_cell_that_could_be_a_formula_is_neutral(text: str, cell: str) -> None:
    assert neutral(text) == cell
    assert plain(cell) == text
    assert rows(exported(resource(text))["resources.csv"])[0]["title"] == cell


@pytest.mark.parametrize(
    "text", ["Craters", "C++ = fun", "a-b", "'quoted'", "me@example.org", "1; 2", "", "'", "a\nb"]
)
def test_other_cells_are_as_they_were(text: str) -> None:
    assert neutral(text) == text
    assert plain(text) == text


@settings(max_examples=500)
@given(st.text(st.sampled_from("=+-@'\";, \t\r\n\u200b\uff1dax"), max_size=12) | TEXTS)
def test_neutral_is_undone(text: str) -> None:
    assert plain(neutral(text)) == text
    start = re.sub(r"""^[\s"\u200b]+""", "", neutral(text))
    assert not start.startswith(("=", "+", "-", "@", "\uff1d"))
    assert not neutral(text).startswith(("\t", "\r", "\n"))


# OPML and bookmarks


def test_opml_has_a_folder_per_page() -> None:
    other = resource("Phobos", "https://example.org/phobos", pages=("mars", "moon"))
    loose = resource("Stars", "https://example.org/stars", pages=("",))
    assert exported(FULL, loose, other)["resources.opml"].decode() == (
        """\
<?xml version='1.0' encoding='utf-8'?>
<opml version="2.0">
 <head>
  <title>The sky</title>
  <ownerName>Ada Example</ownerName>
  <ownerId>https://sky.example/</ownerId>
 </head>
 <body>
  <outline text="The moon">
   <outline text="Craters" type="link" url="https://example.org/craters" \
description="All craters of the moon." category="book,moon,maps" \
created="Sat, 31 Jan 2026 00:00:00 GMT" />
  </outline>
  <outline text="Mars &amp; its moons">
   <outline text="Phobos" type="link" url="https://example.org/phobos" />
  </outline>
  <outline text="Stars" type="link" url="https://example.org/stars" />
 </body>
</opml>
"""
    )


def test_bookmarks_have_folders_dates_tags_and_descriptions() -> None:
    loose = resource("Stars", "https://example.org/stars", pages=("",))
    old = resource("Old", "https://example.org/old", pages=("old",), added="1931")
    assert exported(FULL, loose, old)["resources.bookmarks.html"].decode() == (
        """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<META HTTP-EQUIV="Content-Security-Policy" CONTENT="default-src 'none'">
<TITLE>The sky</TITLE>
<H1>The sky</H1>
<DL><p>
    <DT><H3>The moon</H3>
    <DL><p>
        <DT><A HREF="https://example.org/craters" ADD_DATE="1769817600" TAGS="moon,maps">\
Craters</A>
        <DD>All craters of the moon.
    </DL><p>
    <DT><H3>old</H3>
    <DL><p>
        <DT><A HREF="https://example.org/old">Old</A>
    </DL><p>
    <DT><A HREF="https://example.org/stars">Stars</A>
</DL><p>
"""
    )


# Feeds


def item(data: bytes, number: int = 0) -> Any:
    return json.loads(data)["items"][number]


def test_feeds_hold_what_has_a_date_newest_first() -> None:
    files = exported(
        resource("never", "https://example.org/1"),
        resource("seen", "https://example.org/2", first_seen="2026-02-01"),
        resource("year", "https://example.org/3", added="2026"),
        resource("month", "https://example.org/4", added="2026-03"),
        resource("said", "https://example.org/5", added="2025-12-31", first_seen="2026-03-05"),
        resource("wrong", "https://example.org/6", first_seen="yesterday"),
    )
    validate_feeds(files)
    expected = ["month", "seen", "year", "said"]
    for name in ("feeds/resources.json", "feeds/resources.atom.xml"):
        assert [title for _, title in READERS[name][0](files[name])] == expected


def test_feeds_hold_a_hundred_at_most() -> None:
    day = datetime(2020, 1, 1, tzinfo=UTC)
    files = exported(
        *(
            resource(f"{n}", f"https://example.org/{n}", added=f"{day + timedelta(n):%Y-%m-%d}")
            for n in range(LIMIT + 5)
        )
    )
    for name in ("feeds/resources.json", "feeds/resources.atom.xml"):
        titles = [title for _, title in READERS[name][0](files[name])]
        assert titles == [str(n) for n in range(LIMIT + 4, 4, -1)]


def test_an_item_of_the_json_feed() -> None:
    files = exported(FULL)
    validate_feeds(files)
    feed = json.loads(files["feeds/resources.json"])
    assert feed.pop("items") == [
        {
            "id": "urn:uuid:72077785-8cf7-5178-9a2e-16bf20a87280",
            "url": "https://example.org/craters",
            "title": "Craters",
            "content_text": "All craters of the moon.",
            "date_published": "2026-01-31T00:00:00Z",
            "tags": ["book", "moon", "maps"],
        }
    ]
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The sky",
        "home_page_url": "https://sky.example/",
        "feed_url": "https://sky.example/feeds/resources.json",
        "authors": [{"name": "Ada Example"}],
        "language": "en",
    }


def test_an_entry_of_the_atom_feed() -> None:
    files = exported(FULL)
    validate_feeds(files)
    feed = feedparser.parse(files["feeds/resources.atom.xml"])
    assert feed.version == "atom10"
    assert feed.feed.id == "https://sky.example/feeds/resources.atom.xml"
    assert feed.feed.updated == "2026-01-31T00:00:00Z"
    assert feed.feed.author == "Ada Example"
    assert feed.feed.language == "en"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "https://sky.example/feeds/resources.atom.xml",
        "alternate": "https://sky.example/",
    }
    [entry] = feed.entries
    assert entry.id == item(files["feeds/resources.json"])["id"]
    assert entry.summary == "All craters of the moon."
    assert entry.published == entry.updated == "2026-01-31T00:00:00Z"
    assert [tag.term for tag in entry.tags] == ["book", "moon", "maps"]
    assert [(link.rel, link.href) for link in entry.links] == [
        ("alternate", "https://example.org/craters"),
        ("related", "https://sky.example/moon.html#books"),
        ("related", "https://sky.example/mars.html#books"),
    ]


def test_an_identifier_stays_when_a_page_moves_and_is_the_sites_own() -> None:
    def identifier(resource: Resource, site: Site = SITE) -> str:
        return str(item(exported(resource, site=site)["feeds/resources.json"])["id"])

    moved = resource("New title", "http://www.example.org/craters/", added="2026", pages=("mars",))
    assert identifier(moved) == identifier(FULL)
    assert identifier(FULL, SITE._replace(base_url="http://sky.example")) == identifier(FULL)
    assert identifier(FULL, SITE._replace(base_url="https://sea.example/")) != identifier(FULL)


def test_a_feed_without_entries_has_the_date_of_the_site() -> None:
    files = exported(resource())
    validate_feeds(files)
    feed = xml(files["feeds/resources.atom.xml"])
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T12:00:00Z"
    assert not feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("base_url", ["", "sky.example", "/sky/"])
def test_without_a_base_address_feeds_have_no_links_to_the_site(base_url: str) -> None:
    files = exported(FULL, site=SITE._replace(base_url=base_url))
    validate_feeds(files)
    feed = xml(files["feeds/resources.atom.xml"])
    assert [link.get("rel") for link in feed.iter(f"{ATOM}link")] == ["alternate"]
    assert feed.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert {"home_page_url", "feed_url"}.isdisjoint(json.loads(files["feeds/resources.json"]))


def test_a_site_without_author_and_with_a_language_of_sphinx() -> None:
    files = exported(FULL, site=SITE._replace(author="", language="pt_BR"))
    validate_feeds(files)
    feed = feedparser.parse(files["feeds/resources.atom.xml"]).feed
    assert (feed.author, feed.language) == ("The sky", "pt-BR")
    assert "authors" not in json.loads(files["feeds/resources.json"])


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("feeds/resources.atom.xml", b"<updated>2026-01-31T", b"<updated>soon"),
        ("feeds/resources.atom.xml", b"<id>", b"<id>x</id><id>"),
        ("feeds/resources.json", b'"id":', b'"guid":'),
        ("feeds/resources.json", b'"2026-01-31T', b'"soon'),
    ],
)
def test_a_wrong_feed_is_not_valid(name: str, old: bytes, new: bytes) -> None:
    files = exported(FULL)
    wrong = files[name].replace(old, new)
    assert wrong != files[name]
    with pytest.raises((etree.DocumentInvalid, jsonschema.ValidationError)):
        validate_feeds(files | {name: wrong})


# Data in a page


def listed(*listings: Listing) -> Any:
    return json.loads(item_list(listings, "https://sky.example/moon.html", "The moon"))


def test_an_item_list() -> None:
    assert listed(listing(), listing("Phobos", "https://example.org/phobos", kind="book")) == {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": "The moon",
        "url": "https://sky.example/moon.html",
        "numberOfItems": 2,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Craters",
                "url": "https://example.org/craters",
            },
            {
                "@type": "ListItem",
                "position": 2,
                "name": "Phobos",
                "url": "https://example.org/phobos",
                "item": {
                    "@type": "Book",
                    "name": "Phobos",
                    "url": "https://example.org/phobos",
                },
            },
        ],
    }


def test_the_kind_that_an_author_gives_wins() -> None:
    one = listing(kind="book")._replace(fields=Fields(kind="video"))
    assert listed(one)["itemListElement"][0]["item"]["@type"] == "VideoObject"


def test_kinds_have_types_of_schema_org_or_none() -> None:
    def type_of(kind: str) -> str | None:
        element = listed(listing(kind=kind))["itemListElement"][0]
        return str(element["item"]["@type"]) if "item" in element else None

    assert {kind: type_of(kind) for kind in (*KINDS, "their own")} == {
        "article": "Article",
        "book": "Book",
        "course": "Course",
        "documentation": None,
        "example": None,
        "newsletter": "Periodical",
        "paper": "ScholarlyArticle",
        "podcast": "PodcastSeries",
        "project": None,
        "reference": None,
        "talk": None,
        "tool": "SoftwareApplication",
        "tutorial": "LearningResource",
        "video": "VideoObject",
        "their own": None,
    }


def test_an_item_list_has_each_resource_once_and_none_that_runs_code() -> None:
    again = listing(url="http://example.org/craters/")
    bad = listing(url="javascript:alert(1)")
    data = listed(bad, listing(), again)
    assert [e["position"] for e in data["itemListElement"]] == [1]
    assert item_list([bad], "", "The moon") == item_list([], "", "The moon") == ""


def test_an_item_list_may_have_neither_name_nor_address() -> None:
    data = json.loads(item_list([listing()], "", ""))
    assert data.keys() == {"@context", "@type", "numberOfItems", "itemListElement"}


@settings(max_examples=200)
@given(TEXTS | st.sampled_from(["</script>", "<!--<script>", "]]>", "\u2028"]), URLS)
def test_any_text_is_safe_in_a_script(title: str, url: str) -> None:
    text = item_list([listing(title, url)], "https://sky.example/", title)
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode()
    element = json.loads(text)["itemListElement"][0]
    assert letters(element["name"]) == letters(title) or not title.strip(BLANKS)
    assert unquote(element["url"]) == unquote(halves_out(url.strip()))
