"""Text as Markdown: what stands in a line, escaped so that it is read as it was meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias
from urllib.parse import urljoin

from sphinx_fsp.source.addresses import has_scheme, is_dangerous

#: Lines without their ends.
Block: TypeAlias = list[str]

#: What no text holds that is to be read; line ends and tabs are kept.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
#: What CommonMark, or GitHub's tables and strikethrough, would take for markup within a line.
_MARKUP = re.compile(
    r"[\\`\[\]]|\*(?!(?<=\s\*)\s)|<(?=\S)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~"
)
#: What would start another block at the beginning of a line.
_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+*](?=[\s-]|$)|=(?==*\s*$)|[|:](?=[-:| ]+$)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+\s*)$")
_BACKTICKS = re.compile(r"`+")
#: What would end an address, or be read as something else in it.
_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\<>]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LANGUAGE = re.compile(r"[\w+.#-]+")
#: Of Sphinx, for "not said".
_NO_LANGUAGE = frozenset({"default", "none", "guess", "text"})


class Place(NamedTuple):
    """Where a twin stands, for its addresses."""

    #: Address of the page: absolute, or the name of its file as the twin refers to it.
    page: str
    #: From the top of the site to the folder of downloads, as the page refers to it.
    downloads: str = ""

    def resolve(self, address: str) -> str:
        """Return an address of the page as the twin writes it; empty for one that runs code."""
        address = address.strip()
        if is_dangerous(address):
            return ""
        if has_scheme(address) or address.startswith("//"):
            return address
        if has_scheme(self.page):
            try:
                return urljoin(self.page, address)
            except ValueError:
                return address
        # Places of the page are in its HTML only.
        return self.page + address if address.startswith("#") else address


def plain(text: str) -> str:
    r"""Return a text without control characters.

    >>> plain("a\x00b")
    'ab'
    """
    return _CONTROL.sub("", text)


def escape(text: str) -> str:
    r"""Return a text of one node, as Markdown within a line.

    >>> escape("a*b [c] snake_case _d_ 2 * 3 <b>")
    'a\\*b \\[c\\] snake_case \\_d\\_ 2 * 3 \\<b>'
    """
    return _MARKUP.sub(r"\\\g<0>", plain(text))


def paragraph(markdown: str) -> list[str]:
    r"""Return the lines of a paragraph; none of them starts another block.

    >>> paragraph("a\n# b\n\n1. c")
    ['a', '\\# b', '1\\. c']
    >>> paragraph(escape("\\"))
    ['\\\\']
    """
    lines = (line.strip(" \t") for line in markdown.replace("\r", "\n").split("\n"))
    # A backslash alone would break a line that isn't there; two are one that was written.
    return [_escape_start(line) for line in lines if line not in {"", "\\"}]


def _escape_start(line: str) -> str:
    if match := _NUMBER.match(line):
        return f"{match[1]}\\{line[match.end(1) :]}"
    return f"\\{line}" if _START.match(line) else line


def one_line(markdown: str) -> str:
    """Return Markdown on one line, for headings and cells of tables."""
    return " ".join(markdown.replace("\\\n", " ").split())


def heading(level: int, markdown: str) -> str:
    r"""Return a heading.

    >>> heading(7, "C #")
    '###### C \\#'
    """
    text = _CLOSING.sub(r"\1\\\2", one_line(markdown))
    return f"{'#' * min(level, 6)} {text}".rstrip()


def code_span(code: str) -> str:
    """Return code within a line.

    >>> code_span("a`b"), code_span("`")
    ('``a`b``', '`` ` ``')
    """
    code = " ".join(plain(code).split("\n"))
    if not code.strip():
        return code
    fence = "`" * _free(code, 1)
    pad = " " if code[0] == "`" or code[-1] == "`" or code[0] == code[-1] == " " else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def fence(code: str, language: str) -> list[str]:
    """Return the lines of a block of code, which is as it was.

    >>> fence("x = 1", "python"), fence("```", "none")
    (['```python', 'x = 1', '```'], ['````', '```', '````'])
    """
    marks = "`" * max(3, _free(code, 3))
    if language in _NO_LANGUAGE or not _LANGUAGE.fullmatch(language):
        language = ""
    code = code.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [marks + language, *code.split("\n"), marks]


def _free(code: str, least: int) -> int:
    """Return the length of a run of backticks that ends no sooner than the code."""
    runs = {len(run) for run in _BACKTICKS.findall(code)}
    if least > 1:
        return max([*(run + 1 for run in runs), least])
    return next(n for n in range(1, len(runs) + 2) if n not in runs)


def link(markdown: str, address: str) -> str:
    """Return a link, or the text alone where there is no address.

    >>> link("a", "https://e.example/x_(y)"), link("b", "/a b"), link("c", "")
    ('[a](https://e.example/x_(y))', '[b](/a%20b)', 'c')
    """
    if not address:
        return markdown
    return f"[{markdown.strip()}]({destination(address)})"


def image(alt: str, address: str) -> str:
    """Return an image, or its alternative text where there is no address."""
    alt = one_line(escape(alt))
    return f"![{alt}]({destination(address)})" if address else alt


def destination(address: str) -> str:
    """Return an address so that it ends where it should."""
    address = _IN_ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}", address)
    if not _is_balanced(address):
        address = address.replace("(", "%28").replace(")", "%29")
    return _ENTITY.sub("&amp;", address)


def _is_balanced(address: str) -> bool:
    depth = 0
    for letter in address:
        depth += (letter == "(") - (letter == ")")
        # Source: CommonMark, "Links": readers may stop at 32.
        if not 0 <= depth <= 3:
            return False
    return depth == 0


def wrapped(mark: str, markdown: str) -> str:
    """Return emphasised text; blanks at its ends stay outside, where they don't undo it.

    >>> wrapped("**", "a "), wrapped("*", " ")
    ('**a** ', ' ')
    """
    text = markdown.strip()
    if not text:
        return markdown
    start = markdown.index(text[0])
    return f"{markdown[:start]}{mark}{text}{mark}{markdown[start + len(text) :]}"


def quoted(blocks: Iterable[Block]) -> Block:
    """Return blocks as a quote.

    >>> quoted([["a"], ["b"]])
    ['> a', '>', '> b']
    """
    return [f"> {line}" if line else ">" for line in stacked(blocks)]


def stacked(blocks: Iterable[Block]) -> Block:
    """Return blocks as one, with blank lines between them."""
    lines: Block = []
    for block in blocks:
        if block:
            lines += ["", *block] if lines else block
    return lines


def hung(mark: str, blocks: list[Block], indent: int = 0) -> Block:
    """Return blocks below one another, the first after a mark and the others as far in."""
    room = " " * (indent or len(mark))
    shown = [block for block in blocks if block]
    if not shown:
        return [mark.rstrip()]
    lines = list(shown[0])
    for block in shown[1:]:
        # A list right below the text of an item belongs to it without a blank line.
        close = len(shown) == 2 and block[0].startswith(("- ", "* ", "1. ", "1) "))
        lines += block if close and "" not in block else ["", *block]
    return [mark + lines[0], *(room + line if line else "" for line in lines[1:])]


def pipe_table(rows: list[list[str]], *, head: bool = True) -> Block:
    """Return a table as GitHub's Markdown has it.

    :param rows: of texts that `cell_text` made
    :param head: False when the first row is no head, which Markdown's tables have to have

    >>> pipe_table([["a", "b"], ["1"]])
    ['| a | b |', '| --- | --- |', '| 1 |  |']
    """
    if not rows:
        return []
    width = max(map(len, rows))
    if not head:
        rows = [[], *rows]
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def cell_text(blocks: Iterable[Block]) -> str:
    """Return the blocks of a cell on one line, which is all that a cell has."""
    lines = (one_line("\n".join(part)) for block in blocks for part in _parts(block))
    return "<br>".join(line for line in lines if line).replace("|", "\\|")


def _parts(block: Block) -> Iterator[Block]:
    """Yield what stands on lines of its own: items of a list, and lines that were broken."""
    part: Block = []
    for line in block:
        broken = part and part[-1].endswith("\\")
        if broken:
            part[-1] = part[-1].removesuffix("\\")
        if broken or line.lstrip().startswith(("- ", "* ")):
            yield part
            part = []
        part.append(line)
    yield part
