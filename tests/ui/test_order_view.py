"""What the order screen says, in every state an order can come into."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain.checks import Inspection, Verdict, inspect
from s4s_tui.domain.life import advance, clock, not_known, not_known_any_more, refused
from s4s_tui.domain.order import Cancel, Order, OrderReply, Status
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_refused, cancel_sent, give_up, want_again
from s4s_tui.ui.checklist import worth_showing
from s4s_tui.ui.order_view import order_view
from s4s_tui.ui.view import Invoice, View
from s4s_tui.ui.words import state_words
from tests.fuzzing import examples
from tests.services.fakes import START
from tests.ui.invoices import DAY, KEY, OTHER, a_created, a_held, an_order, with_code, with_number

Turn = Callable[[Order, float], Order]
NUMBER, CODE = "4915112345678", "048010"
TURNS: dict[str, Turn] = {
    "unpaid": lambda order, now: advance(order, OrderReply(), now),
    "paid": lambda order, now: advance(order, OrderReply(paid=True), now),
    "number": lambda order, now: advance(order, OrderReply(paid=True, number=NUMBER), now),
    "code": lambda order, now: advance(order, OrderReply(paid=True, number=NUMBER, code=CODE), now),
    "error": lambda order, now: advance(order, OrderReply(error="no luck"), now),
    "error paid": lambda order, now: advance(order, OrderReply(paid=True, error="no luck"), now),
    "time": clock,
    "not known": lambda order, now: not_known_any_more(order, "Order not found", now),
    "arm": lambda order, _now: arm(order),
    "give up": lambda order, _now: give_up(order),
    "want again": lambda order, _now: want_again(order),
    "send cancel": lambda order, _now: cancel_sent(order),
    "cancel accepted": lambda order, now: cancel_accepted(order, now) if order.cancel is Cancel.SENT else order,
    "cancel refused": lambda order, _now: cancel_refused(order, "too early"),
    "refused": lambda order, _now: refused(order, "Order not found"),
}
LIVES = st.lists(
    st.tuples(st.sampled_from(sorted(TURNS)), st.sampled_from([0, 2, 119, 120, 900, 1200, 1260, DAY])), max_size=6
)


def checks(order: Order, now: float = START) -> Inspection:
    return inspect(
        order.payreq,
        order_id=order.order_id,
        quoted=order.quoted,
        network=order.network,
        node=order.node,
        payees=frozenset(),
        now=now,
    )


FINE = checks(an_order())


def view_of(order: Order, now: float = START) -> View:
    return order_view(order, checks(order, now), "+49", now)


def said(view: View) -> str:
    """Every word of the screen."""
    steps = [f"{step.name} {step.detail}" for step in view.steps]
    clock_words = [view.deadline.words, view.deadline.tail] if view.deadline else []
    return " ".join([view.title, view.lead, view.money, view.times, *view.notes, *steps, *clock_words]).casefold()


def lived(life: list[tuple[str, int]]) -> tuple[Order, float]:
    order, now = an_order(), START
    for turn, seconds in life:
        now += seconds
        order = TURNS[turn](order, now)
    return order, now


@settings(max_examples=examples(100))
@given(LIVES)
def test_nothing_is_said_about_money_that_the_server_did_not_say(life: list[tuple[str, int]]) -> None:
    order, now = lived(life)
    words = said(order_view(order, FINE, "+49", now))
    assert ("held, not spent" in words) == (order.status in (Status.HELD, Status.NUMBER))
    if order.paid_at is None:
        assert "held, not spent" not in words
        assert "settled" not in words
    said_how = order.reason is not None and not not_known(order.reason)
    cancelled = order.status is Status.CANCELLED and order.paid_at is not None
    went_back = order.status is Status.RETURNED or (cancelled and said_how)
    claims = words.replace("whether it went back is unknown", "")
    assert ("should come back" in words) == (cancelled and not said_how)
    assert ("went back" in claims) == went_back
    assert ("returned" in claims) == (order.status is Status.RETURNED)
    assert ("settled" in words) == (order.status is Status.CODE and not order.late_code)


@settings(max_examples=examples(100))
@given(LIVES)
def test_clocks_run_forward_and_only_one_of_them_ticks(life: list[tuple[str, int]]) -> None:
    order, now = lived(life)
    view = order_view(order, FINE, "+49", now)
    assert view.deadline is None or view.deadline.at > now
    assert view.deadline is None or not order.ended


@settings(max_examples=examples(100))
@given(LIVES)
def test_the_states_are_called_by_their_names(life: list[tuple[str, int]]) -> None:
    order, now = lived(life)
    view = order_view(order, FINE, "+49", now)
    for status, title in ((Status.UNKNOWN, "Unknown"), (Status.CANCELLED, "Cancelled")):
        assert (view.title == title) == (order.status is status)
        assert (state_words(order)[1] == title) == (order.status is status)
    assert view.title.startswith("Returned") == (order.status is Status.RETURNED)
    assert len(view.steps) == 4


@settings(max_examples=examples(100))
@given(LIVES)
def test_what_c_copies_is_the_code_the_number_or_an_invoice_that_may_be_paid(life: list[tuple[str, int]]) -> None:
    order, now = lived(life)
    view = order_view(order, FINE, "+49", now)
    if order.code is not None:
        assert view.copies == ("code", CODE)
    elif view.copies is not None and view.copies[0] == "number":
        assert view.copies[1] == f"+{NUMBER}"
    elif view.copies is not None:
        assert view.invoice is Invoice.PAYABLE
        assert order.payable(now)
    assert (view.invoice is Invoice.GONE) == (not order.payable(now))


@pytest.mark.parametrize(
    ("order", "invoice", "title"),
    [
        (an_order(created=a_created(network="bc")), Invoice.BLOCKED, "Do not pay this invoice"),
        (an_order(created=a_created(amount=3001)), Invoice.ASKS, "Look before you pay"),
        (an_order(created=a_created(amount=3001), accepted=True), Invoice.PAYABLE, "Pay 3,001 sats"),
        (an_order(payreq="rubbish", amount=None, expires_at=None), Invoice.BLOCKED, "Do not pay this invoice"),
        (an_order(created=a_created(expiry=60), expires_at=START), Invoice.GONE, "The invoice has run out"),
        (an_order(), Invoice.PAYABLE, "Pay 3,000 sats"),
    ],
)
def test_an_invoice_is_offered_only_where_the_checks_allow_it(order: Order, invoice: Invoice, title: str) -> None:
    view = view_of(order)
    assert (view.invoice, view.title) == (invoice, title)
    assert (view.copies is not None) == (invoice is Invoice.PAYABLE)
    assert view.steps[1].mark == ("●" if invoice is Invoice.PAYABLE else "○")


@pytest.mark.parametrize(
    ("order", "later", "words", "left"),
    [
        (an_order(), 0, "Payable for", DAY),
        (an_order(cancel=Cancel.GIVEN_UP), 20, "The server is told in", 100),
        (a_held(cancel=Cancel.ARMED), 20, "The cancellation is sent in", 100),
        (with_number(cancel=Cancel.ARMED), 120, "The number works for", 1080),
        (with_number(found=True), 60, "The number works for at most", 1140),
        (with_number(found=True, paid_at=START + 30), 60, "The number works for", 1170),
        (an_order(skew=-3600.0), 0, "Payable for", DAY + 3600),
        (a_held(), 60, "If nothing comes, the money should be back in", 1200),
        (with_number(), 60, "The number works for", 1140),
        (with_number(), 1230, "If nothing comes, the money should be back in", 30),
    ],
)
def test_the_clock_that_ticks_is_the_one_that_matters_next(order: Order, later: int, words: str, left: int) -> None:
    now = START + later
    deadline = order_view(order, FINE, "+49", now).deadline
    assert deadline is not None
    assert (deadline.words, deadline.at - now) == (words, left)


def test_other_deadlines_are_times_of_day() -> None:
    times = view_of(with_number()).times
    assert times == "If no code comes, the money should be back by 22:34. x cancels from 22:15:20."
    assert "x cancels" not in view_of(with_number(), START + 120).times


def test_what_the_server_said_is_marked_as_its_words() -> None:
    order = a_held(status=Status.RETURNED, ended_at=START, reason="No numbers [A]", note="The server answered rubbish.")
    assert view_of(order).notes == ("The server said: No numbers [A]", "The server answered rubbish.")


def test_a_message_instead_of_a_code_is_shown_and_copied_whole() -> None:
    view = view_of(with_code(code="Your code is\n048 010"))
    assert view.big == "Your code is\n048 010"
    assert view.copies == ("code", "Your code is\n048 010")
    assert view.steps[3].detail == ""


def test_warnings_come_first_and_what_passed_is_counted() -> None:
    order = an_order(created=a_created(amount=4000, key=OTHER))
    lines = worth_showing(checks(order), Invoice.ASKS)
    assert [verdict for *_, verdict in lines][:2] == [Verdict.ASK, Verdict.WARN]
    assert "4,000 sats, quoted were 3,000 sats" in lines[0][1]
    assert lines[-1][1].endswith("more checks passed")
    assert OTHER.public[:6] in lines[1][1]
    assert KEY.public[:6] in lines[1][1]


def test_a_low_window_counts_what_passed_and_a_gone_invoice_needs_no_checks() -> None:
    assert worth_showing(FINE, Invoice.PAYABLE, brief=True) == (("✓", "10 checks passed", Verdict.OK),)
    assert worth_showing(FINE, Invoice.GONE) == ()
    assert len(worth_showing(checks(an_order(payreq="rubbish")), Invoice.BLOCKED)) == 1
