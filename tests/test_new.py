"""What is begun by command: in its place, in canonical form, with an empty key that validate reports where words are owed."""

from pathlib import Path

import pytest
from test_answer import root as root
from test_answer import run
from test_attach import files

from workplan_cli.checking.check import check
from workplan_cli.checking.kinds import kinds, words_of
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.record import DOCUMENTS
from workplan_cli.model.registers import REGISTERS
from workplan_cli.storage import yaml
from workplan_cli.storage.tree import Directory

NAMES = {
    "round": ("2019-2020",),
    "period": ("2019-2022",),
    "indicator": ("season", "g05-refunds"),
    "evidence": ("XAA", "e9"),
    "state": ("XAD",),
    "source": ("xab-gazette-2018",),
    "treaty": ("LODGING",),
    "parallel-report": ("XAB", "2017-2018", "season-watch"),
    "submission": ("XAC", "2017-2018"),
    "desk-review": ("XAA", "2017-2018"),
    "assessment": ("XAA", "2017-2018"),
    "reply": ("XAA", "2017-2018"),
    "secretariat-submission": ("2017-2018",),
    "secretariat-review": ("2017-2018",),
    "import-map": ("xaa-inspectorate-2016",),
}
SET = {
    "indicator": ("--set", "type=number"),
    "evidence": ("--set", "source=xaa-act-12-2013"),
    "period": ("--set", "rounds=2017-2018", "--set", "as_of=2019-01-01"),
    "round": ("--set", "deadline=2021-01-31"),
}


def names(word: str) -> tuple[str, ...]:
    return NAMES.get(word) or ("XAA", f"a-{word}")


@pytest.mark.parametrize("word", kinds())
def test_each_kind_is_begun_and_what_is_missing_is_found_where_the_command_says(root: Path, word: str) -> None:
    if word == "secretariat-submission":
        (root / "data/secretariat/2017-2018/submission.yaml").unlink()
    before = files(root)
    code, said = run(root, "new", word, *names(word), *SET.get(word, ("--lang", "en")))
    assert code == 0, said
    after = files(root)
    changed = [path for path in after if after[path] != before.get(path)]
    assert len(changed) == 1, "one file is written"
    assert before.keys() <= after.keys()
    lines = iter(after[changed[0]].decode().splitlines())
    assert all(line in lines for line in before.get(changed[0], b"").decode().splitlines()), "no line of it is touched"
    errors = [one for one in check(Directory(root / "data")).diagnostics if one.code.severity == "error"]
    told = [line.rpartition(", ")[2] for line in said.splitlines() if line.startswith("to be written")]
    assert told == [f"data/{one.path}:{one.span.line if one.span else 0}" for one in errors]
    assert {one.code.id for one in errors} <= {"WP209"}
    assert run(root, "fmt", "--check")[0] == 0, "it is in canonical form"
    code, said = run(root, "new", word, *names(word), *SET.get(word, ("--lang", "en")))
    assert code == 2, "what is there is never overwritten"
    assert "already" in said
    assert files(root) == after


FILLED = {
    "state": ("names={en: Delta, es: Delta, pt: Delta, fr: Delta}", "tile={row: 3, column: 3}", "groups={sending: member}"),
    "source": ("title=Official Gazette 8", "language=en", "date=2018-05"),
    "treaty": (
        "title=Lodging Convention",
        "states={XAA: {action: unknown, sources: []}, XAB: {action: none, checked: 2018-12-31, sources: [pension-status]}}",
    ),
    "import-map": (
        "title=Inspections by year",
        "state={column: State}",
        "fixed={round: 2017-2018, year: 2018}",
        "voice=desk-review",
        "readings=[{indicator: g07-injured, value: Injured}]",
    ),
    "indicator": (
        *("type=choice", "guideline=g05", "kind=process", "question=Who pays?", "guidance=Of those that the law names."),
        *("options={fund: {en: A fund}, farm: {en: The farm}}", "many=true", "asked_if={g05-fees: [implemented, partial]}"),
    ),
    "round": ("opens=2020-10-01", "deadline=2021-01-31"),
    "period": ("rounds=2015-2016,2017-2018", "as_of=2019-06-30"),
    "evidence": ("source=xaa-act-12-2013", "pinpoint=art. 6", "quotation=No fee may be asked of a worker", "language=en"),
    "submission": (
        "submitted=2019-01-15",
        "answers={g08-line: {revision: 1, status: final, result: planned}}",
    ),
    "desk-review": ("compiled=2019-02-10", "compiler=from the gazette"),
    "assessment": ("issued=2019-06-01",),
    "reply": ("issued=2019-07-01",),
    "parallel-report": ("organisation=Season Watch", "submitted=2019-01-15"),
    "secretariat-submission": ("submitted=2019-02-01", "mandates={m01: {revision: 1, status: final, result: planned}}"),
    "secretariat-review": ("compiled=2019-02-10",),
}


