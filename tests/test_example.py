"""The example of the repository, in every output and in its second language."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Build, Site

EXAMPLE = Path(__file__).parents[1] / "example"
#: The address of what is gone from the web, and where its copy is.
PLANS = "https://plans.lantern-hill.example/plywood.html"
COPY = f"https://archive.example/2025/{PLANS}"


def copy_of_example(folder: Path) -> Site:
    root = folder / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build", "*.mo"))
    return Site(root, root / "content")


@pytest.fixture
def example(tmp_path: Path) -> Site:
    """Return a copy of the example."""
    return copy_of_example(tmp_path)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return the example as HTML, for tests that only look at it."""
    return copy_of_example(tmp_path_factory.mktemp("html")).build()


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return the example as text."""
    return copy_of_example(tmp_path_factory.mktemp("text")).build("text")


def page_of(build: Build, name: str) -> BeautifulSoup:
    return BeautifulSoup(build.html(f"{name}.html"), "lxml")


def one(page: BeautifulSoup | Tag, css: str) -> Tag:
    """Return the one element of a page that a selector finds."""
    found = page.select(css)
    assert len(found) == 1, css
    return found[0]


def shown(element: Tag) -> str:
    return " ".join(element.get_text().split())


def links(element: Tag) -> list[str]:
    return [str(a["href"]) for a in element.select("a")]


def item_of(page: BeautifulSoup, url: str) -> Tag:
    """Return the list item that has the link to an address."""
    item = one(page, f"a[href='{url}']").find_parent("li")
    assert isinstance(item, Tag)
    return item


def section(page: BeautifulSoup, name: str) -> Tag:
    return one(page, f"section#{name}")


@pytest.mark.parametrize("theme", ["sphinx_fsp", "basic", "alabaster", "furo"])
def test_html_without_a_warning(example: Site, theme: str) -> None:
    build = example.build(overrides={"html_theme": theme, "nitpicky": True})
    assert build.warnings == []
    assert "start-here.html" in build.files()


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml"]
)
def test_other_outputs_without_a_warning(example: Site, builder: str) -> None:
    settings = {"version": "1", "epub_copyright": "1"}
    assert example.build(builder, overrides=settings).warnings == []


def test_see_also_has_the_text_of_its_author(html: Build) -> None:
    well = one(page_of(html, "resources"), ".seealso.well")
    assert "What every page recommends is in the index of resources." in shown(well)
    assert links(well) == ["all-resources.html", "about.html#how-resources-are-chosen"]


def test_see_also_says_where_a_page_belongs(html: Build) -> None:
    well = one(page_of(html, "dobsonians"), ".seealso.well")
    assert "The Dobsonian is an implementation of the telescopes concept." in shown(well)
    assert links(well) == ["telescopes.html", "instruments.html", "index.html"]


def test_logo_has_a_link_a_credit_and_a_twin_for_dark_pages(html: Build) -> None:
    page = page_of(html, "blog")
    light, dark = page.select("img.logo")
    assert (light["src"], dark["src"]) == (
        "img/logos/lantern-hill.png",
        "img/logos/lantern-hill-dark.png",
    )
    assert "a lantern with a star for a flame" in str(light["alt"])
    assert light.parent is not None
    assert light.parent["href"] == "about.html#the-clubs-in-this-guide"
    assert shown(one(page, ".credit")).startswith("Lantern Hill is an invented club.")
    assert {"img/logos/lantern-hill.png", "img/logos/lantern-hill-dark.png"} <= html.files()


def test_logo_of_other_outputs_is_the_light_one(example: Site) -> None:
    book = example.build("latex").html("nightskyguide.tex")
    assert "{lantern-hill}.png" in book
    assert "lantern-hill-dark" not in book


def test_books_show_what_is_known_of_each(html: Build) -> None:
    books = section(page_of(html, "resources"), "books").select("li.resource")
    assert [shown(one(book, ".resource-badges")) for book in books] == [
        "book beginner paid",
        "book intermediate free",
        "book intermediate paid",
        "book beginner free",
        "book advanced paid",
    ]
    assert "Turn Left at Orion takes you to a hundred objects" in shown(books[0])
    assert ":author:" not in shown(books[0])


def test_a_data_file_is_a_table(html: Build) -> None:
    table = one(section(page_of(html, "resources"), "charts-and-maps"), "table.resources")
    assert [shown(cell) for cell in table.select("th")] == [
        "Resource",
        "Kind",
        "Level",
        "Price",
        "Publisher",
    ]
    titles = [shown(one(row, "a.resource-link")) for row in table.select("tbody tr")]
    assert titles == sorted(titles)
    assert len(titles) == 4
    assert [shown(cell) for cell in table.select("tbody tr td:nth-child(2)")] == ["chart"] * 4


def test_cards(html: Build) -> None:
    cards = section(page_of(html, "resources"), "for-cloudy-nights").select(".sd-card")
    assert [shown(one(card, ".sd-card-title")) for card in cards] == [
        "Aladin Lite",
        "Zooniverse",
        "Eyes on the Solar System",
        "Astronomy Cast",
    ]
    assert shown(one(cards[3], ".sd-card-footer")) == "Fraser Cain, Pamela Gay podcast free"


def test_references_to_resources(html: Build) -> None:
    page = page_of(html, "resources")
    targets = {shown(a): str(a["href"]) for a in page.select("a.internal")}
    own = targets["the first of them"]
    other = targets["Stellarium"]
    assert own.startswith("#")
    assert "Turn Left at Orion" in shown(one(page, own))
    assert other.startswith("star-charts.html#")
    charts = page_of(html, "star-charts")
    assert "Stellarium is a free planetarium" in shown(one(charts, f"#{other.partition('#')[2]}"))


def test_a_list_that_nobody_marked_is_found(html: Build) -> None:
    found = section(page_of(html, "moon"), "moon-resources").select("li.resource")
    assert len(found) == 4
    # It looks as it always did.
    assert found[0].select(".resource-badges") == []
    assert "Moon pages have the phase of the day, maps, and the story" in shown(found[0])


def test_comments_mark_lists_and_spare_them(html: Build) -> None:
    page = page_of(html, "dobsonians")
    material = section(page, "build-your-own").select("ul")[0]
    assert "a sheet of plywood" in shown(material)
    assert material.select(".resource") == []
    club = one(section(page, "where-it-comes-from"), "li.resource")
    assert "kind-society" in club["class"]
    assert "San Francisco Sidewalk Astronomers" in shown(club)
    assert "fsp:" not in page.get_text()


@pytest.mark.parametrize("name", ["dobsonians", "resources-by-kind", "all-resources"])
def test_a_dead_resource_leads_to_its_copy(html: Build, name: str) -> None:
    item = item_of(page_of(html, name), COPY)
    assert f"(archived copy; it was at {PLANS})" in shown(item)
    assert html.html(f"{name}.html").count(f'href="{PLANS}"') == 0


def test_what_is_called_dead_is_invented() -> None:
    history = json.loads((EXAMPLE / "content" / "fsp-links.json").read_text(encoding="utf-8"))
    assert [link["url"] for link in history["links"].values()] == [PLANS]


def test_index_by_kind(html: Build) -> None:
    page = page_of(html, "resources-by-kind")
    groups = [shown(title) for title in page.select(".resource-group")]
    assert groups == [*sorted(groups[:-1]), "Other"]
    assert {"Book", "Chart", "Society", "Podcast"} <= set(groups)
    item = item_of(page, "https://www.zooniverse.org/")
    assert shown(one(item, ".resource-places")).startswith("Listed in ")
    assert [href.partition("#")[0] for href in links(one(item, ".resource-places"))] == [
        "resources.html",
        "telescopes.html",
    ]


def test_a_data_file_of_the_whole_site_is_in_the_index(html: Build) -> None:
    item = item_of(page_of(html, "resources-by-kind"), "https://www.rasc.ca/")
    assert "kind-society" in item["class"]
    assert item.select(".resource-places") == []
    assert "rasc.ca" not in html.html("resources-by-topic.html")
    titles = [r["title"] for r in json.loads(html.html("resources.json"))["resources"]]
    assert "Royal Astronomical Society of Canada" in titles


def test_index_by_topic(html: Build) -> None:
    page = page_of(html, "resources-by-topic")
    groups = [shown(title) for title in page.select(".resource-group")]
    assert {"The Moon", "Star Charts", "Resources", "The Dobsonian"} <= set(groups)
    assert "Other" not in groups


def test_next_steps_of_the_front_page(html: Build) -> None:
    steps = one(page_of(html, "index"), ".next-steps.topic")
    assert shown(one(steps, ".topic-title")) == "Where do you want to begin?"
    assert links(steps) == ["start-here.html", "blog/what-is-that-light.html", "resources.html"]


def test_blog_has_the_posts_newest_first(html: Build) -> None:
    posts = page_of(html, "blog").select("li.post")
    assert [links(one(post, ".post-title")) for post in posts] == [
        ["blog/what-is-that-light.html"],
        ["blog/a-year-of-meteors.html"],
        ["blog/how-far-can-you-see.html"],
    ]
    assert shown(one(posts[1], ".post-meta")) == "Dec 06, 2024 · Lantern Hill Astronomy Club"
    assert one(posts[1], "img")["src"] == "img/posts/a-year-of-meteors.png"


def test_examples_by_module(html: Build) -> None:
    listing = one(page_of(html, "table-of-contents"), "ul.examples")
    assert links(listing) == [
        "astro-code-examples.html",
        "sky-coordinates-altitude-examples.html",
        "sky-time-julian-date-examples.html",
    ]
    assert [shown(code) for code in listing.select("code")] == [
        "sky.coordinates",
        "altitude",
        "sky.time",
        "julian_date",
    ]


def test_every_page_leads_on_from_the_front_page(html: Build) -> None:
    contents = links(one(page_of(html, "index"), "article"))
    assert {"dobsonians.html", "resources.html", "all-resources.html", "blog.html"} <= set(contents)


def test_text_has_everything_too(text: Build) -> None:
    resources, dobsonians, kinds, toc = (
        " ".join(text.html(f"{name}.txt").split())
        for name in ("resources", "dobsonians", "resources-by-kind", "table-of-contents")
    )
    assert "draws each as it looks in a small telescope. (book, beginner, paid)" in resources
    assert "| chart" in resources
    assert "Fraser Cain, Pamela Gay (podcast, free)" in resources
    assert f"(archived copy; it was at {PLANS})" in dobsonians
    assert re.search(r"-\[ Society \]- \* Astronomical League \[\d+\] \(society\)", kinds)
    assert '* "sky.time" * "julian_date" [' in toc


def test_badges_of_the_german_example(example: Site) -> None:
    page = page_of(example.build(overrides={"language": "de"}), "resources")
    book = section(page, "books").select("li.resource")[0]
    assert shown(one(book, ".resource-badges")) == "Buch Einstieg kostenpflichtig"


def test_check_finds_old_addresses_only(example: Site) -> None:
    """They are there to show that a guide's old links work on."""
    command = [sys.executable, "-m", "sphinx_fsp", "check", str(example.content), "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert {p["subtype"] for p in found["problems"]} == {"old_address"}
    assert len(found["problems"]) == 3


def test_translation_shows_wells_and_lists(example: Site) -> None:
    build = example.build(overrides={"language": "de"})
    assert build.warnings == []
    page = BeautifulSoup(build.html("constellations.html"), "lxml")
    well = page.select_one(".seealso.well")
    assert well is not None
    assert "Die Sternbilder sind die Karte" in well.get_text()
    assert [a["href"] for a in well.select("a")][:2] == ["night-sky.html", "star-charts.html"]
    items = [li.get_text() for li in page.select("li li p")]
    assert "Die meisten zählen dort sechs Sterne." in items


def test_feeds_and_site_map(html: Build) -> None:
    for name in ("all.atom", "all.rss", "post.atom"):
        read = feedparser.parse((html.outdir / f"feeds/{name}.xml").read_bytes())
        assert not read.bozo
        assert [entry.title for entry in read.entries] == [
            '"What Is That Light?": A Field Guide to Puzzling Sights',
            "Make a Date with the Meteors",
            "How Far Can You See Tonight?",
        ]
        text = read.entries[0].content[0].value
        assert "https://night-sky-guide.example/star-charts.html" in text
        assert not re.search('(?:href|src)="(?!https?://|mailto:)', text)
    assert "<loc>https://night-sky-guide.example/moon.html</loc>" in html.html("sitemap.xml")
    assert "magnitude" not in html.html("sitemap.xml")
    page = page_of(html, "change-log")
    assert "feeds/all.atom.xml" in links(one(page, "article"))


def test_messages_are_extracted(example: Site) -> None:
    build = example.build("gettext")
    template = build.html("constellations.pot")
    assert 'msgid "Most people count six stars there."' in template
    assert "[table of contents](/table-of-contents.html)" in template
    assert "see-also" not in template


def test_translations_have_all_messages_of_their_page(example: Site) -> None:
    """A message that changed in the page is missing in the translation: say so here."""
    from babel.messages.pofile import read_po

    build = example.build("gettext")
    with (build.outdir / "constellations.pot").open("rb") as file:
        wanted = {m.id for m in read_po(file) if m.id and not str(m.id).startswith("<")}
    with (example.root / "locale/de/LC_MESSAGES/constellations.po").open("rb") as file:
        have = {m.id for m in read_po(file) if m.string}
    assert wanted - have == set()
