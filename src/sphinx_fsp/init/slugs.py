"""Slugs of categories, tags and authors, as the settings of a Pelican site make them.

Pure functions.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sphinx_fsp.init.patterns import is_quick
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.source.slugs import SUBSTITUTIONS, slugify

#: The kind of what isn't a name: the title of a page.
SLUG = "slug"
_FLAGS = re.compile(r"^\(\?[aiu]+\)")
#: Characters of a name.
_LONGEST = 200


class Slugs(NamedTuple):
    """How names become slugs."""

    substitutions: tuple[tuple[str, str], ...] = SUBSTITUTIONS
    ascii_only: bool = True
    lower: bool = True

    def of(self, name: str) -> str:
        """Return the slug of a name."""
        rules = self.substitutions
        return slugify(name[:_LONGEST], rules, ascii_only=self.ascii_only, lower=self.lower)


def slugs_of(settings: Settings, kind: str) -> Slugs:
    """Return how the names of a kind become slugs.

    Source: ``URLWrapper.slug``, and ``handle_deprecated_settings`` for names without ``REGEX``.

    :param kind: ``category``, ``tag``, ``author`` or `SLUG`
    """
    found = None
    for name in (f"{kind.upper()}_REGEX_SUBSTITUTIONS", "SLUG_REGEX_SUBSTITUTIONS"):
        if found is None and name in settings.values:
            found = _pairs(settings.get(name, (), (list, tuple)))
    if found is None:
        found = _old_pairs(settings, kind)
    return Slugs(
        found,
        not settings.get("SLUGIFY_USE_UNICODE", False, (bool, int)),
        not settings.get("SLUGIFY_PRESERVE_CASE", False, (bool, int)),
    )


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Return the substitutions of a setting that are understood."""
    found = []
    for pair in value:
        if isinstance(pair, list | tuple) and len(pair) == 2 and _is_sound(*pair):
            # The flag may stand at the start only; text is read as Unicode anyway.
            found.append((_FLAGS.sub("", pair[0]), pair[1]))
    return tuple(found)


def _is_sound(pattern: Any, new: Any) -> bool:
    if not is_quick(pattern) or not isinstance(new, str):
        return False
    try:
        re.sub(_FLAGS.sub("", pattern), new, "a")
    except (re.error, IndexError):
        # The new text names a group that there isn't.
        return False
    return True


def _old_pairs(settings: Settings, kind: str) -> tuple[tuple[str, str], ...]:
    """Return the substitutions of ``TAG_SUBSTITUTIONS`` and the like: plain text."""
    names = [f"{kind.upper()}_SUBSTITUTIONS"]
    if kind not in {"author", SLUG}:
        names.insert(0, "SLUG_SUBSTITUTIONS")
    found: list[tuple[str, str]] = []
    rest: tuple[tuple[str, str], ...] = SUBSTITUTIONS
    for name in names:
        for entry in settings.get(name, (), (list, tuple)):
            if isinstance(entry, list | tuple) and [type(e) for e in entry[:2]] == [str, str]:
                found.append((re.escape(entry[0]), entry[1].replace("\\", r"\\")))
                if len(entry) > 2 and entry[2]:
                    rest = SUBSTITUTIONS[1:3]
    return (*found, *rest)
