"""What a list item says: its link, its title and its description."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx import addnodes

from sphinx_fsp.resources.items import ItemParts, item_parts

OWN = frozenset({"guide.example"})
OWLS = "https://owls.example/guide"


def link(text: str, url: str = OWLS) -> nodes.reference:
    return nodes.reference(text, text, refuri=url)


def own_page(text: str) -> addnodes.pending_xref:
    return addnodes.pending_xref("", nodes.Text(text), refdomain="fsp", reftarget="page")


def paragraph(*content: nodes.Node | str) -> nodes.paragraph:
    return nodes.paragraph("", "", *(nodes.Text(c) if isinstance(c, str) else c for c in content))


def parts(*content: nodes.Node | str) -> ItemParts:
    """Return the parts of an item of one paragraph."""
    return item_parts(nodes.list_item("", paragraph(*content)), OWN)


def texts(links: tuple[nodes.reference, ...]) -> list[str]:
    return [node.astext() for node in links]


def test_link_leads() -> None:
    own = link("Owls by Night")
    found = parts(own, " is a guide to\nowls.")
    assert found == ItemParts(own, "Owls by Night", "is a guide to owls.", (), ())


@pytest.mark.parametrize("between", [" - ", " – ", " — ", ": ", ", ", " -- "])  # noqa: RUF001
def test_separators_go(between: str) -> None:
    assert parts(link("Owls"), f"{between}all about owls.").description == "all about owls."


@pytest.mark.parametrize("before", ["The ", "A ", "“", "⭐ ", "The “"])
def test_article_and_quotes_before_a_title_go(before: str) -> None:
    found = parts(before, link("Owl Guide"), "” is free.")
    assert (found.title, found.description) == ("Owl Guide", "is free.")


def test_title_within_a_sentence_stays_in_the_description() -> None:
    found = parts("Ann wrote a ", link("guide to owls"), " last year.")
    assert found.title == "guide to owls"
    assert found.description == "Ann wrote a guide to owls last year."


def test_possessive_stays_in_the_description() -> None:
    assert parts(link("Owlery"), "'s shop sells nests.").description == "Owlery's shop sells nests."


def test_dots_that_belong_to_a_word_stay() -> None:
    assert parts(link("Owls"), " .NET library").description == ".NET library"


@pytest.mark.parametrize(
    "content",
    [
        nodes.emphasis("", "", link("Owls")),
        nodes.strong("", "", link("Owls")),
        nodes.reference("", "", nodes.emphasis("", "Owls"), refuri=OWLS),
        nodes.reference("", "", nodes.literal("", "Owls"), refuri=OWLS),
        nodes.reference("", "", nodes.image(alt="Owls", uri="owls.png"), refuri=OWLS),
        link("“Owls,”"),
        link('"Owls"'),
    ],
    ids=["emphasis", "strong", "emphasis inside", "code", "image", "quotes", "plain quotes"],
)
def test_dressed_title(content: nodes.Element) -> None:
    found = parts(content, " are birds.")
    assert found.link is not None
    assert found.link["refuri"] == OWLS
    assert (found.title, found.description) == ("Owls", "are birds.")


def test_quotes_within_a_title_stay() -> None:
    assert parts(link("“Owls” and “Bats”")).title == "“Owls” and “Bats”"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (["Read all of it ", link("here"), ". It is free."], "Read all of it here"),
        ([nodes.strong("", "Owls"), ": see ", link("this post"), "."], "Owls"),
        (["“Owls by Night” (", link("video"), ") is a talk."], "Owls by Night"),
        (["Owls: ", link(OWLS)], "Owls"),
        (["Owls - ", link("link")], "Owls"),
        (["Owls (", link("docs"), ") are birds."], "Owls"),
        (["Birds are many. About owls there is ", link("this")], "About owls there is this"),
        ([nodes.reference("", "", nodes.image(uri="x.png"), refuri=OWLS)], OWLS),
        ([link(OWLS)], OWLS),
    ],
)
def test_link_that_names_nothing(content: list[nodes.Node | str], title: str) -> None:
    assert parts(*content).title == title


def test_first_link_elsewhere_is_the_items_own() -> None:
    """Topics of the guide that come first don't matter."""
    found = parts(own_page("Owls"), " have a ", link("code of conduct"), " and ", link("rules"))
    assert found.link is not None
    assert found.link.astext() == "code of conduct"
    assert texts(found.mentions) == ["rules"]


def test_item_about_a_page_of_the_guide_is_no_resource() -> None:
    found = parts(own_page("How to Find Owls by Night"), " uses ", link("Lamp"), ".")
    assert found.link is None
    assert texts(found.mentions) == ["Lamp"]
    assert found.title == "How to Find Owls by Night uses Lamp"


