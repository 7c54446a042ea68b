"""HTML that only HTML can show: frames, drawings, and what runs code."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.diagnostics import BAD_SCHEME, RAW_HTML
from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask
from sphinx_fsp.transforms.html.converter import Converter
from sphinx_fsp.transforms.html.dom import CODE, VOID, HtmlNode, Tag, serialise, start_tag, text_of
from sphinx_fsp.transforms.html.grouping import is_inline
from sphinx_fsp.transforms.images import FILE_MARK
from sphinx_fsp.transforms.links import link_node

FRAMES = frozenset("iframe audio video embed object".split())
#: Shown by HTML alone, and nothing that runs.
DRAWINGS = frozenset("svg math canvas progress meter".split())
#: What runs code or sends data, and what changes the page around it.
ACTIVE = frozenset(
    "script style template form input button select option optgroup textarea base link "
    "meta applet frameset frame map area datalist portal slot".split()
)


def is_active(tag: Tag) -> bool:
    """Tell whether an element could run code."""
    return tag.name in ACTIVE or any(name.startswith("on") for name in tag.attrs)


def active(converter: Converter, tag: Tag) -> list[nodes.Node]:
    """Keep an element for HTML, or remove it when HTML isn't trusted; say so either way."""
    handler = next((name for name in tag.attrs if name.startswith("on")), "")
    fate = "removed" if converter.safe else "shown in HTML only"
    what = f"has {handler}, which runs code; {fate}" if handler else f"is {fate}"
    trust = "set fsp_raw_html = 'safe' if pages come from people you don't know"
    advice = "fsp_raw_html is 'safe'" if converter.safe else trust
    converter.context.warn(
        RAW_HTML, converter.exact_line(tag), tag=tag.name, what=what, advice=advice
    )
    if converter.safe:
        return _without(converter, tag)
    if tag.name in CODE or tag.name in DRAWINGS:
        return [raw(serialise(tag))]
    if tag.name == "img":
        shown = addnodes.only("", *_without(converter, tag), expr="not html or epub")
        return [html_only(_opening(converter, tag)), shown]
    if tag.name in VOID:
        return [_opening(converter, tag)]
    content = converter.convert(tag)
    block = not all(is_inline(node) for node in content)
    return [_opening(converter, tag, block), *content, raw(f"</{tag.name}>", block=block)]


def _opening(converter: Converter, tag: Tag, block: bool = False) -> nodes.raw:
    """Return the opening tag of an element, with its places of the site marked."""
    attrs = {
        name: _marked(converter, value) if name in {"href", "src"} else value
        for name, value in tag.attrs.items()
    }
    node = raw(start_tag(Tag(tag.name, attrs, tag.offset, tag.parent)), block=block)
    if attrs != tag.attrs:
        node["fsp_files"] = True
    return node


def _without(converter: Converter, tag: Tag) -> list[nodes.Node]:
    """Return what an element holds for readers, or the element without its event handlers."""
    if tag.name in CODE:
        return []
    if tag.name in DRAWINGS:
        return [nodes.Text(text_of(tag))]
    if tag.name in ACTIVE:
        return converter.convert(tag)
    kept = {name: value for name, value in tag.attrs.items() if not name.startswith("on")}
    return converter.convert(
        Tag(
            "",
            {},
            tag.offset,
            tag.parent,
            [Tag(tag.name, kept, tag.offset, tag.parent, tag.children)],
        )
    )


def frame(converter: Converter, tag: Tag) -> list[nodes.Node]:
    """Return a frame: itself in HTML, and a link with its title in every other output."""
    inner = next((child.get("src") for child in tag.tags if child.name == "source"), "")
    source = tag.get("src") or tag.get("data") or inner
    if is_dangerous(source):
        converter.context.warn(BAD_SCHEME, converter.exact_line(tag), target=source)
        return converter.convert(tag)
    if not source:
        if tag.get("srcdoc") and not converter.safe:
            return active(converter, tag)
        what = "has no address; left out"
        advice = "say in src where it is"
        line = converter.exact_line(tag)
        converter.context.warn(RAW_HTML, line, tag=tag.name, what=what, advice=advice)
        return converter.convert(tag)
    title = tag.get("title") or source.split("//")[-1]
    link = link_node(converter.context, source, source, converter.lines(tag))
    link = link or nodes.reference(refuri=source)
    link += nodes.Text(title)
    shown = raw(serialise(_frame_alone(converter, tag)))
    shown["fsp_files"] = True
    return [html_only(shown), addnodes.only("", link, expr="not html or epub")]


def _frame_alone(converter: Converter, tag: Tag) -> Tag:
    """Return a frame with nothing in it but its sources and text, and with its files marked."""
    children: list[HtmlNode] = [
        _frame_alone(converter, child)
        for child in tag.tags
        if child.name in {"source", "track", "param"}
    ]
    text = " ".join(text_of(tag).split())
    attrs = {
        name: _marked(converter, value) if name in {"src", "data", "poster"} else value
        for name, value in tag.attrs.items()
        if not name.startswith("on") and not (converter.safe and name == "srcdoc")
    }
    return Tag(tag.name, attrs, tag.offset, tag.parent, [*children, text] if text else children)


def _marked(converter: Converter, address: str) -> str:
    """Return the address of a page or file with a mark; each page refers to it otherwise."""
    place = converter.context.locate(address)
    if place is None or not ask(converter.context.env, Question("address", place.path)):
        return address
    return FILE_MARK + place.path + (f"#{place.fragment}" if place.fragment else "")


def html_only(node: nodes.raw) -> addnodes.only:
    """Return a node for sites alone: an EPUB can't show what is embedded from elsewhere."""
    return addnodes.only("", node, expr="html and not epub")


def raw(text: str, *, block: bool = False) -> nodes.raw:
    """Return HTML that stays HTML."""
    node = nodes.raw("", text, format="html")
    if block:
        node["block"] = True
    return node
