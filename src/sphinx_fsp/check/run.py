"""A check from beginning to end: read, look, plan what can be put right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sphinx.util.logging import is_suppressed_warning

from sphinx_fsp.check.facts import Image, Link
from sphinx_fsp.check.finding import Finding, chosen, finding_of
from sphinx_fsp.check.fixes import Fix, know_site, plan
from sphinx_fsp.check.reading import Reading, read_project, relative_path
from sphinx_fsp.check.rules import (
    Secure,
    insecure_urls,
    missing_alts,
    old_addresses,
    orphans,
    secure_addresses,
)
from sphinx_fsp.check.targets import HTML, Target, link_targets
from sphinx_fsp.diagnostics import LOGO_ALT, Problem
from sphinx_fsp.source.front_matter import blank_header
from sphinx_fsp.source.loading import read_file

#: Lines in which an address is looked for.
_BLOCK = 1000
_POSTS = re.compile(r"^\s*(?:(?:`{3,}|~{3,}|:{3,})\{posts\}|\.\. posts::)", re.MULTILINE)


class Result(NamedTuple):
    """What a check found."""

    findings: tuple[Finding, ...]
    #: How some of them can be put right.
    fixes: tuple[Fix, ...]
    #: Files, or addresses, that were looked at.
    pages: int
    #: That number in words, where it isn't that of files.
    looked: str = ""
    #: What else is to be said.
    notes: tuple[str, ...] = ()
    #: Each address that was looked at, for JSON.
    addresses: tuple[Mapping[str, object], ...] = ()


def check(
    folder: Path,
    *,
    jobs: int = 1,
    select: frozenset[str] = frozenset(),
    ignore: frozenset[str] = frozenset(),
) -> Result:
    """Find the problems of a project, or of a folder of pages.

    :param select: names of problems to show; all when empty
    :param ignore: names of problems to leave out
    :raises CannotCheck: when there is nothing to read, or it can't be read
    """
    looker = _Looker(read_project(folder, jobs))
    reading = looker.reading
    findings = [*reading.findings, *looker.check_only()]
    shown = chosen(findings, select, ignore)
    site = know_site(reading.guide, reading.facts, looker.web, looker.secure, reading.anchors)
    fixes = plan(shown, site, looker.targets)
    return Result(tuple(shown), tuple(fixes), len(set(reading.files.values())))


class _Looker:
    """Looks at what was read; opens again only the pages that something is wrong with."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._texts: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self._targets: dict[str, list[Target]] = {}
        #: Images, with the addresses that each is known by.
        self._images: dict[str, list[tuple[Target, set[str]]]] = {}
        pages = [p.docname for p in reading.guide.catalogue.pages]
        #: Facts of guide pages; nobody asked for checks of other documents.
        self._facts = [reading.facts[name] for name in pages if name in reading.facts]

    @cached_property
    def web(self) -> list[Link]:
        """The web addresses of all documents."""
        return [link for facts in self.reading.facts.values() for link in facts.web]

    @cached_property
    def secure(self) -> Secure:
        """What the guide has with https."""
        return secure_addresses(self.web)

    def targets(self, path: str) -> list[Target]:
        """Return the addresses in a page whose place is certain."""
        if path not in self._targets:
            page = self.reading.guide.page_of_file(path)
            text = self._text(path)
            text = blank_header(text, page.header) if page else text
            is_split = path in self.reading.guide.splits
            parser = self.reading.github_parser if is_split else self.reading.parser
            self._targets[path] = link_targets(text, parser)
        return self._targets[path]

    def check_only(self) -> list[Finding]:
        """Return what only a check looks for."""
        guide = self.reading.guide
        redirects = {r.source: r.target for r in guide.redirects.values()}
        web = [link for facts in self._facts for link in facts.web]
        old = [link for facts in self._facts for link in facts.old]
        bare = [image for facts in self._facts for image in facts.bare]
        logos = {(f.path, f.details["target"]) for f in self.reading.findings if f.kind == LOGO_ALT}
        bare = [i for i in bare if (self._relative(i.path), i.address) not in logos]
        problems = self._in_their_lines(
            [
                *insecure_urls(web, self.secure, self._place),
                *old_addresses(old, redirects),
                *missing_alts(bare, self._is_decorative),
            ]
        )
        problems += self._orphans()
        return [
            finding_of(problem._replace(path=self._relative(problem.path)))
            for problem in problems
            if not is_suppressed_warning("fsp", problem.subtype, self.reading.suppressed)
        ]

    def _orphans(self) -> list[Problem]:
        reading, guide = self.reading, self.reading.guide
        pages = guide.catalogue.pages
        reached = {reading.root_doc}
        for docname, leads in reading.leads.items():
            reached |= leads - {docname}
        # Another address of the same page leads nobody there.
        redirects = (r for r in guide.redirects.values() if not guide.find_document(r.source))
        paths = [redirect.target.partition("#")[0] for redirect in redirects]
        reached.update(filter(None, map(guide.find_document, paths)))
        for page in pages:
            hrefs = reading.facts[page.docname].raw if page.docname in reading.facts else ()
            places = [place for href in hrefs if (place := guide.locate(href, page))]
            found = {guide.find_document(place.path) for place in places}
            reached.update(name for name in found if name and name != page.docname)
        in_outline = {page.docname for page in guide.outline.order}
        # A page leads to what says the same in another language.
        leading = reached | in_outline
        versions = (guide.versions(page) for page in pages if page.docname in leading)
        reached.update(version.docname for group in versions for version in group)
        lost = orphans(pages, in_outline, reached, posts_listed=False)
        if lost and self._lists_posts():
            lost = orphans(pages, in_outline, reached, posts_listed=True)
        return lost

    def _lists_posts(self) -> bool:
        """Tell whether a document has an index of posts."""
        files = self.reading.files.values()
        return any("posts" in (text := self._text(p)) and _POSTS.search(text) for p in files)

    def _is_decorative(self, image: Image, nth: int) -> bool:
        """Tell whether a page says that an image is decoration."""
        path = self._relative(image.path)
        page = self.reading.guide.page_of_file(path)
        if page is None or "<img" not in self._text(path).lower():
            return False
        if path not in self._images:
            found = [target for target in self.targets(path) if target.is_image]
            places = [self.reading.guide.locate(target.address, page) for target in found]
            self._images[path] = [
                (target, {target.address, place.path if place else ""})
                for target, place in zip(found, places, strict=True)
            ]
        same = [
            target
            for target, addresses in self._images[path]
            if target.line >= image.line and image.address in addresses
        ]
        return nth < len(same) and same[nth].syntax == HTML and same[nth].alt == ""

    def _in_their_lines(self, problems: list[Problem]) -> list[Problem]:
        """Return problems with the line that the address stands in, not that of its block."""
        seen: Counter[tuple[str, int, str]] = Counter()
        placed = []
        for problem in problems:
            target = problem.details["target"]
            key = (problem.path, problem.line, target)
            line = self._line(problem.path, problem.line, target, seen[key])
            seen[key] += 1
            placed.append(problem._replace(line=line))
        return placed

    def _line(self, path: str, first: int, address: str, nth: int = 0) -> int:
        """Return the line of an address, as the *nth* of its kind from the line *first* on."""
        # An address of the site can be written in full, or relative to the page.
        needle = re.sub(r"^/|#.*$", "", address) if address.startswith("/") else address
        if needle not in (text := self._text(self._relative(path))):
            needle = address.rpartition("/")[2]
        if path not in self._lines:
            self._lines[path] = text.split("\n")
        whole = re.compile(re.escape(needle) + r"(?![\w/#-])")
        first = max(first, 1)
        block = self._lines[path][first - 1 : first - 1 + _BLOCK]
        numbers = (n for n, line in enumerate(block, first) for _ in whole.finditer(line))
        return next(islice(numbers, nth, None), first) if needle else first

    def _place(self, link: Link) -> str:
        """Say where a link stands."""
        line = self._line(link.path, link.line, link.address)
        return f"{self._relative(link.path)}:{line}"

    def _relative(self, path: str) -> str:
        return relative_path(path, self.reading.folder)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = read_file(self.reading.folder, path).text
        return self._texts[path]
