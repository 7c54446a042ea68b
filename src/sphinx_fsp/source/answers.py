"""What each page was told about the rest of the guide, so that it is read again when that changes.

Pure functions.

A page asks while it is read: what is at this address, where is that image, which pages follow.
The answers are kept in the environment. In the next build every question is asked anew, and a
page for which an answer would differ is out of date. So a page with a link that was broken is
read again when its target appears, and no page is read for a change that it doesn't show.
"""

from __future__ import annotations

from typing import NamedTuple

from sphinx_fsp.source.guide import Guide
from sphinx_fsp.source.posts import Selection


class Question(NamedTuple):
    """What a page wants to know."""

    #: See `answer`.
    kind: str
    about: str


def answer(guide: Guide, question: Question) -> str:
    """Answer a question; an empty answer says that there is nothing."""
    kind, about = question
    match kind:
        case "address":
            if docname := guide.find_document(about):
                return f"document:{docname}"
            if guide.find_file(about) or guide.makes(about):
                return "file:"
            redirect = guide.redirects.get(about)
            return f"redirect:{redirect.target}" if redirect else ""
        case "file":
            return str(guide.find_file(about) or "")
        case "page":
            page = guide.page(about)
            return page.path if page else ""
        case "versions":
            page = guide.page(about)
            versions = guide.versions(page) if page else ()
            return repr([(p.docname, p.lang) for p in versions]) if versions else ""
        case "anchor":
            # Of a file that holds several pages: its path, and the anchor.
            path, _, fragment = about.partition("#")
            split = guide.splits.get(path)
            return repr(split.place(fragment) or split.lead.docname) if split else ""
        case "children":
            page = guide.page(about)
            is_known = guide.contents or (page is not None and page.path in guide.splits)
            pages = guide.outline.children(about) if is_known else ()
            return repr([(p.docname, p.nav_title) for p in pages]) if pages else ""
        case "path":
            page = guide.page_of_file(about)
            return page.docname if page else ""
        case "exists":
            return "found" if guide.has_file(about) else ""
        case "source":
            return "found" if guide.has_source(about) else ""
        case "repository":
            return guide.settings.repository
        case "folder":
            return "found" if guide.has_folder(about) else ""
        case "structure":
            return guide.contents
        case "contents":
            return repr(
                [
                    (
                        (c.key, c.listed, c.head and (c.head.docname, c.head.nav_title)),
                        [(p.docname, p.nav_title) for p in c.pages],
                    )
                    for c in guide.outline.chapters
                ]
            )
        case "steps":
            steps = guide.steps_of(about)
            if steps is None:
                return ""
            shown = [answer(guide, Question("named", choice.page)) for choice in steps.choices]
            return repr((steps.question, steps.choices, shown))
        case "named":
            page = guide.page_named(about)
            if page:
                return repr((page.docname, page.title))
            return guide.document_named(about) or ""
        case "belongs":
            page = guide.page_named(about)
            chapter = guide.outline.chapter_of(page.docname) if page else None
            head = chapter.head if chapter else None
            return repr((page and page.nav_title, head and (head.docname, head.nav_title)))
        case "posts":
            return repr(guide.posts(Selection.load(about)))
        case "archive":
            kind, _, dump = about.partition(" ")
            groups = guide.archive(Selection.load(dump), kind)
            # What it shows of each post.
            return repr(
                [(g.name, [(p.docname, p.title, p.date, p.lang) for p in g.pages]) for g in groups]
            )
        case "examples":
            return repr(guide.examples(about))
    raise ValueError(kind)
