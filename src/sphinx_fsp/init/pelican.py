"""A Pelican site: what its settings and its folder say. Nothing of it is run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from sphinx_fsp.init import redirects
from sphinx_fsp.init.addresses import (
    ARTICLE,
    DEFAULT_PERMALINKS,
    PAGE,
    PELICAN_SUFFIXES,
    Old,
    Plan,
    as_permalink,
    kind_of,
    old_pages,
    plan_permalinks,
)
from sphinx_fsp.init.attached import attached
from sphinx_fsp.init.feeds import feeds_of
from sphinx_fsp.init.found import (
    PELICAN,
    Fact,
    Found,
    Gap,
    inside,
    language_code,
    links_of,
    plain,
    public_address,
    relative,
    shown,
)
from sphinx_fsp.init.headers import said_by_paths
from sphinx_fsp.init.hints import gaps_of_settings
from sphinx_fsp.init.listings import listings_of
from sphinx_fsp.init.look import Folder, as_pattern, excluded
from sphinx_fsp.init.settings import Settings, read_settings
from sphinx_fsp.init.sources import (
    NEXT_STEPS,
    RST,
    Sources,
    count,
    gaps_of_text,
    read_sources,
)
from sphinx_fsp.init.static import names_file, static_of
from sphinx_fsp.source.catalogue import build_catalogue
from sphinx_fsp.source.front_matter import read_header
from sphinx_fsp.source.metadata import PathMetadata

#: What an earlier run asked for, in conf.py.
_BASE = re.compile(r"^html_baseurl\s*=.*https?://\w", re.MULTILINE)
#: In the order in which they count: the first has the last word.
SETTINGS = ("publishconf.py", "pelicanconf.py", "settings.py")


def is_pelican(folder: Folder) -> bool:
    """Tell whether a folder has Pelican's settings."""
    return bool(_files(folder))


def _files(folder: Folder) -> list[str]:
    """Return the settings files, the one that counts most first."""
    found = [name for name in SETTINGS[:2] if folder.has(name)]
    # Others have a file of this name, too.
    other = SETTINGS[2]
    is_ours = not found and folder.has(other) and "SITENAME" in folder.text(other)
    return [other] if is_ours else found


def read_all(folder: Folder) -> Settings:
    """Read all settings: those for publishing go before those for trying out."""
    found = Settings({})
    for name in reversed(_files(folder)):
        if name not in found.files:
            more = read_settings(name, folder.python)
            found = Settings(
                {**found.values, **more.values},
                tuple(dict.fromkeys((*found.unread, *more.unread))),
                tuple(dict.fromkeys((*found.files, *more.files))),
            )
    return found


def find(folder: Folder, settings: Settings) -> Found:
    """Return what is known of a Pelican site."""
    return _Finder(folder, settings).found()


