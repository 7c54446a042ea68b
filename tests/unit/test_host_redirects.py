"""The file ``_redirects``: each redirect in the words of a host."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_fsp.publish.host_redirects import Move, host_file


@pytest.mark.parametrize(
    ("host", "source", "target", "lines"),
    [
        ("netlify", "/luna.html", "/moon.html", ["/luna.html /moon.html 301!"]),
        ("netlify", "/feed", "https://x.example/?b=c", ["/feed https://x.example/?b=c 301!"]),
        ("netlify", "/größe.html", "/a#b", ["/gr%C3%B6%C3%9Fe.html /a#b 301!"]),
        ("netlify", "/a b.html", "//x/a b", ["/a%20b.html //x/a%20b 301!"]),
        ("netlify", "/a.html", "//x/:splat/*", ["/a.html //x/%3Asplat/%2A 301!"]),
        ("netlify", "/a.html", "//x:80/\n/b /c", ["/a.html //x:80/%0A/b%20/c 301!"]),
        ("cloudflare", "/luna.html", "/moon.html", ["/luna.html /moon.html 301"]),
        ("cloudflare", "/moon.html", "/moon/", ["/moon.html /moon/ 301"]),
        ("cloudflare", "/feed", "/a.html", ["/feed /a.html 301", "/feed/ /a.html 301"]),
        ("cloudflare", "/feed/", "/a.html", ["/feed /a.html 301", "/feed/ /a.html 301"]),
    ],
)
def test_a_redirect(host: str, source: str, target: str, lines: list[str]) -> None:
    file = host_file([Move(source, target)], host)
    assert (file.text.splitlines(), file.left_out) == (lines, ())


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("/moon", "/moon.html"),
        ("/moon/", "/moon.html#phases"),
        ("/blog", "/blog/index.html"),
        ("/größe", "/gr%C3%B6%C3%9Fe.html"),
    ],
)
def test_what_a_host_does_by_itself_is_no_rule(host: str, source: str, target: str) -> None:
    """It sends /moon.html on to /moon: a rule from there to /moon.html would lead in a circle."""
    assert host_file([Move(source, target)], host) == ("", ())


def test_cloudflare_reads_2000_lines() -> None:
    moves = [Move(f"/{n}", "/a.html") for n in range(1001)]
    file = host_file([Move("/first.html", "/a.html"), *moves], "cloudflare")
    assert len(file.text.splitlines()) == 1999
    assert file.left_out == ("/999", "/1000")
    assert host_file(moves, "netlify").left_out == ()


def test_cloudflare_reads_1000_letters_of_a_line() -> None:
    far = Move("/far.html", "https://x.example/" + "a" * 1000)
    file = host_file([far, Move("/luna.html", "/moon.html")], "cloudflare")
    assert (file.text, file.left_out) == ("/luna.html /moon.html 301\n", ("/far.html",))


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(["netlify", "cloudflare"]))
@example("/", "moon.html", "cloudflare")
def test_whatever_an_address_holds_it_is_one_word(source: str, target: str, host: str) -> None:
    """A blank or a line end would make other rules of it."""
    try:
        file = host_file([Move(f"/{source}", f"/{target}")], host)
    except UnicodeEncodeError:
        return
    for line in file.text.splitlines():
        old, new, status = line.split(" ")
        assert old.startswith("/")
        assert old.isascii()
        assert "*" not in old + new
        assert "/:" not in new
        assert status.startswith("301")
