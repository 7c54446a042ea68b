"""A guide of text that TeX has trouble with, for ``test_hostile_text.py``."""

# ruff: noqa: RUF001

from __future__ import annotations

SPECIAL = r"""\ { } # $ % & _ ^ ~ < > | " ' ` -- --- ?` !` [ ] @ * \] \) \end{document} ^^M ^^5c"""
#: The same as Markdown shows it as text.
ESCAPED = "".join(f"\\{c}" if c in "\\`*_{}[]<>#|^~$&!\"'" else c for c in SPECIAL)

SCRIPTS = {
    "Greek": "Τίτλος",
    "Cyrillic": "Привет, мир",
    "Georgian": "ქართული",
    "Symbols": "✓ ✗ ★ ☃ → ⇒ ∀x∈ℝ ≤ ≥ ≠ ½ № ™",
    "Box": "┌──┐ │ └──┘",
    "Vietnamese": "Tiếng Việt",
    "Polish": "Zażółć gęślą jaźń",
}
#: Fonts for these come with texlive-lang-chinese and fonts-symbola.
FAR = {"Chinese": "你好世界", "Japanese": "こんにちは カタカナ", "Emoji": "😀 🚀"}
#: Letters that take other shapes beside one another: pdftotext doesn't always find them back.
SHAPED = {
    "Hindi": "नमस्ते क्षत्रिय",
    "Arabic": "سلام عليكم",
    "Hebrew": "שלום עולם",
    "Thai": "สวัสดีชาวโลก",
}
#: In no font.
NOWHERE = "\U00010450"

CONTROLS = (
    "a\x01b\x07c\x1bd\x7fe\x80f\x9fg\ufeffh\u200bi\u202ej\u2066k\ufffel\U000e0041m\xadn\u2028o"
)


def header(title: str, slug: str, order: str, **more: str) -> str:
    fields = {"title": title, "slug": slug, "sortorder": order, **more}
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n\n"


def nested(marker: str, depth: int, step: int = 4) -> str:
    return "".join(f"{' ' * (n * step)}{marker} level {n + 1}\n" for n in range(depth)) + "\n"


def chapter() -> str:
    """Return a page that opens a chapter, whose title has all that is special."""
    return (
        header(SPECIAL, "special", "0100", toc="True", sidebartitle=SPECIAL, meta=SPECIAL)
        + f"{ESCAPED}\n\n## {ESCAPED}\n\n## [starts with a bracket\n\n## \\]\n\n"
        + f"Code: `` {SPECIAL} ``. A line that ends with %\nand goes on. 50%\n\n"
        + f"```\n{SPECIAL}\n\t\ta tab\n%\n"
        + "\\begin{sphinxVerbatim}\n\\end{sphinxVerbatim}\n```\n\n"
        + f'![{ESCAPED}](/img/a_b%20%23%25.png "{ESCAPED}")\n\n'
        + f"[{ESCAPED}](https://example.org/a%20b?c=d&e=f#g_h~i^{{j}}) "
        + "and <https://example.org/%7Ea_b?c=%25&d=#e>\n\n"
        + f"| {ESCAPED.replace('|', '')} | b |\n| --- | --- |\n| {NOWHERE} | ✓ 你好 |\n\n"
    )


def scripts() -> str:
    """Return a page in all scripts, in all places."""
    words = {**SCRIPTS, **FAR, **SHAPED}
    text = header(" ".join(words.values()), "scripts", "0101", sidebartitle="你好 ✓ 😀 Привет")
    for title, word in words.items():
        text += f"## {title} {word} `{word}`\n\n"
        text += f"{title}: {word}, **{word}**, *{word}*, `{word}`, [{word}](/scripts.html).\n\n"
        text += f"```\n{title} {word}\n```\n\n> {word}\n\n- {word}\n\n"
    text += f"No font has {NOWHERE} nor \ue000, in `code {NOWHERE}` neither.\n\n"
    text += "Combined: e\u0301 a\u0308 x\u0327\u0301 q\u0303. 👍🏽 ☺️ 👩‍💻 🇩🇪 1️⃣\n\n"
    text += "<https://пример.example/путь> [address](https://例え.example/道?q=あ)\n\n"
    text += "一段很长的中文没有空格必须在字之间换行，" * 12 + "\n\n"
    return text


def controls() -> str:
    """Return a page with characters that nobody sees."""
    return (
        header(f"Controls {CONTROLS}", "controls", "0102")
        + f"Text {CONTROLS}\n\n## Heading {CONTROLS}\n\n`{CONTROLS}`\n\n"
        + f"```python\n# {CONTROLS}\n```\n\n[link](https://example.org/{CONTROLS})\n\n"
    )


def long() -> str:
    """Return a page with words and lines that no page is wide enough for."""
    address = "https://example.org/" + "a1b2/" * 396
    return (
        header("W" + "o" * 300 + "rd", "long", "0103")
        + f"## {'A heading of many words ' * 42}\n\n"
        + f"Text.\n\n## <{address}>\n\n"
        + f"```\n{'x' * 10_000}\n{'word ' * 2_000}\n{'{}%#' * 200}\n```\n\n"
        + f"<{address}>\n\n[text]({address})\n\n[{address}]({address})\n\n"
        + f"{'pneumono' * 40}\n\n`{'literal' * 60}`\n\n{'汉' * 300}\n\n"
    )


def deep() -> str:
    """Return a page of lists, quotes and the like in one another."""
    quotes = "".join(f"{'> ' * (n + 1)}quote {n + 1}\n{'> ' * (n + 1)}\n" for n in range(45))
    admonitions = ""
    for n in range(8):
        admonitions += ":" * (20 - n) + "{note}\n" + f"note {n + 1}\n\n"
    admonitions += "- a\n  - b\n    - c\n      - d\n        ```\n        code ✓\n        ```\n\n"
    admonitions += "".join(":" * (13 + n) + "\n" for n in range(8))
    code = "".join(f"{' ' * (n * 2)}- code {n + 1}\n" for n in range(9))
    code += " " * 18 + "```python\n" + " " * 18 + "deep = '✓'\n" + " " * 18 + "```\n\n"
    mixed = "".join(
        f"{' ' * (n * 4)}{'1.  ' if n % 2 else '-   '}mixed {n + 1}\n" for n in range(18)
    )
    return (
        header("Deep", "deep", "0104")
        + f"## Bullets\n\n{nested('-', 45, 2)}\n## Numbers\n\n{nested('1.', 45, 3)}\n"
        + f"## Mixed\n\n{mixed}\n## Quotes\n\n{quotes}\n"
        + f"## Notes\n\n{admonitions}\n## Code\n\n{code}\n"
    )


def pages() -> dict[str, str]:
    """Return the pages of the guide, by file name."""
    many = "".join(f"## Heading {n}\n\n" for n in range(300))
    return {
        "index.md": "# Home\n\n```{guide-contents}\n```\n",
        "special.markdown": chapter(),
        "scripts.markdown": scripts(),
        "controls.markdown": controls(),
        "long.markdown": long(),
        "deep.markdown": deep(),
        "empty.markdown": header("Empty", "empty", "0105"),
        "image.markdown": header("Image", "image", "0106") + "![](/img/a_b%20%23%25.png)\n",
        "headings.markdown": header("Headings", "headings", "0107") + many,
    }
