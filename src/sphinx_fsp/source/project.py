"""Documents are named by their permalink: Sphinx's map of files and docnames, replaced.

This is the one module that stands on an API of Sphinx that is public in name only
(`sphinx.project.Project`). All else follows from docnames.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.project import EXCLUDE_PATHS, Project
from sphinx.util import logging
from sphinx.util._pathlib import _StrPath
from sphinx.util.matching import get_matching_files

from sphinx_fsp.config import default_author
from sphinx_fsp.diagnostics import warn
from sphinx_fsp.source.catalogue import Catalogue, other_keys
from sphinx_fsp.source.clock import build_time
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.languages import ENGLISH, Languages, language_tag
from sphinx_fsp.source.loading import load_guide, read_file
from sphinx_fsp.source.metadata import PathMetadata
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.source.site_files import EXPORTS, SITEMAP, TWINS, given_files
from sphinx_fsp.source.split import split_levels

logger = logging.getLogger(__name__)


class LegacyPath(_StrPath):
    """The path of a file that is no UTF-8, and that is read as Windows-1252."""

    def read_text(
        self, encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> str:
        """Return the text of the file, whatever encoding is asked for."""
        return self.read_bytes().decode("cp1252", errors="replace").replace("\r\n", "\n")


class GuideProject(Project):
    """A project whose guide pages have their permalink for docname.

    A file that holds several pages (``fsp_split``) is that of each; it is itself the first of them.
    """

    def __init__(
        self, srcdir: str | os.PathLike[str], source_suffix: Iterable[str], settings: Settings
    ) -> None:
        super().__init__(srcdir, source_suffix)
        self.settings = settings
        self.guide = Guide(Catalogue((), (), ()))
        #: What was read when the project was installed, until Sphinx looks for its files.
        self._read: list[tuple[str, int, int]] | None = None

    def load(self, exclude: Iterable[str], include: Iterable[str]) -> None:
        """Read the headers of all pages, and give documents their names."""
        suffixes = tuple(sorted(self.source_suffix, key=len, reverse=True))
        paths = [
            path
            for path in get_matching_files(self.srcdir, include, [*exclude, *EXCLUDE_PATHS])
            if path.endswith(suffixes) and not self._is_twin(path)
        ]
        files = [Path(self.srcdir) / path for path in paths]
        files += [p for p in (self.settings.redirects, self.settings.next_steps) if p]
        read = [(str(p), s.st_mtime_ns, s.st_size) for p in files if (s := _stat(p))]
        if read == self._read:
            return
        self._read = read
        self.guide = load_guide(Path(self.srcdir), paths, suffixes, self.settings)

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find all documents; the guide is read again, since files may have changed."""
        exclude_paths, include_paths = list(exclude_paths), list(include_paths)
        self.load(exclude_paths, include_paths)
        # A later call in the same process reads again, whatever has changed.
        self._read = None
        super().discover(exclude_paths, include_paths)
        for split in self.guide.splits.values():
            if split.lead.docname in self.docnames:
                self.docnames.update(page.docname for page in split.pages)
                paths = dict.fromkeys((p.docname for p in split.pages), Path(split.lead.path))
                self._docname_to_path |= paths
        return self.docnames

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a file: a page's permalink, else what Sphinx says."""
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self.srcdir):
            path = path.relative_to(self.srcdir)
        page = self.guide.page_of_file(path.as_posix())
        if page:
            return page.docname
        if self._is_twin(path.as_posix()):
            return None
        return None if path.as_posix() in self.guide.catalogue.drafts else super().path2doc(path)

    def _is_twin(self, path: str) -> bool:
        """Tell whether a file is the Markdown twin of a page that an earlier build wrote.

        The output may lie in the source folder. Twins of twins would be made there, in each build.
        """
        page = path.removesuffix(".md")
        if page == path or not page.endswith((".html", ".htm")):
            return False
        return _stat(Path(self.srcdir, page)) is not None

    def _is_file(self, name: str) -> bool:
        """Tell whether what should be a docname is the path of a file.

        Sphinx's link checker names data files that way, and MyST 4 pages.
        """
        is_data = Path(name).suffix in DATA_SUFFIXES
        return (is_data or bool(self.guide.catalogue.pages)) and self.guide.has_file(name)

    def doc2path(self, docname: str, absolute: bool) -> Path:  # type: ignore[override]
        """Return the file of a document, also before documents were discovered."""
        page = self.guide.page(docname)
        if page and docname not in self._docname_to_path:
            self._docname_to_path[docname] = Path(page.path)
        if docname not in self._docname_to_path and self._is_file(docname):
            return Path(self.srcdir, docname) if absolute else Path(docname)
        path = super().doc2path(docname, absolute)
        relative = self._docname_to_path.get(docname)
        if relative and relative.as_posix() in self.guide.legacy_files:
            return LegacyPath(path)
        return path


