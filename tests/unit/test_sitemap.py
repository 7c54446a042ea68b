"""The site map: which addresses, with which dates, in how many files."""

from __future__ import annotations

import pytest
from lxml import etree

from sphinx_fsp.publish.sitemap import Place, changed, sitemaps
from sphinx_fsp.source.catalogue import SourceFile, build_catalogue
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.source.site_files import SITEMAP

BASE = "https://sky.example/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(count: int) -> list[Place]:
    return [Place(f"{BASE}{number}.html", "") for number in range(count)]


def addresses(data: bytes) -> list[str]:
    """Return the addresses in a file of a site map."""
    return [str(element.text) for element in etree.fromstring(data).iter(f"{SPACE}loc")]


def test_a_site_map() -> None:
    found = sitemaps([Place(f"{BASE}a.html?b&c", "2024-05-01"), Place(BASE, "")], BASE)
    assert found[SITEMAP].decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        " <url>\n"
        "  <loc>https://sky.example/a.html?b&amp;c</loc>\n"
        "  <lastmod>2024-05-01</lastmod>\n"
        " </url>\n"
        " <url>\n"
        "  <loc>https://sky.example/</loc>\n"
        " </url>\n"
        "</urlset>\n"
    )


def test_a_site_that_fills_one_file() -> None:
    assert list(sitemaps(places(3), BASE, limit=3)) == [SITEMAP]


def test_a_larger_site_has_an_index() -> None:
    found = sitemaps(places(5), BASE, limit=2)
    assert list(found) == [SITEMAP, "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert etree.fromstring(found[SITEMAP]).tag == f"{SPACE}sitemapindex"
    assert addresses(found.pop(SITEMAP)) == [BASE + name for name in found]
    parts = [address for data in found.values() for address in addresses(data)]
    assert parts == [place.address for place in places(5)]


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("", ""),
        ("date: 2024-05-01", "2024-05-01"),
        ("date: 2024-05-01\nmodified: 2024-06-01", "2024-06-01"),
        ("date: 2024-05-01\nmodified: soon", "2024-05-01"),
        ("date: 2024-05-01 10:30", "2024-05-01T10:30:00Z"),
        ("date: 2024-05-01T00:00:00+02:00", "2024-04-30T22:00:00Z"),
        ("date: 0001-01-01T00:00:00+14:00", "0001-01-01"),
    ],
)
def test_when_a_page_was_changed(header: str, day: str) -> None:
    file = SourceFile("a.md", f"title: A\nslug: a\n{header}\n\nText.\n")
    (page,) = build_catalogue([file], Settings().permalinks, (".md",)).pages
    assert changed(page) == day
