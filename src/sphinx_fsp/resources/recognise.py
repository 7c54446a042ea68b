"""Which bullet lists are lists of resources, although nobody marked them.

A pure function over docutils nodes, which changes nothing in them. Its rules were measured on
hand labels of one large guide. They look at how a list is built and at what announces it, never
at what it is about; words are those that guides in English share.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docutils import nodes

from sphinx_fsp.resources.items import is_external, is_profile, links_of, read_item

#: Shares of a list's items.
_LINKED = 0.75
_EXTERNAL = 0.25
_ELSEWHERE = 0.5

_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
#: A section of a change log or a diary: "October", "May 2019", "2019-05-01", "v1.2.0 (2019)".
_DATED = re.compile(
    rf"(?:\d{{1,2}} )?(?:{_MONTH})\.?(?: \d{{1,2}})?(?:,? \d{{4}})?|\d{{4}}(?:-\d\d?){{0,2}}|"
    r"\[?v?\d+(?:\.\d+)+\]?(?: ?[-\u2013—(].*)?|change ?log|release notes|unreleased",
    re.IGNORECASE,
)
#: What to do, or to have at hand, before a tutorial goes on: its links only say what a thing is.
#: Headings of lists on the matter ("Checklists", "Installing X") are none of these.
_PREPARING = re.compile(
    r"\bcheck-?list$|\bto-?dos?$|\bprerequisites?\b|\brequire(?:d|ments)\b|\bdependencies$|"
    r"\bset-?up$|^set(?:ting)?[ -]up (?:our|the|your)\b|"
    r"\b(?:tools|libraries|packages|software|what) (?:we|you)(?:['\u2019]ll)?\b|"
    r"^(?:our|my) (?:tools|libraries|packages|software|stack)\b",
    re.IGNORECASE,
)
#: Last words before a list of what a thing can do, of what a tutorial is going to use, or before
#: one that ends the sentence.
_ANNOUNCES_OTHERS = re.compile(
    r"\b(?:features|capabilities)\b(?:[^.:]*\b(?:includ\w+|such as|like|are))?(?: to)?:$|"
    r"\b(?:we|you|tutorial|post)(?:['\u2019](?:ll|re|ve)| will| are| also| going to)* "
    r"(?:need|use|using|install)\b(?! one of)[^.:]*:$|"
    r"\b(?:dependencies|prerequisites|requirements|versions)\b[^.:]*:$|"
    r"\b(?:an?|and|be|by|or|the|to|with)$",
    re.IGNORECASE,
)
#: What announces resources: kinds of them, and of what guides recommend.
_CUE = re.compile(
    r"\b(?:apps|articles?|blogs?|books?|courses?|documentation|ebooks?|examples?|frameworks|"
    r"guides?|learn(?:ing)?|libraries|links|newsletters?|packages|papers?|plug-?ins|podcasts?|"
    r"posts|projects?|providers|reading|references?|resources?|see also|services|software|"
    r"talks?|tools|tutorials?|videos?|walk-?throughs?|websites?)\b",
    re.IGNORECASE,
)


class Verdict(NamedTuple):
    """Whether a list is one of resources."""

    accepted: bool
    #: Why it isn't; empty when it is.
    rule: str


def judge(bullet_list: nodes.bullet_list, own_hosts: frozenset[str] = frozenset()) -> Verdict:
    """Judge whether a list that nobody marked is one of resources.

    :param own_hosts: hosts of the guide itself, without ``www.``
    """
    for why, fails in _RULES:
        if fails(bullet_list, own_hosts):
            return Verdict(False, why)
    return Verdict(True, "")


def judge_below(bullet_list: nodes.bullet_list, own_hosts: frozenset[str] = frozenset()) -> Verdict:
    """Judge a list below an item of another one, where lists are known to be grouped that way."""
    for why, fails in _RULES_BELOW:
        if fails(bullet_list, own_hosts):
            return Verdict(False, why)
    return Verdict(True, "")


def heading_of(node: nodes.Node) -> str:
    """Return the nearest heading above a node."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section | nodes.document):
            for child in parent.children:
                if isinstance(child, nodes.title):
                    return _plain(child)
        parent = parent.parent
    return ""


