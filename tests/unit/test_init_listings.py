"""Addresses of Pelican's listings, and where they lead."""

from __future__ import annotations

import pytest

from sphinx_fsp.init.addresses import old_pages, plan_permalinks
from sphinx_fsp.init.headers import said_by_paths
from sphinx_fsp.init.listings import Listings, listings_of, paginated
from sphinx_fsp.init.settings import read_settings
from sphinx_fsp.init.slugs import slugs_of
from sphinx_fsp.source.catalogue import SourceFile

MOON = "title: Moon\ndate: 2024-05-06\ncategory: Sky\ntags: C++, night sky\nauthor: Ada\n\n"
MARS = "title: Mars\ndate: 2023-05-06\ntags: red\n\n"


def plan(
    conf: str, *texts: str, taken: tuple[str, ...] = (), files: tuple[str, ...] = ()
) -> Listings:
    """Return the listings of a site with these settings and articles."""
    settings = read_settings("pelicanconf.py", lambda _name: conf)
    sources = [SourceFile(f"{number}.md", text) for number, text in enumerate(texts)]
    made = plan_permalinks(sources, settings, (), said_by_paths(sources, settings).metadata)
    old = old_pages(sources, settings, made.metadata)
    return listings_of(old, made.pages, settings, "The club", taken, files)


def test_documents_and_redirects_of_a_site_that_says_nothing() -> None:
    found = plan("", MOON, MARS)
    assert [(one.docname, one.kind) for one in found.documents] == [
        ("archives", "year"),
        ("categories", "category"),
        ("tags", "tag"),
        ("authors", "author"),
    ]
    assert dict(found.rules) == {
        "/category/sky.html": "/categories.html#sky",
        # Mars names no category, and is in that of the settings.
        "/category/misc.html": "/categories.html#misc",
        "/tag/c.html": "/tags.html#c",
        "/tag/night-sky.html": "/tags.html#night-sky",
        "/tag/red.html": "/tags.html#red",
        "/author/ada.html": "/authors.html#ada",
        "/author/the-club.html": "/authors.html#the-club",
    }


def test_what_is_turned_off_isnt_written() -> None:
    conf = (
        "DIRECT_TEMPLATES = ['index', 'tags', 'archives']\n"
        "ARCHIVES_SAVE_AS = ''\nTAGS_SAVE_AS = TAG_SAVE_AS = None\n"
        "CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = False\n"
    )
    assert plan(conf, MOON) == Listings((), ())


def test_pages_of_each_have_a_place_even_without_their_list() -> None:
    found = plan("DIRECT_TEMPLATES = ['index']\nTAG_SAVE_AS = AUTHOR_SAVE_AS = ''", MOON)
    assert [one.docname for one in found.documents] == ["categories"]


def test_a_site_whose_posts_have_no_date_leads_to_its_front_page() -> None:
    """Nothing would stand in a list of posts: see the report of ``init``."""
    found = plan("CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ''", "title: Mars\ntags: red\n\nDust.")
    assert found.documents == ()
    assert dict(found.rules) == {
        f"/{name}.html": "/" for name in ("archives", "authors", "categories", "tags", "tag/red")
    }


def test_a_site_without_articles_has_none() -> None:
    conf = "ARTICLE_PATHS = ['posts']\nPAGE_PATHS = ['']"
    assert plan(conf, MOON) == Listings((), ())


def test_a_document_of_that_name_stays() -> None:
    found = plan("", MOON, taken=("tags",), files=("authors.rst",))
    assert [one.docname for one in found.documents] == ["archives", "categories"]
    rules = dict(found.rules)
    assert rules["/tag/c.html"] == "/tags.html"
    # The file authors.rst is published elsewhere.
    assert rules["/author/ada.html"] == rules["/authors.html"] == "/archives.html"


@pytest.mark.parametrize(
    ("conf", "rules"),
    [
        pytest.param(
            "TAG_SAVE_AS = 'tag/{slug}/index.html'",
            {"/tag/c/": "/tags.html#c"},
            id="folders",
        ),
        pytest.param(
            "TAGS_SAVE_AS = 'tags/index.html'",
            {"/tag/c.html": "/tags/index.html#c"},
            id="a list in a folder",
        ),
        pytest.param(
            "TAGS_SAVE_AS = '../tags.html'",
            {"/tag/c.html": "/tags.html#c"},
            id="out of the project",
        ),
        pytest.param(
            "YEAR_ARCHIVE_SAVE_AS = '{date:%Y}.html'",
            {"/2024.html": "/archives.html#2024"},
            id="years",
        ),
        pytest.param(
            "YEAR_ARCHIVE_SAVE_AS = 'y/{date:%Y}/index.html'\n"
            "MONTH_ARCHIVE_SAVE_AS = '{date:%Y}/{date:%m}.html'\n"
            "DAY_ARCHIVE_SAVE_AS = '{date:%Y-%m-%d}.html'",
            {
                "/y/2024/": "/archives.html#2024-05",
                "/2024/05.html": "/archives.html#2024-05",
                "/2024-05-06.html": "/archives.html#2024-05",
            },
            id="months",
        ),
        pytest.param("YEAR_ARCHIVE_SAVE_AS = '{period}.html'", {}, id="a name that nothing has"),
        pytest.param(
            "DEFAULT_PAGINATION = 1\nPAGINATED_TEMPLATES = {'index': 1}",
            {"/index2.html": None},
            id="one article, one page",
        ),
        pytest.param(
            "TAG_REGEX_SUBSTITUTIONS = [(r'\\+', 'p'), (r'(?u)\\s', '_')]",
            {"/tag/cpp.html": "/tags.html#c", "/tag/night_sky.html": "/tags.html#night-sky"},
            id="substitutions",
        ),
    ],
)
def test_addresses_are_those_of_the_settings(conf: str, rules: dict[str, str | None]) -> None:
    found = dict(plan(conf, MOON).rules)
    assert {old: found.get(old) for old in rules} == rules
    assert not any(set("{}") & set(old) for old in found)


