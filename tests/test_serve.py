"""`workplan serve`: the report while one works on it, for this machine alone, made anew when a file changes."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_interrupted import listening

from workplan_cli import resources
from workplan_cli.cli.preview import LOOPBACK, Preview, listen
from workplan_cli.errors import WorkplanError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def port() -> Iterator[int]:
    """Where two pages are served."""
    server = listen(Preview({"index.html": b"<p>one</p>", "states/XAA.html": b"<p>two</p>", "data/cells.csv": b"a,b\n"}), 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join(10)


def ask(port: int, path: str, method: str = "GET", host: str | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host} if host is not None else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "body"),
    [("/", "<p>one</p>"), ("/index.html?x=1", "<p>one</p>"), ("/states/XAA.html", "<p>two</p>"), ("/data/cells.csv", "a,b\n")],
)
def test_a_page_is_served_by_its_path(port: int, path: str, body: str) -> None:
    status, kind, text = ask(port, path)
    assert (status, text) == (200, body)
    assert kind == ("text/csv" if path.endswith(".csv") else "text/html") + "; charset=utf-8"


@pytest.mark.parametrize("path", ["/nothing.html", "/../../etc/passwd", "/%2e%2e/index.html", "/states"])
def test_what_is_no_page_is_not_found(port: int, path: str) -> None:
    assert ask(port, path)[0] == 404


def test_only_the_head_is_sent_to_who_asks_for_it(port: int) -> None:
    assert ask(port, "/", "HEAD") == (200, "text/html; charset=utf-8", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    assert ask(port, "/", method)[0] == 501


def test_another_site_s_name_that_leads_here_is_not_answered(port: int) -> None:
    assert ask(port, "/", host="evil.example")[0] == 421
    assert ask(port, "/", host=f"evil.example:{port}")[0] == 421
    assert ask(port, "/", host=f"localhost:{port}")[0] == 200


def test_a_port_that_is_taken_is_told(port: int) -> None:
    with pytest.raises(WorkplanError, match=f"nothing can listen on port {port}"):
        listen(Preview(), port)


@contextmanager
def serving(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
        "XDG_CACHE_HOME": str(folder.parent / "c"),
    }
    command = [sys.executable, "-m", "workplan_cli", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listening
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert found, said + (process.stderr.read() if process.stderr else "")
            yield process, int(found[1])
        finally:
            if process.poll() is None:
                process.kill()


def until(port: int, path: str, words: str) -> str:
    """A page, once it has some words."""
    text = ""
    for _ in range(100):
        text = ask(port, path)[2]
        if words in text:
            return text
        time.sleep(0.1)
    raise AssertionError(f"{path} never said {words!r}: {text[:300]}")


def test_it_follows_the_record_and_the_templates_and_ends_cleanly(tmp_path: Path) -> None:
    folder = tmp_path / "arcadia"
    shutil.copytree(resources.example(), folder)
    with serving(folder) as (process, port):
        assert "Arcadia" in until(port, "/states/XAA.html", "<h1>Arcadia</h1>")
        profile = folder / "data/states/XAA/state.yaml"
        profile.write_text(profile.read_text(encoding="utf-8").replace('en: "Arcadia"', 'en: "New Arcadia"'), encoding="utf-8")
        until(port, "/states/XAA.html", "<h1>New Arcadia</h1>")
        (folder / "templates").mkdir()
        (folder / "templates/state.html").write_text(
            '{% extends "shipped/state.html" %}{% block main %}<p>Ours.</p>{% endblock %}'
        )
        until(port, "/states/XAA.html", "<p>Ours.</p>")
        (folder / "templates/state.html").write_text("{% block")
        time.sleep(1.5)
        assert "<p>Ours.</p>" in ask(port, "/states/XAA.html")[2]
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "made anew in" in complaints
        assert "not made anew: the template state.html cannot be used" in complaints
        assert "Traceback" not in complaints
    assert not (folder / "report").exists()


def test_a_record_with_errors_is_shown_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "arcadia"
    shutil.copytree(resources.example(), folder)
    path = folder / "data/states/XAA/2017-2018/submission.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("result: partial", "result: Partial", 1), encoding="utf-8")
    with serving(folder) as (_, port):
        until(port, "/", "This document was made from a record with errors.")
