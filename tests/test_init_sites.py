"""``sphinx-fsp init`` on sites in the ways that people make them, compared with Pelican itself."""

from __future__ import annotations

import importlib.util
import posixpath
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import SHARED
from test_init import (
    LISTINGS,
    SPHINX,
    Init,
    _no_language_stays,
    build,
    conf_of,
    init,
    moved,
    pages_of,
    write,
)

from sphinx_fsp import cli
from sphinx_fsp.check.urls import check_urls
from sphinx_fsp.init import pelican
from sphinx_fsp.init.look import Folder

__all__ = ("_no_language_stays", "init", "moved")

BASE = (
    'SITENAME = "The Pond"\nSITEURL = "https://pond.example"\nPATH = "content"\nTIMEZONE = "UTC"\n'
)
ABOUT = "Title: About\n\nThe pond.\n"
PNG = "not a picture\n"

#: A date and a slug in the names of files; images beside the pages.
IN_NAMES = {
    "pelicanconf.py": BASE
    + r"""
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = "notes/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
STATIC_PATHS = ["files", "extra"]
STATIC_PATHS.append("favicon.txt")
EXTRA_PATH_METADATA = {f"extra/{name}": {"path": name} for name in ["CNAME"]}
EXTRA_PATH_METADATA.update({"extra/sheet.txt": {"path": "sheets/pond.txt"}})
""",
    "content/2024-05-06-frogs.md": "Title: The Frogs of May\n\n"
    "See [the newt]({filename}2024-06-07-newt.md), [a list]({static}/files/list.txt) and "
    "[the same](/files/list.txt).\n",
    "content/2024-06-07-newt.md": "Title: A Newt\nSlug: the-newt\nCategory: newts\n\nA newt.\n",
    "content/pages/about.md": ABOUT,
    "content/files/list.txt": "frog\n",
    "content/favicon.txt": "icon\n",
    "content/extra/CNAME": "pond.example\n",
    "content/extra/sheet.txt": "sheet\n",
}
#: Categories that are folders; a header between dashes that is no YAML; a draft.
IN_FOLDERS = {
    "pelicanconf.py": BASE
    + """
ARTICLE_PATHS = ["articles"]
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
""",
    "content/articles/Water Birds/heron.md": "---\nTitle: The heron: a visit\n"
    "Date: 2024-05-06\nTags: birds\n---\n\n## At dawn\n\nIt stands.\n",
    "content/articles/frogs/toad.md": "Title: A toad\nDate: 2024-05-07\n\nIt sits.\n",
    "content/articles/frogs/newt.md": "Title: A newt\nDate: 2024-05-07\nStatus: draft\n\nSoon.\n",
    "content/pages/about.md": ABOUT,
    "content/notes/todo.md": "Title: To do\nDate: 2024-05-07\n\nNot for Pelican.\n",
}
#: Drafts by default, in two languages.
DRAFTS = {
    "pelicanconf.py": BASE
    + """
DEFAULT_METADATA = {"status": "draft"}
DEFAULT_LANG = "de"
""",
    "content/teich.md": "Title: Teich\nDate: 2024-05-06\nStatus: published\nSlug: teich\n\nText.\n",
    "content/pond.md": "Title: Pond\nDate: 2024-05-06\nStatus: published\nSlug: teich\n"
    "Lang: en\n\nText.\n",
    "content/secret.md": "Title: Secret\nDate: 2024-05-06\n\nNot yet.\n",
    "content/pages/about.md": ABOUT,
    "content/pages/imprint.md": "Title: Imprint\nStatus: published\n\nText.\n",
}
#: A date for all that has none, values for a folder, and a name of a month in addresses.
SAID_ONCE = {
    "pelicanconf.py": BASE
    + """
DEFAULT_DATE = (2020, 3, 4)
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "Old Notes"
EXTRA_PATH_METADATA = {"walks": {"lang": "en"}}
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{date:%b}/{slug}.html"
AUTHOR = "Nobody"
""",
    "content/walks/hill.md": "Title: A hill\n\nHigh.\n",
    "content/walks/ford.md": "Title: A ford\nDate: 2024-05-06\nCategory: water\n\nWet.\n",
    "content/pages/about.md": ABOUT,
}
#: All that can be told is in the path.
IN_PATHS = {
    "pelicanconf.py": BASE
    + r"""
DEFAULT_LANG = "de"
ARTICLE_PATHS = ["news"]
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_SOURCE = "basename"
PATH_METADATA = "(?P<slug>(?P<category>[a-z]+)/(?P<date>\d{4}-\d{2}-\d{2})_[^/]+)/(?P<lang>..).md"
""",
    "content/news/2024-05-06_pond/de.md": "Title: Der Teich\n\nText.\n",
    "content/news/2024-05-06_pond/en.md": "Title: The pond\n\nText.\n",
    "content/pages/About_Us.md": ABOUT,
}
#: Everything is a page, but for two folders, and slugs are made in another way.
PAGES = {
    "pelicanconf.py": BASE
    + r"""
PAGE_PATHS = [""]
ARTICLE_PATHS = ["news", "talks"]
SLUG_REGEX_SUBSTITUTIONS = [(r"\+", "plus"), (r"[^\w\s-]", ""), (r"[-\s]+", "-")]
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
""",
    "content/about.md": ABOUT,
    "content/fish/carp.md": "Title: Carp+\n\nText.\n",
    "content/news/ice.md": "Title: Ice\nDate: 2024-01-02\n\nText.\n",
    "content/talks/fish.md": "Title: On fish\nDate: 2024-01-03\nCategory: lectures\n\nText.\n",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'
#: Files beside their pages, which Pelican publishes beside these, or where they are.
ATTACHED = {
    "pelicanconf.py": BASE
    + """
DEFAULT_CATEGORY = "notes"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{slug}.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
STATIC_PATHS = ["images", "files/whole"]
""",
    "content/notes/frog.md": "Title: Frog\nDate: 2024-05-06\n\n![It]({attach}img/frog.svg), [a]"
    '({attach}a.txt "A") and [its leg]({attach}img/leg.svg), [all]({static}/files/all.txt).\n',
    "content/notes/toad.md": "Title: Toad\nDate: 2023-05-06\n\n[The same]({attach}/notes/a.txt), "
    '<a href="{attach}../files/of toads.txt">b</a>, [c]({attach}../images/c.svg), [d][].\n\n'
    "[d]: {static}../images/d.svg\n",
    "content/notes/newt.md": "Title: Newt\nDate: 2022-05-06\nStatus: draft\n\n"
    "[x]({static}x.txt), [y]({attach}y.txt)\n",
    "content/pages/about.md": f"{ABOUT}\n[me]({{attach}}me.txt), ![d](|attach|../images/d.svg), "
    '[whole]({static}../files/whole/e.txt), [gone]({static}gone.txt "no")\n',
    **{f"content/notes/{name}.txt": f"{name}\n" for name in "axy"},
    **{f"content/notes/img/{name}.svg": SVG for name in ("frog", "leg")},
    **{f"content/images/{name}.svg": SVG for name in "cdz"},
    "content/files/all.txt": "all\n",
    "content/files/of toads.txt": "of toads\n",
    "content/files/private.txt": "nobody links to it\n",
    "content/files/whole/e.txt": "e\n",
    "content/pages/me.txt": "me\n",
}
MADE: Mapping[str, Mapping[str, str]] = {
    "names": IN_NAMES,
    "folders": IN_FOLDERS,
    "drafts": DRAFTS,
    "once": SAID_ONCE,
    "paths": IN_PATHS,
    "pages": PAGES,
    "attached": ATTACHED,
}
#: Files that Pelican publishes, beside pages.
FILES = {"names": 3, "attached": 11}


def by_pelican(site: Path, target: Path) -> None:
    """Build a site as Pelican does, with its simplest theme."""
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(target)]
    command += ["-t", "simple", "-e", "DIRECT_TEMPLATES=[]", 'THEME_STATIC_DIR="theme"']
    subprocess.run(command, cwd=site, check=True, capture_output=True)


