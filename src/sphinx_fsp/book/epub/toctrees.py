"""Toctrees of an EPUB: they list what the plan of the book holds, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re
from sphinx.util.nodes import clean_astext

from sphinx_fsp.book.references import InBook, add_transform


class Book(Protocol):
    """The builder of a book."""

    #: The documents of the book; None for a project that is no guide.
    book_docnames: Collection[str] | None

    def get_relative_uri(self, from_: str, to: str) -> str:
        """Return the address of a document as another one refers to it."""


class BookToctrees(InBook):
    """Puts lists of links in the place of toctrees."""

    builders = ("epub",)

    # Before references are resolved.
    default_priority = 5

    def change(self, docnames: Collection[str]) -> None:
        """Replace each toctree."""
        for toctree in list(self.document.findall(addnodes.toctree)):
            found: list[nodes.Node] = []
            if not toctree.get("hidden"):
                found = list(listing(self.env, self.book, self.env.docname, toctree))
            if not found:
                toctree.parent.remove(toctree)
            elif caption := toctree.get("caption"):
                heading = nodes.paragraph(caption, caption, classes=["caption"])
                toctree.replace_self([heading, *found])
            else:
                toctree.replace_self(found)


def listing(
    env: BuildEnvironment, book: Book, docname: str, toctree: addnodes.toctree
) -> Iterator[nodes.bullet_list]:
    """Yield a toctree as a list of the documents that the book holds."""
    deepest = toctree.get("maxdepth", -1)
    hidden = toctree.get("includehidden", False)

    def items(tree: addnodes.toctree, level: int, above: frozenset[str]) -> nodes.bullet_list:
        found = nodes.bullet_list(bullet="*")
        for title, name in tree["entries"]:
            target = tree["parent"] if name == "self" else name
            link = _link(env, book, docname, title, target)
            if link is None:
                continue
            item = nodes.list_item("", addnodes.compact_paragraph("", "", link))
            item["classes"].append(f"toctree-l{level}")
            is_deeper = (deepest < 0 or level < deepest) and name in env.tocs and name not in above
            for inner in env.tocs[name].findall(addnodes.toctree) if is_deeper else ():
                if hidden or not inner.get("hidden"):
                    below = items(inner, level + 1, above | {name})
                    item += [below] if below.children else []
            found += item
        return found

    listed = items(toctree, 1, frozenset())
    if listed.children:
        yield listed


def _link(
    env: BuildEnvironment, book: Book, docname: str, title: str | None, target: str
) -> nodes.reference | None:
    """Return the link of an entry, or None for what the book leaves out."""
    if url_re.match(target):
        return nodes.reference("", title or target, refuri=target, internal=False)
    docnames = book.book_docnames or ()
    if target not in docnames or target not in env.titles:
        return None
    text = title or clean_astext(env.titles[target])
    uri = book.get_relative_uri(docname, target)
    if not uri:
        return nodes.reference("", text, refuri=f"#{_first_id(env, target)}", internal=True)
    return nodes.reference("", text, refuri=uri, internal=True)


def _first_id(env: BuildEnvironment, docname: str) -> str:
    """Return the identifier of a document's title as Sphinx's contents know it."""
    toc = env.tocs.get(docname)
    links = toc.findall(nodes.reference) if toc is not None else ()
    return next((str(link["anchorname"]).lstrip("#") for link in links), "")


def setup(app: Sphinx) -> None:
    """Register the transform."""
    add_transform(app, BookToctrees)
