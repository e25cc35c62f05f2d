"""What a person, or the program by itself, does while the fault is in force, by the services and the real client."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import ApiError, ApiKeyError, NotFound
from s4s_tui.domain.events import OrderGone
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Cancel, Kind, Order, Status
from s4s_tui.domain.secret import Secret
from tests.matrix.faults import STATUS
from tests.matrix.ground import KEY, Program
from tests.matrix.states import CODE_DRAFT, FUNDING, PREPAID, RENTAL, message

GERMANY = 43


@dataclass
class Result:
    """How it ended: what a person was told where it failed (else ""), the order or the error of a making."""

    told: str = ""
    order: Order | None = None
    error: ApiError | None = None


Deed = Callable[[Program, str], Awaitable[Result]]


async def prices(program: Program, _order_id: str) -> Result:
    await program.services.catalogue.load_prices()
    return Result(program.store.state.link.sentence)


async def exact(program: Program, _order_id: str) -> Result:
    await program.services.catalogue.load_exact(GERMANY, "tg")
    return Result(program.store.state.link.sentence)


async def services(program: Program, _order_id: str) -> Result:
    await program.services.catalogue.load_services(GERMANY)
    return Result(program.store.state.services[GERMANY].error)


async def countries(program: Program, _order_id: str) -> Result:
    await program.services.catalogue.load_countries()
    return Result(program.store.state.countries_error)


async def rentals(program: Program, _order_id: str) -> Result:
    await program.services.catalogue.load_rentals()
    assert program.store.state.rentals is not None
    return Result(program.store.state.rentals_error)


async def account(program: Program, _order_id: str) -> Result:
    await program.services.account.load()
    return Result(program.store.state.account.error)


async def enters_key(program: Program, _order_id: str) -> Result:
    try:
        await program.services.account.enter(Secret(KEY), KeyPlace.RUN)
    except (ApiError, ApiKeyError) as error:
        return Result(str(error))
    return Result()


def makes(draft: Draft) -> Deed:
    async def deed(program: Program, _order_id: str) -> Result:
        try:
            order = await program.services.orders.create(draft)
        except ApiError as error:
            return Result(program.store.state.order_error, error=error)
        return Result(order=order)

    return deed


async def looks(program: Program, order_id: str) -> Result:
    return Result(await program.services.orders.look(order_id))


async def finds(program: Program, order_id: str) -> Result:
    """An order that this program does not know is found by its id."""
    program.store.publish(OrderGone(order_id))
    await program.journal.forget(order_id)
    try:
        await program.services.finder.find(order_id)
    except NotFound as error:
        return Result(str(error))
    return Result()


async def cancels(program: Program, order_id: str) -> Result:
    """A person cancels as soon as the server takes it."""
    await program.passes(max(0.0, program.order(order_id).cancel_opens_at - program.clock.now()))
    return Result(await program.services.orders.cancel(order_id))


async def watches(program: Program, order_id: str) -> Result:
    """The program asks by itself."""
    order = program.order(order_id)
    if order.kind is Kind.FUND:
        await program.services.account.load()
    before, hits = program.store.reports, program.box.hits
    enough = 2 if order.kind is Kind.FUND else 1
    await program.watches(lambda: program.store.reports >= before + enough or program.box.hits > hits, ticks=5)
    return _told_by_itself(program, order_id)


def _told_by_itself(program: Program, order_id: str) -> Result:
    """What stands on the screens after the program has asked by itself."""
    order = program.order(order_id)
    return Result(program.store.state.link.sentence or order.note or order.reason or "")


async def watches_cancelling(program: Program, order_id: str) -> Result:
    """The program cancels by itself, as soon as the server takes it."""
    await program.passes(121)
    await program.watches(lambda: program.box.asked["/cancelorder"], ticks=0.5)
    return _told_by_itself(program, order_id)


@dataclass(frozen=True)
class Act:
    """A deed, the endpoint that the fault hits meanwhile, and of which orders it makes sense (None: needs none)."""

    deed: Deed
    endpoint: str
    of: Callable[[Order], bool] | None = None
    makes: bool = False


def _any(_order: Order) -> bool:
    return True


def _open(order: Order) -> bool:
    return not order.ended


def _cancelled_by_person(order: Order) -> bool:
    """Paid, and still open at the server, whatever is known of it here."""
    there = order.status is not Status.UNKNOWN or order.gone
    return order.cancellable and order.money_held and there and order.cancel in (Cancel.NO, Cancel.ARMED)


def _cancelled_by_itself(order: Order) -> bool:
    return order.cancellable and order.cancel in (Cancel.GIVEN_UP, Cancel.ARMED)


ACTS = {
    "prices": Act(prices, "/price"),
    "exact price": Act(exact, "/price"),
    "services": Act(services, "/getnumbersstatus"),
    "price of services": Act(services, "/price"),
    "countries": Act(countries, "/getCountries"),
    "rentals": Act(rentals, "/getRentalCountries"),
    "order": Act(makes(CODE_DRAFT), "/createorder", makes=True),
    "prepaid order": Act(makes(PREPAID), "/createorder", makes=True),
    "rental": Act(makes(RENTAL), "/createorder", makes=True),
    "SMS": Act(makes(message()), "/createsendorder", makes=True),
    "prepaid SMS": Act(makes(message(prepaid=True)), "/createsendorder", makes=True),
    "e-mail": Act(makes(message(Kind.EMAIL, "a@b.example")), "/createemailsendorder", makes=True),
    "funding": Act(makes(FUNDING), "/fund", makes=True),
    "balance": Act(account, "/balance"),
    "key": Act(enters_key, "/balance"),
    "history": Act(account, "/history"),
    "look": Act(looks, STATUS, _any),
    "find": Act(finds, STATUS, _any),
    "watch": Act(watches, STATUS, _open),
    "cancel": Act(cancels, "/cancelorder", _cancelled_by_person),
    "look before cancelling": Act(cancels, STATUS, _cancelled_by_person),
    "cancel by itself": Act(watches_cancelling, "/cancelorder", _cancelled_by_itself),
}
"""The deeds by name."""
