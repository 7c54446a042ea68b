"""``sphinx-build -b linkcheck`` with resources, against servers that fail in every way."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import loopback
import pytest
import requests
from conftest import Site
from loopback import Serve, Server, closed_port, redirects, says, self_signed, send, serving
from sphinx.testing.util import SphinxTestApp

from sphinx_fsp.resources.address import record_key
from sphinx_fsp.resources.history import is_failure
from sphinx_fsp.resources.polite import ENOUGH_HOSTS, Hosts, mount
from sphinx_fsp.resources.wayback import find_copy

#: The same with all versions: run once.
pytestmark = pytest.mark.once

MakeSite = Callable[..., Site]

#: A pause long enough to be seen in a log, and short enough to wait for.
PAUSE = 0.05
CONF = """
extensions = ["sphinx_fsp"]
html_theme = "basic"
linkcheck_timeout = 3
linkcheck_rate_limit_timeout = 5
fsp_resource_files = ["resources.yml"]

from sphinx_fsp.resources import linkcheck

class Quick(linkcheck.LinkBuilder):
    pause = {pause}
    wayback = {wayback!r}

def setup(app):
    if "fsp_links_wayback" not in app.config:
        app.add_config_value("fsp_links_wayback", False, "html")
        linkcheck.setup(app)
    app.add_builder(Quick, override=True)
