"""Files of ``fsp_static_path``, published where they were."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Set
from pathlib import Path

from sphinx_fsp.diagnostics import STATIC_FILE, warn
from sphinx_fsp.publish.files import folders_of
from sphinx_fsp.source.guide import Guide


def copy_static_files(guide: Guide, outdir: Path, pages: Set[str]) -> set[str]:
    """Copy what is new or changed, and return the names of all.

    :param pages: files that hold pages, which no static file replaces
    """
    copied = set()
    folders = {folder for page in pages for folder in folders_of(page)}
    for address, source in guide.static_files.items():
        name = address.lstrip("/")
        if name in pages:
            warn(STATIC_FILE, source, None, target=address, why="has the address of a page")
            continue
        if name in folders or not pages.isdisjoint(folders_of(name)):
            warn(STATIC_FILE, source, None, target=address, why="has the place of a page")
            continue
        target = outdir / name
        copied.add(name)
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return copied
