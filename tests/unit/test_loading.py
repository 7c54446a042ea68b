"""A guide is read from a folder and the files that conf.py names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.loading import load_guide, read_file
from sphinx_fsp.source.settings import Settings

MOON = "title: The Moon\nslug: moon\n\nText.\n"
CONTENTS = "# Home\n\n:::{guide-contents}\n:::\n"


class Folder:
    """A project in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("content/pages/moon.md", MOON)

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def load(
        self,
        static_path: tuple[Path, ...] = (),
        redirects: Path | None = None,
        next_steps: Path | None = None,
    ) -> Guide:
        content = self.root / "content"
        paths = sorted(f.relative_to(content).as_posix() for f in content.rglob("*.*"))
        settings = Settings(
            static_path=static_path, redirects=redirects, next_steps=next_steps, srcdir=content
        )
        return load_guide(content, paths, (".markdown", ".md", ".rst"), settings)

    def said(self, guide: Guide) -> list[str]:
        """Return all warnings, with paths from the root of the project."""
        return [
            f"{p.path}:{p.line}: {text_of(p.subtype, p.details)}".replace(f"{self.root}/", "")
            for p in guide.problems
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_pages_and_ordinary_documents_are_known(folder: Folder) -> None:
    folder.write("content/index.md", "# Home\n")
    folder.write("content/notes.rst", "Notes\n=====\n")
    guide = folder.load()
    assert [guide.find_document(a) for a in ("/moon.html", "/", "/notes.html")] == [
        "moon",
        "index",
        "notes",
    ]
    assert guide.find_document("/pages/moon.html") is None


def test_a_restructuredtext_file_is_no_page(folder: Folder) -> None:
    folder.write("content/mars.rst", "title: Mars\nslug: red-planet\n\nText.\n")
    assert folder.load().find_document("/mars.html") == "mars"


def test_no_page_takes_the_name_of_an_ordinary_document(folder: Folder) -> None:
    folder.write("content/moon.rst", "Moon\n====\n")
    guide = folder.load()
    page = guide.page_of_file("pages/moon.md")
    assert (page and page.docname, guide.find_document("/moon.html")) == ("pages/moon", "moon")


def test_a_draft_is_no_document(folder: Folder) -> None:
    folder.write("content/mars.md", "title: Mars\nslug: mars\nstatus: draft\n")
    assert folder.load().find_document("/mars.html") is None


@pytest.mark.parametrize(
    ("data", "text", "utf8"),
    [
        ("Café".encode(), "Café", True),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café", True),
        (b"Caf\xe9", "Café", False),
        (b"Caf\xe9 \x81", "Café \ufffd", False),
        (b"a\r\nb\rc\n", "a\nb\nc\n", True),
    ],
    ids=["UTF-8", "byte order mark", "Windows-1252", "neither", "line ends"],
)
def test_a_file_is_read_whatever_its_bytes(
    folder: Folder, data: bytes, text: str, utf8: bool
) -> None:
    folder.write("a.md", data)
    assert read_file(folder.root, "a.md") == ("a.md", text, utf8)


def test_a_missing_file_is_empty(folder: Folder) -> None:
    assert read_file(folder.root, "missing.md").text == ""


def test_a_page_that_is_no_utf8_is_said(folder: Folder) -> None:
    folder.write("content/cafe.md", b"title: Caf\xe9\nslug: cafe\n")
    assert folder.said(folder.load()) == [
        "cafe.md:1: the file is not UTF-8; read as Windows-1252; save it as UTF-8"
    ]


def test_static_files_are_found_at_their_addresses(folder: Folder) -> None:
    png = folder.write("static/img/moon.png", "")
    guide = folder.load(static_path=(folder.root / "static",))
    assert guide.static_files == {"/img/moon.png": png}


def test_of_two_static_files_the_first_folder_has_it(folder: Folder) -> None:
    first = folder.write("a/moon.png", "")
    folder.write("b/moon.png", "")
    guide = folder.load(static_path=(folder.root / "a", folder.root / "b"))
    assert guide.static_files == {"/moon.png": first}


@pytest.mark.parametrize("name", [".htpasswd", ".git/config", "img/.DS_Store"])
def test_hidden_files_are_not_published(folder: Folder, name: str) -> None:
    folder.write(f"static/{name}", "secret")
    assert folder.load(static_path=(folder.root / "static",)).static_files == {}


def test_a_link_that_leaves_its_folder_is_not_published(folder: Folder) -> None:
    secret = folder.write("secret.txt", "secret")
    folder.write("static/moon.png", "")
    (folder.root / "static" / "link.txt").symlink_to(secret)
    guide = folder.load(static_path=(folder.root / "static",))
    assert guide.static_files.keys() == {"/moon.png"}
    assert folder.said(guide) == [
        "static/link.txt:1: static file link.txt is a link that leaves its folder; "
        "rename or remove it"
    ]


def test_a_link_within_its_folder_is_published(folder: Folder) -> None:
    file = folder.write("static/moon.png", "")
    (folder.root / "static" / "luna.png").symlink_to(file)
    guide = folder.load(static_path=(folder.root / "static",))
    assert guide.static_files.keys() == {"/moon.png", "/luna.png"}
    assert guide.problems == ()


def test_a_folder_that_is_missing_is_said(folder: Folder) -> None:
    guide = folder.load(static_path=(folder.root / "static",))
    assert folder.said(guide) == [
        "conf.py:1: fsp_static_path: static isn't there; correct the path in conf.py"
    ]


def test_redirects_from_a_table(folder: Folder) -> None:
    table = folder.write("old.csv", "from,to\n/luna.html,/moon.html\n")
    assert folder.load(redirects=table).redirects["/luna.html"].target == "/moon.html"


def test_redirects_from_a_folder_of_stubs(folder: Folder) -> None:
    stub = '<meta http-equiv="refresh" content="0; url=/moon.html">'
    folder.write("stubs/blog/luna.html", stub)
    folder.write("stubs/other.html", "<p>No redirect</p>")
    guide = folder.load(redirects=folder.root / "stubs")
    assert guide.redirects.keys() == {"/blog/luna.html"}


@pytest.mark.parametrize(
    ("data", "why"), [(None, "can't be read"), (b"/caf\xe9,/moon.html", "is not UTF-8")]
)
def test_redirects_that_can_not_be_read_are_said(
    folder: Folder, data: bytes | None, why: str
) -> None:
    if data:
        folder.write("old.csv", data)
    assert folder.said(folder.load(redirects=folder.root / "old.csv")) == [
        f"old.csv:1: redirect file: old.csv {why}; correct the path in conf.py"
    ]


@pytest.mark.parametrize("name", ["moon", "luna", "index", "notes"])
def test_a_step_to_a_page_its_old_name_or_a_document_is_good(folder: Folder, name: str) -> None:
    folder.write("content/notes.rst", "Notes\n=====\n")
    folder.write("content/index.md", "# Home\n")
    table = folder.write("old.csv", "/luna.html,/moon.html\n")
    file = folder.write("next.yml", f"pages:\n  moon:\n    next: [{name}]\n")
    assert folder.said(folder.load(next_steps=file, redirects=table)) == []


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        pytest.param("mon", "did you mean moon?", id="near a page"),
        pytest.param("pluto", "remove it", id="near nothing"),
        pytest.param("map-of-the-winter-sky", "remove it", id="near a file that is no page"),
    ],
)
def test_a_step_to_no_page_is_said(folder: Folder, name: str, advice: str) -> None:
    folder.write("static/map-of-the-winter-sky-b.pdf", "")
    file = folder.write("next.yml", f"pages:\n  moon:\n    next: [{name}]\n")
    guide = folder.load(next_steps=file, static_path=(folder.root / "static",))
    assert folder.said(guide) == [
        f"next.yml:2: fsp_next_steps: moon leads to {name}, no page; {advice}"
    ]


