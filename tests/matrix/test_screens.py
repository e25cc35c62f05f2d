"""A diagonal of the matrix with the real screens: a person, the program, and a faulty server over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from s4s_tui.domain.state import AppState
from s4s_tui.sandbox.faults import Fault, FaultKind
from s4s_tui.sandbox.spoiling import Spoiling
from s4s_tui.services.bundle import Services
from s4s_tui.services.key_command import HandOver
from s4s_tui.services.ports import Store
from s4s_tui.ui.app import S4sApp
from tests.figures import record
from tests.matrix import judge
from tests.matrix.cells import MORE_PATIENCE
from tests.matrix.faults import STATUS, is_waited_for
from tests.matrix.ground import COUNTRIES, Ground, Program, Switch
from tests.matrix.states import Stations
from tests.services.fakes import ScriptedApi
from tests.ui.user import User


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    ground = Ground()
    yield ground
    ground.sandbox.stop()


@pytest.fixture(scope="module")
def stations(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Stations:
    return Stations(ground, tmp_path_factory.mktemp("stations"))


@asynccontextmanager
async def sitting(ground: Ground, stations: Stations, state: str, path: Path) -> AsyncIterator[tuple[User, Program]]:
    """A person in front of the program, whose one order is in this state."""
    api = Switch(ground.sandbox.url)
    station = await stations.at(state, api)
    ground.begin(station.wall, station.orders)
    programs: list[Program] = []

    async def connect(store: Store, _hand_over: HandOver) -> Services:
        programs.append(Program(ground, api, path, station.journal, store))
        await programs[0].services.book.load()
        return programs[0].services

    app = S4sApp(connect, state=AppState(countries=COUNTRIES), now=ground.clock.now, keymap={})
    user = User(app, ground.clock, ScriptedApi(ground.clock))
    try:
        async with app.run_test(size=(100, 36), notifications=True) as pilot:
            user.pilot = pilot
            await user.until(lambda: app.services is not None, "the services are there")
            await user.settles()
            yield user, programs[0]
    finally:
        await programs[0].journal.close()
        await api.close()


async def picks_germany(user: User) -> None:
    await user.types("germ")
    await user.presses("enter")


async def orders_telegram(user: User) -> None:
    await picks_germany(user)
    await user.types("teleg")
    await user.sees("2,900 sats")
    await user.presses("enter")


async def opens_order(user: User) -> None:
    await user.presses("f6", "enter")


async def cancels(user: User) -> None:
    await user.opens_order()
    await user.presses("x")
    await user.sees("Cancel this order?")
    await user.presses("y")


async def looks_at_account(user: User) -> None:
    await user.presses("f9")


async def funds(user: User) -> None:
    await user.presses("f9")
    await user.sees("Balance 1,000,000 sats")
    await user.presses("f")
    await user.sees("Fund the account")
    await user.types("5000")
    await user.presses("enter")


async def rents(user: User) -> None:
    await user.presses("f8")


Does = Callable[[User], Awaitable[None]]

DIAGONAL: list[tuple[str, Does, Fault, tuple[str, ...]]] = [
    (
        "nothing",
        picks_germany,
        Fault(kind=FaultKind.STATUS, endpoint="/getnumbersstatus", status=500, body="html"),
        ("The server is in trouble (500 Internal Server Error).",),
    ),
    (
        "nothing",
        orders_telegram,
        Fault(kind=FaultKind.RESET, endpoint="/createorder", when="after"),
        ("The connection broke off before the whole answer came.",),
    ),
    (
        "waiting",
        orders_telegram,
        Fault(kind=FaultKind.STATUS, endpoint="/createorder", status=429),
        ("Too Many Requests (injected)",),
    ),
    (
        "code",
        orders_telegram,
        Fault(kind=FaultKind.INVOICE, endpoint="/createorder", invoice=Spoiling.NETWORK),
        ("Do not pay this invoice", "Nothing was paid, so nothing is lost."),
    ),
    (
        "held",
        orders_telegram,
        Fault(kind=FaultKind.INVOICE, endpoint="/createorder", invoice=Spoiling.AMOUNT),
        ("Look before you pay", "Asks 29,000 sats, quoted were 2,900 sats."),
    ),
    ("held", opens_order, Fault(kind=FaultKind.GZIP, endpoint=STATUS), ("Held, not spent",)),
    ("number", opens_order, Fault(kind=FaultKind.TIMEOUT, endpoint=STATUS), ("Enter this number at Telegram:",)),
    (
        "number",
        opens_order,
        Fault(kind=FaultKind.STATUS, endpoint=STATUS, status=404, body="html"),
        ("The server does not know this order any more, though it was paid.", "The server answered 404 Not Found."),
    ),
    (
        "number that can be cancelled",
        cancels,
        Fault(kind=FaultKind.BROKEN, endpoint="/cancelorder"),
        ("The connection broke off before the whole answer came.",),
    ),
    (
        "funded",
        looks_at_account,
        Fault(kind=FaultKind.STATUS, endpoint="/balance", status=401, body="html"),
        ("The server did not accept the API key.",),
    ),
    (
        "nothing",
        looks_at_account,
        Fault(kind=FaultKind.BIG, endpoint="/history"),
        ("The server's answer is longer than 2 MB.",),
    ),
    (
        "nothing",
        funds,
        Fault(kind=FaultKind.CUT, endpoint="/fund"),
        ("The server's answer is empty, cut off or not JSON.",),
    ),
    (
        "nothing",
        rents,
        Fault(kind=FaultKind.DRIP, endpoint="/getRentalCountries", seconds=0.01),
        ("The server's list of rentals did not come (", "All countries are shown, at the least price."),
    ),
]


@pytest.fixture
async def seat(
    request: pytest.FixtureRequest, ground: Ground, stations: Stations, tmp_path: Path
) -> AsyncIterator[tuple[User, Program]]:
    """A person and the program, whose one order is in the state of the cell."""
    async with sitting(ground, stations, request.param, tmp_path / "screen.db") as both:
        yield both


@pytest.mark.parametrize(
    ("seat", "does", "fault", "sentences"),
    DIAGONAL,
    indirect=["seat"],
    ids=[f"{does.__name__}-{fault.kind}-{state}".replace(" ", "-") for state, does, fault, _ in DIAGONAL],
)
async def test_a_person_reads_what_went_wrong_and_nothing_is_sent_twice(
    seat: tuple[User, Program], does: Does, fault: Fault, sentences: tuple[str, ...]
) -> None:
    user, program = seat
    ground = program.ground
    ground.box.add(fault)
    with program.api.in_a_hurry(is_waited_for(fault), MORE_PATIENCE):
        await does(user)
        for _ in range(20):  # what the program asks by itself comes with the time
            if ground.box.hits:
                break
            await user.waits(0.5)
        await user.sees(*sentences)
        assert ground.box.hits
    await user.settles()
    assert ground.box.made <= 1
    assert list(judge.of_the_state(program)) == []
    for line in (*user.lines(), *user.toasts):
        assert not line.strip() or not judge.not_a_sentence(line.strip())
    ground.box.clear()
    await user.waits(1)
    assert ground.box.made <= 1, "nothing is sent again by itself"
    record("matrix cells on the real screens", 1)
