"""The cells of the matrix: every deed under every fault in every state of an order; choosing some; running one."""

import asyncio
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from s4s_tui.domain.errors import OutcomeUnknown
from s4s_tui.domain.order import Kind, Order, Status
from s4s_tui.sandbox.faults import Fault, FaultKind
from s4s_tui.sandbox.funding import FundOrder
from s4s_tui.sandbox.orders import OPEN, SandboxOrder
from s4s_tui.sandbox.rental import RentalOrder
from tests.matrix import faults, judge
from tests.matrix.deeds import ACTS, Result
from tests.matrix.faults import faults_of
from tests.matrix.ground import NO_HANG, Ground, Program, Switch, program
from tests.matrix.states import STATES, Stations

MORE_PATIENCE = 20
"""How many times as patient the client is where the first try did not reach the server."""


@dataclass(frozen=True)
class Cell:
    """One case."""

    act: str
    fault: str
    state: str

    def __str__(self) -> str:
        return f"[{self.act} | {self.fault} | {self.state}]"


def chosen(act: str, states: Sequence[str], most: int | None) -> Sequence[Cell]:
    """Of each fault at most so many states, drawn with the seed S4S_MATRIX_SEED; all of them where `most` is None."""
    rng = random.Random(f"{os.environ.get('S4S_MATRIX_SEED', '1')} {act}")
    some = len(states) if most is None else min(most, len(states))
    return [Cell(act, fault, state) for fault in faults_of(ACTS[act].endpoint) for state in rng.sample(states, some)]


class Matrix:
    """Runs cells on one ground."""

    def __init__(self, ground: Ground, stations: Stations, api: Switch, folder: Path, elsewhere: int) -> None:
        """Args: `elsewhere` is the port on this machine that a redirect leads to."""
        self._ground, self._stations, self._api = ground, stations, api
        self._path = folder / "cell.db"
        self._elsewhere = elsewhere

    async def states(self, act: str) -> list[str]:
        """The states in which the deed makes sense."""
        fits = ACTS[act].of
        if fits is None:
            return list(STATES)
        orders = {state: (await self._stations.at(state, self._api)).order for state in STATES}
        return [state for state, order in orders.items() if order is not None and fits(order)]

    async def run(self, cell: Cell) -> tuple[bool, list[str]]:
        """Whether the fault met a request, and what is wrong."""
        hit, found = await self._run(cell, 1)
        # On a busy machine there may not even be a connection in so short a time.
        return (hit, found) if hit or found else await self._run(cell, MORE_PATIENCE)

    async def _run(self, cell: Cell, patience: int) -> tuple[bool, list[str]]:
        act = ACTS[cell.act]
        station = await self._stations.at(cell.state, self._api)
        order_id = "" if station.order is None else station.order.order_id
        self._ground.begin(station.wall, station.orders)
        async with program(self._ground, self._api, self._path, station.journal) as running:
            fault = faults_of(act.endpoint)[cell.fault]
            fault = replace(fault, to=fault.to.format(port=self._elsewhere))
            found: list[str] = []
            with self._api.in_a_hurry(faults.is_waited_for(fault), patience):
                result = await self._do(running, cell, fault, order_id, found)
            hit = self._ground.box.hits > 0
            if act.makes and hit and fault.carried_out:
                # On a busy machine the client can have given up before the server has made the order.
                with suppress(TimeoutError):  # that none was made is found below
                    await running.until(lambda: set(self._ground.orders) != set(station.orders))
            if result is not None:
                found += _of_the_making(running, station.orders, result, fault if act.makes and hit else None)
                if hit and _must_tell(cell, fault, station.order) and (wrong := judge.not_a_sentence(result.told)):
                    found.append(f"told: {wrong}")
                found += judge.of_the_state(running)
                found += await _afterwards(running, cell.act, order_id)
        return hit, [f"{cell} {finding}" for finding in found]

    async def _do(self, running: Program, cell: Cell, fault: Fault, order_id: str, found: list[str]) -> Result | None:
        """Do it under the fault; an exception that nobody expects, and not coming to an end, are findings."""
        self._ground.box.add(fault)
        try:
            async with asyncio.timeout(NO_HANG):
                return await ACTS[cell.act].deed(running, order_id)
        except TimeoutError:
            found.append("it hangs")
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what this is looked for
            found.append(f"{type(error).__name__}: {error}")
        finally:
            self._ground.box.clear()
        return None


