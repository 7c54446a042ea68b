"""Which language a part of a document is in, where it isn't that of the site."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.source.languages import direction
from sphinx_fsp.source.project import guide_of

_LATER = "fsp_languages"


def name_language(
    env: BuildEnvironment, node: nodes.Element | None, tag: str, around: str = ""
) -> None:
    """Say of an element which language it is in; nothing for an empty *tag*.

    Writers of HTML make the attribute ``lang`` of it, and docutils 0.22 the quotes of it. It runs
    from right to left when its language does.

    :param around: the language of what it stands in; that of the site by default
    """
    if node is None or not tag:
        return
    _turn(env, node, tag, around)
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
    page = guide_of(app.env).page(app.env.docname)
    if page is None or not page.lang:
        return
    for part in document.children:
        # Footnotes, and sections of a file that is included.
        if isinstance(part, nodes.section | nodes.footnote) and not _is_named(part):
            _turn(app.env, part, page.lang, "")
            _name(part, page.lang)


def _turn(env: BuildEnvironment, node: nodes.Element, tag: str, around: str) -> None:
    """Have an element run in the direction of its language."""
    way = direction(tag)
    if way != direction(around or env.config.language or "en"):
        node["classes"].append(f"fsp-{way}")
        note_styles(env)


def _is_named(node: nodes.Element) -> bool:
    return any(name.startswith("language-") for name in node["classes"])


def _name(node: nodes.Element, tag: str) -> None:
    node["classes"].append(f"language-{tag}")


def setup(app: Sphinx) -> None:
    """Connect to the documents that are read."""
    app.connect("doctree-read", name_later)
