"""Orders of every kind after anything that may happen to them: what stands on the screens is what the server said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain.checks import inspect_order
from s4s_tui.domain.funding import funded
from s4s_tui.domain.history import Source, happenings
from s4s_tui.domain.life import advance, after_refusal, clock, not_known
from s4s_tui.domain.order import ENDED, SENDING, Cancel, Kind, Order, OrderReply, Status
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_refused, cancel_sent, give_up, shifted, want_again
from s4s_tui.ui.news import news_of, title_words
from s4s_tui.ui.order_rows import row_cells, row_hint, state_cell
from s4s_tui.ui.order_view import order_view
from tests.fuzzing import counted, examples
from tests.matrix.judge import not_a_sentence
from tests.services.fakes import START
from tests.ui.invoices import DAY, a_held, an_order

PRICE = 3000
UNPAID = ("Free until you pay", "Nothing was paid", "No payment was seen", "Not paid as far")
"""What is said of money of which the server has not said that it was paid."""


@dataclass
class Told:
    """What the server has said of an order so far."""

    paid: bool = False
    error_at_all: bool = False
    risen: bool = False
    accepted: bool = False
    codes: set[str] = field(default_factory=set)
    message: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Step:
    """Something that happens, and what the server says by it."""

    name: str
    change: Callable[[Order, float], Order]
    reply: OrderReply | None = None
    risen: bool = False

    def __repr__(self) -> str:
        return f"<{self.name} {self.reply or ''}>"


replies = st.builds(
    OrderReply,
    paid=st.booleans(),
    number=st.sampled_from([None, None, "4915112345678", "447700900123"]),
    code=st.sampled_from([None, None, None, "048010", "7", "Your code is 9"]),
    error=st.sampled_from([None, None, None, None, "No available number", "Order not found", "Rent is over."]),
    sms_status=st.sampled_from([None, None, "created", "sent", "delivered", "failed"]),
)


def _replied(reply: OrderReply) -> Step:
    return Step("reply", lambda order, now: advance(order, reply, now), reply)


def _balance(order: Order, now: float, balance: int, *, others: bool) -> Order:
    return funded(order, None, balance, now, others=others)


WISHES = [
    Step("time", clock),
    Step("give up", lambda order, _: give_up(order)),
    Step("arm", lambda order, _: arm(order)),
    Step("want again", lambda order, _: want_again(order)),
    Step("cancel sent", lambda order, _: cancel_sent(order) if order.cancellable else order),
    Step("cancel accepted", lambda order, now: cancel_accepted(order, now) if order.cancel is Cancel.SENT else order),
    Step("cancel refused", lambda order, _: cancel_refused(order, "no") if order.cancel is Cancel.SENT else order),
    Step("404", lambda order, now: after_refusal(order, "Gone away", 404, now)),
    Step("500", lambda order, now: after_refusal(order, "unable", 500, now)),
    Step("clock set", lambda order, _: shifted(shifted(order, 7200), -7200)),
    Step("balance as before", lambda order, now: _balance(order, now, 1000, others=False)),
    Step("balance risen", lambda order, now: _balance(order, now, 1000 + PRICE, others=False), risen=True),
    Step("balance moved", lambda order, now: _balance(order, now, 1000 + PRICE, others=True)),
]
lives = st.lists(
    st.tuples(
        st.sampled_from([0.0, 2.0, 15.0, 61.0, 121.0, 1261.0, 4000.0, DAY]),
        st.one_of(replies.map(_replied), st.sampled_from(WISHES)),
    ),
    max_size=10,
)


def of_kind(kind: Kind, *, prepaid: bool, found: bool) -> Order:
    message: dict[str, Any] = {"recipient": "a@b.example", "message": "Hello"} if kind in SENDING else {}
    if kind is Kind.FUND:
        return an_order(1, kind=kind, balance=1000)
    if prepaid:
        return a_held(1, kind=kind, prepaid=True, payreq="", expires_at=None, **message)
    return an_order(1, None, kind=kind, found=found, **message)


def every_word(order: Order, now: float, before: Order | None = None) -> list[str]:
    """All that stands anywhere about an order, or is told of its change, but for what may be empty."""
    view = order_view(order, inspect_order(order, payees=frozenset(), now=now, most=None), "+49", now)
    some = [view.title, view.lead, view.money, *view.notes, *view.earlier, *(step.name for step in view.steps)]
    some += [state_cell(order), title_words("s4s", (order,), order)]
    if before is not None and (news := news_of(before, order)) is not None:
        some.append(news.notice)
    return [*some, *filter(None, (view.times, view.big, *row_cells(order, now), row_hint(order, now)))]


def hear(told: Told, order: Order, step: Step) -> None:
    """Take in what the server said by this step."""
    told.accepted |= step.name == "cancel accepted" and order.cancel is Cancel.SENT
    told.risen |= step.risen
    if step.reply is None:
        return
    reply = step.reply
    known = reply.error is None or not not_known(reply.error)
    told.error_at_all |= reply.error is not None and known
    # A word of a payment counts beside "not found", too.
    told.paid |= reply.paid or reply.number is not None or reply.code is not None
    told.paid |= reply.sms_status in ("sent", "delivered")
    told.codes |= set(filter(None, [reply.code]))
    if known:
        told.message |= set(filter(None, [reply.sms_status]))


def check_end(old: Order, new: Order, step: Step) -> None:
    """An ended order stays ended, and as it ended, unless the table in `domain/life.py` says otherwise."""
    if not old.ended or new.status is old.status:
        return
    assert step.reply is not None or (step.risen and old.kind is Kind.FUND), f"{step} moved {old.status}"
    paid_after_all = old.paid_at is None and new.paid_at is not None
    known_again = old.gone and not new.gone and old.paid_at is None
    better = new.status in (Status.CODE, Status.SENT, Status.DELIVERED)
    assert paid_after_all or known_again or better, f"{step} made {new.status} of {old.status}"
    assert old.status is not Status.CODE
    assert old.status is not Status.DELIVERED


def check_words(order: Order, before: Order, told: Told, now: float) -> None:
    """What is said of money, and whether every sentence is one."""
    words = every_word(order, now, before)
    for text in words:
        assert not not_a_sentence(text), text
    money = words[2]
    was_paid = told.paid or told.risen or order.prepaid
    if "Held" in money:
        assert was_paid
    if "settled" in money:
        by_patience = order.kind is Kind.FUND and order.paid_at is not None
        assert told.codes or told.message & {"sent", "delivered"} or told.risen or by_patience, money
    if ("went back" in money and "whether" not in money.casefold()) or "Released" in money:
        assert told.error_at_all or "failed" in told.message, money
        assert was_paid
    if "should come back" in money:
        assert told.accepted
    if told.paid:
        for unpaid in UNPAID:
            assert unpaid not in money, money


def check_facts(order: Order, told: Told, now: float) -> None:
    """A code once seen is never lost, and is on the screen."""
    kept = {order.code, *(received.code for received in order.earlier)} - {None}
    if order.kind is not Kind.FUND:
        assert told.codes <= kept
    assert kept <= told.codes
    assert (order.status in ENDED) or order.ended_at is None
    if order.code is not None and order.kind not in SENDING:
        assert any(order.code in text for text in every_word(order, now))


@settings(deadline=None, max_examples=examples(250))
@given(st.sampled_from(list(Kind)), st.sampled_from(["invoice", "prepaid", "found"]), lives)
@counted("lives of orders")
def test_whatever_happens_to_an_order_what_is_said_of_it_is_what_the_server_said(
    kind: Kind, way: str, life: list[tuple[float, Step]]
) -> None:
    order, now, told = of_kind(kind, prepaid=way == "prepaid", found=way == "found"), START, Told()
    for seconds, step in life:
        now += seconds
        hear(told, order, step)
        new = step.change(order, now)
        check_end(order, new, step)
        for line in happenings(order, new, Source.SERVER, now):
            assert line.what
        check_facts(new, told, now)
        check_words(new, order, told, now)
        order = new