def test_all_that_is_no_entry_of_a_register_is_filled_below() -> None:
    assert FILLED.keys() == {word for word, kind in kinds().items() if kind.document not in REGISTERS}


@pytest.mark.parametrize("word", FILLED)
def test_what_is_begun_with_all_it_must_have_is_sound(root: Path, word: str) -> None:
    if word == "secretariat-submission":
        (root / "data/secretariat/2017-2018/submission.yaml").unlink()
    code, said = run(root, "new", word, *names(word), *(one for said in FILLED[word] for one in ("--set", said)))
    assert code == 0, said
    assert "to be written" not in said
    assert [one.message for one in check(Directory(root / "data")).diagnostics if one.code.severity == "error"] == []
    assert run(root, "fmt", "--check")[0] == 0


def test_every_document_and_every_register_is_a_kind_or_is_begun_by_another_command() -> None:
    made: set[type[Document]] = {one.document for one in kinds().values()}
    assert {one.__name__ for one in DOCUMENTS if one not in made} == {"RoundClosing"}
    assert set(REGISTERS) <= made


def test_what_is_said_takes_the_type_of_its_place(root: Path) -> None:
    said = ("title=Visits at night: two a week", "title.es=Visitas", "valid.from=2018", "covers=g07,g05", "consent=2018-02-01")
    code, output = run(root, "new", "practice", "Arcadia", "night-visits", *(word for one in said for word in ("--set", one)))
    assert code == 0, output
    entries = yaml.read((root / "data/registers/practices/XAA.yaml").read_bytes())["practices"]
    assert entries[-1] == {
        "id": "night-visits",
        "title": {"en": "Visits at night: two a week", "es": "Visitas"},
        "consent": "2018-02-01",
        "valid": {"from": 2018},
        "covers": ["g07", "g05"],
        "voice": "state",
    }
    assert check(Directory(root / "data")).diagnostics == ()


def test_a_new_entry_stands_where_the_ids_stay_in_order(root: Path) -> None:
    assert run(root, "new", "practices", "XAA", "a-first", "--set", "title=First")[0] == 0
    entries = yaml.read((root / "data/registers/practices/XAA.yaml").read_bytes())["practices"]
    assert [one["id"] for one in entries] == ["a-first", "joint-inspection"]


