"""Which language a part of a document is in, where it isn't that of the site."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.source.languages import direction
from sphinx_fsp.source.project import guide_of

_LATER = "fsp_languages"


def name_language(env: BuildEnvironment, node: nodes.Element, tag: str, around: str) -> None:
    """Say of an element which language it is in.

    Writers of HTML make the attribute ``lang`` of it, and docutils 0.22 the quotes of it. It runs
    in the direction of its language.

    :param around: the language of what it stands in
    """
    way = direction(tag)
    if way != direction(around):
        node["classes"].append(f"fsp-{way}")
        note_styles(env)
    if any(known in smartchars.quotes for known in normalize_language_tag(tag)):
        _name(node, tag)
    else:
        # docutils would warn that it has no quotes for it.
        later = env.temp_data.get(_LATER) or []
        env.temp_data[_LATER] = [*later, (node, tag)]


class NameLanguage(SphinxTransform):
    """Says of a page which language it is in."""

    #: After footnotes have their place (623), and before quotes (750).
    default_priority = 740

    def apply(self) -> None:
        """Name the language of the text and its footnotes."""
        guide = guide_of(self.env)
        page = guide.page(self.env.docname)
        if page is None or not page.lang:
            return
        for part in self.document.children:
            if isinstance(part, nodes.section | nodes.footnote):
                name_language(self.env, part, page.lang, guide.settings.languages.own)


def name_later(app: Sphinx, document: nodes.document) -> None:
    """Name the others, when quotes are made."""
    for node, tag in app.env.temp_data.pop(_LATER, None) or ():
        _name(node, tag)


def _name(node: nodes.Element, tag: str) -> None:
    node["classes"].append(f"language-{tag}")


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(NameLanguage)
    app.connect("doctree-read", name_later)
