"""The guide: everything that is known before the first page is parsed.

It answers the questions that pages ask while they are read: what is at this address, which pages
follow, where to go next. Pages are pure data; only `load_guide` touches files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sphinx_fsp.diagnostics import BAD_ENCODING, BAD_REDIRECT, NEXT_STEPS, STATIC_FILE, Problem
from sphinx_fsp.source.addresses import SiteAddress, nearest, site_address
from sphinx_fsp.source.catalogue import Catalogue, Page, SourceFile, build_catalogue
from sphinx_fsp.source.next_steps import NextSteps, read_next_steps
from sphinx_fsp.source.outline import Outline, build_outline
from sphinx_fsp.source.redirects import Redirect, Rule, read_csv, read_stub, resolve

#: Pages that Sphinx makes, at the same addresses in every theme.
_MADE_BY_SPHINX = {"/genindex.html": "genindex", "/search.html": "search"}
_INTRASITE = re.compile(r"^[{|](filename|static|attach)[}|](.*)$")
_CONTENTS = re.compile(r"^[ \t]*(?:(?:`{3,}|:{3,})\{guide-contents\}|\.\. guide-contents::)", re.M)


class Settings(NamedTuple):
    """What ``conf.py`` says about the guide."""

    permalinks: Mapping[str, str] = {"page": "{slug}", "*": "blog/{slug}"}
    #: Base addresses of the site, ``html_baseurl`` first.
    bases: tuple[str, ...] = ()
    #: Folders, absolute.
    static_path: tuple[Path, ...] = ()
    #: A file or folder, absolute.
    redirects: Path | None = None
    next_steps: Path | None = None
    root_doc: str = "index"
    #: The source folder, absolute.
    srcdir: Path = Path()


class Guide:
    """All that is known of a guide; made once per build, never changed."""

    def __init__(
        self,
        catalogue: Catalogue,
        documents: Iterable[str] = (),
        settings: Settings | None = None,
        *,
        static_files: Mapping[str, Path] | None = None,
        rules: Iterable[Rule] = (),
        next_steps: Mapping[str, NextSteps] | None = None,
        problems: Iterable[Problem] = (),
        contents: str = "",
        legacy_files: Iterable[str] = (),
    ) -> None:
        """Put a guide together.

        :param catalogue: its pages
        :param documents: docnames of the project's other documents
        :param static_files: published files by address
        :param rules: redirects as they are written
        :param next_steps: by slug or docname
        :param problems: what was found wrong so far, beside the catalogue's own
        :param legacy_files: paths of source files that are no UTF-8
        :param contents: docname of the document whose ``guide-contents`` makes the toctree
        """
        self.settings = settings or Settings()
        self.catalogue = catalogue
        self.outline: Outline = build_outline(catalogue.pages)
        self.static_files = dict(static_files or {})
        self.next_steps = dict(next_steps or {})
        self.contents = contents
        self.legacy_files = frozenset(legacy_files)
        self._pages = {page.docname: page for page in catalogue.pages}
        self._by_path = {page.path: page for page in catalogue.pages}
        self._documents = {self.address(d): d for d in (*documents, *self._pages)}
        self._documents["/"] = self.settings.root_doc
        self._documents |= _MADE_BY_SPHINX
        self.redirects: dict[str, Redirect]
        self.redirects, faults = resolve(
            rules, self.settings.bases, self._has, lambda path: nearest(path, self._known)
        )
        self.problems = (*catalogue.problems, *problems, *faults)

    def page(self, docname: str) -> Page | None:
        """Return the page of that docname; None for an ordinary document."""
        return self._pages.get(docname)

    def page_of_file(self, path: str) -> Page | None:
        """Return the page that this file (relative to the source folder) holds."""
        return self._by_path.get(path)

    def page_named(self, name: str) -> Page | None:
        """Return the page of that slug or docname, or the one that its old name leads to."""
        page = self._pages.get(name) or self._by_slug.get(name)
        if page is None and (redirect := self.redirects.get(f"/{name}.html")):
            page = self._pages.get(self.find_document(redirect.target.partition("#")[0]) or "")
        return page

    @staticmethod
    def address(docname: str) -> str:
        """Return the address of a document, as Pelican published it."""
        return f"/{docname}.html"

    def locate(self, href: str, page: Page) -> SiteAddress | None:
        """Return the place of the site that *href* in *page* means; None for another site.

        Pelican's ``{filename}``, ``{static}`` and ``{attach}`` name files of the source folder,
        relative to the page's own or, with a leading slash, to the whole.
        """
        if match := _INTRASITE.match(href):
            target, _, fragment = match[2].partition("#")
            path = site_address(target, f"/{page.path}", ())
            if path is not None:
                other = self._by_path.get(path.path.lstrip("/"))
                return SiteAddress(self.address(other.docname) if other else path.path, fragment)
        return site_address(href, self.address(page.docname), self.settings.bases)

    def find_document(self, path: str) -> str | None:
        """Return the docname of the document at an address of the site, or None."""
        return (
            self._documents.get(path)
            or self._documents.get(f"{path.rstrip('/')}.html")
            or (self._documents.get(f"{path}index.html") if path.endswith("/") else None)
        )

    def find_file(self, path: str) -> Path | None:
        """Return the published file at an address of the site, or None."""
        return self.static_files.get(path)

    def has_source(self, path: str) -> bool:
        """Tell whether a file is in the source folder, symbolic links followed."""
        file = self.settings.srcdir / path
        return file.is_file() and file.resolve().is_relative_to(self.settings.srcdir.resolve())

    def steps(self, page: Page) -> NextSteps | None:
        """Return where to go after a page."""
        return self.next_steps.get(page.slug) or self.next_steps.get(page.docname)

    def suggest_page(self, path: str) -> str | None:
        """Return the address of the page or file that *path* was most likely meant to be."""
        return nearest(path, self._known)

    def suggest_file(self, path: str) -> str | None:
        """Return the address of the published file that *path* was most likely meant to be."""
        return nearest(path, self._known_files)

    @cached_property
    def _by_slug(self) -> dict[str, Page]:
        return {page.slug: page for page in reversed(self.catalogue.pages)}

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(sorted({*self._documents, *self.static_files}))

    @cached_property
    def _known_files(self) -> tuple[str, ...]:
        return tuple(sorted(self.static_files))

    def _has(self, path: str) -> bool:
        return self.find_document(path) is not None or path in self.static_files


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
    first = build_catalogue(markdown, settings.permalinks, suffixes)
    own = {page.path for page in first.pages} | set(first.drafts)
    documents = [name for path, name in names.items() if path not in own]
    catalogue = build_catalogue(markdown, settings.permalinks, suffixes, documents)
    legacy = [file.path for file in markdown if not file.utf8]
    static_files, problems = _read_static(settings.static_path)
    problems += [Problem(BAD_ENCODING, path, 1, {}) for path in legacy]
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
        found = [names[f.path] for f in (*markdown, *others) if _CONTENTS.search(f.text)]
        # One toctree only: that of the first page readers see, or else of the first by name.
        contents = min(found, key=lambda name: (name != settings.root_doc, name), default="")
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


def _read_static(folders: Iterable[Path]) -> tuple[dict[str, Path], list[Problem]]:
    """Return the files to publish by address; the first folder that has one wins."""
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            details = {"target": str(folder), "why": "is no folder"}
            problems.append(Problem(STATIC_FILE, "conf.py", 1, details))
            continue
        root = folder.resolve()
        for file in sorted(folder.rglob("*")):
            relative = file.relative_to(folder)
            if not file.is_file() or any(part.startswith(".") for part in relative.parts):
                continue
            if not file.resolve().is_relative_to(root):
                # A link in a pull request must not publish what lies outside of the project.
                details = {"target": str(relative), "why": "is a link that leaves its folder"}
                problems.append(Problem(STATIC_FILE, str(file), 1, details))
                continue
            files.setdefault("/" + relative.as_posix(), file)
    return files, problems


def _unknown_steps(guide: Guide) -> Iterable[Problem]:
    """Report pages of the next steps that don't exist."""
    path = str(guide.settings.next_steps)
    for name, steps in guide.next_steps.items():
        for unknown in (c.page for c in steps.choices if guide.page_named(c.page) is None):
            if guide.find_document(f"/{unknown}.html") is None:
                near = guide.suggest_page(f"/{unknown}.html")
                advice = f"did you mean {near[1:-5]}?" if near else "remove it"
                details = {"why": f"{name} leads to {unknown}, no page", "advice": advice}
                yield Problem(NEXT_STEPS, path, steps.line, details)
