"""The manual's configuration."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx_fsp"
author = "The sphinx_fsp contributors"
copyright = "The sphinx_fsp contributors"

extensions = ["myst_parser", "sphinx_design", "sphinx_fsp", "from_code"]
exclude_patterns = ["_build", "_ext"]
html_theme = "sphinx_fsp"
html_title = "sphinx_fsp"

myst_heading_anchors = 3
# Warnings and values are shown as they are in code.
smartquotes = False
