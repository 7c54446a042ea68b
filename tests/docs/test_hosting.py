"""The files that the manual gives for hosts: they can be read, and they build the example."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sphinx_fsp.publish.host_redirects import NAME

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WORKFLOWS = DOCS / "workflows"

INSTALL = "pip install -r requirements.txt"
#: As in README.md.
BUILD = "sphinx-build -b html content _build/html"


def workflow(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    return document


def steps(name: str) -> list[dict[str, Any]]:
    (job,) = workflow(name)["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def commands(name: str) -> list[str]:
    """Return what a file of the manual runs."""
    if name == "netlify.toml":
        text = (WORKFLOWS / name).read_text(encoding="utf-8")
        return [part.strip() for part in tomllib.loads(text)["build"]["command"].split("&&")]
    return [step["run"] for step in steps(name) if "run" in step]


HOSTS = ["pages.yml", "s3.yml", "netlify.toml"]


def test_readme_has_the_command() -> None:
    assert BUILD in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_runs_the_commands_of_the_readme(name: str) -> None:
    install, build, *_ = commands(name)
    assert install == INSTALL
    assert build.startswith(BUILD)


def published(name: str) -> Iterator[str]:
    """Yield the folder that a host publishes."""
    if name == "netlify.toml":
        yield tomllib.loads((WORKFLOWS / name).read_text(encoding="utf-8"))["build"]["publish"]
        return
    for step in steps(name):
        if step.get("uses", "").startswith("actions/upload-pages-artifact@"):
            yield step["with"]["path"]
        elif step.get("run", "").startswith("aws s3 sync"):
            yield shlex.split(step["run"])[3]


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_publishes_the_example(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "example", tmp_path, dirs_exist_ok=True)
    _, build, *_ = commands(name)
    is_netlify = name == "netlify.toml"
    option = ["-D", "fsp_redirects_for=netlify"] if is_netlify else []
    command = [sys.executable, "-m", "sphinx", "-qW", *shlex.split(build)[1:], *option]
    subprocess.run(command, cwd=tmp_path, check=True)
    (folder,) = published(name)
    files = {p.name for p in (tmp_path / folder).iterdir()}
    assert {"index.html", "404.html", "scopes.html"} <= files
    # What was read isn't published.
    assert ".doctrees" not in files
    assert (NAME in files) == is_netlify


def test_pages_may_publish_and_nothing_else() -> None:
    document = workflow("pages.yml")
    assert document["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    last = steps("pages.yml")[-1]
    assert last["uses"].startswith("actions/deploy-pages@")
    (job,) = document["jobs"].values()
    assert last["id"] in job["environment"]["url"]


def test_cloudflare_has_the_values_of_netlify() -> None:
    text = (DOCS / "publish-netlify.md").read_text(encoding="utf-8")
    settings = tomllib.loads((WORKFLOWS / "netlify.toml").read_text(encoding="utf-8"))
    assert f"| Build command | `{settings['build']['command']}` |" in text
    assert f"| Build output directory | `{settings['build']['publish']}` |" in text
    version = settings["build"]["environment"]["PYTHON_VERSION"]
    assert f"| Environment variable `PYTHON_VERSION` | `{version}` |" in text


def test_read_the_docs_finds_the_project() -> None:
    document = workflow("readthedocs.yaml")
    assert document["version"] == 2
    assert document["formats"] == ["pdf", "epub"]
    assert (ROOT / "example" / document["sphinx"]["configuration"]).is_file()
    assert document["python"]["install"] == [{"requirements": "requirements.txt"}]


@pytest.mark.parametrize("file", sorted(WORKFLOWS.iterdir()), ids=lambda file: file.name)
def test_a_page_shows_each_file(file: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    assert f"{{literalinclude}} workflows/{file.name}" in pages
    assert f"<workflows/{file.name}>" in pages
