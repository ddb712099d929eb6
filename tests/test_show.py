"""`workplan show` and `workplan list`: what is in the record can be found by the words one has for it, and is shown as it is."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import workplan_cli
from workplan_cli import resources
from workplan_cli.analysis.subjects import Kind, find, folded, subjects
from workplan_cli.cli import main
from workplan_cli.cli.listing import What
from workplan_cli.cli.lists import KINDS
from workplan_cli.cli.page import Page
from workplan_cli.model.record import DOCUMENTS
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of the result, each with single blanks."""
        return [" ".join(line.split()) for line in self.out.splitlines()]

    @property
    def words(self) -> str:
        """The result as if it had been written on one line."""
        return " ".join(self.out.split())


Ask = Callable[..., Said]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A command on the example, or on another root, in a pipe."""
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def asked(*arguments: str, root: Path | None = None) -> Said:
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--root", str(root or resources.example())])
        printed = capsys.readouterr()
        return Said(int(stopped.value.code or 0), printed.out, printed.err)

    return asked


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the example that a test may break."""
    return Path(shutil.copytree(resources.example(), tmp_path / "copy"))


# One page for each kind of thing.

PAGES = {
    "joint-inspection": "XAA joint-inspection Joint inspections of lodgings and wages",
    "g01": "Adopt a law on seasonal work that covers recruitment, lodging, pay and the journey home.",
    "XAA": "focal point Ministry of Labour, Seasonal Work Unit, Head of the Unit",
    "m01": "Prepare every two years a report on this Plan, based on what the states report.",
    "g08-line": "Implemented: a line was open throughout the season.",
    "SEASON": "XAB ● party ratified after 2016-11-30, by 2017-06-30 2018-12-31",
    "2015-2016": "deadline 2017-01-31",
    "season-plan-2015": "replaces season-plan-2011",
    "xaa-accidents-2016": "archived data/sources/archive/xaa-accidents-2016.csv",
    "assistance": "g08 Keep a telephone line, free of charge,",
}


@pytest.mark.parametrize("word", PAGES)
def test_every_kind_of_thing_has_a_page(ask: Ask, word: str) -> None:
    said = ask("show", word)
    assert (said.code, said.err) == (0, "")
    assert PAGES[word] in said.words


def test_there_is_a_word_tried_for_every_kind() -> None:
    known = subjects(load_record(Directory(resources.example() / "data"))[0])
    assert {subject.kind for word in PAGES for subject in find(word, known)} == set(Kind)


def test_everything_that_can_be_asked_about_has_a_page(ask: Ask) -> None:
    for subject in subjects(load_record(Directory(resources.example() / "data"))[0]):
        said = ask("show", *filter(None, (subject.state, subject.id)))
        assert (said.code, said.err) == (0, ""), subject
        assert len(said.out.splitlines()) > 3


def test_the_page_of_a_guideline_tells_text_parts_notes_revisions_and_answers(ask: Ask) -> None:
    assert "i. Convention of the Three Harbours on Seasonal Work; and (SEASON)" in ask("show", "g03").lines
    assert "“(ARC)” Looks like a mark of the negotiation;" in ask("show", "g07").words
    assert "before 1: Ensure that no workers pays for being recruited." in ask("show", "g05").lines
    assert "XAA state 2015-2016 g08-line ● implemented" in ask("show", "g08").lines
    assert "see also g04-licences" in ask("show", "g05").lines


def test_silence_is_shown_and_is_not_a_no(ask: Ask) -> None:
    assert "no answer in any voice XAC" in ask("show", "g01").lines
    assert "2015-2016 state · unanswered no submission" in ask("show", "XAC").lines
    assert "XAC state · unanswered no submission" in ask("show", "2015-2016").lines


def test_answers_are_counted_by_voice_and_what_is_carried_is_not_one(ask: Ask) -> None:
    said = ask("show", "XAA")
    assert "2015-2016 civil-society/harvest-hands 2 2017-02-24" in said.lines
    assert "2017-2018 state 9, 1 carried 2019-01-15" in said.lines
    assert "2017-2018 state 1, 1 in draft, 2 carried not yet" in ask("show", "XAB").lines


