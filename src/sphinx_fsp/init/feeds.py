"""The feeds of a Pelican site, as `fsp_feeds` names them. Pure functions."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_fsp.init.found import Fact, Gap, shown
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.source.feeds import format_of, is_feed_path
from sphinx_fsp.source.groups import AUTHOR, CATEGORY, LANGUAGE, TAG

#: The settings, what Pelican makes when they don't say, and what each is for.
_SETTINGS = (
    ("FEED_ALL_ATOM", "feeds/all.atom.xml", ""),
    ("FEED_ATOM", "", ""),
    ("FEED_ALL_RSS", "", ""),
    ("FEED_RSS", "", ""),
    ("CATEGORY_FEED_ATOM", "feeds/{slug}.atom.xml", CATEGORY),
    ("CATEGORY_FEED_RSS", "", CATEGORY),
    ("AUTHOR_FEED_ATOM", "feeds/{slug}.atom.xml", AUTHOR),
    ("AUTHOR_FEED_RSS", "feeds/{slug}.rss.xml", AUTHOR),
    ("TAG_FEED_ATOM", "", TAG),
    ("TAG_FEED_RSS", "", TAG),
    ("TRANSLATION_FEED_ATOM", "feeds/all-{lang}.atom.xml", LANGUAGE),
    ("TRANSLATION_FEED_RSS", "", LANGUAGE),
)


class Feeds(NamedTuple):
    """The feeds of a site, and what is to be told of them."""

    paths: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


def feeds_of(settings: Settings) -> Feeds:
    """Return the feeds of a site with these settings.

    >>> feeds_of(Settings({})).paths[:3]
    ('feeds/all.atom.xml', 'feeds/{category}.atom.xml', 'feeds/{author}.atom.xml')
    """
    paths: list[str] = []
    facts: list[Fact] = []
    gaps: list[Gap] = []
    for name, default, kind in _SETTINGS:
        is_said = name in settings.values
        said = settings.get(name, "") if is_said else default
        if not said:
            continue
        # Older settings have %s.
        mark = f"{{{kind}}}" if kind else ""
        path = said.strip("/").replace("{slug}", mark).replace("%s", mark)
        wanted = "rss" if name.endswith("RSS") else "atom"
        if is_feed_path(path) and format_of(path) == wanted:
            paths.append(path)
            if is_said:
                facts.append(Fact(name, shown(said), settings.place(name), "fsp_feeds"))
        else:
            hint = "no feed can have this name; lead its address on in redirects.csv"
            gaps.append(Gap(f"{name} {shown(said)}", settings.place(name), hint))
    return Feeds(tuple(dict.fromkeys(paths)), tuple(facts), tuple(gaps))
