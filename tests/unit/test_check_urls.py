"""Old addresses in a built site, which is a dictionary here."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_fsp.check.address_list import Listed
from sphinx_fsp.check.built import Built, read_page
from sphinx_fsp.check.urls import Answer, answer_all, check_urls, in_words, notes_on, site_bases

BASE = "https://sky.example/"


def redirect(target: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={target}">'


#: A small site.
SITE = {
    "index.html": f'<link rel="canonical" href="{BASE}index.html">',
    "moon.html": '<h2 id="phases"></h2><a name="old-name"></a><h2 id="größe"></h2>',
    "blog/index.html": "",
    "blog/first.html": "",
    "map.pdf": "",
    "with blanks.html": "",
    "luna.html": redirect("moon.html"),
    "phases.html": redirect("moon.html#phases"),
    "faces.html": redirect("moon.html#faces"),
    "feed/index.html": redirect("https://feeds.example/sky.xml"),
    "blog/old.html": redirect("../luna.html"),
    "full.html": redirect("https://www.sky.example/moon.html"),
    "nowhere.html": redirect("pluto.html"),
    "a.html": redirect("b.html"),
    "b.html": redirect("a.html"),
    "self.html": redirect("self.html"),
} | {f"chain-{n}.html": redirect(f"chain-{n + 1}.html") for n in range(50)}


def site(files: dict[str, str] = SITE) -> Built:
    return Built(frozenset(files), lambda name: read_page(files[name]))


def listed(*addresses: str) -> list[Listed]:
    return [Listed(text, Path("old.txt"), n) for n, text in enumerate(addresses, 1)]


def answers(*addresses: str) -> list[Answer]:
    return answer_all(site(), listed(*addresses), [BASE])[0]


@pytest.mark.parametrize(
    ("address", "how", "where"),
    [
        ("/moon.html", "file", "moon.html"),
        ("moon.html", "file", "moon.html"),
        ("https://sky.example/moon.html", "file", "moon.html"),
        ("http://www.sky.example/moon.html", "file", "moon.html"),
        ("//SKY.example/moon.html", "file", "moon.html"),
        ("/moon.html?page=2", "file", "moon.html"),
        ("/moon.html?a#phases", "file", "moon.html"),
        ("/moon.html#phases", "file", "moon.html"),
        ("/moon.html#old-name", "file", "moon.html"),
        ("/moon.html#gr%C3%B6%C3%9Fe", "file", "moon.html"),
        ("/moon.html#top", "file", "moon.html"),
        ("/with%20blanks.html", "file", "with blanks.html"),
        ("/map.pdf", "file", "map.pdf"),
        ("/map.pdf#page=2", "file", "map.pdf"),
        ("/", "folder", "index.html"),
        ("https://sky.example", "folder", "index.html"),
        ("/blog/", "folder", "blog/index.html"),
        ("/blog", "folder", "blog/index.html"),
        ("/moon", "html", "moon.html"),
        ("/moon/", "html", "moon.html"),
        ("/luna.html", "redirect", "moon.html"),
        ("/luna.html#phases", "redirect", "moon.html"),
        ("/phases.html", "redirect", "moon.html"),
        ("/phases.html#gone", "redirect", "moon.html"),
        ("/blog/old.html", "redirect", "moon.html"),
        ("/full.html", "redirect", "moon.html"),
        ("/feed", "elsewhere", "https://feeds.example/sky.xml"),
    ],
)
def test_an_address_is_there(address: str, how: str, where: str) -> None:
    (answer,) = answers(address)
    assert (answer.how, answer.where) == (how, where)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/pluto.html", "is gone"),
        ("/Moon.html", "is gone"),
        ("/../moon.html", "is gone"),
        ("/moon.html/", "is below a file"),
        ("/moon.html#faces", "is a page that has no #faces"),
        ("/map.pdf#page", "is a page that has no #page"),
        ("/faces.html", "leads to /moon.html, which has no #faces"),
        ("/luna.html#faces", "leads to /moon.html, which has no #faces"),
        ("/nowhere.html", "leads to /pluto.html, which isn't there"),
        ("/a.html", "leads in a circle, by /a.html"),
        ("/self.html", "leads in a circle, by /self.html"),
        ("/chain-0.html", "leads over more than 20 redirects"),
    ],
)
def test_an_address_is_lost(address: str, why: str) -> None:
    (answer,) = answers(address)
    assert (answer.how, answer.why, answer.where) == ("lost", why, "")


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("/mon.html", "did you mean /moon.html? Lead it there with fsp_redirects"),
        ("/pluto", "lead it to a page with fsp_redirects"),
        ("/img/mon.png", "publish the file there, from a folder of fsp_static_path"),
        ("/theme/css/main.css", "publish the file there, from a folder of fsp_static_path"),
        ("/feeds/all.rss.xml", "list it in fsp_feeds, or lead it to a feed with fsp_redirects"),
        ("/rss/", "list it in fsp_feeds, or lead it to a feed with fsp_redirects"),
        ("/map.pdf/", "take the slash away, or have the host do it"),
    ],
)
def test_the_advice_can_be_followed(tmp_path: Path, address: str, advice: str) -> None:
    for name in ("index.html", "moon.html", "map.pdf"):
        (tmp_path / name).write_text(SITE["index.html"])
    (tmp_path / "old.txt").write_text(f"{address}\n")
    nothing: frozenset[str] = frozenset()
    (finding,) = check_urls(tmp_path, tmp_path / "old.txt", nothing, nothing).findings
    assert finding.hint == advice


def test_where_no_feeds_are_made_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    (tmp_path / "old.txt").write_text("/feeds/all.atom.xml\n")
    nothing: frozenset[str] = frozenset()
    (finding,) = check_urls(tmp_path, tmp_path / "old.txt", nothing, nothing).findings
    assert finding.hint == "feeds are made where html_baseurl is set: set it in conf.py"


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        (["/", "/moon.html", "/luna.html", "/feed"], "3 pages, 1 feed"),
        (["/feeds/all.atom.xml", "/feeds/sky.xml", "/news.rss", "/map.pdf"], "3 feeds, 1 file"),
        (["/feedback.html", "/rss-readers.html"], "2 pages"),
    ],
)
def test_addresses_are_counted_by_what_they_are(addresses: list[str], words: str) -> None:
    assert in_words(answers(*addresses)) == words


def test_an_address_is_looked_at_once() -> None:
    found = answers("/moon.html", "https://sky.example/moon.html", "/moon.html#phases")
    assert [answer.listed.line for answer in found] == [1, 3]


def test_other_sites_are_left_out() -> None:
    addresses = listed("/moon.html", "https://blog.example/a", "https://blog.example/b")
    found, foreign = answer_all(site(), addresses, [BASE])
    assert len(found) == 1
    assert foreign == {"blog.example": 2}
    assert list(notes_on(found, foreign)) == [
        "1 as files",
        "2 of other sites, not checked: blog.example (2)",
    ]


@pytest.mark.parametrize(
    ("canonical", "addresses", "bases"),
    [
        pytest.param(f"{BASE}index.html", ["/a"], (BASE,), id="paths"),
        pytest.param(BASE, ["/a"], (BASE,), id="dirhtml"),
        pytest.param(BASE, [f"{BASE}a", "https://x.example/"], (BASE,), id="its own host"),
        pytest.param(BASE, ["http://www.sky.example/a"], (BASE,), id="its own host with www"),
        pytest.param(
            BASE, ["https://old.example/a"], (BASE, "https://old.example/"), id="another host"
        ),
        pytest.param(BASE, ["/a", "https://old.example/a"], (BASE,), id="paths and another host"),
        pytest.param(
            "",
            ["https://x.example/", "https://old.example/a", "https://old.example/b"],
            ("https://old.example/",),
            id="the most frequent host",
        ),
        pytest.param("", ["/a"], (), id="nothing known"),
        pytest.param(
            "https://me.example/sky/index.html",
            ["https://me.example/sky/a", "https://me.example/other/b"],
            ("https://me.example/sky/",),
            id="below a path",
        ),
    ],
)
def test_the_base_of_a_site(canonical: str, addresses: list[str], bases: tuple[str, ...]) -> None:
    front = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    assert site_bases(site({"index.html": front}), listed(*addresses)) == bases


@pytest.mark.parametrize(
    ("text", "refresh"),
    [
        (redirect("moon.html"), "moon.html"),
        ("<META HTTP-EQUIV=Refresh CONTENT='0;URL=&quot;/a&amp;b&quot;'>", "/a&b"),
        ('<meta http-equiv="refresh" content="30">', ""),
        ('<meta name="refresh" content="0; url=/a">', ""),
        ("<pre>&lt;meta http-equiv=refresh content='0; url=/a'&gt;</pre>", ""),
        ('<!-- <meta http-equiv="refresh" content="0; url=/a"> -->', ""),
    ],
)
def test_a_page_sends_on(text: str, refresh: str) -> None:
    assert read_page(text).refresh == refresh
