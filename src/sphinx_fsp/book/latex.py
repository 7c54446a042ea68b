"""LaTeX: defaults that suit a guide, where ``conf.py`` says nothing."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.source.project import has_pages

#: Values that a guide needs, by name. Pages hold any Unicode character, which pdflatex can't
#: typeset; makeindex comes with every TeX, and xindy, Sphinx's choice for xelatex, doesn't.
DEFAULTS: dict[str, Any] = {"latex_engine": "xelatex", "latex_use_xindy": False}


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open.

    Sphinx has no public way to tell a value that was set from its default. When it has, this is
    the place for it.
    """
    if not has_pages(app.srcdir, config):
        # Not a guide: the project keeps the engine that it has.
        return
    said = set(getattr(config, "_raw_config", {})) | set(config.overrides)
    if "latex_engine" in said:
        return
    for name, value in DEFAULTS.items():
        if name not in said:
            config[name] = value


def setup(app: Sphinx) -> None:
    """Connect to the configuration, before the LaTeX builder looks at it."""
    app.connect("config-inited", set_defaults, priority=300)
