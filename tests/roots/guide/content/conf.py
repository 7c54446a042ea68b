project = "A small guide"
extensions = ["sphinx_fsp"]
html_theme = "basic"
html_baseurl = "https://guide.example/"
fsp_static_path = ["../static"]
fsp_redirects = "../redirects.csv"
fsp_next_steps = "../next-steps.yml"
