"""Which pages are written again although they were not read again.

A page shows more than its own text: the titles of its neighbours, the table of contents in a
theme's sidebar, links to places in other pages, records of resources. Sphinx writes only what was
read. What every page showed of the others is kept beside the doctrees, by builder, and a page that
would show something else is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol, runtime_checkable

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

#: Event: a theme returns what the navigation of each page shows of others, by docname.
NAVIGATION_SHOWN = "fsp-navigation-shown"


@runtime_checkable
class ShowsOthers(Protocol):
    """A domain that knows what pages show of others."""

    def shown_of_others(self, env: BuildEnvironment) -> Mapping[str, str]:
        """Return a text for each page that shows something: another one when that changes."""


class Rewrites:
    """What pages show in the build that is running."""

    def __init__(self) -> None:
        self._now: Mapping[str, str] = {}

    def changed(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Return the documents that show something else than in the last build of this output."""
        before, self._now = _read(app), _shown(app, env)
        # Without a record, this output was never built: Sphinx writes all of it.
        return [name for name, shown in self._now.items() if before.get(name, shown) != shown]

    def record(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what every page showed, now that all are written."""
        if exception is None and self._now and self._now != _read(app):
            _record(app).write_text(json.dumps(self._now, sort_keys=True), encoding="utf-8")


def _shown(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """Return a digest of what each page shows of others."""
    texts: dict[str, str] = dict(app.emit_firstresult(NAVIGATION_SHOWN, env) or {})
    for domain in env.domains.sorted():
        if isinstance(domain, ShowsOthers):
            for docname, text in domain.shown_of_others(env).items():
                texts[docname] = f"{texts.get(docname, '')}\0{text}"
    return {docname: sha256(text.encode()).hexdigest() for docname, text in texts.items()}


def _record(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"fsp-shown-{app.builder.name}.json"


def _read(app: Sphinx) -> dict[str, str]:
    try:
        found = json.loads(_record(app).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def navigation(env: BuildEnvironment) -> str:
    """Return a digest of all that navigation is made of: titles and toctrees."""
    digest = sha256()
    for docname in sorted(env.found_docs):
        title = env.titles.get(docname)
        digest.update(f"{docname}\0{title.astext() if title else ''}\0".encode())
        toc = env.tocs.get(docname)
        for toctree in toc.findall(addnodes.toctree) if toc is not None else ():
            digest.update(repr(sorted(toctree.attributes.items(), key=str)).encode())
    return digest.hexdigest()


def setup(app: Sphinx) -> None:
    """Connect to the end of reading, and to that of the build."""
    rewrites = Rewrites()
    app.add_event(NAVIGATION_SHOWN)
    # When Sphinx has numbered the sections.
    app.connect("env-get-updated", rewrites.changed, priority=900)
    app.connect("build-finished", rewrites.record)
