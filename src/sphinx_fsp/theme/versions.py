"""The links of a page to what says the same in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sphinx.environment import BuildEnvironment

from sphinx_fsp.source.languages import direction, language_name
from sphinx_fsp.source.project import guide_of


class Version(NamedTuple):
    """A page in another language."""

    #: The code of the language, and its name in itself.
    tag: str
    name: str
    address: str


def versions(
    env: BuildEnvironment, docname: str, context: Mapping[str, Any]
) -> tuple[Version, ...]:
    """Return the versions of a page in other languages, ordered by code."""
    guide = guide_of(env)
    page = guide.page(docname)
    found = [
        (other.lang or guide.settings.languages.own, other.docname)
        for other in (guide.versions(page) if page else ())
        if other.docname != docname
    ]
    return tuple(
        Version(tag, language_name(tag), str(context["pathto"](name))) for tag, name in found
    )


def own_language(env: BuildEnvironment, docname: str) -> str:
    """Return the attributes that bring a part of a page back to the language of the site."""
    guide = guide_of(env)
    page = guide.page(docname)
    own = guide.settings.languages.own
    return f' lang="{own}" dir="{direction(own)}"' if page and page.lang else ""
