"""Text files, the manual page, ``make pdf``, and the ways in which Sphinx is asked for a PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS, Build, Site
from paper import needs

MakeSite = Callable[..., Site]

REPOSITORY = Path(__file__).parents[2]

OWL = """\
title: Owl
slug: owl
sortorder: 0201

<div class="well see-also">The owl is one of the <a href="/birds.html">birds</a>.</div>

The [owl](/owl.html) sleeps by day[^1]. So says [Ada](https://ada.example/), on a page of
[Ada](https://ada.example/) about the [oak](/oak.html#acorns). Write to <ada@ada.example>, or
see <https://ada.example/>. It isn't an [ash](/ash.html).

[^1]: Most of them do.

![An oak leaf.](/img/leaf.png) ![](https://far.example/x.png)

```python
wake()
~~sleep()

wake()
```

| Owl | Sings | Of whom it is said that |
| --- | --- | --- |
| [Tawny owl](https://tawny.example/) | at night | it is heard more often than it is seen |
| Barn owl | never | it looks like a heart with two eyes, and hisses when somebody comes near |
"""

RESOURCES = """\
title: Books
slug: books
sortorder: 0202

:::{resources}
:view: cards

* [Owls](https://owls.example/) - All of them.
  :kind: book
:::

:::{resources}
:view: table

* [Bats](https://bats.example/) too.
  :kind: book
  :price: free
:::
"""

POST = """\
title: A Night
slug: night
category: post
date: 2020-02-01
author: Ada

It was dark.
"""


def guide_in(folder: Path) -> Site:
    """Return the small guide, with pages that hold a bit of everything."""
    shutil.copytree(ROOTS / "guide", folder)
    site = Site(folder, folder / "content")
    site.write("pages/02-birds/01-owl.markdown", OWL)
    site.write("pages/02-birds/02-books.markdown", RESOURCES)
    site.write("posts/night.markdown", POST)
    return site


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return guide_in(tmp_path_factory.mktemp("text") / "guide").build("text")


@pytest.fixture(scope="module")
def man(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return guide_in(tmp_path_factory.mktemp("man") / "guide").build("man")


# Text ----------------------------------------------------------------------------------------


def test_text_lists_the_address_of_each_link_once(text: Build) -> None:
    page = text.html("owl.txt")
    # The footnote has the number 1. An address that is written out has none, nor has the page
    # itself. A page that isn't there is named as it was written.
    assert "See also: The owl is one of the birds [2]." in page
    assert (
        "The owl sleeps by day[1]. So says Ada [3], on a page of Ada [3] about\n"
        "the oak [4]. Write to ada@ada.example, or see https://ada.example/. It\n"
        "isn't an ash [5].\n" in page
    )
    _, _, notes = page.partition("-[ Links ]-\n\n")
    assert notes.splitlines() == [
        "[2] birds.txt",
        "[3] https://ada.example/",
        "[4] oak.txt",
        "[5] https://guide.example/ash.html",
        "[6] https://guide.example/img/leaf.png",
        "[7] https://far.example/x.png",
        "[8] https://tawny.example/",
    ]


def test_text_of_images(text: Build) -> None:
    assert "\n[image: An oak leaf.] [6] [image] [7]\n" in text.html("owl.txt")


def test_text_marks_emphasised_code(text: Build) -> None:
    assert "\n     wake()\n   > sleep()\n\n     wake()\n" in text.html("owl.txt")


def test_tables_fit_a_terminal(text: Build) -> None:
    page = text.html("owl.txt")
    assert "| Tawny owl [8] | at night | it is heard more often than it is seen " in page
    assert max(map(len, page.splitlines())) <= 80


def test_a_table_of_many_columns_is_a_list_in_text(make_site: MakeSite) -> None:
    row = "|".join(f" word{n}word " for n in range(30))
    page = f"|{row}|\n|{'|'.join(['---'] * 30)}|\n|{row}|\n"
    site = make_site("guide", {"wide.md": f"title: Wide\nslug: wide\nsortorder: 0300\n\n{page}"})
    assert "* word0word: word0word\n\n  word1word: word1word\n" in re.sub(
        r"\*\*", "", site.build("text").html("wide.txt")
    )


@pytest.mark.parametrize("builder", ["text", "man"])
def test_a_table_in_a_table_is_a_list(make_site: MakeSite, builder: str) -> None:
    inner = "<table><tr><td>Inner cell</td></tr></table>"
    html = f"<table><tr><td>Outer cell {inner}</td><td>Beside it</td></tr></table>\n"
    page = f"title: Nested\nslug: nested\nsortorder: 0104\n\n{html}"
    build = make_site("guide", {"nested.md": page}).build(builder)
    (shown,) = (p for p in build.files() if re.search(r"^nested.txt$|\.7$", p))
    for cell in ("Outer cell", "Inner cell", "Beside it"):
        assert cell in build.html(shown)


def test_cards_are_a_list_in_text(text: Build) -> None:
    assert "\n* Owls [1]\n\n  All of them.\n\n  (book)\n" in text.html("books.txt")


def test_posts_have_date_and_author_in_text(text: Build) -> None:
    assert text.html("blog/night.txt").startswith("A Night\n*******\n\nFeb 01, 2020 · Ada\n")
    # From the folder of the post to a page beside it.
    assert "\n[1] ../oak.txt\n" in text.html("blog/first-post.txt")


def test_text_of_an_ordinary_project_is_as_sphinx_has_it(make_site: MakeSite) -> None:
    site = make_site(pages={"page.md": "# Page\n\n[Ada](https://ada.example/)\n"})
    assert site.build("text").html("page.txt") == "Page\n****\n\nAda\n"


# The manual page -----------------------------------------------------------------------------


def test_the_guide_is_one_manual_page_in_section_7(man: Build) -> None:
    assert [name for name in man.files() if not name.startswith(".")] == ["asmallguide.7"]
    page = man.html("asmallguide.7")
    assert '.TH "ASMALLGUIDE" "7"' in page
    assert ".SH NAME\nasmallguide \\- A small guide\n" in page


def test_chapters_and_pages_are_the_headings_of_the_manual_page(man: Build) -> None:
    page = man.html("asmallguide.7")
    assert re.findall(r"^\.S[HS] (.*)$", page, re.M) == [
        "NAME",
        "TREES",
        "Oak",
        "Elm",
        "BIRDS",
        "Owl",
        "Books",
    ]
    assert "\n\\fBAcorns\\fP\n" in page


def test_the_manual_page_holds_what_the_book_holds(tmp_path: Path) -> None:
    site = guide_in(tmp_path / "guide")
    with_posts = site.build("man", overrides={"fsp_book_exclude": []}).html("asmallguide.7")
    assert "\n.SH BLOG\n.SS First Post\n" in with_posts
    assert "\n.SS A Night\n.sp\nFeb 01, 2020" in with_posts
    site.edit("conf.py", "extensions", 'man_pages = [("owl", "owl", "", [], 1)]\nextensions')
    own = site.build("man", out="_own")
    assert {name for name in own.files() if not name.startswith(".")} == {"owl.1"}


def test_links_of_the_manual_page(man: Build) -> None:
    # Versions of docutils write addresses in several ways, with places to break them.
    page = re.sub(r"\\[%:]", "", man.html("asmallguide.7"))
    assert re.search(r"(<|<\\fB|\.UR )https://ada\.example/", page)
    # A place in the same page is no address.
    assert not re.search(r"<>|<#|\.UR (#|%|$)", page, re.M)


def test_emphasised_code_is_bold_in_the_manual_page(man: Build) -> None:
    assert "\nwake()\n\\fBsleep()\\fP\n" in man.html("asmallguide.7")


def test_next_steps_name_their_pages_in_the_manual_page(tmp_path: Path) -> None:
    site = guide_in(tmp_path / "guide")
    site.write(
        "../next-steps.yml",
        "prompts: {birds: What flies?}\npages: {oak: {question: And now?, next: [birds]}}\n",
    )
    page = site.build("man").html("asmallguide.7")
    assert "\\fBAnd now?\\fP" in page
    assert "What flies? (Birds)" in page


def test_resources_are_lists_in_the_manual_page(man: Build) -> None:
    page = man.html("asmallguide.7")
    assert ".TS" not in page.partition("Books")[2]
    assert "(book, free)" in page


def test_groff_takes_the_manual_page(man: Build) -> None:
    needs("groff", debian="groff")
    command = ["groff", "-Kutf8", "-t", "-man", "-ww", "-Tutf8", "asmallguide.7"]
    run = subprocess.run(command, cwd=man.outdir, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    shown = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", run.stdout)
    assert "The owl is one of the birds." in " ".join(shown.split())
    # A hyphen at the end of a line could be taken for a part of an address.
    assert "\u2010" not in shown


# Sphinx's other command ----------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("html", "html/owl.html"),
        ("text", "text/owl.txt"),
        ("man", "man/asmallguide.7"),
        ("latex", "latex/asmallguide.tex"),
        ("epub", "epub/Asmallguide.epub"),
    ],
)
def test_make_mode(tmp_path: Path, target: str, file: str) -> None:
    site = guide_in(tmp_path / "guide")
    run = sphinx(site, "-M", target, ".", "../out", "-q")
    assert run.returncode == 0, run.stderr
    assert (site.root / "out" / file).is_file()


@pytest.mark.once
@pytest.mark.parametrize("engine", ["", "xelatex", "lualatex", "pdflatex"])
def test_latexpdf(tmp_path: Path, engine: str) -> None:
    needs("latexmk", engine or "xelatex", debian="latexmk texlive-xetex texlive-luatex")
    site = guide_in(tmp_path / "guide")
    options = ["-D", f"latex_engine={engine}"] if engine else []
    run = sphinx(site, "-M", "latexpdf", ".", "../out", "-q", *options)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert (site.root / "out/latex/asmallguide.pdf").is_file()


#: Books have the day on them: a test that runs at midnight would find two.
ONE_DAY = {"SOURCE_DATE_EPOCH": "1790000000"}


def sphinx(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx as its users do, in the folder of conf.py."""
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments],
        cwd=site.content,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LATEXMKOPTS": "-interaction=nonstopmode -quiet", **ONE_DAY},
    )


# Read the Docs: all outputs from the doctrees of the HTML -----------------------------------


@pytest.fixture(scope="module")
def read_the_docs(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that was built as Read the Docs does it: HTML, then LaTeX and EPUB."""
    site = guide_in(tmp_path_factory.mktemp("rtd") / "guide")
    for builder in ("html", "latex", "epub"):
        run = sphinx(
            site, "-T", "-b", builder, "-d", "_build/doctrees", "-D", "language=en", ".",
            f"../out/{builder}",
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
    return site


def test_html_leaves_no_trace_in_the_book(
    read_the_docs: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*next(iter(ONE_DAY.items())))
    clean = guide_in(tmp_path / "guide")
    for builder, pattern in (("latex", "*.tex"), ("epub", "*.epub")):
        build = clean.build(builder, out=builder, overrides={"language": "en"})
        (alone,) = build.outdir.glob(pattern)
        (after,) = (read_the_docs.root / "out" / builder).glob(pattern)
        assert content(after) == content(alone)


def content(book: Path) -> dict[str, str]:
    """Return what is in a book, without the time at which it was made."""
    if book.suffix == ".tex":
        return {"tex": book.read_text(encoding="utf-8")}
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))]
        return {name: archive.read(name).decode() for name in sorted(names)}


@pytest.fixture(scope="module")
def pdf(read_the_docs: Site) -> Path:
    """Return the PDF that Read the Docs makes of it."""
    needs("latexmk", "xelatex", debian="latexmk texlive-xetex")
    run = subprocess.run(
        ["latexmk", "-r", "latexmkrc", "-pdf", "-f", "-dvi-", "-ps-", "-jobname=owls",
         "-interaction=nonstopmode"],
        cwd=read_the_docs.root / "out/latex",
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-2000:]
    return read_the_docs.root / "out/latex/owls.pdf"


def test_the_pdf_of_read_the_docs(pdf: Path) -> None:
    needs("pdftotext", debian="poppler-utils")
    run = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    words = " ".join(run.stdout.split())
    for text in ("The owl is one of the birds", "sleep()", "All of them.", "Most of them do."):
        assert text in words
    for mark in ("<div", "fsp-file:", "resource-badges", "sd-card"):
        assert mark not in words


# make pdf ------------------------------------------------------------------------------------

NAMED = re.compile(r"^TEX_(?:NEEDS|FONTS) :=((?:.*\\\n)*.*)$", re.M)


def packages() -> dict[str, str]:
    """Return what ``make pdf`` needs, with the Debian package that brings it."""
    words = " ".join(NAMED.findall((REPOSITORY / "Makefile").read_text())).replace("\\\n", " ")
    return dict(word.split(":") for word in words.split())


def make_pdf(path: Path) -> subprocess.CompletedProcess[str]:
    """Run ``make pdf`` with the programs of one folder, as far as its look at them goes."""
    return subprocess.run(
        [shutil.which("make") or "make", "tex"],
        cwd=REPOSITORY,
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def programs(folder: Path, *names: str) -> Path:
    """Make a folder of programs."""
    folder.mkdir()
    for name in ("sh", "awk", *names):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def test_make_pdf_names_what_is_missing_in_one_line(tmp_path: Path) -> None:
    needs("make", "awk", debian="make")
    run = make_pdf(programs(tmp_path / "bin"))
    assert run.returncode != 0
    told = run.stderr.splitlines()[0]
    assert told.startswith("A PDF needs TeX. On Debian: apt-get install latexmk texlive-xetex ")
    assert set(told.split("apt-get install ")[1].split()) == set(packages().values())
    assert "texlive-fonts-extra" not in told


def test_make_pdf_names_nothing_that_is_there(tmp_path: Path) -> None:
    needs("make", "awk", "latexmk", "xelatex", "kpsewhich", "makeindex", debian="latexmk")
    folder = programs(tmp_path / "bin", "latexmk", "kpsewhich", "makeindex")
    run = make_pdf(folder)
    assert "apt-get install texlive-xetex\n" in run.stderr
    assert "pdf: tex " in (REPOSITORY / "Makefile").read_text()


def test_the_book_reads_nothing_but_what_make_pdf_names(pdf: Path) -> None:
    needs("dpkg", "apt-cache", debian="dpkg apt")
    read = re.findall(r"^INPUT (/usr/\S+)$", pdf.with_suffix(".fls").read_text(), re.M)
    files = sorted({os.path.realpath(file) for file in read if "/texmf/" not in file})
    run = subprocess.run(["dpkg", "-S", *files], capture_output=True, text=True, check=False)
    used = {line.split(":")[0] for line in run.stdout.splitlines()}
    if "texlive-base" not in used:
        pytest.skip("TeX is not from Debian")
    # These are what the named ones can't be without.
    needed = {"texlive-base", "texlive-latex-base", "texlive-binaries"}
    assert used <= {*packages().values(), *needed}
