# Pelican's own addresses, headers with capitals, plugins and extensions of Markdown.
AUTHOR = "Ada Turner"
SITENAME = "The Shed"
SITEURL = "https://shed.example"
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_CATEGORY = "notes"
USE_FOLDER_AS_CATEGORY = False
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["sitemap", "neighbors", "liquid_tags.youtube"]
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.admonition": {},
        "markdown.extensions.toc": {"permalink": True},
    },
    "output_format": "html5",
}
STATIC_PATHS = ["images", "extra/robots.txt", "extra/CNAME"]
EXTRA_PATH_METADATA = {
    "extra/robots.txt": {"path": "robots.txt"},
    "extra/CNAME": {"path": "CNAME"},
}
DIRECT_TEMPLATES = ["index", "tags", "archives"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
if not SITEURL:
    THEME = "theme"
