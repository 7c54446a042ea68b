import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "An ordinary project"
extensions = ["sphinx.ext.autodoc", "myst_parser", "sphinx_design", "sphinx.ext.viewcode"]
html_theme = "alabaster"
exclude_patterns = ["excluded"]
