"""The directives that list pages: posts, examples and next-steps, in every markup and output."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOTS, Build, Site

MakeSite = Callable[..., Site]

LEAF = ROOTS / "guide" / "static" / "img" / "leaf.png"

FIRST = """\
title: Seen from the roof
slug: from-the-roof
category: post
date: 2020-01-31
author: Ada
authorlink: /ada.html
headerimage: /img/leaf.png
headeralt: A leaf.

Nobody looks **up** in a city.
"""
SECOND = """\
title: A <new> "Moon"
slug: new-moon
category: post
date: 2021-03-04 23:00:00-05:00
newsletter: True
meta: Once a month.

Text.
"""
PAGES = {
    "posts/1.md": FIRST,
    "posts/2.md": SECOND,
    "ada.md": "title: About Ada\nslug: ada\ncategory: page\ndate: 2022-01-01\n\nText.\n",
    "examples/sky.md": "title: Sky Extensions\nslug: sky\ncategory: page\n\nText.\n",
    "examples/star.md": "title: sky.stars Star Example Code\nslug: star\ncategory: page\n\nText.\n",
    "examples/find.md": "title: sky.stars find it Example\nslug: find\ncategory: page\n\nText.\n",
    "examples/look.md": "title: sky look Example Code\nslug: look\ncategory: page\n\nText.\n",
}
STEPS = """\
prompts:
  star: I want to see a star.
pages:
  ada:
    question: Where to?
    next: [star, listing, find]
  listing:
    next: [ada]
