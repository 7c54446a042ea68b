"""What the theme's pages need of HTML, where docutils and Sphinx write something else.

Images have their size, so that the text doesn't jump. Nothing has a ``style`` attribute, which the
policy of a strict server forbids: a width in percent becomes a class, any other length an attribute
in pixels. Roles that accessibility checkers reject are left out.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.locale import get_translation
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

from sphinx_fsp.source.project import guide_of
from sphinx_fsp.theme.site import is_used

#: Pixels of a unit. Source: CSS Values and Units, with an em of 16 pixels.
_PIXELS = {"": 1.0, "px": 1.0, "em": 16, "ex": 8, "rem": 16, "in": 96, "cm": 37.8, "mm": 3.78}
_PIXELS |= {"pt": 96 / 72, "pc": 16}
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)\s*([a-z%]*)")
#: Attribute of an image: width and height of its file in pixels, or None.
SIZE = "fsp_size"
#: Widths that have a class (``w-40``) are multiples of this, in percent.
_STEP = 5

#: Letters of a text in a cell that is given a least width: a table scrolls before it is squeezed.
_LONG = 16

t = get_translation("sphinx_fsp")

_TASK = 'class="task-list-item-checkbox"'

if TYPE_CHECKING:
    _Base = HTML5Translator
else:
    _Base = object


class ThemeHTML(_Base):
    """Put in front of the translator of an output."""

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        """Return a start tag, mended."""
        mend(node, tagname, attributes)
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def visit_image(self, node: nodes.image) -> None:
        """Find the size of an image."""
        # Where the file is; the address is about to change.
        published = guide_of(self.builder.env).static_files.get(node.get("fsp_address", ""))
        node[SIZE] = size_of(published or Path(self.builder.srcdir, node["uri"].lstrip("/")))
        super().visit_image(node)

    def visit_raw(self, node: nodes.raw) -> None:
        """Give the boxes of MyST's task lists a name: whether the task is done."""
        html = node.astext()
        if "html" in node.get("format", "").split() and _TASK in html:
            name = t("Done") if "checked" in html else t("To do")
            self.body.append(html.replace(_TASK, f'{_TASK} aria-label="{escape(str(name))}"'))
            raise nodes.SkipNode
        super().visit_raw(node)

    def visit_citation(self, node: nodes.citation) -> None:
        """Write citations without the role of a list, whose items have another role."""
        super().visit_citation(node)
        self.body[-1] = self.body[-1].replace(' role="doc-biblioentry"', "")
        if len(self.body) > 1:
            self.body[-2] = self.body[-2].replace(' role="list"', "")


def size_of(file: Path) -> tuple[int, int] | None:
    """Return the width and height of an image in pixels, or None for what is no image."""
    size = get_image_size(file) if file.is_file() else None
    return size if size and min(size) > 0 else None


def mend(node: nodes.Element, tagname: str, attributes: dict[str, Any]) -> None:
    """Change the attributes of a tag that is about to be written."""
    style = _unstyled(attributes.pop("style", ""), tagname, attributes)
    if style:
        attributes["style"] = style
    if tagname == "img" and node.get(SIZE):
        _sized(node[SIZE], attributes)
    if tagname == "p" and attributes.get("ROLE", attributes.get("role")) == "heading":
        attributes["aria-level"] = "2"
    if isinstance(node, nodes.entry) and _is_long(node.astext()):
        attributes["classes"] = [*attributes.get("classes", ()), "fsp-long"]
    signature = addnodes.desc_parameterlist | addnodes.desc_type_parameter_list
    if tagname == "dl" and isinstance(node, signature):
        attributes["role"] = "presentation"


def _is_long(text: str) -> bool:
    """Tell whether a text takes several lines in a narrow column."""
    return len(text) > _LONG and len(text.split()) > 2


def _sized(size: tuple[int, int], attributes: dict[str, Any]) -> None:
    """Say both sides of an image, in its own proportions, where one or none is said."""
    width, height = (str(attributes.get(name, "")) for name in ("width", "height"))
    if not width and not height:
        attributes["width"], attributes["height"] = map(str, size)
    elif not height and width.isdigit():
        attributes["height"] = str(round(int(width) * size[1] / size[0]))
    elif not width and height.isdigit():
        attributes["width"] = str(round(int(height) * size[0] / size[1]))


def _unstyled(style: str, tagname: str, attributes: dict[str, Any]) -> str:
    """Turn the sizes of a style into classes and attributes, and return what is left of it."""
    classes = []
    for name, number, unit in _LENGTH.findall(style):
        if unit == "%":
            if name == "width":
                classes.append(f"w-{max(1, round(float(number) / _STEP)) * _STEP}")
        elif unit in _PIXELS and tagname == "img":
            attributes[name] = str(round(float(number) * _PIXELS[unit]))
        else:
            return style
    if classes:
        # docutils writes the name of this one in several ways.
        name = next((name for name in attributes if name.lower() == "class"), "class")
        attributes[name] = " ".join([*attributes.get(name, "").split(), *classes])
    return _LENGTH.sub("", style).strip(" ;")


def use(app: Sphinx) -> None:
    """Put `ThemeHTML` in front of the translator of this output."""
    if not is_used(app):
        return
    builder = app.builder
    current = app.registry.get_translator_class(builder)
    translator = type("ThemeTranslator", (ThemeHTML, current), {})
    app.set_translator(builder.name, translator, override=True)


def setup(app: Sphinx) -> None:
    """Connect to the output, after extensions that bring translators of their own."""
    app.connect("builder-inited", use, priority=900)
