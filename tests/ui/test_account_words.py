"""What the account's screen, a funding and an order paid from the balance say: pure words."""

from dataclasses import replace
from itertools import product

import pytest

from s4s_tui.domain.account import Account, Deposit, Deposits
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.ui.account_view import (
    MOST,
    Sort,
    account_hint,
    amount_of,
    amount_words,
    arrange,
    cells,
    date,
    head,
    total,
    without_key,
)
from s4s_tui.ui.order_keys import cancellable
from s4s_tui.ui.order_rows import clock_at, row_hint, why_kept
from s4s_tui.ui.order_view import Invoice, View
from s4s_tui.ui.prepaid_words import cancel_question, lost_words, prepaid_money
from s4s_tui.ui.words import money_words, state_words
from tests.services.fakes import DRAFT, START
from tests.ui.invoices import a_held, an_order, with_code, with_number
from tests.ui.test_order_view import checks, view_of

DAY = 86400
OLD = Deposit(10_000, "10000", START - 2 * DAY, "sms4sats fund", "aa" * 32)
NEW = Deposit(2_500, "2500", START, "Second [fund]", "bb" * 32)
BARE = Deposit(None, "", None, "", "")
HISTORY = Deposits((NEW, OLD, BARE), 12_500)


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        (Sort.NEWEST, (NEW, OLD, BARE)),
        (Sort.OLDEST, (OLD, NEW, BARE)),
        (Sort.LARGEST, (OLD, NEW, BARE)),
        (Sort.SMALLEST, (NEW, OLD, BARE)),
    ],
)
def test_rows_are_sorted_and_what_is_not_known_comes_last(sort: Sort, rows: tuple[Deposit, ...]) -> None:
    assert arrange(HISTORY, sort, "") == rows
    assert arrange(None, sort, "") == ()


def test_the_key_for_sorting_leads_through_all_ways() -> None:
    seen = [Sort.NEWEST]
    while seen[-1].next is not Sort.NEWEST:
        seen.append(seen[-1].next)
    assert seen == list(Sort)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("fund", (NEW, OLD)),
        ("FUND second", (NEW,)),
        ("10,000", (OLD,)),
        ("10000", (OLD,)),
        ("2023-11-14", (NEW,)),
        ("bbbb", (NEW,)),
        ("bbb", ()),
        ("no such thing", ()),
    ],
)
def test_rows_are_found_by_date_amount_description_and_the_beginning_of_the_hash(
    query: str, rows: tuple[Deposit, ...]
) -> None:
    assert arrange(HISTORY, Sort.NEWEST, query) == rows


def test_the_total_adds_up_what_is_shown_and_says_where_the_server_counts_otherwise() -> None:
    known = Deposits((NEW, OLD), 12_500)
    assert total(known, known.rows, Sort.NEWEST) == "12,500 sats · 2 payments · newest first"
    assert total(known, (OLD,), Sort.LARGEST) == "10,000 sats · 1 of 2 payments · largest first"
    assert total(replace(known, total=9), known.rows, Sort.NEWEST).endswith(" · the server counts 9 sats")
    assert total(HISTORY, HISTORY.rows, Sort.NEWEST).startswith("at least 12,500 sats · 3 payments")
    assert total(Deposits((OLD,)), (OLD,), Sort.NEWEST) == "10,000 sats · 1 payment · newest first"
    assert total(Deposits(()), (), Sort.NEWEST) == total(None, (), Sort.NEWEST) == ""


def test_a_row_shortens_its_hash_and_invents_nothing() -> None:
    assert cells(NEW) == ("2023-11-14 22:13", "2,500 sats", "2500", "Second [fund]", "bbbbbb…bbbb")
    assert cells(BARE) == ("", "not said", "", "", "")
    assert date(1e18) == ""


def test_the_head_tells_balance_and_key_with_their_origin() -> None:
    account = Account(key="••••42a7", origin="from the keyring", asked=True, balance=1, balance_at=START)
    assert head(account, START) == (("Balance", "1 sat", "read at 22:13:20"), ("Key", "••••42a7", "from the keyring"))
    assert head(replace(account, balance=None, loading=True), START)[0] == ("Balance", "asking …", "")
    assert head(replace(account, balance=None), START)[0] == ("Balance", "not known", "")


def test_without_a_key_it_says_what_one_is_for_and_how_to_come_by_one() -> None:
    assert without_key(Account(), "") == ("Looking for an API key …", (), ())
    title, sentences, ways = without_key(Account(asked=True), "")
    assert title == "There is no API key."
    assert "paid from a balance" in sentences[0]
    assert "works without a key" in sentences[1]
    assert dict(ways) == {"To get one": "ask t.me/sms4sats or support@sms4sats.com", "To enter one": "press k."}
    assert dict(without_key(Account(asked=True), "demo-key-0000")[2])["In the demo"] == "demo-key-0000"
    title, _, ways = without_key(Account(asked=True, error="The command pass failed."), "")
    assert title == "The API key cannot be had. The command pass failed."
    assert dict(ways)["To enter one"] == "press k; F5 looks for it again."


def test_the_hint_says_what_goes_on_what_went_wrong_and_the_whole_hash() -> None:
    account = Account(key="••••42a7", asked=True, balance=1, balance_at=START)
    assert account_hint(replace(account, loading=True), None, "") == "Asking for the history …"
    assert account_hint(account, None, "") == "The history was not read yet. F5 reads it."
    came_not = account_hint(replace(account, error="No answer."), None, "")
    assert came_not == "The history did not come. No answer. F5 asks again."
    known = replace(account, deposits=HISTORY)
    assert account_hint(replace(known, error="No answer."), NEW, "") == "No answer. F5 asks again."
    assert account_hint(known, NEW, "") == f"Hash {'bb' * 32}"
    assert account_hint(known, NEW, "", wide=False) == f"Hash {'bb' * 10}…{'bb' * 6}"
    assert account_hint(known, BARE, "") == ""
    assert account_hint(known, None, " xyz ") == "No payment fits 'xyz'. Esc clears the search."
    assert account_hint(replace(account, deposits=Deposits(())), None, "") == (
        "Nothing was funded yet. f funds the account."
    )


@pytest.mark.parametrize("text", ["", "0", "00", str(MOST + 1), "9" * 30, "1.5", "-1", "٣"])
def test_what_is_no_amount_is_said_with_the_limits(text: str) -> None:
    assert amount_of(text) is None
    assert amount_words(text, 5) == ("", "A whole number of sats, from 1 to 10,000,000.")


def test_an_amount_is_read_back_with_its_thousands_and_what_the_balance_becomes() -> None:
    assert amount_of("1") == 1
    assert amount_of("10000000") == MOST
    assert amount_words("25000", None) == ("25,000 sats", "")
    assert amount_words("25000", 1_000) == ("25,000 sats: the balance rises from 1,000 to 26,000 sats.", "")


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
    assert lost_words(DRAFT) == "Nothing was paid, so nothing is lost."
    assert "money may have moved" in lost_words(replace(DRAFT, prepaid=True))
    assert "went" not in why_kept(prepaid(a_held()))
    assert "may still go back" in why_kept(prepaid(a_held()))
