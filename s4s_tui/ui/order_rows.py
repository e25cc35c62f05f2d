"""The rows of the list of orders: arrangement, filters, cells, and what is said of one. Pure, no Textual."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import DONE, SENDING, Cancel, Kind, Order, Status
from s4s_tui.domain.search import fold
from s4s_tui.domain.state import AppState
from s4s_tui.domain.telling import said
from s4s_tui.ui.rental_words import has_number
from s4s_tui.ui.text import ago, plus, sats, time_left, time_of_day
from s4s_tui.ui.words import state_words

Row = Order | Intent
"""An order, or the note of one whose making has an unknown outcome."""

UNKNOWN_OUTCOME = "? Outcome unknown"
_ID_FROM = 4
"""Letters from which a query is also taken for the beginning of an order id; shorter ones begin too many."""


class Show(StrEnum):
    """Which orders the list shows; they overlap: an open order whose money is unknown is open and unknown."""

    ALL = "All"
    OPEN = "Open"
    CODE = "Done"
    NO_CODE = "Ended otherwise"
    UNKNOWN = "Unknown"


def row_key(row: Row | None) -> tuple[str, str] | None:
    """What stays the same of a row whatever becomes of it."""
    if row is None:
        return None
    return ("intent", row.intent_id) if isinstance(row, Intent) else ("order", row.order_id)


def arrange_orders(state: AppState) -> tuple[Row, ...]:
    """Open orders, those whose clock runs out next first; then unknown outcomes, then the rest, newest first.

    A clock that has run out is first of all: there money is late, or an invoice must no longer be paid. Open orders
    without a clock come behind those with one. The time of day plays no part, so rows only move when an order changes.
    """
    still = sorted((order for order in state.orders if order.open), key=_next_clock)  # stable: else newest first
    rest = tuple(order for order in state.orders if not order.open)
    return (*still, *state.intents, *rest)


def _next_clock(order: Order) -> float:
    at = order.runs_out_at if order.status is Status.WAITING else order.money_back_at
    return float("inf") if at is None else at


def belongs(row: Row, show: Show) -> bool:
    """Whether the row is shown under this choice; every row is under `ALL` and at least one other."""
    if show is Show.ALL:
        return True
    if isinstance(row, Intent):
        return show is Show.UNKNOWN
    match show:
        case Show.OPEN:
            return row.open
        case Show.CODE:
            return not row.open and _had(row)
        case Show.NO_CODE:
            return not row.open and not _had(row)
        case Show.UNKNOWN:
            return row.status is Status.UNKNOWN


def _had(order: Order) -> bool:
    """Whether what was ordered has been had: a code, whatever came after it; a message that was sent; a funding."""
    return order.code is not None or order.status in DONE


def counts(rows: Iterable[Row]) -> dict[Show, int]:
    """How many rows each choice shows."""
    found = dict.fromkeys(Show, 0)
    for row in rows:
        for show in Show:
            found[show] += belongs(row, show)
    return found


def choose(rows: Sequence[Row], show: Show, query: str) -> tuple[Row, ...]:
    """The rows of this choice that fit the query, in their order.

    Every word of the query must stand somewhere in the state, service, country, number, codes, recipient or message;
    accents, case and punctuation do not matter. A query may also be the beginning of an order id.
    """
    words = fold(query).split()
    begins = query.strip().lower()
    return tuple(row for row in rows if belongs(row, show) and (not words or _fits(row, words, begins)))


def _fits(row: Row, words: Sequence[str], begins: str) -> bool:
    text = fold(" ".join(_texts(row)))
    if all(word in text for word in words):
        return True
    return isinstance(row, Order) and len(begins) >= _ID_FROM and row.order_id.lower().startswith(begins)


def _texts(row: Row) -> Iterable[str]:
    if isinstance(row, Intent):
        return UNKNOWN_OUTCOME, row.draft.service_name, row.draft.service, row.draft.country_name
    codes = (row.number or "", row.code or "", *(received.code for received in row.earlier))
    return (*state_words(row), row.service_name, row.service, row.country_name, row.recipient, row.message, *codes)


def state_cell(row: Row) -> str:
    """The state in words with its symbol."""
    return UNKNOWN_OUTCOME if isinstance(row, Intent) else " ".join(state_words(row))


def row_cells(row: Row, now: float) -> tuple[str, ...]:
    """The cells: state, service, service and country, country, code or number, number, code, amount, left, age."""
    age = ago(now - row.created_at)
    if isinstance(row, Intent):
        service, country = row.draft.service_name, row.draft.country_name
        return UNKNOWN_OUTCOME, service, f"{service} · {country}", country, "", "", "", "", "", age
    number = plus(row.number) if row.number else ""
    code = (row.code or "").replace("\n", " ")
    return (
        state_cell(row),
        row.service_name,
        f"{row.service_name} · {row.country_name}",
        row.country_name,
        code or number,
        number,
        code,
        "" if row.amount is None else sats(row.amount),
        left_cell(row, now),
        age,
    )


def left_cell(order: Order, now: float) -> str:
    """The time that the clock of an order has left, coarse; "" where none runs."""
    at = clock_at(order, now)
    return "" if at is None else time_left(at - now)


def clock_at(order: Order, now: float) -> float | None:
    """When the clock that matters next runs out (Unix seconds), None where none runs.

    Waiting: as long as its invoice may be paid. With a number: as long as that receives. After that, and for a held
    one: until the money should be back.
    """
    if order.payable(now):
        return order.runs_out_at
    endless = order.kind is Kind.FUND or order.kind in SENDING
    if order.ended or endless or order.status not in (Status.HELD, Status.NUMBER):
        return None
    still_wanted = order.cancel in (Cancel.NO, Cancel.ARMED)
    ends = (order.number_dead_at if order.status is Status.NUMBER and still_wanted else None, order.money_back_at)
    return next((at for at in ends if at is not None and at > now), None)


def row_hint(row: Row, now: float) -> str:
    """What there is to say of a row in a sentence or two, "" where its cells say all."""
    if isinstance(row, Intent):
        lost = "The server's answer to this order was lost."
        if row.draft.prepaid:
            return f"{lost} Money may have moved: Enter shows how to find out."
        return f"{lost} Nothing was paid, so nothing is lost. Enter shows more."
    if row.forgotten:
        return "The server does not know it now: it may be over. Enter shows all that came."
    if has_number(row) and not row.ended:
        return "Its number goes on receiving. Enter shows all that came."
    at = clock_at(row, now)
    if row.status is Status.WAITING:
        if at is not None:
            return f"Its invoice can be paid until {time_of_day(at, now, with_seconds=False)}."
        wanted = row.cancel is Cancel.NO
        return "Its invoice has run out. Do not pay it any more." if wanted and row.run_out(now) else ""
    if row.ended:
        return said(row.reason) if row.reason and row.code is None else ""
    return _hint_of_held(row, at, now)


def _hint_of_held(order: Order, at: float | None, now: float) -> str:
    if order.kind is Kind.FUND:
        return "Paid: the balance is read until it has risen."
    if order.status is Status.UNKNOWN:
        return (
            "Whether the message was sent is not known. The server is asked on."
            if order.kind in SENDING
            else "Whether the money went back is not known. The server is asked on."
        )
    if at is None or order.money_back_at is None:
        return ""
    back = time_of_day(order.money_back_at, now, with_seconds=False)
    if at == order.number_dead_at:
        works = time_of_day(at, now, with_seconds=False)
        return f"It works until {works}. Without a code the money should be back by {back}."
    return f"Without a code the money should be back by {back}."


def why_kept(order: Order) -> str:
    """Why an order cannot be taken off the list, "" where it can: what has ended, and a rental that is forgotten."""
    if order.removable:
        return ""
    if order.status is Status.WAITING:
        if order.cancel is Cancel.NO:
            return "This order still waits for its payment. Give it up first (x on its screen)."
        return "The server has not closed this order yet. It can be removed as soon as it has."
    if order.status is Status.CODE:
        return "This number goes on receiving. The order can be removed when that has ended."
    if order.prepaid:
        return "What this order took from the balance may still go back. It can be removed when it has ended."
    if order.kind is Kind.FUND:
        return "The balance has not been seen to rise yet. This can be removed when it has."
    return "Money may be held behind this order. It can be removed when it has ended."
