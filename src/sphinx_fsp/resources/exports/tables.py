"""All resources as JSON and as CSV. Pure functions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TypeAlias

from sphinx_fsp.resources.exports.site import AddressOf, listed_in
from sphinx_fsp.resources.exports.spreadsheet import neutral
from sphinx_fsp.resources.exports.texts import REPLACEMENT, encoded
from sphinx_fsp.resources.record import FOUND, Fields, Resource

#: The columns of ``resources.csv``, and the keys of ``resources.json`` in their order.
COLUMNS = ("url", "title", "description", *Fields._fields, *FOUND)
#: Keys that each resource has in ``resources.json``, given or not.
ALWAYS = frozenset({"url", "title", "description", "kind", "listed_in"})
#: What stands between the values of a cell: as `sphinx_fsp.resources.fields` parts them.
_BETWEEN = {"author": "; ", "tags": ", ", "listed_in": " "}

#: The values of a resource by column.
Row: TypeAlias = "dict[str, str | Sequence[str]]"
_dumps = json.JSONEncoder(ensure_ascii=False).encode
_KEYS = {name: f'  "{name}": ' for name in COLUMNS}


def rows_of(resources: Sequence[Resource], address_of: AddressOf) -> list[Row]:
    """Return all values of each resource by column, in order."""
    return [_row(resource, address_of) for resource in resources]


def as_json(rows: Sequence[Row]) -> bytes:
    """Return ``resources.json``: a line per value, which makes good diffs."""
    records = ",\n".join(map(_record, rows))
    return encoded(f'{{"resources": [\n{records}\n]}}\n' if records else '{"resources": []}\n')


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return ``resources.csv``, safe to open in a spreadsheet (see `spreadsheet`).

    It starts with a byte order mark: Excel reads it as the system's old encoding without one.
    Every cell is in quotes, as OWASP advises, and rows end as RFC 4180 says.
    """
    file = io.StringIO()
    file.write("\ufeff")
    table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([neutral(_cell(name, row[name])) for name in COLUMNS] for row in rows)
    # A file with a NUL byte is no text to most programs, `sphinx_fsp.resources.data_files` too.
    return encoded(file.getvalue().replace("\0", REPLACEMENT))


def _row(resource: Resource, address_of: AddressOf) -> Row:
    return {
        "url": resource.url,
        "title": resource.title,
        "description": resource.description,
        **resource.fields._asdict(),
        # By which it is known, whether or not its author gave one.
        "name": resource.name,
        "status": resource.status,
        "listed_in": listed_in(resource, address_of),
    }


def _record(row: Row) -> str:
    lines = [
        f"{_KEYS[name]}{_json(value)}" for name, value in row.items() if value or name in ALWAYS
    ]
    return " {\n" + ",\n".join(lines) + "\n }"


def _json(value: str | Sequence[str]) -> str:
    # Text alone has a short way through the encoder, lists have not.
    return _dumps(value) if isinstance(value, str) else f"[{', '.join(map(_dumps, value))}]"


def _cell(name: str, value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else _BETWEEN[name].join(value)