def test_steps_of_no_page_are_shown_nowhere_and_no_fault(folder: Folder) -> None:
    file = folder.write("next.yml", "pages:\n  mon:\n    next: [mars]\n")
    assert folder.said(folder.load(next_steps=file)) == []


def test_steps_of_a_page_are_found_by_slug_or_docname(folder: Folder) -> None:
    folder.write("content/first.md", "title: A\nslug: first\ncategory: post\n")
    file = folder.write("next.yml", "pages:\n  moon: {next: [moon]}\n  blog/first: {next: [moon]}")
    guide = folder.load(next_steps=file)
    assert [bool(guide.steps(page)) for page in guide.catalogue.pages] == [True, True]


@pytest.mark.parametrize(
    ("files", "contents"),
    [
        pytest.param({"index.md": CONTENTS, "a.md": CONTENTS}, "index", id="the root's"),
        pytest.param({"b.md": CONTENTS, "a.md": CONTENTS}, "a", id="the first by name"),
        pytest.param({"toc.rst": ".. guide-contents::\n"}, "toc", id="reStructuredText"),
        pytest.param({"toc.md": f"title: A\nslug: all\n\n{CONTENTS}"}, "all", id="a page's"),
        pytest.param({"a.md": "```{guide-contents}\n```\n"}, "a", id="fence"),
        pytest.param({"a.md": "The {guide-contents} directive\n"}, "", id="only named"),
        pytest.param(
            {"a.md": f"title: A\nstatus: draft\n\n{CONTENTS}", "b.md": CONTENTS}, "b", id="draft"
        ),
        pytest.param({}, "", id="none"),
    ],
)
def test_one_document_holds_the_contents(
    folder: Folder, files: dict[str, str], contents: str
) -> None:
    for name, text in files.items():
        folder.write(f"content/{name}", text)
    assert folder.load().contents == contents


def test_without_pages_there_are_no_contents(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(CONTENTS, encoding="utf-8")
    assert load_guide(tmp_path, ["index.md"], (".md",), Settings(srcdir=tmp_path)).contents == ""
