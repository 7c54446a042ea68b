"""Feeds and site map of real projects: in every build the same, and never over another's file."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import Build, Site
from lxml import etree
from test_incremental import tree

from sphinx_fsp.publish.feeds.reading import read
from sphinx_fsp.transforms.html.dom import parse, serialise

BASE = "https://sky.example/"
ATOM = Path(__file__).parent / "unit" / "fixtures" / "exports" / "atom.rng"
LINK = (
    '<link rel="alternate" type="application/atom+xml" title="Sky" '
    f'href="{BASE}feeds/all.atom.xml">'
)
MakeSite = Callable[..., Site]


def post(slug: str, date: str, body: str = "Text.\n", more: str = "") -> str:
    """Return the file of a post."""
    return f"title: {slug.capitalize()}\nslug: {slug}\ncategory: post\ndate: {date}\n{more}\n{body}"


PAGES = {
    "sky.markdown": "title: The sky\nslug: sky\ncategory: page\n\n## Stars\n\nMany.\n",
    "moon.markdown": post("moon", "2024-05-01", "See [it](/sky.html#stars).\n"),
    "mars.markdown": post("mars", "2024-06-01"),
}


def sky(make_site: MakeSite, pages: dict[str, str] | None = None, **conf: object) -> Site:
    """Return a guide of some pages."""
    return make_site(
        pages=PAGES | (pages or {}), **({"project": "Sky", "html_baseurl": BASE} | conf)
    )


def feed_of(build: Build, name: str = "feeds/all.atom.xml") -> Any:
    """Return a feed as a reader's program sees it."""
    read = feedparser.parse((build.outdir / name).read_bytes())
    assert not read.bozo
    return read


def titles(build: Build, name: str = "feeds/all.atom.xml") -> list[str]:
    return [entry.title for entry in feed_of(build, name).entries]


def locations(build: Build) -> list[str]:
    """Return the addresses in the site map."""
    root = etree.fromstring((build.outdir / "sitemap.xml").read_bytes())
    return [element.text.removeprefix(BASE) for element in root.iter("{*}loc")]


@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp", "furo"])
def test_a_guide_has_feeds(make_site: MakeSite, theme: str) -> None:
    build = sky(make_site, html_theme=theme).build()
    assert build.warnings == []
    data = (build.outdir / "feeds/all.atom.xml").read_bytes()
    etree.RelaxNG(etree.parse(ATOM)).assertValid(etree.fromstring(data))
    mars, moon = feed_of(build).entries
    assert (mars.title, moon.title) == ("Mars", "Moon")
    assert moon.id == "tag:sky.example,2024-05-01:/blog/moon.html"
    assert moon.link == f"{BASE}blog/moon.html"
    assert f'href="{BASE}sky.html#stars"' in moon.content[0].value
    assert "<h1" not in moon.content[0].value
    assert "headerlink" not in moon.content[0].value
    assert titles(build, "feed") == ["Mars", "Moon"]
    for name in ("index", "sky", "blog/moon", "search", "genindex"):
        assert build.html(f"{name}.html").count(LINK) == 1


def test_dirhtml_has_the_same_identifiers(make_site: MakeSite) -> None:
    site = sky(make_site)
    entry = feed_of(site.build("dirhtml")).entries[1]
    assert entry.id == "tag:sky.example,2024-05-01:/blog/moon.html"
    assert entry.link == f"{BASE}blog/moon/"
    assert f'href="{BASE}sky/#stars"' in entry.content[0].value


@pytest.mark.parametrize("builder", ["singlehtml", "latex", "epub", "text", "man", "json", "xml"])
def test_other_outputs_have_none(make_site: MakeSite, builder: str) -> None:
    build = sky(make_site).build(builder)
    assert not {"feed", "feeds/all.atom.xml", "sitemap.xml"} & build.files()


