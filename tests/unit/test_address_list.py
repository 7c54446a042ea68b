"""Lists of addresses: sitemaps, texts and folders, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_fsp.check.address_list import read_addresses
from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.diagnostics import text_of

XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(*addresses: str) -> str:
    """Return a sitemap with an address in each line, from line 2 on."""
    rows = "".join(f"<url><loc>{address}</loc></url>\n" for address in addresses)
    return f'<urlset xmlns="{XMLNS}">\n{rows}</urlset>\n'


def index(*parts: str) -> str:
    rows = "".join(f"<sitemap><loc>{part}</loc></sitemap>\n" for part in parts)
    return f'<sitemapindex xmlns="{XMLNS}">\n{rows}</sitemapindex>\n'


def read(path: Path) -> tuple[list[tuple[str, int]], list[str]]:
    """Return addresses with their lines, and what is said of the others."""
    found, problems, _ = read_addresses(path)
    said = [f"{Path(p.path).name}:{p.line}: {text_of(p.subtype, p.details)}" for p in problems]
    return [(listed.text, listed.line) for listed in found], said


def read_text(folder: Path, text: str | bytes) -> tuple[list[tuple[str, int]], list[str]]:
    file = folder / "old.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("/a.html\n/b/\n", [("/a.html", 1), ("/b/", 2)], id="paths"),
        pytest.param("https://sky.example/a\n", [("https://sky.example/a", 1)], id="full"),
        pytest.param("a.html", [("a.html", 1)], id="without a slash"),
        pytest.param("# old\n\n  /a.html  \n", [("/a.html", 3)], id="comments and blanks"),
        pytest.param("/a.html#x # the x\n/b #\n", [("/a.html#x", 1), ("/b", 2)], id="remarks"),
        pytest.param("/a\r\n/b\r/c", [("/a", 1), ("/b", 2), ("/c", 3)], id="any line ends"),
        pytest.param(b"\xef\xbb\xbf/a\n", [("/a", 1)], id="byte order mark"),
        pytest.param("/a\n".encode("utf-16"), [("/a", 1)], id="UTF-16"),
        pytest.param(gzip.compress(b"/a\n"), [("/a", 1)], id="gzipped"),
        pytest.param("/sky and stars.html", [("/sky and stars.html", 1)], id="with blanks"),
    ],
)
def test_a_text(tmp_path: Path, text: str | bytes, expected: list[tuple[str, int]]) -> None:
    assert read_text(tmp_path, text) == (expected, [])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(sitemap("https://sky.example/a.html").encode(), id="plain"),
        pytest.param(gzip.compress(sitemap("https://sky.example/a.html").encode()), id="gzipped"),
        pytest.param(sitemap("https://sky.example/a.html").encode("utf-16"), id="UTF-16"),
        pytest.param(
            (
                '<?xml version="1.0" encoding="utf-16"?>' + sitemap("https://sky.example/a.html")
            ).encode("utf-16"),
            id="UTF-16 that says so",
        ),
        pytest.param(
            b"<urlset>\n<url><loc>\nhttps://sky.example/a.html\n</loc></url></urlset>",
            id="without a namespace, over lines",
        ),
        pytest.param(
            b'<urlset xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">\n<url>'
            b"<loc>https://sky.example/a.html</loc>"
            b"<i:image><i:loc>https://sky.example/a.png</i:loc></i:image></url></urlset>",
            id="with an image",
        ),
    ],
)
def test_a_sitemap(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "sitemap.xml").write_bytes(data)
    assert read(tmp_path / "sitemap.xml") == ([("https://sky.example/a.html", 2)], [])


def test_the_parts_of_an_index_are_beside_it(tmp_path: Path) -> None:
    (tmp_path / "pages.xml").write_text(sitemap("/a.html"), "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/posts.xml.gz").write_bytes(gzip.compress(sitemap("/blog/b.html").encode()))
    (tmp_path / "inner.xml").write_text(index("https://sky.example/pages.xml"), "utf-8")
    parts = ("pages.xml", "sub/posts.xml.gz", "pages.xml", "gone.xml", "inner.xml", "../up.xml")
    (tmp_path / "index.xml").write_text(
        index(*(f"https://sky.example/{p}" for p in parts)), "utf-8"
    )
    (tmp_path.parent / "up.xml").write_text(sitemap("/secret.html"), "utf-8")
    assert read(tmp_path / "index.xml") == (
        [("/a.html", 2), ("/blog/b.html", 2)],
        [
            "index.xml:5: https://sky.example/gone.xml is no file beside the index; "
            "save it there, under its own name",
            "inner.xml:2: https://sky.example/pages.xml is in an index inside an index; "
            "name it in the first index",
            "index.xml:7: https://sky.example/../up.xml is no file beside the index; "
            "save it there, under its own name",
        ],
    )


def test_an_index_that_names_itself(tmp_path: Path) -> None:
    (tmp_path / "index.xml").write_text(index("https://sky.example/index.xml"), "utf-8")
    assert len(read(tmp_path / "index.xml")[1]) == 1


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    """Feeds, images and other files are addresses, too."""
    for name in (
        "index.html",
        "moon.html",
        "blog/index.html",
        "100%.html",
        "feeds/all.atom.xml",
        "images/moon.png",
        "files/map #2.pdf",
        "CNAME",
        ".well-known/security.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found, problems, left_out = read_addresses(tmp_path)
    assert [listed.text for listed in found] == [
        "/100%25.html",
        "/CNAME",
        "/",
        "/moon.html",
        "/.well-known/security.txt",
        "/blog/",
        "/feeds/all.atom.xml",
        "/files/map %232.pdf",
        "/images/moon.png",
    ]
    assert (problems, left_out) == ((), "")


def test_what_is_no_address_of_a_site_is_counted(tmp_path: Path) -> None:
    """What belongs to the theme, the tool, or nobody."""
    for name in (
        "moon.html",
        "theme/css/main.css",
        "theme/images/icon.png",
        "drafts/fog.html",
        "de/_static/a.png",
        "_sources/moon.md.txt",
        "css/site.css",
        "js/site.js",
        "js/site.js.MAP",
        ".nojekyll",
        ".git/config",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found, _, left_out = read_addresses(tmp_path)
    assert [listed.text for listed in found] == ["/moon.html"]
    assert left_out == (
        "10 not compared: 1 .css, 1 .js, 1 .map, 2 hidden, 1 in /drafts/, 2 in /theme/, "
        "1 in _sources/, 1 in _static/"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("mailto:a@sky.example", "is no address of a page: mailto:"),
        ("javascript:alert(1)", "is no address of a page: javascript:"),
        ("/a\tb", "holds control characters"),
        ("/a\x1b[31m", "holds control characters"),
        ("http://[sky", "is no address"),
        ("/" + "a" * 5000, "is longer than 2048 letters"),
    ],
)
def test_a_line_that_is_no_address_is_said(tmp_path: Path, line: str, why: str) -> None:
    found, (problem,) = read_text(tmp_path, f"/a.html\n{line}\n")
    assert found == [("/a.html", 1)]
    assert problem.startswith("old.txt:2: ")
    assert problem.endswith(f"{why}; correct the line")


ENTITY = '<!DOCTYPE urlset [<!ENTITY a "aaaa">]>\n' + sitemap("&a;")
OUTSIDE = '<!DOCTYPE urlset SYSTEM "file:///etc/passwd">\n' + sitemap("/a")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "holds no address", id="empty"),
        pytest.param(b"# nothing\n", "holds no address", id="comments only"),
        pytest.param(b"<urlset/>", "holds no address", id="empty sitemap"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "neither a sitemap nor a text", id="picture"),
        pytest.param(b"/a\0b", "neither a sitemap nor a text", id="zero bytes"),
        pytest.param(b"\xff\xfea", "neither a sitemap nor a text", id="half of UTF-16"),
        pytest.param(b"\x1f\x8bnonsense", "is a broken gzip file", id="no gzip"),
        pytest.param(gzip.compress(b"/a\n" * 99)[:-9], "is a broken gzip file", id="half of gzip"),
        pytest.param(gzip.compress(b"/" * (51 * 2**20)), "larger than 50 MiB", id="gzip bomb"),
        pytest.param(ENTITY.encode(), "a sitemap has no <!DOCTYPE>", id="entities"),
        pytest.param(OUTSIDE.encode(), "a sitemap has no <!DOCTYPE>", id="other files"),
        pytest.param(b"<html><body>", "no sitemap: it starts with <html>", id="page"),
        pytest.param(b"<urlset>\n<url><loc>/a</urlset>", ":2: the sitemap can't be", id="broken"),
        pytest.param(b"<urlset>" * 1000, "elements are too deep", id="deep"),
        pytest.param(
            b'<?xml version="1.0" encoding="x"?><urlset/>', "can't be read", id="encoding"
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(CannotCheck) as caught:
        read_text(tmp_path, data)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck, match="No such file"):
        read_addresses(tmp_path / "gone.txt")
    with pytest.raises(CannotCheck, match="holds no file of a site"):
        read_addresses(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.binary().map(lambda b: b"<urlset>" + b), st.text()))
def test_no_file_is_too_bad(tmp_path: Path, data: bytes | str) -> None:
    try:
        found, problems = read_text(tmp_path, data)
    except CannotCheck:
        return
    except UnicodeEncodeError:
        return
    assert found or problems
