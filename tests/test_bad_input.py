"""Whatever is wrong with the input: a clear warning, no traceback, and all other pages whole."""

from __future__ import annotations

import pytest
from conftest import Build
from one_good_page import GOOD, MakeSite, about, build_with, page, text

# Files ---------------------------------------------------------------------------------------


def test_empty_file(make_site: MakeSite) -> None:
    build = build_with(make_site, {"empty.markdown": ""})
    assert "empty.html" in build.files()


def test_header_only(make_site: MakeSite) -> None:
    build = build_with(make_site, {"x.markdown": "title: Header Only\nslug: only"})
    assert "Header Only" in text(build, "only.html")


def test_no_title(make_site: MakeSite) -> None:
    build = build_with(make_site, {"x.markdown": "slug: bare\ncategory: page\n\nText.\n"})
    assert text(build, "bare.html").startswith("bare")
    assert about(build, "missing_title") == [
        "x.markdown:1: WARNING: the page has no title; used 'bare'; "
        "add a line 'title: ...' to its header [fsp.missing_title]"
    ]


def test_first_heading_is_the_title(make_site: MakeSite) -> None:
    build = build_with(make_site, {"x.markdown": "slug: bare\n\n# From the body\n\nText.\n"})
    html = build.html("bare.html")
    assert html.count("<h1>From the body") == 1


def test_binary_file(make_site: MakeSite) -> None:
    build_with(make_site, {"x.markdown": bytes(range(256)) * 40})


def test_binary_file_with_header(make_site: MakeSite) -> None:
    data = b"title: Bin\nslug: bin\n\nStart " + bytes(range(256)) * 40 + b" end"
    build = build_with(make_site, {"x.markdown": data})
    assert "bin.html" in build.files()


def test_latin_1_file(make_site: MakeSite) -> None:
    data = "title: Caf\xe9\nslug: cafe\n\nThe caf\xe9 is nice.\n".encode("latin-1")
    build = build_with(make_site, {"x.markdown": data})
    assert "The caf\xe9 is nice." in text(build, "cafe.html")
    assert len(about(build, "bad_encoding")) == 1


def test_byte_order_mark(make_site: MakeSite) -> None:
    build = build_with(make_site, {"x.markdown": b"\xef\xbb\xbftitle: Bom\nslug: bom\n\nText.\n"})
    assert text(build, "bom.html").startswith("Bom")


def test_windows_line_ends(make_site: MakeSite) -> None:
    data = b"title: Win\r\nslug: win\r\n\r\nText.\r\n\r\n[x](/nowhere.html)\r\n"
    build = build_with(make_site, {"x.markdown": data})
    assert text(build, "win.html").startswith("Win")
    assert about(build, "unknown_page")[0].startswith("x.markdown:6:")