"""


def listing(directive: str, argument: str = "", body: str = "", **options: str) -> dict[str, str]:
    """Return one directive in MyST, in reStructuredText and in a page of the guide."""
    name, argument = directive, f" {argument}" if argument else ""
    fields = "".join(f":{key}: {value}\n" for key, value in options.items())
    inside = f"{fields}\n{body}\n" if body else fields
    myst = f"```{{{name}}}{argument}\n{inside}```\n"
    inner = "".join(f"   {line}\n" if line else "\n" for line in inside.split("\n"))
    return {
        "listing.md": f"# Listing\n\n{myst}",
        "listing-rst.rst": f"Listing\n=======\n\n.. {name}::{argument}\n{inner}",
        "listing-page.md": f"title: Listing\nslug: listing-page\ncategory: page\n\n{myst}",
    }


#: Names of the three, as files of an output.
LISTINGS = ("listing", "listing-rst", "listing-page")


@pytest.fixture
def make_listing(make_site: MakeSite) -> MakeSite:
    """Return a function that makes a site with a directive in each markup."""

    def make(
        directive: str,
        argument: str = "",
        body: str = "",
        pages: Mapping[str, str] = PAGES,
        conf: Mapping[str, object] | None = None,
        **options: str,
    ) -> Site:
        documents = {**pages, **listing(directive, argument, body, **options)}
        settings = {"fsp_static_path": ["static"], "fsp_next_steps": "steps.yml", **(conf or {})}
        site = make_site(pages=documents, **settings)
        site.write("index.md", "# Home\n\n```{toctree}\nlisting\nlisting-rst\nlisting-page\n```\n")
        site.write("steps.yml", STEPS)
        (site.content / "static" / "img").mkdir(parents=True)
        shutil.copy(LEAF, site.content / "static" / "img")
        return site

    return make


def shown(build: Build, selector: str, page: str = "listing") -> list[str]:
    """Return the parts of a page, as HTML without blanks between them."""
    found = BeautifulSoup(build.html(f"{page}.html"), "lxml").select(f".body {selector}")
    return ["".join(str(part).split("\n")) for part in found]


def select(build: Build, selector: str, page: str = "listing") -> Tag:
    found = BeautifulSoup(build.html(f"{page}.html"), "lxml").select_one(selector)
    assert isinstance(found, Tag)
    return found


def titles(build: Build, page: str = "listing") -> list[str]:
    soup = BeautifulSoup(build.html(f"{page}.html"), "lxml")
    return [title.get_text() for title in soup.select(".post-title")]


LIST = "* star\n* blog/from-the-roof\n* index"

EACH = pytest.mark.parametrize(
    ("directive", "body", "selector"),
    [("posts", "", ".posts"), ("examples", "", ".examples"), ("next-steps", LIST, ".topic")],
    ids=["posts", "examples", "next-steps"],
)


@EACH
def test_the_same_in_every_markup(
    make_listing: MakeSite, directive: str, body: str, selector: str
) -> None:
    build = make_listing(directive, body=body).build()
    assert build.warnings == []
    (first,) = shown(build, selector)
    assert [shown(build, selector, page) for page in LISTINGS[1:]] == [[first], [first]]


@EACH
@pytest.mark.parametrize("builder", ["latex", "epub", "text", "man", "dirhtml", "singlehtml"])
def test_every_output_has_it(
    make_listing: MakeSite, directive: str, body: str, selector: str, builder: str
) -> None:
    conf = {"epub_show_urls": "no", "version": "1", "copyright": "x", "language": "en"}
    conf["man_pages"] = [("listing", "guide", "", [], 1)]  # type: ignore[assignment]
    build = make_listing(directive, body=body, conf=conf).build(builder)
    assert build.warnings == []
    files = [build.outdir / name for name in build.files() if not name.startswith(".")]
    text = "".join(
        f.read_text(encoding="utf-8")
        for f in files
        if f.suffix in {".tex", ".xhtml", ".txt", ".1", ".html"}
        and ("listing" in f.stem or f.suffix in {".tex", ".1", ".html"})
    )
    wanted = {"posts": "Nobody looks up", "examples": "sky.stars", "next-steps": "Seen from"}
    assert wanted[directive] in text


@EACH
def test_parallel_equals_serial(
    make_listing: MakeSite, directive: str, body: str, selector: str
) -> None:
    site = make_listing(directive, body=body)
    serial, parallel = site.build(out="_serial"), site.build(out="_parallel", jobs=2)
    assert parallel.warnings == serial.warnings == []
    for page in LISTINGS:
        assert parallel.html(f"{page}.html") == serial.html(f"{page}.html")


@EACH
@pytest.mark.parametrize("page", LISTINGS)
def test_an_unknown_option_is_said(
    make_listing: MakeSite, directive: str, body: str, selector: str, page: str
) -> None:
    site = make_listing(directive, body=body, pages={}, colour="red")
    said = "\n".join(site.build().warnings)
    assert re.search(rf'^{page}\..*\n?.*["\']colour["\']', said, re.M)
    assert "Traceback" not in said


# posts ---------------------------------------------------------------------------------------


def test_posts_as_html(make_listing: MakeSite) -> None:
    assert shown(make_listing("posts").build(), ".posts > li") == [
        '<li class="post"><p class="post-title"><a class="reference internal" '
        'href="blog/new-moon.html">A &lt;new&gt; “Moon”</a></p>'
        '<p class="post-meta"><span class="post-date">Mar 04, 2021</span></p>'
        '<p class="post-excerpt">Once a month.</p></li>',
        '<li class="post"><p class="post-title"><a class="reference internal" '
        'href="blog/from-the-roof.html">Seen from the roof</a></p>'
        '<p class="post-meta"><span class="post-date">Jan 31, 2020</span> · '
        '<span class="post-author"><a class="reference internal" href="ada.html">Ada</a></span></p>'
        '<img alt="A leaf." class="post-image" loading="lazy" src="img/leaf.png"/>'
        '<p class="post-excerpt">Nobody looks up in a city.</p></li>',
    ]


def test_posts_as_text(make_listing: MakeSite) -> None:
    text = make_listing("posts", year="2020").build("text").html("listing.txt")
    assert text.split("\n", 3)[3] == (
        "* Seen from the roof [1]\n\n  Jan 31, 2020 · Ada [2]\n\n  [image: A leaf.]\n\n"
        "  Nobody looks up in a city.\n\n"
        "-[ Links ]-\n\n[1] blog/from-the-roof.txt\n[2] ada.txt\n"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"limit": "1"}, ["A <new> “Moon”"]),
        ({"newsletter": "TRUE"}, ["A <new> “Moon”"]),
        ({"newsletter": "false"}, ["Seen from the roof"]),
        ({"year": "2020", "category": "Post , talk"}, ["Seen from the roof"]),
        ({"category": "page", "limit": "1"}, ["About Ada"]),
    ],
    ids=repr,
)
def test_options_of_posts(
    make_listing: MakeSite, options: dict[str, str], expected: list[str]
) -> None:
    build = make_listing("posts", **options).build()
    assert [titles(build, page) for page in LISTINGS] == [expected] * 3


def test_the_archive_has_the_years(make_listing: MakeSite) -> None:
    build = make_listing("posts", archive="", category="post,page").build()
    archive = select(build, ".post-archive")
    assert [year.get_text() for year in archive.select("strong")] == [
        "2022",
        "2021",
        "2020",
        "Without a date",
    ]
    posts = [post.get_text().strip() for post in archive.select("li li")]
    assert posts[:3] == [
        "About Ada · Jan 01, 2022",
        "A <new> “Moon” · Mar 04, 2021",
        "Seen from the roof · Jan 31, 2020",
    ]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("limit", "0"),
        ("limit", "ten"),
        ("year", "20200"),
        ("year", "MMXX"),
        ("newsletter", "maybe"),
        ("category", ","),
        ("category", ""),
        ("limit", ""),
    ],
)
def test_a_wrong_value_is_said(make_listing: MakeSite, option: str, value: str) -> None:
    build = make_listing("posts", **{option: value}).build()
    said = "\n".join(build.warnings)
    for page in LISTINGS:
        assert re.search(rf'^{page}\..*\n?.*["\']{option}["\']', said, re.M)
    assert "Traceback" not in said


def test_the_date_is_in_the_language_of_the_project(make_listing: MakeSite) -> None:
    build = make_listing("posts", conf={"language": "de"}).build()
    assert select(build, ".post-date").get_text() == "04.03.2021"


def test_the_date_is_written_as_the_project_writes_dates(make_listing: MakeSite) -> None:
    conf = {"language": "fr", "today_fmt": "%A %d %B %Y"}
    build = make_listing("posts", conf=conf).build()
    assert select(build, ".post-date").get_text() == "jeudi 04 mars 2021"


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://ada.example/?a=b&c=d", "https://ada.example/?a=b&c=d"),
        ("https://ada.example/x y<z>", "https://ada.example/x%20y%3Cz%3E"),
        ("/ada.html#top", "ada.html"),
        ("mailto:ada@ada.example", "mailto:ada%40ada.example"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
    ],
)
def test_the_link_to_an_author(make_listing: MakeSite, address: str, href: str | None) -> None:
    pages = {**PAGES, "posts/1.md": FIRST.replace("/ada.html", address)}
    author = select(make_listing("posts", pages=pages).build(), ".post-author")
    assert author.get_text() == "Ada"
    link = author.find("a")
    assert (link["href"] if isinstance(link, Tag) else None) == href


def test_a_fault_of_a_header_is_said_once(make_listing: MakeSite) -> None:
    """Three documents list the post; the header is at fault, not they."""
    post = FIRST.replace("leaf.png", "leave.png").replace("/ada.html", "javascript:alert(1)")
    site = make_listing("posts", pages={**PAGES, "posts/1.md": post})
    build = site.build()
    assert sorted(build.warnings) == [
        "posts/1.md:6: WARNING: the address javascript:alert(1) is not allowed; link to a page "
        "instead; the text stays, the link is gone [fsp.bad_scheme]",
        "posts/1.md:7: WARNING: no image /img/leave.png; did you mean /img/leaf.png? "
        "[fsp.unknown_image]",
    ]
    assert "leave.png" not in build.html("listing.html")
    assert "Nobody looks up" in build.html("listing.html")
    assert site.build().warnings == []


@pytest.mark.parametrize("address", ["leaf.png", "{static}leaf.png", "{attach}/posts/leaf.png"])
def test_an_image_beside_the_post(make_listing: MakeSite, address: str) -> None:
    site = make_listing(
        "posts", pages={**PAGES, "posts/1.md": FIRST.replace("/img/leaf.png", address)}
    )
    shutil.copy(LEAF, site.content / "posts")
    build = site.build()
    assert build.warnings == []
    assert [select(build, ".post-image", page)["src"] for page in LISTINGS] == [
        "_images/leaf.png"
    ] * 3


def test_the_image_of_a_post_is_in_the_book(make_listing: MakeSite) -> None:
    conf = {"version": "1", "copyright": "x"}
    assert any(
        name.endswith("leaf.png") for name in make_listing("posts", conf=conf).build("epub").files()
    )


def test_hostile_text_is_text(make_listing: MakeSite) -> None:
    evil = '<script>alert("1")</script>\x07 `x`_ **y** {{z}} |w| \\n'
    header = FIRST.replace("Seen from the roof", evil).replace("Ada", evil)
    post = header.replace("A leaf.", evil).replace("headeralt", f"meta: {evil}\nheaderalt")
    build = make_listing("posts", pages={**PAGES, "posts/1.md": post}, year="2020").build()
    assert build.warnings == []
    for page in LISTINGS:
        item = select(build, ".post", page)
        assert item.find("script") is None
        expected = '<script>alert("1")</script> `x`_ **y** {{z}} |w| \\n'
        plain = item.get_text().replace("“", '"').replace("”", '"')
        assert plain.count(expected) == 3
        assert select(build, ".post-image", page)["alt"] == expected
        assert "\x07" not in str(item)


@pytest.mark.parametrize(
    ("directive", "options", "advice"),
    [
        ("posts", {}, "give posts a date and a category other than page"),
        ("posts", {"year": "1999"}, "change the options, or give posts what they ask for"),
        ("examples", {}, "put example pages into a folder named examples"),
        ("examples", {"prefix": "sea"}, "no example page has a title that starts with sea"),
        ("next-steps", {}, "write a list of pages into it, or name this page in fsp_next_steps"),
    ],
)
def test_an_empty_listing_is_said(
    make_listing: MakeSite, directive: str, options: dict[str, str], advice: str
) -> None:
    site = make_listing(directive, pages={}, **options)
    site.write("steps.yml", "pages: {}\n")
    found = site.build().warnings
    assert all(line.endswith(f"; {advice} [fsp.empty_list]") for line in found)
    assert sorted(line.split(" ")[0] for line in found) == [
        "listing-page.md:5:",
        "listing-rst.rst:4:",
        "listing.md:3:",
    ]


# examples ------------------------------------------------------------------------------------


def test_examples_as_text(make_listing: MakeSite) -> None:
    text = make_listing("examples").build("text").html("listing.txt")
    assert text.split("\n", 3)[3] == (
        '* Sky Extensions [1]\n\n* "sky"\n\n  * "look" [2]\n\n'
        '* "sky.stars"\n\n  * *class* "Star" [3]\n\n  * "find" it [4]\n\n'
        "-[ Links ]-\n\n[1] sky.txt\n[2] look.txt\n[3] star.txt\n[4] find.txt\n"
    )


def test_examples_as_html(make_listing: MakeSite) -> None:
    build = make_listing("examples", prefix="sky.stars").build()
    code = '<code class="docutils literal notranslate"><span class="pre">{}</span></code>'
    assert shown(build, ".examples > li") == [
        f'<li class="example-module"><p>{code.format("sky.stars")}</p><ul>'
        '<li class="example-class"><p><em class="example-kind">class</em> '
        f'<a class="reference internal" href="star.html">{code.format("Star")}</a></p></li>'
        '<li class="example-function"><p>'
        f'<a class="reference internal" href="find.html">{code.format("find")} it</a></p></li>'
        "</ul></li>"
    ]


def test_a_module_with_a_page_of_its_own_leads_to_it(make_listing: MakeSite) -> None:
    page = "title: sky.stars Example Code\nslug: stars\ncategory: page\n\nText.\n"
    build = make_listing("examples", pages={**PAGES, "examples/stars.md": page}).build()
    heading = select(build, '.example-module > p > a[href="stars.html"]')
    assert heading.get_text() == "sky.stars"


def test_a_prefix_that_is_no_module_is_said(make_listing: MakeSite) -> None:
    found = make_listing("examples", prefix="a b").build().warnings
    assert len([line for line in found if "name a module, such as django" in line]) == 3


# next-steps ----------------------------------------------------------------------------------


def test_steps_of_the_body(make_listing: MakeSite) -> None:
    build = make_listing("next-steps", "Where *now*?", LIST).build()
    assert shown(build, ".topic") == [
        '<aside class="topic next-steps"><p class="topic-title">Where <em>now</em>?</p>'
        '<ul class="next-steps simple">'
        '<li><p><a class="reference internal" href="star.html">sky.stars Star Example Code</a></p>'
        '</li><li><p><a class="reference internal" href="blog/from-the-roof.html">'
        'Seen from the roof</a></p></li><li><p><a class="reference internal" href="index.html">'
        '<span class="doc">Home</span></a></p></li></ul></aside>'
    ]


def test_links_and_all_other_content_stay(make_listing: MakeSite) -> None:
    site = make_listing("next-steps", body="* star")
    body = "Before.\n\n* [A *star*](/star.html)\n* [Elsewhere](https://x.example)\n\n  More.\n"
    site.write("listing-page.md", listing("next-steps", body=body)["listing-page.md"])
    build = site.build()
    assert build.warnings == []
    topic = select(build, ".topic", "listing-page")
    assert topic.get_text(" ", strip=True) == "Before. A star Elsewhere More."
    assert [a["href"] for a in topic.find_all("a")] == ["star.html", "https://x.example"]


def test_a_name_that_no_page_has_is_said_and_stays(make_listing: MakeSite) -> None:
    build = make_listing("next-steps", body="* star\n* stars").build()
    hint = "no page stars; did you mean star? [fsp.unknown_page]"
    assert sorted(build.warnings) == [
        f"listing-page.md:8: WARNING: {hint}",
        f"listing-rst.rst:7: WARNING: {hint}",
        f"listing.md:6: WARNING: {hint}",
    ]
    for page in LISTINGS:
        assert select(build, ".topic li + li", page).get_text() == "stars"


def test_steps_of_a_page_that_is_named(make_listing: MakeSite) -> None:
    build = make_listing("next-steps", page="ada").build()
    for page in LISTINGS:
        topic = select(build, ".topic", page)
        assert topic.get_text("|", strip=True) == (
            "Where to?|I want to see a star.|Listing|sky.stars find it Example"
        )
        assert [a["href"] for a in topic.find_all("a")] == [
            "star.html",
            "#" if page == "listing" else "listing.html",
            "find.html",
        ]


def test_an_argument_goes_before_the_question_of_the_file(make_listing: MakeSite) -> None:
    build = make_listing("next-steps", "And now?", page="ada").build()
    assert [select(build, ".topic-title", page).get_text() for page in LISTINGS] == ["And now?"] * 3


def test_steps_of_an_ordinary_document(make_listing: MakeSite) -> None:
    """Its docname stands in the file."""
    build = make_listing("next-steps").build()
    assert select(build, ".topic a")["href"] == "ada.html"


def test_a_page_shows_its_steps_once_and_where_it_wants_to(make_listing: MakeSite) -> None:
    pages = {**PAGES, "ada.md": PAGES["ada.md"] + "\n```{next-steps}\n```\n\nThe end.\n"}
    build = make_listing("next-steps", body="* star", pages=pages).build()
    (topic,) = BeautifulSoup(build.html("ada.html"), "lxml").select(".topic")
    assert topic.find_next_sibling("p").get_text() == "The end."  # type: ignore[union-attr]


def test_the_topic_is_the_same_with_and_without_the_directive(make_listing: MakeSite) -> None:
    pages = {**PAGES, "ada.md": PAGES["ada.md"] + "\n```{next-steps}\n```\n"}
    without = make_listing("next-steps", body="* star").build()
    with_it = make_listing("next-steps", body="* star", pages=pages).build()
    assert shown(without, ".topic", "ada") == shown(with_it, ".topic", "ada") != []


def test_a_list_and_a_page_are_not_taken_together(make_listing: MakeSite) -> None:
    found = make_listing("next-steps", body="* star", page="ada").build().warnings
    assert len([line for line in found if "not both" in line]) == 3


def test_an_unknown_page_is_said(make_listing: MakeSite) -> None:
    found = make_listing("next-steps", page="adda").build().warnings
    assert len([line for line in found if "no page adda; did you mean ada?" in line]) == 3


def test_translators_see_the_links(make_listing: MakeSite) -> None:
    build = make_listing("next-steps", body="* star").build("gettext")
    assert "[sky.stars Star Example Code](/star.html)" in build.html("listing.pot")
    assert ":doc:`sky.stars Star Example Code </star>`" in build.html("listing-rst.pot")


# Incremental builds --------------------------------------------------------------------------

POST = "posts/1.md"
ALL = set(LISTINGS)


def edit_first_paragraph(site: Site) -> None:
    site.edit(POST, "Nobody", "Everybody")


def edit_second_paragraph(site: Site) -> None:
    site.write(POST, FIRST + "\nMore.\n")


def edit_title(site: Site) -> None:
    site.edit(POST, "the roof", "my roof")


def edit_author(site: Site) -> None:
    site.edit(POST, "author: Ada", "author: Grace")


def move_author(site: Site) -> None:
    site.edit("ada.md", "slug: ada", "slug: about-ada")


def edit_date(site: Site) -> None:
    site.edit(POST, "2020", "2023")


def hide(site: Site) -> None:
    site.edit(POST, "category", "status: hidden\ncategory")


def make_draft(site: Site) -> None:
    site.edit(POST, "category", "status: draft\ncategory")


def add_post(site: Site) -> None:
    site.write("posts/3.md", FIRST.replace("from-the-roof", "again").replace("roof", "field"))


def delete_post(site: Site) -> None:
    (site.content / POST).unlink()


def change_slug(site: Site) -> None:
    site.edit(POST, "slug: from-the-roof", "slug: roof")


def remove_image(site: Site) -> None:
    (site.content / "static/img/leaf.png").unlink()


def edit_example(site: Site) -> None:
    site.edit("examples/star.md", "sky.stars Star", "sky.stars Planet")


def edit_example_body(site: Site) -> None:
    site.edit("examples/star.md", "Text", "Words")


def delete_example(site: Site) -> None:
    (site.content / "examples/star.md").unlink()


def rename_document(site: Site) -> None:
    site.edit("index.md", "# Home", "# House")


#: Each directive and change, and the documents that a build may read after it.
CHANGES: list[tuple[str, Callable[[Site], None], set[str]]] = [
    ("posts", edit_first_paragraph, ALL | {"blog/from-the-roof"}),
    ("posts", edit_second_paragraph, {"blog/from-the-roof"}),
    ("posts", edit_title, ALL | {"blog/from-the-roof"}),
    ("posts", edit_author, ALL | {"blog/from-the-roof"}),
    ("posts", move_author, ALL | {"about-ada", "ada", "blog/from-the-roof"}),
    ("posts", edit_date, ALL | {"blog/from-the-roof"}),
    ("posts", hide, ALL | {"blog/from-the-roof"}),
    ("posts", make_draft, ALL),
    ("posts", add_post, ALL | {"blog/again"}),
    ("posts", delete_post, ALL),
    ("posts", change_slug, ALL | {"blog/from-the-roof", "blog/roof"}),
    ("posts", remove_image, ALL | {"blog/from-the-roof"}),
    ("posts", edit_example, {"star", "ada"}),
    ("examples", edit_title, {"blog/from-the-roof"}),
    ("examples", edit_example, ALL | {"star", "ada"}),
    ("examples", edit_example_body, {"star"}),
    ("examples", delete_example, ALL | {"ada"}),
    ("next-steps", edit_title, ALL | {"blog/from-the-roof"}),
    ("next-steps", edit_first_paragraph, {"blog/from-the-roof"}),
    ("next-steps", edit_example, ALL | {"star", "ada"}),
    ("next-steps", delete_example, ALL | {"ada"}),
    ("next-steps", delete_post, ALL),
    ("next-steps", rename_document, {"index"}),
]


@pytest.mark.parametrize(
    ("directive", "change", "may_read"),
    CHANGES,
    ids=[f"{directive}-{change.__name__}" for directive, change, _ in CHANGES],
)
def test_incremental_equals_clean(
    make_listing: MakeSite, directive: str, change: Callable[[Site], None], may_read: set[str]
) -> None:
    site = make_listing(directive, body=LIST if directive == "next-steps" else "")
    site.build()
    assert site.build().read == []
    change(site)
    incremental, clean = site.build(), site.build(out="_clean")
    for page in LISTINGS:
        assert incremental.html(f"{page}.html") == clean.html(f"{page}.html")
    assert set(incremental.read) <= may_read
    if may_read >= ALL:
        assert set(incremental.read) >= ALL


def test_a_page_follows_the_name_that_it_waited_for(make_listing: MakeSite) -> None:
    site = make_listing("next-steps", body="* star\n* sun")
    assert len(site.build().warnings) == 3
    site.write("sun.md", "title: The Sun\nslug: sun\ncategory: page\n\nText.\n")
    second = site.build()
    assert second.warnings == []
    assert set(second.read) == ALL | {"sun"}
