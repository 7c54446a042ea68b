"""``sphinx-fsp init``: sites of others become projects, at the addresses that they had."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, needs_shared
from sphinx.cmd.build import build_main
from sphinx.locale import translators
from test_real_guide import CONF, copy_of

from sphinx_fsp import cli
from sphinx_fsp.check.urls import LOST, check_urls
from sphinx_fsp.init.servers import check_yml

SITES = ("pelican-atlas", "pelican-zwei", "pelican-shed", "pelican-pier")
#: Pages that Pelican's templates make, and that no page of these sites is.
LISTINGS = re.compile(
    r"^(?:archives|authors|categories|tags|index)\.html$|^(?:author|category|tag|tags|page)/|"
    r"^archives/|^\d{4}/(?:\d\d/){0,2}index\.html$"
)
#: Pages that only Sphinx makes.
SPHINX = {"404.html", "genindex.html", "search.html", "index.html"}

Init = Callable[..., "Outcome"]


class Outcome:
    """What a run of the command printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


@pytest.fixture(autouse=True)
def _no_language_stays() -> Iterator[None]:
    """Forget the translations of a site: ``init`` reads it in this process, as a build does."""
    yield
    translators.clear()


@pytest.fixture
def init(capsys: pytest.CaptureFixture[str]) -> Init:
    """Return a function that runs the command on a folder."""

    def run(folder: Path, *options: str) -> Outcome:
        status = cli.run(["init", str(folder), *options])
        return Outcome(status, *capsys.readouterr())

    return run


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a project."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def conf_of(folder: Path) -> dict[str, object]:
    """Run a ``conf.py``; return what it says."""
    found = runpy.run_path(str(folder / "conf.py"))
    return {name: v for name, v in found.items() if not name.startswith("__") and name != "os"}


def build(content: Path, target: Path, builder: str = "html") -> str:
    """Build a site; return its warnings."""
    record = target.with_suffix(".log")
    arguments = ["-q", "-b", builder, "-w", str(record), str(content), str(target)]
    assert build_main(arguments) == 0
    return record.read_text(encoding="utf-8")


PAGE = "title: A page\nslug: a-page\n\nText.\n"


# Four sites, each made in another way --------------------------------------------------------


@pytest.fixture(scope="module", params=SITES)
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a site built by Pelican in ``old``, and by Sphinx in ``new``."""
    folder = tmp_path_factory.mktemp(request.param)
    site = folder / "site"
    shutil.copytree(ROOTS / request.param, site)
    settings = "publishconf.py" if (site / "publishconf.py").exists() else "pelicanconf.py"
    text = (site / settings).read_text(encoding="utf-8")
    # A theme of a template is no theme for Pelican.
    quiet = (
        text + '\nTHEME = "simple"\nTHEME_STATIC_DIR = "theme"\nPLUGINS = []\nSTATIC_PATHS = []\n'
    )
    (site / settings).write_text(f"{text}\n{quiet}", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pelican",
        "content",
        "-s",
        settings,
        "-o",
        str(folder / "old"),
    ]
    subprocess.run(command, cwd=site, check=True, capture_output=True)
    shutil.rmtree(site)
    shutil.copytree(ROOTS / request.param, site)
    before = contents(site)
    assert cli.run(["init", str(site)]) == 0
    after = contents(site)
    assert {name: after[name] for name in before} == before
    (folder / "warnings").write_text(build(site / "content", folder / "new"), encoding="utf-8")
    return folder


def pages_of(folder: Path) -> set[str]:
    """Return the names of all pages of a site."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def test_builds_without_a_warning(moved: Path) -> None:
    assert (moved / "warnings").read_text(encoding="utf-8") == ""


def test_every_page_keeps_its_address(moved: Path) -> None:
    old, new = (
        {name for name in pages_of(moved / which) if not LISTINGS.search(name)}
        for which in ("old", "new")
    )
    drafts = {name for name in old if name.startswith("drafts/")}
    written = {"blog.html", "table-of-contents.html", "peaks.html"}
    assert old - drafts == new - SPHINX - written
    assert len(old) > 2


