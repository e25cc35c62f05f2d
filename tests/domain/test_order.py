"""The life of an order: each rule by example."""

from dataclasses import replace

import pytest

from s4s_tui.domain.life import advance, clock, refused
from s4s_tui.domain.order import CANCEL_OPENS, MONEY_BACK, NUMBER_DEAD, Cancel, Order, OrderReply, Status
from s4s_tui.domain.wishes import cancel_accepted, cancel_refused, cancel_sent, give_up, want_again

NOW = 1_700_000_000.0
ORDER = Order(
    order_id="a",
    payreq="lnbc1",
    country=0,
    country_name="Russia",
    service="tg",
    service_name="Telegram",
    amount=3000,
    quoted=3000,
    network="bc",
    node=None,
    created_at=NOW,
    expires_at=NOW + 3600,
)
UNPAID = OrderReply()
PAID = OrderReply(paid=True)
NUMBERED = OrderReply(paid=True, number="+49151")
CODED = OrderReply(paid=True, number="+49151", code="048010")
NO_NUMBER = OrderReply(paid=True, error="No available number")

HELD = advance(ORDER, PAID, NOW + 10)
NUMBER = advance(HELD, NUMBERED, NOW + 20)
CODE = advance(NUMBER, CODED, NOW + 30)
RETURNED = advance(HELD, NO_NUMBER, NOW + 20)
EXPIRED = advance(ORDER, UNPAID, NOW + 3600)
UNKNOWN = clock(HELD, NOW + 10 + MONEY_BACK)
CANCELLED = advance(cancel_accepted(NUMBER, NOW + 140), OrderReply(), NOW + 140)


class TestTheUsualLife:
    def test_paid_is_held_and_the_clocks_start_when_this_machine_saw_it(self) -> None:
        assert (HELD.status, HELD.paid_at) == (Status.HELD, NOW + 10)
        assert HELD.cancel_opens_at == NOW + 10 + CANCEL_OPENS
        assert HELD.number_dead_at == NOW + 10 + NUMBER_DEAD
        assert HELD.money_back_at == NOW + 10 + MONEY_BACK
        assert HELD.money_held

    def test_a_number_comes_after_the_payment(self) -> None:
        assert (NUMBER.status, NUMBER.number, NUMBER.number_at) == (Status.NUMBER, "+49151", NOW + 20)
        assert (NUMBER.paid_at, NUMBER.ended) == (NOW + 10, False)

    def test_a_code_settles_it(self) -> None:
        assert (CODE.status, CODE.code, CODE.code_at, CODE.ended_at) == (Status.CODE, "048010", NOW + 30, NOW + 30)
        assert (CODE.ended, CODE.open, CODE.money_held) == (True, False, False)

    def test_an_order_without_news_is_the_same_object(self) -> None:
        assert advance(ORDER, UNPAID, NOW + 1) is ORDER
        assert advance(NUMBER, NUMBERED, NOW + 60) is NUMBER
        assert advance(CODE, CODED, NOW + 60) is CODE

    def test_everything_may_come_in_one_reply(self) -> None:
        order = advance(ORDER, OrderReply(number="+49151", code="1"), NOW + 5)
        assert (order.status, order.paid_at, order.number_at, order.code_at) == (Status.CODE, *[NOW + 5] * 3)

    def test_a_number_that_changes_is_the_new_one(self) -> None:
        order = advance(NUMBER, OrderReply(paid=True, number="+44"), NOW + 40)
        assert (order.number, order.number_at) == ("+44", NOW + 40)

    def test_a_status_that_goes_backwards_loses_nothing_and_is_called_odd(self) -> None:
        assert advance(NUMBER, UNPAID, NOW + 40) == replace(NUMBER, odd="the number is missing")


