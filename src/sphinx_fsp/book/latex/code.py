"""Long words of the book, in text and in code: where they may be broken.

LaTeX wraps lines of code, with a mark, but a word of thousands of letters stops it.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_fsp.book.latex.breaks import with_breaks
from sphinx_fsp.book.tables.widths import BREAK
from sphinx_fsp.source.project import guide_of

#: TeX measures a line before it is wrapped, and nothing may be wider than 16,384 points: about
#: 3,000 letters.
_LONGEST = 500
#: Where Sphinx lets a line of code end.
_ENDS = re.escape(".,;?!/{<#%$\"'_}^&>-~\\")
_WORD = re.compile(rf"[^\s{_ENDS}{BREAK}]{{{_LONGEST}}}(?=[^\s{_ENDS}{BREAK}])")

#: Text in these is no running text: TeX, or its own package, says how it is broken.
_VERBATIM = (
    nodes.literal_block,
    nodes.doctest_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.comment,
    addnodes.index,
    addnodes.productionlist,
)


def with_breaks_in_code(code: str) -> str:
    """Return code with places to break its longest words.

    >>> with_breaks_in_code("x" * 501).count(BREAK)
    1
    """
    return _WORD.sub(lambda match: match[0] + BREAK, code)


class BookBreaks(SphinxPostTransform):
    """Marks where long words may end a line: names, paths and addresses."""

    # After references and footnotes are resolved, before tables are measured.
    default_priority = 690
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Mark the places in all running text."""
        if not guide_of(self.env).catalogue.pages:
            return
        for text in list(self.document.findall(nodes.Text)):
            broken = with_breaks(str(text))
            if broken != text and not _is_verbatim(text):
                text.parent.replace(text, nodes.Text(broken))


def _is_verbatim(text: nodes.Text) -> bool:
    parent: nodes.Element | None = text.parent
    if isinstance(parent, nodes.reference) and parent.get("refuri") == text:
        # LaTeX's own macro for addresses breaks them.
        return True
    while parent is not None:
        if isinstance(parent, _VERBATIM):
            return True
        parent = parent.parent
    return False


class BookCode(SphinxPostTransform):
    """Makes blanks of tabs, and marks where words longer than TeX can measure may end a line."""

    default_priority = 690
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Change all blocks of code."""
        if not guide_of(self.env).catalogue.pages:
            return
        for block in self.document.findall(nodes.literal_block):
            code = block.astext()
            broken = with_breaks_in_code(code.expandtabs())
            if broken != code and block.rawsource == code:
                # Sphinx highlights code that is the same in both.
                block.rawsource = broken
                block.children = []
                block += nodes.Text(broken)


def setup(app: Sphinx) -> None:
    """Register what works on the long words of a book."""
    app.add_post_transform(BookBreaks)
    app.add_post_transform(BookCode)
