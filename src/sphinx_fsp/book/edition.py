"""How the cover of the book names its edition."""

from __future__ import annotations

from sphinx.locale import get_translation

_ = get_translation("sphinx_fsp")


def edition(release: str) -> str:
    """Return the name of a release: a number is "Edition 2.1", and words stay as they are.

    >>> edition("Third edition")
    'Third edition'
    """
    is_number = release[:1].isdigit()
    return str(_("Edition {release}")).format(release=release) if is_number else release
