"""The state of the program: what each event changes, and what it leaves as it is."""

from dataclasses import replace

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.events import (
    CountriesLoaded,
    Event,
    IntentsChanged,
    JournalLoaded,
    JournalTroubled,
    LinkReported,
    OrderChanged,
    OrderRequested,
    OrderRequestEnded,
    PayeeAccepted,
)
from s4s_tui.domain.history import Draft, Intent
from s4s_tui.domain.order import Cancel
from s4s_tui.domain.reduce import reduce
from s4s_tui.domain.state import AppState, Link
from tests.domain.test_order import CODE, HELD, NOW, ORDER

DRAFT = Draft(country=0, country_name="Russia", service="tg", service_name="Telegram", quoted=None)
INTENT = Intent(intent_id="i", draft=DRAFT, created_at=NOW)


def after(*events: Event, state: AppState | None = None) -> AppState:
    state = AppState() if state is None else state
    for event in events:
        state = reduce(state, event)
    return state


def test_the_journal_fills_the_state() -> None:
    state = after(JournalLoaded((ORDER,), (INTENT,), frozenset({"02"}), first_start=True))
    assert (state.orders, state.intents, state.payees) == ((ORDER,), (INTENT,), frozenset({"02"}))
    assert (state.journal_loaded, state.first_start) == (True, True)


def test_trouble_with_the_journal_comes_and_goes() -> None:
    troubled = after(JournalTroubled("full"))
    assert troubled.journal_trouble == "full"
    assert reduce(troubled, JournalTroubled("full")) is troubled
    assert reduce(troubled, JournalTroubled("")).journal_trouble == ""


def test_a_new_order_comes_first_and_a_changed_one_keeps_its_place() -> None:
    second = replace(ORDER, order_id="b")
    state = after(OrderChanged(ORDER), OrderChanged(second))
    assert state.orders == (second, ORDER)
    changed = reduce(state, OrderChanged(HELD))
    assert changed.orders == (second, HELD)
    assert changed.orders[0] is second, "what did not change keeps its identity"
    assert (changed.order("a"), changed.order("none")) == (HELD, None)


def test_open_orders_are_those_that_a_person_waits_for() -> None:
    given_up = replace(ORDER, order_id="b", cancel=Cancel.GIVEN_UP)
    ended = replace(CODE, order_id="c")
    assert AppState(orders=(ended, given_up, ORDER)).open_orders == (ORDER,)


def test_recent_countries_are_each_named_once_and_russia_is_one() -> None:
    orders = tuple(replace(ORDER, country=country) for country in (7, 0, 7, 0, 1, 2, 3, 4))
    assert AppState(orders=orders).recent_countries() == (7, 0, 1, 2, 3)
    assert AppState(orders=orders).recent_countries(limit=1) == (7,)


def test_countries_come_with_why_they_are_not_the_servers() -> None:
    state = after(CountriesLoaded((Country(0, "Russia"),), "built-in"))
    assert (state.countries, state.countries_error) == ((Country(0, "Russia"),), "built-in")


def test_an_order_is_being_made_until_its_request_has_ended() -> None:
    state = after(OrderRequested(DRAFT))
    assert state.buying == DRAFT
    failed = reduce(state, OrderRequestEnded("out of stock"))
    assert (failed.buying, failed.order_error) == (None, "out of stock")
    assert reduce(failed, OrderRequested(DRAFT)).order_error == ""
    assert reduce(state, OrderRequestEnded()).order_error == ""


def test_unknown_intents_and_accepted_payees_are_added() -> None:
    state = after(IntentsChanged((INTENT,)), PayeeAccepted("02"), PayeeAccepted("03"))
    assert (state.intents, state.payees) == ((INTENT,), frozenset({"02", "03"}))


def test_the_link_counts_failures_in_a_row() -> None:
    down = LinkReported(ok=False, sentence="No connection.")
    state = after(down, down)
    assert state.link == Link(ok=False, failures=2, sentence="No connection.")
    up = reduce(state, LinkReported(ok=True))
    assert up.link == Link(ok=True)
    assert reduce(up, LinkReported(ok=True)) is up