def test_page_of_ten_megabytes(make_site: MakeSite) -> None:
    paragraph = "word " * 2000 + "\n\n"
    body = paragraph * (10_000_000 // len(paragraph)) + "The end.\n"
    build = build_with(make_site, {"x.markdown": f"title: Long\nslug: long\n\n{body}"})
    assert "The end." in build.html("long.html")[-20000:]


def test_code_block_of_100_000_lines(make_site: MakeSite) -> None:
    code = "```text\n" + "line\n" * 99_999 + "last line\n```\n"
    build = build_with(make_site, {"x.markdown": f"title: Code\nslug: code\n\n{code}"})
    assert "last line" in build.html("code.html")


# Nesting -------------------------------------------------------------------------------------


def test_thousand_list_levels(make_site: MakeSite) -> None:
    body = "".join(f"{'  ' * n}* level{n}\n" for n in range(1000))
    build = build_with(make_site, {"x.markdown": f"title: Deep\nslug: deep\n\n{body}"})
    shown = text(build, "deep.html")
    assert [n for n in range(1000) if f"level{n}" not in shown] == []
    assert about(build, "too_deep")


def test_thousand_quotes(make_site: MakeSite) -> None:
    build = build_with(make_site, {"x.markdown": f"title: Q\nslug: q\n\n{'>' * 1000} inmost\n"})
    assert "inmost" in text(build, "q.html")


@pytest.mark.parametrize("tag", ["<div>", '<div class="a">', "<b>", "<ul><li>", "<table><td>"])
def test_thousand_elements(make_site: MakeSite, tag: str) -> None:
    body = f"{tag * 1000}inmost"
    build = build_with(make_site, {"x.markdown": f"title: Deep\nslug: deep\n\n{body}\n\nAfter.\n"})
    assert "inmost" in text(build, "deep.html")
    assert "After." in text(build, "deep.html")


def test_thousand_elements_apart(make_site: MakeSite) -> None:
    body = "<div class='a'>\n\n" * 1000 + "inmost\n\n" + "</div>\n\n" * 1000
    build = build_with(make_site, {"x.markdown": f"title: Deep\nslug: deep\n\n{body}"})
    assert "inmost" in text(build, "deep.html")


# Slugs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "file"),
    [
        pytest.param("a/b", "a/b.html", id="slash"),
        pytest.param("My-Page", "My-Page.html", id="uppercase"),
        pytest.param("my page", "my page.html", id="blank inside"),
        pytest.param("caf\xe9", "caf\xe9.html", id="non-ASCII"),
        pytest.param("trailing  ", "trailing.html", id="trailing blanks"),
    ],
)
def test_slug_is_kept(make_site: MakeSite, slug: str, file: str) -> None:
    build = build_with(make_site, {"x.markdown": page(slug)})
    assert file in build.files()
    assert not about(build, "bad_slug")


@pytest.mark.parametrize(
    "slug", ["../up", "a/../../b", "..", "a//b", "a:b", "a?b", "a\\b", "x" * 300]
)
def test_slug_that_is_no_address(make_site: MakeSite, slug: str) -> None:
    build = build_with(make_site, {"x.markdown": page(slug, "Sound Title")})
    assert "sound-title.html" in build.files()
    (warning,) = about(build, "bad_slug")
    assert warning.startswith("x.markdown:2: WARNING: ")
    assert "used 'sound-title'" in warning


@pytest.mark.parametrize("slug", ["index", "search", "genindex", "good"])
def test_slug_that_is_taken(make_site: MakeSite, slug: str) -> None:
    build = build_with(make_site, {"pages-x.markdown": page(slug, body="Not lost.")})
    assert "Not lost." in text(build, "pages-x.html")
    (warning,) = about(build, "duplicate_slug") + about(build, "bad_slug")
    assert warning.startswith("pages-x.markdown:2: WARNING: ")


def test_two_pages_of_one_slug_name_both_places(make_site: MakeSite) -> None:
    build = build_with(make_site, {"a.markdown": page("same"), "b.markdown": page("same")})
    assert {"same.html", "b.html"} <= build.files()
    assert about(build, "duplicate_slug") == [
        "b.markdown:2: WARNING: the address 'same' is taken by a.markdown; this page is "
        "published as 'b'; give one of the two another slug, "
        "or a translation its lang [fsp.duplicate_slug]"
    ]


# Redirects -----------------------------------------------------------------------------------


def build_redirects(make_site: MakeSite, rows: str) -> Build:
    site = make_site(fsp_redirects="redirects.csv")
    site.write("good.markdown", GOOD)
    site.write("redirects.csv", "from,to\n" + rows)
    build = site.build()
    assert "A good page." in build.html("good.html")
    return build


def test_chained_redirects_go_to_the_end(make_site: MakeSite) -> None:
    build = build_redirects(make_site, "/a.html,/b.html\n/b.html,/good.html\n")
    assert 'url=good.html"' in build.html("a.html")
    assert about(build, "bad_redirect") == []


