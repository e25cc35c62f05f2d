"""Really signed invoices and orders around them, for the tests of the screens."""

from dataclasses import replace
from functools import cache

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.domain.order import Created, Order, Status
from s4s_tui.sandbox.mint import NodeKey, mint
from tests.services.fakes import START

KEY = NodeKey(0xA11CE)
"""The node that the server declares as its own."""
OTHER = NodeKey(0xB0B)
DAY = 86400


def order_id(serial: int = 1) -> str:
    """The id, by documentation the payment hash, of one of the tests' orders."""
    return f"{serial:064x}"


@cache  # thousands of orders are made of a few invoices, and every signature takes its milliseconds
def _minted(
    *, key: NodeKey, network: str, amount: int, payment_hash: str, description: str, timestamp: int, expiry: int
) -> str:
    return mint(
        key=key,
        network=network,
        amount=amount,
        payment_hash=payment_hash,
        payment_secret="5e" * 32,
        description=description,
        timestamp=timestamp,
        expiry=expiry,
    )


def a_created(
    serial: int = 1,
    /,
    *,
    amount: int = 3000,
    network: str = "bcrt",
    expected: str = "bcrt",
    key: NodeKey = KEY,
    payment_hash: str | None = None,
    at: float = START,
    expiry: int = DAY,
    memo: str = "sms4sats.com: SMS code",
) -> Created:
    """What the server answers to createorder."""
    payreq = _minted(
        key=key,
        network=network,
        amount=amount,
        payment_hash=payment_hash or order_id(serial),
        description=memo,
        timestamp=int(at),
        expiry=expiry,
    )
    return Created(order_id(serial), payreq, expected, KEY.public)


def an_order(serial: int = 1, /, created: Created | None = None, **changes: object) -> Order:
    """An unpaid order made at START for 3,000 sats, with the given fields."""
    created = created or a_created(serial)
    invoice = read_invoice(created.payreq, strict=False)
    order = Order(
        order_id=created.order_id,
        payreq=created.payreq,
        country=43,
        country_name="Germany",
        service="tg",
        service_name="Telegram",
        amount=invoice.amount_sat,
        quoted=3000,
        network=created.network,
        node=created.node,
        created_at=START,
        expires_at=float(invoice.expires_at),
    )
    return replace(order, **changes)  # type: ignore[arg-type]  # the tests name the fields


def a_held(serial: int = 1, /, **changes: object) -> Order:
    """An order that was paid when it was made."""
    return an_order(serial, None, **{"status": Status.HELD, "paid_at": START, **changes})


def with_number(serial: int = 1, /, **changes: object) -> Order:
    """A paid order with its number."""
    facts: dict[str, object] = {"status": Status.NUMBER, "number": "4915112345678", "number_at": START}
    return a_held(serial, **{**facts, **changes})


def with_code(serial: int = 1, /, **changes: object) -> Order:
    """An order that brought its code."""
    facts: dict[str, object] = {"status": Status.CODE, "code": "048010", "code_at": START, "ended_at": START}
    return with_number(serial, **{**facts, **changes})
