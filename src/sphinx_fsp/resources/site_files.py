"""Entries of data files: as list items, and as listings of the whole site."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.config import Config

from sphinx_fsp.diagnostics import BAD_SCHEME, BAD_URL, DATA_FILE, MISSING_URL, Problem
from sphinx_fsp.resources.address import fault_of
from sphinx_fsp.resources.data_files import read_data_file
from sphinx_fsp.resources.fields import read_fields
from sphinx_fsp.resources.kinds import infer_kind
from sphinx_fsp.resources.record import Listing


def read_site_files(
    config: Config, confdir: Path, srcdir: Path
) -> tuple[list[Listing], list[Problem]]:
    """Return what the files of ``fsp_resource_files`` list, and what is wrong with them."""
    listings: list[Listing] = []
    problems: list[Problem] = []
    for name in config.fsp_resource_files:
        path = Path(os.path.realpath(confdir / name))
        shown = Path(os.path.relpath(path, srcdir)).as_posix()
        if not path.is_file():
            details = {"why": f"the data file {name} isn't there", "advice": "correct its path"}
            problems.append(Problem(DATA_FILE, str(confdir / "conf.py"), 1, details))
            continue
        items, faults = read_data_file(path, shown)
        problems += faults
        for item in items:
            title = " ".join(item.title.split()) or item.url
            description = " ".join(item.description.split())
            fields, faults = read_fields(item.fields, config.fsp_resource_kinds, shown, item.url)
            problems += faults
            if not item.url:
                problems.append(Problem(MISSING_URL, shown, item.line, {"title": title}))
                continue
            if fault := fault_of(item.url):
                details = {"target": item.url[:60], "why": fault.why, "advice": fault.advice}
                subtype = BAD_SCHEME if fault.dangerous else BAD_URL
                problems.append(Problem(subtype, shown, item.line, details))
                if fault.dangerous:
                    continue
            kind = "" if fields.kind else infer_kind(title, description, item.url)
            listings.append(
                Listing(item.url, title, description, fields, kind, "", "", "", shown, item.line)
            )
    return listings, problems
