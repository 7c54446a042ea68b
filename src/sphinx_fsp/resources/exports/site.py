"""What the exports say of the site that they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from sphinx_fsp.resources.exports.texts import is_web
from sphinx_fsp.resources.record import Listing, Resource

#: The place that a listing stands in, relative to the root of the site, such as
#: ``django.html#django-books``. Empty for an entry of a data file of the whole site.
AddressOf: TypeAlias = "Callable[[Listing], str]"


class Site(NamedTuple):
    """A site, as its exports name it."""

    title: str
    #: ``https://example.org/``. Without it, or when it is not of the web, addresses that have to
    #: be absolute are left out.
    base_url: str
    author: str
    language: str
    #: With its time zone. Only a feed without entries says it.
    updated: datetime
    #: The program that made the exports.
    generator: str = "sphinx_fsp"
    #: Titles of pages by docname: the names of folders. A page without one is named as it is.
    page_titles: Mapping[str, str] = MappingProxyType({})

    def absolute(self, address: str) -> str:
        """Return an address with the site's base before it; an empty string without a base."""
        if not is_web(self.base_url):
            return ""
        return f"{self.base_url.rstrip('/')}/{address.lstrip('/')}"


def listed_in(resource: Resource, address_of: AddressOf) -> list[str]:
    """Return the places of the site that list a resource, each once."""
    return list(dict.fromkeys(filter(None, map(address_of, resource.listings))))


def by_page(resources: Sequence[Resource], site: Site) -> dict[str, list[Resource]]:
    """Return resources in folders: for each page its title, and those that it lists first.

    A page is what a reader of the guide knows. Two in three resources have no kind, so that
    folders by kind would be one large heap. Each resource stands in one folder, so that a program
    that takes the folders in has it once. What no page lists is under an empty title, at the end.
    """
    pages: dict[str, list[Resource]] = {}
    for resource in resources:
        docname = next((place.docname for place in resource.listings if place.docname), "")
        pages.setdefault(docname, []).append(resource)
    loose = pages.pop("", [])
    folders: dict[str, list[Resource]] = {}
    for docname, listed in pages.items():
        folders.setdefault(site.page_titles.get(docname) or docname, []).extend(listed)
    if loose:
        folders[""] = loose
    return folders