def test_feeds_by_name(make_site: MakeSite) -> None:
    talk = {"t.md": post("talk", "2024-07-01").replace("category: post", "category: Big Talk")}
    paths = ["all.rss.xml", "feeds/{category}.atom.xml"]
    build = sky(make_site, talk, fsp_feeds=paths).build()
    assert feed_of(build, "all.rss.xml").version == "rss20"
    assert titles(build, "all.rss.xml") == ["Talk", "Mars", "Moon"]
    assert titles(build, "feeds/post.atom.xml") == ["Mars", "Moon"]
    assert feed_of(build, "feeds/big-talk.atom.xml").feed.title == "Sky - Big Talk"
    assert 'type="application/rss+xml"' in build.html("index.html")
    assert "application/atom+xml" not in build.html("index.html")


def test_no_posts_no_feed(make_site: MakeSite) -> None:
    site = make_site(pages={"sky.markdown": PAGES["sky.markdown"]}, html_baseurl=BASE)
    build = site.build()
    assert build.warnings == []
    assert not {"feed", "feeds/all.atom.xml"} & build.files()
    assert "application/atom+xml" not in build.html("index.html")


def test_without_an_address_of_the_site(make_site: MakeSite) -> None:
    site = sky(make_site, html_baseurl="")
    build = site.build()
    assert build.warnings == []
    assert not {"feed", "sitemap.xml"} & build.files()
    asked = site.build(overrides={"fsp_feeds": ["feeds/all.atom.xml"]})
    assert asked.warnings == [
        "conf.py:1: WARNING: feed feeds/all.atom.xml needs the address of the site; "
        "set html_baseurl to https://... [fsp.feed]"
    ]


def test_a_page_links_to_a_feed(make_site: MakeSite) -> None:
    page = "title: News\nslug: news\n\n[Atom](/feeds/all.atom.xml) [short](/feed)\n"
    site = sky(make_site, {"news.markdown": page})
    build = site.build()
    assert build.warnings == []
    assert 'href="feeds/all.atom.xml">Atom' in build.html("news.html")
    assert f'href="{BASE}feeds/all.atom.xml">Atom' in site.build("epub").html("news.xhtml")
    (site.content / "moon.markdown").unlink()
    (site.content / "mars.markdown").unlink()
    assert [line for line in site.build().warnings if "no page /feed" in line]


