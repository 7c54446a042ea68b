"""The characters of a LaTeX text: what becomes of them before TeX sees them."""

# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from sphinx_fsp.book.latex.characters import (
    control_character,
    declarations,
    named,
    pdflatex_declarations,
    ranges,
    right_to_left,
    tidy,
    unknown_to_pdflatex,
    used,
    with_index_key,
)
from sphinx_fsp.book.latex.scripts import group_of, groups_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\tb\nc", "a\tb\nc"),
        # Controls are shown by their pictures.
        ("a\x00b\x1bc\x7f", "a␀b␛c␡"),
        ("line\x85ends\u2028here", "line ends here"),
        ("C1 \x9f, lone \ud800, none \ufffe", r"C1 \fspstandin{FFFD}, lone \fspstandin{FFFD}, "
         r"none \fspstandin{FFFD}"),
        # What turns text round is shown, in code above all.
        ("x = 1 \u202e # 2", r"x = 1 \fspstandin{202E} # 2"),
        # Hints that nobody sees are left out; a place to break a word is kept.
        ("\ufeffsoft\xadhyphen ☺\ufe0f", "softhyphen ☺"),
        ("long\u200bword", r"long\fspbreak{}word"),
        # A letter and its mark are one character, where Unicode has it.
        ("e\u0301 q\u0303", "é q\u0303"),
        # Joiners are for Persian and Hindi, not for emoji.
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩💻"),
    ],
)  # fmt: skip
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected
    # All that is left can be written to a file.
    tidy(text).encode()


def test_every_character_can_be_written() -> None:
    tidied = tidy("".join(map(chr, range(0x110000))))
    tidied.encode()
    assert not {c for c in tidied if ord(c) < 0x20} - {"\t", "\n", "\r"}


def test_control_characters_are_mistakes() -> None:
    assert control_character("a\x07b\x08") == "\x07"
    assert control_character("x\u202ey") == "\u202e"
    assert control_character("a\tb\nc é 👩\u200d💻 soft\xadhyphen \ufeff") == ""


@pytest.mark.parametrize(
    ("char", "language", "name", "locale", "font"),
    [
        ("✓", "en", "symbols", "", "FreeSerif.otf"),
        ("😀", "en", "emoji", "", "NotoEmoji-Regular.ttf"),
        ("你", "en", "Han", "zh", "FandolSong-Regular.otf"),
        ("の", "ja", "Han", "ja", "HaranoAjiMincho-Regular.otf"),
        ("，", "zh_CN", "Han", "zh", "FandolSong-Regular.otf"),
        ("한", "en", "Hangul", "ko", "NotoSerifCJK-Regular.ttc"),
        ("ж", "en", "Cyrillic", "", "FreeSerif.otf"),
        ("ส", "en", "Thai", "th", "FreeSerif.otf"),
        ("\ue000", "en", "others", "", "FreeSerif.otf"),
    ],
)
def test_group(char: str, language: str, name: str, locale: str, font: str) -> None:
    group = group_of(char, language)
    assert (group.name, group.locale, group.fonts[0][0]) == (name, locale, font)


def test_every_list_of_a_group_has_the_same_fonts() -> None:
    """Then what one has for text, the others have for headings and code."""
    for char in "✓😀你한жสع𓀀":
        text, heading, code = group_of(char).fonts
        assert set(text) == set(heading) == set(code)


def test_letters_that_join_are_one_group() -> None:
    (group,) = groups_of("سلام")
    assert group.script == "arab"
    assert groups_of("سلام")[group] == sorted("سلام")


def test_declarations() -> None:
    lines = declarations(used("ASCII é ✓ क"), "en").splitlines()
    assert [line.rpartition("{")[2] for line in lines] == ["E9}", "915,200C,200D}", "2713}"]
    assert all(line.startswith(r"\fspgroup{") for line in lines)
    assert declarations(used("ASCII only\xa0")) == ""


def test_pdflatex() -> None:
    assert pdflatex_declarations(used("é ✓")) == r"\fspcharacter{2713}{✓}"
    assert unknown_to_pdflatex(used("é — ж α")) == ["α", "ж"]
    assert unknown_to_pdflatex(used("é — ж α"), ["T2A", "LGR"]) == []


def test_phrases_from_right_to_left_are_marked() -> None:
    assert right_to_left("say שלום, עולם! now") == r"say \fsprtl{שלום, עולם}! now"
    assert right_to_left("שלום, עולם! שלום.") == r"\fsprtl{שלום, עולם! שלום.}"
    assert right_to_left(r"\emph{x} يا 1") == r"\emph{x} \fsprtl{يا} 1"
    assert right_to_left("é 你好") == "é 你好"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (r"\index{Django@\spxentry{Django}}", r"\index{Django@\spxentry{Django}}"),
        (r"\index{Évry@\spxentry{Évry}}", r"\index{Evry@\spxentry{Évry}}"),
        (r"\index{你好@\spxentry{你好}}", r"\index{;你好@\spxentry{你好}}"),
        (r'\index{é"@"!b@\spxentry{é"@"!b}}', r'\index{e"@"!b@\spxentry{é"@"!b}}'),
        ("no entry é@b", "no entry é@b"),
    ],
)
def test_index_keys_are_ascii_where_they_can_be(entry: str, expected: str) -> None:
    assert with_index_key(entry) == expected


def test_named() -> None:
    assert named("✓") == "✓ U+2713"
    assert named("\u0301\ue000") == "U+0301, U+E000"
    assert named("абвгдежз", 2) == "а U+0430, б U+0431 and 6 more"


def test_ranges() -> None:
    has = ranges("20-7e a0 a2-ff")
    assert [has(code) for code in (0x20, 0x7F, 0xA0, 0xA1, 0xFF)] == [
        True,
        False,
        True,
        False,
        True,
    ]
