# Two languages, and articles whose folder is their category.
import os

BASE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(BASE, "content")
SITENAME = "Zwei " + "Sprachen"
AUTHOR = "Redaktion"
SITEURL = "https://zwei.example"
DEFAULT_LANG = "de"
TIMEZONE = "Europe/Berlin"
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{category}/{slug}-{lang}.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOCALES = [name for name in ("de_DE", "en_GB")]
