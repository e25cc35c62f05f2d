"""300 orders in all states on a clock that jumps: polite, in time, fair, and of the same size in the end.

The whole day is `python -m tests.bench.day_of_many_orders`.
"""

import pytest

from s4s_tui.services.pace import GAP
from s4s_tui.services.rhythm import FIRST, NEAR
from tests.services.fleet import HOUR, Voyage, on_jumping_clock, voyage

HOURS = 0.6
LOOKS = 6


@pytest.fixture(scope="module")
def seen() -> Voyage:
    return on_jumping_clock(lambda: voyage(300, HOURS, every=HOURS * HOUR / LOOKS))


def test_300_orders_are_never_asked_about_more_often_than_twice_a_second(seen: Voyage) -> None:
    assert seen.shortest_gap >= GAP - 1e-6
    assert len(seen.requests) > HOURS * HOUR, "the server was busy all the time"


def test_orders_near_a_deadline_come_first(seen: Voyage) -> None:
    assert seen.longest["near a deadline"] < NEAR / 2, "the deadline is not over when it is asked about"
    assert seen.longest["near a deadline"] < min(seen.longest["held"], seen.longest["other"]) / 5


def test_none_starves(seen: Voyage) -> None:
    assert max(seen.longest.values()) < FIRST + 30
    followed = {order.order_id for order in seen.orders if not order.ended}
    assert followed <= seen.asked.keys()


def test_what_the_program_holds_in_memory_does_not_grow(seen: Voyage) -> None:
    assert len(seen.memory) == LOOKS
    after_warm_up, end = seen.memory[1], seen.memory[-1]
    assert end < after_warm_up * 1.005, seen.memory
