r"""Resources in BibTeX and BibLaTeX. Pure functions.

pybtex reads the entries: its grammar is BibTeX's own, with ``#``, ``@string`` and names of months,
it says where a fault is, and keeps what it read before. (bibtexparser 2 knows no ``#``, takes a
forgotten comma for a part of the value, and tells no columns.)

What a resource takes from an entry:

- url: ``url`` or ``link``, else ``doi``, else ``\url{...}`` in ``howpublished``
- author: ``author``, else ``editor``; "Last, First" is turned
- date: ``date`` (the start of a range), else ``year``, ``month`` and ``day``
- publisher: the first of those in `_PUBLISHERS`
- tags: ``keywords``; lang: ``langid``, else ``language``
- description: ``description``, else ``abstract``, ``annotation``, ``annote`` or ``note``
- kind: by the type of the entry, where `KINDS_OF_TYPES` has it

A field with a name of ours goes first. Those in `_UNUSED`, that describe a print, are left out.
All others are kept as they are, so that a name written wrong is reported like everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pybtex.bibtex.utils import split_name_list, split_tex_string
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError, Token
from pybtex.utils import CaseInsensitiveDict

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import Pair, Source, fault, make_item
from sphinx_fsp.resources.data_files.latex import has_url, to_text, to_url
from sphinx_fsp.resources.record import RawItem

KINDS_OF_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("book", "booklet", "mvbook", "collection", "mvcollection"), "book"),
    **dict.fromkeys(("article", "inproceedings", "conference", "incollection"), "paper"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis", "techreport", "report"), "paper"),
    **dict.fromkeys(("inbook", "unpublished"), "paper"),
    "manual": "documentation",
    "software": "tool",
    **dict.fromkeys(("video", "movie"), "video"),
}
_OWN = frozenset("kind level price author publisher date lang tags license added name".split())
_PUBLISHERS = "publisher journal journaltitle organization institution school".split()
_DESCRIPTIONS = "description summary abstract annotation annote note".split()
#: Fields of BibTeX, BibLaTeX, JabRef and Zotero that no resource has.
_UNUSED = frozenset(
    """
    address addendum afterword annotator archiveprefix bookauthor bookpagination booksubtitle
    booktitle booktitleaddon chapter commentator crossref day doi edition editor editora editortype
    eid entryset entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon
    execute file foreword gender hidden howpublished ids indexsorttitle indextitle introduction
    isan isbn ismn isrn issn issue issuesubtitle issuetitle iswc journalsubtitle key label
    langidopts lccn library location mainsubtitle maintitle maintitleaddon month nameaddon number
    options origdate origlanguage origlocation origpublisher origtitle owner pages pagetotal
    pagination part pmid presort primaryclass pubmedid pubstate related relatedtype reprinttitle
    series shortauthor shorteditor shorthand shortjournal shorttitle sortkey sortname sorttitle
    sortyear subtitle timestamp titleaddon translator type urldate urlyear venue version volume
    volumes xdata xref year
    """.split()
)
_USED = {"url", "link", "title", "keywords", "language", "langid", "archive", "date", "author"}
#: Names of languages as babel and BibLaTeX have them.
_LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("american", "usenglish"), "en-US"),
    **dict.fromkeys(("british", "ukenglish"), "en-GB"),
    **dict.fromkeys(("german", "ngerman"), "de"),
    **dict.fromkeys(("portuguese", "portuges"), "pt"),
    **{"english": "en", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl"},
    **{"brazilian": "pt-BR", "polish": "pl", "russian": "ru", "ukrainian": "uk", "czech": "cs"},
    **{"japanese": "ja", "chinese": "zh", "korean": "ko", "turkish": "tr", "swedish": "sv"},
    **{"danish": "da", "norwegian": "no", "finnish": "fi", "greek": "el", "hungarian": "hu"},
    **{"hebrew": "he", "arabic": "ar", "persian": "fa", "hindi": "hi", "indonesian": "id"},
}
_MONTHS = tuple(name.lower() for name in month_names)
_ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)
_KEYLESS = re.compile(r"\s*@\s*\w+\s*[{(]\s*(?:,|[\w-]+\s*=)")


class _Budget:
    """How many characters the strings of a file may still expand to.

    Each ``@string`` may repeat the one before: ten of them can make a text of any size.
    """

    left = 10_000_000


class _Parser(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's parser, with the line of each field and in time that grows with the text."""

    def __init__(self, text: str, macros: Any, keyless: bool, budget: _Budget) -> None:
        super().__init__(text, keyless_entries=keyless, macros=macros)
        self.pos = 0
        self.budget = budget
        self.lines: list[int] = []
        self.faults: list[tuple[int, str]] = []

    def skip_to(self, patterns: list[Any]) -> Token | None:
        # pybtex looks for one mark after the other, each up to the end of the text.
        marks = {self.AT: "@", self.QUOTE: '"', self.LBRACE: "{", self.RBRACE: "}"}
        by_mark = {marks[pattern]: pattern for pattern in patterns}
        match = _MARKS["".join(by_mark)].search(self.text, self.pos)
        if match is None:
            return None
        value = self.text[self.pos : match.end()]
        self.pos = match.end()
        self.update_lineno(value)
        return Token(value, by_mark[match[0]])

    def parse_field(self) -> None:
        self.eat_whitespace()
        line, count = self.lineno, len(self.current_fields)
        super().parse_field()
        # The caller keeps a field once both its parts are there.
        if self.current_field_name and self.current_value and len(self.lines) == count:
            self.lines.append(line)

    def substitute_macro(self, name: str) -> str:
        value = str(super().substitute_macro(name))
        self.budget.left -= len(value)
        if self.budget.left < 0:
            raise PybtexSyntaxError("strings expand to too much text", self)
        return value

    def handle_error(self, error: Any) -> None:
        words = str(error.args[0]) if error.args else ""
        kind = "" if error.error_type == "syntax error" else f"{error.error_type} "
        self.faults.append((self.pos, kind + words))


