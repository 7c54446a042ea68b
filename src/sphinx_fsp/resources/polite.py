"""How the link check asks hosts: one request at a time, with a pause between two, and bounded.

It stands on `requests` and `urllib3`, which Sphinx brings: on `requests.adapters.HTTPAdapter`,
which a session asks for every request, also for each step of a redirect, and on
``PoolManager.pool_classes_by_scheme`` of urllib3, by which connections can be watched.
"""

from __future__ import annotations

import errno
import io
import math
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

#: Seconds between the end of a request and the next one to the same host.
PAUSE = 1.0
#: Bytes that are read of a page to look for an anchor.
PAGE_LIMIT = 2 * 1024 * 1024
#: With so many hosts silent, and none that answered, the network is taken to be down.
ENOUGH_HOSTS = 5
_CHUNK = 16 * 1024
#: In the place of an answer: the host wasn't asked.
RESTS = "rests"
#: Seconds that an answer may take where Sphinx has no limit.
_LONGEST = 60.0
#: Errors of the network on this side or on the way: they say nothing about the host.
_HERE = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})
_WORDS: dict[type[OSError], str] = {
    TimeoutError: "timeout",
    ConnectionRefusedError: "refused",
    ConnectionResetError: "reset",
}


def host_key(url: str) -> str:
    """Return what requests to the same host have in common.

    >>> host_key("https://Example.org:443/a"), host_key("http://example.org:8000/")
    ('example.org', 'example.org:8000')
    """
    parts = urlsplit(url)
    port = parts.port
    return (parts.hostname or "") + (f":{port}" if port and port not in (80, 443) else "")


class HostRestsError(requests.ConnectionError):
    """A host that got too many requests isn't asked any more in this check."""


class Hosts:
    """Whose turn it is at each host, for all workers of a check together."""

    def __init__(self, pause: float, patience: float) -> None:
        """Begin a check.

        :param pause: seconds between two requests to one host
        :param patience: seconds to wait in all for a host that says that it gets too many
        """
        self._pause = pause
        self._patience = patience
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._ended: dict[str, float] = {}
        self._limited: dict[str, float] = {}
        #: Hosts that aren't asked any more in this check.
        self.resting: set[str] = set()
        self._asked: set[str] = set()
        self._answered: set[str] = set()

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until the host of an address may be asked, and keep others from it.

        :raises HostRestsError: when it isn't to be asked any more
        """
        host = host_key(url)
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            if host in self.resting:
                raise HostRestsError(f"{host} asked to be left alone for a while")
            time.sleep(max(0.0, self._ended.get(host, -math.inf) + self._pause - time.monotonic()))
            self._asked.add(host)
            try:
                yield
            finally:
                self._ended[host] = time.monotonic()

    def answer(self, url: str, code: int) -> None:
        """Remember that a host answered."""
        self._answered.add(host_key(url))
        if code != 429:
            self._limited.pop(host_key(url), None)

    def may_wait(self, url: str, until: float) -> bool:
        """Tell whether a host that gets too many requests is to be asked again in this check.

        :param until: when it says that it may be asked again, in seconds since 1970
        """
        now = time.time()
        began = self._limited.setdefault(host_key(url), now)
        # Written so that it is false for what is no number.
        if max(now, until) <= began + self._patience and until == until:
            return True
        self.rest(url)
        return False

    def rest(self, url: str) -> None:
        """Leave a host alone for the rest of this check."""
        self.resting.add(host_key(url))

    def all_are_silent(self) -> bool:
        """Tell whether hosts were asked, enough of them to tell, and none answered.

        Then it is the network here that is at fault.
        """
        return len(self._asked) >= ENOUGH_HOSTS and not self._answered


class _Deadline:
    """Ends a connection when an answer as a whole takes too long.

    Timeouts of sockets begin again with every byte, so that a host could answer for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self.socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._token = _DEADLINE.set(self)
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        _DEADLINE.reset(self._token)

    def watch(self, connection: HTTPConnection) -> None:
        """Take the socket of a connection that was just made."""
        self.socket = connection.sock
        if self.passed:
            self._end()

    def _end(self) -> None:
        self.passed = True
        if self.socket:
            with suppress(OSError):
                # Of the socket below TLS: the thread that reads sees the end of it.
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)


#: The deadline of the request that this thread makes.
_DEADLINE: ContextVar[_Deadline | None] = ContextVar("_DEADLINE", default=None)


