"""The time of a build, which can be said: then the same source gives the same output."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def said_time() -> datetime | None:
    """Return the time in ``SOURCE_DATE_EPOCH``, or None when it says none that a calendar has.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def build_time() -> datetime:
    """Return the time that counts as now."""
    return said_time() or datetime.now(UTC)
