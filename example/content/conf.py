# The whole configuration of the guide: sphinx_fsp brings the rest.

project = "Night Sky Guide"
author = "Night Sky Guide contributors"
copyright = "Night Sky Guide contributors"

extensions = ["sphinx_fsp"]
html_theme = "sphinx_fsp"
html_baseurl = "https://night-sky-guide.example/"

fsp_static_path = ["../static"]
fsp_redirects = "../redirects.csv"
fsp_feeds = ["feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/{category}.atom.xml"]
fsp_next_steps = "../next-steps.yml"
fsp_resource_kinds = ["chart", "society"]
fsp_resource_files = ["../resources/societies.csv"]

language = "en"
locale_dirs = ["../locale"]
gettext_compact = False
