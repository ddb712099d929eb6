"""Registers: what fits together is proposed and nothing else, and what they show is what they hold."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from workplan_cli.analysis.entries import Narrowed, coverage_of_materials, kept, matches
from workplan_cli.exchange.calendar import as_calendar, happenings
from workplan_cli.model.record import DOCUMENTS, Record
from workplan_cli.model.registers import REGISTERS, TrainingRegister
from workplan_cli.reports.registers import FIELDS, TITLES
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

DAY = date(2018, 12, 31)
ARCADIA = Path(__file__).resolve().parent.parent / "examples" / "arcadia" / "data"


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record(Directory(ARCADIA))[0]


def test_every_register_is_a_document_with_a_title_and_words_for_its_fields() -> None:
    for document in REGISTERS:
        assert document in DOCUMENTS
        assert document.register() in document.model_fields
        assert document.register() in TITLES
        assert set(document.columns) <= FIELDS.keys() & document.entry.model_fields.keys()


def test_the_example_shows_every_register_with_an_entry(record: Record) -> None:
    assert [one.register() for one in REGISTERS if not any(kept(record, one.register()))] == []


def test_each_mandate_of_the_example_names_the_register_behind_it(record: Record) -> None:
    assert all(mandate.registers for mandate in record.plan.mandate_by_id.values())


def pairs(record: Record, name: str) -> list[tuple[str, str]]:
    return [(one.asks.entry.id, one.has.entry.id) for one in matches(record, name)]


def test_training_sought_meets_what_another_offers(record: Record) -> None:
    assert pairs(record, "training") == [("wages-for-inspectors", "wages-course-2019")]


@pytest.mark.parametrize(
    "change",
    [
        {"topics": ("lodgings",)},
        {"audiences": ("judges",)},
        {"languages": ("fr",)},
        {"valid": {"from": "2021", "to": "2021"}},
        {"kind": "offered"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_training_that_differs_in_one_thing_is_not_proposed(record: Record, change: dict[str, object]) -> None:
    def changed(register: TrainingRegister) -> TrainingRegister:
        entries = register.model_dump(by_alias=True)["training"]
        return TrainingRegister.model_validate({"holder": register.holder, "training": [{**entries[0], **change}]})

    others = tuple(changed(one) if isinstance(one, TrainingRegister) and one.holder == "XAB" else one for one in record.registers)
    assert pairs(replace(record, registers=others), "training") == []


def test_an_open_offer_of_the_same_help_is_proposed(record: Record) -> None:
    assert pairs(record, "assistance") == [("help-with-licences", "drafting-help")]


def test_audiences_without_materials_show_as_zero(record: Record) -> None:
    assert dict(coverage_of_materials(record)) == {"inspectors": (2, 1, 0, 0), "consuls": (1, 0, 0, 0), "judges": (0, 0, 0, 0)}


def test_entries_are_narrowed_by_guideline_and_day(record: Record) -> None:
    plans = [one.entry.id for one in kept(record, "measures", Narrowed(("XAA",), ("g01",)))]
    assert "season-plan-2011" in plans
    then = [one.entry.id for one in kept(record, "measures", Narrowed(("XAA",), ("g01",), as_of=DAY))]
    assert set(plans) - set(then) == {"season-plan-2011"}


def test_a_calendar_holds_what_is_to_come_and_is_the_same_every_time(record: Record) -> None:
    assert [one.uid for one in happenings(record)] == [
        "meetings-2018-second-meeting",
        "observances-XAA-day-2018",
        "observances-secretariat-day-2018",
        "meetings-2018-second-meeting-translate-course",
        "reports-secretariat-second-biennial",
    ]
    made = as_calendar(record.plan, happenings(record), "es")
    assert made == as_calendar(record.plan, happenings(record), "es")
    assert made.count(b"BEGIN:VEVENT") == 5
    assert re.search(rb"SUMMARY:Segunda reuni\xc3\xb3n", made)
