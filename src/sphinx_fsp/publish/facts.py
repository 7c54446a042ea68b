"""What the head of a page says of it to machines. Pure data; all of it is plain text."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A page above another one."""

    title: str
    #: Absolute.
    address: str


class Facts(NamedTuple):
    """What is known of a page. An empty text or tuple is what isn't known."""

    title: str
    description: str
    site_name: str
    language: str
    #: Absolute, as all addresses here; empty when ``html_baseurl`` is.
    address: str = ""
    #: True for a page of the guide, False for an ordinary document, such as the start page.
    is_article: bool = False
    is_post: bool = False
    #: ISO 8601: a day, or a moment.
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    #: Of the author, if there is one.
    author_link: str = ""
    image: str = ""
    image_alt: str = ""
    #: The pages above it, the topmost first.
    above: tuple[Place, ...] = ()
    #: Of a page in several languages: code and address of each, its own among them.
    versions: tuple[tuple[str, str], ...] = ()
