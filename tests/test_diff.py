"""What `workplan diff` says: YAML before, YAML after, the sentence. And how it is asked: two sides, options, formats."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from test_git import git

from workplan_cli import resources
from workplan_cli.cli import main
from workplan_cli.cli.diff import compare, said_in
from workplan_cli.cli.sides import Compared
from workplan_cli.reports.changes.comment import comment
from workplan_cli.storage.tree import Directory, Memory, Refusal

SUBMISSION = "states/XAA/2017-2018/submission.yaml"
PLAN = "guidelines.yaml"


def arcadia() -> dict[str, bytes]:
    tree = Directory(resources.example() / "data")
    found = {entry.path: tree.read(entry.path) for entry in tree.entries()}
    return {path: data for path, data in found.items() if not isinstance(data, Refusal)}


def told(before: dict[str, bytes], after: dict[str, bytes], language: str = "en") -> list[str]:
    """Every line of a comparison as one sentence, its remarks after a `!`."""
    said = said_in(compare(Compared(("before", Memory(before)), ("after", Memory(after)))), language)
    lines = []
    for group in said.groups:
        for line in (line for section in group.sections for line in section.lines):
            sides = " → ".join(side.words for side in (line.was, line.now) if side is not None)
            marked = [
                "".join({"same": w, "gone": f"[-{w}-]", "new": f"{{+{w}+}}"}[m.value] for m, w in one.pieces)
                for one in line.versions
            ]
            subject = f"{group.code} {line.subject}" if group.code else line.subject
            words = ", ".join(filter(None, (sides, "; ".join(line.parts))))
            lines.append(
                f"{subject}: {words}" + "".join(f" ! {one}" for one in line.remarks) + "".join(f" | {one}" for one in marked)
            )
    return lines


CASES: list[tuple[str, str, str, list[str]]] = [
    (
        SUBMISSION,
        "g04-licences: {revision: 1, status: final, result: implemented, valid: {from: 2018-04-02}, evidence: [e3]}",
        "g04-licences: {revision: 1, status: final, result: partial, valid: {from: 2018-04-02}, evidence: [e3]}",
        ["XAA g04-licences: implemented → partial ! went back; say why"],
    ),
    (
        SUBMISSION,
        "result: implemented, valid: {from: 2018-04-02}, evidence: [e3]}",
        'result: partial, valid: {from: 2018-04-02}, evidence: [e3], note: {en: "The list was late."}}',
        ["XAA g04-licences: implemented → partial ! it went back | {+The list was late.+}"],
    ),
    (
        SUBMISSION,
        "result: partial, evidence: [e7], needs: [funding]}",
        "result: implemented, evidence: [e7, e3, e1], needs: [training]}",
        [
            "XAA g07-lodgings: partial → implemented, needs: −funding +training; 2 new pieces of evidence (Labour Inspectorate "
            "of Arcadia, Annual Report 2018, para. 1; Act No. 12 of 2013 on Seasonal Work, arts. 5 to 14)"
        ],
    ),
    (
        SUBMISSION,
        "  g10-lessons: {revision: 1, status: final, absence: withheld}\n",
        "",
        ["XAA g10-lessons: withheld → not answered any more ! an answer that was given is gone"],
    ),
    (
        SUBMISSION,
        "absence: withheld}\n",
        "absence: withheld}\n  g08-line: {revision: 1, status: draft, result: partial}\n",
        ["XAA g08-line: partial, added; in 2015-2016: implemented; a draft ! went back; say why"],
    ),
    (
        SUBMISSION,
        "g02-focal: {revision: 1, status: carried, carried_from: 2015-2016, result: implemented, evidence: [e2]}",
        "g02-focal: {revision: 1, status: final, carried_from: 2015-2016, result: implemented, evidence: [e2], "
        'confirmed: {on: 2018-12-01, role: "Head of the Unit"}}',
        [
            "XAA g02-focal: carried, not confirmed: implemented → implemented, confirmed on 2018-12-01: Head of the Unit; "
            "carried → final"
        ],
    ),
    (
        SUBMISSION,
        "{year: 2018, part: 210, whole: 350}",
        "{year: 2018, part: 215, whole: 350}",
        ["XAA g07-inspected: 2018: 210/350 → 215/350"],
    ),
    (SUBMISSION, "submitted: 2019-01-15", "submitted: 2019-01-16", ["XAA submitted: 2019-01-15 → 2019-01-16"]),
    (
        SUBMISSION,
        '"44 licences to recruit were valid',
        '"46 licences to recruit were valid',
        [
            "XAA g04-recruiters: 2017: 44; 2018: 47, 1 piece of evidence changed (Labour Inspectorate of Arcadia, Annual "
            "Report 2018, para. 1) | [-44-]{+46+} licences to recruit were valid at the end of 2017, and 47 at the end of 2018."
        ],
    ),
    (
        "registers/treaties/SEASON.yaml",
        "title:",
        "symbol: CTH/7\ntitle:",
        ["symbol: none → CTH/7"],
    ),
]
"""A file, YAML before, YAML after, and what is said of it."""


@pytest.mark.parametrize(("path", "before", "after", "sentences"), CASES, ids=[case[3][0][:40] for case in CASES])
def test_a_change_is_said_in_plain_words(path: str, before: str, after: str, sentences: list[str]) -> None:
    files = arcadia()
    text = files[path].decode()
    assert text.count(before) == 1 or before == "title:"
    assert told(files, {**files, path: text.replace(before, after, 1).encode()}) == sentences


def test_an_answer_under_another_id_of_evidence_says_so() -> None:
    files = arcadia()
    text = files[SUBMISSION].decode()
    moved = text.replace("evidence: [e8]", "evidence: [e88]").replace("  e8: {", "  e88: {")
    assert told(files, {**files, SUBMISSION: moved.encode()}) == [
        "XAA g09-trained: 2018: 260/410, its evidence is cited in another way"
    ]


def test_an_answer_to_reworded_text_becomes_outdated() -> None:
    files = arcadia()
    text = files[PLAN].decode()
    start = text.index("- id: g10\n")
    found = re.compile(r"^( *)revision: 1\n", re.M).search(text, start)
    assert found is not None
    changed = text[: found.start()] + f"{found[1]}revision: 2\n" + text[found.end() :]
    history = re.compile(r"^( *)history:\n((?:\1  .*\n|\1- .*\n)+)", re.M).search(changed, start)
    assert history is not None
    last = history.end()
    dash = re.match(r" *", history[2])
    assert dash is not None
    changed = f'{changed[:last]}{dash[0]}- {{revision: 2, change: meaning, text: {{en: "Learn together."}}}}\n{changed[last:]}'
    lines = told(files, {**files, PLAN: changed.encode()})
    assert lines[0].startswith("g10: revision 1 → 2; a change of meaning ! answers to the older text are outdated")
    assert "{+Learn together.+}" in lines[0] or "Learn" in lines[0]
    assert "XAA g10-lessons: becomes outdated: it answers revision 1 of g10" in lines
    assert all("g10" in line for line in lines)


def test_a_state_that_becomes_a_party_is_said_under_its_name() -> None:
    files = arcadia()
    path = "registers/treaties/SEASON.yaml"
    text = files[path].decode()
    entry = re.search(r"^  XA[A-C]: .*action: none.*$", text, re.M)
    assert entry is not None
    code = entry[0].strip()[:3]
    after = text.replace(
        entry[0], f"  {code}: {{signed: 2014-05-06, action: ratification, date: 2017-03-04, sources: [season-status]}}"
    )
    (line,) = told(files, {**files, path: after.encode()})
    assert line.startswith(f"{code} SEASON: ")
    assert "→ party" in line
    assert "action: none → ratification" in line


def test_a_new_file_and_a_file_that_is_gone() -> None:
    files = arcadia()
    without = {path: data for path, data in files.items() if path != "states/XAC/2017-2018/desk-review.yaml"}
    gone, new = told(files, without), told(without, files)
    assert gone[0] == "XAC data/states/XAC/2017-2018/desk-review.yaml: the file is gone"
    assert new[0].startswith("XAC data/states/XAC/2017-2018/desk-review.yaml: a new file; compiled: ")
    assert len(gone) == len(new) == 3
    assert all("added" in line for line in new[1:])


REPLY = "states/XAA/2015-2016/reply.yaml"
ROUND = "rounds/2015-2016.yaml"


def test_a_reply_in_words_alone_is_said_with_its_words_and_to_whom() -> None:
    files = arcadia()
    said = b"answers:\n  g04-licences: {to: assessment, revision: 1, status: final, note: {en: We accept.}}\n"
    new = {**files, REPLY: files[REPLY].replace(b"answers:\n", said)}
    assert told(files, new) == ["XAA g04-licences: We accept., added; to: assessment"]


def test_what_was_done_to_a_round_is_said_as_an_act() -> None:
    files = arcadia()
    without = {path: data for path, data in files.items() if path != ROUND}
    acts = "opened on 2016-10-03; closed on 2018-01-31; with 7 files"
    assert told(without, files) == [f"data/rounds/2015-2016.yaml: a new file; {acts}"]
    again = files[ROUND].replace(b"files:\n", b'  - {on: 2019-06-03, act: reopen, reason: "A date."}\nfiles:\n')
    assert told(files, {**files, ROUND: again}) == ["round 2015-2016: opened again on 2019-06-03: A date."]
    assert told(files, {**files, ROUND: again}, "es") == ["round 2015-2016: abierta de nuevo el 2019-06-03: A date."]


def test_words_of_human_hand_are_marked() -> None:
    files = arcadia()
    path = "narrative/2015-2018/opening.md"
    (line,) = told(files, {**files, path: files[path] + b"\nOne more line.\n"})
    assert line.startswith(f"data/{path}: ")
    assert "{+" in line
    assert "One more line." in line


def test_a_file_that_cannot_be_read_on_one_side_is_named_and_nothing_is_said_of_it() -> None:
    files = arcadia()
    found = compare(Compared(("before", Memory(files)), ("after", Memory({**files, SUBMISSION: b"answers: [\n"}))))
    assert found.changes == ()
    assert [(one.side, one.path, one.in_part) for one in found.unreadable] == [("after", SUBMISSION, False)]


def test_an_answer_whose_result_cannot_be_read_is_not_one_and_the_comment_begins_with_the_file() -> None:
    files = arcadia()
    wrong = files[SUBMISSION].replace(
        b"g04-licences: {revision: 1, status: final, result: impl", b"g04-licences: {revision: 1, status: final, result: Impl"
    )
    found = compare(Compared(("before", Memory(files)), ("after", Memory({**files, SUBMISSION: wrong}))))
    made = comment(said_in(found, "en"), "en")
    assert "**XAA g04-licences**: ● implemented → · not answered\n  - ⚠️ **an answer that was given is gone**" in made
    assert made.index("was read in part in after") < made.index("XAA Arcadia")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arcadia in git: tag `first`, a branch `capital` with one answer changed, and one more in the working tree."""
    folder = tmp_path_factory.mktemp("diff") / "arcadia"
    shutil.copytree(resources.example(), folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "tag", "first")
    git(folder, "checkout", "-qb", "capital")
    path = folder / "data" / SUBMISSION
    path.write_text(path.read_text(encoding="utf-8").replace("part: 210", "part: 215"), encoding="utf-8")
    git(folder, "commit", "-aqm", "second")
    path.write_text(path.read_text(encoding="utf-8").replace("part: 260", "part: 265"), encoding="utf-8")
    return folder


