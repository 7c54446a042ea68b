"""Archives of posts by year, month, category, tag and author, and the links to their parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from conftest import Build, Site
from sphinx.util.inventory import InventoryFile

MakeSite = Callable[..., Site]

MOON = """\
title: Moon <b>
slug: moon
category: Sky
date: 2024-05-06
tags: Night Sky, naked eye, !!!
author: Zoë

See all of the [night sky]({tag}night sky), of [Ada]({author}ada) and [of the *sky*]({category}Sky).
"""
MARS = """\
title: Mars
slug: mars
category: Planets
date: 2023-04-05
tags: red; night-sky
authors: Ada, Zoë

It is [red](|tag|Red), and [](<{tag}naked eye>).
"""
DRAFT = (
    "title: Sun\nslug: sun\ncategory: Sky\ndate: 2024-01-01\ntags: hot\nstatus: draft\n\nText.\n"
)
ABOUT = "title: About\nslug: about\n\nText.\n"


def myst(title: str, kind: str) -> str:
    """Return a document with an archive."""
    return f"# {title}\n\n```{{posts}}\n:archive: {kind}\n```\n"


FILES = {
    "posts/moon.md": MOON,
    "posts/mars.md": MARS,
    "posts/sun.md": DRAFT,
    "about.md": ABOUT,
    "tags.md": myst("Tags", "tag"),
    "who.rst": "Who\n===\n\n.. posts::\n   :archive: author\n",
    "categories.md": myst("Categories", "category"),
    "months.md": myst("Months", "month"),
    "index.md": "# Home\n\n{posts:tag}`Night Sky`, {posts:author}`she <Zoë>`\n\n"
    "```{toctree}\ntags\nwho\ncategories\nmonths\n```\n",
}


THEME = {"html_theme": "sphinx_fsp"}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(pages=FILES)


def archive(build: Build, page: str) -> list[tuple[str, str, list[str]]]:
    """Return identifier, heading and posts of each group."""
    soup = BeautifulSoup(build.html(f"{page}.html"), "lxml")
    return [
        (
            str(group.select_one("p > .target")["id"]),  # type: ignore[index]
            group.p.get_text(),  # type: ignore[union-attr]
            [post.get_text().strip() for post in group.select("li")],
        )
        for group in soup.select(".post-archive > li")
    ]


def hrefs(build: Build, page: str) -> list[str]:
    soup = BeautifulSoup(build.html(f"{page}.html"), "lxml")
    return [str(link["href"]) for link in soup.select(".body p a.reference")]


def test_archives(site: Site) -> None:
    build = site.build()
    assert build.warnings == []
    moon, mars = "Moon <b> · May 06, 2024", "Mars · Apr 05, 2023"
    assert archive(build, "tags") == [
        ("tag", "!!! (1)", [moon]),
        ("naked-eye", "naked eye (1)", [moon]),
        ("night-sky", "Night Sky (2)", [moon, mars]),
        ("red", "red (1)", [mars]),
    ]
    assert archive(build, "who") == [("ada", "Ada (1)", [mars]), ("zoe", "Zoë (2)", [moon, mars])]
    assert archive(build, "categories") == [
        ("planets", "Planets (1)", [mars]),
        ("sky", "Sky (1)", [moon]),
    ]
    assert archive(build, "months") == [
        ("2024-05", "May 2024", [moon]),
        ("2023-04", "April 2023", [mars]),
    ]


def test_links_lead_to_the_place_in_whatever_document_has_it(site: Site) -> None:
    build = site.build()
    assert hrefs(build, "blog/moon") == [
        "../tags.html#night-sky",
        "../who.html#ada",
        "../categories.html#sky",
    ]
    assert hrefs(build, "blog/mars") == ["../tags.html#red", "../tags.html#naked-eye"]
    assert hrefs(build, "index") == ["tags.html#night-sky", "who.html#zoe"]
    assert ">of the <em>sky</em></a>" in build.html("blog/moon.html")
    assert ">naked eye</a>" in build.html("blog/mars.html")


def test_the_document_with_the_most_of_them_is_linked_to(site: Site) -> None:
    site.write("about.md", ABOUT + "```{posts}\n:archive: tag\n:category: sky\n```\n")
    assert "../tags.html#night-sky" in hrefs(site.build(), "blog/moon")


def test_other_projects_can_refer_to_them(site: Site) -> None:
    build = site.build()
    data = (build.outdir / "objects.inv").read_bytes()
    found = InventoryFile.loads(data, uri="").data["posts:tag"]
    assert found["night-sky"].uri == "tags.html#night-sky"
    assert found["night-sky"].display_name == "Night Sky"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("{tag}night skyy", "the tag night skyy; did you mean Night Sky?"),
        ("{author}adam", "the author adam; did you mean Ada?"),
        (
            "|category|news",
            "the category news; write a document with the directive posts and "
            ":archive: category, or correct the name",
        ),
        (
            "{tag}hot",
            "the tag hot; write a document with the directive posts and :archive: tag, "
            "or correct the name",
        ),
    ],
)
def test_what_no_document_has_is_said(site: Site, link: str, said: str) -> None:
    site.write("about.md", f"{ABOUT}\nA [*whole* text]({link}).\n")
    build = site.build()
    assert build.warnings == [
        f"about.md:6: WARNING: no list of posts has {said} [fsp.unknown_group]"
    ]
    assert "A <span><em>whole</em> text</span>." in build.html("about.html")


@pytest.mark.parametrize(
    ("options", "posts"),
    [
        ("tag: NIGHT SKY, none", ["Moon <b>", "Mars"]),
        ("tag: naked-eye", ["Moon <b>"]),
        ("author: ada", ["Mars"]),
        ("author: The club", ["Sun"]),
        ("tag: red\n:author: zoe", ["Mars"]),
    ],
)
def test_posts_of_a_tag_or_an_author(make_site: MakeSite, options: str, posts: list[str]) -> None:
    files = {**FILES, "posts/sun.md": DRAFT.replace("status: draft\n", "")}
    site = make_site(pages=files, author="The club")
    site.write("about.md", f"{ABOUT}\n```{{posts}}\n:{options}\n```\n")
    soup = BeautifulSoup(site.build().html("about.html"), "lxml")
    assert [title.get_text() for title in soup.select(".post-title")] == posts


@pytest.mark.parametrize("option", ["archive: week", "tag:", "author: ,"])
def test_a_wrong_value_is_said(site: Site, option: str) -> None:
    site.write("about.md", f"{ABOUT}\n```{{posts}}\n:{option}\n```\n")
    said = "\n".join(site.build().warnings)
    assert f'"{option.partition(":")[0]}"' in said or f"'{option.partition(':')[0]}'" in said
    assert "Traceback" not in said


def test_posts_without_tags_make_no_archive(make_site: MakeSite) -> None:
    post = "title: Moon\nslug: moon\ncategory: sky\ndate: 2024-01-01\ntags: ,\n\nText.\n"
    site = make_site(pages={"moon.md": post, "tags.md": myst("Tags", "tag")})
    (said,) = [line for line in site.build().warnings if "toctree" not in line]
    assert said.startswith("tags.md:3: WARNING: posts has nothing to show; change the options")


def test_an_identifier_that_is_taken_isnt_given_twice(site: Site) -> None:
    site.edit("posts/moon.md", "naked eye", "tags, content, naked eye")
    site.write("tags.md", myst("Tags", "tag") + "\n" + myst("Red", "tag"))
    build = site.build()
    assert build.warnings == []
    ids = [tag["id"] for tag in BeautifulSoup(build.html("tags.html"), "lxml").select("[id]")]
    assert len(ids) == len(set(ids))
    assert {"tag-tags", "tag-content", "red"} <= {str(one) for one in ids}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "epub", "text", "man"])
def test_every_output_has_it(make_site: MakeSite, builder: str) -> None:
    conf = {"epub_show_urls": "no", "version": "1", "copyright": "x", "html_baseurl": ""}
    site = make_site(pages=FILES, **conf, fsp_book_exclude=[])
    build = site.build(builder)
    assert [line for line in build.warnings if "fsp" in line] == []
    names = {"latex": ".tex", "epub": ".xhtml", "text": ".txt", "man": ".7"}
    suffix = names.get(builder, ".html")
    text = "\n".join(build.html(name) for name in build.files() if name.endswith(suffix))
    assert "Night Sky" in text
    place = {
        "dirhtml": "tags/#night-sky",
        "singlehtml": "night-sky",
        "latex": r"tags:night-sky}",
        "epub": "tags.xhtml#night-sky",
    }
    assert place.get(builder, "Night Sky") in text


def test_parallel_equals_serial(site: Site) -> None:
    serial, parallel = site.build(out="_serial"), site.build(out="_parallel", jobs=2)
    for name in ("tags", "who", "categories", "months", "blog/moon", "blog/mars", "index"):
        assert parallel.html(f"{name}.html") == serial.html(f"{name}.html")


# Incremental builds --------------------------------------------------------------------------


def gain_tag(site: Site) -> None:
    site.edit("posts/mars.md", "tags: red", "tags: red; naked eye")


def lose_tag(site: Site) -> None:
    site.edit("posts/mars.md", "tags: red", "tags: rust")


def rename_tag(site: Site) -> None:
    site.edit("posts/moon.md", "Night Sky", "NIGHT SKY")


def gain_author(site: Site) -> None:
    site.edit("posts/moon.md", "Zoë", "Ada")


def edit_title(site: Site) -> None:
    site.edit("posts/moon.md", "Moon <b>", "The Moon")


def publish_draft(site: Site) -> None:
    site.edit("posts/sun.md", "status: draft\n", "")


def delete_post(site: Site) -> None:
    (site.content / "posts/moon.md").unlink()


def delete_listing(site: Site) -> None:
    (site.content / "who.rst").unlink()
    site.edit("index.md", "who\n", "")


def add_listing(site: Site) -> None:
    site.write("about.md", ABOUT + "```{posts}\n:archive: tag\n```\n")


def move_place(site: Site) -> None:
    site.edit("tags.md", "# Tags", "# Night sky")


@pytest.mark.parametrize(
    "change",
    [
        gain_tag,
        lose_tag,
        rename_tag,
        gain_author,
        edit_title,
        publish_draft,
        delete_post,
        delete_listing,
        add_listing,
        move_place,
    ],
)
def test_incremental_equals_clean(site: Site, change: Callable[[Site], None]) -> None:
    site.build(overrides=THEME)
    assert site.build(overrides=THEME).read == []
    change(site)
    incremental, clean = site.build(overrides=THEME), site.build(out="_clean", overrides=THEME)
    for name in ("tags", "who", "categories", "months", "blog/moon", "blog/mars", "index", "about"):
        if (clean.outdir / f"{name}.html").exists():
            assert incremental.html(f"{name}.html") == clean.html(f"{name}.html"), name


def test_a_post_leads_to_where_its_category_and_its_tags_are_listed(site: Site) -> None:
    site.write("tags.md", "# Tags\n\n```{posts}\n:archive: tag\n:author: ada\n```\n")
    build = site.build(overrides=THEME)

    def links(page: str) -> list[tuple[str, str]]:
        soup = BeautifulSoup(build.html(f"{page}.html"), "lxml")
        return [(str(a["href"]), a.get_text()) for a in soup.select(".post-groups a")]

    assert links("blog/mars") == [
        ("../categories.html#planets", "Planets"),
        ("../tags.html#red", "red"),
        ("../tags.html#night-sky", "night-sky"),
    ]
    # One of its tags is in no list: that of tags shows another author's posts.
    assert links("blog/moon")[0] == ("../categories.html#sky", "Sky")
    assert ("../tags.html#naked-eye", "naked eye") not in links("blog/moon")
    assert links("about") == []


def test_a_post_is_not_read_again_for_a_change_that_no_archive_shows(site: Site) -> None:
    site.build()
    site.edit("posts/moon.md", "See all", "Look at all")
    assert site.build().read == ["blog/moon"]


def test_a_thousand_tags(make_site: MakeSite) -> None:
    tags = ", ".join(f"tag {number}" for number in range(1000))
    site = make_site(
        pages={**FILES, "posts/moon.md": MOON.replace("naked eye", f"naked eye, {tags}")}
    )
    build = site.build()
    assert build.warnings == []
    assert len(archive(build, "tags")) == 1004
