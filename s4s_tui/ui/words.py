"""The states of an order in words, each with its symbol: pure, no Textual.

The one rule behind them: nothing is said about money that the server did not say (held only after `paid`,
returned only after its error, cancelled only after its confirmation).
"""

from s4s_tui.domain.finding import kind_is_known
from s4s_tui.domain.life import ended_unknown
from s4s_tui.domain.order import SENDING, Cancel, Kind, Order, Status
from s4s_tui.ui.amounts import amount_of, begins_with, is_or_are
from s4s_tui.ui.message_words import message_money, message_state, never_paid
from s4s_tui.ui.prepaid_words import prepaid_money
from s4s_tui.ui.rental_words import rental_money, rental_state

_STATE = {
    Status.WAITING: ("○", "Waiting for payment"),
    Status.HELD: ("◌", "Assigning a number"),
    Status.NUMBER: ("◌", "Waiting for the SMS"),
    Status.CODE: ("✓", "Code received"),
    Status.RETURNED: ("↩", "Returned"),
    Status.CANCELLED: ("✗", "Cancelled"),
    Status.EXPIRED: ("✗", "Invoice expired"),
    Status.UNKNOWN: ("?", "Unknown"),
}
_FUNDING = {Status.HELD: ("◌", "Balance is to rise"), Status.FUNDED: ("✓", "Funded")}
_BY_ITSELF = "A hold that nobody settles ends by itself, at worst in a day or two."


def state_words(order: Order) -> tuple[str, str]:
    """A symbol and the state in words, for one line of a list."""
    if order.kind in SENDING:
        return message_state(order)
    has_a_name = order.ended or order.status is Status.UNKNOWN  # unknown is called so, whatever was asked for
    if not has_a_name and order.cancel in (Cancel.SENT, Cancel.ACCEPTED):
        return "◌", "Cancelling"
    if order.status is Status.WAITING and order.cancel is Cancel.GIVEN_UP:
        return "✗", "Given up"
    if order.kind is Kind.FUND and order.status in _FUNDING:
        return _FUNDING[order.status]
    if order.status is Status.HELD and not kind_is_known(order):
        return "◌", "Paid"
    return (rental_state(order) if order.rental else None) or _STATE.get(order.status) or message_state(order)


def money_words(order: Order) -> str:
    """Where the money is, in one or two sentences."""
    return _of_its_own(order) or _invoice_money(order)


def _of_its_own(order: Order) -> str | None:
    """The words of what is not paid by an invoice that is held until a code comes, None for the usual ones."""
    if order.kind in SENDING and not order.prepaid:
        return message_money(order)
    if order.rental and (said := rental_money(order)) is not None:
        return said
    return prepaid_money(order) if order.prepaid else None


def _invoice_money(order: Order) -> str:
    if order.status is Status.UNKNOWN:
        return _unknown_words(order)
    amount = amount_of(order)
    match order.status:
        case Status.WAITING:
            return _unpaid_words(order)
        case Status.HELD if not kind_is_known(order):
            return (
                f"Paid, the server says: {amount}. Whether that is held or taken depends on what was ordered, which is "
                "not known here. Do not pay twice."
            )
        case Status.HELD | Status.NUMBER:
            return (
                f"Held, not spent: {amount}. You are charged only when the code arrives. "
                "Your wallet keeps showing this payment as pending. That is normal. Do not pay twice."
            )
        case Status.CODE if order.late_code:
            where = f"Where {amount} {is_or_are(order)} is not known here"
            return f"{where}: look in your wallet whether the payment was taken."
        case Status.CODE:
            return f"{begins_with(order)} settled."
        case Status.RETURNED:
            return f"{begins_with(order)} went back to your wallet; it may take a minute to show it."
        case Status.CANCELLED if order.paid_at is not None:
            return _released_words(order)
        case _:
            return never_paid(order)


def _unknown_words(order: Order) -> str:
    begins = begins_with(order)
    if order.gone:
        return (
            f"{begins}: where {_it(order)} is unknown, for the server does not know this order now. It is asked "
            f"on. {_BY_ITSELF} w writes a file for support: keep it until the money is found."
        )
    return f"{begins}: whether it went back is unknown, the server has not said. It is asked on. {_BY_ITSELF}"


def _unpaid_words(order: Order) -> str:
    if order.cancel is not Cancel.NO:
        return "Nothing was paid as far as the server says. Do not pay this invoice any more."
    if order.gone:
        return "No payment was seen here. If you have paid already, w writes a file for support: keep it."
    if not order.payreq:
        return "Not paid as far as the server says. Once it is paid, nothing is spent until the code arrives."
    return "Free until you pay. When you pay, nothing is spent until the code arrives."


def _released_words(order: Order) -> str:
    """What became of the money of an order that is cancelled: it went back where the server said how it ended."""
    amount, begins = amount_of(order), begins_with(order)
    if order.reason is None:
        return f"{begins} should come back. The server has not said that this has happened: look in your wallet."
    if ended_unknown(order):
        return (
            f"{begins} should come back: the server accepted the cancellation, and does not know the order any more. "
            "Look in your wallet."
        )
    return f"Released: {amount} went back to your wallet; it may take a minute to show it."


def _it(order: Order) -> str:
    return "it is" if order.amount in (None, 1) else "they are"


def place_words(order: Order) -> str:
    """What was ordered and where: "Telegram · Germany"."""
    return f"{order.service_name} · {order.country_name}"


def unpaid_question(unpaid: int) -> str:
    """Why another order is asked about while `unpaid` ones wait for their payment."""
    return (
        f"{unpaid} orders wait for their payment already. Each is asked about every few seconds, and what nobody pays "
        "costs the service. Pay some or give them up (x) first, or order all the same?"
    )
