"""The head of a page of HTML: what several parts of the package add to it."""

from __future__ import annotations

from typing import Any


def add_to_head(context: dict[str, Any], text: str) -> None:
    """Add elements to the head of a page that is about to be written.

    :param context: what its template is given: ``metatags`` is what every theme of Sphinx shows
    :param text: HTML, each element with a line end after it
    """
    head = str(context.get("metatags") or "")
    # Themes that put something of their own there don't all end the line.
    line = "" if not head or head.endswith("\n") else "\n"
    context["metatags"] = head + line + text
