"""The main job on real input: the guide that the format comes from, as it was written.

Its content is no part of this repository. Without it these tests skip, and say so.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Build, Site, needs_shared
from crawling import crawl
from heads import check_head, names
from reread import losses, read_page, read_twin
from sphinx.testing.util import SphinxTestApp

from sphinx_fsp.check.urls import check_urls
from sphinx_fsp.resources.address import record_key

#: One process builds the guide once for all of these tests.
pytestmark = pytest.mark.xdist_group("real guide")

#: The conf.py of the documentation, for this guide.
CONF = """
project = "Full Stack Python"
author = "Matt Makai"
extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
html_baseurl = "https://www.fullstackpython.com/"
fsp_static_path = ["../static"]
fsp_redirects = "../redirects.csv"
fsp_next_steps = "../next-steps.yml"
"""

#: Pages that templates made on the original site: a project has to write them itself.
MADE_BY_TEMPLATES = {"/table-of-contents.html", "/blog.html", "/email.html"}

#: What Python-Markdown itself misreads, by page: none is lost on this guide. No more than ten.
MISREAD_BY_PYTHON_MARKDOWN: dict[str, str] = {}


def copy_of(source: Path, target: Path) -> Path:
    """Copy a folder whose files may not be written."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    for folder in [target, *(p for p in target.rglob("*") if p.is_dir())]:
        folder.chmod(0o755)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the guide as a Sphinx project: its files untouched, and two files added."""
    root = copy_of(needs_shared("guide"), tmp_path_factory.mktemp("real") / "guide")
    site = Site(root, root / "content")
    site.write("conf.py", CONF)
    site.write("index.md", "# Full Stack Python\n\n```{guide-contents}\n```\n")
    return site


@pytest.fixture(scope="session")
def built(site: Site) -> Build:
    """Return the guide's HTML."""
    return site.build(jobs=2)


def test_every_page_says_what_it_is(built: Build) -> None:
    for name in names(built):
        check_head(built, name)


def expected_outline() -> list[dict[str, object]]:
    """Return the chapters and pages as the original sidebar shows them."""
    text = needs_shared("guide/expected/outline.json").read_text(encoding="utf-8")
    outline: list[dict[str, object]] = json.loads(text)
    return outline


def test_nothing_is_lost(site: Site, built: Build, tmp_path: Path) -> None:
    assert len(MISREAD_BY_PYTHON_MARKDOWN) <= 10
    losses = tmp_path / "losses.json"
    tool = needs_shared("tools/parity.py")
    run = subprocess.run(
        [sys.executable, tool, site.content, built.outdir, "--json", losses],
        capture_output=True,
        text=True,
        check=False,
    )
    print(run.stdout)
    found = json.loads(losses.read_text(encoding="utf-8"))
    unexplained = {
        kind: [loss for loss in lost if loss[0] not in MISREAD_BY_PYTHON_MARKDOWN]
        for kind, lost in found.items()
    }
    assert {kind: lost for kind, lost in unexplained.items() if lost} == {}
    assert run.stdout.startswith("pages 273/273\n")


@pytest.mark.once
def test_twins_hold_what_pages_hold(built: Build) -> None:
    base = "https://www.fullstackpython.com/"
    twins = [name for name in sorted(built.files()) if name.endswith(".html.md")]
    assert len(twins) == 274
    lost = {}
    for name in twins:
        page = name.removesuffix(".md")
        lost[page] = losses(
            read_page(built.html(page), base + page), read_twin(built.html(name), base + page)
        )
    assert {page: kinds for page, kinds in lost.items() if kinds} == {}


def test_toctree_is_the_original_sidebar(site: Site) -> None:
    app = SphinxTestApp("dummy", srcdir=site.content, builddir=site.root / "_outline")
    try:
        app.build()
        includes = dict(app.env.toctree_includes)
        relations = app.env.collect_relations()
    finally:
        app.cleanup()
    heads: list[str] = []
    others: list[str] = []
    order: list[str] = []
    for chapter in expected_outline():
        pages = [page["page"] for page in chapter["pages"]]  # type: ignore[attr-defined]
        head = chapter.get("page")
        (heads if chapter["listed"] else others).extend([head] if head else pages)  # type: ignore[list-item]
        order += [*([str(head)] if head else []), *pages]
        if head:
            assert includes.get(str(head), []) == pages
    assert includes["index"] == heads + others
    # Neighbours: each page is followed by the next of the sidebar.
    assert [relations[page][2] for page in order[:-1]] == order[1:]
    assert [relations[page][1] for page in order[1:]] == order[:-1]


