"""Old addresses in a built site: each is there, leads to what is there, or is lost."""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from sphinx_fsp.check.address_list import Listed, read_addresses
from sphinx_fsp.check.built import Built, read_built
from sphinx_fsp.check.finding import chosen, finding_of
from sphinx_fsp.check.reading import CannotCheck
from sphinx_fsp.check.run import Result
from sphinx_fsp.diagnostics import LOST_ADDRESS, Problem
from sphinx_fsp.source.addresses import SiteAddress, has_scheme, is_file, nearest, site_address

#: How an address is answered: by a file, by the index.html of a folder, by a host that adds
#: ``.html``, by a redirect page, or by one that leads to another site.
FILE, FOLDER, HTML, REDIRECT, ELSEWHERE = "file", "folder", "html", "redirect", "elsewhere"
#: It isn't.
LOST = "lost"
_GONE = "is gone"

#: Redirect pages that are followed, one after another. Browsers give up after 20.
_MOST_REDIRECTS = 20
#: Addresses for which the nearest is looked up: that takes its time.
_SUGGESTIONS = 200
#: Examples that a summary names.
_NAMED = 5
#: Folders of Sphinx, to which no page leads by name.
_NOT_MEANT = re.compile(r"^_(?:static|sources|images|downloads|modules)/")
#: The address of a feed, most likely.
_FEED = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:\.xml)?/?$|(?:^|/)feeds?/.*\.xml$|\b(?:rss|atom)\.xml$|"
    r"\.(?:rss|atom)$",
    re.IGNORECASE,
)
_WORDS = {
    FILE: "as files",
    FOLDER: "as the index.html of a folder",
    REDIRECT: "through redirects",
    ELSEWHERE: "through redirects to other sites, which aren't asked",
}


class Answer(NamedTuple):
    """What becomes of an address."""

    listed: Listed
    #: Where it is on the site, decoded.
    path: str
    #: One of the words above.
    how: str
    #: The file in which it ends, or the address on another site; empty when lost.
    where: str = ""
    #: Why it is lost, and what to do.
    why: str = ""
    advice: str = ""


def check_urls(
    built_folder: Path, list_path: Path, select: frozenset[str], ignore: frozenset[str]
) -> Result:
    """Find the old addresses that a built site has lost.

    :param list_path: see `read_addresses`
    :raises CannotCheck: when there is nothing to check, or it can't be read
    """
    addresses, problems, left_out = read_addresses(list_path)
    built = read_built(built_folder)
    bases = site_bases(built, addresses)
    has_feeds = bool(_base(built))
    answers, foreign = answer_all(built, addresses, bases)
    if addresses and not answers:
        raise CannotCheck(f"{list_path} has no address of {' or '.join(bases)}")
    lost = [answer for answer in answers if answer.how == LOST]
    near = _nearest_to(lost, built)
    found = [*problems, *(_problem(a, n, feeds=has_feeds) for a, n in zip(lost, near, strict=True))]
    findings = [
        finding_of(problem._replace(path=os.path.relpath(problem.path, built_folder)))
        for problem in found
    ]
    shown = tuple(chosen(findings, select, ignore))
    count = len(answers)
    looked = f"{count} address{'es' * (count != 1)} checked: {in_words(answers)}"
    notes = (*notes_on(answers, foreign), *filter(None, [left_out]))
    return Result(shown, (), count, looked, notes, tuple(map(as_data, answers)))


def site_bases(built: Built, addresses: Iterable[Listed]) -> tuple[str, ...]:
    """Return the base addresses of the site: where it is now, and where the old one was.

    Now it is where the front page says, by its canonical link: ``html_baseurl``. It was at another
    host only if no listed address is without a host or at this one.
    """
    base = _base(built)
    hosts = Counter(urlsplit(listed.text).netloc.lower() for listed in addresses)
    here = _bare(urlsplit(base).netloc)
    bases = [base] if base else []
    if hosts and "" not in hosts and not any(_bare(host) == here for host in hosts):
        # Of two that are as frequent, that which comes first in the list.
        bases.append(f"https://{hosts.most_common(1)[0][0]}/")
    return tuple(bases)


def _base(built: Built) -> str:
    """Return the ``html_baseurl`` of a built site, or an empty text."""
    canonical = built.page("index.html").canonical
    return canonical.removesuffix("index.html") if has_scheme(canonical) else ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def answer_all(
    built: Built, addresses: Iterable[Listed], bases: Sequence[str]
) -> tuple[list[Answer], Counter[str]]:
    """Return what becomes of each address of the site, and how often others are listed, by host."""
    answers: list[Answer] = []
    foreign: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    # With www. and without is one site.
    both = [
        *bases,
        *(re.sub(r"//(www\.)?", lambda m: "//" if m[1] else "//www.", b) for b in bases),
    ]
    for listed in addresses:
        # What hosts of files ignore.
        text = re.sub(r"\?[^#]*", "", listed.text)
        place = site_address(text, "/", both)
        if place is None:
            foreign[urlsplit(listed.text).netloc] += 1
        elif place not in seen:
            seen.add(place)
            answers.append(_follow(built, place, both, listed))
    return answers, foreign


