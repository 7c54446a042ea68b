"""The characters of a LaTeX text: what TeX can't take, and how it is told of the rest.

Pure functions over text. ``tex/fspchars.sty`` does at TeX's time what is asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from unicodedata import category, normalize

from sphinx_fsp.book.latex.scripts import JOINERS, RIGHT_TO_LEFT, groups_of

# What TeX can't take, and what is to be seen of it.

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffd\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17))
    + "]"
)
#: Characters that no reader is meant to see. Those that turn text round are shown, since they
#: make code look like what it is not.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_JOINED = re.compile(
    f"(?<=[\u0600-\u109f\u1780-\u18af])[{JOINERS}]+(?=[\u0600-\u109f\u1780-\u18af])"
)


def control_character(text: str) -> str:
    """Return the first character of a text that is a mistake there, or nothing."""
    for match in _CONTROLS.finditer(text):
        char = match[0]
        if category(char) in ("Cc", "Cs", "Cn") or _HIDDEN.match(char):
            return char
    return ""


def _picture(char: str) -> str:
    """Return what stands in a LaTeX text for a character that TeX can't take."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if char == "\u200b":
        return r"\fspbreak{}"
    if char in "\x85\u2028\u2029":
        return " "
    if _HIDDEN.match(char):
        return rf"\fspstandin{{{code:04X}}}"
    if (category(char) in ("Cc", "Cs", "Cn") or char == "\ufffd") and code < 0xE0000:
        # A plain U+FFFD is an error for LuaTeX.
        return r"\fspstandin{FFFD}"
    return ""


def tidy(tex: str) -> str:
    """Return a LaTeX text without control characters and such.

    They are shown by their pictures, as far as a reader is meant to see them: line ends, tabs and
    blanks are blanks, hints for the shape of an emoji or a hyphen are left out.
    """
    if tex.isascii() and not _CONTROLS.search(tex):
        return tex
    tex = _MARKED.sub(lambda match: normalize("NFC", match[0]), tex)
    kept: list[str] = []
    end = 0
    for match in _JOINED.finditer(tex):
        kept += (_CONTROLS.sub(_seen, tex[end : match.start()]), match[0])
        end = match.end()
    return "".join((*kept, _CONTROLS.sub(_seen, tex[end:])))


def _seen(match: re.Match[str]) -> str:
    return _picture(match[0])


def used(tex: str) -> set[str]:
    """Return the characters of a text beyond ASCII."""
    return {char for char in set(tex) if char > "\xa0"}


def right_to_left(tex: str) -> str:
    """Return an escaped text with its right-to-left phrases marked as such.

    A phrase starts and ends with a letter of such a script. The mark at its end belongs to it where
    all of the text is in such a script.
    """
    phrase = _PHRASE if _LATIN.search(tex) else _SENTENCE
    return phrase.sub(r"\\fsprtl{\g<0>}", tex)


_WORDS = f"[{RIGHT_TO_LEFT}]+(?:[ \\d.,:;!?\u060c\u061b\u061f-]+[{RIGHT_TO_LEFT}]+)*"
_PHRASE = re.compile(_WORDS)
_SENTENCE = re.compile(_WORDS + "[.!?]?")
_LATIN = re.compile("[A-Za-z]")


_INDEX = re.compile(r'(\\index\{)((?:""|"@|"!|[^"@!])+)(?=@)')


def with_index_key(tex: str) -> str:
    r"""Return an ``\index`` entry whose key makeindex can take.

    It reads bytes, and makes half a letter a heading. Letters with marks are sorted as those
    without, and those of other scripts stand at the head, in the order of their numbers.
    """
    return _INDEX.sub(lambda match: match[1] + _index_key(match[2]), tex)


def _index_key(key: str) -> str:
    key = key.replace("\u200b", "")
    if key.isascii():
        return key
    plain = "".join(char for char in normalize("NFKD", key) if not category(char).startswith("M"))
    return plain if plain[:1].isascii() else f";{key}"


