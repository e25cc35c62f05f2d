"""300 orders in all states on a clock that jumps: polite, in time, fair, and of the same size in the end.

The whole day is `python -m tests.bench.day_of_many_orders`.
"""

from s4s_tui.services.pace import GAP
from s4s_tui.services.rhythm import FIRST, NEAR
from tests.services.crew import HOUR
from tests.services.fleet import on_jumping_clock, voyage

HOURS = 0.5
LOOKS = 6


def test_300_orders_are_followed_politely_in_time_fairly_and_in_the_same_memory() -> None:
    seen = on_jumping_clock(lambda: voyage(300, HOURS, every=HOURS * HOUR / LOOKS))

    assert seen.shortest_gap >= GAP - 1e-6, "never more often than twice a second"
    assert len(seen.requests) > HOURS * HOUR, "the server was busy all the time"

    assert seen.longest["near a deadline"] < NEAR / 2, "the deadline is not over when it is asked about"
    assert seen.longest["near a deadline"] < min(seen.longest["held"], seen.longest["other"]) / 5, (
        "near ones come first"
    )
    assert max(seen.longest.values()) < FIRST + 30, "none starves"
    assert {order.order_id for order in seen.orders if not order.ended} <= seen.asked.keys()

    assert len(seen.memory) == LOOKS
    after_warm_up, end = seen.memory[1], seen.memory[-1]
    assert end < after_warm_up * 1.005, f"the program grows: {seen.memory} blocks"
