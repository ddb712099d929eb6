"""The laws of coverage, over generated records; and the same figures, made anew from the exported cells by a second hand."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from counting import END, ROUNDS, count, record, scope_of, sheet, verified
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workplan_cli import resources
from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.chain import Measure, chain, share_of
from workplan_cli.analysis.coverage import Share, Tally, tally, total
from workplan_cli.analysis.levels import Coverage, Figures, figures_of, put_together
from workplan_cli.analysis.standing import ANSWERS, CLAIMS, MISSING, Cell, Standing
from workplan_cli.cli import main
from workplan_cli.exchange.cells import as_csv, rows_of
from workplan_cli.exchange.figures import as_json
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet

STATES = ("XAA", "XAB", "XAC")
VOICES = ("state", "desk-review")

RESULTS = ("implemented", "partial", "planned", "not-implemented")
ABSENCES = ("not-applicable", "not-pursued", "no-information", "withheld")
EVIDENCE = st.lists(st.sampled_from(["e1", "e2", "e9"]), max_size=2, unique=True)
ENDS = st.sampled_from([None, {"to": 2016}, {"to": 2018}, {"from": 2019}])
ABSENT = st.sampled_from(ABSENCES).map(lambda absence: {"absence": absence})
SCALED = st.one_of(st.sampled_from(RESULTS).map(lambda result: {"result": result}), ABSENT)
CHOSEN = st.one_of(st.sampled_from(["red", "blue"]).map(lambda option: {"choice": [option]}), ABSENT)
COUNTS = st.one_of(st.just("<5"), st.integers(0, 99))
NUMBERED = st.one_of(
    st.lists(st.fixed_dictionaries({"year": st.integers(2013, 2018), "value": COUNTS}), min_size=1, max_size=2).map(
        lambda values: {"values": values}
    ),
    ABSENT,
)
RATED = st.fixed_dictionaries({"part": COUNTS, "whole": COUNTS}).map(lambda value: {"values": [{"year": 2017, **value}]})
TOLD = st.just({"text": {"en": "So it is."}})
SAYINGS = {
    **dict.fromkeys(("g01_law", "g01_body", "g01_budget", "g02_paint", "g03_line"), SCALED),
    "g01_ships": NUMBERED,
    "g02_colour": CHOSEN,
    "g02_share": RATED,
    "g03_note": TOLD,
}


@st.composite
def answers(draw: st.DrawFn, id_: str) -> dict[str, object]:
    """An answer of any kind, in any working state, with or without proof."""
    said = dict(draw(SAYINGS[id_]))
    status = draw(st.sampled_from(["final", "final", "draft", "carried"]))
    said |= {"status": status, "revision": draw(st.sampled_from([1, 2])), "evidence": draw(EVIDENCE)}
    valid = draw(ENDS)
    if valid is not None:
        said["valid"] = valid
    if status == "carried" and draw(st.booleans()):
        said["confirmed"] = {"on": "2018-05-02", "role": "Head of office"}
    return said


@st.composite
def sheets(draw: st.DrawFn, voices: Sequence[str] = VOICES) -> list[AnswerSheet]:
    """Some sheets: of each state, round and voice one or none, each question answered or not."""
    places = [(state, round_, voice) for state in STATES for round_ in ROUNDS for voice in voices]
    found = []
    for state, round_, voice in draw(st.lists(st.sampled_from(places), max_size=6, unique=True)):
        ids = draw(st.lists(st.sampled_from(list(SAYINGS)), max_size=6, unique=True))
        day = draw(st.sampled_from([None, "2017-01-31", "2017-02-01"]))
        found.append(sheet(state, round_, voice, day, **{id_: draw(answers(id_)) for id_ in ids}))
    return found


def standing_cells(whole: Record, voice: str = "state") -> list[Cell]:
    return list(Cells(whole, verified, END).all_over(ROUNDS, voice, STATES))


def exactly(share: Share) -> Fraction:
    return Fraction(share.part, share.whole)


# The laws


@given(sheets())
def test_the_standings_partition_the_cells(given_: list[AnswerSheet]) -> None:
    whole = record(*given_)
    for voice in VOICES:
        figures = count(whole, STATES, voice)
        assert figures.whole.cells == len(STATES) * 9
        assert figures.whole.standings.total() == figures.whole.cells
        assert figures.whole.asked + figures.whole.standings[Standing.NOT_ASKED] == figures.whole.cells
        on_scale = figures.whole
        left_out = on_scale.scale[Standing.NOT_APPLICABLE] + on_scale.scale[Standing.NOT_ASKED]
        assert on_scale.applicable + on_scale.missing + left_out == len(STATES) * 5


@given(sheets(), st.data())
def test_tallies_add_up_over_any_split(given_: list[AnswerSheet], data: st.DataObject) -> None:
    cells = standing_cells(record(*given_))
    into = data.draw(st.lists(st.integers(0, 3), min_size=len(cells), max_size=len(cells)))
    parts = [[cell for cell, part in zip(cells, into, strict=True) if part == number] for number in range(4)]
    assert total(tally(part) for part in parts) == tally(cells)
    assert tally(parts[0]) + tally([*parts[1], *parts[2], *parts[3]]) == tally(cells)


@given(sheets())
def test_every_level_adds_up_to_the_whole(given_: list[AnswerSheet]) -> None:
    figures = count(record(*given_), STATES)
    for level in (figures.states, figures.guidelines, figures.chapters, figures.strengths):
        tallies: Iterable[Tally] = level.values()
        assert total(tallies) == figures.whole
    assert figures.whole == tally(standing_cells(record(*given_)))


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_states_is_irrelevant(given_: list[AnswerSheet], chance: Any) -> None:
    shuffled = list(given_)
    chance.shuffle(shuffled)
    whole = record(*shuffled)
    scope = scope_of(whole, STATES)
    cells = Cells(whole, verified, scope.as_of)
    parts = [figures_of(cells, state, "state", scope) for state in STATES]
    chance.shuffle(parts)
    (other,) = put_together(parts, scope, ("state",))
    one = count(record(*given_), STATES)
    assert [getattr(one, level) for level in LEVELS] == [getattr(other, level) for level in LEVELS]
    assert list(other.states) == list(STATES)


LEVELS = ("whole", "rounds", "strengths", "chapters", "guidelines", "states", "moves", "totals", "spoken", "silent")


@given(sheets())
def test_strict_is_never_above_relaxed_and_has_its_denominator(given_: list[AnswerSheet]) -> None:
    figures = count(record(*given_), STATES)
    for one in (figures.whole, *figures.guidelines.values(), *figures.states.values()):
        strict, relaxed = one.implementation(strict=True), one.implementation()
        assert strict.whole == relaxed.whole
        assert strict.part <= relaxed.part
        assert sum(one.count(claim) - one.count(claim, strict=True) for claim in CLAIMS) == one.unverified


@given(sheets(("state",)), st.data())
def test_adding_evidence_never_lowers_strict_and_changes_no_denominator(given_: list[AnswerSheet], data: st.DataObject) -> None:
    places = [(number, id_) for number, one in enumerate(given_) for id_ in one.answers]
    assume(places)
    number, id_ = data.draw(st.sampled_from(places))
    chosen = given_[number]
    answer = chosen.answers[id_]
    proven = answer.model_copy(update={"evidence": (*answer.evidence, "e1")})
    more = [*given_[:number], chosen.model_copy(update={"answers": chosen.answers | {id_: proven}}), *given_[number + 1 :]]
    before, after = count(record(*given_), STATES).whole, count(record(*more), STATES).whole
    assert after.implementation() == before.implementation()
    assert after.implementation(strict=True).whole == before.implementation(strict=True).whole
    assert after.implementation(strict=True).part >= before.implementation(strict=True).part
    assert (after.evidence.part >= before.evidence.part, after.evidence.whole) == (True, before.evidence.whole)


@given(sheets(("state",)), st.data())
@settings(max_examples=300)
def test_the_bounds_contain_the_value_once_the_missing_answers_arrive(given_: list[AnswerSheet], data: st.DataObject) -> None:
    whole = record(*given_)
    before = standing_cells(whole)
    arrived = dict[str, dict[str, dict[str, object]]]()
    for cell in before:
        if cell.standing in MISSING and (cell.on_scale or cell.indicator.id == "g02-colour"):
            id_ = cell.indicator.id.replace("-", "_")
            arrived.setdefault(cell.state, {})[id_] = data.draw(settled(id_), label=f"{cell.state} {id_}")
    later = record(*with_answers(given_, arrived))
    after = standing_cells(later)
    was = {(cell.state, cell.indicator.id): cell.standing for cell in before}
    is_ = {(cell.state, cell.indicator.id): cell.standing for cell in after}
    # No answer that was given is made void by a new one: that would be a change of what is known, not of what is missing.
    assume(all(is_[key] is standing for key, standing in was.items() if standing not in MISSING))
    assert not any(cell.standing in MISSING for cell in after if cell.on_scale)
    for strict in (False, True):
        low, high = tally(before).bounds(strict)
        value = tally(after).implementation(strict)
        if value.whole:
            assert exactly(low) <= exactly(value) <= exactly(high)


def settled(id_: str) -> st.SearchStrategy[dict[str, object]]:
    """An answer that leaves nothing open, proven or not."""
    if id_ == "g02_colour":
        said: st.SearchStrategy[dict[str, object]] = st.sampled_from(["red", "blue"]).map(lambda option: {"choice": [option]})
    else:
        said = st.sampled_from(
            [*({"result": result} for result in RESULTS), {"absence": "not-applicable"}, {"absence": "not-pursued"}]
        )
    return st.tuples(said, EVIDENCE).map(lambda pair: {**pair[0], "evidence": pair[1]})


def with_answers(
    given_: Sequence[AnswerSheet], arrived: Mapping[str, Mapping[str, Mapping[str, object]]]
) -> Iterator[AnswerSheet]:
    """The sheets with new answers in each state's last one."""
    last = {(one.state, one.round): one for one in given_ if one.round == ROUNDS[-1]}
    yield from (one for one in given_ if one.round != ROUNDS[-1])
    for state in STATES:
        new = sheet(state, ROUNDS[-1], **arrived.get(state, {}))
        there = last.get((state, ROUNDS[-1]))
        if there is not None:
            yield there.model_copy(update={"answers": {**there.answers, **new.answers}})
        elif new.answers:
            yield new


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_none_for_nothing_of_nothing_and_only_then(part: int, more: int) -> None:
    share = Share(part, part + more)
    assert (share.percent is None) is (share.whole == 0)
    if share.percent is not None:
        assert abs(Fraction(share.percent, 100) - exactly(share)) <= Fraction(1, 200)


