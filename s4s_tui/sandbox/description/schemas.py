"""The schemas that several operations share."""

from typing import get_args

from s4s_tui.sandbox.control_words import NUMBER
from s4s_tui.sandbox.description.parts import Json, record
from s4s_tui.sandbox.orders import Phase
from s4s_tui.sandbox.requests import ADDRESS, ADDRESS_LIMIT
from s4s_tui.sandbox.scenario import Kind
from s4s_tui.sandbox.stock import countries, services

LOOSE: Json = {"type": ["integer", "string"]}
"""A number as either style sends it."""
TEXT: Json = {"type": "string"}
OK: Json = {"const": "OK"}
MAYBE: Json = {"type": ["string", "null"]}
EMAIL: Json = {"type": "string", "pattern": f"^{ADDRESS}$", "maxLength": ADDRESS_LIMIT}
REF: Json = {
    "description": "A Lightning address that earns from the order.",
    "type": ["string", "null"],
    "pattern": f"^({ADDRESS})?$",
    "maxLength": ADDRESS_LIMIT,
}
_HOST = r"(https://[a-z0-9]+(\.[a-z0-9]+)+|http://(localhost|127\.0\.0\.1))"
WEBHOOK: Json = {
    "description": "Where every change of smsStatus is posted: over https, or to this machine.",
    "type": ["string", "null"],
    "pattern": f"^({_HOST}(:[1-9][0-9]{{0,3}})?(/[A-Za-z0-9/_.-]*)?)?$",
    "maxLength": 2000,
}
CHOICE: Json = {"type": ["boolean", "null"]}
_PROGRESS = ["created", "sent", "delivered", "failed"]


def schemas() -> Json:
    """The schemas by name."""
    numbers = sorted(countries())
    names = sorted({name for country in countries().values() for name in (country.name, *country.aliases)})
    return {
        "Failure": record({"status": {"const": "error"}, "reason": TEXT}),
        "Done": record({"status": OK}),
        "Created": record({"status": OK, "orderId": _hash()}, {"payreq": TEXT}),
        "CountryNumber": {"type": "integer", "enum": numbers},
        "Country": {"anyOf": [{"type": "integer", "enum": numbers}, {"type": "string", "enum": names}]},
        "Service": {"type": "string", "enum": sorted(services())},
        "Status": {"anyOf": [_received(), _sent(), _funded()]},
        "Order": _order(),
    }


def _hash() -> Json:
    return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _received() -> Json:
    digits: Json = {"type": ["integer", "string", "null"]}
    return record({**_head(), "code": digits, "id": LOOSE, "number": digits, "country": TEXT, "service": TEXT}, _tail())


def _sent() -> Json:
    return record({**_head(), "id": TEXT, "smsStatus": {"enum": _PROGRESS}}, _tail())


def _funded() -> Json:
    return record(_head(), _tail())


def _head() -> Json:
    return {"status": OK, "paid": {"type": "boolean"}, "timestamp": {"type": "integer", "description": "ms"}}


def _tail() -> Json:
    return {"error": {"type": "string", "description": "The order ended without a code, and why."}}


def _order() -> Json:
    """An order as the control API shows it."""
    return record(
        {
            "orderId": _hash(),
            "kind": {"enum": list(get_args(Kind))},
            "phase": {"enum": [phase.name.lower() for phase in Phase]},
            "price": {"type": "integer"},
            "paid": {"type": "boolean"},
            "payreq": MAYBE,
            "createdAt": {"type": "integer", "description": "ms"},
        },
        {
            "country": {"type": "integer"},
            "service": TEXT,
            "number": {"type": ["string", "null"], "pattern": f"^{NUMBER.pattern}$"},
            "code": MAYBE,
            "recipient": TEXT,
            "smsStatus": {"enum": _PROGRESS},
        },
    )
