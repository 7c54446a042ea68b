"""Pages in several languages: what each says of the others, in lists, feeds and the theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docutils
import feedparser
import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site
from test_init import Init, _no_language_stays, build, conf_of, init, write
from test_init_sites import BASE, by_pelican

from sphinx_fsp import cli
from sphinx_fsp.check.urls import check_urls

__all__ = ("_no_language_stays", "init")

MakeSite = Callable[..., Site]

RAIN = """\
title: Rain
slug: rain
category: post
date: 2026-02-03
tags: water

It "falls".
"""
REGEN = """\
title: Regen
slug: rain
lang: de
category: post
date: 2026-02-04
tags: Wasser

Er "fällt".
"""
#: docutils knows no quotes for it.
MATAR = 'title: مطر\nslug: rain\nlang: ar\ncategory: post\ndate: 2026-02-05\n\nيسقط "المطر".\n'
FOEHN = "title: Föhn\nslug: foehn\nlang: de\ncategory: post\ndate: 2026-01-05\n\nNur deutsch.\n"
ABOUT = "title: About\nslug: about\n\nUs.\n"
UEBER = "title: Über uns\nslug: about\nlang: de\n\nWir.\n"
INDEX = """\
# Home

## Posts

```{posts}
```

## Deutsch

```{posts}
:lang: de
```

## All

```{posts}
:lang: *
```

## Archive

