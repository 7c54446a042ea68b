"""HTML elements that become a docutils node of their own."""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_fsp.transforms.html.converter import Converter, Handler
from sphinx_fsp.transforms.html.dom import Tag, text_of
from sphinx_fsp.transforms.html.embedded import DRAWINGS, FRAMES, active, frame, is_active
from sphinx_fsp.transforms.html.grouping import inline_only, is_inline
from sphinx_fsp.transforms.html.lists import definition_list_node, list_node
from sphinx_fsp.transforms.html.tables import table_node
from sphinx_fsp.transforms.images import image_node
from sphinx_fsp.transforms.links import link_node, name_link

_SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|em|%)?")

#: The one HTML that this package writes into text.
LINE_BREAK = "<br />"


def line_break() -> list[nodes.Node]:
    """Return a line break for every output: docutils has no node for one."""
    return [
        nodes.raw("", LINE_BREAK, format="html"),
        nodes.raw("", r"\\", format="latex"),
        nodes.Text("\n"),
    ]


def _link(converter: Converter, tag: Tag) -> list[nodes.Node]:
    content = converter.convert(tag)
    if "href" not in tag.attrs:
        return [*converter.anchor(tag), *content]
    if not all(is_inline(node) for node in content):
        content = inline_only(content)
    href = tag.get("href").strip()
    node = link_node(converter.context, href, href, converter.lines(tag))
    if node is None:
        # MyST's mark of a link within the project.
        node = nodes.reference(refuri=href, id_link=True)
    node += content
    name_link(converter.context, node)
    if tag.get("title"):
        node["reftitle"] = tag.get("title")
    return [converter.described(node, tag)]


def _image(converter: Converter, tag: Tag) -> list[nodes.Node]:
    image = nodes.image(alt=tag.get("alt"))
    for name in ("width", "height"):
        # 100% of old pages is a maximum, never an enlargement, and themes have that already.
        if _SIZE.fullmatch(tag.get(name).strip()) and tag.get(name).strip() != "100%":
            image[name] = tag.get(name).strip()
    if tag.get("title"):
        image["title"] = tag.get("title")
    converter.described(image, tag)
    return [image_node(converter.context, image, tag.get("src").strip(), converter.lines(tag))]


def _paragraph(converter: Converter, tag: Tag) -> list[nodes.Node]:
    found = converter.blocks(tag)
    for node in found:
        if isinstance(node, nodes.paragraph):
            converter.described(node, tag)
    return found


def _abbreviation(converter: Converter, tag: Tag) -> list[nodes.Node]:
    content = inline_only(converter.convert(tag))
    node = nodes.abbreviation("", "", *content, explanation=tag.get("title"))
    return [converter.described(node, tag)]


def _quotation(converter: Converter, tag: Tag) -> list[nodes.Node]:
    return [nodes.Text("“"), *converter.convert(tag), nodes.Text("”")]


def _heading(converter: Converter, tag: Tag) -> list[nodes.Node]:
    rubric = nodes.rubric("", "", *inline_only(converter.convert(tag)))
    rubric.rawsource = rubric.astext()
    # The attribute of Sphinx's own rubric directive: a real heading in HTML.
    rubric["heading-level"] = int(tag.name[1])
    return [converter.described(rubric, tag)]


def _block_quote(converter: Converter, tag: Tag) -> list[nodes.Node]:
    found = converter.blocks(tag)
    return [converter.described(nodes.block_quote("", *found), tag)] if found else []


def _summary(converter: Converter, tag: Tag) -> list[nodes.Node]:
    strong = nodes.strong("", "", *inline_only(converter.convert(tag)))
    return converter.grouped([strong], converter.line(tag))


def _list(converter: Converter, tag: Tag) -> list[nodes.Node]:
    listing = list_node(tag, converter.blocks(tag))
    return [converter.described(listing, tag)] if listing else []


def _item(converter: Converter, tag: Tag) -> list[nodes.Node]:
    item = converter.described(nodes.list_item("", *converter.blocks(tag)), tag)
    inside = tag.parent in {"ul", "ol", "menu"}
    return [item] if inside else [nodes.bullet_list("", item, bullet="*")]


def _definition_list(converter: Converter, tag: Tag) -> list[nodes.Node]:
    listing = definition_list_node(converter.blocks(tag))
    return [converter.described(listing, tag)] if listing else []


def _in_list(tag: Tag, node: nodes.Element) -> list[nodes.Node]:
    """Return a term or definition, with a list around it where the author wrote none."""
    if tag.parent in {"dl", "div"}:
        return [node]
    listing = definition_list_node([node])
    return [listing] if listing else []


def _term(converter: Converter, tag: Tag) -> list[nodes.Node]:
    content = inline_only(converter.convert(tag))
    return _in_list(tag, converter.described(nodes.term("", "", *content), tag))


def _definition(converter: Converter, tag: Tag) -> list[nodes.Node]:
    return _in_list(tag, converter.described(nodes.definition("", *converter.blocks(tag)), tag))


def _table(converter: Converter, tag: Tag) -> list[nodes.Node]:
    table = table_node(tag, converter.blocks)
    return [converter.described(table, tag)] if table else converter.convert(tag)


def _literal_block(converter: Converter, tag: Tag) -> list[nodes.Node]:
    """Return a code block; its language from classes, as highlighters write them."""
    text = text_of(tag).removeprefix("\n")
    names = tag.classes + [
        name for inner in tag.tags if inner.name == "code" for name in inner.classes
    ]
    languages = [name.partition("-")[2] for name in names if re.match(r"lang(uage)?-\w", name)]
    node = nodes.literal_block(text, text, language=next(iter(languages), "text"), force=True)
    return [converter.described(node, tag)]


def _rule(converter: Converter, tag: Tag) -> list[nodes.Node]:
    return [nodes.transition()]


def _break(converter: Converter, tag: Tag) -> list[nodes.Node]:
    return line_break()


HANDLERS: dict[str, Handler] = {
    "a": _link,
    "img": _image,
    "p": _paragraph,
    "br": _break,
    "hr": _rule,
    "pre": _literal_block,
    "q": _quotation,
    "blockquote": _block_quote,
    "summary": _summary,
    "li": _item,
    "dl": _definition_list,
    "dt": _term,
    "dd": _definition,
    "table": _table,
    **dict.fromkeys(("abbr", "acronym"), _abbreviation),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
}


def handler_of(tag: Tag) -> Handler | None:
    """Return what makes the nodes of an element; None for one that only groups others."""
    if is_active(tag) or tag.name in DRAWINGS:
        return active
    return frame if tag.name in FRAMES else HANDLERS.get(tag.name)
