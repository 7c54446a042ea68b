"""Curated lists: the same in every markup and data file, and what is made of them."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
import zipfile
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Build, Site
from lxml import etree
from sphinx.util.inventory import InventoryFile

from sphinx_fsp.resources.record import Fields, Listing

MakeSite = Callable[..., Site]

#: Pages that stand in no toctree are no matter here.
CONF: dict[str, Any] = {"suppress_warnings": ["toc.not_included"], "version": "1", "copyright": "x"}


def listings(site: Site, docname: str) -> tuple[Listing, ...]:
    """Return what a page lists, without what says where."""
    env = pickle.loads((site.root / "_build/doctrees/environment.pickle").read_bytes())  # noqa: S301
    found: tuple[Listing, ...] = env.domaindata["resources"]["listings"].get(docname, ())
    return tuple(
        one._replace(docname="", path="", line=0, item="", section="", heading="", number=0)
        for one in found
    )


def body(build: Build, page: str) -> Tag:
    """Return the body of a page."""
    found = BeautifulSoup(build.html(f"{page}.html"), "lxml").select_one("[role=main]")
    assert found is not None
    return found


def texts(build: Build, page: str, selector: str) -> list[str]:
    """Return the texts of parts of a page."""
    return [" ".join(part.get_text().split()) for part in body(build, page).select(selector)]


# Twins ----------------------------------------------------------------------------------------

#: The same four resources, in everything that takes them.
TWINS = {
    "myst.md": """\
# Twins

