"""Bodies of the server's answers, read leniently: one function for each endpoint.

Rules: API docs, "Types are loose". A body of the wrong shape raises `Unreadable`; a field of the wrong shape is
taken as absent; a row of the wrong shape is skipped.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

import msgspec

from s4s_tui.api import values
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.order import OrderReply

MOST_ROWS = 5_000
"""Rows read of a list; the longest known one has 1,717 (API docs: the list of code names)."""
_LONGEST_INVOICE = 8_000


class Unreadable(Exception):
    """The body is not JSON, or not of the shape that the endpoint answers with; the message is a sentence."""


def _exact(literal: str) -> Decimal | str:
    try:
        return Decimal(literal)
    except InvalidOperation:
        # An exponent beyond what Decimal holds: kept as text, which no reader of numbers takes.
        return literal


_DECODER = msgspec.json.Decoder(float_hook=_exact)


def read_json(body: bytes) -> object:
    """The body as None, bool, int, Decimal, str, list or dict; raises Unreadable."""
    try:
        return _DECODER.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise Unreadable("The server's answer is empty, cut off or not JSON.") from None


def price(body: object) -> Price:
    """`GET /price`: every field is optional; prices in sats. Raises Unreadable."""
    fields = _object(body)
    computed = fields.get("computed")
    exact = values.amount(computed.get("price")) if isinstance(computed, dict) else None
    return Price(receive=values.amount(fields.get("receive")), computed=exact)


def services(body: object) -> tuple[Service, ...]:
    """`GET /getnumbersstatus`: the rows in the server's order, each code once. Raises Unreadable."""
    rows: dict[str, Service] = {}
    for row in _rows(body):
        code = values.text(row.get("value")) or values.text(row.get("key"))
        if code is not None and code not in rows:
            rows[code] = Service(code, values.text(row.get("text")) or code, values.amount(row.get("count")))
    return tuple(rows.values())


def countries(body: object) -> tuple[RemoteCountry, ...]:
    """`GET /getCountries`: the rows in the server's order, each number once. Raises Unreadable."""
    rows: dict[int, RemoteCountry] = {}
    for row in _rows(body):
        cc = values.country_number(row.get("id"))
        if cc is not None and cc not in rows:
            name = values.text(row.get("eng")) or values.text(row.get("name")) or f"Country {cc}"
            rows[cc] = RemoteCountry(cc, name, values.flag(row.get("visible"), absent=True))
    return tuple(rows.values())


def created(body: object) -> tuple[str, str]:
    """`POST /createorder`: order id and invoice, each "" where it is missing. Raises Unreadable."""
    fields = _object(body)
    return values.text(fields.get("orderId")) or "", values.text(fields.get("payreq"), _LONGEST_INVOICE) or ""


def order_status(body: object) -> OrderReply:
    """`GET /orderstatus` of a receive order. Raises Unreadable."""
    fields = _object(body)
    return OrderReply(
        paid=values.flag(fields.get("paid"), absent=False),
        number=values.number(fields.get("number")),
        code=values.code(fields.get("code")),
        error=values.error(fields.get("error")),
        country=values.text(fields.get("country")),
        service=values.text(fields.get("service")),
    )


def cancelled(body: object) -> None:
    """`GET /cancelorder`: `{status:"OK"}` (API docs); an object of another status is no yes. Raises Unreadable."""
    status = values.text(_object(body).get("status"))
    if status is None or status.lower() != "ok":
        raise Unreadable("The server's answer does not say whether it cancelled.")


def refusal(body: object, http_status: int, *, error_refuses: bool) -> str | None:
    """The server's reason where the answer is a refusal, else None.

    API docs: `{"status":"error","reason":"…"}`, documented with 400 and 500, taken with any HTTP status. A reason
    counts by itself. With an HTTP failure `error` is taken too, and with 4xx the `message` of a gateway.

    Args:
        body: what `read_json` gave.
        http_status: the HTTP status code of the answer.
        error_refuses: whether `error` refuses in an HTTP success too; it does not in a status, where it is a fact
            about the order (API docs: "No available number"), nor beside an order id.
    """
    if not isinstance(body, dict):
        return None
    reason = values.error(body.get("reason"))
    if reason is not None:
        return reason
    words = values.error(body.get("error"))
    if _says_error(body):
        return words or values.error(body.get("message")) or "The server refused without saying why."
    if http_status >= 500:
        return words
    if http_status >= 400:
        return words or values.error(body.get("message"))
    return words if error_refuses and not body.get("orderId") else None


def documented_refusal(body: object) -> bool:
    """Whether the body refuses as documented, with a reason or the status "error", and not merely by `error`."""
    if not isinstance(body, dict):
        return False
    return values.error(body.get("reason")) is not None or _says_error(body)


def _says_error(fields: Mapping[str, object]) -> bool:
    return (values.text(fields.get("status")) or "").lower() == "error"


def _object(body: object) -> Mapping[str, object]:
    if isinstance(body, dict):
        return body
    raise Unreadable("The server's answer has not the expected shape.")


def _rows(body: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(body, list):
        raise Unreadable("The server's answer is not the expected list.")
    return (row for row in body[:MOST_ROWS] if isinstance(row, dict))