def test_every_listing_is_there_or_leads_on(moved: Path) -> None:
    """Tags, categories, authors, archives, and their second pages; places in pages, too."""
    found = check_urls(moved / "new", moved / "old", frozenset(), frozenset()).addresses
    old = {str(one["address"]).removeprefix(f"{moved / 'old'}"): one["answer"] for one in found}
    assert len([name for name in old if LISTINGS.search(name.lstrip("/"))]) > 5
    assert {name for name, how in old.items() if how == LOST} == set()


def test_every_word_and_link_of_a_page_is_kept(moved: Path) -> None:
    for name in pages_of(moved / "old"):
        if LISTINGS.search(name) or name.startswith("drafts/"):
            continue
        was = BeautifulSoup((moved / "old" / name).read_text("utf-8"), "lxml")
        now = BeautifulSoup((moved / "new" / name).read_text("utf-8"), "lxml")
        old_body, new_body = was.select_one(".entry-content") or was.select_one("main"), now.article
        assert old_body is not None
        assert new_body is not None
        for around in old_body.select("header, footer, h1, .footnote-ref, .footnote-backref"):
            around.decompose()
        words = set(re.findall(r"\w+", old_body.get_text(" ").lower()))
        assert words - {"translations", "de", "en"} <= set(
            re.findall(r"\w+", new_body.get_text(" ").lower())
        ), name
        labels = {link.get_text().strip() for link in old_body.select("p a, td a, li a")}
        assert labels - {"de", "en"} <= {a.get_text().strip() for a in new_body.select("a")}, name


def test_a_second_run_changes_nothing(moved: Path, init: Init) -> None:
    before = contents(moved / "site")
    outcome = init(moved / "site")
    assert outcome.status == 0
    assert "Nothing to do" in outcome.out
    assert contents(moved / "site") == before


def test_lines_fit_a_terminal(moved: Path, init: Init) -> None:
    outcome = init(moved / "site", "--color", "never")
    assert max(map(len, outcome.out.replace(str(moved), "").splitlines())) <= 80
    coloured = init(moved / "site", "--color", "always").out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == outcome.out


# What is written ------------------------------------------------------------------------------


def test_a_dry_run_shows_the_files_and_writes_none(tmp_path: Path, init: Init) -> None:
    shutil.copytree(ROOTS / "pelican-atlas", tmp_path / "site")
    before = contents(tmp_path / "site")
    outcome = init(tmp_path / "site", "--dry-run")
    assert outcome.status == 0
    assert contents(tmp_path / "site") == before
    assert '    extensions = ["sphinx_fsp"]\n' in outcome.out
    assert "Would write 12 files" in outcome.out
    assert init(tmp_path / "site").status == 0
    for name in contents(tmp_path / "site").keys() - before.keys():
        for line in (tmp_path / "site" / name).read_text("utf-8").splitlines():
            assert f"    {line}\n" in outcome.out or not line


def test_pages_that_templates_made_are_written_where_a_page_links_to_them(
    tmp_path: Path, init: Init
) -> None:
    shutil.copytree(ROOTS / "pelican-atlas", tmp_path / "site")
    init(tmp_path / "site")
    content = tmp_path / "site/content"
    assert "{posts}" in (content / "blog.md").read_text("utf-8")
    assert "{guide-contents}" in (content / "table-of-contents.md").read_text("utf-8")
    text = (tmp_path / "site/redirects.csv").read_text("utf-8")
    assert "\n/peaks.html,/hills/\n" in text


