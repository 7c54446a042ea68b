"""The book as LaTeX: its chapters and appendices, put together as `sphinx_fsp.book.plan` says."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.nodes import inline_all_toctrees

from sphinx_fsp.book.contents import appendix_title, plan_of
from sphinx_fsp.book.cover import cover_of
from sphinx_fsp.book.latex.translator import Book, BookTranslator
from sphinx_fsp.book.notes import add_notes, index_pages
from sphinx_fsp.book.plan import Appendix
from sphinx_fsp.book.posts import add_opening
from sphinx_fsp.book.references import settle_relative_links
from sphinx_fsp.config import values_said
from sphinx_fsp.source.catalogue import without_number
from sphinx_fsp.source.project import guide_of, has_pages

TEX = Path(__file__).parent / "tex"


class BookBuilder(Book):
    """Sphinx's LaTeX builder, which puts the book of a guide together."""

    default_translator_class = BookTranslator
    uses_style = False
    #: The documents of the book of a guide; None for what is put together as Sphinx does it.
    book_docnames: set[str] | None = None
    #: Documents of the book.
    _inside: set[str]

    def init_context(self) -> None:
        """Add the image of the cover and the language to what the template gets."""
        super().init_context()
        if not has_pages(self.srcdir, self.config):
            return
        said = [rf"\hypersetup{{pdflang={{{self.config.language.replace('_', '-')}}}}}"]
        if self._cover:
            said.append(rf"\fspcover{{{self._cover_name}}}")
        self.context["preamble"] = "\n".join([*said, self.context["preamble"]])

    @property
    def _cover(self) -> Path | None:
        return cover_of(self.config, self.confdir)

    @property
    def _cover_name(self) -> str:
        return f"fspcover{self._cover.suffix.lower()}" if self._cover else ""

    def assemble_doctree(
        self, indexfile: str, toctree_only: bool, appendices: list[str]
    ) -> nodes.document:
        """Return the doctree of a whole book, with its references resolved."""
        self.book_docnames = None
        plan = plan_of(self.env)
        if plan is None or toctree_only or appendices or indexfile != self.config.root_doc:
            # No guide, or the author says what is in the book.
            return super().assemble_doctree(indexfile, toctree_only, appendices)
        self.docnames = self.book_docnames = self._inside = {indexfile}
        root = self.env.get_doctree(indexfile)
        root["docname"] = indexfile
        _put_text_first(root)
        # What was traversed already is passed over.
        without = self.env.found_docs - set(plan.chapters)
        tree = self._inlined(indexfile, root, [indexfile, *without])
        tree["docname"] = indexfile
        section: nodes.Element = tree.next_node(nodes.section) or tree
        if plan.appendices:
            section += nodes.raw("", r"\appendix", format="latex")
        for appendix in plan.appendices:
            section += self._appendix(appendix)
        for file in tree.findall(addnodes.start_of_file):
            # Sphinx moves the content of a document here without telling it.
            for child in file.children:
                child.parent = file
            top = file.next_node(nodes.section)
            if top is not None and top.parent is file:
                add_opening(self.env, file["docname"], top)
        pages = guide_of(self.env).catalogue.pages
        index_pages(tree, {page.docname: without_number(page.nav_title) for page in pages})
        self.env.resolve_references(tree, indexfile, self)
        settle_relative_links(self.env, tree, self._inside)
        if "latex_show_urls" not in values_said(self.config):
            add_notes(tree)
        return tree

    def _inlined(self, docname: str, tree: nodes.document, traversed: list[str]) -> nodes.document:
        """Return a doctree with the documents of its toctrees in the place of these."""
        return inline_all_toctrees(self, self._inside, docname, tree, str, traversed)

    def _appendix(self, appendix: Appendix) -> nodes.Element:
        """Return the part of the book that holds an appendix."""
        if appendix.has_head:
            return self._file(appendix.name, [appendix.name])
        title = appendix_title(self.env, appendix)
        section = nodes.section("", nodes.title(title, title), ids=[f"appendix-{appendix.name}"])
        traversed = list(appendix.docnames)
        section += [self._file(docname, traversed) for docname in appendix.docnames]
        return section

    def _file(self, docname: str, traversed: list[str]) -> nodes.Element:
        """Return a document as a part of the book, with what its toctrees lead to."""
        self._inside.add(docname)
        tree = self._inlined(docname, self.env.get_doctree(docname), traversed)
        file = addnodes.start_of_file("", *tree.children, docname=docname)
        for section in file.findall(nodes.section):
            section.setdefault("docname", docname)
        return file

    def finish(self) -> None:
        """Copy what the book needs beside its text."""
        super().finish()
        if self.uses_style:
            for path in TEX.iterdir():
                copyfile(path, Path(self.outdir) / path.name)
        if self._cover:
            copyfile(self._cover, Path(self.outdir) / self._cover_name)


def _put_text_first(root: nodes.document) -> None:
    """Put what the first document says before the chapters that its toctrees hold."""
    section = root.next_node(nodes.section)
    if section is None:
        return
    trees = [child for child in section.children if child.next_node(addnodes.toctree)]
    trees = [child for child in trees if not isinstance(child, nodes.section)]
    at = next((n for n, child in enumerate(section) if isinstance(child, nodes.section)), None)
    before, after = section.children[:at], section.children[at:] if at is not None else []
    text = [child for child in before if child not in trees]
    section.children = [*text, *(child for child in before if child in trees), *after]


def setup(app: Sphinx) -> None:
    """Register the builder, in the place of Sphinx's own."""
    app.add_builder(BookBuilder, override=True)
