"""Dates as authors write them. Pure functions."""

from __future__ import annotations

import re
from datetime import datetime

from dateutil import parser as date_parser


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
