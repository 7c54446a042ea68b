"""What stands above a post - date, author, header image - and the posts before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sphinx.environment import BuildEnvironment

from sphinx_fsp.markup.posts import written_date, written_update
from sphinx_fsp.source.addresses import is_dangerous
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.groups import groups_of
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.names import name_key, plain
from sphinx_fsp.source.post_domain import post_domain_of
from sphinx_fsp.source.posts import Selection
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.theme.html import size_of
from sphinx_fsp.theme.navigation import Entry


class PostHeader(NamedTuple):
    """The line above a post, and its image."""

    #: ISO 8601, or empty.
    date: str
    shown_date: str
    #: The same of the last change, when that was on another day.
    updated: str
    shown_updated: str
    author: str
    author_address: str
    #: Its category and tags that some document lists the posts of: name and address.
    groups: tuple[tuple[str, str], ...]
    #: Address of the image as the page refers to it, or empty.
    image: str
    #: Attributes of HTML.
    image_size: str


def post_header(
    env: BuildEnvironment, docname: str, context: Mapping[str, Any]
) -> PostHeader | None:
    """Return what stands above a page, when it is a post."""
    guide = guide_of(env)
    page = guide.page(docname)
    if page is None or page.category == "page":
        return None
    author_address = page.header.get("authorlink")
    image, size = _image(guide, page, context)
    shown_updated = written_update(page, env.config)
    header = PostHeader(
        page.date,
        _shown(page.date, env),
        page.modified if shown_updated else "",
        shown_updated,
        plain(page.header.get("author") or page.header.get("authors")),
        "" if is_dangerous(author_address) else author_address,
        tuple(_groups(env, page, context)),
        image,
        size,
    )
    return header if any(header) else None


def _groups(
    env: BuildEnvironment, page: Page, context: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for kind, name in groups_of(page):
        if place := post_domain_of(env).place(kind, name_key(name)):
            yield name, f"{context['pathto'](place.docname)}#{place.id}"


def _image(guide: Guide, page: Page, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the address of the header image and its size, unless the page shows it itself."""
    path = page.header.get("headerimage")
    file = guide.static_files.get(path)
    if file is None or path in str(context.get("body", "")):
        return "", ""
    size = size_of(file)
    attributes = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return str(context["pathto"](path.lstrip("/"), True)), attributes


def _shown(date: str, env: BuildEnvironment) -> str:
    """Return a date as listings write it, or an empty text."""
    return written_date(date, env.config) if date else ""


def post_neighbours(guide: Guide) -> Mapping[str, tuple[Entry | None, Entry | None]]:
    """Return the posts before and after each post: the older and the newer one."""
    if not guide.catalogue.pages:
        return {}
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    # Those of another language follow one another; an original stands among the originals.
    others = sorted({page.lang for page in guide.catalogue.pages if page.is_translation})
    for lang in (*others, None):
        posts = guide.posts(Selection(lang=lang))
        posts = tuple(p for p in posts if guide.outline.chapter_of(p.docname) is None)
        entries = [Entry(guide_title(guide, p.docname), docname=p.docname) for p in reversed(posts)]
        around = zip([None, *entries], [*entries[1:], None], strict=False)
        found |= {e.docname: pair for e, pair in zip(entries, around, strict=False)}
    return found


def guide_title(guide: Guide, docname: str) -> str:
    """Return the navigation title of a page of the guide."""
    page = guide.page(docname)
    return page.nav_title if page else docname
