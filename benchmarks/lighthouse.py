"""Run Lighthouse on every type of page, as on a phone, and print its marks.

Run it with ``python benchmarks/lighthouse.py``. Needs Chromium, and Node.js for ``npx``, which
gets Lighthouse from npm. The example and a small project with an API are built with the theme and
served as a good server does: compressed, and with a time to keep files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = "lighthouse@13.5"
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
#: The least that each is to have.
WANTED = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
#: Pages that search engines are told to leave out, which Lighthouse takes for a fault.
UNLISTED = {"search", "404"}
SOURCES = {"guide": ROOT / "example" / "content", "api": ROOT / "tests" / "theme" / "sites" / "api"}
PAGES = (
    ("content page", "guide", "constellations.html"),
    ("chapter page", "guide", "night-sky.html"),
    ("index", "guide", "index.html"),
    ("blog index", "guide", "blog.html"),
    ("post", "guide", "blog/what-is-that-light.html"),
    ("code example", "guide", "sky-time-julian-date-examples.html"),
    ("table of contents", "guide", "table-of-contents.html"),
    ("lists of resources", "guide", "resources.html"),
    ("resource index", "guide", "all-resources.html"),
    ("search", "guide", "search.html"),
    ("404", "api", "404.html"),
    ("general index", "api", "genindex.html"),
    ("module index", "api", "py-modindex.html"),
    ("API", "api", "api.html"),
    ("source code", "api", "_modules/weather.html"),
)
COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".xml")


class Handler(SimpleHTTPRequestHandler):
    """Serves files compressed, and says that they may be kept."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 9)
            self.send_header("Content-Encoding", "gzip")
        kind = self.guess_type(path)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(folder: Path) -> str:
    """Serve a folder and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def report(address: str, chromium: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page."""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--output=json", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox"]
    run = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        sys.exit(f"Lighthouse failed: {run.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def marks(found: dict[str, Any]) -> dict[str, int]:
    """Return the marks of a report, of a hundred."""
    return {name: round((found["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}


def lost(found: dict[str, Any]) -> list[str]:
    """Return the audits that cost a page marks."""
    names = []
    for name in CATEGORIES:
        for ref in found["categories"][name]["auditRefs"]:
            audit = found["audits"][ref["id"]]
            score = audit["score"]
            if (
                ref["weight"]
                and score is not None
                and score < (0.9 if name == "performance" else 1)
            ):
                names.append(f"{audit['id']} ({audit.get('displayValue') or round(score, 2)})")
    return names


def main() -> int:
    """Build, serve, measure and print; the status is 1 when a page has less than is wanted."""
    parser = argparse.ArgumentParser(description="Run Lighthouse on every type of page.")
    parser.add_argument("--only", default="", help="types of page, with commas between")
    options = parser.parse_args()
    only = set(filter(None, options.only.split(",")))
    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("npx") is None:
        sys.exit("Needs Chromium and Node.js (Debian: apt-get install chromium npm).")
    good = True
    with tempfile.TemporaryDirectory() as work:
        addresses = {}
        for name, source in SOURCES.items():
            out = Path(work) / name
            command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", f"{out}-doctrees"]
            subprocess.run([*command, str(source), str(out)], check=True)
            addresses[name] = serve(out)
        print(f"{'page':20} " + " ".join(f"{name:>14}" for name in CATEGORIES))
        for name, site, path in PAGES:
            if only and name not in only:
                continue
            found = report(f"{addresses[site]}/{path}", chromium)
            numbers = marks(found)
            counted = [key for key in CATEGORIES if key != "seo" or name not in UNLISTED]
            good = good and all(numbers[key] >= WANTED[key] for key in counted)
            line = " ".join(f"{numbers[key]:14}" for key in CATEGORIES)
            print(f"{name:20} {line}  {', '.join(lost(found))}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
