"""docs/desk-review.md says what the codings say: its tables are made anew and compared, and every shipped quotation is found."""

import runpy
from fractions import Fraction
from pathlib import Path

import pytest

from workplan_cli.analysis.agreement import Agreement, says, speaks
from workplan_cli.model.submission import Answer, Result, Status
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "desk-review.md").read_text(encoding="utf-8")
TABLES = runpy.run_path(str(ROOT / "docs" / "desk-review" / "agreement.py"))
MEASURES = runpy.run_path(str(ROOT / "docs" / "desk-review" / "measures.py"))


def answer(result: Result) -> Answer:
    return Answer(revision=1, status=Status.FINAL, result=result)


def test_the_comparison_with_the_publisher_is_as_told() -> None:
    record, _ = load_record(Directory(ROOT / "data"))
    assert TABLES["publisher"](record) in PAGE


def test_the_agreement_of_the_two_codings_is_as_told() -> None:
    record, _ = load_record(Directory(ROOT / "data"))
    assert TABLES["twice_coded"](record) in PAGE
    assert TABLES["disagreements"](record) in PAGE


def test_the_register_of_measures_stands_as_told() -> None:
    record, _ = load_record(Directory(ROOT / "data"))
    page = (ROOT / "docs" / "desk-review" / "measures.md").read_text(encoding="utf-8")
    assert MEASURES["kinds"](record) in page
    assert MEASURES["plans"](record) in page


def test_kappa_takes_off_what_chance_would_give() -> None:
    # Twenty of thirty-five and so on: 2 x 2 with margins 25/25 and 30/20 of 50; agreement 35/50, chance 1/2.
    pairs = Agreement()
    pairs.pairs.update({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert pairs.equal == 35
    assert pairs.kappa == Fraction(2, 5)


def test_kappa_is_none_where_there_is_nothing_but_chance() -> None:
    assert Agreement().kappa is None
    alike = Agreement()
    alike.pairs.update({("yes", "yes"): 9})
    assert alike.kappa is None


def test_silence_of_one_coder_is_a_disagreement_on_speaking_and_none_on_words() -> None:
    first = {"a": answer(Result.PARTIAL), "b": answer(Result.IMPLEMENTED)}
    second = {"b": answer(Result.PARTIAL)}
    assert speaks(first, second, ["a", "b", "c"]).pairs == {
        ("speaks", "silent"): 1,
        ("speaks", "speaks"): 1,
        ("silent", "silent"): 1,
    }
    assert says(first, second, ["a", "b", "c"]).pairs == {("implemented", "partial"): 1}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "states").glob("*/*/desk-review.yaml")), ids=lambda path: "/".join(path.parts[-3:-1])
)
def test_every_answer_of_the_desk_review_cites_evidence_and_says_how_it_was_compiled(path: Path) -> None:
    from workplan_cli.model.submission import DeskReview
    from workplan_cli.storage.loader import parse

    sheet = parse(
        "/".join(path.parts[-4:]), path.read_bytes(), DeskReview, {"state": path.parts[-3], "round": path.parts[-2]}
    ).document
    assert isinstance(sheet, DeskReview)
    assert sheet.compiler is not None
    assert "not reviewed by the state or by a human expert" in sheet.compiler
    assert sheet.answers
    for id_, one in sheet.answers.items():
        assert one.evidence or all(value.evidence for value in one.values), id_
