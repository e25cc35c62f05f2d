"""What is looked at before an invoice is shown, each with its sentence for people.

A signature protects only where the payee is a known one: without an `n` field any signature yields some key.
Sentences hold no text from elsewhere that was not cleaned.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from s4s_tui.domain.invoice import Invoice, InvoiceError, read_invoice
from s4s_tui.domain.order import Kind, Order
from s4s_tui.domain.text import clean

OPERATOR_NODE = "035b04e00521a8d50894e813c72576d2a03a09cd940be074b7f2e35e0a01d7d12d"
"""The operator's Lightning node (API docs: the node they link to, and the payee of their sample invoice)."""
FUTURE = 5 * 60
"""Seconds that an invoice may have been made ahead of this machine's clock."""
MOST_CLTV = 432
"""Blocks of final time lock that are usual: three days."""
_DAY_OF_BLOCKS = 144
_PLACES = {
    "bc": "Bitcoin",
    "tb": "Bitcoin's test network",
    "tbs": "the signet test network",
    "bcrt": "a test network (regtest)",
}


class Verdict(StrEnum):
    """How a check ended, from best to worst."""

    OK = "ok"
    NOTE = "note"  # worth saying, nothing wrong
    WARN = "warn"
    ASK = "ask"  # not payable until the user accepts
    BLOCK = "block"  # never payable here


@dataclass(frozen=True, slots=True)
class Check:
    """One row: what was looked at ("amount", "payee", …), how it ended, and the sentence that says so."""

    name: str
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """All checks of one invoice, always in the same order; `invoice` is None where the text is none."""

    invoice: Invoice | None
    checks: tuple[Check, ...]

    @property
    def blocked(self) -> bool:
        """Whether it must not be offered for payment."""
        return any(check.verdict is Verdict.BLOCK for check in self.checks)

    @property
    def asks(self) -> bool:
        """Whether the user has to accept something before it is offered for payment."""
        return any(check.verdict is Verdict.ASK for check in self.checks)

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The checks that need attention: WARN, ASK and BLOCK."""
        return tuple(check for check in self.checks if check.verdict not in (Verdict.OK, Verdict.NOTE))

    @property
    def payee_is_new(self) -> bool:
        """Whether the payee is neither the expected node nor an accepted one; the user can accept it."""
        return any(check.name == "payee" and check.verdict is Verdict.WARN for check in self.checks)


def inspect(
    payreq: str,
    *,
    order_id: str,
    quoted: int | None,
    network: str,
    node: str | None,
    payees: frozenset[str],
    now: float,
    most: int | None = None,
) -> Inspection:
    """Check the invoice of an order. Raises nothing: text that is no invoice gives one BLOCK.

    Args:
        payreq: the invoice as the server sent it.
        order_id: the order's id, which is its payment hash (API docs' sample).
        quoted: the price in sats that was shown before the order, None where none was known.
        network: the network it must be for, "bc" on the real API.
        node: the node key (hex) that a sandbox declares as its own; None expects the operator's.
        payees: node keys (hex) that the user accepted.
        now: Unix seconds.
        most: the price in sats that the settings allow at the most, None for any.
    """
    try:
        invoice = read_invoice(payreq, strict=False)
    except InvoiceError as error:
        return Inspection(None, (Check("invoice", Verdict.BLOCK, str(error)),))
    return Inspection(
        invoice,
        (
            Check("invoice", Verdict.OK, "a Lightning invoice, complete"),
            _network(invoice, network),
            _amount(invoice, quoted, most),
            _order(invoice, order_id),
            _payee(invoice, node, payees),
            _expiry(invoice, now),
            _clock(invoice, now),
            _time_lock(invoice),
            _features(invoice),
            _description(invoice),
        ),
    )


def inspect_order(order: Order, *, payees: frozenset[str], now: float, most: int | None) -> Inspection:
    """The checks of an order's invoice; `now` is this machine's clock, which may differ from the server's."""
    return inspect(
        order.payreq,
        order_id=order.order_id,
        quoted=order.quoted,
        network=order.network,
        node=order.node,
        payees=payees,
        now=now + (order.skew or 0.0),
        most=None if order.kind is Kind.FUND else most,  # its amount is not a price, and was typed by the person
    )


def _network(invoice: Invoice, expected: str) -> Check:
    if invoice.network == expected:
        return Check("network", Verdict.OK, f"for {_place(expected)}")
    sentence = f"The invoice is for {_place(invoice.network)}, expected was {_place(expected)}: it cannot be paid here."
    return Check("network", Verdict.BLOCK, sentence)


