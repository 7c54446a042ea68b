"""Build the documentation of other projects with the theme, beside the theme ``basic``.

Run it with ``python benchmarks/other_projects.py``. Sources come from PyPI, by pip; nothing is
installed into the environment. Exits with 1 when a build fails, or gives a warning that the same
build with ``basic`` doesn't give.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = "Build the documentation of other projects with the theme and with basic."
THEMES = ("basic", "sphinx_fsp")
#: Appended to a project's conf.py. What belongs to its own theme, or needs the network, goes.
TAIL = """
# -- Added by other_projects.py --
import os as _os

_theme = _os.environ["OTHER_PROJECTS_THEME"]
_left_out = {left_out!r}
extensions = [name for name in extensions if name not in _left_out]
if _theme == "sphinx_fsp":
    extensions += ["sphinx_fsp"]
html_theme = _theme
html_theme_options = {{}}
html_theme_path = []
html_sidebars = {{}}
html_css_files = []
html_additional_pages = {{}}
templates_path = []
intersphinx_mapping = {{}}
"""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Project:
    """Someone else's documentation."""

    #: What pip calls it, with a version when that of the environment is needed.
    requirement: str
    #: Folder of conf.py in the sdist.
    folder: str
    #: Extensions that aren't loaded.
    left_out: tuple[str, ...] = ()
    #: Packages that its conf.py needs, without their dependencies.
    needs: tuple[str, ...] = ()


PROJECTS = {
    # autodoc describes the Sphinx that builds.
    "sphinx": Project("sphinx=={sphinx}", "doc", ("sphinx.ext.intersphinx",)),
    "jinja2": Project(
        "jinja2",
        "docs",
        ("sphinx.ext.intersphinx",),
        ("pallets-sphinx-themes", "sphinxcontrib-log-cabinet"),
    ),
    "attrs": Project("attrs", "docs", ("sphinx.ext.intersphinx", "sphinxcontrib.towncrier")),
}


@dataclass(frozen=True)
class Result:
    """What a build gave."""

    seconds: float
    status: int
    warnings: Counter[str]
    pages: int
    megabytes: float
    log: str


def unpack(project: Project, work: Path) -> Path:
    """Download the source of a project and return the folder of its conf.py, with our tail."""
    from sphinx import __version__

    requirement = project.requirement.format(sphinx=__version__)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary"]
    subprocess.run([*command, ":all:", "--dest", str(work), requirement], check=True)
    if project.needs:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
        subprocess.run([*command, str(work / "needs"), *project.needs], check=True)
    archive = next(work.glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
    folder = work / archive.name.removesuffix(".tar.gz") / project.folder
    conf = folder / "conf.py"
    tail = TAIL.format(left_out=project.left_out)
    conf.write_text(conf.read_text(encoding="utf-8") + tail, encoding="utf-8")
    return folder


def build(source: Path, work: Path, theme: str, output: Path) -> Result:
    """Build a project with a theme."""
    log = work / f"{theme}.log"
    paths = [str(work / "needs"), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "OTHER_PROJECTS_THEME": theme,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html", "-w", str(log)]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "-d", str(work / f"{theme}-doctrees"), str(source), str(output)],
        env=environment,
        cwd=source.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    plain = [_COLOUR.sub("", line).replace(str(source), "") for line in lines]
    found = Counter(line for line in plain if "WARNING" in line or "ERROR" in line)
    pages = list(output.rglob("*.html"))
    size = sum(page.stat().st_size for page in pages) / 1_000_000
    return Result(seconds, done.returncode, found, len(pages), size, done.stderr)


def compare(name: str, output: Path, work: Path) -> bool:
    """Build a project with both themes, print what came out, and say whether ours did as well."""
    source = unpack(PROJECTS[name], work)
    results = {theme: build(source, work, theme, output / name / theme) for theme in THEMES}
    for theme, result in results.items():
        print(
            f"{name:10} {theme:12} {result.status:6} {result.warnings.total():8} "
            f"{result.pages:6} {result.megabytes:8.1f} {result.seconds:8.1f}"
        )
    basic, ours = results.values()
    more = ours.warnings - basic.warnings
    for line in more:
        print(f"  only with {THEMES[1]}: {line}")
    if ours.status:
        print("\n".join(ours.log.splitlines()[-20:]))
    return not more and not ours.status


def main() -> int:
    """Build what was asked for."""
    parser = argparse.ArgumentParser(description=DESCRIPTION)
    parser.add_argument("--only", default=",".join(PROJECTS), help="projects, separated by commas")
    parser.add_argument("--keep", type=Path, help="keep the sites in this folder")
    options = parser.parse_args()
    print("project    theme        status warnings  pages  HTML MB  seconds")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only.split(","):
            work = Path(folder) / name
            work.mkdir()
            good &= compare(name, Path(folder) / "sites", work)
        if options.keep:
            shutil.copytree(Path(folder) / "sites", options.keep, dirs_exist_ok=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
