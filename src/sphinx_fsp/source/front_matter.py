"""The header of a page: Pelican's ``key: value`` lines, or YAML between ``---`` lines.

Pure functions over text: no Sphinx, no docutils, no files.

Rules for Pelican's form are those of Python-Markdown's meta-data extension, which Pelican
reads headers with: a key starts within the first three columns, a line indented by four or
more continues the value before it, and the first blank line ends the header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from sphinx_fsp.source.yaml_text import read_yaml

#: Header keys that mean something to a guide, as the manual lists them.
KNOWN_KEYS = frozenset(
    "title slug category sortorder toc sidebartitle meta date modified author authorlink "
    "headerimage headeralt newsletter summary tags authors lang status translation "
    "save_as url feed_id timezone".split()
)
#: Keys that tell a YAML header of a guide from that of any other MyST document. A title alone
#: doesn't: MyST projects have titles in YAML too, and their addresses must not change.
GUIDE_YAML_KEYS = frozenset(
    "category sortorder toc sidebartitle status save_as url headerimage newsletter".split()
)

_KEY = re.compile(r"^ {0,3}([A-Za-z0-9_][A-Za-z0-9_-]*):[ \t]*(.*)$")
_MORE = re.compile(r"^(?: {4,}|\t)[ \t]*(.*)$")
_FENCE = re.compile(r"^---[ \t]*$")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$")


class Field(NamedTuple):
    """One value of a header."""

    value: str
    #: Line in the file, counted from 1.
    line: int


class Header(NamedTuple):
    """A header that was found at the top of a file."""

    #: Values by key, keys in lower case.
    fields: dict[str, Field]
    #: How many lines the header takes in the file, its closing line included.
    lines: int
    #: True for YAML between ``---`` lines that a YAML parser can read.
    yaml: bool
    #: Lines that are neither a key nor the continuation of one. Without a blank line before it,
    #: the first of them starts the body.
    stray_lines: tuple[int, ...]
    #: Keys that stand twice, with the line of the later one; the later value counts.
    repeated: tuple[tuple[str, int], ...] = ()

    def get(self, key: str) -> str:
        """Return the value of *key*, or an empty string."""
        field = self.fields.get(key)
        return field.value if field else ""

    def line(self, key: str) -> int:
        """Return the line of *key*, or 1 where the header doesn't have it."""
        field = self.fields.get(key)
        return field.line if field else 1


#: That of a file which has none.
NO_HEADER = Header({}, 0, yaml=False, stray_lines=())


def read_header(text: str, by_path: Mapping[str, str] | None = None) -> Header | None:
    """Return the guide header at the top of *text*, or None when it has none.

    A header of Pelican's form counts when it has a title or a slug. A YAML header counts when
    it has a slug, or a title and one of `GUIDE_YAML_KEYS`.

    :param by_path: values for keys that it doesn't have, or that are empty; they count as its own
    """
    by_path = by_path or {}
    lines = _head(text)
    if not lines:
        return None
    if _FENCE.match(lines[0]):
        header = _fenced(lines)
        if header is None:
            return None
        own = header.fields.keys()
        keys = own | by_path.keys()
        is_ours = "slug" in own or ("title" in own and keys & GUIDE_YAML_KEYS)
        return _completed(header, by_path) if is_ours else None
    header = _key_lines(lines, stop=True)
    if header is None or not header.fields.keys() & {"title", "slug"}:
        return None
    return _completed(header, by_path)


def _completed(header: Header, by_path: Mapping[str, str]) -> Header:
    """Return a header with values for what it doesn't say."""
    more = {
        key: Field(value, header.line(key)) for key, value in by_path.items() if not header.get(key)
    }
    return header._replace(fields={**header.fields, **more}) if more else header


def blank_header(text: str, header: Header) -> str:
    """Return *text* with its header replaced by as many empty lines.

    Every line of the body keeps its number, so that warnings stay true.
    """
    lines = text.split("\n")
    return "\n".join([""] * header.lines + lines[header.lines :])


def _head(text: str) -> list[str]:
    """Return the lines that can belong to a header: all up to a limit that no header reaches."""
    return text.removeprefix("\ufeff")[:65536].replace("\r\n", "\n").split("\n")[:1000]


def _key_lines(lines: list[str], *, stop: bool) -> Header | None:
    """Read ``key: value`` lines up to the first blank line.

    :param stop: whether a line that is neither a key nor the continuation of one starts the
        body, as it does for Pelican
    """
    fields: dict[str, Field] = {}
    stray: list[int] = []
    repeated: list[tuple[str, int]] = []
    key = ""
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            count = number
            break
        if match := _KEY.match(line):
            key = match[1].lower()
            if key in fields:
                # Pelican takes the first.
                repeated.append((key, number))
            fields.setdefault(key, Field(match[2].strip(), number))
        elif key and (match := _MORE.match(line)):
            before = fields[key]
            fields[key] = Field(f"{before.value} {match[1].strip()}".strip(), before.line)
        else:
            stray.append(number)
            if stop or not fields:
                break
        count = number
    return Header(fields, count, False, tuple(stray), tuple(repeated)) if fields else None


def _fenced(lines: list[str]) -> Header | None:
    """Read the header between ``---`` lines, as YAML if it is YAML and as key lines if not."""
    end = next((n for n, line in enumerate(lines[1:], 1) if _FENCE_END.match(line)), None)
    if end is None:
        return None
    block = lines[1:end]
    try:
        data, tree = read_yaml("\n".join(block))
    except (yaml.YAMLError, RecursionError):
        data = tree = None
    if isinstance(data, dict):
        keys = [
            (k.value.lower(), k.start_mark.line + 2)
            for k, _ in getattr(tree, "value", ())
            if isinstance(k.value, str)
        ]
        where = dict(keys)
        repeated = tuple((k, n) for i, (k, n) in enumerate(keys) if k in dict(keys[:i]))
        fields = {
            str(key).lower(): Field(value, where.get(str(key).lower(), 1))
            for key, raw in data.items()
            if (value := _scalar(raw)) is not None
        }
        return Header(fields, end + 1, True, (), repeated)
    skip = next((n for n, line in enumerate(block) if _KEY.match(line)), 0)
    header = _key_lines([line if line.strip() else "-" for line in block[skip:]], stop=False)
    if header is None:
        return None
    header = header._replace(
        fields={k: Field(_unquoted(f.value), f.line + skip) for k, f in header.fields.items()},
        stray_lines=tuple(n + skip for n in header.stray_lines),
        repeated=tuple((k, n + skip) for k, n in header.repeated),
    )
    fields = {key: Field(field.value, field.line + 1) for key, field in header.fields.items()}
    stray = tuple(
        n + 1
        for n in header.stray_lines
        if block[n - 1].strip() and not block[n - 1].startswith("#")
    )
    repeated = tuple((key, n + 1) for key, n in header.repeated)
    return Header(fields, end + 1, False, stray, repeated)


def _unquoted(value: str) -> str:
    """Return a value without the quotation marks around it."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _scalar(value: object) -> str | None:
    """Return the text of a YAML scalar, a list of scalars joined by commas, or None."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return None
