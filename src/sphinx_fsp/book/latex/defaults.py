"""What LaTeX is told of a guide where ``conf.py`` says nothing.

The look itself is in ``tex/fspbook.sty``.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.book.edition import edition
from sphinx_fsp.config import values_said
from sphinx_fsp.source.project import has_pages

#: Values that a guide needs, by name. Pages hold any Unicode character, which pdflatex can't
#: typeset; makeindex comes with every TeX, and xindy, Sphinx's choice for xelatex, doesn't.
DEFAULTS: dict[str, Any] = {
    "latex_engine": "xelatex",
    "latex_use_xindy": False,
    "latex_table_style": ["booktabs", "colorrows"],
}
#: Colours and boxes, as Sphinx's own style names them.
SETUP = (
    "iconpackage=none",
    "InnerLinkColor={HTML}{14702C}",
    "OuterLinkColor={HTML}{1A5A96}",
    "VerbatimColor={HTML}{F6F7F8}",
    "VerbatimBorderColor={HTML}{DDE1E4}",
    "VerbatimHighlightColor={HTML}{FFF1B8}",
    "verbatimforcewraps=true",
    "verbatimmaxoverfull=0",
    "pre_border-radius=2pt",
    "inlineliteralwraps=true",
    "hmargin={39mm,39mm}",
    "vmargin={28mm,32mm}",
    "marginpar=0mm",
    "div.seealso_background-TeXcolor={HTML}{EAF5EC}",
    "div.seealso_border-TeXcolor={HTML}{14702C}",
    "div.seealso_border-left-width=3pt",
    "div.seealso_border-top-width=0pt",
    "div.seealso_border-right-width=0pt",
    "div.seealso_border-bottom-width=0pt",
    "div.seealso_border-radius=0pt",
    "div.topic_box-shadow=none",
    "div.topic_background-TeXcolor={HTML}{F6F7F8}",
    "div.topic_border-TeXcolor={HTML}{DDE1E4}",
    "div.topic_border-radius=2pt",
)
#: The same for keys of ``latex_elements``.
ELEMENTS: dict[str, str] = {
    # TeX has room for four levels of lists by itself. A page has no more than this: see MAX_LEVELS.
    "maxlistdepth": "60",
    "fncychap": "",
    "extraclassoptions": "openany,oneside",
    "figure_align": "H",
    "maketitle": r"\fspmaketitle",
    "pointsize": "10pt",
    "sphinxsetup": ",".join(SETUP),
}


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open."""
    if not has_pages(app.srcdir, config):
        # Not a guide: the project keeps the engine that it has.
        return
    said = values_said(config)
    for name, value in DEFAULTS.items():
        if name not in said:
            config[name] = value
    config["latex_elements"] = {**ELEMENTS, **_release(config), **config.latex_elements}


def _release(config: Config) -> dict[str, str]:
    """Return what Sphinx puts before the release: nothing before words."""
    release = config.release
    before = edition(release).removesuffix(release).strip()
    return {"releasename": before or r"\ignorespaces"} if release else {}


def setup(app: Sphinx) -> None:
    """Connect to the configuration, before the LaTeX builder looks at it."""
    app.connect("config-inited", set_defaults, priority=300)
