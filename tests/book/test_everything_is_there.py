"""Nothing is lost in the book: PDF and EPUB are compared with the HTML, page by page.

`pagecontent` says what is compared, and how. A loss is shown as ``page: kind: what``.
"""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import epubcontent
import epubs
import pytest
from conftest import ROOTS, Site, needs_shared
from htmlcontent import Resolver, documents_of, html_page
from pagecontent import Loss, PageContent, losses, unprinted
from paper import needs_tex, typeset
from pdfcontent import Book
from sphinx.testing.util import SphinxTestApp
from test_real_guide import CONF, copy_of
from texlog import TexLog, read_log

from sphinx_fsp.book.contents import plan_of

pytestmark = pytest.mark.xdist_group("book")

EXAMPLE = ROOTS.parents[1] / "example"
#: What the PDF prints as a note.
NOTED = ("http:", "https:", "ftp:", "mailto:")


@dataclass
class Outputs:
    """A guide in HTML, and as a book."""

    site: Site
    #: The site's address.
    base: str
    #: Values of the configuration for the book.
    values: Mapping[str, Any]
    #: The folder of the built HTML.
    html: Path
    #: The folder that holds all outputs; its doctrees are those of the HTML.
    folder: Path
    docnames: frozenset[str] = field(init=False)
    root: str = field(init=False)

    def __post_init__(self) -> None:
        """Build the LaTeX, which also says what is in the book."""
        self.run("latex")

    def run(self, builder: str) -> Path:
        """Build from the doctrees that are there, and return the folder of the output."""
        values = {"html_theme": "basic", **self.values}
        app = SphinxTestApp(
            builder,
            srcdir=self.site.content,
            builddir=self.folder,
            confoverrides=values,
            warning=io.StringIO(),
        )
        read: list[str] = []
        app.connect("env-before-read-docs", lambda _app, _env, docnames: read.extend(docnames))
        try:
            app.build()
            assert read == [], "pages are read again for the book"
            plan = plan_of(app.env)
            assert plan is not None
            self.docnames, self.root = plan.docnames, app.config.root_doc
        finally:
            app.cleanup()
        return Path(app.outdir)

    @cached_property
    def pages(self) -> dict[str, PageContent]:
        """The content of each page of the book, as the site shows it."""
        documents = documents_of(self.html)
        return {
            docname: html_page(
                self.html / f"{docname}.html",
                Resolver(f"{docname}.html", documents, self.docnames, self.base),
            )
            for docname in sorted(self.docnames)
        }

    @cached_property
    def log(self) -> TexLog:
        """What TeX said when it made the PDF."""
        typeset(self.folder / "latex")
        (log,) = (self.folder / "latex").glob("*.log")
        return read_log(log)

    @cached_property
    def pdf(self) -> Book:
        """The PDF."""
        assert self.log.pages
        (pdf,) = (self.folder / "latex").glob("*.pdf")
        return Book(pdf, self.docnames, self.root)

    @cached_property
    def epub_file(self) -> Path:
        """The EPUB."""
        (epub,) = self.run("epub").glob("*.epub")
        return epub

    @cached_property
    def epub(self) -> Path:
        """The folder of the unpacked EPUB."""
        return epubcontent.unpack(self.epub_file, self.folder / "unpacked")

    @cached_property
    def epub_pages(self) -> dict[str, PageContent]:
        """The content of each page of the EPUB."""
        return epubcontent.pages_of(self.epub, self.docnames, self.base)


def noted(page: PageContent) -> list[str]:
    """Return the addresses of a page that the book prints."""
    return [uri for uri in (*page.addresses, *page.written) if uri.lower().startswith(NOTED)]


def lost(wanted: Mapping[str, PageContent], got: Mapping[str, PageContent]) -> list[str]:
    """Return what a book lost of each page."""
    missing = [f"{docname}: no such page" for docname in wanted if docname not in got]
    return missing + [
        line
        for docname, page in wanted.items()
        if docname in got
        for line in shown(docname, losses(page, got[docname]))
    ]


def shown(docname: str, found: Iterable[Loss]) -> list[str]:
    """Return losses as lines."""
    return [f"{docname}: {loss.kind}: {loss.what}" for loss in found]


