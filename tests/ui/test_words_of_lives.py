"""Orders of every kind through arbitrary lives: no words fail or claim what was not said, and no code is lost."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain.life import advance, clock, not_known, not_known_any_more, refused
from s4s_tui.domain.order import SENDING, Kind, Order, OrderReply
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_refused, cancel_sent, give_up, shifted, want_again
from s4s_tui.ui.news import news_of, title_words
from s4s_tui.ui.order_notes import order_notes
from s4s_tui.ui.order_rows import row_cells, row_hint, why_kept
from s4s_tui.ui.rental_words import received
from s4s_tui.ui.words import money_words, state_words
from tests.fuzzing import counted, examples
from tests.services.fakes import START
from tests.ui.invoices import an_order

errors = st.sampled_from([None, None, None, "No available number", "Order not found", "Number not found"]) | st.text(
    min_size=1, max_size=9
)
replies = st.builds(
    OrderReply,
    paid=st.booleans(),
    number=st.sampled_from([None, None, "4915112345678", "44", "ask support"]),
    code=st.sampled_from([None, None, None, "048010", "7", "two\nlines"]),
    error=errors,
    sms_status=st.sampled_from([None, "created", "sent", "delivered", "failed"]),
    at=st.sampled_from([None, START, START + 9_999_999]),
)
WISHES: dict[str, Callable[[Order, float], Order]] = {
    "time": clock,
    "arm": lambda order, _: arm(order),
    "give up": lambda order, _: give_up(order),
    "want again": lambda order, _: want_again(order),
    "cancel sent": lambda order, _: cancel_sent(order),
    "cancel accepted": cancel_accepted,
    "cancel refused": lambda order, _: cancel_refused(order, "no"),
    "refused": lambda order, _: refused(order, "no"),
    "not known": lambda order, now: not_known_any_more(order, "The server answered 404 Not Found.", now),
    "clock set": lambda order, _: shifted(order, 7200.0) if not order.ended else order,
}
steps = st.tuples(
    st.sampled_from([0.0, 2.0, 130.0, 1300.0, 90_000.0]), st.one_of(replies, st.sampled_from(sorted(WISHES)))
)
kinds = st.tuples(st.sampled_from(list(Kind)), st.booleans()).map(
    lambda drawn: an_order(kind=drawn[0], prepaid=drawn[1] and drawn[0] is not Kind.FUND)
)


def told(order: Order, before: Order, now: float) -> str:
    """Every word that lists, titles, notices and hints have about the order."""
    news = news_of(before, order)
    pieces = [
        *state_words(order),
        *row_cells(order, now),
        row_hint(order, now),
        why_kept(order) if order.ended else "",
        *order_notes(order, now),
        title_words((order,), order, demo=False),
        "" if news is None else str(news),
    ]
    return " ".join(pieces)


@settings(deadline=None, max_examples=examples(150))
@given(kinds, st.lists(steps, max_size=10))
@counted("lives of orders")
def test_no_life_makes_words_fail_or_claim_what_was_not_said(order: Order, life: list[tuple[float, object]]) -> None:
    now, said = START, list[OrderReply]()
    for seconds, step in life:
        now += seconds
        before = order
        if isinstance(step, OrderReply):
            order = advance(order, step, now)
            said.append(step)
        else:
            order = WISHES[str(step)](order, now)
        assert told(order, before, now)
        check_money(order, said)
        check_codes(order, said)


def check_money(order: Order, said: list[OrderReply]) -> None:
    """What is said of the money goes back to a word of the server."""
    words = money_words(order).casefold()
    paid = order.prepaid or any(
        reply.paid or reply.error or reply.code or reply.number or reply.sms_status for reply in said
    )
    if words.startswith("held"):
        assert paid
    if words.endswith("settled."):
        sent = any(reply.sms_status in ("sent", "delivered") for reply in said)
        funded = order.kind is Kind.FUND and any(reply.paid for reply in said)
        assert any(reply.code for reply in said) or sent or funded
    if "went back to your" in words and "whether" not in words:
        real = [reply.error for reply in said if reply.error and not not_known(reply.error)]
        assert real, "no word of the server that it ended"


def check_codes(order: Order, said: list[OrderReply]) -> None:
    """A code once seen is never lost, whatever was said with it."""
    if order.kind in SENDING or order.kind is Kind.FUND:
        return
    seen = {reply.code for reply in said if reply.code}
    assert seen <= {message.text for message in received(order)}
