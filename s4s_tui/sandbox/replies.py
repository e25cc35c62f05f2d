"""The bodies of the sandbox's answers, as the API documentation shows them, in both styles of typing."""

from collections.abc import Mapping
from typing import Any

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox.options import Style
from s4s_tui.sandbox.orders import Phase, SandboxOrder
from s4s_tui.sandbox.stock import REAL_PHONE, RECEIVE, RENT, SEND, countries, price, services

Body = dict[str, Any]
"""A JSON object."""

ERRORS = {
    Phase.NO_NUMBER: "No available number, payment request is canceled. "
    "Your funds are returned to your wallet automatically.",  # word for word from the API docs
    Phase.NO_CODE: "No SMS received in time, payment request is canceled. "
    "Your funds are returned to your wallet automatically.",
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


def price_list(style: Style, country: Country | None, service: str | None) -> Body:
    """The answer of `/price`, in sats; with a query also `query` and `computed`."""
    body: Body = {
        "receive": amount(style, RECEIVE),
        "send": SEND,
        "rent": RENT,
        "s4s": amount(style, REAL_PHONE),
    }
    query = {} if country is None else {"country": country.cc}
    if query or service is not None:
        name = "any country" if country is None else country.name
        what = "any service" if service is None else services()[service]
        body["query"] = query if service is None else {**query, "service": service}
        body["computed"] = {
            "price": amount(style, price(None if country is None else country.cc)),
            "country": name,
            "description": f"{what} in {name}",
        }
    return body


def country_rows(style: Style) -> list[Body]:
    """The answer of `/getCountries`, in the API's own spelling."""
    return [
        {"id": amount(style, country.cc), "eng": country.aliases[0], "visible": 1, "rent": 0}
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


def created(order: SandboxOrder) -> Body:
    """The answer of `/createorder`."""
    return {"status": "OK", "orderId": order.order_id, "payreq": order.payreq}


def status(style: Style, order: SandboxOrder, now: float) -> Body:
    """The answer of `/orderstatus` at this moment (wall-clock seconds); `timestamp` in ms."""
    empty = "" if style == "live" else None
    code, number = order.code(now), order.number(now)
    body: Body = {
        "status": "OK",
        "paid": order.paid(now),
        "code": empty if code is None else _digits(style, code),
        "id": amount(style, order.activation),
        "number": empty if number is None else _digits(style, number),
        "timestamp": int(order.created_at * 1000),
        "country": countries()[order.country].name,
        "service": services()[order.service],
    }
    error = ERRORS.get(order.phase(now))
    return body if error is None else {**body, "error": error}


def _digits(style: Style, text: str) -> int | str:
    """Digits as this style sends them; a number would lose a zero in front, and a code may be words."""
    plain = text.isascii() and text.isdigit() and not text.startswith("0")
    return int(text) if style == "docs" and plain else text
