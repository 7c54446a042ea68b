"""The code-example pages of a guide, grouped by module. Pure functions over titles.

Example pages are those in a folder named ``examples``: the author says so by putting them there.
In a guide without such folders they are the pages whose titles say it: a module's name first, and
the word "example" in the title, or in the slug.

The module is the dotted name that starts the navigation title, the object is the next word:
``django.db.models TextField Example Code`` is about ``TextField`` of ``django.db.models``. A
module without a dot is taken for one when it is in lower case, as packages are (PEP 8), and one
word follows: ``flask redirect``. Any other title is prose: ``Django Example Projects and Code``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sphinx_fsp.source.catalogue import Page, outline_order
from sphinx_fsp.source.names import plain

FOLDER = "examples"
CLASS = "class"
FUNCTION = "function"

_NAME = r"[^\W\d]\w*"
_DOTTED = re.compile(rf"{_NAME}(?:\.{_NAME})*")
_OBJECT = re.compile(rf"({_NAME}(?:\.{_NAME})*)(?:\(\))?")
#: The end of a title that says what kind of page it is: "Example Code", "Python Code Examples".
_ENDING = re.compile(r"(?:\s+(?:python|code))*\s+examples?(?:\s+code)?\s*$", re.I)
_SAYS_EXAMPLE = re.compile(r"(?:\b|_)examples?(?:\b|_)", re.I)


class Name(NamedTuple):
    """What an example page is about, from its title."""

    #: Empty for a title that starts with no module.
    module: str
    #: Empty for the page of a module as a whole.
    object: str
    #: Words of the title after these.
    rest: str


class Example(NamedTuple):
    """An example page in the index."""

    docname: str
    title: str
    name: Name

    @property
    def kind(self) -> str:
        """What its object is: a class when it starts with a capital letter (PEP 8)."""
        if not self.name.object:
            return ""
        return CLASS if self.name.object.lstrip("_")[:1].isupper() else FUNCTION


class Group(NamedTuple):
    """The examples of a module: classes first, then functions, by name."""

    #: Empty for the pages that belong to no module.
    module: str
    examples: tuple[Example, ...]


def find_examples(pages: Iterable[Page], prefix: str = "") -> tuple[Group, ...]:
    """Return the example pages by module; those of none first, in the order of the outline.

    :param prefix: a module, whose own and whose submodules' examples are taken; pages of no
        module belong to the one that their title starts with, in any case
    """
    pages = sorted((p for p in pages if not p.hidden and _is_example(p)), key=outline_order)
    groups: dict[str, list[Example]] = {}
    for page in pages:
        title = plain(page.nav_title)
        example = Example(page.docname, title, name_of(title))
        if _is_within(example.name.module or title.partition(" ")[0], prefix):
            groups.setdefault(example.name.module, []).append(example)
    return tuple(
        Group(module, tuple(sorted(groups[module], key=_order) if module else groups[module]))
        for module in sorted(groups, key=lambda module: (module.casefold().split("."), module))
    )


def name_of(title: str) -> Name:
    """Return what a title names.

    >>> name_of("django.db.models TextField Example Code")
    Name(module='django.db.models', object='TextField', rest='')
    >>> name_of("Celery Example Projects and Code")
    Name(module='', object='', rest='Celery Example Projects and Code')
    """
    words = _ENDING.sub("", title).split()
    if words and _DOTTED.fullmatch(words[0]):
        dotted = "." in words[0]
        if len(words) == 1 and dotted:
            return Name(words[0], "", "")
        match = _OBJECT.fullmatch(words[1]) if len(words) > 1 else None
        if match and (dotted or (len(words) == 2 and words[0].islower())):
            return Name(words[0], match[1], " ".join(words[2:]))
    return Name("", "", title)


def _is_example(page: Page) -> bool:
    if FOLDER in page.path.lower().split("/")[:-1]:
        return True
    said = (page.title, page.nav_title, page.slug.replace("-", " "))
    return bool(name_of(plain(page.nav_title)).module) and any(map(_SAYS_EXAMPLE.search, said))


def _is_within(module: str, prefix: str) -> bool:
    module, prefix = module.casefold(), prefix.casefold().strip(".")
    return not prefix or module == prefix or module.startswith(f"{prefix}.")


def _order(example: Example) -> tuple[object, ...]:
    """Return the key of the order within a module."""
    kinds = ("", CLASS, FUNCTION)
    name = example.name.object
    return (kinds.index(example.kind), name.casefold(), name, example.title, example.docname)
