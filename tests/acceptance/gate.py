"""A gate between the program and a server: it passes every request on, keeps both sides' words, and can hold them back.

What the program was told is known here, whatever became of the program: `said` is the truth it may show.
"""

import http.client
import json
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Where = Literal["before", "after"]
"""Held back before the server has it, or after the server did its work and before the program has the answer."""
PATIENCE = 30.0
"""Seconds that anything is held back at the most."""
_PASSED_ON = ("content-type", "date", "x-s4s-sandbox")


@dataclass
class Exchange:
    """One request: when it came, was passed on and answered (monotonic), and what the server said."""

    path: str
    order_id: str
    came: float
    worked: float | None = None
    replied: float | None = None
    body: dict[str, Any] = field(default_factory=dict)


class Gate:
    """Listens on loopback and passes on to `server`, a host and port with http:// in front; a context ends it."""

    def __init__(self, server: str) -> None:
        self.log: list[Exchange] = []
        self._server = urlsplit(server).netloc
        self._shut: dict[tuple[str, Where], threading.Event] = {}
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.open()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def shut(self, path: str, where: Where = "after") -> None:
        """Hold back requests for `path` from now on."""
        self._shut[path, where] = threading.Event()

    def open(self, path: str | None = None) -> None:
        """Let go what is held back: the requests for `path`, or all."""
        for key in [key for key in self._shut if path in (None, key[0])]:
            self._shut.pop(key).set()

    def exchanges(self, path: str, order_id: str | None = None) -> list[Exchange]:
        """The requests for `path`, about one order or all, in the order in which they came."""
        return [seen for seen in list(self.log) if seen.path == path and order_id in (None, seen.order_id)]

    def said(self, order_id: str) -> list[dict[str, Any]]:
        """What the server said of an order, as far as it left the gate, in the order in which it left."""
        answered = [seen for seen in self.exchanges("/orderstatus", order_id) if seen.replied is not None]
        return [seen.body for seen in sorted(answered, key=lambda seen: seen.replied or 0.0)]

    def wait(self, path: str, where: Where) -> None:
        """Where `path` is shut, until it is open."""
        if (event := self._shut.get((path, where))) is not None:
            event.wait(PATIENCE)

    def pass_on(self, method: str, target: str, headers: Iterable[tuple[str, str]], content: bytes) -> Any:
        """The server's answer: status, headers, content."""
        connection = http.client.HTTPConnection(self._server, timeout=PATIENCE)
        try:
            connection.request(method, target, content or None, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the handlers
    request_queue_size = 16

    def __init__(self, owner: Gate) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A program that was killed hangs up: no failure of the gate."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        gate, url = self.server.owner, urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        seen = Exchange(url.path, parse_qs(url.query).get("orderId", [""])[0], time.monotonic())
        gate.log.append(seen)
        gate.wait(url.path, "before")
        kept = [(name, value) for name, value in self.headers.items() if name.lower() in ("content-type", "user-agent")]
        status, headers, body = gate.pass_on(self.command, self.path, kept, content)
        with suppress(ValueError):
            said = json.loads(body)
            seen.body = said if isinstance(said, dict) else {}
        seen.worked = time.monotonic()
        gate.wait(url.path, "after")
        seen.replied = time.monotonic()  # first: the program may be quicker than the next line
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() in _PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the library's name for it
        """Quiet: the log is the gate's own."""
