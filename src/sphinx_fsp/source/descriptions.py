"""What a page says of itself in a sentence or two, for those who haven't opened it."""

from __future__ import annotations

from textwrap import shorten

from docutils import nodes

#: Letters that search engines show of a description.
LENGTH = 155


def description_of(document: nodes.document) -> str:
    """Return what a page says of itself (``meta`` in its header), or else how it begins."""
    return _said(document) or beginning(document)


def beginning(document: nodes.document) -> str:
    """Return the first words of the first paragraph that is the page's own, or an empty text."""
    for paragraph in document.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section) and (text := paragraph.astext().strip()):
            return cut(text)
    return ""


def cut(text: str, length: int = LENGTH) -> str:
    """Return a text of at most *length* letters, cut after a word where it has words.

    >>> cut("one two three", 9), cut("onetwothree", 9)
    ('one two…', 'onetwoth…')
    """
    short = shorten(text, length, placeholder="…")
    return f"{text[: length - 1]}…" if short == "…" else short


def _said(document: nodes.document) -> str:
    # Every parser puts them at the top of the document.
    for node in document.children:
        if isinstance(node, nodes.meta) and node.get("name") == "description":
            return str(node.get("content", ""))
    return ""
