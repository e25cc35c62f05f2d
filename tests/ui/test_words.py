"""The states of an order in words, for a line of a list."""

import pytest

from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.ui.words import money_words, place_words, state_words
from tests.ui.invoices import a_held, an_order, with_code, with_number


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (an_order(), "○ Waiting for payment"),
        (an_order(cancel=Cancel.GIVEN_UP), "✗ Given up"),
        (an_order(cancel=Cancel.SENT), "◌ Cancelling"),
        (a_held(), "◌ Assigning a number"),
        (a_held(cancel=Cancel.ACCEPTED), "◌ Cancelling"),
        (with_number(), "◌ Waiting for the SMS"),
        (with_code(), "✓ Code received"),
        (a_held(status=Status.RETURNED), "↩ Returned"),
        (a_held(status=Status.CANCELLED, cancel=Cancel.ACCEPTED), "✗ Cancelled"),
        (an_order(status=Status.EXPIRED), "✗ Invoice expired"),
        (a_held(status=Status.UNKNOWN), "? Unknown"),
        (a_held(status=Status.UNKNOWN, cancel=Cancel.SENT), "? Unknown"),
    ],
)
def test_every_state_is_a_symbol_and_words(order: Order, words: str) -> None:
    assert " ".join(state_words(order)) == words


@pytest.mark.parametrize(
    ("order", "part"),
    [
        (an_order(), "Free until you pay."),
        (an_order(cancel=Cancel.GIVEN_UP), "Do not pay this invoice any more."),
        (a_held(), "Held, not spent: 3,000 sats."),
        (with_number(), "Do not pay twice."),
        (with_code(), "3,000 sats settled."),
        (a_held(status=Status.RETURNED), "3,000 sats went back to your wallet"),
        (a_held(status=Status.CANCELLED, reason="Cancelled by user"), "Released: 3,000 sats went back"),
        (
            a_held(status=Status.CANCELLED),
            "3,000 sats should come back. The server has not said that this has happened",
        ),
        (a_held(status=Status.CANCELLED, reason="Order not found"), "3,000 sats should come back"),
        (an_order(status=Status.CANCELLED, reason="Order not found"), "No payment was seen before"),
        (an_order(status=Status.CANCELLED, reason="By user"), "No payment was seen, so nothing should"),
        (an_order(status=Status.CANCELLED), "Nothing was paid"),
        (an_order(status=Status.EXPIRED), "Nothing was paid"),
        (a_held(status=Status.UNKNOWN), "is unknown, the server has not said"),
        (a_held(status=Status.UNKNOWN, gone=True), "where they are is unknown, for the server does not know this"),
        (a_held(amount=None), "Held, not spent: your payment."),
        (with_code(amount=None), "Your payment settled."),
        (with_code(reason="No SMS"), "Where 3,000 sats are is not known here: look in your wallet"),
        (an_order(gone=True), "No payment was seen here."),
        (an_order(payreq="", found=True), "Not paid as far as the server says."),
    ],
)
def test_where_the_money_is_stands_in_every_state(order: Order, part: str) -> None:
    assert part in money_words(order)


def test_the_place_is_service_and_country() -> None:
    assert place_words(an_order()) == "Telegram · Germany"
