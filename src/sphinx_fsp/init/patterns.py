"""Regular expressions of somebody else's settings, before they are matched."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\.")
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
#: Groups that repeat: to match those can take for ever.
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPEAT = re.compile(r"[*+]|\{\d*,\d*\}")
#: Repeats of one expression: with more, texts of a hundred characters take long.
_MOST_REPEATS = 4
_LONGEST = 300


def is_quick(pattern: object) -> bool:
    """Tell whether this is a regular expression that is matched in due time.

    >>> is_quick(r"(?P<slug>.*)"), is_quick("(a|aa)+$"), is_quick("(")
    (True, False, False)
    """
    if not isinstance(pattern, str) or len(pattern) > _LONGEST:
        return False
    # Escaped characters, and those of a class, repeat nothing.
    bare = _CLASS.sub("", _ESCAPED.sub("x", pattern))
    if _REPEATED_GROUP.search(bare) or len(_REPEAT.findall(bare)) > _MOST_REPEATS:
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