@given(sheets(), st.booleans())
def test_the_cells_that_explain_a_figure_make_that_figure(given_: list[AnswerSheet], strict: bool) -> None:
    cells = standing_cells(record(*given_))
    whole = tally(cells)
    assert share_of(chain(cells, Measure.REPORTING)) == whole.reporting
    assert share_of(chain(cells, Measure.EVIDENCE)) == whole.evidence
    assert share_of(chain(cells, Measure.IMPLEMENTATION, strict)) == whole.implementation(strict)


@given(sheets())
def test_over_one_round_the_cell_of_that_round_stands(given_: list[AnswerSheet]) -> None:
    cells = Cells(record(*given_), verified, END)
    for state in STATES:
        for round_ in ROUNDS:
            for indicator in cells.indicators:
                assert cells.over(state, indicator, (round_,), "state") == cells.at(state, indicator, round_, "state")


@given(sheets())
def test_no_total_stands_beside_a_suppressed_count(given_: list[AnswerSheet]) -> None:
    figures = count(record(*given_), STATES)
    hidden = {
        (one.indicator, one.key) for part in figures.parts for one in part.figures if any(c.is_suppressed for c in one.counts)
    }
    for one in figures.totals:
        assert (one.counts is None) is ((one.indicator, (one.year, one.dimensions)) in hidden)


