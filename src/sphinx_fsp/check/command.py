"""The command ``sphinx-fsp check``: its options, and what it prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple

from sphinx_fsp import __version__
from sphinx_fsp.check.colour import ALWAYS, AUTO, NEVER, palette_for
from sphinx_fsp.check.files import Change, Refusal, changes_of, diff, write
from sphinx_fsp.check.finding import kinds_named
from sphinx_fsp.check.fixes import Fix
from sphinx_fsp.check.machine import as_json
from sphinx_fsp.check.reading import CannotCheck, relative_path
from sphinx_fsp.check.report import BY_FILE, BY_KIND, done, refused, report
from sphinx_fsp.check.run import Result, check
from sphinx_fsp.check.sarif import as_sarif
from sphinx_fsp.check.urls import check_urls

GOOD, PROBLEMS = 0, 1
#: A build names the first line of a paragraph that has a link twice; the second comes next.
_ROUNDS = 5

#: Where projects have their conf.py.
_USUAL = ("content", "docs", "doc", "source", "docs/source")

_CHECK = """\
Find the problems of a guide without building it: broken links and images, headers,
redirects, lists of resources, and what no build warns of: images without alternative
text, pages that nothing leads to, http where the guide has https, and old addresses.
"""
_EXIT = """\
exit status: 0 no problems, 1 problems, 2 the folder can't be checked.
Problems are named as in suppress_warnings of conf.py, which is honoured.
"""


def add_command(commands: Any) -> None:
    """Add the command to those of ``sphinx-fsp``."""
    command = commands.add_parser(
        "check",
        help="find the guide's problems without building it",
        description=_CHECK,
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        default=".",
        help="the folder of conf.py, or any folder of Markdown pages; default: here",
    )
    command.add_argument(
        "--urls",
        metavar="LIST",
        type=Path,
        help="check instead that a site built into DIR has every address of LIST, or leads on: "
        "a sitemap, a text with an address in each line, or a folder of HTML",
    )
    which = command.add_argument_group("which problems")
    for name, what in (("select", "show these only"), ("ignore", "leave these out")):
        which.add_argument(
            f"--{name}",
            metavar="NAME",
            action="append",
            default=[],
            help=f"{what}; names with commas, such as unknown_page,missing_alt or myst",
        )
    output = command.add_argument_group("output")
    form = output.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="write JSON")
    form.add_argument("--sarif", action="store_true", help="write SARIF 2.1.0, for code review")
    output.add_argument("--output", metavar="FILE", type=Path, help="write to a file")
    output.add_argument(
        "--by", choices=(BY_FILE, BY_KIND), default=BY_FILE, help="how to group; default: file"
    )
    output.add_argument(
        "--color", choices=(AUTO, ALWAYS, NEVER), default=AUTO, help="default: on a terminal"
    )
    fixing = command.add_argument_group("putting right")
    fixing.add_argument(
        "--fix",
        action="store_true",
        help="put right what is certain: old addresses, http where the guide has the same "
        "address with https, schemes, case and endings of addresses, encodings",
    )
    fixing.add_argument(
        "--dry-run", action="store_true", help="with --fix: show a diff, and change nothing"
    )
    command.add_argument(
        "-j", "--jobs", metavar="N", type=_jobs, default="auto", help="processes; default: auto"
    )
    command.add_argument(
        "-T", "--traceback", action="store_true", help="show a traceback when it can't check"
    )
    command.set_defaults(run=run)


def _jobs(text: str) -> int:
    if text == "auto":
        return os.cpu_count() or 1
    if not text.isdigit() or text == "0":
        raise argparse.ArgumentTypeError(f"takes a number of processes or auto, not {text!r}")
    return int(text)


class _Fixing(NamedTuple):
    """What ``--fix`` did."""

    fixed: tuple[Fix, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    #: What it would have written.
    changes: tuple[Change, ...] = ()


def run(options: argparse.Namespace) -> int:
    """Check a project; return the exit status.

    :raises CannotCheck: when it can't be checked
    """
    folder = Path(options.folder)
    try:
        select, ignore = kinds_named(options.select), kinds_named(options.ignore)
    except ValueError as error:
        raise CannotCheck(str(error)) from error
    if options.dry_run and not options.fix:
        raise CannotCheck("--dry-run goes with --fix")
    if options.fix and options.urls:
        raise CannotCheck("--fix can't put right old addresses: only you know where they lead")

    if not options.urls and not (folder / "conf.py").exists():
        for name in _USUAL:
            if (folder / name / "conf.py").is_file():
                print(f"sphinx-fsp: {folder / name} has a conf.py; check that?", file=sys.stderr)

    def look() -> Result:
        if options.urls:
            return check_urls(folder, options.urls, select, ignore)
        return check(folder, jobs=options.jobs, select=select, ignore=ignore)

    result = look()
    fixing = _Fixing()
    if options.fix:
        changes, refusals = changes_of(folder, result.fixes)
        if options.dry_run:
            fixes = tuple(fix for change in changes for fix in change.fixes)
            fixing = _Fixing(fixes, tuple(refusals), tuple(changes))
        else:
            result, fixing = _fix(folder, result, look)
    _show(result, fixing, options)
    return PROBLEMS if result.findings else GOOD


def _fix(folder: Path, result: Result, look: Callable[[], Result]) -> tuple[Result, _Fixing]:
    """Put right what is certain, and look again."""
    fixed: list[Fix] = []
    refusals: list[Refusal] = []
    for _ in range(_ROUNDS):
        changes, refusals = changes_of(folder, result.fixes)
        written = False
        for change in changes:
            if why := write(change):
                refusals.append(Refusal(change.path, f"can't be written: {why}"))
            else:
                written = True
                fixed += change.fixes
        if not written:
            break
        result = look()
    return result, _Fixing(tuple(fixed), tuple(refusals))


def _show(result: Result, fixing: _Fixing, options: argparse.Namespace) -> None:
    if options.output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            # An address can hold what this terminal can't.
            sys.stdout.reconfigure(errors="backslashreplace")
        _write(result, fixing, options, sys.stdout)
        sys.stdout.flush()
        return
    try:
        with options.output.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            _write(result, fixing, options, stream)
    except OSError as error:
        raise CannotCheck(f"can't write {options.output}: {error.strerror}") from error


def _write(result: Result, fixing: _Fixing, options: argparse.Namespace, stream: IO[str]) -> None:
    folder = options.folder

    def shown(path: str) -> str:
        return os.path.normpath(Path(folder) / path)

    aside = palette_for(sys.stderr, options.color)
    for line in refused(fixing.refusals, shown, aside):
        print(line, file=sys.stderr)
    if options.sarif:
        stream.write(as_sarif(result.findings, _in_repository(Path(folder)), __version__))
    elif options.json:
        fixed = () if options.dry_run else fixing.fixed
        rest = (fixed, fixing.refusals, __version__, result.addresses)
        stream.write(as_json(result.findings, result.fixes, *rest))
    elif options.dry_run:
        for change in fixing.changes:
            stream.write(diff(change, Path(shown(change.path)).as_posix()))
        for line in done(fixing.fixed, shown, aside, "would fix"):
            print(line, file=sys.stderr)
        count = f"{len(fixing.fixed)} of {len(result.findings)} problems"
        print(f"Would put right {count}; nothing was changed.", file=sys.stderr)
    else:
        colour = palette_for(stream, options.color)
        lines = list(done(fixing.fixed, shown, colour, "fixed"))
        lines += [""] if lines else []
        # What was tried and refused isn't offered again.
        fixable = 0 if options.fix else len(result.fixes)
        counts = (fixable, result.pages)
        lines += report(result.findings, *counts, shown, colour, options.by, result.looked)
        lines += result.notes
        stream.writelines(f"{line}\n" for line in lines)


def _in_repository(folder: Path) -> Callable[[str], str]:
    """Return what makes a path relative to the repository's root, or to where we are."""
    folder = folder.resolve()
    repositories = (p for p in (folder, *folder.parents) if (p / ".git").exists())
    here = Path.cwd()
    root = next(repositories, here if folder.is_relative_to(here) else folder)

    def relative(path: str) -> str:
        # What is wrong with the project as a whole is shown where it is set.
        return relative_path(str(folder / (path or "conf.py")), root)

    return relative
