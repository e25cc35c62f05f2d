"""That the server did not take a cancellation is known until it is wanted again, however often the server answers."""

from s4s_tui.domain.events import OrderChanged
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import Cancel, Order, OrderReply
from s4s_tui.domain.reduce import reduce
from s4s_tui.domain.state import AppState
from s4s_tui.domain.wishes import cancel_refused, cancel_sent, give_up
from tests.services.fakes import START, an_order, held


def after(state: AppState, *versions: Order) -> AppState:
    for order in versions:
        state = reduce(state, OrderChanged(order))
    return state


def test_a_refusal_outlives_the_next_good_answers() -> None:
    sent = cancel_sent(held())
    back = cancel_refused(sent, "unable to save data")
    goes_on = advance(back, OrderReply(paid=True), START + 2)
    assert goes_on.note is None
    state = after(AppState(), held(), sent, back, goes_on)
    assert state.refusals == {"a": "unable to save data"}


def test_it_is_gone_when_the_cancellation_is_sent_again_or_the_order_has_ended() -> None:
    sent = cancel_sent(held())
    refused = after(AppState(), held(), sent, cancel_refused(sent, "no"))
    assert after(refused, sent).refusals == {}
    assert after(refused, advance(held(), OrderReply(paid=True, code="1"), START)).refusals == {}
    other = after(refused, held("b"), held("b", note="busy"))
    assert other.refusals == {"a": "no"}, "what is refused of another order is no refusal of this one"


def test_an_unpaid_order_that_stays_given_up_keeps_it_until_it_is_sent_again() -> None:
    given_up = give_up(an_order())
    sent = cancel_sent(given_up)
    back = cancel_refused(sent, "too early")
    assert back.cancel is Cancel.GIVEN_UP
    state = after(AppState(), given_up, sent, back)
    assert state.refusals == {"a": "too early"}
    assert after(state, sent).refusals == {}


def test_a_refused_status_is_no_refused_cancellation() -> None:
    assert after(AppState(), held(), held(note="busy")).refusals == {}
