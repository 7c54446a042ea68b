"""A Pelican site: what its settings and its folder say. Nothing of it is run."""

from __future__ import annotations

import posixpath
from typing import Any

from sphinx_fsp.init import redirects
from sphinx_fsp.init.addresses import PELICAN_SUFFIXES, SUFFIXES, Old, old_pages, plan_permalinks
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
    relative,
    shown,
    web_address,
)
from sphinx_fsp.init.hints import gaps_of_settings
from sphinx_fsp.init.listings import listings_of
from sphinx_fsp.init.look import Folder, excluded, is_excluded
from sphinx_fsp.init.settings import Settings, read_settings
from sphinx_fsp.source.catalogue import SourceFile
from sphinx_fsp.source.front_matter import read_header

#: In the order in which they count: the first has the last word.
SETTINGS = ("publishconf.py", "pelicanconf.py", "settings.py")
NEXT_STEPS = ("next-steps.yml", "next-steps.yaml")


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
        names = folder.below(content)
        exclude = excluded(folder, content, self.settings.get("THEME", ""))
        sources = tuple(
            n for n in names if n.endswith((*SUFFIXES, ".rst")) and not is_excluded(n, exclude)
        )
        texts = {n: folder.text(posixpath.join(content, n)) for n in sources}
        files = [SourceFile(n, texts[n]) for n in sources if n.endswith(SUFFIXES)]
        documents = tuple(
            posixpath.splitext(n)[0]
            for n in sources
            if n.endswith(".rst") or read_header(texts[n]) is None
        )
        name = self._text("SITENAME", "project") or "A guide"
        author = self._text("AUTHOR", "author")
        url = web_address(self._text("SITEURL", "html_baseurl"))
        if not url:
            hint = "set html_baseurl in conf.py: links to the full address are then known as links"
            self.gaps.append(Gap("no SITEURL with https://", settings.place("SITEURL"), hint))
        language = language_code(self.settings.get("DEFAULT_LANG", ""))
        self._text("DEFAULT_LANG", "language" if language else "the default")
        plan = plan_permalinks(files, settings, documents)
        self._say_addresses(plan.permalinks)
        self._about_pages(old := old_pages(files, settings), names, plan.moved)
        feeds = feeds_of(settings)
        self.facts += feeds.facts
        self.gaps += feeds.gaps
        static = self._static("\n".join(texts.values()))
        found_stubs = self._stubs(static)
        extra = self._extra({rule.path for rule in found_stubs})
        aliases = dict(redirects.of_headers(texts.items(), ("alias", "aliases")))
        new = {page.path: f"/{page.docname}.html" for page in plan.pages}
        pairs = [(rule.source, rule.target) for rule in found_stubs]
        pairs += [(old, new[path]) for old, path in aliases.items() if path in new]
        pairs += [(f"/{old}.html", f"/{now}.html") for old, now, _ in plan.moved]
        taken = {page.docname for page in plan.pages} | set(documents)
        listings = listings_of(old, plan.pages, settings, author, taken, sources)
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
            feeds=feeds.paths,
            static=tuple(relative(path, content) for path in static),
            extra=tuple(relative(path, content) for path in extra),
            exclude=exclude,
            redirects=relative(there, content) if there else "",
            next_steps=relative(steps, content) if steps else "",
            rules=tuple(rules),
            listings=listings.documents,
            pages=plan.pages,
            documents=documents,
            linked=links_of(texts.values(), url),
            sources=sources,
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

    def _say_addresses(self, permalinks: Any) -> None:
        for name in ("PAGE_SAVE_AS", "ARTICLE_SAVE_AS"):
            if value := self.settings.get(name, ""):
                becomes = "fsp_permalinks" if permalinks else "the default"
                self.facts.append(Fact(name, shown(value), self.settings.place(name), becomes))
        for name in ("PAGE_PATHS", "ARTICLE_PATHS"):
            if value := self.settings.texts(name):
                place = self.settings.place(name)
                self.facts.append(Fact(name, shown(list(value)), place, "as they are"))

    def _about_pages(
        self, old: list[Old], names: tuple[str, ...], moved: tuple[tuple[str, str, str], ...]
    ) -> None:
        place = posixpath.join(self.content, "")
        lacking = [one for one in old if one.kind == "article" and not one.has_category]
        if lacking:
            what = _count(lacking, "article") + " without category"
            hint = "add a line category: to each: lists of posts leave out what has none"
            self.gaps.append(Gap(what, place + lacking[0].page.path, hint))
        if unknown := [one for one in old if not one.address]:
            what = _count(unknown, "page") + " of unknown address"
            hint = "compare it after the first build; save_as: in the header sets it"
            self.gaps.append(Gap(what, place + unknown[0].page.path, hint))
        for before, now, path in moved:
            hint = f"it is now /{now}.html, and the old address leads there"
            self.gaps.append(Gap(f"address /{before}.html", place + path, hint))
        mark = PELICAN_SUFFIXES[1:3]
        for endings, what, hint in (
            ((".rst",), "in reStructuredText", "an ordinary document, under the path of its file"),
            ((".html", ".htm"), "in HTML", "not read; pandoc -t gfm makes Markdown of it"),
            (mark, "with another ending", "rename it to .md"),
        ):
            if found := [n for n in names if n.endswith(endings) and not self._is_file(n)]:
                self.gaps.append(Gap(_count(found, "page") + f" {what}", place + found[0], hint))

    def _is_file(self, name: str) -> bool:
        """Tell whether a file of the content folder is published as it is, or is a stub."""
        folders = (*self.settings.texts("STATIC_PATHS", ("images",)), "redirects", "extra")
        return any(name == f or name.startswith(f"{f}/") for f in folders)

    def _theme(self) -> str:
        """Return the folder of the theme's files, or an empty text."""
        path = inside(self.settings.get("THEME", "\0"))
        return f"{path}/static" if path and self.folder.has_folder(f"{path}/static") else ""

    def _static(self, text: str) -> list[str]:
        """Return the folders that are published at the root, relative to the project."""
        found = ["static"] if self.content != "static" and self.folder.has_folder("static") else []
        theme = self._theme()
        at = self.settings.get("THEME_STATIC_DIR", "theme").strip("./")
        if value := self.settings.get("THEME", ""):
            place = self.settings.place("THEME")
            if theme and not at:
                found.append(theme)
                self.facts.append(Fact("THEME", shown(value), place, "fsp_static_path"))
            else:
                self.facts.append(Fact("THEME", shown(value), place, 'html_theme = "sphinx_fsp"'))
                self._theme_images(theme, at, text)
        if "static" in found:
            self.facts.append(Fact("static files", "static", "", "fsp_static_path"))
        for path in self.settings.texts("STATIC_PATHS", ("images",)):
            place = self.settings.place("STATIC_PATHS")
            whole = inside(posixpath.join(self.content, path or "."))
            if whole and redirects.are_stubs(self.folder, whole):
                continue
            if whole is None:
                hint = "it leads out of the project; copy what pages use into static"
                self.gaps.append(Gap(f"STATIC_PATHS {shown(path)}", place, hint))
            elif whole != self.content and whole.startswith(posixpath.join(self.content, "")):
                if self.folder.has_folder(whole) and not self._only_extra(path):
                    new = f"static/{posixpath.normpath(path)}"
                    hint = (
                        f"its images are shown; to keep their addresses, move it to {new} and "
                        'add fsp_static_path = ["../static"] to conf.py'
                    )
                    self.gaps.append(Gap(f"files of {shown(path)}", place, hint))
            elif whole and self.folder.has_folder(whole) and whole not in found:
                found.append(whole)
                self.facts.append(Fact("STATIC_PATHS", shown(path), place, "fsp_static_path"))
        return found

    def _theme_images(self, theme: str, at: str, text: str) -> None:
        names = self.folder.below(theme) if theme and f"/{at}/" in text else ()
        if used := [name for name in names if f"/{at}/{name}" in text]:
            hint = f"pages show it: copy it to static/{at}/{used[0]}"
            self.gaps.append(Gap(_count(used, "file") + " of the theme", theme, hint))

    def _only_extra(self, path: str) -> bool:
        """Tell whether all files of a static folder have a place of their own."""
        whole = posixpath.join(self.content, path)
        names = {posixpath.join(path, name) for name in self.folder.below(whole)}
        return names <= {*self.settings.get("EXTRA_PATH_METADATA", {}, dict)}

    def _extra(self, stubs: set[str]) -> list[str]:
        """Return the files that Sphinx publishes at the root, under their own name."""
        found = []
        for path, value in self.settings.get("EXTRA_PATH_METADATA", {}, dict).items():
            at = value.get("path") if isinstance(value, dict) else None
            whole = inside(posixpath.join(self.content, path)) if isinstance(path, str) else None
            if (
                not isinstance(at, str)
                or whole is None
                or not self.folder.has(whole)
                or whole in stubs
            ):
                continue
            place = self.settings.place("EXTRA_PATH_METADATA")
            if at.strip("/") == posixpath.basename(path):
                found.append(whole)
                self.facts.append(Fact(posixpath.basename(path), path, place, "html_extra_path"))
            elif not path.endswith((".html", ".htm")):
                hint = f"copy it to static/{shown(at)} to keep its address"
                self.gaps.append(Gap(f"file {shown(path)}", place, hint))
        return found

    def _stubs(self, static: list[str]) -> list[Any]:
        published: dict[str, str] = {}
        for path, value in self.settings.get("EXTRA_PATH_METADATA", {}, dict).items():
            at = value.get("path") if isinstance(value, dict) else None
            if isinstance(path, str) and isinstance(at, str):
                published[posixpath.join(self.content, path)] = at
        for path in self.settings.texts("STATIC_PATHS", ("images",)):
            whole = inside(posixpath.join(self.content, path))
            if whole and whole not in static and inside(path):
                published[whole] = posixpath.normpath(path)
        found = redirects.stubs(self.folder, self.content, published)
        if found:
            becomes = "fsp_redirects"
            self.facts.append(Fact("redirect pages", str(len(found)), found[0].path, becomes))
        return found


def _count(things: list[Any], name: str) -> str:
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"
