"""Where to go after a page: a question and its choices, from the file of ``fsp_next_steps``."""

from __future__ import annotations

from docutils import nodes

from sphinx_fsp.markup.contents import page_paragraph
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask
from sphinx_fsp.transforms.context import PageContext


def add_next_steps(document: nodes.document, context: PageContext) -> None:
    """Add the next steps of a page at its end, when the guide has some for it."""
    section = document.next_node(nodes.section)
    if section is None or not ask(context.env, Question("steps", context.page.docname)):
        return
    steps = context.guide.steps(context.page)
    if steps is None:
        return
    listing = nodes.bullet_list(bullet="*", classes=["next-steps"])
    for choice in steps.choices:
        target = context.guide.page_named(choice.page)
        if target is not None:
            paragraph = page_paragraph(target, choice.prompt or target.title, context.page.docname)
            paragraph.rawsource = f"[{choice.prompt or target.title}](/{target.docname}.html)"
            paragraph.source, paragraph.line = document["source"], 1
            listing += nodes.list_item("", paragraph)
    if not listing.children:
        return
    topic = nodes.topic(classes=["next-steps"])
    if steps.question:
        title = nodes.title(steps.question, steps.question)
        title.source, title.line = document["source"], 1
        topic += title
    topic += listing
    section += topic
