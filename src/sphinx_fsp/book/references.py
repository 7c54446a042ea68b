"""References to what the book leaves out: they lead to the site, where its address is known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.nodes import clean_astext

from sphinx_fsp.source.addresses import has_scheme
from sphinx_fsp.source.project import guide_of


class InBook(SphinxPostTransform):
    """A transform of a guide's pages for its book.

    The builder has ``book_docnames``, the documents of the book: None for a project that is no
    guide.
    """

    builders: tuple[str, ...] = ("latex", "epub")
    #: The application, of which no transform may ask its environment from Sphinx 11 on.
    sphinx: ClassVar[Sphinx]

    @property
    def book(self) -> Any:
        """The builder."""
        return self.sphinx.builder

    def run(self, **kwargs: Any) -> None:
        """Change the page, if it is one of a guide."""
        docnames = getattr(self.book, "book_docnames", None)
        if docnames is not None:
            self.change(docnames)

    def change(self, docnames: Collection[str]) -> None:
        """Change the page."""
        raise NotImplementedError


class BookReferences(InBook):
    """Makes references to documents that the book leaves out lead to the site."""

    # Before MyST and Sphinx resolve references, and leave the text alone.
    default_priority = 6

    def change(self, docnames: Collection[str]) -> None:
        """Replace the references that lead out of the book."""
        for node in list(self.document.findall(addnodes.pending_xref)):
            docname, anchor, title = self._target(node)
            if docname in self.env.found_docs and docname not in docnames:
                node.replace_self(self._reference(node, docname, anchor, title))

    def _target(self, node: addnodes.pending_xref) -> tuple[str, str, str]:
        """Return the document, the place and the title that a reference means, if it is known."""
        kind = (node.get("refdomain"), node.get("reftype"))
        target = str(node.get("reftarget", ""))
        if kind == ("std", "doc"):
            docname = docname_join(node.get("refdoc", self.env.docname), target)
            return docname, "", self._title(docname)
        if kind == ("doc", "myst"):
            return target, str(node.get("reftargetid") or ""), self._title(target)
        if kind[1] in {"myst", "any"} and not kind[0] and target.startswith("/"):
            # An ordinary document may link to an address of the site.
            path, _, anchor = target.partition("#")
            docname = guide_of(self.env).find_document(path) or ""
            return docname, anchor, self._title(docname)
        if kind == ("std", "ref") or (kind[1] in {"myst", "any"} and not kind[0]):
            domain = self.env.domains.standard_domain
            if node.get("refexplicit"):
                docname, anchor = domain.anonlabels.get(target.lower(), ("", ""))
                return docname, anchor, ""
            return domain.labels.get(target.lower(), ("", "", ""))
        return "", "", ""

    def _title(self, docname: str) -> str:
        title = self.env.titles.get(docname)
        return clean_astext(title) if title is not None else docname

    def _reference(
        self, node: addnodes.pending_xref, docname: str, anchor: str, title: str
    ) -> nodes.Element:
        """Return the link to the site, or the text alone."""
        children = [child.deepcopy() for child in node.children]
        if not node.get("refexplicit") and title:
            children = [nodes.inline(title, title)]
        try:
            address = site_address(self.env, docname, anchor)
        except NoUri:
            return nodes.inline("", "", *children)
        return nodes.reference("", "", *children, refuri=address, internal=False)


def site_address(env: BuildEnvironment, docname: str, anchor: str = "") -> str:
    """Return the address of a document on the site.

    :raises NoUri: when nobody said where the site is
    """
    base = env.config.html_baseurl.rstrip("/")
    if not base:
        raise NoUri(docname)
    return f"{base}/{quote(docname)}.html" + (f"#{quote(anchor)}" if anchor else "")


def settle_relative_links(
    env: BuildEnvironment, book: nodes.document, docnames: Collection[str]
) -> None:
    """Make links that are relative to their page lead into the book, or to the site.

    Those are links to addresses that this guide doesn't have. Paper is relative to nothing.

    :param docnames: the documents of the book
    """
    guide = guide_of(env)
    base = env.config.html_baseurl.rstrip("/")
    # A document that stands in another comes first: its links are not relative to that one.
    for file in reversed(list(book.findall(addnodes.start_of_file))):
        for link in file.findall(nodes.reference):
            uri = str(link.get("refuri", ""))
            if not uri or uri[0] in "%#" or has_scheme(uri):
                continue
            # With a host, steps above the top of the site stay there, as browsers do it.
            parts = urlsplit(urljoin(f"https://host/{file['docname']}.html", uri))
            docname = guide.find_document(parts.path)
            if docname in docnames:
                link["refuri"] = f"%{docname}"
            elif base:
                link["refuri"] = base + urlunsplit(("", "", *parts[2:]))


def add_transform(app: Sphinx, transform: type[InBook]) -> None:
    """Register a transform of the book, which may ask for the builder."""
    app.add_post_transform(type(transform.__name__, (transform,), {"sphinx": app}))


def setup(app: Sphinx) -> None:
    """Register the transform."""
    add_transform(app, BookReferences)
