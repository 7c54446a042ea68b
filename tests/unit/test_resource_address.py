"""Which addresses are one resource, and which can't be published."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.resources.address import archived_address, fault_of, host_of, record_key

# One record for each address ------------------------------------------------------------------

SAME = [
    # scheme
    ("http://owl.example/a", "https://owl.example/a"),
    ("//owl.example/a", "https://owl.example/a"),
    # a slash at the end
    ("https://owl.example/a/", "https://owl.example/a"),
    ("https://owl.example/", "https://owl.example"),
    # www.
    ("https://www.owl.example/a", "https://owl.example/a"),
    # index pages
    ("https://owl.example/a/index.html", "https://owl.example/a/"),
    ("https://owl.example/index.php", "https://owl.example"),
    ("https://owl.example/a/default.aspx", "https://owl.example/a"),
    # tracking
    ("https://owl.example/a?utm_source=x&utm_medium=y", "https://owl.example/a"),
    ("https://owl.example/a?fbclid=x&p=1", "https://owl.example/a?p=1"),
    ("https://owl.example/a?p&utm_source=x", "https://owl.example/a?p"),
    ("https://owl.example/a?q=b%20c&utm_source=x", "https://owl.example/a?q=b%20c"),
    ("https://owl.example/a?b=1;c=2&gclid=x", "https://owl.example/a?b=1;c=2"),
    ("https://owl.example/a#:~:text=owl", "https://owl.example/a"),
    # case of scheme and host, default ports, a dot at the end of the host
    ("HTTPS://Owl.Example/a", "https://owl.example/a"),
    ("https://owl.example:443/a", "https://owl.example/a"),
    ("http://owl.example:80/a", "https://owl.example/a"),
    ("https://owl.example./a", "https://owl.example/a"),
    # the same characters, escaped or not
    ("https://owl.example/%7Ea", "https://owl.example/~a"),
    ("https://owl.example/%c3%a9", "https://owl.example/é"),
    # blanks around it
    (" https://owl.example/a ", "https://owl.example/a"),
]

OTHERS = [
    ("https://owl.example/a", "https://owl.example/A"),
    ("https://owl.example/a", "https://owl.example/b"),
    ("https://owl.example/a", "https://owl.example/a?p=1"),
    ("https://owl.example/a", "https://owl.example/a#b"),
    ("https://owl.example/a", "https://old.owl.example/a"),
    ("https://owl.example/a", "https://owl.example:8000/a"),
    ("https://owl.example/index", "https://owl.example/"),
    ("https://owl.example/myindex.html", "https://owl.example/"),
    # Escapes that mean other bytes, or a slash that parts nothing.
    ("https://owl.example/caf%E9", "https://owl.example/caf%E8"),
    ("https://owl.example/a%2Fb", "https://owl.example/a/b"),
    ("https://owl.example/a%3Fb", "https://owl.example/a?b"),
    ("https://owl.example/a%2541", "https://owl.example/a%41"),
    # A parameter that only looks like tracking.
    ("https://owl.example/?reference=1", "https://owl.example/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address(one: str, other: str) -> None:
    assert record_key(one) == record_key(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_addresses_of_two_resources(one: str, other: str) -> None:
    assert record_key(one) != record_key(other)


def test_key_is_readable() -> None:
    """It stands in the file of link checks."""
    assert record_key("https://www.owl.example/night/?p=1#top") == "owl.example/night?p=1#top"


@pytest.mark.parametrize("text", ["", "owl", "https://[owl/", "https://owl.example:x/", "://"])
def test_what_is_no_address_is_a_key_all_the_same(text: str) -> None:
    assert record_key(text) == text


PATHS = st.text(string.ascii_letters + string.digits + "/%-._~?#&=;:@+é ", max_size=40)


@given(PATHS)
def test_any_address_has_a_key_whatever_its_scheme(path: str) -> None:
    assert record_key(f"http://owl.example/{path}") == record_key(f"https://owl.example/{path}")


@given(st.text(max_size=60))
def test_no_text_stops_it(text: str) -> None:
    for url in (text, f"https://{text}", f"https://owl.example/{text}"):
        record_key(url)
        host_of(url)
        fault_of(url)
        archived_address(url)


# Faults ---------------------------------------------------------------------------------------

GOOD = [
    "https://owl.example/",
    "http://owl.example",
    "ftp://owl.example/a.txt",
    "//owl.example/a",
    "HTTPS://OWL.EXAMPLE/",
    "https://owl.example:8000/a?b=c#d",
    "https://xn--bcher-kva.example/",
    "https://bücher.example/",
    "https://пример.рф/",
    "https://παράδειγμα.gr/",
    "https://例え.jp/",
    "https://192.0.2.1/",
    "https://[2001:db8::1]/",
    "https://owl.example/a_(b)",
    "https://owl.example/@name",
]

FAULTS = [
    ("owl.example/a", "has no scheme", "did you mean https://owl.example/a?"),
    ("www.owl.example", "has no scheme", "did you mean https://www.owl.example?"),
    ("https://owl.example/a b", "holds blanks or control characters", "write a blank as %20"),
    ("https://owl.example/a\nb", "holds blanks or control characters", "remove line ends"),
    ("https://owl.example/\x00", "holds blanks or control characters", ""),
    ("https://owl.example/a\u00a0b", "holds blanks or control characters", ""),
    ("mailto:owl@owl.example", "has the scheme mailto", "use http or https"),
    ("file:///etc/passwd", "has the scheme file", "use http or https"),
    ("https:///a", "has no host", "https://example.org/page"),
    ("https://[owl/", "can't be read", "host and port"),
    ("https://owl.example:99999/", "can't be read", "host and port"),
    ("https://bank.example@owl.example/", "names a user", "before the @"),
    ("https://ada:secret@owl.example/", "names a user", "before the @"),
]


@pytest.mark.parametrize("url", GOOD)
def test_good_address(url: str) -> None:
    assert fault_of(url) is None


@pytest.mark.parametrize(("url", "why", "advice"), FAULTS)
def test_fault(url: str, why: str, advice: str) -> None:
    fault = fault_of(url)
    assert fault is not None
    assert not fault.dangerous
    assert why in fault.why
    assert advice in fault.advice


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
    ],
)
def test_address_that_runs_code(url: str) -> None:
    fault = fault_of(url)
    assert fault is not None
    assert fault.dangerous


LOOKALIKES = [
    "https://g\u043e\u043egle.com/",  # Cyrillic letters within Latin ones
    "https://\u0430\u0440\u0440\u04cf\u0435.com/",  # Cyrillic letters alone
    "https://xn--80ak6aa92e.com/",  # the same, as it is registered
    "https://\u03bf\u03c5\u03bd.com/",  # Greek
    "https://" + "\u0430" * 70 + ".com/",  # longer than a host may be
]


@pytest.mark.parametrize("url", LOOKALIKES)
def test_host_that_looks_like_another(url: str) -> None:
    fault = fault_of(url)
    assert fault is not None
    assert not fault.dangerous
    assert "only looks like another" in fault.why


def test_host_that_looks_like_another_is_shown_as_it_is() -> None:
    fault = fault_of("https://\u0430\u0440\u0440\u04cf\u0435.com/")
    assert fault is not None
    assert "xn--80ak6aa92e.com" in fault.why


# Parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.owl.example/a", "owl.example"),
        ("https://Owl.Example:8000", "owl.example"),
        ("https://ada@owl.example/", "owl.example"),
        ("owl.example/a", ""),
        ("https://[owl/", ""),
    ],
)
def test_host(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("archive", "original"),
    [
        ("https://web.archive.org/web/2023/https://owl.example/", "https://owl.example/"),
        ("http://web.archive.org/web/20230101000000id_/http://o.example", "http://o.example"),
        ("https://archive.example/owl", ""),
        ("", ""),
    ],
)
def test_archived_address(archive: str, original: str) -> None:
    assert archived_address(archive) == original
