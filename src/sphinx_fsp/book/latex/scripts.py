"""Which fonts could have a character that those of the book lack: by script, with data for each.

Pure: whether a font is there is for TeX to say, see ``tex/fspchars.sty``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import category, name

#: Fonts by file name, the best first, that are tried when the fonts of the book lack a character:
#: in text, in headings, in code. Those of fonts-freefont-otf are in every installation.
TEXT = ("FreeSerif.otf", "FreeSans.otf", "FreeMono.otf")
HEADING = ("FreeSans.otf", "FreeSerif.otf", "FreeMono.otf")
CODE = ("FreeMono.otf", "DejaVuSansMono.ttf", "FreeSerif.otf", "FreeSans.otf")
#: The same, for what those lack.
BROAD = (
    "DejaVuSans.ttf",
    "DejaVuSansMono.ttf",
    "Symbola_hint.ttf",
    "Symbola.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSans-Regular.ttf",
    "unifont.ttf",
    "unifont.otf",
)
EMOJI = ("NotoEmoji-Regular.ttf", "NotoEmoji.ttf", "Symbola_hint.ttf", "Symbola.ttf")
CHINESE = (
    "FandolSong-Regular.otf",
    "SourceHanSerifSC-Regular.otf",
    "NotoSerifCJKsc-Regular.otf",
    "gbsn00lp.ttf",
    "bsmi00lp.ttf",
    "uming.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
)
JAPANESE = ("HaranoAjiMincho-Regular.otf", "ipaexm.ttf", "ipaexg.ttf", "ipam.ttf")
HAN = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
)
KOREAN = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "UnBatang.ttf",
    "NanumMyeongjo.ttf",
    "NanumGothic.ttf",
    "batang.ttf",
    "DroidSansFallback.ttf",
)
CJK_PACKAGES = {
    "zh": "texlive-lang-chinese or fonts-noto-cjk",
    "ja": "texlive-lang-japanese or fonts-noto-cjk",
    "ko": "fonts-noto-cjk or fonts-nanum",
}

#: Scripts that are written from right to left.
RIGHT_TO_LEFT = "\u0590-\u05ff\u0600-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
#: Scripts whose letters have other shapes beside one another, so that a word is set in one font.
#: With the names that fonts have for them.
SHAPED: Mapping[str, str] = dict(
    pair.split(":")
    for pair in "Arabic:arab Syriac:syrc Nko:nko Thaana:thaa Hebrew:hebr Devanagari:deva "
    "Bengali:beng Gurmukhi:guru Gujarati:gujr Oriya:orya Tamil:taml Telugu:telu Kannada:knda "
    "Malayalam:mlym Sinhala:sinh Thai:thai Lao:lao Tibetan:tibt Myanmar:mymr Khmer:khmr "
    "Mongolian:mong Javanese:java Balinese:bali".split()
)
#: Scripts without blanks between words: the locale by which lines are broken.
UNSPACED = {"Thai": "th", "Lao": "lo", "Khmer": "km", "Myanmar": "my", "Tibetan": "bo"}
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef"
    "\U00016fe0-\U00018cff\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_EMOJI = re.compile("[\U0001f000-\U0001f1ff\U0001f300-\U0001faff]")
JOINERS = "\u200c\u200d"

#: What a guide in one of these languages holds beside its pages: words of Sphinx and of TeX.
ALPHABETS = {"ar": (0x620, 0x64A), "fa": (0x620, 0x6CC), "he": (0x5D0, 0x5EA)}


class Group(NamedTuple):
    """Characters that are looked for in the same fonts."""

    name: str
    #: How lines are broken between them; empty where only blanks part words.
    locale: str
    #: The script whose letters are to be set in one font; empty where that doesn't matter.
    script: str
    #: Fonts for text, headings and code.
    fonts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    #: The Debian package that brings one; empty where none is known.
    package: str


def _fonts(*first: str, last: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(dict.fromkeys((*first, *style, *BROAD, *last))) for style in (TEXT, HEADING, CODE)
    )


def group_of(char: str, language: str = "en") -> Group:
    """Return the group of a character."""
    if _CJK.match(char):
        return _cjk_group(char, language)
    if _EMOJI.match(char):
        return _group("emoji", "", "", EMOJI, "fonts-symbola")
    words = name(char, "").title().split()
    if not words:
        # For private use, or not yet in Unicode.
        return _group("others", "", "", (), "", EMOJI)
    if category(char)[0] not in "LM":
        return _group("symbols", "", "", (), "fonts-symbola", EMOJI)
    script = "".join(words[:1])
    noto = (f"NotoSerif{script}-Regular.ttf", f"NotoSans{script}-Regular.ttf")
    locale = UNSPACED.get(script, "")
    return _group(script, locale, SHAPED.get(script, ""), (), "fonts-noto-core", noto)


def _cjk_group(char: str, language: str) -> Group:
    if _HANGUL.match(char):
        return _group("Hangul", "ko", "", KOREAN, CJK_PACKAGES["ko"])
    locale = language[:2] if language[:2] in CJK_PACKAGES else "zh"
    first = {"ja": (*JAPANESE, *HAN, *CHINESE), "ko": (*KOREAN, *HAN, *CHINESE)}.get(
        locale, (*CHINESE, *HAN, *JAPANESE)
    )
    return _group("Han", locale, "", first, CJK_PACKAGES[locale])


def _group(
    title: str,
    locale: str,
    script: str,
    first: Iterable[str],
    package: str,
    last: Iterable[str] = (),
) -> Group:
    text, heading, code = _fonts(*first, last=last)
    return Group(title, locale, script, (text, heading, code), package)


def groups_of(chars: Iterable[str], language: str = "en") -> dict[Group, list[str]]:
    """Return characters by their group, in order."""
    groups: dict[Group, list[str]] = {}
    for char in sorted(chars):
        groups.setdefault(group_of(char, language), []).append(char)
    return groups
