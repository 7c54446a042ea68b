"""One record for each address, however often it is listed."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.resources.merge import Health, duplicates, merge
from sphinx_fsp.resources.record import Fields, Listing, Resource


def listing(
    url: str = "https://owl.example/",
    title: str = "Owls",
    docname: str = "birds",
    line: int = 5,
    description: str = "",
    guess: str = "",
    **fields: Any,
) -> Listing:
    """Return a listing of a page, or of a data file where there is no docname."""
    path = f"{docname}.md" if docname else "data.yml"
    return Listing(
        url, title, description, Fields(**fields), guess, docname, "s", f"r{line}", path, line
    )


def one(*listings: Listing) -> Resource:
    """Return the only record of listings that don't contradict one another."""
    resources, problems = merge(listings)
    assert problems == []
    (resource,) = resources
    return resource


def said(*listings: Listing) -> list[str]:
    """Return what is said of listings."""
    _, problems = merge(listings)
    return [f"{p.path}:{p.line}: {text_of(p.subtype, p.details)}" for p in problems]


# One record -----------------------------------------------------------------------------------


def test_spellings_of_an_address_are_one_record() -> None:
    places = (
        listing("http://www.owl.example/index.html", docname="a"),
        listing("https://owl.example/?utm_source=x", docname="b"),
        listing("http://owl.example", docname="c"),
    )
    resource = one(*places)
    assert resource.key == "owl.example"
    assert resource.listings == places
    # A record has one address: the first that is safe. Pages keep theirs.
    assert resource.url == "https://owl.example/?utm_source=x"


def test_two_addresses_are_two_records() -> None:
    resources, _ = merge([listing("https://owl.example/a"), listing("https://owl.example/b")])
    assert [r.url for r in resources] == ["https://owl.example/a", "https://owl.example/b"]


def test_no_listing_no_record() -> None:
    assert merge([]) == ((), [])


def test_the_first_place_names_it_and_the_first_text_describes_it() -> None:
    resource = one(
        listing(title="Owls by night", docname="b", description="is about owls."),
        listing(title="Owls", docname="a"),
    )
    assert (resource.title, resource.description) == ("Owls", "is about owls.")


def test_data_files_come_before_pages() -> None:
    resource = one(
        listing(title="Owls", docname="a"), listing(title="The owls", docname="", kind="book")
    )
    assert resource.title == "The owls"
    assert resource.fields.kind == "book"
    # They are no place that a reader can go to.
    assert [p.docname for p in resource.listings] == ["a"]


# Fields ---------------------------------------------------------------------------------------


def test_fields_of_all_places_together() -> None:
    resource = one(
        listing(docname="a", kind="book", author=("Ada",), tags=("web",)),
        listing(docname="b", price="paid", author=("Bob", "Ada"), tags=("python", "web")),
    )
    assert resource.fields == Fields(
        kind="book", price="paid", author=("Ada", "Bob"), tags=("web", "python")
    )


def test_contradiction() -> None:
    assert said(listing(docname="a", price="free"), listing(docname="b", price="paid", line=9)) == [
        "b.md:9: price of https://owl.example/ is 'paid' here and 'free' in a.md:5; "
        "write the same in both, or leave one out"
    ]


def test_the_first_place_wins_a_contradiction() -> None:
    (resource,), _ = merge([listing(docname="b", price="paid"), listing(docname="a", price="free")])
    assert resource.fields.price == "free"


def test_each_place_that_contradicts_is_said() -> None:
    places = [listing(docname=name, kind=kind) for name, kind in zip("abc", "xyz", strict=True)]
    assert len(said(*places)) == 2


def test_days_on_which_it_came_into_lists_may_differ() -> None:
    resource = one(listing(docname="a", added="2024"), listing(docname="b", added="2023"))
    assert resource.fields.added == "2024"


@pytest.mark.parametrize(
    ("guesses", "kind"),
    [
        (["talk"], "talk"),
        (["", "talk"], "talk"),
        (["talk", "talk", "video"], "talk"),
        (["talk", "video"], ""),
        (["", ""], ""),
    ],
)
def test_what_places_read_as(guesses: list[str], kind: str) -> None:
    places = [listing(docname=f"d{n}", guess=guess) for n, guess in enumerate(guesses)]
    assert one(*places).fields.kind == kind


