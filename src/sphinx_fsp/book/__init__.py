"""The guide as a book: PDF by LaTeX, EPUB, plain text and a manual page, from the same pages."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_fsp.book import contents, cover, man, plain_text, posts, references
from sphinx_fsp.book.epub import builder as epub
from sphinx_fsp.book.images import transforms as images
from sphinx_fsp.book.latex import builder as latex
from sphinx_fsp.book.latex import code, defaults, fonts
from sphinx_fsp.book.tables import transforms as tables


def setup(app: Sphinx) -> None:
    """Register what each output needs."""
    for part in (
        contents,
        cover,
        posts,
        references,
        images,
        defaults,
        fonts,
        latex,
        code,
        tables,
        epub,
        man,
        plain_text,
    ):
        part.setup(app)
