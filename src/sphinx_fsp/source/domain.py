"""The domain ``fsp``: what pages asked of the guide, and the references between them.

While a page is read, a link to the site becomes a `pending_xref` of this domain. When a page is
written, the domain makes the reference for that output. MyST's own resolver, which asks every
domain about every link, is spared that work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, ClassVar, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util import docname_join
from sphinx.util.osutil import relative_uri

from sphinx_fsp.diagnostics import UNKNOWN_ANCHOR, warn
from sphinx_fsp.source.addresses import nearest_anchor
from sphinx_fsp.source.answers import Question, answer
from sphinx_fsp.source.document_data import DocumentData
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.redirects import output_file
from sphinx_fsp.source.rewrites import NAVIGATION_SHOWN, navigation
from sphinx_fsp.source.trail import trail

#: Builders whose output is a web site in which every document is a page.
PAGE_BUILDERS = frozenset({"html", "dirhtml"})
#: Builders whose output is a web site.
SITE_BUILDERS = PAGE_BUILDERS | {"singlehtml"}


class GuideDomain(DocumentData):
    """Keeps what pages asked, and the anchors that they have."""

    name = "fsp"
    label = "Guide"
    data_version = 3
    initial_data: ClassVar[dict[str, Any]] = {
        "answers": {},
        "anchors": {},
        "fragments": {},
        "addresses": {},
        "named": {},
    }

    @property
    def answers(self) -> dict[str, dict[Question, str]]:
        """Answers by docname and question."""
        return cast(dict[str, dict[Question, str]], self.data["answers"])

    @property
    def anchors(self) -> dict[str, frozenset[str]]:
        """Identifiers in a page, by docname."""
        return cast(dict[str, frozenset[str]], self.data["anchors"])

    @property
    def fragments(self) -> dict[str, set[tuple[str, str]]]:
        """Places in other pages that a page links to, by its docname."""
        return cast(dict[str, set[tuple[str, str]]], self.data["fragments"])

    @property
    def addresses(self) -> dict[str, list[str]]:
        """Addresses of the site that an ordinary document links to, by its docname."""
        return cast(dict[str, list[str]], self.data["addresses"])

    @property
    def named(self) -> dict[str, set[tuple[str, str]]]:
        """References whose text is a title elsewhere, as role and target, by docname."""
        return cast(dict[str, set[tuple[str, str]]], self.data["named"])

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the identifiers of a page that was read, and what others it leads to."""
        found = {
            (str(node.get("reftype")), str(node.get("reftarget")))
            for node in document.findall(pending_xref)
            if not node.get("refexplicit") and node.get("refdomain") in {"std", "doc", ""}
        }
        if found:
            self.named[docname] = found
        guide = guide_of(env)
        if not guide.catalogue.pages:
            return
        self.anchors[docname] = frozenset(document.ids)
        if guide.page(docname) is None:
            links = (node.get("reftarget") or "" for node in document.findall(pending_xref))
            paths = {link.partition("#")[0] for link in links if link.startswith("/")}
            self.addresses[docname] = sorted(paths)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Make the reference of a link for the output that is being written."""
        children = [child.deepcopy() for child in node.children]
        reference = nodes.reference("", "", *children, internal=True)
        reference["classes"] = node["classes"]
        reference["ids"] = node["ids"]
        if node.get("reftitle"):
            reference["reftitle"] = node["reftitle"]
        try:
            if typ == "redirect" and publishes_files(builder):
                file = output_file(target).removesuffix("index.html")
                reference["refuri"] = file_uri(builder, fromdocname, file)
            elif typ == "file" or (typ == "redirect" and "refdocument" not in node):
                reference["refuri"] = file_uri(builder, fromdocname, target)
            else:
                docname = node.get("refdocument", target)
                reference["refuri"] = self._page_uri(env, builder, fromdocname, docname, node)
        except NoUri:
            # This output doesn't hold the page: lead to the site, when we know where it is.
            base = env.config.html_baseurl.rstrip("/")
            if not base:
                # The text alone: Sphinx's own answer to a page that isn't there.
                raise
            path = f"/{target}.html" if typ == "page" else target
            fragment = f"#{node['reffragment']}" if node["reffragment"] else ""
            reference["internal"] = False
            reference["refuri"] = base + quote(path) + fragment
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Find the page at an address of the site, for links of ordinary documents."""
        guide = guide_of(env)
        path, _, fragment = target.partition("#")
        docname = guide.find_document(path) if target.startswith("/") else None
        if docname is None or not guide.catalogue.pages:
            return []
        uri = builder.get_relative_uri(fromdocname, docname)
        if anchor := self.anchor(docname, fragment):
            uri = f"{uri.partition('#')[0]}#{anchor}"
        if isinstance(contnode, nodes.Element):
            # Marks of a reference that isn't resolved, which the text writer would emphasise.
            contnode["classes"] = [c for c in contnode["classes"] if c not in {"xref", "any"}]
        return [("fsp:page", nodes.reference("", "", contnode, internal=True, refuri=uri))]

    def shown_of_others(self, env: BuildEnvironment) -> dict[str, str]:
        """Return what each page shows of others: titles, places and addresses."""
        guide = guide_of(env)
        shown: dict[str, str] = {}
        for docname in sorted(env.found_docs):
            named = sorted(self.named.get(docname, ()))
            shown[docname] = "\0".join(title_of(env, docname, *name) for name in named)
            for target, fragment in sorted(self.fragments.get(docname, ())):
                shown[docname] += f"\0{target}#{self.anchor(target, fragment)}"
            for path in self.addresses.get(docname, ()):
                shown[docname] += f"\0{path} {guide.find_document(path)}"
            if guide.icon or guide.manifest:
                shown[docname] += f"\0{guide.icon} {guide.manifest}"
            if guide.page(docname):
                above = (f"{name} {env.titles[name].astext()}" for name in trail(env, docname))
                shown[docname] += "\0" + "\0".join(above)
        return shown

    def anchor(self, docname: str, fragment: str) -> str:
        """Return the identifier that *fragment* means in a page, or an empty string."""
        known = self.anchors.get(docname, frozenset())
        spellings = (fragment, nodes.make_id(fragment))
        return next((spelling for spelling in spellings if spelling in known), "")

    def _page_uri(
        self,
        env: BuildEnvironment,
        builder: Builder,
        fromdocname: str,
        docname: str,
        node: pending_xref,
    ) -> str:
        """Return the address of a page as another one refers to it.

        :raises NoUri: when this output doesn't hold the page
        """
        uri = builder.get_relative_uri(fromdocname, docname)
        anchor = self._anchor(env, node, docname)
        if anchor:
            return f"{uri.partition('#')[0]}#{anchor}"
        if not uri and publishes_files(builder):
            # A link of a page to itself: Sphinx would make it a link to nowhere.
            return builder.get_target_uri(docname).rpartition("/")[2] or "./"
        return uri

    def _anchor(self, env: BuildEnvironment, node: pending_xref, docname: str) -> str:
        """Return the fragment of a link if its page has it, and an empty string otherwise."""
        fragment = str(node["reffragment"])
        if not fragment:
            return ""
        if anchor := self.anchor(docname, fragment):
            return anchor
        known = self.anchors.get(docname, frozenset())
        if split := guide_of(env).split_at(f"/{docname}.html"):
            known |= split.anchors.keys()
        details = {"target": f"/{docname}.html", "fragment": fragment}
        if near := nearest_anchor(fragment, known):
            details["suggestion"] = near
        path = env.doc2path(str(node["refdoc"]))
        warn(UNKNOWN_ANCHOR, path, int(node["refline"]) or None, **details)
        return ""


