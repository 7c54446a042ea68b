"""A small project with no guide in it: toctrees, an API and its source code."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Weather Station"
author = "Weather Station contributors"
copyright = "Weather Station contributors"

extensions = ["sphinx_fsp", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "notfound.extension"]
html_theme = "sphinx_fsp"
# Pages are served at the root, where a page that is missing finds its style sheets.
notfound_urls_prefix = "/"
