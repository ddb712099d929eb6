"""Coverage: what is counted, over what, and in whose voice."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from casebook import base, cases, read_case, tree
from counting import END, INDICATORS, ROUNDS, count, indicator, no, record, scope_of, sheet, verified, yes

from workplan_cli import resources
from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.coverage import Share
from workplan_cli.analysis.gaps import gaps_of
from workplan_cli.analysis.standing import Flag, Standing
from workplan_cli.analysis.treaties import treaty_tallies
from workplan_cli.analysis.trend import trend
from workplan_cli.checking.survey import open_survey
from workplan_cli.cli import main
from workplan_cli.cli.coverage import count as count_all
from workplan_cli.cli.markdown import escaped
from workplan_cli.cli.named import when
from workplan_cli.cli.scope import Asked, open_in
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.cells import as_csv, rows_of
from workplan_cli.exchange.figures import as_json
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.record import Record
from workplan_cli.storage.revision import revision_of
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.tree import Memory, Refusal

FIRST, SECOND, THIRD = ROUNDS


def stands(whole: Record, id_: str, state: str = "XAA") -> Standing:
    """Where an indicator stands over all rounds."""
    return Cells(whole, verified, END).over(state, whole.indicators[id_], ROUNDS, "state").standing


# What counts


def test_an_honest_no_counts_fully_as_reporting() -> None:
    whole = count(record(sheet("XAA", THIRD, g03_line=no())), ["XAA"], round_=THIRD).whole
    assert whole.reporting == Share(1, 9)
    assert whole.implementation() == Share(0, 1)


def test_not_pursued_is_in_the_denominator_and_not_applicable_is_not() -> None:
    answers = {"g01_law": {"absence": "not-pursued"}, "g03_line": {"absence": "not-applicable"}, "g02_paint": yes()}
    whole = count(record(sheet("XAA", THIRD, **answers)), ["XAA"]).whole
    assert whole.implementation() == Share(1, 2)


def test_partial_and_planned_are_beside_implementation_and_never_halves() -> None:
    answers = {"g01_law": {"result": "partial"}, "g03_line": {"result": "planned"}, "g02_paint": yes()}
    whole = count(record(sheet("XAA", THIRD, **answers)), ["XAA"]).whole
    assert whole.implementation() == Share(1, 3)
    assert (whole.count(Standing.PARTIAL), whole.count(Standing.PLANNED)) == (1, 1)


def test_nothing_of_nothing_is_none_and_never_0_percent() -> None:
    assert Share(0, 0).percent is None
    assert str(Share(0, 0)) == "none"
    assert Share(0, 7).percent == 0


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (1, 201, 0), (7, 7, 100)]
)
def test_percentages_are_whole_with_halves_rounded_up(part: int, whole: int, percent: int) -> None:
    assert Share(part, whole).percent == percent


def test_a_draft_claim_and_an_unverified_one_are_set_apart_by_strict_counting_alone() -> None:
    answers = {"g01_law": yes(status="draft"), "g02_paint": yes("e2"), "g03_line": yes()}
    whole = count(record(sheet("XAA", THIRD, **answers)), ["XAA"]).whole
    assert whole.implementation() == Share(3, 3)
    assert whole.implementation(strict=True) == Share(1, 3)
    assert whole.unverified == 2
    assert whole.evidence == Share(2, 3)


def test_what_is_carried_and_not_confirmed_is_no_answer_and_leaves_bounds_open() -> None:
    carried = yes(status="carried", carried_from=SECOND)
    confirmed = carried | {"confirmed": {"on": "2018-05-02", "role": "Head of office"}}
    assert stands(record(sheet("XAA", THIRD, g03_line=carried)), "g03-line") is Standing.CARRIED
    assert stands(record(sheet("XAA", THIRD, g03_line=confirmed)), "g03-line") is Standing.IMPLEMENTED
    whole = count(record(sheet("XAA", THIRD, g03_line=carried)), ["XAA"]).whole
    assert whole.reporting.part == 0
    assert whole.bounds() == (Share(0, 5), Share(5, 5))


def test_an_answer_in_another_form_than_its_questions_is_counted_by_nothing() -> None:
    answers = {"g01_ships": yes(), "g03_line": {"values": [{"year": 2016, "value": 7}]}}
    assert count(record(sheet("XAA", THIRD, **answers)), ["XAA"]).whole.reporting.part == 0


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        (yes(status="draft"), Flag.DRAFT),
        (yes("e2"), Flag.UNVERIFIED),
        (yes(evidence=[]), Flag.UNVERIFIED),
        (yes(revision=1), Flag.OUTDATED),
        (yes(valid={"from": 2014, "to": 2018 - 1}), Flag.EXPIRED),
    ],
)
def test_a_flag_stands_beside_the_standing_and_does_not_change_it(answer: dict[str, object], flag: Flag) -> None:
    whole = record(sheet("XAA", THIRD, g03_line=answer))
    cell = Cells(whole, verified, END).at("XAA", whole.indicators["g03-line"], THIRD, "state")
    assert (cell.standing, cell.flags) == (Standing.IMPLEMENTED, {flag})


def test_what_holds_to_the_end_of_the_year_has_not_expired_on_its_last_day() -> None:
    whole = record(sheet("XAA", THIRD, g03_line=yes(valid={"to": 2018})))
    assert Cells(whole, verified, END).at("XAA", whole.indicators["g03-line"], THIRD, "state").flags == set()


def test_an_answer_handed_in_after_the_deadline_is_late_and_counts() -> None:
    whole = count(record(sheet("XAA", SECOND, submitted="2017-02-01", g03_line=no())), ["XAA"]).whole
    assert (whole.flags[Flag.LATE], whole.reporting.part) == (1, 1)


# What is asked


@pytest.mark.parametrize(
    ("law", "body"),
    [
        (no(), Standing.NOT_ASKED),
        ({"absence": "not-pursued"}, Standing.NOT_ASKED),
        ({"absence": "not-applicable"}, Standing.NOT_ASKED),
        (yes(), Standing.UNANSWERED),
        ({"absence": "no-information"}, Standing.UNANSWERED),
        ({"absence": "withheld"}, Standing.UNANSWERED),
        (no(status="carried"), Standing.UNANSWERED),
        (None, Standing.UNANSWERED),
    ],
)
def test_only_an_answer_that_settles_the_first_question_makes_the_second_void(
    law: dict[str, object] | None, body: Standing
) -> None:
    answers = {"g01_law": law} if law is not None else {}
    assert stands(record(sheet("XAA", THIRD, **answers)), "g01-body") is body


def test_a_void_question_makes_those_behind_it_void() -> None:
    assert stands(record(sheet("XAA", THIRD, g01_law=no())), "g01-budget") is Standing.NOT_ASKED


def test_an_answer_to_a_void_question_is_an_answer_and_opens_those_behind_it() -> None:
    whole = record(sheet("XAA", THIRD, g01_law=no(), g01_body=yes()))
    assert stands(whole, "g01-body") is Standing.IMPLEMENTED
    assert stands(whole, "g01-budget") is Standing.UNANSWERED


def test_an_option_that_is_not_the_one_wanted_makes_the_next_question_void() -> None:
    assert stands(record(sheet("XAA", THIRD, g02_colour={"choice": ["blue"]})), "g02-paint") is Standing.NOT_ASKED
    assert stands(record(sheet("XAA", THIRD, g02_colour={"choice": ["red"]})), "g02-paint") is Standing.UNANSWERED


def test_what_is_carried_on_a_void_question_is_not_asked() -> None:
    whole = record(sheet("XAA", THIRD, g01_law=no(), g01_body=yes(status="carried")))
    assert stands(whole, "g01-body") is Standing.NOT_ASKED


def test_indicators_that_wait_for_each_other_in_a_circle_are_asked() -> None:
    circle = [indicator("g01-a", asked_if={"g01-b": ["implemented"]}), indicator("g01-b", asked_if={"g01-a": ["implemented"]})]
    assert stands(record(sheet("XAA", THIRD), indicators=circle), "g01-a") is Standing.UNANSWERED


# Several rounds


def test_the_latest_answer_stands_and_says_its_round() -> None:
    whole = record(sheet("XAA", FIRST, g03_line=no()), sheet("XAA", SECOND, g03_line=yes()), sheet("XAA", THIRD))
    cell = Cells(whole, verified).over("XAA", whole.indicators["g03-line"], ROUNDS, "state")
    assert (cell.standing, cell.round) == (Standing.IMPLEMENTED, SECOND)


def test_what_is_withheld_later_stands_and_the_older_answer_does_not() -> None:
    whole = record(sheet("XAA", SECOND, g03_line=yes()), sheet("XAA", THIRD, g03_line={"absence": "withheld"}))
    assert stands(whole, "g03-line") is Standing.WITHHELD


def test_reporting_stays_per_round() -> None:
    figures = count(record(sheet("XAA", SECOND, g03_line=yes()), sheet("XAA", THIRD, g01_law=yes())), ["XAA"])
    assert [tally.reporting.part for tally in figures.rounds.values()] == [0, 1, 1]
    assert figures.whole.reporting.part == 2


def test_a_later_no_makes_an_older_answer_behind_it_void() -> None:
    whole = record(sheet("XAA", SECOND, g01_law=yes(), g01_body=yes(), g01_budget=yes()), sheet("XAA", THIRD, g01_law=no()))
    assert [stands(whole, id_) for id_ in ("g01-body", "g01-budget")] == [Standing.NOT_ASKED] * 2


def test_a_later_yes_puts_a_question_again_that_an_older_no_had_made_void() -> None:
    whole = record(sheet("XAA", SECOND, g01_law=no()), sheet("XAA", THIRD, g01_law=yes()))
    assert stands(whole, "g01-body") is Standing.UNANSWERED


def test_a_void_question_stays_void_through_a_silent_round() -> None:
    whole = record(sheet("XAA", SECOND, g01_law=no()), sheet("XAA", THIRD, g03_line=yes()))
    assert stands(whole, "g01-body") is Standing.NOT_ASKED


RESULTS = {"yes": yes(), "half": {"result": "partial"}, "plan": {"result": "planned"}, "no": no()}
SAID = {
    **RESULTS,
    "n/a": {"absence": "not-applicable"},
    "unknown": {"absence": "no-information"},
    "carried": yes(status="carried"),
    "": None,
}


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("", "", None),
        ("", "no", "new"),
        ("carried", "yes", "new"),
        ("unknown", "plan", "new"),
        ("no", "plan", "improved"),
        ("half", "yes", "improved"),
        ("yes", "half", "went-back"),
        ("plan", "no", "went-back"),
        ("half", "half", "unchanged"),
        ("n/a", "n/a", "unchanged"),
        ("n/a", "unknown", "changed"),
        ("yes", "unknown", "withdrawn"),
        ("yes", "n/a", "withdrawn"),
        ("yes", "", "no-longer-answered"),
        ("yes", "carried", "no-longer-answered"),
        ("unknown", "", "no-longer-answered"),
    ],
)
def test_how_an_answer_moves_from_one_round_to_the_next(before: str, after: str, word: str | None) -> None:
    sheets = [
        sheet("XAA", round_, **({"g03_line": said} if said else {}))
        for round_, said in ((SECOND, SAID[before]), (THIRD, SAID[after]))
    ]
    whole = record(*sheets)
    cells = Cells(whole, verified)
    line = whole.indicators["g03-line"]
    assert trend(cells.at("XAA", line, SECOND, "state"), cells.at("XAA", line, THIRD, "state")) == word


def test_another_value_has_changed_and_is_neither_better_nor_worse() -> None:
    whole = record(sheet("XAA", SECOND, g02_colour={"choice": ["red"]}), sheet("XAA", THIRD, g02_colour={"choice": ["blue"]}))
    cells = Cells(whole, verified)
    colour = whole.indicators["g02-colour"]
    assert trend(cells.at("XAA", colour, SECOND, "state"), cells.at("XAA", colour, THIRD, "state")) == "changed"


def test_a_question_that_is_put_no_longer_has_not_moved() -> None:
    whole = record(sheet("XAA", SECOND, g01_law=yes(), g01_body=yes()), sheet("XAA", THIRD, g01_law=no()))
    cells = Cells(whole, verified)
    body = whole.indicators["g01-body"]
    assert trend(cells.at("XAA", body, SECOND, "state"), cells.at("XAA", body, THIRD, "state")) is None


# Numbers


def ships(*values: Mapping[str, object]) -> dict[str, object]:
    return {"values": values}


def sums(whole: Record) -> dict[tuple[str, int | None], tuple[float, ...] | None]:
    return {(one.indicator, one.year): one.counts for one in count(whole).totals}


def test_numbers_of_states_are_added_by_year() -> None:
    whole = record(
        sheet("XAA", THIRD, g01_ships=ships({"year": 2017, "value": 3}, {"year": 2018, "value": 0.1})),
        sheet("XAB", THIRD, g01_ships=ships({"year": 2017, "value": 4}, {"year": 2018, "value": 0.2})),
    )
    assert sums(whole) == {("g01-ships", 2017): (7,), ("g01-ships", 2018): (0.3,)}


def test_no_total_is_made_across_a_suppressed_count() -> None:
    whole = record(
        sheet("XAA", THIRD, g01_ships=ships({"year": 2017, "value": "<5"})),
        sheet("XAB", THIRD, g01_ships=ships({"year": 2017, "value": 40})),
    )
    (one,) = count(whole).totals
    assert (one.counts, one.why, one.states) == (None, "one of them is suppressed", ("XAA", "XAB"))


def test_figures_that_count_different_things_are_not_added() -> None:
    whole = record(
        sheet("XAA", THIRD, g01_ships=ships({"year": 2017, "value": 3, "size": "large"})),
        sheet("XAB", THIRD, g01_ships=ships({"year": 2017, "value": 4, "size": "small"}, {"year": 2017, "value": 9})),
    )
    assert [(one.dimensions, one.counts) for one in count(whole).totals] == [
        ((), (9,)),
        ((("size", "large"),), (3,)),
        ((("size", "small"),), (4,)),
    ]


def test_numbers_whose_indicator_does_not_allow_it_are_not_put_together() -> None:
    apart = [indicator("g01-ships", "number", aggregate="none")]
    whole = record(sheet("XAA", THIRD, g01_ships=ships({"year": 2017, "value": 3})), indicators=apart)
    assert [(one.counts, one.why) for one in count(whole).totals] == [(None, "the indicator does not allow it")]


def test_rates_are_added_part_by_part_and_whole_by_whole() -> None:
    whole = record(
        sheet("XAA", THIRD, g02_share=ships({"year": 2017, "part": 1, "whole": 10})),
        sheet("XAB", THIRD, g02_share=ships({"year": 2017, "part": 2, "whole": 3})),
    )
    assert sums(whole) == {("g02-share", 2017): (3, 13)}


def test_a_figure_given_again_in_a_later_round_is_the_later_one() -> None:
    whole = record(
        sheet("XAA", SECOND, g01_ships=ships({"year": 2015, "value": 3}, {"year": 2016, "value": 5})),
        sheet("XAA", THIRD, g01_ships=ships({"year": 2016, "value": 6}, {"year": 2017, "value": 7})),
    )
    assert sums(whole) == {("g01-ships", 2015): (3,), ("g01-ships", 2016): (6,), ("g01-ships", 2017): (7,)}


# Voices and levels


def test_voices_are_never_mixed() -> None:
    whole = record(sheet("XAA", THIRD, g03_line=yes()), sheet("XAA", THIRD, "desk-review", g03_line=no(), g01_law=no()))
    assert count(whole, voice="state").whole.reporting == Share(1, 18)
    assert count(whole, voice="desk-review").whole.reporting == Share(2, 16)


def test_a_state_without_a_sheet_is_counted_and_named_as_silent() -> None:
    figures = count(record(sheet("XAA", THIRD, g03_line=yes())))
    assert (figures.spoken, figures.silent) == (("XAA",), ("XAB",))
    assert figures.states["XAB"].reporting == Share(0, 9)


def test_an_indicator_counts_under_its_home_guideline_alone() -> None:
    shared = [indicator("g01-law", also=["g03"])]
    figures = count(record(sheet("XAA", THIRD, g01_law=yes()), indicators=shared), ["XAA"])
    assert {id_: tally.cells for id_, tally in figures.guidelines.items()} == {"g01": 1}


def test_chapters_and_guidelines_stand_in_the_order_of_the_plan_and_states_by_code() -> None:
    figures = count(record(), ["XAC", "XAA", "XAB"])
    assert (list(figures.chapters), list(figures.guidelines)) == (["land", "sea"], ["g01", "g02", "g03"])
    assert list(figures.states) == ["XAA", "XAB", "XAC"]


def test_firm_and_hortatory_guidelines_are_apart() -> None:
    figures = count(record(sheet("XAA", THIRD, g02_paint=yes(), g03_line=yes())), ["XAA"])
    assert {strength.value: tally.implementation() for strength, tally in figures.strengths.items()} == {
        "firm": Share(1, 1),
        "hortatory": Share(1, 1),
    }


def test_an_honest_no_is_no_gap_and_a_claim_without_proof_is_one() -> None:
    whole = record(sheet("XAA", THIRD, g03_line=no(), g01_law=yes("e2"), g02_colour={"absence": "withheld"}))
    found = gaps_of(Cells(whole, verified, END), "XAA", "state", scope_of(whole))
    lacks = {(gap.indicator, gap.lack.value) for gap in found}
    assert ("g01-law", "unevidenced") in lacks
    assert {id_ for id_, _ in lacks}.isdisjoint({"g03-line", "g02-colour"})


# Words of the command line


@pytest.mark.parametrize("word", [None, "2013-2018", "2013–2018", "2013 - 2018", "2018", "2013"])
def test_a_period_may_be_named_in_full_with_any_dash_or_by_a_year_it_begins_or_ends_in(word: str | None) -> None:
    round_, period = when(word, None, None, record().plan)
    assert (round_, period.id) == (None, "2013-2018")


def test_an_unknown_period_is_answered_with_those_that_exist() -> None:
    with pytest.raises(WorkplanError) as stopped:
        when("2030", None, None, record().plan)
    assert (stopped.value.message, stopped.value.hint) == ("there is no period '2030'", "there are: 2013-2018")


def test_of_several_periods_the_latest_is_meant() -> None:
    plan = record().plan
    older = plan.periods[0].model_copy(update={"id": "2009-2012", "as_of": END.replace(year=2012)})
    several = plan.model_copy(update={"periods": (plan.periods[0], older)})
    assert when(None, None, None, several)[1].id == "2013-2018"


def test_a_round_takes_its_day_from_the_period_it_is_in() -> None:
    round_, period = when(None, "2016", None, record().plan)
    assert (round_, period.as_of) == (SECOND, END)


def test_a_round_in_no_period_needs_a_day() -> None:
    plan = record().plan.model_copy(update={"periods": ()})
    with pytest.raises(WorkplanError, match="is in no period"):
        when(None, "2016", None, plan)
    assert when(None, "2016", END, plan)[1].as_of == END


# What is read, and what could not be


def sea(files: Mapping[str, bytes | Refusal]) -> dict[str, int]:
    survey = open_survey(tree({**base(), **files}))
    scope_ = survey.record
    treaties = [one for one in scope_.indicators.values() if one.type == "treaty"]
    (one,) = treaty_tallies(treaties, scope_.treaties, survey.states, END)
    return {word.value: number for word, number in one.counts.items()}


def test_not_a_party_is_unknown_after_the_day_it_was_checked() -> None:
    register = (
        "title: {en: Convention of the Sea, es: Convención del Mar}\n"
        "states:\n  XAA: {action: none, signed: none, checked: %s, sources: []}\n"
    )
    place = "data/registers/treaties/SEA.yaml"
    assert sea({place: (register % "2018-12-31").encode()}) == {"not-party": 1, "unknown": 1}
    assert sea({place: (register % "2018-12-30").encode()}) == {"unknown": 2}


QUOTED = "Every worker has a contract."
COPY = b"Article 1. Every worker\nhas a contract.\n"
TABLE = b"year,ships\n2016,12\n2017,13\n"


def source(archived: str, content: bytes, *more: str) -> bytes:
    from hashlib import sha256

    lines = ["title: A source", f"archived: {archived}", f"sha256: {sha256(content).hexdigest()}", *more]
    return "\n".join(lines).encode() + b"\n"


@pytest.mark.parametrize(
    ("evidence", "files", "is_verified"),
    [
        (f"{{source: law, quotation: {QUOTED}}}", {}, True),
        ("{source: law, quotation: No worker has one.}", {}, False),
        ("{source: law}", {}, False),
        ("{source: nowhere, quotation: Every worker}", {}, False),
        (f"{{source: law, quotation: {QUOTED}, access: restricted}}", {}, False),
        (
            f"{{source: law, quotation: {QUOTED}}}",
            {"data/sources/law.yaml": source("law.txt", COPY, "access: restricted")},
            False,
        ),
        (f"{{source: law, quotation: {QUOTED}}}", {"data/sources/law.yaml": source("law.txt", COPY + b"\n")}, False),
        (f"{{source: law, quotation: {QUOTED}}}", {"data/sources/law.yaml": b"title: A law\nurl: https://example.org/\n"}, False),
        (
            f"{{source: law, quotation: {QUOTED}}}",
            {"data/sources/archive/law.txt": Refusal("unreadable", "permission denied")},
            False,
        ),
        ('{source: table, row: {year: "2016"}, cell: "12"}', {}, True),
        ('{source: table, row: {year: "2016"}, cell: "13"}', {}, False),
        ('{source: table, row: {year: "2016"}}', {}, False),
    ],
)
def test_evidence_is_verified_when_it_is_public_archived_and_found(
    evidence: str, files: Mapping[str, bytes | Refusal], is_verified: bool
) -> None:
    answer = "answers:\n  g01-law: {revision: 2, status: final, result: implemented, evidence: [e1]}\nevidence:\n  e1: "
    there: dict[str, bytes | Refusal] = {
        "data/sources/law.yaml": source("law.txt", COPY),
        "data/sources/archive/law.txt": COPY,
        "data/sources/table.yaml": source("table.csv", TABLE, "media: table", "column: ships"),
        "data/sources/archive/table.csv": TABLE,
        "data/states/XAA/2015-2016/submission.yaml": f"{answer}{evidence}\n".encode(),
    }
    survey = open_survey(tree({**base(), **there, **files}))

    def look(part: object) -> bool:
        (whole,) = part.record.sheets  # type: ignore[attr-defined]
        return part.verified(whole.evidence["e1"])  # type: ignore[attr-defined, no-any-return]

    (looked,) = survey.each(["XAA"], look)
    assert looked.made is is_verified


def test_a_state_is_counted_whose_profile_cannot_be_read() -> None:
    survey = open_survey(tree({**base(), "data/states/XAA/state.yaml": b"names: [\n"}))
    assert survey.states == ("XAA", "XAB")
    assert survey.unread.out == ("states/XAA/state.yaml",)


def test_a_file_with_a_slip_in_its_name_is_left_out_and_not_taken_for_silence() -> None:
    survey = open_survey(tree({**base(), "data/states/XAA/2015-2016/submision.yaml": b"answers: {}\n"}))
    (looked,) = survey.each(["XAA"], lambda part: len(part.record.sheets))
    assert (looked.made, looked.unread.out) == (0, ("states/XAA/2015-2016/submision.yaml",))


def test_the_revision_is_of_content_and_of_names_and_of_nothing_else() -> None:
    one = Memory({"a.yaml": b"1", "b.yaml": b"2"})
    assert revision_of(one) == revision_of(Memory({"b.yaml": b"2", "a.yaml": b"1"}))
    others = [Memory({"a.yaml": b"1"}), Memory({"a.yaml": b"1", "b.yaml": b"3"}), Memory({"a.yaml": b"1", "c.yaml": b"2"})]
    assert len({revision_of(one), *map(revision_of, others)}) == 4
    assert re.fullmatch("[0-9a-f]{12}", revision_of(one))


@pytest.mark.parametrize("page", cases(), ids=lambda page: page.stem)
def test_whatever_is_wrong_with_a_record_the_rest_of_it_is_counted(page: Path) -> None:
    """No example of a broken file makes a fault: it is counted, or the reader is told why nothing can be."""
    files = {**base(), **read_case(page).wrong}
    try:
        opened = open_in(tree(files), Asked())
    except WorkplanError as error:
        told = error.message
    else:
        told = ""
    if told:
        assert re.search(r"the plan has no period|has no round of the plan|data/guidelines.yaml", told)
        return
    coverage, _ = count_all(opened)
    content = json.loads(as_json(coverage))
    assert content["states"] == list(opened.survey.states)
    for voice in content["voices"]:
        counts = voice["all"]["counts"]
        assert sum(counts[standing.value] for standing in Standing) == counts["cells"]
    for state in opened.scope.states:
        (looked,) = opened.survey.each([state], lambda part: Cells(part.record, part.verified, END))
        assert as_csv(rows_of(looked.made, state, opened.voices, opened.scope)).count("\n") > 0


# The commands


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture
def ask(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A command on the example, or on another root, in a pipe."""
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def asked(*arguments: str, root: Path | None = None) -> Said:
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--root", str(root or resources.example())])
        printed = capfdbinary.readouterr()
        return Said(int(stopped.value.code or 0), printed.out.decode(), printed.err.decode())

    return asked


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the example that a test may break."""
    return Path(shutil.copytree(resources.example(), tmp_path / "copy"))


def figures(said: Said) -> dict[str, dict[str, object]]:
    assert (said.code, said.err) == (0, "")
    return {voice["voice"]: voice for voice in json.loads(said.out)["voices"]}


def test_every_share_on_the_page_says_what_it_is_of(ask: Ask) -> None:
    page = ask("coverage").out
    for percent in re.finditer(r"\d+ %", page):
        around = page[max(0, percent.start() - 90) : percent.end() + 40]
        assert re.search(r"\d of \d|\d/\d|% of \d|% to", around), around


def test_the_page_says_when_a_voice_has_no_sheet_at_all(ask: Ask) -> None:
    page = ask("coverage", "--voice", "desk-review", "--round", "2016").out
    assert "No sheet on any of 3 states: this voice is silent. Silence is not a 'no'." in page
    assert "0 of 48 cells asked have an answer (0 %)" in page


def test_json_has_every_level_and_counts_only(ask: Ask) -> None:
    said = ask("coverage", "--format", "json")
    state = figures(said)["state"]
    assert {"all", "rounds", "strengths", "chapters", "guidelines", "states", "moves", "numbers"} <= set(state)
    assert "%" not in said.out
    assert "percent" not in said.out


def test_the_treaties_of_the_example_are_as_of_the_period_or_of_the_day_named(ask: Ask) -> None:
    def pension(*more: str) -> dict[str, int]:
        treaties = json.loads(ask("coverage", "--format", "json", *more).out)["treaties"]
        return next(
            {word: one[word] for word in ("party", "not-party", "unknown")} for one in treaties if one["treaty"] == "PENSION"
        )

    assert pension() == {"party": 2, "not-party": 0, "unknown": 1}
    assert pension("--as-of", "2017-06-30")["unknown"] == 1
    assert pension("--as-of", "2016-01-31")["party"] == 0


def test_a_chapter_and_a_state_narrow_the_figures(ask: Ask) -> None:
    state = figures(ask("coverage", "--format", "json", "--chapter", "assistance", "--state", "arcadia"))["state"]
    assert list(state["states"]) == ["XAA"]  # type: ignore[call-overload]
    assert list(state["guidelines"]) == ["g08", "g09", "g10"]  # type: ignore[call-overload]


def test_two_processes_count_as_one_does(ask: Ask, monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    alone = ask("coverage", "--format", "csv", root=copy)
    for number in range(8):
        shutil.copytree(copy / "data/states/XAB", copy / f"data/states/XX{'ABCDEFGH'[number]}")
    monkeypatch.setattr("workplan_cli.checking.recall.worthwhile", lambda entries: 1)
    one = ask("coverage", "--format", "csv", root=copy)
    monkeypatch.setattr("workplan_cli.checking.recall.worthwhile", lambda entries: 2)
    two = ask("coverage", "--format", "csv", root=copy)
    assert one == two
    assert one != alone


def test_a_file_that_cannot_be_read_is_named_on_both_streams_and_the_exit_code_is_1(ask: Ask, copy: Path) -> None:
    (copy / "data/states/XAA/2017-2018/submission.yaml").write_text("answers: [\n")
    said = ask("coverage", root=copy)
    assert said.code == 1
    assert "1 file is left out: data/states/XAA/2017-2018/submission.yaml" in said.err
    assert "workplan validate" in said.err
    assert "data/states/XAA/2017-2018/submission.yaml" in said.out
    assert json.loads(ask("coverage", "--format", "json", root=copy).out)["left_out"] == ["states/XAA/2017-2018/submission.yaml"]


@pytest.mark.parametrize("command", [["coverage"], ["gaps"], ["explain", "coverage"], ["export", "cells"]])
def test_a_record_without_a_plan_is_wrong_use_and_no_fault(ask: Ask, copy: Path, command: list[str]) -> None:
    (copy / "data/guidelines.yaml").write_text("id: [\n")
    said = ask(*command, root=copy)
    assert (said.code, said.out) == (2, "")
    assert "data/guidelines.yaml cannot be read" in said.err


def test_markdown_shows_hostile_words_as_words(ask: Ask, copy: Path) -> None:
    profile = copy / "data/states/XAC/state.yaml"
    profile.write_text(profile.read_text().replace('en: "Corvania"', 'en: "<script>alert(1)</script> | [x](javascript:y) *b*"'))
    page = ask("coverage", "--by", "state", "--voice", "state", "--format", "md", root=copy).out
    assert "\\<script\\>" in page
    assert "<script" not in page.replace("\\<script", "")
    assert "\\[x\\](javascript:y) \\*b\\*" in page
    assert {line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("| X")} == {6, 12}


@pytest.mark.parametrize(
    ("words", "shown"), [("1. one", "1\\. one"), ("- a", "\\- a"), ("a - b", "a - b"), ("# x", "\\# x"), ("x\ny", "x y")]
)
def test_what_opens_a_block_in_markdown_is_escaped(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_control_characters_in_a_name_do_not_reach_the_screen(ask: Ask, copy: Path) -> None:
    profile = copy / "data/states/XAC/state.yaml"
    profile.write_text(profile.read_text().replace('en: "Corvania"', 'en: "[bold]\\e[31mCorvania"'))
    page = ask("coverage", "--by", "state", root=copy).out
    assert "\x1b" not in page
    assert "[bold]" in page


def test_every_figure_is_explained_by_the_cells_it_is_made_of(ask: Ask) -> None:
    page = ask("explain", "coverage", "--state", "XAB").out
    assert "6 of 14 (43 %)" in page
    assert "= 1 / (1 + 1 + 0 + 1 + 1)" in page
    state = figures(ask("coverage", "--state", "XAB", "--format", "json"))["state"]["all"]
    assert state["reporting"] == {"part": 6, "whole": 14}  # type: ignore[index]
    assert state["implementation"]["relaxed"] == {"part": 1, "whole": 4}  # type: ignore[index]


def test_the_line_an_explanation_names_is_the_line_of_the_answer(ask: Ask) -> None:
    page = ask("explain", "coverage", "--state", "XAA", "--voice", "state", "--measure", "evidence").out
    named = re.findall(r"XAA ([\w-]+):.*?written in\s+(\S+):(\d+)", page, re.S)
    assert len(named) == 7
    for id_, path, line in named:
        text = (resources.example() / path).read_text()
        assert text.splitlines()[int(line) - 1].strip().startswith(f"{id_}:"), (id_, path, line)
        assert SourceMap(text).find(("answers", id_), on_key=True).line == int(line)


def test_of_restricted_evidence_title_and_custodian_are_shown_and_nothing_else(ask: Ask, copy: Path) -> None:
    sheet_ = copy / "data/states/XAB/2015-2016/submission.yaml"
    planted = "access: restricted, quotation: SECRET WORDS, url: https://example.org/SECRET, cell: SECRET"
    text = sheet_.read_text().replace("access: restricted", planted)
    text = text.replace("pinpoint: segundo", "pinpoint: SECRET, access: restricted").replace("El proyecto de ley", "SECRET")
    sheet_.write_text(text)
    said = [
        ask("explain", "coverage", "--state", "XAB", "--round", round_, "--format", shape, root=copy).out
        for shape in ("text", "md")
        for round_ in ("2018", "2016")
    ]
    said += [
        ask(command, "--format", shape, root=copy).out
        for command in ("coverage", "gaps")
        for shape in ("text", "md", "json", "csv")
    ]
    said.append(ask("export", "cells", root=copy).out)
    assert "restricted: Minutes of the inter-ministerial table on rural employment, 2016" in " ".join(said[1].split())
    assert "e1 restricted: Circular No. 3 de 2016" in " ".join(said[1].split())
    assert [page for page in said if "SECRET" in page] == []


def test_gaps_name_the_states_that_report_it_implemented_with_evidence_that_was_found(ask: Ask) -> None:
    gaps = json.loads(ask("gaps", "--state", "XAC", "--voice", "state", "--format", "json").out)["gaps"]
    by_indicator = {gap["indicator"]: gap["implemented_in"] for gap in gaps}
    assert by_indicator["g02-focal"] == [{"voice": "state", "state": "XAA"}, {"voice": "state", "state": "XAB"}]
    assert by_indicator["g07-lodgings"] == []


def test_a_state_is_not_sent_to_itself(ask: Ask) -> None:
    gaps = json.loads(ask("gaps", "--state", "XAA", "--voice", "desk-review", "--format", "json").out)["gaps"]
    by_indicator = {gap["indicator"]: gap["implemented_in"] for gap in gaps}
    assert by_indicator["g02-focal"] == [{"voice": "state", "state": "XAB"}]


def test_gaps_of_one_state_are_part_of_the_gaps_of_all(ask: Ask) -> None:
    whole = ask("gaps", "--format", "csv").out.splitlines()
    own = ask("gaps", "--state", "XAB", "--format", "csv").out.splitlines()
    assert [line for line in whole if ",XAB," in line] == own[1:]
    assert len(own) > 9


def test_signs_are_ascii_where_the_stream_is_and_the_words_stay(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workplan_cli.cli.terminal.glyphs", lambda stream=None: terminal().ASCII)
    page = ask("coverage").out
    assert page.isascii()
    assert "# implemented | + partial | o not implemented" in page


def terminal() -> object:
    from workplan_cli.cli import terminal

    return terminal


def test_states_stand_by_code_whatever_their_figures(ask: Ask) -> None:
    for arguments in (["coverage", "--by", "state"], ["gaps"]):
        codes = re.findall(r"^  (X[A-Z]{2}) ", ask(*arguments).out, re.M)
        assert codes == sorted(codes[:3]) * (len(codes) // 3)


def test_a_new_repository_without_answers_has_coverage_of_nothing(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "new")])
    for command in (["coverage"], ["gaps"], ["explain", "coverage"], ["export", "cells"]):
        said = ask(*command, root=tmp_path / "new")
        assert said.code in (0, 2), said
        assert "fault of the tool" not in said.err


def test_all_indicators_of_these_tests_are_in_the_plan() -> None:
    known: dict[str, Indicator] = record().indicators
    assert set(known) == {str(one["id"]) for one in INDICATORS}
    assert len(scope_of(record()).indicators) == len(INDICATORS)