def run(folder: Path, capfdbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(["diff", "--root", str(folder), *arguments])
    out, err = capfdbinary.readouterr()
    assert stopped.value.code == code, err.decode()
    return out.decode() + err.decode()


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ([], {"g09-trained"}),
        (["HEAD"], {"g09-trained"}),
        (["first"], {"g09-trained", "g07-inspected"}),
        (["first", "capital"], {"g07-inspected"}),
        (["first..capital"], {"g07-inspected"}),
        (["first...capital"], {"g07-inspected"}),
        (["capital", "first"], {"g07-inspected"}),
        (["capital", "HEAD"], set()),
    ],
    ids=lambda value: " ".join(sorted(value)) or "nothing",
)
def test_words_name_two_sides(here: Path, words: list[str], changed: set[str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = json.loads(run(here, capfdbinary, *words, "--format", "json"))
    assert found["format"] == "workplan-diff/1"
    assert {change["question"] for change in found["changes"]} == changed


def test_two_folders_need_no_git(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said = run(here, capfdbinary, str(resources.example()), str(here))
    assert "2 changes in 1 state" in said
    assert "XAA g07-inspected: 2018: 210/350 → 215/350" in said


def test_the_exit_code_is_asked_for(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(here, capfdbinary, "first", "--exit-code", code=1)
    run(here, capfdbinary, "first", "first", "--exit-code", code=0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["../nowhere/at/all"], "there is no folder '../nowhere/at/all'"),
        (["frist"], "there is no revision 'frist'\n  did you mean 'first'?"),
        (["--", "--upload-pack=x"], "there is no revision '--upload-pack=x'"),
        (["a", "b", "c"], "3 things cannot be compared"),
        (["first", "--lang", "xx"], "'xx' is no language of the tool"),
        (["first", "--format", "json", "--lang", "es"], "json has no language"),
        (["first", "--state", "XAZ"], "there is no state 'XAZ'"),
        (["first", "--voice", "nobody"], "there is no voice 'nobody'"),
    ],
)
def test_wrong_use_is_said_in_words(
    here: Path, arguments: list[str], said: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert said in run(here, capfdbinary, *arguments, code=2)


@pytest.mark.parametrize(
    ("narrowed", "number"),
    [
        (["--state", "XAA"], 2),
        (["--state", "Arcadia"], 2),
        (["--state", "XAB"], 0),
        (["--state", "Borduria"], 0),
        (["--voice", "state"], 2),
        (["--voice", "assessment"], 0),
        (["--chapter", "season"], 1),
        (["--chapter", "general"], 0),
    ],
)
def test_it_can_be_narrowed(here: Path, narrowed: list[str], number: int, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = json.loads(run(here, capfdbinary, "first", *narrowed, "--format", "json"))
    assert (len(found["changes"]), found["outside"]) == (number, 2 - number)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "2 changes"), ("es", "2 cambios"), ("pt", "2 alterações"), ("fr", "2 changements")]
)
def test_the_page_and_the_comment_speak_four_languages(
    here: Path, language: str, word: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for shape in ("md", "html"):
        said = run(here, capfdbinary, "first", "--format", shape, "--lang", language)
        assert word in said
    assert f'<html lang="{language}">' in said
    assert "<script" not in said
    assert "http-equiv" in said


HOSTILE = (
    "@everyone #12 owner/repo#3 GH-4 !5 ![x](http://evil.example/p.png) <img src=x onerror=alert(1)> <script>alert(1)</script> "
    "::error::pwned https://evil.example/ www.evil.example [a](javascript:x) | a | `b` ~~c~~ \u202eevil \u2066x"
)


def hostile() -> tuple[dict[str, bytes], dict[str, bytes]]:
    before = arcadia()
    text = before[SUBMISSION].decode()
    evil = json.dumps(HOSTILE.replace("\u202e", "").replace("\u2066", ""))
    after = text.replace("absence: withheld}", f"absence: withheld, note: {{en: {evil}}}}}")
    source = before["sources/xaa-inspectorate-2018.yaml"].decode()
    return before, {
        **before,
        SUBMISSION: after.encode(),
        "sources/xaa-inspectorate-2018.yaml": re.sub(r"^title: .*$", lambda _: f"title: {evil}", source, flags=re.M).encode(),
        "narrative/2015-2018/opening.md": HOSTILE.encode() + b"\n::error::pwned\n@all\n",
    }


def test_a_comment_calls_nobody_and_links_nowhere() -> None:
    before, after = hostile()
    found = compare(Compared(("@me", Memory(before)), ("<b>", Memory(after))))
    text = comment(said_in(found, "en"), "en")
    assert "everyone" in text
    shown = re.sub(r"\\(.)", r"\1", text)  # as a forge shows it, before it looks for names and numbers
    for word in ("@everyone", "@me", "@all", "#12", "repo#3", "GH-4", "!5", "https://", "www.evil", "\u202e"):
        assert word not in shown
    for mark in ("![", "<img", "<script", "<b>", "]("):
        assert not re.search(rf"(?<!\\){re.escape(mark)}", text)
    assert not re.search(r"^\s*::", text, re.M)


def test_a_page_shows_hostile_words_and_does_not_obey_them() -> None:
    from workplan_cli.reports.changes.webpage import webpage

    before, after = hostile()
    page = webpage(said_in(compare(Compared(("a", Memory(before)), ("<b>", Memory(after)))), "en"), "en", resources.templates())
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_the_text_moves_no_cursor_and_gives_no_order(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = hostile()
    for name, files in (("a", before), ("b", after)):
        for path, data in files.items():
            (tmp_path / name / "data" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "data" / path).write_bytes(data)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    said = run(tmp_path / "a", capfdbinary, str(tmp_path / "a"), str(tmp_path / "b"))
    assert said.startswith("::stop-commands::")
    assert "\u202e" not in said
    assert "everyone" in said


def test_a_comment_is_bounded_and_counts_what_is_left_out() -> None:
    before = arcadia()
    text = before[SUBMISSION].decode()
    note = "word " * 40
    after = re.sub(r"^(  g\d\d-[a-z]+: \{revision: 1, status: final, )", rf"\1note: {{en: {note}}}, ", text, flags=re.M)
    said = said_in(compare(Compared(("a", Memory(before)), ("b", Memory({**before, SUBMISSION: after.encode()})))), "en")
    assert len(said.lines) > 3
    short = comment(said, "en", limit=1500)
    assert len(short) <= 1500
    assert re.search(r"and \d+ more change", short)
    assert "more change" not in comment(said, "en")


def test_nothing_is_checked_out_and_nothing_is_written(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    def state() -> tuple[str, list[str]]:
        files = sorted(f"{path} {path.stat().st_mtime_ns}" for path in here.rglob("*"))
        return subprocess.run(["git", "worktree", "list"], cwd=here, capture_output=True, text=True, check=True).stdout, files

    before = state()
    run(here, capfdbinary, "first", "capital")
    assert state() == before
