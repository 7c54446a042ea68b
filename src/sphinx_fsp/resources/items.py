"""What a list item says: which resource it is about, its title and its description.

Pure functions over docutils nodes, for lists that an author marked and for those that
`sphinx_fsp.resources.recognise` finds. They read the doctree as the parser leaves it, and change
nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.resources.address import host_of
from sphinx_fsp.source.addresses import lacks_scheme

#: A link within this many words of the start is what the item is about.
_LEADING_WORDS = 3
#: Links to pages of this guide of no more words name a topic.
_TOPIC_WORDS = 3
_LINKS = (nodes.reference, addnodes.pending_xref)
#: Nodes that are no part of what an item itself says: code, fields, and what readers don't see.
_NOT_SAID = (
    nodes.field_list,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.footnote_reference,
    nodes.system_message,
    nodes.raw,
    nodes.Invisible,
)
#: Lists below an item: its parts.
_PARTS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)
_NOT_READ = (*_NOT_SAID, *_PARTS)
_SPANS = (*_LINKS, nodes.strong, nodes.literal)
_BLANKS = re.compile(r"\s+")
#: Sites where an address of one part is the profile of a person (or of a group of them).
_PROFILES = frozenset(
    "angel.co bitbucket.org dev.to github.com gitlab.com instagram.com keybase.io "
    "mobile.twitter.com twitter.com x.com".split()
)
#: Addresses of one part on those sites that are no profile.
_NO_PROFILES = frozenset(
    "about explore features home marketplace pricing search topics trending".split()
)
_PROFILE_PATH = re.compile(r"^(?:linkedin\.com/(?:in|pub)/|about\.me/|stackoverflow\.com/users/)")
#: Two to four words with capitals: "Ada Lovelace", "Johan van der Berg".
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'\u2019-]*(?: (?:[^\W\d_a-z][\w.'\u2019-]*|v[ao]n|d[aei]|der|la)){1,3}"
)
_BY = re.compile(r"\bby\s*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s\b")
#: Text of a link that doesn't name what it leads to: "here", "this post", "the docs", an address.
_POINTS = re.compile(
    r"(?:(?:click|read|see|found|available) )?(?:over )?(?:here|there|more|it)|"
    r"(?:(?:the|this|that|an?|my|one|read|watch|blog|web) )*"
    r"(?:this|that|articles?|book|course|docs?|documentation|download|guide|home ?page|info|"
    r"link|page|paper|pdf|post|project|repo(?:sitory)?|series|site|slides?|source(?: code)?|talk|"
    r"tutorial|url|video|website)|"
    r"\S+://\S+|www\.\S+",
    re.IGNORECASE,
)
#: Text of a link to a resource's parts, or to the same in another form.
_BELONGS = re.compile(
    r"\b(?:parts?|chapter|episode) (?:\d|[ivx]+\b|one|two|three|four|five|six|seven|eight|nine)|"
    r"^(?:#|no\. ?)?\d+\b|\b(?:second|third|fourth|fifth|final|next|last) (?:part|post)\b|"
    r"\b(?:also|archived|companion|follow-?up|mirror|pdf|epub|recording|repo|repository|slides?|"
    r"transcript|videos?|source|sources|open sourced?)\b|\bcode(?: examples?)?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«](?P<text>[^\"“”„«»]{3,}?),?[\"”“»]")
_QUOTES = "\"“”„«»\u2018\u2019'"
#: What may stand before a title that leads, beside quotes and the like.
_ARTICLES = frozenset({"the", "a", "an"})
#: What stands between a title and its description.
_BETWEEN = re.compile(r"[\s\"'”\u2019»)\]]*(?:[-\u2013—\u2212:;,.|·•]+(?:\s+|$))*")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\s[-\u2013—](?=\s)")


class ItemParts(NamedTuple):
    """What a list item is about, and what it says of it."""

    #: The item's own link; None where it is about no page of another site.
    link: nodes.reference | None
    title: str
    #: Plain text of the item's paragraphs. A title that leads is left out; one within a sentence
    #: is kept, which would be torn without it.
    description: str
    #: Links to the same resource in another form, or to parts of it: slides, source, part two,
    #: and all links of the lists below the item.
    others: tuple[nodes.reference, ...]
    #: All other links to other sites, which the text only mentions.
    mentions: tuple[nodes.reference, ...]


class Span(NamedTuple):
    """A link, bold text or code, and where in the item's text it stands."""

    node: nodes.Element
    start: int
    end: int