:::{resources}
* [Owls & "Elms" by 100% night](https://owl.example/a?b=1&c=2#d) is about owls & elms.
  :kind: book
  :level: beginner
  :price: paid
  :author: Ada Lovelace; Grace Hopper
  :publisher: Owl & Sons
  :date: 2021-03
  :lang: en
  :tags: birds, trees
  :license: CC BY 4.0
  :added: 2026-01-31
  :archive: https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d
  :name: owls

* [القمر 🌒](http://www.moon.example/) tells of “the moon”.
  :kind: video
  :lang: ar

* [Fir](https://fir.example/~fir_1)

* [Ash_tree](https://ashes.example/) is a free tutorial.
  :tags: trees
:::
""",
    "rst.rst": """\
Twins
=====

.. resources::

   * `Owls & "Elms" by 100% night <https://owl.example/a?b=1&c=2#d>`_ is about owls & elms.

     :kind: book
     :level: beginner
     :price: paid
     :author: Ada Lovelace; Grace Hopper
     :publisher: Owl & Sons
     :date: 2021-03
     :lang: en
     :tags: birds, trees
     :license: CC BY 4.0
     :added: 2026-01-31
     :archive: https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d
     :name: owls

   * `القمر 🌒 <http://www.moon.example/>`_ tells of “the moon”.

     :kind: video
     :lang: ar

   * `Fir <https://fir.example/~fir_1>`_
   * `Ash_tree <https://ashes.example/>`_ is a free tutorial.

     :tags: trees
""",
    "twins.yml": """\
- url: https://owl.example/a?b=1&c=2#d
  title: 'Owls & "Elms" by 100% night'
  description: is about owls & elms.
  kind: book
  level: beginner
  price: paid
  author: [Ada Lovelace, Grace Hopper]
  publisher: Owl & Sons
  date: 2021-03
  lang: en
  tags: [birds, trees]
  license: CC BY 4.0
  added: 2026-01-31
  archive: https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d
  name: owls
- {url: "http://www.moon.example/", title: القمر 🌒, description: tells of “the moon”.,
   kind: video, lang: ar}
- {url: https://fir.example/~fir_1, title: Fir}
- {url: https://ashes.example/, title: Ash_tree, description: is a free tutorial., tags: trees}
""",
    "twins.json": """\
[{"url": "https://owl.example/a?b=1&c=2#d", "title": "Owls & \\"Elms\\" by 100% night",
  "description": "is about owls & elms.", "kind": "book", "level": "beginner", "price": "paid",
  "author": ["Ada Lovelace", "Grace Hopper"], "publisher": "Owl & Sons", "date": "2021-03",
  "lang": "en", "tags": ["birds", "trees"], "license": "CC BY 4.0", "added": "2026-01-31",
  "archive": "https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d", "name": "owls"},
 {"url": "http://www.moon.example/", "title": "القمر 🌒", "description": "tells of “the moon”.",
  "kind": "video", "lang": "ar"},
 {"url": "https://fir.example/~fir_1", "title": "Fir"},
 {"url": "https://ashes.example/", "title": "Ash_tree", "description": "is a free tutorial.",
  "tags": "trees"}]
""",
    "twins.toml": """\
[[resources]]
url = "https://owl.example/a?b=1&c=2#d"
title = 'Owls & "Elms" by 100% night'
description = "is about owls & elms."
kind = "book"
level = "beginner"
price = "paid"
author = ["Ada Lovelace", "Grace Hopper"]
publisher = "Owl & Sons"
date = "2021-03"
lang = "en"
tags = ["birds", "trees"]
license = "CC BY 4.0"
added = 2026-01-31
archive = "https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d"
name = "owls"

[[resources]]
url = "http://www.moon.example/"
title = "القمر 🌒"
description = "tells of “the moon”."
kind = "video"
lang = "ar"

[[resources]]
url = "https://fir.example/~fir_1"
title = "Fir"

[[resources]]
url = "https://ashes.example/"
title = "Ash_tree"
description = "is a free tutorial."
tags = "trees"
""",
    "twins.csv": """\
url,title,description,kind,level,price,author,publisher,date,lang,tags,license,added,archive,name
https://owl.example/a?b=1&c=2#d,"Owls & ""Elms"" by 100% night",is about owls & elms.,book,\
beginner,paid,Ada Lovelace; Grace Hopper,Owl & Sons,2021-03,en,"birds, trees",CC BY 4.0,\
2026-01-31,https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d,owls
http://www.moon.example/,القمر 🌒,tells of “the moon”.,video,,,,,,ar,,,,,
https://fir.example/~fir_1,Fir,,,,,,,,,,,,,
https://ashes.example/,Ash_tree,is a free tutorial.,,,,,,,,trees,,,,
""",
    "twins.bib": """\
@book{owls,
  url = {https://owl.example/a?b=1&c=2#d},
  title = {Owls \\& "Elms" by 100\\% night},
  description = {is about owls \\& elms.},
  level = {beginner},
  price = {paid},
  author = {Lovelace, Ada and Hopper, Grace},
  publisher = {Owl \\& Sons},
  date = {2021-03},
  langid = {english},
  keywords = {birds, trees},
  license = {CC BY 4.0},
  added = {2026-01-31},
  archive = {https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d},
  name = {owls},
}
@video{moon, url = {http://www.moon.example/}, title = {القمر 🌒},
  note = {tells of “the moon”.}, lang = {ar}}
@misc{fir, url = {https://fir.example/~fir_1}, title = {Fir}}
@misc{ash, url = {https://ashes.example/}, title = {Ash\\_tree}, abstract = {is a free tutorial.},
  tags = {trees}}
""",
}
FORMATS = ("yml", "json", "toml", "csv", "bib")

EXPECTED = (
    Listing(
        "https://owl.example/a?b=1&c=2#d",
        'Owls & "Elms" by 100% night',
        "is about owls & elms.",
        Fields(
            kind="book",
            level="beginner",
            price="paid",
            author=("Ada Lovelace", "Grace Hopper"),
            publisher="Owl & Sons",
            date="2021-03",
            lang="en",
            tags=("birds", "trees"),
            license="CC BY 4.0",
            added="2026-01-31",
            archive="https://web.archive.org/web/2023/https://owl.example/a?b=1&c=2#d",
            name="owls",
        ),
        *("", "", "", "", "", 0),
    ),
    Listing(
        "http://www.moon.example/",
        "القمر 🌒",
        "tells of “the moon”.",
        Fields(kind="video", lang="ar"),
        *("", "", "", "", "", 0),
    ),
    Listing("https://fir.example/~fir_1", "Fir", "", Fields(), *("", "", "", "", "", 0)),
    Listing(
        "https://ashes.example/",
        "Ash_tree",
        "is a free tutorial.",
        Fields(tags=("trees",)),
        "tutorial",
        *("", "", "", "", 0),
    ),
)


def file_pages(suffix: str) -> dict[str, str]:
    """Return pages that show a data file, in both markups."""
    return {
        f"{suffix}-myst.md": f"# Twins\n\n:::{{resources}}\n:file: twins.{suffix}\n:::\n",
        f"{suffix}-rst.rst": f"Twins\n=====\n\n.. resources::\n   :file: twins.{suffix}\n",
    }


def test_twins_are_the_same(make_site: MakeSite) -> None:
    pages = {name: page for suffix in FORMATS for name, page in file_pages(suffix).items()}
    guide = {
        "guide.md": TWINS["myst.md"].replace("# Twins", "title: Twins\nslug: guide\ncategory: page")
    }
    site = make_site(pages=TWINS | pages | guide, **CONF)
    build = site.build()
    assert build.warnings == []
    docnames = ["myst", "rst", "guide", *(name.rpartition(".")[0] for name in pages)]
    for docname in docnames:
        assert (docname, listings(site, docname)) == (docname, EXPECTED)
    # All of them together are four resources.
    records = json.loads(build.html("resources.json"))["resources"]
    assert [len(record["listed_in"]) for record in records] == [len(docnames)] * 4


@pytest.mark.parametrize("suffix", FORMATS)
def test_twins_of_the_whole_site(make_site: MakeSite, suffix: str) -> None:
    directive = make_site(pages=TWINS, **CONF).build()
    files = [f"twins.{suffix}"]
    site = make_site(pages={files[0]: TWINS[files[0]]}, fsp_resource_files=files, **CONF)
    build = site.build()
    assert build.warnings == []

    def records(build: Build) -> list[dict[str, Any]]:
        found = json.loads(build.html("resources.json"))["resources"]
        return [{k: v for k, v in record.items() if k != "listed_in"} for record in found]

    assert records(build) == records(directive)


def test_the_guide_may_be_a_bibliography_of_bookmarks(make_site: MakeSite) -> None:
    """A browser's export has no fields but those of its format."""
    bookmarks = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
        '<DT><A HREF="https://owl.example/">Owls &amp; elms</A>\n<DD>About owls.\n</DL><p>\n'
    )
    page = "# B\n\n:::{resources}\n:file: b.html\n:kind: book\n:::\n"
    site = make_site(pages={"b.html": bookmarks, "page.md": page}, **CONF)
    assert site.build().warnings == []
    (found,) = listings(site, "page")
    assert (found.url, found.title) == ("https://owl.example/", "Owls & elms")
    assert found.fields.kind == "book"


def test_entries_of_a_file_are_taken_as_they_are(make_site: MakeSite) -> None:
    """They are no prose: a title that says little is a title, and a person's page is listed."""
    entries = [
        {"url": "https://github.com/ada", "title": "Ada"},
        {"url": "https://a.example/", "title": "Documentation", "description": "of owls"},
        {"url": "https://b.example/", "title": '"Owls":', "description": "by Ada."},
    ]
    page = "# P\n\n:::{resources}\n:file: d.json\n:::\n"
    site = make_site(pages={"d.json": json.dumps(entries), "p.md": page}, **CONF)
    assert site.build().warnings == []
    found = [(one.url, one.title, one.description) for one in listings(site, "p")]
    assert found == [(e["url"], e["title"], e.get("description", "")) for e in entries]


def test_an_author_may_list_a_person(make_site: MakeSite) -> None:
    """Recognition leaves persons out; what is explicit goes first."""
    page = "# P\n\n:::{resources}\n* [Ada](https://github.com/ada)\n:::\n"
    site = make_site(pages={"p.md": page}, **CONF)
    assert site.build().warnings == []
    assert [one.title for one in listings(site, "p")] == ["Ada"]


# See-also and logo ----------------------------------------------------------------------------

OAK = "title: Oak\nslug: oak\ncategory: page\n\nText.\n"
LEAF = b"\x89PNG\r\n\x1a\n"


def doctree(site: Site, docname: str) -> str:
    """Return a page's nodes after its title, without what says in which file and line."""
    path = site.root / "_build/doctrees" / f"{docname}.doctree"
    document = pickle.loads(path.read_bytes())  # noqa: S301
    text = "".join(node.pformat() for node in document[0][1:])
    text = re.sub(r' (?:refdoc|refline|names|original_uri)="[^"]*"', "", text)
    return text.replace('="True"', '="1"').replace('="False"', '="0"')


def markups(html: str, myst: str, rst: str) -> dict[str, str]:
    """Return pages with the same content: of an old page, and with directives."""
    pages = {
        "old.md": f"title: T\nslug: old\ncategory: page\n\n{html}\n",
        "new.md": f"title: T\nslug: new\ncategory: page\n\n{myst}\n",
        "ordinary.md": f"# T\n\n{myst}\n",
    }
    if rst:
        first, *rest = rst.split("\n")
        pages["ordinary-rst.rst"] = "\n".join(["T\n=\n", first, *(f"   {line}" for line in rest)])
    return pages


SAME = {
    "a well": (
        '<div class="well see-also">An oak is a <a href="/oak.html">tree</a>, and '
        '<a href="https://owl.example/">owls</a> <em>live</em> in it.</div>',
        ":::{see-also}\nAn oak is a [tree](/oak.html), and [owls](https://owl.example/) *live* "
        "in it.\n:::",
        "",
    ),
    "a logo": (
        '<img src="/img/logos/leaf.png" width="100%" alt="A leaf" class="shot">',
        ":::{logo} /img/logos/leaf.png\n:alt: A leaf\n:class: shot\n:::",
        ".. logo:: /img/logos/leaf.png\n:alt: A leaf\n:class: shot",
    ),
    "a linked logo": (
        '<a href="https://owl.example/">'
        '<img src="/img/logos/leaf.png" width="100%" alt="A leaf"></a>',
        ":::{logo} /img/logos/leaf.png\n:alt: A leaf\n:target: https://owl.example/\n"
        ":width: 100%\n:::",
        ".. logo:: /img/logos/leaf.png\n:alt: A leaf\n:target: https://owl.example/\n:width: 100%",
    ),
    "a logo that leads to a page": (
        '<a href="/oak.html"><img src="/img/logos/leaf.png" width="60%" alt="A leaf"></a>',
        ":::{logo} /img/logos/leaf.png\n:alt: A leaf\n:target: /oak.html\n:width: 60%\n:::",
        ".. logo:: /img/logos/leaf.png\n:alt: A leaf\n:target: /oak.html\n:width: 60%",
    ),
    "a logo with a credit": (
        '<img src="/img/logos/leaf.png" width="100%" alt="A leaf. Trademark Owl Foundation.">',
        ":::{logo} /img/logos/leaf.png\n:alt: A leaf. Trademark Owl Foundation.\n"
        ":credit: Trademark Owl Foundation.\n:::",
        ".. logo:: /img/logos/leaf.png\n:alt: A leaf. Trademark Owl Foundation.\n"
        ":credit: Trademark Owl Foundation.",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_html_of_old_pages_and_directives_are_the_same(make_site: MakeSite, name: str) -> None:
    html, myst, rst = SAME[name]
    pages = markups(html, myst, rst)
    site = make_site(pages={"oak.md": OAK, **pages}, fsp_static_path=["static"], **CONF)
    (site.content / "static/img/logos").mkdir(parents=True)
    (site.content / "static/img/logos/leaf.png").write_bytes(LEAF)
    assert site.build().warnings == []
    old = doctree(site, "old")
    assert "well" in old or "image" in old
    assert doctree(site, "new") == old
    if rst:
        assert doctree(site, "ordinary") == old
        assert doctree(site, "ordinary-rst") == old


def test_a_well_in_restructuredtext(make_site: MakeSite) -> None:
    well = ".. see-also::\n\n   An oak, and `owls <https://owl.example/>`__ *live* in it.\n"
    html = (
        '<div class="well see-also">An oak, and '
        '<a href="https://owl.example/">owls</a> <em>live</em> in it.</div>'
    )
    pages = {
        "old.md": f"title: T\nslug: old\ncategory: page\n\n{html}\n",
        "new.rst": f"T\n=\n\n{well}",
    }
    site = make_site(pages=pages, **CONF)
    assert site.build().warnings == []
    assert doctree(site, "new").replace(' name="owls"', "") == doctree(site, "old")


CHAPTER = "title: Trees\nslug: trees\ncategory: page\nsortorder: 0100\ntoc: True\n\nText.\n"


FIRS = "title: Firs\nslug: firs\ncategory: page\nsortorder: 0101\n\nText.\n"


@pytest.mark.parametrize("chapter", ["", ":chapter: trees\n"])
def test_the_sentence_that_guides_repeat(make_site: MakeSite, chapter: str) -> None:
    header = "title: Larch\nslug: larch\ncategory: page\nsortorder: 0102\n\n"
    page = f"{header}:::{{see-also}}\n:concept: firs\n{chapter}:::\n"
    site = make_site(pages={"trees.md": CHAPTER, "firs.md": FIRS, "larch.md": page})
    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
    build = site.build()
    assert build.warnings == []
    assert texts(build, "larch", ".well p:not(.admonition-title)") == [
        "Larch is an implementation of the firs concept. "
        "Learn more in the trees chapter, or view the table of contents for all topics."
    ]
    links = [link["href"] for link in body(build, "larch").select(".well a")]
    assert links == ["firs.html", "trees.html", "index.html"]


# Records --------------------------------------------------------------------------------------

SPELLINGS = (
    "https://owl.example/a",
    "http://www.owl.example/a/",
    "HTTPS://OWL.example/a/index.html?utm_source=x&utm_medium=y",
    "//owl.example/a",
    "https://owl.example:443/a",
)


def test_one_record_for_an_address_in_several_spellings(make_site: MakeSite) -> None:
    header = "title: P\nslug: p{n}\ncategory: page\n\n"
    pages = {
        f"p{n}.md": f"{header.format(n=n)}:::{{resources}}\n* [Owls]({url})\n:::\n"
        for n, url in enumerate(SPELLINGS)
    }
    build = make_site(pages=pages, **CONF).build()
    assert build.warnings == []
    # Every page has it as its author wrote it ...
    for n, url in enumerate(SPELLINGS):
        assert [a["href"] for a in body(build, f"p{n}").select("a.resource-link")] == [url]
    # ... and all of them are one.
    (record,) = json.loads(build.html("resources.json"))["resources"]
    assert record["url"] in SPELLINGS
    assert record["listed_in"] == [f"p{n}.html" for n in range(len(SPELLINGS))]


def test_places_name_their_sections(make_site: MakeSite) -> None:
    item = ":::{resources}\n* [Owls](https://owl.example/)\n:::\n"
    page = f"# Birds\n\n{item}\n## By night\n\n{item}\n## By day\n\n{item}"
    build = make_site(pages={"birds.md": page}, **CONF).build()
    (record,) = json.loads(build.html("resources.json"))["resources"]
    assert record["listed_in"] == ["birds.html", "birds.html#by-night", "birds.html#by-day"]
    ids = {tag["id"] for tag in body(build, "birds").select("[id]")}
    assert {"by-night", "by-day"} <= ids


# Views ----------------------------------------------------------------------------------------

ITEMS = """\
* [Elms](https://elm.example/) is about elms.
  :kind: talk
  :level: advanced
  :date: 2019

* [Owls](https://owl.example/), a book about owls.
  :kind: book
  :level: beginner
  :price: paid
  :author: Ada; Bob
  :date: 2021-03

* [Ash](https://ash.example/)
  :kind: book
  :date: 2022

* [Nothing](https://none.example/)
"""


def listed(make_site: MakeSite, options: str, items: str = ITEMS) -> tuple[Site, Build]:
    """Return a site with one list, and its build."""
    site = make_site(
        pages={"p.md": f"# P\n\n:::{{resources}} Books\n{options}\n{items}:::\n"}, **CONF
    )
    build = site.build()
    assert build.warnings == []
    return site, build


def shown(build: Build) -> list[str]:
    """Return the titles of a list in the order shown, with the headings of groups."""
    links = ".sd-card-title a, li a.resource-link, td a.resource-link"
    return texts(build, "p", f".resource-group, {links}")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "Elms Owls Ash Nothing"),
        (":sort: none", "Elms Owls Ash Nothing"),
        (":sort: title", "Ash Elms Nothing Owls"),
        # The newest first, those without date last.
        (":sort: date", "Ash Owls Elms Nothing"),
        # Those without kind last.
        (":sort: kind", "Ash Owls Elms Nothing"),
        (":limit: 2", "Elms Owls"),
        (":limit: 9", "Elms Owls Ash Nothing"),
        # The newest two.
        (":sort: date\n:limit: 2", "Ash Owls"),
        (':filter: kind == "book"', "Owls Ash"),
        (":filter: not kind", "Nothing"),
        (':filter: date >= "2021"', "Owls Ash"),
        (':filter: host == "ash.example" or price == "paid"', "Owls Ash"),
        (':filter: kind == "book"\n:sort: title\n:limit: 1', "Ash"),
        (":group-by: kind", "Book Owls Ash Talk Elms Other Nothing"),
        (":group-by: level", "Beginner Owls Advanced Elms Other Ash Nothing"),
        (":group-by: date", "2022 Ash 2021 Owls 2019 Elms Other Nothing"),
        (":group-by: author", "Ada Owls Other Elms Ash Nothing"),
        (
            ":group-by: host",
            "ash.example Ash elm.example Elms none.example Nothing owl.example Owls",
        ),
        (":group-by: kind\n:sort: title\n:limit: 3", "Book Ash Talk Elms Other Nothing"),
    ],
)
@pytest.mark.parametrize("view", ["list", "cards", "table"])
def test_order_groups_and_choice(
    make_site: MakeSite, view: str, options: str, expected: str
) -> None:
    _, build = listed(make_site, f":view: {view}\n{options}".strip())
    assert " ".join(shown(build)) == expected


def test_defaults_are_those_of_every_item(make_site: MakeSite) -> None:
    site, _ = listed(make_site, ":kind: tool\n:level: beginner\n:tags: a, b\n:lang: en")
    found = listings(site, "p")
    assert [one.fields.kind for one in found] == ["talk", "book", "book", "tool"]
    assert [one.fields.level for one in found] == ["advanced", *["beginner"] * 3]
    assert {one.fields.tags for one in found} == {("a", "b")}


def test_list(make_site: MakeSite) -> None:
    site, build = listed(make_site, "")
    assert texts(build, "p", "li.resource") == [
        "Elms is about elms. talk advanced",
        "Owls, a book about owls. book beginner paid",
        "Ash book",
        "Nothing",
    ]
    assert texts(build, "p", ".resources-title") == ["Books"]
    assert site.build("text").html("p.txt").split("\n", 3)[3] == (
        "-[ Books ]-\n\n"
        "* Elms is about elms. (talk, advanced)\n\n"
        "* Owls, a book about owls. (book, beginner, paid)\n\n"
        "* Ash (book)\n\n"
        "* Nothing\n"
    )


def test_cards(make_site: MakeSite) -> None:
    site, build = listed(make_site, ":view: cards\n:class: mine")
    assert texts(build, "p", ".sd-card-title") == ["Elms", "Owls", "Ash", "Nothing"]
    assert texts(build, "p", ".sd-card-footer") == [
        "2019 talk advanced",
        "Ada, Bob · 2021-03 book beginner paid",
        "2022 book",
    ]
    assert len(body(build, "p").select(".mine.resources .resource")) == 4
    text = site.build("text").html("p.txt")
    for words in ("Ash", "Ada, Bob · 2021-03 (book, beginner, paid)", "a book about owls."):
        assert text.count(words) == 1
    # A text that goes on with the title keeps it; one that follows it starts without its comma.
    assert texts(build, "p", ".sd-card-body > p:not(.sd-card-title)") == [
        *("Elms is about elms.", "a book about owls.")
    ]


def test_table(make_site: MakeSite) -> None:
    site, build = listed(make_site, ":view: table")
    assert texts(build, "p", "table.resources th") == [
        *("Resource", "Kind", "Level", "Price", "Author", "Date")
    ]
    rows = [
        [" ".join(cell.get_text().split()) for cell in row.select("td")]
        for row in body(build, "p").select("tr.resource")
    ]
    assert rows == [
        ["Elms is about elms.", "talk", "advanced", "", "", "2019"],
        ["Owls, a book about owls.", "book", "beginner", "paid", "Ada, Bob", "2021-03"],
        ["Ash", "book", "", "", "", "2022"],
        ["Nothing", "", "", "", "", ""],
    ]
    assert "Ada, Bob" in site.build("text").html("p.txt")


@pytest.mark.parametrize("view", ["list", "cards", "table"])
def test_every_item_can_be_led_to(make_site: MakeSite, view: str) -> None:
    site, build = listed(make_site, f":view: {view}\n:group-by: kind")
    ids = {tag["id"] for tag in body(build, "p").select("[id]")}
    assert {"resource-elms", "resource-owls", "resource-ash", "resource-nothing"} <= ids
    site.write("q.md", "# Q\n\n{resource}`owls`\n")
    for builder in ("html", "latex", "epub", "text", "man", "texinfo", "singlehtml", "dirhtml"):
        site.edit("q.md", "# Q", "# Q\n")
        assert site.build(builder).warnings == []


@pytest.mark.parametrize("view", ["list", "cards", "table"])
def test_books_say_it_in_words(make_site: MakeSite, view: str) -> None:
    site, _ = listed(make_site, f":view: {view}")
    site.write("index.md", "# Home\n\n```{toctree}\np\n```\n")
    build = site.build("latex")
    (tex,) = [build.html(name) for name in build.files() if name.endswith(".tex")]
    expected = r"\sphinxAtStartPar beginner" if view == "table" else "(book, beginner, paid)"
    assert expected in " ".join(tex.split()) or "beginner" in tex
    assert "sd-badge" not in tex
    build = site.build("epub")
    with zipfile.ZipFile(next(build.outdir.glob("*.epub"))) as book:
        page = BeautifulSoup(book.read("p.xhtml").decode(), "xml")
    text = " ".join(page.get_text(" ").split())
    for words in ("Owls", "beginner", "paid", "a book about owls."):
        assert words in text
    # Each word once, and apart from the next.
    assert "bookbeginner" not in page.get_text()


# The index ------------------------------------------------------------------------------------

HISTORY = json.dumps(
    {
        "version": 1,
        "checked": "2026-01-12",
        "links": {
            "owl.example": {"url": "https://owl.example/", "result": "ok"},
            "elm.example": {
                "url": "https://elm.example/",
                "result": "404",
                "failures": ["2026-01-01", "2026-01-05", "2026-01-12"],
            },
            "ash.example": {
                "url": "https://ash.example/",
                "result": "404",
                "failures": ["2026-01-12"],
            },
        },
    }
)
INDEXED = {
    "trees.md": CHAPTER.replace(
        "Text.\n",
        "## Books\n\n:::{resources}\n* [Ash](https://ash.example/)\n  :kind: book\n"
        "  :author: Ada; Bob\n  :added: 2026-02\n\n* [Elms](https://elm.example/)\n"
        "  :kind: talk\n  :added: 2026-01-31\n:::\n",
    ),
    "birds.rst": "Birds\n=====\n\n.. resources::\n\n   * `Owls <https://www.owl.example/>`_\n\n"
    "     :author: Bob\n   * `Elms <https://elm.example/>`_\n",
    "fsp-links.json": HISTORY,
}


def index(make_site: MakeSite, options: str, **conf: object) -> Build:
    """Build a site with an index."""
    page = f"# Index\n\n:::{{resource-index}}\n{options}\n:::\n"
    site = make_site(pages={**INDEXED, "all.md": page}, **CONF, **conf)
    site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
    build = site.build()
    assert build.warnings == []
    return build


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "Ash Elms Owls"),
        (":by: kind", "Book | Ash | Talk | Elms | Other | Owls"),
        (":by: topic", "Birds | Elms Owls | Trees | Ash Elms"),
        (":by: chapter", "Trees | Ash Elms | Other | Elms Owls"),
        (":by: author", "Ada | Ash | Bob | Ash Owls | Other | Elms"),
        (":by: host", "ash.example | Ash | elm.example | Elms | owl.example | Owls"),
        (":by: added", "2026-02 | Ash | 2026-01 | Elms | Other | Owls"),
        (":by: status", "Dead | Elms | Failing | Ash | Working | Owls"),
        (':by: kind\n:filter: kind == "book" or not kind', "Book | Ash | Other | Owls"),
        (':filter: host == "elm.example"', "Elms"),
        (':filter: topic == "Birds"', "Elms Owls"),
        (':filter: chapter == "Trees" and status != "dead"', "Ash"),
        (':filter: added >= "2026-02"', "Ash"),
    ],
)
def test_index(make_site: MakeSite, options: str, expected: str) -> None:
    build = index(make_site, options)
    found = body(build, "all").select(".resource-index > p.rubric, .resource-index > ul")
    parts = [
        part.get_text()
        if part.name == "p"
        else " ".join(a.get_text() for a in part.select("a.resource-link"))
        for part in found
    ]
    assert " | ".join(parts) == expected


def test_index_says_where_each_is_listed(make_site: MakeSite) -> None:
    build = index(make_site, "")
    assert texts(build, "all", ".resource-places") == [
        "Listed in Trees: Books",
        "Listed in Birds, Trees: Books",
        "Listed in Birds",
    ]
    links = [a["href"] for a in body(build, "all").select(".resource-places a")]
    assert links == ["trees.html#books", "birds.html", "trees.html#books", "birds.html"]


def test_groups_of_an_index_can_be_led_to(make_site: MakeSite) -> None:
    build = index(make_site, ":by: kind\n:class: mine\n:name: every")
    assert [tag["id"] for tag in body(build, "all").select(".mine.resource-index .rubric")] == [
        *("kind-book", "kind-talk", "kind-other")
    ]


@pytest.mark.parametrize("builder", ["latex", "epub", "text", "man", "singlehtml", "dirhtml"])
def test_every_output_has_the_index(make_site: MakeSite, builder: str) -> None:
    page = "# Index\n\n:::{resource-index}\n:by: kind\n:::\n"
    site = make_site(pages={**INDEXED, "all.md": page}, **CONF)
    site.write("index.md", "# Home\n\n```{toctree}\nall\ntrees\nbirds\n```\n")
    build = site.build(builder)
    assert build.warnings == []
    if builder == "text":
        assert build.html("all.txt").startswith(
            "Index\n*****\n\n-[ Book ]-\n\n* Ash [1] (book)\n\n  Listed in Trees: Books\n"
        )


def test_an_index_of_nothing(make_site: MakeSite) -> None:
    build = make_site(pages={"all.md": "# Index\n\n:::{resource-index}\n:::\n"}, **CONF).build()
    assert build.warnings == []
    assert body(build, "all").select("ul, li, .rubric") == []


def test_names_that_differ_in_case_have_a_heading_each(make_site: MakeSite) -> None:
    page = "# P\n\n:::{resources}\n"
    for title, author in (("A", "bob"), ("B", "Bob"), ("C", "bob")):
        page += f"* [{title}](https://{title}.example/)\n  :author: {author}\n\n"
    page += ":::\n\n:::{resource-index}\n:by: author\n:::\n"
    build = make_site(pages={"p.md": page}, **CONF).build()
    assert sorted(texts(build, "p", ".resource-group")) == ["Bob", "bob"]


# The role -------------------------------------------------------------------------------------

BOOKS = (
    "# Books\n\n:::{resources}\n* [Two Scoops of Owls: What's New?](https://scoops.example/)\n\n"
    "* [Elms](https://elm.example/)\n  :name: elm-book\n:::\n"
)


def referring(make_site: MakeSite, roles: str, **conf: object) -> tuple[Site, Build]:
    """Return a site with references in both markups, and its build."""
    rst = roles.replace("{resource}", ":resource:")
    pages = {"books.md": BOOKS, "a.md": f"# A\n\n{roles}\n", "b.rst": f"B\n=\n\n{rst}\n"}
    site = make_site(pages=pages, **{**CONF, **conf})
    return site, site.build()


@pytest.mark.parametrize(
    ("role", "text", "place"),
    [
        ("{resource}`elm-book`", "Elms", "elms"),
        ("{resource}`Elm Book`", "Elms", "elms"),
        ("{resource}`two-scoops-of-owls-whats-new`", "Two Scoops of Owls: What's New?", "scoops"),
        (
            "{resource}`Two Scoops of Owls: What's New?`",
            "Two Scoops of Owls: What's New?",
            "scoops",
        ),
        ("{resource}`a book <elm-book>`", "a book", "elms"),
        ("{resources:resource}`elm-book`", "Elms", "elms"),
    ],
)
def test_role(make_site: MakeSite, role: str, text: str, place: str) -> None:
    rst = role.replace("{resources:", ":resources:").replace("}", ":", 1)
    pages = {
        "books.md": BOOKS,
        "a.md": f"# A\n\n{role}\n",
        "b.rst": f"B\n=\n\n{rst.replace('{', ':', 1)}\n",
    }
    build = make_site(pages=pages, smartquotes=False, **CONF).build()
    assert build.warnings == []
    places = {"elms": "resource-elms", "scoops": "resource-two-scoops-of-owls-whats-new"}
    for page in ("a", "b"):
        (link,) = body(build, page).select("p a")
        assert (link.get_text(), link["href"]) == (text, f"books.html#{places[place]}")


def test_unknown_resource(make_site: MakeSite) -> None:
    _, build = referring(make_site, "Text.\n\nMore of {resource}`elm-bok`.\n\n{resource}`zebra`")
    said = (
        "no resource 'elm-bok'; did you mean elm-book? [fsp.unknown_resource]",
        "no resource 'zebra'; name a resource by its title in lower case with hyphens, "
        "or by its field name [fsp.unknown_resource]",
    )
    assert sorted(build.warnings) == [
        f"a.md:5: WARNING: {said[0]}",
        f"a.md:7: WARNING: {said[1]}",
        f"b.rst:6: WARNING: {said[0]}",
        f"b.rst:8: WARNING: {said[1]}",
    ]
    # The text stays.
    assert texts(build, "a", "p") == ["Text.", "More of elm-bok.", "zebra"]


def test_unknown_resource_in_the_second_line_of_a_paragraph(make_site: MakeSite) -> None:
    _, build = referring(make_site, "More\nof {resource}`zebra`.")
    places = sorted(line.partition(": WARNING")[0] for line in build.warnings)
    assert places == ["a.md:4", "b.rst:5"]


def test_resource_that_no_page_lists(make_site: MakeSite) -> None:
    """A reference to an entry of a data file of the site leads to the resource itself."""
    pages = {
        "d.yml": "- {url: https://owl.example/, title: Owls}\n",
        "a.md": "# A\n\n{resource}`owls`\n",
    }
    build = make_site(pages=pages, fsp_resource_files=["d.yml"], **CONF).build()
    assert build.warnings == []
    assert [a["href"] for a in body(build, "a").select("p a")] == ["https://owl.example/"]


def test_inventory(make_site: MakeSite) -> None:
    _, build = referring(make_site, "Text.")
    with (build.outdir / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda base, uri: uri)["resources:resource"]
    assert {name: (item.uri, item.display_name) for name, item in found.items()} == {
        "elm-book": ("books.html#resource-elms", "Elms"),
        "two-scoops-of-owls-whats-new": (
            "books.html#resource-two-scoops-of-owls-whats-new",
            "Two Scoops of Owls: What's New?",
        ),
    }


def test_from_another_project(make_site: MakeSite) -> None:
    _, build = referring(make_site, "Text.")
    conf = {
        **CONF,
        "extensions": ["sphinx_fsp", "sphinx.ext.intersphinx"],
        "intersphinx_mapping": {
            "books": ("https://books.example/", str(build.outdir / "objects.inv"))
        },
    }
    pages = {
        "a.md": "# A\n\n{resource}`elm-book` {external+books:resources:resource}`elm-book`\n",
        "b.rst": "B\n=\n\n:resource:`the elms <elm-book>`\n",
    }
    second = make_site(pages=pages, **conf).build()
    assert second.warnings == []
    href = "https://books.example/books.html#resource-elms"
    assert {a["href"] for a in body(second, "a").select("p a")} == {href}
    assert texts(second, "b", "p a") == ["the elms"]


# Exports --------------------------------------------------------------------------------------

EXPORTS = {
    "resources.json",
    "resources.csv",
    "resources.opml",
    "resources.bookmarks.html",
    "feeds/resources.atom.xml",
    "feeds/resources.json",
}


@pytest.fixture
def exported(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with resources, built at a known moment."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    conf = {**CONF, "html_baseurl": "https://guide.example/", "smartquotes": False}
    return make_site(pages=TWINS | INDEXED, **conf)


def test_exports_agree_with_one_another_and_with_the_pages(exported: Site) -> None:
    build = exported.build()
    assert build.warnings == []
    assert build.files() >= EXPORTS
    records = json.loads(build.html("resources.json"))["resources"]
    pairs = {(r["url"], r["title"]) for r in records}
    assert len(pairs) == len(records) == 7

    text = (build.outdir / "resources.csv").read_text(encoding="utf-8-sig")
    assert {(row["url"], row["title"]) for row in csv.DictReader(io.StringIO(text))} == pairs
    outlines = etree.parse(build.outdir / "resources.opml").iterfind(".//outline[@url]")
    assert {(o.get("url"), o.get("text")) for o in outlines} == pairs
    bookmarks = BeautifulSoup(build.html("resources.bookmarks.html"), "lxml").select("a")
    assert {(a["href"], a.get_text()) for a in bookmarks} == pairs

    # Feeds hold what has a day on which it was added.
    feed = feedparser.parse(str(build.outdir / "feeds/resources.atom.xml"))
    assert not feed.bozo
    assert {entry.title for entry in feed.entries} == {r["title"] for r in records if "added" in r}
    items = json.loads(build.html("feeds/resources.json"))["items"]
    assert {item["title"] for item in items} == {entry.title for entry in feed.entries}

    # Every place is one of the site, and shows the resource.
    for record in records:
        assert record["listed_in"]
        for place in record["listed_in"]:
            name, _, fragment = place.partition("#")
            found = BeautifulSoup(build.html(name), "lxml")
            part = found.select_one(f'[id="{fragment}"]') if fragment else found
            assert part is not None
            assert record["title"] in " ".join(part.get_text().split())


def test_pages_have_their_lists_as_data(exported: Site) -> None:
    build = exported.build()
    head = BeautifulSoup(build.html("trees.html"), "lxml").head
    assert head is not None
    found = [json.loads(s.get_text()) for s in head.select('script[type="application/ld+json"]')]
    (data,) = [data for data in found if data["@type"] == "ItemList"]
    assert data["name"] == "Books"
    assert data["url"] == "https://guide.example/trees.html"
    assert [e["url"] for e in data["itemListElement"]] == [
        *("https://ash.example/", "https://elm.example/")
    ]
    assert "ItemList" not in build.html("index.html")


def test_the_same_at_the_same_moment(exported: Site) -> None:
    first, second = exported.build(out="_one"), exported.build(out="_two")
    for name in EXPORTS:
        assert (first.outdir / name).read_bytes() == (second.outdir / name).read_bytes()


def test_other_outputs_have_no_exports(exported: Site) -> None:
    assert not EXPORTS & exported.build("text").files()
    assert not EXPORTS & exported.build("epub").files()


def test_a_site_without_resources_has_no_exports(make_site: MakeSite) -> None:
    assert not EXPORTS & make_site(pages={"a.md": OAK}).build().files()


def test_an_authors_own_file_stays(exported: Site) -> None:
    (exported.content / "static").mkdir()
    (exported.content / "static/resources.json").write_text("mine")
    build = exported.build(overrides={"fsp_static_path": ["static"]})
    assert build.html("resources.json") == "mine"
    assert build.files() >= EXPORTS
