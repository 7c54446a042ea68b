"""Bring the catalogues of the package's own texts up to date: what readers see of it in a page.

Run it after such a text changed, translate what is new in the ``.po`` files, and run it again::

    python src/sphinx_fsp/locale/update.py

It writes ``sphinx_fsp.pot``, takes it over into every ``.po``, and compiles these to ``.mo``.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sphinx_fsp.resources.record import KINDS, LEVELS, PRICES

DOMAIN = "sphinx_fsp"
FOLDER = Path(__file__).parent
PACKAGE = FOLDER.parent
#: What a module says that takes its texts from these catalogues, and not from Sphinx's.
_MARK = f'get_translation("{DOMAIN}")'
#: The same in every run, so that catalogues only change with their texts.
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Return the texts of the package, without translations."""
    catalogue = Catalog(
        project=DOMAIN,
        version="1",
        copyright_holder="the sphinx_fsp contributors",
        creation_date=_DAY,
        header_comment="# What readers of a page see of sphinx_fsp itself.\n#",
        fuzzy=False,
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        if path == Path(__file__) or _MARK not in path.read_text(encoding="utf-8"):
            continue
        place = path.relative_to(PACKAGE).as_posix()
        for _line, message, _comments, _context in extract_from_file(
            "python", path, keywords={"_": None, "t": None}
        ):
            catalogue.add(message, locations=[(place, 0)])
    for path in sorted(PACKAGE.rglob("*.html")):
        place = path.relative_to(PACKAGE).as_posix()
        # Templates of the theme take Sphinx's texts by _(), and those of the package by t().
        found = extract_from_file("jinja2.ext:babel_extract", path, keywords={"t": None})
        for _line, message, _comments, _context in found:
            catalogue.add(message, locations=[(place, 0)])
    for what, words in (("kind", KINDS), ("level", LEVELS), ("price", PRICES)):
        for word in words:
            comment = f"A {what} of a resource, as a badge"
            catalogue.add(word, locations=[("resources/record.py", 0)], auto_comments=[comment])
    return catalogue


def translations() -> list[Path]:
    """Return the ``.po`` files, one for each language."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file has it."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    """Write every catalogue."""
    texts = template()
    (FOLDER / f"{DOMAIN}.pot").write_bytes(text_of(texts))
    for path in translations():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parents[1].name)
        # A guess at a text that changed a little would be shown to nobody, and look done.
        catalogue.update(texts, no_fuzzy_matching=True)
        path.write_bytes(text_of(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
