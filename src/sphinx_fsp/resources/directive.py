"""The directive ``resources``: a bullet list, or a data file, whose items are resources."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_fsp.diagnostics import (
    BAD_FILTER,
    DANGLING_FIELDS,
    DATA_FILE,
    EMPTY_LIST,
    Problem,
)
from sphinx_fsp.markup.options import option_line, place_of
from sphinx_fsp.markup.styles import note_styles
from sphinx_fsp.resources.data_files import read_data_file
from sphinx_fsp.resources.domain import report, shown_path
from sphinx_fsp.resources.field_lists import split_fields
from sphinx_fsp.resources.fields import DEFAULT_FIELDS, read_fields
from sphinx_fsp.resources.filters import FilterError, parse_filter
from sphinx_fsp.resources.listing import ENTRY, FIELDS, FILTER_NAMES, LIST, Entry
from sphinx_fsp.resources.record import Fields, RawField, RawItem
from sphinx_fsp.resources.views import GROUPS, SORTS, VIEWS, ListSpec
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask
from sphinx_fsp.source.project import guide_of


def one_of(*choices: str) -> Callable[[str], str]:
    """Return an option's converter that takes one of some words."""
    return lambda value: str(directives.choice(value, choices))


class Resources(SphinxDirective):
    """``resources``: a curated list.

    The body is a bullet list; ``file`` names a data file whose entries come after it.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        **dict.fromkeys(DEFAULT_FIELDS, directives.unchanged_required),
        "name": directives.unchanged,
        "class": directives.class_option,
        "file": directives.unchanged_required,
        "filter": directives.unchanged_required,
        "sort": one_of(*SORTS),
        "group-by": one_of(*GROUPS),
        "view": one_of(*VIEWS),
        "limit": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list, marked to be read when its document is whole."""
        file, self.first_line = place_of(self)
        self.path = shown_path(self.env, file)
        content = self._content()
        lists = [node for node in content if isinstance(node, nodes.bullet_list)]
        if "file" in self.options:
            from_file = self._from_file(self.options["file"])
            if from_file and not lists:
                lists.append(nodes.bullet_list(bullet="*"))
                self.set_source_info(lists[-1])
                content.append(lists[-1])
            if from_file:
                lists[-1] += from_file
        if not lists and "file" not in self.options:
            self._report(
                EMPTY_LIST,
                what="the list of resources",
                advice="write a bullet list in it, or remove it",
            )
        note_styles(self.env)
        spec = self._spec()
        for bullets in lists:
            bullets[LIST] = spec
        if self.arguments:
            messages: list[nodes.system_message]
            texts, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
            title = nodes.rubric(self.arguments[0], "", *texts, classes=["resources-title"])
            self.set_source_info(title)
            content[:0] = [title, *messages]
        if content and "name" in self.options:
            self.add_name(next(n for n in content if isinstance(n, nodes.Element)))
        return content

    def _spec(self) -> ListSpec:
        """Return what the options say."""
        raw = [
            RawField(name, self.options[name], option_line(self, name))
            for name in DEFAULT_FIELDS
            if name in self.options
        ]
        defaults, problems = read_fields(raw, self.config.fsp_resource_kinds, self.path)
        report(self.env, problems)
        return ListSpec(
            defaults=defaults,
            view=self.options.get("view", "list"),
            sort=self.options.get("sort", "none"),
            group_by=self.options.get("group-by", ""),
            limit=self.options.get("limit", 0),
            filter=self._filter(self.options.get("filter", "")),
            classes=tuple(self.options.get("class", ())),
        )

    def _filter(self, text: str) -> str:
        """Return a filter that can be read, or an empty one."""
        try:
            if text:
                parse_filter(text, FILTER_NAMES)
        except FilterError as error:
            details = {"expression": text, "why": error.why, "column": str(error.column)}
            problem = Problem(BAD_FILTER, self.path, option_line(self, "filter"), details)
            report(self.env, [problem])
            return ""
        return text

    def _content(self) -> list[nodes.Node]:
        """Return the nodes of the body, its items with their fields."""
        if not self.content:
            return []
        rst = isinstance(self.state, RSTState)
        # MyST counts from the directive; docutils knows each line's place in its own file.
        first = (self.content.offset(0) if rst else self.lineno + self.content_offset) + 1
        split = split_fields(list(self.content), first, self.path, needs_blank=rst)
        report(self.env, split.problems)
        # The same lines, so that those of every warning stay true.
        self.content = StringList(list(split.lines), items=list(self.content.items))
        content: list[nodes.Node] = self.parse_content_to_nodes()
        items = [
            item
            for node in content
            if isinstance(node, nodes.bullet_list)
            for item in node.children
            if isinstance(item, nodes.list_item)
        ]
        starts = [_first_line(item) for item in items]
        for raw in split.fields:
            fields, problems = read_fields(raw, self.config.fsp_resource_kinds, self.path)
            report(self.env, problems)
            # The item that they end: the last one that starts above them.
            at = bisect_left(starts, raw[0].line) - 1
            if at < 0:
                names = ", ".join(field.name for field in raw)
                advice = "put them at the end of an item"
                details = {"fields": names, "advice": advice}
                report(self.env, [Problem(DANGLING_FIELDS, self.path, raw[0].line, details)])
            else:
                items[at][FIELDS] = fields
        return content

    def _from_file(self, name: str) -> list[nodes.list_item]:
        """Return the items of a data file."""
        root = Path(str(self.env.srcdir)).resolve()
        try:
            _, absolute = self.env.relfn2path(name, self.env.docname)
            path = Path(absolute).resolve()
        except (OSError, RuntimeError):
            # Too long a name, or a link to itself.
            advice = "correct its path"
            self._report(DATA_FILE, why=f"the file {name[:60]} can't be read", advice=advice)
            return []
        if not any(path.is_relative_to(folder) for folder in self._folders()):
            advice = "keep it in the source folder, or beside a file of fsp_resource_files"
            self._report(DATA_FILE, why=f"the file {name} is outside of the project", advice=advice)
            return []
        if ask(self.env, Question("exists", os.path.relpath(path, root))):
            # A dependency that isn't there would have the page read in every build.
            self.env.note_dependency(str(path))
        else:
            self._report(
                DATA_FILE, why=f"the data file {name} isn't there", advice="correct its path"
            )
            return []
        shown = Path(os.path.relpath(path, root)).as_posix()
        items, problems = read_data_file(path, shown)
        found = []
        for item in items:
            fields, faults = read_fields(item.fields, self.config.fsp_resource_kinds, shown)
            problems += faults
            found.append(_list_item(item, fields, shown))
        report(self.env, problems)
        return found

    def _folders(self) -> list[Path]:
        """Return the folders that hold what a page may show: those that ``conf.py`` names.

        Pages come in pull requests, and must not publish what lies elsewhere.
        """
        settings = guide_of(self.env).settings
        files = (settings.confdir / name for name in self.config.fsp_resource_files)
        beside = [Path(os.path.realpath(file)).parent for file in files]
        return [settings.srcdir, *settings.static_path, *beside]

    def _report(self, subtype: str, **details: str) -> None:
        """Give a warning about the directive."""
        report(self.env, [Problem(subtype, self.path, self.first_line, details)])


def _first_line(item: nodes.list_item) -> int:
    """Return the first line of an item that its parser knows."""
    return next((node.line for node in item.findall(nodes.Element) if node.line), 0)


def _list_item(item: RawItem, fields: Fields, path: str) -> nodes.list_item:
    """Return an entry of a data file as an item of a bullet list."""
    paragraph = nodes.paragraph()
    title = " ".join(item.title.split()) or item.url
    description = " ".join(item.description.split())
    if item.url:
        paragraph += nodes.reference("", title, refuri=item.url, internal=False)
    else:
        paragraph += nodes.inline("", title)
    if description:
        paragraph += nodes.Text(f" – {description}")  # noqa: RUF001 (the dash is meant)
    found = nodes.list_item("", paragraph)
    found[FIELDS] = fields
    found[ENTRY] = Entry(path, item.line, title, description)
    return found


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("resources", Resources)
