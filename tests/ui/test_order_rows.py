"""The rows of the list of orders: their arrangement, the filters, the times left. No program is run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.history import Intent
from s4s_tui.domain.order import Cancel, Kind, Order, Received, Status
from s4s_tui.domain.state import AppState
from s4s_tui.ui.order_rows import (
    Row,
    Show,
    arrange_orders,
    belongs,
    choose,
    clock_at,
    counts,
    left_cell,
    row_cells,
    row_hint,
    row_key,
    why_kept,
)
from tests.services.fakes import DRAFT, START, an_order, held

MINUTE, DAY = 60, 86400
NUMBER = {"status": Status.NUMBER, "number": "4915112345678"}
CODE = {"status": Status.CODE, "code": "048010", "ended_at": START}
INTENT = Intent(intent_id="i", draft=DRAFT, created_at=START)


def with_number(order_id: str = "a", **changes: object) -> Order:
    return held(order_id, **{**NUMBER, **changes})


def with_code(order_id: str = "a", **changes: object) -> Order:
    return with_number(order_id, **{**CODE, **changes})


orders = st.builds(
    an_order,
    order_id=st.text("abcdef0123", min_size=1, max_size=8),
    status=st.sampled_from(Status),
    cancel=st.sampled_from(Cancel),
    paid_at=st.none() | st.floats(START - 3000, START + 3000),
    created_at=st.floats(START - 3000, START + 3000),
    expires_at=st.none() | st.floats(START - 3000, START + 2 * DAY),
    number=st.none() | st.just("4915112345678"),
    code=st.none() | st.just("048010"),
    kind=st.sampled_from(Kind),
    gone=st.booleans(),
    service_name=st.sampled_from(["Telegram", "Café 24", "vk.com", "[/] <x>"]),
)
rows = st.lists(orders, max_size=12)
queries = st.text("acdeTé048+4915 .[/]w", max_size=6)
moments = st.floats(START - 4000, START + 3 * DAY)


def test_what_runs_out_next_comes_first_and_what_has_run_out_before_all() -> None:
    found = arrange_orders(
        AppState(
            orders=(
                an_order("waits a day"),
                an_order("found without an invoice", payreq="", expires_at=None),
                with_code("has its code"),
                held("paid just now"),
                with_number("paid long ago", paid_at=START - 900),
                an_order("given up", cancel=Cancel.GIVEN_UP),
                held("money is late", paid_at=START - 2000, status=Status.UNKNOWN),
                an_order("waits an hour", expires_at=START + 3600),
            ),
            intents=(INTENT,),
        )
    )
    assert [row.order_id if isinstance(row, Order) else "unknown outcome" for row in found] == [
        "money is late",
        "paid long ago",
        "paid just now",
        "waits an hour",
        "waits a day",
        "found without an invoice",
        "unknown outcome",
        "has its code",
        "given up",
    ]


@given(rows)
def test_arranging_loses_no_row_and_puts_every_open_one_first(some: list[Order]) -> None:
    found = arrange_orders(AppState(orders=tuple(some), intents=(INTENT,)))
    assert sorted(map(repr, found)) == sorted(map(repr, (*some, INTENT)))
    places = [0 if isinstance(row, Order) and row.open else 1 if isinstance(row, Intent) else 2 for row in found]
    assert places == sorted(places)


@given(rows)
def test_every_row_belongs_to_some_state_and_is_counted_there(some: list[Order]) -> None:
    every: list[Row] = [*some, INTENT]
    found = counts(every)
    assert found[Show.ALL] == len(every)
    assert all(any(belongs(row, show) for show in Show if show is not Show.ALL) for row in every)
    for show in Show:
        assert found[show] == len(choose(every, show, ""))


@given(rows, st.sampled_from(Show), queries)
def test_a_filter_only_leaves_out_and_a_longer_query_leaves_out_more(some: list[Order], show: Show, query: str) -> None:
    found = choose(some, show, query)
    assert [row for row in some if row in found] == list(found)
    assert set(choose(some, show, f"{query} e")) <= set(found) or len(query.strip()) >= 4  # may begin an id


@pytest.mark.parametrize(
    "query",
    [
        "teleg",
        "TELE germ",
        "tg",
        "151 123",
        "+49151",
        "waiting sms",
        "048010",
        "777",
        "c0ffee",
        "C0FFEE1",
        "  ",
        "",
    ],
)
def test_service_country_number_codes_state_and_the_beginning_of_the_id_are_searched(query: str) -> None:
    order = with_number("c0ffee123", earlier=(Received("777111", START),), code="048010")
    assert choose((order,), Show.ALL, query) == (order,)


@pytest.mark.parametrize("query", ["whats", "kenya", "teleg kenya", "c0f", "ffee12", "999", "received"])
def test_what_stands_nowhere_is_not_found(query: str) -> None:
    assert choose((with_number("c0ffee123"),), Show.ALL, query) == ()


def test_an_unknown_outcome_is_found_by_its_words_and_what_was_ordered() -> None:
    for query in ("outcome", "teleg", "germany", "tg"):
        assert choose((INTENT,), Show.UNKNOWN, query) == (INTENT,)
    assert choose((INTENT,), Show.UNKNOWN, "kenya") == ()


@pytest.mark.parametrize(
    ("order", "cell"),
    [
        (an_order(), "1 d"),
        (an_order(expires_at=START + 61), "1 min"),
        (an_order(expires_at=START + 59), "<1 min"),
        (an_order(expires_at=START), ""),
        (an_order(expires_at=START + 600, skew=300.0), "5 min"),
        (an_order(expires_at=None), ""),
        (an_order(gone=True), ""),
        (an_order(cancel=Cancel.GIVEN_UP), ""),
        (held(), "21 min"),
        (with_number(), "20 min"),
        (with_number(cancel=Cancel.ACCEPTED), "21 min"),
        (with_number(paid_at=START - 20 * MINUTE), "1 min"),
        (with_number(paid_at=START - 21 * MINUTE), ""),
        (with_number(kind=Kind.RENT), ""),
        (held(status=Status.UNKNOWN), ""),
        (with_code(), ""),
        (held(status=Status.RETURNED, ended_at=START), ""),
    ],
)
def test_a_clock_runs_only_where_something_is_waited_for(order: Order, cell: str) -> None:
    assert left_cell(order, START) == cell


@given(orders, moments)
def test_a_time_left_is_never_more_than_there_is_and_nothing_that_ended_has_one(order: Order, now: float) -> None:
    at, cell = clock_at(order, now), left_cell(order, now)
    assert (at is None) == (cell == "")
    if at is not None:
        assert at > now
        assert not order.ended
        units = {"min": MINUTE, "h": 60 * MINUTE, "d": DAY}
        amount, unit = cell.removeprefix("<").split()
        assert ("<" in cell) == (at - now < MINUTE)
        assert "<" in cell or int(amount) * units[unit] <= at - now


@given(orders, moments, st.floats(0, MINUTE))
def test_no_time_changes_more_than_once_in_a_minute(order: Order, now: float, later: float) -> None:
    times = {row_cells(order, now + later * part)[-1] for part in (0, 0.25, 0.5, 0.75, 0.99)}
    assert len(times) <= 2


def test_the_most_useful_is_the_code_before_the_number() -> None:
    assert row_cells(with_code(), START)[4] == "048010"
    assert row_cells(with_number(), START)[4] == "+4915112345678"
    assert row_cells(held(), START)[4] == ""
    assert row_cells(with_code(code="line\nbreak"), START)[4] == "line break"
    assert row_cells(INTENT, START + 240)[-1] == "4 min"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (INTENT, "The server's answer to this order was lost."),
        (an_order(expires_at=START + 600), "Its invoice can be paid until 22:23."),
        (an_order(expires_at=START - 1), "Its invoice has run out. Do not pay it any more."),
        (with_number(), "It works until 22:33. Without a code the money should be back by 22:34."),
        (held(), "Without a code the money should be back by 22:34."),
        (held(status=Status.UNKNOWN), "Whether the money went back is not known."),
        (held(status=Status.RETURNED, ended_at=START, reason="No stock"), "The server said: No stock"),
        (
            held(status=Status.CANCELLED, ended_at=START, reason="The server answered 404 Not Found."),
            "The server answered 404 Not Found.",
        ),
    ],
)
def test_the_row_with_the_mark_is_explained_in_times_of_day(row: Row, words: str) -> None:
    assert row_hint(row, START).startswith(words)


@pytest.mark.parametrize("row", [with_code(), an_order(cancel=Cancel.GIVEN_UP), held(kind=Kind.RENT)])
def test_where_the_cells_say_all_nothing_is_added(row: Row) -> None:
    assert row_hint(row, START) == ""


@given(orders)
def test_only_what_has_ended_can_be_removed_and_everything_else_says_why_not(order: Order) -> None:
    assert (why_kept(order) == "") == (order.ended or order.forgotten)


def test_a_row_is_the_same_whatever_becomes_of_it() -> None:
    assert row_key(held("x")) == row_key(with_code("x")) != row_key(held("y"))
    assert row_key(INTENT) == row_key(replace(INTENT, detail="other")) != row_key(held("i"))
    assert row_key(None) is None
