"""A small project with no guide in it: toctrees, an API and its source code."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Weather Station"
author = "Weather Station contributors"
copyright = "Weather Station contributors"

extensions = ["sphinx_fsp", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
html_theme = "sphinx_fsp"
