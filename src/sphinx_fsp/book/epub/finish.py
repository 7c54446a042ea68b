"""The last step of an EPUB: the archive of all that is in the book.

What the output folder holds from earlier builds isn't looked at: only what the pages of the book
use or lead to gets in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.locale import _ as sphinx_word
from sphinx.locale import get_translation
from sphinx.util import logging

from sphinx_fsp.book.contents import appendix_title
from sphinx_fsp.book.epub.about import (
    Accessibility,
    Entry,
    accessible_metadata,
    count_images,
    numbered,
)
from sphinx_fsp.book.epub.archive import (
    Contents,
    Described,
    Item,
    Landmark,
    Place,
    describe,
    write_archive,
)
from sphinx_fsp.book.epub.package import (
    XHTML,
    Found,
    Names,
    Settled,
    identifiers_of,
    media_type,
    properties,
    settle,
    settle_styles,
    well_formed,
)
from sphinx_fsp.book.epub.pages import (
    UNSAID,
    first_pages,
    language_of,
    rights_of,
    title_of,
    write_opening,
)
from sphinx_fsp.book.epub.plan import Outline, openings, reading_order, without
from sphinx_fsp.book.plan import Plan
from sphinx_fsp.diagnostics import UNKNOWN_IMAGE, warn
from sphinx_fsp.source.clock import build_time

if TYPE_CHECKING:
    from sphinx_fsp.book.epub.builder import EpubBookBuilder

logger = logging.getLogger(__name__)
_ = get_translation("sphinx_fsp")


def finish(builder: EpubBookBuilder, plan: Plan) -> None:
    """Write the pages that only a book has, and the archive."""
    contents = _Finish(builder, plan).contents()
    described = describe(contents)
    outdir = Path(builder.outdir)
    for name, data in described.items():
        (outdir / name).parent.mkdir(exist_ok=True)
        (outdir / name).write_bytes(data)
    path = outdir / f"{builder.config.epub_basename}.epub"
    logger.info("writing %s...", path.name)
    write_archive(path, described, contents.items)


class _Finish:
    """What is known at the end of a build."""

    def __init__(self, builder: EpubBookBuilder, plan: Plan) -> None:
        self.builder = builder
        self.plan = plan
        self.config = builder.config
        self.outdir = Path(builder.outdir)
        self.names = Names()
        self.opened = openings(plan, lambda appendix: appendix_title(builder.env, appendix))

    def contents(self) -> Contents:
        """Write the pages that only a book has, and return all that the archive is made from."""
        first, cover = first_pages(self.builder)
        for opening in self.opened:
            write_opening(self.builder, opening)
        indexes = [name for name, *_rest in self.builder.domain_indices]
        indexes += ["genindex"] if self.builder.use_index else []
        order = [*first, *(file for file, _title in self.config.epub_pre_files)]
        order += reading_order(self.plan, self.opened)
        order += [*indexes, *(file for file, _title in self.config.epub_post_files)]
        spine = [file for file in map(self._file, order) if self._is_held(file)]
        found, pages = self._settled(spine)
        shown = _reached(spine, pages)
        used = dict.fromkeys(use for name in shown for use in pages[name].uses)
        cover = cover if cover and found.has_file(cover) else ""
        files = self._used_files([*used, *([cover] if cover else [])], found)
        ids = {name: f"file-{number}" for number, name in enumerate([*shown, *files], 1)}
        items = [
            Item(
                ids[name],
                self.names.of(name),
                XHTML,
                pages[name].text.encode(),
                properties(pages[name].text),
            )
            for name in shown
        ]
        items += [
            Item(
                ids[name],
                self.names.of(name),
                media_type(name, data),
                data,
                "cover-image" if name == cover else "",
            )
            for name, data in files.items()
        ]
        texts = [pages[name].text for name in shown]
        return Contents(
            book=self._described(texts, files),
            items=items,
            spine=[Place(ids[name], name in spine) for name in shown],
            entries=self._entries(indexes, set(shown)),
            landmarks=self._landmarks(first, set(shown)),
            cover=ids.get(cover, ""),
            contents_title=str(sphinx_word("Table of Contents")),
            landmarks_title=str(_("Landmarks")),
        )

    def _file(self, name: str) -> str:
        """Return the name in the output of a page, which the user may have given with ending."""
        ending = self.builder.out_suffix
        return name if name.endswith((ending, ".html")) else name + ending

    def _is_held(self, file: str) -> bool:
        """Tell whether the book holds a page that it should hold."""
        return file not in self.config.epub_exclude_files and (self.outdir / file).is_file()

    def _settled(self, spine: list[str]) -> tuple[Found, dict[str, Settled]]:
        """Return what is known of the files of the book, and its pages with their links."""
        encoding = self.config.html_output_encoding
        texts = {}
        for name in dict.fromkeys([*spine, *map(self._file, self.builder.others)]):
            if self._is_held(name):
                text = (self.outdir / name).read_text(encoding=encoding, errors="replace")
                texts[name] = well_formed(text, language_of(self.config).tag)
        found = Found(
            pages={name: self.names.of(name) for name in texts},
            identifiers={name: identifiers_of(text) for name, text in texts.items()},
            has_file=lambda name: not name.startswith("..") and (self.outdir / name).is_file(),
            site=self.config.html_baseurl.rstrip("/"),
        )
        pages = {name: settle(name, text, found, self.names) for name, text in texts.items()}
        for name, page in pages.items():
            docname = name.removesuffix(self.builder.out_suffix)
            for source in page.lost if docname in self.builder.env.found_docs else ():
                warn(UNKNOWN_IMAGE, self.builder.env.doc2path(docname), None, target=source)
        return found, pages

    def _used_files(self, names: list[str], found: Found) -> dict[str, bytes]:
        """Return what pages use, and what stylesheets among that use in turn."""
        files: dict[str, bytes] = {}
        waiting = list(reversed(names))
        while waiting:
            name = waiting.pop()
            if name in files:
                continue
            files[name] = (self.outdir / name).read_bytes()
            if media_type(name) == "text/css":
                text = files[name].decode("utf-8", "replace")
                styles = settle_styles(name, text, found, self.names)
                files[name] = styles.text.encode()
                waiting += reversed(styles.uses)
        return files

    def _entries(self, indexes: list[str], shown: set[str]) -> list[Entry]:
        """Return the navigation, without pages that aren't in the book."""
        config, builder = self.config, self.builder
        outline = Outline(
            builder.env.toctree_includes,
            lambda docname: title_of(builder, docname),
            config.epub_tocdepth,
        )
        titles = {name: str(index.localname) for name, index, *_rest in builder.domain_indices}
        titles["genindex"] = str(sphinx_word("Index"))
        entries = [Entry(title, file) for file, title in config.epub_pre_files]
        entries += outline.entries(config.root_doc, self.plan, self.opened)
        entries += [Entry(titles[name], name) for name in indexes]
        entries += [Entry(title, file) for file, title in config.epub_post_files]
        held = without(entries, lambda name: self._file(name) in shown)
        return numbered(held, lambda name: self._href(self._file(name)))

    def _href(self, file: str) -> str:
        return quote(self.names.of(file))

    def _landmarks(self, first: list[str], shown: set[str]) -> list[Landmark]:
        """Return the parts of the book that readers offer to go to."""
        places = []
        if first:
            places.append(("cover", "cover", _("Cover"), first[0]))
        if len(first) > 1:
            places.append(("titlepage", "title-page", _("Title page"), first[-1]))
        places.append(("bodymatter", "text", _("Start of the text"), self.config.root_doc))
        if self.builder.use_index:
            places.append(("index", "index", sphinx_word("Index"), "genindex"))
        found = [
            Landmark(kind, guide, str(title), self._href(self._file(name)))
            for kind, guide, title, name in places
            if self._file(name) in shown
        ]
        contents = str(sphinx_word("Table of Contents"))
        found.insert(min(len(first), 1), Landmark("toc", "toc", contents, "nav.xhtml"))
        return found

    def _described(self, texts: list[str], files: Mapping[str, bytes]) -> Described:
        """Return what the book says of itself."""
        config = self.config
        language = language_of(config)
        said = (
            ("creator", config.epub_author),
            ("contributor", config.epub_contributor),
            ("publisher", config.epub_publisher),
            ("description", config.epub_description),
            ("rights", rights_of(config)),
        )
        images, silent = count_images(texts)
        known = Accessibility(
            images,
            silent,
            any(data.startswith(b"GIF8") for data in files.values()),
            self.builder.use_index,
            str(
                _(
                    "The text is in reading order, with headings and a table of contents. Its "
                    "size and colours are those that the reader chooses."
                )
            ),
        )
        vertical = config.epub_writing_mode == "vertical"
        return Described(
            uid=config.epub_uid,
            identifier=config.epub_identifier,
            title=config.epub_title.strip() or config.root_doc,
            language=language.tag,
            direction="rtl" if language.is_rtl or vertical else "ltr",
            modified=build_time().strftime("%Y-%m-%dT%H:%M:%SZ"),
            version=config.version,
            described=[(name, text) for name, text in said if str(text).strip() not in UNSAID],
            accessible=accessible_metadata(known),
        )


def _reached(spine: Iterable[str], pages: Mapping[str, Settled]) -> list[str]:
    """Return the pages of the book: those in order, and others that links lead to."""
    found = list(dict.fromkeys(spine))
    waiting: Collection[str] = found
    while waiting:
        leads = dict.fromkeys(lead for name in waiting for lead in pages[name].leads)
        waiting = [lead for lead in leads if lead not in found]
        found += waiting
    return found
