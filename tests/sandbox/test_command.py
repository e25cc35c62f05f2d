"""`s4s-tui sandbox` as a shell calls it."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from s4s_tui.cli import main
from s4s_tui.commands.console import UsageError
from s4s_tui.commands.sandbox import PORT
from s4s_tui.sandbox import DEMO_KEY
from tests.sandbox.program import COMMAND, ROOT, serving

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|POST) \S+ (\d{3}|-) \d+ ms")


def refused(*words: str) -> str:
    """The one sentence of a call that could not start."""
    done = subprocess.run(
        [*COMMAND, *words], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    return done.stderr


def test_each_request_is_one_line_without_any_key_and_sigterm_ends_it() -> None:
    with serving() as program:
        assert "(bcrt, node 0" in program.said
        assert "WARNING" not in program.said
        program.ask("/price?country=43")
        program.ask("/balance", key=DEMO_KEY)
        program.ask(f"/balance?key={DEMO_KEY}", key=DEMO_KEY)
        program.ask("/orderstatus?orderId=unknown")
        assert program.ask("/_sandbox/orders").body == {"status": "OK", "orders": []}
        assert program.ask("/_sandbox/pay", {"orderId": "x"}).status == 404
        status, out, err = program.end(signal.SIGTERM)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert all(LINE.fullmatch(line) for line in lines), out
    assert [line.split(" ")[1:4] for line in lines] == [
        ["GET", "/price?country=43", "200"],
        ["GET", "/balance", "200"],
        ["GET", "/balance?***", "200"],
        ["GET", "/orderstatus?orderId=unknown", "404"],
        ["GET", "/_sandbox/orders", "200"],
        ["POST", "/_sandbox/pay", "404"],
    ]
    assert DEMO_KEY not in out + program.said


def test_ctrl_c_ends_it_too_with_a_request_that_hangs() -> None:
    with serving("--network", "bc") as program:
        warning, where = program.said.splitlines()
        assert "WARNING: these invoices look like real ones (lnbc)" in warning
        assert "no wallet can route to" in warning
        assert "(bc, node" in where
        assert program.ask("/createorder", {"country": 43, "service": "tg"}).body["payreq"].startswith("lnbc29u1")
        with socket.create_connection(("127.0.0.1", int(program.url.rpartition(":")[2]))) as line:
            line.sendall(b"POST /createorder HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 100"), "it waits for the body"
            status, out, err = program.end(signal.SIGINT)
    assert (status, err) == (0, "")
    assert re.search(r"POST /createorder - \d+ ms\n$", out) is not None, out


def test_a_reader_of_the_log_that_has_gone_changes_nothing() -> None:
    with serving() as program:
        assert program.process.stdout is not None
        program.process.stdout.close()
        assert program.ask("/price").status == program.ask("/price").status == 200
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(10) == 0


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        sentence = refused("--port", str(taken.getsockname()[1]))
    assert "The sandbox cannot serve on 127.0.0.1: Address already in use." in sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port", "65536"], "--port: '65536' is not a whole number from 0 to 65535; s4s-tui sandbox --help lists"),
        (["--port", "-1"], "--port"),
        (["--speed", "0"], "--speed: '0' is not a number from 1 to 600"),
        (["--seed", "x"], "--seed: 'x' is not a whole number from 0 to 9223372036854775807"),
        (["--style", "odd"], "--style: invalid choice"),
        (["--network", "tb"], "--network: invalid choice"),
        (["--host", "0.0.0.0"], "unrecognized arguments: --host"),
        (["--scenario", "/none\x1b"], "The scenario '/none\\x1b' cannot be read: no such file or directory."),
    ],
)
def test_options_that_make_no_sense_are_told(words: list[str], sentence: str) -> None:
    with pytest.raises(UsageError, match=re.escape(sentence)):
        _call(words)


def _call(words: list[str]) -> int:
    from s4s_tui.commands.sandbox import main as sandbox

    return sandbox(words)


@pytest.mark.parametrize("more", [[], ["--scenario", "s.toml"]])
def test_a_missing_extra_is_told(tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "s.toml").write_text("[[orders]]\ncode = 'x'\n")
    script = (
        "import sys; sys.modules.update(starlette=None, uvicorn=None)\n"
        "from s4s_tui.cli import main; sys.exit(main(['sandbox', '--port', '0', *sys.argv[1:]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *more], cwd=tmp_path, capture_output=True, text=True, timeout=20, check=False
    )
    sentence = "s4s-tui: The sandbox needs the extra demo: pip install 's4s-tui[demo]'.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)


def test_a_scenario_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("[[orders]]\ncode_afer = 5\n")
    assert f"The scenario {str(file)!r}: [[orders]] no. 1: 'code_afer' is no key;" in refused("--scenario", str(file))


def test_help_names_every_option_and_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "--help"]) == 0
    said = capsys.readouterr().out
    for word in (
        "--port",
        "--style",
        "--speed",
        "--seed",
        "--scenario",
        "--network",
        "/_sandbox/",
        str(PORT),
        "status is 0",
    ):
        assert word in said
    assert said.isascii()
