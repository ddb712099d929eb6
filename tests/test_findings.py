"""Findings in every format: what each promises to its reader, and that no word of a file can do harm in any of them."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from workplan_cli.cli.excerpt import Excerpt, excerpt
from workplan_cli.cli.findings import Paper, confidential_lines, render
from workplan_cli.cli.terminal import ASCII, Glyphs, console
from workplan_cli.diagnostics import Code, Diagnostic, Severity, Span, clipped
from workplan_cli.exchange.findings import FORMATS, github, summary
from workplan_cli.exchange.result import Findings, headline, inventory, not_shown

CLAIM = Code("WP501", "claim-without-evidence")
UNCITED = Code("WP503", "uncited-evidence", Severity.WARNING)
PHONE = Code("WP703", "phone-number", confidential=True)

XAA = "data/states/XAA/2015-2016/submission.yaml"
XAB = "data/states/XAB/2015-2016/submission.yaml"
POINTER = ("answers", "g01-law", "result")

TWO = Findings(
    (
        Diagnostic(
            CLAIM, XAA, "answer g01-law claims 'implemented'", "cite an id from evidence:", POINTER, span=Span(2, 49, 2, 60)
        ),
        Diagnostic(UNCITED, XAA, "evidence e2 is cited by no answer", "", ("evidence", "e2"), True, Span(5, 3, 5, 5)),
        Diagnostic(CLAIM, XAB, "the file is not read"),
    ),
    files=187,
    counts={"State": 2, "indicators": 9, "Source": 1, "answers:state": 1204, "answers:desk-review": 3},
    hidden={"known": 2, "ignored": 1},
    version="0.1.0",
    pages={"WP501": "A claim that nothing proves is a claim nobody can check."},
)

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text())

HOSTILE = (
    "\x1b[31m\x1b]8;;https://evil.example\x07",
    "\r\n::error::owned",
    "##[command]::set-output name=x::1",
    "[/b] [red]",
    "]]> <script>alert(1)</script> </testsuite> & \"quoted\" 'so'",
    "| `code` [a](https://evil.example) @everyone #1 <br>",
    "%0A::warning::x, y: z",
    "\u202eabc\u2066 \u0085 \u2028 \ufeff \ufffe \x00 \x7f \ud800",
    "{{ 1 + 1 }} ${{ secrets.X }}",
)
NASTY = " ".join(HOSTILE)
POISONED = Findings(
    tuple(
        Diagnostic(
            CLAIM,
            f"data/{text}.yaml",
            f"key '{text}' is wrong",
            f"not {text}",
            (text, 0),
            False,
            Span(1, 1, 1, 4),
            ((f"first {text}", Span(1, 1)),),
        )
        for text in (*HOSTILE, NASTY)
    ),
    files=1,
    version="0.1.0",
)
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffe\ud800-\udfff]")


def as_text(
    findings: Findings, lines: dict[str, str] | None = None, *, width: int = 100, in_ascii: bool = False, **how: Any
) -> str:
    glyphs = ASCII if in_ascii else Glyphs()
    paper = Paper(console(width, plain=True), glyphs, width)
    return "".join(render(findings, paper, (lines or {}).get, confidential_lines(findings.shown), **how))


@pytest.mark.parametrize("name", [*FORMATS, "text", "summary"])
def test_nothing_that_acts_reaches_any_format(name: str) -> None:
    written = {"text": as_text, "summary": summary.render, **FORMATS}[name](POISONED)
    assert not ACTING.search(written)
    assert "\\x1b[31m" in written.replace("\\\\", "\\").replace("&#92;", "\\").replace("&#91;", "[")
    written.encode()


def test_a_line_of_the_log_is_never_a_command_of_someone_else() -> None:
    for line in github.render(POISONED).splitlines():
        assert re.match(r"::(error|notice)( file=[^:]*)?::", line), line
    quoted = github.quoted(as_text(POISONED), "token")
    assert quoted.startswith("::stop-commands::token\n")
    assert quoted.endswith("\n::token::\n")


def test_json_gives_back_every_word() -> None:
    content = json.loads(FORMATS["json"](POISONED))
    assert content["findings"][3]["message"] == "key '[/b] [red]' is wrong"
    assert content["findings"][0]["message"].startswith(r"key '\x1b[31m\x1b]8;;")


def test_xml_gives_back_every_word() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](POISONED))
    names = [case.get("name") or "" for case in root.iter("testcase")]
    assert [name for name in names if name.startswith("data/]]> <script>alert(1)</script> </testsuite>")]


def test_markdown_shows_words_as_they_are() -> None:
    row = summary.escaped(NASTY)
    assert not re.search(r"[<>`\[\]|@*_]", row)


def test_json_is_the_whole_of_it() -> None:
    content = json.loads(FORMATS["json"](TWO))
    assert {key: content[key] for key in content if key != "findings"} == {
        "version": 1,
        "tool": {"name": "workplan", "version": "0.1.0"},
        "data": {"files": 187, "as_of": None, "counts": dict(sorted(TWO.counts.items()))},
        "summary": {"errors": 2, "warnings": 1, "files": 2, "hidden": {"known": 2, "ignored": 1}},
    }
    first, _, last = content["findings"]
    assert first == {
        "code": "WP501",
        "name": "claim-without-evidence",
        "severity": "error",
        "path": XAA,
        "line": 2,
        "column": 49,
        "end_line": 2,
        "end_column": 60,
        "pointer": "/answers/g01-law/result",
        "message": "answer g01-law claims 'implemented'",
        "hint": "cite an id from evidence:",
        "related": [],
    }
    assert (last["line"], last["end_column"]) == (None, None)


def test_github_annotates_errors_first() -> None:
    assert github.render(TWO).splitlines() == [
        f"::error file={XAA},line=2,col=49,endLine=2,endColumn=60,title=WP501 claim-without-evidence"
        "::answer g01-law claims 'implemented'%0Acite an id from evidence:",
        f"::error file={XAB},title=WP501 claim-without-evidence::the file is not read",
        f"::warning file={XAA},line=5,col=3,endLine=5,endColumn=5,title=WP503 uncited-evidence"
        "::evidence e2 is cited by no answer",
    ]


def test_github_says_how_many_it_leaves_out() -> None:
    many = [Diagnostic(UNCITED, XAA, f"e{number}") for number in range(13)] + [
        Diagnostic(CLAIM, XAA, f"g{number}") for number in range(44)
    ]
    lines = github.render(Findings(tuple(many))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice::and"]
    assert lines[-1] == "::notice::and 37 more findings, see the summary"


def test_a_repository_inside_a_checkout_is_named_from_its_top() -> None:
    inside = Findings(TWO.shown, folder="plans/arcadia/")
    assert f"file=plans/arcadia/{XAA}" in github.render(inside)
    assert json.loads(FORMATS["gitlab"](inside))[0]["location"]["path"] == f"plans/arcadia/{XAA}"
    assert f'"uri": "plans/arcadia/{XAA}"' in FORMATS["sarif"](inside)
    assert json.loads(FORMATS["json"](inside))["findings"][0]["path"] == XAA


def test_the_summary_of_a_step_stops_before_github_drops_it() -> None:
    many = Findings(tuple(Diagnostic(CLAIM, XAA, f"answer {number} claims 'más' " + "x" * 100) for number in range(9000)), 1)
    written = summary.render(many)
    assert len(written.encode()) <= summary.LIMIT
    shown = written.count("| error |")
    assert 1000 < shown < 9000
    assert written.endswith(f"\nand {9000 - shown:,} more: run workplan validate to see them all\n")


def test_the_summary_of_a_clean_record_is_short() -> None:
    assert summary.render(Findings(files=187)) == "### workplan validate: 187 files&#58; no findings\n\n"


def test_gitlab_has_what_its_documentation_asks_for() -> None:
    issues = json.loads(FORMATS["gitlab"](TWO))
    assert issues[0] == {
        "description": "answer g01-law claims 'implemented' (cite an id from evidence:)",
        "check_name": "WP501-claim-without-evidence",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "major",
        "location": {"path": XAA, "lines": {"begin": 2}},
    }
    assert [issue["severity"] for issue in issues] == ["major", "minor", "major"]
    assert issues[2]["location"] == {"path": XAB, "lines": {"begin": 1}}
    assert json.loads(FORMATS["gitlab"](Findings())) == []


def test_fingerprints_stay_when_lines_move_and_differ_between_equal_findings() -> None:
    def prints(*findings: Diagnostic) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(FORMATS["gitlab"](Findings(findings)))]

    here, there = TWO.shown[0], TWO.shown[0].at(Span(77, 1, 77, 2))
    assert prints(here) == prints(there)
    assert len({*prints(here, here, TWO.shown[1])}) == 3


@pytest.mark.parametrize("findings", [TWO, POISONED, Findings()], ids=["two", "poisoned", "none"])
def test_sarif_is_valid_by_the_schema_of_oasis(findings: Findings) -> None:
    errors = [error.message for error in Draft7Validator(SCHEMA).iter_errors(json.loads(FORMATS["sarif"](findings)))]
    assert errors == []


def test_the_schema_of_oasis_would_find_a_fault() -> None:
    content = json.loads(FORMATS["sarif"](TWO))
    content["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not Draft7Validator(SCHEMA).is_valid(content)


def test_sarif_names_rules_places_and_what_belongs_to_them() -> None:
    (run,) = json.loads(FORMATS["sarif"](TWO))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["WP501", "WP503"]
    assert run["tool"]["driver"]["rules"][0]["help"]["text"].startswith(
        "A claim that nothing proves is a claim nobody can check."
    )
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": XAA, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 49, "endLine": 2, "endColumn": 60},
    }
    poisoned = json.loads(FORMATS["sarif"](POISONED))["runs"][0]["results"][3]
    assert poisoned["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/%5B/b%5D%20%5Bred%5D.yaml"
    assert poisoned["relatedLocations"][0]["message"]["text"] == "first [/b] [red]"


def test_junit_has_a_case_for_each_file_and_one_for_all_others() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](TWO))
    (suite,) = root
    assert root.tag == "testsuites"
    assert suite.attrib == {"name": "workplan validate", "tests": "3", "failures": "2", "errors": "0", "skipped": "0"}
    cases = [(case.get("name"), [child.tag for child in case]) for case in suite]
    assert cases == [(XAA, ["failure"]), (XAB, ["failure"]), ("185 other files", [])]
    assert suite[0][0].get("message") == "1 error, 1 warning"


def test_junit_lets_a_file_with_warnings_pass_and_prints_them() -> None:
    (suite,) = ElementTree.fromstring(FORMATS["junit"](Findings(TWO.shown[1:2], 2)))
    assert (suite.get("failures"), suite[0][0].tag) == ("0", "system-out")
    assert suite[0][0].text == f"{XAA}:5:3: warning WP503 uncited-evidence: evidence e2 is cited by no answer"


def test_the_headline_counts_files_and_kinds() -> None:
    assert headline(TWO) == "2 errors, 1 warning in 2 of 187 files"
    assert headline(Findings(files=1)) == "1 file: no findings"
    assert headline(Findings(files=2, hidden={"elsewhere": 1})) == "2 files: no findings in what was asked for"
    assert inventory(TWO) == "2 states, 9 indicators, 1 source; answers: 3 desk-review, 1,204 state"
    assert not_shown(TWO) == "2 in the baseline, 1 ignored"


LAW = "  g01-law: {revision: 2, status: final, result: implemented}"


def test_text_shows_the_place_the_words_the_line_and_what_to_do() -> None:
    assert as_text(TWO, {XAA: f"answers:\n{LAW}\n"}) == (
        f"""{XAA}:2:49
  ✗ error WP501 claim-without-evidence
    answer g01-law claims 'implemented'
     2 │   g01-law: {{revision: 2, status: final, result: implemented}}
       │                                                 ^^^^^^^^^^^
    help: cite an id from evidence:

