"""What a page says of itself in a sentence or two, for those who haven't opened it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from docutils import nodes
from sphinx import addnodes

#: Letters that search engines show of a description.
LENGTH = 155

_LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
#: What shows no words, or words that belong to something else.
_NO_WORDS = (
    nodes.image,
    nodes.raw,
    nodes.Invisible,
    nodes.footnote_reference,
    nodes.citation_reference,
)


def description_of(document: nodes.document) -> str:
    """Return what a page says of itself (``meta`` in its header), or else how it begins."""
    return _said(document) or beginning(document)


def beginning(document: nodes.document) -> str:
    """Return the first words of a page, or an empty text.

    They are those of the first paragraph that is text and the page's own; else of a quote, with
    which lists on GitHub begin; else the names of the first links that the page lists.
    """
    for kind in (nodes.section, nodes.block_quote):
        for paragraph in document.findall(nodes.paragraph):
            if isinstance(paragraph.parent, kind) and is_text(_words(paragraph, links=False)):
                return cut(_words(paragraph))
    return _few(_listed(document))


def is_text(words: str) -> bool:
    """Tell whether the words of a paragraph that are in no link are text, and not only marks.

    >>> is_text(""), is_text(" · "), is_text("See also")
    (False, False, True)
    """
    return any(letter.isalpha() for letter in words)


def cut(text: str, length: int = LENGTH) -> str:
    """Return a text of at most *length* letters, cut after a word where it has words.

    >>> cut("one two three", 9), cut("onetwothree", 9)
    ('one two…', 'onetwoth…')
    """
    short = shorten(text, length, placeholder="…")
    return f"{text[: length - 1]}…" if short == "…" else short


def _words(node: nodes.Node, *, links: bool = True) -> str:
    """Return what readers see of a text, without images and the marks of footnotes.

    :param links: whether the words of links count
    """
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _NO_WORDS) or (not links and isinstance(node, _LINKS)):
        return ""
    if isinstance(node, nodes.Element) and "missing-image" in node["classes"]:
        return ""
    return "".join(_words(child, links=links) for child in node.children)


def _listed(document: nodes.document) -> Iterator[str]:
    """Yield the names of the links to other sites that the items of lists begin with."""
    for item in document.findall(nodes.list_item):
        first = item[0] if len(item) else None
        link = first.next_node(nodes.reference) if isinstance(first, nodes.paragraph) else None
        if link is not None and str(link.get("refuri")).startswith(("https://", "http://")):
            before, name, _ = _words(item[0]).partition(_words(link))
            if name.strip() and not is_text(before):
                yield " ".join(name.split())


def _few(names: Iterator[str]) -> str:
    """Return as many names as a description holds."""
    text = ""
    for name in names:
        longer = f"{text}, {name}" if text else cut(name, LENGTH - 1)
        if len(longer) > LENGTH - 1:
            return text if text.endswith("…") else f"{text}…"
        text = longer
    return text


def _said(document: nodes.document) -> str:
    # Every parser puts them at the top of the document.
    for node in document.children:
        if isinstance(node, nodes.meta) and node.get("name") == "description":
            return str(node.get("content", ""))
    return ""
