"""Photograph eight types of page in several themes, on a desktop and a phone, light and dark.

Run it with ``python benchmarks/screenshots.py --out DIR``. Each picture is
``THEME/PAGE-DEVICE-MODE.png``; ``sheets/PAGE-DEVICE-MODE.png`` shows the themes side by side.
Needs Chromium and Playwright; a theme that isn't installed is named and left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

EXAMPLE = Path(__file__).resolve().parents[1] / "example" / "content"
THEMES = ("sphinx_fsp", "furo", "pydata_sphinx_theme")
#: Types of page, and the address of each in the example.
PAGES: Mapping[str, str] = {
    "index": "index.html",
    "chapter": "night-sky.html",
    "content": "constellations.html",
    "post": "blog/what-is-that-light.html",
    "code": "sky-coordinates-altitude-examples.html",
    "contents": "table-of-contents.html",
    "resources": "resources.html",
    "search": "search.html?q=moon",
}
#: Width and height of a window.
DEVICES: Mapping[str, tuple[int, int]] = {"desktop": (1280, 900), "phone": (360, 740)}
MODES = ("light", "dark")


def build(source: Path, theme: str, out: Path) -> bool:
    """Build the source with a theme; return false when it can't be built."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-D", f"html_theme={theme}"]
    command += ["-d", str(out.with_name(f"{theme}-doctrees")), str(source), str(out)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        lines = [line for line in run.stderr.splitlines() if line.strip()]
        print(f"{theme}: left out: {lines[-1] if lines else 'sphinx-build failed'}")
    return run.returncode == 0


def open_page(browser: Browser, device: str, mode: str) -> Page:
    """Return a page of a device in a colour mode."""
    width, height = DEVICES[device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if mode == "dark" else "light",
        reduced_motion="reduce",
    )
    # Themes that don't follow the system by themselves are told by what they keep in storage.
    context.add_init_script(f"localStorage.theme = localStorage.mode = '{mode}'")
    return context.new_page()


def photograph(
    browser: Browser, site: Path, folder: Path, pages: Mapping[str, str], whole: bool
) -> None:
    """Take the pictures of one theme."""
    folder.mkdir(parents=True, exist_ok=True)
    for device in DEVICES:
        for mode in MODES:
            page = open_page(browser, device, mode)
            for name, address in pages.items():
                path, _, query = address.partition("?")
                page.goto(f"{(site / path).as_uri()}{'?' + query if query else ''}")
                page.wait_for_timeout(300)
                picture = folder / f"{name}-{device}-{mode}.png"
                page.screenshot(path=picture, full_page=whole)
            page.context.close()


def sheet(browser: Browser, out: Path, themes: list[str], name: str) -> None:
    """Put the pictures of one page by all themes side by side."""
    figures = "".join(
        f"<figure><figcaption>{escape(theme)}</figcaption>"
        f'<img src="../{theme}/{name}.png"></figure>'
        for theme in themes
    )
    style = """body { display: flex; gap: 16px; margin: 16px; background: #888; width: max-content }
      figure { margin: 0 } figcaption { font: 20px sans-serif; padding: 4px }
      img { display: block }"""
    folder = out / "sheets"
    folder.mkdir(exist_ok=True)
    html = folder / f"{name}.html"
    html.write_text(f"<!DOCTYPE html><style>{style}</style>{figures}", encoding="utf-8")
    width = 1280 if "-desktop-" in name else 360
    page = browser.new_page(viewport={"width": (width + 16) * len(themes) + 16, "height": 600})
    page.goto(html.as_uri())
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    page.close()
    html.unlink()


def main() -> int:
    """Build, photograph, and put side by side."""
    parser = argparse.ArgumentParser(description="Photograph the pages of a guide in themes.")
    parser.add_argument("--out", type=Path, default=Path("_build/screenshots"))
    parser.add_argument("--source", type=Path, default=EXAMPLE, help="a folder with conf.py")
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument(
        "--page",
        action="append",
        default=[],
        metavar="NAME=ADDRESS",
        help="a page of another source, instead of the example's; may be repeated",
    )
    parser.add_argument("--whole", action="store_true", help="whole pages, not only the window")
    options = parser.parse_args()
    pages = dict(page.split("=", 1) for page in options.page) or PAGES
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium isn't installed (Debian: apt-get install chromium).")
        return 1
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        themes = [
            theme
            for theme in options.themes.split(",")
            if build(options.source, theme, Path(work) / theme)
        ]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for theme in themes:
            photograph(browser, Path(work) / theme, out / theme, pages, options.whole)
        for page in pages:
            for device in DEVICES:
                for mode in MODES:
                    sheet(browser, out, themes, f"{page}-{device}-{mode}")
        browser.close()
    print(f"{len(pages) * len(DEVICES) * len(MODES) * len(themes)} pictures in {out}")
    return 0 if themes else 1


if __name__ == "__main__":
    sys.exit(main())
