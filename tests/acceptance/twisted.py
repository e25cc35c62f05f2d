"""A server between the program and a sandbox that twists what the sandbox says: every text of it, or whole answers."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions
from s4s_tui.sandbox.mint import mint
from s4s_tui.sandbox.server import HEADER
from tests.acceptance.server import Request, Server

Twist = Callable[[str], str]
_WORDS = frozenset(
    {"text", "eng", "country", "service", "description", "desc", "error", "reason", "message", "number", "code"}
)
"""The fields that a person is shown."""


class Twisted(Server):
    """Twists every word that passes.

    Attributes:
        fault: what is answered to everything instead, while there is something: HTTP status and body.
    """

    def __init__(self, sandbox: Sandbox, twist: Twist) -> None:
        super().__init__()
        self.fault: tuple[int, object] | None = None
        self._sandbox = sandbox
        self._twist = twist
        self.headers[HEADER] = f"bcrt {sandbox.node}"

    def pay_invoice(self, payreq: str) -> None:
        """As a wallet does."""
        self._sandbox.pay(payreq)

    def answer(self, request: Request) -> tuple[int, object]:
        if self.fault is not None:
            return self.fault
        url = f"{self._sandbox.url}{request.path}?{urlencode(request.query)}"
        data = None if request.body is None else json.dumps(request.body).encode()
        headers = {"Content-Type": "application/json"}
        if key := request.headers.get("x-api-key"):
            headers["X-API-Key"] = key
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=5) as answer:
                return 200, self._twisted(json.load(answer))
        except HTTPError as error:
            with error:
                return error.code, self._twisted(json.load(error))

    def _twisted(self, value: Any, name: str = "") -> Any:
        match value:
            case dict():
                return {key: self._twisted(item, key) for key, item in value.items()}
            case list():
                return [self._twisted(item, name) for item in value]
            case str() if name in _WORDS and value:
                return self._twist(value)
            case _:
                return value


@contextmanager
def twisted(twist: Twist, options: SandboxOptions, *, memos: bool = True) -> Iterator[Twisted]:
    """Such a server and its sandbox, which twists the memos of its invoices, too (`memos`): they are signed."""

    def memo_twisted(**given: Any) -> str:
        return mint(**given | ({"description": twist(given["description"])[:200]} if memos else {}))

    with pytest.MonkeyPatch.context() as patch, Sandbox(options) as sandbox:
        patch.setattr("s4s_tui.sandbox.book.mint", memo_twisted)
        server = Twisted(sandbox, twist)
        server.start()
        try:
            yield server
        finally:
            server.stop()