class TestAnUnpaidOrder:
    def test_has_the_expiry_of_its_invoice_and_no_other_clock(self) -> None:
        assert (ORDER.number_dead_at, ORDER.money_back_at) == (None, None)
        assert ORDER.cancel_opens_at == NOW + CANCEL_OPENS
        assert clock(ORDER, NOW + 10 * MONEY_BACK) is ORDER

    def test_is_payable_until_then_while_wanted(self) -> None:
        assert ORDER.payable(NOW + 3599)
        assert not ORDER.payable(NOW + 3600)
        assert not give_up(ORDER).payable(NOW)
        assert not HELD.payable(NOW)
        assert replace(ORDER, expires_at=None).payable(NOW + 1e9)

    def test_expires_by_a_word_of_the_server_after_the_expiry(self) -> None:
        assert advance(ORDER, UNPAID, NOW + 3599) is ORDER
        assert (EXPIRED.status, EXPIRED.ended_at) == (Status.EXPIRED, NOW + 3600)
        assert advance(replace(ORDER, expires_at=None), UNPAID, NOW + 1e9).status is Status.WAITING

    def test_whose_payment_arrives_with_the_expiry_is_held(self) -> None:
        assert advance(ORDER, PAID, NOW + 3601).status is Status.HELD

    @pytest.mark.parametrize(("at", "status"), [(60, Status.CANCELLED), (3600, Status.EXPIRED)])
    def test_that_the_server_closes_is_cancelled_or_expired_with_its_reason(self, at: float, status: Status) -> None:
        order = advance(ORDER, OrderReply(error="closed"), NOW + at)
        assert (order.status, order.reason, order.ended_at) == (status, "closed", NOW + at)

    def test_given_up_is_not_open_but_still_followed(self) -> None:
        order = give_up(ORDER)
        assert (order.cancel, order.open, order.ended) == (Cancel.GIVEN_UP, False, False)
        assert want_again(order) == ORDER
        assert want_again(ORDER) is ORDER

    def test_given_up_and_paid_all_the_same_is_wanted(self) -> None:
        assert advance(give_up(ORDER), PAID, NOW + 10) == HELD

    @pytest.mark.parametrize("order", [HELD, NUMBER, CODE, RETURNED, UNKNOWN, cancel_sent(ORDER)])
    def test_only_an_unpaid_one_can_be_given_up(self, order: Order) -> None:
        assert give_up(order) is order


class TestMoneyBack:
    def test_no_number_in_a_success_reply_is_returned_with_the_servers_words(self) -> None:
        assert (RETURNED.status, RETURNED.reason, RETURNED.ended_at) == (
            Status.RETURNED,
            "No available number",
            NOW + 20,
        )

    def test_a_code_beside_an_error_is_kept(self) -> None:
        order = advance(NUMBER, replace(CODED, error="cancelled"), NOW + 50)
        assert (order.status, order.code) == (Status.RETURNED, "048010")

    @pytest.mark.parametrize("order", [HELD, NUMBER])
    def test_after_21_minutes_without_a_word_it_is_unknown_and_not_before(self, order: Order) -> None:
        assert clock(order, NOW + 9.9 + MONEY_BACK) is order
        assert clock(order, NOW + 10 + MONEY_BACK) == replace(order, status=Status.UNKNOWN)

    def test_an_unknown_one_is_still_held_and_every_later_word_decides(self) -> None:
        late = NOW + MONEY_BACK + 100
        assert (UNKNOWN.money_held, UNKNOWN.ended) == (True, False)
        assert advance(UNKNOWN, PAID, late) is UNKNOWN
        assert advance(UNKNOWN, NUMBERED, late).status is Status.UNKNOWN
        assert advance(UNKNOWN, NUMBERED, late).number == "+49151"
        assert advance(UNKNOWN, CODED, late).status is Status.CODE
        assert advance(UNKNOWN, NO_NUMBER, late).status is Status.RETURNED


