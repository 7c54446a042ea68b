"""The manual builds without a warning, is complete, and every example in it is true.

An example starts with a line ``% example: NAME``, a comment that readers don't see. The fences
that follow lines like it are its parts:

``% example: NAME``     the body of a page (when a fence follows at once)
``% file: PATH``        a whole file, relative to the content folder
``% conf``              a part of ``conf.py``
``% gives``             in a ``text`` fence, all that the text builder makes of the page below its
                        title; in an ``html`` fence, something that its HTML holds
``% gives: DOCNAME``    the same for another document; in ``text``, a part of it, title and all
``% gives: FILE.EXT``   a part of another file of the site
``% checks``            all that ``sphinx-fsp check content`` says
``% warns``             the warnings, in any order; without it, there are none
"""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.cmd.build import build_main
from sphinx.util.docutils import docutils_namespace

from sphinx_fsp.config import OPTIONS
from sphinx_fsp.diagnostics import DIAGNOSTICS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LOGO = "img/logos/lantern-hill.png"

#: What the examples that are only the body of a page have around them.
CONF = """
extensions = ["sphinx_fsp"]
html_baseurl = "https://night-sky-guide.example/"
"""
SURROUNDINGS = {
    "index.md": "# Guide\n\n```{guide-contents}\n```\n",
    "sky.markdown": "title: Sky\nslug: night-sky\nsortorder: 0100\ntoc: True\n\nThe sky.\n",
    "moon.markdown": "title: Moon\nslug: moon\nsortorder: 0101\n\n## Phases\n\nFour.\n",
    "../redirects.csv": "from,to\n/luna.html,/moon.html\n",
    "../static/night-sky-map.pdf": "%PDF-1.4\n",
}

_MARKER = re.compile(r"^% (example|file|conf|gives|warns|checks)(?:: (\S+))?$")
_FENCE = re.compile(r"^(`{3,})(\w+)$")


@dataclass
class Example:
    """An example of the manual."""

    name: str
    #: Files by their path in the content folder.
    files: dict[str, str] = field(default_factory=dict)
    conf: str = ""
    #: Document, language and text.
    gives: list[tuple[str, str, str]] = field(default_factory=list)
    warns: list[str] = field(default_factory=list)
    checks: str = ""
    #: True for the body of a page, which shares a project with others.
    shared: bool = False


def fences(text: str) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Yield the marker before each fence (or two empty texts), its language, and its content."""
    marker, closing, language = ("", ""), "", ""
    content: list[str] = []
    for line in text.splitlines():
        if closing:
            if line == closing:
                yield marker, language, "\n".join(content) + "\n"
                marker, closing, content = ("", ""), "", []
            else:
                content.append(line)
        elif match := _MARKER.match(line):
            if marker[0] == "example":
                yield marker, "", ""
            marker = (match[1], match[2] or "")
        elif match := _FENCE.match(line):
            closing, language = match[1], match[2]


def read_examples() -> Iterator[Example]:
    """Yield the examples of all pages."""
    for page in sorted(DOCS.glob("*.md")):
        example: Example | None = None
        for (kind, value), language, content in fences(page.read_text(encoding="utf-8")):
            if kind == "example":
                if example:
                    yield example
                example = Example(value, shared=bool(language))
                if language:
                    header = f"title: Example\nslug: {value}\n\n"
                    example.files[f"{value}.markdown"] = header + content
            elif kind:
                assert example, f"{page.name}: {kind} belongs to no example"
                if kind == "file":
                    example.files[value] = content
                elif kind == "conf":
                    example.conf += content
                elif kind == "gives":
                    example.gives.append((value, language, content))
                elif kind == "checks":
                    example.checks = content
                else:
                    example.warns += content.splitlines()
        if example:
            yield example


EXAMPLES = {example.name: example for example in read_examples()}


def build(folder: Path, files: dict[str, str], conf: str) -> tuple[Path, list[str]]:
    """Build a small project as text and HTML; return its output and its warnings."""
    content = folder / "content"
    for path, text in {"conf.py": conf, **files}.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    found: set[str] = set()
    for builder in ("text", "html"):
        record = folder / f"{builder}.log"
        arguments = ["-q", "-b", builder, "-d", str(folder / "doctrees"), "-w", str(record)]
        assert build_main([*arguments, str(content), str(folder / builder)]) == 0
        found |= set(record.read_text(encoding="utf-8").splitlines())
    return folder, sorted(found)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Build one project with all examples that are the body of a page."""
    folder = tmp_path_factory.mktemp("examples")
    logo = folder / "static" / LOGO
    logo.parent.mkdir(parents=True)
    shutil.copy(ROOT / "example/static" / LOGO, logo)
    files = dict(SURROUNDINGS)
    (folder / "content").mkdir()
    for example in EXAMPLES.values():
        if example.shared:
            files |= example.files
    conf = CONF + 'fsp_static_path = ["../static"]\nfsp_redirects = "../redirects.csv"\n'
    return build(folder, files, conf)


