"""Codes of languages, and their names. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class Languages(NamedTuple):
    """What a site says of its languages."""

    #: The code of that which a page has when its header names none.
    own: str = "en"
    #: Patterns of the addresses of pages in others, where these differ.
    permalinks: Mapping[str, str] = {}

    def other(self, language: str) -> str:
        """Return the code of a language; an empty one for that of the site, and for none.

        >>> Languages("pt-br").other("de"), Languages("pt-br").other("pt_BR")
        ('de', '')
        """
        tag = language_tag(language)
        return "" if tag.lower() == language_tag(self.own).lower() else tag


#: Of a site that says nothing.
ENGLISH = Languages()


def language_tag(language: str) -> str:
    """Return a language as standards write it; an empty string when it is none.

    Source: BCP 47.

    >>> language_tag("pt_BR"), language_tag("de"), language_tag("sr@latin"), language_tag("a/b")
    ('pt-BR', 'de', 'sr-Latn', '')
    """
    # Of the locales that Sphinx has, this one names a script.
    tag = language.replace("_", "-").replace("@latin", "-Latn")
    return tag if _TAG.fullmatch(tag) else ""


def language_name(tag: str) -> str:
    """Return the name of a language in itself, or its code where nobody knows it.

    >>> language_name("de"), language_name("pt-BR"), language_name("tlh")
    ('Deutsch', 'português (Brasil)', 'tlh')
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag


def direction(language: str) -> str:
    """Return the direction in which a language is written, ``ltr`` or ``rtl``."""
    try:
        return Locale.parse(language.replace("-", "_")).text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"
