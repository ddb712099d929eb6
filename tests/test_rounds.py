"""Rounds by command: opened with what was said last, closed with every hash, reopened with a reason."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_answer import ROOT_MODULE, answers, run
from test_answer import root as root

from workplan_cli.checking.check import check
from workplan_cli.storage import yaml
from workplan_cli.storage.tree import Directory


def findings(root: Path) -> list[str]:
    return [f"{one.code.id} {one.path}" for one in check(Directory(root / "data")).diagnostics]


def opened(root: Path) -> tuple[int, str]:
    return run(root, "round", "open", "2019-2020", "--on", "2020-10-01", "--deadline", "2021-01-31")


def test_a_new_round_opens_with_last_rounds_answers_waiting_to_be_confirmed(root: Path) -> None:
    code, output = opened(root)
    assert code == 0, output
    held = answers(root, "data/states/XAA/2019-2020/submission.yaml")
    assert {one["status"] for one in held.values()} == {"carried"}
    assert held["g07-lodgings"]["carried_from"] == "2017-2018"
    assert held["g02-focal"]["carried_from"] == "2015-2016", "carried and never confirmed: it was said in the round before"
    assert "confirmed" not in held["g01-law"]
    assert "g04-recruiters" not in held, "figures are of their years"
    assert "g10-lessons" not in held, "what was withheld is asked anew"
    assert findings(root) == []
    assert "id: 2019-2020\n    opens: 2020-10-01\n    deadline: 2021-01-31\n" in (root / "data/guidelines.yaml").read_text()
    assert opened(root)[0] == 2


def test_what_is_there_already_stays_when_a_round_opens(root: Path) -> None:
    page = root / "data/states/XAA/2017-2018/submission.yaml"
    before = page.read_text().splitlines()
    run(root, "round", "open", "2017-2018", "--on", "2018-10-01")
    after = page.read_text().splitlines()
    assert [line for line in before if line not in after] == []
    carried = answers(root)["g05-sanctions"]
    assert (carried["status"], carried["carried_from"]) == ("carried", "2015-2016")
    assert findings(root) == []


def test_a_closed_round_is_held_to_its_hashes_until_it_is_reopened_with_a_reason(root: Path) -> None:
    run(root, "round", "close", "2017-2018", "--on", "2019-03-01")
    assert findings(root) == []
    page = root / "data/states/XAB/2017-2018/submission.yaml"
    page.write_text(page.read_text() + "# later\n")
    assert findings(root) == ["WP606 states/XAB/2017-2018/submission.yaml"]
    assert run(root, "answer", "XAB", "g08-line", "planned", "--round", "2017-2018")[0] == 2
    assert run(root, "round", "reopen", "2017-2018", "--reason", " ")[0] == 2
    assert run(root, "round", "reopen", "2017-2018", "--reason", "XAB asks", "--on", "2019-02-01")[0] == 2, "before it closed"
    assert run(root, "round", "reopen", "2017-2018", "--reason", "XAB asks", "--on", "2019-04-01")[0] == 0
    assert findings(root) == []
    assert run(root, "round", "close", "2017-2018", "--on", "2019-04-02")[0] == 0
    assert run(root, "round", "lock", "2017-2018", "--on", "2019-05-01")[0] == 0
    assert findings(root) == []
    log = yaml.read((root / "data/rounds/2017-2018.yaml").read_bytes())["log"]
    assert [one["act"] for one in log] == ["close", "reopen", "close", "lock"]


def test_who_closes_a_round_is_told_what_stays_unfinished(root: Path) -> None:
    _, output = run(root, "round", "close", "2017-2018", "--on", "2019-03-01")
    assert "not handed in by 2 of 3 states: XAB, XAC" in output
    assert "answers that stay drafts: XAB 1" in output
    assert "carried answers that stay unconfirmed, and so are no answers: XAA 1, XAB 2" in output


def test_the_board_says_who_has_started_and_who_is_late(root: Path) -> None:
    code, output = run(root, "round", "status", "2017-2018", "--as-of", "2019-02-02", "--format", "json")
    assert code == 0
    board = json.loads(output)
    assert board["days_left"] == -2
    assert [(one["state"], one["late"], one["submitted"]) for one in board["states"]] == [
        ("XAA", False, "2019-01-15"),
        ("XAB", True, None),
        ("XAC", True, None),
    ]
    text = run(root, "round", "status", "2017-2018")[1]
    assert "days" not in text, "no day is counted from a clock"
    assert "## Borduria (XAB): round 2017-2018" in run(root, "round", "status", "2017-2018", "--format", "md")[1]


def test_a_calendar_is_the_same_on_every_day(root: Path) -> None:
    from icalendar import Calendar

    one, other = (run(root, "round", "status", "2017-2018", "--format", "ics")[1] for _ in range(2))
    assert one == other
    events = Calendar.from_ical(one).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Round 2017-2018 opens", "Round 2017-2018 answers are due"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_at_any_moment_each_file_is_the_old_one_or_the_new_and_doing_it_again_finishes(root: Path) -> None:
    dice = random.Random(5)
    words = ["round", "open", "2019-2020", "--on", "2020-10-01", "--root", str(root)]
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-m", "workplan_cli", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT_MODULE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.2, 1.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        for path in (root / "data").rglob("*.yaml"):
            if not path.name.startswith("."):
                assert yaml.read(path.read_bytes()), path
    if not (root / "data/rounds/2019-2020.yaml").exists():
        assert run(root, "round", "open", "2019-2020", "--on", "2020-10-01")[0] == 0
    assert findings(root) == []
