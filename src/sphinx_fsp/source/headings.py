"""Headings of a page: its title first, and all others below it. Pure functions over tokens."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: A block of HTML that is one heading.
HTML_HEADING = re.compile(r"\s*<h([1-6])\b([^>]*)>(.*?)</h\1\s*>\s*\Z", re.S | re.I)

_H1 = re.compile(r"<h1\b([^>]*)>(.*?)</h1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^>]*>")
#: A link around nothing, that is no place to link to; or around a block that is empty.
_EMPTY_LINK = re.compile(
    r"<a\b(?![^>]*\b(?:id|name)\s*=)[^>]*>((?:\s|<div\b[^>]*>\s*</div>)*)</a\s*>", re.I
)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


def text_of(html: str) -> str:
    """Return what readers see of a piece of HTML, without images."""
    return unescape(_TAG.sub("", html))


def alts(html: str) -> str:
    """Return the alternative text of the images in a piece of HTML."""
    return " ".join(unescape(match[1] or match[2] or "") for match in _ALT.finditer(html))


def title_in(html: str) -> str | None:
    """Return the text of the first ``<h1>`` of a block, or else of its images; None without one.

    >>> title_in('<div><h1 align="center">Bread <br></h1></div>'), title_in("<p>")
    ('Bread', None)
    """
    match = _H1.search(html)
    if match is None:
        return None
    return " ".join((text_of(match[2]).strip() or alts(match[2])).split())


def heading_tokens(tag: str, text: str, line: int, *, plain: bool = False) -> list[Token]:
    """Return the tokens of a heading.

    :param tag: ``h1`` to ``h6``
    :param line: counted from 0
    :param plain: whether *text* is to be shown as it is, and not read as Markdown
    """
    opening = Token("heading_open", tag, 1, markup="#" * int(tag[1]), map=[line, line + 1])
    inline = Token("inline", "", 0, content=text, map=[line, line + 1], children=[], level=1)
    if plain:
        inline.children = [Token("text", "", 0, content=text)]
    closing = Token("heading_close", tag, -1, markup=opening.markup)
    return [opening, inline, closing]


def with_title(tokens: list[Token], title: str, line: int) -> list[Token]:
    """Return *tokens* with the page's title as their only heading of the first level.

    A body that starts with its own title loses that heading. All others move below the title,
    and none skips a level: both would be warnings that an author can't act on.

    :param line: the line of the title in the page, counted from 1
    """
    start = next((n for n, t in enumerate(tokens) if t.type != "front_matter"), len(tokens))
    body = tokens[start:]
    if (
        len(body) > 1
        and body[0].type == "heading_open"
        and body[0].level == 0
        and _plain(body[1].content) == _plain(title)
    ):
        body = body[3:]
    stack: list[int] = []
    for token in body:
        if token.type == "heading_open" and token.level == 0:
            level = int(token.tag[1])
            while stack and stack[-1] >= level:
                stack.pop()
            stack.append(level)
        if token.type in {"heading_open", "heading_close"} and token.level == 0:
            token.tag = f"h{min(len(stack) + 1, 6)}"
    return tokens[:start] + heading_tokens("h1", title, line - 1, plain=True) + body


def with_own_title(tokens: list[Token], title: str, line: int, md: MarkdownIt) -> list[Token]:
    """Return the *tokens* of a part of a file with its first heading as its title.

    Images of the heading, which are badges, stand below it: a title has to be text, to be shown
    in navigation. All other headings move below the title, and none skips a level.

    :param title: what the page is called, for a heading that shows images only, or for none
    :param line: of the heading, counted from 1
    """
    at = next(
        (
            n
            for n, token in enumerate(tokens)
            if token.type == "heading_open" and token.level == 0 and token.map
            if token.map[0] == line - 1
        ),
        None,
    )
    if at is None:
        words = _take_html_title(tokens, title, md)
        whole = with_title(tokens, title, line)
        whole[1].children = words or whole[1].children
        return whole
    inline = tokens[at + 1]
    texts, images = _parted(inline.children or [])
    is_text = any(t.content.strip() for t in texts if t.type != "html_inline")
    if not is_text:
        images = inline.children or []
    below = []
    if images:
        shown = Token("inline", "", 0, content=inline.content, map=inline.map, children=images)
        shown.level = 1
        below = [
            Token("paragraph_open", "p", 1, map=inline.map),
            shown,
            Token("paragraph_close", "p", -1),
        ]
    body = [*below, *tokens[:at], *tokens[at + 3 :]]
    whole = with_title(body, title, line)
    if is_text:
        whole[1].children = texts
    return whole


def _take_html_title(tokens: list[Token], title: str, md: MarkdownIt) -> list[Token]:
    """Take an ``<h1>`` that is the title from the block of HTML that it stands in.

    Its images stay there, and so does its identifier. Returns its text, or nothing.
    """
    for token in tokens:
        found = title_in(token.content) if token.type == "html_block" else None
        if found is None:
            continue
        match = _H1.search(token.content)
        if match is None or _plain(found) != _plain(title):
            break
        token.content = _EMPTY_LINK.sub(r"\1", _H1.sub(_images_of, token.content, count=1))
        texts, _ = _parted(md.parseInline(" ".join(match[2].split()), {})[0].children or [])
        return texts if any(t.type == "text" and t.content.strip() for t in texts) else []
    return []


def _images_of(match: re.Match[str]) -> str:
    """Return a block with the tags of an ``<h1>``, without what stands between them."""

    def lines(text: re.Match[str]) -> str:
        return "\n" * text[0].count("\n")

    # Line breaks part the text from its images.
    tags = re.sub(r"<br\b[^>]*>", lines, match[2], flags=re.I)
    tags = re.sub(r"(?:^|(?<=>))[^<]+", lines, tags)
    return f"<div{match[1]}>{_EMPTY_LINK.sub('', tags)}</div>"


def _parted(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return what is text in a heading, and the images, each with the link around it."""
    texts: list[Token] = []
    images: list[Token] = []
    link: list[Token] = []
    for token in tokens:
        html = token.content.lower() if token.type == "html_inline" else ""
        if token.type == "link_open" or re.match(r"<a\b", html):
            texts += link
            link = [token]
        elif (token.type == "link_close" or html.startswith("</a")) and link:
            link.append(token)
            is_image = all(_is_image(t) or not t.content.strip() for t in link[1:-1])
            (images if is_image and len(link) > 2 else texts).extend(link)
            link = []
        elif link:
            link.append(token)
        elif _is_image(token):
            images.append(token)
        else:
            texts.append(token)
    texts += link
    while texts and _is_blank(texts[-1]):
        texts.pop()
    while texts and _is_blank(texts[0]):
        del texts[0]
    if texts and texts[-1].type == "text":
        texts[-1].content = texts[-1].content.rstrip()
    if texts and texts[0].type == "text":
        texts[0].content = texts[0].content.lstrip()
    return texts, images


