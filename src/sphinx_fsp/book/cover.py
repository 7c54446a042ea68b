"""The image on the cover of the book."""

from __future__ import annotations

import os
from pathlib import Path

import imagesize
from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.diagnostics import BOOK_COVER, warn

#: What TeX and every reader of EPUB can show.
SUFFIXES = (".png", ".jpg", ".jpeg")


def cover_fault(path: Path) -> str:
    """Return why a file can't be the image of a cover; an empty text when it can."""
    if not path.is_file():
        return "isn't there"
    if path.suffix.lower() not in SUFFIXES:
        return "is no PNG or JPEG"
    return "" if min(imagesize.get(path)) > 0 else "can't be read as an image"


def cover_of(config: Config, confdir: str | os.PathLike[str]) -> Path | None:
    """Return the image of ``fsp_book_cover``, or None."""
    name = config.fsp_book_cover
    path = Path(confdir, name) if name else None
    return path if path and not cover_fault(path) else None


def check_cover(app: Sphinx) -> None:
    """Say what is wrong with the image, when a book is made."""
    name = app.config.fsp_book_cover
    if name and app.builder.name in {"latex", "epub"}:
        why = cover_fault(Path(app.confdir, name))
        if why:
            warn(BOOK_COVER, Path(app.confdir, "conf.py"), None, target=name, why=why)


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.connect("builder-inited", check_cover)
