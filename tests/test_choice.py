"""Which findings are shown: selection, ignores with reasons, and a baseline that must shrink."""

from pathlib import Path

import pytest

from workplan_cli.checking.catalogue import CODES
from workplan_cli.checking.choice import Baseline, Chosen, Wish, choose, codes_of
from workplan_cli.diagnostics import Code, Diagnostic, Severity, Span
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.findings import baseline
from workplan_cli.exchange.result import Findings
from workplan_cli.settings import Ignore, parse_settings

CLAIM = Code("WP501", "claim-without-evidence")
UNCITED = Code("WP503", "uncited-evidence", Severity.WARNING)
SYNTAX = Code("WP108", "syntax")
EXPIRED = Code("WP412", "expired-answer", Severity.WARNING)

XAA = "data/states/XAA/2015-2016/submission.yaml"
XAB = "data/states/XAB/2015-2016/submission.yaml"


def finding(code: Code, path: str, line: int = 1, message: str = "it is so") -> Diagnostic:
    return Diagnostic(code, path, message, pointer=("answers", f"g0{line}"), span=Span(line, 3, line, 6))


FOUND = (finding(CLAIM, XAA, 2), finding(UNCITED, XAA, 7), finding(CLAIM, XAB, 2))


def shown(chosen: Chosen) -> list[str]:
    return [f"{one.path.split('/')[2] if '/' in one.path else one.path} {one.code.id}" for one in chosen.shown]


def ignoring(code: str, *paths: str) -> tuple[Ignore, ...]:
    return (Ignore(code, "it does not matter here", paths or ("**",)),)


def known(*findings: Diagnostic) -> Baseline:
    return Baseline("known.json", baseline.read(baseline.render(Findings(findings)), "known.json"))


def test_without_a_wish_everything_is_shown() -> None:
    assert choose(FOUND) == Chosen(FOUND)


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("WP501", {"WP501"}),
        ("wp501", {"WP501"}),
        ("claim-without-evidence", {"WP501"}),
        ("WP90", {"WP901", "WP902", "WP903", "WP904"}),
        ("WP", {code.id for code in CODES}),
    ],
)
def test_a_word_means_a_code_a_family_or_a_name(word: str, ids: set[str]) -> None:
    assert codes_of([word], CODES) == ids


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("WP5O1", "did you mean 'WP501'?"),
        ("claims-without-evidence", "did you mean 'claim-without-evidence'?"),
        ("nonsense", "workplan explain rule lists them all"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_the_closest(word: str, hint: str) -> None:
    with pytest.raises(WorkplanError) as refused:
        codes_of([word], CODES)
    assert (refused.value.message, refused.value.hint) == (f"'{word}' is no code, family or name of a finding", hint)


def test_selected_codes_alone_are_shown_and_the_others_counted() -> None:
    chosen = choose(FOUND, wish=Wish(select=frozenset({"WP503"})))
    assert (shown(chosen), chosen.hidden) == (["XAA WP503"], {"deselected": 2})


def test_a_code_that_is_selected_and_ignored_is_not_shown() -> None:
    assert shown(choose(FOUND, wish=Wish(frozenset({"WP503", "WP501"}), frozenset({"WP501"})))) == ["XAA WP503"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("data/states/XAB", ["XAB WP501"]),
        (XAB, ["XAB WP501"]),
        (".", ["XAA WP501", "XAA WP503", "XAB WP501"]),
        ("data/states/XA", []),
    ],
)
def test_a_place_is_a_file_or_a_whole_folder(place: str, expected: list[str]) -> None:
    assert shown(choose(FOUND, wish=Wish(paths=(place,)))) == expected


@pytest.mark.parametrize(
    ("code", "paths", "left"),
    [
        ("WP501", (), ["XAA WP503"]),
        ("WP5", (), []),
        ("claim-without-evidence", (), ["XAA WP503"]),
        ("WP501", ("data/states/XAA/**",), ["XAA WP503", "XAB WP501"]),
        ("WP501", ("data/states/*/2015-2016/submission.yaml",), ["XAA WP503"]),
        ("WP501", ("**/submission.yaml",), ["XAA WP503"]),
        ("WP501", ("data/states/XA?/**",), ["XAA WP503"]),
    ],
)
def test_an_ignore_hides_a_kind_of_finding_in_its_paths(code: str, paths: tuple[str, ...], left: list[str]) -> None:
    assert shown(choose(FOUND, CODES, ignoring(code, *paths))) == left


@pytest.mark.parametrize("paths", ["data/*", "*", "data/states/XAA", "data/states/X"])
def test_a_star_does_not_cross_a_folder(paths: str) -> None:
    assert shown(choose(FOUND, CODES, ignoring("WP501", paths))) == ["XAA WP501", "XAA WP503", "XAB WP501", "workplan.toml WP901"]


def test_an_ignore_still_hides_something_though_nobody_wants_to_see_that_today() -> None:
    chosen = choose(FOUND, CODES, ignoring("WP501"), wish=Wish(select=frozenset({"WP503", "WP901"})))
    assert shown(chosen) == ["XAA WP503"]


def test_an_ignore_of_a_rule_that_did_not_run_is_not_called_needless() -> None:
    assert shown(choose((), CODES, ignoring("WP412"), asleep=frozenset({"WP412"}))) == []
    assert shown(choose((), CODES, ignoring("WP412"))) == ["workplan.toml WP901"]


