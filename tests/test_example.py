"""The fictional repository: it is clean, it shows every kind of thing once, and the manual's examples fit into it."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from workplan_cli import resources
from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.standing import Cell, Flag, Standing
from workplan_cli.checking.check import check
from workplan_cli.model.evidence import Access, Evidence, Media
from workplan_cli.model.indicator import TreatyIndicator
from workplan_cli.model.record import DOCUMENTS, Record, document_at
from workplan_cli.model.register import Action, MeasureKind, RoundState
from workplan_cli.model.submission import SUPPRESSED, Status, voice_of
from workplan_cli.model.time import Interval, PartialDate
from workplan_cli.storage.format import canonical
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory, Memory

DATA = resources.example() / "data"
MANUAL = Path(__file__).parent.parent / "docs" / "data-model.md"
END = date(2018, 12, 31)


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record(Directory(DATA))[0]


@pytest.fixture(scope="module")
def cells(record: Record) -> list[Cell]:
    """Every cell, in every voice."""
    all_of_them = Cells(record, verified=lambda piece: True)
    return [
        cell for round_ in record.plan.round_ids for voice in all_of_them.voices for cell in all_of_them.all_in(round_, voice)
    ]


@pytest.fixture(scope="module")
def pieces(record: Record) -> list[Evidence]:
    return [piece for sheet in record.sheets for piece in sheet.evidence.values()]


def files() -> dict[str, bytes]:
    """The example's files by path below `data/`."""
    return {path.relative_to(DATA).as_posix(): path.read_bytes() for path in sorted(DATA.rglob("*")) if path.is_file()}


# The example is sound.


@pytest.mark.parametrize("as_of", [None, END])
def test_nothing_is_wrong_in_the_example(as_of: date | None) -> None:
    outcome = check(Directory(DATA), as_of)
    assert [f"{one.path}: {one.message}" for one in outcome.diagnostics] == []
    assert outcome.files == len(files())


@pytest.mark.parametrize("path", [path for path in files() if path.endswith(".yaml")])
def test_every_file_is_in_its_canonical_form(path: str) -> None:
    assert canonical(path, files()[path]).text == files()[path]


def test_the_closed_round_lists_every_file_of_it_with_its_hash(record: Record) -> None:
    of_the_round = {path: hashlib.sha256(data).hexdigest() for path, data in files().items() if "/2015-2016/" in path}
    assert record.rounds["2015-2016"].files == of_the_round


def test_every_state_is_fictional(record: Record) -> None:
    assert len(record.states) == 3
    assert [state for state in record.states if not re.fullmatch("X[A-Z]{2}", state)] == []


# It shows every kind of thing.


def test_every_kind_of_document_is_there(record: Record) -> None:
    assert {place[0] for path in files() if (place := document_at(path))} == set(DOCUMENTS)


def test_every_type_of_indicator_is_there(record: Record) -> None:
    types = {"implementation", "number", "rate", "date", "choice", "text", "treaty"}
    assert {one.type for one in record.indicators.values()} == types


def test_every_standing_is_there(cells: list[Cell]) -> None:
    assert {cell.standing for cell in cells if cell.voice == "state"} == set(Standing)


def test_every_type_that_is_asked_has_a_value(record: Record, cells: list[Cell]) -> None:
    said = {cell.indicator.type for cell in cells if cell.standing not in (Standing.UNANSWERED, Standing.NOT_ASKED)}
    assert said == {one.type for one in record.indicators.values()} - {"treaty"}


def test_every_flag_that_needs_no_mistake_is_there(cells: list[Cell]) -> None:
    assert {flag for cell in cells for flag in cell.flags} >= {Flag.DRAFT, Flag.LATE}


def test_every_voice_is_there(record: Record) -> None:
    voices = {"state", "desk-review", "assessment", "reply", "civil-society/harvest-hands"}
    assert {voice_of(sheet) for sheet in record.sheets} == voices
    assert {sheet.voice for sheet in record.secretariat} == {"secretariat", "desk-review"}


def test_one_state_is_silent_in_both_rounds(record: Record) -> None:
    assert {sheet.state for sheet in record.sheets if sheet.voice == "state"} == {"XAA", "XAB"}


def test_an_answer_is_carried_and_another_is_confirmed(cells: list[Cell]) -> None:
    answers = [cell.answer for cell in cells if cell.answer is not None and cell.answer.carried_from]
    assert {answer.status for answer in answers} == {Status.CARRIED, Status.FINAL}
    assert all(answer.confirmed for answer in answers if answer.status is Status.FINAL)


def test_a_small_count_is_suppressed_and_no_total_gives_it_away(cells: list[Cell]) -> None:
    (figures,) = [
        cell.answer.values for cell in cells if cell.answer and any(one.value == SUPPRESSED for one in cell.answer.values)
    ]
    assert all(one.dimensions for one in figures)


