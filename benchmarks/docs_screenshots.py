"""Make the pictures of the theme in the manual and the README, from the example.

Run it with ``python benchmarks/docs_screenshots.py``. It needs Chromium and Playwright. The
pictures are in ``docs/static/screenshots``; none is larger than 80 kB.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from screenshots import EXAMPLE, build

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "static" / "screenshots"
#: Bytes of a picture at most: each is a part of the repository, and of a page that is read.
MOST = 80_000


class Picture(NamedTuple):
    """A picture: a page in a window."""

    name: str
    address: str
    width: int
    height: int
    mode: Literal["light", "dark"] = "light"
    #: Windows of a desktop are shown smaller than they are.
    scale: float = 0.7
    #: What is typed into the search, which is open then.
    search: str = ""


PICTURES = (
    Picture("page", "constellations.html", 1280, 640),
    Picture("dark", "sky-coordinates-altitude-examples.html", 1280, 640, "dark"),
    Picture("search", "night-sky.html", 1280, 640, search="tlescope"),
    Picture("phone", "first-night.html", 360, 640, scale=1),
)


def take(browser: Browser, site: Path, picture: Picture, out: Path) -> int:
    """Take a picture, and return its size in bytes."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme=picture.mode,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto((site / picture.address).as_uri())
    if picture.search:
        page.keyboard.press("/")
        page.locator("dialog input[type=search]").fill(picture.search)
        page.locator("dialog [role=option]").first.wait_for()
    page.wait_for_timeout(300)
    file = out / f"{picture.name}.png"
    # A cursor blinks: without it, the same page gives the same picture.
    page.screenshot(path=file, caret="hide", animations="disabled")
    context.close()
    return file.stat().st_size


def main() -> int:
    """Build the example, and take all pictures."""
    parser = argparse.ArgumentParser(description="Make the pictures of the manual.")
    parser.add_argument("--out", type=Path, default=FOLDER)
    out: Path = parser.parse_args().out
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium isn't installed (Debian: apt-get install chromium).")
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = Path(work) / "site"
        if not build(EXAMPLE, "sphinx_fsp", site):
            return 1
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        sizes = {picture.name: take(browser, site, picture, out) for picture in PICTURES}
        browser.close()
    for name, size in sizes.items():
        print(f"{name}.png  {size // 1000} kB")
    return 0 if max(sizes.values()) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
