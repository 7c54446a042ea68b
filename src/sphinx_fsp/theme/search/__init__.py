"""The search: an index that the browser loads when it is first used.

Sphinx's own index is written beside it, for whoever reads it; the theme's pages don't.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation
from sphinx.search import languages

from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.trail import folder_page
from sphinx_fsp.theme.navigation import Navigation
from sphinx_fsp.theme.search.collect import PieceCollector
from sphinx_fsp.theme.search.gather import pages_of
from sphinx_fsp.theme.search.index import chapters_in_order, script
from sphinx_fsp.theme.site import is_used
from sphinx_fsp.theme.toctrees import build_navigation, document_entry

t = get_translation("sphinx_fsp")

NAME = "fsp-search-index.js"


def add_page(app: Sphinx) -> None:
    """Add the search page to an output of one page, for which Sphinx makes none."""
    if app.builder.name == "singlehtml" and is_used(app):
        pages = app.config.html_additional_pages
        app.config.html_additional_pages = {"search": "search.html"} | pages


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index, if it isn't the one that is there."""
    builder = app.builder
    if exception is not None or not isinstance(builder, StandaloneHTMLBuilder) or not is_used(app):
        return
    navigation = build_navigation(app.env, app.tags)
    chapter_of = _chapters(app.env, navigation)
    pages = pages_of(app.env, builder, app.tags, lambda docname: chapter_of.get(docname, ""))
    chapters = chapters_in_order(chapter_of, [*navigation.order, *chapter_of])
    language = app.config.html_search_language or app.config.language
    text = script(pages, chapters, language, stop_words(language)).encode()
    file = Path(builder.outdir) / "_static" / NAME
    if not file.is_file() or file.read_bytes() != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


def _chapters(env: BuildEnvironment, navigation: Navigation) -> dict[str, str]:
    """Return the titles of chapters by docname.

    A chapter is a branch that holds more than one page, or the posts below a page: ``blog/first``
    below ``blog``.
    """
    found = {}
    for docname in navigation.order:
        chapter = navigation.chapter(docname)
        if chapter is not None and chapter.children and chapter is not navigation.root:
            found[docname] = chapter.text
    for page in guide_of(env).catalogue.pages:
        if page.category == "page" or page.docname in navigation.places:
            continue
        if folder := folder_page(env, page.docname):
            place = navigation.places.get(folder) or document_entry(env, folder)
            found[page.docname] = place.text
            found.setdefault(folder, place.text)
        else:
            is_post = page.category == "post"
            found[page.docname] = str(t("Blog")) if is_post else page.category.capitalize()
    return found


def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing about a text, where Sphinx knows them."""
    known = languages.get(language) or languages.get(language.partition("_")[0])
    if isinstance(known, str):
        module, _, name = known.rpartition(".")
        known = getattr(import_module(module), name)
    return frozenset(getattr(known, "stopwords", ()))


def setup(app: Sphinx) -> None:
    """Connect the search to the build."""
    app.add_env_collector(PieceCollector)
    app.connect("builder-inited", add_page)
    app.connect("build-finished", write_index)