{XAA}:5:3
  ! warning WP503 uncited-evidence
    evidence e2 is cited by no answer

{XAB}
  ✗ error WP501 claim-without-evidence
    the file is not read

✗ 2 errors, 1 warning in 2 of 187 files
  checked: 2 states, 9 indicators, 1 source; answers: 3 desk-review, 1,204 state
  not shown: 2 in the baseline, 1 ignored
"""
    )


def test_text_shows_what_belongs_to_a_finding_in_the_order_of_the_file() -> None:
    double = Diagnostic(CLAIM, XAA, "'a' stands twice", span=Span(3, 1, 3, 2), related=(("first 'a'", Span(1, 1, 1, 2)),))
    shown = as_text(Findings((double,), 1), {XAA: "a: 1\nb: 2\na: 3\n"})
    assert shown.splitlines()[3:7] == ["     1 │ a: 1", "       │ - first 'a'", "     3 │ a: 3", "       │ ^"]


def test_text_says_how_many_more_there_are() -> None:
    assert "… 2 more; raise --max to see them\n✗ 2 errors, 1 warning in 2 of 187 files" in as_text(TWO, most=1)


def test_text_is_folded_to_the_width_of_the_screen() -> None:
    long = Findings((Diagnostic(CLAIM, XAA, "word " * 40, "hint " * 40, span=Span(1, 300, 1, 304)),), 1)
    shown = as_text(long, {XAA: "x" * 600}, width=60).splitlines()
    assert max(len(line) for line in shown) <= 60
    assert "    help: hint hint" in "\n".join(shown)


def test_text_has_an_ascii_set() -> None:
    shown = as_text(TWO, {XAA: f"answers:\n{LAW}\n"}, in_ascii=True)
    assert shown.isascii()
    assert "  x error WP501" in shown
    assert "     2 |   g01-law" in shown


def test_a_confidential_place_is_repeated_in_no_format() -> None:
    secret = "  g01: {note: {en: call 202 555 0143}, sp: x}"
    found = (
        Diagnostic(
            PHONE, XAA, "note of g01 holds a telephone number", "take it out", ("answers", "g01", "note"), span=Span(2, 20, 2, 37)
        ),
        Diagnostic(CLAIM, XAA, "unknown key 'sp' in g01", span=Span(2, 40, 2, 42), related=(("first", Span(2, 3, 2, 6)),)),
        Diagnostic(CLAIM, XAA, "another line is shown", span=Span(3, 1, 3, 6)),
    )
    findings = Findings(found, 1)
    written = [
        as_text(findings, {XAA: f"answers:\n{secret}\nother: 1\n"}),
        summary.render(findings),
        *(make(findings) for make in FORMATS.values()),
    ]
    assert "other: 1" in written[0]
    assert [text for text in written if "0143" in text] == []


@pytest.mark.parametrize(
    ("line", "span", "width", "expected"),
    [
        ("abcdef", Span(1, 3, 1, 5), 80, Excerpt("abcdef", 2, 2)),
        ("abcdef", Span(1, 3), 80, Excerpt("abcdef", 2, 4)),
        ("abcdef", Span(1, 3, 2, 1), 80, Excerpt("abcdef", 2, 4)),
        ("abcdef", Span(1, 3, 1, 3), 80, Excerpt("abcdef", 2, 1)),
        ("abc", Span(1, 4, 1, 4), 80, Excerpt("abc", 3, 1)),
        ("abc", Span(1, 99, 1, 100), 80, Excerpt("abc", 3, 1)),
        ("中文: 字", Span(1, 5, 1, 6), 80, Excerpt("中文: 字", 6, 2)),
        ("e\u0301a: x", Span(1, 6, 1, 7), 80, Excerpt("e\u0301a: x", 4, 1)),
        ("a\tb", Span(1, 3, 1, 4), 80, Excerpt("a\\tb", 3, 1)),
        ("a\x1bb", Span(1, 2, 1, 3), 80, Excerpt("a\\x1bb", 1, 4)),
    ],
)
def test_the_caret_stands_below_its_letters(line: str, span: Span, width: int, expected: Excerpt) -> None:
    assert excerpt(line, span, width) == expected


@pytest.mark.parametrize("column", [1, 15, 16, 40, 200, 380, 395, 400])
@pytest.mark.parametrize("length", [1, 5, 18, 300])
@pytest.mark.parametrize("letter", ["x", "中"])
def test_a_long_line_is_cut_around_the_place(column: int, length: int, letter: str) -> None:
    line = letter * (column - 1) + "P" * length + letter * (400 - column)
    shown = excerpt(line, Span(1, column, 1, column + length), 30)
    cells = "".join(sign if sign in "P…" else sign + "+" * (letter == "中") for sign in shown.text)
    assert len(cells) <= 30
    assert cells[shown.lead : shown.lead + shown.length] == "P" * shown.length
    assert shown.length == min(length, cells.count("P"))
    assert (column > 27) <= shown.text.startswith("…")


def test_a_line_as_long_as_a_file_is_cut_at_once() -> None:
    shown = excerpt("x" * 5_000_000 + "P" + "y" * 5_000_000, Span(1, 5_000_001, 1, 5_000_002), 60)
    assert (shown.text[shown.lead], shown.text[0], shown.text[-1]) == ("P", "…", "…")


def test_a_sentence_is_no_longer_than_a_reader_bears() -> None:
    assert clipped("as it is") == "as it is"
    assert clipped("x" * 600) == "x" * 600
    assert clipped("x" * 601) == "x" * 599 + "…"
    assert len(clipped("x" * 10_000)) == 600
