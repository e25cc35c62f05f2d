"""The API's own endpoints, described."""

from s4s_tui.sandbox.description.parts import Json, asked, operation, query, record, ref
from s4s_tui.sandbox.description.schemas import CHOICE, EMAIL, LOOSE, OK, REF, TEXT, WEBHOOK
from s4s_tui.sandbox.requests import MESSAGE_LIMIT, PHONE

_FULL = ["too many open orders", "unable to save data"]
_FOLLOW = ["orderstatus", "cancelorder", "pay", "order"]
_COUNTRY, _SERVICE = query("country", ref("CountryNumber")), query("service", ref("Service"))
_ORDER = query("orderId", {"type": "string", "minLength": 1}, required=True)
_MESSAGE: Json = {"type": "string", "minLength": 1, "maxLength": MESSAGE_LIMIT}
_PHONE: Json = {"type": "string", "pattern": f"^{PHONE}$"}


def paths(*, email: bool) -> Json:
    """The paths with their operations; whether e-mails are sent is the sandbox's choice."""
    return {
        "/": {"get": operation("root", "Is it up?", record({"status": OK}))},
        **_catalogue(),
        "/createorder": {"post": _create()},
        "/createsendorder": {"post": _send("createsendorder", "Send an SMS.", "phone", _PHONE)},
        **({"/createemailsendorder": {"post": _email()}} if email else {}),
        "/orderstatus": {
            "get": operation(
                "orderstatus", "What has become of an order.", ref("Status"), parameters=[_ORDER], fails=["400", "404"]
            )
        },
        "/cancelorder": {
            "get": operation(
                "cancelorder",
                "Cancel an order of /createorder: from 2 minutes on, until the code has come.",
                ref("Done"),
                parameters=[_ORDER],
                fails=["400", "404"],
                reasons=["unable to save data"],
            )
        },
        **_account(),
    }


def _catalogue() -> Json:
    services = {"key": TEXT, "text": TEXT, "value": TEXT, "count": LOOSE, "image": {"type": "object"}}
    countries = {"id": LOOSE, "eng": TEXT, "visible": {"type": "integer"}, "rent": {"type": "integer"}}
    rentals = {"cc": LOOSE, "country": TEXT, "duration": TEXT, "price": LOOSE}
    return {
        "/price": {
            "get": operation("price", "Prices in sats.", _prices(), parameters=[_COUNTRY, _SERVICE], fails=["400"])
        },
        "/getnumbersstatus": {
            "get": operation(
                "getnumbersstatus",
                "The services of a country, with the numbers there are.",
                _rows(services),
                parameters=[query("country", ref("CountryNumber"), required=True)],
                fails=["400"],
            )
        },
        "/getCountries": {"get": operation("getCountries", "The countries.", _rows(countries))},
        "/getRentalCountries": {
            "get": operation(
                "getRentalCountries",
                "Where a number can be rented, for how many weeks, at how many sats.",
                _rows(rentals),
                parameters=[_SERVICE],
                fails=["400"],
            )
        },
    }


def _rows(columns: Json) -> Json:
    return {"type": "array", "items": record(columns)}


def _prices() -> Json:
    computed = record({"price": LOOSE, "country": TEXT, "description": TEXT})
    told = record({}, {"country": {"type": "integer"}, "service": TEXT})
    return record(dict.fromkeys(("receive", "send", "rent", "s4s"), LOOSE), {"query": told, "computed": computed})


def _create() -> Json:
    both = {
        "properties": {"isRental": {"const": True}, "realphone": {"const": True}},
        "required": ["isRental", "realphone"],
    }
    wanted = asked(
        {"country": ref("Country"), "service": ref("Service")},
        {
            "isRental": CHOICE,
            "realphone": CHOICE,
            "ref": REF,
            "immediate": {**CHOICE, "description": "Pay from the balance; needs X-API-Key."},
        },
    )
    return operation(
        "createorder",
        "Order a number for one code, or to rent (isRental).",
        ref("Created"),
        body={**wanted, "not": both},
        key="optional",
        reasons=[
            "No numbers available for this service.",
            "No rental numbers available for this service.",
            *_FULL,
        ],
        links=_FOLLOW,
    )


def _email() -> Json:
    return _send("createemailsendorder", "Send an e-mail.", "address", EMAIL)


def _send(name: str, summary: str, recipient: str, schema: Json) -> Json:
    return operation(
        name,
        summary,
        ref("Created"),
        body=asked({"message": _MESSAGE, recipient: schema}, {"immediate": CHOICE, "webhookUrl": WEBHOOK}),
        key="optional",
        reasons=_FULL,
        links=["orderstatus", "pay", "order"],
    )


def _account() -> Json:
    texts = ("desc", "description", "holdinvoice", "preimage", "preimageHash", "userId")
    funding = record({**dict.fromkeys(("amount", "createdAt", "price"), LOOSE), **dict.fromkeys(texts, TEXT)})
    orders = {"type": "array", "items": funding}
    return {
        "/fund": {
            "post": operation(
                "fund",
                "Fund the account of the key, by an invoice.",
                ref("Created"),
                body=asked({"amount": {"type": "integer", "minimum": 1}}),
                key="needed",
                reasons=["backend error", *_FULL],
                links=["orderstatus", "pay"],
            )
        },
        "/balance": {
            "get": operation(
                "balance",
                "The account's sats.",
                record({"status": OK, "balance": {"type": ["number", "string"]}}),
                key="needed",
            )
        },
        "/history": {
            "get": operation(
                "history",
                "The account's paid fundings, newest first. It holds the key and the preimages.",
                record({"status": OK, "totalAmount": LOOSE, "orders": orders}),
                key="needed",
            )
        },
    }
