"""What link checks found, day by day, and what follows from it. Pure functions.

The file is JSON, made to be kept in the repository: sorted, with one line for each resource. The
day on which most of them were checked stands once, at the top, so that a check that learns nothing
new changes that line alone. ::

    {
      "version": 1,
      "checked": "2026-01-12",
      "links": {
        "example.org/a": {"url": "https://example.org/a", "result": "ok"},
        "example.org/b": {"url": "https://example.org/b", "result": "404", "worked": "2025-12-29",
                          "failures": ["2026-01-05", "2026-01-12"]}
      }
    }

(Each entry is really one line.) A resource is dead after three failures, each at least three days
after the one before: hosts are down for a night, or for a weekend. What says nothing about the
page never is a failure: an answer about who asks (401, 403), about the hour (429, 5xx), or none in
time. Nor does it undo failures, since a dying host gives such answers too; only success does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sphinx_fsp.diagnostics import LINK_HISTORY, Problem
from sphinx_fsp.resources.address import fault_of

VERSION = 1
#: So many failures make a resource dead,
FAILURES = 3
#: each so many days after the one before.
DAYS_BETWEEN = 3

#: Results that mean that the page is there. ``moved`` is a permanent redirect; ``no-anchor`` is a
#: page without the place that the address names, which scripts often add.
WORKS = frozenset({"ok", "moved", "no-anchor"})
#: Results without an answer of HTTP that count as a failure.
_FAILS = frozenset(
    {"bad-answer", "bad-redirect", "invalid", "no-host", "refused", "reset", "tls"},
)
#: Answers about who asks, from where: authentication, payment, a proxy's, and reasons of law.
_ABOUT_WHO_ASKS = frozenset({"401", "402", "403", "407", "451"})
#: Answers about the hour, beside 5xx: time is up, too early, too many.
_ABOUT_THE_HOUR = frozenset({"408", "425", "429"})

Status = Literal["", "ok", "failing", "dead"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADVICE = "correct it, or remove the file to start again; until then it isn't written"


class Link(NamedTuple):
    """What is known of a resource's address."""

    url: str
    #: Day on which the file first saw it; None for those it was made with, which aren't new.
    seen: date | None = None
    #: Day of the last check.
    checked: date | None = None
    #: What it gave: ``ok``, ``404``, ``timeout`` ...; see `WORKS` and `is_failure`.
    result: str = ""
    #: Day on which it last worked, once it doesn't any more.
    worked: date | None = None
    #: Days of the failures since then: those that count, so three at most.
    failures: tuple[date, ...] = ()
    #: Address of an archived copy that was looked up.
    archive: str = ""

    @property
    def status(self) -> Status:
        """``ok``, ``failing``, ``dead``, or an empty string as long as nothing is known."""
        if self.failures:
            return "dead" if len(self.failures) >= FAILURES else "failing"
        return "ok" if self.result in WORKS or self.worked else ""

    def after(self, result: str, today: date) -> Link:
        """Return what is known after one more check."""
        link = self._replace(checked=today, result=result)
        if result in WORKS:
            return link._replace(worked=None, failures=(), archive="")
        if self.result in WORKS:
            link = link._replace(worked=self.checked)
        if is_failure(result):
            link = link._replace(failures=_counted((*self.failures, today)))
        return link


class History(NamedTuple):
    """What is known of the addresses of all resources, by `address.record_key`."""

    links: Mapping[str, Link] = {}
    #: Whether there was a file. What is added to one is new; what one is made with isn't.
    exists: bool = False

    def status(self, key: str) -> Status:
        """``ok``, ``failing``, ``dead``, or an empty string as long as nothing is known."""
        link = self.links.get(key)
        return link.status if link else ""

    def archive(self, key: str) -> str:
        """Return the address of the archived copy that was looked up, or an empty string."""
        link = self.links.get(key)
        return link.archive if link else ""

    def first_seen(self, key: str) -> str:
        """Return the day on which a resource was new, ``2026-01-31``, or an empty string."""
        link = self.links.get(key)
        return link.seen.isoformat() if link and link.seen else ""

    def is_due(self, key: str, today: date, ttl: int) -> bool:
        """Tell whether an address is to be asked.

        :param ttl: days for which a result holds. A failure, and what says nothing, holds for
            three days at most: it takes three failures to know.
        """
        link = self.links.get(key)
        if not link or not link.checked:
            return True
        settled = not link.failures and link.result in WORKS | _ABOUT_WHO_ASKS
        days = ttl if settled or link.status == "dead" else min(ttl, DAYS_BETWEEN)
        # A day in the future comes from a clock that was wrong, and doesn't hold for ever.
        return abs((today - link.checked).days) >= days

    def updated(self, key: str, url: str, result: str, today: date) -> History:
        """Return the history after one more check."""
        links = self.listing({key: url}, today).links
        return self._replace(links={**links, key: links[key].after(result, today)})

    def checked(self, results: Mapping[str, str], today: date) -> History:
        """Return the history after checks of resources that it knows.

        :param results: what the checks gave, by key
        """
        after = {key: self.links[key].after(result, today) for key, result in results.items()}
        return self._replace(links={**self.links, **after})

    def listing(self, urls: Mapping[str, str], today: date, *, only: bool = False) -> History:
        """Return the history with an entry for each resource that is listed.

        :param urls: their addresses by key
        :param only: leave out every other entry
        """
        new = Link("", seen=today if self.exists else None)
        listed = {key: self.links.get(key, new)._replace(url=url) for key, url in urls.items()}
        return self._replace(links=listed if only else {**self.links, **listed})

    def archived(self, copies: Mapping[str, str]) -> History:
        """Return the history with addresses of archived copies, by key."""
        found = {key: self.links[key]._replace(archive=url) for key, url in copies.items()}
        return self._replace(links={**self.links, **found})