def test_a_post_of_the_future(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site = sky(make_site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1715000000")  # 6 May 2024
    early = site.build()
    assert titles(early) == ["Moon"]
    assert "blog/mars.html" not in early.files()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1720000000")  # 3 July 2024
    late = site.build()
    assert "blog/mars" in late.read
    assert titles(late) == ["Mars", "Moon"]
    assert tree(late) == tree(site.build(out="_clean"))


def test_a_draft_is_in_no_feed(make_site: MakeSite) -> None:
    pages = {"d.md": post("draft", "2024-07-01", more="status: draft\n")}
    assert titles(sky(make_site, pages).build()) == ["Mars", "Moon"]


@pytest.mark.parametrize(
    "date",
    [
        "soon",
        "2024-13-01",
        "2024-02-30",
        "01/02",
        "20240",
        "2024-05-01T25:00",
        "2024-05-01T10:00+99:00",
        "99999-01-01",
        "-2024-01-01x",
        "2024-05-01 to 2024-05-02",
    ],
)
def test_a_bad_date_is_said_and_breaks_no_feed(make_site: MakeSite, date: str) -> None:
    build = sky(make_site, {"bad.md": post("bad", date)}).build()
    assert [line for line in build.warnings if "bad.md:4" in line and "[fsp.bad_date]" in line]
    assert titles(build) == ["Mars", "Moon"]


def test_a_post_without_a_body(make_site: MakeSite) -> None:
    build = sky(make_site, {"e.md": post("empty", "2024-07-01", "")}).build()
    entry = feed_of(build).entries[0]
    assert (entry.title, "p>" in str(entry.get("content"))) == ("Empty", False)


def test_a_page_that_moves_keeps_its_identifier(make_site: MakeSite) -> None:
    site = sky(make_site)
    before = feed_of(site.build()).entries[1].id
    old = "slug: moon"
    site.edit("moon.markdown", old, "slug: earths-moon\nfeed_id: /blog/moon.html")
    (site.content / "elsewhere").mkdir()
    (site.content / "moon.markdown").rename(site.content / "elsewhere/moon.markdown")
    moved = feed_of(site.build()).entries[1]
    assert moved.link == f"{BASE}blog/earths-moon.html"
    assert moved.id == before


def test_a_short_address_does_not_change_an_identifier(make_site: MakeSite) -> None:
    site = sky(make_site, fsp_redirects="redirects.csv")
    site.write("redirects.csv", "from,to\n/moon.html,/blog/moon.html\n")
    assert feed_of(site.build()).entries[1].id.endswith(":/blog/moon.html")


def test_two_posts_never_share_an_identifier(make_site: MakeSite) -> None:
    same = {
        f"{n}.md": post(n, "2024-07-01", more="feed_id: urn:x:1\n") for n in ("first", "second")
    }
    build = sky(make_site, same).build()
    assert build.warnings == [
        "second.md:5: WARNING: feed blog/second has the identifier urn:x:1 of first.md too; "
        "give it another feed_id [fsp.feed]"
    ]
    assert len({entry.id for entry in feed_of(build).entries}) == 4


def test_text_of_strangers(make_site: MakeSite) -> None:
    body = '<script>alert(1)</script>\n\n<b onclick="x()">]]></b>\n\n[x](javascript:x())\n'
    page = post("evil", "2024-07-01", body).replace("Evil", "A ]]> <b> & \x07 title")
    build = sky(make_site, {"evil.md": page}).build()
    data = build.html("feeds/all.atom.xml")
    assert "script&gt;" not in data
    assert "onclick" not in data
    assert "javascript:" not in data
    etree.RelaxNG(etree.parse(ATOM)).assertValid(etree.fromstring(data.encode()))


@pytest.mark.parametrize("place", ["static", "extra"])
def test_files_of_the_author_stay(make_site: MakeSite, place: str) -> None:
    setting = "fsp_static_path" if place == "static" else "html_extra_path"
    site = sky(make_site, exclude_patterns=["own"])
    site.edit("conf.py", "project", f"{setting} = ['own']\nproject")
    names = ("robots.txt", "sitemap.xml", "feed")
    for name in names:
        site.write(f"own/{name}", "mine\n")
    for _ in range(2):
        build = site.build()
        assert [build.html(name) for name in names] == ["mine\n"] * 3
        assert titles(build) == ["Mars", "Moon"]
    assert build.warnings == []


def test_no_robots_txt_is_made(make_site: MakeSite) -> None:
    assert "robots.txt" not in sky(make_site).build().files()


def test_a_redirect_stands_in_the_place_of_a_feed(make_site: MakeSite) -> None:
    site = sky(make_site, fsp_redirects="redirects.csv")
    site.write("redirects.csv", "from,to\n/feed,/sky.html\n")
    build = site.build()
    assert build.warnings == []
    assert "../sky.html" in build.html("feed/index.html")
    asked = site.build(overrides={"fsp_feeds": ["feeds/all.atom.xml", "feed"]})
    assert asked.warnings == [
        "conf.py:1: WARNING: feed feed has no place beside feed/index.html; "
        "give it another name [fsp.feed]"
    ]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_feed_stands_at_its_old_addresses_too(make_site: MakeSite, builder: str) -> None:
    """Programs that read feeds follow no page that leads on."""
    page = {"n.md": "title: News\nslug: news\n\n[Old](/atom.xml)\n"}
    paths = ["feeds/all.atom.xml", "feeds/{category}.atom.xml"]
    site = sky(make_site, page, fsp_redirects="redirects.csv", fsp_feeds=paths)
    rows = "/atom.xml,/rss\n/rss,/feeds/all.atom.xml\n/feeds/post.atom.xml,/feeds/all.atom.xml\n"
    pages = "/feeds,/feeds/all.atom.xml\n/rss.html,/feeds/all.atom.xml\n"
    site.write("redirects.csv", f"from,to\n{rows}{pages}")
    build = site.build(builder)
    assert build.warnings == []
    feed = build.html("feeds/all.atom.xml")
    for name in ("atom.xml", "rss", "feeds/post.atom.xml"):
        assert build.html(name) == feed
    assert "all.atom.xml" in build.html("feeds/index.html")
    assert "all.atom.xml" in build.html("rss.html")
    news = build.html("news.html" if builder == "html" else "news/index.html")
    assert re.search(r'href="(\.\./)?atom\.xml">Old', news)
    site.write("redirects.csv", "from,to\n/atom.xml,/sky.html\n")
    later = site.build(builder)
    assert "sky" in later.html("atom.xml/index.html")
    assert "rss" not in later.files()
    assert tree(later) == tree(site.build(builder, out="_clean"))


def test_pages_link_to_what_the_site_makes(make_site: MakeSite) -> None:
    made = ["sitemap.xml", "llms.txt", "llms-full.txt", "resources.opml", "map.pdf", "extra.txt"]
    links = "".join(f"- [x](/{name})\n" for name in made)
    items = "".join(f"- [{n}](https://{n}.example/) is {n}\n" for n in ("one", "two", "three"))
    text = f"title: News\nslug: news\n\n{links}\n## Books\n\n{items}"
    extra = {"n.md": text, "extra/map.pdf": "x", "extra.txt": "x"}
    site = sky(make_site, extra, html_extra_path=["extra", "extra.txt"], fsp_redirects="old.csv")
    site.write("old.csv", "from,to\n/map.xml,/sitemap.xml\n/sitemap.xml,/sky.html\n")
    build = site.build()
    assert build.warnings == [
        "old.csv:3: WARNING: redirect /sitemap.xml: stands over a page that exists; "
        "remove it [fsp.bad_redirect]"
    ]
    for name in made:
        assert f'href="{name}">x' in build.html("news.html")
        assert name in build.files()
    assert "../sitemap.xml" in build.html("map.xml/index.html")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_folder_takes_the_place_of_a_feed_and_back(make_site: MakeSite, builder: str) -> None:
    site = sky(make_site, fsp_redirects="redirects.csv")
    site.write("redirects.csv", "from,to\n")
    page = site.content / "feed.markdown"
    for source in ("", "/feed,/sky.html\n", "", "page", ""):
        page.unlink(missing_ok=True)
        if source == "page":
            site.write("feed.markdown", "title: About feeds\nslug: feed\n\nText.\n")
        else:
            site.write("redirects.csv", f"from,to\n{source}")
        build = site.build(builder)
        assert build.warnings == []
        is_file = source == "" or (source == "page" and builder == "html")
        assert (build.outdir / "feed").is_file() == is_file
        assert tree(build) == tree(site.build(builder, out=f"_clean{site.builds}"))


def edit_post(site: Site) -> None:
    site.edit("moon.markdown", "See", "Look at")


def edit_title_of_link(site: Site) -> None:
    site.edit("sky.markdown", "## Stars", "## Suns")


def add_post(site: Site) -> None:
    site.write("venus.markdown", post("venus", "2024-05-15"))


def remove_post(site: Site) -> None:
    (site.content / "mars.markdown").unlink()


def remove_posts(site: Site) -> None:
    remove_post(site)
    (site.content / "moon.markdown").unlink()


def make_page(site: Site) -> None:
    site.edit("mars.markdown", "category: post", "category: page")


def change_base(site: Site) -> None:
    site.edit("conf.py", "sky.example", "other.example")


def take_feeds_away(site: Site) -> None:
    site.edit("conf.py", "project", "fsp_feeds = []\nproject")


def hide_from_search(site: Site) -> None:
    site.edit("sky.markdown", "Many.", "```{eval-rst}\n.. meta::\n   :robots: noindex\n```")


CHANGES = [
    edit_post,
    edit_title_of_link,
    add_post,
    remove_post,
    remove_posts,
    make_page,
    change_base,
    take_feeds_away,
    hide_from_search,
]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_incremental_equals_clean(
    make_site: MakeSite, change: Callable[[Site], None], builder: str
) -> None:
    site = sky(make_site)
    site.build(builder)
    change(site)
    incremental, clean = site.build(builder), site.build(builder, out="_clean")
    # What Sphinx keeps of a configuration that changed.
    assert tree(incremental) | {".buildinfo.bak": b""} == tree(clean) | {".buildinfo.bak": b""}


def test_the_first_post_is_linked_from_every_page(make_site: MakeSite) -> None:
    site = make_site(
        pages={"sky.markdown": PAGES["sky.markdown"]}, html_baseurl=BASE, project="Sky"
    )
    site.build()
    site.write("moon.markdown", PAGES["moon.markdown"])
    assert LINK in site.build().html("sky.html")
    (site.content / "moon.markdown").unlink()
    assert tree(site.build()) == tree(site.build(out="_clean"))


def test_a_post_that_comes_into_a_feed_is_written(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_fsp.source.feeds.LIMIT", 1)
    site = sky(make_site)
    assert titles(site.build()) == ["Mars"]
    (site.content / "mars.markdown").unlink()
    incremental = site.build()
    assert incremental.read == []
    assert titles(incremental) == ["Moon"]
    assert "stars" in feed_of(incremental).entries[0].content[0].value
    assert tree(incremental) == tree(site.build(out="_clean"))


def test_nothing_is_written_when_nothing_changed(make_site: MakeSite) -> None:
    site = sky(make_site)
    build = site.build()
    names = ["feed", "feeds/all.atom.xml", "sitemap.xml"]
    before = [(build.outdir / name).stat().st_mtime_ns for name in names]
    again = site.build()
    assert again.written == []
    assert [(build.outdir / name).stat().st_mtime_ns for name in names] == before


def test_parallel_equals_serial(make_site: MakeSite) -> None:
    posts = {f"p{n}.md": post(f"p{n}", f"2023-05-{n:02}") for n in range(1, 13)}
    site = sky(make_site, posts)
    assert tree(site.build(out="_serial")) == tree(site.build(out="_parallel", jobs=2))


def test_the_site_map(make_site: MakeSite) -> None:
    pages = {
        "hidden.md": "title: H\nslug: h\nstatus: hidden\n\nText.\n",
        "secret.rst": ".. meta::\n   :robots: noindex, follow\n\nSecret\n======\n",
        "plain.rst": "Plain\n=====\n",
        "404.md": "# Gone\n",
    }
    site = sky(make_site, pages, fsp_redirects="redirects.csv")
    site.write("redirects.csv", "from,to\n/old.html,/sky.html\n")
    build = site.build()
    assert locations(build) == [
        "blog/mars.html",
        "blog/moon.html",
        "index.html",
        "plain.html",
        "sky.html",
    ]
    assert re.findall("<lastmod>(.*)</lastmod>", build.html("sitemap.xml")) == [
        "2024-06-01",
        "2024-05-01",
    ]
    for address in locations(build):
        assert f'<link rel="canonical" href="{BASE}{address}"' in build.html(address)
    site.edit("plain.rst", "Plain\n=====", "Plainer\n=======")
    assert locations(site.build()) == locations(build)
    assert locations(site.build("dirhtml"))[:3] == ["blog/mars/", "blog/moon/", ""]


def git(folder: Path, *arguments: str, day: str = "2024-07-01") -> None:
    """Run git as somebody, on a day."""
    environment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+02:00"} | os.environ
    author = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    subprocess.run(["git", *author, *arguments], cwd=folder, env=environment, check=True)


def days(build: Build) -> dict[str, str]:
    """Return when each page of the site map was changed, as it says."""
    root = etree.fromstring((build.outdir / "sitemap.xml").read_bytes())
    return {
        url.findtext("{*}loc").removeprefix(BASE): url.findtext("{*}lastmod") or "" for url in root
    }


def test_days_from_git(make_site: MakeSite) -> None:
    site = sky(make_site, extensions=["sphinx_last_updated_by_git", "sphinx_fsp"])
    site.edit("mars.markdown", "date: 2024-06-01", "date: 2024-06-01\nmodified: 2024-06-03")
    git(site.content, "init", "-q")
    git(site.content, "add", ".")
    git(site.content, "commit", "-qm", "a")
    site.edit("sky.markdown", "Many", "Very many")
    git(site.content, "commit", "-qam", "b", day="2024-08-01")
    # Where it was first published says less than the last commit.
    expected = {
        "blog/mars.html": "2024-06-03",
        "blog/moon.html": "2024-07-01T10:00:00Z",
        "index.html": "2024-07-01T10:00:00Z",
        "sky.html": "2024-08-01T10:00:00Z",
    }
    assert days(site.build()) == expected
    # As hosts fetch it: without the history of what was changed before.
    clone = Site(site.root / "clone", site.root / "clone")
    git(site.root, "clone", "-q", "--depth", "1", f"file://{site.content}", str(clone.content))
    shallow = clone.build()
    assert {w.partition("WARNING: ")[2] for w in shallow.warnings} == {
        "Git clone too shallow [git.too_shallow]"
    }
    unknown = {"blog/moon.html": "2024-05-01", "index.html": "", "sky.html": ""}
    assert days(shallow) == expected | unknown
    git(clone.content, "fetch", "-q", "--unshallow")
    whole = clone.build(out="_whole")
    assert (whole.warnings, days(whole)) == ([], expected)


def test_another_site_map_stays(make_site: MakeSite) -> None:
    site = sky(make_site)
    assert "sitemap.xml" in site.build().files()
    site.write(
        "sphinx_sitemap.py",
        "def finish(app, exception):\n"
        "    (app.outdir / 'sitemap.xml').write_text('theirs')\n"
        "def setup(app):\n"
        "    app.connect('build-finished', finish)\n",
    )
    text = (site.content / "conf.py").read_text()
    text = f"import sys\nsys.path.insert(0, {str(site.content)!r})\n{text}"
    site.write("conf.py", text.replace("['sphinx_fsp']", "['sphinx_sitemap', 'sphinx_fsp']"))
    for _ in range(2):
        assert site.build().html("sitemap.xml") == "theirs"


@pytest.mark.parametrize("value", ["feed", ["/feed"], ["../feed"], ["a.html"], [1], None])
def test_a_wrong_value(make_site: MakeSite, value: object) -> None:
    from sphinx.errors import ConfigError

    with pytest.raises(ConfigError, match="fsp_feeds takes a list of paths"):
        sky(make_site, fsp_feeds=value).build()


@pytest.mark.once
def test_more_posts_than_a_feed_holds(make_site: MakeSite) -> None:
    posts = {
        f"p/{n}.md": post(f"p{n}", f"2023-{n // 28 + 1:02}-{n % 28 + 1:02}") for n in range(300)
    }
    build = sky(make_site, posts, fsp_feeds=["feed"]).build()
    entries = feed_of(build, "feed").entries
    assert len(entries) == 100
    assert [entry.title for entry in entries] == [
        "Mars",
        "Moon",
        *(f"P{299 - n}" for n in range(98)),
    ]
    assert all(entry.get("content") for entry in entries)
    assert len(locations(build)) == 304


def test_the_quick_reader_reads_what_sphinx_writes(make_site: Callable[..., Site]) -> None:
    build = make_site("guide").build()
    for name in sorted(name for name in build.files() if name.endswith(".html")):
        found = re.search(r'(?s)<div class="body".*?>(.*)<div class="clearer">', build.html(name))
        body = found[1].rsplit("</div>", 3)[0] if found else ""
        assert serialise(read(body)) == serialise(parse(body))


def test_nobody_is_named_where_conf_py_names_nobody(make_site: Callable[..., Site]) -> None:
    post = "title: Frost\nslug: frost\ncategory: post\ndate: 2026-01-02\n\n"
    site = make_site(
        pages={"frost.md": f"{post}## Books\n\n* [Ice](https://ice.example/) is a book.\n"},
        project="The Pond",
        html_baseurl="https://pond.example/",
    )
    build = site.build(overrides={"html_theme": "sphinx_fsp"})
    assert "<name>The Pond</name>" in build.html("feeds/resources.atom.xml")
    texts = [path for path in build.files() if path.endswith((".xml", ".html", ".json", ".opml"))]
    assert [path for path in texts if "Author name not set" in build.html(path)] == []
