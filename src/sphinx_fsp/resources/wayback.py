"""Archived copies, looked up in the Wayback Machine.

By its `availability API <https://archive.org/help/wayback_api.php>`_, which names the copy that is
closest to a day.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import requests

from sphinx_fsp.resources.address import archived_address, fault_of, record_key

ENDPOINT = "https://archive.org/wayback/available"


def find_copy(
    session: requests.Session,
    url: str,
    day: date | None,
    *,
    endpoint: str = ENDPOINT,
    timeout: float = 20.0,
) -> str:
    """Return the address of an archived copy, or an empty string when there is none to be had.

    :param session: bounds what is read, and waits between two requests
    :param day: when the address still worked, as well as it is known
    """
    params = {"url": url}
    if day:
        params["timestamp"] = f"{day:%Y%m%d}"
    try:
        with session.get(endpoint, params=params, timeout=timeout) as response:
            return copy_in(response.content, url) if response.status_code == 200 else ""
    except requests.RequestException:
        return ""


def copy_in(answer: bytes, url: str) -> str:
    """Return the address of the copy that an answer names, or an empty string.

    The API answers with ``http`` for a host that serves ``https``. Anything that is no copy of
    that very address in the Wayback Machine is left out: it will be published as a link.

    >>> closest = b'{"available": true, "url": "http://web.archive.org/web/2013/http://example.org/"}'
    >>> copy_in(b'{"archived_snapshots": {"closest": ' + closest + b"}}", "http://example.org")
    'https://web.archive.org/web/2013/http://example.org/'
    """
    try:
        data: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    for name in ("archived_snapshots", "closest"):
        data = data.get(name) if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("available") is not True:
        return ""
    copy = data.get("url")
    if not isinstance(copy, str) or str(data.get("status", "200")) != "200":
        return ""
    scheme, colon, rest = copy.partition("://")
    copy = f"https://{rest}" if colon and scheme == "http" else copy
    original = archived_address(copy)
    is_copy = copy.startswith("https://") and record_key(original) == record_key(url)
    return copy if original and is_copy and not fault_of(copy) else ""
