"""LaTeX in the values of a bib file, as Unicode text. Pure functions.

pylatexenc knows the macros. Its defaults are changed where they would lose text: macros that it
doesn't know leave their arguments, and ``&`` and ``%`` stay.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)

_MARKUP = re.compile(r"[\\$~]|--|``|''")
_BRACES = re.compile(r"[{}]")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
#: A letter with an accent, or one of its own: by far most of the LaTeX in bib files.
_LETTER = re.compile(
    r"""(?<!\\)(?:
      \\["'`^~=.]\s*(?:\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z])(?:\{\})?|[A-Za-z])
      | \\[cvuHkrdb](?:\s*\{\\?[A-Za-z]\}|\s+[A-Za-z](?![A-Za-z]))
      | \\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L)(?![A-Za-z])(?:\{\}|[ ]+(?=[A-Za-z]))?
    )""",
    re.VERBOSE,
)
_OTHER = re.compile(r"\\(?![&%_#{}$])|(?<!\\)\$")
_SIGNS = {"---": "—", "--": "\u2013", "``": "“", "''": "”", "~": " ", "{": "", "}": ""}
_SIMPLE = re.compile(r"\\([&%_#{}$])|---?|``|''|[~{}]")
_ESCAPED = re.compile(r"\\([_%&#$~{}])(?:\{\})?")
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}")
#: Deeper groups are none that people write, and pylatexenc recurses.
_MAX_GROUPS = 30
#: Nor is a longer value: pylatexenc takes more than twice the time for twice the blanks.
_MAX_LENGTH = 20_000


def to_text(value: str) -> str:
    r"""Return a value as text.

    >>> to_text(r'{\"O}zg{\"u}r {\&} Fran{\c c}ois --- {DNA}')
    'Özgür & François — DNA'
    """
    if not _MARKUP.search(value):
        return _BRACES.sub("", value)
    # pylatexenc takes a quarter of a millisecond for a text, and the letters are few.
    short = _LETTER.sub(lambda match: _letter(match[0]), value)
    if not _OTHER.search(short):
        return _SIMPLE.sub(lambda match: match[1] or _SIGNS[match[0]], short)
    if len(value) > _MAX_LENGTH or _depth(value) > _MAX_GROUPS:
        return _BRACES.sub("", value)
    return _convert(value)


@lru_cache(1000)
def _letter(latex: str) -> str:
    return _convert(latex)


def _convert(value: str) -> str:
    try:
        return str(_converter().latex_to_text(_BARE_PERCENT.sub(r"\\%", value))).strip()
    # pylatexenc names no errors of its own: with macros that lack their arguments it meets
    # whatever its own code does.
    except Exception:
        return _BRACES.sub("", value)


def to_url(value: str) -> str:
    r"""Return an address: that of ``\url{...}``, or the value without LaTeX's escapes.

    >>> to_url(r"\url{https://example.org/a\_b~c}")
    'https://example.org/a_b~c'
    """
    match = _URL.search(value)
    address = (match[1] or match[2] or "") if match else value.strip().strip("{}")
    address = address.replace(r"\textasciitilde{}", "~").replace(r"\textasciitilde", "~")
    return _ESCAPED.sub(r"\1", address).strip()


def has_url(value: str) -> bool:
    r"""Tell whether a value holds ``\url{...}`` or is an address itself."""
    return bool(_URL.search(value)) or value.strip().startswith(("http://", "https://"))


@cache
def _converter() -> Any:
    context = get_default_latex_context_db()
    context.add_context_category(
        "resources",
        prepend=True,
        macros=[
            MacroTextSpec("url", simplify_repl="%s"),
            MacroTextSpec("href", simplify_repl="%(2)s"),
            MacroTextSpec("LaTeX", simplify_repl="LaTeX"),
            MacroTextSpec("TeX", simplify_repl="TeX"),
        ],
        specials=[SpecialsTextSpec("&", "&"), SpecialsTextSpec("~", " ")],
    )
    context.set_unknown_macro_spec(MacroTextSpec("", discard=False))
    return LatexNodes2Text(latex_context=context, math_mode="text", keep_comments=True)


def _depth(value: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"[{}$]|\\[a-zA-Z]+", value):
        # A macro may take the next one as its argument.
        depth = max(depth - 1, 0) if brace == "}" else depth + (brace == "{")
        deepest = max(depth, deepest)
    return deepest
