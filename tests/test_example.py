"""The example of the repository, in every output and in its second language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Site

EXAMPLE = Path(__file__).parents[1] / "example"


@pytest.fixture
def example(tmp_path: Path) -> Site:
    """Return a copy of the example."""
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build", "*.mo"))
    return Site(root, root / "content")


@pytest.mark.parametrize("theme", ["sphinx_fsp", "basic", "alabaster", "furo"])
def test_html_without_a_warning(example: Site, theme: str) -> None:
    build = example.build(overrides={"html_theme": theme, "nitpicky": True})
    assert build.warnings == []
    assert "start-here.html" in build.files()


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml"]
)
def test_other_outputs_without_a_warning(example: Site, builder: str) -> None:
    settings = {"version": "1", "epub_copyright": "1"}
    assert example.build(builder, overrides=settings).warnings == []


def test_translation_shows_wells_and_lists(example: Site) -> None:
    build = example.build(overrides={"language": "de"})
    assert build.warnings == []
    page = BeautifulSoup(build.html("constellations.html"), "lxml")
    well = page.select_one(".seealso.well")
    assert well is not None
    assert "Die Sternbilder sind die Karte" in well.get_text()
    assert [a["href"] for a in well.select("a")][:2] == ["night-sky.html", "star-charts.html"]
    items = [li.get_text() for li in page.select("li li p")]
    assert "Die meisten zählen dort sechs Sterne." in items


def test_messages_are_extracted(example: Site) -> None:
    build = example.build("gettext")
    template = build.html("constellations.pot")
    assert 'msgid "Most people count six stars there."' in template
    assert "[table of contents](/table-of-contents.html)" in template
    assert "see-also" not in template


def test_translations_have_all_messages_of_their_page(example: Site) -> None:
    """A message that changed in the page is missing in the translation: say so here."""
    from babel.messages.pofile import read_po

    build = example.build("gettext")
    with (build.outdir / "constellations.pot").open("rb") as file:
        wanted = {m.id for m in read_po(file) if m.id and not str(m.id).startswith("<")}
    with (example.root / "locale/de/LC_MESSAGES/constellations.po").open("rb") as file:
        have = {m.id for m in read_po(file) if m.string}
    assert wanted - have == set()
