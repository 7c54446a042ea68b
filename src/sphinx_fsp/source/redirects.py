"""Old addresses that lead to new ones, from CSV or Pelican's stub pages. Pure functions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sphinx_fsp.diagnostics import BAD_REDIRECT, Problem
from sphinx_fsp.source.addresses import is_dangerous, site_address
from sphinx_fsp.source.slugs import slug_fault

_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*>", re.IGNORECASE)
_REFRESH_URL = re.compile(r"url\s*=\s*['\"]?([^'\">\s]+)", re.IGNORECASE)
_REFRESH_CONTENT = re.compile(
    r"""[\d.]* ?[;,]? ?url ?= ?(?:"([^"]*)|'([^']*)|(.*))""", re.IGNORECASE
)
#: Addresses for which the nearest is looked up, in one file: that takes its time.
_SUGGESTIONS = 100
_LEAD_OUT = "lead one of the circle to a page"


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


def read_refresh(content: str) -> str:
    """Return the address in the ``content`` of a refresh, or an empty text.

    >>> read_refresh("0; url=/moon.html"), read_refresh("30")
    ('/moon.html', '')
    """
    # As browsers read it: quotes may be around the address.
    match = _REFRESH_CONTENT.match(" ".join(content.split()))
    return next((part.strip() for part in match.groups() if part), "") if match else ""


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
    same: Callable[[str, str], bool] = lambda source, target: False,
) -> tuple[dict[str, Redirect], list[Problem]]:
    """Follow every rule to its end.

    :param bases: base addresses of the site
    :param exists: tells whether the site has an address of its own
    :param suggest: the nearest address that it has
    :param same: tells whether two addresses of the site are one page, as ``/moon`` and
        ``/moon.html``, of which a host may answer only one
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
        elif exists(address.path) and not (
            (target := site_address(rule.target, "/", bases)) and same(address.path, target.path)
        ):
            problems.append(_problem(rule, "stands over a page that exists", "remove it"))
        elif (other := files.setdefault(output_file(address.path), rule)) is not rule:
            place = other.line
            problems.append(_problem(rule, f"stands in line {place} too", "remove one of them"))
        else:
            by_source[address.path] = rule
    ends = _ends(by_source, bases, exists, suggest)
    found: dict[str, Redirect] = {}
    for source, rule in by_source.items():
        end = ends[source]
        if end.target:
            fragment = f"#{end.fragment}" if end.fragment else ""
            found[source] = Redirect(source, end.target + fragment)
        elif end.why:
            problems.append(_problem(rule, end.why, end.advice))
    return found, problems


class _End(NamedTuple):
    """Where a redirect leads to in the end, or why it leads nowhere."""

    target: str = ""
    fragment: str = ""
    why: str = ""
    advice: str = ""
    #: True for all redirects of a circle; the first of them has the reason.
    in_circle: bool = False


def _ends(
    by_source: Mapping[str, Rule],
    bases: tuple[str, ...],
    exists: Callable[[str], bool],
    suggest: Callable[[str], str | None],
) -> dict[str, _End]:
    """Return where each redirect ends. Each is looked at once, however long the chains are."""
    ends: dict[str, _End] = {}
    order = {source: number for number, source in enumerate(by_source)}
    suggestions = 0
    for source in by_source:
        #: Redirects that were passed, with the fragments of their targets.
        way: dict[str, str] = {}
        here = source
        while here not in ends:
            href = by_source[here].target
            address = site_address(href, "/", bases)
            if address is None:
                ends[here] = _outside(href)
            elif exists(address.path):
                ends[here] = _End(address.path, address.fragment)
            elif address.path in by_source:
                way[here] = address.fragment
                here = address.path
                if here in way:
                    ends |= _circle([*islice(way, list(way).index(here), None)], order)
            else:
                suggestions += 1
                near = suggest(address.path) if suggestions <= _SUGGESTIONS else None
                advice = f"did you mean {near}?" if near else "lead it to a page"
                why = f"leads to {address.path}, which doesn't exist"
                ends[here] = _End(why=why, advice=advice)
        end = ends[here]
        if end.in_circle:
            end = _End(why=f"leads to {here}, which leads back to itself", advice=_LEAD_OUT)
        for passed in reversed(way):
            if passed not in ends:
                if end.target.startswith("/"):
                    # As in a browser, a later fragment takes the place of an earlier one.
                    end = end._replace(fragment=end.fragment or way[passed])
                ends[passed] = end
    return ends


def _circle(circle: list[str], order: Mapping[str, int]) -> dict[str, _End]:
    """Return the ends of redirects that lead to one another; the first of them says it."""
    first = min(circle, key=order.__getitem__)
    at = circle.index(first)
    others = [*circle[at + 1 :], *circle[:at]]
    by = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    why = f"leads back to itself by {by}" if others else "leads back to itself"
    ends = {source: _End(in_circle=True) for source in circle}
    return ends | {first: _End(why=why, advice=_LEAD_OUT, in_circle=True)}


def _outside(href: str) -> _End:
    """Return the end of a redirect to another site."""
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        scheme = "?"
    if is_dangerous(href) or scheme not in {"http", "https", ""}:
        return _End(why=f"leads to {href}", advice="lead it to a page")
    return _End(href if scheme else f"https:{href}")


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