def is_failure(result: str) -> bool:
    """Tell whether a result says that nothing is at an address.

    >>> [is_failure(r) for r in ("404", "410", "refused", "403", "429", "500", "timeout", "ok")]
    [True, True, True, False, False, False, False, False]
    """
    if result in _FAILS:
        return True
    client_error = re.fullmatch(r"4\d\d", result)
    return bool(client_error) and result not in _ABOUT_WHO_ASKS | _ABOUT_THE_HOUR


def _counted(days: tuple[date, ...]) -> tuple[date, ...]:
    """Return the days of failures that count: far enough from each other, three at most."""
    counted: list[date] = []
    for day in sorted(days):
        if not counted or (day - counted[-1]).days >= DAYS_BETWEEN:
            counted.append(day)
    return tuple(counted[:FAILURES])


def dump_history(history: History) -> str:
    """Return the text of the file."""
    days = Counter(link.checked for link in history.links.values() if link.checked)
    usual = max(days, key=lambda day: (days[day], day), default=None)
    lines = []
    for key, link in sorted(history.links.items()):
        entry: dict[str, Any] = {"url": link.url}
        for name in Link._fields[1:]:
            value = getattr(link, name)
            if name == "checked" and value == usual:
                continue
            if name == "failures":
                value = [day.isoformat() for day in value]
            if value:
                entry[name] = value.isoformat() if isinstance(value, date) else value
        if link.checked is None and usual:
            entry["checked"] = None
        lines.append(f"    {_json(key)}: {_json(entry)}")
    top = f'  "version": {VERSION},\n'
    if usual:
        top += f'  "checked": {_json(usual.isoformat())},\n'
    entries = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
    return "{\n" + top + f'  "links": {entries}\n' + "}\n"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # Half a surrogate pair, from an escape in a data file, can only be written as an escape.
    return (
        text
        if text.isascii() or text.encode(errors="ignore").decode() == text
        else json.dumps(value)
    )


class _WrongError(ValueError):
    """What is wrong in the file."""


def read_history(path: Path) -> tuple[History, list[Problem]]:
    """Read the file. None is an empty history.

    With problems the history is what can be read of it, and the file is not to be written: that
    would lose the rest.
    """
    problems: list[Problem] = []

    def report(why: str, line: int = 1, advice: str = _ADVICE) -> None:
        details = {"why": f"{path.name} {why}", "advice": advice}
        problems.append(Problem(LINK_HISTORY, str(path), line, details))

    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text, object_pairs_hook=_without_duplicates)
        usual, links = _top(data)
    except FileNotFoundError:
        return History(), []
    except OSError as error:
        report(f"can't be read: {error.strerror}")
    except UnicodeDecodeError:
        report("is not UTF-8")
    except json.JSONDecodeError as error:
        report(f"is no JSON: {error.msg} (column {error.colno})", error.lineno)
    except _DuplicateError as error:
        report(f"has {error.key!r} twice", _line_of(text, error.key, last=True))
    except RecursionError:
        report("is nested too deep")
    except ValueError as error:
        # Of Python, for a number of thousands of digits, or ours.
        report(str(error) if isinstance(error, _WrongError) else "holds a number that is too long")
    else:
        found = {}
        for key, entry in links.items():
            try:
                found[key] = _link(entry, usual)
            except _WrongError as error:
                report(f"has an entry {key!r} that {error}", _line_of(text, key))
        return History(found, exists=True), problems
    return History(exists=True), problems


class _DuplicateError(Exception):
    """A key that stands twice in an object: JSON would keep the last, as after a bad merge."""

    def __init__(self, key: str) -> None:
        self.key = key


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateError(key)
        found[key] = value
    return found


def _line_of(text: str, key: str, *, last: bool = False) -> int:
    """Return the line of a key, as well as it can be found."""
    start = _json(key)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(start)]
    return (lines[-1] if last else lines[0]) if lines else 1


def _top(data: object) -> tuple[date | None, dict[str, Any]]:
    """Return the usual day and the entries."""
    if not isinstance(data, dict) or not isinstance(data.get("links"), dict):
        raise _WrongError("is no history of links: it has no links by address")
    if data.get("version") != VERSION:
        raise _WrongError(f"has the version {data.get('version')!r}, not {VERSION}")
    return _day(data, "checked"), data["links"]


def _link(entry: object, usual: date | None) -> Link:
    """Return an entry, checked."""
    if not isinstance(entry, dict):
        raise _WrongError("is no object")
    if unknown := sorted(set(entry) - set(Link._fields)):
        raise _WrongError(f"has the unknown field {unknown[0]!r}")
    failures = entry.get("failures", [])
    if not isinstance(failures, list):
        raise _WrongError("has failures that are no list of days")
    link = Link(
        url=_text(entry, "url"),
        seen=_day(entry, "seen"),
        checked=_day(entry, "checked") if "checked" in entry else usual,
        result=_text(entry, "result"),
        worked=_day(entry, "worked"),
        failures=_counted(tuple(d for f in failures if (d := _day({"failures": f}, "failures")))),
        archive=_text(entry, "archive"),
    )
    if not link.url:
        raise _WrongError("has no url")
    # It is published as a link.
    if link.archive and (fault := fault_of(link.archive)):
        raise _WrongError(f"has an archive that {fault.why}")
    return link


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise _WrongError(f"has a value for {name} that is no text")
    return value


def _day(entry: dict[str, Any], name: str) -> date | None:
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _WrongError(f"has a value for {name} that is no day like 2026-01-31")
