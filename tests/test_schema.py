"""The JSON Schemas and `workplan validate` find the same files wrong, and an editor is offered what fits."""

import copy
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from typer.testing import CliRunner

from workplan_cli.cli import app
from workplan_cli.exchange.schema import KINDS, file_name, places, schema
from workplan_cli.exchange.schema.lists import KEYED, REFERENCES
from workplan_cli.model.document import Document
from workplan_cli.model.record import DOCUMENTS, Record, document_at
from workplan_cli.storage import yaml
from workplan_cli.storage.loader import parse
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

ROOT = Path(__file__).parent.parent
ARCADIA = ROOT / "examples" / "arcadia"


@cache
def record(root: Path = ARCADIA) -> Record:
    return load_record(Directory(root / "data"))[0]


@cache
def validator(document: type[Document], root: Path | None = None) -> Draft7Validator:
    return Draft7Validator(schema(document, record(root) if root else None))


@cache
def contents(root: Path = ARCADIA) -> dict[str, Any]:
    """Every document of a repository, by its path below `data/`."""
    tree = Directory(root / "data")
    found = {}
    for entry in tree.entries():
        data = tree.read(entry.path)
        if document_at(entry.path) is not None and isinstance(data, bytes):
            found[entry.path] = yaml.read(data)
    return found


def wrong_in_shape(path: str, content: Any) -> list[str]:
    """What validate says of a document's shape; JSON is YAML too."""
    place = document_at(path)
    assert place is not None
    diagnostics = parse(path, json.dumps(content, ensure_ascii=False).encode(), *place).diagnostics
    assert not [one for one in diagnostics if one.code.id.startswith("WP1")], "the text is sound"
    return [f"{one.code} {one.message}" for one in diagnostics if one.code.id.startswith("WP2")]


# The shape: what pydantic says, in JSON Schema's words.


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("with_lists", [False, True])
def test_a_schema_is_one_in_both_drafts_and_uses_what_they_share(document: type[Document], with_lists: bool) -> None:
    made = schema(document, record() if with_lists else None)
    Draft7Validator.check_schema(made)
    Draft202012Validator.check_schema(made)
    assert keywords(made) <= SHARED | FOR_EDITORS
    assert "$ref" not in {key for node in nodes(made) if "$ref" in node and len(node) > 1 for key in node}


SHARED = {"$schema", "$ref", "definitions", "title", "description", "default", "type", "enum", "const", "anyOf", "oneOf", "allOf"}
SHARED |= {"properties", "patternProperties", "additionalProperties", "propertyNames", "required", "items", "maxItems", "pattern"}
SHARED |= {"minLength", "minimum", "maximum"}
FOR_EDITORS = {"markdownDescription", "enumDescriptions", "patternErrorMessage"}


