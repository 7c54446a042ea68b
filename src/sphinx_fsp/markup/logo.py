"""The directive ``logo``: an image with a credit, linked, and with a twin for dark pages."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.images import Image
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import LOGO_ALT, warn
from sphinx_fsp.markup.options import option_line, place_of
from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.transforms.context import PageContext, context_of
from sphinx_fsp.transforms.images import image_node
from sphinx_fsp.transforms.links import link_node


class Logo(SphinxDirective):
    """``logo``: what the image directive takes, and ``credit`` and ``dark``.

    ``alt`` is required: its absence is a warning.
    """

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        **(Image.option_spec or {}),
        "target": directives.unchanged_required,
        "credit": directives.unchanged,
        "dark": directives.uri,
    }

    def run(self) -> list[nodes.Node]:
        """Return the image, in a link if it has a target, and the credit below it."""
        self.file, self.line = place_of(self)
        uri = directives.uri(self.arguments[0])
        if not self.options.get("alt", "").strip():
            warn(LOGO_ALT, self.file, self.line, target=uri)
        context = context_of(self.env, self.state.document)
        shown: list[nodes.Node] = [self._image(context, uri)]
        if "dark" in self.options:
            note_styles(self.env)
            dark = self._image(context, self.options["dark"])
            if isinstance(shown[0], nodes.image) and isinstance(dark, nodes.image):
                # Paper and readers of books are light.
                light = shown[0].deepcopy()
                shown[0]["classes"].append("only-light")
                dark["classes"].append("only-dark")
                shown = [
                    addnodes.only("", shown[0], dark, expr="html and not epub"),
                    addnodes.only("", light, expr="not html or epub"),
                ]
        block: nodes.Element = nodes.paragraph("", "", *shown)
        if target := self.options.get("target"):
            line = option_line(self, "target")
            lines = (line, line + 1)
            link = link_node(context, directives.uri(target), directives.uri(target), lines)
            if link is None:
                link = nodes.reference(refuri=directives.uri(target))
            link += shown
            block.children = []
            block += link
        self.add_name(block)
        self.set_source_info(block)
        found: list[nodes.Node] = [block]
        if credit := self.options.get("credit"):
            texts, messages = self.parse_inline(credit, lineno=self.lineno)
            note = nodes.paragraph(credit, "", *texts, classes=["credit"])
            self.set_source_info(note)
            found += [note, *messages]
        return found

    def _image(self, context: PageContext, uri: str) -> nodes.Node:
        """Return the node of an image file."""
        options = {
            name: self.options[name]
            for name in ("alt", "height", "width", "scale", "loading", "align")
            if name in self.options
        }
        if options.get("width") == "100%":
            # A maximum, as in old pages: no logo is shown larger than it is.
            del options["width"]
        image = nodes.image("", **options)
        image["classes"] = ["logo", *self.options.get("class", ())]
        self.set_source_info(image)
        # MyST doesn't tell how many lines it has; no directive has more of them.
        lines = (self.line, self.line + len(self.option_spec) + 2)
        return image_node(context, image, uri, lines)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("logo", Logo)
