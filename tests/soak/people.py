"""Two hundred people: what each orders, and what they do then. Each sees it through, whatever the server does."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from s4s_tui.domain.errors import ApiError, OutcomeUnknown
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.sandbox.buyer import PaymentRefused
from tests.matrix.states import CODE_DRAFT, FUNDING, NONE_DRAFT, PREPAID, RENTAL, message
from tests.soak.day import HOUR, Day

AGAIN: Final = 20.0
"""Seconds after which a person tries again what did not go well."""


@dataclass(frozen=True)
class Person:
    """Somebody who comes at a time of the day (seconds from its beginning), orders, and sees it through."""

    at: float
    draft: Draft
    then: "Then"
    silent: bool = False  # no code will come for this order
    pays_after: float = 30.0

    async def lives(self, day: Day) -> None:
        await day.clock.sleep(self.at)
        order = await _orders(day, self.draft)
        if self.silent:
            day.ground.never_delivers(order.order_id)
        await day.clock.sleep(self.pays_after)
        await self.then(day, order)


Then = Callable[[Day, Order], Awaitable[None]]


async def _orders(day: Day, draft: Draft) -> Order:
    """An order, in the end: who is told that it failed, or that nobody knows, decides to order again."""
    while True:
        try:
            order = await day.program.orders.create(draft, beyond=True)
        except OutcomeUnknown:
            day.asked_for["unknown"] += 1
        except ApiError:
            day.asked_for["refused"] += 1
        else:
            if order is not None:
                day.asked_for["made"] += 1
                made: Order = order
                return made
        await day.clock.sleep(AGAIN)


async def nothing(_day: Day, _order: Order) -> None:
    """What was ordered comes by itself, or the invoice runs out."""


async def pays(day: Day, order: Order) -> None:
    """Pay with a wallet; who has a bad invoice gives it up instead."""
    try:
        day.program.sandbox.pay(order.payreq)
    except PaymentRefused:
        await gives_up(day, order)


async def gives_up(day: Day, order: Order) -> None:
    await day.program.orders.give_up(order.order_id)


async def pays_and_cancels(day: Day, order: Order) -> None:
    """Cancel as soon as the program says that it is paid, however often that takes."""
    await pays(day, order)
    await _cancels(day, order.order_id)


async def cancels_late(day: Day, order: Order) -> None:
    await pays(day, order)
    await day.clock.sleep(130)
    await _cancels(day, order.order_id)


async def _cancels(day: Day, order_id: str) -> None:
    while True:
        order = day.program.order(order_id)
        if order.ended or order.cancel is not Cancel.NO:
            return
        if order.status is not Status.WAITING:
            await day.program.orders.cancel(order_id)
        await day.clock.sleep(AGAIN)


def people(rng: random.Random, until_hour: float) -> Iterator[Person]:
    """200 people, who come one after the other until this hour."""
    crowd = [
        *_some(rng, 87, CODE_DRAFT, pays),
        *_some(rng, 5, CODE_DRAFT, pays, silent=True),
        *_some(rng, 20, NONE_DRAFT, pays),
        *_some(rng, 15, CODE_DRAFT, pays_and_cancels, silent=True),
        *_some(rng, 15, CODE_DRAFT, cancels_late, silent=True),
        *_some(rng, 18, CODE_DRAFT, gives_up),
        *_some(rng, 10, PREPAID, nothing),
        *_some(rng, 2, RENTAL, pays),
        *_some(rng, 14, message(), pays),
        *_some(rng, 4, message(recipient="+4915112340000"), pays),
        *_some(rng, 4, message(Kind.EMAIL, "a@b.example"), pays),
        *_some(rng, 4, FUNDING, pays),
    ]
    early = _some(rng, 2, CODE_DRAFT, nothing)  # their invoices run out within the day
    rng.shuffle(crowd)
    for number, person in enumerate(crowd):
        yield replace(person, at=until_hour * HOUR * (number + rng.random()) / len(crowd))
    for person in early:
        yield replace(person, at=rng.uniform(0, 0.3 * HOUR))


def _some(rng: random.Random, count: int, draft: Draft, then: Then, *, silent: bool = False) -> list[Person]:
    """So many who want the same; some pay only hours later."""
    late = (rng.random() < 0.02 for _ in range(count))
    return [
        Person(0, draft, then, silent, pays_after=rng.uniform(1, 3) * HOUR if is_late else rng.uniform(3, 60))
        for is_late in late
    ]


async def all_live(day: Day, crowd: list[Person]) -> None:
    """Until the last one has done what they do."""
    async with asyncio.TaskGroup() as lives:
        for person in crowd:
            lives.create_task(person.lives(day))


async def stop(task: "asyncio.Task[None]") -> None:
    """End what goes on for ever; what it met is raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
