"""Sphinx reads a project and resolves its references; nothing is written into the project.

The builder is that of the site, since its outputs are what readers get: what a page links to, and
what of it is for HTML alone, is resolved as in ``sphinx-build -b html``. Its writer never runs.
"""

from __future__ import annotations

import inspect
import io
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import NAMESPACE, OnceFilter, is_suppressed_warning

from sphinx_fsp.check.facts import Facts, facts_of, leads_of
from sphinx_fsp.check.finding import Finding, finding_of
from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.parser import github_parser, markdown_parser
from sphinx_fsp.source.domain import domain_of
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.project import guide_of

#: A folder of pages without ``conf.py`` is read with this one.
_CONF = {
    "extensions": ["sphinx_fsp"],
    "exclude_patterns": ["_build", "**/node_modules", ".*", "**/.*"],
    # It has no contents: no document is in any toctree.
    "suppress_warnings": ["toc.not_included"],
}
_LOCATION = re.compile(r"(?P<path>(?:[A-Za-z]:[\\/])?.*?):(?P<line>\d+)?(?::.*)?", re.DOTALL)


class CannotCheck(Exception):  # noqa: N818  (it is no error of the program)
    """Why a folder can't be checked, in a line."""


class Reading(NamedTuple):
    """All that reading a project told."""

    #: The source folder, absolute.
    folder: Path
    #: What a build warns about.
    findings: tuple[Finding, ...]
    #: Files of the documents, relative to the source folder, by docname.
    files: dict[str, str]
    #: By docname.
    facts: dict[str, Facts]
    #: Documents that each document leads to, by docname.
    leads: dict[str, set[str]]
    #: Identifiers in each page, by docname.
    anchors: dict[str, frozenset[str]]
    guide: Guide
    root_doc: str
    suppressed: tuple[str, ...]
    #: Reads Markdown as pages are read.
    parser: MarkdownIt
    #: Reads it as the files of ``fsp_split`` are read.
    github_parser: MarkdownIt


def read_project(folder: Path, jobs: int = 1) -> Reading:
    """Read a project, or a folder of pages without ``conf.py``.

    :raises CannotCheck: when there is nothing to read, or it can't be read
    """
    if not folder.is_dir():
        raise CannotCheck(f"no folder {folder}")
    with tempfile.TemporaryDirectory(prefix="sphinx-fsp-") as scratch, _collecting() as records:
        try:
            # What conf.py prints is no part of the report.
            with redirect_stdout(sys.stderr), patch_docutils(folder), docutils_namespace():
                return _read(folder, Path(scratch), jobs, records)
        except CannotCheck:
            raise
        except SphinxError as error:
            raise CannotCheck(_in_short(str(error))) from error
        except Exception as error:
            # Of an extension, most likely: whatever it is, say which.
            why = _in_short(str(error)) or "no message"
            raise CannotCheck(f"{type(error).__name__}: {why}") from error


