"""The history of link checks: what makes a resource dead, and the file that keeps it."""

from __future__ import annotations

import errno
import json
import socket
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.resources.checker import outcome_of
from sphinx_fsp.resources.history import (
    WORKS,
    History,
    Link,
    dump_history,
    is_failure,
    read_history,
)
from sphinx_fsp.resources.link_places import addresses_in
from sphinx_fsp.resources.polite import host_key, word_for
from sphinx_fsp.resources.wayback import copy_in

URL = "https://example.org/a"
KEY = "example.org/a"
FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    """Return a day of January 2026, or later."""
    return FIRST + timedelta(days=number - 1)


def after(*results: tuple[int, str]) -> History:
    """Return the history after results on days."""
    history = History(exists=True)
    for number, result in results:
        history = history.updated(KEY, URL, result, day(number))
    return history


# What makes a resource dead


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ([1], "failing"),
        ([1, 2, 3], "failing"),
        ([1, 4], "failing"),
        ([1, 3, 5], "failing"),
        ([1, 4, 6], "failing"),
        ([1, 4, 7], "dead"),
        ([1, 2, 3, 4, 5, 6, 7], "dead"),
        ([1, 30, 90], "dead"),
    ],
)
def test_dead_after_three_failures_three_days_apart(days: list[int], status: str) -> None:
    assert after(*((number, "404") for number in days)).status(KEY) == status


UNCLEAR = ["401", "403", "408", "429", "451", "500", "502", "503", "599", "timeout", "network"]


@pytest.mark.parametrize("result", UNCLEAR)
def test_what_says_nothing_about_the_page_is_never_a_failure(result: str) -> None:
    assert after(*((number, result) for number in range(1, 60))).status(KEY) == ""


@pytest.mark.parametrize("result", UNCLEAR)
def test_what_says_nothing_undoes_no_failure(result: str) -> None:
    known = after((1, "404"), (4, result), (7, "404"), (10, result), (13, "410"))
    assert known.status(KEY) == "dead"
    assert after((1, "ok"), (9, result)).status(KEY) == "ok"


@pytest.mark.parametrize("result", sorted(WORKS))
def test_success_clears_failures(result: str) -> None:
    known = after((1, "404"), (4, "404"), (7, "404"), (10, result))
    assert known.links[KEY] == Link(URL, FIRST, day(10), result)
    assert known.status(KEY) == "ok"


def test_the_last_day_on_which_it_worked_is_kept() -> None:
    known = after((1, "ok"), (8, "moved"), (15, "503"), (18, "404"))
    assert known.links[KEY] == Link(URL, FIRST, day(18), "404", day(8), (day(18),))


def test_failures_beyond_the_third_change_nothing_but_the_day() -> None:
    dead = after((1, "404"), (4, "404"), (7, "404"))
    later = dead.updated(KEY, URL, "404", day(21))
    assert later.links[KEY] == dead.links[KEY]._replace(checked=day(21))


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["404", "refused", "503", "ok"]))))
def test_dead_has_three_failures_since_it_last_worked(results: list[tuple[int, str]]) -> None:
    results = sorted(results, key=lambda r: r[0])
    since = [n for n, r in results[_last_ok(results) :] if is_failure(r)]
    is_dead = after(*results).status(KEY) == "dead"
    spread = [n for n in since if any(m >= n + 3 and any(k >= m + 3 for k in since) for m in since)]
    assert is_dead == bool(spread)


def _last_ok(results: list[tuple[int, str]]) -> int:
    return max((n for n, (_, r) in enumerate(results, 1) if r == "ok"), default=0)


# When it is asked