def _watch(connection: HTTPConnection) -> None:
    if deadline := _DEADLINE.get():
        deadline.watch(connection)


class _HTTPConnection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self)


class _HTTPSConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self)


class HTTPPool(HTTPConnectionPool):
    """Connections of HTTP that are watched."""

    ConnectionCls = _HTTPConnection


class HTTPSPool(HTTPSConnectionPool):
    """Connections of HTTPS that are watched."""

    ConnectionCls = _HTTPSConnection


class PoliteAdapter(HTTPAdapter):
    """Makes the requests of one worker, and remembers what the last one gave."""

    def __init__(self, hosts: Hosts) -> None:
        super().__init__()
        self._hosts = hosts
        #: Whether the page itself is needed, to look for an anchor.
        self.reads_pages = False
        #: Whether more of the page was there than `PAGE_LIMIT`.
        self.is_cut = False
        #: The code of the last answer, or a word for why there is none.
        self.answer: int | str = ""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, of connections that are watched."""
        super().init_poolmanager(*args, **kwargs)
        schemes: dict[str, Any] = {"http": HTTPPool, "https": HTTPSPool}
        self.poolmanager.pool_classes_by_scheme = schemes

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """Make a request when it is the host's turn, and end its connection at once."""
        url = request.url or ""
        # Stands when the host isn't asked.
        self.answer, self.is_cut = RESTS, False
        with self._hosts.turn(url):
            # A connection that is kept could be gone a second later: that would be no failure
            # of the page.
            request.headers["Connection"] = "close"
            with _Deadline(timeout if isinstance(timeout, int | float) else _LONGEST) as deadline:
                try:
                    response = super().send(request, True, timeout, verify, cert, proxies)
                    self._hosts.answer(url, response.status_code)
                    self._keep_page(request, response, deadline)
                except (requests.RequestException, HTTPError, OSError) as error:
                    if deadline.passed and not isinstance(error, requests.Timeout):
                        error = requests.ReadTimeout("answered too slowly", request=request)
                    elif not isinstance(error, requests.RequestException):
                        error = requests.ConnectionError(error, request=request)
                    self.answer = word_for(error)
                    raise error from None
            self.answer = response.status_code
        return response

    def _keep_page(
        self, request: requests.PreparedRequest, response: requests.Response, deadline: _Deadline
    ) -> None:
        """Read what is needed of a page, and end the connection."""
        page = bytearray()
        raw = response.raw
        try:
            if self.reads_pages and request.method == "GET" and response.status_code < 300:
                while len(page) < PAGE_LIMIT:
                    if not (chunk := raw.read(_CHUNK, decode_content=True)):
                        break
                    page += chunk
                self.is_cut = len(page) >= PAGE_LIMIT
            if deadline.passed:
                raise requests.ReadTimeout("answered too slowly", request=request)
        finally:
            raw.close()
        # Sphinx and requests read this instead. Cookies are taken from the original.
        response.raw = HTTPResponse(
            io.BytesIO(page),
            status=response.status_code,
            preload_content=False,
            original_response=getattr(raw, "_original_response", None),
        )


def mount(session: requests.Session, hosts: Hosts) -> PoliteAdapter:
    """Have a session ask politely."""
    adapter = PoliteAdapter(hosts)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    # Of 30, each a second after the other, a loop of redirects would take a minute.
    session.max_redirects = 10
    return adapter


def word_for(error: BaseException) -> str:
    """Return a word for why there is no answer; see `sphinx_fsp.resources.history`.

    ``timeout`` and ``network`` say nothing about the host, and the others that it is at fault.
    """
    if isinstance(error, requests.Timeout):
        return "timeout"
    if isinstance(error, requests.exceptions.ProxyError):
        return "network"
    if isinstance(error, requests.exceptions.SSLError):
        return "tls"
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return "network" if cause.errno == socket.EAI_AGAIN else "no-host"
        if cause.errno in _HERE:
            return "network"
    for kind, word in _WORDS.items():
        if any(isinstance(cause, kind) for cause in causes):
            return word
    return "bad-answer"


def _causes(error: BaseException) -> Iterator[OSError]:
    """Yield the errors of the system that led to one of requests, which wraps them deeply."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        found = todo.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        seen.add(id(found))
        # An empty answer is an error without a number, though a ConnectionResetError by descent.
        if isinstance(found, TimeoutError) or (isinstance(found, OSError) and found.errno):
            yield found
        todo += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
