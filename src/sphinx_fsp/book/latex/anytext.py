"""Text of any script in LaTeX: the part of the translator that sees to characters."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from docutils.nodes import Element, Text
from sphinx import addnodes
from sphinx.locale import _, admonitionlabels
from sphinx.writers.latex import LaTeXTranslator

from sphinx_fsp.book.latex import characters, fonts, scripts
from sphinx_fsp.book.latex.breaks import with_breaks
from sphinx_fsp.diagnostics import CONTROL_CHARACTER, warn

#: Formulas that Sphinx writes for signs, for the sake of pdflatex. Bookmarks would be without them.
SIGNS = {
    r"\(\checkmark\)": "\N{CHECK MARK}",
    r"\(\pmb{\checkmark}\)": "\N{HEAVY CHECK MARK}",
    r"\(\times\)": "\N{MULTIPLICATION X}",
    r"\(\pmb{\times}\)": "\N{HEAVY MULTIPLICATION X}",
}


class AnyText(LaTeXTranslator):
    """Sphinx's translator, which takes any character in the book of a guide."""

    def astext(self) -> str:
        """Return the LaTeX text, with its characters named for ``fspchars.sty``."""
        tex = super().astext()
        if not self._names_characters:
            return tex
        engine, language = self.config.latex_engine, self.config.language
        encodings = fonts.encodings_in(self.elements["fontenc"])
        if self.babel.uses_cyrillic():
            encodings.append("T2A")
        tex = fonts.finish(tex, engine, language, _words(language))
        fonts.report(tex, self.config, Path(self.builder.confdir, "conf.py"), encodings)
        return tex

    @property
    def _names_characters(self) -> bool:
        return fonts.MARK in self.elements["fontpkg"] + self.elements["extrapackages"]

    def escape(self, s: str) -> str:
        """Return text for TeX, with signs as they are where Sphinx writes formulas for them."""
        tex = super().escape(s)
        if self.config.latex_engine != "pdflatex" and self._names_characters:
            for formula, sign in SIGNS.items():
                tex = tex.replace(formula, sign)
        return tex

    def visit_Text(self, node: Text) -> None:  # noqa: N802 (docutils' name)
        """Say where a control character stands, and mark phrases from right to left."""
        control = characters.control_character(node)
        if control and self._names_characters:
            self._warn_of_control(node, control)
        start = len(self.body)
        super().visit_Text(node)
        if self._names_characters and not node.isascii():
            self.body[start:] = [characters.right_to_left(text) for text in self.body[start:]]

    def _warn_of_control(self, node: Text, char: str) -> None:
        where = node.parent
        while where is not None and not (where.line and where.source):
            where = where.parent
        path = (
            where.source
            if where is not None
            else self.builder.env.doc2path(self.builder.config.root_doc)
        )
        warn(
            CONTROL_CHARACTER,
            str(path),
            where.line if where is not None else None,
            character=f"U+{ord(char):04X}",
        )

    def visit_index(self, node: Element) -> None:
        """Give makeindex, which knows ASCII only, keys that it can sort by; break long words."""
        start = len(self.body)
        if self._names_characters:
            entries = [(kind, with_breaks(text), *rest) for kind, text, *rest in node["entries"]]
            node = addnodes.index(entries=entries, inline=node.get("inline", True))
        try:
            super().visit_index(node)
        finally:
            if self._names_characters:
                self.body[start:] = map(characters.with_index_key, self.body[start:])

    def encode_uri(self, text: str) -> str:
        """Return an address as TeX takes it: in ASCII."""
        if not text.isascii() or characters.control_character(text):
            text = quote(text, safe="".join(map(chr, range(0x21, 0x7F))), errors="replace")
        return super().encode_uri(text)


def _words(language: str) -> str:
    """Return the words of Sphinx that a book in a language has."""
    words = [str(label) for label in admonitionlabels.values()]
    words += [_("Fig. %s"), _("Table %s"), _("Listing %s"), _("Section %s"), _("page"), _("Index")]
    words += [_("continued from previous page"), _("continues on next page"), _("Contents:")]
    first, last = scripts.ALPHABETS.get(language[:2], (1, 0))
    return "".join([*words, *map(chr, range(first, last + 1))])
