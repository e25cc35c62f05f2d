"""The sandbox in a process of its own, so that its work is not the measured program's nor the measuring one's.

python -m tests.bench.shop OPTIONS     (JSON: options of the sandbox; it says its address, then answers line by line)
"""

import json
import math
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from s4s_tui.sandbox import routes
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.orders import SandboxOrder
from s4s_tui.sandbox.receiving import ReceiveOrder
from s4s_tui.sandbox.server import Sandbox

CODE = "048010"


class Shop:
    """The sandbox as the bench steers it. Numbers come at once, codes when they are sent."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.shop"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = str(self._answer())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        self._process.wait(10)

    def pay_all(self) -> None:
        """Pay every order that is not paid."""
        self._ask("pay")

    def finish_all(self) -> None:
        """Pay every order and have its code."""
        self._ask("pay")
        self._ask("finish")

    def requests(self) -> int:
        """How many requests came so far."""
        return int(self._ask("requests"))

    def send_code(self, after: float) -> float:
        """Have a code so many seconds after the next question about an order; the wall clock's time of that."""
        return float(self._ask(f"code {after}"))

    def order(self) -> dict[str, Any]:
        """Make an order; the server's answer."""
        body = json.dumps({"country": 43, "service": "tg"}).encode()
        return self._fetch(
            urllib.request.Request(f"{self.url}/createorder", body, {"Content-Type": "application/json"})
        )

    def status(self, order_id: str) -> dict[str, Any]:
        """What the server says of an order."""
        return self._fetch(urllib.request.Request(f"{self.url}/orderstatus?orderId={order_id}"))

    def _fetch(self, request: urllib.request.Request) -> dict[str, Any]:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def _ask(self, line: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


class _Counter:
    """Counts requests, and waits for the next one about an order."""

    def __init__(self) -> None:
        self.total = 0
        self._asked = threading.Condition()
        self._questions = 0
        self.order_id = ""

    def count(self, app: Any) -> Any:
        async def counted(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                with self._asked:
                    self.total += 1
                    if scope["path"] == "/orderstatus":
                        self._questions += 1
                        self.order_id = scope["query_string"].decode().partition("orderId=")[2]
                        self._asked.notify_all()
            await app(scope, receive, send)

        return counted

    def wait(self) -> None:
        with self._asked:
            seen = self._questions
            self._asked.wait_for(lambda: self._questions > seen, 30)


def _coded(order: SandboxOrder, now: float) -> SandboxOrder:
    """The order as if its code came now."""
    assert isinstance(order, ReceiveOrder)
    return replace(order, plan=replace(order.plan, code_after=order.bill.lived(now) - order.plan.number_after))


def serve() -> None:
    """Answer line by line until the input ends."""
    counter, make = _Counter(), routes.application
    vars(routes)["application"] = lambda *args, **kwargs: counter.count(make(*args, **kwargs))
    with Sandbox(SandboxOptions(seed=1, number_after=0, code_after=math.inf, code=CODE)) as sandbox:
        _say(sandbox.url)
        book = sandbox._book
        for line in sys.stdin:
            word, _, rest = line.strip().partition(" ")
            if word == "pay":
                for order in list(book._orders.values()):
                    if not order.bill.paid(book.now()):
                        sandbox.pay(order.bill.payreq)
                _say(True)
            elif word == "finish":
                for order_id in list(book._orders):
                    book.change(order_id, _coded)
                _say(True)
            elif word == "requests":
                _say(counter.total)
            elif word == "code":
                counter.wait()
                time.sleep(float(rest))
                book.change(counter.order_id, _coded)
                _say(time.time())


def _say(answer: object) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
