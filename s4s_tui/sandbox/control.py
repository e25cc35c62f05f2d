"""The control API under `/_sandbox/`: what a buyer, an operator and time do, done by request (extra `demo`).

Every answer is a JSON object; what cannot be done is `{"status": "error", "reason": …}` with 400 for a request that
makes no sense, 404 for an unknown order and 409 for what is not possible now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from s4s_tui.sandbox import control_words as words
from s4s_tui.sandbox import requests, steering
from s4s_tui.sandbox.book import OrderBook, Rule
from s4s_tui.sandbox.buyer import Buyer, PaymentRefused
from s4s_tui.sandbox.clock import Clock
from s4s_tui.sandbox.description import document
from s4s_tui.sandbox.fate import Fate
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.options import CONTROL, SandboxOptions
from s4s_tui.sandbox.orders import Refusal, SandboxOrder

Steer = Callable[[requests.Body], Rule]
"""What a request's body wants to be done to an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the control API works on.

    Attributes:
        book: the orders.
        options: the sandbox's choices.
        offer: what it sells.
        clock: what time it is.
        buyer: who pays.
        stir: called when a webhook may have something to be told.
    """

    book: OrderBook
    options: SandboxOptions
    offer: Offer
    clock: Clock
    buyer: Buyer
    stir: Callable[[], None]


def routes(desk: Desk) -> list[Route]:
    """The routes of the control API."""
    control, fate = _Control(desk), Fate(desk.options)
    steers: dict[str, Steer] = {
        "number": lambda body: steering.assign(words.number(body), fate),
        "text": lambda body: steering.deliver(words.text(body)),
        "fail": lambda _: steering.fail,
        "refund": lambda _: steering.refund,
        "progress": lambda body: steering.progress(words.progress(body)),
    }
    return [
        Route(f"{CONTROL}/openapi.json", control.description),
        Route(f"{CONTROL}/orders", control.orders),
        Route(f"{CONTROL}/orders/{{orderId}}", control.order),
        Route(f"{CONTROL}/pay", control.pay, methods=["POST"]),
        *(
            Route(f"{CONTROL}/orders/{{orderId}}/{name}", partial(control.steer, how), methods=["POST"])
            for name, how in steers.items()
        ),
        Route(f"{CONTROL}/stock", control.stock, methods=["POST"]),
        Route(f"{CONTROL}/price", control.price, methods=["POST"]),
        Route(f"{CONTROL}/clock", control.clock, methods=["GET", "POST"]),
    ]


class _Control:
    """The endpoints; what they refuse leaves them as `Refusal`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def description(self, _request: Request) -> JSONResponse:
        return JSONResponse(document(self._desk.options))

    async def orders(self, _request: Request) -> JSONResponse:
        return _answer(orders=[self._row(order) for order in self._desk.book.orders()])

    async def order(self, request: Request) -> JSONResponse:
        return _answer(order=self._row(self._desk.book.get(request.path_params["orderId"])))

    async def pay(self, request: Request) -> JSONResponse:
        body = await requests.json_object(request)
        order_id, payreq = words.payment(body)
        try:
            order = self._desk.buyer.pay_order(order_id) if order_id else self._desk.buyer.pay(payreq)
        except PaymentRefused as error:
            raise Refusal(str(error), http_status=409) from error
        self._desk.stir()
        return _answer(order=self._row(order))

    async def steer(self, how: Steer, request: Request) -> JSONResponse:
        rule = how(await requests.json_object(request, empty={}))
        order = self._desk.book.change(request.path_params["orderId"], rule)
        self._desk.stir()
        return _answer(order=self._row(order))

    async def stock(self, request: Request) -> JSONResponse:
        self._desk.offer.set(words.stock(await requests.json_object(request)))
        return _answer()

    async def price(self, request: Request) -> JSONResponse:
        self._desk.offer.set(words.price(await requests.json_object(request)))
        return _answer()

    async def clock(self, request: Request) -> JSONResponse:
        if request.method == "POST":
            self._desk.clock.advance(words.advance(await requests.json_object(request)))
            self._desk.stir()
        return _answer(now=self._desk.clock())

    def _row(self, order: SandboxOrder) -> requests.Body:
        return words.row(order, self._desk.book.now())


def _answer(**more: object) -> JSONResponse:
    return JSONResponse({"status": "OK", **more})