def squeeze(text: str) -> str:
    """Return *text* without blanks that HTML doesn't show."""
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]*>)\s*", r"\1", text)).strip()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    example = EXAMPLES[name]
    if example.shared:
        folder, warnings = request.getfixturevalue("shared")
        warnings = [warning for warning in warnings if f"/{name}.markdown:" in warning]
    else:
        # Contents are for examples that have something to show in them.
        chapters = any("sortorder" in text for text in example.files.values())
        index = SURROUNDINGS["index.md"] if chapters else "# Guide\n"
        # A list is its own front page.
        front = {} if "README.md" in example.files else {"index.md": index}
        files = front | example.files
        folder, warnings = build(tmp_path, files, CONF + example.conf)
    assert example.gives or example.warns or example.checks, "an example shows what it gives"
    if example.checks:
        command = [sys.executable, "-m", "sphinx_fsp", "check", "content"]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert said.stdout.strip() == example.checks.strip(), said.stderr
    for docname, language, expected in example.gives:
        if "." in docname or docname == "_redirects":
            text = (folder / "html" / docname).read_text(encoding="utf-8-sig")
            assert expected.strip("\n") in text
            continue
        if language == "html":
            page = (folder / "html" / f"{docname or name}.html").read_text(encoding="utf-8")
            assert squeeze(expected) in squeeze(page)
            continue
        text = (folder / "text" / f"{docname or name}.txt").read_text(encoding="utf-8")
        if docname:
            assert expected.rstrip() in text
        else:
            assert text.split("*******\n", 1)[1].strip("\n") == expected.strip("\n")
    assert len(warnings) == len(example.warns), warnings
    for shown in example.warns:
        assert any(warning.endswith(shown) for warning in warnings), warnings


def test_surroundings_are_sound(shared: tuple[Path, list[str]]) -> None:
    names = [name for name, example in EXAMPLES.items() if example.shared]
    stray = [w for w in shared[1] if not any(f"/{name}.markdown:" in w for name in names)]
    assert not stray


def test_names_are_unique() -> None:
    names = [example.name for example in read_examples()]
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual, without a warning."""
    folder = tmp_path_factory.mktemp("manual")
    arguments = ["-qnW", "--keep-going", "-d", str(folder / "doctrees"), str(DOCS)]
    assert build_main(["-b", "html", *arguments, str(folder / "html")]) == 0
    assert build_main(["-b", "text", *arguments, str(folder / "text")]) == 0
    return folder


def test_manual_builds(manual: Path) -> None:
    pages = {page.stem for page in DOCS.glob("*.md")}
    assert pages <= {page.stem for page in (manual / "html").glob("*.html")}
    assert pages == {page.stem for page in (manual / "text").glob("*.txt")}


def test_every_option_is_explained(manual: Path) -> None:
    page = BeautifulSoup((manual / "html/configuration.html").read_text("utf-8"), "html.parser")
    for option in OPTIONS:
        term = page.find(id=f"confval-{option.name}")
        assert term is not None, option.name
        explained = term.find_next("dd")
        assert explained is not None
        assert repr(option.default) in explained.get_text()
        assert option.takes.split(",")[0] in explained.get_text()


def test_every_warning_is_explained(manual: Path) -> None:
    page = BeautifulSoup((manual / "html/warnings.html").read_text("utf-8"), "html.parser")
    for subtype, diagnostic in DIAGNOSTICS.items():
        section = page.find(id=f"fsp-{subtype.replace('_', '-')}")
        assert section is not None, subtype
        text = section.find_parent("section") or section
        assert f"fsp.{subtype}" in text.get_text()
        assert f"{diagnostic.message}; {diagnostic.hint}" in text.get_text()


def python_samples() -> list[tuple[str, str]]:
    """Return page and text of each fence of Python: all are parts of a ``conf.py``."""
    return [
        (page.stem, content)
        for page in sorted(DOCS.glob("*.md"))
        for _, language, content in fences(page.read_text(encoding="utf-8"))
        if language == "python"
    ]


@pytest.fixture(scope="module")
def known_values(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names of all configuration values."""
    folder = tmp_path_factory.mktemp("values")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    with docutils_namespace():
        out = folder / "out"
        app = Sphinx(folder, folder, out, out, "html", status=None, warning=None)
        return set(app.config.values)


@pytest.mark.parametrize(("page", "sample"), python_samples())
def test_conf_sample(page: str, sample: str, known_values: set[str], tmp_path: Path) -> None:
    file = tmp_path / "conf.py"
    file.write_text(sample, encoding="utf-8")
    values = {
        name: value
        for name, value in runpy.run_path(str(file)).items()
        if not name.startswith("__") and not isinstance(value, ModuleType)
    }
    assert values
    assert values.keys() <= known_values | {"extensions"}
    for option in OPTIONS:
        if option.name in values:
            assert option.accepts(values[option.name])
