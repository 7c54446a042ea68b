"""The documents of a content folder, whatever made the site before. Reads them all once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sphinx_fsp.init.found import Gap
from sphinx_fsp.init.look import Folder, is_excluded
from sphinx_fsp.source.catalogue import SourceFile
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.metadata import NOTHING, PathMetadata

SUFFIXES = (".markdown", ".md")
RST = ".rst"
#: What Pelican reads as a page, and so doesn't publish as it is.
DOCUMENTS = (*SUFFIXES, RST, ".html", ".htm")
NEXT_STEPS = ("next-steps.yml", "next-steps.yaml")
_ADMONITIONS = "admonitions"
_TEXT = "they stay as text; write Markdown or a directive for them"
#: What other readers of Markdown know, how it is called, and what to do about it.
_MARKS = (
    (re.compile(r"\{%-? \w"), "Liquid tags", _TEXT),
    (re.compile(r"\{\{[<%]"), "Hugo's shortcodes", _TEXT),
    (
        re.compile(r"^(?:!!!|\?\?\?\+?) \w", re.MULTILINE),
        _ADMONITIONS,
        "they stay as text; write :::{note} and ::: around the text for !!! note",
    ),
    (
        re.compile(r"^\[TOC\]\s*$", re.MULTILINE),
        "[TOC]",
        "it stays as text; delete it: the theme shows the headings of a page",
    ),
)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
#: A field of a reStructuredText document, and a line under its title.
_FIELD = re.compile(r"^:([A-Za-z][\w-]*):[ \t]*(.*)$")
_RULE = re.compile(r"^([=\-~^\"'#*+`.:_])\1{2,}\s*$")


class Sources(NamedTuple):
    """All documents of a content folder."""

    #: Paths in the content folder.
    names: tuple[str, ...]
    texts: Mapping[str, str]

    def without(self, patterns: tuple[str, ...]) -> Sources:
        """Return those that no pattern of ``exclude_patterns`` names."""
        names = tuple(name for name in self.names if not is_excluded(name, patterns))
        return Sources(names, {name: self.texts[name] for name in names})

    @property
    def markdown(self) -> list[SourceFile]:
        """The Markdown files."""
        return [SourceFile(n, self.texts[n]) for n in self.names if n.endswith(SUFFIXES)]

    @property
    def headers_of_rst(self) -> list[SourceFile]:
        """The reStructuredText files with a title, as the headers that Markdown would have."""
        found = ((n, rst_header(self.texts[n])) for n in self.names if n.endswith(RST))
        return [SourceFile(name, text) for name, text in found if text]

    def documents(self, metadata: PathMetadata = NOTHING) -> tuple[str, ...]:
        """Return the docnames of those that are no guide pages."""
        return tuple(
            posixpath.splitext(n)[0]
            for n in self.names
            if n.endswith(RST) or read_header(self.texts[n], metadata.of(n)) is None
        )


def read_sources(folder: Folder, content: str, exclude: tuple[str, ...]) -> Sources:
    """Read the documents of a content folder."""
    names = tuple(
        n
        for n in folder.below(content)
        if n.endswith((*SUFFIXES, RST)) and not is_excluded(n, exclude)
    )
    return Sources(names, {n: folder.text(posixpath.join(content, n)) for n in names})


def gaps_of_text(sources: Sources, content: str, metadata: PathMetadata = NOTHING) -> Iterator[Gap]:
    """Return what the Markdown has that is read as text, by the first file that has it."""
    texts = {file.path: _FENCE.sub("", file.text) for file in sources.markdown}
    ordinary = set(sources.documents(metadata))
    for mark, what, hint in _MARKS:
        used = [name for name, text in texts.items() if mark.search(text)]
        if what == _ADMONITIONS:
            # Pages of a guide may have them.
            used = [name for name in used if posixpath.splitext(name)[0] in ordinary]
        if used:
            more = f" in {count(used, 'file')}"
            yield Gap(what + more, posixpath.join(content, used[0]), hint)


def rst_header(text: str) -> str:
    r"""Return the title and the fields at the top of a document as ``key: value`` lines.

    >>> rst_header("Pond\n####\n\n:date: 2024-05-06\n\nText.")
    'title: Pond\ndate: 2024-05-06\n\n'
    """
    fields: dict[str, str] = {}
    lines = [line for line in text.split("\n", 60)[:60] if line.strip()]
    if len(lines) > 1 and _RULE.match(lines[0]):
        lines = lines[1:]
    if len(lines) > 1 and _RULE.match(lines[1]) and not _FIELD.match(lines[0]):
        fields["title"] = lines[0].strip()
        lines = lines[2:]
    for line in lines:
        if not (match := _FIELD.match(line)):
            break
        fields.setdefault(match[1].lower(), match[2].strip())
    if not fields.get("title"):
        return ""
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n"


def count(things: Iterable[object], name: str) -> str:
    """Return how many there are, in words."""
    number = len(list(things))
    return f"{number} {name}{'s' * (number != 1)}"