def _is_image(token: Token) -> bool:
    return token.type == "image" or token.content.startswith("<img")


def _is_blank(token: Token) -> bool:
    """Tell whether a token shows nothing at the start or the end of a text."""
    if token.type in {"text", "softbreak", "hardbreak"}:
        return not token.content.strip()
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _plain(text: str) -> str:
    """Return *text* as it is compared: without marks, case and repeated blanks."""
    return " ".join(re.sub(r"[*_`#\\]", "", text).split()).casefold()


def html_headings(tokens: list[Token], md: MarkdownIt) -> list[Token]:
    """Return *tokens* with each block that is one HTML heading made a heading."""
    adapted: list[Token] = []
    for token in tokens:
        match = None
        if token.type == "html_block" and token.level == 0:
            match = HTML_HEADING.match(token.content)
        if match is None or re.search(r"<h[1-6]|\bon\w+\s*=", match[3] + match[2], re.I):
            adapted.append(token)
            continue
        line = token.map[0] if token.map else 0
        heading = heading_tokens(f"h{match[1]}", " ".join(match[3].split()), line)
        inline = heading[1]
        inline.children = md.parseInline(inline.content, {})[0].children
        if named := re.search(r"\bid\s*=\s*[\"']?([\w-]+)", match[2]):
            heading[0].attrSet("id", named[1])
        adapted += heading
    return adapted
