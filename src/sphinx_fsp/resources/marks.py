"""Which lists are lists of resources: those with a comment, and those that are recognised."""

from __future__ import annotations

import re
import shlex
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from sphinx_fsp.diagnostics import DANGLING_FIELDS, Problem
from sphinx_fsp.resources.address import host_of
from sphinx_fsp.resources.domain import report
from sphinx_fsp.resources.fields import read_fields
from sphinx_fsp.resources.listing import FIELDS, LIST
from sphinx_fsp.resources.recognise import judge, judge_below
from sphinx_fsp.resources.record import Fields, RawField
from sphinx_fsp.resources.trailing import remove_trailing_fields, trailing_fields
from sphinx_fsp.resources.views import ListSpec
from sphinx_fsp.source.project import guide_of

logger = logging.getLogger(__name__)

_COMMENT = re.compile(r"^\s*(?:<!--)?\s*fsp:\s*(no-resources|resources)\b([^>]*?)(?:-->)?\s*$")


class MarkLists(SphinxTransform):
    """Marks the lists of a document that hold resources."""

    # Before translation (20): the rules are about the words of the author's language.
    default_priority = 15

    def apply(self, **kwargs: Any) -> None:
        """Mark every list with a comment, and in guide pages those that are recognised."""
        mode = self.config.fsp_resources
        guide = guide_of(self.env)
        page = guide.page(self.env.docname)
        recognise = page is not None and mode != "off"
        # Awesome lists group their links below items: "Editors", and the links below it.
        is_grouped = page is not None and page.lines is not None
        hosts = frozenset(host_of(base) for base in guide.settings.bases)
        for bullets in self.document.findall(nodes.bullet_list):
            is_below = _inside_list(bullets)
            if LIST in bullets or (is_below and not is_grouped):
                continue
            comment = _comment_before(bullets)
            if comment is not None:
                match, line = comment
                if match[1] == "resources":
                    defaults = self._defaults(match[2], line)
                    bullets[LIST] = ListSpec(defaults=defaults, explicit=False)
                    self._take_fields(bullets)
            elif recognise:
                verdict = (judge_below if is_below else judge)(bullets, hosts)
                if mode == "report":
                    self._say(bullets, verdict.accepted, verdict.rule)
                elif verdict.accepted:
                    bullets[LIST] = ListSpec(explicit=False)
                    self._warn_of_fields(bullets)

    def _take_fields(self, bullets: nodes.bullet_list) -> None:
        """Read the fields at the ends of a list's items, which are text so far."""
        path = str(self.env.doc2path(self.env.docname, base=False))
        for item in bullets.children:
            if isinstance(item, nodes.list_item) and (raw := trailing_fields(item)):
                remove_trailing_fields(item)
                item[FIELDS], problems = read_fields(raw, self.config.fsp_resource_kinds, path)
                report(self.env, problems)

    def _warn_of_fields(self, bullets: nodes.bullet_list) -> None:
        """Say that fields need a list that is marked: recognition changes no text."""
        path = str(self.env.doc2path(self.env.docname, base=False))
        for item in bullets.children:
            if isinstance(item, nodes.list_item) and (raw := trailing_fields(item)):
                names = ", ".join(field.name for field in raw)
                advice = "put the list into a resources directive, or <!-- fsp: resources --> above"
                details = {"fields": names, "advice": advice}
                report(self.env, [Problem(DANGLING_FIELDS, path, raw[0].line, details)])

    def _defaults(self, text: str, line: int) -> Fields:
        """Return the fields that a comment gives to all items of its list.

        :param line: of the comment
        """
        try:
            words = shlex.split(text)
        except ValueError:
            words = text.split()
        raw = []
        for word in words:
            name, _, value = word.partition("=")
            raw.append(RawField(name, value, line))
        path = self.env.doc2path(self.env.docname, base=False)
        fields, problems = read_fields(raw, self.config.fsp_resource_kinds, str(path))
        report(self.env, problems)
        return fields._replace(name="", archive="")

    def _say(self, bullets: nodes.bullet_list, accepted: bool, rule: str) -> None:
        """Say what would be recognised."""
        place = f"{self.env.doc2path(self.env.docname, base=False)}:{bullets.line or 1}"
        count = len(bullets)
        if accepted:
            logger.info("%s: a list of %d resources", place, count)
        else:
            logger.verbose("%s: no list of resources: %s", place, rule)


def _comment_before(bullets: nodes.bullet_list) -> tuple[re.Match[str], int] | None:
    """Return the comment about resources that stands right before a list, and its line."""
    at = bullets.parent.index(bullets)
    for node in reversed(bullets.parent.children[:at]):
        if not isinstance(node, nodes.comment | nodes.raw):
            return None
        if match := _COMMENT.match(node.astext()):
            return match, node.line or bullets.line or 1
    return None


def _inside_list(bullets: nodes.bullet_list) -> bool:
    """Tell whether a list is a part of another list's item."""
    parent = bullets.parent
    while parent is not None:
        if isinstance(parent, nodes.list_item):
            return True
        parent = parent.parent
    return False


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(MarkLists)
