"""``fsp_metadata`` and ``fsp_path_metadata`` in whole projects."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Site

MakeSite = Callable[..., Site]

PAGES = {
    "blog.md": "# Blog\n\n```{posts}\n```\n",
    "2024-05-06-frogs.md": "title: Frogs\n\nThey sing. See [a newt]({filename}walks/newt.md).\n",
    "walks/newt.md": "---\ntitle: 'Newt: a visit'\ndate: 2024-05-07\n---\n\nIt swims.\n",
    "walks/toad.md": "title: Toad\ndate: 2024-05-08\nstatus: published\n\nIt sits.\n",
    "pages/about.md": "title: About\n\nThe pond.\n",
}
CONF: dict[str, Any] = {
    "fsp_permalinks": {"page": "{slug}", "*": "{category}/{slug}"},
    "fsp_metadata": {
        "*": {"category": "notes"},
        "walks/": {"category": "walks", "author": "Ada Turner"},
        "pages/": {"category": "page"},
    },
    "fsp_path_metadata": [r"(?:.*/)?(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>[^/]*)$"],
}


def test_pages_are_what_their_paths_say(make_site: MakeSite) -> None:
    build = make_site(pages=PAGES, **CONF).build()
    assert [w for w in build.warnings if "not_included" not in w] == []
    names = {name for name in build.files() if name.endswith(".html")}
    assert {"notes/frogs.html", "walks/newt-a-visit.html", "walks/toad.html", "about.html"} <= names
    blog = build.html("blog.html")
    assert blog.index("Toad") < blog.index("Newt: a visit") < blog.index("Frogs")
    assert "May 6, 2024" in blog or "May 06, 2024" in blog
    assert "Ada Turner" in blog
    assert ">About<" not in blog
    assert 'href="../walks/newt-a-visit.html"' in build.html("notes/frogs.html")


def test_drafts_by_folder_are_nowhere(make_site: MakeSite) -> None:
    metadata = {**CONF["fsp_metadata"], "walks/": {"category": "walks", "status": "draft"}}
    build = make_site(pages=PAGES, **{**CONF, "fsp_metadata": metadata}).build()
    assert "walks/toad.html" in build.files()
    assert not any("newt" in name for name in build.files())
    assert "Newt" not in build.html("blog.html")
    assert any("unknown_page" in w or "unknown_file" in w for w in build.warnings)


def test_a_change_in_conf_is_a_change_of_pages(make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, **CONF)
    site.build()
    site.edit("conf.py", "'notes'", "'news'")
    build = site.build()
    assert "news/frogs.html" in build.files()
    clean = site.build(out="clean")
    for name in ("blog.html", "news/frogs.html", "walks/toad.html"):
        assert build.html(name) == clean.html(name)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text", "latex", "epub", "json"])
def test_every_output_has_them(builder: str, make_site: MakeSite) -> None:
    build = make_site(pages=PAGES, **CONF).build(builder, jobs=2)
    assert [w for w in build.warnings if "not_included" not in w] == []


ZONE = {
    "html_baseurl": "https://pond.example/",
    "fsp_metadata": {"*": {"timezone": "Europe/Berlin", "category": "notes"}},
}
DATED = {
    "summer.md": "title: Summer\ndate: 2024-06-21 12:00\n\nLong days.\n",
    "winter.md": "title: Winter\ndate: 2023-12-21 12:00\n\nShort days.\n",
    "there.md": "title: There\ndate: 2023-06-21 12:00+09:00\n\nElsewhere.\n",
    "own.md": "title: Own\ndate: 2022-06-21 00:00\ntimezone: Asia/Tokyo\n\nIts own.\n",
}


def test_dates_count_in_the_time_zone_of_the_site(make_site: MakeSite) -> None:
    """As in Pelican, whose ``TIMEZONE`` a line ``timezone:`` of a header overrules."""
    build = make_site(pages=DATED, **ZONE).build()
    assert build.warnings == []
    feed = build.html("feeds/all.atom.xml")
    assert re.findall(r"<published>(.*?)</published>", feed) == [
        "2024-06-21T10:00:00Z",
        "2023-12-21T11:00:00Z",
        "2023-06-21T03:00:00Z",
        "2022-06-20T15:00:00Z",
    ]
    # Its identifier, and what readers see, have the day that the author wrote.
    assert "tag:pond.example,2022-06-21:/blog/own.html" in feed
    assert '"datePublished": "2024-06-21T12:00:00+02:00"' in build.html("blog/summer.html")
    assert "<lastmod>2022-06-20T15:00:00Z</lastmod>" in build.html("sitemap.xml")


@pytest.mark.parametrize("zone", ["Europe/Berlim", "Europe", "../UTC", "/etc/localtime", "a\0b"])
def test_a_time_zone_that_isnt_one_stops_the_build(zone: str, make_site: MakeSite) -> None:
    metadata = {"*": {"timezone": zone}}
    with pytest.raises(Exception, match="fsp_metadata takes"):
        make_site(pages=DATED, fsp_metadata=metadata).build()