@pytest.mark.parametrize(
    ("results", "due"),
    [
        ([], 1),
        ([(1, "ok")], 15),
        ([(1, "403")], 15),
        ([(1, "404")], 4),
        ([(1, "404"), (4, "403")], 7),
        ([(1, "404"), (4, "404"), (7, "404")], 21),
        ([(1, "503")], 4),
        ([(1, "timeout")], 4),
    ],
)
def test_when_it_is_asked_again(results: list[tuple[int, str]], due: int) -> None:
    known = after(*results)
    last = results[-1][0] if results else 0
    days = range(last, 60)
    assert next(n for n in days if n and known.is_due(KEY, day(n), 14)) == due


def test_without_a_time_to_live_it_is_always_asked() -> None:
    assert after((1, "ok")).is_due(KEY, FIRST, 0)
    assert after((1, "404")).is_due(KEY, FIRST, 0)
    assert not after((1, "503")).is_due(KEY, day(1), 1)


def test_a_day_of_a_wrong_clock_does_not_hold_for_ever() -> None:
    known = after((3000, "ok"))
    assert known.is_due(KEY, FIRST, 14)


# What is new


def test_what_the_file_is_made_with_is_not_new() -> None:
    assert History().updated(KEY, URL, "ok", FIRST).first_seen(KEY) == ""
    assert History(exists=True).updated(KEY, URL, "ok", FIRST).first_seen(KEY) == "2026-01-01"
    assert after((1, "ok"), (20, "ok")).first_seen(KEY) == "2026-01-01"


def test_listing_adds_and_drops() -> None:
    known = after((1, "ok"))
    more = known.listing({"b": "https://b"}, day(2))
    assert list(more.links) == [KEY, "b"]
    assert more.first_seen("b") == "2026-01-02"
    assert list(known.listing({"b": "https://b"}, day(2), only=True).links) == ["b"]


def test_what_is_not_known() -> None:
    nothing = History()
    assert (nothing.status("x"), nothing.archive("x"), nothing.first_seen("x")) == ("", "", "")


# The file

FILE = """\
{
  "version": 1,
  "checked": "2026-01-15",
  "links": {
    "example.org/a": {"url": "https://example.org/a", "result": "ok"},
    "example.org/b": {"url": "https://example.org/b", "seen": "2026-01-08", "result": "403"},
    "example.org/c": {"url": "http://example.org/c", "checked": "2026-01-16", "result": "410", \
"worked": "2026-01-01", "failures": ["2026-01-08", "2026-01-12", "2026-01-16"], \
"archive": "https://web.archive.org/web/2025/http://example.org/c"},
    "example.org/é": {"url": "https://example.org/é", "checked": null}
  }
}
"""


def test_the_file_is_read_and_written(tmp_path: Path) -> None:
    file = tmp_path / "fsp-links.json"
    file.write_text(FILE, encoding="utf-8")
    history, problems = read_history(file)
    assert problems == []
    assert {key: history.status(key) for key in history.links} == {
        "example.org/a": "ok",
        "example.org/b": "",
        "example.org/c": "dead",
        "example.org/é": "",
    }
    assert history.archive("example.org/c").startswith("https://web.archive.org/")
    assert dump_history(history) == FILE


def test_no_file_is_an_empty_history(tmp_path: Path) -> None:
    assert read_history(tmp_path / "none.json") == (History({}, exists=False), [])
    assert dump_history(History()) == '{\n  "version": 1,\n  "links": {}\n}\n'


def test_checking_all_again_changes_one_line() -> None:
    keys = [f"example.org/{n}" for n in range(100)]
    history = History().listing({key: f"https://{key}" for key in keys}, FIRST)
    first = dump_history(history.checked(dict.fromkeys(keys, "ok"), FIRST)).splitlines()
    again = dump_history(history.checked(dict.fromkeys(keys, "ok"), day(15))).splitlines()
    assert sum(a != b for a, b in zip(first, again, strict=True)) == 1


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
links = st.builds(
    Link,
    url=st.text(min_size=1),
    seen=st.none() | days,
    checked=st.none() | days,
    result=st.text(max_size=10),
    worked=st.none() | days,
    failures=st.lists(st.integers(3, 900), max_size=3).map(
        lambda steps: tuple(FIRST + timedelta(days=sum(steps[: n + 1])) for n in range(len(steps)))
    ),
    archive=st.sampled_from(["", "https://web.archive.org/web/2025/https://example.org/é"]),
)


