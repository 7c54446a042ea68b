"""A guide with pages in three languages, one of them from right to left."""

project = "Weather House"
author = "Weather House contributors"
extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
html_baseurl = "https://weather-house.example/"
fsp_lang_permalinks = {"*": "blog/{slug}-{lang}"}
