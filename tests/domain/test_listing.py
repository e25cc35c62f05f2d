"""The list of services of a country: what each event changes, and what it leaves as it is."""

import pytest

from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.listing import (
    ListEvent,
    PriceLoaded,
    ServiceList,
    ServicesFailed,
    ServicesKept,
    ServicesLoaded,
    ServicesRequested,
)
from s4s_tui.domain.reduce import reduce
from s4s_tui.domain.state import AppState

NOW = 1_700_000_000.0
ROWS = (Service("tg", "Telegram", 3),)
OLD_ROWS = (Service("tg", "Telegram", 7), Service("wa", "Whatsapp", 1))
KEPT = ServicesKept(0, OLD_ROWS, 2500, NOW - 86400)


def after(*events: ListEvent, state: AppState | None = None) -> AppState:
    state = AppState() if state is None else state
    for event in events:
        state = reduce(state, event)
    return state


def test_a_list_is_loading_then_there() -> None:
    state = after(ServicesRequested(0))
    assert state.services[0] == ServiceList(loading=True)
    state = reduce(state, ServicesLoaded(0, ROWS, NOW))
    assert state.services[0] == ServiceList(rows=ROWS, loaded_at=NOW)


def test_a_failed_load_keeps_the_rows_and_says_why() -> None:
    state = after(ServicesLoaded(0, ROWS, NOW), ServicesRequested(0), ServicesFailed(0, "late"))
    assert state.services[0] == ServiceList(rows=ROWS, loaded_at=NOW, error="late")


@pytest.mark.parametrize(("sats", "shown", "old"), [(2500, 2500, False), (None, 3000, True)])
def test_a_price_that_fails_leaves_the_old_one_and_it_is_known_to_be_old(
    sats: int | None, shown: int, old: bool
) -> None:
    state = after(PriceLoaded(0, 3000), ServicesRequested(0))
    assert (state.services[0].price, state.services[0].price_known, state.services[0].price_old) == (3000, False, True)
    listed = reduce(state, PriceLoaded(0, sats)).services[0]
    assert (listed.price, listed.price_known, listed.price_old) == (shown, True, old)


def test_countries_do_not_touch_each_other() -> None:
    state = after(ServicesLoaded(0, ROWS, NOW))
    both = reduce(state, ServicesRequested(1))
    assert both.services[0] is state.services[0]
    assert set(both.services) == {0, 1}


class TestKept:
    def test_a_kept_list_is_there_with_its_age_and_price_while_the_fresh_one_is_under_way(self) -> None:
        listed = after(ServicesRequested(0), KEPT).services[0]
        assert (listed.rows, listed.loaded_at, listed.kept, listed.loading) == (OLD_ROWS, KEPT.at, True, True)
        assert (listed.price, listed.price_old, listed.price_known) == (2500, True, False)

    def test_the_fresh_list_and_price_take_its_place(self) -> None:
        listed = after(ServicesRequested(0), KEPT, ServicesLoaded(0, ROWS, NOW), PriceLoaded(0, 3000)).services[0]
        assert listed == ServiceList(rows=ROWS, loaded_at=NOW, price=3000, price_known=True)

    def test_where_nothing_comes_it_stays_with_the_error(self) -> None:
        listed = after(ServicesRequested(0), KEPT, ServicesFailed(0, "late"), PriceLoaded(0, None)).services[0]
        assert (listed.rows, listed.kept, listed.loading, listed.error) == (OLD_ROWS, True, False, "late")
        assert (listed.price, listed.price_old, listed.price_known) == (2500, True, True)

    @pytest.mark.parametrize("rows", [ROWS, ()], ids=["some", "none"])
    def test_one_that_comes_after_the_fresh_list_changes_nothing(self, rows: tuple[Service, ...]) -> None:
        state = after(ServicesRequested(0), ServicesLoaded(0, rows, NOW))
        assert reduce(state, KEPT).services[0] is state.services[0]

    def test_one_that_comes_after_the_fresh_price_leaves_the_price(self) -> None:
        listed = after(ServicesRequested(0), PriceLoaded(0, 3000), KEPT).services[0]
        assert (listed.rows, listed.price, listed.price_old) == (OLD_ROWS, 3000, False)

    def test_one_that_comes_after_both_failed_is_shown_with_the_error(self) -> None:
        listed = after(ServicesRequested(0), ServicesFailed(0, "late"), PriceLoaded(0, None), KEPT).services[0]
        assert (listed.rows, listed.kept, listed.error, listed.loading) == (OLD_ROWS, True, "late", False)
        assert (listed.price, listed.price_old, listed.price_known) == (2500, True, True)

    def test_one_without_a_price_adds_none(self) -> None:
        listed = after(ServicesRequested(0), ServicesKept(0, OLD_ROWS, None, NOW)).services[0]
        assert (listed.price, listed.price_old) == (None, False)