@pytest.mark.parametrize("name", MADE)
def test_every_page_and_file_keeps_its_address(name: str, tmp_path: Path) -> None:
    site = write(tmp_path / "site", dict(MADE[name]))
    by_pelican(site, tmp_path / "old")
    assert cli.run(["init", str(site)]) == 0
    warnings = build(site / "content", tmp_path / "new")
    assert [w for w in warnings.splitlines() if "gone.txt" not in w] == []
    old = {n for n in pages_of(tmp_path / "old") if not LISTINGS.search(n)}
    old = {n for n in old if not n.startswith(("drafts/", "theme/"))}
    assert len(old) > 1
    assert {n for n in pages_of(tmp_path / "new") - SPHINX if not LISTINGS.search(n)} == old
    files = {
        path.relative_to(tmp_path / "old")
        for ending in ("txt", "svg")
        for path in (tmp_path / "old").rglob(f"*.{ending}")
        if "drafts" not in path.parts
    }
    assert len(files) == FILES.get(name, 0)
    compared = check_urls(tmp_path / "new", tmp_path / "old", frozenset(), frozenset())
    assert [finding.path for finding in compared.findings] == []
    assert compared.pages >= len(old) + len(files)


def test_links_lead_to_attached_files_where_they_are(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path / "site", {**ATTACHED})
    assert "{attach}, {static}" in init(site).out
    assert conf_of(site / "content")["fsp_static_path"] == {
        "notes/img": "2024/img",
        "notes/a.txt": "2024/a.txt",
        "files/all.txt": "files/all.txt",
        "files/of toads.txt": "2023/of toads.txt",
        "images/c.svg": "2023/c.svg",
        "pages/me.txt": "about/me.txt",
        "notes/x.txt": "notes/x.txt",
        "images": "images",
        "files/whole": "files/whole",
    }
    build(site / "content", tmp_path / "new")
    html = (tmp_path / "new/2024/frog.html").read_text("utf-8")
    assert 'src="img/frog.svg"' in html
    for address in ("a.txt", "img/leg.svg", "../files/all.txt"):
        assert f'href="{address}"' in html
    assert not (tmp_path / "new/files/private.txt").exists()
    assert not (tmp_path / "new/_downloads").exists()


