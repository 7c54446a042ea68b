"""How problems are chosen and shown: to people, as JSON, as SARIF."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from sphinx_fsp.check.colour import ALWAYS, AUTO, NEVER, Palette, palette_for
from sphinx_fsp.check.files import Refusal
from sphinx_fsp.check.finding import Finding, chosen, finding_of, help_of, kinds_named
from sphinx_fsp.check.fixes import Edit, Fix
from sphinx_fsp.check.machine import as_json
from sphinx_fsp.check.report import BY_KIND, done, refused, report
from sphinx_fsp.check.sarif import as_sarif
from sphinx_fsp.diagnostics import DIAGNOSTICS, Problem, text_of

PLAIN = Palette(on=False)
PAGE = finding_of(
    Problem("unknown_page", "a.md", 3, {"target": "/x.html", "suggestion": "/y.html"})
)
AGAIN = PAGE._replace(path="b.md", line=12)
OTHER = Finding("", 0, "myst.header", "Levels jump")


def lines(*findings: Finding, by: str = "file", fixable: int = 0) -> list[str]:
    return list(report(findings, fixable, 2, lambda path: f"content/{path}", PLAIN, by))


# Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("details", [{"target": "/x"}, {"target": "/x", "suggestion": "/y"}])
def test_sentence_is_that_of_a_build(details: dict[str, str]) -> None:
    problem = Problem("unknown_page", "a.md", 3, details)
    assert finding_of(problem).sentence == text_of("unknown_page", details)


def test_every_kind_has_help() -> None:
    assert all(help_of(kind) for kind in DIAGNOSTICS)
    assert help_of("toc.not_included") == "A warning of Sphinx or of another extension."


# Choosing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "kinds"),
    [
        ([], [], ["myst.header", "unknown_page"]),
        (["unknown_page"], [], ["unknown_page"]),
        (["fsp.unknown_page"], [], ["unknown_page"]),
        (["fsp"], [], ["unknown_page"]),
        (["myst, unknown-page"], [], ["myst.header", "unknown_page"]),
        ([], ["myst.*"], ["unknown_page"]),
        ([], ["unknown_page", "myst"], []),
        (["fsp"], ["unknown_page"], []),
    ],
)
def test_select_and_ignore(select: list[str], ignore: list[str], kinds: list[str]) -> None:
    found = chosen([PAGE, OTHER], kinds_named(select), kinds_named(ignore))
    assert [finding.kind for finding in found] == kinds


def test_name_that_is_a_slip() -> None:
    with pytest.raises(ValueError, match=r"no problem unknow_page; did you mean unknown_page\?"):
        kinds_named(["unknow_page"])


def test_order_is_that_of_files_and_lines() -> None:
    findings = [AGAIN, PAGE._replace(line=20), OTHER, PAGE]
    found = chosen(findings, frozenset(), frozenset())
    assert [(f.path, f.line) for f in found] == [("", 0), ("a.md", 3), ("a.md", 20), ("b.md", 12)]


# For people ----------------------------------------------------------------------------------


def test_report_by_file() -> None:
    assert lines(OTHER, PAGE, AGAIN, fixable=1) == [
        "content/: Levels jump [myst.header]",
        "",
        "content/a.md:3: no page /x.html; did you mean /y.html? [unknown_page]",
        "",
        "content/b.md:12: no page /x.html; did you mean /y.html? [unknown_page]",
        "",
        "2  unknown_page  A link to an address of this site that no page, redirect or static file "
        "has.",
        "1  myst.header   A warning of Sphinx or of another extension.",
        "",
        "3 problems in 3 files; 2 files checked.",
        "1 of them can be put right with certainty: run with --fix.",
    ]


def test_report_by_kind_says_once_what_is_on_many_pages() -> None:
    assert lines(PAGE, AGAIN, by=BY_KIND)[:5] == [
        f"[unknown_page] {DIAGNOSTICS['unknown_page'].help}",
        "  no page /x.html; did you mean /y.html?",
        "    content/a.md:3",
        "    content/b.md:12",
        "",
    ]


def test_report_without_problems() -> None:
    assert lines() == ["No problems: 2 files checked."]


def test_what_would_command_a_terminal_is_shown() -> None:
    (line, *_) = lines(PAGE._replace(message="\x1b[2Jcaf\xe9\x9b"))
    assert line.startswith("content/a.md:3: \\x1b[2Jcaf\xe9\\x9b; ")


def test_report_of_fixes() -> None:
    fixes = [Fix(PAGE, Edit(3, 0, 1, "/x", "/y")), Fix(PAGE, None)]
    assert list(done(fixes, str, PLAIN, "fixed")) == [
        "fixed a.md:3: /x -> /y [unknown_page]",
        "fixed a.md: saved as UTF-8 [unknown_page]",
    ]
    assert list(refused([Refusal("a.md", "is read-only")], str, PLAIN)) == [
        "not fixed a.md: the file is read-only"
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("when", "stream", "environment", "coloured"),
    [
        (AUTO, Terminal(), {}, True),
        (AUTO, io.StringIO(), {}, False),
        (AUTO, Terminal(), {"NO_COLOR": "1"}, False),
        (AUTO, Terminal(), {"NO_COLOR": ""}, True),
        (AUTO, Terminal(), {"TERM": "dumb"}, False),
        (AUTO, io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (ALWAYS, io.StringIO(), {"NO_COLOR": "1"}, True),
        (NEVER, Terminal(), {}, False),
    ],
)
def test_colours(
    when: str,
    stream: io.StringIO,
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (palette_for(stream, when)("red", "x") != "x") == coloured


# For programs --------------------------------------------------------------------------------


def test_json() -> None:
    fix = Fix(PAGE, Edit(3, 5, 12, "/x.html", "/y.html"))
    document = json.loads(as_json([PAGE, OTHER], [fix], [], [Refusal("c.md", "is gone")], "1.2"))
    assert document == {
        "format": 1,
        "version": "1.2",
        "problems": [
            {
                "path": "a.md",
                "line": 3,
                "subtype": "unknown_page",
                "type": "fsp.unknown_page",
                "message": "no page /x.html",
                "hint": "did you mean /y.html?",
                "details": {"target": "/x.html", "suggestion": "/y.html"},
                "fixable": True,
                "fix": {"line": 3, "old": "/x.html", "new": "/y.html"},
            },
            {
                "path": None,
                "line": None,
                "subtype": "myst.header",
                "type": "myst.header",
                "message": "Levels jump",
                "hint": None,
                "details": {},
                "fixable": False,
                "fix": None,
            },
        ],
        "counts": {"myst.header": 1, "unknown_page": 1},
        "fixed": [],
        "not_fixed": [{"path": "c.md", "why": "is gone"}],
    }


def sarif(*findings: Finding) -> dict[str, Any]:
    log = json.loads(as_sarif(findings, lambda path: f"docs/{path or 'conf.py'}", "1.2"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def prints(*findings: Finding) -> list[str]:
    return [r["partialFingerprints"]["sphinxFspProblem/v1"] for r in sarif(*findings)["results"]]


def test_sarif_result() -> None:
    result = sarif(PAGE._replace(path="a b/\xe9.md"))["results"][0]
    assert result["ruleId"] == "fsp.unknown_page"
    assert result["level"] == "warning"
    assert result["message"] == {"text": "no page /x.html; did you mean /y.html?"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "docs/a%20b/%C3%A9.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3},
            }
        }
    ]


def test_sarif_rules_have_help() -> None:
    run = sarif(PAGE, OTHER, AGAIN)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["myst.header", "fsp.unknown_page"]
    assert rules[1]["name"] == "UnknownPage"
    assert rules[1]["fullDescription"]["text"] == DIAGNOSTICS["unknown_page"].help
    assert 'suppress_warnings = ["fsp.unknown_page"]' in rules[1]["help"]["text"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]


def test_sarif_of_what_only_a_check_says_is_a_note() -> None:
    found = finding_of(Problem("orphan_page", "a.md", 1, {"target": "/a.html"}))
    assert sarif(found)["results"][0]["level"] == "note"


def test_sarif_without_a_line() -> None:
    place = sarif(OTHER)["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "docs/conf.py", "uriBaseId": "%SRCROOT%"}}


def test_sarif_fingerprints_stay_when_lines_move() -> None:
    details = {"url": "https://a.org/", "other": "7"}
    twice = finding_of(Problem("duplicate_in_list", "a.md", 9, details))
    moved = finding_of(Problem("duplicate_in_list", "a.md", 19, details | {"other": "17"}))
    assert prints(twice) == prints(moved)
    assert prints(PAGE) == prints(PAGE._replace(line=99))


def test_sarif_fingerprints_differ() -> None:
    another = finding_of(Problem("unknown_page", "a.md", 3, {"target": "/z.html"}))
    found = prints(PAGE, PAGE._replace(line=9), AGAIN, another, OTHER)
    assert len(set(found)) == 5
    assert found[0].partition(":")[0] == found[1].partition(":")[0]


@pytest.mark.parametrize("name", ["foo", "unkown", "fsp.nothing"])
def test_a_name_that_selects_nothing_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"no problem {name}"):
        kinds_named([name])


@pytest.mark.parametrize("name", ["myst.header", "toc", "fsp", "app.add_node"])
def test_types_of_others_may_be_named(name: str) -> None:
    assert kinds_named([name]) == {name}