@pytest.mark.parametrize(
    ("conf", "index", "second"),
    [("", [], "/index2.html"), ("INDEX_SAVE_AS = 'blog.html'", ["blog"], "/blog2.html")],
)
def test_the_list_of_all_posts(conf: str, index: list[str], second: str) -> None:
    found = plan(f"DEFAULT_PAGINATION = 1\n{conf}", MOON, MARS)
    assert [one.docname for one in found.documents if not one.kind] == index
    assert dict(found.rules)[second] == (f"/{index[0]}.html" if index else "/")


def test_a_date_may_be_that_of_the_file() -> None:
    settings = read_settings("pelicanconf.py", lambda _n: "DAY_ARCHIVE_SAVE_AS = '{date:%d}.html'")
    sources = [SourceFile("2024-05-06-moon.md", "title: Moon\n\n"), SourceFile("1.md", MARS)]
    old = old_pages(sources, settings, said_by_paths(sources, settings).metadata)
    rules = dict(listings_of(old, [one.page for one in old], settings, "", (), ()).rules)
    assert rules["/06.html"] == "/archives.html#2024-05"


@pytest.mark.parametrize(
    ("conf", "names"),
    [
        ("", ["x.html"]),
        ("DEFAULT_PAGINATION = 3", ["x.html", "x2.html"]),
        ("DEFAULT_PAGINATION = 2\nDEFAULT_ORPHANS = 1", ["x.html", "x2.html"]),
        ("DEFAULT_PAGINATION = 5", ["x.html"]),
        ("DEFAULT_PAGINATION = -1", ["x.html"]),
        ("DEFAULT_PAGINATION = 'many'", ["x.html"]),
        ("DEFAULT_PAGINATION = 3\nPAGINATED_TEMPLATES = {'index': None}", ["x.html"]),
        ("PAGINATED_TEMPLATES = {'tag': 4}", ["x.html", "x2.html"]),
        (
            "DEFAULT_PAGINATION = 3\n"
            "PAGINATION_PATTERNS = [(2, '', '{name}/{number}/'), (1, '', '{save_as}'),"
            " (-1, '', '/last{extension}'), 'x', (1, 2, 3)]",
            ["last.html"],
        ),
        (
            "DEFAULT_PAGINATION = 3\nPAGINATION_PATTERNS = [(1, '', '{save_as}'), "
            "(2, '', '{base_name}/{number}/index.html')]",
            ["x.html", "x/2/index.html"],
        ),
        ("DEFAULT_PAGINATION = 3\nPAGINATION_PATTERNS = [(1, '', '{nothing}')]", []),
    ],
)
def test_pages_of_a_listing(conf: str, names: list[str]) -> None:
    settings = read_settings("pelicanconf.py", lambda _name: conf)
    found = list(paginated("x.html", 5, "tag", settings))
    assert found[-len(names) :] == names if names else found == []


@pytest.mark.parametrize(
    ("conf", "name", "slug"),
    [
        ("", "C++ & <b>Sky</b>", "c-sky"),
        ("SLUGIFY_PRESERVE_CASE = True", "Sky", "Sky"),
        ("SLUGIFY_USE_UNICODE = True", "Größe", "größe"),
        ("TAG_SUBSTITUTIONS = [('C#', 'csharp')]", "C# and more", "csharp-and-more"),
        ("SLUG_SUBSTITUTIONS = [('C#', 'c#', True)]", "C# x", "c# x"),
        ("CATEGORY_REGEX_SUBSTITUTIONS = [('.', 'x')]", "Sky", "sky"),
        # What could take for ever, or is no expression, is left out.
        ("TAG_REGEX_SUBSTITUTIONS = [('(a+)+b', 'x'), ('[', 'x'), 3, ('k', r'\\1')]", "Sky", "sky"),
        ("TAG_REGEX_SUBSTITUTIONS = [('a*a*a*a*a*b', 'x')]", "aaab", "aaab"),
    ],
)
def test_slugs_are_those_of_the_settings(conf: str, name: str, slug: str) -> None:
    settings = read_settings("pelicanconf.py", lambda _name: conf)
    assert slugs_of(settings, "tag").of(name) == slug
