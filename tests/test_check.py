"""``sphinx-fsp check``: small projects, what is said of them, and what is put right."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Site

from sphinx_fsp import __version__, cli

MakeSite = Callable[..., Site]

GOOD = "title: Good\nslug: good\nsortorder: 0100\ntoc: True\n\nA good page.\n"
REDIRECTS = "from,to\n/old.html,/good.html\n"


def page(slug: str, body: str, category: str = "page") -> str:
    """Return a page whose body starts in line 5."""
    return f"title: {slug}\nslug: {slug}\ncategory: {category}\n\n{body}\n"


class Outcome:
    """What a run of the command printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def problems(self) -> list[str]:
        """Lines of problems, without the folder."""
        found = [line for line in self.out.splitlines() if re.search(r"\[[\w.]+\]$", line)]
        return [
            re.sub(r"^(fixed )?.*?/content\d*/|^(fixed )?\S*/site\d+/", r"\1", x) for x in found
        ]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs the command on a folder."""

    def run(folder: Site | Path, *options: str) -> Outcome:
        path = folder.content if isinstance(folder, Site) else folder
        status = cli.run(["check", str(path), "-j", "1", *options])
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return run


Check = Callable[..., Outcome]


@pytest.fixture
def make_guide(make_site: MakeSite) -> Callable[..., Site]:
    """Return a function that makes a guide of a good page and some others.

    Its index has the contents, and leads to the others.
    """

    def make(pages: Mapping[str, str], **conf: object) -> Site:
        site = make_site(fsp_redirects="redirects.csv", **conf)
        links = re.findall(r"(?m)^slug: (\S+)", "\n".join(pages.values()))
        site.write("index.md", "# Home\n\n```{guide-contents}\n```\n")
        site.write("start.md", page("start", "\n".join(f"[x](/{s}.html)" for s in links)))
        site.edit("start.md", "category: page", "sortorder: 0101")
        site.write("good.md", GOOD)
        site.write("redirects.csv", REDIRECTS)
        for name, text in pages.items():
            site.write(name, text)
        return site

    return make


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# What is found -------------------------------------------------------------------------------


def test_good_guide(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    outcome = check(site)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "No problems: 3 files checked.\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_says_what_a_build_says(make_guide: MakeSite, check: Check, jobs: str) -> None:
    body = "[a](/nowhere.html)\n\n[b](/good.html#nothing)\n\n![c](/no.png)\n\n[d](example.org/x)"
    # More than five pages: Sphinx reads fewer in one process.
    pages = {f"p{n}.md": page(f"p{n}", body) for n in range(6)}
    site = make_guide({**pages, "rest.rst": "Title\n=====\n\n:unknown:`x`\n"})
    built = {re.sub(r"(WARNING|ERROR): ", "", line) for line in site.build().warnings}
    built = {re.sub(r"\[fsp\.", "[", line) for line in built if re.search(r"\]$", line)}
    outcome = check(site, "-j", jobs)
    assert outcome.status == 1
    assert {re.sub(r"^.*/content/", "", line) for line in outcome.problems} >= built
    assert len([line for line in outcome.problems if "unknown_anchor" in line]) == 6


def test_details_survive_parallel_reading(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({f"p{n}.md": page(f"p{n}", "[a](/goood.html)") for n in range(6)})
    problems = json.loads(check(site, "--json", "-j", "2").out)["problems"]
    assert [p["details"] for p in problems] == 6 * [
        {"target": "/goood.html", "suggestion": "/good.html"}
    ]


def test_missing_alt(make_guide: MakeSite, check: Check) -> None:
    body = (
        "![](/img/x.png)\n\n![words](/img/x.png)\n\n"
        '<div><img src="/img/x.png"></div>\n\n<div><img src="/img/x.png" alt=""></div>\n\n'
        "Two\nlines ![](https://a.org/y.png)"
    )
    site = make_guide({"a.md": page("a", body)}, fsp_static_path=["../static"])
    (site.root / "static/img").mkdir(parents=True)
    (site.root / "static/img/x.png").write_bytes(b"")
    what = "write what it shows: ![text](image), or alt in HTML [missing_alt]"
    assert check(site).problems == [
        f"a.md:5: the image /img/x.png has no alternative text; {what}",
        f"a.md:9: the image /img/x.png has no alternative text; {what}",
        f"a.md:14: the image https://a.org/y.png has no alternative text; {what}",
    ]


def test_orphan(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    site.write("lost.md", page("lost", "[me](/lost.html)"))
    site.write("hidden.md", "title: H\nslug: hidden\nstatus: hidden\n\nText.\n")
    site.write("found.md", page("found", "By an old address."))
    site.write("post.md", page("post", "Text.", "post"))
    site.write("redirects.csv", "from,to\n/old.html,/found.html\n/lost,/lost.html\n")
    hint = "link to it, or give it a sortorder [orphan_page]"
    lost = f"lost.md:1: nothing leads to the page /lost.html; {hint}"
    post = f"post.md:1: nothing leads to the page /blog/post.html; {hint}"
    assert check(site).problems == [lost, post]

    # An index of posts leads to all of them, even where it shows the newest only.
    site.write("news.md", "---\norphan: true\n---\n\n# News\n\n```{posts}\n```\n")
    assert check(site, "--select", "orphan_page").problems == [lost]


def test_no_orphan_in_a_toctree(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    site.write("listed.md", page("listed", "Text."))
    site.write(
        "more.md", "---\norphan: true\n---\n\n# More\n\n```{toctree}\n:hidden:\nlisted\n```\n"
    )
    assert check(site).problems == []


@pytest.mark.parametrize("mode", ["convert", "keep"])
def test_no_orphan_where_html_leads(make_guide: MakeSite, check: Check, mode: str) -> None:
    site = make_guide({}, fsp_raw_html=mode)
    site.write("lost.md", page("lost", "Text."))
    site.write("good.md", GOOD + '\n<div class="well"><a href="/lost.html">Not lost</a></div>\n')
    assert check(site, "--select", "orphan_page").problems == []


def test_insecure_url(make_guide: MakeSite, check: Check) -> None:
    site = make_guide(
        {
            "a.md": page("a", "Two\nlines: [x](http://www.a.org/x), [y](http://b.org/)"),
            "b.md": page("b", "* [z](https://a.org/z)"),
        }
    )
    assert check(site).problems == [
        "a.md:6: http://www.a.org/x is http, and b.md:5 has a.org as https; write https:// "
        "[insecure_url]"
    ]


def test_old_address(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "Two\nlines: [x](/old.html)")})
    assert check(site).problems == [
        "a.md:6: /old.html is an old address; link to /good.html [old_address]"
    ]


def test_suppress_warnings_holds_for_all(make_guide: MakeSite, check: Check) -> None:
    site = make_guide(
        {"a.md": page("a", "[x](/old.html) [y](/nowhere.html)")},
        suppress_warnings=["fsp.old_address", "fsp.unknown_page"],
    )
    assert check(site).status == 0


def test_select_and_ignore(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[x](/old.html) [y](/nowhere.html)")})
    assert [x[-13:] for x in check(site, "--select", "old_address").problems] == ["[old_address]"]
    assert check(site, "--ignore", "old_address,unknown_page").status == 0
    outcome = check(site, "--select", "old_adress")
    assert outcome.status == 2
    assert outcome.err == "sphinx-fsp: no problem old_adress; did you mean old_address?\n"


def test_nothing_is_written_into_the_project(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[x](/old.html) [y](/nowhere.html)")})
    before = tree(site.root)
    check(site)
    check(site, "--fix", "--dry-run")
    assert tree(site.root) == before


def test_other_documents_are_left_to_sphinx(make_site: MakeSite, check: Check) -> None:
    site = make_site(pages={"index.md": "# Home\n\n![](http://a.org/x.png) <https://a.org/>\n"})
    assert check(site).status == 0


# Folders -------------------------------------------------------------------------------------


def test_folder_without_conf(tmp_path: Path, check: Check) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/a b.md").write_text(page("a", "[x](/b.html)"))
    (tmp_path / "content/README.md").write_text("# No page\n")
    assert check(tmp_path / "content", "--ignore", "orphan_page").problems == [
        "pages/a b.md:5: no page /b.html; add the page, or lead the address to another with "
        "fsp_redirects [unknown_page]"
    ]
    assert sorted(tree(tmp_path)) == ["content/README.md", "content/pages/a b.md"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        pytest.param({}, "has no guide pages, and no conf.py", id="no pages"),
        pytest.param(
            {"a.md": "# No header\n"}, "has no guide pages, and no conf.py", id="no guide"
        ),
        pytest.param({"conf.py": "x = (\n"}, "There is a syntax error in your conf", id="syntax"),
        pytest.param({"conf.py": "1 / 0\n"}, "ZeroDivisionError: division by zero", id="fails"),
        pytest.param(
            {"conf.py": "extensions = ['not_there']\n"}, "not_there", id="extension not there"
        ),
        pytest.param(
            {"conf.py": "extensions = []\n"}, 'doesn\'t have "sphinx_fsp" in its ext', id="none"
        ),
        pytest.param(
            {"conf.py": "extensions = ['sphinx_fsp']\nfsp_raw_html = 5\n"},
            "fsp_raw_html takes 'convert', 'safe' or 'keep', not 5",
            id="wrong value",
        ),
        pytest.param(
            {"conf.py": "extensions = ['sphinx_fsp']\nhtml_theme = 'none'\n"}, "none", id="theme"
        ),
    ],
)
def test_what_cannot_be_checked(
    tmp_path: Path, check: Check, files: dict[str, str], why: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    outcome = check(tmp_path)
    assert outcome.status == 2
    assert outcome.out == ""
    assert why in outcome.err
    assert outcome.err.startswith("sphinx-fsp: ")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err


def test_folder_that_is_not_there(tmp_path: Path, check: Check) -> None:
    outcome = check(tmp_path / "none")
    assert (outcome.status, outcome.err) == (2, f"sphinx-fsp: no folder {tmp_path / 'none'}\n")


def test_folder_above_that_of_conf(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    outcome = check(site.root)
    assert outcome.err == f"sphinx-fsp: {site.root / 'content'} has a conf.py; check that?\n"


def test_file_that_cannot_be_read(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    (site.content / "gone.md").symlink_to("nowhere.md")
    outcome = check(site)
    assert outcome.status == 1
    assert "gone.md" in outcome.out


# Putting right -------------------------------------------------------------------------------


def test_fix(make_guide: MakeSite, check: Check) -> None:
    body = (
        "[a](/old.html) and `[a](/old.html)`\n\n"
        "[b](http://a.org/x) [c](http://a.org/other) [d](https://a.org/x/)\n\n"
        "[e](a.org/x)\n\n[f](/GOOD.html)\n\n```\n[f](/GOOD.html)\n```\n\n[g](/nowhere.html)"
    )
    site = make_guide({"a.md": page("a", body)})
    outcome = check(site, "--fix")
    assert (site.content / "a.md").read_text() == page(
        "a",
        "[a](/good.html) and `[a](/old.html)`\n\n"
        "[b](https://a.org/x) [c](http://a.org/other) [d](https://a.org/x/)\n\n"
        "[e](https://a.org/x)\n\n[f](/good.html)\n\n```\n[f](/GOOD.html)\n```\n\n"
        "[g](/nowhere.html)",
    )
    assert outcome.status == 1
    assert outcome.problems == [
        "fixed a.md:5: /old.html -> /good.html [old_address]",
        "fixed a.md:7: http://a.org/x -> https://a.org/x [insecure_url]",
        "fixed a.md:9: a.org/x -> https://a.org/x [bad_url]",
        "fixed a.md:11: /GOOD.html -> /good.html [unknown_page]",
        "a.md:7: http://a.org/other is http, and a.md:7 has a.org as https; write https:// "
        "[insecure_url]",
        "a.md:17: no page /nowhere.html; add the page, or lead the address to another with "
        "fsp_redirects [unknown_page]",
    ]
    # Nothing is left to be fixed.
    before = tree(site.root)
    assert "fixed" not in check(site, "--fix").out
    assert tree(site.root) == before


def test_fix_all(make_guide: MakeSite, check: Check) -> None:
    # A build names the first line of a paragraph that has an address twice.
    site = make_guide({"a.md": page("a", "[a](/GOOD.html)\n[b](/GOOD.html)\n[c](/GOOD.html)")})
    assert check(site, "--fix").status == 0
    assert "GOOD" not in (site.content / "a.md").read_text()


def test_page_that_no_person_wrote(make_guide: MakeSite, check: Check) -> None:
    # What is searched for links to put right must not take for ever.
    body = "[a](/GOOD.html) " + '<a "' * 20_000 + "\n\n" + "<code " * 5_000 + "`" * 20_000
    site = make_guide({"a.md": page("a", f"{body}\n\n[a](/old.html)")})
    check(site, "--fix", "--ignore", "insecure_url")
    assert (site.content / "a.md").read_text() == page("a", f"{body}\n\n[a](/good.html)")


def test_fix_what_is_selected(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[a](/old.html) [b](/GOOD.html)")})
    assert check(site, "--fix", "--select", "old_address").status == 0
    assert "[a](/good.html) [b](/GOOD.html)" in (site.content / "a.md").read_text()


def test_fix_encoding_and_line_ends(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "x"), "b.md": page("b", "x")})
    legacy = page("a", "caf\xe9 [a](/old.html) \x80").replace("\n", "\r\n")
    (site.content / "a.md").write_bytes(legacy.encode("latin-1"))
    (site.content / "b.md").write_bytes(page("b", "[a](/old.html)").replace("\n", "\r\n").encode())
    assert check(site, "--fix").status == 0
    after = legacy.replace("/old.html", "/good.html").replace("\x80", "\u20ac")
    assert (site.content / "a.md").read_bytes() == after.encode()
    assert b"\r\n[a](/good.html)\r\n" in (site.content / "b.md").read_bytes()


def test_dry_run(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[a](/old.html)")})
    outcome = check(site, "--fix", "--dry-run")
    assert outcome.status == 1
    assert "-[a](/old.html)\n+[a](/good.html)\n" in outcome.out
    assert outcome.err.endswith("Would put right 1 of 1 problems; nothing was changed.\n")
    assert check(site, "--dry-run").err == "sphinx-fsp: --dry-run goes with --fix\n"


def test_read_only_file_is_left(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[a](/old.html)")})
    (site.content / "a.md").chmod(0o444)
    before = tree(site.root)
    outcome = check(site, "--fix")
    assert outcome.status == 1
    assert outcome.err == f"not fixed {site.content / 'a.md'}: the file is read-only\n"
    assert len(outcome.problems) == 1
    assert tree(site.root) == before


def test_link_out_of_the_project_is_left(
    make_guide: MakeSite, check: Check, tmp_path: Path
) -> None:
    site = make_guide({})
    outside = tmp_path / "outside.md"
    outside.write_text(page("a", "[a](/old.html)"))
    (site.content / "a.md").symlink_to(outside)
    outcome = check(site, "--fix", "--ignore", "orphan_page")
    assert outcome.status == 1
    assert "is a link that leaves the folder" in outcome.err
    assert outside.read_text() == page("a", "[a](/old.html)")


# Output --------------------------------------------------------------------------------------


def test_json_and_sarif_name_paths_alike_everywhere(
    make_guide: MakeSite, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_guide({"sub folder/a.md": page("a", "[a](/nowhere.html)")})
    (site.root / ".git").mkdir()
    (site.root / "elsewhere").mkdir()
    monkeypatch.chdir(site.root / "elsewhere")
    (problem,) = json.loads(check(site, "--json").out)["problems"]
    assert problem["path"] == "sub folder/a.md"
    log: dict[str, Any] = json.loads(check(site, "--sarif").out)
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    expected = (site.content / "sub%20folder/a.md").relative_to(site.root).as_posix()
    assert place == expected


def test_output_file(make_guide: MakeSite, check: Check, tmp_path: Path) -> None:
    site = make_guide({"a.md": page("a", "[a](/nowhere.html)")})
    file = tmp_path / "report.json"
    outcome = check(site, "--json", "--output", str(file))
    assert (outcome.status, outcome.out) == (1, "")
    assert json.loads(file.read_text())["counts"] == {"unknown_page": 1}
    outcome = check(site, "--output", str(tmp_path / "none/report.txt"))
    assert outcome.status == 2
    assert "can't write" in outcome.err


def test_what_conf_prints_is_no_part_of_the_report(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({})
    conf = site.content / "conf.py"
    conf.write_text(conf.read_text() + "print('printed')\n")
    outcome = check(site, "--json")
    assert json.loads(outcome.out)["problems"] == []
    assert outcome.err == "printed\n"


def test_json_of_fixes(make_guide: MakeSite, check: Check) -> None:
    site = make_guide({"a.md": page("a", "[a](/old.html)")})
    document = json.loads(check(site, "--json", "--fix").out)
    assert document["problems"] == []
    assert [p["fix"]["new"] for p in document["fixed"]] == ["/good.html"]


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"sphinx-fsp {__version__}\n"
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    assert "exit status: 0 no problems, 1 problems" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        cli.main([])
    assert left.value.code == 2


def test_as_a_program(make_guide: MakeSite) -> None:
    site = make_guide({"a.md": page("a", "[a](/nowhere.html)")})
    # A terminal that knows ASCII only, and a reader that stops early.
    command = [sys.executable, "-m", "sphinx_fsp", "check", str(site.content), "-j", "1"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "[unknown_page]" in done.stdout


# pre-commit ----------------------------------------------------------------------------------


def test_hook_runs_the_command() -> None:
    text = (Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text()
    (hook,) = yaml.safe_load(text)
    assert hook["id"] == "sphinx-fsp-check"
    assert hook["language"] == "python"
    # A guide is checked as a whole.
    assert hook["pass_filenames"] is False
    assert "markdown" in hook["types_or"]
    program, *arguments = hook["entry"].split()
    assert program == "sphinx-fsp"
    assert cli._parser().parse_args([*arguments, "content"]).folder == "content"
