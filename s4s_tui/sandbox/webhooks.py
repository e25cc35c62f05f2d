"""Posting what becomes of a message to the address that its order names, from a thread of its own."""

import json
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Thread
from urllib.parse import urlsplit

from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.orders import Refusal
from s4s_tui.sandbox.sending import Progress, SendOrder

WEBHOOK_RULE = "a https address, or a http address on this machine"
"""What `is_webhook` takes, in words."""

_URL_LIMIT = 2000
_TIMEOUT = 5.0
"""Seconds that a receiver has to answer."""
_LOOK_AGAIN = 0.1
"""Seconds between two looks while a webhook is still to be told of something."""
_STOP = 0.2
"""Seconds to wait for the thread to end; a receiver that is slow to answer is not waited for."""

Body = Callable[[SendOrder, Progress], object]
"""What is posted about an order that has come so far; JSON values."""


def is_webhook(url: str) -> bool:
    """Whether something may be posted there: over https, or to this machine."""
    if len(url) > _URL_LIMIT or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:  # a port or an IPv6 address that is none
        return False
    if not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


class Herald:
    """Tells webhooks of every change once, as long as it runs; a receiver that fails is not told again."""

    def __init__(self, book: OrderBook, body: Body) -> None:
        self._book = book
        self._body = body
        self._stirred = Event()
        self._ended = False
        self._thread = Thread(target=self._run, name="s4s-sandbox-herald", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier start left untold. Once only."""
        self._thread.start()

    def stir(self) -> None:
        """Say that there is a new webhook; from any thread."""
        self._stirred.set()

    def stop(self) -> None:
        """End; what was not told yet is told after the next start."""
        self._ended = True
        self._stirred.set()
        self._thread.join(_STOP)

    def _run(self) -> None:
        while not self._ended:
            # An idle sandbox wakes nobody: without an open webhook there is nothing to look at.
            self._stirred.wait(_LOOK_AGAIN if self._book.will_announce() else None)
            self._stirred.clear()
            self._tell()

    def _tell(self) -> None:
        while not self._ended:
            try:
                news = self._book.take_announcement()
            except Refusal:  # the disk is full: later
                return
            if news is None:
                return
            order, progress = news
            _post(order.webhook, json.dumps(self._body(order, progress)).encode())


def _post(url: str, body: bytes) -> None:
    """Post once; redirects are not followed, no proxy is asked, and the answer does not matter."""
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        connection.getresponse()
    except (OSError, HTTPException, ValueError):
        return
    finally:
        connection.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