# What is written into the LaTeX text.


def declarations(chars: Iterable[str], language: str = "en") -> str:
    """Return the lines by which TeX looks for fonts that have some characters."""
    lines = []
    for group, members in groups_of(chars, language).items():
        if group.script:
            members = [*members, *JOINERS]
        fonts = "".join(f"{{{','.join(names)}}}" for names in group.fonts)
        codes = ",".join(f"{ord(char):X}" for char in members)
        lines.append(rf"\fspgroup{{{group.locale}}}{{{group.script}}}{fonts}{{{codes}}}")
    return "\n".join(lines)


def ranges(text: str) -> Callable[[int], bool]:
    """Return a test for ranges of numbers, written as fontconfig does: ``20-7e a0 a2-ff``."""
    pairs = [(int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(text)]
    return lambda code: any(first <= code <= last for first, last in pairs)


_RANGE = re.compile(r"\b([0-9a-f]+)(?:-([0-9a-f]+))?\b")

#: What LaTeX's files for the font encodings that Sphinx uses with pdflatex (t1enc.dfu, ts1enc.dfu,
#: omsenc.dfu), and Sphinx's own table, know.
PDFLATEX = ranges(
    "a0-b7 b9-125 128-137 139-13e 141-148 14a-165 168-17e 192 1c4-1d4 1e2-1e3 1e6-1eb 1f0 1f4-1f5 "
    "218-21b 232-233 237 2c7 2d8-2d9 2db 2dd e3f 1e02-1e03 1e0d 1e1e-1e21 1e25 1e30-1e31 1e37 1e43 "
    "1e45 1e47 1e5b 1e63 1e6d 1e8e-1e91 1e9e 1ef2-1ef3 200c 2010-2016 2018-201a 201c-201e "
    "2020-2022 2030-2031 2039-203b 203d 2044 204e 2052 20a1 20a4 20a6 20a9 20ab-20ac 20b1 2103 "
    "2116-2117 211e 2120 2122 2126-2127 212e 2190-2193 221e 2329-232a 2422-2423 2500 2502 2514 "
    "251c 2572 25e6 25ef 266a 27e8-27e9 3008-3009 fb00-fb06"
)
#: The same for other encodings, by the name that stands in ``latex_elements["fontenc"]``.
PDFLATEX_ENCODINGS: Mapping[str, Callable[[int], bool]] = {
    "T2A": ranges("400-45f 490-493 496-49d 4a0-4a5 4aa-4ab 4ae-4b3 4b6-4bb 4c0-4c2 4d0-4df"),
    "X2": ranges("400-45f 462-463 46a-46b 474-477 490-4c8 4cb-4ce 4d0-4e9 4ec-4f9"),
    "LGR": ranges("37a 37e 384-38a 38c 38e-3a1 3a3-3ce 1f00-1fff"),
}


def pdflatex_declarations(chars: Iterable[str]) -> str:
    """Return the lines by which pdflatex has something to show for characters it doesn't know."""
    return "\n".join(
        rf"\fspcharacter{{{ord(char):04X}}}{{{char}}}"
        for char in sorted(chars)
        if not PDFLATEX(ord(char))
    )


def unknown_to_pdflatex(chars: Iterable[str], encodings: Iterable[str] = ()) -> list[str]:
    """Return the characters that pdflatex shows by their number only."""
    known = [PDFLATEX, *(PDFLATEX_ENCODINGS[e] for e in encodings if e in PDFLATEX_ENCODINGS)]
    return [char for char in sorted(chars) if not any(knows(ord(char)) for knows in known)]


def named(chars: Iterable[str], limit: int = 6) -> str:
    """Return characters for a message: each with its number, and how many more there are."""
    listed = list(chars)
    shown = [
        f"{char if char.isprintable() and not category(char).startswith('M') else ''} "
        f"U+{ord(char):04X}".strip()
        for char in listed[:limit]
    ]
    more = len(listed) - limit
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
