"""The outline of the real guide is the one that the original site's sidebar shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinx_fsp.source.loading import load_guide
from sphinx_fsp.source.settings import Settings

GUIDE = Path(__file__).parents[2].parent / "shared" / "guide"
SUFFIXES = (".markdown", ".md", ".rst")


@pytest.mark.skipif(
    not (GUIDE / "expected" / "outline.json").is_file(),
    reason=f"the real guide is not beside the repository ({GUIDE})",
)
def test_the_real_guide_has_its_original_outline() -> None:
    content = GUIDE / "content"
    paths = [file.relative_to(content).as_posix() for file in content.rglob("*.m*")]
    guide = load_guide(content, sorted(paths), SUFFIXES, Settings(srcdir=content))
    found = [
        (
            {"page": chapter.head.docname, "title": chapter.head.nav_title}
            if chapter.head
            else {"chapter": chapter.key}
        )
        | {
            "listed": chapter.listed,
            "pages": [{"page": p.docname, "title": p.nav_title} for p in chapter.pages],
        }
        for chapter in guide.outline.chapters
    ]
    expected = json.loads((GUIDE / "expected" / "outline.json").read_text(encoding="utf-8"))
    assert found == expected
