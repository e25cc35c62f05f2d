"""What is decided where the server surprises: the table of `domain.life`, row by row."""

from dataclasses import replace

import pytest

from s4s_tui.domain.history import Source, happenings
from s4s_tui.domain.life import (
    CONFIRM_WAIT,
    SETTLING,
    advance,
    after_refusal,
    ended_unknown,
    not_known,
    not_known_any_more,
)
from s4s_tui.domain.order import MONEY_BACK, Cancel, Kind, Order, OrderReply, Received, Status
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_sent, give_up, shifted, want_again
from tests.domain.test_order import (
    CANCELLED,
    CODE,
    CODED,
    EXPIRED,
    HELD,
    NO_NUMBER,
    NOW,
    NUMBER,
    NUMBERED,
    ORDER,
    PAID,
    RETURNED,
    UNKNOWN,
    UNPAID,
)

LATE = NOW + 5000
ACCEPTED = cancel_accepted(cancel_sent(NUMBER), NOW + 140)
AGREED = advance(cancel_accepted(cancel_sent(ORDER), NOW + 130), UNPAID, NOW + 131)
FAILED = OrderReply(paid=True, sms_status="failed")
REASONED = replace(CANCELLED, reason="canceled by user")
NOT_FOUND = OrderReply(error="Order not found")
RENTAL = replace(ORDER, kind=Kind.RENT)
FOUND = replace(ORDER, found=True)
OVER = replace(CODED, error="Rent is over.")

ROWS: list[tuple[str, Order, OrderReply, Status, str | None]] = [
    ("a code after it was returned", RETURNED, CODED, Status.CODE, None),
    ("a code after it was cancelled", REASONED, CODED, Status.CODE, None),
    ("a code while its money was unknown", UNKNOWN, CODED, Status.CODE, None),
    ("a code after it had expired", EXPIRED, CODED, Status.CODE, None),
    ("a code with an error, of an order that was found", FOUND, OVER, Status.CODE, None),
    ("that a message was sent, of an order that was found", FOUND, OrderReply(sms_status="sent"), Status.SENT, None),
    ("a number after it was returned", RETURNED, NUMBERED, Status.RETURNED, "the error is gone"),
    (
        "a code with an error, of a message that was found",
        FOUND,
        replace(NO_NUMBER, code="7", sms_status="created"),
        Status.RETURNED,
        None,
    ),
    ("a number, of a message", replace(ORDER, kind=Kind.SMS), NUMBERED, Status.HELD, None),
    ("another number", NUMBER, replace(NUMBERED, number="+44"), Status.NUMBER, None),
    ("no number any more", NUMBER, PAID, Status.NUMBER, "the number is missing"),
    ("no code any more", CODE, NUMBERED, Status.CODE, "the code is missing"),
    ("a further code", CODE, replace(CODED, code="7"), Status.CODE, None),
    ("paid after it had expired", EXPIRED, PAID, Status.HELD, None),
    ("paid, with an error, after it had expired", EXPIRED, NO_NUMBER, Status.RETURNED, None),
    ("paid, with an error, after it was cancelled unpaid", AGREED, NO_NUMBER, Status.CANCELLED, None),
    ("paid and failed after it had expired", replace(EXPIRED, kind=Kind.SMS), FAILED, Status.FAILED, None),
    ("unpaid although it was paid", HELD, UNPAID, Status.HELD, "it calls the order unpaid again"),
    ("unpaid after the cancellation was accepted", ACCEPTED, UNPAID, Status.CANCELLED, None),
    ("an error after the cancellation was accepted", ACCEPTED, NO_NUMBER, Status.CANCELLED, None),
    ("paid as if nothing was, although it accepted", ACCEPTED, NUMBERED, Status.NUMBER, None),
    ("no error any more, returned", RETURNED, PAID, Status.RETURNED, "the error is gone"),
    ("no error any more, cancelled", REASONED, PAID, Status.CANCELLED, "the error is gone"),
    (
        "another error",
        RETURNED,
        replace(NO_NUMBER, error="Banned"),
        Status.RETURNED,
        "another error than before: Banned",
    ),
    (
        "an error after the code",
        CODE,
        replace(CODED, error="canceled"),
        Status.CODE,
        "an error after the end: canceled",
    ),
    ("that it does not know a held one", HELD, NOT_FOUND, Status.UNKNOWN, None),
    ("that it does not know one with a number", NUMBER, NOT_FOUND, Status.UNKNOWN, None),
    ("that it does not know an unpaid one", ORDER, NOT_FOUND, Status.WAITING, None),
    ("that it does not know one given up", give_up(ORDER), NOT_FOUND, Status.CANCELLED, None),
    ("that it does not know one it agreed to cancel", ACCEPTED, NOT_FOUND, Status.CANCELLED, None),
]


