"""Fields as authors write them, and what is said of those that can't be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.diagnostics import text_of
from sphinx_fsp.resources.fields import DEFAULT_FIELDS, read_date, read_fields
from sphinx_fsp.resources.record import KINDS, Fields, RawField


def read(*pairs: tuple[str, str], url: str = "", kinds: tuple[str, ...] = ()) -> Fields:
    """Return what fields without a fault mean."""
    fields, problems = read_fields([RawField(n, t, 7) for n, t in pairs], kinds, "a.md", url)
    assert problems == []
    return fields


def faults(*pairs: tuple[str, str], url: str = "", kinds: tuple[str, ...] = ()) -> list[str]:
    """Return what is said of fields; each of the problems is in its line of the file."""
    raw = [RawField(n, t, line) for line, (n, t) in enumerate(pairs, 7)]
    _, problems = read_fields(raw, kinds, "a.md", url)
    assert {p.path for p in problems} <= {"a.md"}
    return [f"{p.line}: {text_of(p.subtype, p.details)} [{p.subtype}]" for p in problems]


# Values ---------------------------------------------------------------------------------------


def test_all_fields() -> None:
    assert read(
        ("kind", "book"),
        ("level", "beginner"),
        ("price", "paid"),
        ("author", "Ada Lovelace; Grace Hopper"),
        ("publisher", "Owl Press"),
        ("date", "2021-03"),
        ("lang", "pt-BR"),
        ("tags", "python, web"),
        ("license", "CC BY 4.0"),
        ("added", "2026-01-31"),
        ("archive", "https://web.archive.org/web/2023/https://owl.example/"),
        ("name", "owls"),
    ) == Fields(
        kind="book",
        level="beginner",
        price="paid",
        author=("Ada Lovelace", "Grace Hopper"),
        publisher="Owl Press",
        date="2021-03",
        lang="pt-BR",
        tags=("python", "web"),
        license="CC BY 4.0",
        added="2026-01-31",
        archive="https://web.archive.org/web/2023/https://owl.example/",
        name="owls",
    )


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        # Names in any case, and by other words for the same.
        ("Kind", "book", "kind", "book"),
        ("type", "book", "kind", "book"),
        ("authors", "Ada", "author", ("Ada",)),
        ("tag", "web", "tags", ("web",)),
        ("language", "en", "lang", "en"),
        # Words of a vocabulary in any case.
        ("kind", "Book", "kind", "book"),
        ("level", "Beginner", "level", "beginner"),
        ("price", "FREE", "price", "free"),
        # Names keep theirs; commas are part of them.
        ("author", "Lovelace, Ada; Ada; ;Ada", "author", ("Lovelace, Ada", "Ada")),
        ("tags", "web, web; C++ ,", "tags", ("web", "C++")),
        # Blanks and line ends count once.
        ("publisher", "  Owl\n   Press ", "publisher", "Owl Press"),
        ("kind", "  ", "kind", ""),
        ("tags", "", "tags", ()),
    ],
)
def test_value(name: str, text: str, field: str, value: object) -> None:
    assert getattr(read((name, text)), field) == value


def test_kind_of_the_project() -> None:
    assert read(("kind", "Game"), kinds=("game",)).kind == "game"


def test_every_built_in_kind() -> None:
    assert [read(("kind", kind)).kind for kind in KINDS] == list(KINDS)


def test_a_list_gives_what_is_the_same_for_many() -> None:
    """The options of the directive, by ``authoring.md``."""
    options = "kind level price author publisher date lang tags license added"
    assert set(DEFAULT_FIELDS) == set(options.split())


def test_fields_over_defaults() -> None:
    own, defaults = Fields(kind="book", tags=("a",)), Fields(kind="talk", tags=("b",), lang="en")
    assert own.over(defaults) == Fields(kind="book", tags=("a",), lang="en")
    assert own.given() == {"kind": "book", "tags": ("a",)}


# Dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026", "2026"),
        ("2026-1", "2026-01"),
        ("2026-12", "2026-12"),
        ("2026-01-31", "2026-01-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026-01-31T12:00:00+00:00", "2026-01-31"),
        ("31 January 2026", "2026-01-31"),
        ("2026-13", ""),
        ("2026-00", ""),
        ("0000", ""),
        ("2026-02-30", ""),
        ("20", ""),
        ("soon", ""),
        ("9" * 200, ""),
    ],
)
def test_date(text: str, date: str) -> None:
    assert read_date(text) == date


# Faults ---------------------------------------------------------------------------------------

KEPT = "change it, or leave it out [bad_value]"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("level", "easy", f"level takes beginner, intermediate or advanced, not 'easy'; {KEPT}"),
        ("price", "5 $", f"price takes free, freemium or paid, not '5 $'; {KEPT}"),
        (
            "lang",
            "English!",
            f"lang takes a language tag such as en or pt-BR, not 'English!'; {KEPT}",
        ),
        (
            "date",
            "soon",
            "date 'soon' is no date; "
            "write it as 2026-01-31 or 2026-01-31T12:00:00+00:00 [bad_date]",
        ),
        (
            "kind",
            "Boook",
            "there is no kind 'Boook' of resources; did you mean book? [unknown_kind]",
        ),
        (
            "kind",
            "zebra",
            "there is no kind 'zebra' of resources; add it to fsp_resource_kinds [unknown_kind]",
        ),
        ("autor", "Ada", "resources have no field 'autor'; did you mean author? [unknown_field]"),
        (
            "zebra",
            "x",
            "resources have no field 'zebra'; the fields are kind, level, price, author, "
            "publisher, date, lang, tags, license, added, archive and name [unknown_field]",
        ),
        (
            "archive",
            "owl.example",
            "the address owl.example has no scheme; did you mean https://owl.example? [bad_url]",
        ),
        (
            "archive",
            "javascript:alert(1)",
            "the address javascript:alert(1) is not allowed; "
            "link to a page instead; the text stays, the link is gone [bad_scheme]",
        ),
    ],
)
def test_fault(name: str, text: str, said: str) -> None:
    assert faults((name, text)) == [f"7: {said}"]


def test_suggested_kind_of_the_project() -> None:
    assert "did you mean zebra?" in faults(("kind", "zebras"), kinds=("zebra",))[0]


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [("kind", "Boook", "boook"), ("level", "Easy", "easy"), ("price", "5 $", "5 $")],
)
def test_a_value_at_fault_is_kept(name: str, text: str, kept: str) -> None:
    fields, _ = read_fields([RawField(name, text, 1)], (), "a.md")
    assert getattr(fields, name) == kept


@pytest.mark.parametrize(("name", "text"), [("date", "soon"), ("archive", "javascript:x")])
def test_what_can_not_be_used_is_left_out(name: str, text: str) -> None:
    fields, _ = read_fields([RawField(name, text, 1)], (), "a.md")
    assert getattr(fields, name) == ""


def test_a_field_that_stands_twice() -> None:
    raw = [RawField("author", "Ada", 7), RawField("authors", "Bob", 8)]
    fields, problems = read_fields(raw, (), "a.md")
    assert fields.author == ("Ada",)
    assert [(p.subtype, p.line) for p in problems] == [("bad_value", 8)]


COPY = "https://web.archive.org/web/2023/http://www.owl.example/a/"


def test_archived_copy_of_the_address() -> None:
    assert read(("archive", COPY), url="https://owl.example/a").archive == COPY


def test_archived_copy_of_another_address() -> None:
    assert faults(("archive", COPY), url="https://owl.example/b") == [
        "7: the archived copy is one of http://www.owl.example/a/, not of https://owl.example/b; "
        "look for a copy of the address itself [archive_mismatch]"
    ]


@given(st.sampled_from([*Fields._fields, "x"]), st.text(max_size=80))
def test_no_value_stops_it(name: str, text: str) -> None:
    _, problems = read_fields([RawField(name, text, 1)], (), "a.md", "https://owl.example/")
    assert all(text_of(p.subtype, p.details) for p in problems)
