"""Dates as authors write them. Pure functions."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil import parser as date_parser


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of that name, such as ``Europe/Berlin``."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # No such file, a path that leaves the folder of zones, or a folder in it.
        return False
    return True


def in_zone(date: str, zone: str) -> str:
    """Return a date with the offset that a time zone has then, or as it is where it names one.

    >>> in_zone("2024-05-06T10:00:00", "Europe/Berlin"), in_zone("2024-01-02T10:00:00Z", "UTC")
    ('2024-05-06T10:00:00+02:00', '2024-01-02T10:00:00Z')

    :param date: ISO 8601, or an empty text
    :param zone: one that `is_zone` knows
    """
    moment = datetime.fromisoformat(date) if date else None
    if moment is None or moment.tzinfo:
        return date
    return moment.replace(tzinfo=ZoneInfo(zone)).isoformat()


def iso_date(value: str) -> str:
    """Return a date as ISO 8601, or an empty string when it is none.

    ISO dates first; everything else as Pelican reads it, with dateutil.
    """
    if not value or not re.search(r"\d{4}", value) or len(value) > 100:
        return ""
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return date_parser.parse(value, default=datetime(2000, 1, 1)).isoformat()
    except (ValueError, OverflowError):
        return ""
