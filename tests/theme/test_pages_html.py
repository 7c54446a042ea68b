"""The Nu HTML checker finds no error on any page of the example, nor of the other small sites.

The checker is a program for Java from npm's package ``vnu-jar``: ``make tools`` gets it. Another
copy is named by the environment variable ``FSP_VNU_JAR``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from theme.pagetypes import SITES, SOURCES

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("theme-pages-html")]

TOOLS = Path(sys.prefix) / "tools"
JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

#: Files that aren't pages.
NOT_PAGES = {
    # The format in which browsers import bookmarks: HTML as Netscape wrote it.
    "resources.bookmarks.html",
}
#: What Sphinx writes on its own account: the message, and a part of the place.
SPHINX = {
    # sphinx.ext.viewcode marks blocks of a program inside its <pre>.
    ("Element “div” not allowed as child of element “pre”", 'class="viewcode-block"'),
    # `.. index::` before a description puts its target into the list of descriptions.
    ("Element “span” not allowed as child of element “dl”", '<span id="index-'),
}


def is_of_sphinx(message: Mapping[str, str]) -> bool:
    """Return true for an error that no theme can mend."""
    return any(
        message["message"].startswith(start) and part in message["extract"]
        for start, part in SPHINX
    )


def missing(what: str) -> None:
    """Skip for want of a program; fail where nothing may be left out."""
    if os.environ.get("FSP_REQUIRE_SYSTEM"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """Return the command of the checker."""
    if shutil.which("java") is None:
        missing("needs Java (Debian: apt-get install default-jre-headless)")
    jar = Path(os.environ.get("FSP_VNU_JAR", JAR))
    if not jar.is_file():
        missing("needs the Nu HTML checker: make tools")
    return ["java", "-jar", str(jar), "--errors-only", "--format", "json", "--stdout"]


def test_every_page_is_without_an_error(
    checker: list[str], build_once: Callable[..., Path]
) -> None:
    folders = [build_once(source) for source in [*SOURCES.values(), SITES / "arabic"]]
    pages = [
        page
        for folder in folders
        for page in sorted(folder.rglob("*.html"))
        if page.name not in NOT_PAGES
    ]
    assert len(pages) > 40
    run = subprocess.run(
        [*checker, *map(str, pages)], capture_output=True, encoding="utf-8", check=False
    )
    found = [
        f"{Path(message['url']).name}:{message['lastLine']}: {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        if not is_of_sphinx(message)
    ]
    assert found == [], f"{len(found)} errors"
