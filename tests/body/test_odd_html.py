"""HTML that nobody should write, and somebody did: no output stops, and the text is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from bodycases import make_site

#: Each holds the word Owl.
BODIES = {
    "link without an address": '<a class="button">Owl</a>',
    "link without anything": "<p><a>Owl</a></p>",
    "link without text": '<a href="/trees.html"></a>Owl',
    "link without text in Markdown": "[](/trees.html)Owl",
    "link around a line break": '<a href="/trees.html"><br></a>Owl',
    "link around blocks": '<a href="/trees.html"><p>Owl</p><ul><li>b</li></ul></a>',
    "empty address": '<a href="">Owl</a>',
    "place without text": '<a name="x"></a>\n\n<br>\n\nOwl',
    "place at the end": 'Owl\n\n<div id="x"></div>',
    "one identifier twice": '<div id="a">Owl</div>\n\n<div id="a"><p>x</p></div>',
    "empty item in a heading": "<h2>Owl<li></li></h2>\n\nText.",
    "empty quote": '<blockquote class="x"></blockquote>\n\nOwl',
    "term without a list": "Text\n\n<dt>Owl</dt>",
    "term in a paragraph": "<p><dt>Owl</dt></p>",
    "definition without a list": "<dd>Owl</dd>",
    "empty well in a heading": '## Owl <div class="well see-also"></div>\n\nText.',
    "well in a heading": '## The <div class="well see-also">Owl</div>\n\nText.',
    "row shorter than others": "<table><tr><td colspan=3>Owl</td></tr><tr><td>x</td></tr></table>",
    "cell over rows that are not there": '<table><tr><td rowspan="9">Owl</td></tr></table>',
    "table in a table": "<table><tr><td><table><tr><td>Owl</td></tr></table></td></tr></table>",
    "empty caption": "<table><caption></caption><tr><td>Owl</td></tr></table>",
    "rule at the end": "Owl\n\n<hr>",
    "rule at the start": "<hr>\n\nOwl",
    "rule in a div": '<div class="a"><hr>Owl</div>',
    "rule in a list item": "* <hr>\n* Owl",
    "break in a list item": "* <br>\n* Owl",
    "list with a far start": '<ol start="99999999999999999999"><li>Owl</li></ol>',
    "block in bold": "<b><div>Owl</div></b>",
    "paragraph in a subscript": "<sub><p>Owl</p></sub>",
    "well in a footnote": 'Text[^1].\n\n[^1]: <div class="well see-also">Owl</div>',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_every_output_is_whole(body: str, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    # The only page that speaks of it.
    (site.content / "owl.markdown").unlink()
    site.edit("../next-steps.yml", "[owl, trees]", "[trees]")
    site.write("odd.md", f"title: Odd\nslug: odd\nsortorder: 0103\n\n{body}\n")
    files = {"html": "odd.html", "text": "odd.txt", "latex": "aguideofcases.tex"}
    for builder, file in files.items():
        build = site.build(builder)
        assert build.warnings == [], builder
        assert "Owl" in build.html(file), builder
