"""What the pages of WP4 leave out: every form of answer, dates and figures known in part, which of several answers stands."""

import datetime
from collections.abc import Mapping

import pytest
from casebook import base, tree

from workplan_cli.checking.check import check

FIRST = "data/states/XAA/2015-2016/submission.yaml"
SECOND = "data/states/XAA/2017-2018/submission.yaml"
MANDATES = "data/secretariat/2015-2016/submission.yaml"


def codes(files: Mapping[str, str], as_of: datetime.date | None = None) -> list[str]:
    whole = {**base(), **{path: text.encode() for path, text in files.items()}}
    return [one.code.id for one in check(tree(whole), as_of).diagnostics]


def sheet(*answers: str, revision: int = 2) -> str:
    return "answers:\n" + "".join(f"  {a.replace('{', f'{{revision: {revision}, status: final, ', 1)}\n" for a in answers)


FORMS = {
    "g01-law": "result: planned",
    "g01-victims": "values: [{year: 2016, value: 120}]",
    "g01-trained": "values: [{year: 2016, part: 30, whole: 40}]",
    "g01-since": "date: 2014-03",
    "g01-free": "choice: [no-fee]",
    "g01-story": "text: {en: A meeting.}",
}


@pytest.mark.parametrize("id_", FORMS)
def test_an_answer_in_the_form_asked_for_is_clean(id_: str) -> None:
    assert codes({FIRST: sheet(f"{id_}: {{{FORMS[id_]}}}")}) == []


@pytest.mark.parametrize("id_", FORMS)
@pytest.mark.parametrize("form", FORMS.values())
def test_an_answer_in_another_form_is_one_finding(id_: str, form: str) -> None:
    expected = [] if form == FORMS[id_] else ["WP401"]
    assert codes({FIRST: sheet(f"{id_}: {{{form}}}")}) == expected


@pytest.mark.parametrize("id_", FORMS)
@pytest.mark.parametrize(
    ("form", "code"), [("absence: no-information", []), ("note: {en: Later.}", ["WP402"]), ("result: null", ["WP402"])]
)
def test_an_absence_is_an_answer_and_a_note_is_none(id_: str, form: str, code: list[str]) -> None:
    assert codes({FIRST: sheet(f"{id_}: {{{form}}}")}) == code


@pytest.mark.parametrize("id_", FORMS)
def test_an_answer_and_an_absence_are_one_too_many(id_: str) -> None:
    assert codes({FIRST: sheet(f"{id_}: {{{FORMS[id_]}, absence: withheld}}")}) == ["WP402"]


def test_a_carried_answer_is_in_form_too() -> None:
    carried = "answers:\n  g01-law: {revision: 2, status: carried, carried_from: 2015-2016, date: 2014}\n"
    assert codes({FIRST: sheet("g01-law: {result: planned}"), SECOND: carried}) == ["WP401"]


@pytest.mark.parametrize(
    ("mandate", "code"),
    [
        ("m01: {revision: 1, status: final, result: planned}", []),
        ("m01: {revision: 1, status: final, date: 2016}", ["WP401"]),
        ("m01: {revision: 1, status: final, note: {en: Later.}}", ["WP402"]),
        ("m01: {revision: 1, status: final, absence: not-pursued}", ["WP403"]),
        ("m01: {revision: 1, status: final, result: planned, valid: {from: 2016, to: 2015}}", ["WP405"]),
        ("m01: {revision: 2, status: final, result: planned}", ["WP407"]),
        ("m01: {revision: 1, status: carried, result: planned}", ["WP309"]),
        ("g01-law: {revision: 1, status: final, date: 2016}", ["WP312"]),
    ],
)
def test_mandates_are_answered_by_the_same_rules(mandate: str, code: list[str]) -> None:
    assert codes({MANDATES: f"mandates:\n  {mandate}\n"}) == code


def test_a_state_does_not_answer_a_mandate() -> None:
    assert codes({FIRST: sheet("m01: {date: 2016}", revision=9)}) == ["WP302"]


@pytest.mark.parametrize(("status", "code"), [("draft", []), ("final", ["WP403"])])
def test_a_draft_owes_no_reason_yet(status: str, code: list[str]) -> None:
    assert codes({FIRST: f"answers:\n  g01-law: {{revision: 2, status: {status}, absence: not-applicable}}\n"}) == code


@pytest.mark.parametrize("absence", ["no-information", "withheld"])
def test_only_a_choice_owes_a_reason(absence: str) -> None:
    assert codes({FIRST: sheet(f"g01-law: {{absence: {absence}}}")}) == []


@pytest.mark.parametrize(
    ("part", "whole", "fits"),
    [
        ("40", "40", True),
        ("41", "40", False),
        ("0", "0", True),
        ("'<5'", "'<5'", True),
        ("'<5'", "10", True),
        ("'<5'", "0", False),
        ("5", "'<5'", False),
        ("0", "'<5'", True),
    ],
)
def test_a_part_is_in_its_whole_if_any_number_behind_a_suppressed_one_fits(part: str, whole: str, fits: bool) -> None:
    values = f"values: [{{year: 2016, part: {part}, whole: {whole}}}]"
    assert codes({FIRST: sheet(f"g01-trained: {{{values}}}")}) == ([] if fits else ["WP404"])


