"""From text to the words that the index holds. Pure functions.

``words`` in ``fsp-search-engine.js`` does the same with what a reader types: what is changed here
is changed there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ASCII = re.compile(r"[a-z0-9]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: Scripts that don't put blanks between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)


class _Letters(dict[int, int]):
    """What `str.translate` puts in the place of a character: itself, or a blank."""

    def __missing__(self, code: int) -> int:
        """Keep letters, digits and the marks on them."""
        self[code] = code if unicodedata.category(chr(code))[0] in "LNM" else ord(" ")
        return self[code]


_LETTERS = _Letters()


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case and without accents.

    >>> words("Flask's add_url_rule, Café")
    ['flask', 's', 'add', 'url', 'rule', 'cafe']

    Where words aren't set apart, every two letters that follow one another are a word:

    >>> words("全文検索 search")
    ['全文', '文検', '検索', 'search']
    """
    text = text.lower()
    if text.isascii():
        return _ASCII.findall(text)
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    found = unicodedata.normalize("NFC", text).translate(_LETTERS).split()
    if _UNSPACED.search(text):
        return [part for word in found for part in _parts(word)]
    return found


def _parts(word: str) -> Iterator[str]:
    """Yield the pairs of letters of unspaced scripts, and what stands between."""
    end = 0
    for match in _UNSPACED.finditer(word):
        if match.start() > end:
            yield word[end : match.start()]
        run, end = match[0], match.end()
        if len(run) == 1:
            yield run
        yield from (run[n : n + 2] for n in range(len(run) - 1))
    if end < len(word):
        yield word[end:]
