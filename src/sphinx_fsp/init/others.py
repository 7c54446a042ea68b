"""Sites that weren't made with Pelican, as far as their Markdown maps plainly. Nothing is run.

Their pages become ordinary documents, unless their headers are those of guide pages. What has
another address then is led on from the old one.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from sphinx_fsp.init import redirects
from sphinx_fsp.init.found import (
    HUGO,
    JEKYLL,
    MKDOCS,
    PLAIN,
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
from sphinx_fsp.init.look import Folder, excluded
from sphinx_fsp.init.sources import NEXT_STEPS, SUFFIXES, gaps_of_text, read_sources
from sphinx_fsp.source.catalogue import build_catalogue
from sphinx_fsp.source.yaml_text import read_yaml

#: Their settings, by the file that tells what they are: name, author, address, language, folder.
_SETTINGS = {
    "mkdocs.yml": (MKDOCS, ("site_name", "site_author", "site_url", "", "docs_dir")),
    "_config.yml": (JEKYLL, ("title", "author", "url", "lang", "source")),
    "hugo.toml": (HUGO, ("title", "author", "baseURL", "languageCode", "contentDir")),
    "config.toml": (HUGO, ("title", "author", "baseURL", "languageCode", "contentDir")),
    "hugo.yaml": (HUGO, ("title", "author", "baseURL", "languageCode", "contentDir")),
}
_FOLDER = {MKDOCS: "docs", JEKYLL: "", HUGO: "content", PLAIN: ""}
_POST = re.compile(r"(?:.*/)?_posts/(\d{4})-(\d{2})-(\d{2})-([^/]+)\.(?:md|markdown)")
_LONGEST = 1_000_000
#: Of MkDocs, Jekyll and Hugo: they say how pages were made.
_LEFT = (
    "plugins",
    "markdown_extensions",
    "nav",
    "permalink",
    "permalinks",
    "paginate",
    "theme",
    "collections",
    "defaults",
    "menu",
    "taxonomies",
    "params",
)


def kind_of(folder: Folder) -> str:
    """Return what a site was made with, by its settings."""
    return next((kind for name, (kind, _) in _SETTINGS.items() if folder.has(name)), PLAIN)


def find(folder: Folder) -> Found:
    """Return what is known of a folder of Markdown that isn't Pelican's."""
    file = next((name for name in _SETTINGS if folder.has(name)), "")
    kind, names = _SETTINGS.get(file, (PLAIN, ("",) * 5))
    facts: list[Fact] = []
    gaps: list[Gap] = []
    data = _data(folder, file, gaps) if file else {}
    values = []
    for name, becomes in zip(
        names,
        ("project", "author", "html_baseurl", "language", "the folder of conf.py"),
        strict=True,
    ):
        value = data.get(name) if name else None
        values.append(plain(value) if isinstance(value, str) else "")
        if values[-1]:
            facts.append(Fact(name, shown(values[-1]), file, becomes))
    title, author, url, language, where = values
    gaps += [
        Gap(name, file, "not carried over: see the manual") for name in _LEFT if data.get(name)
    ]
    content = _content(folder, kind, where, gaps, file)
    exclude = excluded(folder, content)
    sources = read_sources(folder, content, exclude)
    texts, documents, files = sources.texts, sources.documents(), sources.markdown
    pages = build_catalogue(
        files, {"page": "{slug}", "*": "blog/{slug}"}, SUFFIXES, documents
    ).pages
    now = {page.path: page.docname for page in pages}
    now |= {n: d for n in sources.names if (d := posixpath.splitext(n)[0]) in documents}
    rules = [
        (old, f"/{docname}.html")
        for path, docname in now.items()
        if (old := _old(kind, path, data)) and old.strip("/") != f"{docname}.html"
    ]
    for path, text in texts.items():
        rules += [(old, f"/{now[path]}.html") for old in _aliases(text) if path in now]
    base = web_address(url)
    builder = "dirhtml" if _is_slashed(kind, data) else "html"
    if builder == "dirhtml":
        facts.append(Fact("addresses", "/page/", "", "the builder dirhtml"))
    rules = redirects.sound(rules, now.values())
    there = redirects.find_file(folder, content)
    rules = redirects.missing(rules, folder.text(there)) if there else rules
    static = ["static"] if content != "static" and folder.has_folder("static") else []
    facts += [Fact("static files", "static", "", "fsp_static_path")] * bool(static)
    if rules:
        facts.append(Fact("old addresses", str(len(rules)), "", "fsp_redirects"))
    gaps += gaps_of_text(sources, content)
    steps = next((n for n in NEXT_STEPS if folder.has(n)), "")
    return Found(
        kind=kind,
        content=content,
        name=title or plain(folder.root.name) or "A guide",
        author=author,
        url=base,
        language=language_code(language),
        static={relative(path, content): "" for path in static},
        exclude=exclude,
        redirects=relative(there, content) if there else "",
        next_steps=relative(steps, content) if steps else "",
        builder=builder,
        rules=tuple(rules),
        pages=pages,
        documents=documents,
        linked=links_of(texts.values(), base),
        sources=sources.names,
        facts=tuple(facts),
        gaps=tuple(gaps),
    )


def _data(folder: Folder, file: str, gaps: list[Gap]) -> Mapping[str, Any]:
    """Return what a settings file says; nothing where it can't be read."""
    try:
        text = folder.strict(file)
        if len(text) > _LONGEST:
            raise ValueError
        found = tomllib.loads(text) if file.endswith(".toml") else read_yaml(text).data
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        gaps.append(Gap(f"{file} isn't understood", file, "write its values into conf.py"))
        return {}
    return found if isinstance(found, dict) else {}


