"""What is put right with certainty, and what isn't: a guide, a line of a page, a new line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from sphinx_fsp.check.facts import Link
from sphinx_fsp.check.files import Change, Refusal, changes_of, diff, edited, write
from sphinx_fsp.check.finding import Finding
from sphinx_fsp.check.fixes import Edit, Fix, know_site, plan
from sphinx_fsp.check.rules import secure_addresses
from sphinx_fsp.check.targets import link_targets
from sphinx_fsp.source.catalogue import SourceFile, build_catalogue
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.redirects import Rule
from sphinx_fsp.source.settings import Settings

PATTERNS = {"page": "{slug}", "*": "blog/{slug}"}
FILES = [
    SourceFile("a.md", "title: A\nslug: a\n\nText.\n"),
    SourceFile("b.md", "title: B\nslug: Bee\n\nText.\n"),
    SourceFile("post.md", "title: P\nslug: p\ncategory: post\n\nText.\n"),
]
RULES = [Rule("/old.html", "/Bee.html", "r.csv", 1), Rule("/gone.html", "https://b.org/", "r", 2)]
WEB = [
    "https://same.org/x",
    "https://www.other.org/x",
    "http://plain.org/",
    "https://twice.org/a",
    "https://www.twice.org/a",
]


def fixed(kind: str, line: str, path: str = "a.md", **details: str) -> str:
    """Return a line after its problem was put right; the same line when that isn't certain."""
    catalogue = build_catalogue(FILES, PATTERNS, (".md",))
    static = {"/img/Leaf.png": Path("leaf"), "/img/x.png": Path("x"), "/img/X.png": Path("X")}
    settings = Settings(bases=("https://guide.example/",))
    guide = Guide(catalogue, settings=settings, static_files=static, rules=RULES)
    links = [Link("other.md", 1, address) for address in WEB]
    anchors = {"Bee": frozenset({"top"}), "a": frozenset({"here"})}
    documents = [page.docname for page in catalogue.pages]
    site = know_site(guide, documents, links, secure_addresses(links), anchors)
    finding = Finding(path, 1, kind, "", "", details)
    fixes = plan([finding], site, lambda _: link_targets(line, MarkdownIt()))
    after = edited(line, (fix.edit for fix in fixes if fix.edit))
    assert after is not None
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](/old.html)", "[x](/Bee.html)"),
        ("[x](/old.html#top 'T')", "[x](/Bee.html#top 'T')"),
        ("<a href='/old.html'>x</a>", "<a href='/Bee.html'>x</a>"),
        ("[x](https://guide.example/old.html)", "[x](https://guide.example/Bee.html)"),
        ("[x](old.html)", "[x](Bee.html)"),
    ],
)
def test_old_address(before: str, after: str) -> None:
    assert fixed("old_address", before, target="/old.html") == after


def test_old_address_relative_to_a_post() -> None:
    line = "[x](../old.html)"
    assert fixed("old_address", line, "post.md", target="/old.html") == "[x](../Bee.html)"


@pytest.mark.parametrize(
    ("target", "line"),
    [
        pytest.param("/gone.html", "[x](/gone.html)", id="leads to another site"),
        pytest.param("/old.html", "[x](/old.html#not-there)", id="fragment that isn't there"),
        pytest.param("/old.html", "[x](/old.html?a=b)", id="with a query"),
        pytest.param("/old.html", "`[x](/old.html)`", id="code"),
        pytest.param("/old.html", "See /old.html.", id="no link"),
    ],
)
def test_old_address_that_stays(target: str, line: str) -> None:
    assert fixed("old_address", line, target=target) == line


@pytest.mark.parametrize(
    ("target", "line", "after"),
    [
        pytest.param("/bee.html", "[x](/bee.html)", "[x](/Bee.html)", id="case"),
        pytest.param("/bee", "[x](/bee#top)", "[x](/Bee.html#top)", id="no ending"),
        pytest.param("/a.md", "[x](/a.md)", "[x](/a.html)", id="another ending"),
        pytest.param("/a.md", "[x](/a.md#not-there)", "[x](/a.md#not-there)", id="fragment"),
        pytest.param("/c.html", "[x](/c.html)", "[x](/c.html)", id="not known"),
        pytest.param("/IMG/X.PNG", "[x](/IMG/X.PNG)", "[x](/IMG/X.PNG)", id="two of them"),
        pytest.param("/bee.html", "{filename}/bee.html", "{filename}/bee.html", id="no link"),
    ],
)
def test_unknown_page(target: str, line: str, after: str) -> None:
    assert fixed("unknown_page", line, target=target) == after


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("![x](/img/leaf.PNG)", "![x](/img/Leaf.png)"),
        ("<p><img src='/img/leaf.PNG'></p>", "<p><img src='/img/Leaf.png'></p>"),
        ("[x](/img/leaf.PNG)", "[x](/img/leaf.PNG)"),
    ],
)
def test_unknown_image(line: str, after: str) -> None:
    assert fixed("unknown_image", line, target="/img/leaf.PNG") == after


@pytest.mark.parametrize(
    ("target", "after"),
    [
        pytest.param("http://same.org/x", "https://same.org/x", id="the same"),
        pytest.param("http://same.org/x/", "https://same.org/x/", id="all else stays"),
        pytest.param("http://other.org/x", "https://www.other.org/x", id="www"),
        pytest.param("http://same.org/other", "http://same.org/other", id="only the host"),
        pytest.param("http://same.org:80/x", "https://same.org/x", id="port"),
    ],
)
def test_insecure_url(target: str, after: str) -> None:
    assert fixed("insecure_url", f"A [x]({target}).", target=target) == f"A [x]({after})."
    assert fixed("insecure_url", f"A <{target}>.", target=target) == f"A <{after}>."