@pytest.mark.parametrize(("order", "reply", "status", "odd"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_surprise_is_decided_and_kept(order: Order, reply: OrderReply, status: Status, odd: str | None) -> None:
    now = max(order.ended_at or 0.0, NOW + 150)
    after = advance(order, reply, now)
    assert (after.status, after.odd) == (status, odd)
    surprising = (order, reply) != (ACCEPTED, NUMBERED)
    assert bool(happenings(order, after, Source.SERVER, now)) is surprising, "what surprises is in the history"
    assert advance(after, reply, now) is after, "once"


class TestWhatIsKept:
    def test_the_number_and_the_codes_before_are_in_the_history_or_in_the_order(self) -> None:
        other = advance(NUMBER, replace(NUMBERED, number="+44"), LATE)
        assert ("another number before", "+49151") in [
            (line.what, line.detail) for line in happenings(NUMBER, other, Source.SERVER, LATE)
        ]
        further = advance(CODE, replace(CODED, code="7"), LATE)
        assert (further.code, further.code_at) == ("7", LATE)
        assert further.earlier == (Received("048010", NOW + 30),)
        back = advance(further, CODED, LATE + 5)
        assert (back.code, back.earlier) == ("7", further.earlier), "a code that was there before is no new one"

    def test_a_code_after_the_end_does_not_claim_where_the_money_is(self) -> None:
        assert advance(RETURNED, CODED, LATE).late_code
        assert advance(CANCELLED, CODED, LATE).late_code
        assert not advance(EXPIRED, CODED, LATE).late_code
        assert not CODE.late_code

    def test_the_words_of_a_cancellation_may_come_after_it(self) -> None:
        order = advance(CANCELLED, OrderReply(paid=True, error="canceled by user"), LATE)
        assert (order.status, order.reason, order.ended_at) == (Status.CANCELLED, "canceled by user", NOW + 140)


class TestARental:
    def test_goes_on_receiving_after_a_code_and_has_no_20_minutes(self) -> None:
        order = advance(RENTAL, CODED, NOW + 30)
        assert (order.status, order.ended, order.open, order.ended_at) == (Status.CODE, False, True, None)
        assert (order.number_dead_at, order.money_back_at) == (None, None)
        more = advance(order, replace(CODED, code="7"), NOW + 9000)
        assert (more.code, more.earlier, more.ended) == ("7", (Received("048010", NOW + 30),), False)

    def test_that_the_server_does_not_know_any_more_keeps_its_codes_and_may_go_on(self) -> None:
        order = advance(RENTAL, CODED, NOW + 30)
        gone = advance(order, NOT_FOUND, NOW + 60)
        assert (gone.status, gone.code, gone.gone, gone.open) == (Status.CODE, "048010", True, True)
        assert after_refusal(order, "no", 404, NOW + 60).gone
        again = advance(gone, replace(CODED, code="7"), NOW + 90)
        assert (again.gone, again.code, again.earlier) == (False, "7", (Received("048010", NOW + 30),))

    def test_is_over_by_the_servers_word_and_what_it_received_was_paid(self) -> None:
        order = advance(advance(RENTAL, CODED, NOW + 30), replace(CODED, error="Rent is over"), LATE)
        assert (order.status, order.ended, order.reason, order.ended_at) == (Status.CODE, True, "Rent is over", LATE)


class TestAnAcceptedCancellation:
    def test_is_confirmed_by_a_minute_in_which_the_server_says_nothing_else(self) -> None:
        assert advance(ACCEPTED, NUMBERED, NOW + 140 + CONFIRM_WAIT - 1).status is Status.NUMBER
        after = advance(ACCEPTED, NUMBERED, NOW + 140 + CONFIRM_WAIT)
        assert (after.status, after.reason) == (Status.CANCELLED, None)

    def test_of_an_unpaid_order_is_confirmed_by_the_next_status(self) -> None:
        assert advance(cancel_accepted(cancel_sent(ORDER), NOW + 130), UNPAID, NOW + 131).status is Status.CANCELLED


class TestArming:
    def test_only_a_paid_order_is_armed_and_it_can_be_taken_back(self) -> None:
        assert arm(HELD).cancel is arm(NUMBER).cancel is arm(UNKNOWN).cancel is Cancel.ARMED
        assert want_again(arm(HELD)) == HELD
        for order in (ORDER, CODE, RETURNED, cancel_sent(NUMBER)):
            assert arm(order) is order

    def test_what_the_server_says_meanwhile_counts(self) -> None:
        assert advance(arm(HELD), NUMBERED, NOW + 20).cancel is Cancel.ARMED
        assert advance(arm(HELD), CODED, NOW + 20).status is Status.CODE
        assert want_again(advance(arm(HELD), CODED, NOW + 20)).cancel is Cancel.ARMED, "ended: nothing to take back"


def test_a_message_that_failed_after_it_was_returned_or_cancelled_stays_as_it_ended() -> None:
    for ended in (RETURNED, CANCELLED, EXPIRED):
        order = replace(ended, kind=Kind.SMS)
        assert (
            advance(order, OrderReply(paid=order.paid_at is not None, sms_status="failed"), LATE).status is ended.status
        )


def test_an_order_that_was_found_and_has_a_code_is_no_message_whatever_else_is_said() -> None:
    assert advance(replace(CODE, found=True), replace(CODED, sms_status="created"), LATE).kind is Kind.RECEIVE


class TestAnOrderThatTheServerDoesNotKnow:
    @pytest.mark.parametrize("words", ["Order not found", "no such order", "Unknown order id", "it does not exist"])
    def test_is_told_from_other_errors_by_its_words_or_by_404(self, words: str) -> None:
        assert not_known(words)
        assert not_known("whatever", 404)
        assert not not_known("No available number")

    def test_is_not_to_be_paid_until_it_is_known_again(self) -> None:
        gone = not_known_any_more(ORDER, "404", NOW + 60)
        assert (gone.gone, gone.note, gone.payable(NOW + 60)) == (True, "404", False)
        assert advance(gone, UNPAID, NOW + 62) == ORDER

    def test_whose_money_was_held_is_held_again_once_it_is_known(self) -> None:
        gone = not_known_any_more(HELD, "404", NOW + 60)
        assert (gone.status, gone.ended) == (Status.UNKNOWN, False)
        assert advance(gone, PAID, NOW + 62) == HELD

    def test_given_up_is_still_to_be_cancelled_once_it_is_known(self) -> None:
        gone = not_known_any_more(give_up(ORDER), "404", NOW + 60)
        assert (gone.status, gone.gone) == (Status.CANCELLED, True)
        assert advance(gone, UNPAID, NOW + 120) == give_up(ORDER)
        assert advance(gone, UNPAID, NOW + 3600).status is Status.EXPIRED
        assert advance(gone, PAID, NOW + 120).status is Status.HELD

    def test_says_nothing_of_its_money_whatever_the_words(self) -> None:
        gone = after_refusal(ACCEPTED, "Gone away", 404, NOW + 150)
        assert (gone.status, gone.reason, ended_unknown(gone)) == (Status.CANCELLED, "Gone away", True)
        known = advance(gone, NUMBERED, NOW + 160)
        assert (known.status, known.reason, known.gone) == (Status.CANCELLED, None, False)
        for before in (gone, known):
            said = advance(before, NO_NUMBER, NOW + 170)
            assert (said.reason, ended_unknown(said)) == (NO_NUMBER.error, False)

    def test_that_had_ended_stays_as_it_ended(self) -> None:
        ended = advance(give_up(ORDER), OrderReply(error="canceled by user"), NOW + 60)
        assert not_known_any_more(ended, "404", NOW + 120) is ended
        assert advance(ended, UNPAID, NOW + 180).status is Status.CANCELLED

    def test_may_be_fresh(self) -> None:
        fresh = not_known_any_more(ORDER, "404", NOW + SETTLING - 1)
        assert (fresh.gone, fresh.note, fresh.payable(NOW)) == (False, "404", True)

    def test_and_whose_invoice_has_run_out_is_expired(self) -> None:
        assert not_known_any_more(ORDER, "404", NOW + 3600).status is Status.EXPIRED


class TestClocks:
    def test_an_invoice_runs_out_by_the_servers_clock(self) -> None:
        ahead = advance(ORDER, replace(UNPAID, at=NOW + 10), NOW + 10 + 25 * 3600)
        assert (ahead.status, ahead.skew) == (Status.WAITING, -25 * 3600)
        assert ahead.payable(NOW + 10 + 25 * 3600)
        assert ahead.runs_out_at == NOW + 3600 + 25 * 3600
        behind = advance(ORDER, replace(UNPAID, at=NOW + 3600), NOW - 7200)
        assert behind.status is Status.EXPIRED

    def test_a_clock_that_differs_by_less_than_a_minute_is_right(self) -> None:
        order = advance(ORDER, replace(UNPAID, at=NOW + 50), NOW + 10)
        assert order.skew == 0.0
        assert advance(order, replace(UNPAID, at=NOW + 70), NOW + 20) is order

    def test_setting_the_clock_moves_every_wait_along(self) -> None:
        moved = shifted(replace(NUMBER, skew=0.0), -7200)
        assert (moved.paid_at, moved.number_at, moved.created_at) == (NOW + 10 - 7200, NOW + 20 - 7200, NOW - 7200)
        assert moved.money_back_at == NOW + 10 + MONEY_BACK - 7200
        assert moved.runs_out_at == NOW + 3600 - 7200
        assert shifted(moved, 7200) == replace(NUMBER, skew=0.0)


@pytest.mark.parametrize("before", [ORDER, HELD, NUMBER, UNKNOWN, RETURNED, CANCELLED, EXPIRED])
def test_a_code_that_stands_beside_not_found_is_kept_and_shown(before: Order) -> None:
    after = advance(before, replace(CODED, error="Number not found"), LATE)
    assert after.code == CODED.code
    assert after.number == CODED.number
    stays = before.ended and before.paid_at is not None  # else it was paid after all
    assert after.status is (before.status if stays else Status.UNKNOWN)
    assert after.gone is not stays  # where one that has ended is gone, that is how it ended


SENT_UNKNOWN = OrderReply(sms_status="sent", error="Order not found")


@pytest.mark.parametrize(
    ("before", "reply"),
    [
        (ORDER, replace(PAID, error="Order not found")),
        (EXPIRED, replace(PAID, error="Order not found")),
        (give_up(ORDER), replace(PAID, error="Order not found")),
        (replace(ORDER, kind=Kind.SMS), SENT_UNKNOWN),
        (replace(EXPIRED, kind=Kind.SMS), SENT_UNKNOWN),
    ],
)
def test_a_payment_that_is_told_beside_not_found_is_one_and_its_money_unknown(before: Order, reply: OrderReply) -> None:
    after = advance(before, reply, LATE)
    assert (after.status, after.paid_at, after.ended, after.gone) == (Status.UNKNOWN, LATE, False, True)


def test_a_payment_that_is_told_beside_not_found_counts_at_once() -> None:
    after = advance(ORDER, replace(PAID, error="Order not found"), ORDER.created_at + 1)
    assert (after.status, after.paid_at) == (Status.UNKNOWN, ORDER.created_at + 1)
