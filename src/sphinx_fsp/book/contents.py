"""The book of a build: what `sphinx_fsp.book.plan` says of this project's documents."""

from __future__ import annotations

from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation

from sphinx_fsp.book.plan import OTHERS, Appendix, Plan, make_plan
from sphinx_fsp.markup.contents import UNLISTED
from sphinx_fsp.source.project import guide_of

_ = get_translation("sphinx_fsp")


def plan_of(env: BuildEnvironment) -> Plan | None:
    """Return what is in the book, or None for a project that is no guide."""
    guide = guide_of(env)
    if not guide.catalogue.pages:
        return None
    root = env.config.root_doc
    examples = {e.docname for group in guide.examples("") for e in group.examples}
    return make_plan(
        root,
        env.toctree_includes,
        _unlisted(env, root),
        guide.catalogue.pages,
        examples,
        env.config.fsp_book_exclude,
    )


def _unlisted(env: BuildEnvironment, root: str) -> tuple[str, ...]:
    """Return the pages that ``guide-contents`` keeps out of sight, in order."""
    contents = guide_of(env).contents or root
    toc = env.tocs.get(contents)
    toctrees = toc.findall(addnodes.toctree) if toc else ()
    return tuple(d for tree in toctrees if tree.get(UNLISTED) for d in tree["includefiles"])


def appendix_title(env: BuildEnvironment, appendix: Appendix) -> str:
    """Return the title of an appendix that no page opens."""
    if appendix.has_head:
        return str(env.titles[appendix.name].astext())
    known = {OTHERS: _("More pages"), "post": _("Blog")}
    name = known.get(appendix.name, appendix.name.replace("-", " ").replace("_", " "))
    return str(name)[:1].upper() + str(name)[1:]
