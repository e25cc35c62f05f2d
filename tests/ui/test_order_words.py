"""What is said of everything an order can be: no word of its end or its money without the state that says so."""

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain.finding import UNKNOWN_SERVICE
from s4s_tui.domain.life import not_known
from s4s_tui.domain.order import Cancel, Kind, Order, Received, Status
from s4s_tui.ui.deadlines import deadline, other_times
from s4s_tui.ui.order_keys import OF_AN_ORDER, cancel_label, usable
from s4s_tui.ui.order_notes import odd_words, order_notes
from s4s_tui.ui.view import Invoice, View
from tests.fuzzing import examples
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, with_code, with_number
from tests.ui.test_order_view import said, view_of

ODDS = (None, "it calls the order unpaid again", "the error is gone", "the code is missing", "the number is missing")
OF_A_NUMBER = [one for one in Status if one not in (Status.SENT, Status.DELIVERED, Status.FAILED, Status.FUNDED)]
REASONS = (None, "No luck", "Order not found")
ARMED_WORDS = re.compile(r"it is cancelled (at \S+|as soon as the server answers), unless the code comes first\.")
"""What is to come, not what is."""


def order_of(status: Status, cancel: Cancel, *, gone: bool, odd: str | None, found: bool, reason: str | None) -> Order:
    """An order in this state with the facts that such a one has."""
    base = {
        Status.WAITING: an_order(),
        Status.EXPIRED: an_order(status=Status.EXPIRED, ended_at=START),
        Status.NUMBER: with_number(),
        Status.CODE: with_code(),
    }.get(status) or a_held(status=status, ended_at=None if status in (Status.HELD, Status.UNKNOWN) else START)
    ended = replace(base, reason=reason) if base.ended else base
    return replace(ended, cancel=cancel, gone=gone, odd=odd, found=found)


EVERY = [
    order_of(status, cancel, gone=gone, odd=odd, found=found, reason=reason)
    for status, cancel, gone, odd, found, reason in product(
        OF_A_NUMBER, Cancel, (False, True), ODDS, (False, True), REASONS
    )
]


def test_the_end_and_the_money_are_named_only_where_the_state_says_so() -> None:
    for order in EVERY:
        words = ARMED_WORDS.sub("", said(view_of(order)))
        known_end = order.reason is not None and not not_known(order.reason)
        assert "cancelled" not in words or order.status is Status.CANCELLED, words
        assert "returned" not in words or order.status is Status.RETURNED, words
        assert "released" not in words or (order.status is Status.CANCELLED and known_end), words
        assert "settled" not in words or (order.status is Status.CODE and not order.late_code), words
        assert "spent" not in words.replace("held, not spent", "").replace("nothing is spent", ""), words
        assert ("held, not spent" in words) == (order.status in (Status.HELD, Status.NUMBER)), words
        assert ("free until you pay" in words) <= (order.payable(START)), words


def test_every_order_says_where_its_money_is_and_nothing_twice() -> None:
    for order in EVERY:
        view = view_of(order)
        assert view.money
        assert view.title
        assert view.lead
        assert len(set(view.notes)) == len(view.notes)


def test_an_order_that_the_server_does_not_know_is_not_to_be_paid() -> None:
    view = view_of(an_order(gone=True, note="Order not found"))
    assert view.title == "Do not pay this order"
    assert view.invoice is Invoice.GONE
    assert view.copies is None
    assert view.deadline is None
    assert view.notes == ("The server said: Order not found",)
    assert view.steps[0].mark == "✗"


def test_unknown_has_two_causes_that_are_told_apart() -> None:
    late, gone = a_held(status=Status.UNKNOWN), a_held(status=Status.UNKNOWN, gone=True)
    assert "21 minutes have passed" in view_of(late).lead
    assert view_of(gone).lead == "The server does not know this order any more, though it was paid."
    assert "w writes a file for support" in view_of(gone).money
    assert "21 minutes" not in said(view_of(gone))


def test_a_code_after_the_end_claims_nothing_about_the_money() -> None:
    for order in (with_code(reason="No SMS"), with_code(cancel=Cancel.ACCEPTED)):
        view = view_of(order)
        assert view.title == "Your code for Telegram:"
        assert "look in your wallet" in view.money
        assert view.steps[1].detail == "look in your wallet"
    assert view_of(with_code(reason="No SMS")).notes[0] == "This code came after the server had ended the order."
    assert "accepted the cancellation" in view_of(with_code(cancel=Cancel.ACCEPTED)).notes[0]


def test_a_code_beside_an_error_is_shown_although_the_money_went_back() -> None:
    view = view_of(with_number(status=Status.RETURNED, reason="Sorry", code="048010", code_at=START, ended_at=START))
    assert (view.title, view.lead, view.big) == ("Returned", "A code is there all the same.", "048010")
    assert view.copies == ("code", "048010")


def test_an_order_with_a_second_code_lists_the_earlier_ones() -> None:
    earlier = (Received("111", START), Received("Your code\nis 222", START + 60))
    assert view_of(with_code(earlier=earlier)).earlier == ("22:13:20  111", "22:14:20  Your code is 222")


def test_a_found_order_without_its_invoice_says_so_and_offers_none() -> None:
    view = view_of(an_order(payreq="", amount=None, expires_at=None, found=True))
    assert view.lead == "The invoice is not known here, for the order was found by its id."
    assert view.steps[0].detail == "not known here"
    assert view.steps[0].when == ""
    assert (view.invoice, view.copies, view.deadline) == (Invoice.GONE, None, None)