```{posts}
:archive: category
:lang: en
```
"""
PAGES = {
    "rain.md": RAIN,
    "regen.md": REGEN,
    "matar.md": MATAR,
    "foehn.md": FOEHN,
    "about.md": ABOUT,
    "ueber.md": UEBER,
    "index.md": INDEX,
}
CONF = {
    "html_baseurl": "https://weather.example/",
    "fsp_lang_permalinks": {"page": "{slug}-{lang}", "*": "blog/{slug}-{lang}"},
    "html_theme": "sphinx_fsp",
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(pages=PAGES, **CONF)


def soup(build: Build, name: str) -> BeautifulSoup:
    return BeautifulSoup(build.html(name), "html.parser")


def listed(build: Build, section: str) -> list[str]:
    """Return the addresses that a list of the front page leads to."""
    found = soup(build, "index.html").select(f"#{section} ul a")
    return [str(link["href"]) for link in found]


#: Before 0.22, docutils doesn't ask what an element stands in.
GERMAN_QUOTES = "„fällt“" if docutils.__version_info__ >= (0, 22) else "“fällt”"
VERSIONS = [
    ("en", "https://weather.example/blog/rain.html"),
    ("ar", "https://weather.example/blog/rain-ar.html"),
    ("de", "https://weather.example/blog/rain-de.html"),
]


@pytest.mark.parametrize("theme", ["basic", "sphinx_fsp"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_says_its_language_and_its_versions(site: Site, theme: str, jobs: int) -> None:
    build = site.build(jobs=jobs, overrides={"html_theme": theme})
    assert build.warnings == []
    for name, lang, quoted in (
        ("rain", "en", "“falls”"),
        ("rain-de", "de", GERMAN_QUOTES),
        ("rain-ar", "ar", "“المطر”"),
    ):
        page = soup(build, f"blog/{name}.html")
        links = [(x["hreflang"], x["href"]) for x in page.select("head link[hreflang]")]
        assert links == VERSIONS
        # The frame around the text is in the language of the site.
        assert page.html is not None
        assert page.html["lang"] == "en"
        section = page.select_one("section[id]")
        assert section is not None
        assert section.get("lang", "en") == lang
        assert ("fsp-rtl" in section.get("class", [])) == (lang == "ar")
        is_styled = "fsp-content.css" in str(page.head) or theme == "sphinx_fsp"
        assert is_styled or lang != "ar"
        assert quoted in section.text
        assert f'"inLanguage": "{lang}"' in build.html(f"blog/{name}.html")
    assert not soup(build, "blog/foehn-de.html").select("head link[hreflang]")


def test_without_an_address_of_the_site_nothing_is_named_that_has_to_be_absolute(
    site: Site,
) -> None:
    build = site.build(overrides={"html_baseurl": ""})
    assert not soup(build, "blog/rain.html").select("head link[hreflang]")
    assert soup(build, "blog/rain.html").select(".page-languages a")


def test_readers_find_the_other_languages(site: Site) -> None:
    build = site.build()
    links = soup(build, "blog/rain-de.html").select("h1 ~ .page-languages a")
    assert [(a["href"], a["hreflang"], a["lang"], a.text) for a in links] == [
        ("rain.html", "en", "en", "English"),
        ("rain-ar.html", "ar", "ar", "العربية"),
    ]
    links = soup(build, "about.html").select("h1 ~ .page-languages a")
    assert [(a["href"], a.text) for a in links] == [("about-de.html", "Deutsch")]
    assert not soup(build, "blog/foehn-de.html").select(".page-languages")
    # What the theme says there is in the language of the site.
    for part in soup(build, "blog/rain-ar.html").select(".post-header, .page-languages"):
        assert (part["lang"], part["dir"]) == ("en", "ltr")
    assert "lang" not in soup(build, "blog/rain.html").select(".page-languages")[0].attrs
    # A post is between those of its language.
    neighbours = soup(build, "blog/rain-de.html").select(".neighbours a")
    assert [(a["class"], a["href"]) for a in neighbours] == [(["before"], "../blog/foehn-de.html")]


def test_lists_have_the_originals_or_one_language_or_all(site: Site) -> None:
    build = site.build()
    assert listed(build, "posts") == ["blog/rain.html", "blog/foehn-de.html"]
    assert listed(build, "deutsch") == ["blog/rain-de.html", "blog/foehn-de.html"]
    assert listed(build, "all") == [
        "blog/rain-ar.html",
        "blog/rain-de.html",
        "blog/rain.html",
        "blog/foehn-de.html",
    ]
    assert listed(build, "archive") == ["blog/rain.html"]
    langs = [item.get("lang") for item in soup(build, "index.html").select("#all ul.posts > li")]
    assert langs == ["ar", "de", None, "de"]


@pytest.mark.parametrize("value", ["", "de/at", "**"])
def test_a_language_that_is_none_is_an_error_of_the_directive(
    make_site: MakeSite, value: str
) -> None:
    index = f"# Home\n\n```{{posts}}\n:lang: {value}\n```\n"
    build = make_site(pages={"rain.md": RAIN, "index.md": index}).build()
    (warning,) = (w for w in build.warnings if "lang" in w)
    assert "write a code such as de or pt-BR, or * for all languages" in warning


def test_an_entry_of_a_feed_says_its_language(site: Site) -> None:
    feed = feedparser.parse((site.build().outdir / "feeds/all.atom.xml").read_bytes())
    assert [(e.title, e.title_detail.language) for e in feed.entries] == [
        ("مطر", "ar"),
        ("Regen", "de"),
        ("Rain", "en"),
        ("Föhn", "de"),
    ]


@pytest.mark.parametrize(
    "builder", ["dirhtml", "epub", "text", "latex", "man", "singlehtml", "json"]
)
def test_every_output_takes_them(site: Site, builder: str) -> None:
    build = site.build(builder)
    assert [w for w in build.warnings if "[epub.unknown" not in w] == []
    if builder == "dirhtml":
        links = soup(build, "blog/rain/index.html").select(".page-languages a")
        assert [a["href"] for a in links] == ["../rain-ar/", "../rain-de/"]
    if builder == "epub":
        text = (build.outdir / "about-de.xhtml").read_text("utf-8")
        assert 'xml:lang="de"' in text


def test_a_new_translation_shows_on_the_page_that_it_translates(site: Site) -> None:
    (site.content / "regen.md").rename(site.root / "regen.md")
    before = site.build()
    assert "rain-de" not in before.html("blog/rain.html")
    site.write("regen.md", REGEN)
    after = site.build()
    assert {"blog/rain", "blog/rain-ar", "blog/rain-de"} <= set(after.read)
    assert "about" not in after.read
    clean = site.build(out="_clean")
    for name in ("blog/rain.html", "blog/rain-ar.html", "index.html", "feeds/all.atom.xml"):
        assert after.html(name) == clean.html(name), name


@pytest.mark.parametrize("new", ["lang: fr", "lang: ar", "translation: true"])
@pytest.mark.parametrize("option", [":lang: *", ":archive: year\n:lang: *"])
def test_a_list_follows_the_language_of_a_post(make_site: MakeSite, new: str, option: str) -> None:
    index = f"# Home\n\n```{{posts}}\n{option}\n```\n"
    site = make_site(pages={"foehn.md": FOEHN, "index.md": index}, **CONF)
    site.edit("foehn.md", "lang: de", "lang: de\nsave_as: foehn.html")
    site.build()
    site.edit("foehn.md", "lang: de", new)
    after = site.build().html("index.html")
    assert after == site.build(out="_clean").html("index.html")


def test_what_is_in_the_language_of_the_site_says_so_on_a_page_that_isnt(site: Site) -> None:
    site.write("liste.md", f"{UEBER.replace('about', 'liste')}\n:::{{posts}}\n:lang: *\n:::\n")
    build = site.build()
    items = soup(build, "liste-de.html").select("ul.posts > li")
    assert [item.get("lang") for item in items] == ["ar", None, "en", None]


def test_footnotes_are_in_the_language_of_their_page(site: Site) -> None:
    site.edit("ueber.md", "Wir.", 'Wir.[^1]\n\n[^1]: "Wer"?')
    (note,) = soup(site.build(), "about-de.html").select("aside.footnote")
    assert note["lang"] == "de"
    assert GERMAN_QUOTES.replace("fällt", "Wer") in note.text


def test_a_page_that_no_other_leads_to_is_found(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("two.md", ABOUT.replace("about", "about\nsave_as: two.html"))
    site.edit("index.md", "## Posts", "[one](/about.html), [two](/two.html)\n\n## Posts")
    assert cli.run(["check", str(site.content)]) == 1
    out = capsys.readouterr().out
    # Nobody knows which of two it translates, so neither leads to it.
    assert [line for line in out.splitlines() if "orphan" in line] != []
    assert "/about-de.html" in out


def test_the_feed_of_a_language_says_which(make_site: MakeSite) -> None:
    feeds = ["feeds/{lang}.atom.xml", "feeds/{lang}.rss.xml"]
    build = make_site(pages=PAGES, **CONF, fsp_feeds=feeds).build()
    for name in ("de.atom.xml", "de.rss.xml"):
        feed = feedparser.parse((build.outdir / "feeds" / name).read_bytes())
        assert feed.feed.language == "de", name


def test_a_draft_is_no_version(site: Site) -> None:
    site.edit("rain.md", "tags:", "status: draft\ntags:")
    build = site.build()
    # Nothing in the language of the site is left: each is an original.
    assert listed(build, "posts") == [
        "blog/rain-ar.html",
        "blog/rain-de.html",
        "blog/foehn-de.html",
    ]
    links = soup(build, "blog/rain-de.html").select(".page-languages a")
    assert [a["href"] for a in links] == ["rain-ar.html"]


# Pelican -----------------------------------------------------------------------------------------

#: As Pelican has it: articles in folders, and nothing said of addresses.
SITE = {
    "pelicanconf.py": BASE
    + 'DEFAULT_LANG = "en"\nTRANSLATION_FEED_ATOM = "feeds/all-{lang}.atom.xml"\n'
    'TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"\n',
    "content/news/rain.md": RAIN.replace("category: post\n", ""),
    "content/news/regen.md": REGEN.replace("category: post\n", ""),
    "content/news/foehn.md": FOEHN.replace("category: post\n", "tags: water\n"),
    "content/pages/about.md": ABOUT,
    "content/pages/ueber.md": UEBER,
}


def test_a_site_of_pelican_in_two_languages(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path / "site", {**SITE})
    by_pelican(site, tmp_path / "old")
    init(site)
    conf = conf_of(site / "content")
    assert conf["fsp_permalinks"] == {"page": "pages/{slug}", "*": "{slug}"}
    assert conf["fsp_lang_permalinks"] == {"page": "pages/{slug}-{lang}", "*": "{slug}-{lang}"}
    assert "save_as" not in str(conf["fsp_metadata"])
    assert build(site / "content", tmp_path / "new") == ""
    compared = check_urls(tmp_path / "new", tmp_path / "old", frozenset(), frozenset())
    assert [finding.path for finding in compared.findings] == []
    assert "about-de" not in (site / "content/index.md").read_text("utf-8")
    feeds = sorted(path.name for path in (tmp_path / "old/feeds").glob("*.xml"))
    assert len(feeds) == 5
    for name in feeds:
        found = [
            [str(e.id) for e in feedparser.parse((folder / name).read_bytes()).entries]
            for folder in (tmp_path / "old/feeds", tmp_path / "new/feeds")
        ]
        assert found[0] == found[1], name


def test_another_key_for_translations_is_said(tmp_path: Path, init: Init) -> None:
    conf = BASE + "ARTICLE_TRANSLATION_ID = None\nPAGE_TRANSLATION_ID = 'slug'\n"
    out = init(write(tmp_path, {**SITE, "pelicanconf.py": conf})).out
    assert "ARTICLE_TRANSLATION_ID" in out
    assert "PAGE_TRANSLATION_ID" not in out


def test_listings_are_as_long_as_those_of_pelican(tmp_path: Path, init: Init) -> None:
    """Translations count for nothing: else there were redirects from pages that never were."""
    posts = {
        f"content/{n}{lang}.md": f"Title: {n}\nSlug: n{n}\nDate: 2026-01-0{n}\nTags: water\n"
        f"Category: post\n{f'Lang: {lang}' * bool(lang)}\n\nText.\n"
        for n in (1, 2, 3)
        for lang in ("", "de")
    }
    conf = f"{BASE}DEFAULT_PAGINATION = 2\n"
    site = write(tmp_path / "site", {"pelicanconf.py": conf, **posts})
    init(site)
    table = (site / "redirects.csv").read_text("utf-8")
    assert "/tag/water2.html,/tags.html#water" in table
    assert "water3" not in table
