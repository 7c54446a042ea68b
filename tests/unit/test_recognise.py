"""Which lists are lists of resources, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.resources.recognise import judge

OWN = frozenset({"guide.example"})


def link(text: str = "Owls", url: str = "https://owls.example/") -> nodes.reference:
    return nodes.reference(text, text, refuri=url)


def own_page(text: str = "Nests") -> addnodes.pending_xref:
    return addnodes.pending_xref("", nodes.Text(text), refdomain="fsp", reftarget="nests")


def paragraph(*content: nodes.Node | str) -> nodes.paragraph:
    return nodes.paragraph("", "", *(nodes.Text(c) if isinstance(c, str) else c for c in content))


def bullets(*items: Iterable[Any]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", paragraph(*item)) for item in items))


def resources(count: int = 3) -> nodes.bullet_list:
    return bullets(*([link(), " is a site about owls."] for _ in range(count)))


def why(
    listing: nodes.bullet_list, heading: str = "Owl resources", intro: nodes.Node | str = ""
) -> str:
    """Return why a list under a heading, after an introduction, is none of resources."""
    section = nodes.section("", nodes.title("", heading))
    if intro:
        section += paragraph(intro) if isinstance(intro, str) else intro
    section += listing
    verdict = judge(listing, OWN)
    assert verdict.accepted == (not verdict.rule)
    return verdict.rule


def test_list_of_resources() -> None:
    assert why(resources()) == ""
    assert why(resources(), "Owls", "They live in trees.") == ""


def test_list_without_a_heading() -> None:
    listing = resources()
    nodes.section("", paragraph("Text."), listing)
    assert judge(listing).accepted


# 1. It stands for itself, and no item holds code.


@pytest.mark.parametrize("parent", [nodes.list_item, addnodes.seealso, nodes.topic])
def test_list_in_an_item_or_a_box(parent: type[nodes.Element]) -> None:
    listing = resources()
    nodes.section("", nodes.title("", "Owl resources"), parent("", listing))
    assert judge(listing).rule == "it is inside other content, or holds code"


def test_list_with_code() -> None:
    item = nodes.list_item("", paragraph(link()), nodes.literal_block("", "hoot()"))
    listing = resources()
    listing += item
    assert "holds code" in why(listing)


def test_empty_list() -> None:
    assert why(nodes.bullet_list()) != ""
    assert why(bullets([], [])) != ""


# 2. Three items of four have a link, and one of four a link to another site.

FEW = "too few of its items link to other sites"


@pytest.mark.parametrize(
    ("linked", "plain", "rule"), [(3, 1, ""), (2, 1, FEW), (6, 2, ""), (5, 2, FEW)]
)
def test_share_of_items_with_a_link(linked: int, plain: int, rule: str) -> None:
    items = [[link(), " is here."] for _ in range(linked)]
    assert why(bullets(*items, *([["No link."]] * plain))) == rule


@pytest.mark.parametrize(("own", "rule"), [(3, ""), (4, FEW)])
def test_share_of_items_with_a_link_to_another_site(own: int, rule: str) -> None:
    items = [[own_page(), " tells how they build."] for _ in range(own)]
    assert why(bullets([link()], *items)) == rule


@pytest.mark.parametrize(
    "url",
    ["https://guide.example/a", "https://www.guide.example/", "/a.html", "https://x.com/owl"],
    ids=["own host", "own host with www", "broken link", "a person"],
)
def test_links_that_lead_to_no_resource(url: str) -> None:
    assert why(bullets(*([link("Owls", url), " hoot."] for _ in range(3)))) == FEW


# 3. Its heading is no date, and none of what to prepare.


@pytest.mark.parametrize(
    "heading",
    [
        "October", "May 2019", "Sept. 2019", "2019", "2019-05-01", "1 May 2020", "v1.2",
        "[1.2.0] - 2020-01-01", "Change log", "Unreleased",
        "Owl learning checklist", "Prerequisites", "Requirements", "Required tools",
        "Tools we need", "What you'll need", "Our tools", "Development environment setup",
        "Set up your nest", "Dependencies",
    ],
)  # fmt: skip
def test_heading_of_another_list(heading: str) -> None:
    assert why(resources(), heading) == "its heading is a date, or says what to prepare"


@pytest.mark.parametrize(
    "heading",
    ["Marching owls", "Owls in 2019", "Checklists and guidelines", "Installing nests",
     "Tools", "Configuring owls", "Version control"],
)  # fmt: skip
def test_heading_of_a_list_on_the_matter(heading: str) -> None:
    assert why(resources(), heading) == ""


def test_only_the_nearest_heading_counts() -> None:
    listing = resources()
    inner = nodes.section("", nodes.title("", "Owl resources"), listing)
    nodes.section("", nodes.title("", "October"), inner)
    assert judge(listing).accepted


# 4. Its introduction announces no features, and nothing that a tutorial uses.


@pytest.mark.parametrize(
    "intro",
    [
        "Owls have many features, including:",
        "Try its more advanced features such as:",
        "These features are:",
        "We'll use:",
        "We will also use the following:",
        "During this tutorial we\N{RIGHT SINGLE QUOTATION MARK}re going to use:",
        "This tutorial will also use:",
        "To hoot you need:",
        "Our dependencies are:",
        "The owls and their versions are:",
        # The list ends the sentence.
        "An owl can also be a",
    ],
)
def test_introduction_of_another_list(intro: str) -> None:
    assert why(resources(), "Owls", intro) == (
        "its introduction announces features, or what a tutorial uses"
    )


@pytest.mark.parametrize(
    "intro",
    [
        "We use owls. These sites tell of them:",
        "You can use one of these tutorials to find owls:",
        "Owls have features. Further reading:",
        "Here is what we use.",
    ],
)
def test_introduction_of_resources(intro: str) -> None:
    assert why(resources(), "Owls", intro) == ""


def test_introduction_is_the_paragraph_right_before() -> None:
    assert why(resources(), "Owls", nodes.literal_block("", "We will use:")) == ""
    section = nodes.section("", nodes.title("", "Owls"), paragraph("We will use:"))
    section += [nodes.comment("", "no-resources"), listing := resources()]
    assert not judge(listing).accepted


# 5. Fewer than half of its items start with something that is no title of a resource.

OTHERS = "its items start with code, bold terms, steps or pages of this guide"


@pytest.mark.parametrize("term", [nodes.literal, nodes.strong])
@pytest.mark.parametrize(("count", "rule"), [(1, ""), (2, OTHERS)])
def test_items_that_explain_a_term(term: type[nodes.TextElement], count: int, rule: str) -> None:
    terms = [[term("", "hoot"), " calls an owl, see ", link()] for _ in range(count)]
    assert why(bullets(*terms, *([link(), " is a site."] for _ in range(4 - count)))) == rule


def test_title_in_bold_or_code_is_a_title() -> None:
    assert why(bullets(*([nodes.strong("", "", link())] for _ in range(3)))) == ""
    code = (nodes.reference("", "", nodes.literal("", "x"), refuri="//x.example") for _ in range(3))
    assert why(bullets(*([node, " is a tool."] for node in code))) == ""


def test_bare_links_in_lower_case_are_steps() -> None:
    steps = [[link("find an owl")], [link("feed an owl")]]
    assert why(bullets(*steps), "What now?") == OTHERS
    assert why(bullets(*([link("Find an owl")] for _ in range(2))), "What now?") == ""
    assert why(bullets(*([link("owly"), " is a bird."] for _ in range(2))), "What now?") == ""


def test_bare_links_to_the_guide_are_navigation() -> None:
    assert why(bullets([own_page()], [link()]), "What now?") == OTHERS
    assert why(bullets([own_page(), " is a post."], [link()]), "What now?") == ""


@pytest.mark.parametrize(
    ("heading", "intro"), [("Owl resources", ""), ("What now?", "Owls hoot. More articles:")]
)
def test_bare_links_that_are_announced(heading: str, intro: str) -> None:
    assert why(bullets([link("owly")], [own_page()]), heading, intro) == ""


# 6. One item needs a heading that announces more.


@pytest.mark.parametrize(
    ("heading", "accepted"),
    [("Owl resources", True), ("Hosted services", True), ("Owl tutorial", True), ("Owls", False)],
)
def test_one_item(heading: str, accepted: bool) -> None:
    assert (why(resources(1), heading) == "") == accepted


def test_nothing_changes() -> None:
    listing = resources()
    section = nodes.section("", nodes.title("", "Owls"), paragraph("See:"), listing)
    before = section.pformat()
    judge(listing, OWN)
    assert section.pformat() == before
