"""The parser of pages: MyST, with the habits of Python-Markdown.

Documents without a guide header go to MyST as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning
from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.markup.contents import add_children
from sphinx_fsp.markup.next_steps import add_next_steps
from sphinx_fsp.renderer import GuideRenderer
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.excerpts import summary_text
from sphinx_fsp.source.front_matter import blank_header
from sphinx_fsp.source.github import as_on_github
from sphinx_fsp.source.markdown import keep_deep, python_markdown
from sphinx_fsp.source.project import LegacyPath, guide_of
from sphinx_fsp.source.split import part_of
from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.headings import name_sections
from sphinx_fsp.transforms.html import convert_html
from sphinx_fsp.transforms.links import (
    lead_to_parts,
    resolve_local_links,
)

#: MyST extensions that Python-Markdown's ``extra`` has an equal of, and ``:::`` for directives.
_EXTENSIONS = frozenset({"deflist", "attrs_inline", "colon_fence"})


class GuideParser(MystParser):
    """Parses guide pages; leaves every other document to MyST."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page into *document*."""
        env = document.settings.env
        guide = guide_of(env)
        page = guide.page(env.docname)
        if page is None:
            super().parse(inputstring, document)
            lead_to_parts(document, env)
            return
        # A page that moves to another file is read again, although its docname stays.
        ask(env, Question("page", page.docname))
        ask(env, Question("versions", page.docname))
        # Translated messages come here too, one by one: they have no header and no title.
        whole = document.get("source") == str(env.doc2path(env.docname))
        text = inputstring
        config = env.myst_config
        if whole:
            text, config = self._body(inputstring, document, page)
        context = PageContext(env, guide, page, text)
        split = guide.splits.get(page.path) if page.lines is not None else None
        parser = github_parser(config) if split else markdown_parser(config)
        parser.options["document"] = document
        parser.options["fsp_context"] = context
        parser.options["fsp_title"] = page.title if whole else ""
        parser.render(text, {"references": split.references(page)} if split else {})
        if split and whole:
            name_sections(document, split.ids)
        convert_html(document, context)
        resolve_local_links(document)
        if whole:
            env.metadata[env.docname].update(_metadata(page))
            add_next_steps(document, context)
            add_children(document, context)

    def _body(self, text: str, document: nodes.document, page: Page) -> tuple[str, Any]:
        """Return the text without what MyST can't read of the header, and its configuration."""
        config = document.settings.env.myst_config
        header = page.header
        if header.yaml:
            try:
                topmatter = read_topmatter(text)
            except TopmatterReadError:
                topmatter = None
            if topmatter:

                def warning(kind: Any, message: str) -> None:
                    create_warning(document, message, kind, line=1, append_to=document)

                # The title comes from the catalogue.
                topmatter.pop("title", None)
                config = merge_file_level(config, topmatter, warning)
        meta = header.get("meta") or summary_text(header.get("summary"))
        if meta and "description" not in config.html_meta:
            config = config.copy(html_meta={**config.html_meta, "description": meta})
        return part_of(blank_header(text, header), page), config


def markdown_parser(config: Any) -> MarkdownIt:
    """Return what reads the Markdown of pages.

    :param config: MyST's configuration
    """
    config = config.copy(enable_extensions=set(config.enable_extensions) | _EXTENSIONS)
    parser = create_md_parser(config, GuideRenderer)
    python_markdown(parser)
    # Dangerous addresses are dealt with here, and said; markdown-it leaves them as text.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def github_parser(config: Any) -> MarkdownIt:
    """Return what reads the Markdown of split files.

    :param config: MyST's configuration
    """
    parser = create_md_parser(config.copy(enable_extensions=set()), GuideRenderer)
    as_on_github(parser)
    keep_deep(parser)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def _any_link(url: str) -> bool:
    return True


def _metadata(page: Page) -> dict[str, str]:
    """Return what Sphinx keeps of a page's header, for themes and other extensions."""
    metadata = {key: field.value for key, field in page.header.fields.items()}
    if page.hidden or page.is_translation or (not page.sortorder and not page.opens_chapter):
        # Posts and pages of no chapter are linked to, not listed: no fault to warn of.
        metadata.setdefault("orphan", "")
    return metadata


def decode_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Give Sphinx the text of a page that is not UTF-8, before it loses a character."""
    file = app.env.doc2path(docname)
    if isinstance(file, LegacyPath):
        content[0] = file.read_text()


def strip_included_header(
    app: Sphinx, relative_path: Path, parent_docname: str, content: list[str]
) -> None:
    """Take the header from a page that another document includes."""
    docname = app.env.path2doc(app.srcdir / relative_path)
    page = guide_of(app.env).page(docname) if docname else None
    if page:
        content[0] = blank_header(content[0], page.header)


def allow_colons(app: Sphinx, config: Config) -> None:
    """Have ``:::{directive}`` in all Markdown of a project that didn't set up MyST itself."""
    if "myst_parser" not in config.extensions:
        enabled = {*config.myst_enable_extensions, "colon_fence"}
        config.myst_enable_extensions = enabled


def setup(app: Sphinx) -> None:
    """Bind the parser to Markdown files."""
    app.connect("config-inited", allow_colons)
    app.add_source_suffix(".markdown", "markdown")
    app.add_source_parser(GuideParser, override=True)
    app.connect("source-read", decode_source)
    app.connect("include-read", strip_included_header)
