"""The life of an order: what holds after any sequence of replies, wishes and waits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.life import advance, clock, not_known, not_known_any_more, refused
from s4s_tui.domain.order import ENDED, MONEY_BACK, Cancel, Order, OrderReply, Status
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_refused, cancel_sent, give_up, want_again
from tests.domain.test_order import NOW, ORDER
from tests.fuzzing import counted

Step = tuple[str, Callable[[Order, float], Order], OrderReply | None]

replies = st.builds(
    OrderReply,
    paid=st.booleans(),
    number=st.sampled_from([None, None, "+49151", "+44"]),
    code=st.sampled_from([None, None, None, "048010", "7"]),
    error=st.sampled_from([None, None, None, "No available number", "Order not found"]),
)


def _reply(reply: OrderReply) -> Step:
    return "reply", lambda order, now: advance(order, reply, now), reply


WISHES: list[Step] = [
    ("time", clock, None),
    ("give up", lambda order, _: give_up(order), None),
    ("arm", lambda order, _: arm(order), None),
    ("not known", lambda order, now: not_known_any_more(order, "404", now), OrderReply(error="not found")),
    ("want again", lambda order, _: want_again(order), None),
    ("cancel sent", lambda order, _: cancel_sent(order), None),
    ("cancel accepted", cancel_accepted, None),
    ("cancel refused", lambda order, _: cancel_refused(order, "no"), None),
    ("refused", lambda order, _: refused(order, "no"), None),
]
steps = st.one_of(replies.map(_reply), st.sampled_from(WISHES))
lives = st.lists(st.tuples(st.sampled_from([0.0, 2.0, 130.0, 1300.0, 4000.0]), steps), max_size=12)


def check_facts(old: Order, new: Order, now: float) -> None:
    """Once seen is never lost, and no time lies outside of what has passed."""
    assert new.code is not None or old.code is None
    assert new.number is not None or old.number is None
    assert old.paid_at is None or new.paid_at == old.paid_at
    times = (new.paid_at, new.number_at, new.code_at, new.ended_at)
    assert all(NOW <= at <= now for at in times if at is not None)
    assert new.ended == (new.ended_at is not None)
    assert new.paid_at is not None or not new.money_held


def check_end(old: Order, new: Order, reply: OrderReply | None) -> None:
    """How it ends, and how an ended one changes, always goes back to a word of the server."""
    if new.status is old.status:
        return
    error = reply is not None and reply.error is not None
    if new.status is Status.RETURNED:
        assert error
        assert not not_known(str(reply.error if reply else "")), "a server that forgot the order did not return money"
        assert new.paid_at is not None
    if new.status is Status.CODE:
        assert new.code is not None
        assert not error
    if new.status is Status.CANCELLED:
        assert error or old.cancel is Cancel.ACCEPTED
    if new.status is Status.EXPIRED:
        assert reply is not None
        assert new.paid_at is None
    if old.money_held and not new.money_held:
        assert reply is not None
        assert error or new.code is not None or old.cancel is Cancel.ACCEPTED
    if old.ended:
        paid_after_all = old.paid_at is None and new.paid_at is not None
        known_again = old.gone and not new.gone and old.paid_at is None
        assert new.status is Status.CODE or paid_after_all or known_again
        assert old.status is not Status.CODE


@given(lives)
@counted("lives of orders")
def test_whatever_happens_nothing_is_lost_or_called_what_the_server_did_not_say(
    life: list[tuple[float, Step]],
) -> None:
    order, now = ORDER, NOW
    for seconds, (_, change, reply) in life:
        now += seconds
        new = change(order, now)
        check_facts(order, new, now)
        check_end(order, new, reply)
        order = new


@given(lives, replies)
@counted("lives of orders")
def test_the_same_reply_twice_at_one_moment_says_nothing_new(life: list[tuple[float, Step]], reply: OrderReply) -> None:
    order, now = ORDER, NOW
    for seconds, (_, change, _) in life:
        now += seconds
        order = change(order, now)
    once = advance(order, reply, now)
    assert advance(once, reply, now) is once


@given(lives)
@counted("lives of orders")
def test_after_21_minutes_no_order_claims_to_be_on_its_way(life: list[tuple[float, Step]]) -> None:
    order, now = ORDER, NOW
    for seconds, (_, change, _) in life:
        now += seconds
        order = change(order, now)
    assert clock(order, now + MONEY_BACK).status in {*ENDED, Status.WAITING, Status.UNKNOWN}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([1.0, 30.0, 300.0, 3000.0]),
            st.sampled_from([0.0, 0.0, 0.0, 7200.0, -7200.0, 90_000.0, -90_000.0]),
            replies,
        ),
        max_size=10,
    )
)
def test_a_clock_that_is_set_between_two_starts_moves_no_deadline(lives: list[tuple[float, float, OrderReply]]) -> None:
    """The server's clock tells the true time; this machine's is set by hours while the program does not run."""
    true, wrong = NOW, 0.0
    order = replace(ORDER, skew=0.0)
    paid: float | None = None
    for seconds, set_by, reply in lives:
        true, wrong = true + seconds, wrong + set_by
        order = advance(order, replace(reply, at=true), true + wrong)
        if order.paid_at is not None and paid is None:
            paid = true
        if order.status is Status.EXPIRED:
            assert order.expires_at is not None
            assert true >= order.expires_at
        if paid is not None and not order.ended:
            assert order.paid_at is not None
            assert order.paid_at - (true + wrong) == pytest.approx(paid - true, abs=0.01)
            assert (order.status is Status.UNKNOWN) == (order.gone or true - paid >= MONEY_BACK)
