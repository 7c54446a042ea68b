"""What a transform knows of the page that it works on."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from pathlib import Path, PurePosixPath

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sphinx_fsp.diagnostics import warn
from sphinx_fsp.source.addresses import SiteAddress
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.catalogue import Page, ordinary_page
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.project import guide_of


class PageContext:
    """A page that is being read, and where it stands."""

    def __init__(self, env: BuildEnvironment, guide: Guide, page: Page, text: str) -> None:
        """:param text: the page's text as it is parsed, for line numbers"""
        self.env = env
        self.guide = guide
        self.page = page
        self._text = text

    @cached_property
    def file(self) -> Path:
        """The page's file, absolute."""
        return Path(self.env.srcdir) / self.page.path

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def find_line(self, needle: str, start: int, end: int) -> int:
        """Return the line between *start* and *end* that holds *needle*, or else *start*.

        MyST knows the first line of a paragraph only; authors want that of the fault.
        """
        # The whole address: /a.html#b is not that of a line that links to /a.html#bc.
        whole = re.compile(re.escape(needle) + r"(?![\w/#-])")
        numbers = range(start, min(end, len(self._lines) + 1))
        return next((n for n in numbers if whole.search(self._lines[n - 1])), start)

    def locate(self, href: str) -> SiteAddress | None:
        """Return the place of the site that an address means; None for another site."""
        if path := self.guide.intrasite_path(href, self.page):
            # The page at that path may have another address one day.
            ask(self.env, Question("path", path))
        if meant := self.guide.split_meant(href, self.page):
            ask(self.env, Question("anchor", "#".join(meant)))
        return self.guide.locate(href, self.page)

    def path_beside(self, address: str) -> str:
        """Return the path, in the source folder, of the file that an address means as a path."""
        name = address.partition("#")[0].partition("?")[0]
        if name.startswith("/"):
            return posixpath.normpath(name.lstrip("/"))
        return posixpath.normpath(str(PurePosixPath(self.page.path).parent / name))

    def warn(self, subtype: str, line: int, **details: str) -> None:
        """Give a warning about this page."""
        warn(subtype, self.file, line, **details)


def context_of(env: BuildEnvironment, document: nodes.document) -> PageContext:
    """Return the context of the document that is being read, for directives.

    They stand in ordinary documents too, whose addresses are those of their files.
    """
    guide = guide_of(env)
    page = guide.page(env.docname)
    if page is None:
        path = Path(env.doc2path(env.docname, base=False)).as_posix()
        page = ordinary_page(path, env.docname)
    source = document.settings.env.doc2path(env.docname)
    try:
        text = Path(source).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return PageContext(env, guide, page, text)
