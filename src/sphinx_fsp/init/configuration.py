"""The text of ``conf.py``: what was found, as Python. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sphinx_fsp.init.awesome import theme_options
from sphinx_fsp.init.found import Found, has_posts
from sphinx_fsp.source.posts import is_post

_ENVIRONMENT = 'os.environ.get("READTHEDOCS_CANONICAL_URL", {})'


def quoted(text: str) -> str:
    """Return a text as Python, in double quotes where that needs no more escapes.

    >>> print(quoted("Night Sky"), quoted('The "Sky"'))
    "Night Sky" 'The "Sky"'
    """
    # ascii() names what an editor or a terminal would act on; all else stays readable.
    found = repr(text) if text.isprintable() else ascii(text)
    return f'"{found[1:-1]}"' if found[0] == "'" and '"' not in found else found


def conf_py(found: Found) -> str:
    """Return the ``conf.py`` of a project."""
    url = quoted(found.url)
    lines = [
        "# The whole configuration of the guide: sphinx_fsp brings the rest.",
        "",
        "import os",
        "",
        f"project = {quoted(found.name)}",
        *([f"author = {quoted(found.author)}"] if found.author else ()),
        *([f"language = {quoted(found.language)}"] if found.language else ()),
        "",
        'extensions = ["sphinx_fsp"]',
        'html_theme = "sphinx_fsp"',
        "# Read the Docs names the address that it publishes at.",
        f"html_baseurl = {_ENVIRONMENT.format(url)}",
    ]
    values = [
        *_split(found),
        _list("exclude_patterns", found.exclude),
        _list("html_extra_path", found.extra),
        _list("fsp_site_urls", (found.url,) if found.url else ()),
        _dictionary("fsp_permalinks", found.permalinks),
        _dictionary("fsp_lang_permalinks", found.lang_permalinks),
        _metadata(found.metadata.by_path),
        _list("fsp_path_metadata", found.metadata.patterns, regular),
        _static(found.static),
        f"fsp_redirects = {quoted(found.redirects)}" if found.redirects else "",
        _feeds(found),
        _book(found),
        f"fsp_next_steps = {quoted(found.next_steps)}" if found.next_steps else "",
    ]
    lines += ["", *filter(None, values)] if any(values) else []
    return "\n".join(lines) + "\n"


def _split(found: Found) -> list[str]:
    """Return the lines for a list that is one file."""
    if not found.split:
        return []
    comment = "# The sections of the list are pages; all files stay as they are.\n"
    return [
        comment + _dictionary("fsp_split", found.split),
        "# Files that are pages; no other Markdown is.\n" + _list("include_patterns", found.split),
        _dictionary("html_theme_options", theme_options(found)),
    ]


def _book(found: Found) -> str:
    """Return the line that keeps posts out of the book, where the default doesn't know them."""
    usual = ("post", "talk")
    others = {p.category for p in found.pages if is_post(p)} - {*usual}
    if not others:
        return ""
    comment = "# What the PDF and the EPUB leave out: posts, by their categories, and examples.\n"
    return comment + _list("fsp_book_exclude", (*usual, "examples", *sorted(others)))


def _feeds(found: Found) -> str:
    """Return the line that names the feeds of a site with posts, where the default isn't enough."""
    feeds = found.feeds
    if feeds is None or feeds == ("feeds/all.atom.xml",) or not has_posts(found):
        return ""
    return _list("fsp_feeds", feeds) or "fsp_feeds = []"


def regular(text: str) -> str:
    r"""Return a regular expression as Python, raw where it can be.

    >>> print(regular(r"(?P<date>\d+)"))
    r"(?P<date>\d+)"
    """
    plain = text.isprintable() and '"' not in text and not text.endswith("\\")
    return f'r"{text}"' if plain and "\\" in text else quoted(text)


def _metadata(items: Mapping[str, Mapping[str, str]]) -> str:
    texts = [
        f"{quoted(path)}: {{{', '.join(f'{quoted(k)}: {quoted(v)}' for k, v in values.items())}}}"
        for path, values in items.items()
    ]
    return _in_braces("fsp_metadata", texts)


def _static(places: Mapping[str, str]) -> str:
    if any(places.values()):
        return _dictionary("fsp_static_path", places)
    return _list("fsp_static_path", places)


def _list(name: str, items: Iterable[str], write: Callable[[str], str] = quoted) -> str:
    texts = [write(item) for item in items]
    line = f"{name} = [{', '.join(texts)}]"
    if len(line) > 88:
        line = f"{name} = [\n" + "".join(f"    {text},\n" for text in texts) + "]"
    return line if texts else ""


def _dictionary(name: str, items: Mapping[str, str] | Mapping[str, int] | None) -> str:
    texts = [
        f"{quoted(key)}: {quoted(value) if isinstance(value, str) else value}"
        for key, value in (items or {}).items()
    ]
    return _in_braces(name, texts)


def _in_braces(name: str, texts: list[str]) -> str:
    line = f"{name} = {{{', '.join(texts)}}}"
    if len(line) > 88:
        line = f"{name} = {{\n" + "".join(f"    {text},\n" for text in texts) + "}"
    return line if texts else ""
