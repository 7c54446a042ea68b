"""The index of code examples: by module, then classes and functions.

The directive ``examples`` stands in any document. See `sphinx_fsp.source.examples` for which
pages are examples, and how they are grouped.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import EMPTY_LIST, warn
from sphinx_fsp.markup.contents import page_paragraph
from sphinx_fsp.markup.options import place_of
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.examples import CLASS, FOLDER, Example, Group
from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.project import guide_of


def _module(value: str | None) -> str:
    """Read the name of a module."""
    name = (value or "").strip()
    if not all(part.isidentifier() for part in name.split(".")):
        raise ValueError("name a module, such as django or django.db")
    return name


class Examples(SphinxDirective):
    """``examples``: the index of the code-example pages.

    Options: ``prefix``, the module whose examples are shown.
    """

    option_spec: ClassVar[OptionSpec] = {"prefix": _module}

    def run(self) -> list[nodes.Node]:
        """Return the index as a list of modules."""
        guide = guide_of(self.env)
        prefix = self.options.get("prefix", "")
        ask(self.env, Question("examples", prefix))
        listing = nodes.bullet_list(bullet="*", classes=["examples"])
        self.set_source_info(listing)
        for group in guide.examples(prefix):
            items = [self._item(guide, example) for example in group.examples]
            if group.module:
                listing += _module_item(group, items)
            else:
                listing += items
        if not listing.children:
            path, line = place_of(self)
            advice = f"put example pages into a folder named {FOLDER}"
            if prefix:
                advice = f"no example page has a title that starts with {prefix}"
            warn(EMPTY_LIST, path, line, what="examples", advice=advice)
            return []
        return [listing]

    def _item(self, guide: Guide, example: Example) -> nodes.list_item:
        """Return a link to an example as an item of the list."""
        item = nodes.list_item(classes=[f"example-{example.kind}"] if example.kind else [])
        if page := guide.page(example.docname):
            paragraph = page_paragraph(page, example.title, self.env.docname)
            if example.name.module:
                _set_as_code(paragraph, example)
            item += paragraph
        return item


def _set_as_code(paragraph: nodes.paragraph, example: Example) -> None:
    """Name an example as Python's own documentation would: "class HttpResponse".

    Code keeps its quotation marks and dashes as they are.
    """
    module, name, rest = example.name
    code = nodes.literal(name or module, name or module)
    for reference in paragraph.findall(addnodes.pending_xref):
        reference.children = []
        reference += code
        if rest:
            reference += nodes.Text(f" {rest}")
    if example.kind == CLASS:
        kind = nodes.emphasis("class", "class", classes=["example-kind"])
        paragraph.insert(0, [kind, nodes.Text(" ")])


def _module_item(group: Group, items: list[nodes.list_item]) -> nodes.list_item:
    """Return a module with its examples; one that has a page of its own leads to it."""
    heading: nodes.Node = nodes.paragraph("", "", nodes.literal(group.module, group.module))
    if not group.examples[0].name.object:
        heading, *_ = items.pop(0).children
    item = nodes.list_item("", heading, classes=["example-module"])
    if items:
        item += nodes.bullet_list("", *items, bullet="*")
    return item


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("examples", Examples)
