"""What is said of a rental: only what the server said of its money and its end."""

from typing import Any

import pytest

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.checks import inspect_order
from s4s_tui.domain.order import Cancel, Kind, Order, Received, Status
from s4s_tui.ui.order_view import order_view
from s4s_tui.ui.prepaid_words import cancel_question
from s4s_tui.ui.rental_view import rental_view
from s4s_tui.ui.rental_words import Message, duration_words, received, until_words, weeks_of
from s4s_tui.ui.view import View
from s4s_tui.ui.words import money_words, state_words
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, with_number

DAY = 86400.0
NOW = START + 100


def rental(status: Status = Status.NUMBER, **changes: Any) -> Order:
    return with_number(1, **{"kind": Kind.RENT, "amount": 18000, "status": status, **changes})


def with_messages(**changes: Any) -> Order:
    earlier = (Received("111", START + 1), Received("two\nlines", START + 2))
    return rental(Status.CODE, **{"code": "333", "code_at": START + 3, "earlier": earlier, **changes})


OVER: dict[str, Any] = {"ended_at": START + 50, "reason": "The rental is over."}


@pytest.mark.parametrize(("order", "words"), [
    (an_order(kind=Kind.RENT), ("○", "Waiting for payment")),
    (a_held(kind=Kind.RENT), ("◌", "Assigning a number")),
    (rental(), ("◌", "Receiving (0)")),
    (with_messages(), ("◌", "Receiving (3)")),
    (with_messages(gone=True), ("?", "Not known (3)")),
    (with_messages(**OVER), ("✓", "Rental over (3)")),
    (rental(Status.RETURNED, **OVER), ("✗", "Rental over, empty")),
    (a_held(kind=Kind.RENT, status=Status.RETURNED, ended_at=NOW, reason="No number"), ("↩", "Returned")),
    (rental(cancel=Cancel.SENT), ("◌", "Cancelling")),
    (rental(Status.CANCELLED, ended_at=NOW), ("✗", "Cancelled")),
    (rental(Status.UNKNOWN), ("?", "Unknown")),
])  # fmt: skip
def test_the_state_counts_what_came(order: Order, words: tuple[str, str]) -> None:
    assert state_words(order) == words


@pytest.mark.parametrize("order", [rental(), with_messages(), with_messages(**OVER), rental(Status.RETURNED, **OVER)])
def test_once_there_is_a_number_the_money_is_never_called_held_or_back(order: Order) -> None:
    words = money_words(order).lower()
    assert "not refundable" in words
    assert "18,000 sats" in words
    assert not any(claim in words for claim in ("held", "went back", "not spent", "settled"))


def test_before_there_is_a_number_it_is_held_and_with_the_servers_word_it_went_back() -> None:
    held = a_held(kind=Kind.RENT)
    assert "Held: 3,000 sats." in money_words(held)
    assert "code arrives" not in money_words(held)
    assert "Free until you pay. Once the number is there" in money_words(an_order(kind=Kind.RENT))
    none = a_held(kind=Kind.RENT, status=Status.RETURNED, ended_at=NOW, reason="No available number")
    assert "went back to your wallet" in money_words(none)
    assert "Do not pay this invoice" in money_words(an_order(kind=Kind.RENT, cancel=Cancel.GIVEN_UP))


def test_one_that_the_balance_paid_speaks_of_the_balance() -> None:
    assert "Paid from the balance" in money_words(a_held(kind=Kind.RENT, prepaid=True))
    assert "Look at the balance." in money_words(rental(Status.RETURNED, prepaid=True, **OVER))


def test_cancelling_promises_no_money_once_there_is_a_number() -> None:
    assert "go back to your wallet" in cancel_question(a_held(kind=Kind.RENT))
    assert "the server may refuse, or keep the money" in cancel_question(rental())


def test_all_that_came_is_listed_newest_first() -> None:
    messages = received(with_messages())
    assert [message.text for message in messages] == ["333", "two\nlines", "111"]
    assert [message.at for message in messages] == [START + 3, START + 2, START + 1]
    assert messages[1].line == "two lines"
    assert received(rental()) == ()


def test_a_duration_is_the_servers_word() -> None:
    assert [duration_words(weeks) for weeks in (None, 1, 2)] == ["as the server says", "1 week", "2 weeks"]
    two, four = RentalOffer(43, "Germany", 2, 1), RentalOffer(43, "Germany", 4, 2)
    assert weeks_of(rental(), (two, RentalOffer(16, "England", 3, 1))) == 2
    assert weeks_of(rental(), (two, four)) is None, "which of the two was had is not known"
    assert weeks_of(rental(), None) is None


@pytest.mark.parametrize(("weeks", "later", "says"), [
    (None, 0.0, "Time left: not known; it receives until the server ends it."),
    (2, 0.0, "By the server's list it lasts 2 weeks, until 28 Nov 22:13; the server may end it earlier."),
    (2, 13.5 * DAY, "It ends soon: by the server's list (2 weeks) at 22:13, or when the server ends it."),
    (2, 15 * DAY, "By the server's list (2 weeks) it was to end yesterday 22:13: it may stop at any moment."),
])  # fmt: skip
def test_the_time_left_is_never_more_certain_than_it_is(weeks: int | None, later: float, says: str) -> None:
    assert until_words(rental(number_at=START), weeks, START + later) == says


def test_a_found_rental_and_one_that_is_over_name_no_time_left() -> None:
    assert "not known" in until_words(rental(found=True), 2, NOW)
    assert until_words(with_messages(**OVER), 2, NOW) == "Over since 22:14:10."
    assert until_words(with_messages(gone=True), 2, NOW) == "Time left: not known; it may be over."


def view_of(order: Order, marked: Message | None = None) -> View:
    inspection = inspect_order(order, payees=frozenset(), now=NOW, most=None)
    plain = order_view(order, inspection, "+49", NOW)
    return rental_view(order, plain, marked, NOW, dial="+49", weeks=None)


def test_the_screen_names_the_number_and_copies_the_marked_message_else_the_number() -> None:
    empty = view_of(rental())
    assert (empty.big, empty.big_key, empty.copies) == ("+49 151 123 45678", "n", ("number", "+4915112345678"))
    order = with_messages()
    assert view_of(order, received(order)[1]).copies == ("message", "two\nlines")
    assert view_of(order).steps == ()


def test_one_that_ends_without_a_message_offers_no_other_order_and_says_that_nothing_came() -> None:
    over = view_of(rental(Status.RETURNED, **OVER))
    assert (over.title, over.lead) == ("The rental is over", "It received nothing.")
    assert over.next_steps == ()
    assert over.copies is None


def test_before_there_is_a_number_nobody_waits_for_a_code() -> None:
    held = view_of(a_held(kind=Kind.RENT))
    assert [step.name for step in held.steps] == ["Invoice", "Payment", "Number", "Inbox"]
    assert "number is being assigned" in held.lead
    unknown = view_of(rental(Status.UNKNOWN, gone=True))
    assert unknown.title == "Unknown"