def _must_tell(cell: Cell, fault: Fault, order: Order | None) -> bool:
    """Whether this must be told in words.

    A price that does not come is shown as not known; where the status is refused the cancellation is sent all the
    same; and that the server tells nothing of a funding's order is no failure, for its balance is read.
    """
    if cell.act in ("prices", "exact price", "price of services"):
        return False
    if cell.act == "look before cancelling" and faults.is_refusal(fault):
        return False
    balance_tells = ACTS[cell.act].endpoint == faults.STATUS and order is not None and order.kind is Kind.FUND
    return faults.is_failure(fault) and not balance_tells


def _of_the_making(
    running: Program, before: dict[str, SandboxOrder], result: Result, fault: Fault | None
) -> Iterator[str]:
    """Whether what was asked for was asked for once, and what is not known is called so. `fault`: of a making."""
    new = set(running.ground.orders) - set(before)
    known = len(running.store.state.intents)
    posts = running.box.made
    if posts > (1 if result.order or result.error or fault else 0):
        yield f"{posts} requests to make an order"
    if result.order is not None and new != {result.order.order_id}:
        yield f"{len(new)} orders were made, one is shown"
    if result.order is None and len(new) > 1:
        yield f"{len(new)} orders were made"
    unknown = isinstance(result.error, OutcomeUnknown)
    if result.order is None and new and not unknown:
        yield f"an order was made and it is said that none was: {result.error!r}"
    if unknown and not known:
        yield "the outcome is not known and no note of it is shown"
    if fault is None:
        return
    if bool(new) is not (fault.carried_out or not faults.is_failure(fault)):
        yield f"{len(new)} orders were made"
    if faults.is_vague(fault) is not unknown and fault.kind is not FaultKind.TYPES:
        yield f"the outcome is{'' if unknown else ' not'} called unknown: {result.told!r}"


async def _afterwards(running: Program, act: str, order_id: str) -> list[str]:
    """What is wrong when the fault is over and the server is asked again: nothing is sent twice, all is true."""
    made = set(running.ground.orders)
    found: list[str] = []
    running.box.asked.clear()
    if order_id and running.store.state.order(order_id) is None:
        again = await ACTS[act].deed(running, order_id) if act == "find" else Result("it is lost")
        found += filter(None, [again.told])
    for order in running.store.state.orders:
        told = await running.orders.look(order.order_id)
        if told:
            found.append(f"the server answers again and it is said: {told}")
        seen, server = running.order(order.order_id), running.ground.orders[order.order_id]
        if not agree(seen, server, running.clock.now()):
            found.append(f"it is still called {seen.status} and is {server.phase(running.clock.now())}")
    found += judge.of_the_state(running, fresh=True)
    if running.box.made or set(running.ground.orders) != made:
        found.append("an order was made again by itself")
    return found


def agree(order: Order, known: SandboxOrder, now: float) -> bool:
    """Whether the program calls an order open as long as it is, and ended when it has."""
    if order.status is Status.UNKNOWN:
        return False
    open_there = known.phase(now) in OPEN
    stays = order.ended and (order.gone or order.run_out(now))  # not known to the server; or a bad invoice
    rental = order.rental or isinstance(known, RentalOrder)  # it ends when the server says so; found, it has no kind
    silent = order.found and isinstance(known, FundOrder)  # nothing tells what it is, nor that the balance has risen
    return stays or rental or silent or order.ended is not open_there
