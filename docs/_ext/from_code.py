"""The parts of the manual that are made from the code: options, warnings, fields and kinds."""

from __future__ import annotations

import json
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_fsp import config, diagnostics
from sphinx_fsp.resources import record

_OPTION = """\
```{{confval}} {name}
---
type: {type}
default: {shown}
---
{help}

A change of this value makes Sphinx {effect}.
```
"""
_EFFECTS = {
    "env": "read every page again",
    "html": "write the site again",
    "epub": "write the EPUB again",
}
_WARNING = """\
(fsp-{anchor})=
## `fsp.{subtype}`

{by}{help}

```text
{message}; {hint}
```
"""
#: How the help of what no build warns of begins.
_CHECK_ONLY = "Only said by sphinx-fsp check. "
#: What the code has no words for: its names say it.
_FIELDS = {
    "kind": "What it is: one of the kinds below.",
    "level": f"Whom it is for: {', '.join(record.LEVELS)}.",
    "price": f"What it costs: {', '.join(record.PRICES)}.",
    "publisher": "Who published it.",
    "license": "What others may do with it, such as ``CC-BY-4.0``.",
}


def options() -> str:
    """Return every configuration value, in MyST Markdown."""
    return "\n".join(
        _OPTION.format(
            **option._asdict(),
            # JSON is YAML, and so every text is quoted.
            type=json.dumps(option.takes),
            shown=json.dumps(f"`{option.default!r}`"),
            effect=_EFFECTS[option.rebuild],
        )
        for option in config.OPTIONS
    )


def warnings() -> str:
    """Return every warning, in MyST Markdown."""
    return "\n".join(
        _WARNING.format(
            anchor=subtype.replace("_", "-"),
            subtype=subtype,
            by="[](check.md) says it, and no build. " * (subtype in diagnostics.CHECK_ONLY),
            **diagnostic._replace(help=diagnostic.help.removeprefix(_CHECK_ONLY))._asdict(),
        )
        for subtype, diagnostic in sorted(diagnostics.DIAGNOSTICS.items())
    )


def fields() -> str:
    """Return every field of a resource, in MyST Markdown.

    :raises KeyError: for a field that neither the code nor this module has words for
    """
    comments = ModuleAnalyzer.for_module(record.__name__).find_attr_docs()
    rows = [
        f"| `{name}` | {' '.join(comments.get(('Fields', name), ())).strip() or _FIELDS[name]} |"
        for name in record.Fields._fields
    ]
    return "\n".join(["| field | what it says |", "| --- | --- |", *rows]).replace("``", "`")


def kinds() -> str:
    """Return the kinds that are built in, in MyST Markdown."""
    return ", ".join(f"`{kind}`" for kind in record.KINDS) + "."


class FromCode(SphinxDirective):
    """``fsp-options``, ``fsp-warnings``, ``fsp-fields``, ``fsp-kinds``: what the code says."""

    texts: ClassVar = {
        "fsp-options": options,
        "fsp-warnings": warnings,
        "fsp-fields": fields,
        "fsp-kinds": kinds,
    }

    def run(self) -> list[nodes.Node]:
        """Return the nodes of the text."""
        for module in (config, diagnostics, record):
            self.env.note_dependency(str(module.__file__))
        return self.parse_text_to_nodes(self.texts[self.name](), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    for name in FromCode.texts:
        app.add_directive(name, FromCode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
