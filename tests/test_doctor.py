"""`s4s-tui doctor`: what it says of a server over real HTTP, its JSON, and that a key is shown nowhere."""

import json
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from s4s_tui.cli import main
from s4s_tui.domain.diagnosis import skew
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.server import Sandbox
from s4s_tui.services.journal_file import open_journal
from s4s_tui.terminal.abilities import around, by_name, colours

VERSION_1 = Path(__file__).parent / "services" / "journal_v1.sql"
MARK = "marked-key-of-this-test"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("S4S_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("S4S_API_KEY", MARK)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("S4S_PROXY", raising=False)


def test_all_is_well_with_a_server_that_answers_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox = Sandbox(SandboxOptions())
    sandbox.start()
    try:
        status = main(["doctor", "--api-url", sandbox.url, "--json"])
    finally:
        sandbox.stop()
    said = capsys.readouterr().out
    report = json.loads(said)
    assert (status, report["verdict"]) == (0, "ok")
    names = [each["name"] for each in report["findings"]]
    assert {"server", "proxy", "clock", "terminal", "config", "data", "journal", "key", "versions"} <= set(names)
    assert len(names) == len(set(names))
    assert MARK not in said
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_that_does_not_answer_is_a_failure_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--api-url", "http://x.onion", "--proxy", f"socks5h://me:{MARK}@127.0.0.1:1"]
    assert main(["doctor", *arguments]) == 1
    said = capsys.readouterr().out
    assert "✗ server    http://x.onion: The proxy 127.0.0.1:1 does not answer; nothing was sent." in said
    assert "socks5h://127.0.0.1:1 (--proxy)" in said
    assert MARK not in said


def test_a_damaged_journal_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir(0o700)
    (tmp_path / "data" / "journal.db").write_bytes(b"no database" * 100)
    assert main(["doctor", "--api-url", "http://127.0.0.1:1"]) == 1
    assert "✗ journal " in capsys.readouterr().out


def test_a_sound_journal_is_looked_at_and_no_file_is_made_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = tmp_path / "data" / "journal.db"
    open_journal(journal).close()
    main(["doctor", "--api-url", "http://127.0.0.1:1"])
    assert "sound, orders: 0, schema version" in capsys.readouterr().out
    assert [each.name for each in journal.parent.iterdir()] == ["journal.db"]


@pytest.mark.parametrize(("here", "verdict"), [(1030.0, "ok"), (1031.0, "warning"), (969.0, "warning")])
def test_a_clock_more_than_thirty_seconds_off_is_a_warning(here: float, verdict: str) -> None:
    assert skew(1000.0, here).verdict == verdict


@pytest.mark.parametrize("answer", [b"220 mail ready\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>"])
def test_a_server_that_is_not_understood_is_a_failure(answer: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listener.accept()
        client.recv(65536)
        client.sendall(answer)
        client.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        assert main(["doctor", "--api-url", f"http://127.0.0.1:{listener.getsockname()[1]}"]) == 1
    finally:
        thread.join(5)
        listener.close()
    assert "✗ server " in capsys.readouterr().out


def test_what_the_terminals_name_promises_is_said_and_what_stands_between() -> None:
    assert by_name({"TERM": "xterm-kitty"}) == (
        "desktop notices: OSC 99 (by its name)",
        "sextants for small QR codes: yes (by its name)",
    )
    assert "not known" in by_name({"TERM": "xterm"})[1]
    assert [words.split(":")[0] for words in around({"SSH_TTY": "x", "TMUX": "y"}, "linux")] == [
        "over SSH",
        "in tmux",
    ]
    assert around({"STY": "1.tty"}, "linux") == ("in GNU screen: copies go to a file",)
    assert by_name({"TERM": "foot"})[0] == "desktop notices: OSC 777 (by its name)"
    assert colours({"NO_COLOR": "", "COLORTERM": "truecolor"}) == "no colours (NO_COLOR)"
    assert colours({"TERM": "xterm-256color"}) == "256 colours"


def test_a_journal_of_an_older_version_is_sound_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = tmp_path / "data" / "journal.db"
    journal.parent.mkdir()
    with closing(sqlite3.connect(journal)) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    before = journal.read_bytes()
    main(["doctor", "--api-url", "http://127.0.0.1:1"])
    assert "schema version 1, which the next start brings up to date" in capsys.readouterr().out
    assert journal.read_bytes() == before
