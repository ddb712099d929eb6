"""Answers put into files that other people write in: whatever they wrote stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.record import document_at
from workplan_cli.model.submission import Answer
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.format import canonical
from workplan_cli.storage.graft import graft, new_sheet
from workplan_cli.storage.loader import parse

ROOT = Path(__file__).parent.parent
PATH = "states/XAA/2017-2018/submission.yaml"
ORDER = ("g01-law", "g02-count", "g03-line", "g04-end")

COUNT = Answer.model_validate(
    {
        "revision": 1,
        "status": "final",
        "values": [{"year": 2017, "sex": "female", "value": "<5", "evidence": "t1"}],
        "note": {"en": 'as "counted": 1 # not a comment'},
    }
)
PIECE = Evidence.model_validate(
    {"source": "xaa-table", "row": {"Year": "2017", "Group": "women: all"}, "cell": "3*", "access": "public"}
)


def put(text: str, answers: dict[str, Answer] | None = None, without: tuple[str, ...] = ()) -> str:
    answers = {"g02-count": COUNT} if answers is None else answers
    return graft(PATH, text.encode(), answers, {"t1": PIECE} if answers else {}, without, ORDER).decode()


ANSWER = """\
  g02-count:
    revision: 1
    status: final
    values:
      - {year: 2017, sex: female, value: "<5", evidence: t1}
    note: {en: "as \\"counted\\": 1 # not a comment"}
