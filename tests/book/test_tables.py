"""Tables on paper: widths by their content, breaks over pages, and what is too much for a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import docutils
import pytest
from conftest import Build, Site
from paper import Paper, print_out, project

MakeSite = Callable[..., Site]

SENTENCE = "The quick brown fox jumps over the lazy dog near the river bank at night. "
HINT = "write it with fewer columns, with less in a cell, or outside of another table"
PAGE = "title: P\nslug: p\nsortorder: 0100\n\n"


def table(head: Sequence[str], *rows: Sequence[str], line: str = "") -> str:
    """Return a table of Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    return "\n".join([lines[0], line or "|" + "---|" * len(head), *lines[1:]])


def tex_of(build: Build) -> str:
    (path,) = [p for p in build.outdir.glob("*.tex") if not p.name.startswith("sphinx")]
    return path.read_text(encoding="utf-8")


def book(make_site: MakeSite, text: str) -> tuple[str, list[str]]:
    """Return the LaTeX of a page, and the warnings."""
    pages = {"index.md": "# Home\n\n```{guide-contents}\n```\n", "p.md": PAGE + text}
    site = make_site(pages=pages, myst_enable_extensions=["colon_fence"])
    build = site.build("latex")
    return tex_of(build).partition(r"\label{\detokenize{p:")[2], build.warnings


def columns(tex: str) -> list[tuple[str, float, float]]:
    """Return the side, the part of the line and the greatest width of each column."""
    found = re.findall(r"\\fspcol\{(\w+)\}\{([\d.]+)\}\{([\d.]+)\}", tex)
    return [(side, float(share), float(limit)) for side, share, limit in found]


def warned(line: int, what: str) -> str:
    return f"p.md:{line}: WARNING: the table {what} in the PDF; {HINT} [fsp.book_table]"


# What LaTeX is told.


def test_each_column_gets_a_width_by_its_content(make_site: MakeSite) -> None:
    tex, warnings = book(
        make_site,
        table(["Name", "What it is", "Level"], ["`pip`", SENTENCE * 3, "beginner"]),
    )
    (_, name, _), (_, text, _), (_, level, longest) = columns(tex)
    assert text > 4 * name > 0
    assert name + text + level <= 1
    # "beginner" stays in one piece.
    assert longest > 4
    assert level * 37 - 1.2 > 4
    assert "longtable" not in tex
    assert warnings == []


def test_narrow_tables_are_not_stretched(make_site: MakeSite) -> None:
    tex, _ = book(make_site, table(["Name", "Age"], ["Ann", "3"]))
    assert all(limit < 4 for _, _, limit in columns(tex))


def test_the_sides_of_markdown(make_site: MakeSite) -> None:
    tex, _ = book(make_site, table(["A", "B", "C"], ["1", "2", "3"], line="|:--|--:|:-:|"))
    assert [side for side, _, _ in columns(tex)] == ["left", "right", "centre"]


def test_long_tables_break_over_pages(make_site: MakeSite) -> None:
    tex, _ = book(make_site, table(["A", "B"], *[["a", "b"]] * 20))
    assert r"\begin{longtable}{\fspcol" in tex
    # Without a caption it has no number that readers would look for.
    assert r"\begin{fsptable}{}{loose}" in tex


def test_rows_of_many_lines_count(make_site: MakeSite) -> None:
    tex, _ = book(make_site, table(["A", "B"], *[["a", SENTENCE * 6]] * 4))
    assert r"\begin{longtable}" in tex