def nodes(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    yield made
    for key, value in made.items():
        if key in ("properties", "patternProperties", "definitions"):
            inner = list(value.values())
        else:
            inner = value if key in ("anyOf", "oneOf", "allOf") else [value] if key in ("items", "additionalProperties") else []
        for one in inner:
            yield from nodes(one) if isinstance(one, dict) else ()


def keywords(made: dict[str, Any]) -> set[str]:
    return {key for node in nodes(made) for key in node}


def test_what_the_path_says_is_not_asked_for_again() -> None:
    submission = schema(KINDS["submission"])
    assert set(submission["properties"]) == {"submitted", "answers", "evidence"}
    assert "required" not in submission


def test_keys_have_the_names_they_have_in_yaml_and_the_models_own_words() -> None:
    made = schema(KINDS["measure-register"])
    assert set(made["definitions"]["Validity"]["properties"]) == {"from", "to"}
    assert made["definitions"]["Measure"]["properties"]["covers"]["description"] == "The guidelines it answers."


SAME = {
    "a day that does not exist": ("submitted", "2014-02-30"),
    "a day that exists every fourth year": ("submitted", "2016-02-29"),
    "a day that exists in no such century": ("submitted", "2100-02-29"),
    "a month where a day is asked for": ("submitted", "2014-03"),
    "a number where text is": ("submitted", 2014),
    "text where a mapping is": ("answers", "none"),
    "nothing where a mapping is": ("answers", None),
    "a list where a mapping is": ("evidence", []),
    "a key that the path says": ("state", "XAA"),
    "a language that is none": ("answers", {"a": {"revision": 1, "status": "final", "note": {"EN": "x"}}}),
    "a text that is empty": ("answers", {"a": {"revision": 1, "status": "final", "note": {"en": ""}}}),
    "a year in quotes": ("answers", {"a": {"revision": 1, "status": "final", "values": [{"year": "2016"}]}}),
    "a year in three figures": ("answers", {"a": {"revision": 1, "status": "final", "date": 999}}),
    "a thirteenth month": ("answers", {"a": {"revision": 1, "status": "final", "date": "2014-13"}}),
    "a count below none": ("answers", {"a": {"revision": 1, "status": "final", "values": [{"value": -1}]}}),
    "a count under five": ("answers", {"a": {"revision": 1, "status": "final", "values": [{"value": "<5"}]}}),
    "a count under six": ("answers", {"a": {"revision": 1, "status": "final", "values": [{"value": "<6"}]}}),
    "a dimension that is a number": ("answers", {"a": {"revision": 1, "status": "final", "values": [{"age": 5}]}}),
    "an id with a capital": ("evidence", {"E1": {"source": "x"}}),
}


@pytest.mark.parametrize("case", SAME)
def test_the_schema_and_validate_agree_on(case: str) -> None:
    path, (key, value) = "states/XAA/2015-2016/submission.yaml", SAME[case]
    assert validator(KINDS["submission"]).is_valid({key: value}) == (wrong_in_shape(path, {key: value}) == [])


def test_a_number_without_end_is_refused_by_both() -> None:
    content = yaml.read(b"answers: {a: {revision: 1, status: final, values: [{value: .inf}]}}")
    assert not validator(KINDS["submission"]).is_valid(content)


# Documents of Arcadia with something in them changed.

POOL: list[Any] = [None, True, False, 0, 1, -1, 3, 1999, 2014, 99999, 10**20, 1.5, -0.5, "", "x", "X", "XAA", "a b", "a-b", "é"]
POOL += ["2014", "2014-03", "2014-13", "2014-03-07", "2014-02-30", "2016-02-29", "0000", "<5", "5", "true", "no", "final"]
POOL += [
    "partial",
    "none",
    "public",
    "law",
    "en",
    "member",
    [],
    ["x"],
    [None],
    [[]],
    {},
    {"en": "x"},
    {"EN": "x"},
    {"en": ""},
    {"en": 1},
]
POOL += [{"after": "2014-01-01"}, {"from": 2014}, {"revision": 1, "status": "final"}, {"type": "number"}, {"part": 1, "whole": 2}]
NAMES = ["remark", "Result", "", "a b", "XAA", "en", "e1", "type", "value", "state", "round", "source", "status", "date", "from"]


def mutated(content: Any, dice: random.Random) -> Any:
    """The content with one place in it changed, moved, added or taken out."""
    content = copy.deepcopy(content)
    holders = [holder for holder in collections(content) if holder]
    if not holders or dice.random() < 0.01:
        return dice.choice(["x", 3, [], ["x"], {}])
    holder = dice.choice(holders)
    key = dice.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    act = dice.randrange(6)
    if act == 0:
        del holder[key]
    elif act == 1:
        holder[key] = [holder[key]] if dice.random() < 0.5 else {"en": holder[key]}
    elif act == 2 and isinstance(holder, dict):
        holder[dice.choice(NAMES)] = holder.pop(key)
    elif act == 3 and isinstance(holder, dict):
        holder[dice.choice(NAMES)] = copy.deepcopy(dice.choice(POOL))
    elif act == 4:
        other = dice.choice(holders)
        holder[key] = copy.deepcopy(dice.choice(list(other.values()) if isinstance(other, dict) else other))
    else:
        holder[key] = copy.deepcopy(dice.choice(POOL))
    return content


def collections(content: Any) -> Iterator[Any]:
    if isinstance(content, dict | list):
        yield content
        for inner in content.values() if isinstance(content, dict) else content:
            yield from collections(inner)


# What Arcadia has no file of.
OWN: dict[str, Any] = {
    "imports/xaa-act-12-2013.yaml": {
        "title": "Counts by year",
        "voice": "civil-society/harvest-hands",
        "layout": {"encoding": "utf-8", "delimiter": ";", "header": [1, 2]},
        "clean": {"thousands": ".", "decimal": ",", "multiples": {"thousand": 1000}, "missing": ["-"]},
        "fixed": {"round": "2015-2016", "year": 2016},
        "state": {"column": "Country", "words": {"Arcadia": "XAA"}},
        "dimensions": {"sex": {"column": "Sex", "words": {"F": "female"}, "total": ["All"]}},
        "skip": [{"where": {"Kind": ["draft"]}, "because": "a draft is no count"}],
        "protect": {"keep": [[], ["sex"]]},
        "status": "draft",
        "readings": [
            {"indicator": "x", "where": {"Kind": ["count"]}, "value": "Count", "by": ["sex"], "note": {"en": "From a table."}}
        ],
    },
}
# Whole documents are large: each kind is changed as often as any other.
FILES = contents() | OWN
BY_KIND = {document: [path for path in FILES if document_at(path)[0] is document] for document in DOCUMENTS}  # type: ignore[index]


@settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32), st.integers(1, 3))
def test_the_schema_and_validate_agree_on_every_changed_document(document: type[Document], seed: int, changes: int) -> None:
    dice = random.Random(seed)
    path = dice.choice(BY_KIND[document])
    content = FILES[path]
    for _ in range(changes):
        content = mutated(content, dice)
    said = wrong_in_shape(path, content)
    complaints = [error.message[:200] for error in validator(document).iter_errors(content)]
    assert bool(said) == bool(complaints), (said, complaints)


