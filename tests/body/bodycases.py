"""Cases of what becomes of a page's body: how they are written, and how they are built.

A file of cases is Markdown. A line that starts with ``##`` is a case's title, ``name = value``
lines below it are settings of ``conf.py``, and any other text is for people. Then, between lines
that hold a dot::

    .
    the body of the page
    .
    its doctree
    .text
    what the text builder writes (left out where it adds nothing)
    .html
    what the HTML builder writes (left out likewise)
    .warnings
    every warning, with its line in the body (left out when there is none)
    .

Of the doctree stands what follows the title of the page. Only blanks at ends of lines are taken
from it. A case without ``.warnings`` must give no warning.
"""

from __future__ import annotations

import ast
import pickle
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from conftest import Site
from docutils import nodes

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"
#: The project that cases become pages of, and its conf.py.
ROOT = HERE / "root"
CONF = {
    "project": "A guide of cases",
    "copyright": "2026, its authors",
    "version": "1",
    "extensions": ["sphinx_fsp"],
    "html_theme": "basic",
    "html_baseurl": "https://guide.example/",
    "fsp_site_urls": ["https://www.guide.example/"],
    "fsp_static_path": ["../static"],
    "fsp_redirects": "../redirects.csv",
    "fsp_next_steps": "../next-steps.yml",
}

_HEADER = "title: {title}\nslug: {slug}\ncategory: page\n\n"
_BLOCK = re.compile(r"\.(text|html|warnings)?")
_SETTING = re.compile(r"(\w+) = (.+)")


@dataclass
class Case:
    """A body, and what is expected of it."""

    title: str
    #: Line of the title in its file.
    line: int
    settings: dict[str, object] = field(default_factory=dict)
    body: str = ""
    #: By kind: ``doctree``, and what there is of ``text``, ``html`` and ``warnings``.
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The case's docname."""
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))

    @property
    def page(self) -> str:
        """The whole page."""
        return _HEADER.format(title=self.title, slug=self.slug) + self.body


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file."""
    cases: list[Case] = []
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    for number, line in lines:
        if line.startswith("## "):
            cases.append(Case(line[3:], number))
        elif cases and (match := _SETTING.fullmatch(line)):
            cases[-1].settings[match[1]] = ast.literal_eval(match[2])
        elif line == ".":
            _read_blocks(cases[-1], lines)
    return cases


def _read_blocks(case: Case, lines: Iterator[tuple[int, str]]) -> None:
    """Read from the first dot to the last."""
    blocks: list[tuple[str, list[str]]] = [("body", [])]
    for _, line in lines:
        match = _BLOCK.fullmatch(line)
        if match is None:
            blocks[-1][1].append(line)
        elif len(blocks) == 1:
            blocks.append(("doctree", []))
        elif match[1]:
            blocks.append((match[1], []))
        else:
            break
    content = {name: "".join(f"{line}\n" for line in block) for name, block in blocks}
    case.body = content.pop("body")
    case.expected = content


def write_expected(path: Path, case: Case, kind: str, actual: str) -> None:
    """Put what was built in the place of what was expected: look at the difference after that."""
    lines = path.read_text(encoding="utf-8").split("\n")
    start = lines.index(f"## {case.title}")
    marks = (n for n in range(start, len(lines)) if _BLOCK.fullmatch(lines[n]))
    opening, first = next(marks), next(marks)
    assert lines[opening] == "."
    place = first
    while kind != "doctree" and lines[place] != f".{kind}":
        place = next(marks)
        if lines[place] == ".":
            lines.insert(place, f".{kind}")
            break
    end = place + 1
    while not _BLOCK.fullmatch(lines[end]):
        end += 1
    lines[place + 1 : end] = actual.splitlines()
    path.write_text("\n".join(lines), encoding="utf-8")


class Built:
    """The project of some cases, built as HTML and as text."""

    def __init__(self, folder: Path, cases: Iterable[Case], settings: dict[str, object]) -> None:
        self.site = make_site(folder)
        for case in cases:
            self.site.write(f"cases/{case.slug}.md", case.page)
        self._html = self.site.build("html", overrides=settings)
        self._text = self.site.build("text", overrides=settings)

    def result(self, case: Case, kind: str) -> str:
        """Return what became of a case."""
        found: str = getattr(self, kind)(case)
        return "".join(f"{line.rstrip()}\n" for line in found.strip("\n").split("\n") if found)

    def doctree(self, case: Case) -> str:
        """Return the page's doctree after its title."""
        document = doctree_of(self.site, case.slug)
        section = document[0]
        assert isinstance(section, nodes.section)
        assert section[0].astext() == case.title
        text = "".join(node.pformat() for node in section[1:] + document[1:])
        # Truth is a word or a number, and names are kept or not, by the version of docutils.
        text = text.replace('="True"', '="1"').replace('="False"', '="0"')
        return re.sub(r' (?:dup)?names="[^"]*"', "", text)

    def text(self, case: Case) -> str:
        """Return the page as text after its title, which is two lines."""
        return self._text.html(f"{case.slug}.txt").split("\n", 2)[2]

    def html(self, case: Case) -> str:
        """Return the page as HTML after its title."""
        body = BeautifulSoup(self._html.html(f"{case.slug}.html"), "lxml").select_one("section")
        assert body is not None
        return body.decode_contents().split("</h1>", 1)[1]

    def warnings(self, case: Case) -> str:
        """Return the page's warnings in order, each with its line in the body."""
        header = case.page.count("\n") - case.body.count("\n")
        pattern = re.compile(rf"cases/{case.slug}\.md:(\d+)(: .*)")
        found = dict.fromkeys(self._html.warnings + self._text.warnings)
        matches = (pattern.fullmatch(line) for line in found)
        return "".join(sorted(f"{int(m[1]) - header}{m[2]}\n" for m in matches if m))

    def other_warnings(self) -> list[str]:
        """Return the warnings that are about no case."""
        place = re.compile(r"cases/[\w-]+\.md:\d+: ")
        return [w for w in self._html.warnings + self._text.warnings if not place.match(w)]


def make_site(folder: Path) -> Site:
    """Return a copy of the project that cases become pages of."""
    shutil.copytree(ROOT, folder, dirs_exist_ok=True)
    site = Site(folder, folder / "content")
    site.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in CONF.items()))
    return site


def doctree_of(site: Site, docname: str) -> nodes.document:
    """Return a page's doctree, as it is after reading."""
    path = site.root / "_build" / "doctrees" / f"{docname}.doctree"
    document: nodes.document = pickle.loads(path.read_bytes())  # noqa: S301 (written just now)
    return document
