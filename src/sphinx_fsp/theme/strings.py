"""The words that scripts show, in the language of the site.

Scripts can't be translated by gettext, so the words are written to ``_static/fsp-strings.js``,
which is loaded with the first script that needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from sphinx.locale import get_translation

from sphinx_fsp.resources.record import KINDS, LEVELS, PRICES

NAME = "fsp-strings.js"
_catalogue = get_translation("sphinx_fsp")

Translate = Callable[[str], str]


def translate(text: str) -> str:
    """Return a text of the package in the language of the site."""
    return str(_catalogue(text))


def search_strings(_: Translate) -> Mapping[str, str]:
    """Return the words of the search."""
    return {
        "label": _("Search this site"),
        "close": _("Close"),
        "loading": _("Loading the index"),
        "results": _("Results"),
        "none": _("Nothing found"),
        "one": _("1 result"),
        "many": _("{count} results"),
        "all": _("All results"),
        "more": _("More results"),
        "hint": _("Arrow keys choose, Enter opens, Escape closes"),
        "kindLabel": _("Kind"),
        "allKinds": _("Everything"),
        "chapterLabel": _("Chapter"),
        "allChapters": _("All chapters"),
        "page": _("Page"),
        "heading": _("Heading"),
        "resource": _("Resource"),
        "object": _("Definition"),
        "text": _("Text"),
    }


def list_strings(_: Translate) -> Mapping[str, str | Mapping[str, str]]:
    """Return the words of the filters of resource lists.

    ``summary`` is needed before the rest: it is an attribute of the script that offers them.
    """
    # What a list doesn't say in its badges, where it isn't what its class says.
    values = {word: _(word) for word in (*KINDS, *LEVELS, *PRICES)}
    return {
        "summary": _("Filter the {total} resources of this page"),
        "text": _("Text"),
        "kind": _("Kind"),
        "level": _("Level"),
        "price": _("Price"),
        "all": _("All"),
        "sort": _("Order"),
        "written": _("As written"),
        "title": _("Title"),
        "newest": _("Newest first"),
        "reset": _("Show all"),
        "shown": _("{shown} of {total} resources"),
        "none": _("Nothing in this list matches."),
        "values": {word: text for word, text in values.items() if text != word},
    }


def script(_: Translate) -> str:
    """Return the script that holds all words."""
    strings = {"search": search_strings(_), "lists": list_strings(_)}
    text = json.dumps(strings, ensure_ascii=False, indent=1, sort_keys=True)
    return f"globalThis.fspStrings = {text};\n"
