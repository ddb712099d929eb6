"""The plan as data holds the plan's text: every character of it, in its order, and nothing else."""

import copy
import difflib
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from workplan_cli.model.evidence import Source
from workplan_cli.model.plan import Editorial, Part, Passage, Plan, Provision, Statements, Strength
from workplan_cli.model.text import Text

DATA = Path(__file__).resolve().parent.parent / "data"
GUIDELINES = DATA / Plan.location
SOURCE = "sources/plan-draft-2014.yaml"
ARCHIVED = DATA / "sources/archive/plan/ii-work-plan-2015-2018.en.txt"
GIVEN = DATA.parent.parent / "shared/plan/ii-work-plan-2015-2018.en.txt"
"""The text as it was given to us; it stands beside the repository, where it stands at all."""
COPIES = [ARCHIVED, *([GIVEN] if GIVEN.exists() else [])]
VERSION = "draft-2014"
LANGUAGE = "en"
TREATIES = ["UNTOC", "TIP", "SOM", "FIREARMS", "UNCAC", "IACC-B58", "MLA-A55", "ICRMW", "C189"]


class DatesAsText(SafeConstructor):
    """A date stays text until the model reads it."""


DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def read(path: Path) -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = DatesAsText
    written: dict[str, Any] = yaml.load(path)
    return written


class Piece(NamedTuple):
    """A node of the plan: the paragraphs it prints, and the notes beside them."""

    id: str
    paragraphs: tuple[str, ...]
    editorial: tuple[Editorial, ...]


def paragraph(number: str | None, text: Text | None) -> tuple[str, ...]:
    """The paragraph as printed, "17. Urge …"; none where there is neither number nor text."""
    words = [word for word in (number, text[LANGUAGE] if text else None) if word]
    return (" ".join(words),) if words else ()


def passage_piece(passage: Passage | Part) -> Piece:
    return Piece(passage.id, paragraph(passage.number, passage.text), passage.editorial)


def wording(provision: Provision) -> Text:
    """The words of the version that the source holds, whatever came after it."""
    return next(wording.text for wording in provision.history if wording.version == VERSION)


def provision_pieces(provision: Provision) -> Iterator[Piece]:
    yield Piece(provision.id, paragraph(provision.number, wording(provision)), provision.editorial)
    yield from map(passage_piece, provision.parts)


def statement_pieces(name: str, section: Statements) -> Iterator[Piece]:
    opening = paragraph(section.number, section.heading) + paragraph(None, section.lead)
    yield Piece(name, opening, section.editorial)
    yield from map(passage_piece, section.items)


def pieces(plan: Plan) -> Iterator[Piece]:
    """The plan in the order of its text."""
    yield from map(passage_piece, plan.preamble + plan.definition)
    yield from statement_pieces("aims", plan.aims)
    yield from statement_pieces("principles", plan.principles)
    for chapter in plan.chapters:
        yield Piece(chapter.id, paragraph(chapter.number, chapter.heading), chapter.editorial)
        for guideline in chapter.guidelines:
            yield from provision_pieces(guideline)
    if plan.mandates:
        yield Piece("mandates", paragraph(plan.mandates.number, plan.mandates.heading), plan.mandates.editorial)
        for mandate in plan.mandates.items:
            yield from provision_pieces(mandate)


def rebuilt(plan: Plan) -> list[str]:
    return [printed for piece in pieces(plan) for printed in piece.paragraphs]


def paragraphs_of(text: str) -> list[str]:
    """The source's paragraphs, one a line, with white space folded; only the source is folded, never the data."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def differences(plan: Plan, source: str) -> list[str]:
    """What the plan lost ("-"), added ("+") or moved (both) against the source; nothing when they are equal."""
    changes = difflib.unified_diff(paragraphs_of(source), rebuilt(plan), n=0, lineterm="")
    return [line for line in list(changes)[2:] if not line.startswith("@@")]


def provisions(plan: Plan) -> list[Provision]:
    return [*plan.guidelines.values(), *plan.mandate_by_id.values()]


def leading_verb(provision: Provision) -> str:
    """The verb that asks; "As for …," and "Continue to" before it are passed over."""
    asked = re.sub(r"^(As for [^,]*, |Continue to )", "", wording(provision)[LANGUAGE])
    return asked.split()[0].rstrip(",").lower()


def table_of_verbs(file: str) -> dict[str, Strength]:
    """The table that the comment at the top of the file gives: each verb's first word, and its strength."""
    comment = " ".join(line.strip("# ") for line in file.splitlines() if line.startswith("#"))
    return {
        verbs.split()[0]: strength
        for strength in Strength
        for listed in re.findall(rf"\b{strength}: ([^.]*)\.", comment)
        for verbs in listed.split(", ")
    }


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    return read(GUIDELINES)


