"""Pages at fault, built beside a good one that has to come out whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup
from conftest import Build, Site

MakeSite = Callable[..., Site]

GOOD = "title: Good\nslug: good\ncategory: page\n\nA good page.\n"


def build_with(make_site: MakeSite, pages: Mapping[str, str | bytes], **conf: object) -> Build:
    """Build some pages beside a good one, and check that the good one is whole."""
    site = make_site(**conf)
    site.write("good.markdown", GOOD)
    for name, content in pages.items():
        if isinstance(content, bytes):
            (site.content / name).write_bytes(content)
        else:
            site.write(name, content)
    build = site.build()
    assert "A good page." in build.html("good.html")
    return build


def about(build: Build, subtype: str) -> list[str]:
    """Return the warnings of one subtype."""
    return [line for line in build.warnings if line.endswith(f"[fsp.{subtype}]")]


def text(build: Build, name: str) -> str:
    """Return the text of a page's body."""
    body = BeautifulSoup(build.html(name), "lxml").select_one("[role=main]")
    assert body is not None
    return " ".join(body.get_text(" ").split())


def page(slug: str, title: str = "A page", body: str = "Text.") -> str:
    return f"title: {title}\nslug: {slug}\ncategory: page\n\n{body}\n"