def test_files_that_are_there_stay_and_it_says_what_they_need(tmp_path: Path, init: Init) -> None:
    mine = {
        "content/conf.py": "project = 'Mine'\n",
        "content/index.md": "# Mine\n",
        ".readthedocs.yaml": "version: 2\n",
        "requirements.txt": "pelican\n",
        ".github/workflows/check.yml": "name: Mine\n",
    }
    site = write(tmp_path, {**mine, "pelicanconf.py": 'PATH = "content"\n', "content/a.md": PAGE})
    outcome = init(site)
    assert outcome.status == 0
    for name, text in mine.items():
        assert (site / name).read_text("utf-8") == text
        assert (f"{name} was left as it is" in outcome.out) == (
            name not in {"requirements.txt", "content/index.md"}
        )
    assert "sphinx-fsp" in (site / "docs-requirements.txt").read_text("utf-8")
    assert '    extensions = ["sphinx_fsp"]\n' in outcome.out
    assert "- requirements: docs-requirements.txt" in outcome.out


def test_all_or_nothing(tmp_path: Path, init: Init) -> None:
    """A file stands where the folder of workflows has to be."""
    site = write(tmp_path, {"pelicanconf.py": "", "content/a.md": PAGE, ".github": "a file\n"})
    before = contents(site)
    outcome = init(site)
    assert outcome.status == 2
    assert "nothing was written" in outcome.err
    assert contents(site) == before


def test_the_manual_shows_what_it_prints(tmp_path: Path, init: Init) -> None:
    shutil.copytree(ROOTS / "pelican-shed", tmp_path / "site")
    manual = (Path(__file__).parents[1] / "docs/from-pelican.md").read_text("utf-8")
    shown = re.search(r"```text\n(A Pelican site.*?)```", manual, re.DOTALL)
    assert shown is not None
    assert init(tmp_path / "site", "--dry-run").out.startswith(shown[1])


def test_workflow_is_that_of_the_manual() -> None:
    shown = Path(__file__).parents[1] / "docs/workflows/check.yml"
    assert check_yml("content", "requirements.txt") == shown.read_text("utf-8")


def test_a_conf_of_somebody_else_isnt_run(tmp_path: Path, init: Init) -> None:
    conf = 'extensions = ["sphinx_fsp"]\nopen("ran", "w").close()\n'
    site = write(tmp_path, {"pelicanconf.py": "", "content/conf.py": conf, "content/a.md": PAGE})
    outcome = init(site)
    assert outcome.status == 0
    assert f"sphinx-fsp check {site}/content" in outcome.out
    assert not Path("ran").exists()
    assert not list(site.rglob("ran"))


def test_settings_are_looked_for_above_the_content(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path, {"pelicanconf.py": "", "content/a.md": PAGE})
    outcome = init(site / "content")
    assert outcome.status == 2
    assert f"sphinx-fsp init {site}" in outcome.err


def test_a_page_can_be_the_front_page(tmp_path: Path, init: Init) -> None:
    page = "title: Home\nsave_as: index.html\nsortorder: 0100\ntoc: True\n\nText.\n"
    site = write(tmp_path, {"pelicanconf.py": "", "content/pages/a.md": page})
    outcome = init(site)
    assert not (site / "content/index.md").exists()
    assert "content/pages/a.md was left as it is; what it needs:\n    ```{guide-contents}" in (
        outcome.out
    )


# Bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (b"SITENAME = 'a\n", "pelicanconf.py:1: the file is no Python"),
        (b"\x00\x01\x02", "pelicanconf.py"),
        (b"SITENAME = '\xff'\n", "isn't in the encoding"),
        (b"# coding: nonsense\nSITENAME = 'x'\n", "isn't in the encoding"),
        (b"#" * 1_000_001, "is too large"),
        (b"A = " + b"(" * 5000 + b")" * 5000, "pelicanconf.py"),
    ],
    ids=["syntax", "binary", "encoding", "unknown-encoding", "huge", "deep"],
)
def test_settings_that_cant_be_read(settings: bytes, said: str, tmp_path: Path, init: Init) -> None:
    write(tmp_path, {"content/a.md": PAGE})
    (tmp_path / "pelicanconf.py").write_bytes(settings)
    before = contents(tmp_path)
    outcome = init(tmp_path)
    assert outcome.status == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["\"Sky\" 'n' \\ {x}", "a\nb\r\n\tc", "\x1b[31m \u202e", "`{eval}`", "\ud800"]
)
def test_any_name_is_a_name(name: str, tmp_path: Path, init: Init) -> None:
    text = f'SITENAME = {name!a}\nPATH = "content"\n'
    site = write(tmp_path, {"pelicanconf.py": text, "content/a.md": PAGE})
    outcome = init(site)
    assert outcome.status == 0
    assert "\x1b" not in outcome.out
    project = conf_of(site / "content")["project"]
    assert isinstance(project, str)
    assert project.isprintable()
    assert len((site / "content/index.md").read_text("utf-8").split("```")[0].split("\n")) == 3


def test_nothing_is_run_and_nothing_outside_is_read(tmp_path: Path, init: Init) -> None:
    outside = write(tmp_path / "outside", {"secret.md": "title: Secret\n\nSecret.\n"})
    site = write(
        tmp_path / "site",
        {
            "pelicanconf.py": 'open("ran", "w").close()\nfrom pelicanconf import *\n'
            'from loop import *\nPATH = "../outside"\nSTATIC_PATHS = ["../../outside", "/etc"]\n'
            'THEME = "/usr"\nPAGE_SAVE_AS = "../../{slug}.html"\nSITEURL = "javascript:alert(1)"\n',
            "loop.py": "from pelicanconf import *\nSITENAME = 'Loop'\n",
            "content/a.md": PAGE,
        },
    )
    (site / "content/link.md").symlink_to(outside / "secret.md")
    (site / "content/circle").symlink_to(site / "content")
    outcome = init(site)
    assert outcome.status == 0
    assert "leads out of the project" in outcome.out
    assert not (site / "ran").exists()
    assert sorted(path.name for path in outside.iterdir()) == ["secret.md"]
    conf = (site / "content/conf.py").read_text("utf-8")
    assert conf_of(site / "content")["project"] == "Loop"
    for bad in ("outside", "etc", "javascript", "usr"):
        assert bad not in conf


def test_a_link_in_the_place_of_a_new_file_is_left_alone(tmp_path: Path, init: Init) -> None:
    site = write(tmp_path / "site", {"pelicanconf.py": "", "content/a.md": PAGE})
    (site / "content/conf.py").symlink_to(tmp_path / "elsewhere.py")
    assert init(site).status == 0
    assert not (tmp_path / "elsewhere.py").exists()


@pytest.mark.parametrize("name", ["missing", "file", "empty"])
def test_no_project_can_be_made(name: str, tmp_path: Path, init: Init) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "empty").mkdir()
    outcome = init(tmp_path / name)
    assert outcome.status == 2
    assert outcome.err.startswith("sphinx-fsp: ")
    assert outcome.err.count("\n") == 1


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    """Return a site in a folder that can't be written to."""
    site = write(tmp_path / "site", {"pelicanconf.py": "", "content/a.md": PAGE})
    folders = (site / "content", site)
    for folder in folders:
        folder.chmod(0o555)
    if os.access(site, os.W_OK):
        pytest.skip("needs a user who isn't root")
    yield site
    for folder in folders:
        folder.chmod(0o755)


def test_a_folder_that_cant_be_written_to(unwritable: Path, init: Init) -> None:
    outcome = init(unwritable)
    assert outcome.status == 2
    assert "nothing was written" in outcome.err


# Other sites ----------------------------------------------------------------------------------

