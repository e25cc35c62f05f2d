"""What is said of messages in every state: nothing about money or arrival that the server did not say."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.checks import inspect_order
from s4s_tui.domain.errors import OutcomeUnknown, Refused
from s4s_tui.domain.letters import Sheet
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.domain.sms import measure
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.services.phones import country_hint, read_phone
from s4s_tui.ui.message_view import can_be_written_again
from s4s_tui.ui.message_words import news_words
from s4s_tui.ui.order_keys import cancellable, usable
from s4s_tui.ui.order_rows import clock_at, row_cells, row_hint
from s4s_tui.ui.order_view import order_view
from s4s_tui.ui.send_view import (
    count_words,
    country_words,
    draft_of,
    lost_words,
    parts_words,
    prepaid_question,
    price_words,
    too_little,
    troubles,
    unmade_words,
)
from s4s_tui.ui.view import Invoice, View
from s4s_tui.ui.words import money_words, state_words
from tests.services.fakes import START
from tests.ui.letters import PHONE, SHOWN, TEXT, a_paid_sms, an_ended_sms, an_sms
from tests.ui.test_order_view import said

OF_A_MESSAGE = [one for one in Status if one not in (Status.NUMBER, Status.CODE, Status.FUNDED)]


def order_of(kind: Kind, status: Status, *, prepaid: bool, gone: bool, given_up: bool) -> Order:
    cancel = Cancel.GIVEN_UP if given_up else Cancel.NO
    if status in (Status.WAITING, Status.EXPIRED):
        ended = None if status is Status.WAITING else START
        return an_sms(1, status=status, ended_at=ended, gone=gone, kind=kind, cancel=cancel)
    paid = {"payreq": ""} if prepaid else {}
    ended = None if status in (Status.HELD, Status.UNKNOWN) else START + 9
    return a_paid_sms(1, status=status, ended_at=ended, gone=gone, kind=kind, prepaid=prepaid, **paid)


EVERY = [
    order_of(kind, status, prepaid=prepaid, gone=gone, given_up=given_up)
    for kind, status, prepaid, gone, given_up in product(
        (Kind.SMS, Kind.EMAIL), OF_A_MESSAGE, (False, True), (False, True), (False, True)
    )
]


def view_of(order: Order, now: float = START) -> View:
    return order_view(order, inspect_order(order, payees=frozenset(), now=now, most=None), None, now)


def test_every_state_says_where_the_money_is_and_nothing_that_the_server_did_not_say() -> None:
    for order in EVERY:
        view = view_of(order)
        words = said(view)
        settled = order.status in (Status.SENT, Status.DELIVERED)
        assert view.title, order
        assert view.lead, order
        assert view.money, order
        assert ("settled" in words) == (settled and not order.prepaid), words
        assert ("held, not spent" in words) == (order.status is Status.HELD and not order.prepaid), words
        assert ("has arrived" in words) == (order.status is Status.DELIVERED), words
        assert ("returned" in words) == (order.status is Status.RETURNED), words
        assert ("free until you pay" in words) == order.payable(START), words
        assert ("wallet" not in words) or not order.prepaid, words
        assert "code" not in words, words


def test_the_timeline_tells_what_happened() -> None:
    for order in EVERY:
        marks = {step.name: step.mark for step in view_of(order).steps}
        assert ("Invoice" in marks) == (not order.prepaid)
        assert (marks["Payment"] == "✓") == (order.paid_at is not None)
        assert (marks["Sent"] == "✓") == (order.status in (Status.SENT, Status.DELIVERED))
        assert (marks["Delivered"] == "✓") == (order.status is Status.DELIVERED)
        if order.ended and order.status not in (Status.SENT, Status.DELIVERED):
            assert (marks["Sent"], marks["Delivered"]) == ("✗", "✗")


def test_keys_and_clocks_are_those_of_a_message() -> None:
    for order in EVERY:
        view = view_of(order)
        assert cancellable(order) == (order.status is Status.WAITING)
        assert (view.deadline is not None) == order.payable(START)
        assert view.copies == (("invoice", order.payreq) if view.invoice is Invoice.PAYABLE else ("message", TEXT))
        assert usable("copy_number", (), order, view, demo=False, new_payee=False, can_toggle=False)
        assert (clock_at(order, START) is not None) == order.payable(START)
        assert "code" not in row_hint(order, START).casefold()
        lost = order.ended and order.status not in (Status.SENT, Status.DELIVERED)
        assert bool(view.next_steps) == can_be_written_again(order) == lost


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.HELD, "◌ Being sent"),
        (Status.SENT, "✓ Sent"),
        (Status.DELIVERED, "✓ Delivered"),
        (Status.FAILED, "✗ Failed"),
        (Status.RETURNED, "↩ Returned"),
        (Status.UNKNOWN, "? Unknown"),
    ],
)
def test_the_list_calls_the_states_by_their_names(status: Status, words: str) -> None:
    order = an_ended_sms(status)
    assert " ".join(state_words(order)) == words
    assert row_cells(order, START)[:4] == (words, "SMS", f"SMS · {SHOWN}", SHOWN)


def test_a_failure_says_where_the_money_may_be() -> None:
    assert "A hold that nobody settles ends by itself" in money_words(an_ended_sms(Status.FAILED))
    assert "should go back to your balance" in money_words(an_ended_sms(Status.FAILED, prepaid=True, payreq=""))
    assert money_words(an_ended_sms(Status.EXPIRED, paid_at=None)) == "Nothing was paid, so nothing is lost."
    unsaid = an_ended_sms(Status.CANCELLED, paid_at=None, reason="Cancelled by user")
    assert money_words(unsaid) == "No payment was seen, so nothing should be lost."


def test_only_an_end_that_a_person_waits_for_is_news() -> None:
    news = {status for status in OF_A_MESSAGE if news_words(an_ended_sms(status))}
    assert news == {Status.DELIVERED, Status.FAILED, Status.RETURNED}
    assert news_words(an_ended_sms(Status.DELIVERED, kind=Kind.RECEIVE)) == ""


@given(st.text(max_size=200))
def test_the_count_says_how_many_too_many_and_never_a_negative_number(message: str) -> None:
    size, words = measure(message), count_words(Kind.SMS, message)
    assert ("too many" in words) == (size.characters > 140)
    assert "-" not in words.replace("GSM-7", "").replace("UCS-2", "")
    assert words.startswith(f"{size.characters} of 140")
    assert "SMS" not in count_words(Kind.EMAIL, message)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("x" * 37, "37 of 140 · GSM-7 · 1 SMS"),
        ("ő" * 71, "71 of 140 · UCS-2 · 2 SMS"),
        ("", "0 of 140"),
        ("x" * 141, "141 of 140: 1 too many"),
    ],
)
def test_the_count_reads_like_this(message: str, words: str) -> None:
    assert count_words(Kind.SMS, message).startswith(words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("+49", "Germany +49"),
        ("+49 170", "Germany +49"),
        ("+7", "Russia and others with +7"),
        ("49", ""),
        ("", ""),
        ("+", ""),
    ],
)
def test_the_country_is_named_with_its_prefix(typed: str, words: str) -> None:
    assert country_words(country_hint(typed), typed, builtin_countries()) == words


def test_what_goes_out_is_what_was_typed_to_the_number_that_was_meant() -> None:
    sheet = Sheet(" +49 (170) 123-4567 ", "Hi\n there ", " https://a.example/ ")
    draft = draft_of(Kind.SMS, sheet, read_phone(sheet.recipient), 1000, prepaid=False)
    assert (draft.recipient, draft.country_name, draft.message) == (PHONE, SHOWN, "Hi\n there ")
    assert draft.webhook == "https://a.example/"
    mail = draft_of(Kind.EMAIL, Sheet(" a@b.example "), None, None, prepaid=True)
    assert (mail.recipient, mail.country_name, mail.service_name) == ("a@b.example", "a@b.example", "E-mail")


def test_troubles_are_told_of_each_field() -> None:
    assert troubles(Kind.SMS, Sheet(PHONE, "Hi"), read_phone(PHONE)) == ("", "", "")
    to, message, webhook = troubles(Kind.EMAIL, Sheet("a", "\x07", "ftp://x"), None)
    assert to.startswith("The address needs one @")
    assert message == "The message holds a control character, which no e-mail can carry."
    assert webhook.startswith("The webhook's address must begin with https://")


def test_a_balance_is_asked_about_with_amounts_and_a_highest_price_is_named() -> None:
    draft = draft_of(Kind.SMS, Sheet(PHONE, "ő" * 71), read_phone(PHONE), 1000, prepaid=True)
    assert "Balance before: 1,500 sats. Balance after: 500 sats." in prepaid_question(draft, 1500, None)
    assert "above your highest price of 900 sats" in prepaid_question(draft, 1500, 900)
    assert "highest" not in prepaid_question(draft, 1500, 1000)
    assert too_little(draft, 1000) == ""
    assert too_little(draft, 999).startswith("The balance is 999 sats, 1 sat too few.")
    assert parts_words(draft).endswith("UCS-2: goes out as 2 SMS, which phones show as one.")


def test_what_made_no_order_is_said_for_what_it_was() -> None:
    mail = draft_of(Kind.EMAIL, Sheet("a@b.example", "Hi"), None, None, prepaid=False)
    sms = draft_of(Kind.SMS, Sheet(PHONE, "Hi"), read_phone(PHONE), None, prepaid=True)
    gone = Refused("Not Found", http_status=404)
    assert unmade_words(mail, gone) == "No order was made. The server no longer offers e-mail."
    assert unmade_words(sms, gone) == "No order was made. Not Found"
    assert "nothing is lost" in lost_words(mail, OutcomeUnknown("Lost."))
    assert "Money may have moved" in lost_words(sms, OutcomeUnknown("Lost."))
    assert [price_words(None, asked=asked) for asked in (False, True)] == ["asking …", "price unknown"]