def test_known_findings_are_hidden_wherever_their_lines_have_moved() -> None:
    moved = [Diagnostic(one.code, one.path, one.message, pointer=one.pointer, span=Span(90, 1, 90, 2)) for one in FOUND]
    chosen = choose(moved, CODES, baseline=known(*FOUND))
    assert (chosen.shown, chosen.hidden) == ((), {"known": 3})


def test_numbers_of_lines_in_a_message_may_move_too() -> None:
    then = finding(CLAIM, XAA, message="the key 'a' stands twice: first in line 3, again in line 5")
    now = finding(CLAIM, XAA, message="the key 'a' stands twice: first in line 13, again in line 15")
    assert choose([now], CODES, baseline=known(then)).shown == ()


def test_a_second_finding_of_the_same_words_is_new() -> None:
    assert shown(choose([FOUND[0], FOUND[0]], CODES, baseline=known(FOUND[0]))) == ["XAA WP501"]


def test_a_fixed_finding_must_leave_the_baseline() -> None:
    (remark,) = choose(FOUND[1:], CODES, baseline=known(*FOUND)).shown
    assert str(remark.code) == "WP902 baseline-fixed"
    assert remark.code.severity is Severity.ERROR
    assert (remark.path, remark.span) == ("known.json", Span(2, 1, 2, 121))
    assert remark.message == f"the known finding WP501 of {XAA} is there no longer: it is so"


def test_one_of_two_equal_findings_that_was_fixed_is_said_of_the_last_line() -> None:
    (remark,) = choose([FOUND[0]], CODES, baseline=known(FOUND[0], FOUND[0])).shown
    assert remark.span is not None
    assert remark.span.line == 3


def test_nothing_is_called_gone_while_a_file_cannot_be_read() -> None:
    broken = finding(SYNTAX, XAB)
    chosen = choose([broken], CODES, ignoring("WP503"), known(*FOUND))
    assert shown(chosen) == ["XAB WP108"]


def test_what_a_rule_that_did_not_run_once_found_is_not_called_gone() -> None:
    expired = finding(EXPIRED, XAA)
    assert choose([], CODES, baseline=known(expired), asleep=frozenset({"WP412"})).shown == ()
    assert shown(choose([], CODES, baseline=known(expired))) == ["known.json WP902"]


def test_a_baseline_holds_what_is_shown_and_what_was_known_and_nothing_about_itself() -> None:
    chosen = choose(FOUND[:2], CODES, ignoring("WP803"), known(FOUND[0], FOUND[2]))
    written = baseline.render(Findings(chosen.shown, known=chosen.known))
    assert [identity[0] for identity, _ in baseline.read(written, "x")] == ["WP501", "WP503"]


def test_a_baseline_is_sorted_and_has_one_finding_a_line() -> None:
    assert baseline.render(Findings((*FOUND[::-1],))) == baseline.render(Findings(FOUND))
    assert baseline.render(Findings(FOUND[:2])).split("\n") == [
        '{"workplan-baseline": 1, "findings": [',
        f'{{"code": "WP501", "path": "{XAA}", "pointer": "/answers/g02", "message": "it is so"}},',
        f'{{"code": "WP503", "path": "{XAA}", "pointer": "/answers/g07", "message": "it is so"}}',
        "]}",
        "",
    ]
    assert baseline.read(baseline.render(Findings()), "x") == ()


def test_a_baseline_that_someone_laid_out_anew_still_counts() -> None:
    import json

    text = json.dumps(json.loads(baseline.render(Findings(FOUND))), indent=4)
    assert choose(FOUND, CODES, baseline=Baseline("known.json", baseline.read(text, "known.json"))).shown == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"findings": []}', '{"workplan-baseline": 1, "findings": [{"code": 1}]}', "[" * 9999]
)
def test_a_file_that_is_no_baseline_is_refused(text: str) -> None:
    with pytest.raises(WorkplanError, match=r"'old\.json' is not a baseline"):
        baseline.read(text, "old.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignore = 3", "workplan.toml: ignore is not a list"),
        ("ignored = []", "workplan.toml has the unknown key 'ignored'"),
        ("[[ignore]]\nreason = 'x'", "workplan.toml: [[ignore]] number 1 has no code"),
        ("[[ignore]]\ncode = 'WP5'", "workplan.toml: the ignore of WP5 has no reason"),
        ("[[ignore]]\ncode = 'WP5'\nreason = ' '", "workplan.toml: the ignore of WP5 has no reason"),
        ("[[ignore]]\ncode = 'WP5'\nreason = 'x'\npath = []", "workplan.toml: the ignore of WP5 has the unknown key 'path'"),
        (
            "[[ignore]]\ncode = 'WP5'\nreason = 'x'\npaths = 'a'",
            "workplan.toml: paths of the ignore of WP5 is not a list of texts",
        ),
        ("a = ", "workplan.toml cannot be read: Invalid value (at end of document)"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(text: str, message: str) -> None:
    with pytest.raises(WorkplanError) as refused:
        parse_settings(Path(), text)
    assert refused.value.message == message
    assert refused.value.hint


def test_an_ignore_knows_its_line_where_it_is_written_as_a_table() -> None:
    text = "# ours\n[[ignore]]\nreason = 'x'\ncode = 'WP5'\n\n[[ ignore ]]\ncode = \"WP6\"\nreason = 'y'\n"
    assert [ignore.span for ignore in parse_settings(Path(), text).ignores] == [Span(4, 8, 4, 13), Span(7, 8, 7, 13)]
    assert [ignore.span for ignore in parse_settings(Path(), "ignore = [{code = 'WP5', reason = 'x'}]").ignores] == [None]