@pytest.mark.parametrize(
    "url",
    [
        "https://guide.example/owls",
        "http://www.guide.example/owls",
        "/owls.html",
        "#owls",
        "mailto:owl@owls.example",
        "git@github.com:owls/owls",
        "",
    ],
)
def test_no_link_elsewhere(url: str) -> None:
    assert parts(link("Owls", url)).link is None


@pytest.mark.parametrize("url", ["//owls.example/", "www.owls.example/a", "HTTP://owls.example"])
def test_link_elsewhere(url: str) -> None:
    """An address without its scheme is a fault that is reported; it is meant to lead there."""
    assert parts(link("Owls", url)).link is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/ann",
        "https://x.com/ann/",
        "https://github.com/ann",
        "https://www.linkedin.com/in/ann",
        "https://hachyderm.example/@ann",
        "https://about.me/ann",
        "https://stackoverflow.com/users/1/ann",
    ],
)
def test_persons_page_is_no_resource(url: str) -> None:
    found = parts(link("Ann Owl", url), " wrote ", link("Owls"), ".")
    assert found.link is not None
    assert found.link["refuri"] == OWLS
    assert texts(found.mentions) == ["Ann Owl"]
    assert parts(link("Ann Owl", url)).link is None


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ann/owls",
        "https://github.com/trending",
        "https://github.com/ann?tab=stars",
        "https://www.youtube.com/@owls",
        "https://medium.com/@ann/owls",
        "https://twitter.com/",
    ],
)
def test_page_that_is_no_persons(url: str) -> None:
    assert parts(link("Owls", url)).link is not None


@pytest.mark.parametrize(
    "content",
    [
        ["As told by ", link("Ann van der Owl", "https://ann.example/x"), ": ", link("Owls")],
        ["By ", link("Owlery", "https://owlery.example/"), ": ", link("Owls")],
        [link("Owlery", "https://owlery.example/x"), "’s ", link("Owls")],  # noqa: RUF001
    ],
)
def test_who_made_it_comes_after_it(content: list[nodes.Node | str]) -> None:
    found = parts(*content)
    assert found.link is not None
    assert found.link["refuri"] == OWLS
    assert len(found.mentions) == 1


def test_who_made_it_is_better_than_nothing() -> None:
    assert parts("A site by ", link("Ann Owl")).link is not None


@pytest.mark.parametrize(
    "text",
    ["part 2", "Part Two", "second part", "slides", "source code", "source", "#3 Nests", "2019",
     "open source on a forge", "also as video", "PDF", "mirror", "example code"],
)  # fmt: skip
def test_other_forms_and_parts_belong_to_it(text: str) -> None:
    found = parts(link("Owls"), " (", link(text), ") cites ", link("Bats of the North"), ".")
    assert (texts(found.others), texts(found.mentions)) == ([text], ["Bats of the North"])


def test_lists_below_are_parts() -> None:
    below = nodes.bullet_list(
        "",
        nodes.list_item("", paragraph(link("Nests"), " and ", own_page("trees"))),
        nodes.list_item("", paragraph(link("Eggs", "https://guide.example/eggs"))),
    )
    found = item_parts(nodes.list_item("", paragraph(link("Owls"), " has parts:"), below), OWN)
    assert (found.title, found.description) == ("Owls", "has parts:")
    assert texts(found.others) == ["Nests"]


def test_several_paragraphs_and_what_is_not_said() -> None:
    archive = nodes.field("", nodes.field_name("", "archive"), nodes.field_body("", link("copy")))
    item = nodes.list_item(
        "",
        paragraph(link("Owls"), " are birds."),
        nodes.comment("", "hidden"),
        nodes.raw("", "<hr>", format="html"),
        paragraph("They fly by ", link("night"), ".", nodes.footnote_reference("", "1")),
        nodes.literal_block("", "hoot()"),
        nodes.field_list("", archive),
    )
    found = item_parts(item, OWN)
    assert found.description == "are birds. They fly by night."
    assert texts((*found.others, *found.mentions)) == ["night"]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (nodes.list_item(), ""),
        (nodes.list_item("", paragraph("")), ""),
        (nodes.list_item("", paragraph("Owls are birds. They fly.")), "Owls are birds"),
        (nodes.list_item("", paragraph(link("", ""))), ""),
        (nodes.list_item("", paragraph(link("Owls", "https://[owls"))), "Owls"),
    ],
)
def test_item_without_a_link_that_works(item: nodes.list_item, title: str) -> None:
    assert item_parts(item, OWN).title == title


def test_nothing_changes() -> None:
    below = nodes.bullet_list("", nodes.list_item("", paragraph(link("Nests"))))
    item = nodes.list_item("", paragraph("The ", link("Owls"), " by ", link("Ann Owl")), below)
    before = item.pformat()
    item_parts(item, OWN)
    assert item.pformat() == before
