"""Rows of columns as grids of sphinx-design."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx_design.shared import create_component

#: Twelfths of the width, as grids of CSS frameworks name them.
_COLUMN = re.compile(r"^(?:c|col-|col-md-|col-sm-|col-lg-)([1-9]|1[0-2])$")


def is_column(node: nodes.Node) -> bool:
    """Tell whether a node was a column: ``<div class="c6">``, ``<div class="col-md-6">``."""
    return isinstance(node, nodes.container) and any(map(_COLUMN.match, node["classes"]))


def grid(columns: Iterable[nodes.Node]) -> nodes.Element:
    """Return columns as a grid of sphinx-design; each takes the whole width of a phone."""
    row = create_component("grid-row", ["sd-row"])
    for column in columns:
        if not isinstance(column, nodes.container):
            continue
        width = next(m[1] for name in column["classes"] if (m := _COLUMN.match(name)))
        others = [name for name in column["classes"] if not _COLUMN.match(name)]
        sizes = ["sd-col", "sd-d-flex-column", "sd-col-12", f"sd-col-md-{width}", *others]
        item = create_component("grid-item", sizes)
        item += column.children
        row += item
    grid = create_component(
        "grid-container", ["sd-container-fluid", "sd-sphinx-override", "sd-mb-4"]
    )
    grid += row
    return grid
