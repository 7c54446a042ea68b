"""A built site on a plain web server, and LinkChecker, which follows every link of it.

It knows nothing of Sphinx, and runs no scripts: it reads pages as a search engine does.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

#: As fast as it can, and with the places in pages.
_CONFIG = "[AnchorCheck]\n[checking]\nthreads=4\nmaxrequestspersecond=100000\n"


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        # Without it LinkChecker asks for ten pages a second at most.
        self.send_header("LinkChecker", "as fast as you can")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a crawler doesn't wait for the end of what it can't read."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder while in it; give its address, with a slash at the end."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Crawl(NamedTuple):
    """What a crawler saw."""

    #: Addresses of the site that it asked for, from its root, without fragments.
    seen: set[str]
    #: Links that lead nowhere: the page, the address, and why. Pages are without a slash first.
    broken: list[tuple[str, str, str]]


def crawl(folder: Path) -> Crawl:
    """Follow every link of a built site, from its front page on; none to other sites.

    Without LinkChecker the test is skipped; with ``FSP_REQUIRE_SYSTEM`` in the environment (as in
    CI) it fails instead.
    """
    program = shutil.which("linkchecker", path=Path(sys.executable).parent)
    if program is None:
        message = "needs LinkChecker (pip install linkchecker)"
        if os.environ.get("FSP_REQUIRE_SYSTEM"):
            pytest.fail(message)
        pytest.skip(message)
    config = folder.with_name(f"{folder.name}.linkcheckerrc")
    config.write_text(_CONFIG, encoding="utf-8")
    # LinkChecker becomes another user when it is run as root.
    config.chmod(0o644)
    with served(folder) as address:
        command = [program, "-f", str(config), "-v", "--no-status", "--no-robots", "-o", "csv"]
        run = subprocess.run(
            [*command, f"{address}index.html"], capture_output=True, text=True, check=False
        )
    lines = [line for line in run.stdout.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert rows, run.stderr
    seen: set[str] = set()
    broken = []
    for row in rows:
        url = row["url"] or row["urlname"]
        if not url.startswith(address):
            continue
        seen.add(url.removeprefix(address).partition("#")[0])
        why = row["result"] if row["valid"] != "True" else row["warningstring"]
        if why:
            broken.append((row["parentname"].removeprefix(address), row["urlname"], why))
    return Crawl(seen, sorted(broken))
