"""``sphinx-build -b linkcheck``: Sphinx's own checker, fed with every resource.

What Sphinx's builder doesn't see is added: addresses of data files and of raw HTML, and every
place that an address stands in (`sphinx_fsp.resources.link_places`). Hosts are asked politely
(`sphinx_fsp.resources.polite`). What comes out is kept in the history of links
(`sphinx_fsp.resources.history`), within whose time to live nothing is asked again. In a project
without resources it is Sphinx's builder and no more.

A resource that doesn't answer is shown as broken, but the build only fails when it is dead and
has no archived copy: a weekly check is not to be red for a host that was down that hour, and not
for what readers are led around. Every other link fails the build as in Sphinx.

It stands on names of ``sphinx.builders.linkcheck`` that aren't documented, and that are the same
from Sphinx 8.2 to 9.2: of ``CheckExternalLinksBuilder`` the attributes ``hyperlinks``,
``broken_hyperlinks``, ``timed_out_hyperlinks``, ``txt_outfile`` and ``json_outfile`` and the
methods ``process_result``, ``write_linkstat`` and ``write_entry``;
``HyperlinkCollector.find_uri``; of ``HyperlinkAvailabilityChecker`` ``check``,
``invoke_threads``, ``is_ignored_uri``, ``wqueue`` and ``workers``; of
``HyperlinkAvailabilityCheckWorker`` ``_check_uri``, ``limit_rate``, ``rate_limits`` and
``_session``; and the tuples that pass between them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import (
    CheckExternalLinksBuilder,
    CheckResult,
    Hyperlink,
    _Status,
)
from sphinx.util import logging

from sphinx_fsp.diagnostics import LINK_HISTORY, warn
from sphinx_fsp.resources.checker import Checker
from sphinx_fsp.resources.domain import domain_of, listings_of
from sphinx_fsp.resources.history import (
    FAILURES,
    WORKS,
    History,
    dump_history,
    is_failure,
    read_history,
)
from sphinx_fsp.resources.link_places import HTTP, Links
from sphinx_fsp.resources.polite import PAUSE, Hosts, mount
from sphinx_fsp.resources.wayback import ENDPOINT, find_copy
from sphinx_fsp.source.clock import build_time

logger = logging.getLogger(__name__)


class LinkBuilder(CheckExternalLinksBuilder):
    """Sphinx's builder, for resources too."""

    #: Seconds between two requests to one host.
    pause = PAUSE
    #: Where archived copies are looked up.
    wayback = ENDPOINT

    def init(self) -> None:
        """Start without any link."""
        super().init()
        #: Whether the build is to fail.
        self.fails = False
        self.links = Links(self.env)
        self._today = build_time().date()
        self._history = History()
        #: What the check gave, by address, and by key of the resource.
        self._outcomes: dict[str, str] = {}
        self._results: dict[str, str] = {}

    def finish(self) -> None:
        """Check all links, and keep what came out."""
        listings = [item for item in listings_of(self.env) if item.url.startswith(HTTP)]
        if not listings:
            super().finish()
            return
        excluded = map(re.compile, self.config.linkcheck_exclude_documents)
        self.links.add_listings(self.hyperlinks, listings, excluded)
        # What is wrong with the file is said by the domain, once in a build.
        domain_of(self.env).health("")
        path = Path(self.confdir, self.config.fsp_links).resolve()
        history, problems = read_history(path)
        self._history = history.listing(self.links.urls, self._today, only=self.links.are_all)
        hosts = Hosts(self.pause, self.config.linkcheck_rate_limit_timeout)
        logger.info("")
        is_done = False
        try:
            with (
                (self.outdir / "output.txt").open("w", encoding="utf-8") as self.txt_outfile,
                (self.outdir / "output.json").open("w", encoding="utf-8") as self.json_outfile,
            ):
                for result in self._check(hosts):
                    self.process_result(result)
            is_done = True
        finally:
            # What an interrupted check learned is true as well.
            self._learn(hosts)
            if is_done and self.config.fsp_links_wayback:
                self._history = self._history.archived(self._copies(hosts))
            if not problems:
                write_history(path, self._history)
        self._conclude()

    def _check(self, hosts: Hosts) -> Iterator[CheckResult]:
        """Yield a result for every address: first for those that aren't asked."""
        checker = Checker(self.config, hosts)
        self._outcomes = checker.outcomes
        asked: dict[str, Hyperlink] = {}
        for uri, link in self.hyperlinks.items():
            if not checker.is_ignored_uri(uri) and (known := self._known(link)):
                yield known
            else:
                asked[uri] = link
        yield from checker.check(asked)

    def _known(self, link: Hyperlink) -> CheckResult | None:
        """Return a result for an address that isn't to be asked, and None for others."""
        uri, docname, _, line = link
        if not _is_readable(uri):
            # Sphinx would wait for ever for the worker that it stops.
            self._outcomes[uri] = "invalid"
            return CheckResult(uri, docname, line, _Status.BROKEN, "the address can't be read", 0)
        key = self.links.keys.get(uri, "")
        if not key or self._history.is_due(key, self._today, self.config.fsp_links_ttl):
            return None
        known = self._history.links[key]
        status = _Status.BROKEN if known.status in ("failing", "dead") else _Status.UNCHECKED
        message = f"{known.result} on {known.checked}, not asked again yet"
        return CheckResult(uri, docname, line, status, message, 0)

    def process_result(self, result: CheckResult) -> None:
        """Report a result, with every place of a broken link."""
        if not self.links.urls:
            super().process_result(result)
            return
        key = self.links.keys.get(result.uri, "")
        if key and (outcome := self._outcomes.get(result.uri)):
            self._results[key] = _better(self._results.get(key, outcome), outcome)
        if result.status in (_Status.BROKEN, _Status.TIMEOUT):
            result = result._replace(message=result.message + self._details(result, key))
        counted = self.broken_hyperlinks, self.timed_out_hyperlinks
        super().process_result(result)
        if key:
            # Whether it fails the build is known when all of its spellings were asked.
            self.broken_hyperlinks, self.timed_out_hyperlinks = counted

    def _details(self, result: CheckResult, key: str) -> str:
        """Return what else there is to say of a broken link."""
        said = ""
        link = self._history.links.get(key)
        if link and key in self._results:
            link = link.after(self._results[key], self._today)
        if link and link.failures:
            days = ", ".join(str(day) for day in link.failures)
            said += f"; failure {len(link.failures)} of {FAILURES} ({days})"
        others = self.links.shown(result.uri)
        own = f"{self._shown_path(result.docname)}:{result.lineno}"
        if others := [place for place in others if place != own]:
            said += f"; also in {', '.join(others)}"
        return said

    def _shown_path(self, docname: str) -> str:
        """Return the path of a document, or of a data file, which stands in its place."""
        if docname in self.env.found_docs:
            return self.env.doc2path(docname, False).as_posix()
        return docname

    def write_linkstat(self, data: dict[str, Any]) -> None:
        """Write a line of ``output.json``: Sphinx's, and all places of the link."""
        if self.links.urls:
            filename = data["filename"]
            uri = data["uri"]
            places = self.links.shown(uri)
            link = self.hyperlinks[uri]
            if link.docname not in self.env.found_docs:
                filename = link.docname
            key = self.links.keys.get(uri)
            health = {"health": self._health_now(key)} if key else {}
            data = {**data, "filename": filename, "places": places, **health}
        self.json_outfile.write(json.dumps(data) + "\n")

    def _health_now(self, key: str) -> str:
        link = self._history.links[key]
        result = self._results.get(key)
        return (link.after(result, self._today) if result else link).status

    def write_entry(self, what: Any, docname: str, filename: Any, line: int, uri: str) -> None:
        """Write a line of ``output.txt``."""
        if docname not in self.env.found_docs:
            filename = docname
        super().write_entry(what, docname, filename, line, uri)

    def _learn(self, hosts: Hosts) -> None:
        """Put the results into the history."""
        if hosts.all_are_silent():
            logger.info("no host answers: the network is taken to be down, and nothing is kept")
            return
        self._history = self._history.checked(self._results, self._today)

    def _unserved(self) -> list[str]:
        """Return the keys of resources that are dead and have no archived copy."""
        return [
            key
            for key in dict.fromkeys(self.links.keys.values())
            if self._history.status(key) == "dead"
            and key not in self.links.archived
            and not self._history.archive(key)
        ]

    def _copies(self, hosts: Hosts) -> dict[str, str]:
        """Look up archived copies of what is dead."""
        copies = {}
        with requests.Session() as session:
            mount(session, hosts).reads_pages = True
            session.verify = self.config.tls_verify
            for key in self._unserved():
                link = self._history.links[key]
                day = link.worked or link.failures[0]
                copies[key] = find_copy(session, link.url, day, endpoint=self.wayback)
        return {key: copy for key, copy in copies.items() if copy}

    def _conclude(self) -> None:
        """Say what came out, and whether the build fails."""
        keys = dict.fromkeys(self.links.keys.values())
        counts = {"ok": 0, "failing": 0, "dead": 0, "": 0}
        for key in keys:
            counts[self._history.status(key)] += 1
        named = ", ".join(f"{n} {status or 'not known'}" for status, n in counts.items())
        logger.info("")
        logger.info("resources: %s", named)
        for key in keys:
            if copy := self._history.archive(key):
                logger.info("dead: %s, archived as %s", self._history.links[key].url, copy)
        for key in (unserved := self._unserved()):
            url = self._history.links[key].url
            uris = [uri for uri, its in self.links.keys.items() if its == key]
            places = ", ".join(place for uri in uris for place in self.links.shown(uri))
            logger.info("dead: %s, in %s; give it an archive, or remove it", url, places)
        self.fails = bool(self.broken_hyperlinks or self.timed_out_hyperlinks or unserved)


