"""Sending on a real terminal against the sandbox: to its delivery with a webhook that is posted, and one that fails."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from s4s_tui.sandbox import FAILING_DIGITS, Sandbox, SandboxOptions
from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty

TEXT = "Hello from a terminal"


class Ear:
    """A server of the test that a webhook is posted to."""

    def __init__(self) -> None:
        self.heard: list[dict[str, object]] = []
        self.enough = threading.Event()
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                ear.heard.append({"path": self.path, **json.loads(body)})
                if ear.heard[-1]["smsStatus"] == "delivered":
                    ear.enough.set()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
                """Nothing is written."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?id=7"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.close()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = SandboxOptions(style="live", pay_after=0.2, sent_after=0.3, delivered_after=0.3, speed=1)
    with Sandbox(options) as sandbox:
        yield sandbox


def writes(terminal: Terminal, phone: str) -> None:
    terminal.key("f7")
    terminal.type(f"{phone}\t{TEXT}")  # the screen is not there yet
    wait_sentence(terminal, "21 of 140 · GSM-7 · 1 SMS")
    terminal.wait("1,000 sats")


def test_an_sms_to_its_delivery_with_its_webhook_and_one_that_fails(sandbox: Sandbox, ear: Ear, start: Start) -> None:
    terminal = start(S4S_API_URL=sandbox.url)
    terminal.wait("Country")
    writes(terminal, "+491701234567")
    terminal.key("f3")
    wait_sentence(terminal, "The server of sms4sats posts there")
    terminal.type(ear.url)
    terminal.key("f7")
    wait_sentence(terminal, f"What becomes of it is posted to {ear.url}")
    wait_sentence(terminal, "SMS to +49 170 1234567")
    terminal.key("enter")
    wait_sentence(terminal, "The message has arrived.")
    wait_sentence(terminal, "1,000 sats settled.")
    terminal.wait(TEXT)
    assert terminal.bells == 1
    assert ear.enough.wait(5), "the webhook was told of the delivery"
    assert [(said["path"], said["smsStatus"]) for said in ear.heard] == [
        ("/hook?id=7", "sent"),
        ("/hook?id=7", "delivered"),
    ]

    terminal.key("esc")
    terminal.wait("Country")
    writes(terminal, f"+49170123{FAILING_DIGITS}")
    terminal.key("f7")
    wait_sentence(terminal, "Enter makes the order")
    terminal.key("enter")
    wait_sentence(terminal, "The server says that the message could not be sent.")
    wait_sentence(terminal, "A hold that nobody settles ends by itself")
    terminal.key("f6")
    wait_sentence(terminal, "✗ Failed")
    wait_sentence(terminal, "✓ Delivered")


def test_what_was_typed_is_there_after_a_power_cut(sandbox: Sandbox, start: Start) -> None:
    first = start(S4S_API_URL=sandbox.url)
    first.wait("Country")
    writes(first, "+491701234567")
    first.listen(1.3)  # written once a second at most
    first.kill9()
    second = start(S4S_API_URL=sandbox.url)
    second.wait("Country")
    second.key("f7")
    second.wait(TEXT)
    second.wait("+491701234567")
