"""What a funding of the account and an order paid from the balance say: pure words."""

from dataclasses import replace
from itertools import product

import pytest

from s4s_tui.domain.errors import OutcomeUnknown
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.ui.order_keys import cancellable
from s4s_tui.ui.order_rows import clock_at, row_hint, why_kept
from s4s_tui.ui.prepaid_words import cancel_question, prepaid_money
from s4s_tui.ui.send_view import lost_words
from s4s_tui.ui.view import Invoice, View
from s4s_tui.ui.words import money_words, state_words
from tests.services.fakes import DRAFT, START
from tests.ui.invoices import a_held, an_order, with_code, with_number
from tests.ui.test_order_view import checks, view_of

# -- a funding

FUND = replace(
    an_order(), kind=Kind.FUND, country=None, country_name="sms4sats", service="", service_name="Account", balance=1000
)
PAID = replace(FUND, status=Status.HELD, paid_at=START + 5)
FUNDED = replace(PAID, status=Status.FUNDED, ended_at=START + 10)


def words_of(view: View) -> str:
    steps = " ".join(f"{step.mark} {step.name} {step.detail}" for step in view.steps)
    return f"{view.title} {view.lead} {view.money} {steps} {' '.join(view.notes)}"


def test_a_funding_waits_for_its_payment_and_says_that_it_is_not_held() -> None:
    view = view_of(FUND)
    assert (view.title, view.invoice, view.copies) == ("Pay 3,000 sats", Invoice.PAYABLE, ("invoice", FUND.payreq))
    assert "adds 3,000 sats to your balance" in view.lead
    assert "not held" in view.money
    assert view.deadline is not None
    assert [(step.mark, step.name) for step in view.steps] == [("✓", "Invoice"), ("●", "Payment"), ("○", "Balance")]
    assert state_words(FUND) == ("○", "Waiting for payment")


def test_a_paid_funding_waits_for_the_balance_without_a_clock_and_without_a_cancellation() -> None:
    view = view_of(PAID)
    assert view.title == "Paid: waiting for the balance to rise"
    assert (view.deadline, view.times, view.copies, view.invoice) == (None, "", None, Invoice.GONE)
    assert [step.mark for step in view.steps] == ["✓", "✓", "◌"]
    assert state_words(PAID) == ("◌", "Balance is to rise")
    assert not cancellable(PAID)
    assert clock_at(PAID, START + 6) is None
    assert row_hint(PAID, START + 6) == "Paid: the balance is read until it has risen."
    assert "balance has not been seen to rise" in why_kept(PAID)


def test_a_funding_that_has_come_says_what_the_balance_is_where_that_is_known() -> None:
    from s4s_tui.ui.order_view import order_view

    known = order_view(FUNDED, checks(FUNDED), None, START + 20, balance=4000)
    assert (known.title, known.lead) == ("Funded", "Your balance is 4,000 sats now.")
    assert view_of(FUNDED).lead == "3,000 sats were added to your balance."
    assert [step.mark for step in known.steps] == ["✓", "✓", "✓"]
    assert state_words(FUNDED) == ("✓", "Funded")
    patient = replace(FUNDED, ended_at=START + 65)
    assert "was not seen to rise" in view_of(patient).money


def test_a_funding_given_up_runs_out_by_itself() -> None:
    view = view_of(replace(FUND, cancel=Cancel.GIVEN_UP))
    assert view.title == "Given up"
    assert "The server cancels no funding: its invoice runs out by itself (tomorrow " in view.lead
    assert "Do not pay this invoice any more" in view.money
    assert view.deadline is None


def test_no_funding_is_called_held_or_refunded_or_lost_or_cancelled_by_this_program() -> None:
    wishes = (Cancel.NO, Cancel.GIVEN_UP)
    others = (Status.CODE, Status.SENT, Status.DELIVERED, Status.FAILED)
    states = [status for status in Status if status not in others]
    for status, cancel, gone, reason in product(states, wishes, (False, True), (None, "No luck", "Order not found")):
        ended = status not in (Status.WAITING, Status.HELD, Status.NUMBER, Status.UNKNOWN)
        paid = status not in (Status.WAITING, Status.EXPIRED, Status.CANCELLED)
        order = replace(
            FUND,
            status=status,
            cancel=cancel,
            gone=gone,
            reason=reason if ended else None,
            paid_at=START if paid else None,
            ended_at=START + 5 if ended else None,
        )
        said = words_of(view_of(order)).lower().replace("not held", "")
        for word in ("held", "number", "code", "nothing was paid", "went back", "released"):
            assert word not in said, (status, said)
        assert ("free until you pay" in said) <= order.payable(START), said
        assert "  " not in view_of(order).lead
        assert state_words(order)[1]


