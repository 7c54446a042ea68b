"""Old addresses that lead to new ones, from CSV or Pelican's stub pages. Pure functions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sphinx_fsp.diagnostics import BAD_REDIRECT, Problem
from sphinx_fsp.source.addresses import is_dangerous, site_address
from sphinx_fsp.source.slugs import slug_fault

_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*>", re.IGNORECASE)
_REFRESH_URL = re.compile(r"url\s*=\s*['\"]?([^'\">\s]+)", re.IGNORECASE)


class Rule(NamedTuple):
    """A redirect as it is written."""

    source: str
    target: str
    path: str
    line: int


class Redirect(NamedTuple):
    """A redirect that works."""

    #: Old address: an absolute path of the site.
    source: str
    #: Where it leads in the end: an absolute path of the site with its fragment, or a URL.
    target: str


def read_csv(text: str, path: str) -> tuple[list[Rule], list[Problem]]:
    """Read rows of ``from,to``; a first row of these words is a heading."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=False)
    first = True
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            heading, first = first, False
            if heading and [cell.lower() for cell in cells[:2]] == ["from", "to"]:
                continue
            if len(cells) < 2 or not cells[0] or not cells[1]:
                problems.append(
                    _problem(Rule(cells[0], "", path, reader.line_num), "has no target")
                )
                continue
            rules.append(Rule(cells[0], cells[1], path, reader.line_num))
    except csv.Error as error:
        problems.append(_problem(Rule("file", "", path, reader.line_num), str(error)))
    return rules, problems


def read_stub(text: str, path: str, address: str) -> Rule | None:
    """Read a stub page, HTML with ``<meta http-equiv="refresh">``; None when it is none."""
    tag = _REFRESH.search(text)
    url = _REFRESH_URL.search(tag[0]) if tag else None
    if tag is None or url is None:
        return None
    return Rule(address, url[1], path, text.count("\n", 0, tag.start()) + 1)


def resolve(
    rules: Iterable[Rule],
    bases: Iterable[str],
    exists: Callable[[str], bool],
    suggest: Callable[[str], str | None],
) -> tuple[dict[str, Redirect], list[Problem]]:
    """Follow every rule to its end.

    :param bases: base addresses of the site
    :param exists: tells whether the site has an address of its own
    :param suggest: the nearest address that it has
    :returns: the redirects by old address, and what is wrong with the others
    """
    bases = tuple(bases)
    problems: list[Problem] = []
    by_source: dict[str, Rule] = {}
    files: dict[str, Rule] = {}
    for rule in rules:
        address = site_address(rule.source, "/", bases)
        fault = slug_fault(address.path.strip("/")) if address else "it is no address of this site"
        if address is None or fault:
            problems.append(_problem(rule, f"can't be a file: {fault}", "correct the old address"))
        elif exists(address.path):
            problems.append(_problem(rule, "stands over a page that exists", "remove it"))
        elif (other := files.setdefault(output_file(address.path), rule)) is not rule:
            place = other.line
            problems.append(_problem(rule, f"stands in line {place} too", "remove one of them"))
        else:
            by_source[address.path] = rule
    found: dict[str, Redirect] = {}
    for source, rule in by_source.items():
        target, fault, advice = _follow(rule, by_source, bases, exists, suggest)
        if fault:
            problems.append(_problem(rule, fault, advice))
        else:
            found[source] = Redirect(source, target)
    return found, problems


def _follow(
    rule: Rule,
    by_source: Mapping[str, Rule],
    bases: tuple[str, ...],
    exists: Callable[[str], bool],
    suggest: Callable[[str], str | None],
) -> tuple[str, str, str]:
    """Return the target of *rule*, or why it has none and what to do."""
    seen: set[str] = set()
    href = rule.target
    fragment = ""
    while True:
        address = site_address(href, "/", bases)
        if address is None:
            try:
                scheme = urlsplit(href).scheme
            except ValueError:
                scheme = "?"
            if is_dangerous(href) or scheme not in {"http", "https", ""}:
                return "", f"leads to {href}", "lead it to a page"
            return href if scheme else f"https:{href}", "", ""
        # As in a browser, a later fragment takes the place of an earlier one.
        fragment = address.fragment or fragment
        if exists(address.path):
            return address.path + (f"#{fragment}" if fragment else ""), "", ""
        if address.path in seen:
            return "", "leads back to itself", "lead one of the circle to a page"
        seen.add(address.path)
        if address.path not in by_source:
            near = suggest(address.path)
            advice = f"did you mean {near}?" if near else "lead it to a page"
            return "", f"leads to {address.path}, which doesn't exist", advice
        href = by_source[address.path].target


def output_file(address: str) -> str:
    """Return the file, relative to the site's root, that answers at *address*.

    >>> output_file("/old.html"), output_file("/old/"), output_file("/feed")
    ('old.html', 'old/index.html', 'feed/index.html')
    """
    path = unquote(address).strip("/")
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html"


def _problem(rule: Rule, why: str, advice: str = "write from,to in each row") -> Problem:
    return Problem(
        BAD_REDIRECT, rule.path, rule.line, {"source": rule.source, "why": why, "advice": advice}
    )