@pytest.mark.parametrize(
    ("valid", "in_order"),
    [
        ("from: 2014, to: 2014", True),
        ("from: 2014-03, to: 2014", True),
        ("from: 2014-03-07, to: 2014-03", True),
        ("from: 2014-03-07, to: 2014-03-06", False),
        ("from: 2014-03, to: 2014-02", False),
        ("from: 2014", True),
        ("to: 2014", True),
    ],
)
def test_dates_known_in_part_are_reversed_only_where_no_reading_is_in_order(valid: str, in_order: bool) -> None:
    assert codes({FIRST: sheet(f"g01-law: {{result: planned, valid: {{{valid}}}}}")}) == ([] if in_order else ["WP405"])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/guidelines.yaml", "deadline: 2017-01-31", "deadline: 2016-01-31"),
        ("data/guidelines.yaml", "deadline: 2017-01-31, closes: 2017-02-28", "closes: 2016-02-28"),
        ("data/states/XAA/state.yaml", "names:", "membership: [{status: member, since: 1948, until: 1947}]\nnames:"),
    ],
)
def test_rounds_and_memberships_are_in_order_too(path: str, old: str, new: str) -> None:
    text = base()[path]
    assert isinstance(text, bytes)
    assert old in text.decode()
    assert codes({path: text.decode().replace(old, new)}) == ["WP405"]


def figures(*values: str) -> str:
    return sheet(f"g01-victims: {{values: [{', '.join(values)}]}}")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (("{year: 2016, value: 9}", "{year: 2017, value: 9}"), []),
        (("{year: 2016, value: 19}", "{year: 2016, sex: female, value: 9}"), []),
        (("{year: 2016, value: 9}", "{year: 2016, value: 9}"), ["WP409"]),
        (("{year: 2016, sex: female, value: 9}", "{sex: female, year: 2016, value: 8}"), ["WP409"]),
        (("{value: 9}",), ["WP409"]),
        (("{year: 2016, age: child, value: 9}",), ["WP409"]),
    ],
)
def test_a_figure_has_one_place_in_the_table(values: tuple[str, ...], code: list[str]) -> None:
    assert codes({FIRST: figures(*values)}) == code


def test_a_year_nobody_asks_for_is_a_dimension_too_many() -> None:
    text = base()["data/indicators/general.yaml"]
    assert isinstance(text, bytes)
    table = text.decode().replace("by: [year, sex]", "by: [sex]")
    assert codes({"data/indicators/general.yaml": table, FIRST: figures("{year: 2016, value: 9}")}) == ["WP409"]
    assert codes({"data/indicators/general.yaml": table, FIRST: figures("{value: 9}")}) == []


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("result: partial", []),
        ("result: planned", ["WP408"]),
        ("absence: no-information", []),
    ],
)
def test_only_an_answer_excludes_an_answer(first: str, code: list[str]) -> None:
    assert codes({FIRST: sheet(f"g01-line: {{{first}}}", "g01-languages: {choice: [es]}")}) == code


def test_an_answer_to_reworded_text_is_outdated() -> None:
    assert codes({FIRST: sheet("g01-law: {result: planned}", revision=1)}) == ["WP406"]


def test_what_the_same_voice_answered_again_is_history() -> None:
    old, new = sheet("g01-law: {result: planned}", revision=1), sheet("g01-law: {result: planned}")
    assert codes({FIRST: old, SECOND: new}) == []
    assert codes({FIRST: new, SECOND: old}) == ["WP406"]
    assert codes({FIRST: old, SECOND.replace("submission", "desk-review"): new}) == ["WP406"]
    assert codes({FIRST: old, SECOND: sheet("g01-line: {result: planned}")}) == ["WP406"]


def test_an_outdated_answer_of_a_closed_round_is_answered_anew() -> None:
    def hints(state: str) -> list[str]:
        log = f"state: {state}\nlog: [{{on: 2017-03-01, act: {'open' if state == 'open' else 'close'}}}]\n"
        files = {FIRST: sheet("g01-law: {result: planned}", revision=1), "data/rounds/2015-2016.yaml": log}
        whole = {**base(), **{path: text.encode() for path, text in files.items()}}
        return [one.hint.partition("; ")[2] for one in check(tree(whole)).diagnostics if one.code.id == "WP406"]

    assert hints("open") == ["if the answer holds, write revision: 2"]
    assert hints("closed") == ["then answer in a round that is open"]


def test_an_editorial_change_outdates_nothing() -> None:
    text = base()["data/guidelines.yaml"]
    assert isinstance(text, bytes)
    plan = text.decode().replace("{revision: 2, change: meaning,", "{revision: 2, change: editorial,")
    assert codes({"data/guidelines.yaml": plan, FIRST: sheet("g01-law: {result: planned}", revision=1)}) == []


@pytest.mark.parametrize(
    ("to", "as_of", "code"),
    [
        ("2017-12", None, []),
        ("2017-12", datetime.date(2017, 12, 31), []),
        ("2017-12", datetime.date(2018, 1, 1), ["WP412"]),
        ("2017", datetime.date(2017, 6, 1), []),
    ],
)
def test_an_answer_expires_after_the_last_day_its_date_can_mean(to: str, as_of: datetime.date | None, code: list[str]) -> None:
    assert codes({FIRST: sheet(f"g01-law: {{result: planned, valid: {{to: {to}}}}}")}, as_of) == code


def test_an_expired_answer_that_was_replaced_is_history() -> None:
    old, new = sheet("g01-law: {result: planned, valid: {to: 2016}}"), sheet("g01-law: {result: planned, valid: {from: 2017}}")
    assert codes({FIRST: old, SECOND: new}, datetime.date(2018, 12, 31)) == []
