"""Metadata in the head of every page of a guide, whatever theme makes the page.

What a page says comes from its header and the outline. The canonical link isn't here: Sphinx's
themes write it.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import _ as sphinx_text

from sphinx_fsp.config import site_name
from sphinx_fsp.head import add_to_head
from sphinx_fsp.publish.facts import Facts, Place
from sphinx_fsp.publish.meta_tags import meta_tags, version_links
from sphinx_fsp.publish.structured_data import structured_data
from sphinx_fsp.resources.exports import json_ld, script_element
from sphinx_fsp.resources.exports.texts import address, is_web, one_line
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.descriptions import description_of
from sphinx_fsp.source.domain import publishes_files
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.names import authors_of, plain
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.trail import trail

_TAG = re.compile(r"<[^>]*>")


def add_metadata(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Say in the head of a page what it is."""
    guide = guide_of(app.env)
    if not guide.catalogue.pages or not publishes_files(app.builder):
        return
    page_url = str(context.get("pageurl") or "")
    if doctree is None:
        facts = _facts_of_made(app, pagename, page_url, str(context.get("title") or ""))
    else:
        facts = facts_of(app, guide, pagename, page_url, doctree)
    head = str(context.get("metatags") or "")
    scripts = "".join(script_element(json_ld(data)) for data in structured_data(facts))
    add_to_head(context, meta_tags(facts, head) + version_links(facts) + scripts)


def facts_of(
    app: Sphinx, guide: Guide, docname: str, page_url: str, doctree: nodes.document
) -> Facts:
    """Return what is known of a document.

    :param page_url: its absolute address, or an empty text
    """
    config, env = app.config, app.env
    facts = _facts_of_any(app, _title(env, docname), page_url)._replace(
        description=plain(one_line(description_of(doctree)))
    )
    page = guide.page(docname)
    if page is None:
        return facts
    base = config.html_baseurl if is_web(config.html_baseurl) else ""
    image = _image(guide, page, base)
    above = [
        Place(
            (name == config.root_doc and facts.site_name) or _title(env, name),
            address(posixpath.join(base, app.builder.get_target_uri(name))),
        )
        for name in (trail(env, docname) if base else ())
    ]
    versions = tuple(
        (version.lang or facts.language, address(posixpath.join(base, target)))
        for version in (guide.versions(page) if base else ())
        if (target := app.builder.get_target_uri(version.docname))
    )
    authors, link = authors_of(page), page.header.get("authorlink")
    return facts._replace(
        is_article=docname != config.root_doc,
        is_post=page.category != "page",
        published=shown_date(page.date),
        modified=shown_date(page.modified),
        authors=authors,
        author_link=address(link) if len(authors) == 1 and is_web(link) else "",
        image=image,
        image_alt=plain(one_line(page.header.get("headeralt"))) if image else "",
        above=tuple(place for place in above if place.title),
        language=page.lang or facts.language,
        versions=versions,
    )


def _facts_of_any(app: Sphinx, title: str, page_url: str) -> Facts:
    config = app.config
    return Facts(
        title=title,
        description="",
        site_name=plain(one_line(site_name(config))),
        language=guide_of(app.env).settings.languages.own,
        address=address(page_url) if is_web(page_url) else "",
    )


def _facts_of_made(app: Sphinx, name: str, page_url: str, title: str) -> Facts:
    """Return what is known of a page that no document is behind, such as the search.

    :param title: as HTML; empty where only the template has it
    """
    titles = {"genindex": sphinx_text("Index"), "search": sphinx_text("Search")}
    shown = unescape(_TAG.sub("", title)) or titles.get(name) or site_name(app.config) or name
    return _facts_of_any(app, plain(one_line(str(shown))), page_url)


def _title(env: BuildEnvironment, docname: str) -> str:
    return plain(one_line(env.titles[docname].astext())) if docname in env.titles else ""


def shown_date(date: str) -> str:
    """Return a date without the midnight that nobody wrote.

    >>> shown_date("2024-02-03T00:00:00"), shown_date("2024-02-03T08:30:00")
    ('2024-02-03', '2024-02-03T08:30:00')
    """
    return date.removesuffix("T00:00:00")


def _image(guide: Guide, page: Page, base: str) -> str:
    """Return the absolute address of a page's image; nothing for one that isn't there."""
    href = page.header.get("headerimage")
    if not href or not base:
        return ""
    place = guide.locate(href, page)
    if place is None:
        return address(href) if urlsplit(href).scheme in {"http", "https"} else ""
    if guide.find_file(place.path) is None:
        return ""
    return address(base.rstrip("/") + quote(place.path))


def setup(app: Sphinx) -> None:
    """Connect to the pages, after extensions that write metadata and before themes."""
    app.connect("html-page-context", add_metadata, priority=850)
