"""Codes of languages, and their names. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class Languages(NamedTuple):
    """What a site says of its languages."""

    #: The code of that which a page is in when its header names none.
    own: str = "en"
    #: Patterns of the addresses of pages in others: ``fsp_lang_permalinks``.
    permalinks: Mapping[str, str] = {}

    def other(self, language: str) -> str:
        """Return the code of a language; an empty one for that of the site, and for none.

        >>> Languages("pt-br").other("de"), Languages("pt-br").other("pt_BR")
        ('de', '')
        """
        tag = language_tag(language)
        return "" if tag.lower() == self.own.lower() else tag

    def patterns(self, permalinks: Mapping[str, str], path: str, lang: str) -> Mapping[str, str]:
        """Return the patterns for the address of a page.

        :param permalinks: ``fsp_permalinks``, which go first when they name the page itself
        :param path: its file
        :param lang: what `other` returned
        """
        if not lang or path in permalinks:
            return permalinks
        return self.permalinks if "*" in self.permalinks else {**permalinks, **self.permalinks}

    def in_address(self, language: str) -> str:
        """Return what ``{lang}`` stands for: what the header says, as Pelican has it.

        >>> Languages("pt-BR").in_address("zh_TW"), Languages("pt-BR").in_address("")
        ('zh_TW', 'pt-br')
        """
        return language if self.other(language) else self.own.lower()


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
