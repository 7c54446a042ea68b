"""Files with an address of their own: ``fsp_static_path`` as a dictionary, and downloads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Site

MakeSite = Callable[..., Site]

PAGES = {
    "notes/frog.md": "title: Frog\n\n![A frog]({attach}img/frog.svg) and "
    "[a list]({static}/files/a.txt), [the same](/lists/a.txt), [a sheet]({attach}sheet.txt).\n",
    "notes/img/frog.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n',
    "notes/sheet.txt": "sheet\n",
    "notes/.hidden.txt": "hidden\n",
    "files/a.txt": "a\n",
    "files/deep/b.txt": "b\n",
    "extra/c.txt": "c\n",
}
PLACES = {"files": "lists", "notes": "notes", "extra/c.txt": "named/d.txt"}


def test_files_are_at_the_addresses_that_conf_names(make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, fsp_static_path=PLACES)
    build = site.build()
    assert build.warnings == []
    published = {n for n in build.files() if n.startswith(("lists", "named", "notes"))}
    assert published == {
        "lists/a.txt",
        "lists/deep/b.txt",
        "named/d.txt",
        "notes/img/frog.svg",
        "notes/sheet.txt",
    }
    html = build.html("frog.html")
    assert 'src="notes/img/frog.svg"' in html
    assert html.count('href="lists/a.txt"') == 2
    assert 'href="notes/sheet.txt"' in html


def test_a_file_that_isnt_published_is_a_download(make_site: MakeSite) -> None:
    site = make_site(pages={n: PAGES[n] for n in ("notes/frog.md", "notes/img/frog.svg")})
    site.write("notes/sheet.txt", "sheet\n")
    build = site.build()
    kinds = sorted(warning.split("[")[-1] for warning in build.warnings)
    assert kinds == ["fsp.unknown_file]", "fsp.unknown_page]"]
    assert any(name.endswith("/sheet.txt") for name in build.files())
    # The page is read again when the file is there.
    site.write("files/a.txt", "a\n")
    build = site.build()
    assert build.read == ["frog"]
    assert any(name.endswith("/a.txt") for name in build.files())
    assert all("unknown_file" not in warning for warning in build.warnings)


def test_a_file_that_is_gone_is_gone(make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, fsp_static_path=PLACES)
    site.build()
    (site.content / "files/deep/b.txt").unlink()
    assert "lists/deep/b.txt" not in site.build().files()


def test_a_file_that_is_a_link_elsewhere_is_not_published(make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, fsp_static_path={"extra/c.txt": "c.txt"})
    (site.content / "extra/c.txt").unlink()
    (site.content / "extra/c.txt").symlink_to(site.root.parent / "secret.txt")
    (site.root.parent / "secret.txt").write_text("secret")
    build = site.build()
    assert "c.txt" not in build.files()
    assert any("fsp.static_path" in warning for warning in build.warnings)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text", "latex", "epub"])
def test_every_output_has_the_page(builder: str, make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, fsp_static_path=PLACES, html_baseurl="https://pond.example/")
    warnings = [w for w in site.build(builder).warnings if "toctree" not in w]
    assert warnings == []


@pytest.mark.parametrize("places", [{"files": "../out"}, {"files": 1}, {"": "x"}])
def test_places_out_of_the_site_are_refused(places: object, make_site: MakeSite) -> None:
    site = make_site(pages=PAGES, fsp_static_path=places)
    with pytest.raises(Exception, match="fsp_static_path takes"):
        site.build()
