"""What the manual shows in two markups is the same, and its other samples are sound.

``shown`` renders its MyST. Here the reStructuredText beside it is built in its place, and both
give the same document.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from sphinx.cmd.build import build_main
from sphinx.util.docutils import SphinxDirective

from sphinx_fsp.cli import run
from sphinx_fsp.markup.contents import GuideContents
from sphinx_fsp.markup.examples import Examples
from sphinx_fsp.markup.logo import Logo
from sphinx_fsp.markup.next_steps import NextStepsDirective
from sphinx_fsp.markup.posts import Posts
from sphinx_fsp.markup.see_also import SeeAlso
from sphinx_fsp.resources.data_files import READERS, read_data_file
from sphinx_fsp.resources.directive import Resources
from sphinx_fsp.resources.fields import read_fields
from sphinx_fsp.resources.history import read_history
from sphinx_fsp.resources.index import ResourceIndex

DOCS = Path(__file__).parents[2] / "docs"
sys.path.insert(0, str(DOCS / "_ext"))

from shown import parted  # noqa: E402

_SHOWN = re.compile(r"^(`{3,})\{shown\}\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
#: A document of an example.
_TITLES = {".md": "# Twin\n\n{}\n", ".rst": "Twin\n====\n\n{}\n"}


class Twin(NamedTuple):
    """An example of the manual in both markups."""

    name: str
    myst: str
    rst: str


def twins() -> Iterator[Twin]:
    """Yield the examples of all pages."""
    for page in sorted(DOCS.glob("*.md")):
        found = _SHOWN.finditer(page.read_text(encoding="utf-8"))
        for number, match in enumerate(found, 1):
            yield Twin(f"{page.stem}-{number}", *parted(match[2]))


TWINS = list(twins())


def build(folder: Path, suffix: str, texts: dict[str, str]) -> Path:
    """Build the samples of the manual, with a document for each text."""
    content = folder / "content"
    shutil.copytree(DOCS / "samples", content / "samples")
    for name in ("static", "_ext"):
        shutil.copytree(DOCS / name, content / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(DOCS / "conf.py", content)
    (content / "index.md").write_text("# Twins\n\n```{toctree}\n:glob:\n\n*\n```\n")
    for name, text in texts.items():
        (content / f"{name}{suffix}").write_text(_TITLES[suffix].format(text), encoding="utf-8")
    record = folder / "warnings"
    arguments = ["-qn", "-w", str(record), "-d", str(folder / "doctrees")]
    assert build_main([*arguments, str(content), str(folder / "html")]) == 0
    assert not record.read_text(encoding="utf-8")
    return folder / "html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build all examples, once in each markup."""
    return (
        build(tmp_path_factory.mktemp("myst"), ".md", {t.name: t.myst for t in TWINS}),
        build(tmp_path_factory.mktemp("rst"), ".rst", {t.name: t.rst for t in TWINS}),
    )


def body(page: Path) -> str:
    """Return what readers see of a page, as HTML."""
    tree = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    main = tree.find("article")
    assert isinstance(main, Tag)
    for link in main.find_all("a", class_="reference"):
        # MyST and Sphinx's role wrap the text of a link to a document in other classes.
        if inner := link.find("span"):
            inner.unwrap()
    main.smooth()
    # Line ends are blanks in HTML.
    return re.sub(r"\s+", " ", str(main))


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_both_markups_give_the_same(twin: Twin, built: tuple[Path, Path]) -> None:
    myst, rst = (body(folder / f"{twin.name}.html") for folder in built)
    assert myst == rst
    assert len(myst) > len('<div class="body">')


def test_both_markups_list_the_same_resources(built: tuple[Path, Path]) -> None:
    myst, rst = (json.loads((folder / "resources.json").read_bytes()) for folder in built)
    assert myst == rst
    assert myst["resources"]


def test_every_data_file_holds_the_same() -> None:
    files = sorted((DOCS / "samples/data").glob("telescopes.*"))
    assert {file.suffix for file in files} == READERS.keys() - {".yaml"}
    found = {}
    for file in files:
        items, problems = read_data_file(file, file.name)
        assert not problems
        read = [read_fields(item.fields, (), file.name) for item in items]
        assert not any(problems for _, problems in read)
        found[file.suffix] = [
            (item.url, item.title, item.description, fields)
            for item, (fields, _) in zip(items, read, strict=True)
        ]
    expected = found[".yml"]
    # Bookmarks have no place for the other fields.
    bookmarks = [(*one[:3], set(one[3].tags)) for one in found.pop(".html")]
    assert bookmarks == [(*one[:3], set(one[3].tags)) for one in expected]
    for suffix, entries in found.items():
        assert entries == expected, suffix


def test_history_has_no_problem() -> None:
    history, problems = read_history(DOCS / "samples/fsp-links.json")
    assert not problems
    assert [history.status(key) for key in history.links] == ["ok", "dead"]


@pytest.mark.parametrize(
    ("name", "directive"),
    [
        ("contents", GuideContents),
        ("examples", Examples),
        ("logo", Logo),
        ("next-steps", NextStepsDirective),
        ("posts", Posts),
        ("resource-index", ResourceIndex),
        ("resources", Resources),
        ("see-also", SeeAlso),
    ],
)
def test_every_option_is_in_a_table(name: str, directive: type[SphinxDirective]) -> None:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    rows = [line for line in text[text.index("| option |") :].splitlines() if line.startswith("|")]
    for option in directive.option_spec or ():
        assert any(f"`{option}`" in row for row in rows), option


def test_every_option_of_the_command_has_its_line() -> None:
    with redirect_stdout(StringIO()) as said, suppress(SystemExit):
        run(["check", "--help"])
    text = (DOCS / "check.md").read_text(encoding="utf-8")
    for option in set(re.findall(r"--[a-z-]+", said.getvalue())) - {"--help"}:
        assert f"`{option}" in text, option


def commands() -> list[str]:
    """Return every command line of ``sphinx-fsp`` in the manual and in its workflows."""
    files = [*DOCS.glob("*.md"), *DOCS.glob("workflows/*.yml")]
    return sorted(
        {
            match[1]
            for file in files
            for match in re.finditer(
                r"^(?:\s*- run: |\s*entry: )?sphinx-fsp (\w+ .*)$",
                file.read_text(encoding="utf-8"),
                re.MULTILINE,
            )
        }
    )


@pytest.mark.parametrize("command", commands())
def test_commands_work(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/moon.markdown").write_text("title: Moon\nslug: moon\n\n![](/no.png)\n")
    # What was built, and the site before it.
    for built in ("build/html", "_build/html"):
        (tmp_path / built).mkdir(parents=True)
        (tmp_path / built / "index.html").touch()
    (tmp_path / "sitemap.xml").write_text("<urlset><url><loc>/luna.html</loc></url></urlset>")
    (tmp_path / "output").mkdir()
    (tmp_path / "output/luna.html").touch()
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        # The page has a problem, and can be made a project.
        assert run(command.split()) == (0 if command.startswith("init") else 1)


def test_only_the_weekly_workflow_opens_the_network() -> None:
    for file in (DOCS / "workflows").glob("*.yml"):
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        runs = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
        checks_links = any("linkcheck" in line for line in runs)
        # YAML 1.1 takes "on" for true.
        assert checks_links == ("schedule" in workflow[True]), file.name
