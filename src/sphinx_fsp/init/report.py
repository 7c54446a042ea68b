"""What was found and written, for people. Pure functions: from data to lines of 80 columns."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sphinx_fsp.check.colour import Palette
from sphinx_fsp.check.finding import Finding
from sphinx_fsp.check.report import short_help
from sphinx_fsp.init.files import Kept, Plan
from sphinx_fsp.init.found import PLAIN, Fact, Found, Gap, plain

_WIDTH = 80
#: Columns of a place; a longer one gets a line of its own.
_PLACE = 24
#: Lines to add that are shown; a redirects file can have hundreds.
_MOST = 40


def found_lines(found: Found, colour: Palette) -> Iterator[str]:
    """Say what was found, and what isn't carried over."""
    pages = _count(len(found.pages), "guide page")
    others = _count(len(found.documents), "ordinary document")
    counts = " and ".join([pages] * bool(found.pages) + [others] * bool(found.documents))
    kind = "A folder of Markdown" if found.kind == PLAIN else f"A {found.kind} site"
    yield colour("bold", found.summary or f"{kind}: {counts}.")
    places = [len(plain(fact.place)) for fact in found.facts]
    places += [len(plain(gap.place)) for gap in found.gaps]
    indent = max((n for n in places if n <= _PLACE), default=0) + 4
    if found.facts:
        yield ""
        yield colour("bold", "What was found, and what it becomes")
        yield from _facts(found.facts, indent, colour)
    if found.gaps:
        yield ""
        yield colour("bold", "What isn't carried over, or needs a look")
        yield from _gaps(found.gaps, indent, colour)


def _facts(facts: Sequence[Fact], indent: int, colour: Palette) -> Iterator[str]:
    names = min(max(len(fact.name) for fact in facts), 20)
    for fact in facts:
        text = f"{fact.name:<{names}}  {fact.value} -> {fact.becomes}"
        first, *more = _wrapped(text, indent, names + 2)
        name = len(fact.name)
        yield from _beside(fact.place, colour("cyan", first[:name]) + first[name:], indent, colour)
        yield from (f"{'':{indent}}{line}" for line in more)


def _gaps(gaps: Sequence[Gap], indent: int, colour: Palette) -> Iterator[str]:
    for gap in gaps:
        first, *more = _wrapped(plain(gap.what), indent)
        yield from _beside(plain(gap.place), colour("yellow", first), indent, colour)
        yield from (f"{'':{indent}}{colour('yellow', line)}" for line in more)
        yield from (f"{'':{indent}}{line}" for line in _wrapped(plain(gap.hint), indent))


def _beside(place: str, text: str, indent: int, colour: Palette) -> Iterator[str]:
    """Return a line with a place before it, or above it where the place is long."""
    if len(place) > indent - 4:
        yield f"  {colour('dim', place)}"
        place = ""
    yield f"  {colour('dim', place)}{'':{indent - 2 - len(place)}}{text}"


def _wrapped(text: str, indent: int, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH - indent,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [""]


def plan_lines(plan: Plan, colour: Palette, *, dry_run: bool) -> Iterator[str]:
    """Say what is written, or would be, and what to add to files that are there."""
    yield ""
    todo = [kept for kept in plan.kept if kept.lines]
    if not plan.new and not todo:
        yield colour("green", "Nothing to do: the project is there.")
        return
    if plan.new:
        verb = "Would write" if dry_run else "Wrote"
        yield colour("bold", f"{verb} {_count(len(plan.new), 'file')}; no file was changed")
        names = min(max(len(file.path) for file in plan.new), 40)
        for file in plan.new:
            yield f"  {colour('green', '+')} {file.path:<{names}}  {colour('dim', file.what)}"
    if dry_run:
        for file in plan.new:
            yield ""
            yield colour("cyan", file.path)
            yield from (f"    {line}" if line else "" for line in file.text.splitlines())
    for kept in todo:
        yield from _kept(kept, colour)


def _kept(kept: Kept, colour: Palette) -> Iterator[str]:
    yield ""
    yield f"{colour('yellow', plain(kept.path))} was left as it is; what it needs:"
    lines = kept.lines.splitlines()
    yield from (f"    {line}" if line else "" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"    ... and {len(lines) - _MOST} lines more"


def check_lines(findings: Iterable[Finding], folder: str, colour: Palette) -> Iterator[str]:
    """Say what a check found, by kind."""
    counts = Counter(finding.kind for finding in findings)
    yield ""
    if not counts:
        yield colour("green", "A check of the new project finds no problems.")
        return
    yield colour("bold", f"A check finds {_count(sum(counts.values()), 'problem')}")
    width, names = len(str(max(counts.values()))), max(map(len, counts))
    for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        indent = width + names + 6
        first, *more = _wrapped(short_help(kind), indent)
        yield f"  {count:>{width}}  {colour('yellow', f'{kind:<{names}}')}  {colour('dim', first)}"
        yield from (f"{'':{indent}}{colour('dim', line)}" for line in more)
    yield f"Where they are: sphinx-fsp check {folder}"


def next_lines(folder: str, builder: str, colour: Palette) -> Iterator[str]:
    """Say how to go on."""
    yield ""
    yield colour("bold", "Build it")
    yield f"    sphinx-build -b {builder} {folder} _build/html"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"
