"""Reads a guide: its pages, and the files that ``conf.py`` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.util import logging

from sphinx_fsp.diagnostics import (
    BAD_ENCODING,
    BAD_REDIRECT,
    NEXT_STEPS,
    Problem,
)
from sphinx_fsp.source.catalogue import SourceFile, build_catalogue
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.next_steps import NextSteps, read_next_steps
from sphinx_fsp.source.posts import hold_back
from sphinx_fsp.source.redirects import Rule, read_csv, read_stub
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.source.split import split_files
from sphinx_fsp.source.static import read_static
from sphinx_fsp.source.translations import marked

logger = logging.getLogger(__name__)

_CONTENTS = re.compile(r"\s*(?:(?:`{3,}|~{3,}|:{3,})\{guide-contents\}|\.\. guide-contents::)")
_FENCE = re.compile(
    r"\s*(`{3,}|~{3,}|:{3,})\s*(\{(?:code|code-block|sourcecode|literal\w*)\})?(.*)$"
)


def has_contents(text: str) -> bool:
    """Tell whether a document has a ``guide-contents`` directive, outside of code blocks."""
    if "guide-contents" not in text:
        return False
    code = ""
    #: Open fences of directives, whose text counts.
    directives: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if code:
            if bare.startswith(code) and not bare.strip(code[0]):
                code = ""
        elif directives and bare.startswith(directives[-1]) and not bare.strip(directives[-1][0]):
            directives.pop()
        elif _CONTENTS.match(line):
            return True
        elif match := _FENCE.match(line):
            if match[3].startswith("{") and not match[2]:
                directives.append(match[1])
            elif match[1][0] != ":":
                code = match[1]
    return False


def load_guide(
    srcdir: Path, paths: Iterable[str], suffixes: Iterable[str], settings: Settings
) -> Guide:
    """Read a guide.

    :param srcdir: the source folder
    :param paths: files in it that may be documents, relative, with slashes
    :param suffixes: those of ``source_suffix``, longest first
    """
    suffixes = tuple(suffixes)
    markdown = [read_file(srcdir, path) for path in paths if not path.endswith(".rst")]
    names = {path: _docname(path, suffixes) for path in paths}
    metadata = settings.metadata
    parted = [file for file in markdown if file.path in settings.split]
    whole = [file for file in markdown if file.path not in settings.split]
    own = {file.path for file in whole if read_header(file.text, metadata.of(file.path))}
    own |= {file.path for file in parted}
    documents = [name for path, name in names.items() if path not in own]
    catalogue = build_catalogue(
        whole, settings.permalinks, suffixes, documents, metadata, settings.languages
    )
    catalogue = hold_back(catalogue, settings.now)
    catalogue = catalogue._replace(pages=marked(catalogue.pages))
    taken = {name: path for path, name in names.items() if path not in own}
    taken |= {page.docname: page.path for page in catalogue.pages}
    own_lang = settings.languages.in_address("")
    splits = split_files(
        {file.path: file for file in markdown},
        settings.split,
        {k: v.replace("{lang}", own_lang) for k, v in settings.permalinks.items()},
        taken,
        settings.root_doc,
    )
    catalogue = catalogue._replace(pages=(*catalogue.pages, *splits.pages))
    legacy = [file.path for file in markdown if not file.utf8]
    static_files, problems = read_static(settings)
    problems += [Problem(BAD_ENCODING, path, 1, {}) for path in legacy]
    problems += splits.problems
    rules, faults = _read_redirects(settings.redirects)
    problems += faults
    next_steps: dict[str, NextSteps] = {}
    if settings.next_steps:
        text, faults = _read_setting(settings.next_steps, NEXT_STEPS, {})
        problems += faults
        if text is not None:
            next_steps, faults = read_next_steps(text, str(settings.next_steps))
            problems += faults
    contents = ""
    if catalogue.pages:
        others = (read_file(srcdir, path) for path in paths if path.endswith(".rst"))
        names |= {page.path: page.docname for page in catalogue.pages}
        found = [
            names[file.path]
            for file in (*whole, *others)
            if file.path not in catalogue.drafts and has_contents(file.text)
        ]
        # One toctree only: that of the first page readers see, or else of the first by name.
        contents = min(found, key=lambda name: (name != settings.root_doc, name), default="")
        if not contents and any(page.docname == settings.root_doc for page in splits.pages):
            contents = settings.root_doc
    guide = Guide(
        catalogue,
        documents,
        settings,
        static_files=static_files,
        rules=rules,
        next_steps=next_steps,
        problems=problems,
        contents=contents,
        legacy_files=legacy,
        splits=splits.files,
    )
    guide.problems += tuple(_unknown_steps(guide))
    return guide


def read_file(srcdir: Path, path: str) -> SourceFile:
    """Read a source file: UTF-8, or else Windows-1252 with what it can't hold as U+FFFD.

    A file that can't be read at all is empty here; Sphinx reports it.
    """
    try:
        data = (srcdir / path).read_bytes()
    except OSError:
        return SourceFile(path, "")
    try:
        text, utf8 = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, utf8 = data.decode("cp1252", errors="replace"), False
    return SourceFile(path, text.replace("\r\n", "\n").replace("\r", "\n"), utf8)


def _docname(path: str, suffixes: tuple[str, ...]) -> str:
    return next((path.removesuffix(s) for s in suffixes if path.endswith(s)), path)


def _read_setting(
    path: Path, subtype: str, details: Mapping[str, str]
) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else "can't be read"
        found = {**details, "why": f"{path.name} {why}", "advice": "correct the path in conf.py"}
        return None, [Problem(subtype, str(path), 1, found)]


def _read_redirects(path: Path | None) -> tuple[list[Rule], list[Problem]]:
    if path is None:
        return [], []
    if not path.is_dir():
        text, problems = _read_setting(path, BAD_REDIRECT, {"source": "file"})
        if text is None:
            return [], problems
        return read_csv(text, str(path))
    rules = []
    for file in sorted(path.rglob("*.html")):
        address = "/" + file.relative_to(path).as_posix()
        rule = read_stub(file.read_text(encoding="utf-8", errors="replace"), str(file), address)
        if rule:
            rules.append(rule)
    return rules, []


def _unknown_steps(guide: Guide) -> Iterable[Problem]:
    """Report pages of the next steps that don't exist."""
    path = str(guide.settings.next_steps)
    for name, steps in guide.next_steps.items():
        if guide.page_named(name) is None:
            # Nothing of it is shown anywhere.
            logger.info("sphinx_fsp: next steps for %s, which is no page of the guide", name)
            continue
        for unknown in (c.page for c in steps.choices if guide.page_named(c.page) is None):
            if guide.find_document(f"/{unknown}.html") is None:
                near = guide.suggest_page(f"/{unknown}.html") or ""
                is_page = near.endswith(".html") and guide.find_document(near)
                advice = f"did you mean {near[1:-5]}?" if is_page else "remove it"
                details = {"why": f"{name} leads to {unknown}, no page", "advice": advice}
                yield Problem(NEXT_STEPS, path, steps.line, details)
