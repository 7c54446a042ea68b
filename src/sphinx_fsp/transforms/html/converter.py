"""HTML elements, and the docutils nodes that they become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.diagnostics import RAW_HTML, TOO_DEEP
from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.html import embedded
from sphinx_fsp.transforms.html.columns import grid, is_column
from sphinx_fsp.transforms.html.dom import MAX_DEPTH, Comment, Tag, text_of
from sphinx_fsp.transforms.html.grouping import blocks, inline_only, is_inline
from sphinx_fsp.transforms.html.joined import JoinedHtml
from sphinx_fsp.transforms.html.lists import definition_list_node, list_node
from sphinx_fsp.transforms.html.tables import table_node
from sphinx_fsp.transforms.images import image_node
from sphinx_fsp.transforms.links import link_node, name_link

INLINE: dict[str, type[nodes.TextElement]] = {
    **dict.fromkeys("em i cite dfn var".split(), nodes.emphasis),
    **dict.fromkeys(["b", "strong"], nodes.strong),
    **dict.fromkeys("code tt kbd samp".split(), nodes.literal),
    **dict.fromkeys(
        "small u ins mark del s strike big font time bdi bdo data ruby rt rp".split(),
        nodes.inline,
    ),
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}
#: Blocks that only hold others.
PLAIN_BLOCKS = frozenset(
    "div section article main header footer aside nav figure figcaption center details "
    "address hgroup search dialog fieldset legend".split()
)
#: Inline elements that only hold others.
PLAIN_INLINE = frozenset("span wbr nobr label output picture source track noscript".split())

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|em|%)?")


#: The one HTML that this package writes into text.
LINE_BREAK = "<br />"


def _one_blank(match: re.Match[str]) -> str:
    """Return what a run of blanks is to readers of HTML: one, or the end of a line."""
    return "\n" if "\n" in match[0] else " "


def line_break() -> list[nodes.Node]:
    """Return a line break for every output: docutils has no node for one."""
    return [
        nodes.raw("", LINE_BREAK, format="html"),
        nodes.raw("", r"\\", format="latex"),
        nodes.Text("\n"),
    ]


class Converter:
    """Converts the tree of one joined piece of HTML."""

    def __init__(self, document: nodes.document, context: PageContext, joined: JoinedHtml) -> None:
        self.document = document
        self.context = context
        self.safe = context.env.config.fsp_raw_html == "safe"
        #: Nodes between the pieces of HTML that have found their places.
        self.placed: list[nodes.Node] = []
        self._joined = joined

    def convert(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element's content."""
        if tag.cut:
            self.context.warn(TOO_DEEP, self.line(tag), limit=str(MAX_DEPTH))
        found: list[nodes.Node] = []
        for child in tag.children:
            if isinstance(child, str):
                found.append(nodes.Text(_BLANKS.sub(_one_blank, child)))
            elif isinstance(child, Comment):
                node = self._joined.node_of(child)
                if node is None:
                    node = nodes.comment(child.text, child.text)
                else:
                    self.placed.append(node)
                found.append(node)
            else:
                found += self._element(child)
        return found

    def blocks(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element's content, with its text in paragraphs."""
        return self.grouped(self.convert(tag), self.line(tag))

    def grouped(
        self, content: Iterable[nodes.Node], line: int, source: str = ""
    ) -> list[nodes.Node]:
        """Return *content* with its text in paragraphs."""
        return blocks(content, self.document.get("source"), line, source)

    def lines(self, tag: Tag) -> tuple[int, int]:
        """Return the line of an element, and the one after the block it stands in."""
        return self._joined.lines_at(tag.offset)

    def line(self, tag: Tag) -> int:
        """Return the line of an element."""
        return self.lines(tag)[0]

    def exact_line(self, tag: Tag) -> int:
        """Return the line of an element, found in the page's text, for a warning."""
        return self.context.find_line(f"<{tag.name}", *self.lines(tag))

    def _element(self, tag: Tag) -> list[nodes.Node]:
        """Return the nodes of an element."""
        name = tag.name
        if embedded.is_active(tag) or name in embedded.DRAWINGS:
            return embedded.active(self, tag)
        if name in embedded.FRAMES:
            return embedded.frame(self, tag)
        if handler := HANDLERS.get(name):
            return handler(self, tag)
        content = self.convert(tag)
        if name in INLINE:
            return self._inline(INLINE[name], tag, content)
        if name in PLAIN_BLOCKS:
            return self._block(tag, content)
        if name in PLAIN_INLINE:
            return self._inline(nodes.inline, tag, content) if tag.classes else content
        advice = f"write &lt;{name}&gt; if it is text"
        what = "is no HTML element"
        self.context.warn(RAW_HTML, self.exact_line(tag), tag=name, what=what, advice=advice)
        return content

    def described(self, node: nodes.Element, tag: Tag) -> nodes.Element:
        """Give a node what its element has: classes, and an identifier unless it is taken."""
        node["classes"] += [c for c in tag.classes if c not in node["classes"]]
        name = tag.get("id") or (tag.get("name") if tag.name == "a" else "")
        if name and name not in self.document.ids:
            node["ids"].append(name)
            self.document.ids[name] = node
        if not node.line:
            node.source, node.line = self.document.get("source"), self.line(tag)
        return node

    def anchor(self, tag: Tag) -> list[nodes.Node]:
        """Return a place to link to, for an identifier that nothing else has taken."""
        target = self.described(nodes.target(), tag)
        return [target] if target["ids"] else []

    def _inline(
        self, kind: type[nodes.TextElement], tag: Tag, content: list[nodes.Node]
    ) -> list[nodes.Node]:
        if not all(is_inline(node) for node in content):
            return content
        if not content:
            # An icon, or an element that was closed at once: no mark without text.
            kind = nodes.inline
        node = kind("", "", *content)
        if kind is nodes.inline and tag.name != "span" and content:
            node["classes"].append(tag.name)
        return [self.described(node, tag)]

    def _block(self, tag: Tag, content: list[nodes.Node]) -> list[nodes.Node]:
        found = self.grouped(content, self.line(tag))
        if "see-also" in tag.classes and found:
            # The same node as Sphinx's seealso directive, in the well of old pages.
            well = self.described(addnodes.seealso("", *found), tag)
            well["classes"] = ["well", *(c for c in tag.classes if c not in {"well", "see-also"})]
            return [well]
        if "row" in tag.classes and found and all(map(is_column, found)):
            return [self.described(grid(found), tag)]
        if tag.classes and found:
            container = self.described(nodes.container("", *found), tag)
            container["classes"] = tag.classes
            return [container]
        return [*self.anchor(tag), *found]


# Elements that become a node of their own ----------------------------------------------------


def _link(converter: Converter, tag: Tag) -> list[nodes.Node]:
    content = converter.convert(tag)
    if "href" not in tag.attrs:
        return [*converter.anchor(tag), *content]
    if not all(is_inline(node) for node in content):
        content = inline_only(content)
    href = tag.get("href").strip()
    node = link_node(converter.context, href, href, converter.lines(tag))
    if node is None:
        fragment = href.removeprefix("#")
        known = href != fragment and fragment in converter.document.ids
        node = nodes.reference(refid=fragment) if known else nodes.reference(refuri=href)
        node["internal"] = known
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


HANDLERS: dict[str, Callable[[Converter, Tag], list[nodes.Node]]] = {
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
