"""Pelican's settings as text: what is understood, what isn't, and that nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.check.colour import Palette
from sphinx_fsp.config import OPTIONS
from sphinx_fsp.init.addresses import as_permalink, plan_permalinks
from sphinx_fsp.init.configuration import conf_py, quoted
from sphinx_fsp.init.feeds import feeds_of
from sphinx_fsp.init.files import heading, plan_files
from sphinx_fsp.init.found import Found, inside, web_address
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.pelican import find
from sphinx_fsp.init.redirects import sound
from sphinx_fsp.init.report import found_lines
from sphinx_fsp.init.settings import Settings, Value, read_settings
from sphinx_fsp.source.catalogue import SourceFile


def read(text: str, **others: str) -> Settings:
    """Read settings, with other files beside them."""
    files: Mapping[str, str] = {
        "pelicanconf.py": text,
        **{f"{n}.py": t for n, t in others.items()},
    }

    def load(name: str) -> str:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read_settings("pelicanconf.py", load)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A = 'x'", "x"),
        ("A = u'x' + \"y\"", "xy"),
        ("A: str = 'x'", "x"),
        ("A = ['a'] + ['b']", ["a", "b"]),
        ("A = ('a',)\nA += ('b',)", ("a", "b")),
        ("A = {'k': {'path': 'x'}}", {"k": {"path": "x"}}),
        ("A = B = 3", 3),
        ("A, B = 'x', 'y'", "x"),
        ("b = 'x'\nA = b", "x"),
        ("import os\nA = os.path.join('a', 'b')", "a/b"),
        (
            "A = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'content')",
            "content",
        ),
        ("A = os.curdir", "."),
        ("from base import *\nA = NAME", "base"),
        ("from base import NAME as A", "base"),
        ("A = -1", -1),
        ("NAME = 'n'\nA = f'https://{NAME}'", "https://n"),
        ("A = 'see %s, %d%%' % ('x', 3)", "see x, 3%"),
        ("A = 'a-{}-{b}'.format('x', b=2)", "a-x-2"),
        ("A = ['extra/' + n for n in ('a', 'b') if n != 'b']", ["extra/a"]),
        ("A = {n: {'path': n[6:]} for n in ['extra/a']}", {"extra/a": {"path": "a"}}),
        ("A = ['a', *['b']]\nA.append('c')\nA.extend(['d'])", ["a", "b", "c", "d"]),
        (
            "A = {'a': 1, **{'b': 2}}\nA.update({'c': 3})\nA['d'] = 4",
            {"a": 1, "b": 2, "c": 3, "d": 4},
        ),
        ("A = {'k': {'x': 1}}\nA['k']['y'] = 2", {"k": {"x": 1, "y": 2}}),
        ("A = dict(a='b')", {"a": "b"}),
        ("import os\nA = os.environ.get('SITE', 'x')", "x"),
        ("import os\nA = os.getenv('SITE', '').rstrip('/') or 'x'", "x"),
        ("import os\nif 'CI' in os.environ:\n    A = 'x'\nelse:\n    A = 'y'", "y"),
        ("B = False\nA = 'x' if B else 'y'", "y"),
        (
            "from pathlib import Path\nA = str(Path(__file__).resolve().parent / 'content')",
            "content",
        ),
        ("from pathlib import Path\nA = Path(__file__).parent / 'content'", "content"),
        ("import os\nA = os.path.join(os.path.dirname(__file__), 'x')", "x"),
        ("import os\nA = os.path.abspath(os.path.join(__file__, os.pardir)) + '/x'", "./x"),
        ("from lib.base import *\nA = DEEP", "deep"),
        ("def A2():\n    A = 1\nA = 'x'", "x"),
        ("A = 'x'\nprint(A)\nimport sys\nsys.path.append('.')", "x"),
    ],
)
def test_what_is_understood(text: str, value: Any) -> None:
    settings = read(text, base="NAME = 'base'\n", **{"lib/base": "DEEP = 'deep'\n"})
    assert settings.values["A"].value == value
    assert not settings.unread


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("A = open('x').read()", 1, "calls"),
        ("\nA = [open(x) for x in 'ab']", 2, "calls open"),
        ("A = f'{1:>9999999999}'", 1, "plain value"),
        ("A = '%999999999d' % 1", 1, "plain value"),
        ("A = '{:>999999999}'.format(1)", 1, "plain value"),
        ("A = 'x' * 10 ** 9", 1, "plain value"),
        ("A = UNKNOWN", 1, "UNKNOWN, which isn't known"),
        ("A = 'x'\nif unknown:\n    A = 'y'", 2, "depends on what is run"),
        ("A = 'x'\nfor x in 'ab':\n    A = x", 2, "depends on what is run"),
        ("A = {}\nA[open] = 1", 2, "depends on what is run"),
        ("A = 'x' + 1", 1, "adds"),
        ("import os\nA = os.environ['HOME']", 2, "plain value"),
        ("import os\nA = os.path.dirname(os.path.dirname(__file__))", 2, "leads out"),
        ("A = lambda: 1", 1, "plain value"),
        ("def open2():\n    pass\nA = open2()", 3, "calls open2"),
        ("A = __import__('os').getcwd()", 1, "calls"),
        ("A = os.path.join('a', sep='b')", 1, "plain value"),
    ],
)
def test_what_isnt_understood_has_a_line_and_no_value(text: str, line: int, why: str) -> None:
    settings = read(text)
    assert "A" not in settings.values
    (unread,) = settings.unread
    assert (unread.name, unread.file, unread.line) == ("A", "pelicanconf.py", line)
    assert why in unread.why


@pytest.mark.parametrize(
    "text",
    [
        "A = 'xxxxxxxxxx'\n" + "A = A + A\n" * 64,
        "A = 'xxxxxxxxxx'\n" + "A = f'{A}{A}{A}'\n" * 64,
        "A = 'xxxxxxxxxx'\n" + "A = A.join([A, A, A])\n" * 64,
        "A = 'xxxxxxxxxx'\n" + "A = A.replace('x', A)\n" * 64,
        "A = 'xxxxxxxxxx'\n" + "A = '{0}{0}{0}'.format(A)\n" * 64,
        "A = 'xxxxxxxxxx'\n" + "A = '%s%s%s' % (A, A, A)\n" * 64,
        "A = [1, 2, 3]\n" + "A = [x for x in A for y in A]\n" * 64,
        "A = ['x' * 9]\nA = ['xx']\n" + "A.extend(A)\n" * 64,
        "A = 9\n" + "A = A + A\n" * 999,
    ],
)
def test_sums_of_sums_dont_fill_the_memory(text: str) -> None:
    settings = read(text)
    assert settings.unread
    assert len(repr(settings.values)) < 3_000_000


def test_what_is_known_of_a_list_is_kept() -> None:
    settings = read("A = ['a', plugin, 'b']\nB = {'a': 1}\nB.update(unknown)\n")
    assert settings.values["A"].value == ["a", "b"]
    assert settings.values["B"].value == {"a": 1}
    assert [unread.name for unread in settings.unread] == ["A", "B"]


def test_files_that_import_one_another_end() -> None:
    settings = read("from other import *\nA = 1\n", other="from pelicanconf import *\nB = 2\n")
    assert {name: v.value for name, v in settings.values.items()} == {"A": 1, "B": 2}
    assert settings.values["B"].file == "other.py"


@pytest.mark.parametrize("module", ["missing", "..above", "os.path"])
def test_only_files_beside_it_are_imported(module: str) -> None:
    settings = read(f"from {module} import *\nA = 1\n")
    assert settings.files == ("pelicanconf.py",)
    assert settings.values["A"].value == 1


@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    read(text)


@given(st.text(max_size=50))
def test_any_text_is_a_text_of_conf(text: str) -> None:
    line = quoted(text)
    assert eval(line) == text  # noqa: S307
    assert line.isprintable()


@given(st.text(max_size=50), st.text(max_size=50))
def test_conf_is_python(name: str, author: str) -> None:
    names: dict[str, Any] = {}
    exec(conf_py(Found("Pelican", "", name, author)), names)  # noqa: S102
    assert names["project"] == name
    assert names.get("author", "") == author


def test_a_heading_is_text() -> None:
    assert heading("{eval-rst} <b>") == r"\{eval-rst\} \<b\>"


@pytest.mark.parametrize(
    ("path", "found"),
    [("a/b/", "a/b"), (".", ""), ("a/../..", None), ("/etc", None), ("C:/x", None), ("a\\b", None)],
)
def test_paths_stay_in_the_project(path: str, found: str | None) -> None:
    assert inside(path) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example", "https://a.example/"),
        ("//a.example/x/", "https://a.example/x/"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ('https://a.example/"', ""),
    ],
)
def test_addresses_of_sites(url: str, found: str) -> None:
    assert web_address(url) == found


@pytest.mark.parametrize(
    ("pattern", "permalink"),
    [
        ("{slug}.html", "{slug}"),
        ("/blog/{slug}/index.html", "blog/{slug}/index"),
        ("{category}/{date:%Y}/{slug}.html", "{category}/{date:%Y}/{slug}"),
        ("{author}/{slug}.html", ""),
        ("{date:%b}/{slug}.html", ""),
        ("../{slug}.html", ""),
        ("{slug}", ""),
        ("all.html", ""),
    ],
)
def test_patterns_as_permalinks(pattern: str, permalink: str) -> None:
    assert as_permalink(pattern) == permalink


def planned(settings: dict[str, str], **headers: str) -> dict[str, str]:
    """Return the docnames that pages get, by path."""
    files = [
        SourceFile(path.replace("__", "/") + ".md", f"title: A\n{header}\n\nText.\n")
        for path, header in headers.items()
    ]
    values = {name: Value(value, "pelicanconf.py", 1) for name, value in settings.items()}
    return {p.path: p.docname for p in plan_permalinks(files, Settings(values), ()).pages}


def test_pelicans_own_addresses() -> None:
    found = planned({}, pages__a="slug: a", b="slug: b", c="slug: c\nlang: de")
    assert found == {"pages/a.md": "pages/a", "b.md": "b", "c.md": "c-de"}


def test_addresses_that_no_pattern_gives_are_kept_page_by_page() -> None:
    settings = {"ARTICLE_SAVE_AS": "{author}/{date:%b}/{slug}.html"}
    header = "slug: a\nauthor: Ada Turner\ndate: 2024-05-06"
    assert planned(settings, a=header) == {"a.md": "ada-turner/May/a"}


def test_redirects_that_cant_be_are_left_out() -> None:
    rules = [("/a.html", "/b.html"), ("/../x.html", "/b.html"), ("/c.html", "javascript:x"),
             ("/b.html", "/a.html"), ("/a.html", "/c.html")]  # fmt: skip
    assert sound(rules, ["b"]) == [("/a.html", "/b.html")]


VALUES = st.sampled_from(
    [None, 1, "", ".", "..", "/", "pages", "{slug}", "{date:%}/{slug}.html", "{0}{slug!r}.html",
     "a\0b", "\ud800", [], ["", None, ["x"]], ["../x"], {}, {"x": 1}, {"a.md": {"path": "../a"}},
     {"extension_configs": 3}, {"extension_configs": {3: 4, "toc": None}}, "https://a b", True,
     r"(?P<slug>.*)", "(?P<Date>.)",
     "basename", [[".", r"\9"]], [("(", "x"), (1, 2)], {"status": "draft", "slug": "x", "toc": "?"},
     (2024, 13, 1), (2024, 5, 6), {"pages": {"category": "x", "save_as": "../x"}}, "fs", "2024"]
)  # fmt: skip
NAMES = (
    "SITENAME SITEURL AUTHOR PATH ARTICLE_PATHS PAGE_PATHS STATIC_PATHS THEME THEME_STATIC_DIR "
    "PAGE_SAVE_AS ARTICLE_SAVE_AS ARTICLE_LANG_SAVE_AS FEED_ALL_ATOM MARKDOWN PLUGINS DEFAULT_LANG "
    "DEFAULT_CATEGORY EXTRA_PATH_METADATA DIRECT_TEMPLATES SLUGIFY_SOURCE DEFAULT_PAGINATION "
    "FILENAME_METADATA PATH_METADATA DEFAULT_METADATA DEFAULT_DATE SLUG_REGEX_SUBSTITUTIONS "
    "USE_FOLDER_AS_CATEGORY PAGE_EXCLUDES ARTICLE_EXCLUDES PAGE_DIR"
).split()


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12))
def test_settings_of_any_type_give_a_project(values: dict[str, Any]) -> None:
    with TemporaryDirectory() as name:
        (Path(name) / "pages").mkdir()
        (Path(name) / "pages/a.md").write_text("title: A\n\n[blog](/blog.html)\n")
        (Path(name) / "b.md").write_text("title: B\ndate: 2024-01-01\nlang: de\n\nText.\n")
        (Path(name) / "2024-05-06-C.md").write_text("---\ntitle: C\n---\n\nText.\n")
        (Path(name) / "d.rst").write_text("D\n=\n\n:date: 2024-05-06\n\nText.\n")
        folder = Folder(Path(name))
        settings = {key: Value(value, "pelicanconf.py", 1) for key, value in values.items()}
        found = find(folder, Settings(settings))
        plan = plan_files(found, lambda path: folder.text(path) if folder.has(path) else None)
    names: dict[str, Any] = {}
    exec(plan.conf.text, names)  # noqa: S102
    assert all(option.accepts(names.get(option.name, option.default)) for option in OPTIONS)
    for file in plan.new:
        assert inside(file.path) == file.path
        assert file.text.encode()
    lines = found_lines(found, Palette(on=False))
    assert all(line.isprintable() for line in lines)


#: As ``pelican-quickstart`` writes it.
NO_FEEDS = "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("FEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None", ()),
        ("FEED_ALL_ATOM = 0\nCATEGORY_FEED_ATOM = 'feeds/%s'", ("feeds/{category}",)),
        (
            "FEED_ALL_RSS = '/rss.xml'\nCATEGORY_FEED_ATOM = ''",
            ("feeds/all.atom.xml", "rss.xml"),
        ),
        (
            "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\nTAG_FEED_RSS = 'tag/{slug}.rss'\n"
            "AUTHOR_FEED_ATOM = 'by/%s.xml'\nTRANSLATION_FEED_RSS = '{lang}.rss'",
            ("by/{author}.xml", "tag/{tag}.rss", "{lang}.rss"),
        ),
    ],
)
def test_feeds_are_those_of_pelican(text: str, paths: tuple[str, ...]) -> None:
    text = f"{NO_FEEDS}\n{text}"
    settings = read_settings("pelicanconf.py", lambda _name: text)
    feeds = feeds_of(settings)
    assert (feeds.paths, feeds.gaps) == (paths, ())


def test_feeds_of_settings_that_say_nothing() -> None:
    assert feeds_of(Settings({})).paths == (
        "feeds/all.atom.xml",
        "feeds/{category}.atom.xml",
        "feeds/{author}.atom.xml",
        "feeds/{author}.rss.xml",
        "feeds/all-{lang}.atom.xml",
    )


def test_a_feed_that_cannot_be_made_is_said() -> None:
    text = f"FEED_ALL_ATOM = 'index.html'\n{NO_FEEDS}\nCATEGORY_FEED_ATOM = None\n"
    feeds = feeds_of(read_settings("pelicanconf.py", lambda _name: text))
    assert feeds.paths == ()
    assert [(gap.what, gap.place) for gap in feeds.gaps] == [
        ("FEED_ALL_ATOM index.html", "pelicanconf.py:1")
    ]
