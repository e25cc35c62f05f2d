import math
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing

import httpx
import pytest

from s4s_tui.sandbox import Sandbox, SandboxError, SandboxOptions
from s4s_tui.sandbox.server import _listener


def test_it_serves_when_start_returns_and_leaves_nothing_when_stop_does() -> None:
    threads, handlers = set(threading.enumerate()), (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))
    sandbox = Sandbox()
    sandbox.start()
    url = sandbox.url
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == handlers
    with httpx.Client(trust_env=False, verify=False) as http:
        assert http.get(url).status_code == 200
        sandbox.stop()  # with a connection kept alive
        with pytest.raises(httpx.TransportError):
            http.get(url)
    assert set(threading.enumerate()) <= threads


def test_answers_are_not_held_back_for_an_acknowledgement() -> None:
    with closing(_listener(0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP, "asyncio asks for TCP_NODELAY on such sockets alone"


def test_it_can_start_again_and_knows_its_orders() -> None:
    sandbox = Sandbox()
    with sandbox:
        order = httpx.post(f"{sandbox.url}/createorder", json={"country": 0, "service": "tg"}, trust_env=False).json()
    with sandbox:
        reply = httpx.get(f"{sandbox.url}/orderstatus", params={"orderId": order["orderId"]}, trust_env=False)
        assert reply.json()["country"] == "Russia"


def test_starting_twice_and_stopping_twice_change_nothing() -> None:
    sandbox = Sandbox()
    sandbox.stop()
    with sandbox:
        url = sandbox.url
        sandbox.start()
        assert sandbox.url == url
    sandbox.stop()
    with pytest.raises(SandboxError, match="not running"):
        _ = sandbox.url


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        sandbox = Sandbox(SandboxOptions(port=taken.getsockname()[1]))
        with pytest.raises(SandboxError, match=r"cannot serve on 127\.0\.0\.1: Address already in use"):
            sandbox.start()


def test_a_server_that_does_not_come_up_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: object, **_kwargs: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("uvicorn.Server.startup", broken)
    threads = set(threading.enumerate())
    with pytest.raises(SandboxError, match="Too many open files"):
        Sandbox().start()
    assert set(threading.enumerate()) <= threads


def test_it_says_which_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s4s_tui.sandbox.routes", None)
    with pytest.raises(SandboxError, match="extra demo"):
        Sandbox().start()


def test_importing_the_sandbox_needs_neither_starlette_nor_uvicorn() -> None:
    script = (
        "import sys; sys.modules.update(starlette=None, uvicorn=None)\n"
        "from s4s_tui.sandbox import Sandbox, SandboxError\n"
        "try: Sandbox().start()\n"
        "except SandboxError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20)
    assert "extra demo" in done.stdout
    assert done.stderr == ""


def test_it_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with Sandbox() as sandbox, socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2]))) as line:
        line.sendall(b"rubbish\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 400")
        httpx.get(f"{sandbox.url}/nowhere", trust_env=False)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "options",
    [
        {"speed": 0},
        {"speed": -1},
        {"speed": math.inf},
        {"speed": math.nan},
        {"pay_after": -1},
        {"number_after": -1},
        {"code_after": math.nan},
        {"max_orders": 0},
        {"sent_after": -1},
        {"delivered_after": math.nan},
        {"keys": {"": 1}},
        {"open_secrets": True},
        {"keys": {"key": -1}},
        {"keys": {"key": math.inf}},
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="sandbox"):
        SandboxOptions(**options)  # type: ignore[arg-type]  # one test for options of several types
