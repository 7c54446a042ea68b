# A theme with files of its own, patterns for addresses, and redirect pages.
AUTHOR = "The Atlas club"
SITENAME = 'Atlas of "Small" Hills'
SITEURL = ""
PATH = "content"
TIMEZONE = "Europe/Vienna"
DEFAULT_LANG = "en"

THEME = "theme"
THEME_STATIC_DIR = ""

PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
ARTICLE_PATHS = ["posts"]
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"

FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
DEFAULT_PAGINATION = 10
STATIC_PATHS = ["../redirects"]