def test_a_cell_is_shown_in_every_voice_with_its_evidence_and_its_place(ask: Ask, copy: Path) -> None:
    said = ask("show", "XAA", "g08-line", root=copy)
    assert [line for line in said.lines if line.startswith("201") and " " in line] == [
        "2015-2016 state: ● implemented",
        "2015-2016 assessment: ◐ partial",
        "2015-2016 civil-society/harvest-hands: ◐ partial",
        "2015-2016 reply to assessment: ◐ partial",
        "2017-2018 state: · unanswered",
    ]
    assert "Labour Inspectorate of Arcadia, Annual Report 2016 (xaa-inspectorate-2016), para. 5" in said.words
    assert "“The line opened on 15 May 2015." in said.words
    (place,) = [line for line in said.lines if line.startswith("data/states/XAA/2015-2016/submission.yaml:")]
    path, _, number = place.partition(":")
    assert (copy / path).read_text(encoding="utf-8").splitlines()[int(number) - 1].startswith("  g08-line:")


CELLS = {
    ("XAA", "g07-injured"): "2015-2016 state: 2016 female: <5; 2016 male: 12",
    ("XAA", "g07-inspected"): "2017-2018 state: 2018: 210 of 350",
    ("XAA", "g01-since"): "2015-2016 state: 2014-03-01",
    ("XAA", "g05-sanctions"): "2015-2016 state: Repayment to the worker, Loss of the licence",
    ("XAA", "g10-lessons"): "2017-2018 state: ■ withheld",
    ("XAA", "g02-focal"): "2017-2018 state: ↻ carried from 2015-2016: implemented",
    ("XAA", "g01-law"): "confirmed 2018-11-12, Head of the Seasonal Work Unit",
    ("XAB", "g01-law"): "2015-2016 state: ◔ planned (late)",
    ("XAB", "g01-since"): "2015-2016 state: ⊘ not asked",
    ("XAB", "g04-licences"): "2015-2016 state: – not pursued (late)",
    ("XAB", "g02-focal"): "restricted; ask Dirección de Empleo Rural, Ministerio de Trabajo de Borduria",
    ("XAC", "g05-fees"): "2017-2018 desk-review: ◐ partial",
    ("XAC", "g03-season"): "XAC ◐ signed not a party on 2018-12-31; later: unknown 2018-12-31",
}


@pytest.mark.parametrize("cell", CELLS, ids=" ".join)
def test_a_cell_reads(ask: Ask, cell: tuple[str, str]) -> None:
    assert CELLS[cell] in ask("show", *cell).words


def test_after_a_state_a_guideline_shows_all_its_cells(ask: Ask) -> None:
    lines = ask("show", "XAA", "g08").lines
    assert [line for line in lines if line in ("g08-line", "g08-languages", "g08-free")] == [
        "g08-line",
        "g08-languages",
        "g08-free",
    ]


def test_after_a_state_a_round_shows_each_voice_for_itself(ask: Ask) -> None:
    lines = ask("show", "XAA", "2015-2016").lines
    assert [line for line in lines if line.startswith("data/")] == [
        "data/states/XAA/2015-2016/submission.yaml",
        "data/states/XAA/2015-2016/assessment.yaml",
        "data/states/XAA/2015-2016/civil-society/harvest-hands.yaml",
        "data/states/XAA/2015-2016/reply.yaml",
    ]
    assert "· unanswered: no submission in this round" in ask("show", "XAC", "2017-2018").lines


def test_after_a_state_only_its_own_measures_are_meant(ask: Ask) -> None:
    assert ask("show", "XAC", "decree-17-204").code == 0
    assert ask("show", "XAA", "decree-17-204").code == 2


def test_a_mandate_tells_what_was_done_in_each_voice(ask: Ask) -> None:
    lines = ask("show", "m01").lines
    assert "2015-2016 secretariat: ● implemented" in lines
    assert "2015-2016 desk-review: ● implemented" in lines
    assert "2017-2018 secretariat: · unanswered" in lines
    assert "2017-11-03 First biennial report: First Biennial Report on the Plan of Action" in ask("show", "m01").words


def test_a_source_tells_who_cites_it(ask: Ask) -> None:
    lines = ask("show", "harvest-hands-2016").lines
    assert "data/states/XAA/2015-2016/civil-society/harvest-hands.yaml e1, e2" in lines
    assert "data/registers/treaties/PENSION.yaml XAA, XAB, XAC" in ask("show", "pension-status").lines


# Dates that nobody has read.


def test_an_unknown_date_is_shown_as_unknown(ask: Ask) -> None:
    assert "closes unknown" in ask("show", "2017-2018").lines
    assert "XAC ● party became a party, date unknown 2017-06-30" in ask("show", "PENSION").lines
    assert "2017-2018 2018-10-01 2019-01-31 unknown not closed" in ask("list", "rounds").lines


# Names.

