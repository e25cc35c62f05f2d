"""What requests of the control API say, and how its answers show an order."""

import math
import re
from typing import TypeGuard, get_args

from s4s_tui.sandbox import requests
from s4s_tui.sandbox.offer import BY_COUNTRY, Price, Priced, Stock
from s4s_tui.sandbox.orders import Refusal, SandboxOrder
from s4s_tui.sandbox.receiving import NumberOrder
from s4s_tui.sandbox.requests import Body
from s4s_tui.sandbox.scenario import kind_of
from s4s_tui.sandbox.sending import Progress, SendOrder
from s4s_tui.sandbox.stock import RENTALS

LONGEST_TEXT = 1000
"""Characters of the longest text that arrives."""
MOST_SATS = 10_000_000
"""Sats of the highest price."""
MOST_NUMBERS = 1_000_000
"""The largest stock."""
LONGEST_STEP = 366 * 86400
"""Seconds by which the clock is advanced at once."""
NUMBER = re.compile(r"[1-9][0-9]{4,14}", re.ASCII)
"""A number as the API sends it: digits with country prefix (E.164), without +."""


def payment(body: Body) -> tuple[str, str]:
    """What is to be paid: the order's id or, where that is "", the invoice."""
    given = [name for name in ("orderId", "payreq") if body.get(name) not in (None, "")]
    if len(given) != 1:
        raise _refusal("Say either orderId or payreq.")
    value = body[given[0]]
    if not isinstance(value, str):
        raise _refusal(f"{given[0]} must be a text.")
    return (value, "") if given == ["orderId"] else ("", value)


def number(body: Body) -> str | None:
    """The number that is assigned, None for the one that was drawn."""
    value = body.get("number")
    if value is None:
        return None
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise _refusal("number must be a text of 5 to 15 digits with country prefix, without +.")
    return value


def text(body: Body) -> str:
    """The text that arrives."""
    requests.needed(body, "text")
    value = body["text"]
    if not is_text(value):
        raise _refusal(f"text must be a text of 1 to {LONGEST_TEXT} characters.")
    return value


def is_text(value: object) -> TypeGuard[str]:
    """Whether this can arrive as a text."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT


def progress(body: Body) -> Progress:
    """What becomes of a message."""
    value = body.get("smsStatus")
    known: Progress
    for known in ("sent", "delivered", "failed"):
        if value == known:
            return known
    raise _refusal("smsStatus must be sent, delivered or failed.")


def stock(body: Body) -> Stock:
    """How many numbers there are from now on."""
    requests.needed(body, "country", "service", "count")
    country, service = requests.country(body["country"]), requests.service(body["service"])
    return Stock(country.cc, service, _whole(body, "count", 0, MOST_NUMBERS))


def price(body: Body) -> Price:
    """What something costs from now on."""
    requests.needed(body, "what", "sats")
    sats, what = _whole(body, "sats", 1, MOST_SATS), priced(body["what"])
    if what is None:
        raise _refusal(f"what must be one of {', '.join(get_args(Priced))}.")
    if body.get("country") is None:
        return Price(what, None, sats)
    country = requests.country(body["country"])
    if not has_price(what, country.cc):
        raise _refusal(f"{what} has no price of its own in {country.name}.")
    return Price(what, country.cc, sats)


def priced(word: object) -> Priced | None:
    """What has a price, by its name."""
    known: Priced
    for known in get_args(Priced):
        if word == known:
            return known
    return None


def has_price(what: Priced, cc: int) -> bool:
    """Whether this can have a price of its own in this country."""
    return what in BY_COUNTRY and (what != "rent" or cc in RENTALS)


def advance(body: Body) -> float:
    """By how many seconds of the orders' lives the clock is advanced."""
    requests.needed(body, "seconds")
    value = body["seconds"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_STEP:
        raise _refusal(f"seconds must be a number above 0, {LONGEST_STEP} at most.")
    return float(value)


def row(order: SandboxOrder, now: float) -> Body:
    """An order as it is at this moment, whatever the style: `createdAt` in ms, codes and numbers as texts."""
    bill = order.bill
    common: Body = {
        "orderId": order.order_id,
        "kind": kind_of(order),
        "phase": order.phase(now).name.lower(),
        "price": bill.price,
        "paid": bill.paid(now),
        "payreq": bill.payreq or None,
        "createdAt": math.floor(bill.created_at * 1000),
    }
    match order:
        case NumberOrder():
            where = {"country": order.country, "service": order.service}
            return {**common, **where, "number": order.number(now), "code": order.code(now)}
        case SendOrder():
            return {**common, "recipient": order.recipient, "smsStatus": order.progress(now)}
        case _:
            return common


def _whole(body: Body, name: str, low: int, high: int) -> int:
    value = requests.whole(body[name])
    if value is None or not low <= value <= high:
        raise _refusal(f"{name} must be a whole number from {low} to {high}.")
    return value


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, http_status=400)
