"""What stands above a post in the book: its dates, its author and its header image.

A site's theme shows them. A book has no theme that could.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_fsp.markup.posts import written_date, written_update
from sphinx_fsp.source.names import plain
from sphinx_fsp.source.project import guide_of


def add_opening(env: BuildEnvironment, docname: str, section: nodes.section) -> None:
    """Put what stands above a post below its title."""
    guide = guide_of(env)
    page = guide.page(docname)
    if page is None or page.category == "page":
        return
    opening: list[nodes.Node] = []
    date = written_date(page.date, env.config) if page.date else ""
    author = plain(page.header.get("author") or page.header.get("authors"))
    updated = written_update(page, env.config)
    if line := " · ".join(part for part in (date, updated, author) if part):
        opening.append(nodes.paragraph(line, line, classes=["post-meta"]))
    file = guide.static_files.get(page.header.get("headerimage"))
    if file is not None:
        uri = Path(os.path.relpath(file, env.srcdir)).as_posix()
        shown = {image["uri"].removeprefix("/") for image in section.findall(nodes.image)}
        if uri not in shown:
            env.images.add_file(docname, uri)
            alt = plain(page.header.get("headeralt"))
            image = nodes.image(uri=uri, alt=alt, candidates={"*": uri})
            opening.append(nodes.paragraph("", "", image))
    section[1:1] = opening


class PostOpenings(SphinxPostTransform):
    """Adds what stands above a post to the documents of an EPUB."""

    # Before images are converted.
    default_priority = 80
    builders = ("epub",)

    def run(self, **kwargs: Any) -> None:
        """Add it."""
        section = self.document.next_node(nodes.section)
        if section is not None:
            add_opening(self.env, self.env.docname, section)


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(PostOpenings)
