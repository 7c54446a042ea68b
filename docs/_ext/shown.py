"""The directive ``shown``: a piece of MyST, the same in reStructuredText, and what both give.

The two are one text, parted by a line ``%%%``, so that the manual shows what it says. That both
give the same is a test: ``tests/docs/test_shown.py``.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

#: The line between the two.
BETWEEN = "%%%"
#: Longer than any fence of an example.
_FENCE = "`" * 12
_TABS = """\
{fence}``{{tab-set}}
:sync-group: markup

{fence}`{{tab-item}} MyST
:sync: myst

{fence}markdown
{myst}
{fence}
{fence}`

{fence}`{{tab-item}} reStructuredText
:sync: rst

{fence}rst
{rst}
{fence}
{fence}`
{fence}``
"""


def parted(content: str) -> tuple[str, str]:
    """Return the MyST and the reStructuredText of an example."""
    myst, _, rst = content.partition(f"\n{BETWEEN}\n")
    return myst.strip("\n"), rst.strip("\n")


class Shown(SphinxDirective):
    """``shown``: source in both markups, and below it the result."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the tabs, and what the first of them gives.

        :raises DirectiveError: when one of the two is missing
        """
        content = "\n".join(self.content)
        myst, rst = parted(content)
        if not myst or not rst:
            raise self.error(f"shown needs MyST, a line {BETWEEN}, and reStructuredText.")
        tabs = self.parse_text_to_nodes(_TABS.format(fence=_FENCE, myst=myst, rst=rst))
        result = nodes.container(classes=["shown"])
        result += self.parse_text_to_nodes(myst, offset=self.content_offset)
        return [*tabs, result]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("shown", Shown)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
