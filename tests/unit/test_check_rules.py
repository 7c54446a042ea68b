"""What only a check looks for: from what doctrees tell to problems."""

from __future__ import annotations

from docutils import nodes

from sphinx_fsp.check.facts import Image, Link, facts_of, hrefs, leads_of
from sphinx_fsp.check.rules import (
    insecure_urls,
    missing_alts,
    old_addresses,
    orphans,
    secure_addresses,
)
from sphinx_fsp.source.catalogue import Page
from sphinx_fsp.source.front_matter import Header


def page(docname: str, category: str = "page", *, hidden: bool = False) -> Page:
    header = Header({}, 0, False, ())
    return Page(
        f"{docname}.md", docname, docname, "", "", category, "", False, "", "", hidden, header
    )


def insecure(*addresses: str) -> list[tuple[str, str]]:
    """Return the faulty addresses of a page with these links, and the place that each names."""
    links = [Link("a.md", line, address) for line, address in enumerate(addresses, 1)]
    found = insecure_urls(links, secure_addresses(links), lambda link: f"{link.path}:{link.line}")
    return [(problem.details["target"], problem.details["place"]) for problem in found]


def test_http_where_the_host_has_https() -> None:
    assert insecure("http://www.a.org/x", "https://a.org/y") == [("http://www.a.org/x", "a.md:2")]
    assert insecure("http://a.org/x", "https://b.org/x") == []


def test_the_same_address_with_https_is_named_first() -> None:
    links = ("https://a.org/z", "http://a.org/x", "https://a.org/x/")
    assert insecure(*links) == [("http://a.org/x", "a.md:3")]


def test_link_through_a_redirect_keeps_its_fragment() -> None:
    links = [Link("a.md", 3, "/old.html"), Link("a.md", 4, "/old.html#here"), Link("a.md", 5, "/x")]
    found = old_addresses(links, {"/old.html": "/new.html#top"})
    assert [(p.line, p.details["suggestion"]) for p in found] == [
        (3, "/new.html#top"),
        (4, "/new.html#here"),
    ]


def test_image_without_alternative_text() -> None:
    x, y = Image("a.md", 3, "/x.png"), Image("a.md", 5, "/y.png")
    found = missing_alts([x, x, y], lambda image, nth: (image, nth) == (x, 0))
    assert [(p.line, p.details["target"]) for p in found] == [(3, "/x.png"), (5, "/y.png")]


def test_orphans() -> None:
    pages = [
        page("in-a-chapter"),
        page("linked"),
        page("lost"),
        page("meant-to-be", hidden=True),
        page("blog/x", "post"),
    ]
    chapters, reached = {"in-a-chapter"}, {"linked"}

    def lost(*, posts_listed: bool) -> list[str]:
        found = orphans(pages, chapters, reached, posts_listed=posts_listed)
        return [problem.details["target"] for problem in found]

    assert lost(posts_listed=False) == ["/lost.html", "/blog/x.html"]
    assert lost(posts_listed=True) == ["/lost.html"]


def test_facts_have_the_line_of_the_nearest_node_that_knows() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    paragraph = nodes.paragraph()
    paragraph.line = 7
    document += paragraph
    paragraph += nodes.reference("", "a", refuri="http://a.org/")
    paragraph += nodes.reference("", "a", refuri="mailto:me@a.org")
    paragraph += nodes.image(uri="x.png", alt=" ")
    paragraph += nodes.image(uri="y.png", alt="Y")
    facts = facts_of(document, "/p.md")
    assert facts.web == (Link("/p.md", 7, "http://a.org/"),)
    assert facts.bare == (Image("/p.md", 7, "x.png"),)


def test_leads() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    for uri in ("../b.html#x", "../not-there.html", "https://a.org/", "#here", "y.html"):
        document += nodes.paragraph("", "", nodes.reference("", "a", refuri=uri))
    docnames = {"b.html": "b", "blog/y.html": "blog/y"}
    assert leads_of(document, "blog/a.html", docnames) == {"b", "blog/y"}


def test_links_of_html_that_stays_html() -> None:
    html = "<a href='/a.html'>a</a> <A HREF=\"/b.html?x=1&amp;y\">b</A> <a href=/c.html>c</a>"
    assert list(hrefs(html)) == ["/a.html", "/b.html?x=1&y", "/c.html"]
