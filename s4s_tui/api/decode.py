"""Bodies of the server's answers, read leniently: one function for each endpoint.

Rules: API docs, "Types are loose". A body of the wrong shape raises `Unreadable`; a field of the wrong shape is
taken as absent; a row of the wrong shape is skipped.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

import msgspec

from s4s_tui.api import values
from s4s_tui.domain.account import Deposit, Deposits, RentalOffer
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.order import OrderReply
from s4s_tui.domain.secret import Secret

MOST_ROWS = 5_000
"""Rows read of a list; the longest known one has 1,717 (API docs: the list of code names)."""
WORDLESS = "The server refused without saying why."
_LONGEST_INVOICE = 8_000
_LONGEST_PREIMAGE = 128
_SMS_STATES = frozenset({"created", "sent", "delivered", "failed"})
_MOST_WEEKS = 520
_NOTHING_SAID = Deposit(None, "", None, "", "")


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
        trouble = "The server's answer is empty, cut off or not JSON."
    raise Unreadable(trouble)  # not from the error above, which may hold the whole body


def price(body: object) -> Price:
    """`GET /price`: every field is optional; prices in sats. Raises Unreadable."""
    fields = _object(body)
    computed = fields.get("computed")
    exact = values.amount(computed.get("price")) if isinstance(computed, dict) else None
    return Price(
        receive=values.amount(fields.get("receive")),
        computed=exact,
        send=values.amount(fields.get("send")),
        rent=values.amount(fields.get("rent")),
        real_phone=values.amount(fields.get("s4s")),
    )


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


def rental_offers(body: object) -> tuple[RentalOffer, ...]:
    """`GET /getRentalCountries`: the rows in the server's order, each country and duration once. Raises Unreadable."""
    rows: dict[tuple[int, int | None], RentalOffer] = {}
    for row in _rows(body):
        cc, weeks = values.country_number(row.get("cc")), values.weeks(row.get("duration"), _MOST_WEEKS)
        if cc is not None and (cc, weeks) not in rows:
            name = values.text(row.get("country")) or f"Country {cc}"
            rows[cc, weeks] = RentalOffer(cc, name, weeks, values.amount(row.get("price")))
    return tuple(rows.values())


def balance(body: object) -> int:
    """`GET /balance`: whole sats, a fraction left out. Raises Unreadable, also for less than nothing."""
    sats = values.holding(_object(body).get("balance"))
    if sats is None:
        raise Unreadable("The server's answer does not say the balance.")
    return sats


def deposits(body: object) -> Deposits:
    """`GET /history`: the rows newest first, those without a time last; rows that say nothing are left out.

    `userId` is the API key (API docs) and is not read. Raises Unreadable, also where nothing of a history is in it.
    """
    fields = _object(body)
    orders, total = fields.get("orders"), values.holding(fields.get("totalAmount"))
    if orders is None and (total is not None or _status(fields) == "ok"):
        orders = []
    rows = [deposit for deposit in map(_deposit, _rows(orders)) if deposit != _NOTHING_SAID]
    return Deposits(tuple(sorted(rows, key=_newest_first)), total)


def _deposit(row: Mapping[str, object]) -> Deposit:
    preimage = values.text(row.get("preimage"), _LONGEST_PREIMAGE + 1)
    return Deposit(
        amount=values.holding(row.get("amount")),
        price=values.text(row.get("price"), 40) or "",
        at=values.moment(row.get("createdAt")),
        description=values.text(row.get("description")) or values.text(row.get("desc")) or "",
        payment_hash=values.payment_hash(row.get("preimageHash")),
        preimage=Secret(preimage) if preimage and len(preimage) <= _LONGEST_PREIMAGE else None,
    )


def _newest_first(deposit: Deposit) -> float:
    return 0.0 if deposit.at is None else -deposit.at


def created(body: object) -> tuple[str, str, bool]:
    """The answer to any order: id and invoice, each "" where it is missing; whether an error stands beside them.

    Raises Unreadable.
    """
    fields = _object(body)
    order_id, payreq = values.text(fields.get("orderId")), values.text(fields.get("payreq"), _LONGEST_INVOICE)
    return order_id or "", payreq or "", values.error(fields.get("error")) is not None


def order_status(body: object) -> OrderReply:
    """`GET /orderstatus` of any order; a `smsStatus` that is not documented is none.

    Raises Unreadable, also where `paid` cannot be read and nothing else shows a payment: to call the order unpaid would
    be a word about money that the server has not said.
    """
    fields = _object(body)
    number, code = values.number(fields.get("number")), values.code(fields.get("code"))
    sms_status = (values.text(fields.get("smsStatus")) or "").lower()
    shown = number is not None or code is not None or sms_status in ("sent", "delivered")
    paid = fields.get("paid")
    if values.puzzling(paid) and not shown:
        raise Unreadable("The server's answer does not say whether the order is paid.")
    return OrderReply(
        paid=values.flag(paid, absent=False),
        number=number,
        code=code,
        error=values.error(fields.get("error")),
        country=values.text(fields.get("country")),
        service=values.text(fields.get("service")),
        sms_status=sms_status if sms_status in _SMS_STATES else None,
    )


def cancelled(body: object) -> None:
    """`GET /cancelorder`: `{status:"OK"}` (API docs); an object of another status is no yes. Raises Unreadable."""
    if _status(_object(body)) != "ok":
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
        return words or values.error(body.get("message")) or WORDLESS
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
    return _status(fields) == "error"


def _status(fields: Mapping[str, object]) -> str:
    return (values.text(fields.get("status")) or "").lower()


def _object(body: object) -> Mapping[str, object]:
    if isinstance(body, dict):
        return body
    raise Unreadable("The server's answer has not the expected shape.")


def _rows(body: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(body, list):
        raise Unreadable("The server's answer is not the expected list.")
    return (row for row in body[:MOST_ROWS] if isinstance(row, dict))
