"""A browser, and sites that are built once and served as a plain web server would.

The browser itself is in the ``conftest.py`` of the folder above.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from sphinx.testing.util import SphinxTestApp

from theme.pagetypes import PROJECT, SOURCES, PageType

#: What the strictest sites send: the theme may not need anything else.
POLICY = "default-src 'self'"


class Server(ThreadingHTTPServer):
    """A server that says nothing of browsers that leave early."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a page that is closed drops what it asked for."""


class Handler(SimpleHTTPRequestHandler):
    """Serves files with a content security policy, and without a log.

    What isn't there gets the nearest ``404.html`` above it, as with GitHub Pages and others.
    """

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page, where it has one."""
        above = Path(self.translate_path(self.path)).parents
        pages = (folder / "404.html" for folder in above if folder.is_relative_to(self.directory))
        page = next((page for page in pages if page.is_file()), None)
        if code != HTTPStatus.NOT_FOUND or page is None:
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page at desktop width; a test of another kind makes its own context."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder, and returns its address (no slash at the end)."""
    servers: dict[Path, Server] = {}

    def start(folder: Path) -> str:
        if folder not in servers:
            handler = partial(Handler, directory=str(folder))
            servers[folder] = server = Server(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[folder].server_port}"

    yield start
    # Each takes up to half a second: all at once.
    endings = [threading.Thread(target=server.shutdown) for server in servers.values()]
    for ending in endings:
        ending.start()
    for ending in endings:
        ending.join()
    for server in servers.values():
        server.server_close()


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that builds a source folder, once in a session, and returns the output."""
    done: dict[tuple[Path, str, str], Path] = {}

    def build(source: Path, builder: str = "html", **overrides: object) -> Path:
        key = (source, builder, repr(overrides))
        if key not in done:
            folder = tmp_path_factory.mktemp("site")
            app = SphinxTestApp(
                builder, srcdir=source, builddir=folder, confoverrides=dict(overrides)
            )
            app.build()
            done[key] = Path(app.outdir)
            app.cleanup()
        return done[key]

    return build


@pytest.fixture(scope="session")
def example(build_once: Callable[..., Path]) -> Path:
    """Return the output of the example guide."""
    return build_once(PROJECT / "example" / "content")


@pytest.fixture(scope="session")
def site_of(build_once: Callable[..., Path]) -> Callable[[PageType], Path]:
    """Return a function that gives the output folder which a type of page is in."""
    return lambda page_type: build_once(SOURCES[page_type.site])


@pytest.fixture(scope="session")
def address_of(
    site_of: Callable[[PageType], Path], serve: Callable[[Path], str]
) -> Callable[[PageType], str]:
    """Return a function that gives the address of a type of page on its server."""
    return lambda page_type: f"{serve(site_of(page_type))}/{page_type.path}"


#: What Chromium says of a view transition that it leaves out; the page itself is shown.
TRANSITION_LEFT_OUT = ("Transition was skipped", "Transition was aborted")


def is_of_the_page(error: str) -> bool:
    """Tell whether an error is a page's own."""
    # Others: a click before the last page has faded in, or before its styles have come; an icon
    # that browsers ask for by themselves.
    return not error.startswith(TRANSITION_LEFT_OUT) and not error.endswith("/favicon.ico")


@dataclass
class Visit:
    """A page in a browser, and what the browser had to say of it."""

    page: Page
    #: Errors of scripts and of the console.
    errors: list[str] = field(default_factory=list)
    #: Addresses that were asked for.
    requests: list[str] = field(default_factory=list)

    def note(self, error: str) -> None:
        """Note an error, unless it isn't the page's."""
        if is_of_the_page(error):
            self.errors.append(error)

    def violations(self) -> list[str]:
        """Return what the content security policy kept from happening."""
        found: list[str] = self.page.evaluate("globalThis.fspViolations || []")
        return found


#: True once something of a page was painted.
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
#: Runs before the scripts of a page.
WATCH = """
globalThis.fspViolations = [];
addEventListener("securitypolicyviolation", (event) =>
  fspViolations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
globalThis.fspShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput)
      fspShifts.push({
        value: entry.value,
        moved: entry.sources.map((source) => source.node?.parentElement?.outerHTML.slice(0, 120)),
      });
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens an address in a fresh context of any kind, and watches it."""
    contexts = []

    def start(address: str = "", *, width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        seen = Visit(page)
        page.on("pageerror", lambda error: seen.note(str(error)))
        page.on(
            "console",
            lambda message: (
                seen.note(f"{message.text} {message.location.get('url', '')}")
                if message.type == "error"
                else None
            ),
        )
        page.on("request", lambda request: seen.requests.append(request.url))
        if address:
            page.goto(address)
        return seen

    yield start
    for context in contexts:
        context.close()


def axe_faults(page: Page, within: str = "", rule: str = "") -> list[str]:
    """Return what axe finds: the rule, the element, and why.

    :param within: a selector of the only part of the page that is looked at
    :param rule: the only rule that is looked at
    """
    found = []
    if not page.evaluate("!!globalThis.axe"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": [rule]} if rule else {})
    result = page.evaluate(
        "([within, options]) => axe.run(within || document, options)", [within, options]
    )
    for broken in result["violations"]:
        for node in broken["nodes"]:
            why = " ".join(node["failureSummary"].split())
            found.append(f"{broken['id']}: {node['html'][:150]}: {why}")
    return found


def wait_until(page: Page, expression: str) -> None:
    """Wait until an expression is true in a page (Playwright's own way needs a laxer policy)."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never true: {expression}")
