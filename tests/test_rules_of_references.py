"""What the pages of WP3 and WP8 leave out: one defect gives one finding, and what could not be read accuses nobody."""

from collections.abc import Mapping

import pytest
from casebook import base, tree

from workplan_cli.checking.check import check
from workplan_cli.diagnostics import closest

PLAN = "data/guidelines.yaml"
TABLE = "data/indicators/general.yaml"
FIRST = "data/states/XAA/2015-2016/submission.yaml"
SECOND = "data/states/XAA/2017-2018/submission.yaml"


def found(files: Mapping[str, str]) -> list[str]:
    """Code, file and message of every finding in the base repository with some files replaced or added."""
    whole = {**base(), **{path: text.encode() for path, text in files.items()}}
    return [f"{one.code.id} {one.path}: {one.message}" for one in check(tree(whole)).diagnostics]


def codes(files: Mapping[str, str]) -> list[str]:
    return [one.partition(" ")[0] for one in found(files)]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    text = base()[path]
    assert isinstance(text, bytes)
    assert old in text.decode()
    return {path: text.decode().replace(old, new, 1)}


def answered(*answers: str) -> str:
    return "answers:\n" + "".join(f"  {answer}\n" for answer in answers)


def test_a_broken_table_of_indicators_accuses_no_answer() -> None:
    broken = changed(TABLE, "es: {en: Spanish, es: español}", "es: Spanish")
    sheet = answered(
        "g01-gone: {revision: 2, status: final, result: planned}", "g01-languages: {revision: 2, status: final, choice: [es]}"
    )
    assert codes({**broken, FIRST: sheet}) == ["WP203"]


def test_a_broken_need_in_the_plan_accuses_no_answer() -> None:
    broken = changed(PLAN, "training: {en: training, es: formación}", "training: training")
    assert codes({**broken, FIRST: answered("g01-law: {revision: 2, status: final, result: planned, needs: [training]}")}) == [
        "WP203"
    ]


def test_a_broken_history_is_not_found_again_in_every_answer() -> None:
    broken = changed(PLAN, "        revision: 2\n", "        revision: 1\n")
    sheet = answered(*(f"{id_}: {{revision: 2, status: final, result: planned}}" for id_ in ("g01-law", "g01-line")))
    assert codes({**broken, FIRST: sheet}) == ["WP308"]


def test_a_broken_profile_is_still_a_profile() -> None:
    profile = {"data/states/XAB/state.yaml": "names: Borduria\n"}
    sheet = answered("g01-law: {revision: 2, status: final, result: planned}")
    assert codes({**profile, "data/states/XAB/2015-2016/submission.yaml": sheet}) == ["WP203"]


def test_a_broken_earlier_round_leaves_carried_answers_alone() -> None:
    carried = answered("g01-law: {revision: 2, status: carried, carried_from: 2015-2016, result: planned}")
    assert codes({FIRST: "answers: [", SECOND: carried}) == ["WP108"]


def test_a_misnamed_folder_is_reported_once() -> None:
    sheet = answered("g01-law: {revision: 2, status: final, result: planned}")
    files = {f"data/states/XAA/2015-2106/{name}.yaml": sheet for name in ("submission", "assessment", "desk-review")}
    assert codes(files) == ["WP303"]


def test_a_state_without_a_profile_is_reported_once() -> None:
    sheet = answered("g01-law: {revision: 2, status: final, result: planned}")
    assert codes({f"data/states/XAC/{round_}/submission.yaml": sheet for round_ in ("2015-2016", "2017-2018")}) == ["WP314"]


@pytest.mark.parametrize("path", ["data/secretariat/2019/submission.yaml", "data/rounds/2019.yaml"])
def test_files_outside_the_states_are_of_a_round_too(path: str) -> None:
    text = "state: open\nlog: [{on: 2019-01-01, act: open}]\n" if "rounds" in path else "mandates: {}\n"
    assert codes({path: text}) == ["WP303"]