"""


@pytest.fixture
def serve() -> Iterator[Serve]:
    with serving() as start:
        yield start


@dataclass
class Check:
    """What one run of the builder did."""

    status: int
    #: What is shown, without colours.
    shown: str
    #: The lines of ``output.json``, by address.
    results: dict[str, dict[str, Any]]
    #: ``output.txt``
    text: str
    #: Entries of the history file, by key.
    history: dict[str, dict[str, Any]]

    def of(self, url: str) -> dict[str, Any]:
        """Return the entry of an address in the history."""
        return self.history[record_key(url)]


@dataclass
class Project:
    """A project with resources in a data file."""

    site: Site
    monkeypatch: pytest.MonkeyPatch

    @property
    def file(self) -> Path:
        return self.site.content / "fsp-links.json"

    def list(self, *urls: str) -> None:
        """Write the data file."""
        entries = [f"- title: Resource {n}\n  url: {json.dumps(u)}\n" for n, u in enumerate(urls)]
        self.site.write("resources.yml", "".join(entries))

    def check(self, day: str = "2026-01-01", files: Sequence[str] = (), **conf: Any) -> Check:
        """Run the builder on a day."""
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
        status, warning = io.StringIO(), io.StringIO()
        app = SphinxTestApp(
            "linkcheck",
            srcdir=self.site.content,
            builddir=self.site.root / "_build",
            confoverrides=conf,
            status=status,
            warning=warning,
        )
        try:
            app.build(filenames=[self.site.content / name for name in files])
        finally:
            outdir = Path(app.outdir)
            app.cleanup()
        shown = re.sub(r"\x1b\[[0-9;]*m", "", status.getvalue() + warning.getvalue())
        lines = (outdir / "output.json").read_text().splitlines()
        results = {result["uri"]: result for result in map(json.loads, lines)}
        # Sphinx's threads answer in any order.
        text = "".join(sorted((outdir / "output.txt").read_text().splitlines(keepends=True)))
        return Check(app.statuscode, shown, results, text, self._history())

    def _history(self) -> dict[str, dict[str, Any]]:
        try:
            data = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        usual = {"checked": data.get("checked")}
        return {key: usual | entry for key, entry in data["links"].items()}


@pytest.fixture
def project(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Project:
    return new_project(make_site, monkeypatch)


def new_project(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, pause: float = PAUSE, wayback: str = ""
) -> Project:
    site = make_site()
    site.write("conf.py", CONF.format(pause=pause, wayback=wayback))
    site.write("resources.yml", "[]\n")
    return Project(site, monkeypatch)


# What each answer is in the history


def test_every_way_to_answer(project: Project, serve: Serve) -> None:
    away = serve(says("200 OK"))
    expected = {
        serve().url(): "ok",
        serve(loopback.only_get).url(): "ok",
        serve().url("/#top"): "ok",
        serve(redirects(away.url("/new"))).url(): "moved",
        serve(redirects(away.url("/now"), "302 Found")).url(): "ok",
        serve(loopback.endless_redirect).url(): "moved",
        # Pages that are there, though not the place in them
        serve().url("/#nowhere"): "no-anchor",
        serve(loopback.endless).url(): "ok",
        serve(loopback.endless).url("/#top"): "ok",
        serve(loopback.bomb).url("/#top"): "ok",
        # Nothing is there
        serve(says("404 Not Found")).url(): "404",
        serve(says("410 Gone")).url(): "410",
        f"http://127.0.0.1:{closed_port()}/": "refused",
        serve(loopback.resets_in_head).url(): "reset",
        serve(loopback.resets_in_body).url("/#top"): "reset",
        serve(loopback.empty).url(): "bad-answer",
        serve(loopback.no_http).url(): "bad-answer",
        serve(redirects("/")).url(): "bad-redirect",
        serve(redirects("ftp://127.0.0.1/")).url(): "bad-redirect",
        serve(greets=True).url().replace("http:", "https:"): "tls",
        "http://[127.0.0.1/": "invalid",
        "http://127.0.0.1:port/": "invalid",
        # It may be there
        serve(says("401 Unauthorized")).url(): "401",
        serve(says("403 Forbidden")).url(): "403",
        serve(says("500 Internal Server Error")).url(): "500",
        serve(says("503 Service Unavailable")).url(): "503",
        serve(says("429 Too Many Requests", Retry_After="3600")).url(): "429",
        serve(loopback.hangs).url(): "timeout",
        serve(loopback.drips_head).url(): "timeout",
        serve(loopback.drips_body).url("/#top"): "timeout",
    }
    project.list(*expected)
    check = project.check()

    found = {url: check.of(url).get("result") for url in expected}
    assert found == expected
    failing = {url for url in expected if check.of(url).get("failures")}
    assert failing == {url for url, result in expected.items() if is_failure(result)}
    # None is dead on the first day.
    assert check.status == 0
    assert all(check.of(url)["checked"] == "2026-01-01" for url in expected)


def test_a_certificate_that_nobody_vouches_for(
    project: Project, serve: Serve, tmp_path: Path
) -> None:
    folder = tmp_path / "tls"
    folder.mkdir()
    url = serve(tls=self_signed(folder)).url()
    project.list(url)
    assert project.check().of(url)["result"] == "tls"


def test_a_page_is_there_when_one_spelling_works(project: Project, serve: Serve) -> None:
    def no_slash(server: Server, connection: socket.socket, method: str, path: str) -> None:
        send(connection, "200 OK" if path == "/a" else "404 Not Found", b"", method)

    server = serve(no_slash)
    project.list(server.url("/a/"), server.url("/a"))
    check = project.check()
    assert check.of(server.url("/a"))["result"] == "ok"
    assert check.results[server.url("/a/")]["status"] == "broken"
    assert len(check.history) == 1


def test_nothing_is_kept_when_the_network_is_down(project: Project) -> None:
    urls = [f"http://127.0.0.1:{closed_port()}/" for _ in range(ENOUGH_HOSTS)]
    project.list(*urls)
    check = project.check()
    assert "the network is taken to be down" in check.shown
    assert all(set(check.of(url)) <= {"url", "checked"} for url in urls)
    assert "checked" not in project.file.read_text()


# How hosts are asked


def test_one_request_at_a_time_and_a_pause_between_two(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    pause = 0.2
    project = new_project(make_site, monkeypatch, pause)
    # HEAD and GET, a redirect to itself, and an anchor: nine requests
    servers = [serve(loopback.only_get), serve(redirects("/")), serve()]
    project.list(
        *(server.url(path) for server in servers[:1] for path in ("/a", "/b", "/c")),
        *(servers[2].url(path) for path in ("/a#top", "/b", "/c#x")),
    )
    project.check(linkcheck_workers=5)

    assert sorted(servers[0].paths()) == sorted(
        f"{method} /{name}" for method in ("GET", "HEAD") for name in "abc"
    )
    for server in (servers[0], servers[2]):
        assert server.most_open == 1
        for before, after in pairwise(server.log):
            # The pause begins when the answer has come.
            assert after.began - before.began >= pause


@pytest.mark.parametrize("wait", ["3600", "nan", "1e999", "Fri, 01 Jan 2100 00:00:00 GMT", ""])
def test_a_host_that_asks_to_wait_for_long_is_left_alone(
    project: Project, serve: Serve, wait: str
) -> None:
    server = serve(says("429 Too Many Requests", Retry_After=wait))
    urls = [server.url(f"/{n}") for n in range(4)]
    project.list(*urls)
    check = project.check(linkcheck_workers=2)

    assert len(server.log) == 1
    assert sorted(check.of(url).get("result", "") for url in urls) == ["", "", "", "429"]
    assert check.status == 0
    # The others are asked the next day.
    project.check("2026-01-02")
    assert len(server.log) == 2


def test_a_host_that_asks_to_wait_a_little_is_asked_again(project: Project, serve: Serve) -> None:
    server = serve(loopback.limits_once)
    project.list(server.url())
    assert project.check().of(server.url())["result"] == "ok"
    assert server.paths() == ["HEAD /", "HEAD /"]


def test_a_host_that_always_wants_less_is_left_in_the_end(project: Project, serve: Serve) -> None:
    server = serve(says("429 Too Many Requests", Retry_After="1"))
    project.list(server.url())
    assert project.check(linkcheck_rate_limit_timeout=2).of(server.url())["result"] == "429"


# Day by day


def test_within_the_time_to_live_nothing_is_asked(project: Project, serve: Serve) -> None:
    server = serve()
    project.list(server.url())
    asked = {}
    for day in ("2026-01-01", "2026-01-02", "2026-01-14", "2026-01-15"):
        before = len(server.log)
        check = project.check(day)
        asked[day] = len(server.log) - before
    assert asked == {"2026-01-01": 1, "2026-01-02": 0, "2026-01-14": 0, "2026-01-15": 1}
    assert check.of(server.url())["checked"] == "2026-01-15"


def test_what_is_not_asked_is_said_with_its_status(project: Project, serve: Serve) -> None:
    good, bad = serve(), serve(says("404 Not Found"))
    project.list(good.url(), bad.url())
    project.check("2026-01-01")
    check = project.check("2026-01-02")
    shown = {
        url: (check.results[url]["status"], check.results[url]["health"])
        for url in (good.url(), bad.url())
    }
    assert shown == {good.url(): ("unchecked", "ok"), bad.url(): ("broken", "failing")}
    assert check.results[good.url()]["info"] == "ok on 2026-01-01, not asked again yet"
    assert check.status == 0


def test_dead_after_three_failures_three_days_apart(project: Project, serve: Serve) -> None:
    server = serve(says("404 Not Found"))
    project.list(server.url())
    seen = []
    for day in ("01", "02", "04", "06", "07", "08"):
        before = len(server.log)
        check = project.check(f"2026-01-{day}")
        health = check.results[server.url()]["health"]
        seen.append((day, len(server.log) > before, health, check.status))
    assert seen == [
        ("01", True, "failing", 0),
        ("02", False, "failing", 0),
        ("04", True, "failing", 0),
        ("06", False, "failing", 0),
        ("07", True, "dead", 1),
        ("08", False, "dead", 1),
    ]
    dead = f"dead: {server.url()}, in resources.yml:1; give it an archive, or remove it"
    assert dead in check.shown


def test_an_archived_copy_of_the_author_is_enough(project: Project, serve: Serve) -> None:
    url = serve(says("410 Gone")).url()
    archive = f"https://web.archive.org/web/2020/{url}"
    project.site.write("resources.yml", f"- {{title: Old, url: '{url}', archive: '{archive}'}}\n")
    for day in ("01", "04", "07"):
        check = project.check(f"2026-01-{day}")
    assert check.results[url]["health"] == "dead"
    assert check.status == 0


def test_what_works_again_is_well(project: Project, serve: Serve) -> None:
    server = serve(says("404 Not Found"))
    project.list(server.url())
    project.check("2026-01-01")
    project.check("2026-01-04")
    server.answer = loopback.fine
    assert project.check("2026-01-07").of(server.url()) == {
        "url": server.url(),
        "checked": "2026-01-07",
        "result": "ok",
    }


def test_a_check_that_learns_nothing_changes_one_line(project: Project, serve: Serve) -> None:
    away = serve().url()
    servers = [serve(), serve(says("403 Forbidden")), serve(redirects(away, "302 Found"))]
    project.list(*(server.url() for server in servers))
    project.check("2026-01-01")
    before = project.file.read_text()
    project.check("2026-01-15")
    after = project.file.read_text()
    assert before.replace("2026-01-01", "2026-01-15") == after
    assert before.count("2026-01-01") == 1


def test_only_what_comes_later_is_new(project: Project, serve: Serve) -> None:
    server = serve()
    project.list(server.url("/old"))
    project.check("2026-01-01")
    project.list(server.url("/old"), server.url("/new"))
    check = project.check("2026-01-08")
    assert check.of(server.url("/new"))["seen"] == "2026-01-08"
    assert "seen" not in check.of(server.url("/old"))


# The Wayback Machine


def test_copies_are_looked_up_with_the_flag_only(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    gone = serve(says("410 Gone")).url()
    copy = f"web.archive.org/web/20251201000000/{gone}"

    def archive(server: Server, connection: socket.socket, method: str, path: str) -> None:
        closest = {"available": True, "status": "200", "url": f"http://{copy}"}
        body = json.dumps({"archived_snapshots": {"closest": closest}})
        send(connection, "200 OK", body.encode(), method)

    wayback = serve(archive)
    project = new_project(make_site, monkeypatch, wayback=wayback.url("/available"))
    project.list(gone, serve(says("403 Forbidden")).url())
    for day in ("01", "04", "07"):
        check = project.check(f"2026-01-{day}")
    assert (check.status, wayback.log) == (1, [])

    check = project.check("2026-01-08", fsp_links_wayback=True)
    assert check.of(gone)["archive"] == f"https://{copy}"
    assert check.status == 0
    query = urlencode({"url": gone, "timestamp": "20260101"})
    assert wayback.paths() == [f"GET /available?{query}"]
    # Later checks know it.
    assert project.check("2026-01-09").of(gone)["archive"] == f"https://{copy}"


@pytest.mark.parametrize(
    "answer",
    [
        says("503 Service Unavailable"),
        loopback.empty,
        loopback.endless,
        loopback.drips_body,
        loopback.bomb,
        loopback.no_http,
    ],
)
def test_an_archive_that_does_not_answer_is_left_out(answer: loopback.Answer, serve: Serve) -> None:
    with requests.Session() as session:
        mount(session, Hosts(0, 1)).reads_pages = True
        endpoint = serve(answer).url()
        url = "https://example.org/"
        assert find_copy(session, url, None, endpoint=endpoint, timeout=0.3) == ""


# What is checked, and where it stands


def test_every_place_is_named(project: Project, serve: Serve) -> None:
    server = serve(says("404 Not Found"))
    raw = (
        f'<p>\n<a href="{server.url("/raw")}">raw</a> <a href="{server.url("/only")}">raw</a>\n</p>'
    )
    page = f"# Home\n\n[a]({server.url()})\n\n{raw}\n\n[b]({server.url()})\n"
    project.site.write("index.md", page)
    project.site.write("other.md", f"---\norphan: true\n---\n# O\n\n<{server.url('/raw')}>\n")
    project.list(server.url())
    check = project.check(fsp_raw_html="keep")

    assert check.results[server.url("/only")]["places"] == ["index.md:6"]
    assert check.results[server.url()]["places"] == ["index.md:3", "index.md:9", "resources.yml:1"]
    assert "; also in index.md:9, resources.yml:1" in check.shown
    assert check.results[server.url("/raw")]["places"] == ["index.md:6", "other.md:6"]
    assert f"index.md:3: [broken] {server.url()}: 404" in check.text


def test_an_address_is_one_however_it_is_encoded(project: Project, serve: Serve) -> None:
    url = serve().url("/é?q=ü")
    project.list(url)
    project.site.write("index.md", f"# Home\n\n[x]({url})\n")
    check = project.check()
    [result] = check.results.values()
    assert result["places"] == ["index.md:3", "resources.yml:1"]
    assert check.of(url)["url"] == url


def test_a_link_that_only_a_data_file_has_is_named_with_it(project: Project, serve: Serve) -> None:
    url = serve(says("404 Not Found")).url()
    project.list("https://127.0.0.1:0/", url)
    check = project.check()
    assert (check.results[url]["filename"], check.results[url]["lineno"]) == ("resources.yml", 3)
    assert f"resources.yml:3: [broken] {url}: 404" in check.text


def test_other_links_fail_the_build_as_ever(project: Project, serve: Serve) -> None:
    good, bad = serve(), serve(says("404 Not Found"))
    project.list(good.url())
    project.site.write("index.md", f"# Home\n\n[x]({bad.url()}) [y](mailto:a@b.c) [z](#home)\n")
    check = project.check()
    assert check.status == 1
    assert list(check.history) == [record_key(good.url())]


def test_options_of_sphinx_are_followed(project: Project, serve: Serve) -> None:
    server = serve(says("401 Unauthorized"))
    project.list(server.url("/ignored"), server.url("/excluded"), server.url("/both"))
    project.site.write("out.md", f"---\norphan: true\n---\n# O\n\n[x]({server.url('/both')})\n")
    check = project.check(
        linkcheck_ignore=[".*/ignored"],
        linkcheck_exclude_documents=["out", "none"],
        linkcheck_allow_unauthorized=True,
        linkcheck_retries=2,
    )
    found = {url.rpartition("/")[2]: r["status"] for url, r in check.results.items()}
    assert found == {"ignored": "ignored", "excluded": "working", "both": "working"}
    assert "result" not in check.of(server.url("/ignored"))


def test_what_the_guide_has_no_more_is_dropped(project: Project, serve: Serve) -> None:
    server = serve()
    project.site.write("other.md", "---\norphan: true\n---\n# Other\n")
    project.list(server.url("/a"), server.url("/b"))
    project.check("2026-01-01")
    project.list(server.url("/a"))
    project.check("2026-01-02", files=["index.md"])
    assert "/b" in project.file.read_text()
    project.check("2026-01-03")
    assert "/b" not in project.file.read_text()


def test_a_history_that_cannot_be_read_stays(project: Project, serve: Serve) -> None:
    server = serve()
    project.list(server.url())
    broken = '{\n  "version": 1,\n<<<<<<< HEAD\n}\n'
    project.file.write_text(broken)
    check = project.check()
    assert project.file.read_text() == broken
    assert server.log
    said = [line for line in check.shown.splitlines() if "fsp.link_history" in line]
    assert [line.rpartition("/")[2].partition(" Expecting")[0] for line in said] == [
        "fsp-links.json:3: WARNING: fsp-links.json is no JSON:"
    ]


# Other projects, and other builders


@pytest.mark.parametrize("missing", [False, True])
def test_without_resources_it_is_the_builder_of_sphinx(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, serve: Serve, missing: bool
) -> None:
    server = serve(says("404 Not Found") if missing else loopback.fine)
    outputs = []
    for extension in ("myst_parser", "sphinx_fsp"):
        project = new_project(make_site, monkeypatch)
        if extension == "myst_parser":
            project.site.write("conf.py", "extensions = ['myst_parser']\n")
        project.site.write("index.md", f"# Home\n\n[x]({server.url()}) <{server.url('/y#z')}>\n")
        check = project.check()
        # Two workers ask, and either may be the first.
        shown = sorted(check.shown[check.shown.index("(           index") :].splitlines())
        outputs.append((check.status, check.text, check.results, shown))
        assert not project.file.exists()
    assert outputs[0] == outputs[1]
    assert outputs[0][0] == 1


@pytest.mark.parametrize("builder", ["html", "text"])
def test_other_builders_open_no_connection(project: Project, serve: Serve, builder: str) -> None:
    server = serve()
    project.list(server.url())
    project.site.write("index.md", f"# Home\n\n[x]({server.url()})\n")
    project.site.build(builder)
    assert not project.file.exists()
    project.check()
    asked, kept = len(server.log), project.file.read_bytes()
    project.site.edit("index.md", "Home", "House")
    project.site.build(builder)
    assert (len(server.log), project.file.read_bytes()) == (asked, kept)
