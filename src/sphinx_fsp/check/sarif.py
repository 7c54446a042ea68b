"""A check's problems as SARIF 2.1.0, for code review. Pure functions.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/, and what GitHub's code scanning reads of
it: one result has one place, paths are relative to the repository, and ``partialFingerprints``
tell a result again when its line has moved.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from sphinx_fsp.check.finding import Finding, help_of
from sphinx_fsp.diagnostics import CHECK_ONLY

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: The repository's root, by its usual name.
_ROOT = "%SRCROOT%"
#: Details that say what is at fault, and not where else something stands.
_ABOUT = ("target", "fragment", "url", "field", "source")
_FINGERPRINT = "sphinxFspProblem/v1"


def as_sarif(findings: Sequence[Finding], in_repository: Callable[[str], str], version: str) -> str:
    """Return the problems as SARIF.

    :param in_repository: returns a path relative to the repository's root, with slashes
    """
    kinds = sorted({finding.kind for finding in findings})
    seen: Counter[str] = Counter()
    results = []
    for finding in findings:
        path = in_repository(finding.path)
        print_ = _fingerprint(finding, path)
        seen[print_] += 1
        results.append(_result(finding, path, kinds, f"{print_}:{seen[print_]}"))
    driver = {
        "name": "sphinx-fsp",
        "fullName": "sphinx-fsp check",
        "semanticVersion": version,
        "rules": [_rule(kind, findings) for kind in kinds],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(kind: str, findings: Sequence[Finding]) -> dict[str, Any]:
    name = next(f.warning_type for f in findings if f.kind == kind)
    text = help_of(kind)
    silence = f'Silence it with suppress_warnings = ["{name}"] in conf.py.'
    words = re.split(r"\W+|_", kind)
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": {"text": re.split(r"(?<=\.)\s", text)[0]},
        "fullDescription": {"text": text},
        "help": {"text": f"{text} {silence}"},
        "defaultConfiguration": {"level": _level(kind)},
    }


def _level(kind: str) -> str:
    """Return how grave a problem is: what no build warns of is a note."""
    return "note" if kind in CHECK_ONLY else "warning"


def _result(finding: Finding, path: str, kinds: Sequence[str], print_: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _location(path)}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.warning_type,
        "ruleIndex": kinds.index(finding.kind),
        "level": _level(finding.kind),
        "message": {"text": finding.sentence},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_FINGERPRINT: print_},
    }


def _location(path: str) -> dict[str, str]:
    return {"uri": quote(path, safe="/._-~"), "uriBaseId": _ROOT}


def _fingerprint(finding: Finding, path: str) -> str:
    """Return what stays of a problem when lines move, here or at the place that it names."""
    about = [finding.details[name] for name in _ABOUT if name in finding.details]
    said = about or [re.sub(r":\d+\b|\bline \d+\b", "", finding.message)]
    return hashlib.sha256("\0".join((finding.kind, path, *said)).encode()).hexdigest()[:16]
