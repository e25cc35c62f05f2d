"""What becomes of a message is really posted, to a server of this test."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions, Style
from s4s_tui.sandbox.webhooks import is_webhook
from tests.sandbox.conftest import Clock, Rig, running

PHONE = "+4915112345678"
OPTIONS = SandboxOptions(sent_after=5, delivered_after=10)
SOON = 5.0
"""Seconds that a post may take on a busy machine."""


@dataclass(frozen=True)
class Post:
    path: str
    kind: str
    body: Any


@dataclass(frozen=True)
class Receiver:
    """A server that takes posts."""

    url: str
    posts: Queue[Post]
    silent: threading.Event

    def next(self) -> Post:
        return self.posts.get(timeout=SOON)

    def nothing(self) -> bool:
        """Whether nothing comes for a while that several looks of the herald have room in."""
        try:
            self.posts.get(timeout=0.3)
        except Empty:
            return True
        return False


@contextmanager
def receiving(status: int = 200, *, answers: bool = True) -> Iterator[Receiver]:
    posts: Queue[Post] = Queue()
    silent = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            posts.put(Post(self.path, self.headers["Content-Type"], json.loads(raw)))
            if not answers:
                silent.wait(SOON)
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Receiver(f"http://127.0.0.1:{server.server_port}", posts, silent)
        finally:
            silent.set()
            server.shutdown()
            thread.join()


def send(rig: Rig, webhook: str, phone: str = PHONE) -> dict[str, str]:
    return rig.made("/createsendorder", {"phone": phone, "message": "hello", "webhookUrl": webhook})


@pytest.mark.parametrize("style", ["docs", "live"])
def test_every_change_is_posted_as_orderstatus_says_it(style: Style) -> None:
    options = SandboxOptions(style=style, sent_after=5, delivered_after=10)
    with receiving() as receiver:
        for rig in running(options):
            order = send(rig, f"{receiver.url}/hook/17?token=a%20b")
            assert receiver.nothing(), "nothing has changed while it is unpaid"
            rig.sandbox.pay(order["payreq"])
            rig.clock.step(5)
            sent = receiver.next()
            assert sent == Post("/hook/17?token=a%20b", "application/json", rig.status(order))
            assert sent.body["smsStatus"] == "sent"
            rig.clock.step(10)
            assert receiver.next().body == rig.status(order) == {**sent.body, "smsStatus": "delivered"}
            assert receiver.nothing(), "each change is posted once"


def test_an_email_posts_too_and_a_failure_likewise(rig: Rig) -> None:
    with receiving() as receiver:
        body = {"address": "fail@example.com", "message": "hello", "webhookUrl": receiver.url}
        order = rig.made("/createemailsendorder", body)
        rig.sandbox.pay(order["payreq"])
        rig.clock.step(5)
        post = receiver.next()
        assert (post.path, post.body) == ("/", rig.status(order))
        assert post.body["smsStatus"] == "failed"


def test_changes_between_two_looks_are_posted_in_their_order(docs: Rig) -> None:
    with receiving() as receiver:
        order = send(docs, receiver.url)
        docs.sandbox.pay(order["payreq"])
        docs.clock.step(100)
        assert [receiver.next().body["smsStatus"] for _ in range(2)] == ["sent", "delivered"]


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_a_receiver_that_refuses_is_not_told_again_and_not_followed(docs: Rig, status: int) -> None:
    with receiving(status) as receiver:
        order = send(docs, receiver.url, "+4915112340000")
        docs.sandbox.pay(order["payreq"])
        docs.clock.step(5)
        assert receiver.next().path == "/"
        assert receiver.nothing()


def test_a_receiver_that_is_not_there_disturbs_nobody(docs: Rig) -> None:
    with receiving() as gone:
        pass
    lost = send(docs, gone.url)
    docs.sandbox.pay(lost["payreq"])
    docs.clock.step(15)
    with receiving() as receiver:
        order = send(docs, receiver.url, "+4915112341111")
        docs.sandbox.pay(order["payreq"])
        docs.clock.step(5)
        assert receiver.next().body["smsStatus"] == "sent"
    assert docs.status(lost)["smsStatus"] == "delivered"


def test_a_receiver_that_is_slow_holds_up_neither_the_server_nor_its_end() -> None:
    with receiving(answers=False) as receiver:
        for rig in running(OPTIONS):
            order = send(rig, receiver.url)
            rig.sandbox.pay(order["payreq"])
            rig.clock.step(15)
            assert receiver.next().body["smsStatus"] == "sent"
            begun = time.perf_counter()
            assert rig.status(order)["smsStatus"] == "delivered"
            rig.sandbox.stop()
            assert time.perf_counter() - begun < 3
            assert receiver.nothing()
            rig.sandbox.start()
            assert receiver.next().body["smsStatus"] == "delivered", "told by the next start"


def test_what_happened_while_it_was_not_running_is_posted_after_the_next_start(tmp_path: Path) -> None:
    options = SandboxOptions(sent_after=5, delivered_after=10, state_file=tmp_path / "sandbox.json")
    with receiving() as receiver:
        clock = Clock()
        for rig in running(options):
            order = send(rig, receiver.url)
            rig.sandbox.pay(order["payreq"])
            rig.clock.step(5)
            assert receiver.next().body["smsStatus"] == "sent"
        clock.step(15)
        with Sandbox(options, now=clock):
            assert receiver.next().body["smsStatus"] == "delivered"
            assert receiver.nothing()


def test_a_disk_that_is_full_delays_a_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with receiving() as receiver:
        for rig in running(SandboxOptions(sent_after=5, state_file=tmp_path / "sandbox.json")):
            order = send(rig, receiver.url, "+4915112341111")
            rig.sandbox.pay(order["payreq"])
            with monkeypatch.context() as patch:
                patch.setattr("os.fsync", full)
                rig.clock.step(5)
                assert receiver.nothing()
            assert receiver.next().body["smsStatus"] == "sent"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com:8443/hook?order=17",
        "http://127.0.0.1:8080/",
        "http://127.9.9.9/",
        "http://localhost/hook",
        "http://[::1]:80/hook",
    ],
)
def test_posts_go_over_https_or_to_this_machine(url: str) -> None:
    assert is_webhook(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "http://example.com/",
        "http://192.168.0.1/",
        "http://localhost.example.com/",
        "http://127.0.0.1@example.com/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://[::1",
        "https://example.com:port/",
        "https://example.com/a b",
        "https://example.com/\r\nX: y",
        "https://exämple.com/",
        f"https://example.com/{'x' * 2000}",
    ],
)
def test_posts_go_nowhere_else(url: str) -> None:
    assert not is_webhook(url)


def test_a_sandbox_without_webhooks_posts_nothing_and_its_herald_sleeps(docs: Rig) -> None:
    order = docs.made("/createsendorder", {"phone": PHONE, "message": "hello", "webhookUrl": ""})
    assert not docs.sandbox._book.will_announce()
    docs.sandbox.pay(order["payreq"])
    docs.clock.step(15)
    assert docs.sandbox._book.take_announcement() is None