def item_parts(
    item: nodes.Element, own_hosts: frozenset[str] = frozenset(), *, explicit: bool = False
) -> ItemParts:
    """Return what a list item is about.

    :param item: a `nodes.list_item`
    :param own_hosts: hosts of the guide itself, without ``www.``
    :param explicit: whether its author says that it is a resource: then a person's page may be one
    """
    text, spans = read_item(item)
    externals = [span for span in spans if is_external(span.node, own_hosts)]
    own = _own_link(text, spans, externals)
    if own is None and explicit and externals:
        own = externals[0]
    title = _title(text, spans, own)
    belonging: list[nodes.reference] = []
    mentions: list[nodes.reference] = []
    for span in externals:
        if span is not own and isinstance(span.node, nodes.reference):
            belongs = _BELONGS.search(text[span.start : span.end]) and not is_profile(span.node)
            (belonging if belongs else mentions).append(span.node)
    below = [node for part in item.children if isinstance(part, _PARTS) for node in links_of(part)]
    parts = [node for node in below if is_external(node, own_hosts)]
    link = own.node if own and isinstance(own.node, nodes.reference) else None
    return ItemParts(
        link,
        _without_quotes(text[title.start : title.end]) or (link["refuri"] if link else ""),
        _description(text, title),
        (*belonging, *(node for node in parts if isinstance(node, nodes.reference))),
        tuple(mentions),
    )


def links_of(node: nodes.Node) -> Iterator[nodes.Element]:
    """Return every link in a node, to this site and to others; not those of its fields."""
    if isinstance(node, _LINKS):
        yield node
    elif isinstance(node, nodes.Element) and not isinstance(node, _NOT_SAID):
        for child in node.children:
            yield from links_of(child)


def is_external(link: nodes.Element, own_hosts: frozenset[str]) -> bool:
    """Tell whether a link leads to a page of another site.

    An address without its ``https://`` does too: it is reported, and was meant to.
    """
    url = link.get("refuri", "") if isinstance(link, nodes.reference) else ""
    if not url.lower().startswith(("http://", "https://", "ftp://", "//")):
        if "@" in url or not lacks_scheme(url):
            return False
        url = f"//{url}"
    return host_of(url) not in own_hosts


