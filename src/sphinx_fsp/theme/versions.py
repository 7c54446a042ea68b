"""The links of a page to what says the same in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sphinx.environment import BuildEnvironment

from sphinx_fsp.source.languages import direction, language_name, language_tag
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
        (other.lang or language_tag(env.config.language or "en") or "en", other.docname)
        for other in (guide.versions(page) if page else ())
        if other.docname != docname
    ]
    return tuple(
        Version(tag, language_name(tag), str(context["pathto"](name))) for tag, name in found
    )


def own_language(env: BuildEnvironment, docname: str) -> str:
    """Return the attributes that bring a part of a page back to the language of the site."""
    page = guide_of(env).page(docname)
    if page is None or not page.lang:
        return ""
    language = language_tag(env.config.language or "en") or "en"
    return f' lang="{language}" dir="{direction(language)}"'