@given(st.dictionaries(st.text(), links))
def test_any_history_comes_back(
    tmp_path_factory: pytest.TempPathFactory, known: dict[str, Link]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any-links.json"
    text = dump_history(History(known))
    file.write_text(text, encoding="utf-8", newline="\n")
    history, problems = read_history(file)
    assert (dict(history.links), problems) == (known, [])
    assert dump_history(history) == text


ADVICE = "correct it, or remove the file to start again; until then it isn't written"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "is no JSON: Expecting value (column 1)"),
        ('{\n  "version": one}', 2, "is no JSON: Expecting value (column 14)"),
        ("[]", 1, "is no history of links: it has no links by address"),
        ('{"links": []}', 1, "is no history of links: it has no links by address"),
        ('{"version": 2, "links": {}}', 1, "has the version 2, not 1"),
        ('{"version": 1, "checked": 5, "links": {}}', 1, "has a value for checked that is no day"),
        ('{"version": 1, "links": {\n"a": []}}', 2, "has an entry 'a' that is no object"),
        ('{"version": 1, "links": {\n"a": {}}}', 2, "has an entry 'a' that has no url"),
        (
            '{"version": 1, "links": {\n"a": {"url": 7}}}',
            2,
            "has an entry 'a' that has a value for",
        ),
        (
            '{"version": 1, "links": {\n"a": {"url": "u", "seen": "2026-13-01"}}}',
            2,
            "has an entry 'a' that has a value for seen that is no day like 2026-01-31",
        ),
        (
            '{"version": 1, "links": {\n"a": {"url": "u", "failures": "x"}}}',
            2,
            "has an entry 'a' that has failures that are no list of days",
        ),
        (
            '{"version": 1, "links": {\n"a": {"url": "u", "archive": "javascript:x"}}}',
            2,
            "has an entry 'a' that has an archive that is not allowed",
        ),
        (
            '{"version": 1, "links": {\n"a": {"url": "u", "found": "x"}}}',
            2,
            "has an entry 'a' that has the unknown field 'found'",
        ),
        ('{"version": 1, "links": {\n"a": {"url": "u"},\n"a": {"url": "u"}}}', 3, "has 'a' twice"),
        ("[" * 100_000, 1, "is nested too deep"),
        ('{"version": ' + "9" * 10_000 + "}", 1, "holds a number that is too long"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, line: int, why: str) -> None:
    file = tmp_path / "fsp-links.json"
    file.write_text(text)
    _, problems = read_history(file)
    [(subtype, path, found, details)] = problems
    assert (subtype, path, found) == ("link_history", str(file), line)
    said = text_of(subtype, details)
    assert said.startswith(f"fsp-links.json {why}")
    assert said.endswith(f"; {ADVICE}")


def test_other_files_than_text(tmp_path: Path) -> None:
    file = tmp_path / "fsp-links.json"
    file.write_bytes(b"\xff\xfe")
    assert read_history(file)[1][0].details["why"] == "fsp-links.json is not UTF-8"
    [problem] = read_history(tmp_path)[1]
    assert problem.details["why"].endswith("can't be read: Is a directory")


def test_entries_beside_a_wrong_one_are_read(tmp_path: Path) -> None:
    file = tmp_path / "fsp-links.json"
    file.write_text('{"version": 1, "links": {"a": {"url": "u", "result": "ok"}, "b": 1}}')
    history, problems = read_history(file)
    assert (history.status("a"), len(problems)) == ("ok", 1)


# What a check gives