def test_evidence_is_quoted_read_in_a_table_or_restricted(record: Record, pieces: list[Evidence]) -> None:
    assert any(piece.quotation for piece in pieces)
    assert any(piece.row and piece.cell == SUPPRESSED for piece in pieces)
    assert {piece.access for piece in pieces} == set(Access)
    assert {source.media for source in record.sources.values()} == set(Media)


def test_answers_tell_validity_needs_and_reasons(cells: list[Cell]) -> None:
    answers = [cell.answer for cell in cells if cell.answer is not None]
    assert any(answer.valid for answer in answers)
    assert {need for answer in answers for need in answer.needs} >= {"training", "funding", "legislation"}
    assert any(answer.reason for answer in answers)


def test_a_treaty_date_is_exact_partial_between_two_days_or_unknown(record: Record) -> None:
    entries = [entry for register in record.treaties.values() for entry in register.states.values()]
    assert len(record.treaties) == 2
    assert any(isinstance(entry.date, Interval) for entry in entries)
    assert {str(entry.date).count("-") for entry in entries if isinstance(entry.date, PartialDate)} == {1, 2}
    assert any(entry.action is Action.PARTY and entry.date is None for entry in entries)
    assert {entry.standing(END).value for entry in entries} == {"party", "signed", "unknown"}


def test_every_common_kind_of_measure_is_there_and_one_replaces_another(record: Record) -> None:
    measures = [measure for register in record.measures.values() for measure in register.measures]
    kinds = {MeasureKind.LAW, MeasureKind.POLICY, MeasureKind.PROGRAMME, MeasureKind.ACTION_PLAN}
    assert {measure.kind for measure in measures} == kinds
    assert any(measure.replaces for measure in measures)


def test_the_plan_has_an_editorial_note_parts_and_both_kinds_of_change(record: Record) -> None:
    guidelines = record.plan.guidelines.values()
    assert any(one.editorial for one in guidelines)
    assert {treaty for one in guidelines for part in one.parts for treaty in part.treaties} == set(record.treaties)
    assert {wording.change.value for one in guidelines for wording in one.history} == {"initial", "editorial", "meaning"}
    assert record.rounds["2015-2016"].state is RoundState.CLOSED


def test_every_guideline_has_an_indicator_and_every_treaty_one(record: Record) -> None:
    asked = list(record.indicators.values())
    assert {one.guideline for one in asked} == set(record.plan.guidelines)
    assert {one.treaty for one in asked if isinstance(one, TreatyIndicator)} == set(record.treaties)


# The manual's examples are true.

_WHOLE = re.compile(r"^`data/(?P<path>[^`\n]+)`\n\n```yaml\n(?P<text>.*?)^```$", re.M | re.S)
_EXTRACT = re.compile(r"^From `data/(?P<path>[^`\n]+)`:\n\n```yaml\n(?P<text>.*?)^```$", re.M | re.S)


def blocks(pattern: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """The YAML blocks of the manual, each with its path below `data/`."""
    for found in pattern.finditer(MANUAL.read_text(encoding="utf-8")):
        yield found["path"], found["text"].encode()


def test_every_yaml_block_of_the_manual_is_tried() -> None:
    tried = [*blocks(_WHOLE), *blocks(_EXTRACT)]
    assert len(tried) == MANUAL.read_text(encoding="utf-8").count("```yaml") > 15


def test_the_manual_has_a_block_for_every_kind_of_document() -> None:
    shown = {place[0] for path, _ in (*blocks(_WHOLE), *blocks(_EXTRACT)) if (place := document_at(path))}
    assert shown == set(DOCUMENTS)


def test_every_whole_block_is_sound_in_the_example() -> None:
    outcome = check(Memory({**files(), **dict(blocks(_WHOLE))}), END)
    assert [f"{one.path}: {one.message}" for one in outcome.diagnostics] == []


@pytest.mark.parametrize(("path", "text"), list(blocks(_WHOLE)))
def test_every_whole_block_is_in_its_canonical_form(path: str, text: bytes) -> None:
    assert canonical(path, text).text == text


@pytest.mark.parametrize(("path", "text"), list(blocks(_EXTRACT)))
def test_every_extract_stands_in_the_example_word_for_word(path: str, text: bytes) -> None:
    assert text in files()[path]


@pytest.mark.parametrize("location", [document.location for document in DOCUMENTS])
def test_the_manual_names_the_place_of_every_kind_of_document(location: str) -> None:
    words = {"{state}": "<ISO3>", "{treaty}": "<TREATY>", "{source}": "<id>"}
    written = re.sub(r"{\w+}", lambda found: words.get(found.group(), f"<{found.group()[1:-1]}>"), location)
    manual = MANUAL.read_text(encoding="utf-8")
    assert f"`{written}`" in manual or ("secretariat/" in written and f"`{written.rpartition('/')[2]}`" in manual)