def test_what_headers_leave_out_is_in_conf(tmp_path: Path) -> None:
    write(tmp_path, {**IN_NAMES})
    assert cli.run(["init", str(tmp_path)]) == 0
    conf = conf_of(tmp_path / "content")
    assert conf["fsp_metadata"] == {"*": {"category": "misc"}, "pages/": {"category": "page"}}
    assert conf["fsp_static_path"] == {
        "files": "files",
        "favicon.txt": "favicon.txt",
        "extra/sheet.txt": "sheets/pond.txt",
    }
    assert conf["html_extra_path"] == ["extra/CNAME"]
    index = (tmp_path / "content/index.md").read_text("utf-8")
    assert "{posts}" in index
    assert "frogs" not in index


def test_what_pelican_leaves_alone_is_said_and_left_out(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path, {**IN_FOLDERS})
    out = init(site).out
    assert "content/notes/todo.md" in out
    assert "1 file that Pelican leaves alone" in out
    assert conf_of(site / "content")["exclude_patterns"] == ["notes/todo.md"]


RST = {
    "pelicanconf.py": BASE
    + 'PAGE_PATHS = ["pages", "../about"]\nSITEURL = "http://localhost:8000"\n',
    "content/frog.rst": "The frog\n########\n\n:date: 2024-05-06\n:slug: frog-2024\n\nIt sits.\n",
    "content/newt.rst": "Newt\n####\n\n:date: 2024-05-06\n:status: draft\n\nSoon.\n",
    "content/toad.md": "Title: Toad\nDate: 2024-05-06\n\n{% youtube abc %}\n\n"
    "!!! note\n    It sits.\n",
    "about/us.md": ABOUT,
}


def test_documents_of_restructuredtext_are_found_at_their_old_addresses(
    tmp_path: Path,
    init: Init,
) -> None:
    site = write(tmp_path / "site", {**RST})
    out = init(site).out
    for said in (
        "1 draft in reStructuredText",
        "1 page in reStructuredText",
        "PAGE_PATHS ../about",
        "SITEURL http://localhost:8000",
        "Liquid tags in 1 file",
    ):
        assert said in out, said
    assert conf_of(site / "content")["exclude_patterns"] == ["newt.rst"]
    build(site / "content", tmp_path / "new")
    pages = {n for n in pages_of(tmp_path / "new") - SPHINX if not LISTINGS.search(n)}
    assert pages == {"frog.html", "frog-2024.html", "toad.html"}
    assert "frog.html" in (tmp_path / "new/frog-2024.html").read_text("utf-8")


@pytest.mark.parametrize("pattern", [r"((?P<slug>a+)+)+$", "(", "no groups"])
def test_a_pattern_that_could_take_for_ever_isnt_matched(
    pattern: str,
    tmp_path: Path,
    init: Init,
) -> None:
    files = {
        "pelicanconf.py": f"{BASE}FILENAME_METADATA = {pattern!r}\n",
        f"content/{'a' * 60}!.md": "Title: A\nDate: 2024-05-06\nCategory: x\n\nText.\n",
    }
    site = write(tmp_path, files)
    assert "FILENAME_METADATA" in init(site).out
    assert "fsp_path_metadata" not in conf_of(site / "content")


#: Dates of summer and winter in a zone of its own, of another one, and of no time.
ZONES = {
    "pelicanconf.py": f"{BASE}TIMEZONE = 'Europe/Berlin'\n",
    "content/june.md": "Title: June\nDate: 2024-06-21 12:00\n\nLong days.\n",
    "content/may.md": "Title: May\nDate: 2024-05-21\nModified: 2024-05-22 00:30\n\nGreen.\n",
    "content/december.md": "Title: December\nDate: 2023-12-21 12:00\n\nShort days.\n",
    "content/there.md": "Title: There\nDate: 2023-06-21 12:00+09:00\n\nElsewhere.\n",
    "content/own.md": "Title: Own\nDate: 2022-06-21 0:00\nTimezone: Asia/Tokyo\n\nIts own.\n",
}


