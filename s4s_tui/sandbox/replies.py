"""The bodies of the sandbox's answers, as the API documentation shows them, in both styles of typing."""

from collections.abc import Mapping, Sequence
from typing import Any

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox.funding import FundOrder
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.options import Style
from s4s_tui.sandbox.orders import Phase, SandboxOrder
from s4s_tui.sandbox.receiving import NumberOrder
from s4s_tui.sandbox.sending import Progress, SendOrder
from s4s_tui.sandbox.stock import RENTAL_WEEKS, RENTALS, countries, services

Body = dict[str, Any]
"""A JSON object."""

ERRORS = {
    Phase.NO_NUMBER: "No available number, payment request is canceled. "
    "Your funds are returned to your wallet automatically.",  # word for word from the API docs
    Phase.NO_CODE: "No SMS received in time, payment request is canceled. "
    "Your funds are returned to your wallet automatically.",
    Phase.OVER: "Rent is over.",
    Phase.CANCELLED: "Order is canceled. Your funds are returned to your wallet automatically.",
    Phase.EXPIRED: "Payment request has expired.",
}
"""What `/orderstatus` says about an order that ended without a code; only the first one is documented."""

_HTML_NAMES = {"ot": "Any other <small>call forwarding</small>"}
"""Names as the server marks them up in its list of services."""


def failure(reason: str) -> Body:
    """The body of an answer that is not 200."""
    return {"status": "error", "reason": reason}


def amount(style: Style, value: int) -> int | str:
    """A number as this style sends it."""
    return str(value) if style == "live" else value


def price_list(style: Style, offer: Offer, country: Country | None, service: str | None) -> Body:
    """The answer of `/price`, in sats; with a query also `query` and `computed`."""
    body: Body = {
        "receive": amount(style, offer.general("receive")),
        "send": offer.general("send"),
        "rent": offer.general("rent"),
        "s4s": amount(style, offer.general("s4s")),
    }
    query = {} if country is None else {"country": country.cc}
    if query or service is not None:
        name = "any country" if country is None else country.name
        what = "any service" if service is None else services()[service]
        body["query"] = query if service is None else {**query, "service": service}
        body["computed"] = {
            "price": amount(style, offer.price(None if country is None else country.cc)),
            "country": name,
            "description": f"{what} in {name}",
        }
    return body


def country_rows(style: Style) -> list[Body]:
    """The answer of `/getCountries`, in the API's own spelling."""
    return [
        {"id": amount(style, country.cc), "eng": country.aliases[0], "visible": 1, "rent": int(country.cc in RENTALS)}
        for country in countries().values()
    ]


def service_rows(style: Style, stock: Mapping[str, int]) -> list[Body]:
    """The answer of `/getnumbersstatus`: services with counts, by service code."""
    return [
        {
            "key": code,
            "text": _HTML_NAMES.get(code, services()[code]),
            "value": code,
            "count": amount(style, count),
            "image": {"avatar": True, "src": f"/images/services/{code}.png"},
        }
        for code, count in stock.items()
    ]


def rental_rows(style: Style, rents: Mapping[int, int]) -> list[Body]:
    """The answer of `/getRentalCountries`: where a number can be rented, for how many weeks, at how many sats."""
    return [
        {
            "cc": amount(style, cc),
            "country": countries()[cc].name,
            "duration": RENTAL_WEEKS,  # a string in the docs too
            "price": amount(style, sats),
        }
        for cc, sats in rents.items()
    ]


def created(style: Style, order: SandboxOrder) -> Body:
    """The answer of the requests that make an order; paid from a balance, `payreq` is "paid" or missing."""
    body = {"status": "OK", "orderId": order.order_id}
    if order.bill.payreq:
        return {**body, "payreq": order.bill.payreq}
    return body if style == "live" else {**body, "payreq": "paid"}


def status(style: Style, order: SandboxOrder, now: float) -> Body:
    """The answer of `/orderstatus` at this moment (wall-clock seconds); `timestamp` in ms."""
    head: Body = {"status": "OK", "paid": order.bill.paid(now)}
    timestamp = int(order.bill.created_at * 1000)
    error = ERRORS.get(order.phase(now))
    tail: Body = {} if error is None else {"error": error}
    match order:
        case NumberOrder():
            return {**head, **_number_status(style, order, now, timestamp), **tail}
        case SendOrder():
            return {**head, "id": order.sid, "smsStatus": order.progress(now), "timestamp": timestamp, **tail}
        case _:
            return {**head, "timestamp": timestamp, **tail}


def announcement(style: Style, order: SendOrder, progress: Progress, now: float) -> Body:
    """What a webhook is told of a change (API docs: the same data as `/orderstatus`)."""
    return {**status(style, order, now), "smsStatus": progress}


def balance(style: Style, sats: float) -> Body:
    """The answer of `/balance`, in sats, with a fraction where there is one."""
    return {"status": "OK", "balance": _sats(style, sats)}


def history(style: Style, orders: Sequence[FundOrder], key: str) -> Body:
    """The answer of `/history`: fundings only. It holds the API key itself, as the real one does."""
    rows = [
        {
            "amount": amount(style, order.bill.price),
            "createdAt": amount(style, int(order.bill.created_at * 1000)),
            "desc": "fund",
            "description": "sms4sats fund",
            "holdinvoice": order.bill.payreq,
            "preimage": order.bill.preimage,
            "preimageHash": order.order_id,
            "price": amount(style, order.bill.price),
            "userId": key,
        }
        for order in orders
    ]
    return {"status": "OK", "totalAmount": amount(style, sum(order.bill.price for order in orders)), "orders": rows}


def _number_status(style: Style, order: NumberOrder, now: float, timestamp: int) -> Body:
    empty = "" if style == "live" else None
    code, number = order.code(now), order.number(now)
    return {
        "code": empty if code is None else _digits(style, code),
        "id": amount(style, order.activation),
        "number": empty if number is None else _digits(style, number),
        "timestamp": timestamp,
        "country": countries()[order.country].name,
        "service": services()[order.service],
    }


def _sats(style: Style, sats: float) -> float | str:
    whole = int(sats) if float(sats).is_integer() else sats
    return str(whole) if style == "live" else whole


def _digits(style: Style, text: str) -> int | str:
    """Digits as this style sends them; a number would lose a zero in front, and a code may be words."""
    plain = text.isascii() and text.isdigit() and not text.startswith("0")
    return int(text) if style == "docs" and plain else text