def test_titles_in_navigation_are_those_of_the_sidebar(built: Build) -> None:
    soup = BeautifulSoup(built.html("index.html"), "lxml")
    contents = soup.select_one(".guide-contents > ul")
    assert isinstance(contents, Tag)
    shown = [
        [link.get_text() for link in item.find_all("a")]
        for item in contents.find_all("li", recursive=False)
    ]
    assert shown == [
        [chapter["title"], *(page["title"] for page in chapter["pages"])]  # type: ignore[attr-defined]
        for chapter in expected_outline()
        if chapter["listed"]
    ]


def test_known_faults_are_said_and_nothing_else(site: Site, built: Build) -> None:
    subtypes = Counter(re.search(r"\[([\w.]+)\]$", line)[1] for line in built.warnings)  # type: ignore[index]
    assert set(subtypes) == {
        "fsp.bad_redirect",
        "fsp.bad_sortorder",
        "fsp.bad_url",
        "fsp.raw_html",
        "fsp.unclosed_link",
        "fsp.unknown_image",
        "fsp.duplicate_in_list",
        "fsp.unknown_page",
    }
    assert subtypes["fsp.bad_sortorder"] == 3
    # Each stands twice in one list of the guide.
    assert subtypes["fsp.duplicate_in_list"] == 4
    assert subtypes["fsp.bad_url"] == 8
    assert subtypes["fsp.unclosed_link"] == 1
    assert subtypes["fsp.unknown_image"] == 1
    assert all(re.match(r"[^:]+:\d+: WARNING: ", line) for line in built.warnings)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("04-web-development/56-web-app-security.markdown:4", "sortorder 0455 is also that of"),
        ("05-deployment/17-web-servers.markdown:4", "sortorder 0517 is also that of"),
        ("05-deployment/24-uwsgi.markdown:4", "sortorder 0524 is also that of"),
        ("06-devops/06-web-app-performance.markdown:57", "is not closed"),
        ("03-data/25-oracle.markdown:52", "no image /img/visuals/oracle-orm-examples.png"),
        ("sqlalchemy-extensions-plug-ins.markdown:235", "git@github.com:kvesteri"),
        (
            "160530-respond-sms-text-messages-python-flask.markdown:29",
            "did you mean https://www.twilio",
        ),
    ],
)
def test_known_fault(built: Build, place: str, says: str) -> None:
    assert [line for line in built.warnings if place in line and says in line]


@pytest.mark.parametrize(
    ("target", "suggestion"),
    [
        ("/../future-directions.html", "/future-directions.html"),
        ("/environment-variables.html", ""),
    ],
)
def test_broken_link_has_a_line_and_a_hint(
    site: Site, built: Build, target: str, suggestion: str
) -> None:
    found = [line for line in built.warnings if f"no page {target}" in line]
    assert found
    for line in found:
        path, number, _ = line.split(":", 2)
        source = (site.content / path).read_text(encoding="utf-8").splitlines()
        assert target.removeprefix("/../") in source[int(number) - 1]
        hint = f"did you mean {suggestion}?" if suggestion else "add the page, or lead"
        assert hint in line


def test_every_broken_link_is_one(site: Site, built: Build) -> None:
    """No warning is wrong: the address is in that line, and no such page is there."""
    for line in built.warnings:
        match = re.match(r"([^:]+):(\d+): WARNING: no page (\S+?)[; ]", line)
        if match and match[3] not in MADE_BY_TEMPLATES:
            source = (site.content / match[1]).read_text(encoding="utf-8").splitlines()
            assert match[3].lstrip("./") in source[int(match[2]) - 1]
            assert not (built.outdir / match[3].lstrip("/")).is_file()


def test_each_image_once_at_its_old_address(built: Build) -> None:
    static = needs_shared("guide/static")
    names = {p.relative_to(static).as_posix() for p in static.rglob("*") if p.is_file()}
    assert names <= built.files()
    assert not [name for name in built.files() if name.startswith("_images/")]