"""
ANSWER_IN_BRACKETS = (
    'g02-count: {revision: 1, status: final, values: [{year: 2017, sex: female, value: "<5", evidence: t1}], '
    'note: {en: "as \\"counted\\": 1 # not a comment"}}'
)
PROOF = '  t1: {source: xaa-table, row: {Year: "2017", Group: "women: all"}, cell: "3*", access: public}\n'

LAW = "  g01-law: {revision: 1, status: final, result: planned}\n"
LINE = "  g03-line:\n    revision: 1\n    status: final\n    result: partial # since May\n    evidence: [e1]\n"
E1 = "  e1: {source: xaa-law, pinpoint: art. 1}\n"

LONG = "answers:\n  g01-law:\n    revision: 1\n    status: final\n    text:\n      en: |\n        One.\n\n        Two.\n"

LAYOUTS = {
    "among the others, in the order of the plan": (
        f"answers:\n{LAW}  # About the line.\n{LINE}evidence:\n{E1}",
        f"answers:\n{LAW}{ANSWER}  # About the line.\n{LINE}evidence:\n{E1}{PROOF}",
    ),
    "before the first": (f"answers: # ours\n{LINE}evidence:\n{E1}", f"answers: # ours\n{ANSWER}{LINE}evidence:\n{E1}{PROOF}"),
    "behind the last, and its comments": (
        f"answers:\n{LAW}    # of the law\n# of the file\n",
        f"answers:\n{LAW}    # of the law\n{ANSWER}evidence:\n{PROOF}# of the file\n",
    ),
    "no answers yet": (
        f"submitted: 2019-01-30\nevidence:\n{E1}",
        f"submitted: 2019-01-30\nanswers:\n{ANSWER}evidence:\n{E1}{PROOF}",
    ),
    "empty brackets": ("answers: {} # none\nevidence: {}\n", f"answers: # none\n{ANSWER}evidence:\n{PROOF}"),
    "nothing behind the key": ("answers:\nevidence:\n", f"answers:\n{ANSWER}evidence:\n{PROOF}"),
    "neither key": ("submitted: 2019-01-30\n", f"submitted: 2019-01-30\nanswers:\n{ANSWER}evidence:\n{PROOF}"),
    "no line end at the end": (f"answers:\n{LAW}".rstrip("\n"), f"answers:\n{LAW}{ANSWER}evidence:\n{PROOF}"),
    "a long text before": (
        LONG + "\n\nevidence:\n" + E1,
        LONG + ANSWER + "\n\nevidence:\n" + E1 + PROOF,
    ),
    "lines of another system": (
        f"answers:\n{LAW}evidence:\n{E1}".replace("\n", "\r\n"),
        f"answers:\n{LAW}{ANSWER}evidence:\n{E1}{PROOF}".replace("\n", "\r\n"),
    ),
    "another indentation": (
        "answers:\n    g01-law: {revision: 1, status: final, result: planned}\n",
        "answers:\n    g01-law: {revision: 1, status: final, result: planned}\n"
        + "".join(f"  {line}\n" for line in ANSWER.splitlines())
        + f"evidence:\n  {PROOF}",
    ),
    "answers in brackets": (
        f"answers: {{g03-line: {{revision: 1, status: final}}}} # one\nevidence:\n{E1}",
        f"answers: {{{ANSWER_IN_BRACKETS}, g03-line: {{revision: 1, status: final}}}} # one\nevidence:\n{E1}{PROOF}",
    ),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_an_answer_finds_its_place(case: str) -> None:
    before, after = LAYOUTS[case]
    assert put(before) == after


def test_of_an_answer_that_is_there_only_what_differs_changes_and_its_comments_stay_where_they_are() -> None:
    old = "  # Why.\n  g02-count:\n    revision: 1 # first\n    status: draft # until May\n    # to do: count\n"
    old += "    absence: no-information\n"
    after = put(f"answers:\n{LAW}{old}{LINE}evidence:\n{E1}")
    new = "  # Why.\n  g02-count:\n    revision: 1 # first\n    status: final # until May\n    # to do: count\n" + "".join(
        f"{line}\n" for line in ANSWER.splitlines()[3:]
    )
    assert after == f"answers:\n{LAW}{new}{LINE}evidence:\n{E1}{PROOF}"


_LINES = {
    "revision": ("1", '1 # as "said"'),
    "status": ("draft", "final   # by #2", '"final"'),
    "result": ("partial # since May", "'planned'", "implemented"),
    "evidence": ("[e1] # art. 1", "\n      - e1 # the law\n      # and more"),
    "needs": ("[training, funding]", "[ training ] # when"),
    "note": (
        '{en: "a # b"} # c',
        "\n      # in words\n      en: |\n        One # no comment.\n\n        Two.\n      es: dos # here",
    ),
    "valid": ("{from: 2014-03} # told", "\n      from: 2014-03 # by law\n      # open"),
}


@st.composite
def odd_answers(draw: st.DrawFn) -> str:
    """An answer as people write it: keys in any order, some spread, with comments above and beside."""
    given = draw(st.permutations(["revision", "status", *draw(st.sets(st.sampled_from(sorted(_LINES)[:5])))]))
    text = f"  g02-count:{draw(st.sampled_from(['', ' # ours', '  # {not a map}']))}\n"
    for name in dict.fromkeys(given):
        text += draw(st.sampled_from(["", "    # above\n", "\n", "  # out of line\n"]))
        text += f"    {name}: {draw(st.sampled_from(_LINES[name]))}\n".replace(": \n", ":\n")
    return text


@given(odd_answers(), odd_answers())
@settings(max_examples=150, deadline=None)
def test_of_an_answer_with_odd_comments_the_lines_of_keys_that_stay_stay(old: str, new: str) -> None:
    """Each line of a key that says the same afterwards is there as it was, and every comment is kept."""
    before = f"answers:\n{LAW}  # About it.\n{old}{LINE}evidence:\n{E1}"
    was = yaml.read(before.encode())["answers"]["g02-count"]
    wanted = Answer.model_validate(yaml.read(f"{new}".encode())["g02-count"])
    after = graft(PATH, before.encode(), {"g02-count": wanted}, {}, (), ORDER).decode()
    is_ = yaml.read(after.encode())["answers"]["g02-count"]
    assert is_ == spelling.given(wanted)
    changed = {name for name in was if name not in is_ or was[name] != is_[name]}
    own = _lines_of_keys(old, changed)
    there = iter(after.splitlines())
    assert [line for line in before.splitlines() if line not in own and line not in there] == [], "in their order"


def _lines_of_keys(text: str, names: set[str]) -> set[str]:
    """The lines of some keys of an answer: the one with its name, and those below it."""
    found, inside = set(), False
    for line in text.splitlines():
        if line.startswith("    ") and line[4:5] not in (" ", "#"):
            inside = line.split(":")[0].strip() in names
        if inside:
            found.add(line)
    return found


def test_evidence_goes_with_what_cited_it_and_its_comments_stay() -> None:
    before = f"answers:\n{LAW}evidence:\n  # a\n  t0: {{source: xaa-table}} # b\n{E1}"
    assert put(before, without=("t0",)) == f"answers:\n{LAW}{ANSWER}evidence:\n  # a\n  # b\n{E1}{PROOF}"
    assert put(f"answers:\n{LAW}evidence:\n{E1}", {}, ("e1",)) == f"answers:\n{LAW}"


@pytest.mark.parametrize("text", ["answers: none\n", "- answers\n", "answers: &all {g01-law: *all}\n"])
def test_a_file_without_a_place_for_answers_is_left_alone(text: str) -> None:
    with pytest.raises(WorkplanError, match="is laid out in a way that leaves no place for a change at /") as error:
        put(text)
    assert error.value.hint


SHEETS = sorted((ROOT / "data" / "states").glob("*/*/desk-review.yaml")) + sorted(
    (ROOT / "examples" / "arcadia" / "data" / "states").glob("*/*/*.yaml")
)


@given(st.sampled_from(SHEETS), st.data())
@settings(max_examples=40, deadline=None)
def test_in_every_file_there_is_only_the_intended_keys_change(file: Path, data: st.DataObject) -> None:
    """Every line stays where it was, but for those of the answer that is replaced; every other key keeps its content."""
    before = file.read_bytes()
    content = yaml.read(before)
    path = file.relative_to(file.parents[3]).as_posix()
    ids = [*content["answers"], "zzz-new"]
    id_ = data.draw(st.sampled_from(ids))
    after = graft(path, before, {id_: COUNT}, {"zzz-piece": PIECE}, (), data.draw(st.permutations(ids)))
    changed = yaml.read(after)
    assert {key: value for key, value in changed["answers"].items() if key != id_} == {
        key: value for key, value in content["answers"].items() if key != id_
    }
    assert {key: value for key, value in changed.get("evidence", {}).items() if key != "zzz-piece"} == content.get("evidence", {})
    assert {key: value for key, value in changed.items() if key not in ("answers", "evidence")} == {
        key: value for key, value in content.items() if key not in ("answers", "evidence")
    }
    if id_ == "zzz-new":
        there = iter(after.decode().splitlines())
        assert [line for line in before.decode().splitlines() if line not in there] == []


def test_a_new_file_is_canonical_and_sound() -> None:
    data = new_sheet({"submitted": "2019-01-30"}, {"g02-count": COUNT}, {"t1": PIECE})
    assert data.decode() == f"submitted: 2019-01-30\nanswers:\n{ANSWER}evidence:\n{PROOF}"
    place = document_at(PATH)
    assert place is not None
    loaded = parse(PATH, data, *place)
    assert loaded.diagnostics == ()
    assert canonical(PATH, data).text == data


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_text_is_written_on_one_line_and_read_as_itself(text: str) -> None:
    written = spelling.scalar(text)
    assert visible(written) == written
    assert yaml.read(f"- [{written}]\n- {{{written}: 1}}\n- {written}\n".encode()) == [[text], {text: 1}, text]


@pytest.mark.parametrize(
    "text", ["2016", "2016-03-01", "1.10", "010", "0x1F", "null", "True", "no", "~", "", " a", "a ", "a: b", "a #b", "<5"]
)
def test_a_text_that_could_be_something_else_is_quoted(text: str) -> None:
    assert yaml.read(f"a: {spelling.scalar(text)}\n".encode()) == {"a": text}
