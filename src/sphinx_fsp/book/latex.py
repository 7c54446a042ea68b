"""LaTeX: defaults that suit a guide, where ``conf.py`` says nothing."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.config import values_said
from sphinx_fsp.source.project import has_pages

#: Values that a guide needs, by name. Pages hold any Unicode character, which pdflatex can't
#: typeset; makeindex comes with every TeX, and xindy, Sphinx's choice for xelatex, doesn't.
DEFAULTS: dict[str, Any] = {"latex_engine": "xelatex", "latex_use_xindy": False}


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open."""
    if not has_pages(app.srcdir, config):
        # Not a guide: the project keeps the engine that it has.
        return
    said = values_said(config)
    if "latex_engine" in said:
        return
    for name, value in DEFAULTS.items():
        if name not in said:
            config[name] = value


def setup(app: Sphinx) -> None:
    """Connect to the configuration, before the LaTeX builder looks at it."""
    app.connect("config-inited", set_defaults, priority=300)
