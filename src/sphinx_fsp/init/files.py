"""The files that make a folder a Sphinx project. Pure functions: from what was found to texts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

from sphinx_fsp.init.configuration import conf_py
from sphinx_fsp.init.found import Found, has_posts
from sphinx_fsp.init.redirects import as_csv
from sphinx_fsp.init.servers import (
    DOCS_REQUIREMENTS,
    REQUIREMENTS,
    check_yml,
    readthedocs_yaml,
    requirements_txt,
)
from sphinx_fsp.source.loading import has_contents

_READTHEDOCS = (".readthedocs.yaml", ".readthedocs.yml", "readthedocs.yml", "readthedocs.yaml")
_CHECK = ".github/workflows/check.yml"
#: Lists of posts, by the names that sites give them.
_BLOGS = ("blog", "archives", "archive", "posts", "articles", "news")
_CONTENTS = ("table-of-contents", "contents", "toc")
#: What Markdown, MyST or a browser would read in a title.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#~|!$&()])")


class Planned(NamedTuple):
    """A file that would be written."""

    #: Relative to the project.
    path: str
    text: str
    what: str


class Kept(NamedTuple):
    """A file that is there already, and stays as it is."""

    path: str
    #: What to add to it; empty when there is nothing to do.
    lines: str


class Plan(NamedTuple):
    """What would be done."""

    new: tuple[Planned, ...]
    kept: tuple[Kept, ...]
    #: The ``conf.py`` that it stands on, whether it is new or not.
    conf: Planned


def plan_files(found: Found, existing: Callable[[str], str | None]) -> Plan:
    """Return what would be written.

    :param existing: returns the text of a file of the project, or None where there is none
    """
    new: list[Planned] = []
    kept: list[Kept] = []

    def add(path: str, text: str, what: str, enough: Callable[[str], bool], lines: str) -> None:
        there = existing(path)
        if there is None:
            new.append(Planned(path, text, what))
        else:
            kept.append(Kept(path, "" if enough(there) else lines))

    def in_content(name: str) -> str:
        return posixpath.join(found.content, name)

    csv = "redirects.csv"
    if found.rules and not found.redirects:
        add(csv, as_csv(found.rules), "old addresses", lambda _: False, as_csv(found.rules))
        to = posixpath.relpath(csv, found.content or ".")
        found = found._replace(redirects=to)
    elif found.rules:
        path = posixpath.normpath(in_content(found.redirects))
        kept.append(Kept(path, as_csv(found.rules).partition("\n")[2]))
    conf = conf_py(found)
    add(in_content("conf.py"), conf, "the whole configuration", _has_extension, conf)
    provided = {page.docname for page in found.pages} | set(found.documents)
    contents = any(page.sortorder for page in found.pages)
    index = index_md(found)
    index_file = next((n for n in found.sources if posixpath.splitext(n)[0] == "index"), "")
    index_file = next((page.path for page in found.pages if page.docname == "index"), index_file)
    if index_file and not found.split:
        lines = "```{guide-contents}\n```\n" if contents else ""
        path = in_content(index_file)
        kept.append(Kept(path, "" if has_contents(existing(path) or "") else lines))
    elif "index" not in provided:
        add(in_content("index.md"), index, "the front page", lambda _: True, "")
    for listing in found.listings:
        option = f":archive: {listing.kind}\n" if listing.kind else ""
        text = _page(listing.title, f"```{{posts}}\n{option}```\n")
        what = f"the posts by {listing.kind}" if listing.kind else "the posts"
        add(in_content(f"{listing.docname}.md"), text, what, lambda _: True, "")
        provided.add(listing.docname)
    for name in _CONTENTS:
        if contents and name in found.linked and name not in provided:
            text = _page("Table of Contents", "```{guide-contents}\n```\n")
            add(in_content(f"{name}.md"), text, "pages link to it", lambda _: True, "")
    for name in _BLOGS:
        if has_posts(found) and name in found.linked and name not in provided:
            title = "Blog" if name == "blog" else name.capitalize()
            text = _page(title, "```{posts}\n```\n")
            add(in_content(f"{name}.md"), text, "pages link to it", lambda _: True, "")
    requirements = _requirements(existing, new, kept)
    readthedocs = readthedocs_yaml(found.content, requirements, found.builder)
    file = next((n for n in _READTHEDOCS if existing(n) is not None), _READTHEDOCS[0])
    add(file, readthedocs, "HTML, PDF and EPUB on Read the Docs", _has_sphinx, readthedocs)
    workflow = check_yml(found.content, requirements)
    add(_CHECK, workflow, "shows problems in pull requests", _names_us, workflow)
    add(
        ".gitignore", "_build/\n", "what git leaves out", lambda text: "_build" in text, "_build/\n"
    )
    return Plan(tuple(sorted(new)), tuple(sorted(kept)), Planned(in_content("conf.py"), conf, ""))


def _requirements(
    existing: Callable[[str], str | None], new: list[Planned], kept: list[Kept]
) -> str:
    for name in (REQUIREMENTS, DOCS_REQUIREMENTS):
        text = existing(name)
        if text is None:
            new.append(Planned(name, requirements_txt(), "what a server installs: see its comment"))
            return name
        if _names_us(text):
            kept.append(Kept(name, ""))
            return name
    kept.append(Kept(DOCS_REQUIREMENTS, requirements_txt()))
    return DOCS_REQUIREMENTS


def _has_extension(text: str) -> bool:
    return "sphinx_fsp" in text


def _names_us(text: str) -> bool:
    return "sphinx-fsp" in text or "sphinx_fsp" in text


def _has_sphinx(text: str) -> bool:
    return re.search(r"^sphinx:", text, re.MULTILINE) is not None


def index_md(found: Found) -> str:
    """Return the front page: the contents by ``sortorder``, or a list of pages and of posts."""
    parts = [f"# {heading(found.name)}\n"]
    posts = has_posts(found)
    listed = [name for name in found.documents if posixpath.basename(name) != "conf"]
    if any(page.sortorder for page in found.pages):
        parts.append("```{guide-contents}\n```\n")
    else:
        listed = [
            page.docname
            for page in found.pages
            if not (page.hidden or page.is_translation)
            and not (posts and page.date and page.category != "page")
        ] + listed
    if listed:
        parts.append("```{toctree}\n:maxdepth: 1\n\n" + "\n".join(listed) + "\n```\n")
    archives = {listing.docname for listing in found.listings if listing.kind}
    elsewhere = found.linked & ({*_BLOGS} - archives) or len(archives) < len(found.listings)
    if posts and not elsewhere:
        # All others are in the archives.
        option = f":limit: {found.limit}\n" if found.limit and archives else ""
        listing = f"```{{posts}}\n{option}```\n"
        parts.append(f"## Posts\n\n{listing}" if len(parts) > 1 else listing)
    if found.listings:
        links = " · ".join(f"[{one.title}]({one.docname}.md)" for one in found.listings)
        # A book has no such pages.
        parts.append(f"```{{only}} builder_html or builder_dirhtml\n{links}\n```\n")
    return "\n".join(parts)


def heading(text: str) -> str:
    """Return a text as that of a heading, with what Markdown would read in it escaped.

    >>> len(heading("The `Sky`")) - len("The `Sky`")
    2
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _MARKUP.sub(r"\\\1", text)


def _page(title: str, body: str) -> str:
    return f"---\norphan: true\n---\n\n# {title}\n\n{body}"
