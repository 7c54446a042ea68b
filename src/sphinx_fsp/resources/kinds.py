"""What kind of resource an item is about, where its text or its address leaves no doubt.

Pure functions. What the description says ("is a step-by-step tutorial") comes before the address,
and the address before the title. Where they leave doubt nothing is inferred: a missing kind does
less harm than a wrong one.
"""

from __future__ import annotations

import re

#: Nouns that name a kind.
_NOUNS = {
    "article": "articles? essays? post posts write-?ups?",
    "book": "books? e-?books? textbooks?",
    "course": "courses? moocs?",
    "documentation": "docs? documentation",
    "example": "boilerplates?",
    "newsletter": "newsletters?",
    "paper": "papers? white-?papers? thesis",
    "podcast": "podcasts? episodes?",
    "project": "librar(?:y|ies) frameworks? packages? modules?",
    "reference": "references? cheat-?sheets? glossary",
    "talk": "talks? keynotes? presentations?",
    "tool": "tools? utilit(?:y|ies) editors? ides? linters? debuggers?",
    "tutorial": "tutorials? walk-?throughs?",
    "video": "videos? screencasts? webinars?",
}
_KIND_OF = [
    (re.compile("|".join(nouns.split()), re.IGNORECASE), kind) for kind, nouns in _NOUNS.items()
]
_NOUN = "|".join("|".join(nouns.split()) for nouns in _NOUNS.values())
#: "is a very long": up to seven words, none of which starts a new phrase. Then the nouns, of which
#: the last counts ("video course"), and the word after them.
_IS_A = re.compile(
    r"(?:this|these|\W*(?:by [^,.]{3,40}? )?(?:\([^)]*\) )?"
    r"(?:is|are|was|were|provides|gives|offers)(?: (?:also|just|probably|still|yet|simply))* "
    r"(?:an?|the|another|my|his|her|their|one|two)) "
    r"(?:(?:series|couple|set) of |(?!(?:about|and|are|as|at|because|but|by|for|from|has|how|if|in|"
    r"into|is|of|on|or|so|than|that|to|was|when|where|which|while|who|with|built|covering|created|"
    r"describing|explaining|featuring|over|showing|through|using|written)\b(?!-))"
    r"[\w'\u2019/+#.,&-]+ ){0,7}"
    rf"(?P<nouns>(?:{_NOUN})\b(?:[ -](?:{_NOUN})\b)*)(?!-)(?P<after> \w+)?",
    re.IGNORECASE,
)
#: A word after the nouns that makes them something else: "a book review", "a tool chain".
_ELSE = re.compile(
    r" (?:builders?|chains?|clubs?|collections?|comparisons?|generators?|lists?|managers?|"
    r"plug-?ins?|publishers?|reviews?|sites?|stores?)",
    re.IGNORECASE,
)
#: "is a step-by-step guide".
_GUIDE = re.compile(
    r"\W*(?:is|are|provides|gives|contains|has) (?:an?|the) (?:[\w'\u2019-]+ ){0,4}?"
    r"(?:getting[- ]started|hands-on|how[- ]to|step[- ]by[- ]step) (?:\w+ ){0,2}?"
    r"(?:guides?|instructions|introduction|post)\b",
    re.IGNORECASE,
)
#: "an example project", "a starter template".
_EXAMPLE = re.compile(
    r"\b(?:examples?|sample|demo|starter|skeleton|boilerplate|template)s?[ -](?:\w+ ){0,2}?"
    r"(?:apps?|applications?|code|projects?|repo(?:sitory)?|sites?|templates?|websites?|bots?)\b|"
    r"\b(?:project|app|application|site)[ -](?:template|starter|skeleton|boilerplate)s?\b|"
    r"\bcookiecutter\b.*\btemplate\b",
    re.IGNORECASE,
)
_EXAMPLE_NAME = re.compile(r".*[-_](?:boilerplate|examples?|skeleton|starter|templates?)", re.I)
_REPOSITORY = re.compile(
    r"(?:github\.com|gitlab\.com|bitbucket\.org)/"
    r"(?!(?:collections|explore|features|marketplace|orgs|search|sponsors|topics)/)"
    r"[^/]+/(?P<name>[^/?#]+)/?(?:#readme)?",
    re.IGNORECASE,
)
#: Words about repositories that hold something to read, or settings, and not a project.
_READ = re.compile(
    r"(?:\b|_)(?:articles?|awesome|books?|bookmarks|challenges|cheat-?sheets?|check-?lists?|"
    r"collections?|config(?:s|urations?)?|conventions|courses?|curated|deck|docs|documentation|"
    r"documents?|dot-?files|ebooks?|exercises|guide(?:line)?s?|handbooks?|how[ -]to|lessons?|"
    r"lists?|notebooks?|notes|papers?|playbooks?|practices|questions|readme|recipes?|references?|"
    r"resources|samples?|scratch|slides|style|talks?|templates?|tips|tutorials?|vimrc|"
    r"walk-?throughs?|wiki|workshops?|write-?ups?|examples?)(?:\b|_)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:conference|keynote|talks?|presentation|PyData|EuroPython|PyOhio|(?:Py|Django)Con)\b",
    re.IGNORECASE,
)
#: Addresses, without scheme and ``www.``, by what stands behind them.
_BY_ADDRESS = [
    (re.compile(pattern, re.IGNORECASE), kind)
    for kind, pattern in (
        ("video", r"(?:m\.)?youtube\.com/(?:watch|playlist)|youtu\.be/\w|vimeo\.com/\d"),
        ("talk", r"pyvideo\.org/.*\d|ted\.com/talks/|infoq\.com/presentations/"),
        ("talk", r"(?:speakerdeck\.com|slideshare\.net)/[^/]+/[^/]+"),
        ("book", r"amazon\.[a-z.]+/(?:.*/)?(?:dp|gp/product)/|oreilly\.com/library/view/"),
        ("book", r"manning\.com/books/|leanpub\.com/[^/]+/?$|pragprog\.com/titles/"),
        ("book", r"shop\.oreilly\.com/product/|nostarch\.com/\w+|goodreads\.com/book/"),
        ("course", r"udemy\.com/(?:course/)?[^/]+|coursera\.org/(?:learn|specializations)/"),
        ("course", r"edx\.org/(?:course|learn)/|udacity\.com/course/|pluralsight\.com/courses/"),
        ("paper", r"arxiv\.org/(?:abs|pdf)/|(?:dx\.)?doi\.org/10\.|dl\.acm\.org/"),
        ("podcast", r"talkpython\.fm/|pythonbytes\.fm/|podcasts\.apple\.com/|podcastinit\.com/"),
        ("podcast", r"changelog\.com/podcast/|se-radio\.net/|[\w-]+\.libsyn\.com/"),
        ("reference", r"\w+\.wikipedia\.org/wiki/|tools\.ietf\.org/html/rfc|rfc-editor\.org/rfc"),
        ("reference", r"w3\.org/TR/|peps\.python\.org/|python\.org/dev/peps/"),
        ("project", r"pypi\.(?:org/project|python\.org/pypi)/\w|npmjs\.com/package/|crates\.io/c"),
        ("documentation", r"(?:docs|documentation)\.(?!google\.)[^/]+/.*\w|[^/]+/docs/.*\w"),
        ("documentation", r"[^/]+\.readthedocs\.(?:io|org)/|developer\.mozilla\.org/.*docs/"),
        ("tutorial", r"[^?#]*(?:/tutorials?/.*\w|[-/]tutorial(?:[-/.]|$))"),
    )
]
_START_OF_DOCS = re.compile(r"[^/]+(?:/(?:[a-z]{2}|latest|stable|master|index\.html))*/?", re.I)
_SAYS_DOCS = re.compile(r"\bdocumentation\b|(?<!read the )\bdocs\b", re.IGNORECASE)
_TUTORIAL = re.compile(
    r".*\b(?:tutorials?|quick-?start|getting[- _]started|walk-?through|step[- ]by[- ]step)\b", re.I
)
#: Titles, when nothing else tells.
_BY_TITLE = [
    (_TUTORIAL, "tutorial"),
    (
        re.compile(r"how to (?:add|build|configure|create|deploy|install|make|set ?up) ", re.I),
        "tutorial",
    ),
    (re.compile(r".*\bcheat[- ]?sheet\b", re.I), "reference"),
    (re.compile(r".*\bpodcast\b", re.I), "podcast"),
    (re.compile(r".*\bweekly$|.*\bnewsletter\b", re.I), "newsletter"),
    (re.compile(r"(?:the )?(?:official )?\S+ doc(?:s|umentation)$", re.I), "documentation"),
]


