"""A server that speaks the documented API and shares nothing with the sandbox but the invoices' signatures.

The test holds the levers: who pays, which number, which code, when the network breaks. For every fact the server
notes when it first knew it, and for every request when it came.
"""

import json
import secrets
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from s4s_tui.sandbox.mint import NodeKey, mint

Style = Literal["live", "docs"]
"""How values are written: "live" numbers as strings, "docs" as JSON numbers."""

PRICE = 3000
NO_NUMBER = "No available number, payment request is canceled. Your funds are returned to your wallet automatically."
"""The documentation's own sentence."""
SERVICES = (
    ("tg", "Telegram", 512),
    ("wa", "WhatsApp", 0),
    ("mk", "[bold red]X[/]", 7),
    ("es", "\x1b[31mred\x07 \x1b]52;c;c3RvbGVu\x07alert", 9),
    ("ot", "Any other <small>call forwarding</small>", 3),
)
GERMANY = 43


@dataclass(frozen=True)
class Request:
    """One request; `at` is the monotonic time at which it was read, `answered` whether it was to get an answer."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    at: float
    answered: bool


@dataclass
class Order:
    """One order and what the server knows of it; `knew` holds the monotonic time of each fact."""

    order_id: str
    payreq: str
    service: str
    paid: bool = False
    number: str = ""
    code: str = ""
    error: str = ""
    knew: dict[str, float] = field(default_factory=dict)


class Server:
    """Listens on loopback from `start` on; before that its port refuses connections."""

    def __init__(self, style: Style = "live", *, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        """Args: `port` is a free one unless it is named; with `tls` nothing else is spoken."""
        self.style = style
        self.headers = {"Content-Type": "application/json"}
        self.log: list[Request] = []
        self.orders: dict[str, Order] = {}
        self._breaks = 0
        self._key = NodeKey.random()
        self._changed = threading.Condition()
        self._posts_go = threading.Event()
        self._posts_go.set()
        self._connections: set[socket.socket] = set()
        self._http = _Http(self, port, tls)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._http.server_bind()

    @property
    def port(self) -> int:
        return self._http.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def successor(self) -> "Server":
        """After `stop`: the same server with the same orders at the same address; it does not listen yet."""
        server = Server(self.style, port=self.port)
        server.orders, server._key = self.orders, self._key
        return server

    def start(self) -> None:
        self._http.server_activate()
        self._thread.start()

    def stop(self) -> None:
        self._posts_go.set()
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._http.server_close()  # joins the handlers

    # -- the levers

    @property
    def order(self) -> Order:
        """The newest order."""
        assert self.orders, "nobody has ordered"
        return list(self.orders.values())[-1]

    def pay(self, order: Order) -> float:
        return self._learn(order, "paid", paid=True)

    def assign(self, order: Order, number: str) -> float:
        return self._learn(order, "number", number=number)

    def deliver(self, order: Order, code: str) -> float:
        return self._learn(order, "code", code=code)

    def fail(self, order: Order, error: str = NO_NUMBER) -> float:
        return self._learn(order, "error", error=error)

    def break_network(self, requests: int) -> None:
        """Hang up on the next `requests` questions about an order, without an answer."""
        with self._changed:
            self._breaks = requests

    def hold_posts(self) -> None:
        """From now on keep the answers to POST back."""
        self._posts_go.clear()

    def let_posts_go(self) -> None:
        self._posts_go.set()

    def wait(self, path: str, timeout: float = 10) -> Request:
        """The first request for `path`, waited for."""

        def found() -> Request | None:
            return next((request for request in self.log if request.path == path), None)

        with self._changed:
            request = self._changed.wait_for(found, timeout)
        assert request is not None, f"nobody asked for {path} within {timeout:g} s"
        return request

    def count(self, path: str) -> int:
        return sum(request.path == path for request in self.log)

    def _learn(self, order: Order, fact: str, **values: Any) -> float:
        with self._changed:
            for name, value in values.items():
                setattr(order, name, value)
            order.knew[fact] = time.monotonic()
            self._changed.notify_all()
        return order.knew[fact]

    # -- the answers

    def note(self, request: Request) -> None:
        with self._changed:
            self.log.append(request)
            self._changed.notify_all()

    def breaks_now(self, path: str) -> bool:
        with self._changed:
            broken = path == "/orderstatus" and self._breaks > 0
            self._breaks -= broken
            return broken

    def answer(self, request: Request) -> tuple[int, object]:
        """HTTP status and body: JSON, or bytes as they are."""
        match request.method, request.path:
            case "GET", "/price":
                return 200, self._price()
            case "GET", "/getnumbersstatus":
                return 200, self._services(request)
            case "POST", "/createorder":
                return 200, self._create(request)
            case "GET", "/orderstatus":
                return 200, self._status(request)
        return 404, {"error": "Not Found"}

    def _number(self, value: int | str) -> int | str:
        return str(value) if self.style == "live" else int(value)

    def _price(self) -> object:
        return {"receive": self._number(PRICE), "send": self._number(1000), "rent": 15000, "s4s": self._number(5000)}

    def _services(self, request: Request) -> object:
        assert request.query["country"].isdigit(), "a client sends the country's number"
        return [
            {"key": key, "value": key, "text": name, "count": self._number(count), "image": {"avatar": True}}
            for key, name, count in SERVICES
        ]

    def _create(self, request: Request) -> object:
        self._posts_go.wait(30)
        order_id = secrets.token_hex(32)
        memo = "sms4sats payment Germany telegram" if request.body["service"] == "tg" else "sms4sats payment Germany x"
        payreq = mint(
            key=self._key,
            network="bc",
            amount=PRICE,
            payment_hash=order_id,
            payment_secret=secrets.token_hex(32),
            description=memo,
            timestamp=int(time.time()),
        )
        with self._changed:
            self.orders[order_id] = Order(order_id, payreq, request.body["service"])
        return {"status": "OK", "orderId": order_id, "payreq": payreq}

    def _status(self, request: Request) -> object:
        with self._changed:
            order = self.orders[request.query["orderId"]]
            reply: dict[str, object] = {"status": "OK", "paid": order.paid, "country": "Germany", "service": "telegram"}
            if self.style == "live":
                reply |= {"id": "1125699791", "number": order.number or None, "code": order.code or None}
            elif order.number:  # what is not there yet is missing
                reply |= {"id": 1125699791, "number": int(order.number), "timestamp": int(time.time() * 1000)}
            if order.code:
                reply["code"] = order.code
            if order.error:
                reply["error"] = order.error
            return reply


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the handlers
    request_queue_size = 16

    def __init__(self, owner: Server, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", port), _Handler, bind_and_activate=False)
        if tls is not None:  # the handshake comes with the first read, in the thread of the connection
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.owner = owner

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no failure of the server."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    disable_nagle_algorithm = True
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.owner._connections.add(self.connection)

    def finish(self) -> None:
        self.server.owner._connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        owner, at, url = self.server.owner, time.monotonic(), urlsplit(self.path)
        broken = owner.breaks_now(url.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(raw) if raw else None
        request = Request(self.command, url.path, dict(parse_qsl(url.query)), headers, body, at, not broken)
        owner.note(request)
        if broken:
            self.close_connection = True
            return
        status, reply = owner.answer(request)
        content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        self.send_response(status)
        for name, value in owner.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        if owner.style == "docs":  # one style keeps connections, the other does not: a client meets both
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the library's name for it
        """Quiet: the log of the requests is the server's own."""