@pytest.mark.parametrize(
    ("status", "code", "answer", "outcome"),
    [
        ("working", 0, 200, "ok"),
        ("working", 0, 401, "ok"),
        ("redirected", 301, 200, "moved"),
        ("redirected", 308, 200, "moved"),
        ("redirected", 302, 200, "ok"),
        ("ignored", 0, 200, "ok"),
        ("ignored", 301, 301, ""),
        ("ignored", 0, 503, "503"),
        ("broken", 0, 404, "404"),
        ("broken", 0, 200, "no-anchor"),
        ("broken", 0, 302, "bad-redirect"),
        ("broken", 0, "refused", "refused"),
        ("broken", 0, "", "invalid"),
        ("timeout", 0, "timeout", "timeout"),
        ("broken", 0, "timeout", "timeout"),
        ("rate-limited", 0, 429, ""),
    ],
)
def test_outcomes(status: str, code: int, answer: int | str, outcome: str) -> None:
    assert outcome_of(status, code, answer) == outcome


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (requests.ReadTimeout(), "timeout"),
        (requests.ConnectTimeout(), "timeout"),
        (requests.exceptions.SSLError(), "tls"),
        (requests.exceptions.ProxyError(), "network"),
        (requests.ConnectionError(socket.gaierror(socket.EAI_NONAME, "not known")), "no-host"),
        (requests.ConnectionError(socket.gaierror(socket.EAI_AGAIN, "later")), "network"),
        (requests.ConnectionError(OSError(errno.ENETUNREACH, "unreachable")), "network"),
        (requests.ConnectionError(OSError(errno.ETIMEDOUT, "timed out")), "timeout"),
        (requests.ConnectionError(OSError(errno.ECONNREFUSED, "refused")), "refused"),
        (requests.ConnectionError(OSError(errno.ECONNRESET, "reset")), "reset"),
        (requests.ConnectionError("closed"), "bad-answer"),
    ],
)
def test_words_for_errors(error: Exception, word: str) -> None:
    assert word_for(error) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://EXAMPLE.org:443/b"),
        ("http://[::1]:80/", "https://[::1]/"),
    ],
)
def test_one_host(one: str, other: str) -> None:
    assert host_key(one) == host_key(other)
    assert host_key(one) != host_key("http://example.org:8000/")


def test_addresses_in_html() -> None:
    html = """<div><a href="https://example.org/?a=1&amp;b=2">x</a>
<a name="y">y</a> <a href="/page.html">z</a> <img SRC=' http://example.org/i.png '>
<!-- <a href="https://example.org/comment">c</a> --> <p title="https://example.org/title">
<iframe src="https://example.org/frame"></iframe> <a href="https://example.org/unclosed"""
    assert list(addresses_in(html)) == [
        ("https://example.org/?a=1&b=2", 0),
        ("http://example.org/i.png", 1),
        ("https://example.org/frame", 3),
    ]


def answer(url: object, **more: object) -> bytes:
    closest = {"available": True, "status": "200", "url": url, **more}
    return json.dumps({"archived_snapshots": {"closest": closest}}).encode()


COPY = "https://web.archive.org/web/20200101000000/http://www.example.org/a/"


@pytest.mark.parametrize("url", [COPY, COPY.replace("https://web", "http://web")])
def test_a_copy_of_the_address_is_taken(url: str) -> None:
    assert copy_in(answer(url), URL) == COPY


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"<html>",
        b"\xff",
        b"[" * 100_000,
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": []}',
        b'{"archived_snapshots": {"closest": "x"}}',
        answer(None),
        answer(COPY, available=False),
        answer(COPY, available="yes"),
        answer(COPY, status="404"),
        answer(COPY.replace("example.org/a", "example.org/b")),
        answer(COPY.replace("web.archive.org", "web.example.org")),
        answer("javascript:alert(1)//" + COPY),
        answer(COPY.replace("https://", "ftp://")),
        answer("https://user@web.archive.org/web/2020/http://example.org/a"),
    ],
)
def test_anything_else_is_not(text: bytes) -> None:
    assert copy_in(text, URL) == ""
