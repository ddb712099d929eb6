"""Registers: what fits together is proposed and nothing else, and what they show is what they hold."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from editions import changed, pages, table

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.demand import askings, demand, helps
from workplan_cli.analysis.entries import Narrowed, coverage_of_materials, kept, published, shared_training
from workplan_cli.analysis.gaps import Example
from workplan_cli.analysis.scope import Scope, narrow
from workplan_cli.exchange.calendar import as_calendar, happenings
from workplan_cli.model.record import DOCUMENTS, Record
from workplan_cli.model.registers import REGISTERS, TrainingRegister
from workplan_cli.reports.catalogue import words
from workplan_cli.reports.confirming import confirmation, languages_of
from workplan_cli.reports.registers import FIELDS, TITLES, missed
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


def pairs(record: Record) -> list[tuple[str, str]]:
    return [(one.asks.entry.id, one.has.entry.id) for one in shared_training(record)]


def standing(record: Record, is_verified: bool = True) -> tuple[Cells, Scope]:
    scope = narrow(record.plan, record.indicators, record.plan.periods[0], tuple(record.states))
    return Cells(record, lambda piece: is_verified, scope.as_of), scope


def helped(record: Record, is_verified: bool = True) -> list[tuple[str, str]]:
    found = helps(*standing(record, is_verified), ("state",))
    return [
        (
            one.asking.entry.entry.id if one.asking.entry else f"{one.asking.holder} {one.asking.indicator}",
            f"{one.has.state} {one.has.indicator}" if isinstance(one.has, Example) else one.has.entry.id,
        )
        for one in found
    ]


def test_training_sought_meets_what_another_offers(record: Record) -> None:
    assert pairs(record) == [("wages-for-inspectors", "wages-course-2019")]


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
    assert pairs(replace(record, registers=others)) == []


def test_offers_practices_and_implemented_answers_are_proposed_to_who_asks(record: Record) -> None:
    assert helped(record) == [
        ("help-with-licences", "drafting-help"),
        ("help-with-licences", "XAA g04-licences"),
        ("see-joint-inspections", "joint-inspection"),
    ]


def test_an_answer_that_nobody_can_verify_helps_nobody(record: Record) -> None:
    assert ("help-with-licences", "XAA g04-licences") not in helped(record, is_verified=False)


def test_nobody_is_proposed_to_themselves(record: Record) -> None:
    cells, scope = standing(record)
    for one in helps(cells, scope, cells.voices):
        assert one.asking.holder != (one.has.state if isinstance(one.has, Example) else one.has.register.kept_by)


def test_demand_counts_answers_that_stand_and_open_requests(record: Record) -> None:
    cells, scope = standing(record)
    found = demand(askings(cells, scope, cells.voices), scope)
    assert [(one.guideline, one.need, one.voice, one.holders) for one in found] == [
        ("g04", "legislation", "state", ("XAB",)),
        ("g07", "funding", "state", ("XAA",)),
        ("g07", "training", "state", ("XAB",)),
    ]


def test_audiences_without_materials_show_as_zero(record: Record) -> None:
    assert dict(coverage_of_materials(record)) == {"inspectors": (2, 1, 0, 0), "consuls": (1, 0, 0, 0), "judges": (0, 0, 0, 0)}


def test_entries_are_narrowed_by_guideline_and_day(record: Record) -> None:
    plans = [one.entry.id for one in kept(record, "measures", Narrowed(("XAA",), ("g01",)))]
    assert "season-plan-2011" in plans
    then = [one.entry.id for one in kept(record, "measures", Narrowed(("XAA",), ("g01",), as_of=DAY))]
    assert set(plans) - set(then) == {"season-plan-2011"}


def test_a_calendar_holds_what_is_to_come_and_is_the_same_every_time(record: Record) -> None:
    assert [one.uid for one in happenings(record)] == [
        "mandates-m09",
        "meetings-2018-second-meeting",
        "observances-XAA-day-2018",
        "observances-secretariat-day-2018",
        "meetings-2018-second-meeting-translate-course",
        "reports-secretariat-second-biennial",
    ]
    made = as_calendar(record.plan, happenings(record), "es")
    assert made == as_calendar(record.plan, happenings(record), "es")
    assert made.count(b"BEGIN:VEVENT") == 6
    assert made.count(b"RRULE:FREQ=YEARLY") == 1, "the day of each year"
    assert re.search(rb"SUMMARY:Segunda reuni\xc3\xb3n", made)


def without_consent(record: Record) -> Record:
    """The record, with a practice whose office has not agreed."""
    (register,) = record.kept("practices")
    entries = tuple(one.model_copy(update={"consent": None}) for one in register.entries)
    others = tuple(one for one in record.registers if one is not register)
    return replace(record, registers=(*others, register.model_copy(update={"practices": entries})))


def test_a_practice_without_consent_is_kept_and_goes_nowhere(record: Record) -> None:
    changed = without_consent(record)
    assert len(list(kept(changed, "practices"))) == 1
    assert list(published(changed, "practices")) == []
    assert "joint-inspection" in [has for _, has in helped(record)]
    assert "joint-inspection" not in [has for _, has in helped(changed)]


def test_what_a_reader_of_published_sources_found_needs_no_consent_where_no_office_is_named(record: Record) -> None:
    (register,) = record.kept("practices")
    found = register.entries[0].model_copy(update={"consent": None, "voice": "desk-review", "office": None})
    assert found.is_published
    assert not found.model_copy(update={"office": {"en": "An office"}}).is_published
    assert not found.model_copy(update={"voice": "state"}).is_published


def test_the_years_of_which_nothing_is_entered_are_said_until_the_report_s_day(record: Record) -> None:
    mandate, period = record.plan.mandate_by_id["m09"], record.plan.periods[0]
    assert missed(record, mandate, period, DAY) == (date(2015, 6, 1), date(2016, 6, 1), date(2017, 6, 1))
    assert missed(record, mandate, period, date(2016, 5, 31)) == (date(2015, 6, 1),)
    others = tuple(one for one in record.registers if one.register() != "observances" or one.state_code is not None)
    assert date(2018, 6, 1) in missed(replace(record, registers=others), mandate, period, DAY), (
        "a state's day is not its keeper's"
    )
    assert missed(record, record.plan.mandate_by_id["m01"], period, DAY) == ()


def test_a_state_is_asked_in_the_languages_of_its_own_offices_with_boxes_to_tick(record: Record) -> None:
    assert languages_of(record, "XAA") == ("en", "es")
    assert languages_of(record, "XAB") == ("en",)
    assert languages_of(record, "XAC") == ("en",), "the record's first where no office is known"
    sheet = confirmation(record, "XAA", "es", words("es").translations.gettext)
    assert sheet.startswith("# Confirme, por favor, lo que consta: Arcadia (XAA)")
    assert sheet.count("\n- [ ] Sí, todo sigue vigente.") == 3, "two authorities and a line"
    assert "- teléfono: +999 555 0100" in sheet, "as it is dialled, in a letter too"
    assert "Nada" not in sheet
    assert "No consta nada" in confirmation(record, "XAC", "es", words("es").translations.gettext)


def test_whoever_asks_for_help_and_is_no_state_is_in_the_table() -> None:
    path = "registers/assistance/secretariat.yaml"
    made = pages(changed(path, ("kind: offer", "kind: request")), "en")
    assert "secretariat" in made["registers/assistance.md"].partition("Help asked for")[2].partition("kept by")[0]
    assert {"guideline": "g04", "need": "legislation", "voice": "secretariat", "state": "", "holder": "secretariat"} in table(
        made["data/needs.csv"]
    )


def test_whose_date_a_due_day_is_stands_beside_it_on_the_page_of_the_mandates() -> None:
    path = "registers/reports/secretariat.yaml"
    files = changed(path, ("    due: 2019-12-05", "    due: 2018-12-05\n    note: {en: A working date of this record.}"))
    made = pages(files, "en")
    for page in ("mandates.html", "mandates.md"):
        assert "A working date of this record." in made[page]
