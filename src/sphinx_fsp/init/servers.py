"""The files that servers read: Read the Docs, pip, and GitHub. Pure functions."""

from __future__ import annotations

import posixpath
import re
import shlex

from sphinx_fsp import __version__

REQUIREMENTS, DOCS_REQUIREMENTS = "requirements.txt", "docs-requirements.txt"
#: A path that needs no quotes anywhere.
_PLAIN = re.compile(r"[\w./-]*", re.ASCII)


def requirements_txt() -> str:
    """Return what a server has to install."""
    version = __version__.partition("+")[0]
    return (
        "# Until this is on PyPI, name a checkout: sphinx-fsp @ git+https://...\n"
        f"sphinx-fsp>={version}\n"
    )


def readthedocs_yaml(content: str, requirements: str, builder: str = "html") -> str:
    """Return the configuration of Read the Docs."""
    line = f"\n  builder: {builder}" if builder != "html" else ""
    return f"""\
version: 2
build:
  os: ubuntu-24.04
  tools:
    python: "3.13"
sphinx:
  configuration: {yaml_text(posixpath.join(content, "conf.py"))}{line}
formats: [pdf, epub]
python:
  install:
    - requirements: {requirements}
"""


def check_yml(content: str, requirements: str) -> str:
    """Return the workflow that shows the guide's problems in code review."""
    # It looks for requirements.txt by itself.
    other = requirements != REQUIREMENTS
    cache = f"\n          cache-dependency-path: {requirements}" if other else ""
    command = f"sphinx-fsp check {shlex.quote(content or '.')} --sarif --output check.sarif"
    run = command if _PLAIN.fullmatch(content) else yaml_text(command)
    return f"""\
# Shows the guide's problems in code review.
name: Check
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  contents: read
  security-events: write
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: actions/setup-python@v7
        with:
          python-version: "3.13"
          cache: pip{cache}
      - run: pip install -r {requirements}
      - run: {run}
      - uses: github/codeql-action/upload-sarif@v4
        # Also when there are problems.
        if: ${{{{ !cancelled() }}}}
        with:
          sarif_file: check.sarif
          category: sphinx-fsp
"""


def yaml_text(text: str) -> str:
    """Return a path as YAML: plain where that is safe."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