@pytest.mark.parametrize(
    ("rows", "warning"),
    [
        pytest.param(
            "/a.html,/b.html\n/b.html,/a.html\n",
            "redirects.csv:2: WARNING: redirect /a.html: leads back to itself "
            "by /b.html; lead one of the circle to a page [fsp.bad_redirect]",
            id="circle",
        ),
        pytest.param(
            "/a.html,/god.html\n",
            "redirects.csv:2: WARNING: redirect /a.html: leads to /god.html, which doesn't exist; "
            "did you mean /good.html? [fsp.bad_redirect]",
            id="nowhere",
        ),
        pytest.param(
            "/good.html,/index.html\n",
            "redirects.csv:2: WARNING: redirect /good.html: stands over a page that exists; "
            "remove it [fsp.bad_redirect]",
            id="over a page",
        ),
        pytest.param(
            "/../x.html,/good.html\n",
            "redirects.csv:2: WARNING: redirect /../x.html: can't be a file: it leaves its folder; "
            "correct the old address [fsp.bad_redirect]",
            id="out of the site",
        ),
        pytest.param(
            "/a.html,javascript:alert(1)\n",
            "redirects.csv:2: WARNING: redirect /a.html: leads to javascript:alert(1); "
            "lead it to a page [fsp.bad_redirect]",
            id="code",
        ),
    ],
)
def test_bad_redirect(make_site: MakeSite, rows: str, warning: str) -> None:
    build = build_redirects(make_site, rows)
    assert about(build, "bad_redirect")[0] == warning
    assert "a.html" not in build.files()


def test_redirects_file_that_is_not_there(make_site: MakeSite) -> None:
    build = build_with(make_site, {}, fsp_redirects="nowhere.csv")
    assert len(about(build, "bad_redirect")) == 1


# conf.py -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsp_permalinks", {"page": "no slug"}),
        ("fsp_permalinks", "{slug}"),
        ("fsp_permalinks", {"page": "{slug}.html"}),
        ("fsp_permalinks", {"page": "{slug}/"}),
        ("fsp_permalinks", {"*": "{date:%B}/{slug}"}),
        ("fsp_static_path", "../static"),
        ("fsp_static_path", [1]),
        ("fsp_site_urls", ["guide.example"]),
        ("fsp_redirects", 5),
        ("fsp_redirects_for", "nginx"),
        ("fsp_redirects_for", ["netlify"]),
        ("fsp_next_steps", ["a"]),
        ("fsp_raw_html", "sometimes"),
        ("fsp_code_marker", None),
    ],
)
def test_wrong_value_names_itself(make_site: MakeSite, name: str, value: object) -> None:
    from sphinx.errors import ConfigError

    site = make_site(**{name: value})
    with pytest.raises(ConfigError, match=name) as caught:
        site.build()
    assert repr(value) in str(caught.value)
    assert " takes " in str(caught.value)


def test_static_folder_that_is_not_there(make_site: MakeSite) -> None:
    build = build_with(make_site, {}, fsp_static_path=["nowhere"])
    (warning,) = about(build, "static_path")
    assert "isn't there; correct the path in conf.py" in warning


@pytest.mark.parametrize("folder", [".", "..", "sub/.."])
def test_static_folder_that_holds_the_pages(make_site: MakeSite, folder: str) -> None:
    build = build_with(make_site, {}, fsp_static_path=[folder])
    (warning,) = about(build, "static_path")
    assert "holds conf.py and the pages; name the folders of the files instead" in warning
    assert "conf.py" not in build.files()


def test_output_in_a_static_folder_is_not_published(make_site: MakeSite) -> None:
    site = make_site(fsp_static_path=["../shared"])
    site.write("good.markdown", GOOD)
    (site.root / "shared").mkdir()
    (site.root / "shared/a.txt").write_text("a")
    first = site.build(out="shared/out")
    assert site.build(out="shared/out").files() == first.files()
    assert "a.txt" in first.files()