def test_a_source_that_is_cited_often_is_reported_once() -> None:
    sheet = answered("g01-law: {revision: 2, status: final, result: implemented, evidence: [e1, e2]}")
    sheet += "evidence:\n  e1: {source: lost, pinpoint: p. 1}\n  e2: {source: lost, pinpoint: p. 2}\n"
    assert found({FIRST: sheet}) == [
        "WP304 states/XAA/2015-2016/submission.yaml: source 'lost' is not in data/sources/ (cited 2 times in this file)"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PLAN, "adopted: 2014-12-05", "sources: [lost]"),
        ("data/states/XAA/state.yaml", "names:", "sources: [lost]\nnames:"),
        ("data/states/XAA/state.yaml", "names:", "membership: [{status: member, sources: [lost]}]\nnames:"),
        ("data/states/XAA/state.yaml", "names:", "focal: {institution: {en: Ministry}, sources: [lost]}\nnames:"),
        ("data/registers/treaties/SEA.yaml", "sources: [xaa-law]", "sources: [xaa-law, lost]"),
    ],
)
def test_sources_are_looked_up_wherever_they_are_cited(path: str, old: str, new: str) -> None:
    assert codes(changed(path, old, new)) == ["WP304"]


def test_a_table_named_after_no_chapter_is_reported_once() -> None:
    text = base()[TABLE]
    assert isinstance(text, bytes)
    whole = {path: content for path, content in base().items() if path != TABLE} | {"data/indicators/generl.yaml": text}
    assert [one.code.id for one in check(tree(whole)).diagnostics] == ["WP301"]


SECOND_CHAPTER = """\
  - id: later
    number: II.
    heading: {en: LATER, es: DESPUÉS}
    guidelines:
      - id: g03
        number: "3."
        addressee: states
        strength: firm
        revision: 1
        history: [{revision: 1, change: initial, text: {en: Act.}}]
mandates:
"""
TWO_CHAPTERS = changed(PLAN, "mandates:\n", SECOND_CHAPTER)


def later(id_: str, guideline: str) -> dict[str, str]:
    texts = "question: {en: How?, es: ¿Cómo?}, guidance: {en: Any., es: Alguno.}"
    row = f"{{id: {id_}, guideline: {guideline}, revision: 1, type: text, kind: process, {texts}}}"
    table = f"table: working\ntranslation: {{en: unofficial, es: unofficial}}\nindicators:\n  - {row}\n"
    return {"data/indicators/later.yaml": table}


def test_an_id_taken_in_another_table_says_in_which() -> None:
    assert found({**TWO_CHAPTERS, **later("g01-law", "g03")}) == [
        "WP305 indicators/later.yaml: the id 'g01-law' is taken: an indicator of indicators/general.yaml has it"
    ]


def test_an_indicator_stands_in_the_table_of_its_chapter() -> None:
    assert codes({**TWO_CHAPTERS, **later("g02-how", "g02")}) == ["WP307", "WP301"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- id: g02\n", "- id: g01\n"),
        ("id: g02.i", "id: g02"),
        ("- id: m01", "- id: g01"),
        ("- {id: 2017-2018}", "- {id: 2017-2018}\n  - {id: 2017-2018}"),
    ],
)
def test_an_id_of_the_plan_is_given_once(old: str, new: str) -> None:
    assert "WP305" in codes(changed(PLAN, old, new))


def test_a_copied_guideline_accuses_no_indicator() -> None:
    text = base()[PLAN]
    assert isinstance(text, bytes)
    first = text.decode().partition("      - id: g01\n")[2].partition("      - id: g02\n")[0]
    copied = first.replace("revision: 2\n        history", "revision: 1\n        history").rpartition("          - ")[0]
    again = changed(PLAN, "      - id: g02\n", f"      - id: g01\n{copied}      - id: g02\n")
    assert codes({**again, FIRST: answered("g01-law: {revision: 2, status: final, result: planned}")}) == ["WP305"]


def test_a_slip_in_a_treatys_name_is_found_where_it_is() -> None:
    assert codes(changed(PLAN, "treaties: [SEA]", "treaties: [SEE]")) == ["WP306"]
    assert codes(changed(TABLE, "treaty: SEA", "treaty: SEE")) == ["WP306"]
    assert codes(
        {**changed(PLAN, "treaties: [SEA]", "treaties: [SEA, AIR]"), **changed(TABLE, "treaty: SEA", "treaty: AIR")}
    ) == ["WP306"]


def test_activities_of_two_mandates_may_share_an_id() -> None:
    activity = "{id: a1, on: 2016, title: {en: A course.}}"
    mandate = f"m01: {{revision: 1, status: final, result: partial, activities: [{activity}, {activity}]}}"
    path = "data/secretariat/2015-2016/submission.yaml"
    assert codes({path: f"mandates:\n  {mandate}\n"}) == ["WP305"]