AUTHORS = {
    "widths": ("```{list-table}\n:widths: 80 20\n\n* - a\n  - b\n```", r"\X{80}{100}"),
    "columns": ("```{tabularcolumns} ll\n```\n\n" + table(["A"], ["b"]), "{ll}"),
    "a class": ("```{rst-class} longtable\n```\n\n" + table(["A"], ["b"]), r"\begin{longtable}"),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_what_the_author_says_stays(make_site: MakeSite, name: str) -> None:
    text, expected = AUTHORS[name]
    tex, _ = book(make_site, text)
    assert expected in tex
    assert "fspcol" not in tex


def test_a_side_that_the_author_chose_stays(make_site: MakeSite) -> None:
    tex, _ = book(make_site, "```{list-table}\n:align: right\n\n* - a\n  - b\n```")
    assert r"\raggedleft" in tex
    assert len(columns(tex)) == 2


def test_a_project_without_guide_pages_keeps_the_tables_of_sphinx(make_site: MakeSite) -> None:
    site = make_site(pages={"index.md": "# Home\n\n" + table(["A"], ["example.org/" + "a/" * 30])})
    tex = tex_of(site.build("latex"))
    assert "fspcol" not in tex
    assert "fsptables" not in tex
    assert "fspbreak" not in tex


def test_a_table_of_forty_columns_becomes_several(make_site: MakeSite) -> None:
    head = [f"Column {n}" for n in range(40)]
    tex, warnings = book(make_site, table(head, [f"cell {n}" for n in range(40)]))
    count = tex.count(r"\begin{tabular")
    assert 4 < count < 10
    assert all(tex.count(f"Column {n}\n") == 1 for n in range(1, 40))
    assert tex.count("Column 0\n") == tex.count("cell 0\n") == count
    assert warnings == [warned(5, f"of 40 columns is too wide: it is shown as {count}")]


def test_a_name_in_the_first_column_is_there_once(make_site: MakeSite) -> None:
    head = [f"Column {n}" for n in range(20)]
    first = "{#here}`x` [a link](https://example.org/)"
    tex, _ = book(make_site, table(head, [first.replace("{#here}", ""), *["c"] * 19]))
    labels = re.findall(r"\\label\{[^}]*\}", tex)
    assert len(labels) == len(set(labels))


SPANS = """\
<table><caption>All</caption>
<tr>{heads}</tr>
<tr><td colspan=40>One cell for all</td></tr>
<tr>{cells}</tr>
</table>"""


def test_a_wide_table_with_a_cell_across_becomes_a_list(make_site: MakeSite) -> None:
    heads = "".join(f"<th>Head {n}</th>" for n in range(40))
    cells = "".join(f"<td>cell {n}</td>" for n in range(40))
    tex, warnings = book(make_site, SPANS.format(heads=heads, cells=cells))
    assert r"\begin{tabular" not in tex
    assert "One cell for all" in tex
    assert r"\sphinxstylestrong{All}" in tex
    for n in range(40):
        assert rf"\sphinxstylestrong{{Head {n}: }}cell {n}" in tex
    assert warnings == [warned(5, "of 40 columns is too wide: it is shown as a list")]


TALL = table(["A", "B"], ["short", SENTENCE * 220], ["x", "y"])


def test_a_cell_that_is_taller_than_a_page_becomes_rows(make_site: MakeSite) -> None:
    tex, warnings = book(make_site, TALL)
    assert tex.count(r"\\") > 20
    words = " ".join(tex.split())
    assert words.count("quick brown fox") == 220
    assert words.count("at night.") == 220
    assert warnings == []


def test_a_tall_cell_across_rows_becomes_a_list(make_site: MakeSite) -> None:
    html = (
        f"<table><tr><td rowspan=2>{SENTENCE * 60}</td><td>a</td></tr><tr><td>b</td></tr></table>"
    )
    tex, warnings = book(make_site, html)
    assert r"\begin{itemize}" in tex
    assert warnings == [warned(5, "has a row too tall for a page: it is shown as a list")]


NESTED = """\
`````{list-table}
* - outer
  - ````{list-table} Inner
    :header-rows: 1

    * - Name
      - Deep
    * - first
      - ```{list-table}
        * - deepest
          - cell
        ```
    ````
`````
"""


def test_a_table_without_rows(make_site: MakeSite) -> None:
    # Sphinx alone ends in a traceback here, in projects without guide pages too.
    only_head = "| Only | a head |\n|---|---|\n"
    assert "Only" in book(make_site, only_head)[0]
    site = make_site(pages={"index.md": f"# Home\n\n{only_head}"})
    assert "Only" in tex_of(site.build("latex"))


def test_a_table_in_a_table_becomes_a_list(make_site: MakeSite) -> None:
    tex, warnings = book(make_site, NESTED)
    assert tex.count(r"\begin{tabular") == 1
    for text in ("outer", r"\sphinxstylestrong{Inner}", "{Name: }first", "deepest", "cell"):
        assert text in tex
    # docutils before 0.23 gives a table without a title the line of its first row.
    deepest = "p.md:13:" if docutils.__version_info__ >= (0, 23) else "p.md:14:"
    assert [w.partition(" WARNING")[0] for w in warnings] == [deepest, "p.md:7:"]


ODD = [
    "<table><tr><td rowspan=3>a</td><td>b</td></tr><tr><td colspan=3>c</td></tr></table>",
    "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>",
    "<table><tr><td colspan=900>a</td></tr><tr><td>b</td></tr></table>",
    "<table><tr></tr></table>",
    "<table><caption>Only this</caption></table>",
    "<table><tr><td></td></tr></table>",
    "<table><thead><tr><th rowspan=5>a</th></tr></thead></table>",
    table(["A", "B"], ["only one"], ["one", "two", "three"]),
    "| A |\n|---|\n",
    "```{csv-table}\n:header: a,b\n\n1\n1,2,3\n```",
    "```{list-table}\n```",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_tables_end_in_no_traceback(make_site: MakeSite, text: str) -> None:
    book(make_site, text)


# What comes out on paper.

RESOURCES = """\
:::{resources}
:view: table

- [Think Python](https://a.example/think) is a free book for those who have never programmed.
  :kind: book
  :level: beginner
  :price: free
  :author: Allen B. Downey
  :publisher: Green Tea Press Publishing Company
  :date: 2015-01-31
- [Fluent Python](https://a.example/fluent) covers the language in depth.
  :kind: book
  :level: advanced
  :price: paid
  :author: Luciano Ramalho
  :publisher: O'Reilly Media Incorporated
:::
"""
ADDRESS = (
    "https://www.example.org/a/very/long/path/that/goes/on/and_on/index.html?one=two&three=four"
)
CELLS = """\
```{list-table} With a caption
:header-rows: 1
:name: with-a-caption

* - Head
  - Other head
* - - one
    - two
      - a deeper item with a text that is long enough to be wrapped
  - 1. first
    2. second
* - ```python
    def function(argument, other="a long string that has to be wrapped"):
        return argument
    ```
  - Paragraph one.

    Paragraph two.
* - :::{note}
    A note in a cell.
    :::
  -
```

See {ref}`with-a-caption`.
"""
PLACES = f"""\
- In a list:

  - deeper:

    {table(["A", "B"], [SENTENCE, SENTENCE]).replace(chr(10), chr(10) + "    ")}

:::{{note}}
{table(["A", "B"], *[[f"in a note {n}", SENTENCE] for n in range(60)])}
:::

:::{{seealso}}
{table(["A", "B"], ["in a", "well"])}
:::

A term
: And its definition:

  {table(["A", "B"], ["in a", "definition"]).replace(chr(10), chr(10) + "  ")}

Some text.[^1]

[^1]: A note:

    {table(["A", "B"], ["in a", "footnote"]).replace(chr(10), chr(10) + "    ")}

{table(["Head[^2]", "B"], ["cell[^3]", "y"])}

[^2]: The note of a head.
[^3]: The note of a cell.
"""
LONG_WORDS = ["Internationalization", "Responsibilities", "Characteristics", "Acknowledgement"]
PAGES = {
    "resources": RESOURCES,
    "cells": CELLS,
    "places": PLACES,
    "forty": table(
        [f"Column {n}" for n in range(40)],
        *[[f"r{r}c{n}" for n in range(40)] for r in range(3)],
    ),
    "thousand": table(["No", "Text"], *[[f"n{n}", f"row {n} of many"] for n in range(1000)]),
    "tall": TALL,
    "words": table([w + "," for w in LONG_WORDS] * 2, LONG_WORDS * 2),
    "empty": table(["A", "B", "C"], ["", "", ""], ["1", "", ""]),
    "addresses": table(["Address"], [f"<{ADDRESS}>"], [ADDRESS])
    + "\n\n"
    + table(["Name", "Address", "Code"], ["Three columns", f"<{ADDRESS}>", f"`{ADDRESS}`"]),
    "code": "````{list-table}\n* - a\n  - ```python\n"
    + "".join(f"    line_{n} = {n}\n" for n in range(200))
    + "    ```\n````",
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Return a book of all kinds of tables."""
    return print_out(project(tmp_path_factory.mktemp("tables") / "guide", PAGES))


def test_no_table_leaves_its_page(paper: Paper) -> None:
    paper.assert_sound()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["beginner", "advanced", "Incorporated", "2015-01-31"], id="resources"),
        pytest.param(["A note in a cell.", "Paragraph two.", "a deeper item"], id="cells"),
        pytest.param(
            ["in a note 59", "footnote", "The note of a head.", "The note of a cell."], id="places"
        ),
        pytest.param([f"r{r}c{n}" for n in range(40) for r in range(3)], id="forty"),
        pytest.param([f"row {n} of many" for n in range(1000)], id="thousand"),
        pytest.param([*LONG_WORDS], id="words"),
        pytest.param([ADDRESS], id="addresses"),
        pytest.param([f"line_{n} = {n}" for n in range(200)], id="code"),
    ],
)
def test_all_text_is_on_paper(paper: Paper, texts: list[str]) -> None:
    assert [text for text in texts if not paper.holds(text)] == []


def test_a_tall_cell_is_whole(paper: Paper) -> None:
    assert paper.letters.count("quickbrownfox") >= 220
