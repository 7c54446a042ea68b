"""HTML that stayed HTML, as Markdown: the blocks and links that readers see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sphinx_fsp.publish.twins.text import (
    Block,
    Place,
    cell_text,
    code_span,
    escape,
    fence,
    heading,
    hung,
    image,
    link,
    paragraph,
    pipe_table,
    quoted,
    stacked,
    wrapped,
)
from sphinx_fsp.transforms.html.dom import CODE, HtmlNode, Tag, parse, text_of

_FRAMES = frozenset("iframe audio video embed object source".split())
_STRONG = frozenset({"b", "strong", "summary"})
_EMPHASIS = frozenset({"i", "em", "cite", "var", "dfn"})
_LITERAL = frozenset({"code", "kbd", "samp", "tt"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body details div dl dd dt fieldset figcaption figure footer "
    "form header hr li main nav ol p pre section summary table ul".split()
) | frozenset(_HEADINGS)


def html_blocks(html: str, place: Place) -> Iterator[Block]:
    """Yield the blocks of some HTML."""
    yield from _blocks(parse(html), place)


def html_inline(html: str, place: Place) -> str:
    """Return HTML that stands within a line."""
    return _inline(parse(html).children, place) if "<" in html or "&" in html else escape(html)


def _blocks(tag: Tag, place: Place) -> Iterator[Block]:
    loose: list[HtmlNode] = []
    for child in tag.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or _holds_blocks(child)):
            yield paragraph(_inline(loose, place))
            loose = []
            yield from _block(child, place)
        else:
            loose.append(child)
    yield paragraph(_inline(loose, place))


def _holds_blocks(tag: Tag) -> bool:
    return any(child.name in _BLOCKS for child in tag.tags)


def _block(tag: Tag, place: Place) -> Iterator[Block]:
    if tag.name in CODE:
        return
    if tag.name == "pre":
        yield fence(text_of(tag), "")
    elif tag.name in _HEADINGS:
        yield [heading(_HEADINGS[tag.name], _inline(tag.children, place))]
    elif tag.name == "hr":
        yield ["---"]
    elif tag.name == "blockquote":
        yield quoted(list(_blocks(tag, place)))
    elif tag.name in {"ul", "ol"}:
        mark: Callable[[int], str] = (lambda n: f"{n}. ") if tag.name == "ol" else (lambda n: "- ")
        yield stacked(
            hung(mark(n), list(_blocks(item, place))) for n, item in enumerate(tag.tags, 1)
        )
    elif tag.name == "table":
        yield pipe_table([_cells(row, place) for row in _rows(tag)])
    elif tag.name in _STRONG:
        yield paragraph(wrapped("**", _inline(tag.children, place)))
    else:
        yield from _blocks(tag, place)


def _rows(tag: Tag) -> Iterator[Tag]:
    for child in tag.tags:
        if child.name == "tr":
            yield child
        elif child.name != "table":
            yield from _rows(child)


def _cells(row: Tag, place: Place) -> list[str]:
    return [cell_text(list(_blocks(cell, place))) for cell in row.tags]


def _inline(children: list[HtmlNode], place: Place) -> str:
    return "".join(_one(child, place) for child in children)


def _one(node: HtmlNode, place: Place) -> str:
    if isinstance(node, str):
        return escape(node)
    if not isinstance(node, Tag) or node.name in CODE:
        return ""
    if node.name in _LITERAL:
        return code_span(text_of(node))
    inner = _inline(node.children, place)
    if node.name == "img":
        return image(node.get("alt"), place.resolve(node.get("src")))
    if node.name == "br":
        return "\\\n"
    if node.name == "input" and node.get("type") == "checkbox":
        return "[x] " if "checked" in node.attrs else "[ ] "
    if node.name == "a":
        return link(inner, place.resolve(node.get("href")))
    if node.name in _FRAMES and (address := node.get("src") or node.get("data")):
        name = escape(node.get("title") or address.split("//")[-1])
        return link(name, place.resolve(address)) + inner
    if node.name in _STRONG:
        return wrapped("**", inner)
    return wrapped("*", inner) if node.name in _EMPHASIS else inner
