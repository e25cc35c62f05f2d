"""Orders as rows of the state file, and back; a row that makes no sense is refused, never guessed at."""

from dataclasses import asdict
from typing import Any, TypeVar, get_args

from s4s_tui.sandbox.funding import FundOrder
from s4s_tui.sandbox.orders import Bill, SandboxOrder
from s4s_tui.sandbox.receiving import Plan, ReceiveOrder
from s4s_tui.sandbox.rental import RentalOrder, RentalPlan
from s4s_tui.sandbox.sending import Channel, Progress, SendOrder
from s4s_tui.sandbox.stock import countries, price, services

Row = dict[str, Any]
"""A JSON object."""

_KINDS: dict[type[SandboxOrder], str] = {
    ReceiveOrder: "receive",
    RentalOrder: "rental",
    SendOrder: "send",
    FundOrder: "fund",
}

_T = TypeVar("_T")


def row(order: SandboxOrder) -> Row:
    """The order as values that JSON knows."""
    return {"kind": _KINDS[type(order)], **asdict(order)}


def order(row: Row) -> SandboxOrder:
    """The order of a row.

    Raises:
        KeyError, TypeError, ValueError: it is no order, or of another catalogue.
    """
    match row.get("kind"):
        case None:
            return _receiving(row, _first_bill(row))
        case "receive":
            return _receiving(row, _bill(row["bill"]))
        case "rental":
            return _rental(row)
        case "send":
            return _send(row)
        case "fund":
            return FundOrder(bill=_bill(row["bill"]))
        case _:
            raise ValueError("another kind of order")


def of_type(kind: type[_T], value: object) -> _T:
    """The value, which has this type.

    Raises:
        TypeError: it has another one.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _or_none(kind: type[_T], value: object) -> _T | None:
    return None if value is None else of_type(kind, value)


def _bill(row: Row) -> Bill:
    return Bill(
        order_id=of_type(str, row["order_id"]),
        payreq=of_type(str, row["payreq"]),
        price=of_type(int, row["price"]),
        created_at=of_type(float, row["created_at"]),
        expires_at=of_type(float, row["expires_at"]),
        speed=of_type(float, row["speed"]),
        account=of_type(str, row["account"]),
        preimage=of_type(str, row["preimage"]),
        paid_at=_or_none(float, row["paid_at"]),
        cancelled_at=_or_none(float, row["cancelled_at"]),
        refund_after=_or_none(float, row.get("refund_after")),
    )


def _first_bill(row: Row) -> Bill:
    """The bill of a row as the first version wrote it: for receiving only, with no bill of its own."""
    sats = price(of_type(int, row["country"]))
    return _bill({**row, "price": sats, "speed": row["plan"]["speed"], "account": "", "preimage": ""})


def _place(row: Row) -> tuple[int, str]:
    if row["country"] not in countries() or row["service"] not in services():
        raise ValueError("another catalogue")
    return of_type(int, row["country"]), of_type(str, row["service"])


def _receiving(row: Row, bill: Bill) -> ReceiveOrder:
    plan = row["plan"]
    country, service = _place(row)
    return ReceiveOrder(
        bill=bill,
        activation=of_type(int, row["activation"]),
        country=country,
        service=service,
        ref=of_type(str, row.get("ref", "")),
        plan=Plan(
            number=_or_none(str, plan["number"]),
            number_after=of_type(float, plan["number_after"]),
            code=of_type(str, plan["code"]),
            code_after=_or_none(float, plan["code_after"]),
        ),
        real_phone=of_type(bool, row.get("real_phone", False)),
    )


def _rental(row: Row) -> RentalOrder:
    plan = row["plan"]
    country, service = _place(row)
    return RentalOrder(
        bill=_bill(row["bill"]),
        activation=of_type(int, row["activation"]),
        country=country,
        service=service,
        ref=of_type(str, row["ref"]),
        plan=RentalPlan(
            number=_or_none(str, plan["number"]),
            number_after=of_type(float, plan["number_after"]),
            messages=tuple((of_type(float, due), of_type(str, text)) for due, text in plan["messages"]),
        ),
    )


def _send(row: Row) -> SendOrder:
    return SendOrder(
        bill=_bill(row["bill"]),
        channel=_channel(row["channel"]),
        recipient=of_type(str, row["recipient"]),
        message=of_type(str, row["message"]),
        sid=of_type(str, row["sid"]),
        steps=tuple((of_type(float, due), _progress(step)) for due, step in row["steps"]),
        webhook=of_type(str, row["webhook"]),
        announced=of_type(int, row["announced"]),
    )


def _channel(value: object) -> Channel:
    channel: Channel
    for channel in get_args(Channel):
        if value == channel:
            return channel
    raise ValueError("another channel")


def _progress(value: object) -> Progress:
    progress: Progress
    for progress in get_args(Progress):
        if value == progress:
            return progress
    raise ValueError("another step")
