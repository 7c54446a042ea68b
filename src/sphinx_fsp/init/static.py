"""The files of a Pelican site that are no pages: where they lie, and where they are published."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from sphinx_fsp.init import redirects
from sphinx_fsp.init.found import Fact, Gap, inside, shown
from sphinx_fsp.init.look import Folder
from sphinx_fsp.init.settings import Settings
from sphinx_fsp.init.sources import count
from sphinx_fsp.source.redirects import Rule


class Static(NamedTuple):
    """Files that are published as they are; paths relative to the project."""

    #: Folders that are published at the root.
    folders: tuple[str, ...] = ()
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
    folders = finder.folders(text)
    stubs = finder.stubs(folders)
    extra = finder.at_root({rule.path for rule in stubs})
    return Static(
        tuple(folders), tuple(extra), tuple(stubs), tuple(finder.facts), tuple(finder.gaps)
    )


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

    def folders(self, text: str) -> list[str]:
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
            if whole == self.content:
                hint = (
                    "images of pages are shown; for files that nothing shows, and to keep "
                    "addresses, move the files to static, under the same names"
                )
                self.gaps.append(Gap("STATIC_PATHS with the pages themselves", place, hint))
                continue
            if whole and redirects.are_stubs(self.folder, whole):
                continue
            if whole is None:
                hint = "it leads out of the project; copy what pages use into static"
                self.gaps.append(Gap(f"STATIC_PATHS {shown(path)}", place, hint))
            elif whole.startswith(posixpath.join(self.content, "")):
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
            self.gaps.append(Gap(count(used, "file") + " of the theme", theme, hint))

    def _only_extra(self, path: str) -> bool:
        """Tell whether all files of a static folder have a place of their own."""
        whole = posixpath.join(self.content, path)
        names = {posixpath.join(path, name) for name in self.folder.below(whole)}
        return names <= self.places.keys()

    def at_root(self, stubs: set[str]) -> list[str]:
        """Return the files that Sphinx publishes at the root, under their own name."""
        found = []
        for path, at in self.places.items():
            whole = inside(posixpath.join(self.content, path))
            if whole is None or not self.folder.has(whole) or whole in stubs:
                continue
            place = self.settings.place("EXTRA_PATH_METADATA")
            if at.strip("/") == posixpath.basename(path):
                found.append(whole)
                self.facts.append(Fact(posixpath.basename(path), path, place, "html_extra_path"))
            elif not path.endswith((".html", ".htm")):
                hint = f"copy it to static/{shown(at)} to keep its address"
                self.gaps.append(Gap(f"file {shown(path)}", place, hint))
        return found

    def stubs(self, static: list[str]) -> list[Rule]:
        """Return the redirects of redirect pages."""
        published = {posixpath.join(self.content, path): at for path, at in self.places.items()}
        for path in self.settings.texts("STATIC_PATHS", ("images",)):
            whole = inside(posixpath.join(self.content, path))
            if whole and whole not in static and inside(path):
                published[whole] = posixpath.normpath(path)
        found = redirects.stubs(self.folder, self.content, published)
        if found:
            becomes = "fsp_redirects"
            self.facts.append(Fact("redirect pages", str(len(found)), found[0].path, becomes))
        return found
