"""Pages that say the same in several languages: which is the original, and which are versions."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican_itself import process_translations

from sphinx_fsp.diagnostics import BAD_HEADER
from sphinx_fsp.source.catalogue import Catalogue, SourceFile, build_catalogue
from sphinx_fsp.source.feeds import feed_paths
from sphinx_fsp.source.languages import Languages, direction, language_name, language_tag
from sphinx_fsp.source.outline import build_outline
from sphinx_fsp.source.posts import EVERY, Selection, select_pages
from sphinx_fsp.source.settings import Settings
from sphinx_fsp.source.translations import marked, versions_of

BY_FILE = {"page": "p/{slug}", "*": "{slug}"}
WITH_CODE = {"page": "p/{slug}-{lang}", "*": "{lang}/{slug}"}


def catalogue_of(*headers: str, languages: Languages | None = None) -> Catalogue:
    """Return a catalogue; each page is its header, on one line with semicolons."""
    files = [
        SourceFile(f"{number}.md", "\n".join(part.strip() for part in header.split(";")) + "\n\n")
        for number, header in enumerate(headers)
    ]
    languages = languages or Languages("en", WITH_CODE)
    return build_catalogue(files, BY_FILE, (".md",), languages=languages)


POST = "category: post; date: 2026-01-01; title: x"
RAIN = (
    f"slug: rain; {POST}",
    f"slug: rain; lang: de; {POST}",
    f"slug: rain; lang: pt_BR; {POST}",
    f"slug: snow; lang: EN; {POST}",
    f"slug: foehn; lang: de; {POST}",
    "slug: rain; title: A page",
    "slug: rain; title: Eine Seite; lang: de",
)


def test_addresses_of_other_languages() -> None:
    catalogue = catalogue_of(*RAIN)
    assert [(page.docname, page.lang) for page in catalogue.pages] == [
        ("rain", ""),
        ("de/rain", "de"),
        # As Pelican fills it in.
        ("pt_BR/rain", "pt-BR"),
        # The language of the site, in capitals.
        ("snow", ""),
        ("de/foehn", "de"),
        ("p/rain", ""),
        ("p/rain-de", "de"),
    ]
    assert not catalogue.problems


def test_what_no_pattern_of_a_language_names_is_as_for_all() -> None:
    languages = Languages("de", {"post": "{slug}-{lang}"})
    english = ("slug: rain; lang: en; title: x; category: post", "slug: ice; lang: en; title: y")
    catalogue = catalogue_of(english[0], RAIN[0], english[1], languages=languages)
    assert [page.docname for page in catalogue.pages] == ["rain-en", "rain", "p/ice"]


def test_a_pattern_for_all_other_languages_is_one_for_pages_too() -> None:
    languages = Languages("en", {"*": "{slug}-{lang}"})
    catalogue = catalogue_of(
        "slug: a; title: A", "slug: a; title: A; lang: de", languages=languages
    )
    assert [page.docname for page in catalogue.pages] == ["p/a", "a-de"]


def test_the_original_keeps_its_address_when_a_translation_forgets_its_language() -> None:
    text = "title: Ferry\nslug: ferry\n\n"
    files = [SourceFile(name, text) for name in ("ferry-de.md", "ferry.md")]
    catalogue = build_catalogue(files, BY_FILE, (".md",))
    assert [(page.path, page.docname) for page in catalogue.pages] == [
        ("ferry.md", "p/ferry"),
        ("ferry-de.md", "ferry-de"),
    ]
    (problem,) = catalogue.problems
    assert (problem.path, problem.details["other"]) == ("ferry-de.md", "ferry.md")


def test_one_language_in_two_spellings_has_one_feed() -> None:
    pages = catalogue_of(f"slug: a; lang: pt_BR; {POST}", f"slug: b; lang: pt-br; {POST}").pages
    paths = feed_paths(pages, ["{lang}.xml"], {"lang": "en"})
    assert {path: len(group.pages) for path, (_, group) in paths.items() if group} == {
        "pt_BR.xml": 2
    }


def test_translations_are_in_no_chapter_and_may_have_the_order_of_the_original() -> None:
    order = "sortorder: 0100; toc: True"
    catalogue = catalogue_of(f"slug: a; title: A; lang: de; {order}", f"slug: a; title: A; {order}")
    assert not catalogue.problems
    (chapter,) = build_outline(marked(catalogue.pages)).chapters
    assert chapter.head is not None
    assert chapter.head.docname == "p/a"


def test_the_language_of_the_site_in_an_address() -> None:
    file = SourceFile("a.md", "slug: a\ntitle: A\n\n")
    languages = Languages("de")
    (page,) = build_catalogue([file], {"*": "{lang}/{slug}"}, (".md",), languages=languages).pages
    assert page.docname == "de/a"


def test_translations_and_versions() -> None:
    pages = marked(catalogue_of(*RAIN).pages)
    assert [page.docname for page in pages if page.is_translation] == [
        "de/rain",
        "pt_BR/rain",
        "p/rain-de",
    ]
    versions = versions_of(pages)
    assert [page.docname for page in versions["de/rain"]] == ["rain", "de/rain", "pt_BR/rain"]
    assert versions["rain"] == versions["de/rain"] == versions["pt_BR/rain"]
    assert [page.docname for page in versions["p/rain"]] == ["p/rain", "p/rain-de"]
    assert not {"snow", "de/foehn"} & versions.keys()


def test_nobody_knows_which_of_two_a_page_translates() -> None:
    pages = marked(
        catalogue_of(
            f"slug: a; save_as: one.html; {POST}",
            f"slug: a; save_as: two.html; {POST}",
            f"slug: a; lang: de; {POST}",
        ).pages
    )
    assert [page.is_translation for page in pages] == [False, False, True]
    assert not versions_of(pages)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        pytest.param(None, ["rain", "snow", "de/foehn"], id="originals, as Pelican lists them"),
        pytest.param("de", ["de/rain", "de/foehn"], id="a language"),
        pytest.param("DE", ["de/rain", "de/foehn"], id="in capitals"),
        pytest.param("", ["rain", "snow"], id="that of the site"),
        pytest.param("fr", [], id="one that nobody writes"),
        pytest.param(EVERY, ["rain", "de/rain", "pt_BR/rain", "snow", "de/foehn"], id="all"),
    ],
)
def test_which_posts_are_listed(lang: str | None, expected: list[str]) -> None:
    pages = marked(catalogue_of(*RAIN).pages)
    selection = Selection(lang=lang)
    assert [page.docname for page in select_pages(pages, selection)] == expected
    assert Selection.load(selection.dump()) == selection


def test_feeds_of_all_and_of_languages_have_translations_and_others_have_not() -> None:
    pages = marked(catalogue_of(*RAIN).pages)
    paths = feed_paths(pages, ["all", "c/{category}", "l/{lang}"], {"lang": "en"})
    found = {p: [page.docname for page in g.pages] for p, (_, g) in paths.items() if g}
    assert paths["all"][1] is None
    assert found == {
        "c/post": ["rain", "snow", "de/foehn"],
        "l/de": ["de/rain", "de/foehn"],
        "l/en": ["rain", "snow"],
        "l/pt_BR": ["pt_BR/rain"],
    }


def test_a_language_that_is_none_is_said() -> None:
    catalogue = catalogue_of("slug: a; title: A; lang: ../de")
    (page,), (problem,) = catalogue.pages, catalogue.problems
    assert (page.lang, page.docname) == ("", "p/a")
    assert problem.subtype == BAD_HEADER
    assert problem.details == {"why": "lang takes a code such as de or pt-BR, not '../de'"}
    assert problem.line == 3


@pytest.mark.parametrize("code", ["", "x" * 9, "de/at", "sr@euro", "de-", "<b>"])
def test_what_is_no_code(code: str) -> None:
    assert language_tag(code) == ""


def test_names_and_directions() -> None:
    assert [language_name(tag) for tag in ("fr", "zh-Hant", "xx", "x-y-z")] == [
        "français",
        "中文 (繁體)",
        "xx",
        "x-y-z",
    ]
    assert [direction(tag) for tag in ("ar", "he", "pt_BR", "zh-Hant", "xx")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]


PAGES = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["", "en", "de", "fr"]), st.booleans()),
    max_size=7,
)


@given(PAGES)
def test_originals_are_those_of_pelican(pages: list[tuple[str, str, bool]]) -> None:
    """What Pelican's own function says of the same pages."""
    headers = [
        f"slug: {slug}; title: {n}; {POST}; save_as: {n}.html; lang: {lang}; translation: {said}"
        for n, (slug, lang, said) in enumerate(pages)
    ]
    found = marked(catalogue_of(*headers).pages)
    originals = {page.docname for page in found if not page.is_translation}
    items = [
        SimpleNamespace(
            docname=str(n),
            slug=slug,
            lang=lang or "en",
            in_default_lang=lang in ("", "en"),
            metadata={"translation": str(said)},
            source_path=f"{n}.md",
        )
        for n, (slug, lang, said) in enumerate(pages)
    ]
    logging.disable()
    try:
        index, _ = process_translations(items, "slug")
    finally:
        logging.disable(logging.NOTSET)
    assert originals == {item.docname for item in index}


def test_settings_know_the_languages() -> None:
    assert Settings().languages == Languages("en")