def test_a_found_order_that_was_paid_before_does_not_know_its_clocks() -> None:
    view = view_of(with_number(found=True))
    assert view.steps[1].when == ""
    assert "when it was paid is not known here" in view.notes[0]
    later = with_number(found=True, paid_at=START + 60)
    assert view_of(later, START + 60).notes == ()


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (7200.0, "This machine's clock is 2 h behind the server's."),
        (-5400.0, "This machine's clock is 1 h 30 min ahead of the server's."),
        (90.0, "This machine's clock is 2 min behind the server's."),
    ],
)
def test_a_wrong_clock_is_said_in_the_right_direction(skew: float, words: str) -> None:
    assert order_notes(a_held(skew=skew), START) == (words,)


def test_clocks_that_agree_and_orders_that_have_ended_need_no_such_line() -> None:
    assert order_notes(a_held(skew=0.0), START) == ()
    assert order_notes(with_code(skew=7200.0), START) == ()


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ("it calls the order unpaid again", "Unusual: the server now calls the order unpaid"),
        ("the error is gone", "Unusual: the server no longer gives the reason"),
        ("the number is missing", "Unusual: the server's last answer holds no number."),
        ("an error after the code: Too late", "Unusual: an error after the code. The server said: Too late"),
        ("another error than before: Oops", "Unusual: another reason than before. The server said: Oops"),
        ("something new", "Unusual: something new"),
    ],
)
def test_what_is_unusual_is_told_in_plain_words(odd: str, words: str) -> None:
    assert odd_words(odd).startswith(words)


def test_of_what_was_found_and_may_be_anything_only_that_it_is_paid_is_said() -> None:
    found = a_held(found=True, service_name=UNKNOWN_SERVICE)
    view = view_of(found)
    assert (view.title, view.lead) == (
        "Paid",
        "The server says that it is paid, and not what was ordered. It is asked on.",
    )
    assert "held, not spent" not in said(view).lower()
    assert view_of(replace(found, service_name="Telegram")).title == "Held, not spent"
    assert view_of(replace(found, found=False)).title == "Held, not spent"


def test_what_the_server_did_not_say_is_not_put_in_its_mouth() -> None:
    lost = "The connection broke off before the whole answer came."
    assert order_notes(a_held(cancel=Cancel.SENT, note=lost), START)[-1] == lost
    unsent = "The server cannot be reached; nothing was sent."
    (words,) = order_notes(a_held(note=unsent), START, refusal=unsent)
    assert words == f"It was not cancelled. {unsent} Nothing changed, the order goes on. x tries again."


def test_a_refusal_is_explained_and_not_said_twice() -> None:
    (paid,) = order_notes(a_held(note="unable to save data"), START, "unable to save data")
    assert paid.startswith("The server did not cancel. It said: unable to save data, so it could not write the")
    assert paid.endswith("Nothing changed, the order goes on. x tries again.")
    unpaid = order_notes(an_order(cancel=Cancel.GIVEN_UP), START, "Too early.")
    assert unpaid[0].endswith("It said: Too early. It is asked again by itself; do not pay this invoice.")
    assert order_notes(with_code(), START, "Too early.") == ()


@settings(max_examples=examples(200))
@given(st.sampled_from(EVERY), st.floats(-3 * 86400, 3 * 86400))
def test_no_clock_is_negative_or_longer_than_what_it_counts(order: Order, later: float) -> None:
    now = START + later
    ticking = deadline(order, now)
    if ticking is None:
        return
    assert ticking.left(now) >= 0
    most = {Status.NUMBER: 20 * 60, Status.HELD: 21 * 60}.get(order.status)
    if "number works" in ticking.words:
        most = 20 * 60
    elif "money" in ticking.words:
        most = 21 * 60
    assert most is None or ticking.left(now) <= most


def test_a_clock_that_was_set_back_promises_no_later_times() -> None:
    assert other_times(with_number(), START - 7200).startswith("If no code comes, the money should be back by 20:34.")


@pytest.mark.parametrize(
    ("order", "later", "words"),
    [
        (an_order(), 0, "Give up"),
        (an_order(cancel=Cancel.GIVEN_UP), 0, "Take back"),
        (a_held(), 0, "Cancel at 22:15"),
        (a_held(cancel=Cancel.ARMED), 0, "Keep it"),
        (a_held(cancel=Cancel.ARMED), 130, "Keep it"),
        (a_held(), 120, "Cancel"),
    ],
)
def test_the_key_says_what_x_does_now(order: Order, later: int, words: str) -> None:
    assert cancel_label(order, START + later) == words


def can(action: str, order: Order, view: View | None, *parameters: object) -> bool:
    return usable(action, parameters, order, view, demo=False, new_payee=False, can_toggle=False)


def test_keys_work_where_they_make_sense() -> None:
    for order in EVERY:
        view = view_of(order)
        assert can("cancel", order, view) <= (not order.ended)
        assert can("copy_invoice", order, view) == order.payable(START)
        assert not can("next", order, view, "1"), "no country is known here"
        assert can("history", order, view)
        assert can("support", order, view)
    for action in OF_AN_ORDER:
        assert not can(action, an_order(), None, "1")
    assert can("scroll", an_order(), None)
    rental = with_code(kind=Kind.RENT, ended_at=None)
    assert not can("cancel", rental, view_of(rental)), "what was received was paid for"
