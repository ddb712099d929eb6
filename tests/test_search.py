"""`workplan search` finds every text of the record, whatever the accents, and nothing of what is restricted."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan_cli import resources
from workplan_cli.analysis.search import Part, Wanted, part_of, passages, search
from workplan_cli.analysis.subjects import folded
from workplan_cli.cli import main
from workplan_cli.model.record import document_at
from workplan_cli.storage.loader import load
from workplan_cli.storage.tree import Directory

TREE = Directory(resources.example() / "data")
FILES = [entry.path for entry in TREE.entries() if document_at(entry.path) is not None]
SPEAKING = [path for path in FILES if part_of(path) is not None]


def run(capsys: pytest.CaptureFixture[str], *arguments: str, root: Path | None = None) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["search", *arguments, "--root", str(root or resources.example())])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


@pytest.mark.parametrize(
    ("written", "words", "found"),
    [
        ("linea", "La Línea gratuita", ["Línea"]),
        ("LÍNEA gratuita", "La línea, gratuita", ["línea", "gratuita"]),
        ('"linea gratuita"', "La línea – gratuita", ["línea – gratuita"]),
        ('"gratuita linea"', "La línea gratuita", []),
        ("traffick", "against trafficking", ["traffick"]),
        ("rafficking", "against trafficking", []),
        ("cote d'or", "la Côte-d'Or", ["Côte", "d'Or"]),
        ("strasse", "Straße 5", ["Straße"]),
        ("art. 7", "Ley 28950, art. 7", ["art", "7"]),
        ("line line", "one line", ["line"]),
    ],
)
def test_case_accents_and_signs_do_not_count(written: str, words: str, found: list[str]) -> None:
    assert [words[start:end] for start, end in Wanted.of(written).spans(words)] == found


@given(st.text(alphabet="aàÀßİﬁñ'-. 1ō", max_size=12))
def test_what_is_looked_for_is_folded_as_every_name_is(words: str) -> None:
    phrase = folded(words)
    assert phrase == "" or Wanted((phrase,)).spans(words)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_word_of_every_file_is_found_in_it(data: st.DataObject) -> None:
    """And the cheap look before a file is read rules out none that has it."""
    path = data.draw(st.sampled_from(SPEAKING))
    loaded = load(TREE, path)
    assert loaded.document is not None
    everything = passages(loaded.document, lambda source: False)
    passage = data.draw(st.sampled_from([one for one in everything if folded(one.words)]))
    word = data.draw(st.sampled_from(folded(passage.words).split()))
    wanted = Wanted.of(word)
    assert wanted.may_be_in(loaded.data.decode())
    assert passage in [one.passage for one in search(loaded.document, wanted, None, lambda source: False)]


def test_every_part_of_the_record_is_looked_in() -> None:
    assert {part_of(path) for path in SPEAKING} == set(Part)
    assert all(part_of(path) is Part.REGISTERS for path in FILES if path.startswith("registers/"))


def test_a_finding_names_the_line_on_which_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "inspect", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) > 3
    for row in rows:
        lines = (resources.example() / row["file"]).read_text(encoding="utf-8").splitlines()
        key = str(row["pointer"][-1])
        assert isinstance(row["pointer"][-1], int) or key in lines[row["line"] - 1], row
        assert any("inspect" in folded(row["text"][start:end]) for start, end in row["found"])


def test_parts_and_languages_narrow(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [row["part"] for row in json.loads(run(capsys, "season", "--format", "json")[1])]
    assert set(parts) == {"text", "answers", "registers", "sources"}
    assert parts == sorted(parts, key=[part.value for part in Part].index)
    only = json.loads(run(capsys, "season", "--format", "json", "--in", "registers,sources")[1])
    assert {row["part"] for row in only} == {"registers", "sources"}
    spanish = json.loads(run(capsys, "temporada", "--format", "json", "--lang", "es")[1])
    assert {row["language"] for row in spanish} <= {"es", None}
    assert "es" in {row["language"] for row in spanish}
    assert not json.loads(run(capsys, "temporada", "--format", "json", "--lang", "en", "--in", "text")[1])


def test_only_the_first_are_shown_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "season", "--max", "2")
    assert len(re.findall(r"^data/", out, re.M)) == 2
    many = re.search(r"found in (\d+) passages in (\d+) files; the first 2 are shown, all with --max 0", out)
    assert many is not None
    assert len(re.findall(r"^data/", run(capsys, "season", "--max", "0")[1], re.M)) == int(many[1])
    assert run(capsys, "xylophone")[:2] == (0, "found nowhere\n")


def test_what_is_restricted_is_not_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "sources").mkdir(parents=True)
    (data / "states" / "XAA" / "2015-2016").mkdir(parents=True)
    (data / "guidelines.yaml").write_text("title: {en: Plan}\n", encoding="utf-8")
    (data / "sources" / "vault.yaml").write_text(
        "title: Minutes\ncustodian: Ministry\npublisher: zebra\naccess: restricted\n", encoding="utf-8"
    )
    (data / "states" / "XAA" / "2015-2016" / "submission.yaml").write_text(
        "answers: {}\nevidence:\n  e1: {source: vault, pinpoint: zebra 1, access: public}\n"
        "  e2: {source: other, pinpoint: zebra 2, access: restricted}\n",
        encoding="utf-8",
    )
    assert not json.loads(run(capsys, "zebra", "--format", "json", root=tmp_path)[1])
    assert len(json.loads(run(capsys, "minutes", "--format", "json", root=tmp_path)[1])) == 1


def test_what_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "guidelines.yaml").write_text("title: {en: Hotline\n", encoding="utf-8")
    code, out, err = run(capsys, "hotline", root=tmp_path)
    assert (code, out) == (1, "found nowhere\n")
    assert "data/guidelines.yaml could not be read whole" in err


def test_wrong_words_are_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no word to look for" in run(capsys, "...")[2]
    code, _, err = run(capsys, "hotline", "--in", "anwsers")
    assert code == 2
    assert "'anwsers' is no part of the record" in err
    assert "did you mean 'answers'?" in err