def test_redirects_stand_at_old_addresses(built: Build) -> None:
    rows = needs_shared("guide/redirects.csv").read_text().splitlines()[1:]
    faulty = {
        line.split("redirect ")[1].split(":")[0] for line in built.warnings if "redirect /" in line
    }
    sources = {row.split(",")[0] for row in rows} - faulty
    assert len(sources) >= len(rows) - 2
    for source in sources:
        assert 'http-equiv="refresh"' in built.html(source.lstrip("/"))


def test_well_is_a_seealso_everywhere(built: Build) -> None:
    wells = [
        well
        for name in built.files()
        if name.endswith(".html")
        for well in BeautifulSoup(built.html(name), "lxml").select(".admonition.seealso.well")
    ]
    assert len(wells) == 67
    assert all(well.select("a[href]") for well in wells)


@pytest.mark.once
@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "epub", "text", "man"])
def test_builder_runs(site: Site, builder: str) -> None:
    """Each output has the wells, and no more is said than for HTML."""
    # EPUB wants these of every project.
    settings = {"version": "1", "epub_copyright": "MIT"}
    build = site.build(builder, out="_builders", jobs=2, overrides=settings)
    others = [line for line in build.warnings if "[fsp." not in line]
    assert others == []
    text = {"latex": "*.tex", "text": "django.txt", "man": "*.7"}.get(builder, "*.*html")
    content = "".join(p.read_text(encoding="utf-8") for p in build.outdir.rglob(text))
    assert re.search(r"Django\s+is\s+an\s+implementation\s+of\s+the", content)


def test_second_build_reads_nothing(site: Site, built: Build) -> None:
    assert site.build().read == []


def test_seed_page_alone(tmp_path: Path) -> None:
    """The page that it all began with, and the pages that its well leads to."""
    site = Site(tmp_path / "seed", tmp_path / "seed/content")
    static = needs_shared("guide/static/img/logos/django.png")
    (site.root / "static/img/logos").mkdir(parents=True)
    shutil.copyfile(static, site.root / "static/img/logos/django.png")
    site.write(
        "conf.py", CONF.replace('"../redirects.csv"', "None").replace('"../next-steps.yml"', "None")
    )
    site.write("index.md", "# Full Stack Python\n\n```{guide-contents}\n```\n")
    seed = needs_shared("seed/django.markdown").read_text(encoding="utf-8")
    site.write("django.markdown", seed)
    for slug in ("web-frameworks", "web-development", "table-of-contents"):
        site.write(f"{slug}.markdown", f"title: {slug}\nslug: {slug}\ncategory: page\n\nText.\n")
    build = site.build()
    article = BeautifulSoup(build.html("django.html"), "lxml").article
    assert article is not None

    logo = article.select_one("a > img.logo")
    assert isinstance(logo, Tag)
    assert logo["src"] == "img/logos/django.png"
    assert logo.parent is not None
    assert logo.parent["href"] == "http://www.djangoproject.com/"
    credit = article.select_one("p.credit")
    assert credit is not None
    assert credit.get_text() == "Trademark Django Software Foundation."

    links = [link["href"] for link in article.select(".seealso.well a")]
    assert links == ["web-frameworks.html", "web-development.html", "table-of-contents.html"]
    assert all((build.outdir / str(link)).is_file() for link in links)

    nested = article.select("li li")
    assert len(nested) == 7
    headings = re.findall(r"^#{2,6} *(.+?)\s*$", seed, re.M)
    shown = [h.get_text().rstrip("\xb6") for h in article.find_all(re.compile("^h[2-6]$"))]
    assert [re.sub(r"\W", "", h) for h in shown] == [re.sub(r"\W", "", h) for h in headings]


def told(page: str) -> tuple[str, list[str]]:
    """Return what readers are told by a page: its text, and the links in their order."""
    body = BeautifulSoup(page, "lxml").body
    assert body is not None
    return body.get_text(), [str(link.get("href")) for link in body.find_all("a")]