@pytest.fixture(scope="module")
def plan(written: dict[str, Any]) -> Plan:
    return Plan.model_validate(written)


@pytest.fixture(scope="module")
def source() -> Source:
    return Source.model_validate({**read(DATA / SOURCE), **(Source.at(SOURCE) or {})})


@pytest.mark.parametrize("copy_of_source", COPIES, ids=lambda path: path.parent.parent.name)
def test_the_plan_is_its_source_character_for_character(plan: Plan, copy_of_source: Path) -> None:
    assert differences(plan, copy_of_source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("copy_of_source", COPIES, ids=lambda path: path.parent.parent.name)
def test_every_copy_of_the_source_is_the_one_whose_hash_is_recorded(source: Source, copy_of_source: Path) -> None:
    assert hashlib.sha256(copy_of_source.read_bytes()).hexdigest() == source.sha256


def test_the_source_points_to_its_archived_copy(source: Source) -> None:
    assert DATA / "sources/archive" / (source.archived or "") == ARCHIVED


def test_the_version_that_is_held_cites_the_source(plan: Plan, source: Source) -> None:
    assert {version.id: version.sources for version in plan.versions if version.held} == {VERSION: (source.source,)}


def written_guideline(written: dict[str, Any], id_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        guideline for chapter in written["chapters"] for guideline in chapter["guidelines"] if guideline["id"] == id_
    )
    return found


def replace(written: dict[str, Any], id_: str, old: str, new: str) -> None:
    text = written_guideline(written, id_)["history"][0]["text"]
    assert old in text[LANGUAGE]
    text[LANGUAGE] = text[LANGUAGE].replace(old, new, 1)


def drop_a_word(written: dict[str, Any]) -> None:
    replace(written, "g01", "and strengthen ", "")


def add_a_comma(written: dict[str, Any]) -> None:
    replace(written, "g13", "member states", "member states,")


def double_a_space(written: dict[str, Any]) -> None:
    replace(written, "g13", "member states", "member  states")


def mend_a_slip(written: dict[str, Any]) -> None:
    replace(written, "g30", "legal defining", "legally defining")


def swap_two_guidelines(written: dict[str, Any]) -> None:
    guidelines = written["chapters"][0]["guidelines"]
    guidelines[7], guidelines[8] = guidelines[8], guidelines[7]


def swap_the_words_of_two_guidelines(written: dict[str, Any]) -> None:
    one, other = written_guideline(written, "g58"), written_guideline(written, "g59")
    one["history"], other["history"] = other["history"], one["history"]


def renumber_a_guideline(written: dict[str, Any]) -> None:
    written_guideline(written, "g44")["number"] = "45."


def straighten_quotation_marks(written: dict[str, Any]) -> None:
    text = written["definition"][0]["text"]
    text[LANGUAGE] = text[LANGUAGE].replace("”", '"')


def lose_an_aim(written: dict[str, Any]) -> None:
    del written["aims"]["items"][3]


def lose_a_part(written: dict[str, Any]) -> None:
    del written_guideline(written, "g17")["parts"][-1]


def add_a_paragraph(written: dict[str, Any]) -> None:
    written["preamble"].append({"id": "preamble-5", "text": {LANGUAGE: "Adopted."}})


def mend_a_heading(written: dict[str, Any]) -> None:
    written["mandates"]["heading"][LANGUAGE] = "MANDATES TO THE GENERAL SECRETARIAT"


CHANGES: dict[Callable[[dict[str, Any]], None], str] = {
    drop_a_word: "+1. Establish legislation, policies,",
    add_a_comma: "+13. Allocate specific budgetary resources in the member states, for",
    double_a_space: "+13. Allocate specific budgetary resources in the member  states for",
    mend_a_slip: "-30. Adopt appropriate, complete legislation on human trafficking, legal defining",
    swap_two_guidelines: "-9. Encourage civil society",
    swap_the_words_of_two_guidelines: "+59. Adopt standardized protocols",
    renumber_a_guideline: "+45. Ensure that victims of human trafficking are aware",
    straighten_quotation_marks: "-The work plan takes its definition",
    lose_an_aim: "-iv. To train professionals",
    lose_a_part: "-vi. ILO Domestic Workers Convention (Convention nº 189)",
    add_a_paragraph: "+Adopted.",
    mend_a_heading: "-VI. MANDATES TO THE General Secretariat",
}
"""What is done to a copy of the plan, and how a line of the report on it begins."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_plan_is_reported(written: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    changed = copy.deepcopy(written)
    change(changed)
    report = differences(Plan.model_validate(changed), ARCHIVED.read_text(encoding="utf-8"))
    assert any(line.startswith(CHANGES[change]) for line in report), report


def test_the_sixty_guidelines_are_there_once_and_in_order(written: dict[str, Any]) -> None:
    ids = [guideline["id"] for chapter in written["chapters"] for guideline in chapter["guidelines"]]
    assert ids == [f"g{number:02}" for number in range(1, 61)]


def test_the_thirteen_mandates_are_there_once_and_in_order(written: dict[str, Any]) -> None:
    assert [mandate["id"] for mandate in written["mandates"]["items"]] == [f"m{number:02}" for number in range(1, 14)]


def test_the_number_of_a_provision_is_that_of_its_id(plan: Plan) -> None:
    assert [provision.number for provision in provisions(plan)] == [f"{int(provision.id[1:])}." for provision in provisions(plan)]


def test_the_number_of_a_part_is_that_of_its_id(plan: Plan) -> None:
    wrong = [
        part.id for provision in provisions(plan) for part in provision.parts if part.id != f"{provision.id}.{part.number[:-1]}"
    ]
    assert wrong == []


def test_no_two_pieces_share_an_id(plan: Plan) -> None:
    ids = [piece.id for piece in pieces(plan)]
    assert sorted(set(ids)) == sorted(ids)


def test_the_parts_of_guideline_17_name_the_nine_treaties(plan: Plan) -> None:
    assert [treaty for part in plan.guidelines["g17"].parts for treaty in part.treaties] == TREATIES


def test_guidelines_address_member_states_and_mandates_the_secretariat(plan: Plan) -> None:
    assert {guideline.addressee for guideline in plan.guidelines.values()} == {"member-states"}
    assert {mandate.addressee for mandate in plan.mandate_by_id.values()} == {"general-secretariat"}


def test_what_an_editorial_note_quotes_occurs_once_in_the_text_beside_it(plan: Plan) -> None:
    misplaced = [
        (piece.id, editorial.on)
        for piece in pieces(plan)
        for editorial in piece.editorial
        if sum(printed.count(editorial.on) for printed in piece.paragraphs) != 1
    ]
    assert misplaced == []


def test_the_slips_known_from_the_start_have_their_notes(plan: Plan) -> None:
    noted = {piece.id for piece in pieces(plan) if piece.editorial}
    assert {"prosecution", "mandates", "p4", "g17.vi", "g30", "g56"} <= noted


def test_every_editorial_note_is_there_in_every_language_owed(plan: Plan) -> None:
    owed = [
        (piece.id, editorial.on)
        for piece in pieces(plan)
        for editorial in piece.editorial
        if set(editorial.note) != set(plan.languages)
    ]
    assert owed == []


def test_the_same_verb_has_the_same_strength(plan: Plan) -> None:
    strengths: dict[str, set[Strength]] = {}
    for provision in provisions(plan):
        strengths.setdefault(leading_verb(provision), set()).add(provision.strength)
    assert {verb: found for verb, found in strengths.items() if len(found) > 1} == {}


def test_the_table_of_verbs_at_the_top_of_the_file_is_the_one_applied(plan: Plan) -> None:
    applied = {leading_verb(provision): provision.strength for provision in provisions(plan)}
    assert table_of_verbs(GUIDELINES.read_text(encoding="utf-8")) == applied
