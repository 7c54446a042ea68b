"""Small real projects, built by Sphinx itself."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from docutils import nodes
from playwright.sync_api import Browser, sync_playwright
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp

ROOTS = Path(__file__).parent / "roots"
#: Content that is no part of the repository; tests that need it skip without it.
SHARED = Path(__file__).parents[1].parent / "shared"

# How long an example takes says something of the machine, not of the code.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process: what they share is built once."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@dataclass
class Build:
    """What one run of Sphinx did."""

    outdir: Path
    #: Warnings, one a line, without the path of the source folder.
    warnings: list[str]
    #: Docnames that were read.
    read: list[str]
    #: Docnames that were written.
    written: list[str]

    def html(self, name: str) -> str:
        """Return a page of the output."""
        return (self.outdir / name).read_text(encoding="utf-8")

    def files(self) -> set[str]:
        """Return the names of all files of the output."""
        return {
            p.relative_to(self.outdir).as_posix() for p in self.outdir.rglob("*") if p.is_file()
        }


@dataclass
class Site:
    """A project in a temporary folder."""

    root: Path
    #: Folder of conf.py and the pages.
    content: Path
    builds: int = field(default=0)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the source folder."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in a file of the source folder."""
        path = self.content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def build(
        self,
        builder: str = "html",
        *,
        out: str = "",
        jobs: int = 1,
        overrides: Mapping[str, Any] | None = None,
    ) -> Build:
        """Run Sphinx; what an earlier run left in the same output is used again."""
        self.builds += 1
        warnings = io.StringIO()
        read: list[str] = []
        written: list[str] = []
        app = SphinxTestApp(
            builder,
            srcdir=self.content,
            builddir=self.root / (out or "_build"),
            confoverrides=dict(overrides or {}),
            warning=warnings,
            parallel=jobs,
        )
        app.connect("env-before-read-docs", lambda _app, _env, docnames: read.extend(docnames))

        def resolved(_app: Sphinx, _document: nodes.document, docname: str) -> None:
            written.append(docname)

        app.connect("doctree-resolved", resolved)
        try:
            app.build()
        finally:
            outdir = Path(app.outdir)
            app.cleanup()
        text = _COLOUR.sub("", warnings.getvalue())
        lines = [
            line.replace(f"{self.content}/", "").replace(f"{self.root}/", "")
            for line in text.splitlines()
        ]
        return Build(outdir, [line for line in lines if line.strip()], sorted(read), written)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that copies a root, or makes a project of some pages."""

    def make(root: str = "", pages: Mapping[str, str] | None = None, **conf: object) -> Site:
        folder = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
        if root:
            shutil.copytree(ROOTS / root, folder)
        content = folder / "content" if (folder / "content").is_dir() or not root else folder
        content.mkdir(parents=True, exist_ok=True)
        site = Site(folder, content)
        if not root:
            values = {"extensions": ["sphinx_fsp"], "html_theme": "basic", **conf}
            site.write("conf.py", "".join(f"{k} = {v!r}\n" for k, v in values.items()))
            site.write("index.md", "# Home\n")
        for name, text in (pages or {}).items():
            site.write(name, text)
        return site

    return make


@pytest.fixture
def guide(make_site: Callable[..., Site]) -> Site:
    """Return a copy of the small guide."""
    return make_site("guide")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium: Debian's, driven by Playwright, one in each process.

    Without it the tests are skipped; with ``FSP_REQUIRE_SYSTEM`` in the environment (as in CI)
    they fail instead.
    """
    # The first has no windows to make: a new page takes a fifth of the time.
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        message = "needs Chromium (Debian: apt-get install chromium-headless-shell)"
        if os.environ.get("FSP_REQUIRE_SYSTEM"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


def needs_shared(name: str) -> Path:
    """Return a part of the shared content, or skip the test that needs it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {name} of the shared content, which is no part of the repository")
    return path
