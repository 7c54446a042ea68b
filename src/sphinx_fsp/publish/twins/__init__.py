"""Markdown twins: every page of a guide's site as Markdown beside its HTML, for machines.

The twin of ``django.html`` is ``django.html.md``, that of ``django/`` is ``django/index.html.md``.
Source: https://llmstxt.org. It is written where Sphinx writes the page, in the same process and
from the same doctree, so it is new exactly when the page is.
"""

from __future__ import annotations

from collections.abc import Set
from html import escape as escape_html
from pathlib import Path
from posixpath import basename, join
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation

from sphinx_fsp.head import add_to_head
from sphinx_fsp.publish.files import encoded, has_place, is_given, write_beside
from sphinx_fsp.publish.twins.blocks import page_as_markdown
from sphinx_fsp.publish.twins.llms import (
    FULL,
    LIST,
    Entry,
    list_of_twins,
    sections,
    write_all,
)
from sphinx_fsp.publish.twins.text import Place, destination, escape, paragraph
from sphinx_fsp.source.descriptions import description_of
from sphinx_fsp.source.domain import PAGE_BUILDERS
from sphinx_fsp.source.names import plain
from sphinx_fsp.source.project import guide_of

_ = get_translation("sphinx_fsp")

#: Sphinx's own title for a document without one.
_UNTITLED = "<no title>"
#: What the name of a page's file is followed by.
SUFFIX = ".md"


def builder_with_twins(app: Sphinx) -> StandaloneHTMLBuilder | None:
    """Return the builder of an output that has twins: a guide's site, unless it is turned off."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.name not in PAGE_BUILDERS:
        return None
    return builder if app.config.fsp_markdown and guide_of(app.env).catalogue.pages else None


def twin_of(builder: StandaloneHTMLBuilder, docname: str) -> str:
    """Return the name of a document's twin in the output."""
    file = Path(builder.get_outfilename(docname))
    return file.relative_to(builder.outdir).as_posix() + SUFFIX


def write_twin(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the twin of a page, and tell readers of the page of it."""
    builder = builder_with_twins(app)
    if doctree is None or builder is None:
        return
    name = twin_of(builder, pagename)
    base = app.config.html_baseurl
    uri = builder.get_target_uri(pagename)
    address = join(base, uri) if base else quote(basename(name.removesuffix(SUFFIX)))
    about = _about(app, pagename, address if base else "")
    place = Place(address, builder.dlpath)
    text = page_as_markdown(doctree, _title(app.env, pagename), about, place)
    if not write_beside(app, name, encoded(text)):
        return
    href = quote(basename(name))
    link = f'<link rel="alternate" type="text/markdown" href="{escape_html(href)}">\n'
    add_to_head(context, link)
    context["fsp_markdown"] = href


def _title(env: BuildEnvironment, docname: str) -> str:
    """Return the title of a document, or its name where it has none."""
    title = env.titles[docname].astext() if docname in env.titles else _UNTITLED
    return docname if title == _UNTITLED else title


def _about(app: Sphinx, docname: str, address: str) -> list[list[str]]:
    """Return what follows the title: description, date, address."""
    page = guide_of(app.env).page(docname)
    blocks = []
    if page and (description := plain(page.header.get("meta"))):
        blocks.append([f"> {line}" for line in paragraph(escape(description))])
    facts = [page.date[:10]] if page and page.date else []
    if address:
        facts.append(f"<{destination(address)}>")
    if facts:
        blocks.append([" · ".join(facts)])
    return blocks


def write_lists(app: Sphinx, outdir: Path, taken: Set[str]) -> set[str]:
    """Write ``llms.txt`` and ``llms-full.txt``, and return the names of them and of all twins.

    :param taken: files that the site has already: an author's own file stays
    """
    own = {name for name in (LIST, FULL) if name in taken or is_given(app, name)}
    builder = builder_with_twins(app)
    if builder is None:
        return own
    env, config = app.env, app.config
    twins = {docname: twin_of(builder, docname) for docname in sorted(env.found_docs)}
    base = config.html_baseurl
    addresses = {docname: join(base, quote(name)) for docname, name in twins.items()}
    documents = [Entry(docname, plain(_title(env, docname))) for docname in twins]
    found = list(sections(guide_of(env), documents, str(_("Posts"))))
    if LIST not in own:
        text = list_of_twins(config.project, _summary(app), found, addresses)
        write_beside(app, LIST, encoded(text), taken)
    if FULL not in own and has_place(app, FULL, taken):
        order = [entry.docname for section in found for entry in section.entries]
        write_all(outdir / FULL, ((addresses[name], outdir / twins[name]) for name in order))
    return {*twins.values(), LIST, FULL}


def _summary(app: Sphinx) -> str:
    """Return what the site is about: what its first page says of itself."""
    root = app.config.root_doc
    found = root in app.env.found_docs
    return plain(description_of(app.env.get_doctree(root))) if found else ""


def setup(app: Sphinx) -> None:
    """Connect to the pages, before themes show what they have."""
    app.connect("html-page-context", write_twin, priority=600)
