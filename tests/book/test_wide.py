"""Long words, addresses and code on paper: they are broken, and nothing leaves its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Site
from paper import Paper, print_out, project

MakeSite = Callable[..., Site]

SENTENCE = "The quick brown fox jumps over the lazy dog near the river bank at night. "
WORD = "averylongwordthatneverendsbecausenobodystopsit" * 3
ADDRESS = (
    "https://www.example.org/a/very/long/path/that/goes/on/and_on/index.html?one=two&three=four"
)
PATH = "/usr/local/lib/python3.11/site-packages/django/contrib/auth/AuthenticationMiddleware.py"
NAME = "SomeVeryLongCamelCaseClassNameThatGoesOnAndOn.method_name_is_long_too()"
LEVELS = 7
SIGNATURE = (
    "package.module.a_very_long_name_of_a_function(first_argument: int = 1, "
    'second_argument: str = "default", **more) -> dict[str, list[tuple[int, str]]]'
)

CODE = f"""\
```python
first = 1
~~second = "{SENTENCE * 2}"
third = "{"x" * 300}"
```

```{{code-block}} python
:caption: A caption with `code`
:linenos:
:emphasize-lines: 2

def function():
    return "{WORD}" + "{WORD}"
```

- In a list:

  ```python
  def in_a_list(argument, other="{SENTENCE}"):
      return argument
  ```

:::{{seealso}}
In a well:

```bash
curl -X POST {ADDRESS} -H "Content-Type: application/json" -d '{{"key": "value"}}'
```
:::
"""
INLINE = f"""\
Some text with `{PATH}` and `pip install --upgrade-strategy=only-if-needed {"z" * 150}` and
[{PATH}]({ADDRESS}) and {WORD} and {ADDRESS} and <{ADDRESS}> and `{NAME}`.

{"".join(f"{'  ' * n}- level {n} {WORD} <{ADDRESS}> `{PATH}`{chr(10)}" for n in range(LEVELS))}

> Quoted: {WORD}
>
> > {ADDRESS}

[{SENTENCE * 3}](https://example.org/)

## A heading with {WORD} and `{PATH}` in it

### {ADDRESS}

:a_very_long_name_of_a_field_that_takes_much_room: {SENTENCE * 2}
:short: {WORD}

{WORD}
: A term of {PATH}.

```{{py:function}} {SIGNATURE}

Its text.
```

```{{eval-rst}}
| A line block {SENTENCE * 2}
| {WORD}
|   indented {ADDRESS}
```
"""
PAGES = {
    "code": CODE,
    "lines": "```python\n" + "".join(f"line_{n} = call({n})\n" for n in range(500)) + "```\n",
    "thousands": f"```text\n{'y' * 10_000}\n```\n\n```javascript\n{'f(a, b);' * 500}\n```\n",
    "inline": INLINE,
    f"name_of.{'part_' * 12}end": "A page with a long name.",
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Return a book of wide things."""
    return print_out(project(tmp_path_factory.mktemp("wide") / "guide", PAGES))


def test_nothing_leaves_its_page(paper: Paper) -> None:
    paper.assert_sound()


@pytest.mark.parametrize("text", [ADDRESS, PATH, NAME, WORD])
def test_long_words_are_whole(paper: Paper, text: str) -> None:
    # No hyphen is put into what readers copy.
    assert paper.holds(text)


def test_all_lines_of_code(paper: Paper) -> None:
    assert [n for n in range(500) if f"line_{n}=call({n})" not in paper.letters] == []
    assert paper.letters.count("f(a,") >= 500
    assert paper.letters.count("y") >= 10_000


def test_wrapped_lines_have_a_mark(paper: Paper) -> None:
    assert "\u21aa" in paper.letters or "\u2192" in paper.letters or ",→" in paper.letters


def test_emphasised_lines_are_marked_in_latex(paper: Paper) -> None:
    (path,) = [p for p in paper.build.outdir.glob("*.tex") if "sphinx" not in p.name]
    tex = path.read_text(encoding="utf-8")
    assert r"\fvset{hllines={, 2,}}" in tex
    assert "~~second" not in tex


def test_copied_text_holds_no_marks_of_breaks(paper: Paper) -> None:
    assert "\u200b" not in paper.letters


def test_addresses_stay_as_they_are_in_latex(make_site: MakeSite) -> None:
    pages = {
        "index.md": "# Home\n\n```{guide-contents}\n```\n",
        "p.md": f"title: P\nslug: p\nsortorder: 0100\n\n<{ADDRESS}> and [{ADDRESS}/]({ADDRESS})\n",
    }
    build = make_site(pages=pages).build("latex")
    (path,) = [p for p in build.outdir.glob("*.tex") if "sphinx" not in p.name]
    tex = path.read_text(encoding="utf-8")
    address = ADDRESS.replace("_", r"\_").replace("&", r"\&")
    assert rf"\sphinxurl{{{address}}}" in tex
    assert rf"\sphinxhref{{{address}}}" in tex
    broken = r"https://\fspbreak{}www.\fspbreak{}example.\fspbreak{}org/\fspbreak{}a/"
    assert broken in tex


def test_tabs_in_code_reach_their_columns_in_latex(make_site: MakeSite) -> None:
    pages = {"p.md": "title: P\nslug: p\nsortorder: 0100\n\n```text\nab\tc\n\td\n```\n"}
    build = make_site(pages=pages).build("latex")
    (path,) = [p for p in build.outdir.glob("*.tex") if "sphinx" not in p.name]
    tex = path.read_text(encoding="utf-8")
    assert "ab      c\n        d\n" in tex