@pytest.mark.once
def test_recognition_changes_nothing_that_readers_see(site: Site, built: Build) -> None:
    plain = site.build(out="_plain", jobs=2, overrides={"fsp_resources": "off"})
    pages = sorted(name for name in built.files() if name.endswith(".html"))
    # The bookmarks are a file of the exports.
    assert {name for name in plain.files() if name.endswith(".html")} == {
        name for name in pages if name != "resources.bookmarks.html"
    }
    changed = [
        name
        for name in pages
        if name != "resources.bookmarks.html"
        and (
            built.html(name) != plain.html(name)
            and told(built.html(name)) != told(plain.html(name))
        )
    ]
    assert changed == []


@pytest.mark.once
def test_resources_are_exported(built: Build) -> None:
    resources = json.loads(built.html("resources.json"))["resources"]
    assert len(resources) > 2000
    # One record for each address, however it is spelled, and a place for each listing.
    assert len({record_key(resource["url"]) for resource in resources}) == len(resources)
    ids = {
        name: {tag["id"] for tag in BeautifulSoup(built.html(name), "lxml").select("[id]")}
        for name in built.files()
        if name.endswith(".html")
    }
    for resource in resources:
        assert resource["listed_in"]
        for place in resource["listed_in"]:
            page, _, fragment = place.partition("#")
            assert not fragment or fragment in ids[page]


def test_spellings_of_an_address_are_one_resource(site: Site) -> None:
    spellings: dict[str, set[str]] = {}
    for path in site.content.rglob("*.m*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in re.finditer(r"\]\((https?://[^\s)]+)\)|href=\"(https?://[^\"]+)\"", text):
            url = match[1] or match[2]
            spellings.setdefault(record_key(url), set()).add(url)
    assert len([key for key, urls in spellings.items() if len(urls) > 1]) >= 58


def old_addresses(site: Site) -> list[str]:
    """Return the addresses of the original site, without its feeds: it has no list of them."""
    found = ["/", *sorted(MADE_BY_TEMPLATES)]
    for file in sorted(site.content.rglob("*.m*d*")):
        header = file.read_text(encoding="utf-8").partition("\n\n")[0]
        values = dict(re.findall(r"(?m)^(\w+): *(\S+)", header))
        if "slug" in values:
            folder = "" if values.get("category") == "page" else "blog/"
            found.append(f"/{folder}{values['slug']}.html")
    rows = (site.root / "redirects.csv").read_text(encoding="utf-8").splitlines()[1:]
    return found + [row.partition(",")[0] for row in rows]


def test_every_old_address_is_kept(site: Site, built: Build, tmp_path: Path) -> None:
    """But for pages that a project has to write, and redirects to pages that the sample lacks."""
    addresses = old_addresses(site)
    assert len(addresses) > 300
    (tmp_path / "old.txt").write_text("\n".join(addresses), encoding="utf-8")
    result = check_urls(built.outdir, tmp_path / "old.txt", frozenset(), frozenset())
    said = [w for w in built.warnings if w.endswith("[fsp.bad_redirect]")]
    nowhere = {match[1] for w in said if (match := re.search(r"redirect (\S+): leads to", w))}
    assert len(nowhere) == 2
    assert {f.details["target"] for f in result.findings} == MADE_BY_TEMPLATES | nowhere

    # Written by hand, the pages of the templates are found.
    copied = tmp_path / "html"
    shutil.copytree(built.outdir, copied)
    for address in MADE_BY_TEMPLATES:
        (copied / address.lstrip("/")).write_text("<h1>Ours</h1>", encoding="utf-8")
    result = check_urls(copied, tmp_path / "old.txt", frozenset(), frozenset())
    assert {f.details["target"] for f in result.findings} == nowhere


@pytest.mark.once
def test_a_crawler_finds_only_what_the_build_has_said(built: Build) -> None:
    found = crawl(built.outdir)
    pattern = r"(?:no page|no image|the address) (\S+?)(?:;| has no scheme)"
    said = {m for w in built.warnings for m in re.findall(pattern, w)}
    broken = {address.partition("#")[0] for _, address, _ in found.broken}
    assert {a.lstrip("/") for a in broken} <= {a.lstrip("/") for a in said}
    pages = {name for name in built.files() if name.endswith(".html")}
    leading_on = {name for name in pages if 'http-equiv="refresh"' in built.html(name)}
    assert pages - found.seen <= leading_on | {"404.html", "resources.bookmarks.html"}
