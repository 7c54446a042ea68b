"""Identifiers of headings."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes


def name_sections(document: nodes.document, ids: Mapping[int, str]) -> None:
    """Give the sections of a split file the anchors that they have on GitHub.

    :param ids: by the line of their heading
    """
    for section in document.findall(nodes.section):
        name = ids.get(section.line or 0, "")
        if not name or name in document.ids:
            continue
        for old in section["ids"]:
            document.ids.pop(old, None)
        for known in section["names"]:
            document.nameids[known] = name
        section["ids"] = [name]
        document.ids[name] = section
