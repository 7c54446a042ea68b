"""Servers on this machine that fail in every way, for the tests of link checks."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest

Answer: TypeAlias = "Callable[[Server, socket.socket, str, str], None]"


@dataclass
class Request:
    """A request, as a server logs it."""

    method: str
    path: str
    began: float
    ended: float = 0.0


@dataclass
class Server:
    """A host of its own: an address of this machine with a port."""

    address: str = "127.0.0.1"
    log: list[Request] = field(default_factory=list)
    #: Connections that were open at the same time, at most.
    most_open: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None
    tls: ssl.SSLContext | None = None
    #: Whether it speaks first, as a mail server.
    greets: bool = False

    def start(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._socket = socket.create_server((self.address, 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def url(self, path: str = "/") -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.log]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open += 1
            self.most_open = max(self.most_open, self._open)
        try:
            connection.settimeout(20)
            if self.greets:
                connection.sendall(b"220 mail.example.org is ready\r\n")
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                self._reply(connection)
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open -= 1

    def _reply(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(4096)
            if not received:
                return
            head += received
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        request = Request(method, path, time.monotonic())
        self.log.append(request)
        try:
            (self.answer or fine)(self, connection, method, path)
        finally:
            request.ended = time.monotonic()


def send(
    connection: socket.socket, code: str, body: bytes = b"", method: str = "GET", **headers: str
) -> None:
    """Send a whole answer."""
    lines = [f"HTTP/1.1 {code}", f"Content-Length: {len(body)}", "Content-Type: text/html"]
    # A client that kept the connection would find it gone.
    lines.append("Connection: close")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    connection.sendall(head + (b"" if method == "HEAD" else body))


# Ways to answer


def fine(server: Server, connection: socket.socket, method: str, path: str) -> None:
    send(connection, "200 OK", b'<h1 id="top">Fine</h1>', method)


def says(code: str, **headers: str) -> Answer:
    def answer(server: Server, connection: socket.socket, method: str, path: str) -> None:
        send(connection, code, b"", method, **headers)

    return answer


def only_get(server: Server, connection: socket.socket, method: str, path: str) -> None:
    send(connection, "405 Method Not Allowed" if method == "HEAD" else "200 OK", b"", method)


def hangs(server: Server, connection: socket.socket, method: str, path: str) -> None:
    server.closing.wait(20)


def empty(server: Server, connection: socket.socket, method: str, path: str) -> None:
    """Close the connection without a word."""


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def resets_in_head(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-")
    time.sleep(0.05)
    _reset(connection)


def resets_in_body(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>The beg")
    time.sleep(0.05)
    _reset(connection)


def no_http(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")


def endless(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n")
    while not server.closing.is_set():
        connection.sendall(b"<p>More and more.</p>\n" * 1000)


def endless_redirect(server: Server, connection: socket.socket, method: str, path: str) -> None:
    if path == "/good":
        fine(server, connection, method, path)
        return
    connection.sendall(b"HTTP/1.1 301 Moved\r\nLocation: /good\r\n\r\n")
    while not server.closing.is_set():
        connection.sendall(b"It has moved. " * 1000)


def drips_head(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not server.closing.wait(0.1):
        connection.sendall(b"x")


def drips_body(server: Server, connection: socket.socket, method: str, path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not server.closing.wait(0.1):
        connection.sendall(b"x")


def redirects(target: str, code: str = "301 Moved") -> Answer:
    return says(code, Location=target)


def bomb(server: Server, connection: socket.socket, method: str, path: str) -> None:
    """Send a little that unpacks to a lot."""
    body = gzip.compress(b" " * 50_000_000)
    send(connection, "200 OK", body, method, Content_Encoding="gzip")


def limits_once(server: Server, connection: socket.socket, method: str, path: str) -> None:
    """Ask for a second of patience, and then be fine."""
    if len(server.log) == 1:
        send(connection, "429 Too Many Requests", b"", method, Retry_After="1")
    else:
        fine(server, connection, method, path)


Serve = Callable[..., Server]


@contextlib.contextmanager
def serving() -> Iterator[Serve]:
    """Give a function that starts a server; all end with the context."""
    servers: list[Server] = []

    def start(answer: Answer = fine, **settings: Any) -> Server:
        server = Server(answer=answer, **settings)
        server.start()
        servers.append(server)
        return server

    try:
        yield start
    finally:
        for server in servers:
            server.stop()


def closed_port() -> int:
    """Return a port that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the TLS of a server that nobody vouches for, made by openssl; skip without it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs openssl to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