REFUSED = {
    "no such kind": (("practise", "XAA", "x"), "there is no kind 'practise' / did you mean 'practice'?"),
    "no such key": (("practice", "XAA", "x", "--set", "titel=3"), "a practice has no 'titel' to set / did you mean 'title'?"),
    "no such type": (
        ("indicator", "season", "x", "--set", "type=numbr"),
        "'numbr' is no type of indicator / did you mean 'number'?",
    ),
    "no type": (("indicator", "season", "x", "--set", "part=g05"), "the type of the indicator is not given"),
    "no such state": (("practice", "XAQ", "x"), "XAQ"),
    "no id": (("practice", "XAA", "Two words"), "'Two words' cannot be the id of a practice"),
    "an id that leads out": (("source", "../../x"), "cannot be the source of a source"),
    "too few names": (("practice", "XAA", "--set", "title=x"), "a new practice is named by state and id, and one is given"),
    "no such guideline": (("practice", "XAA", "x", "--set", "covers=g77"), "WP301"),
    "not allowed": (("authority", "XAA", "x", "--set", "kind=ministry"), "WP204"),
    "a plan that nobody can read": (("period", "2020", "--set", "rounds=2017-2018"), "a period of the plan must have as_of"),
    "no value": (("practice", "XAA", "x", "--set", "title"), "'title' sets nothing"),
    "set twice": (("practice", "XAA", "x", "--set", "title=a", "--set", "title=b"), "'title' is set twice"),
    "into a value": (("practice", "XAA", "x", "--set", "consent.en=a"), "leads nowhere"),
    "the id": (("practice", "XAA", "x", "--set", "id=y"), "has no 'id' to set"),
    "no such language": (("practice", "XAA", "x", "--lang", "eo"), "'eo' is no language of the record"),
    "begun elsewhere": (("answer", "XAB"), "a new answer is not made here / workplan answer STATE INDICATOR VALUE"),
    "a file in a closed round": (("desk-review", "XAB", "2015-2016"), "WP606"),
    "a file in no round": (("assessment", "XAB", "2016"), "WP303"),
    "one that is there": (("submission", "XAA", "2017-2018"), "is there already"),
    "no such place": (("narrative", "2015-2018", "openning", "--set", "text=x"), "did you mean 'opening'?"),
    "no such period": (("narrative", "2015-2019", "closing", "--set", "text=x"), "there is no period '2015-2019'"),
    "a passage that is there": (("narrative", "2015-2018", "opening", "--set", "text=x"), "opening.md is there already"),
    "a passage without words": (("narrative", "2015-2018", "closing"), "named by period and place, and has its text"),
    "a closed round": (("evidence", "XAA", "e9", "--set", "source=plan-2014", "--round", "2015-2016"), "takes no answers"),
    "brackets that are not closed": (("practice", "XAA", "x", "--set", "covers=[g07"), "cannot be read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_said_and_nothing_is_written(root: Path, case: str) -> None:
    words, why = REFUSED[case]
    before = files(root)
    code, said = run(root, "new", *words)
    assert (code, files(root)) == (2, before), said
    assert why in said


def test_the_kinds_and_their_keys_are_listed(root: Path) -> None:
    _, said = run(root, "new")
    assert all(f"workplan new {word} " in said for word in kinds())
    for word, kind in kinds().items():
        _, said = run(root, "new", word)
        assert " ".join(one.upper() for one in words_of(kind)) in said
        assert "must have" in said or "may have" in said


def test_a_passage_of_the_narrative_is_written_as_it_is_said(root: Path) -> None:
    code, said = run(root, "new", "narrative", "2015-2018", "closing", "--lang", "es", "--set", "text=Se agradece\n\n- a todos.")
    assert code == 0, said
    assert (root / "data/narrative/2015-2018/closing.es.md").read_bytes() == b"Se agradece\n\n- a todos.\n"
    assert check(Directory(root / "data")).diagnostics == ()
    _, said = run(root, "new", "narrative")
    assert "places: opening, treaties" in said


@pytest.mark.parametrize("voice", ["submission", "desk-review", "assessment"])
def test_a_file_of_answers_is_begun_dated_and_then_answered(root: Path, voice: str) -> None:
    day = {"submission": "submitted", "desk-review": "compiled", "assessment": "issued"}[voice]
    assert run(root, "new", voice, "XAC" if voice == "submission" else "XAA", "2017-2018", "--set", f"{day}=2019-01-15")[0] == 0
    state, spoken = ("XAC", "state") if voice == "submission" else ("XAA", voice)
    code, said = run(root, "answer", state, "g08-line", "planned", "--voice", spoken)
    assert code == 0, said
    page = (root / f"data/states/{state}/2017-2018/{voice}.yaml").read_text()
    assert page == f"{day}: 2019-01-15\nanswers:\n  g08-line:\n    revision: 1\n    status: final\n    result: planned\n"
    assert check(Directory(root / "data")).diagnostics == ()


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = files(root)
    assert run(root, "new", "state", "XAD", "--dry-run")[0] == 0
    assert files(root) == before


OWED = {
    "kind": {
        "measures": "law",
        "training": "offered",
        "authorities": "coordination",
        "assistance": "offer",
        "services": "hotline",
    },
    "title": {"": "{en: A title}"},
    "academy": {"": "{en: An academy}"},
    "origin": {"": "[XAB]"},
    "destination": {"": "[XAA]"},
    "confidence": {"": "low"},
    "status": {"": "open"},
    "on": {"": "2018-06-01"},
}
"""What a person writes for an empty key: for a register, or for every one."""


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.register())
def test_an_entry_of_every_register_validates_once_its_empty_keys_are_filled(root: Path, register: type[Register]) -> None:
    (word,) = (word for word, kind in kinds().items() if kind.document is register)
    code, said = run(root, "new", word, "XAA", "a-new-one", "--lang", "en")
    assert code == 0, said
    path = root / "data" / register.location.format(state="XAA", holder="XAA")
    lines = path.read_text(encoding="utf-8").splitlines()
    empty = [number for number, line in enumerate(lines) if line.endswith(": null")]
    assert empty, "a title is always owed"
    for number in empty:
        key = lines[number].strip().partition(":")[0]
        lines[number] = lines[number].removesuffix("null") + (OWED[key].get(register.register()) or OWED[key][""])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = check(Directory(root / "data")).diagnostics
    assert {one.code.id for one in found} == ({"WP615"} if register.register() == "practices" else set())
    code, said = run(root, "registers", "show", register.register(), "a-new-one")
    assert code == 0, said
    assert "A title" in said