NAMES = {
    "xaa": "XAA",
    "Arcádia": "XAA",
    "BORDURIE": "XAB",
    "repubblica": None,
    "república de borduria": "XAB",
    "corv": "XAC",
    "G08": "g08",
    "g03.ii": "g03",
    "2015–2016": "2015-2016",
    "12 of 2013": "act-12-2013",
    "pensiones": "PENSION",
    "XX": "XAA",
}


@pytest.mark.parametrize("name", [name for name in NAMES if NAMES[name]])
def test_a_name_is_found_without_its_accents_and_capitals(name: str) -> None:
    known = subjects(load_record(Directory(resources.example() / "data"))[0])
    assert NAMES[name] in {subject.id for subject in find(name, known)}


def test_a_name_in_full_wins_over_its_beginning_elsewhere(ask: Ask) -> None:
    assert ask("show", "SEASON").words.startswith("SEASON Convention")
    assert ask("show", "season").words.startswith("III. BEFORE AND DURING THE SEASON")


def test_a_name_of_several_words_needs_no_quotes(ask: Ask) -> None:
    assert ask("show", "republic", "of", "arcadia").out == ask("show", "XAA").out
    assert ask("show", "republic", "of", "arcadia", "g08").out == ask("show", "XAA", "g08").out


def test_a_word_that_means_nothing_brings_the_closest(ask: Ask) -> None:
    said = ask("show", "bordura")
    assert (said.code, said.out) == (2, "")
    assert said.err == "workplan: nothing here is called 'bordura'\n  did you mean 'Borduria'?\n"
    assert "workplan list" in ask("show", "qqqqqqqq").err


def test_a_word_that_means_several_things_brings_the_list(ask: Ask) -> None:
    said = ask("show", "1")
    assert (said.code, said.out) == (2, "")
    assert "guideline g01; mandate m01" in said.err


@pytest.mark.parametrize("word", ["", " ", "%", "[/b]", "\x1b[31m", "../..", "g01\n", "é" * 5000])
def test_no_word_breaks_it(ask: Ask, word: str) -> None:
    said = ask("show", word)
    assert said.code in (0, 2)
    assert "\x1b" not in said.err


def test_folding_forgets_accents_case_and_punctuation() -> None:
    assert folded("Côte-d'Or") == folded("cote d or") == "cote d or"


# Languages.


def test_texts_are_shown_in_the_language_asked_for(ask: Ask) -> None:
    assert "¿Es gratuita la llamada?" in ask("show", "g08-free", "--lang", "es").words
    assert ask("list", "states", "--lang", "fr").lines[1] == "XAA Arcadie river-league"


def test_a_text_that_exists_only_in_another_language_is_marked_with_it(ask: Ask) -> None:
    said = ask("show", "g08", "--lang", "pt")
    assert "[en] Keep a telephone line" in said.words
    assert "A chamada é gratuita?" in said.words
    assert "[en]" not in ask("show", "g08").words


def test_a_language_that_the_plan_does_not_have_is_named(ask: Ask) -> None:
    said = ask("show", "g08", "--lang", "de")
    assert (said.code, said.err) == (2, "workplan: 'de' is not a language of the plan\n  its languages: en, es, pt, fr\n")


# Broken files.


def test_a_broken_file_is_left_out_and_named_and_the_rest_is_shown(ask: Ask, copy: Path) -> None:
    (copy / "data/states/XAA/2015-2016/assessment.yaml").write_text("answers: [\n", encoding="utf-8")
    (copy / "data/states/XAC/state.yml").write_text("names: {en: Corvania}\n", encoding="utf-8")
    said = ask("show", "XAA", "g08-line", root=copy)
    assert said.code == 0
    assert "2015-2016 state: ● implemented" in said.lines
    assert not any("assessment" in line for line in said.lines[:12] if line.startswith("2015"))
    assert said.err == (
        "workplan: 2 files are left out: data/states/XAA/2015-2016/assessment.yaml, data/states/XAC/state.yml\n"
        "  see why: workplan validate\n"
    )


def test_a_file_with_a_broken_entry_is_shown_in_part(ask: Ask, copy: Path) -> None:
    path = copy / "data/states/XAB/2017-2018/submission.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: darft"), encoding="utf-8")
    said = ask("show", "XAB", "2017-2018", root=copy)
    assert "g08-line ↻ carried from 2015-2016: not implemented" in said.lines
    assert said.err.startswith("workplan: 1 file is shown in part: data/states/XAB/2017-2018/submission.yaml\n")


