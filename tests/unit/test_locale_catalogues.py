"""The catalogues of the package's own texts: whole, and as the code has it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import sphinx_fsp
from sphinx_fsp.resources.record import KINDS, LEVELS, PRICES

FOLDER = Path(sphinx_fsp.__file__).parent / "locale"
TRANSLATIONS = sorted(FOLDER.glob("*/LC_MESSAGES/sphinx_fsp.po"))
HINT = "run src/sphinx_fsp/locale/update.py, translate what is new, and run it again"


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """Return the program that writes the catalogues."""
    spec = importlib.util.spec_from_file_location("locale_update", FOLDER / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=TRANSLATIONS, ids=lambda path: path.parents[1].name)
def translation(request: pytest.FixtureRequest) -> Path:
    """Return the ``.po`` file of a language."""
    path: Path = request.param
    return path


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def texts(catalogue: Catalog) -> dict[str, str]:
    """Return texts and their translations, without the header."""
    return {str(m.id): str(m.string or "") for m in catalogue if m.id}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


def test_there_is_a_translation() -> None:
    assert "de" in [path.parents[1].name for path in TRANSLATIONS]


def test_the_template_has_the_texts_of_the_code(update: ModuleType) -> None:
    assert texts(read(FOLDER / "sphinx_fsp.pot")) == texts(update.template()), HINT


def test_the_template_has_every_kind_level_and_price() -> None:
    """The code names them by variables, where babel doesn't see them."""
    assert {*KINDS, *LEVELS, *PRICES} <= texts(read(FOLDER / "sphinx_fsp.pot")).keys()


@pytest.mark.parametrize(
    "text", ["table of contents", "Listed in", "archived copy; it was at {url}", "Publisher"]
)
def test_the_template_has_what_modules_say(text: str) -> None:
    assert text in texts(read(FOLDER / "sphinx_fsp.pot"))


def test_texts_that_sphinx_translates_are_left_to_it() -> None:
    """``posts`` writes dates as Sphinx does."""
    assert "%b %d, %Y" not in texts(read(FOLDER / "sphinx_fsp.pot"))


def test_every_text_is_translated(translation: Path) -> None:
    wanted = texts(read(FOLDER / "sphinx_fsp.pot")).keys()
    catalogue = read(translation)
    assert texts(catalogue).keys() == wanted, HINT
    assert [text for text, translated in texts(catalogue).items() if not translated] == []
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_translations_keep_the_placeholders(translation: Path) -> None:
    found = texts(read(translation))
    assert {t: placeholders(s) for t, s in found.items()} == {t: placeholders(t) for t in found}


def test_the_placeholders_are_those_that_the_code_fills() -> None:
    wanted = {"{page}", "{concept}", "{chapter}", "{contents}", "{url}", "{site}"}
    wanted |= {"{count}", "{shown}", "{total}", "{number}", "{release}", "{title}", "{date}"}
    found = texts(read(FOLDER / "sphinx_fsp.pot"))
    assert {name for text in found for name in placeholders(text)} == wanted


def test_the_compiled_translation_is_that_of_its_text(translation: Path) -> None:
    with translation.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert texts(compiled) == texts(read(translation)), HINT


def test_another_run_changes_nothing(
    update: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the texts are the same, and babel is."""
    language = tmp_path / "de" / "LC_MESSAGES"
    language.mkdir(parents=True)
    source = FOLDER / "de" / "LC_MESSAGES" / "sphinx_fsp.po"
    (language / "sphinx_fsp.po").write_bytes(source.read_bytes())
    monkeypatch.setattr(update, "FOLDER", tmp_path)

    def written() -> dict[str, bytes]:
        update.main()
        return {p.name: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    first = written()
    assert set(first) == {"sphinx_fsp.pot", "sphinx_fsp.po", "sphinx_fsp.mo"}
    assert written() == first
    assert texts(read(language / "sphinx_fsp.po")) == texts(read(source))
