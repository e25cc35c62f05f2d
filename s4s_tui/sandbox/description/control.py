"""The control API, described."""

from typing import get_args

from s4s_tui.sandbox.control_words import LONGEST_STEP, LONGEST_TEXT, MOST_NUMBERS, MOST_SATS, NUMBER
from s4s_tui.sandbox.description.parts import Json, asked, operation, record, ref
from s4s_tui.sandbox.description.schemas import OK
from s4s_tui.sandbox.offer import BY_COUNTRY, Priced
from s4s_tui.sandbox.stock import RENTALS

_ORDER_ID = {"name": "orderId", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
_ONE = record({"status": OK, "order": ref("Order")})
_NOTHING = asked({})
_NOW = record({"status": OK, "now": {"type": "number", "description": "Unix seconds of the sandbox's clock."}})


def paths() -> Json:
    """The paths with their operations."""
    number = {"type": ["string", "null"], "pattern": f"^{NUMBER.pattern}$"}
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
    progress = {"enum": ["sent", "delivered", "failed"]}
    return {
        "/_sandbox/openapi.json": {"get": operation("description", "This description.", {"type": "object"})},
        "/_sandbox/orders": {"get": operation("orders", "All orders, oldest first.", _all())},
        "/_sandbox/orders/{orderId}": {
            "get": operation("order", "One order.", _ONE, parameters=[_ORDER_ID], fails=["404"])
        },
        "/_sandbox/pay": {"post": _pay()},
        **_steer("number", "Assign this number, or the one that was drawn.", asked({}, {"number": number})),
        **_steer("text", "Let a text arrive: the code, or a message of a rental.", asked({"text": text}), needed=True),
        **_steer("fail", "There is no number to be had, or the message fails.", _NOTHING),
        **_steer("refund", "Return the held money.", _NOTHING),
        **_steer("progress", "What becomes of a message.", asked({"smsStatus": progress}), needed=True),
        **_world(),
    }


def _all() -> Json:
    return record({"status": OK, "orders": {"type": "array", "items": ref("Order")}})


def _pay() -> Json:
    text = {"type": "string", "minLength": 1}
    one_of = [
        asked({"orderId": text}, {"payreq": {"enum": [None, ""]}}),
        asked({"payreq": text}, {"orderId": {"enum": [None, ""]}}),
    ]
    return operation("pay", "Pay an invoice as a wallet would.", _ONE, body={"oneOf": one_of}, fails=["404", "409"])


def _steer(name: str, summary: str, body: Json, *, needed: bool = False) -> Json:
    made = operation(
        name,
        summary,
        _ONE,
        parameters=[_ORDER_ID],
        body=body,
        body_needed=needed,
        fails=["404", "409"],
    )
    return {f"/_sandbox/orders/{{orderId}}/{name}": {"post": made}}


def _world() -> Json:
    count = {"type": "integer", "minimum": 0, "maximum": MOST_NUMBERS}
    seconds = {"type": "number", "exclusiveMinimum": 0, "maximum": LONGEST_STEP}
    stock = asked({"country": ref("Country"), "service": ref("Service"), "count": count})
    return {
        "/_sandbox/stock": {"post": operation("stock", "Set how many numbers there are.", ref("Done"), body=stock)},
        "/_sandbox/price": {
            "post": operation("setPrice", "Set a price, in a country or in general.", ref("Done"), body=_price())
        },
        "/_sandbox/clock": {
            "get": operation("clock", "What time it is.", _NOW),
            "post": operation(
                "advance",
                "Let so many seconds of the orders' lives pass.",
                _NOW,
                body=asked({"seconds": seconds}),
                fails=["409"],
            ),
        },
    }


def _price() -> Json:
    sats = {"type": "integer", "minimum": 1, "maximum": MOST_SATS}
    rent = {"type": "integer", "enum": sorted(RENTALS)}
    general = asked({"what": {"enum": list(get_args(Priced))}, "sats": sats}, {"country": {"type": "null"}})
    local = asked({"what": {"enum": sorted(BY_COUNTRY - {"rent"})}, "sats": sats, "country": ref("Country")})
    rental = asked({"what": {"const": "rent"}, "sats": sats, "country": rent})
    return {"anyOf": [general, local, rental]}