def test_the_documents_that_are_changed_are_of_every_kind_and_right() -> None:
    assert set(BY_KIND) == set(DOCUMENTS)
    assert all(BY_KIND.values())
    for path, content in FILES.items():
        assert wrong_in_shape(path, content) == []


# The lists: what the record really has.


@pytest.mark.parametrize("root", [ROOT, ARCADIA], ids=["shipped", "arcadia"])
def test_every_file_fits_the_schema_of_its_record(root: Path) -> None:
    for path, content in contents(root).items():
        place = document_at(path)
        assert place is not None
        assert [(path, error.message[:200]) for error in validator(place[0], root).iter_errors(content)] == []


def test_every_reference_is_a_key_that_there_is() -> None:
    shapes = {document.__name__: schema(document) for document in DOCUMENTS}
    owners = {name: node for made in shapes.values() for name, node in made["definitions"].items()} | shapes
    for owner, key in [place for places_ in REFERENCES.values() for place in places_] + list(KEYED):
        assert key in owners[owner]["properties"], (owner, key)


SUBMISSION = """
answers:
  {indicator}: {{revision: 1, status: final, {given}}}
evidence:
  e1: {{source: {source}, language: en}}
"""
REFUSED = {
    "an indicator that there is not": {"indicator": "no-such-thing"},
    "a result for a count": {"indicator": "number", "given": "result: partial"},
    "values for a result": {"given": "values: [{year: 2016, value: 10}]"},
    "a dimension that is not asked for": {"indicator": "number", "given": "values: [{year: 2016, value: 10, colour: red}]"},
    "an option that is none": {"indicator": "choice", "given": "choice: [no-such-option]"},
    "an answer about a treaty": {"indicator": "treaty", "given": "absence: no-information"},
    "a source that there is not": {"source": "no-such-source"},
    "a need that there is not": {"given": "absence: no-information, needs: [no-such-need]"},
    "a round that there is not": {"given": "result: partial, carried_from: 1999-2000"},
    "a language of no one": {"given": "result: partial, note: {xx: text}"},
}


def submission(indicator: str = "implementation", given: str = "result: partial", source: str | None = None) -> Any:
    """A submission with one answer, to an indicator of a type where one is named."""
    ids = {one.type: id_ for id_, one in reversed(record().indicators.items())}
    text = SUBMISSION.format(indicator=ids.get(indicator, indicator), given=given, source=source or next(iter(record().sources)))
    return yaml.read(text.encode())


def test_an_answer_that_fits_is_accepted() -> None:
    assert list(validator(KINDS["submission"], ARCADIA).iter_errors(submission())) == []


@pytest.mark.parametrize("case", REFUSED)
def test_refused_is(case: str) -> None:
    content = submission(**REFUSED[case])
    assert validator(KINDS["submission"]).is_valid(content), "the shape is right"
    assert not validator(KINDS["submission"], ARCADIA).is_valid(content)


def test_an_answer_is_shown_with_its_question_and_the_guidelines_words() -> None:
    one = next(one for one in record().indicators.values() if one.type == "implementation")
    shown = schema(KINDS["submission"], record())["properties"]["answers"]["properties"][one.id]
    language = record().plan.languages[0]
    assert shown["description"] == one.question[language]
    for words in (*one.question.values(), one.guidance[language], record().plan.guidelines[one.guideline].text[language]):
        assert words in shown["markdownDescription"]


