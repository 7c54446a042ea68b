"""The manual's configuration."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinx_fsp"
author = "The sphinx_fsp contributors"
copyright = "The sphinx_fsp contributors"

extensions = ["myst_parser", "sphinx_design", "sphinx_fsp", "from_code", "shown"]
exclude_patterns = ["_build", "_ext"]
html_theme = "sphinx_fsp"
html_title = "sphinx_fsp"
# Pictures are published as images of the pages that show them.
html_static_path = ["static/manual.css"]
html_css_files = ["manual.css"]

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
# Warnings and values are shown as they are in code.
smartquotes = False

# The pages in samples/guide are what the directives of the manual show.
fsp_permalinks = {"*": "samples/{slug}"}
fsp_static_path = ["samples/static"]
fsp_next_steps = "samples/next-steps.yml"
fsp_links = "samples/fsp-links.json"
linkcheck_ignore = [r"https?://[\w.-]+\.example(?:[:/]|$)"]
