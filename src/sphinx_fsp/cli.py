"""The command ``sphinx-fsp``: its subcommands are in `init.command` and `check.command`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from sphinx_fsp import __version__
from sphinx_fsp.check import command as check
from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.init import command as init
from sphinx_fsp.init.command import CannotInit
from sphinx_fsp.init.write import CannotWrite

#: Exit status: the reader of the output left; the folder can't be worked on.
STOPPED, CANNOT = 1, 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command, and leave with its exit status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (CannotCheck, CannotInit, CannotWrite) as error:
        print(f"sphinx-fsp: {error}", file=sys.stderr)
        if options.traceback:
            raise
    except BrokenPipeError:
        # The reader, "head" for one, has what it wants.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except KeyboardInterrupt:
        print("sphinx-fsp: stopped", file=sys.stderr)
    return CANNOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sphinx-fsp", description="Work on a guide that sphinx_fsp publishes."
    )
    parser.add_argument("--version", action="version", version=f"sphinx-fsp {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    init.add_command(commands)
    check.add_command(commands)
    return parser