def title_of(env: BuildEnvironment, docname: str, role: str, target: str) -> str:
    """Return what a reference shows of another document: its title, or that of a label."""
    document = docname_join(docname, target)
    if role != "ref" and document in env.titles:
        return env.titles[document].astext()
    return repr(env.domains.standard_domain.labels.get(target.lower()))


def file_uri(builder: Builder, docname: str, path: str) -> str:
    """Return the address of a published file as a page of this output refers to it.

    :raises NoUri: when this output doesn't publish files
    """
    if not publishes_files(builder):
        raise NoUri
    return relative_uri(builder.get_target_uri(docname), quote(path.lstrip("/")))


def publishes_files(builder: Builder) -> bool:
    """Tell whether an output is a site, where files of ``fsp_static_path`` have addresses."""
    return builder.name in SITE_BUILDERS


def domain_of(env: BuildEnvironment) -> GuideDomain:
    """Return the domain of this package."""
    return cast(GuideDomain, env.get_domain("fsp"))


def ask(env: BuildEnvironment, question: Question) -> str:
    """Answer a question of the page that is being read, and remember it."""
    told = domain_of(env).answers.setdefault(env.docname, {})
    if question not in told:
        told[question] = answer(guide_of(env), question)
    return told[question]


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the documents for which some answer would be another now."""
    guide = guide_of(env)
    fresh: dict[Question, str] = {}
    stale = []
    for docname, told in domain_of(env).answers.items():
        for question, before in told.items():
            if question not in fresh:
                fresh[question] = answer(guide, question)
            if fresh[question] != before:
                stale.append(docname)
                break
    return stale


def navigation_shown(app: Sphinx, env: BuildEnvironment) -> Mapping[str, str] | None:
    """Return what pages show in a theme that says nothing: any title may be on any page."""
    if not guide_of(env).catalogue.pages:
        return None
    return dict.fromkeys(sorted(env.found_docs), navigation(env))


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(GuideDomain)
    # After the theme's own answer.
    app.connect(NAVIGATION_SHOWN, navigation_shown, priority=900)
    app.connect("env-get-outdated", outdated)