def test_posts_have_the_moment_that_they_had_in_feeds(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path / "site", {**ZONES})
    by_pelican(site, tmp_path / "old")
    assert "Europe/Berlin -> fsp_metadata" in init(site).out
    build(site / "content", tmp_path / "new")

    def moments(which: str) -> dict[str, object]:
        feed = feedparser.parse((tmp_path / which / "feeds/all.atom.xml").read_bytes())
        return {str(e.id): (e.published_parsed, e.updated_parsed) for e in feed.entries}

    assert moments("new") == moments("old")
    assert len(moments("old")) == 5


def test_a_time_zone_that_is_none_is_said(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path, {**PAGES, "pelicanconf.py": f"{BASE}TIMEZONE = 'Europe/Berlim'\n"})
    assert "TIMEZONE Europe/Berlim" in init(site).out
    metadata = conf_of(site / "content")["fsp_metadata"]
    assert "timezone" not in metadata["*"]  # type: ignore[index]


# The method of parity.py ----------------------------------------------------------------------

PARITY = SHARED / "tools/parity.py"
_INTRASITE = re.compile(r"\{(?:filename|static)\}([^)\s]+)")


def test_nothing_that_pelican_shows_is_lost(moved: Path) -> None:
    """Each page shows what the same Markdown gives in Pelican, by the tool's own comparison."""
    if not PARITY.exists():
        pytest.skip("needs tools/parity.py of the shared content, no part of the repository")
    spec = importlib.util.spec_from_file_location("parity", PARITY)
    assert spec is not None
    assert spec.loader is not None
    parity = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(parity)
    folder = Folder(moved / "site")
    found = pelican.find(folder, pelican.read_all(folder))
    addresses = {page.path: f"/{page.docname}.html" for page in found.pages}
    assert addresses
    lost = []
    for path, address in addresses.items():

        def target(match: re.Match[str], path: str = path) -> str:
            named = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), match[1]))
            return addresses.get(named.lstrip("/"), named)

        _, body = parity.read_page(folder.root / found.content / path)
        # What Pelican does before the Markdown is read.
        want = parity.reference(_INTRASITE.sub(target, body), address, found.url)
        got = parity.built(moved / "new" / address.lstrip("/"), address, found.url)
        # A footnote is an item of a list to Python-Markdown, and a note to Sphinx.
        got["items"]["li"] += len(re.findall(r"^\[\^\w+\]:", body, re.MULTILINE))
        for kind in parity.KINDS:
            # Where links to tags and the like lead is compared in test_archives.py.
            less = _at_folders(want[kind]) - _at_folders(got[kind])
            less = Counter({k: n for k, n in less.items() if not re.match(r"/[{|]", k[0])})
            lost += [(path, kind, *one) for one in less.items()]
    assert lost == []


def _at_folders(facts: Counter[Any]) -> Counter[Any]:
    """Return what is on a page with links to ``/a/index.html`` as links to ``/a/``."""
    found: Counter[Any] = Counter()
    for key, number in facts.items():
        is_link = isinstance(key, tuple)
        found[(re.sub(r"/index\.html$", "/", key[0]), *key[1:]) if is_link else key] += number
    return found


# What the front page and the report say --------------------------------------------------------


def test_the_front_page_lists_as_many_posts_as_before(tmp_path: Path, init: Init) -> None:
    posts = {
        f"content/{n}.md": f"Title: Day {n}\nDate: 2024-05-0{n}\nCategory: x\n\nRain.\n"
        for n in (1, 2, 3)
    }
    draft = {"content/later.md": "Title: Later\nStatus: draft\n\nSoon.\n"}
    conf = BASE.replace("https://pond.example", "") + "DEFAULT_PAGINATION = 2\n"
    site = write(tmp_path, {"pelicanconf.py": conf, **posts, **draft})
    out = init(site).out
    assert re.search(r"drafts +1 -> left out", out)
    assert "no SITEURL" in out
    index = (site / "content/index.md").read_text("utf-8")
    assert "```{posts}\n:limit: 2\n```" in index
    assert (site / ".gitignore").read_text("utf-8") == "_build/\n"
    # What was asked for isn't asked for again.
    conf_file = site / "content/conf.py"
    text = conf_file.read_text("utf-8")
    base = re.sub(r"(?m)^html_baseurl = .*$", 'html_baseurl = "https://pond.example/"', text)
    conf_file.write_text(base, encoding="utf-8")
    assert "no SITEURL" not in init(site).out