def test_an_amount_that_is_no_price_is_not_measured_by_the_highest_price() -> None:
    from s4s_tui.domain.checks import inspect_order

    assert inspect_order(an_order(), payees=frozenset(), now=START, most=100).asks
    assert not inspect_order(FUND, payees=frozenset(), now=START, most=100).asks


# -- an order paid from the balance


def prepaid(order: Order, **changes: object) -> Order:
    return replace(order, payreq="", prepaid=True, **changes)  # type: ignore[arg-type]  # named by the tests


def test_a_prepaid_order_says_what_was_taken_and_where_it_should_go_without_a_code() -> None:
    taken = (
        "3,000 sats were taken from your balance with the order. If no code comes they should go back to the balance."
    )
    for order in (prepaid(a_held()), prepaid(with_number())):
        view = view_of(order)
        assert view.money == taken
        assert (view.invoice, [step.name for step in view.steps]) == (Invoice.GONE, ["Payment", "Number", "Code"])
        assert view.steps[0].detail == "from the balance"
    assert view_of(prepaid(a_held())).title == "Paid from your balance"
    assert "1 sat was taken" in money_words(prepaid(a_held(), amount=1))
    assert "If it cannot be sent, it should" in money_words(prepaid(a_held(), kind=Kind.SMS))
    assert "not refundable" in money_words(prepaid(a_held(), kind=Kind.RENT))


@pytest.mark.parametrize(
    ("order", "money", "step"),
    [
        (with_code(), "Paid from your balance: 3,000 sats.", "from the balance"),
        (
            a_held(status=Status.RETURNED, reason="No luck", ended_at=START),
            "3,000 sats went back to your balance as far as the server says. F9 shows the balance.",
            "back to the balance",
        ),
        (
            a_held(status=Status.CANCELLED, reason="Cancelled", ended_at=START),
            "3,000 sats went back to your balance as far as the server says. F9 shows the balance.",
            "back to the balance",
        ),
        (
            a_held(status=Status.CANCELLED, ended_at=START),
            (
                "3,000 sats should go back to your balance. The server has not said that this has happened. "
                "F9 shows the balance."
            ),
            "should go back",
        ),
        (
            a_held(status=Status.UNKNOWN),
            (
                "3,000 sats: whether they went back to your balance is unknown. The server has not said. It is asked "
                "on. F9 shows the balance."
            ),
            "unknown",
        ),
        (
            with_code(reason="No luck"),
            "Whether 3,000 sats went back to your balance is not known here. F9 shows the balance.",
            "look at the balance",
        ),
    ],
)
def test_a_prepaid_order_claims_of_the_money_what_the_server_said(order: Order, money: str, step: str) -> None:
    view = view_of(prepaid(order))
    assert view.money == money
    assert view.steps[0].detail == step


def test_no_prepaid_order_speaks_of_a_wallet_an_invoice_or_a_hold() -> None:
    for status, gone, reason in product(Status, (False, True), (None, "No luck", "Order not found")):
        said = prepaid_money(prepaid(a_held(), status=status, gone=gone, reason=reason)).lower()
        for word in ("wallet", "invoice", "held", "settled"):
            assert word not in said, (status, said)
        assert "balance" in said


def test_questions_and_lost_answers_name_the_place_of_the_money() -> None:
    assert "3,000 sats go back to your wallet" in cancel_question(a_held())
    assert "3,000 sats should go back to your balance" in cancel_question(prepaid(a_held()))
    lost = OutcomeUnknown("The answer was lost.")
    assert "Nothing was paid, so nothing is lost." in lost_words(DRAFT, lost)
    assert "Money may have moved" in lost_words(replace(DRAFT, prepaid=True), lost)
    assert "went" not in why_kept(prepaid(a_held()))
    assert "may still go back" in why_kept(prepaid(a_held()))
