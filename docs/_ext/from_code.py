"""The parts of the manual that are made from the code: options and warnings."""

from __future__ import annotations

import json
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_fsp import config, diagnostics

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
_EFFECTS = {"env": "read every page again", "html": "write the site again"}
_WARNING = """\
(fsp-{anchor})=
## `fsp.{subtype}`

{help}

```text
{message}; {hint}
```
"""


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
        _WARNING.format(anchor=subtype.replace("_", "-"), subtype=subtype, **diagnostic._asdict())
        for subtype, diagnostic in sorted(diagnostics.DIAGNOSTICS.items())
    )


class FromCode(SphinxDirective):
    """``fsp-options`` and ``fsp-warnings``: what the code says of itself."""

    texts: ClassVar = {"fsp-options": options, "fsp-warnings": warnings}

    def run(self) -> list[nodes.Node]:
        """Return the nodes of the text."""
        for module in (config, diagnostics):
            self.env.note_dependency(str(module.__file__))
        return self.parse_text_to_nodes(self.texts[self.name](), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    for name in FromCode.texts:
        app.add_directive(name, FromCode)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
