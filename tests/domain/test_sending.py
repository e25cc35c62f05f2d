"""Messages and fundings: what becomes of them by the server's words."""

from dataclasses import replace

import pytest

from s4s_tui.domain.funding import PATIENCE, funded
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import MONEY_BACK, Cancel, Kind, Order, OrderReply, Status
from s4s_tui.domain.wishes import arm, give_up
from s4s_tui.services import rhythm
from tests.domain.test_order import NOW, ORDER

SMS = replace(ORDER, kind=Kind.SMS, country=None, service="", recipient="+4915112345678", message="Hello")
FUND = replace(ORDER, kind=Kind.FUND, country=None, service="", balance=1000)


def says(status: str | None, *, paid: bool = True, error: str | None = None) -> OrderReply:
    return OrderReply(paid=paid, sms_status=status, error=error)


HELD = advance(SMS, says("created"), NOW + 10)
SENT = advance(HELD, says("sent"), NOW + 20)
FAILED = advance(HELD, says("failed"), NOW + 20)


class TestAMessage:
    def test_is_held_while_it_is_created_and_settled_when_it_is_sent(self) -> None:
        assert (HELD.status, HELD.paid_at, HELD.money_held) == (Status.HELD, NOW + 10, True)
        assert (SENT.status, SENT.ended, SENT.ended_at, SENT.money_held) == (Status.SENT, True, NOW + 20, False)

    def test_may_be_called_delivered_later_or_at_once_or_never(self) -> None:
        later = advance(SENT, says("delivered"), NOW + 50)
        assert (later.status, later.ended_at) == (Status.DELIVERED, NOW + 20)
        assert advance(HELD, says("delivered"), NOW + 20).status is Status.DELIVERED
        assert advance(SENT, says("sent"), NOW + 500) is SENT

    def test_that_was_sent_is_paid_whatever_paid_says(self) -> None:
        assert advance(SMS, says("sent", paid=False), NOW + 5).paid_at == NOW + 5

    def test_that_failed_has_failed_and_may_have_been_sent_after_all(self) -> None:
        assert (FAILED.status, FAILED.ended, FAILED.money_held) == (Status.FAILED, True, False)
        assert advance(FAILED, says("sent"), NOW + 40).status is Status.SENT

    @pytest.mark.parametrize("status", ["failed", "created"])
    def test_that_was_sent_is_not_unsent_by_a_later_word_which_is_called_odd(self, status: str) -> None:
        after = advance(SENT, says(status), NOW + 60)
        assert (after.status, after.odd) == (Status.SENT, f"it calls the message {status} now")
        assert advance(after, says(status), NOW + 61) is after

    def test_with_an_error_has_its_money_back(self) -> None:
        order = advance(HELD, says("failed", error="Your funds are returned."), NOW + 20)
        assert (order.status, order.reason) == (Status.RETURNED, "Your funds are returned.")

    def test_can_be_given_up_unpaid_but_never_cancelled(self) -> None:
        assert give_up(SMS).cancel is Cancel.GIVEN_UP
        assert arm(HELD) is HELD
        assert not SMS.cancellable

    def test_is_asked_about_until_it_was_delivered_and_some_minutes_after_it_was_sent(self) -> None:
        assert rhythm.followed(SENT, NOW + 60)
        assert rhythm.interval(SENT, NOW + 60) == rhythm.SENT
        assert not rhythm.followed(SENT, NOW + 20 + rhythm.AFTERCARE)
        assert not rhythm.followed(advance(SENT, says("delivered"), NOW + 50), NOW + 51)


class TestAPrepaidOrder:
    PAID = replace(ORDER, status=Status.HELD, paid_at=NOW, prepaid=True, payreq="")

    def test_is_followed_like_one_that_was_paid(self) -> None:
        coded = advance(self.PAID, OrderReply(number="49151", code="048010"), NOW + 30)
        assert (coded.status, coded.prepaid, coded.paid_at) == (Status.CODE, True, NOW)

    def test_is_not_payable(self) -> None:
        assert not self.PAID.payable(NOW)


class TestAFunding:
    def test_has_come_when_the_balance_has_risen(self) -> None:
        assert funded(FUND, None, 1000, NOW + 5) is FUND
        done = funded(FUND, None, 4000, NOW + 10)
        assert (done.status, done.ended_at, done.paid_at) == (Status.FUNDED, NOW + 10, NOW + 10)
        assert funded(done, None, 9000, NOW + 20) is done

    def test_that_is_called_paid_is_held_until_the_balance_is_seen_to_rise(self) -> None:
        held = funded(FUND, OrderReply(paid=True), 1000, NOW + 5)
        assert (held.status, held.paid_at) == (Status.HELD, NOW + 5)
        assert funded(held, OrderReply(paid=True), 1500, NOW + 10).status is Status.FUNDED

    def test_that_is_called_paid_counts_after_a_minute_though_the_balance_was_spent_meanwhile(self) -> None:
        held = funded(FUND, OrderReply(paid=True), 1000, NOW + 5)
        assert funded(held, None, 500, NOW + 5 + PATIENCE - 1).status is Status.HELD
        assert funded(held, None, 500, NOW + 5 + PATIENCE).status is Status.FUNDED

    def test_that_the_server_calls_unpaid_has_come_only_when_the_balance_rose_by_all_of_it(self) -> None:
        assert funded(FUND, OrderReply(), 3999, NOW + 5).status is Status.WAITING
        assert funded(FUND, OrderReply(), 4000, NOW + 5).status is Status.FUNDED

    @pytest.mark.parametrize("reply", [None, OrderReply()])
    def test_is_not_called_paid_where_another_order_may_have_moved_the_balance(self, reply: OrderReply | None) -> None:
        assert funded(FUND, reply, 4000, NOW + 5, others=True).status is Status.WAITING
        assert funded(FUND, OrderReply(paid=True), 4000, NOW + 5, others=True).status is Status.FUNDED

    def test_that_was_given_up_and_paid_after_all_is_wanted_again(self) -> None:
        held = funded(give_up(FUND), OrderReply(paid=True), 1000, NOW + 5)
        assert (held.status, held.cancel) == (Status.HELD, Cancel.NO)

    def test_without_a_known_balance_measures_from_the_first_one(self) -> None:
        first = funded(replace(FUND, balance=None), None, 700, NOW + 5)
        assert (first.status, first.balance) == (Status.WAITING, 700)

    def test_whose_invoice_ran_out_is_expired(self) -> None:
        assert funded(FUND, None, 1000, NOW + 3600).status is Status.EXPIRED

    def test_of_another_kind_is_none(self) -> None:
        assert funded(ORDER, None, 10**6, NOW) is ORDER

    def test_is_looked_at_every_5_seconds_and_later_more_rarely(self) -> None:
        order: Order = FUND
        assert rhythm.interval(order, NOW + 60) == rhythm.FUNDING
        assert rhythm.interval(order, NOW + 5000) == 60.0


def test_clock_makes_a_silent_message_unknown() -> None:
    assert advance(HELD, says("created"), NOW + 10 + MONEY_BACK).status is Status.UNKNOWN