def _follow(built: Built, place: SiteAddress, bases: Sequence[str], listed: Listed) -> Answer:
    """Return what becomes of an address."""

    def lost(why: str, advice: str = "correct its redirect") -> Answer:
        return Answer(listed, place.path, LOST, "", why, advice)

    path, fragment = place
    how, name = _locate(built, path)
    if not name and path.strip("/") in built.files:
        return lost("is below a file", "take the slash away, or have the host do it")
    if not name:
        return lost(_GONE, "lead it to a page with fsp_redirects")
    passed: list[str] = []
    while _is_page(name) and (target := built.page(name).refresh):
        if name in passed:
            return lost(f"leads in a circle, by /{name}")
        passed.append(name)
        if len(passed) > _MOST_REDIRECTS:
            return lost(f"leads over more than {_MOST_REDIRECTS} redirects")
        there = site_address(target, f"/{name}", bases)
        if there is None:
            return Answer(listed, path, ELSEWHERE, target)
        fragment = there.fragment or fragment
        _, name = _locate(built, there.path)
        if not name:
            return lost(f"leads to {there.path}, which isn't there")
    if fragment and not _has(built, name, fragment):
        known = built.page(name).places if _is_page(name) else ()
        near = difflib.get_close_matches(fragment, sorted(known), n=1, cutoff=0.8)
        meant = f"did you mean #{near[0]}? If not, " if near else ""
        advice = f"{meant}write ({fragment})= in the line before its heading"
        where = f"leads to {_address(name)}, which" if passed else "is a page that"
        return lost(f"{where} has no #{fragment}", advice)
    return Answer(listed, path, REDIRECT if passed else how, name)


def _has(built: Built, name: str, fragment: str) -> bool:
    # The top of the page, or a text in it: browsers find these without a name.
    if fragment.lower() == "top" or fragment.startswith(":~:"):
        return True
    if not _is_page(name):
        # The page of a PDF, the second of a film: no name of a place.
        return "=" in fragment
    return fragment in built.page(name).places


def _is_page(name: str) -> bool:
    return name.endswith((".html", ".htm"))


def _locate(built: Built, path: str) -> tuple[str, str]:
    """Return how a host finds the file at a path, and that file; empty texts for none."""
    name = path.lstrip("/")
    if name in built.files:
        return FILE, name
    folder = f"{name.rstrip('/')}/index.html".lstrip("/")
    if folder in built.files:
        return FOLDER, folder
    page = f"{name.rstrip('/')}.html"
    return (HTML, page) if page in built.files else ("", "")


def _is_file(answer: Answer) -> bool:
    """Tell whether an address is no page's: that of a file on the disk is certain."""
    listed = answer.listed
    return is_file(answer.path) if listed.line else not _is_page(listed.path.name)


def _address(name: str) -> str:
    """Return the address of a file of the site."""
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", name)


def _problem(answer: Answer, near: str | None, *, feeds: bool) -> Problem:
    listed = answer.listed
    advice = answer.advice
    if answer.why == _GONE:
        if _FEED.search(answer.path):
            advice = "list it in fsp_feeds, or lead it to a feed with fsp_redirects"
            if not feeds:
                advice = "feeds are made where html_baseurl is set: set it in conf.py"
        elif _is_file(answer):
            # A page that leads on shows no image.
            advice = "publish the file there, from a folder of fsp_static_path"
        elif near:
            advice = f"did you mean {near}? Lead it there with fsp_redirects"
    details = {"target": listed.text, "why": answer.why, "advice": advice}
    return Problem(LOST_ADDRESS, str(listed.path), listed.line, details)


def _nearest_to(lost: Iterable[Answer], built: Built) -> Iterable[str | None]:
    """Return for each address the one that is nearest to it, or None."""
    known = tuple(sorted(_address(name) for name in built.files if not _NOT_MEANT.match(name)))
    asked = 0
    for answer in lost:
        gone = answer.why == _GONE and asked < _SUGGESTIONS
        asked += gone
        yield nearest(answer.path, known) if gone else None


def notes_on(answers: Sequence[Answer], foreign: Counter[str]) -> Iterable[str]:
    """Say how addresses are answered, in a line each."""
    counts = Counter(answer.how for answer in answers)
    for how, words in _WORDS.items():
        if counts[how]:
            yield f"{counts[how]} {words}"
    if counts[HTML]:
        first = [answer.listed.text for answer in answers if answer.how == HTML][:_NAMED]
        more = ", ..." if counts[HTML] > _NAMED else ""
        yield (
            f"{counts[HTML]} only where the host adds .html, as Netlify and Cloudflare Pages do: "
            f"{', '.join(first)}{more}"
        )
    if foreign:
        hosts = ", ".join(f"{host} ({count})" for host, count in foreign.most_common(_NAMED))
        more = ", ..." if len(foreign) > _NAMED else ""
        yield f"{foreign.total()} of other sites, not checked: {hosts}{more}"


def in_words(answers: Iterable[Answer]) -> str:
    """Say what the addresses are, by their names: ``14 pages, 2 feeds, 1 file``."""
    kinds = Counter(
        "feed" if _FEED.search(one.path) else "file" if _is_file(one) else "page" for one in answers
    )
    names = [name for name in ("page", "feed", "file") if kinds[name]]
    return ", ".join(f"{kinds[name]} {name}{'s' * (kinds[name] != 1)}" for name in names)


def as_data(answer: Answer) -> dict[str, object]:
    """Return an answer for JSON."""
    return {
        "address": answer.listed.text,
        "line": answer.listed.line or None,
        "answer": answer.how,
        "where": answer.where or None,
    }
