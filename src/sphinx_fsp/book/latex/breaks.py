"""Where a long word may be broken at the end of a line. Pure functions."""

from __future__ import annotations

import re

from sphinx_fsp.book.tables.widths import BREAK, char_width

#: Words up to this length stay whole, or are hyphenated.
LONG = 16
#: Letters alone are hyphenated by the rules of their language up to this length.
_LONG_LETTERS = 30
#: No part of a long word is longer than this.
_PART = 12

_WORD = re.compile(rf"[^\s{BREAK}]{{{LONG + 1},}}")
#: After signs that part an address, a path or a name, and before an inner capital.
_SIGNS = re.escape("/\\._=&?:;,+~@#%)]}|-")
_SIGN = re.compile(rf"(?<=[{_SIGNS}])(?=[^\s{_SIGNS}])|(?<=[a-z])(?=[A-Z])")
_COMBINING = re.compile(r"[\u0300-\u036f\u200d\ufe00-\ufe0f]")


def with_breaks(text: str) -> str:
    """Return text with places in its long words where a line may end.

    >>> with_breaks("see example.org/a-long/address").split(BREAK)
    ['see example.', 'org/', 'a-', 'long/', 'address']
    """
    return _WORD.sub(lambda match: _broken(match[0]), text)


def _broken(word: str) -> str:
    """Return a long word with places to break it."""
    if word.isalpha() and len(word) <= _LONG_LETTERS and not re.search("[a-z][A-Z]", word):
        return word
    if any(char_width(char) == 1.0 for char in word):
        # Chinese and Japanese have no blanks, and are broken anywhere.
        return word
    parts = _SIGN.split(word)
    return BREAK.join(piece for part in parts for piece in _pieces(part))


def _pieces(part: str) -> list[str]:
    """Return what has no sign in pieces that are short enough."""
    if len(part) <= _PART or _COMBINING.search(part):
        return [part]
    count = -(-len(part) // _PART)
    size = -(-len(part) // count)
    return [part[n : n + size] for n in range(0, len(part), size)]