class _Finder:
    def __init__(self, folder: Folder, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.facts: list[Fact] = []
        self.gaps: list[Gap] = list(gaps_of_settings(settings))
        self.content = self._content()

    def found(self) -> Found:
        folder, settings, content = self.folder, self.settings, self.content
        exclude = excluded(folder, content, self.settings.get("THEME", ""))
        sources = read_sources(folder, content, exclude)
        name = self._text("SITENAME", "project") or "A guide"
        author = self._text("AUTHOR", "author")
        url = self._url()
        language = language_code(self.settings.get("DEFAULT_LANG", ""))
        self._text("DEFAULT_LANG", "language" if language else "the default")
        said = said_by_paths(sources.markdown, settings)
        left = self._left_alone(sources, said.metadata)
        exclude += left
        sources = sources.without(left)
        documents = sources.documents(said.metadata)
        plan = plan_permalinks(sources.markdown, settings, documents, said.metadata)
        self.facts += said.facts
        self.gaps += said.gaps
        self._say_addresses(plan)
        old = old_pages(sources.markdown, settings, plan.metadata)
        self._about_pages(sources, plan, old)
        feeds = feeds_of(settings)
        static = static_of(folder, settings, content, "\n".join(sources.texts.values()))
        linked = attached(old, sources.texts, folder, content, static.places, static.extra)
        for part in (feeds, static, linked):
            self.facts += part.facts
            self.gaps += part.gaps
        aliases = redirects.of_headers(sources.texts.items(), ("alias", "aliases"))
        new = {page.path: f"/{page.docname}.html" for page in plan.pages}
        pairs = [(rule.source, rule.target) for rule in static.stubs]
        pairs += [(alias, new[path]) for alias, path in aliases if path in new]
        pairs += [(f"/{before}.html", f"/{now}.html") for before, now, _ in plan.moved]
        pairs += [
            (f"/{one.address}.html", f"/{posixpath.splitext(one.page.path)[0]}.html")
            for one in old_pages(sources.headers_of_rst, settings, said.metadata)
            if one.address
        ]
        taken = {page.docname for page in plan.pages} | set(documents)
        listings = listings_of(old, plan.pages, settings, author, taken, sources.names)
        rules = redirects.sound([*pairs, *listings.rules], taken | listings.docnames)
        there = redirects.find_file(folder, content)
        if there:
            self.facts.append(Fact("redirects", there, "", "fsp_redirects"))
            rules = redirects.missing(rules, folder.text(there))
        steps = next((n for n in NEXT_STEPS if folder.has(n)), "")
        if steps:
            self.facts.append(Fact("next steps", steps, "", "fsp_next_steps"))
        return Found(
            kind=PELICAN,
            content=content,
            name=name,
            author=author,
            url=url,
            language=language,
            permalinks=plan.permalinks,
            lang_permalinks=plan.lang_permalinks,
            metadata=plan.metadata,
            feeds=feeds.paths,
            static={relative(path, content): at for path, at in linked.places.items()},
            extra=tuple(relative(path, content) for path in static.extra),
            exclude=exclude,
            redirects=relative(there, content) if there else "",
            next_steps=relative(steps, content) if steps else "",
            rules=tuple(rules),
            listings=listings.documents,
            limit=max(0, settings.get("DEFAULT_PAGINATION", 0, int)),
            pages=plan.pages,
            documents=documents,
            linked=links_of(sources.texts.values(), url),
            sources=sources.names,
            facts=tuple(self.facts),
            gaps=tuple(self.gaps),
        )

    def _content(self) -> str:
        value = self.settings.get("PATH", None)
        path = inside(value) if value is not None else None
        if value is not None and path is None:
            hint = "it leads out of the project; the folder content is taken, if there is one"
            self.gaps.append(Gap(f"PATH {shown(value)}", self.settings.place("PATH"), hint))
        if path is None or not self.folder.has_folder(path):
            path = "content" if self.folder.has_folder("content") else ""
        place = self.settings.place("PATH")
        self.facts.append(Fact("PATH", path or ".", place, "the folder of conf.py"))
        return path

    def _text(self, name: str, becomes: str) -> str:
        value = self.settings.get(name, "")
        if value:
            self.facts.append(Fact(name, shown(value), self.settings.place(name), becomes))
        return plain(value)

    def _url(self) -> str:
        said = self.settings.get("SITEURL", "")
        url = public_address(said)
        if url:
            self._text("SITEURL", "html_baseurl")
        elif not _BASE.search(self.folder.text(posixpath.join(self.content, "conf.py"))):
            what = f"SITEURL {shown(said)}" if said else "no SITEURL with https://"
            hint = "set html_baseurl in conf.py: feeds need it, and links to the full address are "
            hint += "then known as links"
            self.gaps.append(Gap(what, self.settings.place("SITEURL"), hint))
        return url

    def _left_alone(self, sources: Sources, metadata: PathMetadata) -> tuple[str, ...]:
        """Return patterns for what Pelican doesn't publish, and Sphinx would."""
        settings = self.settings
        files = [*sources.markdown, *sources.headers_of_rst]
        # What lies beside the folders of pages and articles, and has a header all the same.
        headed = [file for file in files if read_header(file.text, {"category": PAGE})]
        left = [f.path for f in headed if not kind_of(f.path, settings)]
        left = [path for path in left if posixpath.splitext(path)[0] != "index"]
        place = posixpath.join(self.content, "")
        if left:
            what = f"{count(left, 'file')} that Pelican leaves alone"
            self.gaps.append(Gap(what, place + left[0], "in exclude_patterns, so Sphinx does, too"))
        # Markdown has its drafts left out by sphinx_fsp itself.
        catalogue = build_catalogue(sources.headers_of_rst, {}, (RST,), (), metadata)
        drafts = [path for path in catalogue.drafts if path not in left]
        if drafts:
            what = f"{count(drafts, 'draft')} in reStructuredText"
            self.gaps.append(Gap(what, place + drafts[0], "in exclude_patterns"))
        return tuple(as_pattern(path) for path in sorted({*left, *drafts}))

    def _say_addresses(self, plan: Plan) -> None:
        for kind in ("PAGE", "ARTICLE"):
            becomes = "fsp_permalinks" if plan.permalinks else "the default"
            self._say_address(f"{kind}_SAVE_AS", plan.permalinks or DEFAULT_PERMALINKS, becomes)
            if plan.lang_permalinks:
                name = f"{kind}_LANG_SAVE_AS"
                self._say_address(name, plan.lang_permalinks, "fsp_lang_permalinks")
        for name in ("PAGE_PATHS", "ARTICLE_PATHS"):
            place = self.settings.place(name)
            inner = []
            for path in self.settings.texts(name):
                if inside(path) is None:
                    hint = f"it is outside of {self.content or 'the folder'}, and isn't read: "
                    hint += "move its pages into that"
                    self.gaps.append(Gap(f"{name} {shown(path)}", place, hint))
                else:
                    inner.append(path)
            if inner:
                self.facts.append(Fact(name, shown(inner), place, "as they are"))

    def _say_address(self, name: str, permalinks: Mapping[str, str], becomes: str) -> None:
        if value := self.settings.get(name, ""):
            if as_permalink(value) not in permalinks.values():
                becomes = "kept page by page"
            self.facts.append(Fact(name, shown(value), self.settings.place(name), becomes))

    def _about_pages(self, sources: Sources, plan: Plan, old: list[Old]) -> None:
        place = posixpath.join(self.content, "")
        if plan.drafts:
            self.facts.append(Fact("drafts", str(plan.drafts), "", "left out, as in Pelican"))
        if unknown := [one for one in old if not one.address]:
            what = count(unknown, "page") + " of unknown address"
            hint = "compare it after the first build; save_as: in the header sets it"
            self.gaps.append(Gap(what, place + unknown[0].page.path, hint))
        undated = [one for one in old if one.kind == ARTICLE and not one.page.date]
        if undated:
            what = count(undated, "article") + " without date"
            hint = "add a line date: to each: lists of posts and feeds leave out what has none"
            self.gaps.append(Gap(what, place + undated[0].page.path, hint))
        for before, now, path in plan.moved:
            hint = f"it is now /{now}.html, and the old address leads there"
            self.gaps.append(Gap(f"address /{before}.html", place + path, hint))
        self.gaps += gaps_of_text(sources, self.content, plan.metadata)
        ordinary = (
            "ordinary documents, under the paths of their files; the old addresses lead there, "
            "and {filename} isn't resolved in them"
        )
        for endings, what, hint in (
            ((RST,), "in reStructuredText", ordinary),
            ((".html", ".htm"), "in HTML", "not read; pandoc -t gfm makes Markdown of it"),
            (PELICAN_SUFFIXES[1:3], "with another ending", "rename it to .md"),
        ):
            names = sources.names if endings == (RST,) else self.folder.below(self.content)
            if found := [
                n for n in names if n.endswith(endings) and not names_file(n, self.settings)
            ]:
                self.gaps.append(Gap(count(found, "page") + f" {what}", place + found[0], hint))
