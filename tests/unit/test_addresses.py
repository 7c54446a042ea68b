"""Addresses in pages: what they mean, and which of them are dangerous."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_fsp.source.addresses import (
    SiteAddress,
    has_scheme,
    is_dangerous,
    lacks_scheme,
    nearest,
    nearest_anchor,
    site_address,
)

BASES = ("https://sky.example/", "http://old.example/guide")


def path_of(href: str, page: str = "/blog/first-light.html") -> str | None:
    address = site_address(href, page, BASES)
    return address.path if address else None


@pytest.mark.parametrize(
    ("href", "path"),
    [
        pytest.param("/moon.html", "/moon.html", id="absolute"),
        pytest.param("/", "/", id="start"),
        pytest.param("second.html", "/blog/second.html", id="relative"),
        pytest.param("./second.html", "/blog/second.html", id="relative with a dot"),
        pytest.param("../moon.html", "/moon.html", id="one up"),
        pytest.param("", "/blog/first-light.html", id="empty"),
        pytest.param("#dew", "/blog/first-light.html", id="fragment"),
        pytest.param("/moon.html?from=feed", "/moon.html", id="query"),
        pytest.param("?page=2", "/blog/first-light.html", id="query alone"),
        pytest.param("  /moon.html\n", "/moon.html", id="blanks around"),
        pytest.param("/caf%C3%A9.html", "/café.html", id="percent-encoded"),
        pytest.param("/a//b.html", "/a/b.html", id="two slashes"),
        pytest.param("/a/./b/../c.html", "/a/c.html", id="dots"),
        pytest.param("/1:30.html", "/1:30.html", id="colon"),
    ],
)
def test_an_address_of_the_site(href: str, path: str) -> None:
    assert path_of(href) == path


@pytest.mark.parametrize(
    ("href", "path"),
    [
        pytest.param("https://sky.example/moon.html", "/moon.html", id="as in conf.py"),
        pytest.param("http://sky.example/moon.html", "/moon.html", id="other scheme"),
        pytest.param("//sky.example/moon.html", "/moon.html", id="no scheme"),
        pytest.param("https://SKY.Example/Moon.html", "/Moon.html", id="case of the host"),
        pytest.param("HTTPS://sky.example/moon.html", "/moon.html", id="case of the scheme"),
        pytest.param("https://sky.example", "/", id="host alone"),
        pytest.param("https://sky.example?q", "/", id="host and query"),
        pytest.param("https://sky.example//moon.html", "/moon.html", id="two slashes"),
        pytest.param("https://old.example/guide/moon.html", "/moon.html", id="site in a folder"),
        pytest.param("https://old.example/guide", "/", id="folder alone"),
    ],
)
def test_a_full_address_of_the_site(href: str, path: str) -> None:
    assert path_of(href) == path


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/moon.html",
        "https://sky.example.org/moon.html",
        "https://www.sky.example/moon.html",
        "https://sky.example:8000/moon.html",
        "https://old.example/moon.html",
        "https://old.example/guidebook.html",
        "//elsewhere.example/moon.html",
        "mailto:ada@sky.example",
        "tel:12345",
        "javascript:alert(1)",
    ],
)
def test_an_address_of_another_site(href: str) -> None:
    assert site_address(href, "/moon.html", BASES) is None


@pytest.mark.parametrize(
    ("href", "fragment"),
    [
        ("#dew", "dew"),
        ("/moon.html#full-moon", "full-moon"),
        ("https://sky.example/moon.html#full-moon", "full-moon"),
        ("https://sky.example#top", "top"),
        ("/moon.html?a#b", "b"),
        ("#caf%C3%A9", "café"),
        ("/moon.html", ""),
    ],
)
def test_the_fragment_of_an_address(href: str, fragment: str) -> None:
    address = site_address(href, "/moon.html", BASES)
    assert address is not None
    assert address.fragment == fragment


@pytest.mark.parametrize(
    ("href", "page", "path"),
    [
        ("../moon.html", "/sky.html", "/../moon.html"),
        ("../../moon.html", "/blog/first.html", "/../../moon.html"),
        ("a/../../moon.html", "/sky.html", "/a/../../moon.html"),
        ("/../moon.html", "/blog/first.html", "/../moon.html"),
    ],
)
def test_an_address_above_the_root_is_no_page(href: str, page: str, path: str) -> None:
    """Browsers would stop at the root, but not where the site stands in a folder."""
    assert path_of(href, page) == path


@pytest.mark.parametrize("href", ["/\t/[moon", "/\n/elsewhere.example/moon.html"])
def test_tabs_and_line_ends_count_for_nothing_as_in_browsers(href: str) -> None:
    assert site_address(href, "/sky.html", BASES) is None


HREFS = st.lists(
    st.one_of(
        st.sampled_from(
            ["/", "//", "..", ".", "#", "?", ":", "%", "[", "]", "@", "\t", "\n", "\\"]
        ),
        st.sampled_from(["http:", "HTTPS://", "sky.example", "moon.html", "%2e%2e", "%2F", " "]),
        st.text(max_size=3),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=300)
@given(HREFS)
def test_no_address_is_too_bad(href: str) -> None:
    address = site_address(href, "/blog/first-light.html", BASES)
    if address is not None:
        assert address.path.startswith("/")
        assert not address.path.startswith("//")


@given(HREFS)
def test_what_is_no_link_to_another_site_is_one_to_this(href: str) -> None:
    address = site_address(href, "/blog/first-light.html", ())
    stripped = href.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    assert (address is None) == has_scheme(stripped)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript\x00:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "DATA:image/png;base64,x",
    ],
)
def test_an_address_that_runs_code_is_dangerous(href: str) -> None:
    assert is_dangerous(href)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "/moon.html",
        "#javascript:",
        "/javascript:x",
        "javascript.html",
        "javascript",
        "?javascript:x",
        "https://sky.example/?javascript:x",
        "mailto:ada@sky.example",
    ],
)
def test_an_address_that_runs_nothing_is_not(href: str) -> None:
    assert not is_dangerous(href)


@given(
    st.lists(st.text(st.characters(max_codepoint=0x20)), min_size=11, max_size=11),
    st.lists(st.booleans(), min_size=11, max_size=11),
)
def test_no_blank_and_no_case_hides_javascript(blanks: list[str], upper: list[bool]) -> None:
    letters = [c.upper() if up else c for c, up in zip("javascript:", upper, strict=True)]
    assert is_dangerous("".join(map("".join, zip(blanks, letters, strict=True))))


@pytest.mark.parametrize(
    "href",
    [
        "www.sky.example/moon",
        "sky.example",
        "sky.example/moon.html",
        "SKY.Example/",
        "sky.example:8000/",
        "localhost:8000",
        "localhost/moon",
        "ada@sky.example",
    ],
)
def test_an_address_that_lacks_its_scheme(href: str) -> None:
    assert lacks_scheme(href)


@pytest.mark.parametrize(
    "href",
    [
        "moon.html",
        "moon.markdown",
        "map.pdf",
        "blog/sky.example",
        "/sky.example",
        "localhost",
        "https://sky.example",
        "moon",
        "#a.b",
        "../sky.example",
        "",
    ],
)
def test_an_address_that_lacks_nothing(href: str) -> None:
    assert not lacks_scheme(href)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/constelation.html", "/constellation.html"),
        ("/constellations.html", "/constellation.html"),
        ("/Moon.html", "/moon.html"),
        ("/moon", "/moon.html"),
        ("/comet.html", None),
        ("/noon.html", None),
    ],
)
def test_the_nearest_address(address: str, known: str | None) -> None:
    assert nearest(address, ["/constellation.html", "/moon.html", "/mars.html"]) == known


@pytest.mark.parametrize(
    ("fragment", "anchor"),
    [
        pytest.param("stoves", "stove", id="a letter"),
        pytest.param("ales", "ales--lagers", id="a word more"),
        pytest.param("old-hops", "-hops", id="a word less"),
        pytest.param("tea-pots", "pots-for-tea", id="another order"),
        pytest.param("wild-yeast-of-the-alps", None, id="one word of many"),
        pytest.param("malt", None, id="several that may be meant"),
        pytest.param("beer", None, id="none"),
        pytest.param("-", None, id="no word"),
    ],
)
def test_the_nearest_anchor(fragment: str, anchor: str | None) -> None:
    known = [
        "stove",
        "ales--lagers",
        "-hops",
        "hops",
        "pots-for-tea",
        "yeast",
        "pale-malt",
        "dark-malt",
    ]
    assert nearest_anchor(fragment, frozenset(known)) == anchor


def test_a_place_of_the_site_is_a_pair() -> None:
    assert site_address("/a.html#b", "/", ()) == SiteAddress("/a.html", "b")