def test_without_a_plan_nothing_can_be_shown(ask: Ask, copy: Path) -> None:
    (copy / "data/guidelines.yaml").write_text("id: [\n", encoding="utf-8")
    said = ask("show", "XAA", root=copy)
    assert (said.code, said.out) == (2, "")
    assert "data/guidelines.yaml cannot be read" in said.err


def test_references_to_nothing_do_not_break_a_page(ask: Ask, copy: Path) -> None:
    for path in (
        "indicators/assistance.yaml",
        "registers/treaties/SEASON.yaml",
        "sources/xaa-act-12-2013.yaml",
        "states/XAC/state.yaml",
    ):
        (copy / "data" / path).unlink()
    for words in (
        ("g08",),
        ("XAA",),
        ("XAA", "g03-season"),
        ("XAA", "g01-law"),
        ("XAA", "2015-2016"),
        ("g03-season",),
        ("2017-2018",),
    ):
        said = ask("show", *words, root=copy)
        assert (said.code, said.err) == (0, ""), words
    assert "g08-line no such indicator" in ask("show", "XAA", "2015-2016", root=copy).lines


def test_what_stands_in_the_record_is_shown_and_never_obeyed(ask: Ask, copy: Path) -> None:
    path = copy / "data/states/XAC/state.yaml"
    path.write_text('names: {en: "[bold]Corvania[/bold] [/b] \\e[31mred\\u202e"}\n', encoding="utf-8")
    said = ask("show", "XAC", root=copy)
    assert said.out.startswith("XAC  [bold]Corvania[/bold] [/b] \\x1b[31mred\\u202e\n")


# On a screen, in a pipe.

HOME = {"PYTHONPATH": str(Path(workplan_cli.__file__).parents[1])}
"""Where a process of its own finds the package, wherever it runs."""


def shown(arguments: list[str], **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """A command in a process of its own."""
    keep = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "workplan_cli", *arguments, "--root", str(resources.example())]
    return subprocess.run(command, env={**keep, **HOME, **environment}, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("word", PAGES)
def test_no_line_is_longer_than_eighty_columns_or_ends_in_blanks(ask: Ask, word: str) -> None:
    lines = ask("show", word).out.splitlines()
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_pipe_gets_no_escapes_and_a_list_one_line_a_row(ask: Ask) -> None:
    said = ask("list", "indicators")
    assert "\x1b" not in said.out
    assert len(said.lines) == 1 + 18
    assert "\x1b" not in ask("show", "XAA").out


def test_colour_can_be_demanded_and_changes_no_word() -> None:
    plain, coloured = shown(["show", "XAA"]).stdout, shown(["show", "XAA"], FORCE_COLOR="1", TERM="xterm").stdout
    assert b"\x1b[1m" in coloured
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == plain


def test_a_stream_that_is_not_utf8_gets_signs_in_ascii() -> None:
    said = shown(["show", "XAA", "g08-line"], PYTHONIOENCODING="ascii")
    assert b"2015-2016 state: # implemented" in said.stdout
    assert (said.returncode, said.stderr) == (0, b"")


ROWS = [
    ("XAA", "civil-society/harvest-hands", "2015-2016", "g08-languages", "○ not implemented (late)"),
    ("XAB", "state", "2017-2018", "g08-line", "↻ carried from 2015-2016: not implemented"),
]


@pytest.mark.parametrize("width", range(24, 140))
def test_a_table_loses_no_letter_at_any_width(capsys: pytest.CaptureFixture[str], width: int) -> None:
    columns = ("state", "voice", "round", "indicator", "answer")
    page = Page("en", width)
    page.table(columns, ROWS)
    page.finish()
    printed = capsys.readouterr().out
    assert sorted("".join(printed.split())) == sorted("".join(word for row in [columns, *ROWS] for word in "".join(row).split()))
    assert max(len(line) for line in printed.splitlines()) <= width


# Lists.


@pytest.mark.parametrize("what", list(What))
def test_every_list_is_the_same_in_three_forms(ask: Ask, what: What) -> None:
    text, as_json, as_csv = (ask("list", what.value, "--format", form) for form in ("text", "json", "csv"))
    rows = [list(row.values()) for row in json.loads(as_json.out)]
    columns, *cells = list(csv.reader(io.StringIO(as_csv.out)))
    assert rows == cells
    assert rows
    assert tuple(columns) == KINDS[what.value].columns
    assert text.lines == [" ".join(" ".join(row).split()) for row in [columns, *rows]]


def test_what_can_be_listed_is_what_there_are_lists_of() -> None:
    assert [what.value for what in What] == list(KINDS)


NARROWED = {
    ("indicators", "--guideline", "g01"): ["g01-law", "g01-since"],
    ("indicators", "--type", "rate"): ["g07-inspected", "g09-trained"],
    ("indicators", "--chapter", "general", "--type", "treaty"): ["g03-season", "g03-pension"],
    ("guidelines", "--chapter", "assistance"): ["g08", "g09", "g10"],
    ("states", "--group", "sending"): ["XAB", "XAC"],
    ("measures", "--state", "XAC"): ["XAC"],
    ("measures", "--type", "action-plan", "--guideline", "g09"): ["XAA"],
    ("treaties", "--guideline", "g03"): ["PENSION", "SEASON"],
}


@pytest.mark.parametrize("arguments", NARROWED, ids=" ".join)
def test_a_list_can_be_narrowed(ask: Ask, arguments: tuple[str, ...]) -> None:
    assert [line.split()[0] for line in ask("list", *arguments).lines[1:]] == NARROWED[arguments]


def test_a_filter_that_a_list_does_not_take_is_said_so(ask: Ask) -> None:
    assert ask("list", "rounds", "--state", "XAA").err == "workplan: list rounds takes no --state\n  it lists all of them\n"
    assert ask("list", "states", "--type", "law").err == "workplan: list states takes no --type\n  it takes --group\n"


def test_a_filter_for_what_there_is_not_brings_the_closest(ask: Ask) -> None:
    said = ask("list", "indicators", "--type", "nubmer")
    assert (said.code, said.err) == (2, "workplan: there is no type 'nubmer'\n  did you mean 'number'?\n")


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(ask: Ask, copy: Path) -> None:
    path = copy / "data/sources/plan-2014.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Plan", 'title: "=1+1"\nnote: Plan'), encoding="utf-8")
    assert "plan-2014,2014-12-05,public,'=1+1\n" in ask("list", "sources", "--format", "csv", root=copy).out


