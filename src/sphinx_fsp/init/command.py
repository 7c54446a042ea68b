"""The command ``sphinx-fsp init``: reads a folder, writes a project beside its pages."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from sphinx_fsp.check.colour import ALWAYS, AUTO, NEVER, Palette, palette_for
from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.check.run import check
from sphinx_fsp.init import awesome, others, pelican
from sphinx_fsp.init.files import plan_files
from sphinx_fsp.init.found import PLAIN, Found, Gap
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.report import check_lines, found_lines, next_lines, plan_lines
from sphinx_fsp.init.write import write_all

_ABOUT = """\
Make a Pelican site, an awesome list, or a folder of Markdown, a Sphinx project.
Settings are read and never run. New files are written beside the pages; no file that is
there is changed.
"""
_EXIT = "exit status: 0 written, or nothing to do; 2 the folder can't be made a project."


class CannotInit(Exception):  # noqa: N818  (it is no error of the program)
    """Why a folder can't be made a project, in a line."""


def add_command(commands: Any) -> None:
    """Add the command to those of ``sphinx-fsp``."""
    command = commands.add_parser(
        "init",
        help="make a Pelican site a Sphinx project; changes no file",
        description=_ABOUT,
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        default=".",
        help="the folder of pelicanconf.py, or one of Markdown; default: here",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="show the files and their text; write nothing"
    )
    command.add_argument(
        "--color", choices=(AUTO, ALWAYS, NEVER), default=AUTO, help="default: on a terminal"
    )
    command.add_argument(
        "-T", "--traceback", action="store_true", help="show a traceback when it can't be done"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a project; return the exit status.

    :raises CannotInit: when the folder can't be made a project
    :raises CannotWrite: when a file can't be written; then none is
    """
    root = Path(options.folder)
    folder = _look(root)
    found = _found(folder)
    plan = plan_files(found, lambda path: _existing(folder, path))
    colour = palette_for(sys.stdout, options.color)
    if isinstance(sys.stdout, TextIOWrapper):
        # A title can hold what this terminal can't.
        sys.stdout.reconfigure(errors="backslashreplace")
    _print(found_lines(found, colour))
    if not options.dry_run:
        write_all(folder.root, plan.new)
    _print(plan_lines(plan, colour, dry_run=options.dry_run))
    content = os.path.normpath(root / found.content)
    shown = shlex.quote(content)
    if options.dry_run:
        return 0
    # A conf.py of somebody else is a program that nobody asked to run.
    if _existing(folder, plan.conf.path) == plan.conf.text:
        _print(_checked(content, shown, colour))
    else:
        _print(["", f"Problems in your pages: sphinx-fsp check {shown}"])
    _print(next_lines(shown, found.builder, colour))
    return 0


def _checked(content: str, shown: str, colour: Palette) -> Iterable[str]:
    """Return what a check of the new project says."""
    try:
        found = check(Path(content), jobs=os.cpu_count() or 1).findings
    except CannotCheck as error:
        return ["", f"The project can't be checked: {error}"]
    return check_lines(found, shown, colour)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()


def _look(root: Path) -> Folder:
    if root.is_file():
        raise CannotInit(f"{root} is a file; name the folder that it is in")
    if not root.is_dir():
        raise CannotInit(f"no folder {root}")
    try:
        return Folder(root)
    except OSError as error:
        raise CannotInit(f"can't read {root}: {error.strerror}") from error


def _found(folder: Folder) -> Found:
    if pelican.is_pelican(folder):
        settings = pelican.read_all(folder)
        for unread in settings.unread:
            if unread.whole_file:
                place = f"{unread.file}:{unread.line}" if unread.line else unread.file
                raise CannotInit(f"{place}: the file {unread.why}; correct it, and run this again")
        found = pelican.find(folder, settings)
    else:
        above = folder.root.parent
        if others.kind_of(folder) == PLAIN and (above / "pelicanconf.py").is_file():
            raise CannotInit(f"pelicanconf.py is in the folder above: sphinx-fsp init {above}")
        found = awesome.find(folder) or others.find(folder)
    if not found.pages and not found.documents:
        where = folder.root / found.content
        why = "has no Markdown pages, or only drafts; name the folder of pelicanconf.py"
        raise CannotInit(f"{where} {why}")
    if not found.content.isprintable():
        raise CannotInit(f"the name of the folder {found.content!r} holds control characters")
    top = next((p for p in folder.root.parents if (p / ".git").exists()), None)
    if top and not (folder.root / ".git").exists():
        hint = f"move .readthedocs.yaml and .github to {top}, and correct their paths"
        found = found._replace(gaps=(*found.gaps, Gap("no top of a repository", "", hint)))
    return found


def _existing(folder: Folder, path: str) -> str | None:
    """Return the text of a file, or None when nothing has its name."""
    if not os.path.lexists(folder.root / path):
        return None
    return folder.text(path) if folder.holds(folder.root, path) else ""