JEKYLL = {
    "_config.yml": 'title: Pond\nurl: "https://pond.example"\n',
    "_posts/2024-05-06-frog.md": "---\nlayout: post\ntitle: Frog\nredirect_from: /toad.html\n"
    "---\n\n# Frog\n\nA frog.\n",
    "about.md": "---\ntitle: About\n---\n\n# About\n\nThe pond.\n",
}
HUGO = {
    "hugo.toml": 'title = "Pond"\nbaseURL = "https://pond.example/"\nlanguageCode = "en-gb"\n',
    "content/posts/frog.md": "---\ntitle: Frog\naliases: [/toad.html]\n---\n\n# Frog\n\nA frog.\n",
    "static/img/a.txt": "a\n",
}
MKDOCS = {
    "mkdocs.yml": "site_name: Pond\nsite_url: https://pond.example\nnav: [frog.md]\n"
    "markdown_extensions:\n  - pymdownx.emoji:\n      x: !!python/name:os.system\n",
    "docs/index.md": "# Pond\n\n```{toctree}\nfrog\n```\n",
    "docs/frog.md": "# Frog\n\nA frog.\n",
}


@pytest.mark.parametrize(
    ("files", "content", "addresses"),
    [
        (
            JEKYLL,
            ".",
            {"_posts/2024-05-06-frog.html", "about.html", "2024/05/06/frog.html", "toad.html"},
        ),
        (HUGO, "content", {"posts/frog/index.html", "toad.html", "img/a.txt"}),
        (MKDOCS, "docs", {"frog/index.html"}),
        ({"sub/frog.md": "# Frog\n", "toad.md": PAGE}, ".", {"sub/frog.html", "a-page.html"}),
    ],
    ids=["jekyll", "hugo", "mkdocs", "plain"],
)
def test_other_folders_of_markdown(
    files: dict[str, str], content: str, addresses: set[str], tmp_path: Path, init: Init
) -> None:
    site = write(tmp_path / "site", files)
    before = contents(site)
    outcome = init(site)
    assert outcome.status == 0, outcome.err
    assert contents(site).items() >= before.items()
    builder = "dirhtml" if "-b dirhtml" in outcome.out else "html"
    assert build(site / content, tmp_path / "out", builder) == ""
    for address in addresses:
        assert (tmp_path / "out" / address).is_file(), address
    if "toad.md" not in files:
        conf = conf_of(site / content)
        assert (conf["project"], conf["html_baseurl"]) == ("Pond", "https://pond.example/")
    assert "Nothing to do" in init(site).out


# The real guide -------------------------------------------------------------------------------

FULL_STACK_PYTHON = """
AUTHOR = u'Matt Makai'
SITENAME = u'Full Stack Python'
SITEURL = 'https://www.fullstackpython.com'
PATH = 'content'
TIMEZONE = 'America/New_York'
DEFAULT_LANG = u'en'
ARTICLE_PATHS = ['posts']
ARTICLE_URL = 'blog/{slug}.html'
ARTICLE_SAVE_AS = 'blog/{slug}.html'
PAGE_PATHS = ['pages']
PAGE_URL = '{slug}.html'
PAGE_SAVE_AS = '{slug}.html'
THEME = 'theme'
STATIC_PATHS = ['../static']
FEED_ALL_ATOM = 'feeds/all.atom.xml'
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {'extension_configs': {'markdown.extensions.codehilite': {}}}
"""


@pytest.mark.once
def test_real_guide_is_moved(tmp_path: Path, init: Init) -> None:
    site = copy_of(needs_shared("guide"), tmp_path / "guide")
    (site / "pelicanconf.py").write_text(FULL_STACK_PYTHON, encoding="utf-8")
    before = contents(site)
    assert init(site).status == 0
    assert contents(site).items() >= before.items()
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    said = conf_of(site / "content")
    # It says again what html_baseurl is where Read the Docs doesn't name another.
    assert said.pop("fsp_site_urls") == [said["html_baseurl"]]
    assert said.pop("fsp_metadata") == {"*": {"timezone": "America/New_York"}}
    assert said == conf_of(tmp_path)
    assert "ERROR" not in build(site / "content", tmp_path / "out")
    assert len(pages_of(tmp_path / "out")) > 270