def test_rows_of_a_treaty_are_the_states_by_name() -> None:
    rows = schema(KINDS["treaty-register"], record())["properties"]["states"]["properties"]
    assert {code: row["description"] for code, row in rows.items()} == {
        code: state.names["en"] for code, state in record().states.items()
    }


# The files.


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["schema", *arguments])
    return result.exit_code, result.stdout


def test_the_schemas_in_the_repository_are_current() -> None:
    assert run("--check", "--root", str(ROOT)) == (0, f"{len(KINDS)} current\n")


def test_editors_are_told_which_schema_is_for_which_files() -> None:
    told = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert told == {f"./schema/{file_name(name)}": places(document) for name, document in KINDS.items()}


@pytest.fixture
def arcadia(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARCADIA, tmp_path / "arcadia"))


def test_they_are_written_once_and_again_when_the_record_changes(arcadia: Path) -> None:
    assert run("--root", str(arcadia))[1].endswith(f"{len(KINDS)} of {len(KINDS)} written\n")
    assert run("--root", str(arcadia)) == (0, f"{len(KINDS)} current\n")
    (arcadia / "data/sources/xaa-new.yaml").write_text("title: A new law\n")
    code, said = run("--root", str(arcadia), "--check")
    assert code == 1
    assert "not current: schema/submission.schema.json\n" in said
    assert "xaa-new" not in (arcadia / "schema/submission.schema.json").read_text()
    assert run("--root", str(arcadia))[0] == 0
    assert "xaa-new" in (arcadia / "schema/submission.schema.json").read_text()


def test_one_is_shown_and_nothing_is_written(arcadia: Path) -> None:
    code, said = run("state", "--root", str(arcadia))
    assert (code, json.loads(said)["title"]) == (0, "State")
    assert not (arcadia / "schema").exists()


def test_a_schema_of_no_kind_is_pointed_out_and_stays(arcadia: Path) -> None:
    run("--root", str(arcadia))
    (arcadia / "schema/old.schema.json").write_text("{}")
    assert run("--root", str(arcadia), "--check") == (
        1,
        f"of no kind of file, and not touched: schema/old.schema.json\n{len(KINDS)} current\n",
    )


def test_a_record_with_errors_makes_no_schemas(arcadia: Path) -> None:
    (arcadia / "data/states/XAB/state.yaml").write_text("names: [Borduria]\n")
    result = CliRunner().invoke(app, ["schema", "--root", str(arcadia)])
    assert "data/states/XAB/state.yaml has errors" in str(result.exception)
    assert not (arcadia / "schema").exists()


# The manual.

EDITORS = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")


def test_the_manual_names_the_schema_of_every_place() -> None:
    rows = [line.strip("| ").split(" | ") for line in EDITORS.splitlines() if line.startswith("| `")]
    assert rows == [[f"`{places(document)}`", f"`schema/{file_name(name)}`"] for name, document in KINDS.items()]


def test_the_manuals_first_line_leads_from_a_file_to_its_schema() -> None:
    (path,) = (line.partition("$schema=")[2] for line in EDITORS.splitlines() if "yaml-language-server:" in line)
    assert (ROOT / "data/states/XAA/2015-2016" / path).resolve() == ROOT / "schema" / file_name("submission")


SHEET = "states/XAA/2015-2016/submission.yaml"
UNSAYABLE = {
    "1.0 for 1": (SHEET, b"answers: {a: {revision: 1.0, status: final}}"),
    ".nan": (SHEET, b"answers: {a: {revision: 1, status: final, values: [{value: .nan}]}}"),
    "a key that is no text": ("rounds/2015-2016.yaml", b"{state: closed, files: {2016: x}}"),
}


@pytest.mark.parametrize("case", UNSAYABLE)
def test_what_the_manual_says_a_schema_cannot_say_validate_says(case: str) -> None:
    path, data = UNSAYABLE[case]
    place = document_at(path)
    assert place is not None
    assert [one.code.id[:3] for one in parse(path, data, *place).diagnostics] == ["WP2"]
    assert validator(place[0]).is_valid(json.loads(json.dumps(yaml.read(data))))


def test_the_manuals_command_finds_nothing_wrong() -> None:
    (command,) = (line.split() for line in EDITORS.splitlines() if line.startswith("check-jsonschema "))
    files = sorted(str(path) for path in ROOT.glob(command.pop()))
    assert files
    arguments = [sys.executable, "-m", "check_jsonschema", *command[1:], *files]
    run_ = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run_.returncode == 0, run_.stdout
