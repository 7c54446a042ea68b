"""The index of a blog: posts with date, author, excerpt and image, newest first.

The directive ``posts`` stands in any document. Each post is an item of a bullet list: its title,
which leads to it, its date and author, its header image, and its excerpt.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from markdown_it.common.normalize_url import normalizeLink
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _ as text_of_sphinx
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date
from sphinx.util.typing import OptionSpec

from sphinx_fsp.config import default_author
from sphinx_fsp.diagnostics import EMPTY_LIST, warn
from sphinx_fsp.markup.contents import page_paragraph
from sphinx_fsp.markup.options import place_of
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.groups import KINDS, MONTH, NAMED, YEAR, Group, groups_of
from sphinx_fsp.source.languages import language_tag
from sphinx_fsp.source.names import name_key, names_in, plain
from sphinx_fsp.source.post_domain import post_domain_of
from sphinx_fsp.source.posts import EVERY, Post, Selection
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.transforms.context import PageContext
from sphinx_fsp.transforms.images import image_node
from sphinx_fsp.transforms.languages import name_language
from sphinx_fsp.transforms.links import link_node

t = get_translation("sphinx_fsp")


def _names(value: str | None) -> tuple[str, ...]:
    """Read names with commas between them."""
    names = names_in(value or "")
    if not names:
        raise ValueError("write one name, or several with commas between them")
    return names


def _categories(value: str | None) -> tuple[str, ...]:
    return tuple(name.lower() for name in _names(value))


def _keys(value: str | None) -> tuple[str, ...]:
    return tuple(map(name_key, _names(value)))


def _kind(value: str | None) -> str:
    return directives.choice(value or YEAR, KINDS)


def _language(value: str | None) -> str:
    value = (value or "").strip()
    if value == EVERY or language_tag(value):
        return language_tag(value) or EVERY
    raise ValueError("write a code such as de or pt-BR, or * for all languages")


def _year(value: str | None) -> int:
    year = directives.positive_int(value or "")
    if year > 9999:
        raise ValueError("a year has four digits")
    return year


class Posts(SphinxDirective):
    """``posts``: the index of a blog.

    Options: ``category``, ``tag`` and ``author``, names with commas between them; ``newsletter``,
    ``true`` or ``false``; ``year``; ``limit``, how many to show; ``archive``, to list titles below
    their years, months, categories, tags or authors; ``lang``, for one language or ``*``.
    """

    option_spec: ClassVar[OptionSpec] = {
        "category": _categories,
        "tag": _keys,
        "author": _keys,
        "newsletter": lambda value: directives.choice(value, ("true", "false")) == "true",
        "year": _year,
        "limit": directives.positive_int,
        "archive": _kind,
        "lang": _language,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list of posts."""
        selection = Selection(
            self.options.get("category", ()),
            self.options.get("newsletter"),
            self.options.get("year"),
            self.options.get("limit"),
            without=self.env.docname,
            tags=self.options.get("tag", ()),
            authors=self.options.get("author", ()),
            author=default_author(self.config),
            lang=self._lang(),
        )
        kind = self.options.get("archive", "")
        items = self._archive(kind, selection) if kind else self._posts(selection)
        if not items:
            path, line = place_of(self)
            advice = "give posts a date and a category other than page"
            if self.options:
                advice = "change the options, or give posts what they ask for"
            warn(EMPTY_LIST, path, line, what="posts", advice=advice)
            return []
        listing = nodes.bullet_list("", *items, bullet="*")
        listing["classes"].append("post-archive" if kind else "posts")
        self.set_source_info(listing)
        return [listing]

    def _lang(self) -> str | None:
        """Return the language of `Selection`."""
        tag: str | None = self.options.get("lang")
        if tag in (None, EVERY):
            return tag
        return guide_of(self.env).settings.languages.other(str(tag))

    def _posts(self, selection: Selection) -> list[nodes.list_item]:
        """Return an item for each post."""
        guide = guide_of(self.env)
        ask(self.env, Question("posts", selection.dump()))
        found = [(post, guide.page(post.docname)) for post in guide.posts(selection)]
        return [self._item(post, page) for post, page in found if page is not None]

    def _archive(self, kind: str, selection: Selection) -> list[nodes.list_item]:
        """Return an item for each group of the archive."""
        ask(self.env, Question("archive", f"{kind} {selection.dump()}"))
        document = self.state.document
        groups = guide_of(self.env).archive(selection, kind, document.ids)
        for group in groups:
            post_domain_of(self.env).note(self.env.docname, kind, group)
        return [self._group(kind, group) for group in groups]

    def _group(self, kind: str, group: Group) -> nodes.list_item:
        """Return a group of the archive: its posts, each a title and a date."""
        # Writers forget the identifiers of list items.
        place = nodes.target("", "", ids=[group.id])
        self.state.document.set_id(place)
        text = written_group(kind, group.name, self.config)
        heading = nodes.paragraph("", "", place, nodes.strong(text, text))
        if kind in NAMED:
            heading += nodes.Text(f" ({len(group.pages)})")
        titles = nodes.bullet_list(bullet="*")
        for page in group.pages:
            title = page_paragraph(page, plain(page.title), self.env.docname)
            if page.date:
                title += nodes.Text(" · ")
                date = written_date(page.date, self.config)
                title += nodes.inline(date, date, classes=["post-date"])
            entry = nodes.list_item("", title)
            self._name(entry, page)
            titles += entry
        return nodes.list_item("", heading, titles)

    def _item(self, post: Post, page: Page) -> nodes.list_item:
        """Return a post as an item of the list."""
        context = ListedPage(self.env, guide_of(self.env), page, "")
        item = nodes.list_item(classes=["post"])
        self._name(item, page)
        title = page_paragraph(page, post.title, self.env.docname)
        title["classes"].append("post-title")
        item += title
        if details := self._details(post, context):
            item += nodes.paragraph("", "", *details, classes=["post-meta"])
        image = nodes.image(alt=post.image_alt, classes=["post-image"], loading="lazy")
        if post.image:
            found = image_node(context, image, post.image, (self.lineno, self.lineno))
            if isinstance(found, nodes.image):
                item += found
        if post.excerpt:
            item += nodes.paragraph(post.excerpt, post.excerpt, classes=["post-excerpt"])
        return item

    def _name(self, item: nodes.Element, page: Page) -> None:
        """Say which language an item is in, where the document is in another one."""
        guide = guide_of(self.env)
        here, own = guide.page(self.env.docname), guide.settings.languages.own
        around = (here and here.lang) or own
        tag = page.lang or own
        if tag.lower() != around.lower():
            name_language(self.env, item, tag, around)

    def _details(self, post: Post, context: PageContext) -> list[nodes.Node]:
        """Return the date and the author of a post."""
        details: list[nodes.Node] = []
        if post.date:
            text = written_date(post.date, self.config)
            details.append(nodes.inline(text, text, classes=["post-date"]))
        if post.author:
            author = nodes.inline("", "", classes=["post-author"])
            lines = (self.lineno, self.lineno)
            link = _author_link(context, post.author_link, lines) if post.author_link else None
            if link is not None:
                link += nodes.Text(post.author)
                author += link
            else:
                author += nodes.Text(post.author)
            details += [nodes.Text(" · "), author] if details else [author]
        return details


