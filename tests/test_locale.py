"""A site in another language: the words that the package adds to its pages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site

import sphinx_fsp

INDEX = """\
# Start

```{guide-contents}
```

```{toctree}
:hidden:
eulen
```
"""
SKY = "title: Der Himmel\nslug: himmel\nsortorder: 0100\ntoc: True\n\nText.\n"
MOON = """\
title: Der Mond
slug: mond
sortorder: 0101

:::{see-also}
:concept: planeten
:::

:::{resources}
:view: table
:sort: title

* [Erstes Licht](https://erstes-licht.example/)
  :kind: book
  :level: beginner
  :price: paid
  :author: Ada Quill
  :publisher: Feder
  :date: 2021
  :lang: de

* [Altes Licht](https://altes-licht.example/)
  :archive: https://archiv.example/altes-licht
:::
"""
PLANETS = "title: Planeten\nslug: planeten\nsortorder: 0102\n\nText.\n"
OWLS = """\
# Eulen

```{resources}
:group-by: kind

* [Paper Owls](https://paper-owls.example/) are folded.
  :kind: tutorial
  :level: advanced
  :price: free

* [Late Owls](https://late-owls.example/) are asleep.
```

```{resource-index}
:by: status
```
"""
LINKS = """{"version": 1, "checked": "2026-01-30", "links": {
"altes-licht.example": {"url": "https://altes-licht.example/", "result": "404",
 "failures": ["2026-01-10", "2026-01-20", "2026-01-30"]},
"erstes-licht.example": {"url": "https://erstes-licht.example/", "result": "ok"},
"late-owls.example": {"url": "https://late-owls.example/", "result": "404",
 "failures": ["2026-01-30"]}}}
"""


@pytest.fixture
def german(make_site: Callable[..., Site]) -> Site:
    """Return a small guide in German."""
    pages = {
        "index.md": INDEX,
        "himmel.markdown": SKY,
        "mond.markdown": MOON,
        "planeten.markdown": PLANETS,
        "eulen.md": OWLS,
        "fsp-links.json": LINKS,
    }
    return make_site(pages=pages, language="de")


def words(build: Build, name: str, css: str = "body") -> str:
    """Return the text of a part of a page, with single blanks."""
    part = BeautifulSoup(build.html(name), "lxml").select_one(css)
    assert part is not None
    return " ".join(part.get_text().split())


def test_see_also_is_in_german(german: Site) -> None:
    build = german.build()
    assert build.warnings == []
    assert words(build, "mond.html", ".seealso") == (
        "Siehe auch Der Mond ist eine Umsetzung des Konzepts „Planeten“. Mehr dazu steht im "
        "Kapitel „Der Himmel“, alle Themen stehen im Inhaltsverzeichnis."
    )


def test_headings_of_a_table_are_in_german(german: Site) -> None:
    page = BeautifulSoup(german.build().html("mond.html"), "lxml")
    assert [cell.get_text().strip() for cell in page.select("table th")] == [
        "Quelle",
        "Art",
        "Niveau",
        "Preis",
        "Verfasst von",
        "Verlag",
        "Datum",
        "Sprache",
    ]
    row = page.select("table tbody tr")[1]
    assert [cell.get_text().strip() for cell in row.select("td")][1:4] == [
        "Buch",
        "Einstieg",
        "kostenpflichtig",
    ]


def test_badges_are_in_german(german: Site) -> None:
    build = german.build()
    assert words(build, "eulen.html", "#resource-paper-owls .resource-badges") == (
        "Anleitung Fortgeschritten kostenlos"
    )
    page = BeautifulSoup(build.html("eulen.html"), "lxml")
    item = page.select_one("#resource-paper-owls")
    assert item is not None
    # Names for programs stay: themes and readers' stylesheets go by them.
    assert {"kind-tutorial", "level-advanced", "price-free"} <= set(item["class"])


def test_a_dead_link_is_in_german(german: Site) -> None:
    assert "archivierte Kopie; früher unter https://altes-licht.example/" in words(
        german.build(), "mond.html"
    )


def test_a_dead_link_without_copy_is_in_german(german: Site) -> None:
    german.edit("mond.markdown", "  :archive: https://archiv.example/altes-licht\n", "")
    assert "Altes Licht (toter Link)" in words(german.build(), "mond.html")


def test_an_index_is_in_german(german: Site) -> None:
    build = german.build()
    page = BeautifulSoup(build.html("eulen.html"), "lxml")
    groups = [title.get_text() for title in page.select(".resource-index .resource-group")]
    assert sorted(groups) == ["Erreichbar", "Gestört", "Nicht geprüft", "Nicht mehr erreichbar"]
    titles = [t.get_text() for t in page.select("p.resource-group")]
    assert {"Anleitung", "Sonstige"} <= set(titles)
    places = page.select_one(".resource-places")
    assert places is not None
    assert places.get_text().startswith("Aufgeführt in ")


def test_text_is_in_german(german: Site) -> None:
    build = german.build("text")
    assert build.warnings == []
    # Without the numbers of links.
    texts = (re.sub(r" \[\d+\]", "", build.html(f"{name}.txt")) for name in ("mond", "eulen"))
    moon, owls = (" ".join(text.split()) for text in texts)
    assert "Der Mond ist eine Umsetzung des Konzepts „Planeten“." in moon
    assert "Altes Licht (archivierte Kopie; früher unter " in owls
    assert "(Anleitung, Fortgeschritten, kostenlos)" in owls
    assert "-[ Nicht mehr erreichbar ]-" in owls
    assert "Aufgeführt in Eulen" in owls


def test_a_kind_of_the_project_stays_as_it_is(make_site: Callable[..., Site]) -> None:
    page = "# P\n\n```{resources}\n* [A](https://a.example/) is one.\n  :kind: karte\n```\n"
    site = make_site(pages={"index.md": page}, language="de", fsp_resource_kinds=["karte"])
    assert words(site.build(), "index.html", ".resource-badges") == "karte"


def test_a_language_without_catalogue_has_the_words_of_the_code(
    make_site: Callable[..., Site],
) -> None:
    page = "# P\n\n```{resources}\n* [A](https://a.example/) is one.\n  :kind: book\n```\n"
    build = make_site(pages={"index.md": page}, language="fr").build()
    assert build.warnings == []
    assert words(build, "index.html", ".resource-badges") == "book"


CONF = """\
from pathlib import Path

extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
language = "es"


def setup(app):
    app.add_message_catalog("sphinx_fsp", str(Path(__file__).parent / "../locale"))
"""


def pybabel(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *arguments], check=True)


def test_a_project_brings_words_in_its_own_language(make_site: Callable[..., Site]) -> None:
    """As docs/translation.md says."""
    site = make_site(
        pages={"conf.py": CONF, "sky.md": "title: Cielo\nslug: cielo\n\n## Uno\n\n## Dos\n"}
    )
    words = site.root / "locale/es/LC_MESSAGES/sphinx_fsp.po"
    template = Path(sphinx_fsp.__file__).parent / "locale/sphinx_fsp.pot"
    where = ["-D", "sphinx_fsp", "-d", str(site.root / "locale")]
    pybabel("init", "-l", "es", "-i", str(template), *where)
    text = words.read_text("utf-8")
    english = 'msgid "On this page"\nmsgstr ""'
    assert english in text
    words.write_text(text.replace(english, english[:-2] + '"En esta página"'), encoding="utf-8")
    pybabel("compile", *where)
    html = site.build().html("cielo.html")
    assert "En esta página" in html
    # Sphinx's own word, and one that nobody translated.
    assert "Búsqueda" in html
    assert "View as Markdown" in html
