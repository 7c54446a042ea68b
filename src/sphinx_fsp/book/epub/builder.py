"""The book as EPUB 3.

Sphinx's builder writes the pages; which ones, and what becomes of them, is said here for guides.
For a project that is no guide, everything stays Sphinx's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.errors import NoUri

from sphinx_fsp.book.contents import plan_of
from sphinx_fsp.book.epub import defaults as epub_defaults
from sphinx_fsp.book.epub import finish as epub_finish
from sphinx_fsp.book.epub import toctrees
from sphinx_fsp.book.epub.defaults import THEME, has_own_notes
from sphinx_fsp.book.epub.pages import language_of
from sphinx_fsp.book.epub.plan import relations
from sphinx_fsp.book.epub.xhtml import Place, conform
from sphinx_fsp.book.plan import Plan
from sphinx_fsp.diagnostics import EPUB_HTML, warn
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.rewrites import NAVIGATION_SHOWN, navigation

#: Stylesheets of extensions that the book's own stands for, or that have no place in a book.
_STYLES = ("sphinx-design", "copybutton", "fsp-content", "pygments_dark")
#: From how many columns on a table is set small.
_WIDE = 7
#: Templates of the book, by the name of Sphinx's that they stand for: a project may have changed
#: those for its site.
_TEMPLATES = {
    "page.html": "fsp-book-page.html",
    "genindex.html": "fsp-book-index.html",
    "domainindex.html": "fsp-book-domainindex.html",
}


class EpubBookBuilder(Epub3Builder):
    """Sphinx's EPUB builder, which makes a book of a guide."""

    def init(self) -> None:
        """Begin with no plan: what is in the book is known when every document was read."""
        super().init()
        self.plan: Plan | None = None
        #: The documents of the book; None for a project that is no guide.
        self.book_docnames: Collection[str] | None = None
        #: Pages that were written and are no documents, in order.
        self.others: list[str] = []
        self._html: list[tuple[int, str]] = []

    def is_ours(self) -> bool:
        """Tell whether pages are made by the templates of this package."""
        return bool(self.config.epub_theme == THEME)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Find out what is in the book."""
        self.plan = plan_of(self.env)
        if self.plan is None:
            super().prepare_writing(docnames)
            return
        self.book_docnames = self.plan.docnames
        # An index without entries is an empty page.
        self.use_index = self.use_index and bool(IndexEntries(self.env).create_index(self))
        super().prepare_writing(docnames)
        self.relations = relations(self.plan, self.env.toctree_includes)
        self.domain_indices = [
            (name, index, content, collapse)
            for name, index, entries, collapse in self.domain_indices
            if (content := _held(entries, self.book_docnames))
        ]
        self.globalcontext |= {
            "book_language": (language := language_of(self.config)).tag,
            "book_is_rtl": language.is_rtl,
        }

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page in the book.

        :raises NoUri: for a document that the book leaves out
        """
        held = self.book_docnames
        if held is not None and docname not in held and docname in self.env.found_docs:
            raise NoUri(docname, typ)
        return super().get_target_uri(docname, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the documents of the book alone."""
        held = self.book_docnames
        super().write_documents(docnames if held is None else docnames & frozenset(held))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page."""
        if self.plan is not None:
            self._html = [
                (node.line or 1, node.astext())
                for node in doctree.findall(nodes.raw)
                if "html" in node.get("format", "").split()
            ]
            _mark(doctree)
        super().write_doc(docname, doctree)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Return what the template of a page shows: XHTML that an EPUB takes."""
        if self.plan is not None:
            place = Place(self.config.html_baseurl.rstrip("/"), docname, self.book_docnames or ())
            found = conform(body, place=place, with_notes=has_own_notes(self.config))
            self._report(docname, found.left_out)
            body = found.text
        return super().get_doc_context(docname, body, metatags)

    def _report(self, docname: str, left_out: tuple[str, ...]) -> None:
        """Say what the EPUB leaves out of a page."""
        if guide_of(self.env).page(docname) and self.config.fsp_raw_html != "keep":
            # It was said when the page was read.
            return
        for element in left_out:
            line = next((n for n, html in self._html if f"<{element}" in html.lower()), None)
            warn(EPUB_HTML, self.env.doc2path(docname), line, element=element)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        """Write a page by the template of the book."""
        if self.plan is not None:
            if pagename not in self.env.found_docs:
                self.others.append(pagename)
                if "body" in addctx:
                    addctx["body"] = conform(addctx["body"]).text
            if self.is_ours():
                templatename = _TEMPLATES.get(templatename, templatename)
        super().handle_page(
            pagename, addctx, templatename, outfilename=outfilename, event_arg=event_arg
        )

    def add_js_file(self, filename: str, **kwargs: Any) -> None:
        """Add no script to the book of a guide."""
        if not self.is_ours():
            super().add_js_file(filename, **kwargs)

    def add_css_file(self, filename: str, **kwargs: Any) -> None:
        """Add a stylesheet, unless the book's own stands for it or it is another site's."""
        if self.is_ours():
            colours = filename == "pygments.css" and self.config.pygments_style is None
            if colours or "://" in filename or Path(filename).name.startswith(_STYLES):
                return
        super().add_css_file(filename, **kwargs)

    def copy_translation_js(self) -> None:
        """Copy no script."""
        if not self.is_ours():
            super().copy_translation_js()

    def handle_finish(self) -> None:
        """Put the book together."""
        if self.plan is None:
            super().handle_finish()
        else:
            epub_finish.finish(self, self.plan)


def _mark(doctree: nodes.document) -> None:
    """Give a page what the book's stylesheet and its readers go by."""
    for image in doctree.findall(nodes.image):
        # docutils would read out the name of the file.
        image.setdefault("alt", "")
        block = image.parent.parent if isinstance(image.parent, nodes.reference) else image.parent
        if "logo" in image["classes"] and isinstance(block, nodes.paragraph) and len(block) == 1:
            block["classes"].append("fsp-logo")
    for group in doctree.findall(nodes.tgroup):
        if group.get("cols", 0) >= _WIDE:
            group.parent["classes"].append("wide")


def _held(content: list[Any], docnames: Collection[str]) -> list[Any]:
    """Return what an index of a domain says of the documents of the book."""
    found = []
    for letter, entries in content:
        kept = []
        for entry in entries:
            if not entry[2] or entry[2] in docnames:
                kept.append(entry)
            elif entry[1] == 1:
                # The head of a group, which may have others below it.
                kept.append((*entry[:2], "", "", *entry[4:]))
        if any(entry[2] for entry in kept):
            found.append((letter, kept))
    return found


def pages_shown(app: Sphinx, env: BuildEnvironment) -> Mapping[str, str] | None:
    """Return what pages of the book show of others: which there are, and what lists say of them.

    So a page is written again when one that it leads to comes into the book or leaves it.
    """
    if app.builder.name != "epub" or (plan := plan_of(env)) is None:
        return None
    held = "\0".join(sorted(plan.docnames))
    titles = navigation(env)
    return {
        docname: held + titles if env.toctree_includes.get(docname) else held
        for docname in sorted(env.found_docs)
    }


def setup(app: Sphinx) -> None:
    """Register the builder, its theme and its transforms."""
    app.add_builder(EpubBookBuilder, override=True)
    epub_defaults.setup(app)
    toctrees.setup(app)
    app.connect(NAVIGATION_SHOWN, pages_shown, priority=400)