def read_item(item: nodes.Element) -> tuple[str, list[Span]]:
    """Return the text of an item's own blocks, and where its links, bold words and code stand."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        words = _BLANKS.sub(" ", text)
        if not pieces or pieces[-1].endswith(" "):
            words = words.lstrip(" ")
        if words:
            pieces.append(words)
            length += len(words)

    def read(node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            add(node.astext() if "\0" in node else str(node))
        elif isinstance(node, nodes.image):
            add(node.get("alt", ""))
        elif isinstance(node, nodes.Element) and not isinstance(node, _NOT_READ):
            start = length
            for child in node.children:
                read(child)
            if isinstance(node, _SPANS):
                spans.append(Span(node, start, length))
            elif not isinstance(node, nodes.Inline):
                add(" ")

    for block in item.children:
        read(block)
    spans.sort(key=lambda span: (span.start, -span.end))
    return "".join(pieces).rstrip(), spans


def _own_link(text: str, spans: list[Span], externals: list[Span]) -> Span | None:
    """Return the link that an item is about: one that leads, or else the first.

    Never a person's page; the page of who made it only where there is no other. An item that
    leads with the title of a page of this guide is about that; a word or two name a topic.
    """
    found = [span for span in externals if not is_profile(span.node)]
    found = [span for span in found if not _is_maker(text, span)] or found
    if not found or _leads(text, found[0]):
        return found[0] if found else None
    for span in spans:
        is_ours = isinstance(span.node, _LINKS) and span not in externals
        words = len(text[span.start : span.end].split())
        if is_ours and words > _TOPIC_WORDS and _leads(text, span):
            return None
    return found[0]


def _leads(text: str, span: Span) -> bool:
    return len(text[: span.start].split()) < _LEADING_WORDS


def is_profile(link: nodes.Element) -> bool:
    """Tell whether a link leads to a person's page."""
    url = link["refuri"]
    host = host_of(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path.strip("/")
    if _PROFILE_PATH.match(f"{host}/{path}"):
        return True
    if not path or "/" in path or parts.query:
        return False
    # Mastodon, Medium and others have ``/@name``; on YouTube that is a channel of videos.
    is_handle = path.startswith("@") and host != "youtube.com"
    return is_handle or (host in _PROFILES and path not in _NO_PROFILES)


def _is_maker(text: str, span: Span) -> bool:
    """Tell whether a link is to who made the resource: "by Ada Lovelace", "Example's guide"."""
    if _POSSESSIVE.match(text, span.end):
        return True
    if not _BY.search(text[: span.start]):
        return False
    is_home = re.fullmatch(r"(?:\w+:)?//[^/]+/?", span.node["refuri"])
    return bool(is_home or _NAME.fullmatch(text[span.start : span.end]))


def _title(text: str, spans: list[Span], own: Span | None) -> Span:
    """Return where the title stands: the text of the link, or what names it instead."""
    node = own.node if own else nodes.inline()
    if own and not _points(text[own.start : own.end]):
        return own
    for span in spans:
        if isinstance(span.node, nodes.strong) and not _points(text[span.start : span.end]):
            return span
    if quoted := _QUOTED.search(text):
        return Span(node, *quoted.span("text"))
    return Span(node, *_sentence(text, own))


def _sentence(text: str, own: Span | None) -> tuple[int, int]:
    """Return where the sentence of a link stands; only what precedes a link that is an aside.

    An aside stands in brackets or after a colon or a dash: "Owls: https://owls.example".
    """
    at = own.start if own else 0
    # The last end of a sentence with a word between it and the link, and the next one.
    head = re.match(r".*\w", text[:at])
    ends = _SENTENCE_END.finditer(head[0]) if head else ()
    start = max((match.end() for match in ends), default=0)
    word = re.compile(r"\w").search(text, start)
    after = max(at, word.end() if word else at)
    following = _SENTENCE_END.search(text, after)
    end = following.start() if following else len(text)
    before = text[start:at].rstrip()
    name = before.rstrip("([<-\u2013\u2014:,; ")
    if name != before and re.search(r"\w", name):
        end = start + len(name)
    return start, end


def _points(text: str) -> bool:
    bare = text.strip(f" .,:;()[]{_QUOTES}")
    return not bare or bool(_POINTS.fullmatch(bare))


def _without_quotes(title: str) -> str:
    """Return a title without the quotes around it, and without what only ends a phrase."""
    title = title.strip().rstrip(",:;").rstrip()
    inner = title.strip(_QUOTES)
    around = title.partition(inner) if inner else ("", title, "")
    is_quoted = around[0] and around[2] and not set(inner) & set('"\u201c\u201d\u00ab\u00bb')
    return inner.rstrip(",").strip() if is_quoted else title


def _description(text: str, title: Span) -> str:
    """Return the text without a title that leads it; all of it where the title doesn't."""
    before = re.findall(r"\w+", text[: title.start].lower())
    if len(before) > 1 or not _ARTICLES.issuperset(before) or _POSSESSIVE.match(text, title.end):
        return text
    match = _BETWEEN.match(text, title.end)
    return text[match.end() if match else title.end :].strip()
