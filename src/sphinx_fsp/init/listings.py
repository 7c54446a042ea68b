"""The listings of a Pelican site: a document for each kind, and redirects from their addresses.

Pure functions. Sources: ``ArticlesGenerator``, ``Writer.write_file``, ``Paginator`` and
``DEFAULT_CONFIG`` of Pelican.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sphinx_fsp.init.addresses import ARTICLE, Old, filled
from sphinx_fsp.init.found import Listing
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.init.slugs import slugs_of
from sphinx_fsp.source.catalogue import RESERVED, Page
from sphinx_fsp.source.groups import AUTHOR, CATEGORY, MONTH, TAG, YEAR, group_pages
from sphinx_fsp.source.names import authors_of, name_key, tags_of
from sphinx_fsp.source.posts import Selection, select_pages
from sphinx_fsp.source.slugs import slug_fault

#: Templates that have a page of their own when the settings don't say.
_TEMPLATES = ("index", "tags", "categories", "authors", "archives")
#: Those of these kinds have a page for each name.
_LISTS = {CATEGORY: "categories", TAG: "tags", AUTHOR: "authors"}
#: Archives of a part of the date, by the length of that part.
_PERIODS = {"YEAR_ARCHIVE_SAVE_AS": 4, "MONTH_ARCHIVE_SAVE_AS": 7, "DAY_ARCHIVE_SAVE_AS": 10}
_PAGINATED = ("index", "tag", "category", "author")
_PATTERNS = ((1, "", "{name}{extension}"), (2, "", "{name}{number}{extension}"))
_FRONT = "/"


class Listings(NamedTuple):
    """The listings of the new site, and where the addresses of the old ones lead."""

    documents: tuple[Listing, ...]
    rules: tuple[tuple[str, str], ...]

    @property
    def docnames(self) -> set[str]:
        """The docnames of the documents."""
        return {listing.docname for listing in self.documents}


def listings_of(
    old: Iterable[Old],
    pages: Iterable[Page],
    settings: Settings,
    author: str,
    taken: Iterable[str],
    files: Iterable[str],
) -> Listings:
    """Return the listings of a site.

    :param old: its pages, as Pelican has them
    :param pages: the same, as they are now
    :param author: who wrote what names nobody in its header
    :param taken: docnames of all documents
    :param files: paths of all sources, which stay as they are
    """
    articles = [
        one.page
        for one in old
        if one.kind == ARTICLE and not (one.page.hidden or one.page.is_translation)
    ]
    posts = select_pages(pages, Selection())
    stems = {posixpath.splitext(path)[0] for path in files}
    planner = _Planner(articles, posts, settings, author, {*taken, "index"}, stems)
    return planner.listings()


class _Planner:
    def __init__(
        self,
        articles: list[Page],
        posts: tuple[Page, ...],
        settings: Settings,
        author: str,
        taken: set[str],
        files: set[str],
    ) -> None:
        self.articles = articles
        self.posts = posts
        self.settings = settings
        self.author = author
        self.taken = taken
        self.files = files
        self.documents: list[Listing] = []
        self.rules: list[tuple[str, str]] = []

    def listings(self) -> Listings:
        if self.articles:
            archives = self._archives()
            for kind in _LISTS:
                self._names(kind, archives or _FRONT)
            self._index()
        return Listings(tuple(self.documents), tuple(self.rules))

    def _archives(self) -> str:
        """Plan the archives; return their address, or an empty text where there are none."""
        periods = {name: self._said(name) for name in _PERIODS}
        by_month = periods["MONTH_ARCHIVE_SAVE_AS"] or periods["DAY_ARCHIVE_SAVE_AS"]
        kind = MONTH if by_month else YEAR
        is_listed = self._save_as("archives") != ""
        here, places = self._document("archives", kind, wanted=is_listed or any(periods.values()))
        if is_listed:
            self._lead(self._save_as("archives"), here or _FRONT, len(self.articles), "archives")
        for name, length in _PERIODS.items():
            dates = [page.date for page in self.articles if page.date]
            days = {date[:length]: date for date in dates}
            for period, count in Counter(date[:length] for date in dates).items():
                pattern = filled(periods[name], {}, days[period]) if periods[name] else ""
                near = (k for k in places if k.startswith(period) or (k and period.startswith(k)))
                target = places.get(next(near, ""), here or _FRONT)
                self._lead(pattern, target, count, "period_archives")
        return here

    def _names(self, kind: str, otherwise: str) -> None:
        """Plan the listing of all categories, tags or authors, and lead on those of each."""
        pattern = self._said(f"{kind.upper()}_SAVE_AS", f"{kind}/{{slug}}.html")
        names = [name for page in self.articles for name in self._names_of(page, kind)]
        plural = _LISTS[kind]
        is_listed = self._save_as(plural) != ""
        here, places = self._document(plural, kind, wanted=is_listed or bool(pattern and names))
        here = here or otherwise
        if is_listed:
            self._lead(self._save_as(plural), here, len(self.articles), plural)
        slugs = slugs_of(self.settings, kind)
        by_name = {name: slugs.of(name) for name in names}
        counts = Counter(by_name[name] for name in names)
        for name, slug in by_name.items():
            address = pattern.replace("{slug}", slug).replace("{name}", name)
            target = places.get(name_key(name), here)
            self._lead(address, target, counts[slug], kind)

    def _names_of(self, page: Page, kind: str) -> tuple[str, ...]:
        if kind == CATEGORY:
            return (page.header.get("category"),)
        if kind == TAG:
            return tags_of(page)
        return authors_of(page) or ((self.author,) if self.author else ())

    def _index(self) -> None:
        """Plan the list of all posts where it isn't the front page, and lead on its pages."""
        docname, here = self._docname("index"), _FRONT
        if docname != "index" and docname in self.taken:
            here = f"/{docname}.html"
        elif docname not in {*self.taken, *self.files} and self.posts:
            self.documents.append(Listing(docname, "Posts", ""))
            here = f"/{docname}.html"
        self._lead(self._save_as("index"), here, len(self.articles), "index")

    def _document(self, name: str, kind: str, *, wanted: bool) -> tuple[str, dict[str, str]]:
        """Plan a listing; return its address, and those of its groups by their keys.

        Both are empty where there is none. A document of its name that is there already stays.
        """
        docname = self._docname(name)
        address = f"/{docname}.html"
        if docname in self.taken:
            return address, {}
        groups = group_pages(self.posts, kind, self.author, {name})
        if not wanted or not groups or docname in self.files:
            return "", {}
        self.documents.append(Listing(docname, name.capitalize(), kind))
        self.taken.add(docname)
        return address, {group.key: f"{address}#{group.id}" for group in groups}

    def _docname(self, name: str) -> str:
        """Return the docname of a listing: at its old address, if that can be one."""
        save_as = self._save_as(name)
        docname = save_as.removesuffix(".html")
        is_sound = docname != save_as and not slug_fault(docname) and docname not in RESERVED
        return docname if is_sound else name

    def _save_as(self, template: str) -> str:
        """Return the file of a template, relative to the site's root, or an empty text."""
        if template not in self.settings.texts("DIRECT_TEMPLATES", _TEMPLATES):
            return ""
        return self._said(f"{template.upper()}_SAVE_AS", f"{template}.html").strip("/")

    def _said(self, name: str, default: str = "") -> str:
        """Return a setting that is a text; an empty one where it is turned off."""
        value = self.settings.values.get(name)
        if value and not value.value:
            return ""
        return str(self.settings.get(name, default))

    def _lead(self, save_as: str, target: str, count: int, template: str) -> None:
        """Lead all pages of a listing on.

        :param count: how many articles it lists
        """
        if not save_as or set("{}") & set(save_as):
            return
        for name in paginated(save_as, count, template, self.settings):
            folder = name.removesuffix("index.html") if name.endswith("/index.html") else name
            address = "/" + folder.lstrip("/")
            if address not in {"/index.html", target.partition("#")[0]}:
                self.rules.append((address, target))