# What the shell offers.


def offered(words: str, where: Path) -> list[str]:
    """What bash would be offered for a command line that ends here."""
    line = f"workplan show {words}"
    environment = {"_WORKPLAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    command = [sys.executable, "-c", "from workplan_cli.cli import app; app(prog_name='workplan')"]
    environment = {**os.environ, **HOME, **environment}
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


def test_the_shell_offers_states_guidelines_indicators_and_rounds() -> None:
    assert offered("X", resources.example()) == ["XAA", "XAB", "XAC"]
    assert offered("g08", resources.example()) == ["g08", "g08-line", "g08-languages", "g08-free"]
    assert offered("2", resources.example()) == ["2015-2016", "2017-2018"]
    assert offered("m", resources.example()) == [f"m{number:02}" for number in range(1, 10)]


def test_after_a_state_the_shell_offers_what_can_be_asked_about_it() -> None:
    assert offered("XAA g10", resources.example()) == ["g10", "g10-lessons"]
    assert offered("XAA m", resources.example()) == []


def test_the_shell_is_offered_what_can_still_be_read(copy: Path, tmp_path: Path) -> None:
    (copy / "data/indicators/season.yaml").write_text("indicators: {", encoding="utf-8")
    (copy / "data/indicators/general.yaml").write_text("indicators: [1, {id: 2}]\n", encoding="utf-8")
    assert offered("g0", copy)[-4:] == ["g08-line", "g08-languages", "g08-free", "g09-trained"]
    (copy / "data/guidelines.yaml").write_bytes(b"\xff\x00: [")
    assert offered("X", copy) == ["XAA", "XAB", "XAC"]
    assert offered("X", tmp_path) == []


# Reading a record.


def test_a_record_holds_every_document_of_the_example() -> None:
    record, loaded = load_record(Directory(resources.example() / "data"))
    held = (*record.tables, *record.states.values(), *record.sheets, *record.secretariat, *record.treaties.values())
    held += (*record.rounds.values(), *record.sources.values(), *record.imports.values(), record.plan)
    held += record.registers
    assert {id(one.document) for one in loaded if one.document is not None} == {id(document) for document in held}
    assert {type(document) for document in held} == set(DOCUMENTS)


def test_a_record_can_be_read_in_part() -> None:
    record, loaded = load_record(Directory(resources.example() / "data"), lambda path: path.startswith("states/XAB/"))
    assert list(record.states) == ["XAB"]
    assert loaded[0].path == "guidelines.yaml"
    assert not record.sources