@pytest.mark.parametrize(
    ("asked_if", "code"),
    [
        ("{g01-line: [implemented]}", []),
        ("{g01-free: [yes-free]}", []),
        ("{g01-line: [es]}", ["WP311"]),
        ("{g01-free: [yes]}", ["WP311"]),
        ("{g01-victims: [implemented]}", ["WP311"]),
        ("{g01-line: []}", ["WP311"]),
        ("{g01-languages: [es]}", ["WP311"]),
        ("{g01-lime: [implemented]}", ["WP302"]),
    ],
)
def test_a_condition_can_hold(asked_if: str, code: list[str]) -> None:
    assert codes(changed(TABLE, "asked_if: {g01-line: [implemented, partial]}", f"asked_if: {asked_if}")) == code


@pytest.mark.parametrize("kind", ["addressee: states", "version"])
def test_words_of_the_plan_are_defined_in_it(kind: str) -> None:
    old, new = ("change: initial,", "change: initial, version: second,") if kind == "version" else (kind, "addressee: stats")
    assert codes(changed(PLAN, old, new)) == ["WP312"]


def test_a_reply_may_be_words_alone_and_goes_to_one_voice() -> None:
    folder = "data/states/XAA/2015-2016"
    files = {
        f"{folder}/civil-society/lantern.yaml": "organisation: Lantern\n"
        + answered("g01-law: {revision: 2, status: final, result: planned}"),
        f"{folder}/reply.yaml": answered("g01-law: {revision: 2, status: final, to: civil-society/lantern, note: {en: Not so.}}"),
    }
    assert codes(files) == []
    assert codes({**files, f"{folder}/reply.yaml": files[f"{folder}/reply.yaml"].replace("lantern,", "lanterns,")}) == ["WP310"]
    assert codes({**files, f"{folder}/reply.yaml": files[f"{folder}/reply.yaml"].replace(", note: {en: Not so.}", "")}) == [
        "WP402"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PLAN, "training: {en: training, es: formación}", "training: {en: training, fr: formation, es: formación}"),
        (PLAN, "text: {en: Adopt a law.,", "text: {fr: Adopter., en: Adopt a law.,"),
        (TABLE, "of: {part: {en: trained,", "of: {part: {fr: formés, en: trained,"),
        ("data/registers/treaties/SEA.yaml", "title: {en:", "title: {fr: Mer, en:"),
        ("data/states/XAA/state.yaml", "names: {", "names: {fr: Arcadie, "),
    ],
)
def test_a_language_the_plan_does_not_have_is_found_everywhere(path: str, old: str, new: str) -> None:
    assert codes(changed(path, old, new)) == ["WP802"]


def test_the_same_goes_for_evidence_and_activities() -> None:
    sheet = answered("g01-law: {revision: 2, status: final, result: implemented, evidence: [e1]}")
    assert codes({FIRST: sheet + "evidence: {e1: {source: xaa-law, pinpoint: art. 7, note: {fr: La loi.}}}\n"}) == ["WP802"]
    mandate = "m01: {revision: 1, status: final, result: partial, activities: [{id: a1, on: 2016, title: {fr: Un cours.}}]}"
    assert codes({"data/secretariat/2015-2016/submission.yaml": f"mandates:\n  {mandate}\n"}) == ["WP802"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PLAN, "training: {en: training, es: formación}", "training: {es: formación}"),
        (PLAN, "secretariat: {en: secretariat, es: secretaría}", "secretariat: {en: secretariat}"),
        (TABLE, "es: {en: Spanish, es: español}", "es: {es: español}"),
        (TABLE, "whole: {en: staff, es: personal}", "whole: {en: staff}"),
        (TABLE, ", es: Una ley vigente.", ""),
    ],
)
def test_the_repositorys_own_words_are_owed_in_every_language(path: str, old: str, new: str) -> None:
    assert codes(changed(path, old, new)) == ["WP801"]


def test_the_plans_own_text_is_not_owed() -> None:
    assert codes(changed(PLAN, "text: {en: Adopt a law., es: Adoptar una ley.}", "text: {en: Adopt a law.}")) == []


def test_a_table_in_one_language_says_so_once() -> None:
    without = changed(TABLE, ", es: Una ley vigente.", "")[TABLE]
    assert codes({TABLE: without.replace("es: unofficial", "es: missing")}) == ["WP803"], "there are other texts in es"


def test_a_guideline_is_found_without_its_zero() -> None:
    guidelines = [f"g{number:02}" for number in range(1, 61)]
    assert [closest(word, guidelines) for word in ("g1", "G01", "g-22", "g022", "x99")] == ["g01", "g01", "g22", "g22", None]