class _Records(logging.Handler):
    """Keeps what Sphinx warns about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.addFilter(OnceFilter())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.records.append(record)


@contextmanager
def _collecting() -> Iterator[_Records]:
    """Have a place for warnings, which is left behind."""
    records = _Records()
    try:
        yield records
    finally:
        logging.getLogger(NAMESPACE).removeHandler(records)


class _Project(Sphinx):
    """Sphinx, which tells its warnings from the start."""

    def __init__(self, records: _Records, **arguments: Any) -> None:
        self._records = records
        super().__init__(**arguments)

    def setup_extension(self, extname: str) -> None:
        """Set up an extension; before the first, warnings have found their place.

        Sphinx takes every handler from its logger when it starts, and sets up extensions next.
        """
        logger = logging.getLogger(NAMESPACE)
        if self._records not in logger.handlers:
            logger.addHandler(self._records)
        super().setup_extension(extname)


def _read(folder: Path, scratch: Path, jobs: int, records: _Records) -> Reading:
    folder = folder.resolve()
    has_conf = (folder / "conf.py").is_file()
    app = _Project(
        records,
        srcdir=folder,
        confdir=folder if has_conf else None,
        outdir=scratch / "out",
        doctreedir=scratch / "doctrees",
        buildername="html",
        confoverrides={"show_warning_types": False} | ({} if has_conf else _CONF),
        status=None,
        warning=io.StringIO(),
        freshenv=True,
        parallel=jobs,
    )
    if "sphinx_fsp" not in app.extensions:
        raise CannotCheck(f'{folder / "conf.py"} doesn\'t have "sphinx_fsp" in its extensions')
    builder = app.builder
    # Of any type: its API differs between versions, and MyST puts its configuration there.
    env: Any = app.env
    guide = guide_of(env)
    if not has_conf:
        if not guide.catalogue.pages:
            raise CannotCheck(f"{folder} has no guide pages, and no conf.py")
        _choose_root(app, guide)
    builder.read()
    env.check_consistency()
    facts: dict[str, Facts] = {}
    leads: dict[str, set[str]] = {}
    resolve = env.get_and_resolve_doctree
    # Sphinx 9 asks for the tags.
    tags = {"tags": app.tags} if "tags" in inspect.signature(resolve).parameters else {}
    docnames = {builder.get_target_uri(docname): docname for docname in env.found_docs}
    for docname in sorted(env.found_docs):
        doctree = env.get_doctree(docname)
        facts[docname] = facts_of(doctree, str(env.doc2path(docname)))
        resolved = resolve(docname, builder, doctree=doctree, **tags)
        address = builder.get_target_uri(docname)
        leads[docname] = leads_of(resolved, address, docnames)
        leads[docname].update(env.toctree_includes.get(docname, ()))
    return Reading(
        folder=Path(app.srcdir),
        findings=tuple(
            _finding(record, app) for record in records.records if _is_shown(record, app)
        ),
        files={name: relative_path(str(env.doc2path(name)), folder) for name in facts},
        facts=facts,
        leads=leads,
        anchors=dict(domain_of(env).anchors),
        guide=guide,
        root_doc=app.config.root_doc,
        suppressed=tuple(app.config.suppress_warnings),
        parser=markdown_parser(env.myst_config),
        github_parser=github_parser(env.myst_config),
    )


def _choose_root(app: Sphinx, guide: Guide) -> None:
    """Name a document that Sphinx may start from: a folder of pages mostly has no ``index``."""
    if app.config.root_doc not in app.env.found_docs:
        app.config.root_doc = min(page.docname for page in guide.catalogue.pages)


def _is_shown(record: logging.LogRecord, app: Sphinx) -> bool:
    kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
    return not is_suppressed_warning(kind, subtype, app.config.suppress_warnings)


def _finding(record: logging.LogRecord, app: Sphinx) -> Finding:
    """Return what a warning said."""
    problem = getattr(record, "fsp_problem", None)
    if isinstance(problem, Problem):
        return finding_of(problem._replace(path=relative_path(problem.path, Path(app.srcdir))))
    # Sphinx's own getMessage puts the place before the message.
    message = logging.LogRecord.getMessage(record)
    names = [getattr(record, "type", None), getattr(record, "subtype", None)]
    location = getattr(record, "location", None)
    match = _LOCATION.fullmatch(str(location)) if location else None
    path = relative_path(match["path"] if match else str(location or ""), Path(app.srcdir))
    line = int(match["line"] or 0) if match else 0
    kind = ".".join(filter(None, names)) or "sphinx"
    return Finding(path, line, kind, " ".join(message.split()))


def relative_path(path: str, folder: Path) -> str:
    """Return a path as it is seen from the source folder, with slashes."""
    if not path:
        return ""
    try:
        return Path(os.path.relpath(folder / path, folder)).as_posix()
    except ValueError:
        # On another drive.
        return Path(path).as_posix()


def _in_short(message: str) -> str:
    """Return an error in a line: what it is about, and of a traceback its end."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if "Traceback (most recent call last):" in lines:
        lines = [lines[0], lines[-1]]
    return " ".join(lines)
