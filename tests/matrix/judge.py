"""Whether what a program says is true, is a sentence, and is what its journal holds; each finding is a line of text."""

import unicodedata
from collections.abc import Iterator

from s4s_tui.domain.checks import inspect_order
from s4s_tui.domain.history import Intent, Outcome
from s4s_tui.domain.order import Order, Status
from s4s_tui.domain.state import AppState
from s4s_tui.sandbox.orders import OPEN, RETURNED, Phase, SandboxOrder
from s4s_tui.sandbox.receiving import NumberOrder
from s4s_tui.ui.intent_view import intent_view
from s4s_tui.ui.order_rows import Row, row_cells, row_hint, state_cell
from s4s_tui.ui.order_view import order_view
from s4s_tui.ui.view import View
from tests.acceptance.truth import memory
from tests.matrix.ground import Program

_SETTLED = (Phase.SETTLED, Phase.SENT, Phase.DELIVERED, Phase.OVER)
_CLOSED = (Phase.CANCELLED, Phase.EXPIRED)
_MACHINE_WORDS = (
    "Traceback",
    "Error(",
    "Exception",
    "httpx",
    "httpcore",
    "Errno",
    "None",
    "<html",
    " object at 0x",
    "b'",
)
_OURS = ("The server", "The connection", "What answered", "No connection", "This ")
"""How the program's own sentences about an answer begin."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co")


def not_a_sentence(text: str) -> str:
    """What is wrong with a text that a person is to read, "" where it is fine."""
    if not text.strip():
        return "nothing is said"
    if any(unicodedata.category(char) in _HIDDEN for char in text.replace("\n", " ")):
        return f"hidden characters: {text!r}"
    put_in_its_mouth = next((ours for ours in _OURS if f"said: {ours}" in text), None)
    if put_in_its_mouth:
        return f"the server did not say {put_in_its_mouth!r}: {text!r}"
    word = next((word for word in _MACHINE_WORDS if word in text), None)
    return f"{word!r} is no word for people: {text!r}" if word else ""


def untruths(order: Order, known: SandboxOrder, money: str, now: float, *, fresh: bool) -> Iterator[str]:
    """What the program believes or says (`money`) of an order's money that the server has never said.

    Args:
        order: as the program has it.
        known: as the sandbox has it.
        money: what is said.
        now: Unix seconds.
        fresh: whether the server has just been asked, so that nothing of it may be old.
    """
    phase, paid = known.phase(now), known.bill.paid(now)
    received = isinstance(known, NumberOrder) and known.code(now) is not None
    if order.paid_at is not None and not paid:
        yield "it is called paid"
    fits = {
        Status.HELD: paid,
        Status.NUMBER: paid,
        Status.CODE: phase in _SETTLED or received,
        Status.SENT: phase in (Phase.SENT, Phase.DELIVERED),
        Status.DELIVERED: phase is Phase.DELIVERED,
        Status.FUNDED: phase is Phase.SETTLED,
        Status.FAILED: phase is Phase.FAILED,
        Status.RETURNED: phase in RETURNED,
        Status.CANCELLED: phase in _CLOSED or (order.gone and not paid),
        Status.EXPIRED: phase in _CLOSED or (order.run_out(now) and not paid),  # by its own invoice
    }
    if not fits.get(order.status, True):
        yield f"it is called {order.status} and is {phase}"
    true = {
        "went back": phase in RETURNED or "whether" in money,
        "Released": phase in RETURNED,
        "settled": phase in _SETTLED or received,
        "Count ": isinstance(known, NumberOrder) and known.number(now) is not None,
        "Held": paid and (phase in OPEN or not fresh),
        "Nothing was paid, so nothing is lost": not paid,
        "Free until you pay": not paid,
    }
    for words, is_true in true.items():
        if words in money and not is_true:
            yield f"{money!r} is said and it is {phase}"


def _texts_of_view(view: View) -> Iterator[str]:
    yield from (view.title, view.lead, view.money, *view.notes, *view.earlier)
    yield from (step.name for step in view.steps)
    yield from (text for text in (view.big, view.times, view.options) if text)


def _view(order: Order, state: AppState, now: float) -> View:
    inspection = inspect_order(order, payees=state.payees, now=now, most=None)
    refusal, balance = state.refusals.get(order.order_id, ""), state.account.balance
    return order_view(order, inspection, None, now, refusal=refusal, balance=balance)


def _texts(state: AppState, now: float) -> Iterator[str]:
    """All that stands on the screens of this state; what may be empty only where it is not."""
    for order in state.orders:
        yield from _texts_of_view(_view(order, state, now))
        checks = inspect_order(order, payees=state.payees, now=now, most=None).checks
        yield from (check.sentence for check in checks)
        yield state_cell(order)
    for intent in state.intents:
        view = intent_view(intent, now)
        yield from (view.title, view.when, view.what, view.money)
        yield state_cell(intent)
    rows: tuple[Row, ...] = (*state.orders, *state.intents)
    for row in rows:
        yield from filter(None, (*row_cells(row, now), row_hint(row, now)))
    said = (state.link.sentence, state.order_error, state.countries_error, state.rentals_error, state.account.error)
    yield from filter(None, (*said, *state.refusals.values(), *(listed.error for listed in state.services.values())))


def of_the_state(program: Program, *, fresh: bool = False, just_paid: float = 0.0) -> Iterator[str]:
    """What is wrong with the state of a program by itself: untrue, no sentence, or not what the journal holds.

    Args:
        fresh: as in `untruths`.
        just_paid: seconds for which a payment may not be known to the program yet.
    """
    state, now = program.store.state, program.clock.now()
    for order in state.orders:
        known = program.ground.orders.get(order.order_id)
        if known is None:
            yield f"an order that the server has not: {order.order_id}"
        elif order.paid_at is not None or not known.bill.paid(now) or known.bill.paid(now - just_paid):
            yield from untruths(order, known, _view(order, state, now).money, now, fresh=fresh)
    yield from filter(None, map(not_a_sentence, _texts(state, now)))
    orders, intents, _ = memory(program.path)
    if sorted(orders, key=_by_id) != sorted(state.orders, key=_by_id):
        yield f"the journal holds {orders} and the program says {state.orders}"
    if sorted(map(_intent_id, intents)) != sorted(map(_intent_id, state.intents)):
        yield f"the journal holds the intents {intents} and the program says {state.intents}"
    yield from (f"an intent that is {one.outcome}" for one in state.intents if one.outcome is not Outcome.UNKNOWN)
    if state.buying is not None or state.account.loading:
        yield "something is under way for ever"


def _by_id(order: Order) -> str:
    return order.order_id


def _intent_id(intent: Intent) -> str:
    return intent.intent_id
