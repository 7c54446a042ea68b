"""Documents that readers never see: Sphinx writes a page of its own over them.

A page of a guide gets another address then; an ordinary document has no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_fsp.diagnostics import OVERWRITTEN, warn

#: What a document holds that only keeps a place in a toctree.
_NOTHING = (
    nodes.title,
    nodes.comment,
    nodes.docinfo,
    nodes.field_list,
    nodes.meta,
    nodes.target,
    addnodes.index,
)


def report(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Say which documents are overwritten, and lose text by it."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return []
    if isinstance(builder, SingleFileHTMLBuilder):
        # A page of all documents has none beside it.
        return []
    for name in _written(builder, env):
        address = builder.get_target_uri(name)
        for docname in _like(name, env):
            same = builder.get_target_uri(docname) == address
            if same and _holds_something(env.get_doctree(docname)):
                page = Path(builder.get_outfilename(name)).relative_to(app.outdir).as_posix()
                warn(OVERWRITTEN, env.doc2path(docname), None, name=page)
    return []


def _like(name: str, env: BuildEnvironment) -> list[str]:
    """Return the documents that may have the address of a page: two, with dirhtml."""
    return [docname for docname in (name, f"{name}/index") if docname in env.found_docs]


def _written(builder: StandaloneHTMLBuilder, env: BuildEnvironment) -> Iterator[str]:
    """Yield the names of pages that Sphinx writes, and that a document may have as well."""
    if builder.search:
        yield "search"
    if builder.use_index:
        yield "genindex"
    wanted = env.config.html_domain_indices
    for domain in env.domains.sorted():
        for index in domain.indices:
            name = f"{domain.name}-{index.name}"
            chosen = wanted is True or (wanted and name in wanted)
            # Sphinx writes no empty one.
            if chosen and _like(name, env) and index(domain).generate()[0]:
                yield name


def _holds_something(node: nodes.Element) -> bool:
    """Tell whether a document holds more than its title."""
    return any(
        _holds_something(child) if isinstance(child, nodes.section) else True
        for child in node.children
        if not isinstance(child, _NOTHING)
    )


def setup(app: Sphinx) -> None:
    """Connect to the end of reading."""
    app.connect("env-updated", report)
