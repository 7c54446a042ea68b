"""Sphinx's checker of links, with workers that are polite and remember what they got."""

from __future__ import annotations

from queue import PriorityQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx.builders.linkcheck import (
    CHECK_IMMEDIATELY,
    CheckRequest,
    Hyperlink,
    HyperlinkAvailabilityChecker,
    HyperlinkAvailabilityCheckWorker,
    _Status,
)

from sphinx_fsp.resources.polite import RESTS, Hosts, mount

if TYPE_CHECKING:
    from sphinx.config import Config


class Checker(HyperlinkAvailabilityChecker):
    """Sphinx's checker, with workers of ours."""

    def __init__(self, config: Config, hosts: Hosts) -> None:
        super().__init__(config)
        self.wqueue = _Rounds()
        self.hosts = hosts
        #: What the check gave, in the words of the history, by address.
        self.outcomes: dict[str, str] = {}

    def invoke_threads(self) -> None:
        """Start the workers."""
        for _ in range(self.num_workers):
            worker = _Worker(self)
            worker.start()
            self.workers.append(worker)


class _Rounds(PriorityQueue[CheckRequest]):
    """What is to be asked: one address of each host, then the next of each.

    Sphinx asks in the order of addresses, so that all workers would wait for the same host.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rounds: dict[str, int] = {}

    def put(self, item: CheckRequest, block: bool = True, timeout: float | None = None) -> None:
        """Add a request; a new one gets its round."""
        if item.hyperlink and item.next_check == CHECK_IMMEDIATELY:
            host = urlsplit(item.hyperlink.uri).netloc
            self._rounds[host] = self._rounds.get(host, 0) + 1
            # As a time this is long past, so that nothing waits for it.
            item = item._replace(next_check=self._rounds[host])
        super().put(item, block, timeout)


class _Worker(HyperlinkAvailabilityCheckWorker):
    def __init__(self, checker: Checker) -> None:
        super().__init__(checker.config, checker.rqueue, checker.wqueue, checker.rate_limits)
        self._hosts = checker.hosts
        self._outcomes = checker.outcomes
        self._polite = mount(self._session, checker.hosts)

    def _check_uri(self, uri: str, hyperlink: Hyperlink) -> tuple[_Status, str, int]:
        self._polite.answer, self._polite.is_cut = "", False
        self._polite.reads_pages = self.check_anchors and "#" in uri
        try:
            status, info, code = super()._check_uri(uri, hyperlink)
        except Exception as error:
            # The thread would end, and Sphinx would wait for its result for ever.
            status, info, code = _Status.BROKEN, str(error), 0
        answer = self._polite.answer
        if answer == RESTS:
            return _Status.IGNORED, "its host asks for fewer requests", 0
        if status == _Status.BROKEN and self._polite.is_cut:
            status, info = _Status.IGNORED, "anchor not found at the beginning of a long page"
        if outcome := outcome_of(status, code, answer):
            self._outcomes[uri] = outcome
        return status, info, code

    def limit_rate(self, response_url: str, retry_after: str | None) -> float | None:
        """Return when to ask again, as Sphinx does; None to leave it for this check.

        Sphinx would wait as long as the host says, and as often.
        """
        until = super().limit_rate(response_url, retry_after)
        if until is not None and self._hosts.may_wait(response_url, until):
            return until
        self.rate_limits.pop(urlsplit(response_url).netloc, None)
        self._hosts.rest(response_url)
        return None


def outcome_of(status: str, code: int, answer: int | str) -> str:
    """Return what a check gave, in the words of `sphinx_fsp.resources.history`.

    :param status: what Sphinx makes of it
    :param code: of the last redirect, where it works through one
    :param answer: the last answer's code, or a word for why there is none, or an empty string
    """
    if status == "rate-limited":
        return ""
    if status == "working":
        return "ok"
    if status == "redirected":
        return "moved" if code in (301, 308) else "ok"
    if isinstance(answer, str):
        return answer or ("invalid" if status == "broken" else "")
    if 300 <= answer < 400:
        # One to an address that linkcheck_ignore has is neither here nor there.
        return "bad-redirect" if status == "broken" else ""
    if answer < 300:
        return "no-anchor" if status == "broken" else "ok"
    return str(answer)