def paginated(save_as: str, count: int, template: str, settings: Settings) -> Iterator[str]:
    """Yield the files of a listing, all of its pages.

    >>> list(paginated("tag/moon.html", 5, "tag", Settings({})))
    ['tag/moon.html']

    :param count: how many articles it lists
    """
    old = dict.fromkeys(settings.texts("PAGINATED_DIRECT_TEMPLATES", _PAGINATED[:1]))
    default = old | dict.fromkeys(_PAGINATED[1:])
    templates: Mapping[str, object] = settings.get("PAGINATED_TEMPLATES", default, dict)
    if template not in templates:
        yield save_as
        return
    size = templates[template] or settings.get("DEFAULT_PAGINATION", 0, int)
    size = size if isinstance(size, int) and size > 0 else 0
    orphans = settings.get("DEFAULT_ORPHANS", 0, int)
    number = -(-max(1, count - orphans) // size) if size else 1
    stem, extension = posixpath.splitext(save_as)
    folder, file = posixpath.split(save_as)
    values = {
        "save_as": save_as,
        "name": stem,
        "base_name": folder if file in {"index.htm", "index.html"} else stem,
        "extension": extension,
    }
    patterns = _patterns(settings)
    for page in range(1, number + 1):
        pattern = _pattern(patterns, page, is_last=page == number)
        name = pattern.replace("{number}", str(page))
        for key, value in values.items():
            name = name.replace(f"{{{key}}}", value)
        if name and not set("{}") & set(name):
            yield name.removeprefix("/")


def _patterns(settings: Settings) -> list[tuple[int, str]]:
    """Return the patterns of pages: the first that each is for, and the file."""
    said = settings.get("PAGINATION_PATTERNS", _PATTERNS, (list, tuple))
    rules = [r for r in said if isinstance(r, list | tuple) and len(r) == 3]
    return sorted(
        ((r[0], r[2]) for r in rules if isinstance(r[0], int) and isinstance(r[2], str)),
        key=lambda rule: rule[0],
    )


def _pattern(patterns: Iterable[tuple[int, str]], page: int, *, is_last: bool) -> str:
    found = ""
    for first, pattern in patterns:
        if first == -1:
            if is_last:
                return pattern
        elif first <= page:
            found = pattern
    return found
