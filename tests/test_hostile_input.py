"""Content comes from strangers: nothing of it runs, and none of it leaves the project."""

from __future__ import annotations

import pytest
from one_good_page import GOOD, MakeSite, about, build_with, page

#: The same with all versions: run once.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "uri",
    ["/img/../../conf.py", "/../conf.py", "../../../etc/passwd", "/img/%2e%2e/%2e%2e/conf.py"],
)
def test_image_out_of_the_project(make_site: MakeSite, uri: str) -> None:
    site = make_site(fsp_static_path=["../static"])
    (site.root / "static").mkdir(exist_ok=True)
    secret = site.root.parent / "etc"
    secret.mkdir(exist_ok=True)
    (secret / "passwd").write_text("secret")
    site.write("good.markdown", GOOD)
    site.write("x.markdown", page("x", body=f'![a picture]({uri})\n\n<img src="{uri}" alt="raw">'))
    build = site.build()
    assert not any(name.startswith("_images") for name in build.files())
    assert len(about(build, "unknown_image")) == 2
    assert not any("secret" in build.html(n) for n in build.files() if n.endswith(".html"))


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x"],
)
@pytest.mark.parametrize(
    "form", ["[text]({})", '<a href="{}">text</a>', '<p><a href="{}">text</a></p>']
)
def test_address_that_runs_code(make_site: MakeSite, href: str, form: str) -> None:
    build = build_with(make_site, {"x.markdown": page("x", body=form.format(href))})
    html = build.html("x.html").lower()
    assert "alert(1)</a>" not in html
    assert 'href="java' not in html
    assert 'href="data:' not in html
    assert "text" in html


@pytest.mark.parametrize(
    "link", ["../../secret.txt", "path:../../secret.txt", "project:../../s.md"]
)
def test_link_to_a_file_out_of_the_project(make_site: MakeSite, link: str) -> None:
    site = make_site()
    for name in ("secret.txt", "s.md"):
        (site.root.parent / name).write_text("secret")
    site.write("sub/x.markdown", page("x", body=f"[text]({link})"))
    build = site.build()
    assert not any(name.startswith("_downloads") for name in build.files())
    assert len(about(build, "unknown_page")) == 1


def test_link_to_a_file_beside_the_page(make_site: MakeSite) -> None:
    site = make_site()
    site.write("sub/notes.txt", "notes")
    site.write("sub/x.markdown", page("x", body="[text](notes.txt)"))
    build = site.build()
    assert any(name.endswith("/notes.txt") for name in build.files() if "_downloads" in name)
    assert build.warnings == []


def test_directive_that_runs_code(make_site: MakeSite) -> None:
    body = "```{raw} html\n<p onclick='alert(1)'>kept</p><script>alert(1)</script>\n```"
    site = make_site(fsp_raw_html="safe")
    site.write("x.markdown", page("x", body=body))
    html = site.build().html("x.html")
    assert "alert" not in html
    assert "kept" in html


@pytest.mark.parametrize("link", ["<javascript:alert(1)>", "[x][r]\n\n[r]: javascript:alert(1)"])
def test_other_links_that_run_code(make_site: MakeSite, link: str) -> None:
    build = build_with(make_site, {"x.markdown": page("x", body=link)})
    assert 'href="javascript' not in build.html("x.html")
    assert about(build, "bad_scheme")


def test_frame_that_runs_code(make_site: MakeSite) -> None:
    body = '<iframe src="javascript:alert(1)" title="Bad"></iframe>'
    build = build_with(make_site, {"x.markdown": page("x", body=body)})
    assert "javascript" not in build.html("x.html")
    assert about(build, "bad_scheme")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_page_has_the_place_of_a_file_of_the_site(make_site: MakeSite, builder: str) -> None:
    """No slug stops a build, or leaves half of a file behind."""
    names = ["sitemap.xml", "llms.txt", "llms-full.txt", "resources.json", "_static/fsp-pages.json"]
    items = "".join(f"- [{n}](https://{n}.example/) is {n}\n" for n in ("one", "two", "three"))
    body = f"## Books\n\n{items}"
    pages = {f"x{n}.md": page(f"{name}/x", body=body) for n, name in enumerate(names)}
    pages["moon.md"] = page("moon")
    site = make_site(
        pages=pages | {"y.md": page("moon.html.md/y"), "z.md": page("moon.html/z")},
        html_baseurl="https://sky.example/",
        html_theme="sphinx_fsp",
        fsp_static_path=["static"],
    )
    site.write("static/moon.html/map.txt", "x")
    site.write("static/moon/map.txt", "x")
    build = site.build(builder)
    in_the_way = [line for line in build.warnings if line.endswith("[fsp.site_file]")]
    assert len(in_the_way) == len(names)
    assert all(any(f"the file {name} " in line for line in in_the_way) for name in names)
    assert len(about(build, "bad_slug")) == 2
    assert len(about(build, "static_file")) == (1 if builder == "html" else 0)
    assert not any(name.endswith(".part") for name in build.files())
    assert "resources.csv" in build.files()
