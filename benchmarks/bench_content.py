"""Copy a guide, multiply it, and rewrite its pages for plain MyST."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

MARKDOWN = (".md", ".markdown")
SUFFIXES = (*MARKDOWN, ".rst")
# The files a guide keeps beside its content folder.
SIBLINGS = ("static", "redirects.csv", "next-steps.yml")

FIELD = re.compile(r" {0,3}[A-Za-z0-9_-]+:(?:\s|$)")
CONTINUED = re.compile(r" {4,}\S")
TITLE = re.compile(r"( {0,3}title:[ \t]*)(.*)", re.IGNORECASE)
SLUG = re.compile(r"( {0,3}:?slug:[ \t]*)(.*)", re.IGNORECASE)
RULE = re.compile(r"([^\w\s])\1+\s*$")


@dataclass(frozen=True)
class Guide:
    """A writable copy of a guide: the content folder and what is beside it."""

    folder: Path

    @property
    def content(self) -> Path:
        """The folder with the pages, as they were written."""
        return self.folder / "content"

    def has(self, name: str) -> bool:
        """Say whether the guide has this file or folder beside its content."""
        return (self.folder / name).exists()

    @classmethod
    def copy(cls, content: Path, folder: Path) -> Guide:
        """Copy the content and its siblings, leaving the source alone."""
        guide = cls(folder)
        copy_folder(content, guide.content)
        for name in SIBLINGS:
            sibling = content.parent / name
            if sibling.is_dir():
                copy_folder(sibling, folder / name)
            elif sibling.is_file():
                shutil.copyfile(sibling, folder / name)
        return guide


def copy_folder(source: Path, target: Path) -> None:
    """Copy files without their modes, so that the copy can be written."""
    target.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.is_dir():
            copy_folder(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def find_pages(content: Path) -> list[Path]:
    """List the page files of a content folder by path, without its index."""
    return sorted(
        path
        for path in content.rglob("*")
        if path.suffix in SUFFIXES
        and path.is_file()
        and not (path.parent == content and path.stem == "index")
    )


def header_length(lines: list[str]) -> int:
    """Count the lines of the Pelican header at the top of a Markdown page."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() in ("---", "..."):
                return number
        return 0
    count = 0
    for line in lines:
        if not FIELD.match(line) and not (count and CONTINUED.match(line)):
            break
        count += 1
    return count


def multiply(content: Path, scale: int) -> None:
    """Add copies of all pages until the guide is ``scale`` times as long.

    A copy has its own slug and title; its links lead to the original pages.
    """
    pages = find_pages(content)
    for number in range(2, scale + 1):
        for path in pages:
            target = path.with_stem(f"{path.stem}-copy{number}")
            text = path.read_text(encoding="utf-8")
            change = copied_page if path.suffix in MARKDOWN else copied_rest
            target.write_text(change(text, number), encoding="utf-8")


def copied_page(text: str, number: int) -> str:
    """Give a Markdown page the slug and the title of a copy."""
    lines = text.split("\n")
    for index in range(header_length(lines)):
        line = lines[index].rstrip()
        if TITLE.match(line):
            lines[index] = append(line, f" (copy {number})")
        elif SLUG.match(line):
            lines[index] = append(line, f"-copy{number}")
    return "\n".join(lines)


def copied_rest(text: str, number: int) -> str:
    """Give a reStructuredText page the slug and the title of a copy."""
    lines = text.split("\n")
    suffix = f" (copy {number})"
    title = next((i for i, line in enumerate(lines) if is_title(line)), None)
    if title is not None:
        lines[title] = lines[title].rstrip() + suffix
        for index in (title - 1, title + 1):
            if 0 <= index < len(lines) and RULE.match(lines[index]):
                lines[index] = lines[index].rstrip() + lines[index][0] * len(suffix)
    for index, line in enumerate(lines):
        if re.match(r":slug:", line, re.IGNORECASE):
            lines[index] = append(line.rstrip(), f"-copy{number}")
            break
    return "\n".join(lines)


def is_title(line: str) -> bool:
    """Tell the first text line of a reStructuredText page from its rules."""
    return bool(line.strip()) and not RULE.match(line) and not line.startswith(".")


def append(line: str, suffix: str) -> str:
    """Add to a header value, inside its quotes when it has some."""
    quote = line[-1] if line[-1] in "\"'" and line.count(line[-1]) > 1 else ""
    return line.removesuffix(quote) + suffix + quote


def plain_page(text: str) -> str:
    """Replace a page's Pelican header with a heading, line for line."""
    lines = text.split("\n")
    count = header_length(lines)
    for line in lines[:count]:
        match = TITLE.match(line)
        if match:
            title = match[2].strip().strip("\"'")
            return "\n".join([f"# {title}", *[""] * (count - 1), *lines[count:]])
    return text


def plain_copy(content: Path, target: Path) -> None:
    """Copy the content for plain MyST, with an index that lists all pages."""
    copy_folder(content, target)
    for path in find_pages(target):
        if path.suffix in MARKDOWN:
            text = path.read_text(encoding="utf-8")
            path.write_text(plain_page(text), encoding="utf-8")
    for suffix in SUFFIXES:
        (target / "index").with_suffix(suffix).unlink(missing_ok=True)
    names = [path.relative_to(target).with_suffix("").as_posix() for path in find_pages(target)]
    entries = "\n".join(names)
    index = f"# Guide\n\n```{{toctree}}\n:hidden:\n\n{entries}\n```\n"
    (target / "index.md").write_text(index, encoding="utf-8")


def fsp_copy(content: Path, target: Path) -> None:
    """Copy the content untouched, with an index page unless it has one."""
    copy_folder(content, target)
    if not any((target / "index").with_suffix(end).exists() for end in SUFFIXES):
        index = "# Guide\n\n```{guide-contents}\n```\n"
        (target / "index.md").write_text(index, encoding="utf-8")


def pelican_copy(guide: Guide, target: Path) -> list[str]:
    """Copy the content for Pelican and name the folders of static files."""
    copy_folder(guide.content, target)
    if not guide.has("static"):
        return []
    static = guide.folder / "static"
    copy_folder(static, target)
    return sorted(path.name for path in static.iterdir())
