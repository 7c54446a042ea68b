"""What the theme's navigation costs: time and size of a page's, and how it grows.

    python benchmarks/bench_navigation.py --content DIR [--scale 10]

Reads the guide, and one that is ``scale`` times as long, and makes the navigation of every page as
a build does. Prints medians over the rounds; seconds are those of the processor.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench_builders import fsp_settings, settings
from bench_content import Guide, fsp_copy, multiply
from sphinx.application import Sphinx

from sphinx_fsp.theme.navigation import addresses, sidebar
from sphinx_fsp.theme.pages import words
from sphinx_fsp.theme.toctrees import build_navigation, headings


class Cost(NamedTuple):
    """What the navigation of a guide took."""

    pages: int
    #: Seconds: the tree once, and all pages.
    tree: float
    all_pages: float
    #: Seconds of the page that took longest.
    slowest: float
    #: Characters of the longest navigation.
    longest: int


def measure(app: Sphinx) -> Cost:
    """Make the tree, and the navigation of every page."""
    env, tags = app.env, app.builder.tags
    start = time.process_time()
    navigation = build_navigation(env, tags)
    tree = time.process_time() - start
    targets = {name: app.builder.get_target_uri(name) for name in navigation.places}
    address = addresses(targets, "../")
    slowest = all_pages = 0.0
    longest = 0
    for docname in env.found_docs:
        start = time.process_time()
        html = sidebar(navigation, docname, address, words())
        html += headings(env, docname, tags)
        took = time.process_time() - start
        all_pages += took
        slowest = max(slowest, took)
        longest = max(longest, len(html.encode()))
    return Cost(len(env.found_docs), tree, all_pages, slowest, longest)


def read(content: Path, work: Path, scale: int) -> Sphinx:
    """Read a guide, and return the application that did."""
    guide = Guide.copy(content, work / "guide")
    if scale > 1:
        multiply(guide.content, scale)
    source = guide.folder / "source"
    fsp_copy(guide.content, source)
    (source / "conf.py").write_text(settings(fsp_settings(guide, "sphinx_fsp")), encoding="utf-8")
    app = Sphinx(source, source, work / "out", work / "doctrees", "html", status=None, warning=None)
    app.builder.read()
    list(app.env.check_dependents(app, set(app.env.found_docs)))
    return app


def main() -> None:
    """Measure both guides and print their costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, required=True)
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    totals = []
    for scale in (1, options.scale):
        with tempfile.TemporaryDirectory() as work:
            app = read(options.content, Path(work), scale)
            costs = [measure(app) for _ in range(options.rounds)]
        total = statistics.median(c.tree + c.all_pages for c in costs)
        totals.append(total / costs[0].pages)
        print(
            f"{costs[0].pages:6} pages: tree {statistics.median(c.tree for c in costs):.3f} s, "
            f"all pages {statistics.median(c.all_pages for c in costs):.3f} s, "
            f"slowest {statistics.median(c.slowest for c in costs) * 1000:.2f} ms, "
            f"longest {costs[0].longest / 1000:.1f} KB"
        )
    print(f"a page of the longer guide costs {totals[1] / totals[0]:.2f} times as much")


if __name__ == "__main__":
    main()
