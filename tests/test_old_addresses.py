"""``sphinx-fsp check --urls``: a small site as it was built, and lists of its old addresses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Build, Site

from sphinx_fsp import cli
from sphinx_fsp.check.address_list import read_addresses
from sphinx_fsp.check.urls import check_urls

#: Runs the command on lines of a list; returns its exit status and what it printed.
Check = Callable[..., tuple[int, str, str]]

OLD = """\
# What the old site had.
/oak.html
/eiche.html
https://guide.example/oak.html#bark
/oakk.html
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return the small guide of the tests as HTML."""
    root = tmp_path_factory.mktemp("site") / "guide"
    shutil.copytree(Path(__file__).parent / "roots/guide", root)
    return Site(root, root / "content").build()


@pytest.fixture
def check(built: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that runs the command in the folder of the list."""

    def run(text: str | bytes, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "old.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        status = cli.run(["check", str(built.outdir), "--urls", str(file), *options])
        out, err = capsys.readouterr()
        return status, out.replace(f"{tmp_path}/", ""), err.replace(f"{tmp_path}/", "")

    return run


def test_nothing_is_lost(check: Check) -> None:
    status, out, _ = check("/oak.html\n/eiche.html\n/\n/oak\n")
    assert status == 0
    assert out.splitlines() == [
        "No problems: 4 addresses checked: 4 pages.",
        "1 as files",
        "1 as the index.html of a folder",
        "1 through redirects",
        "1 only where the host adds .html, as Netlify and Cloudflare Pages do: /oak",
    ]


def test_what_is_lost_is_said_by_line(check: Check) -> None:
    status, out, _ = check(OLD)
    assert status == 1
    lines = [line for line in out.splitlines() if line.startswith("old.txt:")]
    assert lines == [
        "old.txt:4: https://guide.example/oak.html#bark is a page that has no #bark; "
        "write (bark)= in the line before its heading [lost_address]",
        "old.txt:5: /oakk.html is gone; did you mean /oak.html? "
        "Lead it there with fsp_redirects [lost_address]",
    ]


def test_as_json_each_address_is_there(check: Check) -> None:
    status, out, _ = check(OLD, "--json")
    document = json.loads(out)
    assert (status, document["counts"]) == (1, {"lost_address": 2})
    assert document["addresses"][:2] == [
        {"address": "/oak.html", "line": 2, "answer": "file", "where": "oak.html"},
        {"address": "/eiche.html", "line": 3, "answer": "redirect", "where": "oak.html"},
    ]


def test_as_sarif(check: Check) -> None:
    status, out, _ = check(OLD, "--sarif")
    (run,) = json.loads(out)["runs"]
    lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in run["results"]]
    assert (status, lines) == (1, [4, 5])


def test_problems_can_be_left_out(check: Check) -> None:
    assert check(OLD, "--ignore", "lost_address")[0] == 0
    assert check(OLD + "mailto:a@b.example\n", "--select", "address_list")[0] == 1


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("", [], "holds no address"),
        (b"\x89PNG\0", [], "is neither a sitemap nor a text in UTF-8"),
        ("https://a.example/\nhttps://b.example/\n/x\n", ["--fix"], "--fix can't put right"),
    ],
)
def test_what_cannot_be_checked(
    check: Check, text: str | bytes, options: list[str], why: str
) -> None:
    status, out, err = check(text, *options)
    assert (status, out) == (2, "")
    assert why in err


@pytest.mark.parametrize("folder", ["content", "gone"])
def test_a_folder_that_is_not_built(
    built: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/conf.py").touch()
    status = cli.run(["check", str(tmp_path / folder), "--urls", str(built.outdir)])
    assert status == 2
    assert "folder" in capsys.readouterr().err


def test_a_site_has_all_of_itself(built: Build) -> None:
    """The folder that Pelican wrote may be the list: here it is the site itself."""
    result = check_urls(built.outdir, built.outdir, frozenset(), frozenset())
    assert result.findings == ()
    assert result.pages == len(read_addresses(built.outdir).addresses)
    assert result.pages > len([name for name in built.files() if name.endswith(".html")])
    assert any(note.endswith("in _static/") for note in result.notes)


def test_files_and_feeds_of_a_folder_are_missed(
    built: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("oak.html", "feeds/oaks.rss.xml", "files/leaf.pdf", "theme/x.png", "CNAME"):
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).touch()
    status = cli.run(["check", str(built.outdir), "--urls", str(tmp_path / "old")])
    out = capsys.readouterr().out.replace(f"{tmp_path}/", "")
    assert status == 1
    file = "publish the file there, from a folder of fsp_static_path [lost_address]"
    assert out.splitlines() == [
        f"old/CNAME: /CNAME is gone; {file}",
        "",
        "old/feeds/oaks.rss.xml: /feeds/oaks.rss.xml is gone; list it in fsp_feeds, or lead it to "
        "a feed with fsp_redirects [lost_address]",
        "",
        f"old/files/leaf.pdf: /files/leaf.pdf is gone; {file}",
        "",
        "3  lost_address  An address of the old site that the new one doesn't have, not "
        "even through a redirect.",
        "",
        "3 problems in 3 files; 4 addresses checked: 1 page, 1 feed, 2 files.",
        "1 as files",
        "1 not compared: 1 in /theme/",
    ]


@pytest.mark.once
def test_fifty_thousand_lost_addresses(check: Check) -> None:
    status, out, _ = check("".join(f"/lost-{n}.html\n" for n in range(50_000)))
    assert status == 1
    assert "50000 problems in 1 file; 50000 addresses checked: 50000 pages." in out
