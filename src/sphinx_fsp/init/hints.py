"""What of a Pelican site has no place in the new one, and what to do about it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_fsp.init.found import Gap, shown
from sphinx_fsp.init.settings import Settings, Unread

_NOTHING = "nothing to do: it is built in"
#: By a part of the plugin's name.
_PLUGINS = {
    "sitemap": _NOTHING,
    "neighbors": "nothing to do: pages of a chapter lead to one another",
    "toc": "nothing to do: the theme shows the headings of a page",
    "search": "nothing to do: the search is built in",
    "render_math": 'write extensions = ["sphinx_fsp"] and myst_enable_extensions = ["dollarmath"]',
    "summary": "write the line summary: into the header of the post",
    "alias": "the addresses of alias: lines are in the redirects",
    "redirect": "write the old addresses into redirects.csv",
    "related": "name pages in next-steps.yml",
    "series": "give the pages a sortorder",
    "seo": "the line meta: of a header is the description of the page",
    "i18n": "translations keep their addresses; list those of a language with posts and :lang:",
    "ipynb": "notebooks need the extension myst-nb",
    "liquid_tags": "their tags stay as text; write Markdown or a directive for them",
    "assets": "nothing to do: the theme has its styles",
    "image": "images are published as they are",
    "thumbnail": "images are published as they are",
}
#: By the name of the extension, without its package.
_MARKDOWN = {
    "toc": "nothing to do: the theme shows the headings of a page",
    "wikilinks": "write [text](/address.html) for [[text]]",
    "nl2br": "write a backslash at the end of a line that has to break",
    "smarty": "nothing to do: Sphinx has typographic quotes, too",
    "mathjax": 'write myst_enable_extensions = ["dollarmath"] into conf.py',
}
#: Those that MyST reads as Python-Markdown does.
_READ = frozenset(
    "codehilite extra meta tables fenced_code footnotes attr_list def_list abbr md_in_html "
    "sane_lists legacy_attrs legacy_em admonition".split()
)
#: Templates of lists, which are written as documents.
_LISTS = ("archives", "categories", "tags", "authors")
_OUTPUT = {
    "MENUITEMS": "write them as header_links into html_theme_options",
    "LINKS": "write them as header_links into html_theme_options",
    "SOCIAL": "write them as header_links into html_theme_options",
    "WITH_FUTURE_DATES": "posts are drafts until their date; status: published says otherwise",
    "JINJA_FILTERS": "pages are no templates here",
}


#: What Pelican tells versions of one text by.
_TRANSLATION_IDS = ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID")
#: Settings that become something.
_CARRIED = frozenset(
    "SITENAME AUTHOR SITEURL PATH DEFAULT_LANG PAGE_PATHS PAGE_EXCLUDES ARTICLE_PATHS "
    "ARTICLE_EXCLUDES STATIC_PATHS EXTRA_PATH_METADATA THEME THEME_STATIC_DIR DEFAULT_METADATA "
    "DEFAULT_CATEGORY USE_FOLDER_AS_CATEGORY FILENAME_METADATA PATH_METADATA SLUGIFY_SOURCE "
    "SLUGIFY_USE_UNICODE SLUGIFY_PRESERVE_CASE FEED_ATOM FEED_RSS PLUGINS MARKDOWN "
    "DIRECT_TEMPLATES PAGINATED_TEMPLATES PAGINATION_PATTERNS DEFAULT_PAGINATION "
    "DEFAULT_ORPHANS TIMEZONE".split()
)
#: The same, by parts of their names.
_CARRIED_PARTS = ("_SAVE_AS", "_SUBSTITUTIONS", "_FEED_", "FEED_ALL_")


def _is_carried(name: str) -> bool:
    return name in _CARRIED or any(part in name for part in _CARRIED_PARTS)


def gaps_of_settings(settings: Settings) -> Iterator[Gap]:
    """Return what the settings ask for that isn't carried over."""
    others: list[Unread] = []
    for unread in settings.unread:
        place = f"{unread.file}:{unread.line}" if unread.line else unread.file
        if unread.name in _OUTPUT:
            yield Gap(f"{unread.name} isn't understood", place, _OUTPUT[unread.name])
        elif _is_carried(unread.name):
            hint = f"it {unread.why}; look for what it becomes, and write that into conf.py"
            if unread.name in settings.values:
                hint = f"some of it {unread.why}; the rest is carried over"
            yield Gap(f"{unread.name} isn't understood", place, hint)
        elif not unread.name:
            yield Gap(f"{unread.file} isn't understood", place, f"it {unread.why}")
        else:
            others.append(unread)
    if others:
        names = _some(list(dict.fromkeys(shown(one.name) for one in others)))
        place = f"{others[0].file}:{others[0].line}"
        yield Gap(f"not understood: {names}", place, "nothing to do: nothing here reads it")
    for name, hint in _OUTPUT.items():
        if settings.get(name, None, object):
            yield Gap(name, settings.place(name), hint)
    for name in _TRANSLATION_IDS:
        if name in settings.values and settings.values[name].value != "slug":
            hint = "here pages of one slug, in several languages, are versions of one another"
            yield Gap(name, settings.place(name), hint)
    yield from _named("plugin", "PLUGINS", settings.texts("PLUGINS"), _PLUGINS, settings)
    yield from _named("Markdown extension", "MARKDOWN", _markdown(settings), _MARKDOWN, settings)
    pages = set(settings.texts("DIRECT_TEMPLATES")) - {*_LISTS, "index", "blog", "404"}
    for page in sorted(pages):
        hint = "a template made it: write a page where something links to it"
        yield Gap(f"{shown(page)}.html", settings.place("DIRECT_TEMPLATES"), hint)


def _named(
    what: str, setting: str, names: Iterable[str], hints: dict[str, str], settings: Settings
) -> Iterator[Gap]:
    by_hint: dict[str, list[str]] = {}
    for name in names:
        short = name.rpartition(".")[2].lower()
        whole = name.lower() if what == "plugin" else short
        known = next((hint for part, hint in hints.items() if part in whole), "")
        if not known and what != "plugin":
            known = "its syntax stays as text; see the manual's page on Markdown"
        hint = known or "not carried over; see whether Sphinx has an extension for it"
        by_hint.setdefault(hint, []).append(shown(name.removeprefix("markdown.extensions.")))
    for hint, alike in by_hint.items():
        yield Gap(
            f"{what}{'s' * (len(alike) > 1)} {', '.join(alike)}", settings.place(setting), hint
        )


def _markdown(settings: Settings) -> list[str]:
    """Return the Markdown extensions that aren't read as Python-Markdown reads them."""
    value = settings.get("MARKDOWN", {}, dict)
    configs = value.get("extension_configs", {})
    names = [*configs] if isinstance(configs, dict) else []
    listed = value.get("extensions", [])
    names += listed if isinstance(listed, list | tuple) else []
    texts = dict.fromkeys(name for name in names if isinstance(name, str))
    return [name for name in texts if name.rpartition(".")[2].lower() not in _READ]


def _some(names: list[str]) -> str:
    more = len(names) - 2
    return ", ".join(names[:2]) + (f" and {more} more" if more > 0 else "")