def written_date(date: str, config: Config) -> str:
    """Return a date as the project writes dates: by ``today_fmt``, or as its language does.

    It is the day that the author wrote, in whatever zone that was.
    """
    day = datetime.fromisoformat(date).replace(tzinfo=None)
    form = config.today_fmt or text_of_sphinx("%b %d, %Y")
    return format_date(form, date=day, language=config.language)


def written_group(kind: str, name: str, config: Config) -> str:
    """Return the name of a group of an archive as readers see it."""
    if not name:
        return str(t("Without a date"))
    if kind == MONTH:
        month = datetime.fromisoformat(f"{name}-01")
        return format_date("%B %Y", date=month, language=config.language)
    return name


def written_update(page: Page, config: Config) -> str:
    """Return when a post was changed, as readers are told; nothing for the day of its date."""
    if not page.modified or page.modified[:10] == page.date[:10]:
        return ""
    return str(t("updated {date}")).format(date=written_date(page.modified, config))


class ListedPage(PageContext):
    """A page that a listing in another document shows.

    What is wrong with its header is said once, when the page itself is read: by `check_header`.
    """

    def warn(self, subtype: str, line: int, **details: str) -> None:
        """Say nothing."""


def _author_link(
    context: PageContext, address: str, lines: tuple[int, int]
) -> nodes.Element | None:
    """Return the link to an author, without its text; None when there is nothing to link to."""
    link = link_node(context, normalizeLink(address), address, lines)
    return None if isinstance(link, nodes.inline) else link


def check_header(app: Sphinx, document: nodes.document) -> None:
    """Say what is wrong with the image and the link in a page's header."""
    env = app.env
    guide = guide_of(env)
    page = guide.page(env.docname)
    if page is None:
        return
    if page.category != "page":
        # The theme leads to where its category and its tags are listed.
        for kind, name in groups_of(page):
            post_domain_of(env).note_reference(env.docname, kind, name)
    context = PageContext(env, guide, page, "")
    if image := page.header.get("headerimage"):
        line = page.header.line("headerimage")
        image_node(context, nodes.image(), image, (line, line))
    if address := page.header.get("authorlink"):
        line = page.header.line("authorlink")
        _author_link(context, address, (line, line))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("posts", Posts)
    app.connect("doctree-read", check_header)
