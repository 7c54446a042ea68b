"""Redirects in the output: pages, the file for a host, and what stands in their way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Build, Site

MakeSite = Callable[..., Site]

MOON = "title: Moon\nslug: moon\n\n## Phases\n\nFour.\n"
ROWS = """\
/luna.html,/moon.html
/faces.html,/moon.html#phases
/the moon.html,/moon.html
/feed,https://feeds.example/sky.xml
"""


@pytest.fixture
def make_moon(make_site: MakeSite) -> Callable[..., Site]:
    """Return a function that makes a site of one page, and of redirects."""

    def make(rows: str = ROWS, **conf: object) -> Site:
        conf = {"fsp_redirects": "redirects.csv", "fsp_redirects_for": "netlify", **conf}
        return make_site(pages={"moon.md": MOON, "redirects.csv": rows}, **conf)

    return make


def redirects(build: Build) -> list[str]:
    return build.html("_redirects").splitlines()


def about(build: Build, *subtypes: str) -> list[str]:
    return [w for w in build.warnings if w.endswith(tuple(f"[fsp.{name}]" for name in subtypes))]


@pytest.mark.parametrize(
    ("host", "builder", "lines"),
    [
        (
            "netlify",
            "html",
            [
                "/luna.html /moon.html 301!",
                "/faces.html /moon.html#phases 301!",
                "/the%20moon.html /moon.html 301!",
                "/feed https://feeds.example/sky.xml 301!",
            ],
        ),
        (
            "cloudflare",
            "dirhtml",
            [
                "/luna.html /moon/ 301",
                "/faces.html /moon/#phases 301",
                "/the%20moon.html /moon/ 301",
                "/feed https://feeds.example/sky.xml 301",
                "/feed/ https://feeds.example/sky.xml 301",
            ],
        ),
    ],
)
def test_the_file_for_a_host(
    make_moon: MakeSite, host: str, builder: str, lines: list[str]
) -> None:
    build = make_moon(fsp_redirects_for=host).build(builder)
    assert redirects(build) == lines
    assert about(build, "bad_redirect", "redirects_file") == []
    # Without the host's file, readers are led on too.
    assert {"luna.html", "faces.html", "the moon.html", "feed/index.html"} <= build.files()


@pytest.mark.parametrize("conf", [{"fsp_redirects_for": None}, {"fsp_redirects": None}])
def test_no_file_unless_it_is_wanted(make_moon: MakeSite, conf: dict[str, object]) -> None:
    assert "_redirects" not in make_moon(**conf).build().files()


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_other_outputs_have_none(make_moon: MakeSite, builder: str) -> None:
    assert "_redirects" not in make_moon().build(builder).files()


def test_the_file_goes_when_it_is_wanted_no_more(make_moon: MakeSite) -> None:
    site = make_moon()
    assert "_redirects" in site.build().files()
    assert "_redirects" not in site.build(overrides={"fsp_redirects_for": None}).files()


def test_an_edit_of_the_table_is_as_a_clean_build(make_moon: MakeSite) -> None:
    site = make_moon()
    site.build()
    site.edit("redirects.csv", "/luna.html", "/selene.html")
    later, clean = site.build(), site.build(out="_clean", jobs=2)
    assert redirects(later) == redirects(clean)
    assert later.files() == clean.files()
    assert not any(name.endswith(".part") for name in clean.files())


@pytest.mark.parametrize("place", ["fsp_static_path", "html_extra_path"])
def test_a_file_of_the_author_stays(make_moon: MakeSite, place: str) -> None:
    site = make_moon(**{place: ["extra"]})
    site.write("extra/_redirects", "/mine /moon.html\n")
    for _ in range(2):
        build = site.build()
        assert redirects(build) == ["/mine /moon.html"]
        assert about(build, "redirects_file") == [
            "redirects.csv:1: WARNING: the file _redirects is a file of yours, too; it stays; "
            "remove it, or unset fsp_redirects_for [fsp.redirects_file]"
        ]


def test_what_cloudflare_does_not_read_is_said(make_moon: MakeSite) -> None:
    rows = "".join(f"/{n}.html,/moon.html\n" for n in range(2001))
    build = make_moon(rows, fsp_redirects_for="cloudflare").build()
    assert len(redirects(build)) == 2000
    assert about(build, "redirects_file") == [
        "redirects.csv:1: WARNING: the file _redirects has no room for 1 old address, such as "
        "/2000.html; their pages lead on; order the list by how often each is asked for "
        "[fsp.redirects_file]"
    ]
    assert "2000.html" in build.files()


@pytest.mark.parametrize(
    ("rows", "files", "said"),
    [
        pytest.param(
            "/feed,/moon.html\n", ["feed"], "stands over a page that exists", id="below a file"
        ),
        pytest.param(
            "/img.html,/moon.html\n", ["img.html/a.png"], "stands over img.html", id="over a folder"
        ),
        pytest.param(
            "/a.html,/moon.html\n/a.html/b.html,/moon.html\n",
            [],
            "stands over a.html",
            id="below another",
        ),
        pytest.param(
            "/a.html/b.html,/moon.html\n/a.html,/moon.html\n",
            [],
            "stands over a.html",
            id="over the folder of another",
        ),
    ],
)
def test_a_file_cannot_be_a_folder(
    make_moon: MakeSite, rows: str, files: list[str], said: str
) -> None:
    site = make_moon(rows, fsp_static_path=["static"])
    site.write("static/x.txt", "")
    for name in files:
        site.write(f"static/{name}", "")
    (warning,) = about(site.build(), "bad_redirect")
    assert f"{said}; remove it" in warning


@pytest.mark.once
def test_fifty_thousand_redirects_in_circles(make_moon: MakeSite) -> None:
    """A circle is said once, and costs no more than its length."""
    size = 25_000
    circles = (
        f"/{circle}{n}.html,/{circle}{(n + 1) % size}.html\n"
        for circle in "ab"
        for n in range(size)
    )
    build = make_moon("".join(circles) + ROWS).build()
    assert len(about(build, "bad_redirect")) == 2
    assert len(redirects(build)) == 4


@pytest.mark.parametrize(
    ("builder", "leading", "rules"),
    [
        ("html", {"moon/index.html": "../moon.html"}, []),
        ("dirhtml", {"moon.html": "moon/"}, ["/moon.html /moon/ 301!"]),
    ],
)
def test_a_page_has_the_addresses_that_a_host_does_not_add(
    make_moon: MakeSite, builder: str, leading: dict[str, str], rules: list[str]
) -> None:
    """Of /moon, /moon/ and /moon.html, many a host answers only that which is a file."""
    build = make_moon("/moon,/moon.html\n/moon.html,/moon/\n").build(builder)
    assert about(build, "bad_redirect", "redirects_file") == []
    assert redirects(build) == rules if rules else "_redirects" not in build.files()
    for name, target in leading.items():
        assert f'url={target}"' in build.html(name)
    assert "Four." in build.html("moon.html" if builder == "html" else "moon/index.html")


def test_a_page_that_leads_on_names_the_page_as_the_canonical_one(make_moon: MakeSite) -> None:
    rows = "/faces.html,/moon.html#phases\n/map.html,https://maps.example/a b?c=1#d\n"
    build = make_moon(rows, html_baseurl="https://sky.example/").build()
    faces, elsewhere = build.html("faces.html"), build.html("map.html")
    assert '<link rel="canonical" href="https://sky.example/moon.html">' in faces
    assert 'content="0; url=moon.html#phases"' in faces
    assert '<link rel="canonical" href="https://maps.example/a%20b?c=1">' in elsewhere
    assert 'content="0; url=https://maps.example/a%20b?c=1#d"' in elsewhere