def _better(one: str, other: str) -> str:
    """Return the result that counts of two spellings of one address: a failure only if both."""
    for is_better in (WORKS.__contains__, lambda result: not is_failure(result)):
        for result in (one, other):
            if is_better(result):
                return result
    return one


def _is_readable(uri: str) -> bool:
    try:
        urlsplit(uri)
    except ValueError:
        return False
    return True


def write_history(path: Path, history: History) -> None:
    """Write the history, at once and only when it changed."""
    text = dump_history(history)
    beside = path.with_name(f".{path.name}.new")
    try:
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        why = f"{path.name} can't be written: {error.strerror}"
        warn(LINK_HISTORY, path, None, why=why, advice="let the check write to its folder")


def collect(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Note where the addresses of a document stand."""
    if isinstance(app.builder, LinkBuilder):
        app.builder.links.collect(doctree, docname)


def fail(app: Sphinx, error: Exception | None) -> None:
    """Have ``sphinx-build`` exit with 1 when there is something to do."""
    if isinstance(app.builder, LinkBuilder) and app.builder.fails:
        app.statuscode = 1


def setup(app: Sphinx) -> None:
    """Put the builder in the place of Sphinx's."""
    app.add_builder(LinkBuilder, override=True)
    app.connect("doctree-resolved", collect)
    app.connect("build-finished", fail)
