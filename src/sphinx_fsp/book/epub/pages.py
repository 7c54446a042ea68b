"""The pages that only a book has: its cover, its title page, and those that open appendices."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx.config import Config
from sphinx.locale import _ as sphinx_word
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date
from sphinx.util.nodes import clean_astext

from sphinx_fsp.book.cover import cover_of
from sphinx_fsp.book.edition import edition
from sphinx_fsp.book.epub.plan import Opening
from sphinx_fsp.source.clock import build_time
from sphinx_fsp.source.project import guide_of

if TYPE_CHECKING:
    from sphinx_fsp.book.epub.builder import EpubBookBuilder

_ = get_translation("sphinx_fsp")

#: Names in the output that no document has.
COVER, TITLE = "fsp-cover", "fsp-title"
#: Languages that are written from right to left.
_RTL = frozenset("ar arc ckb dv fa he iw ks ps sd ug ur yi".split())
#: What Sphinx says where nobody said anything.
UNSAID = ("", "unknown", "Author name not set")


class Language(NamedTuple):
    """The language of a book."""

    tag: str
    is_rtl: bool


class FirstPages(NamedTuple):
    """What stands before the guide."""

    #: Names of the pages, without ending.
    names: list[str]
    #: The image of the cover, by its name in the output; may be empty.
    cover: str


def language_of(config: Config) -> Language:
    """Return the language of a book as its files name it."""
    tag = str(config.epub_language or config.language or "en").replace("_", "-")
    return Language(tag, tag.partition("-")[0].lower() in _RTL)


def title_of(builder: EpubBookBuilder, docname: str) -> str:
    """Return the title of a document in the navigation: the short one, if it has one."""
    page = guide_of(builder.env).page(docname)
    if page is not None and page.nav_title.strip():
        return page.nav_title
    title = builder.env.titles.get(docname)
    return (clean_astext(title) if title is not None else "").strip() or docname


def first_pages(builder: EpubBookBuilder) -> FirstPages:
    """Write the cover and the title page."""
    config = builder.config
    names: list[str] = []
    cover = ""
    if config.epub_cover:
        # The user's own, as Sphinx does it.
        image, template = config.epub_cover
        cover = str(image).replace(os.sep, "/")
        if template:
            names.append(Path(builder.coverpage_name).stem)
            builder.handle_page(names[0], {"image": cover, "title": _("Cover")}, template)
    elif builder.is_ours() and (cover := _copy_cover(builder)):
        alt = str(_("Cover of {title}")).format(title=config.epub_title)
        context = {"title": _("Cover"), "cover_image": cover, "cover_alt": alt}
        builder.handle_page(COVER, context, "fsp-book-cover.html")
        names.append(COVER)
    if builder.is_ours():
        context = {
            "title": config.epub_title,
            "cover_image": cover,
            "book_title": config.epub_title,
            "book_author": "" if config.epub_author in UNSAID else config.epub_author,
            "book_edition": _edition(config),
            "book_rights": _rights(config),
        }
        builder.handle_page(TITLE, context, "fsp-book-title.html")
        names.append(TITLE)
    return FirstPages(names, cover)


def _copy_cover(builder: EpubBookBuilder) -> str:
    """Copy the image of the cover and return its name; an empty text when there is none."""
    source = cover_of(builder.config, builder.confdir)
    if source is None:
        return ""
    name = f"{COVER}{source.suffix.lower()}"
    shutil.copyfile(source, Path(builder.outdir, name))
    return name


def _edition(config: Config) -> str:
    """Return which edition this is: the release, or else the day."""
    if config.release:
        return edition(config.release)
    form = config.today_fmt or sphinx_word("%b %d, %Y")
    return format_date(form, date=build_time(), language=config.language)


def rights_of(config: Config) -> str:
    """Return who holds the rights."""
    rights = config.epub_copyright
    return ", ".join(rights) if isinstance(rights, list | tuple) else str(rights or "")


def _rights(config: Config) -> str:
    """Return what the title page says of the rights, if that says more than who wrote it."""
    text = rights_of(config)
    return "" if text in (*UNSAID, config.epub_author) else f"\N{COPYRIGHT SIGN} {text}"


def write_opening(builder: EpubBookBuilder, opening: Opening) -> None:
    """Write the page that opens an appendix."""
    pages = [
        {
            "title": title_of(builder, docname),
            "link": builder.get_relative_uri(opening.name, docname),
        }
        for docname in opening.docnames
    ]
    template = "fsp-book-appendix.html" if builder.is_ours() else "page.html"
    builder.handle_page(opening.name, {"title": opening.title, "pages": pages}, template)