class TestCancelling:
    def test_the_servers_ok_is_not_yet_cancelled_and_the_next_status_is(self) -> None:
        accepted = cancel_accepted(cancel_sent(NUMBER), NOW + 140)
        assert (accepted.status, accepted.cancel) == (Status.NUMBER, Cancel.ACCEPTED)
        assert (CANCELLED.status, CANCELLED.ended_at) == (Status.CANCELLED, NOW + 140)

    def test_a_code_wins_over_an_accepted_cancellation(self) -> None:
        assert advance(cancel_accepted(NUMBER, NOW + 140), CODED, NOW + 141).status is Status.CODE

    def test_an_error_after_the_servers_ok_confirms_it(self) -> None:
        accepted = cancel_accepted(cancel_sent(NUMBER), NOW + 140)
        order = advance(accepted, replace(NUMBERED, error="canceled by user"), NOW + 141)
        assert (order.status, order.reason) == (Status.CANCELLED, "canceled by user")

    def test_an_error_after_a_lost_answer_says_that_the_money_is_back_and_no_more(self) -> None:
        order = advance(cancel_sent(NUMBER), replace(NUMBERED, error="No SMS received in time"), NOW + 140)
        assert (order.status, order.reason) == (Status.RETURNED, "No SMS received in time")

    def test_a_lost_answer_leaves_the_order_to_the_next_status(self) -> None:
        assert advance(cancel_sent(NUMBER), NUMBERED, NOW + 140).status is Status.NUMBER

    @pytest.mark.parametrize(("order", "left"), [(ORDER, Cancel.GIVEN_UP), (NUMBER, Cancel.NO)])
    def test_a_refusal_is_noted_and_an_unpaid_one_stays_given_up(self, order: Order, left: Cancel) -> None:
        after = cancel_refused(cancel_sent(order), "unable to save data")
        assert (after.status, after.cancel, after.note) == (order.status, left, "unable to save data")

    @pytest.mark.parametrize("order", [CODE, RETURNED, EXPIRED, CANCELLED])
    def test_an_ended_order_cannot_be_cancelled(self, order: Order) -> None:
        assert cancel_sent(order) is order
        assert cancel_accepted(order, NOW) is order
        assert cancel_refused(order, "no") is order


class TestAWordAfterTheEnd:
    LATE = NOW + 5000

    @pytest.mark.parametrize("order", [RETURNED, EXPIRED, CANCELLED])
    def test_a_code_is_a_code_however_it_ended(self, order: Order) -> None:
        late = advance(order, CODED, self.LATE)
        assert (late.status, late.code, late.ended_at) == (Status.CODE, "048010", self.LATE)

    def test_a_payment_that_nobody_expected_opens_it_again(self) -> None:
        assert advance(EXPIRED, PAID, self.LATE) == replace(HELD, paid_at=self.LATE)
        assert advance(EXPIRED, NUMBERED, self.LATE).status is Status.NUMBER

    def test_a_payment_after_a_cancellation_is_not_cancelled_by_the_old_wish(self) -> None:
        cancelled = advance(cancel_accepted(cancel_sent(ORDER), NOW + 129), UNPAID, NOW + 130)
        assert cancelled.status is Status.CANCELLED
        paid = advance(cancelled, PAID, self.LATE)
        assert (paid.status, paid.cancel, paid.reason) == (Status.HELD, Cancel.NO, None)
        assert advance(paid, PAID, self.LATE + 2).status is Status.HELD

    def test_a_payment_that_went_back_already_is_returned_and_not_expired(self) -> None:
        order = advance(EXPIRED, NO_NUMBER, self.LATE)
        assert (order.status, order.reason, order.paid_at) == (Status.RETURNED, "No available number", self.LATE)

    @pytest.mark.parametrize("reply", [UNPAID, PAID, NUMBERED, NO_NUMBER])
    def test_nothing_else_changes_how_a_paid_one_ended(self, reply: OrderReply) -> None:
        assert advance(RETURNED, reply, self.LATE).status is Status.RETURNED
        assert advance(CODE, reply, self.LATE).status is Status.CODE
        assert advance(CANCELLED, reply, self.LATE).status is Status.CANCELLED


def test_a_refusal_changes_the_note_alone_and_the_next_good_answer_clears_it() -> None:
    noted = refused(HELD, "trouble")
    assert noted == replace(HELD, note="trouble")
    assert refused(noted, "trouble") is noted
    assert advance(noted, PAID, NOW + 12) == HELD
