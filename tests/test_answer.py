"""Answers by command: the right key changes, and what a rule stands against is not written."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.cli import app, walk
from workplan_cli.cli.amending import open_sitting
from workplan_cli.cli.composing import Typed
from workplan_cli.errors import WorkplanError
from workplan_cli.storage import yaml
from workplan_cli.storage.tree import Directory

ROOT_MODULE = Path(__file__).parent.parent / "src"
PAGE = "data/states/XAA/2017-2018/submission.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(resources.example(), tmp_path / "r")
    return tmp_path / "r"


def run(root: Path, *words: str) -> tuple[int, str]:
    """The exit code, and what is said; a refusal with its hint."""
    done = CliRunner().invoke(app, [*words, "--root", str(root)])
    if isinstance(done.exception, WorkplanError):
        return 2, f"{done.exception.message} / {done.exception.hint}"
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def answers(root: Path, page: str = PAGE) -> dict[str, Any]:
    content: dict[str, Any] = yaml.read((root / page).read_bytes())["answers"]
    return content


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


GIVEN = {
    "on the scale": (("g08-line", "partial", "--evidence", "e7"), {"result": "partial", "evidence": ["e7"]}),
    "options, in the order of the question": (("g08-languages", "es,en"), {"choice": ["en", "es"]}),
    "figures": (("g04-recruiters", "2017=1", "2018=<5"), {"values": [{"year": 2017, "value": 1}, {"year": 2018, "value": "<5"}]}),
    "a rate": (("g09-trained", "2018=30/90"), {"values": [{"year": 2018, "part": 30, "whole": 90}]}),
    "a date": (("g01-since", "2014-03"), {"date": "2014-03"}),
    "words": (("g10-lessons", "Two: words", "--lang", "es"), {"text": {"es": "Two: words"}}),
    "an absence": (("g05-fees", "not-pursued", "--reason", "No need."), {"absence": "not-pursued", "reason": {"en": "No need."}}),
}


@pytest.mark.parametrize("case", GIVEN)
def test_every_kind_of_question_is_answered(root: Path, case: str) -> None:
    words, said = GIVEN[case]
    code, output = run(root, "answer", "XAA", *words)
    assert code == 0, output
    after = answers(root)[words[0]]
    assert {name: after.get(name) for name in said} == said
    assert after["status"] == "final"
    assert not [one for one in check(Directory(root / "data")).diagnostics if one.path == PAGE.removeprefix("data/")]


REFUSED = {
    "no such word": (("g08-line", "partly"), "'partly' is no answer to g08-line / did you mean 'partial'?"),
    "no such indicator": (("g08-lines", "partial"), "there is no indicator 'g08-lines' / did you mean 'g08-line'?"),
    "no such option": (("g08-languages", "eo"), "'eo' is no option of g08-languages"),
    "no such year": (("g04-recruiters", "17=4"), "'17' in '17=4' is no year"),
    "no such figure": (("g07-injured", "2018=12"), "it takes figures: 2017,SEX=44, with a word for the sex, or total"),
    "no such evidence": (("g08-line", "partial", "--evidence", "e77"), "the file has no evidence 'e77'"),
    "no such source": (("g08-line", "partial", "--source", "xaa-act-12-2014"), "did you mean 'xaa-act-12-2013'?"),
    "a claim without evidence": (("g08-line", "partial"), "WP501 answer g08-line claims 'partial' and cites no evidence"),
    "a quotation that is not there": (
        ("g08-line", "partial", "--source", "xaa-act-12-2013", "--quotation", "Nobody wrote this."),
        "nothing was written",
    ),
    "a small count": (("g07-injured", "2018,female=3"), "WP701"),
    "a closed round": (("g08-line", "planned", "--round", "2015-2016"), "the round 2015-2016 is closed and takes no answers"),
    "nobody to ask": (("g08-line", "--no-input"), "there is nobody to ask"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_stand_is_refused_and_nothing_is_written(root: Path, case: str) -> None:
    words, why = REFUSED[case]
    before = (root / PAGE).read_bytes()
    code, output = run(root, "answer", "XAA", *words)
    assert code == 2
    assert why in output
    assert (root / PAGE).read_bytes() == before


def test_words_are_in_the_language_of_the_file_where_none_is_named(root: Path) -> None:
    run(root, "answer", "XAB", "g06-contract", "partial", "--note", "Desde mayo.", "--draft")
    assert answers(root, "data/states/XAB/2017-2018/submission.yaml")["g06-contract"]["note"] == {"es": "Desde mayo."}
    run(root, "answer", "XAB", "g05-fees", "planned", "--note", "From May.", "--draft", "--lang", "en")
    assert answers(root, "data/states/XAB/2017-2018/submission.yaml")["g05-fees"]["note"] == {"en": "From May."}


def test_a_parallel_report_is_begun_by_its_organisation_and_then_answered(root: Path) -> None:
    words = ("answer", "XAB", "g08-line", "planned", "--voice", "civil-society/season-watch")
    code, said = run(root, *words)
    begin = 'workplan new parallel-report XAB 2017-2018 season-watch --set organisation="…"'
    assert (code, begin in said) == (2, True), said
    assert run(root, *begin.replace('"…"', "Season-Watch").split()[1:])[0] == 0
    assert run(root, *words)[0] == 0
    assert check(Directory(root / "data")).diagnostics == ()


def test_only_the_keys_that_are_named_change(root: Path) -> None:
    before = (root / PAGE).read_text()
    run(root, "answer", "XAA", "g07-lodgings", "implemented", "--note", "Since May.")
    gone, come = lines_changed(before, (root / PAGE).read_text())
    assert gone == ["  g07-lodgings: {revision: 1, status: final, result: partial, evidence: [e7], needs: [funding]}"]
    assert come == [
        "  g07-lodgings: {revision: 1, status: final, result: implemented, evidence: [e7], needs: [funding], "
        "note: {en: Since May.}}".replace("Since May.", '"Since May."')
    ]


def test_a_dry_run_shows_and_writes_nothing(root: Path) -> None:
    before = (root / PAGE).read_bytes()
    code, output = run(root, "answer", "XAA", "g07-lodgings", "planned", "--dry-run")
    assert code == 0
    assert "XAA g07-lodgings: - result: partial\n  XAA g07-lodgings: + result: planned\n" in output
    assert (root / PAGE).read_bytes() == before


@pytest.mark.parametrize("command", ["answer", "confirm", "attach", "new", "seal", "verify"])
def test_the_examples_of_the_help_fit_a_terminal(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "80", "NO_COLOR": "1"}).output
    assert f"workplan {command}" in shown
    assert [line for line in shown.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "the file is empty"),
        (b"# to do\n", "the file is empty"),
        (b"answers: [\n", "this is not YAML: a value is expected here"),
        (b"\xef\xbb\xbfanswers: {}\n", "byte order mark"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_and_it_stays(root: Path, text: bytes, why: str) -> None:
    (root / PAGE).write_bytes(text)
    code, said = run(root, "answer", "XAA", "g08-line", "no-information")
    assert (code, (root / PAGE).read_bytes()) == (2, text)
    assert "cannot be read: " in said
    assert why in said


def test_a_file_that_is_not_there_is_made(root: Path) -> None:
    run(root, "answer", "XAC", "g08-line", "no-information")
    assert answers(root, "data/states/XAC/2017-2018/submission.yaml")["g08-line"]["absence"] == "no-information"


def test_a_fault_that_was_there_before_does_not_stop_another_answer(root: Path) -> None:
    page = root / PAGE
    page.write_text(page.read_text().replace("result: partial, evidence: [e7]", "result: partial, evidence: [e99]"))
    assert run(root, "answer", "XAA", "g05-fees", "no-information")[0] == 0
    assert answers(root)["g05-fees"]["absence"] == "no-information"


def test_a_carried_answer_is_confirmed_and_by_which_office(root: Path) -> None:
    code, output = run(root, "confirm", "XAA", "g02-focal", "--role", "Seasonal Work Unit", "--on", "2018-11-12")
    assert code == 0, output
    after = answers(root)["g02-focal"]
    assert (after["status"], after["carried_from"]) == ("final", "2015-2016")
    assert after["confirmed"] == {"on": "2018-11-12", "role": "Seasonal Work Unit"}
    assert run(root, "confirm", "XAA", "g02-focal", "--role", "Unit", "--on", "2018-11-12")[0] == 1


def test_what_has_run_out_is_not_confirmed(root: Path) -> None:
    page = root / PAGE
    page.write_text(
        page.read_text().replace(
            "result: implemented, evidence: [e2]}", "result: implemented, valid: {to: 2018-06}, evidence: [e2]}"
        )
    )
    code, output = run(root, "confirm", "XAA", "--all-shown", "--role", "Unit", "--on", "2018-11-12")
    assert code == 1
    assert "g02-focal: not confirmed, it was valid to '2018-06', which is past on 2018-11-12" in output
    assert answers(root)["g02-focal"]["status"] == "carried"


def test_a_text_that_has_changed_is_not_confirmed_unseen(root: Path) -> None:
    page = root / PAGE
    carried = "  g01-since: {revision: 1, status: carried, carried_from: 2015-2016, date: 2014-03-01}\n"
    kept = [line for line in page.read_text().splitlines(keepends=True) if not line.startswith("  g01-since:")]
    page.write_text("".join(kept).replace("  # Carried and not", f"{carried}  # Carried and not"))
    plain = ("confirm", "XAA", "g01-since", "--role", "Unit", "--on", "2018-11-12")
    code, output = run(root, *plain)
    assert code == 1
    assert "g01, revision 1: " in output
    assert "g01, revision 2: " in output
    assert run(root, *plain, "--seen", "1")[0] == 1
    assert answers(root)["g01-since"]["status"] == "carried"
    assert run(root, *plain, "--seen", "2")[0] == 0
    assert answers(root)["g01-since"]["revision"] == 2


def test_the_walk_writes_each_answer_at_once_and_goes_on_where_it_was_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = open_sitting(root, "XAA", None, "state")
    first = [one.id for one in walk.waiting(sitting)]
    typed = iter(["s", "3", "nonsense", "b"])

    def listen(prompt: str) -> str | None:
        return next(typed, None)

    monkeypatch.setattr(walk, "_listen", listen)
    walk.walk(sitting, walk.waiting(sitting), "en", Typed(), False)
    rest = [one.id for one in walk.waiting(sitting.again())]
    assert first[:3] == ["g02-focal", "g05-fees", "g05-sanctions"]
    assert rest == [first[0], *first[3:]], "the second is answered, and the third is void since it depends on it"
    assert answers(root)["g05-fees"]["result"] == "planned"


def walked(root: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], voice: str = "state", round_: str | None = None) -> str:
    """What a walk shows to a person who types this and then closes the input."""
    shown: list[str] = []
    lines = iter(typed)
    monkeypatch.setattr(walk, "_listen", lambda prompt: shown.append(prompt) or next(lines, None))
    monkeypatch.setattr(walk.terminal, "emit", shown.append)
    monkeypatch.setattr(walk.terminal, "say", lambda words, hint="": shown.append(f"{words}\n{hint}\n"))
    sitting = open_sitting(root, "XAA", round_, voice)
    walk.walk(sitting, walk.waiting(sitting), "en", Typed(), False)
    assert not list(lines), "all that was typed was asked for"
    return "".join(shown)


def test_in_the_walk_a_carried_answer_is_confirmed_with_one_key_and_the_office_is_asked_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = root / PAGE
    carried = "  g01-since: {revision: 1, status: carried, carried_from: 2015-2016, date: 2014-03-01}\n"
    kept = [line for line in page.read_text().splitlines(keepends=True) if not line.startswith("  g01-since:")]
    page.write_text("".join(kept).replace("  # Carried and not", f"{carried}  # Carried and not"))
    shown = walked(root, monkeypatch, ["c", "n", "c", "y", "Seasonal Work Unit", "c"])
    assert "does the answer hold for it?" in shown
    assert "g01-since is not confirmed" in shown
    assert shown.count("by which office") == 1
    after = answers(root)
    assert [after[one]["confirmed"]["role"] for one in ("g01-since", "g02-focal")] == ["Seasonal Work Unit"] * 2
    assert (after["g01-since"]["revision"], after["g02-focal"]["status"]) == (2, "final")
    assert "2 answered" in shown


def test_in_the_walk_back_goes_over_a_question_that_is_void(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = walked(root, monkeypatch, ["s", "planned", "b", "b", "b", "q"])
    heads = [line.split()[-1] for line in shown.splitlines() if " of " in line and line[0].isdecimal()]
    assert heads[0] == heads[-1] == heads[-2] == "g02-focal"
    assert heads.count("g05-fees") == 2
    assert "g05-sanctions" not in heads


def test_an_answer_that_was_only_carried_is_not_said_to_have_been_given(root: Path) -> None:
    assert run(root, "round", "close", "2017-2018", "--on", "2019-03-01")[0] == 0
    assert run(root, "round", "open", "2019-2020", "--on", "2020-10-01")[0] == 0
    _, shown = run(root, "confirm", "XAA")
    of_focal = shown[shown.index("g02-focal\n") : shown.index("g04-licences\n")]
    assert "  in 2015-2016: implemented\n" in of_focal
    assert "  in 2017-2018: carried on, and confirmed by nobody\n" in of_focal
    assert "  now: the same, carried and to be confirmed\n" in of_focal
    of_law = shown[shown.index("g01-law\n") : shown.index("g01-since\n")]
    assert "  in 2017-2018: implemented, said in 2015-2016 and confirmed\n" in of_law


REPLY = "data/states/XAA/2015-2016/reply.yaml"


@pytest.fixture
def replying(root: Path) -> Path:
    """The example with its first round open again, in which there is an assessment and a parallel report."""
    assert run(root, "round", "reopen", "2015-2016", "--reason", "A reply is late.", "--on", "2019-06-03")[0] == 0
    return root


def test_a_reply_says_to_whom_it_is(replying: Path) -> None:
    where = ("--voice", "reply", "--round", "2015-2016")
    before = (replying / REPLY).read_text()
    code, said = run(replying, "answer", "XAA", "g04-licences", *where, "--note", "We accept this.")
    assert code == 0, said
    assert "+ to: assessment" in said
    assert answers(replying, REPLY)["g04-licences"] == {
        "to": "assessment",
        "revision": 1,
        "status": "final",
        "note": {"en": "We accept this."},
    }
    assert lines_changed(before, (replying / REPLY).read_text())[0] == []
    assert check(Directory(replying / "data")).diagnostics == ()
    for words, why in (
        (("g01-law",), "there is nothing on g01-law to reply to in the round 2015-2016"),
        (("g04-licences", "--reply-to", "assesment"), "'assesment' says nothing on g04-licences"),
        (("g04-licences", "partial", "--round", "2017-2018"), "nothing on g04-licences to reply to in the round 2017-2018"),
    ):
        code, said = run(replying, "answer", "XAA", *where, *words, "--note", "x")
        assert (code, why in said) == (2, True), said
    code, said = run(replying, "answer", "XAA", "g08-line", "planned", *where[2:], "--reply-to", "assessment")
    assert (code, "only a reply is to another voice" in said) == (2, True)


def test_where_two_voices_have_spoken_a_reply_names_one(replying: Path) -> None:
    parallel = replying / "data/states/XAA/2015-2016/civil-society/harvest-hands.yaml"
    text = parallel.read_text().replace("answers:\n", "answers:\n  g04-licences: {revision: 1, status: final, result: planned}\n")
    parallel.write_text(text)
    plain = ("answer", "XAA", "g04-licences", "--voice", "reply", "--round", "2015-2016", "--note", "No.")
    code, said = run(replying, *plain)
    assert (code, "assessment and civil-society/harvest-hands both answer g04-licences" in said) == (2, True), said
    for voice in ("civil-society/harvest-hands", "assessment"):
        assert run(replying, *plain, "--reply-to", voice)[0] == 0
        assert answers(replying, REPLY)["g04-licences"]["to"] == voice
    assert run(replying, *plain[:-1], "Yes.")[0] == 0, "whom it is to is known by now"
    assert answers(replying, REPLY)["g04-licences"]["to"] == "assessment"


def test_the_walk_of_a_reply_shows_what_it_is_to(replying: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = walked(replying, monkeypatch, ["n", "", "n", "We accept this."], "reply", "2015-2016")
    assert "assessment says: partial: Concurs with the state." in shown
    assert "nothing is said" in shown
    assert answers(replying, REPLY)["g04-licences"]["note"] == {"en": "We accept this."}


def test_a_carried_reply_is_confirmed(replying: Path) -> None:
    page = replying / REPLY
    page.write_text(page.read_text().replace("status: final", "status: carried", 1))
    where = ("--voice", "reply", "--round", "2015-2016")
    code, said = run(replying, "confirm", "XAA", "g05-fees", *where, "--role", "Unit", "--on", "2019-06-03")
    assert code == 0, said
    after = answers(replying, REPLY)["g05-fees"]
    assert (after["status"], after["to"]) == ("final", "civil-society/harvest-hands")
    assert after["confirmed"] == {"on": "2019-06-03", "role": "Unit"}
