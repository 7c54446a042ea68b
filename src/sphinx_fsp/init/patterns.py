"""Regular expressions of somebody else's settings, before they are matched."""

from __future__ import annotations

import re

#: Repeats within repeats: to match those can take for ever.
_NESTED = re.compile(r"[*+}][^()]*\)[*+{]")
_LONGEST = 300


def is_quick(pattern: object) -> bool:
    """Tell whether this is a regular expression that is matched in due time.

    >>> is_quick(r"(?P<slug>.*)"), is_quick("(a+)+$"), is_quick("(")
    (True, False, False)
    """
    if not isinstance(pattern, str) or len(pattern) > _LONGEST or _NESTED.search(pattern):
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
