"""The files of a Pelican site that are no pages: where they lie, and where they are published."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sphinx_fsp.init import redirects
from sphinx_fsp.init.found import Fact, Gap, inside, shown
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.init.sources import DOCUMENTS, count
from sphinx_fsp.source.redirects import Rule
from sphinx_fsp.source.slugs import slug_fault


class Static(NamedTuple):
    """Files that are published as they are; paths relative to the project."""

    #: Addresses by the folder or file that is published there; an empty one is the root.
    places: Mapping[str, str] = {}
    #: Files that are published at the root, under their own name.
    extra: tuple[str, ...] = ()
    #: Of redirect pages.
    stubs: tuple[Rule, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


def static_of(folder: Folder, settings: Settings, content: str, text: str) -> Static:
    """Return the files of a site.

    :param content: the folder of the pages
    :param text: that of all pages, to see what they show
    """
    finder = _Finder(folder, settings, content)
    places = finder.folders(text)
    stubs = finder.stubs(places)
    extra = finder.at_root({rule.path for rule in stubs}, places)
    return Static(places, tuple(extra), tuple(stubs), tuple(finder.facts), tuple(finder.gaps))


def names_file(name: str, settings: Settings) -> bool:
    """Tell whether a file of the content folder is published as it is, or is a stub."""
    folders = (*settings.texts("STATIC_PATHS", ("images",)), "redirects", "extra")
    return any(name == f or name.startswith(f"{f}/") for f in folders if f)


class _Finder:
    def __init__(self, folder: Folder, settings: Settings, content: str) -> None:
        self.folder = folder
        self.settings = settings
        self.content = content
        self.facts: list[Fact] = []
        self.gaps: list[Gap] = []
        #: Where files are published that have a place of their own, by their path.
        self.places: dict[str, str] = {}
        for path, value in settings.get("EXTRA_PATH_METADATA", {}, dict).items():
            at = value.get("path") if isinstance(value, dict) else None
            if isinstance(path, str) and isinstance(at, str):
                self.places[path] = at

    def _theme(self) -> str:
        """Return the folder of the theme's files, or an empty text."""
        path = inside(self.settings.get("THEME", "\0"))
        return f"{path}/static" if path and self.folder.has_folder(f"{path}/static") else ""

    def folders(self, text: str) -> dict[str, str]:
        """Return where folders and files are published, by their path in the project."""
        found = {}
        if self.content != "static" and self.folder.has_folder("static"):
            found["static"] = ""
            self.facts.append(Fact("static files", "static", "", "fsp_static_path"))
        theme = self._theme()
        at = self.settings.get("THEME_STATIC_DIR", "theme").strip("./")
        if value := self.settings.get("THEME", ""):
            place = self.settings.place("THEME")
            if theme and not at:
                found[theme] = ""
                self.facts.append(Fact("THEME", shown(value), place, "fsp_static_path"))
            else:
                self.facts.append(Fact("THEME", shown(value), place, 'html_theme = "sphinx_fsp"'))
                self._theme_images(theme, at, text)
        for path in self.settings.texts("STATIC_PATHS", ("images",)):
            place = self.settings.place("STATIC_PATHS")
            whole = inside(posixpath.join(self.content, path or "."))
            if whole is None:
                hint = "it leads out of the project; copy what pages use into static"
                self.gaps.append(Gap(f"STATIC_PATHS {shown(path)}", place, hint))
            elif new := dict(self._published(whole)):
                found = {**new, **found}
                self.facts.append(Fact("STATIC_PATHS", shown(path), place, "fsp_static_path"))
        return found

    def _published(self, whole: str) -> Iterator[tuple[str, str]]:
        """Return what is published of an entry of ``STATIC_PATHS``, and where."""
        start = posixpath.join(self.content, "")
        if whole == self.content:
            # Not the pages themselves: the folders that hold other files.
            for path in self.folder.below(whole):
                if not path.endswith((*DOCUMENTS, ".py")):
                    yield from self._published(start + path.partition("/")[0])
        elif redirects.are_stubs(self.folder, whole):
            return
        elif not whole.startswith(start):
            if self.folder.has_folder(whole):
                yield whole, ""
        elif self.folder.has_folder(whole):
            names = {f"{whole}/{name}"[len(start) :] for name in self.folder.below(whole)}
            if not names <= self.places.keys():
                yield whole, whole[len(start) :]
        elif self.folder.has(whole) and whole[len(start) :] not in self.places:
            yield whole, whole[len(start) :]

    def _theme_images(self, theme: str, at: str, text: str) -> None:
        names = self.folder.below(theme) if theme and f"/{at}/" in text else ()
        if used := [name for name in names if f"/{at}/{name}" in text]:
            hint = f"pages show it: copy it to static/{at}/{used[0]}"
            self.gaps.append(Gap(count(used, "file") + " of the theme", theme, hint))

    def at_root(self, stubs: set[str], places: dict[str, str]) -> list[str]:
        """Return the files that Sphinx publishes at the root, under their own name.

        Those that have another address are added to *places*.
        """
        found = []
        for path, at in self.places.items():
            whole = inside(posixpath.join(self.content, path))
            if whole is None or not self.folder.has(whole) or whole in stubs:
                continue
            place = self.settings.place("EXTRA_PATH_METADATA")
            if at.strip("/") == posixpath.basename(path):
                found.append(whole)
                self.facts.append(Fact(posixpath.basename(path), path, place, "html_extra_path"))
            elif at.strip("/") and not slug_fault(at.strip("/")):
                places[whole] = at.strip("/")
                self.facts.append(Fact(shown(path), shown(at), place, "fsp_static_path"))
        return found

    def stubs(self, static: Mapping[str, str]) -> list[Rule]:
        """Return the redirects of redirect pages."""
        published = {posixpath.join(self.content, path): at for path, at in self.places.items()}
        for path in self.settings.texts("STATIC_PATHS", ("images",)):
            whole = inside(posixpath.join(self.content, path))
            if whole and static.get(whole) != "" and inside(path):
                published[whole] = posixpath.normpath(path)
        found = redirects.stubs(self.folder, self.content, published)
        if found:
            becomes = "fsp_redirects"
            self.facts.append(Fact("redirect pages", str(len(found)), found[0].path, becomes))
        return found
