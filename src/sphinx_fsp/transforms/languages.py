"""Which language a part of a document is in, where it isn't that of the site."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.source.languages import direction

_LATER = "fsp_languages"


def name_language(env: BuildEnvironment, node: nodes.Element | None, tag: str) -> None:
    """Say of an element which language it is in; nothing for an empty *tag*.

    Writers of HTML make the attribute ``lang`` of it, and docutils 0.22 the quotes of it. It runs
    from right to left when its language does.
    """
    if node is None or not tag:
        return
    own = direction(env.config.language or "en")
    if (way := direction(tag)) != own:
        node["classes"].append(f"fsp-{way}")
        note_styles(env)
    if any(known in smartchars.quotes for known in normalize_language_tag(tag)):
        _name(node, tag)
    else:
        # docutils would warn that it has no quotes for it.
        later = env.temp_data.get(_LATER) or []
        env.temp_data[_LATER] = [*later, (node, tag)]


def name_later(app: Sphinx, document: nodes.document) -> None:
    """Say it of the others, when quotes are made."""
    for node, tag in app.env.temp_data.pop(_LATER, None) or ():
        _name(node, tag)


def _name(node: nodes.Element, tag: str) -> None:
    node["classes"].append(f"language-{tag}")


def setup(app: Sphinx) -> None:
    """Connect to the documents that are read."""
    app.connect("doctree-read", name_later)