def _content(folder: Folder, kind: str, where: str, gaps: list[Gap], file: str) -> str:
    path = inside(where) if where else _FOLDER[kind]
    if path is None:
        hint = "it leads out of the project, and isn't followed"
        gaps.append(Gap(f"folder {shown(where)}", file, hint))
    if path is None or not folder.has_folder(path):
        path = _FOLDER[kind] if folder.has_folder(_FOLDER[kind]) else ""
    return path


def _old(kind: str, path: str, data: Mapping[str, Any]) -> str:
    """Return the address that a page had, or an empty text where it isn't known or the same."""
    stem = posixpath.splitext(path)[0]
    folder, name = posixpath.split(stem)
    if kind == JEKYLL:
        if "permalink" not in data and (match := _POST.fullmatch(path)):
            year, month, day, slug = match.groups()
            return f"/{year}/{month}/{day}/{slug}.html"
        return ""
    if kind != HUGO or "permalinks" in data:
        return ""
    if name == "_index":
        return f"/{folder.lower()}/" if folder else ""
    return f"/{stem.lower()}/" if stem != stem.lower() else ""


def _is_slashed(kind: str, data: Mapping[str, Any]) -> bool:
    """Tell whether a site has ``/page/`` for addresses."""
    if kind == HUGO:
        return data.get("uglyURLs") is not True
    return kind == MKDOCS and data.get("use_directory_urls") != "false"


def _aliases(text: str) -> list[str]:
    """Return the old addresses in a YAML header: Hugo's and Jekyll's."""
    match = re.match(r"---\s*\n(.*?)\n---\s*(?:\n|\Z)", text[:20_000], re.DOTALL)
    try:
        data = read_yaml(match[1]).data if match else {}
    except (yaml.YAMLError, RecursionError):
        return []
    found: list[str] = []
    for key in ("aliases", "redirect_from"):
        value = data.get(key, []) if isinstance(data, dict) else []
        values = value if isinstance(value, list) else [value]
        found += [v for v in values if isinstance(v, str) and v.startswith("/")]
    return found