_MARKS = {marks: re.compile(f"[{marks}]") for marks in ("@", '"}{', "}{")}


def read_bib(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read a bib file.

    Each entry is parsed by itself, from an ``@`` at the start of a line to the next one, so that
    a brace that isn't closed spoils no other entry.
    """
    items: list[RawItem] = []
    problems: list[Problem] = []
    macros, budget = CaseInsensitiveDict(month_names), _Budget()
    starts = [match.start() for match in _ENTRY.finditer(source.text)]
    for start, end in pairwise([*starts, len(source.text)]):
        text = source.text[start:end]
        first = source.line(start)
        parser = _Parser(text, macros, bool(_KEYLESS.match(text)), budget)
        for kind, body in parser:
            if kind.lower() in {"string", "preamble", "comment"}:
                continue
            lines = [first - 1 + line for line in parser.lines]
            at = source.line(start + parser.command_start)
            parser.lines = []
            names = [(name, "".join(parts)) for name, parts in body[1] or []]
            raw = [Pair(*field, line) for field, line in zip(names, lines, strict=True)]
            pairs, found = _meaning(kind.lower(), raw, at, source)
            item, faults = make_item(pairs, at, source)
            items.append(item)
            problems += found + faults
        for offset, words in parser.faults:
            line, column = source.place(start + min(offset, len(text.rstrip())))
            why = f"not BibTeX: {words}"
            problems.append(fault(source, line, why, "correct the entry", column))
    if not starts:
        why, advice = "the data file holds no entry", "write entries such as @book{key, title = {}}"
        problems.append(fault(source, 1, why, advice))
    return items, problems


def _meaning(
    kind: str, raw: list[Pair], line: int, source: Source
) -> tuple[list[Pair], list[Problem]]:
    """Return the keys of a resource from the fields of an entry."""
    problems: list[Problem] = []
    given: dict[str, tuple[str, int]] = {}
    for name, value, at in raw:
        if name.lower() in given:
            why = f"{name[:40]!r} stands twice in this entry; the first is kept"
            problems.append(fault(source, at, why, "remove one of the two"))
        else:
            given[name.lower()] = (str(value), at)

    pairs: list[Pair] = []

    def add(key: str, text: str, at: int) -> None:
        if text.strip():
            pairs.append(Pair(key, text, at))

    def first_of(*names: str) -> tuple[str, int]:
        return next((given[name] for name in names if given.get(name, ("", 0))[0]), ("", line))

    address, at = _address(given, first_of)
    add("url", address, at)
    for key, names in (
        ("title", ["title"]),
        ("description", _DESCRIPTIONS),
        ("publisher", _PUBLISHERS),
        ("tags", ["tags", "keywords"]),
    ):
        text, at = first_of(*names)
        add(key, to_text(text), at)
    text, at = first_of("author", "editor")
    add("author", "; ".join(_names(text)), at)
    text, at = first_of("date", "year")
    add("date", _date(given) if "date" not in given else to_text(text).partition("/")[0], at)
    text, at = first_of("lang", "langid", "language")
    text = to_text(text)
    add("lang", _LANGUAGES.get(text.lower(), text), at)
    text, at = first_of("kind")
    add("kind", to_text(text) or KINDS_OF_TYPES.get(kind, ""), at)
    done = {pair.key for pair in pairs} | _USED | _UNUSED | {*_PUBLISHERS, *_DESCRIPTIONS}
    # Zotero keeps the name of an archive of papers in a field that is an address here.
    if has_url(given.get("archive", ("", 0))[0]):
        add("archive", to_url(given["archive"][0]), given["archive"][1])
    for name, _, at in raw:
        if name.lower() not in done:
            done.add(name.lower())
            add(name, to_text(given[name.lower()][0]), at)
    return pairs, problems


def _address(given: Mapping[str, tuple[str, int]], first_of: Any) -> tuple[str, int]:
    text, at = first_of("url", "link")
    if text:
        return to_url(text), at
    text, at = first_of("doi")
    if text:
        doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", to_url(text), flags=re.I)
        return f"https://doi.org/{doi}", at
    text, at = first_of("howpublished")
    return (to_url(text), at) if has_url(text) else ("", at)


def _names(text: str) -> Iterator[str]:
    """Return names of people as they are said: first name first."""
    # pybtex takes the square of the number of braces.
    short = len(text) <= 10_000
    for name in split_name_list(" ".join(text.split())) if short else [text]:
        parts = [part.strip() for part in (split_tex_string(name, ",") if short else [name])]
        if len(parts) == 2:
            # von Last, First
            parts = [parts[1], parts[0]]
        elif len(parts) == 3:
            # von Last, Jr, First
            parts = [parts[2], parts[0], parts[1]]
        words = to_text(" ".join(part for part in parts if part))
        if words and words != "others":
            yield words


def _date(given: Mapping[str, tuple[str, int]]) -> str:
    year, month, day = (
        to_text(given.get(name, ("", 0))[0]).strip() for name in ("year", "month", "day")
    )
    number = next((n for n, m in enumerate(_MONTHS, 1) if month.lower().startswith(m)), 0)
    if month.isascii() and month.isdigit():
        number = int(month[:3])
    if not year or not number:
        return year
    if day.isascii() and day.isdigit():
        return f"{year}-{number:02}-{int(day[:3]):02}"
    return f"{year}-{number:02}"
