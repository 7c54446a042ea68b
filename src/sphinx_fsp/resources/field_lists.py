"""Field lists at the ends of list items, taken from the text before it is parsed. Pure functions.

MyST reads field lists only where a project asks for them, and both parsers would read their
values as markup, which addresses don't survive. So the fields of an item are cut out as text, in
the same way for both, and blank lines take their places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sphinx_fsp.diagnostics import DANGLING_FIELDS, Problem
from sphinx_fsp.resources.record import Fields, RawField

_BULLET = re.compile(r"^( *)[*+-](?:\s+\S|\s*$)")
_RULE = re.compile(r"^ *([*+-])(?:\s*\1){2,}\s*$")
#: The first line of a directive, whose options look like fields.
_DIRECTIVE = re.compile(r"^\s*(?:\.\. [\w:-]+::|(?:`{3,}|~{3,}|:{3,})\{)")
_FIELD = re.compile(r"^( +):([A-Za-z][\w-]*):(?: +(.*))?$")
_ANY_FIELD = re.compile(r"^\s*:([A-Za-z][\w-]*):(?:\s|$)")
_KNOWN = re.compile(rf"^\s*:({'|'.join(Fields._fields)}):(?:\s|$)")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")


class SplitText(NamedTuple):
    """The text of a list without the fields of its items."""

    lines: tuple[str, ...]
    #: The fields of each item that has some, in order.
    fields: tuple[tuple[RawField, ...], ...]
    problems: tuple[Problem, ...]


def split_fields(lines: Sequence[str], first: int, path: str, *, needs_blank: bool) -> SplitText:
    """Take the fields from the ends of a list's items.

    :param lines: the text of the list
    :param first: the number of its first line in the file, counted from 1
    :param path: the file, for problems
    :param needs_blank: whether a blank line must part fields from text, as in reStructuredText
    """
    kept = list(lines)
    code = _code_lines(kept)
    fields: list[tuple[RawField, ...]] = []
    problems: list[Problem] = []

    def dangle(at: int, end: int, advice: str) -> None:
        names = [m[1] for line in lines[at:end] if (m := _ANY_FIELD.match(line))]
        details = {"fields": ", ".join(dict.fromkeys(names)), "advice": advice}
        problems.append(Problem(DANGLING_FIELDS, path, first + at, details))

    items, inner = _items(kept, code)
    said: set[int] = set()
    for start, end in items:
        block = _block(kept, start + 1, end, code)
        if block is None:
            continue
        indent = len(kept[block]) - len(kept[block].lstrip())
        if any(start < at < block and depth < indent for at, depth in inner):
            dangle(block, end, "move them to the end of an item that is in no other")
            said.update(range(block, end))
        elif needs_blank and kept[block - 1].strip():
            dangle(block, end, "put a blank line before them")
            said.update(range(block, end))
        else:
            fields.append(_read(kept[block:end], first + block))
            kept[block:end] = [""] * (end - block)
    for at, line in enumerate(kept):
        if _KNOWN.match(line) and at not in said and at not in code:
            dangle(at, at + 1, "put them at the end of an item, and indent them like its text")
    return SplitText(tuple(kept), tuple(fields), tuple(problems))


def _code_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that stand in fences, or are options of directives."""
    found = set()
    fence = ""
    options = False
    for at, line in enumerate(lines):
        options = bool(_DIRECTIVE.match(line) or (options and _ANY_FIELD.match(line)))
        if options:
            found.add(at)
        match = _FENCE.match(line)
        if fence or match:
            found.add(at)
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return found


def _items(
    lines: Sequence[str], code: set[int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the outermost items start and end, and where inner ones start, and how deep."""
    bullets = [
        (at, len(match[1]))
        for at, line in enumerate(lines)
        if at not in code and (match := _BULLET.match(line)) and not _RULE.match(line)
    ]
    outer = min((indent for _, indent in bullets), default=0)
    items = []
    for start in (at for at, indent in bullets if indent == outer):
        end = start + 1
        while end < len(lines) and not _is_outside(lines, end, outer):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        items.append((start, end))
    return items, [(at, indent) for at, indent in bullets if indent > outer]


def _is_outside(lines: Sequence[str], at: int, outer: int) -> bool:
    """Tell whether a line ends the item above it: it is the next one, or a block beside it."""
    line = lines[at]
    if not line.strip() or len(line) - len(line.lstrip()) > outer:
        return False
    return bool(_BULLET.match(line)) or not lines[at - 1].strip()


def _block(lines: Sequence[str], start: int, end: int, code: set[int]) -> int | None:
    """Return where the fields at the end of an item start; None if it has none."""
    found = None
    at = end - 1
    while at >= start and lines[at].strip() and at not in code:
        if _FIELD.match(lines[at]):
            found = at
        elif not _continues(lines, at, start):
            break
        at -= 1
    return found


def _continues(lines: Sequence[str], at: int, start: int) -> bool:
    """Tell whether a line goes on with a field above it: it stands deeper than the field."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    for above in range(at - 1, start - 1, -1):
        if not lines[above].strip():
            return False
        if match := _FIELD.match(lines[above]):
            return indent > len(match[1])
        if len(lines[above]) - len(lines[above].lstrip()) < indent:
            return False
    return False


def _read(lines: Sequence[str], first: int) -> tuple[RawField, ...]:
    """Return the fields that lines hold."""
    found: list[RawField] = []
    for number, line in enumerate(lines, first):
        if match := _FIELD.match(line):
            found.append(RawField(match[2], (match[3] or "").strip(), number))
        elif found:
            last = found[-1]
            found[-1] = last._replace(text=f"{last.text} {line.strip()}".strip())
    return tuple(found)