def introduction_of(node: nodes.Node) -> str:
    """Return the paragraph right before a node; comments between them don't count."""
    siblings = node.parent.children
    for before in reversed(siblings[: node.parent.index(node)]):
        if not isinstance(before, nodes.Invisible):
            return _plain(before) if isinstance(before, nodes.paragraph) else ""
    return ""


def _plain(node: nodes.Node) -> str:
    return " ".join(node.astext().split())


def _is_no_list_of_its_own(bullet_list: nodes.bullet_list, _own_hosts: frozenset[str]) -> bool:
    """Tell whether a list is part of something else, or of steps with code to type."""
    if not isinstance(bullet_list.parent, nodes.section | nodes.document):
        return True
    code = (nodes.literal_block, nodes.doctest_block)
    return not bullet_list.children or any(isinstance(n, code) for n in bullet_list.findall())


def _has_few_links(bullet_list: nodes.bullet_list, own_hosts: frozenset[str]) -> bool:
    """Tell whether a list leads to nothing, to the guide's own pages or to persons."""
    linked = external = 0
    for item in bullet_list.children:
        links = list(links_of(item))
        linked += bool(links)
        external += any(is_external(link, own_hosts) and not is_profile(link) for link in links)
    count = len(bullet_list.children)
    return linked < _LINKED * count or external < _EXTERNAL * count


def _has_another_heading(bullet_list: nodes.bullet_list, _own_hosts: frozenset[str]) -> bool:
    """Tell whether a list is of changes, or of what to prepare: they link to what they name."""
    heading = heading_of(bullet_list)
    return bool(_DATED.fullmatch(heading) or _PREPARING.search(heading))


def _has_another_introduction(bullet_list: nodes.bullet_list, _own_hosts: frozenset[str]) -> bool:
    """Tell whether the paragraph before a list announces something else."""
    return bool(_ANNOUNCES_OTHERS.search(introduction_of(bullet_list)))


def _is_about_others(bullet_list: nodes.bullet_list, own_hosts: frozenset[str]) -> bool:
    """Tell whether half of the items start with something that is no title of a resource."""
    announced = _is_announced(bullet_list)
    items = [item for item in bullet_list.children if isinstance(item, nodes.Element)]
    return sum(_explains(item, own_hosts, announced) for item in items) >= _ELSEWHERE * len(items)


def _explains(item: nodes.Element, own_hosts: frozenset[str], announced: bool) -> bool:
    """Tell whether an item is about what it starts with, and not about a page elsewhere.

    A link that is all of its item is a step ("deploy to a server") when it is in lower case, and
    navigation when it leads to the guide itself; not in a list that is said to be of resources.
    """
    text, spans = read_item(item)
    leading = [span for span in spans if not re.search(r"\w", text[: span.start])]
    links = [span for span in leading if not isinstance(span.node, nodes.literal | nodes.strong)]
    if not links:
        return bool(leading)
    is_bare = not re.search(r"\w", text[links[0].end :])
    is_named = not text[links[0].start :][:1].islower()
    return is_bare and not announced and not (is_named and is_external(links[0].node, own_hosts))


def _is_single(bullet_list: nodes.bullet_list, _own_hosts: frozenset[str]) -> bool:
    """Tell whether a list has one item, which may be anything, and no heading that tells."""
    return len(bullet_list.children) == 1 and not _CUE.search(heading_of(bullet_list))


def _is_announced(bullet_list: nodes.bullet_list) -> bool:
    """Tell whether the heading, or the sentence before the list, says that it has resources."""
    last = re.split(r"[.!?] ", introduction_of(bullet_list))[-1]
    announced = heading_of(bullet_list) + (f" {last}" if last.endswith(":") else "")
    return bool(_CUE.search(announced))


#: In order of their cost.
_RULES: tuple[tuple[str, Callable[[nodes.bullet_list, frozenset[str]], bool]], ...] = (
    ("it is inside other content, or holds code", _is_no_list_of_its_own),
    ("its heading is a date, or says what to prepare", _has_another_heading),
    ("its introduction announces features, or what a tutorial uses", _has_another_introduction),
    ("it has one item, and its heading announces no resources", _is_single),
    ("too few of its items link to other sites", _has_few_links),
    ("its items start with code, bold terms, steps or pages of this guide", _is_about_others),
)
_RULES_BELOW = _RULES[-2:]