def test_explicit_kind_wins_over_every_guess() -> None:
    places = [listing(docname=f"d{n}", guess="talk") for n in range(5)]
    assert one(*places, listing(docname="z", kind="book")).fields.kind == "book"


# Health ---------------------------------------------------------------------------------------


def test_what_link_checks_know() -> None:
    health = Health("dead", "https://web.archive.org/web/2023/https://owl.example/", "2026-01-31")
    ((resource,), _) = merge([listing()], {"owl.example": health}.__getitem__)
    assert resource.status == "dead"
    assert resource.first_seen == "2026-01-31"
    assert resource.fields.archive == health.archive


def test_the_authors_copy_goes_first() -> None:
    copy = "https://web.archive.org/web/2020/https://owl.example/"
    health = Health("dead", "https://web.archive.org/web/2023/https://owl.example/")
    ((resource,), _) = merge([listing(archive=copy)], lambda key: health)
    assert resource.fields.archive == copy


# Names ----------------------------------------------------------------------------------------


def names(*listings: Listing) -> list[str]:
    return [resource.name for resource in merge(listings)[0]]


def test_the_name_is_the_title_as_a_slug() -> None:
    assert names(listing(title="Owls & Elms: The Night")) == ["owls-elms-the-night"]


def test_the_authors_name_goes_first() -> None:
    assert names(listing(docname="a"), listing(docname="b", name="owls-2024")) == ["owls-2024"]


def test_one_title_on_two_hosts() -> None:
    assert names(
        listing("https://a.example/", docname="a"), listing("https://www.b.example/", docname="b")
    ) == ["owls-a-example", "owls-b-example"]


def test_one_title_twice_on_a_host() -> None:
    assert names(
        listing("https://a.example/1", docname="a"), listing("https://a.example/2", docname="b")
    ) == ["owls-a-example", "owls-a-example-2"]


def test_a_title_that_is_another_ones_name() -> None:
    assert names(
        listing("https://a.example/", docname="a"),
        listing("https://b.example/", title="Elms", docname="b", name="owls"),
    ) == ["owls-a-example", "owls"]


@pytest.mark.parametrize("title", ["", "???", "🦉"])
def test_a_title_without_letters(title: str) -> None:
    assert names(listing(title=title)) == ["resource"]


def test_one_name_for_two_resources() -> None:
    first = listing("https://a.example/", docname="a", name="owls")
    second = listing("https://b.example/", title="Elms", docname="b", name="owls")
    assert said(first, second) == [
        "b.md:5: the name 'owls' is that of https://a.example/ (a.md:5) too; "
        "give one of the two another name"
    ]
    assert names(first, second) == ["owls", "elms"]


# Order ----------------------------------------------------------------------------------------

LISTINGS = st.lists(
    st.builds(
        listing,
        url=st.sampled_from(["https://a.example/", "http://www.a.example", "https://b.example"]),
        title=st.sampled_from(["Owls", "Elms", ""]),
        docname=st.sampled_from(["", "a", "b"]),
        guess=st.sampled_from(["", "talk", "book"]),
        kind=st.sampled_from(["", "talk", "book"]),
        name=st.sampled_from(["", "x"]),
    ),
    max_size=8,
).map(lambda found: [one._replace(line=line) for line, one in enumerate(found, 1)])


@given(LISTINGS, st.randoms())
def test_the_order_in_which_pages_were_read_changes_nothing(
    listings: list[Listing], order: random.Random
) -> None:
    mixed = list(listings)
    order.shuffle(mixed)
    assert merge(mixed) == merge(listings)


@given(LISTINGS)
def test_names_are_unique(listings: list[Listing]) -> None:
    resources, _ = merge(listings)
    assert len({r.name for r in resources}) == len({r.key for r in resources}) == len(resources)


# Twice in a list ------------------------------------------------------------------------------


def test_twice_in_one_list() -> None:
    found = duplicates(
        [
            listing("https://owl.example/a", line=3),
            listing("https://owl.example/b", line=4),
            listing("http://www.owl.example/a/", line=7),
        ]
    )
    assert [(p.line, text_of(p.subtype, p.details)) for p in found] == [
        (
            7,
            "http://www.owl.example/a/ stands in this list already, in line 3; "
            "remove one of the two",
        )
    ]
