"""A check's problems as JSON, for programs. Pure functions.

The shape is documented in the manual, and stays: ``format`` counts up when a key goes or changes
its meaning. Keys may be added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sphinx_fsp.check.files import Refusal
from sphinx_fsp.check.finding import Finding
from sphinx_fsp.check.fixes import Fix

FORMAT = 1


def as_json(
    findings: Sequence[Finding],
    fixes: Sequence[Fix],
    fixed: Sequence[Fix],
    refusals: Sequence[Refusal],
    version: str,
    addresses: Sequence[Mapping[str, object]] = (),
) -> str:
    """Return the problems as JSON.

    :param fixes: how some of *findings* could be put right
    :param fixed: what was put right
    :param addresses: what becomes of each of a list of addresses
    """
    edits = {id(fix.finding): fix for fix in fixes}
    counts = Counter(finding.kind for finding in findings)
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": version,
        "problems": [_problem(finding, edits.get(id(finding))) for finding in findings],
        "counts": dict(sorted(counts.items())),
        "fixed": [{**_problem(fix.finding, fix), "fixable": True} for fix in fixed],
        "not_fixed": [{"path": refusal.path, "why": refusal.why} for refusal in refusals],
    }
    if addresses:
        document["addresses"] = list(addresses)
    return json.dumps(document, indent=2) + "\n"


def _problem(finding: Finding, fix: Fix | None) -> dict[str, Any]:
    edit = fix.edit if fix else None
    return {
        "path": finding.path or None,
        "line": finding.line or None,
        "subtype": finding.kind,
        "type": finding.warning_type,
        "message": finding.message,
        "hint": finding.hint or None,
        "details": dict(finding.details),
        "fixable": fix is not None,
        "fix": {"line": edit.line, "old": edit.old, "new": edit.new} if edit else None,
    }