# The same figures by a second hand: from the rows of `export cells`, by the definitions of docs/coverage.md, with none of
# our code.


def recomputed(rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, str, str], dict[str, int]]:
    """The counts of every voice at every level, from rows that are cells."""
    rounds = list(dict.fromkeys(row["round"] for row in rows))
    answered = {*RESULTS, "reported", *ABSENCES}
    by_question = defaultdict[tuple[str, str, str], dict[str, Mapping[str, str]]](dict)
    for row in rows:
        by_question[row["voice"], row["state"], row["indicator"]][row["round"]] = row
    found = defaultdict[tuple[str, str, str], dict[str, int]](lambda: defaultdict(int))

    def last_answer(voice: str, state: str, indicator: str) -> int:
        cells = by_question[voice, state, indicator]
        return max((rounds.index(round_) for round_, row in cells.items() if row["standing"] in answered), default=-1)

    def void(voice: str, state: str, indicator: str) -> int:
        """The place of the round in which an answer above made a question void; -1 while it is put.

        Whether an answer is one that makes it void shows in its round: there the question is not asked."""
        cells = by_question[voice, state, indicator]
        places = [-1]
        for above in next(iter(cells.values()))["asked_if"].split():
            answer, itself = last_answer(voice, state, above), void(voice, state, above)
            if itself > answer:
                places.append(itself)
            elif answer >= 0 and cells[rounds[answer]]["standing"] == "not-asked":
                places.append(answer)
        return max(places)

    for (voice, state, indicator), cells in by_question.items():
        own, since = last_answer(voice, state, indicator), void(voice, state, indicator)
        stands = cells[rounds[max(own, since)]] if max(own, since) >= 0 else None
        if stands is None:
            carried = [row for row in cells.values() if row["standing"] == "carried"]
            stands = carried[-1] if carried else cells[rounds[-1]]
        assert [row["round"] for row in cells.values() if row["stands"] == "1"] == [stands["round"]], (voice, state, indicator)
        for key in levels(stands):
            add(found[key], stands)
        for row in cells.values():
            add(found[voice, "round", row["round"]], row)
    return {key: dict(counts) for key, counts in found.items()}


