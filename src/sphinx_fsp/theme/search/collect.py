"""What the search needs of each document, noted while it is read."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from sphinx_fsp.theme.search.words import words
from sphinx_fsp.theme.site import is_used
from sphinx_fsp.theme.toctrees import plain

_SKIPPED: frozenset[type[nodes.Node]] = frozenset(
    {nodes.comment, nodes.substitution_definition, nodes.math, nodes.math_block, addnodes.toctree}
)
#: Classes of what isn't searched: Sphinx's own, and lists that only repeat titles.
_NOT_SEARCHED = frozenset({"no-search", "contents", "guide-contents"})
_TAGS = re.compile(r"<(style|script)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class Piece(NamedTuple):
    """A part of a document: a section without those in it, or what stands under a condition."""

    #: Identifier of the section; empty before the first.
    anchor: str
    #: Empty for more of the section with that identifier.
    title: str
    #: Words, with blanks between them.
    text: str
    #: Expressions of ``only`` that must hold.
    conditions: tuple[str, ...] = ()


class _Reader:
    """Reads the pieces of a document."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str, list[str], tuple[str, ...]]] = []
        self._open("", "", ())

    def _open(self, anchor: str, title: str, conditions: tuple[str, ...]) -> None:
        self._texts: list[str] = []
        self._anchor = anchor
        self.pieces.append((anchor, title, self._texts, conditions))

    def read(
        self,
        node: nodes.Element,
        conditions: tuple[str, ...] = (),
        without: nodes.Node | None = None,
    ) -> None:
        """Read all that is below a node, without one of its children."""
        for child in node.children:
            if isinstance(child, nodes.Text):
                self._texts.append(str(child))
                continue
            kind = type(child)
            if child is without or kind in _SKIPPED or not isinstance(child, nodes.Element):
                continue
            if child["classes"] and not _NOT_SEARCHED.isdisjoint(child["classes"]):
                continue
            if kind is nodes.section:
                self._read_section(child, conditions)
            elif kind is addnodes.only:
                before = self._anchor
                self._open(before, "", (*conditions, child["expr"]))
                self.read(child, (*conditions, child["expr"]))
                self._open(before, "", conditions)
            elif kind is nodes.raw:
                if "html" in child.get("format", "").split():
                    self._texts.append(_TAGS.sub(" ", child.astext()))
            elif kind is addnodes.index:
                self._texts += [str(entry[1]) for entry in child["entries"]]
            elif kind is nodes.meta:
                if child.get("name") == "keywords":
                    self._texts.append(child.get("content", ""))
            else:
                self.read(child, conditions)

    def _read_section(self, section: nodes.Element, conditions: tuple[str, ...]) -> None:
        before = self._anchor
        first = section.children[0] if section.children else None
        title = first if isinstance(first, nodes.title) else None
        anchor = section["ids"][0] if section["ids"] else before
        self._open(anchor, plain(title).strip() if title is not None else "", conditions)
        self.read(section, conditions, without=title)
        self._anchor = before


def pieces_of(doctree: nodes.document) -> tuple[Piece, ...]:
    """Return the pieces of a document."""
    reader = _Reader()
    reader.read(doctree)
    found = (
        Piece(anchor, title, " ".join(words(" ".join(texts))), conditions)
        for anchor, title, texts, conditions in reader.pieces
    )
    return tuple(piece for piece in found if piece.title or piece.text)


def _kept(env: BuildEnvironment) -> dict[str, tuple[Piece, ...]]:
    """Return what is noted so far, by docname; kept with the environment."""
    if not hasattr(env, "fsp_search"):
        env.fsp_search = {}  # type: ignore[attr-defined]
    return cast(dict[str, tuple[Piece, ...]], env.fsp_search)  # type: ignore[attr-defined]


def noted(env: BuildEnvironment, docname: str) -> tuple[Piece, ...]:
    """Return the pieces of a document.

    A document that was read for a theme without this search is read again, from what Sphinx kept.
    """
    kept = _kept(env)
    if docname not in kept:
        kept[docname] = pieces_of(env.get_doctree(docname))
    return kept[docname]


class PieceCollector(EnvironmentCollector):
    """Notes the pieces of documents."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a document."""
        _kept(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process read."""
        _kept(env).update({d: p for d, p in _kept(other).items() if d in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note a document, unless another theme makes the pages."""
        # Another output may be read before the pages are written, from the same documents.
        if app.config.html_theme == "sphinx_fsp" or is_used(app):
            _kept(app.env)[app.env.docname] = pieces_of(doctree)
