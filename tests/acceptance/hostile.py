"""A server whose every text is meant to harm: what it writes, and how it would show that some of it got through."""

import secrets
import time
from typing import Any

from s4s_tui.sandbox.mint import mint
from tests.acceptance.server import PRICE, Order, Request, Server

ESCAPES = (
    "\x1b[31;7;5;9m",  # colours
    "\x1b[2J\x1b[H",
    "\x1b]52;c;c3RvbGVu\x07",  # the clipboard
    "\x1b]0;pwned\x07",
    "\x1b]8;;http://evil.test\x1b\\",
    "\x1bP$q pwned\x1b\\",
    "\x1b_Gpwned\x1b\\",
    "\x9b31;7m",  # the same in C1
    "\x9d52;c;c3RvbGVu\x9c",
    "\x90pwned\x9c",
    "\x1bc",
    "\x1b[6n\x1b[c",  # questions, the answers to which would be typed
)
HIDDEN = "\x00\x05\x07\x08\x0e\x7f\x84\u200b\u200d\u200e\u202a\u202e\u2066\u2069\u00ad\ufeff\U000e0041"
"""Controls, zero-width letters, overrides of the reading order, tags."""
MARKUP = "[red]R[/red] [@click=app.quit]q[/] <script>x</script> &#27;[31m"
FLOOD = "e" + "\u0301" * 60
"""One letter with so many accents that they cover the lines above."""
SHORT = "Evil" + "".join(f"{escape}{at}" for at, escape in enumerate(ESCAPES)) + HIDDEN + MARKUP
LONG = SHORT + FLOOD + "Long" * 5_000
RAW = (
    *(piece.encode() for piece in ("[31;7;5;9m", "c3RvbGVu", "pwned", "evil.test", "\x1b[6n", "\x1bc")),
    *(char.encode() for char in HIDDEN + "\x90\x9b\x9c\x9d" if char not in "\x07\x08"),
    ("\u0301" * 5).encode(),
)
"""What of all this may stand nowhere in what the terminal is sent."""


class HostileServer(Server):
    """Its orders are real enough to be paid; every other word that it says is `words`."""

    def __init__(self, words: str = LONG) -> None:
        super().__init__()
        self.words = words

    def answer(self, request: Request) -> tuple[int, object]:
        match request.method, request.path:
            case "GET", "/getCountries":
                return 200, [{"id": cc, "eng": self.words, "name": self.words, "visible": 1} for cc in (43, 777)]
            case "GET", "/getRentalCountries":
                return 200, [{"cc": 43, "country": self.words, "duration": "2", "price": "15500"}]
            case "GET", "/balance":
                return 200, {"status": "OK", "balance": "50000", "message": self.words}
            case "GET", "/history":
                return 200, self._history()
            case "GET", "/cancelorder":
                return 500, {"status": "error", "reason": self.words}
            case "POST", "/fund" | "/createsendorder" | "/createemailsendorder":
                return 400, {"status": "error", "reason": self.words}
        return super().answer(request)

    def _services(self, request: Request) -> object:
        del request
        rows: list[dict[str, Any]] = [{"key": "tg", "value": "tg", "text": "Telegram", "count": "5"}]
        return [*rows, *({"value": f"x{at}", "text": self.words, "count": self.words} for at in range(3))]

    def _create(self, request: Request) -> object:
        order_id = secrets.token_hex(32)
        payreq = mint(
            key=self._key,
            network="bc",
            amount=PRICE,
            payment_hash=order_id,
            payment_secret=secrets.token_hex(32),
            description=SHORT.encode()[:500].decode(errors="ignore"),
            timestamp=int(time.time()),
        )
        with self._changed:
            self.orders[order_id] = Order(order_id, payreq, request.body["service"])
        return {"status": self.words, "orderId": order_id, "payreq": payreq, "message": self.words}

    def _status(self, request: Request) -> object:
        reply = super()._status(request)
        assert isinstance(reply, dict)
        return reply | {"country": self.words, "service": self.words, "smsStatus": self.words}

    def _history(self) -> object:
        row = {"price": self.words, "desc": self.words, "description": self.words, "createdAt": 1_700_000_000_000}
        proof = {"preimage": self.words, "preimageHash": "7d" * 32, "amount": "21000"}
        return {"status": "OK", "totalAmount": "21000", "orders": [row | proof, row | {"amount": self.words}]}
