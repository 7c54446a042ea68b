"""A problem as it is shown: what a build warns about, and what only a check looks for.

Pure functions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sphinx_fsp.diagnostics import DIAGNOSTICS, Problem, words_of

_TYPE = "fsp"
#: Types of Sphinx, MyST and docutils, which stand for all of their subtypes.
_TYPES = frozenset(
    "fsp myst docutils ref toc image epub app download index config i18n misc sphinx".split()
)


class Finding(NamedTuple):
    """A problem at a place of the project."""

    #: Relative to the source folder, with slashes; empty for the project as a whole.
    path: str
    #: Counted from 1; 0 where it isn't known.
    line: int
    #: A subtype of this package (``unknown_page``), or another's type: ``myst.header``.
    kind: str
    message: str
    hint: str = ""
    #: What the message was made from; empty for warnings of others.
    details: Mapping[str, str] = {}

    @property
    def is_ours(self) -> bool:
        """Tell whether `DIAGNOSTICS` knows it."""
        return self.kind in DIAGNOSTICS

    @property
    def warning_type(self) -> str:
        """The name of ``suppress_warnings``."""
        return f"{_TYPE}.{self.kind}" if self.is_ours else self.kind

    @property
    def sentence(self) -> str:
        """The message and its hint, as a build shows them."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def finding_of(problem: Problem) -> Finding:
    """Return a problem in words."""
    subtype, path, line, details = problem
    message, hint = words_of(subtype, details)
    return Finding(path, line, subtype, message, hint, dict(details))


def help_of(kind: str) -> str:
    """Return when a problem of that kind is given."""
    known = DIAGNOSTICS.get(kind)
    return known.help if known else "A warning of Sphinx or of another extension."


def kinds_named(names: Iterable[str]) -> frozenset[str]:
    """Read names as in ``suppress_warnings``: ``fsp.unknown_page``, or short ``unknown_page``.

    :raises ValueError: naming a name that is most likely a slip, and what was meant
    """
    found = set()
    for text in names:
        for name in filter(None, re.split(r"[,\s]+", text)):
            kind = name.removeprefix(f"{_TYPE}.").replace("-", "_")
            ours = kind in DIAGNOSTICS
            # Any of another's type may come from some extension; a word alone may not.
            if not ours and (kind != name or "." not in name) and name not in _TYPES:
                near = difflib.get_close_matches(kind, DIAGNOSTICS, n=1, cutoff=0.6)
                meant = f"did you mean {near[0]}?" if near else "the manual lists them"
                raise ValueError(f"no problem {name}; {meant}")
            found.add(kind if ours else name)
    return frozenset(found)


def is_named(finding: Finding, names: frozenset[str]) -> bool:
    """Tell whether one of the *names* is that of a finding, of its type, or of all of a type."""
    group = finding.warning_type.partition(".")[0]
    return bool(names & {finding.kind, finding.warning_type, group, f"{group}.*"})


def chosen(
    findings: Iterable[Finding], select: frozenset[str], ignore: frozenset[str]
) -> list[Finding]:
    """Return the findings to show, by file and line; those of no file come first."""
    kept = [
        finding
        for finding in findings
        if (not select or is_named(finding, select)) and not is_named(finding, ignore)
    ]
    return sorted(kept, key=lambda f: (f.path, f.line, f.kind, f.message))
