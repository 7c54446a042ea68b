"""Recognition of lists that nobody marked, measured on hand labels of a real guide.

Its content is no part of this repository. Without it these tests skip, and say so.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import needs_shared
from docutils import nodes
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms import SphinxTransform

from sphinx_fsp.resources.items import item_parts
from sphinx_fsp.resources.kinds import infer_kind
from sphinx_fsp.resources.recognise import judge

#: One process reads the guide once for all of these tests.
pytestmark = [pytest.mark.xdist_group("recognition"), pytest.mark.once]

CONF = """
extensions = ["sphinx_fsp"]
html_theme = "basic"
html_baseurl = "https://www.fullstackpython.com/"
fsp_resources = "off"
"""
HOSTS = frozenset({"fullstackpython.com"})


class Found(NamedTuple):
    """What was found in the guide."""

    #: By ``file:line`` of the first item: whether the list was recognised.
    lists: dict[str, bool]
    #: Kinds of the items of recognised lists, with empty ones.
    kinds: list[str]
    items: int
    #: Items with a link of their own.
    resources: int
    #: Pages that reading their lists changed.
    changed: list[str]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Read the guide, and judge its lists as the parser leaves them."""
    content = tmp_path_factory.mktemp("guide") / "content"
    source = needs_shared("guide/content")
    shutil.copytree(source, content, copy_function=shutil.copyfile)
    for folder in [content, *(p for p in content.rglob("*") if p.is_dir())]:
        folder.chmod(0o755)
    (content / "conf.py").write_text(CONF, encoding="utf-8")
    (content / "index.md").write_text("# Guide\n", encoding="utf-8")
    found = Found({}, [], 0, 0, [])

    class Judge(SphinxTransform):
        """Runs before all other transforms."""

        default_priority = 0

        def apply(self) -> None:
            nonlocal found
            before = self.document.pformat()
            path = Path(self.document["source"]).relative_to(content)
            for listing in self.document.findall(nodes.bullet_list):
                accepted = judge(listing, HOSTS).accepted
                found.lists[f"{path.as_posix()}:{listing[0].line}"] = accepted
                if accepted:
                    parts = [item_parts(item, HOSTS) for item in listing.children]  # type: ignore[arg-type]
                    linked = [part for part in parts if part.link is not None]
                    found = found._replace(
                        items=found.items + len(parts), resources=found.resources + len(linked)
                    )
                    found.kinds.extend(
                        infer_kind(part.title, part.description, part.link["refuri"])
                        for part in linked
                        if part.link is not None
                    )
            if self.document.pformat() != before:
                found.changed.append(path.as_posix())

    app = SphinxTestApp("dummy", srcdir=content, warning=io.StringIO())
    try:
        app.add_transform(Judge)
        app.builder.read()
    finally:
        app.cleanup()
    return found


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    """Return the hand labels by ``file:line``: R is a list of resources."""
    text = needs_shared("guide/expected/resource-lists.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {place: label.strip() for place, label in rows}


def test_precision_and_recall(found: Found, labels: dict[str, str]) -> None:
    recognised = {place for place, accepted in found.lists.items() if accepted} & set(labels)
    wanted = {place for place, label in labels.items() if label == "R"}
    wrong = sorted(recognised - wanted)
    missed = sorted(wanted - recognised)
    assert len(wanted & recognised) / len(recognised) >= 0.95, wrong
    assert len(wanted & recognised) / len(wanted) >= 0.95, missed


def test_what_a_tutorial_needs_is_never_recognised(found: Found, labels: dict[str, str]) -> None:
    others = {place for place, label in labels.items() if label in "PS"}
    assert [place for place in others if found.lists.get(place)] == []


def test_nothing_that_readers_see_changes(found: Found) -> None:
    assert found.changed == []


def test_nearly_every_item_is_a_resource(found: Found) -> None:
    assert found.items > 2000
    assert found.resources / found.items > 0.95


def test_about_a_third_have_a_kind(found: Found) -> None:
    assert 0.25 < sum(map(bool, found.kinds)) / len(found.kinds) < 0.4
