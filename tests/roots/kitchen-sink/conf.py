"""Everything that Sphinx can show: the theme's look is tested on these pages."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "The kitchen sink"
author = "The Cooks"
release = "2.4"
extensions = [
    "sphinx_fsp",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    "sphinx.ext.ifconfig",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx.ext.todo",
    "sphinx.ext.viewcode",
    "sphinx_design",
]
exclude_patterns = ["_build", "included.txt"]
html_theme = "sphinx_fsp"
html_static_path = ["_static"]
numfig = True
todo_include_todos = True
math_number_all = False
python_maximum_signature_line_length = 72
python_display_short_literal_types = True
autosummary_generate = False
rst_prolog = ".. |pan| replace:: a *very* heavy pan\n"
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "smartquotes",
    "strikethrough",
    "tasklist",
]
myst_heading_anchors = 3
# MyST says so on every page that strikes text out.
suppress_warnings = ["myst.strikethrough"]
# A stand-in: no page asks another host for a script.
mathjax_path = "mathjax.js"

if find_spec("sphinxcontrib.mermaid"):
    extensions.append("sphinxcontrib.mermaid")
    mermaid_use_local = "_static/mermaid.js"
    d3_use_local = "_static/mermaid.js"
else:
    exclude_patterns.append("mermaids.rst")

if shutil.which("dot"):
    extensions += ["sphinx.ext.graphviz", "sphinx.ext.inheritance_diagram"]
else:
    exclude_patterns.append("graphs.rst")
