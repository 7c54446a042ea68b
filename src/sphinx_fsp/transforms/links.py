"""Links of pages: references to pages of the site, and to files that it publishes.

While a page is read, a link to the site becomes a `pending_xref` of the domain ``fsp``, and the
page remembers what its address led to (`sphinx_fsp.source.answers`). The domain makes the
reference when the page is written.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from sphinx_fsp.diagnostics import BAD_SCHEME, BAD_URL, UNKNOWN_FILE, UNKNOWN_PAGE
from sphinx_fsp.source.addresses import (
    SiteAddress,
    has_scheme,
    is_dangerous,
    is_file,
    lacks_scheme,
    with_scheme,
)
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask, domain_of
from sphinx_fsp.source.groups import NAMED
from sphinx_fsp.source.post_domain import post_domain_of
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.static import DOCUMENTS
from sphinx_fsp.transforms.context import PageContext

#: Pelican's names of its listings: ``{tag}green``.
_GROUP = re.compile(rf"^[{{|]({'|'.join(NAMED)})[}}|]([^#?]*)")

#: Stands for a repository that nobody has named.
_ANY_REPOSITORY = "https://github.com/owner/name/blob/main/"
_NAME_REPOSITORY = 'for what only GitHub has, set html_theme_options["repository"]'

#: The class of text that was a link, and isn't for its address.
REMOVED = "removed-link"


def link_node(
    context: PageContext, href: str, text: str, lines: tuple[int, int]
) -> nodes.Element | None:
    """Return the node of a link, without its content; None to leave the link to MyST.

    :param href: the address, percent-encoded
    :param text: the address as it was written
    :param lines: first line of the block it stands in, and the line after its last
    """
    # Browsers drop line ends in addresses.
    text = re.sub(r"[\t\r\n]", "", text)

    def line() -> int:
        return context.find_line(text, *lines)

    if is_dangerous(text):
        context.warn(BAD_SCHEME, line(), target=text[:60])
        return nodes.inline(classes=[REMOVED])
    if text.startswith("#") and context.page.lines is None:
        return None
    if match := _GROUP.match(text):
        return _group(context, match[1], unquote(match[2]).strip(), line())
    place = context.locate(text)
    if place is None:
        if lacks_scheme(text):
            return _without_scheme(context, text, href, line())
        scheme, _, path = text.partition(":")
        if scheme.lower() in {"path", "project"} and not path.startswith("#"):
            # MyST publishes the file that it finds there.
            return None if _is_beside(context, path) else _unknown(context, path, href, line())
        return None if scheme.lower() in {"inv", "project"} else nodes.reference(refuri=href)
    is_path = context.page.lines is not None and not has_scheme(text)
    # On GitHub, links are paths.
    if is_path and (node := _on_github(context, text, href)):
        return node
    answer = ask(context.env, Question("address", place.path))
    if answer.startswith("document:"):
        docname = answer.removeprefix("document:")
        return _pending(context, docname=docname, fragment=place.fragment, line=line())
    if answer.startswith("redirect:"):
        return _redirected(context, place, answer.removeprefix("redirect:"))
    if answer.startswith("file:"):
        return _pending(context, file=place.path, line=0)
    if path := context.guide.intrasite_path(text, context.page):
        # The file of a page that isn't published is a draft, and stays one.
        if not path.endswith(DOCUMENTS) and ask(context.env, Question("source", path)):
            return _download(context, path)
        return _unknown_file(context, path, href, line())
    if not has_scheme(text) and lacks_scheme(text):
        return _without_scheme(context, text, href, line())
    if _is_beside(context, text):
        # A file beside the page: MyST makes a link to a document, or a download.
        return None
    return _unknown(context, place.path, href, line())


def _on_github(context: PageContext, text: str, href: str) -> nodes.Element | None:
    """Return a link of a split file to what GitHub has beside it, and the site hasn't, or None.

    That is a file or folder of the repository, or a page about it, such as ``../../issues``.
    Where the repository isn't known, a file can be downloaded.
    """
    if context.guide.split_meant(text, context.page):
        return None
    path = context.path_beside(text)
    is_file = bool(ask(context.env, Question("source", path)))
    if is_file and context.env.path2doc(path) in context.env.found_docs:
        return None
    if base := ask(context.env, Question("repository", "")):
        address = _github_address(context, base, href)
        is_there = is_file or bool(ask(context.env, Question("folder", path)))
        if is_there or _is_about(base, address):
            return nodes.reference(refuri=address)
    if not is_file:
        return None
    return addnodes.download_reference(
        reftarget=f"/{path}", refdoc=context.env.docname, reftype="download", refexplicit=True
    )


def _github_address(context: PageContext, base: str, href: str) -> str:
    """Return the address on GitHub of what a page's link leads to.

    :param base: the address below which GitHub has the files
    """
    if href.startswith("/"):
        return urljoin(base, href.lstrip("/"))
    return urljoin(base + quote(context.page.path), href)


def _is_about(base: str, address: str) -> bool:
    """Tell whether an address is that of a page about a repository, and of none of its files."""
    about = base.partition("/blob/")[0] + "/"
    return address.startswith(about) and not address.startswith(f"{about}blob/")


def _lacks_repository(context: PageContext, href: str) -> bool:
    """Tell whether a link of a split file would lead to GitHub, if its repository were known."""
    if context.page.lines is None or has_scheme(href):
        return False
    if ask(context.env, Question("repository", "")):
        return False
    folder = context.path_beside(href)
    is_about = _is_about(_ANY_REPOSITORY, _github_address(context, _ANY_REPOSITORY, href))
    return is_about or bool(ask(context.env, Question("folder", folder)))


def _without_scheme(context: PageContext, text: str, href: str, line: int) -> nodes.reference:
    """Return a link to an address without its scheme as it was written, and say so."""
    advice = f"did you mean {with_scheme(text)}?"
    context.warn(BAD_URL, line, target=text, why="has no scheme", advice=advice)
    return nodes.reference(refuri=href)


def _is_beside(context: PageContext, text: str) -> bool:
    """Tell whether an address is the path of a file in the source folder."""
    return not text.startswith("/") and bool(
        ask(context.env, Question("source", context.path_beside(text)))
    )


def _download(context: PageContext, path: str) -> addnodes.download_reference:
    """Return a link to a file of the source folder, which Sphinx copies."""
    return addnodes.download_reference(
        reftarget=f"/{path}", refdoc=context.env.docname, refexplicit=True, refwarn=False
    )


def _unknown(context: PageContext, path: str, href: str, line: int) -> nodes.reference:
    """Return a link that leads nowhere as it was written, and say so."""
    if _lacks_repository(context, href):
        return _reported(context, UNKNOWN_PAGE, path, None, href, line, _NAME_REPOSITORY)
    near = context.guide.suggest_page(path)
    otherwise = "put the file in a folder of fsp_static_path" if is_file(path) else ""
    return _reported(context, UNKNOWN_PAGE, path, near, href, line, otherwise)


def _unknown_file(context: PageContext, path: str, href: str, line: int) -> nodes.reference:
    """Return a link to a source file that isn't there as it was written, and say so."""
    return _reported(context, UNKNOWN_FILE, path, context.guide.suggest_source(path), href, line)