#: Endings of files that hold resources, and no document.
DATA_SUFFIXES = frozenset({".yml", ".yaml", ".toml", ".csv", ".json", ".bib"})


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def has_pages(srcdir: str | os.PathLike[str], config: Config) -> bool:
    """Tell whether a project has guide pages, before Sphinx knows its files."""
    exclude = [*config.exclude_patterns, *config.templates_path, *EXCLUDE_PATHS]
    split, metadata = dict(split_levels(config.fsp_split)), _metadata_of(config)
    return any(
        path.endswith((".markdown", ".md"))
        and (path in split or read_header(read_file(Path(srcdir), path).text, metadata.of(path)))
        for path in get_matching_files(srcdir, config.include_patterns, exclude)
    )


def _metadata_of(config: Config) -> PathMetadata:
    return PathMetadata(config.fsp_metadata, tuple(config.fsp_path_metadata))


def _static_at(base: Path, config: Config) -> dict[Path, str]:
    said = config.fsp_static_path
    found = {}
    for path, at in said.items() if isinstance(said, dict) else ():
        plain = Path(os.path.normpath(base.resolve() / path))
        real = plain.resolve()
        # A file that becomes a link in a pull request must not publish what lies elsewhere.
        if not real.is_file() or real.is_relative_to(plain.parent):
            found[real] = at.strip("/")
    return found


def guide_of(env: BuildEnvironment) -> Guide:
    """Return the guide of a build: an empty one where the project has none."""
    project = env.project
    return project.guide if isinstance(project, GuideProject) else Guide(Catalogue((), (), ()))


def settings_from(
    config: Config,
    confdir: str | os.PathLike[str],
    srcdir: str | os.PathLike[str],
    written: Iterable[str | os.PathLike[str]],
) -> Settings:
    """Return what ``conf.py`` says about the guide."""
    base = Path(confdir)
    bases = (config.html_baseurl, *config.fsp_site_urls)
    has_base = config.html_baseurl.lower().startswith(("http://", "https://"))
    made = {*given_files(base / place for place in config.html_extra_path)}
    made |= {SITEMAP} if has_base else set()
    made |= {*TWINS} if config.fsp_markdown else set()
    made |= {*EXPORTS} if config.fsp_resources == "auto" or config.fsp_resource_files else set()
    own = language_tag(config.language or "en") or ENGLISH.own
    languages = Languages(own, dict(config.fsp_lang_permalinks))
    return Settings(
        permalinks=dict(config.fsp_permalinks),
        languages=languages,
        split=dict(split_levels(config.fsp_split)),
        metadata=_metadata_of(config),
        bases=tuple(url for url in bases if url),
        static_path=tuple((base / folder).resolve() for folder in config.fsp_static_path),
        static_at=_static_at(base, config),
        redirects=(base / config.fsp_redirects).resolve() if config.fsp_redirects else None,
        next_steps=(base / config.fsp_next_steps).resolve() if config.fsp_next_steps else None,
        feeds=tuple(config.fsp_feeds) if has_base else (),
        otherwise={"author": default_author(config), "lang": languages.own},
        made=frozenset(made),
        root_doc=config.root_doc,
        srcdir=Path(srcdir).resolve(),
        confdir=base.resolve(),
        now=build_time(),
        written=tuple(Path(folder).resolve() for folder in written),
        repository=_files_on_github(config.html_theme_options) if config.fsp_split else "",
    )


def _files_on_github(options: Mapping[str, Any]) -> str:
    """Return the address below which GitHub has the files, as the theme's options say."""
    names = ("repository", "branch", "folder")
    address, branch, folder = (str(options.get(name) or "").strip("/ ") for name in names)
    if not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", address):
        return ""
    path = quote("/".join(filter(None, ("blob", branch or "main", folder))))
    return f"{address.removesuffix('.git')}/{path}/"


def install(app: Sphinx) -> None:
    """Put the guide's project in the place of Sphinx's own."""
    config = app.config
    settings = settings_from(config, app.confdir, app.srcdir, (app.outdir, app.doctreedir))
    project = GuideProject(app.srcdir, config.source_suffix, settings)
    project.restore(app.project)
    project.load(
        config.exclude_patterns + config.templates_path + app.builder.get_asset_paths(),
        config.include_patterns,
    )
    app.project = app.env.project = project
    report(project)


def report(project: GuideProject) -> None:
    """Say what is wrong with the guide as a whole."""
    srcdir = Path(project.srcdir)
    for problem in project.guide.problems:
        warn(problem.subtype, srcdir / problem.path, problem.line, **problem.details)
    for path in project.guide.catalogue.drafts:
        logger.info("sphinx_fsp: %s is left out: a draft, or its date hasn't come", path)
    keys = {key for page in project.guide.catalogue.pages for key in other_keys(page.header)}
    if keys:
        logger.debug("sphinx_fsp: other header keys: %s", ", ".join(sorted(keys)))


def setup(app: Sphinx) -> None:
    """Connect the project to the build."""
    app.connect("builder-inited", install, priority=100)
