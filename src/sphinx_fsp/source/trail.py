"""What a page stands below, by the outline: the start page, and the page that opens its chapter."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment

from sphinx_fsp.source.project import guide_of


def trail(env: BuildEnvironment, docname: str) -> tuple[str, ...]:
    """Return the docnames of the pages above one, the topmost first; none for the start page.

    What stands in no chapter, such as a post, is below the page of its folder: ``blog/first``
    below ``blog``.
    """
    root: str = env.config.root_doc
    if docname == root:
        return ()
    chapter = guide_of(env).outline.parent(docname)
    above = chapter.docname if chapter else folder_page(env, docname)
    return tuple(dict.fromkeys(name for name in (root, above) if name in env.titles))


def folder_page(env: BuildEnvironment, pagename: str) -> str:
    """Return the page that has the name of a page's folder, the nearest one; empty for none.

    What is in no toctree, such as a post, is shown below it: ``blog/first`` below ``blog``.
    """
    folder = pagename.rpartition("/")[0]
    while folder and folder not in env.titles:
        folder = folder.rpartition("/")[0]
    return folder
