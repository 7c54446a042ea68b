"""A check's problems for people. Pure functions: from findings to lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from sphinx_fsp.check.colour import Palette
from sphinx_fsp.check.files import Refusal
from sphinx_fsp.check.finding import Finding, help_of
from sphinx_fsp.check.fixes import Fix

BY_FILE, BY_KIND = "file", "kind"
#: Names a file of the project as the reader may open it.
Shown = Callable[[str], str]


def report(
    findings: Sequence[Finding],
    fixable: int,
    pages: int,
    shown: Shown,
    colour: Palette,
    by: str = BY_FILE,
    looked: str = "",
) -> Iterator[str]:
    """Return all problems, grouped, and their counts at the end.

    :param fixable: how many ``--fix`` would put right
    :param pages: how many files were looked at
    :param looked: what was looked at, in words, where it weren't files
    """
    looked = looked or f"{pages} file{'s' * (pages != 1)} checked"
    if not findings:
        yield colour("green", f"No problems: {looked}.")
        return
    yield from (_by_kind if by == BY_KIND else _by_file)(findings, shown, colour)
    counts = Counter(finding.kind for finding in findings)
    width = len(str(max(counts.values())))
    names = max(map(len, counts))
    for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        name, short = colour("yellow", f"{kind:<{names}}"), colour("dim", short_help(kind))
        yield f"{count:>{width}}  {name}  {short}"
    files = len({finding.path for finding in findings})
    total = f"{len(findings)} problem{'s' * (len(findings) != 1)}"
    yield ""
    yield f"{colour('bold', total)} in {files} file{'s' * (files != 1)}; {looked}."
    if fixable:
        yield f"{fixable} of them can be put right with certainty: run with --fix."


def short_help(kind: str) -> str:
    """Return when a problem of that kind is given, in a sentence."""
    text = help_of(kind).removeprefix("Only said by sphinx-fsp check. ")
    return re.split(r"(?<=\.)\s", text)[0]


def _by_file(findings: Sequence[Finding], shown: Shown, colour: Palette) -> Iterator[str]:
    for _, group in groupby(findings, key=lambda finding: finding.path):
        for finding in group:
            yield (
                f"{_place(finding, shown, colour)} {_sentence(finding, colour)} "
                f"{colour('yellow', f'[{finding.kind}]')}"
            )
        yield ""


def _by_kind(findings: Sequence[Finding], shown: Shown, colour: Palette) -> Iterator[str]:
    """Group by kind, and below that by what is said: one slip stands on many pages."""
    ordered = sorted(findings, key=lambda f: (f.kind, f.sentence, f.path, f.line))
    for kind, group in groupby(ordered, key=lambda finding: finding.kind):
        yield f"{colour('yellow', f'[{kind}]')} {help_of(kind)}"
        for _, same in groupby(group, key=lambda finding: finding.sentence):
            places = list(same)
            yield f"  {_sentence(places[0], colour)}"
            for finding in places:
                yield f"    {_place(finding, shown, colour).removesuffix(':')}"
        yield ""


def _sentence(finding: Finding, colour: Palette) -> str:
    hint = f"; {_plain(finding.hint)}" if finding.hint else ""
    return f"{_plain(finding.message)}{colour('dim', hint)}"


def _plain(text: str) -> str:
    """Return a text without what would command the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _place(finding: Finding, shown: Shown, colour: Palette) -> str:
    path = colour("bold", _plain(shown(finding.path)))
    return f"{path}:{colour('cyan', str(finding.line))}:" if finding.line else f"{path}:"


def done(fixes: Sequence[Fix], shown: Shown, colour: Palette, verb: str) -> Iterator[str]:
    """Say what was put right.

    :param verb: ``fixed``, or ``would fix``
    """
    for fix in fixes:
        finding, edit = fix.finding, fix.edit
        what = _plain(f"{edit.old} -> {edit.new}") if edit else "saved as UTF-8"
        place = f"{shown(finding.path)}:{edit.line}" if edit else shown(finding.path)
        yield f"{colour('green', verb)} {place}: {what} {colour('yellow', f'[{finding.kind}]')}"


def refused(refusals: Sequence[Refusal], shown: Shown, colour: Palette) -> Iterator[str]:
    """Say which files stay as they are, and why."""
    for refusal in refusals:
        yield f"{colour('red', 'not fixed')} {shown(refusal.path)}: the file {refusal.why}"
