"""The button that copies code: sphinx-copybutton, told what isn't part of the code."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_fsp.config import values_said

#: Prompts of Python, of IPython and of a shell; line numbers and a session's output, by class.
DEFAULTS: dict[str, Any] = {
    "copybutton_prompt_text": r">>> ?|\.\.\. ?|\$ |In \[\d*\]: | {2,5}\.\.\.: | {5,8}: ",
    "copybutton_prompt_is_regexp": True,
    "copybutton_exclude": ".linenos, .gp, .go",
}


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the user left open; one value that was set leaves all of them alone."""
    if DEFAULTS.keys() & values_said(config):
        return
    for name, value in DEFAULTS.items():
        config[name] = value


def setup(app: Sphinx) -> None:
    """Set the extension up in projects that choose the theme; others may list it themselves."""
    if app.config.html_theme == "sphinx_fsp":
        app.setup_extension("sphinx_copybutton")
        app.connect("config-inited", set_defaults, priority=300)
