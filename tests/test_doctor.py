"""`s4s-tui doctor`: what it says of a server over real HTTP, its JSON, and that a key is shown nowhere."""

import json
import os
import re
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from s4s_tui.cli import main
from s4s_tui.commands.checkup import space
from s4s_tui.domain.diagnosis import skew
from s4s_tui.domain.preferences import ClipboardChoice
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.server import Sandbox
from s4s_tui.services.journal_file import open_journal
from s4s_tui.terminal.abilities import around, colours, copies, notices, osc52, sextants
from s4s_tui.terminal.query import Answer

VERSION_1 = Path(__file__).parent / "services" / "journal_v1.sql"
MARK = "marked-key-of-this-test"
SILENT = Answer()


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
    asked = ["server", "countries", "services", "proxy", "clock"]
    assert names == [
        *asked,
        "terminal",
        "notices",
        "sextants",
        "osc52",
        "copies",
        "config",
        "data",
        "journal",
        "key",
        "versions",
    ]
    words = {each["name"]: each["words"] for each in report["findings"]}
    assert re.fullmatch(r"\d+ understood \(\d+ ms\)", words["countries"])
    assert re.fullmatch(r"[\d,]+ of Germany understood \(\d+ ms\)", words["services"])
    assert MARK not in said
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_that_does_not_answer_is_a_failure_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--api-url", "http://x.onion", "--proxy", f"socks5h://me:{MARK}@127.0.0.1:1"]
    assert main(["doctor", *arguments]) == 1
    said = capsys.readouterr().out
    assert "✗ server    http://x.onion: The proxy 127.0.0.1:1 does not answer; nothing was sent." in said
    assert "! proxy     socks5h://127.0.0.1:1 (--proxy); nothing came through it" in said
    assert MARK not in said


@pytest.mark.parametrize(("free", "verdict"), [(1, "failure"), (2, "warning"), (49, "warning"), (50, "ok")])
def test_little_space_is_a_warning_and_none_a_failure(free: int, verdict: str) -> None:
    assert space(free) == verdict


@pytest.mark.parametrize(
    ("choice", "environ", "well", "words"),
    [
        ("auto", {}, True, "go to the terminal (OSC 52)"),
        ("auto", {"SSH_TTY": "x", "TMUX": "y", "DISPLAY": ":0"}, True, "the terminal (OSC 52), and to tmux's buffer"),
        ("auto", {"STY": "1.tty"}, True, "go to a file"),
        ("auto", {"DISPLAY": ":0"}, False, "(wl-copy, xclip, xsel): they go to the terminal (OSC 52)"),
        ("system", {"SSH_TTY": "x"}, False, "(wl-copy, xclip, xsel): they go to a file"),
        ("file", {"DISPLAY": ":0"}, True, "go to a file"),
        ("off", {"DISPLAY": ":0"}, True, "off"),
    ],
)
def test_where_copies_go_is_said_and_whether_that_is_where_they_were_wanted(
    choice: str, environ: dict[str, str], well: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no program for any clipboard
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    found, said = copies(ClipboardChoice(choice), environ, "linux")
    assert found is well
    assert said.endswith(words)


@pytest.mark.parametrize(
    ("mode", "sign", "words"),
    [
        (0o600, "✓", "yours alone"),
        (0o644, "✓", "read by others, too"),
        (0o666, "!", "others can change"),
    ],
)
def test_a_config_file_that_others_can_change_is_a_warning(
    mode: int, sign: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("bell = false\n")
    file.chmod(mode)
    main(["doctor", "--config", str(file), "--api-url", "http://127.0.0.1:1"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line[2:].startswith("config "))
    assert line.startswith(sign)
    assert words in line


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_takes_no_files_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir(0o500)
    assert main(["doctor", "--api-url", "http://127.0.0.1:1"]) == 1
    assert "nothing can be written into" in capsys.readouterr().out


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
    assert notices({"TERM": "xterm-kitty"}) == "OSC 99, by the terminal's name"
    assert around({"SSH_TTY": "x", "TMUX": "y"}) == ("over SSH", "in tmux")
    assert around({"STY": "1.tty"}) == ("in GNU screen",)
    assert around({}) == ()
    assert notices({"TERM": "foot"}) == "OSC 777, by the terminal's name"
    assert colours({"NO_COLOR": "", "COLORTERM": "truecolor"}, SILENT) == "no colours (NO_COLOR)"
    assert colours({"TERM": "xterm-256color"}, SILENT) == "256 colours"
    assert "16 million as it answers" in colours({"TERM": "xterm-256color"}, Answer(answered=True, rgb=True))


@pytest.mark.parametrize(
    ("environ", "answer", "drawn", "taken"),
    [
        ({"TERM": "xterm"}, SILENT, "not known", "not known"),
        ({"TERM": "xterm"}, Answer(answered=True, name="XTerm(390)"), "not known", "not known"),
        ({"TERM": "xterm"}, Answer(answered=True, name="XTerm(390)", osc52=True), "not known", "yes, as the terminal"),
        ({"TERM": "xterm"}, Answer(answered=True, name="WezTerm 2024"), "name that it answers", "name that it answers"),
        ({"TERM": "xterm-kitty"}, SILENT, "has in the environment", "has in the environment"),
        ({"TERM": "xterm", "VTE_VERSION": "7600"}, SILENT, "has in the environment", "not known"),
        ({"TERM": "xterm", "TERM_PROGRAM": "iTerm.app"}, SILENT, "not known", "has in the environment"),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "KITTY_WINDOW_ID": "1"}, SILENT, "has in the", "not needed in tmux"),
        ({"STY": "1.tty", "TERM": "screen"}, SILENT, "not known", "GNU screen passes none on"),
    ],
)
def test_what_a_terminal_can_do_is_judged_by_what_it_answers_and_by_its_names(
    environ: dict[str, str], answer: Answer, drawn: str, taken: str
) -> None:
    assert drawn in sextants(environ, answer)
    assert taken in osc52(environ, answer)


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
