"""``sphinx-fsp init`` on awesome lists: they become sites without a change to their files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOTS
from test_init import Init, build, conf_of, contents, init, write

from sphinx_fsp.init.awesome import find
from sphinx_fsp.init.look import Folder

__all__ = ["init"]

MANUAL = Path(__file__).parents[1] / "docs/awesome-lists.md"
GIT = {
    ".git/config": '[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n',
    ".git/HEAD": "ref: refs/heads/master\n",
}


def copy_of(name: str, folder: Path, url: str = "git@github.com:leaf/awesome-tea.git") -> Path:
    """Return a copy of a list, in a repository."""
    shutil.copytree(ROOTS / name, folder / name)
    return write(folder / name, {path: text.format(url=url) for path, text in GIT.items()})


@pytest.mark.parametrize(
    ("name", "sentence", "split"),
    [
        (
            "awesome-tea",
            "An awesome list: 5 sections, 12 links.",
            {"readme.md": 2, "contributing.md": 0, "code-of-conduct.md": 0},
        ),
        ("awesome-bread", "An awesome list: 8 sections, 16 links.", {"README.md": 2}),
        (
            "awesome-garden",
            "An awesome list: 6 sections, 8 links.",
            {"README.md": 3, "not-free.md": 0, ".github/CONTRIBUTING.md": 0},
        ),
    ],
)
def test_a_list_becomes_a_site(
    name: str, sentence: str, split: dict[str, int], tmp_path: Path, init: Init
) -> None:
    site = copy_of(name, tmp_path)
    before = contents(site)
    outcome = init(site)
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith(sentence)
    assert "A check of the new project finds no problems." in outcome.out
    new = contents(site)
    assert new.items() >= before.items()
    assert set(new) - set(before) == {
        "conf.py",
        "requirements.txt",
        ".readthedocs.yaml",
        ".github/workflows/check.yml",
        ".gitignore",
    }
    conf = conf_of(site)
    assert (conf["fsp_split"], conf["include_patterns"]) == (split, list(split))
    assert conf["project"] == name.title().replace("-", "-" if "garden" in name else " ")
    assert build(site, site / "_build/html") == ""
    # The output, which holds Markdown, lies in the folder of the pages now.
    assert build(site, site / "_build/html") == ""
    assert "Nothing to do" in init(site).out


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("git@github.com:leaf/awesome-tea.git", True),
        ("https://github.com/leaf/awesome-tea", True),
        ("ssh://git@github.com/leaf/awesome-tea.git", True),
        ("https://someone:secret@github.com/leaf/awesome-tea.git", False),
        ("https://elsewhere.example/leaf/awesome-tea.git", False),
        ('https://github.com/leaf/tea"; import os #', False),
    ],
)
def test_the_repository(url: str, options: bool, tmp_path: Path, init: Init) -> None:
    site = copy_of("awesome-tea", tmp_path, url)
    outcome = init(site)
    assert outcome.status == 0
    found = conf_of(site).get("html_theme_options")
    there = {"repository": "https://github.com/leaf/awesome-tea", "branch": "master"}
    assert found == (there if options else None)
    assert "secret" not in outcome.out + (site / "conf.py").read_text("utf-8")


def test_what_is_said_of_other_files(tmp_path: Path, init: Init) -> None:
    out = " ".join(init(copy_of("awesome-tea", tmp_path), "--dry-run").out.split())
    assert "linked from it contributing.md, code-of-conduct.md -> a page each" in out
    assert "other Markdown .github/pull_request_template.md -> no page" in out


LINKS = "- [A](https://a.example/)\n- [B](https://b.example/)\n"
SECTIONS = "".join(f"## {name}\n\n{LINKS}\n" for name in ("Ash", "Birch", "Cedar"))


@pytest.mark.parametrize(
    ("files", "is_list"),
    [
        ({"README.md": f"# Trees\n\n{SECTIONS}"}, True),
        ({"README.markdown": SECTIONS}, True),
        ({"README.md": "# Trees\n\n" + 40 * "Long text.\n\n" + SECTIONS}, True),
        # A site of something else, or of guide pages.
        ({"README.md": SECTIONS, "mkdocs.yml": "site_name: Trees\n"}, False),
        ({"README.md": SECTIONS, "pelicanconf.py": "", "content/a.md": "a"}, False),
        ({"README.md": SECTIONS, "oak.md": "title: Oak\nslug: oak\n\nText.\n"}, False),
        # The README of a program.
        (
            {
                "README.md": "# Tool\n\n## Install\n\n```\nmake\n```\n\nThen run it.\n\n## Use\n\n"
                "It is used\n\n- here\n- [there](https://there.example/)\n\n## Links\n\n"
                "- [Site](https://tool.example/)\n\n## License\n\n[MIT](LICENSE)\n"
            },
            False,
        ),
        ({"README.md": f"# Trees\n\n## Ash\n\n{LINKS}"}, False),
        ({"README.md": "# Trees\n\n## A\n\n- [a](#b)\n\n## B\n\n- [b](#c)\n\n## C\n"}, False),
        ({"README.md": ""}, False),
        ({"notes.md": SECTIONS}, False),
    ],
)
def test_what_is_a_list(files: dict[str, str], is_list: bool, tmp_path: Path) -> None:
    assert (find(Folder(write(tmp_path, files))) is not None) is is_list


def test_the_manual_shows_what_it_prints(tmp_path: Path, init: Init) -> None:
    manual = MANUAL.read_text("utf-8")
    fences = re.findall(
        r"^% file: (\S+)\n```markdown\n(.*?)^```$", manual, re.DOTALL | re.MULTILINE
    )
    files = dict(fences)
    # The manual shows a fault in it further down.
    files["contributing.md"] = files["contributing.md"].replace("README.md#shops", "README.md")
    site = write(tmp_path / "site", files)
    shown = re.search(r"```text\n(An awesome list.*?)```", manual, re.DOTALL)
    assert shown is not None
    out = init(site).out.replace(str(site), ".")
    assert out == shown[1]
    split = re.search(r"^fsp_split = .*", manual, re.MULTILINE)
    assert split is not None
    assert split[0] in (site / "conf.py").read_text("utf-8")