def levels(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield row["voice"], "all", ""
    for level in ("strength", "chapter", "guideline", "state"):
        yield row["voice"], level, row[level]


def add(counts: dict[str, int], row: Mapping[str, str]) -> None:
    """One cell added to the counts it belongs to."""
    standing, on_scale = row["standing"], row["type"] == "implementation"
    is_claim = on_scale and standing in ("implemented", "partial")
    doubtful = row["unverified"] == "1" or row["draft"] == "1"
    counts["cells"] += 1
    counts[standing] += 1
    counts["asked"] += standing != "not-asked"
    counts["answered"] += standing in {*RESULTS, "reported", *ABSENCES}
    counts["applicable"] += on_scale and standing in {*RESULTS, "not-pursued"}
    counts["missing"] += on_scale and standing in {"no-information", "withheld", "carried", "unanswered"}
    counts["implemented_strict"] += on_scale and standing == "implemented" and not doubtful
    counts["claims"] += is_claim
    counts["verified"] += is_claim and row["unverified"] == "0"
    counts["set_apart"] += is_claim and doubtful
    for flag in ("draft", "unverified", "outdated", "expired", "late"):
        counts[flag] += row[flag] == "1"


def printed(figures: Mapping[str, Any]) -> dict[tuple[str, str, str], dict[str, int]]:
    """The counts in the JSON of `coverage`, in the shape of `recomputed`."""
    found = {}
    for voice in figures["voices"]:
        found[voice["voice"], "all", ""] = voice["all"]
        for level in ("round", "strength", "chapter", "guideline", "state"):
            for id_, one in voice[f"{level}s"].items():
                found[voice["voice"], level, id_] = one
    return {key: one["counts"] for key, one in found.items()}


def assert_same(figures: Mapping[str, Any], table: str) -> None:
    ours, theirs = printed(figures), recomputed(list(csv.DictReader(io.StringIO(table))))
    assert {key for key, counts in ours.items() if counts["cells"]} == set(theirs)
    for key, counts in theirs.items():
        assert {name: number for name, number in ours[key].items() if number} == {name: n for name, n in counts.items() if n}, key
    for voice in figures["voices"]:
        one, counts = voice["all"], theirs[voice["voice"], "all", ""]
        open_too = counts["applicable"] + counts["missing"]
        assert one["reporting"] == {"part": counts["answered"], "whole": counts["asked"]}
        assert one["implementation"]["relaxed"] == {"part": counts.get("implemented", 0), "whole": counts["applicable"]}
        assert one["implementation"]["strict"] == {"part": counts["implemented_strict"], "whole": counts["applicable"]}
        assert one["implementation"]["bounds_relaxed"] == [
            {"part": counts.get("implemented", 0), "whole": open_too},
            {"part": counts.get("implemented", 0) + counts["missing"], "whole": open_too},
        ]
        assert one["evidence"] == {"part": counts["verified"], "whole": counts["claims"]}


@given(sheets())
@settings(max_examples=200)
def test_the_figures_of_a_generated_record_can_be_made_anew_from_its_cells(given_: list[AnswerSheet]) -> None:
    whole = record(*given_)
    scope = scope_of(whole, STATES)
    cells = Cells(whole, verified, scope.as_of)
    parts = [figures_of(cells, state, voice, scope) for state in STATES for voice in VOICES]
    coverage = Coverage(scope, put_together(parts, scope, VOICES), ())
    rows = [row for state in STATES for row in rows_of(cells, state, VOICES, scope)]
    assert_same(json.loads(as_json(coverage)), as_csv(rows))


@pytest.mark.parametrize("narrowed", [[], ["--round", "2016"], ["--chapter", "season", "--state", "XAA", "--state", "XAB"]])
@pytest.mark.parametrize("root", [resources.example(), Path(__file__).resolve().parent.parent], ids=["example", "record"])
def test_the_figures_of_a_repository_can_be_made_anew_from_its_cells(
    root: Path, narrowed: list[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    if root != resources.example() and "--chapter" in narrowed:
        narrowed = ["--chapter", "prevention"]

    def ask(*arguments: str) -> str:
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, *narrowed, "--root", str(root)])
        assert stopped.value.code == 0
        return capfdbinary.readouterr().out.decode()

    assert_same(json.loads(ask("coverage", "--format", "json")), ask("export", "cells"))


def test_pandas_reads_the_cells_and_counts_as_we_do(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    import pandas as pd

    def ask(*arguments: str) -> str:
        with pytest.raises(SystemExit):
            main([*arguments, "--root", str(resources.example())])
        return capfdbinary.readouterr().out.decode()

    cells = pd.read_csv(io.StringIO(ask("export", "cells")), dtype=str, keep_default_na=False)
    standing = cells[(cells["stands"] == "1") & (cells["voice"] == "state")]
    scale = standing[standing["type"] == "implementation"]
    applies = scale[scale["standing"].isin([*RESULTS, "not-pursued"])]
    by_state = applies.groupby("state")["standing"].agg([lambda found: (found == "implemented").sum(), "size"])
    (state,) = [voice for voice in json.loads(ask("coverage", "--format", "json"))["voices"] if voice["voice"] == "state"]
    shares = {code: one["implementation"]["relaxed"] for code, one in state["states"].items()}
    assert {code: share for code, share in shares.items() if share["whole"]} == {
        str(code): {"part": int(row.iloc[0]), "whole": int(row.iloc[1])} for code, row in by_state.iterrows()
    }


def test_the_words_of_these_tests_are_those_of_the_record() -> None:
    assert {*RESULTS, "reported", *ABSENCES} == {standing.value for standing in ANSWERS}
    assert Figures.__dataclass_fields__.keys() == {"voice", "scope", "parts"}
