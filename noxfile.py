"""The versions that are supported, oldest to newest: ``nox``."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "tests"]

#: Python, Sphinx and MyST-Parser that are tested together.
MATRIX = [
    nox.param("3.11", "8.2.*", "4.*", id="oldest"),
    nox.param("3.11", "9.0.*", "5.*", id="py311"),
    nox.param("3.12", "8.2.*", "5.*", id="py312"),
    nox.param("3.13", "9.*", "5.*", id="newest"),
]


@nox.session
@nox.parametrize(["python", "sphinx", "myst"], MATRIX)
def tests(session: nox.Session, sphinx: str, myst: str) -> None:
    """Run the tests with one set of versions: all but those that ``make test`` runs once."""
    session.install("-e", ".[test]", f"sphinx=={sphinx}", f"myst-parser=={myst}", "--quiet")
    session.run("python", "-m", "pytest", "-q", "-n", "auto", "-m", "not once", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and types."""
    session.install("-e", ".[test,lint,dev]", "--quiet")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
