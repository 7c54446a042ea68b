"""A project whose language is written from right to left."""

project = "دليل السماء"
author = "فريق الدليل"
copyright = "فريق الدليل"
language = "ar"

extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
