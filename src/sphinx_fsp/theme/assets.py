"""Which stylesheets and scripts a page loads: only those that something on it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.fileutil import copy_asset_file

from sphinx_fsp.diagnostics import ACCENT_CONTRAST, warn
from sphinx_fsp.markup import styles
from sphinx_fsp.theme import strings
from sphinx_fsp.theme.code_colours import stylesheet
from sphinx_fsp.theme.contrast import contrast
from sphinx_fsp.theme.options import LIGHT, accent_stylesheet, shades
from sphinx_fsp.theme.site import site_of

CODE = "fsp-code.css"
ACCENT = "fsp-accent.css"
LISTS = "fsp-lists.js"


class Needed(NamedTuple):
    """A file that a page loads when its content has something."""

    name: str
    #: What to look for in the content.
    pattern: re.Pattern[str]


def _classes(pattern: str) -> re.Pattern[str]:
    return re.compile(rf'class="(?:[^"]*\s)?(?:{pattern})')


#: Components of sphinx-design; its badges are styled by the theme.
_DESIGN = _classes(r"sd-(?!badge|bg-|text-|outline-|rounded|sphinx-override)")
_CODE = _classes("highlight")
_RESOURCES = _classes("resource")
_GUIDE = _classes("logo|well|next-steps|post|examples|guide-contents|credit|missing")

#: Files of this theme.
OWN = (
    Needed("fsp-guide.css", _GUIDE),
    Needed("fsp-lists.css", _RESOURCES),
)
#: A page with fewer resources needs no filter.
FILTERED = 8
#: Files of extensions that add them to every page.
OTHERS: Mapping[str, re.Pattern[str]] = {
    "sphinx-design.min.css": _DESIGN,
    "design-tabs.js": _DESIGN,
    "copybutton.css": _CODE,
    "copybutton.js": _CODE,
    "clipboard.min.js": _CODE,
}
#: Sphinx's own: no page of this theme needs them, but scripts of extensions may.
_SPHINX = frozenset({"documentation_options.js", "doctools.js", "sphinx_highlight.js"})
#: Replaced by `CODE`, which has the colours of both modes, and by the theme's own styles.
_REPLACED = frozenset(
    {"pygments.css", "pygments_dark.css", "basic.css", "graphviz.css", styles.NAME}
)


def write_files(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the files that are made for this site, before its pages are written."""
    builder = app.builder
    site = site_of(app)
    if site is None or not isinstance(builder, StandaloneHTMLBuilder):
        return []
    dark = builder.dark_highlighter or builder.highlighter
    styles = (bridge.formatter_args["style"] for bridge in (builder.highlighter, dark))
    _write(app, CODE, stylesheet(*styles))
    if accent := site.options.accent:
        warn_of_accent(app, accent)
        _write(app, ACCENT, accent_stylesheet(accent))
    if logo := site.options.logo_dark:
        copy_asset_file(Path(app.confdir, logo), Path(app.outdir, "_static"), force=True)
    _write(app, strings.NAME, strings.script(strings.translate))
    return []


def warn_of_accent(app: Sphinx, accent: str) -> None:
    """Say that a colour can't be read on white, and which shade of it is used."""
    if shades(accent).faint:
        warn(
            ACCENT_CONTRAST,
            Path(app.confdir, "conf.py"),
            None,
            colour=accent,
            ratio=f"{contrast(accent, LIGHT):.1f}",
            used=shades(accent).light,
        )


def _write(app: Sphinx, name: str, text: str) -> None:
    path = Path(app.outdir) / "_static" / name
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def choose(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave out what the page doesn't need, and add what it does."""
    if "fsp" not in context:
        return
    body = str(context.get("body") or "")
    for needed in OWN:
        if needed.pattern.search(body):
            app.add_css_file(needed.name)
    if body.count('class="resource-link') >= FILTERED:
        summary = strings.list_strings(strings.translate)["summary"]
        attributes: dict[str, Any] = {"data-summary": summary}
        app.add_js_file(LISTS, loading_method="defer", **attributes)
    app.add_css_file(CODE)
    if context["fsp"].accent:
        app.add_css_file(ACCENT)
    app.add_js_file("fsp.js", loading_method="defer")
    if context["fsp"].on_read_the_docs:
        app.add_css_file("fsp-readthedocs.css")
        app.add_js_file("fsp-readthedocs.js", loading_method="defer")
    context["css_files"] = [css for css in context["css_files"] if _is_needed(css, body)]
    scripts = [js for js in context["script_files"] if _is_needed(js, body)]
    names = {_name(js) for js in scripts}
    foreign = names - _SPHINX - OTHERS.keys() - {LISTS, "fsp.js", "fsp-readthedocs.js"}
    wanted = set(_SPHINX) if foreign else {"documentation_options.js"} & _wanted_by(names)
    context["script_files"] = [
        _deferred(js) for js in scripts if _name(js) not in _SPHINX or _name(js) in wanted
    ]


def _wanted_by(names: set[str]) -> set[str]:
    """Return what the scripts of a page use of Sphinx's."""
    return {"documentation_options.js"} if "copybutton.js" in names else set()


def _name(file: Any) -> str:
    """Return the name of an asset in ``_static``; scripts without a file have none."""
    return Path(str(getattr(file, "filename", file) or "")).name


def _is_needed(file: Any, body: str) -> bool:
    name = _name(file)
    if name in _REPLACED:
        return False
    pattern = OTHERS.get(name)
    return pattern is None or bool(pattern.search(body))


def _deferred(script: Any) -> Any:
    """Return a script that doesn't hold up the page, when it is one that we know."""
    if _name(script) not in _SPHINX | OTHERS.keys() or "defer" in script.attributes:
        return script
    attributes = {**script.attributes, "defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def setup(app: Sphinx) -> None:
    """Connect to the pages, after all that add files to them."""
    app.connect("env-updated", write_files)
    app.connect("html-page-context", choose, priority=950)
