"""The domain ``posts``: where the posts of each category, tag and author are listed.

The directive ``posts`` notes the groups of an archive while its document is read. A reference to
one of them (``{tag}green`` in a page, or the role ``posts:tag``) is made when its page is written:
only then all archives are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole

from sphinx_fsp.diagnostics import UNKNOWN_GROUP, warn
from sphinx_fsp.source.addresses import nearest
from sphinx_fsp.source.document_data import DocumentData
from sphinx_fsp.source.domain import domain_of
from sphinx_fsp.source.groups import NAMED, Group
from sphinx_fsp.source.names import name_key


class Place(NamedTuple):
    """A group in an archive."""

    docname: str
    id: str
    #: As it is shown.
    name: str
    #: How many posts it has.
    posts: int


class GroupRole(XRefRole):
    """``posts:tag``, ``posts:category``, ``posts:author``: a reference by name."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Note what the document refers to."""
        title, target = super().process_link(env, refnode, has_explicit_title, title, target)
        post_domain_of(env).note_reference(env.docname, str(refnode["reftype"]), target)
        return title, target


class PostDomain(DocumentData):
    """Keeps the groups of all archives, and which of them each document refers to."""

    name = "posts"
    label = "Posts"
    data_version = 1
    object_types: ClassVar = {kind: ObjType(kind, kind) for kind in NAMED}
    roles: ClassVar = {kind: GroupRole(innernodeclass=nodes.inline) for kind in NAMED}
    initial_data: ClassVar[dict[str, Any]] = {"places": {}, "named": {}}

    @property
    def places(self) -> dict[str, dict[tuple[str, str], Place]]:
        """Groups by docname, and by kind and key."""
        return cast(dict[str, dict[tuple[str, str], Place]], self.data["places"])

    @property
    def named(self) -> dict[str, set[tuple[str, str]]]:
        """Groups that a document refers to, as kind and key, by its docname."""
        return cast(dict[str, set[tuple[str, str]]], self.data["named"])

    def note(self, docname: str, kind: str, group: Group) -> None:
        """Note a group of an archive; the first of a document counts."""
        place = Place(docname, group.id, group.name, len(group.pages))
        self.places.setdefault(docname, {}).setdefault((kind, group.key), place)

    def note_reference(self, docname: str, kind: str, name: str) -> None:
        """Note that a document refers to a group."""
        self.named.setdefault(docname, set()).add((kind, name_key(name)))

    def place(self, kind: str, key: str) -> Place | None:
        """Return where a group is listed: with the most posts, in the first document by name."""
        found = [groups[kind, key] for groups in self.places.values() if (kind, key) in groups]
        return min(found, key=lambda place: (-place.posts, place.docname), default=None)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the groups for ``objects.inv``; the search finds the posts themselves."""
        for kind, key in sorted({key for groups in self.places.values() for key in groups}):
            if kind in NAMED and (place := self.place(kind, key)):
                yield key, place.name, kind, place.docname, place.id, -1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> Any:
        """Make the reference to a group, or leave its text and say that no document has it."""
        for child in node.children:
            if isinstance(child, nodes.inline) and "xref" in child["classes"]:
                # Marks of a reference that isn't resolved, which the text writer would emphasise.
                child["classes"] = []
        if place := self.place(typ, name_key(target)):
            node["reffragment"] = place.id
            link = domain_of(env).resolve_xref
            return link(env, fromdocname, builder, "page", place.docname, node, contnode)
        known = dict(self._names(typ))
        near = nearest(name_key(target), tuple(sorted(known)))
        details = {"suggestion": known[near]} if near else {}
        line = int(node.get("refline") or node.line or 1)
        path = env.doc2path(str(node["refdoc"]))
        warn(UNKNOWN_GROUP, path, line, kind=typ, target=target, **details)
        return nodes.inline("", "", *(child.deepcopy() for child in node.children))

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, nodes.reference]]:
        """Find nothing: a name alone doesn't say whether it is a tag or an author."""
        return []

    def shown_of_others(self, env: BuildEnvironment) -> dict[str, str]:
        """Return where the references of each page lead."""
        return {
            docname: "\0".join(repr(self.place(*wanted)) for wanted in sorted(named))
            for docname, named in sorted(self.named.items())
        }

    def _names(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield key and name of all groups of a kind."""
        for groups in self.places.values():
            yield from ((key, place.name) for (its, key), place in groups.items() if its == kind)


def post_domain_of(env: BuildEnvironment) -> PostDomain:
    """Return the domain of posts."""
    return cast(PostDomain, env.get_domain("posts"))


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(PostDomain)