def not_in_notes_of_pdf(made: Outputs) -> list[str]:
    """Return the addresses of each chapter that its notes lack, or have twice."""
    found = []
    for chapter in made.pdf.chapters:
        pages = [made.pdf.pages[docname] for docname in chapter]
        wanted = [made.pages[docname] for docname in chapter]
        text = "".join(page.text for page in pages)
        found += shown(chapter[0], unprinted((u for p in wanted for u in noted(p)), text))
        written = Counter(uri for page in pages for uri in page.written)
        written -= Counter(uri for page in wanted for uri in page.written)
        found += [f"{chapter[0]}: noted twice: {uri}" for uri, n in written.items() if n > 1]
    return found


def not_in_notes_of_epub(made: Outputs) -> list[str]:
    """Return the addresses of each page that can't be read there."""
    return [
        line
        for docname, page in made.pages.items()
        for line in shown(docname, unprinted(noted(page), made.epub_pages[docname].text))
    ]


def faults_of(log: TexLog) -> list[str]:
    """Return what TeX complained of: a line may stand out a little on one page of a hundred."""
    wide = [f"{box.points} pt too wide {box.where}: {box.text}" for box in log.wider_than(20)]
    allowed = log.pages / 100
    return [*log.errors, *log.undefined, *log.missing, *(wide if len(wide) > allowed else ())]


@pytest.fixture(scope="module")
def tex() -> None:
    """Skip what makes a PDF without TeX."""
    needs_tex()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Return the example, with all that its book may hold."""
    root = tmp_path_factory.mktemp("book") / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build", "*.mo"))
    site = Site(root, root / "content")
    html = site.build(overrides={"html_theme": "basic"}).outdir
    base = "https://night-sky-guide.example/"
    return Outputs(site, base, {"fsp_book_exclude": []}, html, root / "_build")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Outputs]:
    """Return a function that makes the book of the real guide, from one build of its HTML."""
    root = copy_of(needs_shared("guide"), tmp_path_factory.mktemp("book") / "guide")
    site = Site(root, root / "content")
    site.write("conf.py", CONF)
    site.write("index.md", "# Full Stack Python\n\n```{guide-contents}\n```\n")
    html = site.build(overrides={"html_theme": "basic"}, jobs=2).outdir

    def make(name: str, **values: Any) -> Outputs:
        folder = root / name
        shutil.copytree(root / "_build/doctrees", folder / "doctrees")
        return Outputs(site, "https://www.fullstackpython.com/", values, html, folder)

    return make


@pytest.fixture(scope="module")
def chapters(real: Callable[..., Outputs]) -> Outputs:
    """Return the real guide's book as it is without a word in ``conf.py``."""
    return real("chapters")


@pytest.fixture(scope="module")
def with_posts(real: Callable[..., Outputs]) -> Outputs:
    """Return the real guide's book with the posts as an appendix."""
    return real("posts", fsp_book_exclude=["examples"])


def wells(made: Outputs) -> int:
    """Return the number of wells that the book has to hold."""
    return sum(len(page.wells) for page in made.pages.values())


@pytest.mark.usefixtures("tex")
def test_pdf_of_the_example(example: Outputs) -> None:
    assert wells(example) > 0
    assert lost(example.pages, example.pdf.pages) == []
    assert not_in_notes_of_pdf(example) == []
    assert faults_of(example.log) == []


def test_epub_of_the_example(example: Outputs) -> None:
    assert lost(example.pages, example.epub_pages) == []
    assert not_in_notes_of_epub(example) == []
    assert epubcontent.dangling(example.epub) == []


@pytest.mark.once
@pytest.mark.usefixtures("tex")
def test_pdf_of_the_real_guide(with_posts: Outputs) -> None:
    # All that the book without posts has, and more code, images and tables.
    assert wells(with_posts) == 67
    assert lost(with_posts.pages, with_posts.pdf.pages) == []
    assert not_in_notes_of_pdf(with_posts) == []
    assert faults_of(with_posts.log) == []


@pytest.mark.once
@pytest.mark.parametrize("book", ["chapters", "with_posts"])
def test_epub_of_the_real_guide(book: str, request: pytest.FixtureRequest) -> None:
    made: Outputs = request.getfixturevalue(book)
    assert lost(made.pages, made.epub_pages) == []
    assert not_in_notes_of_epub(made) == []
    assert epubcontent.dangling(made.epub) == []
    assert epubs.faults(epubs.Book(made.epub_file)) == []
