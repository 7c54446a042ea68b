"""Words and badges of a resource: what readers see of its fields, in their language."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation

from sphinx_fsp.resources.record import KINDS, LEVELS, PRICES, Fields, Resource
from sphinx_fsp.source.slugs import slugify

_ = get_translation("sphinx_fsp")

#: Fields that are shown as badges, with the colour of sphinx-design.
_BADGES = {"kind": "primary", "level": "secondary", "price": "success"}
#: Words that are translated; those that a project adds are not.
_WORDS = frozenset((*KINDS, *LEVELS, *PRICES))


def group_title(name: str, group_by: str) -> str:
    """Return the heading of a group, whose name may be empty."""
    if not name:
        return str(_("Other"))
    title = label(name)
    return title[:1].upper() + title[1:] if group_by in _BADGES else title


def label(word: str) -> str:
    """Return a kind, level or price as readers see it, in their language."""
    return str(_(word)) if word in _WORDS else word


def classes(resource: Resource) -> list[str]:
    """Return the classes of a resource's item, by which themes and readers filter."""
    return ["resource", *field_classes(resource.fields)]


def field_classes(fields: Fields) -> list[str]:
    """Return a class for each of the fields that are badges, and for the date, to sort by."""
    values = ((name, getattr(fields, name)) for name in (*_BADGES, "date"))
    return [_class(name, value) for name, value in values if value]


@lru_cache(maxsize=256)
def _class(name: str, value: str) -> str:
    return f"{name}-{slugify(value)}"


def badges(fields: Fields, lead: str = " ") -> list[nodes.Node]:
    """Return the badges of a resource: beside the text in HTML, in brackets everywhere else.

    :param lead: what parts them from the text before them
    """
    text = lead + badges_text(fields).lstrip()
    if not text.strip():
        return []
    row = nodes.inline(classes=["resource-badges"])
    for name, colour in _BADGES.items():
        if word := getattr(fields, name):
            row += [nodes.Text(" "), nodes.inline("", label(word), classes=_badge(name, colour))]
    return [
        addnodes.only("", row, expr="html"),
        addnodes.only("", nodes.inline(text, text), expr="not html"),
    ]


def badges_html(fields: Fields) -> str:
    """Return the badges of a resource as HTML."""
    shown = "".join(
        f' <span class="{" ".join(_badge(name, colour))}">{escape(label(word))}</span>'
        for name, colour in _BADGES.items()
        if (word := getattr(fields, name))
    )
    return f'<span class="resource-badges">{shown}</span>' if shown else ""


def badges_text(fields: Fields) -> str:
    """Return what stands for badges in a text: the words in brackets, with a blank before."""
    words = [label(word) for name in _BADGES if (word := getattr(fields, name))]
    return f" ({', '.join(words)})" if words else ""


def _badge(name: str, colour: str) -> list[str]:
    """Return the classes of a badge: those of sphinx-design, and one of its own."""
    return [
        "sd-sphinx-override",
        "sd-badge",
        f"sd-bg-{colour}",
        f"sd-bg-text-{colour}",
        f"resource-{name}",
    ]


def dead_note(url: str, archive: str) -> str:
    """Return what is said of a resource whose address is dead."""
    if not archive:
        return str(_("dead link"))
    return str(_("archived copy; it was at {url}")).format(url=url)