def _reported(
    context: PageContext,
    subtype: str,
    target: str,
    near: str | None,
    href: str,
    line: int,
    otherwise: str = "",
) -> nodes.reference:
    details = {"suggestion": near} if near else {"otherwise": otherwise} if otherwise else {}
    context.warn(subtype, line, target=target, **details)
    return nodes.reference(refuri=href)


def resolve_local_links(document: nodes.document) -> None:
    """Point links to ``#fragment`` at the place in this page that has that identifier.

    All others, to labels of the project and to headings by their slugs, are MyST's.
    """
    for node in document.findall(nodes.reference):
        if node.get("id_link"):
            fragment = str(node["refuri"]).removeprefix("#")
            if fragment in document.ids:
                del node["refuri"], node["id_link"]
                node["refid"] = fragment
                node["internal"] = True


def lead_to_parts(document: nodes.document, env: BuildEnvironment) -> None:
    """Point MyST's links to places of a split file at the page that has the place."""
    leads = {split.lead.docname: (path, split) for path, split in guide_of(env).splits.items()}
    if not leads:
        return
    for node in document.findall(addnodes.pending_xref):
        anchor = node.get("reftargetid")
        if not anchor or node.get("refdomain") != "doc" or node["reftarget"] not in leads:
            continue
        path, split = leads[node["reftarget"]]
        ask(env, Question("anchor", f"{path}#{anchor}"))
        if place := split.place(anchor):
            node["refdomain"], node["reftype"] = "fsp", "page"
            node["reftarget"], node["reffragment"] = place.docname, place.id
            node["refline"] = node.line or 0


def name_link(context: PageContext, node: nodes.Element) -> None:
    """Give a link that has no text the title of its page, or its address.

    Sphinx takes the text of every reference that it resolves.
    """
    if node.children or not isinstance(node, addnodes.pending_xref):
        return
    is_page = node["refdomain"] == "fsp"
    page = context.guide.page(node.get("refdocument", node["reftarget"])) if is_page else None
    node += nodes.Text(page.title if page else str(node["reftarget"]))


def _redirected(context: PageContext, place: SiteAddress, target: str) -> nodes.Element:
    """Return the node of a link to an old address.

    On a site it goes there, as it was written: the page at that address leads on. Any other
    output takes the page that it leads to.
    """
    path, _, fragment = target.partition("#")
    docname = context.guide.find_document(path) if path.startswith("/") else None
    node = _pending(context, file=place.path, fragment=place.fragment, line=0)
    node["reftype"] = "redirect"
    if docname:
        node["refdocument"], node["reffragment"] = docname, place.fragment or fragment
    elif not path.startswith("/"):
        return nodes.reference(refuri=target)
    return node


def _group(context: PageContext, kind: str, name: str, line: int) -> addnodes.pending_xref:
    """Return the node of a link to the posts of a category, a tag or an author."""
    post_domain_of(context.env).note_reference(context.env.docname, kind, name)
    return addnodes.pending_xref(
        refdomain="posts",
        reftype=kind,
        reftarget=name,
        refline=line,
        refdoc=context.env.docname,
        refexplicit=True,
        refwarn=False,
    )


def _pending(
    context: PageContext, *, docname: str = "", file: str = "", fragment: str = "", line: int
) -> addnodes.pending_xref:
    if docname and fragment:
        links = domain_of(context.env).fragments.setdefault(context.env.docname, set())
        links.add((docname, fragment))
    return addnodes.pending_xref(
        refdomain="fsp",
        reftype="file" if file else "page",
        reftarget=file or docname,
        reffragment=fragment,
        refline=line,
        refdoc=context.env.docname,
        refexplicit=True,
        refwarn=False,
    )
