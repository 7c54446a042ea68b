"""The book of a build: what `sphinx_fsp.book.plan` says of this project's documents."""

from __future__ import annotations

from pathlib import Path

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation

from sphinx_fsp.book.plan import EXAMPLES, OTHERS, Appendix, Plan, make_plan, unknown_names
from sphinx_fsp.config import values_said
from sphinx_fsp.diagnostics import BOOK_EXCLUDE, warn
from sphinx_fsp.markup.contents import UNLISTED
from sphinx_fsp.source.project import guide_of

_ = get_translation("sphinx_fsp")

#: Those that make a book.
BUILDERS = frozenset({"latex", "epub", "man"})


def plan_of(env: BuildEnvironment) -> Plan | None:
    """Return what is in the book, or None for a project that is no guide."""
    guide = guide_of(env)
    if not guide.catalogue.pages:
        return None
    root = env.config.root_doc
    return make_plan(
        root,
        env.toctree_includes,
        _unlisted(env, root),
        guide.catalogue.pages,
        _examples(env),
        env.config.fsp_book_exclude,
    )


def check_exclude(app: Sphinx) -> None:
    """Say which names of ``fsp_book_exclude`` mean no page, when a book is made."""
    pages = guide_of(app.env).catalogue.pages
    is_said = "fsp_book_exclude" in values_said(app.config)
    if not pages or not is_said or app.builder.name not in BUILDERS:
        return
    # What the default names may well be missing.
    said = [n for n in app.config.fsp_book_exclude if n not in {"post", "talk", EXAMPLES}]
    for name, near in unknown_names(pages, said, _examples(app.env)):
        details = {"target": name, **({"suggestion": near} if near else {})}
        warn(BOOK_EXCLUDE, Path(app.confdir, "conf.py"), None, **details)


def _examples(env: BuildEnvironment) -> frozenset[str]:
    groups = guide_of(env).examples("")
    return frozenset(example.docname for group in groups for example in group.examples)


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


def setup(app: Sphinx) -> None:
    """Connect to the build, when the guide is known."""
    app.connect("builder-inited", check_exclude)