def _place(network: str) -> str:
    return _PLACES.get(network, f"the network {clean(network, 12)}")


def _amount(invoice: Invoice, quoted: int | None, most: int | None) -> Check:
    if invoice.amount_msat is None:
        return Check("amount", Verdict.BLOCK, "The invoice names no amount: it cannot be paid here.")
    amount = invoice.amount_sat
    if amount is None:
        whole, rest = divmod(invoice.amount_msat, 1000)
        sentence = f"The invoice asks {whole:,}.{rest:03} sats, not a whole number: it cannot be paid here."
        return Check("amount", Verdict.BLOCK, sentence)
    if most is not None and amount > most:
        return Check("amount", Verdict.ASK, f"Asks {_sats(amount)}, your max_price is {_sats(most)}.")
    if quoted is None:
        return Check("amount", Verdict.NOTE, f"{_sats(amount)}; no price was quoted")
    if amount > quoted:
        return Check("amount", Verdict.ASK, f"Asks {_sats(amount)}, quoted were {_sats(quoted)}.")
    if amount < quoted:
        return Check("amount", Verdict.NOTE, f"{_sats(amount)}, less than the {_sats(quoted)} quoted")
    return Check("amount", Verdict.OK, f"{_sats(amount)} as quoted")


def _order(invoice: Invoice, order_id: str) -> Check:
    if invoice.payment_hash == order_id.lower():
        return Check("order", Verdict.OK, "belongs to this order")
    sentence = (
        f"Payment hash {invoice.payment_hash[:8]}… is not the order's id {clean(order_id, 9)}: "
        "it may belong to another order."
    )
    return Check("order", Verdict.WARN, sentence)


def _payee(invoice: Invoice, node: str | None, payees: frozenset[str]) -> Check:
    payee, expected = invoice.payee, OPERATOR_NODE if node is None else node.lower()
    if payee == expected:
        whom = "sms4sats" if payee == OPERATOR_NODE else "the demo's node"
        return Check("payee", Verdict.OK, f"paid to {whom} {_short(payee)}")
    if payee in payees:
        return Check("payee", Verdict.OK, f"paid to a node you accepted {_short(payee)}")
    whose = "sms4sats" if node is None else "the demo"
    sentence = f"Another node than usual is paid: {_short(payee)}, {whose} is {_short(clean(expected, 66))}."
    return Check("payee", Verdict.WARN, sentence)


def _expiry(invoice: Invoice, now: float) -> Check:
    if now < invoice.expires_at:
        return Check("expiry", Verdict.OK, "not expired")
    return Check("expiry", Verdict.BLOCK, f"The invoice expired at {_moment(invoice.expires_at)}: do not pay it.")


def _clock(invoice: Invoice, now: float) -> Check:
    if invoice.timestamp <= now + FUTURE:
        return Check("clock", Verdict.OK, "made at a time that fits the clock")
    sentence = (
        f"The invoice was made at {_moment(invoice.timestamp)}, which is still to come: is this machine's clock right?"
    )
    return Check("clock", Verdict.WARN, sentence)


def _time_lock(invoice: Invoice) -> Check:
    blocks = invoice.min_final_cltv
    if blocks <= MOST_CLTV:
        return Check("time lock", Verdict.OK, f"usual time lock, {blocks} blocks")
    days = blocks // _DAY_OF_BLOCKS
    sentence = f"Time lock of {blocks:,} blocks, usual are up to {MOST_CLTV}: money may be held for {days:,} days."
    return Check("time lock", Verdict.WARN, sentence)


def _features(invoice: Invoice) -> Check:
    unknown = invoice.unknown_features
    if not unknown:
        return Check("features", Verdict.OK, "needs nothing unusual of a wallet")
    names = ", ".join(str(bit) for bit in unknown[:3]) + (", …" if len(unknown) > 3 else "")
    sentence = f"The invoice needs what is unknown here (feature {names}): your wallet may refuse it."
    return Check("features", Verdict.WARN, sentence)


def _description(invoice: Invoice) -> Check:
    if invoice.description is None:
        return Check("description", Verdict.NOTE, "no memo, only the hash of one")
    memo = clean(invoice.description, 100)
    return Check("description", Verdict.OK, f"memo: {memo}") if memo else Check("description", Verdict.NOTE, "no memo")


def _sats(amount: int) -> str:
    return f"{amount:,} sat" if amount == 1 else f"{amount:,} sats"


def _short(key: str) -> str:
    return f"{key[:6]}…{key[-3:]}"


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
