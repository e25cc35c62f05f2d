"""The pace of requests, and how often an order is asked about."""

import asyncio
import random
from dataclasses import replace

import pytest

from s4s_tui.domain.errors import Unreachable
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.services import rhythm
from s4s_tui.services.pace import Pace
from tests.services.fakes import START, HandClock, an_order, held

MINUTE = 60.0
UNKNOWN = held(status=Status.UNKNOWN)
RENTAL = held(kind=Kind.RENT, status=Status.CODE, code="1", code_at=START)


async def test_slots_are_half_a_second_apart_and_who_asks_first_goes_first() -> None:
    clock = HandClock()
    pace = Pace(clock)
    went: list[tuple[int, float]] = []

    async def go(name: int) -> None:
        await pace.slot()
        went.append((name, clock.monotonic() - 1000))

    async with asyncio.TaskGroup() as group:
        for name in range(4):
            group.create_task(go(name))
        await clock.step(10)
    assert went == [(0, 0), (1, 0.5), (2, 1), (3, 1.5)]


async def test_a_persons_request_goes_at_once_and_pushes_the_next_slot_back() -> None:
    clock = HandClock()
    pace = Pace(clock)
    pace.note()
    pace.note()
    assert pace.delay() == 1
    await clock.step(10)
    assert pace.delay() == 0


async def test_a_pause_holds_slots_that_were_given_already() -> None:
    clock = HandClock()
    pace = Pace(clock)
    pace.note()
    waiting = asyncio.create_task(pace.slot())
    await clock.settle()
    pace.heed(Unreachable("Down.", retry_after=30))
    pace.heed(Unreachable("Down.", retry_after=5))
    pace.heed(Unreachable("Down."))
    await clock.step(29.9)
    assert not waiting.done()
    await clock.step(0.1)
    assert waiting.done()


@pytest.mark.parametrize(
    ("order", "age", "seconds"),
    [
        (an_order(), 0, 2),
        (an_order(), -3600, 2),  # a clock set back
        (an_order(), 10 * MINUTE - 1, 2),
        (an_order(), 10 * MINUTE, 10),
        (an_order(), 60 * MINUTE - 1, 10),
        (an_order(), 60 * MINUTE, 60),
        (an_order(cancel=Cancel.ACCEPTED), 130, 2),
        (an_order(cancel=Cancel.GIVEN_UP), 0, 15),
        (an_order(cancel=Cancel.GIVEN_UP), 115, 5),
        (an_order(cancel=Cancel.GIVEN_UP), 120, 15),
        (an_order(cancel=Cancel.SENT), 3600, 15),
        (held(), 0, 2),
        (held(cancel=Cancel.SENT), 19 * MINUTE, 2),
        (held(status=Status.NUMBER), 19 * MINUTE, 3),
        (RENTAL, 60 * MINUTE, 15),
        (replace(RENTAL, gone=True), 60 * MINUTE, 60),
        (replace(RENTAL, gone=True), 7 * 60 * MINUTE, 300),
        (UNKNOWN, 21 * MINUTE, 10),
        (UNKNOWN, 31 * MINUTE - 1, 10),
        (UNKNOWN, 31 * MINUTE, 60),
    ],
)
def test_the_interval_follows_what_is_expected(order: Order, age: float, seconds: float) -> None:
    assert rhythm.interval(order, START + age) == seconds


@pytest.mark.parametrize(
    ("order", "age", "steps"),
    [
        (held(), 0, [2, 3, 5, 5, 5, 5, 5, 5]),
        (UNKNOWN, 86400, [2, 3, 5, 5, 5, 5, 5, 5]),
        (an_order(), 599, [2, 3, 5, 5, 5, 5, 5, 5]),
        (an_order(), 600, [2, 3, 5, 10, 20, 40, 60, 60]),
    ],
)
def test_back_off_is_short_while_money_may_be_held_and_never_over_a_minute(
    order: Order, age: float, steps: list[float]
) -> None:
    rng = random.Random(1)
    for failures, step in enumerate(steps, start=1):
        waits = [rhythm.back_off(order, failures, START + age, rng) for _ in range(200)]
        assert step * 0.8 <= min(waits) < step * 0.85
        assert min(step * 1.15, 59) < max(waits) <= min(step * 1.2, 60)


def test_money_held_goes_first_but_nobody_waits_for_ever() -> None:
    now = START + 300
    assert rhythm.rank(held(), 100, now) < rhythm.rank(an_order(), 95, now)
    assert rhythm.rank(an_order(), 85, now) < rhythm.rank(held(), 100, now)


@pytest.mark.parametrize(
    ("order", "age", "near"),
    [
        (held(), 19 * 60 + 1, True),  # the number is about to be dead
        (held(), 20 * 60 + 1, True),  # the money should be back soon
        (held(), 10 * 60, False),
        (held(), 90, False),  # a cancellation opens, but nobody wants it
        (held(cancel=Cancel.ARMED), 90, True),
        (an_order(cancel=Cancel.GIVEN_UP), 90, True),
        (an_order(), 90, False),
        (held(status=Status.CODE), 90, False),
    ],
)
def test_a_deadline_that_is_near_goes_before_everything(order: Order, age: float, near: bool) -> None:
    now = START + age
    assert rhythm.deadline_near(order, now) is near
    assert (rhythm.rank(order, 100, now) < rhythm.rank(held(), 95, START + 300)) is near