def infer_kind(title: str, description: str, url: str) -> str:
    """Return the kind that an item clearly is of, or an empty string.

    >>> infer_kind("Owls", "is a free book on owls.", "https://example.org/owls")
    'book'
    >>> infer_kind("Owls", "explains owls.", "https://example.org/owls")
    ''
    """
    address = re.sub(r"^(?:\w+:)?//(?:www\.)?", "", url)
    return _said(description) or _behind(address, title, description) or _titled(title)


def _said(description: str) -> str:
    """Return the kind that a description says a resource is of."""
    if _GUIDE.match(description):
        return "tutorial"
    match = _IS_A.match(description)
    if not match or (match["after"] and _ELSE.match(match["after"])):
        return ""
    noun = match["nouns"].replace("-", " ").split()[-1]
    return next((kind for pattern, kind in _KIND_OF if pattern.fullmatch(noun)), "")


def _behind(address: str, title: str, description: str) -> str:
    """Return the kind of what stands behind an address."""
    sentence = re.split(r"[.!?] ", description)[0]
    if repository := _REPOSITORY.fullmatch(address):
        name = repository["name"]
        if _EXAMPLE.search(f"{title} {sentence}") or _EXAMPLE_NAME.fullmatch(name):
            return "example"
        return "" if _READ.search(f"{name} {title} {sentence}") else "project"
    kind = next((kind for pattern, kind in _BY_ADDRESS if pattern.match(address)), "")
    if kind == "video" and _SPOKEN.search(f"{title} {sentence}"):
        return "talk"
    if kind == "documentation":
        if not _SAYS_DOCS.search(title) and _TUTORIAL.match(f"{title} {address}"):
            return "tutorial"
        # A project's page on Read the Docs often stands for the project.
        if _START_OF_DOCS.fullmatch(address) and not _SAYS_DOCS.search(f"{title} {sentence}"):
            return ""
    return kind


def _titled(title: str) -> str:
    return next((kind for pattern, kind in _BY_TITLE if pattern.match(title)), "")
