"""What a guide's pages look like in LaTeX, where Sphinx's own writer has no place for it."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

import imagesize
from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.builders.latex import LaTeXBuilder

from sphinx_fsp.book.latex.anytext import AnyText
from sphinx_fsp.source.catalogue import Page, without_number
from sphinx_fsp.source.project import guide_of

#: The LaTeX package with the look of a book, and the macros that are written here.
STYLE = "fspbook"
#: What a running head has room for, beside that of the chapter.
HEAD_LETTERS = 60
#: Pixels of an image that make an inch of paper.
LOGO_DPI = 150
IMAGE_DPI = 120
#: The greatest width of an image, as a part of the line, and height, as a part of the page.
LOGO_ROOM = (0.5, 0.14)
IMAGE_ROOM = (1.0, 0.45)

#: What a section may hold and still have nothing below its heading.
_NO_BODY = (nodes.title, addnodes.index, nodes.target)


class Book(LaTeXBuilder):
    """The builder that a translator writes for."""

    #: True once a file that was written loads our style.
    uses_style: bool


class BookTranslator(AnyText):
    """Sphinx's translator, with what a book of guide pages has beside.

    Pages of a chapter are its sections, and the headings within a page stand below them, also on
    the page that opens the chapter. Short titles stand in running heads. Wells say on which page
    their links are found. Images are no larger than they are, and than suits print.
    """

    builder: Book

    def astext(self) -> str:
        """Return the whole file, which loads our style in guides, and where its macros are used."""
        if self._is_guide or any(r"\fsp" in part for part in self.body):
            option = "guide" if self._is_guide else None
            packages = [*self.elements["packages_after_hyperref"], (STYLE, option)]
            self.elements["packages_after_hyperref"] = packages
            self.builder.uses_style = True
        return super().astext()

    def visit_section(self, node: Element) -> None:
        """Go one level deeper; two below the title of a page that is a chapter."""
        super().visit_section(node)
        if self._page() and self._is_below_chapter(node):
            self.sectionlevel += 1
            node["fsp_deeper"] = True

    def depart_section(self, node: Element) -> None:
        """Come back to the level above."""
        if all(isinstance(child, _NO_BODY) for child in node):
            self.body.append("\\fspnobody\n")
        if node.get("fsp_deeper"):
            self.sectionlevel -= 1
        super().depart_section(node)

    def depart_title(self, node: Element) -> None:
        """Set the short title of a page for the running heads."""
        super().depart_title(node)
        page = self._page()
        section = node.parent
        if page and isinstance(section, nodes.section) and _is_top(section):
            level = self.sectionnames[self.sectionlevel]
            short = shorten(without_number(page.nav_title), HEAD_LETTERS, placeholder="…")
            if short != node.astext() and level in {"chapter", "section"}:
                self.body.append(rf"\{level}mark{{{self.encode(short)}}}%" + "\n")

    def visit_paragraph(self, node: Element) -> None:
        """Set the credit of a logo, and the date of a post, apart from the text."""
        if _is_picture(node):
            self.body.append(r"\fspspace" + "\n")
        super().visit_paragraph(node)
        if _is_aside(node):
            self.body.append(r"\fspaside{")

    def depart_paragraph(self, node: Element) -> None:
        """End what stands apart from the text."""
        if _is_aside(node):
            self.body.append("}")
        super().depart_paragraph(node)
        if _is_picture(node):
            self.body.append(r"\fspspace" + "\n")

    def visit_reference(self, node: Element) -> None:
        """Say beside a link of a well on which page it leads to."""
        super().visit_reference(node)
        uri = str(node.get("refuri", ""))
        if uri.startswith("%") and _tells_pages(node):
            docname, _, fragment = uri[1:].partition("#")
            label = self.idescape(f"{docname}:{fragment or ':doc'}")
            self.context[-1] += rf"\fsppage{{{label}}}"

    def visit_image(self, node: Element) -> None:
        """Show an image no larger than it is, and than suits print."""
        size = self._natural_size(node)
        start = len(self.body)
        super().visit_image(node)
        is_logo = "logo" in node["classes"]
        wants_size = {"width", "height", "scale"} & set(node.attributes)
        if size is None or (not is_logo and (wants_size or not self._is_guide)):
            return
        width, height = LOGO_ROOM if is_logo else IMAGE_ROOM
        if str(node.get("width", "")).endswith("%"):
            width = min(float(node["width"][:-1]) / 100, 1)
            height = IMAGE_ROOM[1]
        dpi = LOGO_DPI if is_logo else IMAGE_DPI
        macro = rf"\fspimage{{{size[0] * 72 / dpi:.1f}bp}}{{{width:.3f}}}{{{height:.3f}}}"
        for n in range(start, len(self.body)):
            if r"\sphinxincludegraphics" in self.body[n]:
                before, _, after = self.body[n].partition(r"\sphinxincludegraphics")
                file = after.partition("]")[2] if after.startswith("[") else after
                self.body[n] = f"{before}{macro}{file}"

    def _natural_size(self, node: Element) -> tuple[int, int] | None:
        """Return the width and height of an image in pixels, where it can be told."""
        if "fsp_size" in node:
            # A drawing has more pixels than it says, so that it is sharp in print.
            converted: tuple[int, int] = node["fsp_size"]
            return converted
        path = Path(self.builder.srcdir, node["uri"])
        if path.suffix.lower() == ".pdf" or not path.is_file():
            return None
        size: tuple[int, int] = imagesize.get(str(path))
        return size if min(size) > 0 else None

    @property
    def _is_guide(self) -> bool:
        return bool(guide_of(self.builder.env).catalogue.pages)

    def _page(self) -> Page | None:
        """Return the page of the guide that is written now."""
        return guide_of(self.builder.env).page(self.curfilestack[-1]) if self.curfilestack else None

    def _is_below_chapter(self, section: Element) -> bool:
        """Tell whether a section is a heading on the page that opens a chapter."""
        is_second = self.sectionlevel == self.top_sectionlevel + 1
        return is_second and isinstance(section.parent, nodes.section) and not _is_top(section)


def _is_aside(paragraph: Element) -> bool:
    """Tell whether a paragraph says something about what stands above it."""
    return bool({"credit", "post-meta"} & set(paragraph["classes"]))


def _is_picture(paragraph: Element) -> bool:
    """Tell whether a paragraph holds images and no text."""
    if not isinstance(paragraph.parent, nodes.section):
        return False
    has_image = paragraph.next_node(nodes.image) is not None
    return has_image and not any(text.strip() for text in paragraph.findall(nodes.Text))


def _is_top(section: Element) -> bool:
    """Tell whether a section holds a whole page."""
    return isinstance(section.parent, addnodes.start_of_file)


def _tells_pages(node: Element) -> bool:
    """Tell whether a link stands where readers are sent on: in a well, or in the next steps."""
    above = node.parent
    while above is not None:
        if {"well", "next-steps"} & set(above.get("classes", ())):
            return True
        above = above.parent
    return False