@pytest.mark.parametrize(
    ("target", "after"),
    [
        pytest.param("same.org/x", "https://same.org/x", id="the same"),
        pytest.param("www.same.org/y", "https://www.same.org/y", id="the host"),
        pytest.param("plain.org/z", "http://plain.org/z", id="a host without https"),
        pytest.param("unknown.org/z", "unknown.org/z", id="not known"),
        pytest.param("me@same.org", "me@same.org", id="mail"),
    ],
)
def test_bad_url(target: str, after: str) -> None:
    line = f"[x]({target})"
    assert fixed("bad_url", line, target=target, why="has no scheme") == f"[x]({after})"


def test_a_finding_is_one_link() -> None:
    line = "[x](/old.html) and [y](/old.html)"
    assert fixed("old_address", line, target="/old.html") == "[x](/Bee.html) and [y](/old.html)"


# Files ---------------------------------------------------------------------------------------


def fix(old: str = "/old", new: str = "/new", line: int = 1, start: int = 4) -> Fix:
    edit = Edit(line, start, start + len(old), old, new)
    return Fix(Finding("a.md", line, "old_address", ""), edit)


RECODE = Fix(Finding("a.md", 1, "bad_encoding", ""), None)


def written(folder: Path, data: bytes, *fixes: Fix) -> bytes:
    """Return what is in a file after fixes, and check that nothing lies beside it."""
    file = folder / "a.md"
    file.write_bytes(data)
    changes, refusals = changes_of(folder, fixes)
    assert refusals == []
    assert [write(change) for change in changes] == [""]
    assert [path.name for path in folder.iterdir()] == ["a.md"]
    return file.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"[x](/old)\n", b"[x](/new)\n", id="plain"),
        pytest.param(b"[x](/old)", b"[x](/new)", id="no line end"),
        pytest.param(b"[x](/old) \r\nB\r\n", b"[x](/new) \r\nB\r\n", id="Windows line ends"),
        pytest.param(b"[x](/old)\rB\nC\r\n", b"[x](/new)\rB\nC\r\n", id="mixed line ends"),
        pytest.param(b"\xef\xbb\xbf[x](/old)\n", b"\xef\xbb\xbf[x](/new)\n", id="byte order mark"),
        pytest.param(b"[x](/old) \xe9\n", b"[x](/new) \xe9\n", id="Windows-1252"),
        pytest.param(
            "[x](/old) \u2028\x0b\x85\n".encode(),
            "[x](/new) \u2028\x0b\x85\n".encode(),
            id="no ends",
        ),
    ],
)
def test_all_else_stays(tmp_path: Path, before: bytes, after: bytes) -> None:
    assert written(tmp_path, before, fix()) == after


def test_edits_of_one_line(tmp_path: Path) -> None:
    first, second = fix(new="/longer"), fix(start=14)
    assert written(tmp_path, b"[x](/old) [y](/old)", first, second) == b"[x](/longer) [y](/new)"


def test_encoding(tmp_path: Path) -> None:
    before = b"[x](/old) caf\xe9 \x93quoted\x94\r\n"
    after = "[x](/new) caf\xe9 \u201cquoted\u201d\r\n".encode()
    assert written(tmp_path, before, RECODE, fix()) == after


def test_mode_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    (tmp_path / "a.md").chmod(0o640)
    written(tmp_path, b"[x](/old)\n", fix())
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def refusal(folder: Path, *fixes: Fix) -> str:
    changes, refusals = changes_of(folder, fixes)
    assert changes == []
    ((path, why),) = refusals
    assert path == "a.md"
    return why


@pytest.mark.parametrize(
    ("data", "fixes", "why"),
    [
        (b"a \x81 b", [RECODE], "is neither UTF-8 nor Windows-1252"),
        (b"a \xe9 \x00 b", [RECODE], "holds what is no text"),
        (b"[x](/other)\n", [fix()], "has changed since it was read"),
        (b"", [fix(line=3)], "has changed since it was read"),
    ],
)
def test_refused(tmp_path: Path, data: bytes, fixes: list[Fix], why: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert refusal(tmp_path, *fixes) == why
    assert (tmp_path / "a.md").read_bytes() == data


def test_read_only_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](/old)\n")
    (tmp_path / "a.md").chmod(0o444)
    assert refusal(tmp_path, fix()) == "is read-only"


def test_link_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "outside.md").write_text("[x](/old)\n")
    (folder / "a.md").symlink_to(tmp_path / "outside.md")
    assert refusal(folder, fix()) == "is a link that leaves the folder"


def test_link_inside_of_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("[x](/old)\n")
    (tmp_path / "a.md").symlink_to("real.md")
    (change,), _ = changes_of(tmp_path, [fix()])
    assert write(change) == ""
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "[x](/new)\n"


def test_failed_write_leaves_the_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("before")
    change = Change("a.md", file, "before", "not \u0416 in it", "cp1252", False, ())
    assert write(change) == "can't be written"
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_file_that_is_gone(tmp_path: Path) -> None:
    assert changes_of(tmp_path, [fix()]) == ([], [Refusal("a.md", "No such file or directory")])


def test_diff(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](/old)\nB")
    (change,), _ = changes_of(tmp_path, [fix()])
    assert diff(change, "content/a.md") == (
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n-[x](/old)\n+[x](/new)\n B\n"
        "\\ No newline at end of file\n"
    )
